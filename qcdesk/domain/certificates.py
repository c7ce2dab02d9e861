# SPDX-License-Identifier: Apache-2.0
"""The code on a certificate: what it says, its bytes, and the characters that a scanner carries.

Bytes, all numbers big-endian; there is one spelling of each certificate::

    version      1   1
    verdict      1   1 released, 2 released under concession
    vault       16   id of the workspace
    number       4   of the certificate, from 1
    quantity     4   units released
    day          2   on which it was issued, days since 2000-01-01
    record      32   SHA-256 of the round's record
    event       32   hash of the event that released the batch
    key         16   id of the releaser's key
    batch     1 + n  length in bytes, then UTF-8 (NFC)
    product   1 + n  the product's code
    revision  1 + n  its revision, may be empty

These are signed as kind ``certificate``. The printed text is ``QC1:`` and base45 (RFC 9285) of bytes and signature:
characters that a QR code packs as densely as bytes, and that no scanner or keyboard layout mangles.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from qcdesk.domain.events.keeping import Certified
from qcdesk.domain.log import SIGNATURE_BYTES

PREFIX: Final = "QC1:"
VERSION: Final = 1
LONGEST_TEXT_BYTES: Final = 255
"""Of batch number, product code and revision each, in UTF-8."""
FIRST_DAY: Final = date(2000, 1, 1)
VERDICTS: Final[tuple[Certified, ...]] = ("released", "released_under_concession")
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@dataclass(frozen=True)
class CertificateCode:
    """What the code says. ``vault`` and ``key`` are 32 hex digits, ``record`` and ``event`` 64."""

    vault: str
    number: int
    verdict: Certified
    quantity: int
    on: date
    record: str
    event: str
    key: str
    batch: str
    product: str
    revision: str

    def body(self) -> bytes:
        """Return the bytes that are signed. Raises: ValueError: a field does not fit its place."""
        try:
            return b"".join(
                (
                    bytes((VERSION, VERDICTS.index(self.verdict) + 1)),
                    _hex(self.vault, 16),
                    self.number.to_bytes(4, "big"),
                    self.quantity.to_bytes(4, "big"),
                    (self.on - FIRST_DAY).days.to_bytes(2, "big"),
                    _hex(self.record, 32),
                    _hex(self.event, 32),
                    _hex(self.key, 16),
                    _text(self.batch),
                    _text(self.product),
                    _text(self.revision),
                )
            )
        except OverflowError as large:
            raise ValueError("a number does not fit") from large


def printed_code(body: bytes, sig: bytes) -> str:
    """Return the characters of the printed code. Raises: ValueError: not 64 bytes of signature."""
    if len(sig) != SIGNATURE_BYTES:
        raise ValueError("a signature has 64 bytes")
    return PREFIX + base45(body + sig)


def base45(content: bytes) -> str:
    """Return bytes as base45 (RFC 9285): two bytes in three characters, a last single one in two."""
    out = []
    for i in range(0, len(content) - 1, 2):
        number = content[i] * 256 + content[i + 1]
        number, first = divmod(number, 45)
        third, second = divmod(number, 45)
        out.append(_ALPHABET[first] + _ALPHABET[second] + _ALPHABET[third])
    if len(content) % 2:
        second, first = divmod(content[-1], 45)
        out.append(_ALPHABET[first] + _ALPHABET[second])
    return "".join(out)


def from_base45(text: str) -> bytes:
    """Return the bytes of base45; one spelling of each. Raises: ValueError: it is none."""
    out = bytearray()
    for i in range(0, len(text), 3):
        part = text[i : i + 3]
        number = sum(_ALPHABET.index(letter) * 45**place for place, letter in enumerate(part))
        size = len(part) - 1
        if not 1 <= size <= 2 or number >= 256**size:
            raise ValueError("not base45")
        out += number.to_bytes(size, "big")
    return bytes(out)


def _hex(digits: str, length: int) -> bytes:
    value = bytes.fromhex(digits)
    if len(value) != length:
        raise ValueError("a hash or an id of another length")
    return value


def _text(text: str) -> bytes:
    encoded = text.encode()
    return len(encoded).to_bytes(1, "big") + encoded
