# SPDX-License-Identifier: Apache-2.0
"""Ed25519 signatures verified in plain Python (RFC 8032 §5.1.7), for machines that have nothing else.

Public keys are taken in one spelling only: y below p, no sign on x = 0, on the curve, and not of small order (for
such a key a signature that fits every message can be made without any secret). S must be below the group's order, and
the equation is the one without the cofactor, compared byte by byte with R: what OpenSSL takes, for every key that passes.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha512

KEY_BYTES = 32
SIGNATURE_BYTES = 64

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
_D2 = 2 * D % P
_ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T: x = X/Z, y = Y/Z, xy = T/Z."""
Cached = tuple[int, int, int]
"""A point with Z = 1, prepared for adding: y + x, y - x, 2dxy."""

NEUTRAL: Point = (0, 1, 1, 0)


def decode_key(public_key: bytes) -> Point | None:
    """Return the point that a public key spells; None: no key that this program takes."""
    if len(public_key) != KEY_BYTES:
        return None
    number = int.from_bytes(public_key, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    x = _x_of(y, sign)
    if x is None:
        return None
    point = (x, y, 1, x * y % P)
    return None if _is_neutral(_doubled(_doubled(_doubled(point)))) else point


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether 64 bytes are this key's signature on a message. Never raises for what a damaged row can hold."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    table = _table_of_minus(public_key)
    if table is None:
        return False
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = int.from_bytes(sha512(r + public_key + message).digest(), "little") % L
    # s·B + h·(-A) has to be R; both tables hold every multiple of every power of 16, so nothing is doubled here.
    return _encoded(_multiplied(h, table, _multiplied(s, _base_table(), NEUTRAL))) == r


def _x_of(y: int, sign: int) -> int | None:
    """Return x for y on the curve, with the asked lowest bit; None where there is none."""
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == (-u) % P:
        x = x * _ROOT_OF_MINUS_1 % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def _doubled(point: Point) -> Point:
    x, y, z, _ = point
    a, b, c = x * x % P, y * y % P, 2 * z * z % P
    h = a + b
    e, g = h - (x + y) * (x + y) % P, a - b
    f = c + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def _added(point: Point, other: Cached) -> Point:
    x, y, z, t = point
    plus, minus, t2d = other
    a, b, c, d = (y - x) * minus % P, (y + x) * plus % P, t * t2d % P, 2 * z
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _is_neutral(point: Point) -> bool:
    x, y, z, _ = point
    return x % P == 0 and (y - z) % P == 0


def _encoded(point: Point) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    return ((y * inverse % P) | ((x * inverse % P & 1) << 255)).to_bytes(32, "little")


def _cached(points: list[Point]) -> list[Cached]:
    """Return points ready for adding; all their Z are inverted at the price of one."""
    products, product = [], 1
    for point in points:
        products.append(product)
        product = product * point[2] % P
    inverse, made = pow(product, P - 2, P), []
    for point, before in zip(reversed(points), reversed(products), strict=True):
        x, y = point[0] * inverse * before % P, point[1] * inverse * before % P
        inverse = inverse * point[2] % P
        made.append(((y + x) % P, (y - x) % P, x * y % P * _D2 % P))
    return made[::-1]


def _table(point: Point) -> tuple[tuple[Cached, ...], ...]:
    """Return for each of the 64 hexadecimal digits its 15 multiples: 1·16ⁱ·P … 15·16ⁱ·P."""
    powers = [point]
    for _ in range(63):
        power = powers[-1]
        for _ in range(4):
            power = _doubled(power)
        powers.append(power)
    multiples: list[Point] = []
    for power, ready in zip(powers, _cached(powers), strict=True):
        multiple = power
        multiples.append(multiple)
        for _ in range(14):
            multiple = _added(multiple, ready)
            multiples.append(multiple)
    ready_all = _cached(multiples)
    return tuple(tuple(ready_all[i : i + 15]) for i in range(0, len(ready_all), 15))


def _multiplied(number: int, table: tuple[tuple[Cached, ...], ...], start: Point) -> Point:
    """Return start + number · the table's point."""
    point = start
    for row in table:
        digit = number & 15
        if digit:
            point = _added(point, row[digit - 1])
        number >>= 4
        if not number:
            break
    return point


@lru_cache(maxsize=1)
def _base_table() -> tuple[tuple[Cached, ...], ...]:
    y = 4 * pow(5, P - 2, P) % P
    x = _x_of(y, 0)
    assert x is not None
    return _table((x, y, 1, x * y % P))


@lru_cache(maxsize=256)
def _table_of_minus(public_key: bytes) -> tuple[tuple[Cached, ...], ...] | None:
    point = decode_key(public_key)
    if point is None:
        return None
    x, y, _, t = point
    return _table(((P - x) % P, y, 1, (P - t) % P))
