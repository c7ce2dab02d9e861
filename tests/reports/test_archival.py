# SPDX-License-Identifier: Apache-2.0
"""A PDF is written as PDF/A-3 asks: what it is as XMP, what its colours mean, every font inside, and nothing else."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image, ImageCms

from qcdesk.checker import sealing
from qcdesk.reports.archival import srgb_profile
from qcdesk.reports.paper import SIZES, Pen, begin
from qcdesk.reports.typesetting import Style, compose

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
DC = "{http://purl.org/dc/elements/1.1/}"
LIST = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"


@pytest.fixture(scope="module")
def paper() -> bytes:
    return drawn()


def drawn() -> bytes:
    """A page with four scripts, a code and a line."""
    out = io.BytesIO()
    canvas = begin(out, SIZES["A4"], "Report <1> & more", author="Nhà máy Đông")
    pen = Pen(canvas, SIZES["A4"][1])
    pen.text(compose("Tiếng Việt, ภาษาไทย, 中文, English", Style(12, 400), 400), 40, 40)
    pen.qr_code("QC1:ABC", 40, 100, 90)
    pen.line((40, 300), (200, 300), "edge", 1.0)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_the_same_strokes_give_the_same_bytes(paper: bytes) -> None:
    assert drawn() == paper


def test_it_says_what_it_is_and_the_same_as_its_table_of_information(paper: bytes) -> None:
    packet = paper[paper.index(b"<x:xmpmeta") : paper.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")]
    said = ElementTree.fromstring(packet.decode())
    found = {one.tag: one for one in said.iter()}
    assert (found[f"{PDFA}part"].text, found[f"{PDFA}conformance"].text) == ("3", "B")
    title = next(found[f"{DC}title"].iter(LIST)).text
    author = next(found[f"{DC}creator"].iter(LIST)).text
    with pypdfium2.PdfDocument(paper) as opened:
        told = opened.get_metadata_dict()
    assert (title, author) == (told["Title"], told["Author"]) == ("Report <1> & more", "Nhà máy Đông")


def test_what_its_colours_mean_is_inside(paper: bytes) -> None:
    assert paper.count(b"/GTS_PDFA1") == 1 and paper.count(b"/DestOutputProfile") == 1


def test_the_profile_of_its_colours_is_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    theirs = ImageCms.createProfile("sRGB")
    ramp = Image.frombytes(
        "RGB", (16, 16), bytes((i * 7 + c * 85) % 256 for i in range(256) for c in range(3))
    )
    turned = ImageCms.profileToProfile(ramp, ours, theirs)
    assert turned is not None
    pairs = zip(ramp.tobytes(), turned.tobytes(), strict=True)
    assert max(abs(a - b) for a, b in pairs) <= 1


def test_every_font_is_inside_and_nothing_runs_or_hides(paper: bytes) -> None:
    fonts = re.findall(rb"/Type /Font\b", paper)
    assert fonts and len(re.findall(rb"/FontFile2 ", paper)) == len(fonts)
    for forbidden in (
        b"/Type1",
        b"/Encrypt",
        b"/JavaScript",
        b"/Launch",
        b"/LZWDecode",
        b"/OCProperties",
        b"/Annots",
    ):
        assert forbidden not in paper, forbidden
    assert re.search(rb"/ID\s*\[", paper)


def test_what_is_attached_says_how_it_belongs_to_the_paper(paper: bytes) -> None:
    sealed = sealing.sealed(paper, b"{}")
    for said in (
        b"/AFRelationship /Data",
        b"/AF [",
        b"/Subtype /application#2Fjson",
        b"/OutputIntents",
        b"/Metadata",
    ):
        assert sealed[len(paper) :].count(said) == 1, said
