# SPDX-License-Identifier: Apache-2.0
"""The filled shapes of states: different in outline, so that they are told apart in grey and from afar."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Literal, get_args

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from qcdesk.gui import theme

Shape = Literal[
    "empty",
    "half",
    "two",
    "diamond",
    "square",
    "octagon",
    "disc",
    "open_tick",
    "triangle",
    "flag",
    "tick",
    "barred",
    "dashed",
]
SHAPES: tuple[Shape, ...] = get_args(Shape)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _tick(painter: QPainter, colour: QColor, width: float, scale: float = 1.0) -> None:
    painter.setPen(_pen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(
        QPolygonF([QPointF(x * scale, y * scale) for x, y in ((-3.6, 0.2), (-1.1, 2.8), (3.7, -2.7))])
    )


def _cross(painter: QPainter, colour: QColor, half: float, width: float) -> None:
    painter.setPen(_pen(colour, width))
    painter.drawLine(QPointF(-half, -half), QPointF(half, half))
    painter.drawLine(QPointF(-half, half), QPointF(half, -half))


def paint(painter: QPainter, shape: Shape, rect: QRectF, colour: QColor, ground: QColor) -> None:
    """Draw a shape into the largest square of ``rect``; ``ground`` is what stands behind it (marks are cut out)."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.scale(side / 18, side / 18)  # drawn on an 18 grid around its centre
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = QRectF(-7, -7, 14, 14)
    if shape in ("empty", "half", "two", "open_tick", "barred", "dashed"):
        pen = _pen(colour, 1.8)
        if shape == "dashed":
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([1.6, 1.45])
        painter.setPen(pen)
        painter.drawEllipse(ring)
    if shape == "half":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(ring, 90 * 16, -180 * 16)
    elif shape == "two":
        font = QFont(theme.FAMILIES[0])
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.Bold)
        path = QPainterPath()
        path.addText(0, 0, font, "2")
        box = path.boundingRect()
        path.translate(-box.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(path, colour)
    elif shape == "open_tick":
        _tick(painter, colour, 1.9, 0.92)
    elif shape == "barred":
        painter.drawLine(QPointF(-4.9, 4.9), QPointF(4.9, -4.9))
    elif shape == "diamond":
        painter.setBrush(colour)
        painter.setPen(_pen(colour, 1.6))
        painter.drawPolygon(QPolygonF([QPointF(0, -7.7), QPointF(7.7, 0), QPointF(0, 7.7), QPointF(-7.7, 0)]))
        painter.setPen(_pen(ground, 1.5))
        painter.drawLine(QPointF(-3, -1.4), QPointF(3, -1.4))
        painter.drawLine(QPointF(-3, 1.6), QPointF(3, 1.6))
        painter.drawLine(QPointF(-1.5, 3.6), QPointF(1.5, -3.4))
    elif shape == "square":
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(-7.5, -7.5, 15, 15), 2.6, 2.6)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(-3.5, -4.2, 2.3, 8.4), 0.9, 0.9)
        painter.drawRoundedRect(QRectF(1.2, -4.2, 2.3, 8.4), 0.9, 0.9)
    elif shape == "octagon":
        painter.setBrush(colour)
        points = [QPointF(8.3 * cos(pi / 8 + k * pi / 4), 8.3 * sin(pi / 8 + k * pi / 4)) for k in range(8)]
        painter.drawPolygon(QPolygonF(points))
        _cross(painter, ground, 2.7, 2.1)
    elif shape == "disc":
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(-8, -8, 16, 16))
        _tick(painter, ground, 2.2)
    elif shape == "triangle":
        painter.setBrush(colour)
        painter.setPen(_pen(colour, 1.8))
        painter.drawPolygon(QPolygonF([QPointF(0, -6.6), QPointF(7.3, 6.2), QPointF(-7.3, 6.2)]))
        painter.setPen(_pen(ground, 1.9))
        painter.drawLine(QPointF(0, -2.4), QPointF(0, 1.6))
        painter.drawPoint(QPointF(0, 4.3))
    elif shape == "flag":
        painter.setBrush(colour)
        painter.setPen(_pen(colour, 1.2))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(-5.4, -6.6),
                    QPointF(6.6, -6.6),
                    QPointF(3.9, -2.9),
                    QPointF(6.6, 0.8),
                    QPointF(-5.4, 0.8),
                ]
            )
        )
        painter.setPen(_pen(colour, 2))
        painter.drawLine(QPointF(-5.8, -6.8), QPointF(-5.8, 7.4))
    elif shape == "tick":
        _tick(painter, colour, 2.0, 1.28)
    painter.restore()
