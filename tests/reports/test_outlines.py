# SPDX-License-Identifier: Apache-2.0
"""A logo of outlines stands on paper as vectors, with the colours and in the place that it has on screen."""

from __future__ import annotations

import io

from PIL import Image, ImageChops
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from qcdesk.exchange.drawings import read_drawing
from qcdesk.reports import pages
from qcdesk.reports.paper import Pen, begin
from qcdesk.services.drawing_primitives import Rect
from qcdesk.services.inspection_report import Picture
from tests.exchange.test_drawings import LOGO


def printed(data: bytes) -> tuple[bytes, bool]:
    """Return a page of 220 by 120 points with a logo in a box that is too high for it, and whether it was drawn."""
    out = io.BytesIO()
    canvas = begin(out, (220, 120), "")
    drawn = Pen(canvas, 120).picture(Picture(data, "image/svg+xml"), Rect(10, 0, 200, 120))
    canvas.showPage()
    canvas.save()
    return out.getvalue(), drawn


def test_a_logo_of_outlines_is_printed_as_vectors_with_the_same_bytes_each_time(qapp: object) -> None:
    copy = read_drawing(LOGO)
    pdf, drawn = printed(copy)
    assert drawn and pdf == printed(copy)[0]
    assert b"/Subtype /Image" not in pdf
    page = pages.render_page(pdf, 0, 288)
    image = QImage(880, 480, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(copy).render(painter, QRectF(40, 40, 800, 400))
    painter.end()
    shown, expected = (
        Image.frombytes("RGB", (880, 480), pixels, "raw", "BGRX")
        for pixels in (page.pixels, bytes(image.constBits()))
    )
    apart = ImageChops.difference(shown, expected).convert("L").histogram()
    assert sum(apart[90:]) < 300  # of 422,400; what is left are edges


def test_outlines_that_were_changed_since_leave_their_place_empty() -> None:
    assert printed(read_drawing(LOGO).replace(b"<path", b"<script/><path", 1))[1] is False
