# SPDX-License-Identifier: Apache-2.0
"""One document with one text on it, as PDF bytes and as the text that a reader copies."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from qcdesk.reports import fonts, pages
from qcdesk.reports.paper import Pen
from qcdesk.reports.typesetting import TextBlock

Printed = Callable[..., bytes]


@pytest.fixture
def printed() -> Printed:
    """Return a function that draws text blocks one under the other and returns the PDF."""

    def draw(*blocks: TextBlock) -> bytes:
        fonts.font("NotoSans-Regular")
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(500, 700), invariant=1, initialFontName="NotoSans-Regular")  # type: ignore[arg-type]
        pen = Pen(canvas, 700)
        top = 20.0
        for block in blocks:
            pen.text(block, 20, top)
            top += block.height + 5
        canvas.save()
        return out.getvalue()

    return draw


@pytest.fixture
def copied(printed: Printed) -> Callable[..., str]:
    """Return a function that draws text blocks and returns what a reader copies, lines joined by newlines."""
    return lambda *blocks: pages.text(printed(*blocks))[0].replace("\r\n", "\n")
