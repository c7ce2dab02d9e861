# SPDX-License-Identifier: Apache-2.0
"""Curves on the screen, with their points in words beside them and values where one hovers or goes by key."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.curve_parts import DASHES, Axis, Curve, CurveParts, Dash, Mark
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_line, text_width, wrapped

NEAR_PX = 18.0
"""How close to a point the pointer must be for its words to show."""
Stop = tuple[float, float, str]
_UNDER_CURSOR_LINES = 4


def dashed_pen(dash: Dash, role: theme.Role, width: float) -> QPen:
    """Return the pen of a line."""
    pen = QPen(theme.current().colour(role), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if DASHES[dash]:
        pen.setDashPattern([each / max(1.0, width) for each in DASHES[dash]])
    return pen


def paint_told(painter: QPainter, told: str, spot: QPointF, host: QSize) -> None:
    """Draw what a point says in a dark box over it, or under it, or beside it where neither has room."""
    t = theme.current()
    lines = _told_lines(told, min(340.0, host.width() - 16.0))
    step = t.line_box(theme.SECONDARY)
    if step * len(lines) + 26 > max(spot.y(), host.height() - spot.y()):  # neither over nor under it
        lines = _told_lines(told, max(160.0, min(340.0, max(spot.x(), host.width() - spot.x()) - 18)))
    wide = max(text_width(line, theme.SECONDARY, 500) for line in lines) + 22.0
    high = step * len(lines) + 10.0
    left = min(max(4.0, spot.x() - wide / 2), host.width() - wide - 4)
    top = spot.y() - high - 14
    if top < 2 and spot.y() + 14 + high <= host.height() - 2:
        top = spot.y() + 14
    elif top < 2:
        top = min(max(2.0, spot.y() - high / 2), max(2.0, host.height() - high - 2))
        left = spot.x() + 14 if spot.x() < host.width() / 2 else spot.x() - 14 - wide
        left = min(max(4.0, left), host.width() - wide - 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(t.colour("band"))
    painter.drawRoundedRect(QRectF(left, top, wide, high), theme.R_CELL, theme.R_CELL)
    for place, line in enumerate(lines):
        box = QRectF(left + 11, top + 5 + place * step, wide - 20, step)
        paint_line(painter, line, box, theme.SECONDARY, 500, t.colour("band_text"))


def _told_lines(told: str, room: float) -> list[str]:
    return [
        line
        for part in told.split("\n")
        for line in wrapped(part, theme.SECONDARY, 500, room - 20, _UNDER_CURSOR_LINES)
    ]


def _crosses(start: QPointF, end: QPointF, room: QRectF) -> bool:
    """Tell whether a straight line goes through a room that it does not begin in."""
    steps = [(start * (20 - step) + end * step) / 20 for step in range(1, 20)]
    return not room.contains(start) and any(room.contains(each) for each in steps)


class CurveView(QWidget):
    """Draws ``CurveParts``; the arrow keys go from point to point and say each."""

    told = Signal(str)
    """What the pointer or the keys are on now; empty: nothing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: CurveParts | None = None
        self._here: Stop | None = None
        self._at = -1
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(RADIUS_PROPERTY, theme.R_FIELD)
        self.setMinimumHeight(150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_curves(self, parts: CurveParts | None) -> None:
        """Show curves; None shows nothing."""
        self._parts = parts
        self._at = -1
        self._point_at(None)
        self.setAccessibleDescription(parts.told if parts else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    # places ---------------------------------------------------------------------------------------------------------

    def plot(self) -> QRectF:
        """Return where the curves lie."""
        t, parts = theme.current(), self._parts
        small = t.line_box(theme.LABEL)
        left = 10.0
        if parts is not None:
            left += max((text_width(words, theme.LABEL) for _, words in parts.y.ticks), default=0) + 8
        low = 2 * small + 8.0
        return QRectF(left, 8, max(40.0, self.width() - left - 14), max(40.0, self.height() - 8 - low))

    def place(self, x: float, y: float) -> QPointF:
        """Return where a pair of figures lies."""
        return QPointF(self._x(x), self._y(y))

    def _x(self, value: float) -> float:
        plot, axis = self.plot(), self._parts.x if self._parts else Axis(0, 1)
        return plot.left() + (value - axis.low) / ((axis.high - axis.low) or 1.0) * plot.width()

    def _y(self, value: float) -> float:
        plot, axis = self.plot(), self._parts.y if self._parts else Axis(0, 1)
        return plot.bottom() - (value - axis.low) / ((axis.high - axis.low) or 1.0) * plot.height()

    def _value(self, x: float) -> float:
        plot, axis = self.plot(), self._parts.x if self._parts else Axis(0, 1)
        return axis.low + (x - plot.left()) / plot.width() * (axis.high - axis.low)

    # painting -------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        parts = self._parts
        if parts is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self.plot()
        self._axes(painter, parts, plot)
        painter.save()
        painter.setClipRect(plot.adjusted(-10, -10, 10, 10))
        for curve in parts.curves:
            painter.setPen(dashed_pen(curve.dash, curve.role, curve.width))
            painter.drawPolyline(QPolygonF([self.place(x, y) for x, y in curve.points]))
        for mark in parts.marks:
            if mark.guides:
                painter.setPen(dashed_pen("dotted", mark.role, 1.3))
                spot = self.place(mark.x, mark.y)
                painter.drawLine(QPointF(plot.left(), spot.y()), spot)
                painter.drawLine(QPointF(spot.x(), plot.bottom()), spot)
        painter.restore()
        placed = self.words_beside()
        for mark, box in placed:
            self._leader(painter, mark, box)
        painter.save()
        painter.setClipRect(plot.adjusted(-10, -10, 10, 10))
        for mark in parts.marks:
            self._mark(painter, mark)
        painter.restore()
        for mark, box in placed:
            self._words(painter, mark, box)
        if self._here is not None:
            spot = self.place(self._here[0], self._here[1])
            painter.setPen(QPen(theme.current().colour("action"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot, 9, 9)
            paint_told(painter, self._here[2], spot, self.size())

    def _axes(self, painter: QPainter, parts: CurveParts, plot: QRectF) -> None:
        t = theme.current()
        small = t.line_box(theme.LABEL)
        right = Qt.AlignmentFlag.AlignRight
        for value, words in parts.y.ticks:
            y = self._y(value)
            painter.setPen(QPen(t.colour("line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            room = QRectF(0, y - small / 2, plot.left() - 10, small)
            paint_line(painter, words, room, theme.LABEL, 400, t.colour("text3"), right)
        painter.setPen(QPen(t.colour("edge"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        last = -1e9
        for value, words in parts.x.ticks:
            x = self._x(value)
            wide = text_width(words, theme.LABEL) + 2
            left = min(max(0.0, x - wide / 2), self.width() - wide)
            if left < last + 8:
                continue
            last = left + wide
            painter.setPen(QPen(t.colour("edge"), 1))
            painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 4))
            room = QRectF(left, plot.bottom() + 5, wide, small)
            paint_line(painter, words, room, theme.LABEL, 400, t.colour("text3"))
        under, half = plot.bottom() + 5 + small, plot.width() / 2
        room = QRectF(plot.left(), under, half, small)
        paint_line(painter, parts.y.name, room, theme.LABEL, 500, t.colour("text2"))
        room = QRectF(plot.left() + half, under, half, small)
        paint_line(painter, parts.x.name, room, theme.LABEL, 500, t.colour("text2"), right)

    def _mark(self, painter: QPainter, mark: Mark) -> None:
        t = theme.current()
        spot, r = self.place(mark.x, mark.y), mark.radius
        if mark.span is not None:
            ends = [QPointF(self._x(each), spot.y()) for each in mark.span]
            painter.setPen(QPen(t.colour(mark.role), 1.6))
            painter.drawLine(*ends)
            for end in ends:
                painter.drawLine(end + QPointF(0, -5), end + QPointF(0, 5))
        if mark.shape == "disc":
            painter.setPen(QPen(t.colour("surface"), 1))
            painter.setBrush(t.colour(mark.role))
            painter.drawEllipse(spot, r, r)
            return
        painter.setPen(QPen(t.colour(mark.role), 2))
        painter.setBrush(t.colour("surface"))
        corners = ((0, -r), (r, 0), (0, r), (-r, 0))
        painter.drawPolygon(QPolygonF([spot + QPointF(x, y) for x, y in corners]))

    # words beside points --------------------------------------------------------------------------------------------

    def words_beside(self) -> list[tuple[Mark, QRectF]]:
        """Return where the words of points stand: right of the point, above all curves, none over another.

        Where there is no room for all of them, titles stand without their notes.
        """
        parts = self._parts
        if parts is None:
            return []
        marks = [mark for mark in parts.marks if mark.title]
        placed = self._beside(parts, marks)
        if len(placed) < len(marks):
            short = self._beside(parts, [replace(mark, note="") for mark in marks])
            placed = max(placed, short, key=len)
        return placed

    def _beside(self, parts: CurveParts, marks: list[Mark]) -> list[tuple[Mark, QRectF]]:
        t, plot = theme.current(), self.plot()
        spans = [
            QRectF(self._x(m.span[0]), self._y(m.y) - 6, self._x(m.span[1]) - self._x(m.span[0]), 12)
            for m in parts.marks
            if m.span is not None
        ]
        placed: list[tuple[Mark, QRectF]] = []
        for mark in sorted(marks, key=lambda m: -m.y):
            wide = min(
                max(text_width(mark.title, theme.BODY - 1, 600), text_width(mark.note, theme.SECONDARY))
                + 4.0,
                plot.width() * 0.46,
            )
            high = len(wrapped(mark.title, theme.BODY - 1, 600, wide, 2)) * t.line_box(theme.BODY - 1)
            if mark.note:
                high += len(wrapped(mark.note, theme.SECONDARY, 400, wide, 2)) * t.line_box(theme.SECONDARY)
            taken = [*spans, *(room for _, room in placed)]
            box = self._free(self.place(mark.x, mark.y), wide, high, parts, taken)
            if box is not None:
                placed.append((mark, box))
        return placed

    def _free(
        self, spot: QPointF, wide: float, high: float, parts: CurveParts, taken: list[QRectF]
    ) -> QRectF | None:
        """Return the nearest room right of a point that covers no curve and no other words; else None.

        A line to it that would cross other words counts as far away.
        """
        plot = self.plot()
        best: tuple[float, QRectF] | None = None
        x = spot.x() + 30
        while x + wide <= plot.right() + 4:
            above = min((self.top_of(curve, x, x + wide) for curve in parts.curves), default=plot.bottom())
            lowest = above - high - 8
            near = min(max(plot.top() - 2, spot.y() - high / 2), lowest)
            for y in {near, lowest, *(other.bottom() + 6 for other in taken)}:
                box = QRectF(x, y, wide, high)
                covers = any(other.adjusted(-10, -3, 10, 3).intersects(box) for other in taken)
                if covers or not plot.top() - 4 <= y <= lowest:
                    continue
                far = abs(x - spot.x()) + 1.4 * abs(box.center().y() - spot.y())
                end = QPointF(x - 6, y + theme.current().line_box(theme.BODY - 1) / 2)
                far += sum(600 for other in taken if other.height() > 12 and _crosses(spot, end, other))
                if best is None or far < best[0]:
                    best = far, box
            x += 14
        return best[1] if best else None

    def top_of(self, curve: Curve, left: float, right: float) -> float:
        """Return the highest place (px) of a curve between two places."""
        low, high = self._value(left - 6), self._value(right + 6)
        first = max(0, bisect_left(curve.points, low, key=lambda p: p[0]) - 1)
        last = min(len(curve.points), bisect_left(curve.points, high, key=lambda p: p[0]) + 1)
        return min((self._y(y) for _, y in curve.points[first:last]), default=self.plot().bottom())

    def _leader(self, painter: QPainter, mark: Mark, box: QRectF) -> None:
        t = theme.current()
        end = QPointF(box.left() - 6, box.top() + t.line_box(theme.BODY - 1) / 2)
        painter.setPen(QPen(t.colour("text2" if mark.role == "action" else mark.role), 1))
        painter.drawLine(self.place(mark.x, mark.y), end)

    def _words(self, painter: QPainter, mark: Mark, box: QRectF) -> None:
        t = theme.current()
        top = box.top()
        ink = t.colour("text" if mark.role == "action" else mark.role)
        for line in wrapped(mark.title, theme.BODY - 1, 600, box.width(), 2):
            room = QRectF(box.left(), top, box.width(), t.line_box(theme.BODY - 1))
            paint_line(painter, line, room, theme.BODY - 1, 600, ink)
            top += t.line_box(theme.BODY - 1)
        for line in wrapped(mark.note, theme.SECONDARY, 400, box.width(), 2) if mark.note else ():
            room = QRectF(box.left(), top, box.width(), t.line_box(theme.SECONDARY))
            paint_line(painter, line, room, theme.SECONDARY, 400, t.colour("text2"))
            top += t.line_box(theme.SECONDARY)

    # hovering and keys ----------------------------------------------------------------------------------------------

    def _point_at(self, here: Stop | None) -> None:
        if here != self._here:
            self._here = here
            self.told.emit(here[2] if here else "")
            self.update()

    def _near(self, spot: QPointF) -> Stop | None:
        parts = self._parts
        if parts is None or not self.plot().adjusted(-8, -8, 8, 8).contains(spot):
            return None
        close = [
            ((self.place(m.x, m.y) - spot).manhattanLength(), (m.x, m.y, m.told))
            for m in parts.marks
            if m.told
        ]
        best = min(close, key=lambda each: each[0], default=None)
        if best is not None and best[0] <= NEAR_PX:
            return best[1]
        for curve in parts.curves:
            if curve.told and curve.points:
                x = self._value(spot.x())
                at = min(bisect_left(curve.points, x, key=lambda p: p[0]), len(curve.points) - 1)
                if at and x - curve.points[at - 1][0] < curve.points[at][0] - x:
                    at -= 1
                return *curve.points[at], curve.told[at]
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._near(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._at = -1
        self._point_at(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        parts = self._parts
        stops = sorted((m.x, m.y, m.told) for m in parts.marks if m.told) if parts else []
        if by is None or not stops:
            super().keyPressEvent(event)
            return
        begin = 0 if by > 0 else len(stops) - 1
        self._at = begin if self._at < 0 else min(max(0, self._at + by), len(stops) - 1)
        self._point_at(stops[self._at])
        self.setAccessibleDescription(stops[self._at][2])
