# SPDX-License-Identifier: Apache-2.0
"""Codes are read back from PDF and from pictures, and nothing else is opened."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue
from qcdesk.reports import conformity, pages
from qcdesk.reports.codes import read_paper
from qcdesk.reports.paper import Pen
from tests.reports.test_conformity import certificate


def test_a_code_is_read_from_the_pdf_with_its_words_and_from_a_picture_without() -> None:
    pdf = conformity.render(certificate(), Catalogue("en"))
    found = read_paper(pdf)
    assert found.codes == (certificate().code,) and "Certificate of conformity" in found.text
    drawn = pages.render_page(pdf, 0, 150)
    out = io.BytesIO()
    Image.frombytes("RGBX", (drawn.width, drawn.height), drawn.pixels).convert("L").save(out, "PNG")
    assert read_paper(out.getvalue()).codes == (certificate().code,)


@pytest.mark.parametrize("content", [b"", b"hello", b"<svg/>", b"GIF89a" + bytes(20), b"\x89PNG" + bytes(40)])
def test_what_is_neither_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_paper(content)


def test_words_are_read_to_the_end_and_the_last_page_is_looked_at_for_its_code() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(160, 160))
    for no in range(1, 61):
        canvas.drawString(20, 10, f"This is page {no}.")
        if no == 60:
            Pen(canvas, 160).qr_code("QCDESK:1:LAST", 20, 10, 120)
        canvas.showPage()
    canvas.save()
    found = read_paper(out.getvalue())
    assert found.codes == ("QCDESK:1:LAST",)
    assert "This is page 51." in found.text and "This is page 60." in found.text
