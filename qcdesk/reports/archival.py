# SPDX-License-Identifier: Apache-2.0
"""What a PDF carries so that it is read the same in decades: who made it as XMP, and what its colours mean.

Written as PDF/A-3, level B, asks for it (ISO 19005-3). Not tagged, which level A would ask for: the open ReportLab (5.1)
names the tree of structure in its catalogue and writes none, neither marked content nor its numbers on the pages.
"""

from __future__ import annotations

import struct
from datetime import datetime
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import XMP, PDFArray, PDFCatalog, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

CONDITION: Final = "sRGB IEC61966-2.1"
_D50: Final = (0.9642, 1.0, 0.8249)
_PRIMARIES: Final = {
    b"rXYZ": (0.4360747, 0.2225045, 0.0139322),
    b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
    b"bXYZ": (0.1430804, 0.0606169, 0.7141733),
}
"""The primaries of sRGB (IEC 61966-2-1) under D50, by the Bradford transform."""
_ADAPTED: Final = (
    *(1.0478112, 0.0228866, -0.0501270),
    *(0.0295424, 0.9904844, -0.0170491),
    *(-0.0092345, 0.0150436, 0.7521316),
)
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_HEADER_BYTES, _ENTRY_BYTES = 128, 12


def make_archival(canvas: Canvas) -> None:
    """Let a PDF that was just begun say what it is and what its colours mean; the same strokes, the same bytes."""
    document: Any = canvas._doc  # type: ignore[attr-defined]
    catalogue = document.Catalog
    catalogue.__NoDefault__ = [*PDFCatalog.__NoDefault__, "OutputIntents"]
    catalogue.Metadata = XMP(creator=_metadata)
    profile = PDFStream(dictionary=PDFDictionary({"N": 3}), content=srgb_profile(), filters=[])
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(CONDITION),
            "Info": PDFString(CONDITION),
            "DestOutputProfile": document.Reference(profile),
        }
    )
    catalogue.OutputIntents = PDFArray([intent])
    canvas.setPageCallBack(lambda _: _still(document.Pages.pages[-1]))


def _still(page: Any) -> None:  # noqa: ANN401 - ReportLab's page
    """Take the transition from a page that was ended: paper has none, and ReportLab writes an empty one on each."""
    page.Trans = None


def _metadata(document: Any) -> bytes:  # noqa: ANN401 - ReportLab's document
    """Return the XMP packet; it says the same as the PDF's own table of information, as the standard asks."""
    info, (year, month, day, hour, minute, second) = document.info, document._timeStamp.YMDhms
    at = datetime(year, month, day, hour, minute, second).isoformat() + "+00:00"  # noqa: DTZ001 - its zone follows

    def said(text: object) -> str:
        return escape(str(text))

    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{said(info.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{said(info.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{said(info.subject)}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{said(info.creator)}</xmp:CreatorTool>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>
<pdf:Producer>{said(info.producer)}</pdf:Producer><pdf:Keywords>{said(info.keywords)}</pdf:Keywords>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
""".encode()


def srgb_profile() -> bytes:
    """Return an ICC profile (version 4.2) of sRGB: three primaries, one curve, the white point.

    Source: ICC.1:2004-10, and IEC 61966-2-1 for the figures.
    """
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + b"".join(map(_fixed, _CURVE))
    tags = {
        b"desc": _text("sRGB"),
        b"cprt": _text("Public domain"),
        b"wtpt": _xyz(_D50),
        b"chad": b"sf32" + bytes(4) + b"".join(map(_fixed, _ADAPTED)),
        **{name: _xyz(one) for name, one in _PRIMARIES.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start = _HEADER_BYTES + 4 + _ENTRY_BYTES * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    placed: dict[bytes, int] = {}
    for name, content in tags.items():
        if content not in placed:
            placed[content] = start + len(data)
            data += content + bytes(-len(content) % 4)
        table += name + struct.pack(">II", placed[content], len(content))
    whole = start + len(data)
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI",
        whole,
        bytes(4),
        0x04200000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *(2000, 1, 1, 0, 0, 0),
        b"acsp",
        bytes(4),
        0,
        bytes(4),
        bytes(4),
        0,
        0,
    )
    header += b"".join(map(_fixed, _D50))
    return header + bytes(_HEADER_BYTES - len(header)) + table + data


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, values))


def _text(text: str) -> bytes:
    written = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(written), 28) + written
