# SPDX-License-Identifier: Apache-2.0
"""The program's sign: two rings that overlap, as two checks do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme


def paint_mark(painter: QPainter, box: QRectF) -> None:
    """Draw the sign into a square."""
    t = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(t.colour("action"))
    painter.drawRoundedRect(box, box.width() * 0.24, box.width() * 0.24)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(t.colour("action_text"), box.width() * 0.07))
    radius, off = box.width() * 0.2, box.width() * 0.13
    painter.drawEllipse(box.center() - QPointF(off, 0), radius, radius)
    painter.drawEllipse(box.center() + QPointF(off, 0), radius, radius)


class Mark(QWidget):
    """The sign as a widget."""

    def __init__(self, side: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(side, side)
        self.setAccessibleName("qcdesk")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QRectF(self.rect()))
