# SPDX-License-Identifier: Apache-2.0
"""Small pictures of readings: where one lies between its limits, and the last ones in their order."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import theme
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.text import paint_line, paint_middle, text_width


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a characteristic as numbers to place and as words to write; either may be missing."""

    lower: float | None
    upper: float | None
    nominal: float | None = None
    lower_words: str = ""
    upper_words: str = ""
    nominal_words: str = ""

    def inside(self, value: float) -> bool:
        """Tell whether a value is on or between the limits."""
        return (self.lower is None or value >= self.lower) and (self.upper is None or value <= self.upper)


def _span(limits: Limits, values: tuple[float, ...]) -> tuple[float, float]:
    known = [v for v in (limits.lower, limits.upper, limits.nominal, *values) if v is not None]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    room = (high - low) * 0.22 or abs(high) * 0.01 or 1.0
    return low - room, high + room


class LimitsBar(QWidget):
    """A track with its limits, the nominal, and the reading as a disc; outside it changes colour and shape."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = Limits(None, None)
        self._value: float | None = None
        self._beside: tuple[float, ...] = ()
        self.setFixedHeight(48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_reading(
        self, limits: Limits, value: float | None, words: str, beside: tuple[float, ...] = ()
    ) -> None:
        """Show a reading (or none yet) between its limits; ``words`` are read aloud.

        Args: beside: readings on bars beside this one, which take the same scale.
        """
        self._limits, self._value, self._beside = limits, value, beside
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = _span(self._limits, (*self._beside, *(() if self._value is None else (self._value,))))

        def x(value: float) -> float:
            return 6 + (value - low) / (high - low) * (self.width() - 12)

        track = QRectF(0, 6, self.width(), 13)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("sunken"))
        painter.drawRoundedRect(track, 6.5, 6.5)
        left = x(self._limits.lower) if self._limits.lower is not None else 0.0
        right = x(self._limits.upper) if self._limits.upper is not None else float(self.width())
        painter.setBrush(t.colour("action_soft"))
        painter.drawRect(QRectF(left, 6, right - left, 13))
        marks: list[tuple[float | None, str, Role, int]] = [
            (self._limits.nominal, self._limits.nominal_words, "text3", 1),
            (self._limits.lower, self._limits.lower_words, "text", 2),
            (self._limits.upper, self._limits.upper_words, "text", 2),
        ]
        taken: list[QRectF] = []
        for value, words, role, pen in reversed(marks):
            if value is None:
                continue
            painter.setPen(QPen(t.colour(role), pen))
            reach = 4 if role == "text" else 1
            painter.drawLine(QPointF(x(value), 6 - reach), QPointF(x(value), 19 + reach))
            wide = text_width(words, theme.LABEL, 500) + 4
            box = QRectF(min(max(0.0, x(value) - wide / 2), self.width() - wide), 27, wide, 20)
            if not any(box.adjusted(-3, 0, 3, 0).intersects(other) for other in taken):
                taken.append(box)
                ink: Role = "text2" if role == "text" else "text3"
                paint_middle(painter, words, box, theme.LABEL, 500, t.colour(ink))
        if self._value is None:
            return
        good = self._limits.inside(self._value)
        painter.setPen(QPen(t.colour("surface"), 2))
        painter.setBrush(t.colour("action" if good else "reject"))
        spot = QPointF(x(self._value), 12.5)
        if good:
            painter.drawEllipse(spot, 8.5, 8.5)
        else:
            painter.drawPolygon(
                QPolygonF([spot + QPointF(*p) for p in ((0, -10), (10, 0), (0, 10), (-10, 0))])
            )


class RunChart(QWidget):
    """The last readings in their order; points outside the limits change colour and shape, the last is larger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = ()
        self._limits = Limits(None, None)
        self.setMinimumHeight(92)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_run(self, values: tuple[float, ...], limits: Limits, words: str) -> None:
        """Show readings, oldest first; ``words`` are read aloud."""
        self._values, self._limits = values[-60:], limits
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 104)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = _span(self._limits, self._values)
        right = self.width() - 42.0

        def y(value: float) -> float:
            return self.height() - 10 - (value - low) / (high - low) * (self.height() - 20)

        top = y(self._limits.upper) if self._limits.upper is not None else 6.0
        bottom = y(self._limits.lower) if self._limits.lower is not None else self.height() - 6.0
        painter.fillRect(QRectF(0, top, right, bottom - top), t.colour("sunken"))
        labels: list[tuple[float | None, str, bool]] = [
            (self._limits.upper, self._limits.upper_words, True),
            (self._limits.lower, self._limits.lower_words, True),
            (self._limits.nominal, self._limits.nominal_words, False),
        ]
        used: list[float] = []
        for value, words, solid in labels:
            if value is None:
                continue
            painter.setPen(
                QPen(
                    t.colour("text" if solid else "text3"),
                    1.5 if solid else 1.2,
                    Qt.PenStyle.SolidLine if solid else Qt.PenStyle.DashLine,
                )
            )
            painter.drawLine(QPointF(0, y(value)), QPointF(right, y(value)))
            at = y(value)
            if all(abs(at - other) > 13 for other in used):
                used.append(at)
                room = QRectF(right + 6, at - 9, 36, 18)
                paint_line(
                    painter,
                    words,
                    room,
                    11 if len(words) > 5 else 12,
                    500,
                    t.colour("text2" if solid else "text3"),
                )
        if not self._values:
            return
        pitch = min((right - 16) / max(1, len(self._values) - 1), 14.0)
        points = [QPointF(8 + i * pitch, y(v)) for i, v in enumerate(self._values)]
        painter.setPen(QPen(t.colour("text3"), 1.3))
        painter.drawPolyline(QPolygonF(points))
        for index, (point, value) in enumerate(zip(points, self._values, strict=True)):
            last, good = index == len(points) - 1, self._limits.inside(value)
            painter.setPen(QPen(t.colour("surface"), 1))
            painter.setBrush(t.colour("reject" if not good else "action" if last else "text2"))
            radius = 5.5 if last else 3.4
            if good:
                painter.drawEllipse(point, radius, radius)
            else:
                r = radius + 1.5
                painter.drawPolygon(
                    QPolygonF([point + QPointF(*p) for p in ((0, -r), (r, 0), (0, r), (-r, 0))])
                )
