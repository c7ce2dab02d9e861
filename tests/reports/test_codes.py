# SPDX-License-Identifier: Apache-2.0
"""Codes are read back from PDF and from pictures, and nothing else is opened."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue
from qcdesk.reports import conformity, pages
from qcdesk.reports.codes import read_paper
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
