# SPDX-License-Identifier: Apache-2.0
"""A badge's code: 128 random bits, printed once and stored nowhere, that with a PIN open a second seal of a seed.

Written in Crockford's base 32 as seven groups of four symbols, the last two of them a check (the number modulo 1021, a
prime: no single wrong symbol and no two swapped neighbours pass). Small letters, blanks, O for 0, I and L for 1 are all
taken, so that a code also comes in by hand or from any scanner.

What finds the badge in the database is derived from the code by HKDF under a label of its own. That may lie open: a
guess at 128 random bits cannot be checked against it in any number of years, and the key that opens the seal comes
from the same bits under another label, about which the first tells nothing.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qcdesk.domain.inputs import BadInput

CODE_BYTES = 16
FIND_LABEL = b"QCDESK-BADGE-FIND-1"
OPEN_LABEL = b"QCDESK-BADGE-OPEN-1"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGITS = 26  # 130 bits hold 128
_CHECK = 1021
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\n": None, "\t": None})


def new_code() -> str:
    """Return a fresh code: seven groups of four symbols."""
    return written(secrets.token_bytes(CODE_BYTES))


def written(code: bytes) -> str:
    """Return 16 bytes as they are printed."""
    number = int.from_bytes(code, "big")
    digits = _in_base_32(number, _DIGITS) + _in_base_32(number % _CHECK, 2)
    return "-".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def read_code(typed: str) -> bytes:
    """Return the 16 bytes of a scanned or typed code.

    Raises: BadInput: ``badge_code`` with the fact ``problem``: ``length``, ``character`` or ``check``. The code is in
        none of the facts.
    """
    values = [_ALPHABET.find(symbol) for symbol in typed.upper().translate(_READ_AS)]
    problem, number = None, 0
    if len(values) != _DIGITS + 2:
        problem = "length"
    elif min(values) < 0:
        problem = "character"
    else:
        for value in values[:_DIGITS]:
            number = number * 32 + value
        if number >> (8 * CODE_BYTES) or number % _CHECK != values[-2] * 32 + values[-1]:
            problem = "check"
    if problem:
        raise BadInput("badge_code", facts={"problem": problem}, where={"field": "badge"})
    return number.to_bytes(CODE_BYTES, "big")


def badge_id(code: bytes) -> str:
    """Return what finds a badge in the database: 32 hexadecimal digits, derived from its 16 bytes."""
    return HKDF(algorithm=SHA256(), length=16, salt=None, info=FIND_LABEL).derive(code).hex()


def badge_key(code: bytes, stretched: bytes) -> bytes:
    """Return the 32 bytes under which a seed is sealed, from the code's 16 bytes and the stretched PIN (32 bytes)."""
    return HKDF(algorithm=SHA256(), length=32, salt=stretched, info=OPEN_LABEL).derive(code)


def _in_base_32(number: int, digits: int) -> str:
    symbols = ""
    for _ in range(digits):
        number, digit = divmod(number, 32)
        symbols = _ALPHABET[digit] + symbols
    return symbols
