# SPDX-License-Identifier: Apache-2.0
"""A paper with its evidence in one file: the print, whole, and after it one section that attaches the evidence.

The file is the print (a PDF by itself, byte for byte as it was drawn) and a tail in the form of a PDF's own later
section: the packed evidence as an attachment, its description, the catalogue again with both named in it, a table of
where these lie. The tail follows from the print and the packed evidence alone, so whoever reads makes it again and
compares the whole file: no page, form, note, layer, font, picture or later section can be in it that was not printed. No
reading of PDF takes part in that.
"""

from __future__ import annotations

import re
import zlib
from typing import Final, NamedTuple

NAME: Final = "qcdesk-evidence.json"
LONGEST: Final = 64_000_000
"""Bytes of evidence, unpacked."""
_MARK: Final = b"%QCDESK-SEAL-1 "
_HEAD: Final = re.compile(
    rb"%QCDESK-SEAL-1 ([1-9][0-9]{0,9})\n[1-9][0-9]{0,8} 0 obj\n<< /Filter /FlateDecode /Length ([1-9][0-9]{0,9}) "
    rb"/Params << /Size ([1-9][0-9]{0,9}) >> /Subtype /application#2Fjson /Type /EmbeddedFile >>\nstream\n"
)
_NAMES: Final = tuple(
    spelled
    for name in (NAME.encode(), NAME.encode("utf-16-be"))
    for spelled in (name, name.hex().encode(), name.hex().upper().encode())
)
"""How the name of the attachment is spelled by one program or another."""
_PACKED: Final = re.compile(rb"/Type\s*/ObjStm\b[^>]{0,400}>>\s*stream\r?\n")
_LONGEST_NAMED: Final = 1_000_000
"""Bytes of one packed section of objects, and of what is in it, that are looked through for a name."""
_END: Final = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF\s*\Z")
_TRAILER: Final = re.compile(rb"trailer\s*<<(.*)>>\s*startxref", re.DOTALL)
_ROOT: Final = re.compile(rb"/Root\s+([0-9]+)\s+0\s+R")
_SIZE: Final = re.compile(rb"/Size\s+([0-9]+)")
_KEPT: Final = (re.compile(rb"/Info\s+[0-9]+\s+0\s+R"), re.compile(rb"/ID\s*\[[^\]]*\]"))
_SECTION: Final = re.compile(rb"xref\s+0\s+([0-9]+)\s*\n")


class CannotSeal(ValueError):
    """A print is not of the form that this program draws."""


class Unsealed(NamedTuple):
    """What a file is made of. ``whole``: nothing is in it but the print and its tail."""

    pdf: bytes
    evidence: bytes
    whole: bool


def sealed(pdf: bytes, evidence: bytes) -> bytes:
    """Return a print with its evidence; the same two give the same bytes. Raises: CannotSeal."""
    return pdf + _tail(pdf, zlib.compress(evidence, 9), len(evidence))


def has_seal(content: bytes) -> bool:
    """Tell whether a file says that it carries evidence; whether that holds is not asked.

    Another program that saves it anew drops the mark, and keeps the attachment by its name, perhaps packed.
    """
    if _MARK in content or any(name in content for name in _NAMES):
        return True
    packed = (content[found.end() : found.end() + _LONGEST_NAMED] for found in _PACKED.finditer(content))
    return any(name in _begun(stream) for stream in packed for name in _NAMES)


def unsealed(content: bytes) -> Unsealed | None:
    """Return what a file is made of, as it says itself; None: it carries no evidence that can be read."""
    start = content.rfind(_MARK)
    found = _HEAD.match(content, start) if start >= 0 else None
    if found is None:
        return None
    length, packed, size = (int(number) for number in found.groups())
    if size > LONGEST or found.end() + packed > len(content):
        return None
    stream = content[found.end() : found.end() + packed]
    evidence = _unpacked(stream, size)
    if evidence is None:
        return None
    pdf = content[:length]
    try:
        whole = content == pdf + _tail(pdf, stream, size)
    except CannotSeal:
        whole = False
    return Unsealed(pdf, evidence, whole)


def _begun(stream: bytes) -> bytes:
    """Return the beginning of what is packed; nothing where it is packed another way."""
    try:
        return zlib.decompressobj().decompress(stream, _LONGEST_NAMED)
    except zlib.error:
        return b""


def _unpacked(stream: bytes, size: int) -> bytes | None:
    reader = zlib.decompressobj()
    try:
        made = reader.decompress(stream, size + 1)
    except zlib.error:
        return None
    return made if len(made) == size and reader.eof and not reader.unused_data else None


def _tail(pdf: bytes, packed: bytes, size: int) -> bytes:
    """Return the section that follows a print. Raises: CannotSeal."""
    table, trailer = _ending(pdf)
    root, count = _number(_ROOT, trailer), _number(_SIZE, trailer)
    catalogue = _catalogue(pdf, table, root)
    attached, described = count, count + 1
    name = NAME.encode()
    objects = (
        (
            attached,
            b"<< /Filter /FlateDecode /Length %d /Params << /Size %d >> /Subtype /application#2Fjson "
            b"/Type /EmbeddedFile >>\nstream\n%s\nendstream" % (len(packed), size, packed),
        ),
        (
            described,
            b"<< /AFRelationship /Data /EF << /F %d 0 R /UF %d 0 R >> /F (%s) /Type /Filespec /UF (%s) >>"
            % (attached, attached, name, name),
        ),
        (
            root,
            b"<<%s /AF [%d 0 R] /Names << /EmbeddedFiles << /Names [(%s) %d 0 R] >> >> >>"
            % (catalogue, described, name, described),
        ),
    )
    out = bytearray(b"" if pdf.endswith(b"\n") else b"\n")
    out += b"%s%d\n" % (_MARK, len(pdf))
    places = {}
    for number, said in objects:
        places[number] = len(pdf) + len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    start = len(pdf) + len(out)
    out += b"xref\n%d 1\n%010d 00000 n \n" % (root, places[root])
    out += b"%d 2\n%010d 00000 n \n%010d 00000 n \n" % (attached, places[attached], places[described])
    kept = b" ".join(found[0] for found in (one.search(trailer) for one in _KEPT) if found)
    out += b"trailer\n<< %s /Prev %d /Root %d 0 R /Size %d >>\n" % (kept, table, root, described + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _ending(pdf: bytes) -> tuple[int, bytes]:
    """Return where a print's table of objects lies, and what its trailer says."""
    end = _END.search(pdf, max(0, len(pdf) - 64))
    place = pdf.rfind(b"trailer")
    trailer = _TRAILER.match(pdf, place) if place >= 0 else None
    if end is None or trailer is None:
        raise CannotSeal("its end is of another form")
    return int(end[1]), trailer[1]


def _number(wanted: re.Pattern[bytes], trailer: bytes) -> int:
    found = wanted.search(trailer)
    if found is None:
        raise CannotSeal("its trailer is of another form")
    return int(found[1])


def _catalogue(pdf: bytes, table: int, root: int) -> bytes:
    """Return what stands in the catalogue, without its brackets."""
    section = _SECTION.match(pdf, table)
    if section is None or not root < int(section[1]):
        raise CannotSeal("its table of objects is of another form")
    row = pdf[section.end() + 20 * root : section.end() + 20 * root + 20]
    begin = re.compile(rb"\s*%d 0 obj\s*<<" % root).match(pdf, int(row[:10])) if row[:10].isdigit() else None
    end = pdf.find(b"endobj", begin.end()) if begin else -1
    said = pdf[begin.end() : end].strip() if begin else b""
    if not said.endswith(b">>") or b"/Names" in said or b"/AF" in said:
        raise CannotSeal("its catalogue is of another form")
    return b" " + said[:-2].strip()
