# SPDX-License-Identifier: Apache-2.0
"""The section that a company's signature adds to a finished PDF, whether or not that carries evidence.

What is signed stands before it, whole and unchanged. The section follows from that file, the time and the signature
alone, so whoever reads makes it again and compares: one such section can be the last thing in a file, and nothing else
is in it. Whether the signature itself is good takes the mathematics of certificates, which is not here.

Source: ISO 32000-1, 12.8 (``ByteRange``, ``SubFilter``); ETSI EN 319 142-1 (``ETSI.CAdES.detached``).
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final, NamedTuple

from qcdesk.checker.sealing import CannotSeal

NAME: Final = "Company"
LONGEST: Final = 65_536
"""Bytes of a signature with its certificates."""
CHANGED: Final = "paper_company_signature"
"""The finding of whoever does the mathematics of certificates, where the signature does not fit the file."""
_STEP: Final = 4_096
_MARK: Final = b"%QCDESK-COMPANY-1 "
_HEAD: Final = re.compile(rb"%QCDESK-COMPANY-1 ([1-9][0-9]{0,9}) ([0-9]{14}) ([1-9][0-9]{0,5})\n")
_END: Final = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF\s*\Z")
_TABLE: Final = re.compile(rb"xref\s+")
_GROUP: Final = re.compile(rb"([0-9]{1,9}) ([0-9]{1,9})\s*\n")
_TRAILER: Final = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
_ROOT: Final = re.compile(rb"/Root\s+([0-9]{1,9})\s+0\s+R")
_SIZE: Final = re.compile(rb"/Size\s+([0-9]{1,9})")
_PREV: Final = re.compile(rb"/Prev\s+([0-9]{1,10})")
_PAGES: Final = re.compile(rb"/Pages\s+([0-9]{1,9})\s+0\s+R")
_KIDS: Final = re.compile(rb"/Kids\s*\[\s*([0-9]{1,9})\s+0\s+R")
_KEPT: Final = (re.compile(rb"/Info\s+[0-9]+\s+0\s+R"), re.compile(rb"/ID\s*\[[^\]]*\]"))
_ROW: Final = 20
_SECTIONS: Final = 4
"""Tables of objects that a file may have: the print's, the evidence's, and room to spare."""


class Signing(NamedTuple):
    """A file that waits for its signature: what stands before and behind the place of it; both are signed."""

    before: bytes
    behind: bytes
    room: int

    @property
    def digest(self) -> bytes:
        """The SHA-256 of all that is signed."""
        return sha256(self.before + self.behind).digest()

    def signed(self, signature: bytes) -> bytes:
        """Return the file with its signature (DER). Raises: CannotSeal: there is no room for it."""
        if len(signature) > self.room:
            raise CannotSeal("its signature is too long")
        return self.before + b"<" + signature.hex().encode().ljust(2 * self.room, b"0") + b">" + self.behind


class Company(NamedTuple):
    """What a file with such a section is made of.

    ``content``: what was there before. ``at``: the time that it says, as YYYYMMDDhhmmss in UTC. ``signature``: DER, not
    verified. ``digest``: of what the signature must be about. ``whole``: nothing else is in the file.
    """

    content: bytes
    at: str
    signature: bytes
    digest: bytes
    whole: bool


def begun(content: bytes, at: str, signature_bytes: int) -> Signing:
    """Return a PDF that waits for a signature of up to so many bytes.

    ``at``: YYYYMMDDhhmmss in UTC. Raises: CannotSeal.
    """
    room = -(-signature_bytes // _STEP) * _STEP
    if room > LONGEST:
        raise CannotSeal("its signature is too long")
    return _section(content, at, room)


def parted(content: bytes) -> Company | None:
    """Return what a file is made of that says a company signed it; None: it does not, or not in this form."""
    start = content.rfind(_MARK)
    found = _HEAD.match(content, start) if start >= 0 else None
    if found is None:
        return None
    length, at, room = int(found[1]), found[2].decode(), int(found[3])
    if room > LONGEST or length > start:
        return None
    base = content[:length]
    try:
        signing = _section(base, at, room)
        signature = _signature(content[len(signing.before) + 1 : len(signing.before) + 1 + 2 * room])
        whole = content == signing.signed(signature)
    except CannotSeal:
        return None
    return Company(base, at, signature, signing.digest, whole)


def _signature(written: bytes) -> bytes:
    """Return the signature that stands in its place, without what fills it up. Raises: CannotSeal."""
    try:
        filled = bytes.fromhex(written.decode("ascii"))
    except ValueError:
        raise CannotSeal("its signature is of another form") from None
    if len(filled) < 6 or filled[0] != 0x30:
        raise CannotSeal("its signature is of another form")
    many = filled[1] - 0x80 if filled[1] > 0x80 else 0
    size = int.from_bytes(filled[2 : 2 + many], "big") if many else filled[1]
    return filled[: 2 + many + size]


def _section(content: bytes, at: str, room: int) -> Signing:
    """Return a file and its section, but for the signature. Raises: CannotSeal."""
    table, places, trailer = _objects(content)
    root, count = _number(_ROOT, trailer), _number(_SIZE, trailer)
    catalogue = _said(content, places, root)
    first = _number(_KIDS, _said(content, places, _number(_PAGES, catalogue)))
    page = _said(content, places, first)
    if b"/AcroForm" in catalogue or b"/Annots" in page:
        raise CannotSeal("it has a form already")
    signature, field = count, count + 1
    out = bytearray(b"" if content.endswith(b"\n") else b"\n")
    out += b"%s%d %s %d\n" % (_MARK, len(content), at.encode(), room)
    objects = {
        first: b"<<%s /Annots [%d 0 R] >>" % (page, field),
        field: b"<< /F 132 /FT /Sig /P %d 0 R /Rect [0 0 0 0] /Subtype /Widget /T (%s) /Type /Annot /V %d 0 R >>"
        % (first, NAME.encode(), signature),
        root: b"<<%s /AcroForm << /Fields [%d 0 R] /SigFlags 3 >> >>" % (catalogue, field),
    }
    lie = {}
    for number, said in objects.items():
        lie[number] = len(content) + len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    lie[signature] = len(content) + len(out)
    out += b"%d 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:%sZ) " % (
        signature,
        at.encode(),
    )
    ranges = b"/ByteRange [0 %010d %010d %010d] /Contents "
    start = len(content) + len(out) + len(ranges % (0, 0, 0))
    end = start + 2 * room + 2
    behind = bytearray(b" >>\nendobj\n")
    table_at = end + len(behind)
    behind += b"xref\n"
    for number in sorted(lie):
        behind += b"%d 1\n%010d 00000 n \n" % (number, lie[number])
    kept = b" ".join(found[0] for found in (one.search(trailer) for one in _KEPT) if found)
    behind += b"trailer\n<< %s /Prev %d /Root %d 0 R /Size %d >>\n" % (kept, table, root, count + 2)
    behind += b"startxref\n%d\n%%%%EOF\n" % table_at
    out += ranges % (start, end, len(behind))
    return Signing(content + bytes(out), bytes(behind), room)


def _objects(content: bytes) -> tuple[int, dict[int, int], bytes]:
    """Return where the last table of objects lies, where each object, and the last trailer. Raises: CannotSeal."""
    end = _END.search(content, max(0, len(content) - 64))
    if end is None:
        raise CannotSeal("its end is of another form")
    last = table = int(end[1])
    newest, places = b"", dict[int, int]()
    for _ in range(_SECTIONS):
        at, found = _table(content, table)
        places = found | places
        trailer = _TRAILER.match(content, at)
        if trailer is None:
            raise CannotSeal("its trailer is of another form")
        newest = newest or trailer[1]
        before = _PREV.search(trailer[1])
        if before is None:
            return last, places, newest
        table = int(before[1])
    raise CannotSeal("it has too many tables of objects")


def _table(content: bytes, start: int) -> tuple[int, dict[int, int]]:
    """Return where a table of objects ends, and where the objects of it lie. Raises: CannotSeal."""
    head = _TABLE.match(content, start)
    if head is None:
        raise CannotSeal("its table of objects is of another form")
    at, places = head.end(), dict[int, int]()
    while group := _GROUP.match(content, at):
        first, many = int(group[1]), int(group[2])
        at = group.end() + _ROW * many
        if at > len(content):
            break
        for number in range(many):
            row = content[group.end() + _ROW * number : group.end() + _ROW * (number + 1)]
            if row[17:18] == b"n" and row[:10].isdigit():
                places[first + number] = int(row[:10])
    return at, places


def _said(content: bytes, places: dict[int, int], number: int) -> bytes:
    """Return what stands in an object that is a dictionary, without its brackets. Raises: CannotSeal."""
    begin = re.compile(rb"\s*%d 0 obj\s*<<" % number).match(content, places.get(number, len(content)))
    end = content.find(b"endobj", begin.end()) if begin else -1
    said = content[begin.end() : end].strip() if begin else b""
    if not said.endswith(b">>"):
        raise CannotSeal("an object of it is of another form")
    return b" " + said[:-2].strip()


def _number(wanted: re.Pattern[bytes], said: bytes) -> int:
    found = wanted.search(said)
    if found is None:
        raise CannotSeal("an object of it is of another form")
    return int(found[1])
