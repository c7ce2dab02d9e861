# SPDX-License-Identifier: Apache-2.0
"""The recovery sheet: 128 random bits on paper, written so that a hand can copy them, and the key they open.

Written in Crockford's base 32 with its check symbol modulo 37, seven groups. Of all codes only those are
made whose check symbol is a digit or a letter (it costs a fifth of a bit): signs do not survive
handwriting.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qcdesk.domain.inputs import BadInput
from qcdesk.signing.keys import SEED_BYTES, KeyPair

CODE_BYTES = 16
LABEL = b"QCDESK-RECOVERY-1"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGITS = 26  # 130 bits hold 128
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\n": None, "\t": None})


def new_code() -> str:
    """Return a fresh code: six groups of four symbols and one of three, the last symbol being the check."""
    while True:
        number = secrets.randbits(8 * CODE_BYTES)
        if number % 37 < len(_ALPHABET):
            return _written(number)


def read_code(typed: str) -> bytes:
    """Return the 16 bytes of a typed code; small letters, blanks, O for 0, I and L for 1 are all taken.

    Raises: BadInput: ``recovery_code`` with the fact ``problem``: ``length``, ``character`` or ``check``.
        The code is in none of the facts.
    """
    symbols = typed.upper().translate(_READ_AS)
    values = [_ALPHABET.find(symbol) for symbol in symbols]
    problem = None
    number = 0
    if len(values) != _DIGITS + 1:
        problem = "length"
    elif min(values) < 0:
        problem = "character"
    else:
        for value in values[:-1]:
            number = number * 32 + value
        if number >> (8 * CODE_BYTES) or number % 37 != values[-1]:
            problem = "check"
    if problem:
        raise BadInput("recovery_code", facts={"problem": problem}, where={"field": "recovery"})
    return number.to_bytes(CODE_BYTES, "big")


def recovery_key(code: bytes) -> KeyPair:
    """Return the key of no person that 16 bytes of code open. Raises: ValueError: another length."""
    if len(code) != CODE_BYTES:
        raise ValueError("a recovery code has 16 bytes")
    return KeyPair(HKDF(algorithm=SHA256(), length=SEED_BYTES, salt=None, info=LABEL).derive(code))


def _written(number: int) -> str:
    """Return the code of a number, with its check symbol."""
    symbols, rest = _ALPHABET[number % 37], number
    for _ in range(_DIGITS):
        rest, digit = divmod(rest, 32)
        symbols = _ALPHABET[digit] + symbols
    return "-".join(symbols[i : i + 4] for i in range(0, len(symbols), 4))
