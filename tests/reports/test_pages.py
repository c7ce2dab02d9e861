# SPDX-License-Identifier: Apache-2.0
"""A PDF as pictures and text."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue
from qcdesk.reports import inspection, pages
from tests.reports.reports_example import example


def test_page_is_drawn_at_the_resolution_asked_for() -> None:
    pdf = inspection.render(example(photos=False), Catalogue())
    image = pages.render_page(pdf, 0, 36)
    assert abs(image.width - 298) <= 1
    assert abs(image.height - 421) <= 1
    assert len(image.pixels) == image.width * image.height * 4
    assert image.pixels[:3] == b"\xff\xff\xff"


def test_page_that_does_not_exist_is_an_index_error() -> None:
    pdf = inspection.render(example(photos=False), Catalogue())
    with pytest.raises(IndexError):
        pages.render_page(pdf, pages.page_count(pdf), 36)


def test_bytes_that_are_no_pdf_are_refused() -> None:
    with pytest.raises(BadInput):
        pages.page_count(b"not a pdf")
