# SPDX-License-Identifier: Apache-2.0
"""A chart on the screen, from the description that paper draws too: values where one points, zoom, points to choose."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.curve_view import paint_told
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_line, text_width
from qcdesk.services.chart_layout import LaidOut, lay_out
from qcdesk.services.chart_pictures import Axis, ChartPicture, Hover, Panel, figure
from qcdesk.services.chart_places import PanelPlace
from qcdesk.services.drawing_primitives import Circle, Drawing, Line, Polyline, Primitive, Rect, Text

LARGEST_ZOOM = 2_000.0
STEP = 1.6
"""How much one turn of the wheel, or one key, enlarges."""
Spot = tuple[int, int]
"""A panel and a point or bar in it, both counted from 0."""


def _weight(weight: int) -> theme.Weight:
    return 700 if weight >= 700 else 600 if weight >= 600 else 500 if weight >= 500 else 400


def measured(text: str, size: float, weight: int) -> float:
    """Return the width of a text as this screen draws it, in px."""
    return float(text_width(text, size, _weight(weight)))


def paint_drawing(painter: QPainter, drawing: Drawing) -> None:
    """Draw primitives whose unit is one px."""
    for item in drawing.items:
        _paint(painter, item)


def _paint(painter: QPainter, item: Primitive) -> None:
    t = theme.current()
    if isinstance(item, Text):
        wide = measured(item.text, item.size, item.weight) + 2
        left = item.at[0] - {"start": 0.0, "middle": wide / 2, "end": wide - 2}[item.anchor]
        weight = _weight(item.weight)
        box = QRectF(left, item.at[1] - t.baseline(item.size, weight), wide, t.line_box(item.size))
        paint_line(painter, item.text, box, item.size, weight, t.colour(item.role))
        return
    if isinstance(item, Line):
        pen = QPen(t.colour(item.role), item.width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(*item.start), QPointF(*item.end))
        return
    pen = QPen(Qt.PenStyle.NoPen)
    if item.stroke is not None:
        pen = QPen(t.colour(item.stroke), item.stroke_width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if isinstance(item, Circle) and item.dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(_ground(item) or Qt.BrushStyle.NoBrush)
    if isinstance(item, Circle):
        painter.drawEllipse(QPointF(*item.centre), item.radius, item.radius)
    elif isinstance(item, Rect):
        room = QRectF(item.x, item.y, item.width, item.height)
        painter.drawRoundedRect(room, item.radius, item.radius)
    else:
        _paint_polyline(painter, item)


def _ground(item: Circle | Rect | Polyline) -> QColor | None:
    """Return what a shape is filled with: quiet bars would sink into a dark ground, and stand halfway to its edges."""
    t = theme.current()
    if item.fill is None:
        return None
    colour = t.colour(item.fill)
    if item.fill == "line" and isinstance(item, Rect) and t.tokens.name == "dark":
        edge = t.colour("edge")
        return QColor(
            (colour.red() + edge.red()) // 2,
            (colour.green() + edge.green()) // 2,
            (colour.blue() + edge.blue()) // 2,
        )
    return colour


def _paint_polyline(painter: QPainter, item: Polyline) -> None:
    points = QPolygonF([QPointF(x, y) for x, y in item.points])
    if item.closed:
        painter.drawPolygon(points)
    else:
        painter.drawPolyline(points)


class ChartView(QWidget):
    """Draws any ``ChartPicture``.

    The pointer and the arrow keys say each point or bar (``told``); Page Up and Page Down go to those that broke a rule.
    A click or Return chooses the point or bar (``chosen`` carries its panel and number, from 0); ``mark`` rings one until
    another picture is shown. The wheel, + and - enlarge
    along x, a drag moves, Home and a double click show all again.
    """

    chosen = Signal(int, int)
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: ChartPicture | None = None
        self._zoom: tuple[float, float] | None = None
        self._here: Spot | None = None
        self._marked: Spot | None = None
        self._drag: tuple[float, float, float] | None = None
        self._dragged = False
        self._laid: LaidOut | None = None
        self._pixmap: QPixmap | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(RADIUS_PROPERTY, theme.R_FIELD)
        self.setMinimumHeight(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.current().changed.connect(self._stale)

    def show_picture(self, picture: ChartPicture | None) -> None:
        """Show a chart; None shows nothing."""
        self._picture, self._zoom = picture, None
        self._marked = None
        self._point_at(None)
        self.setAccessibleName(picture.title if picture else "")
        self.setAccessibleDescription(picture.note if picture else "")
        self._stale()

    @property
    def in_view(self) -> tuple[float, float]:
        """The part of the x axis that is shown."""
        if self._zoom is not None:
            return self._zoom
        return (self._axis.low, self._axis.high) if self._picture else (0.0, 1.0)

    @property
    def _axis(self) -> Axis:
        assert self._picture is not None
        return self._picture.panels[-1].x

    def sizeHint(self) -> QSize:
        return QSize(720, 380)

    # painting -------------------------------------------------------------------------------------------------------

    def _stale(self) -> None:
        self._laid = self._pixmap = None
        self.update()

    def laid_out(self) -> LaidOut | None:
        """Return the chart as it is placed here."""
        if self._picture is None:
            return None
        if self._laid is None or (self._laid.drawing.width, self._laid.drawing.height) != (
            self.width(),
            self.height(),
        ):
            zoomed = replace(self._picture, zoom=self._zoom)
            self._laid = lay_out(zoomed, self.width(), self.height(), measured, size=theme.LABEL)
            self._pixmap = None
        return self._laid

    def paintEvent(self, event: QPaintEvent) -> None:
        laid = self.laid_out()
        if laid is None:
            return
        if self._pixmap is None:
            ratio = self.devicePixelRatioF()
            self._pixmap = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            drawn = QPainter(self._pixmap)
            drawn.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_drawing(drawn, laid.drawing)
            drawn.end()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._pixmap)
        if self._marked is not None and self._in_view(self._marked):
            painter.setPen(QPen(theme.current().colour("action"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(*self._place_of(self._marked, laid)), 9, 9)
        if self._here is not None:
            spot = QPointF(*self._place_of(self._here, laid))
            painter.setPen(QPen(theme.current().colour("action"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot, 8, 8)
            paint_told(painter, self.words_of(self._here), spot, self.size())

    def _place_of(self, spot: Spot, laid: LaidOut) -> tuple[float, float]:
        panel, place = self._panel(spot[0]), laid.places[spot[0]]
        x, y = _figures(panel, spot[1])
        return place.at(x, min(max(y, place.low_y), place.high_y))

    def _panel(self, number: int) -> Panel:
        assert self._picture is not None
        return self._picture.panels[number]

    # pointing -------------------------------------------------------------------------------------------------------

    def words_of(self, spot: Spot) -> str:
        """Return what a point or bar says, a line each."""
        panel = self._panel(spot[0])
        if panel.points is None and panel.bars is None and not panel.stages:
            x, y = _figures(panel, spot[1])
            rows: Hover = ((panel.x.title, figure(x, panel.x)), (panel.y.title, figure(y, panel.y)))
        else:
            rows = panel.hover(spot[1])
        return "\n".join(f"{what}: {much}" if what else much for what, much in rows)

    def place_of(self, panel: int, index: int) -> QPointF:
        """Return where a point or bar lies. Raises: LookupError: nothing is shown."""
        laid = self.laid_out()
        if laid is None:
            raise LookupError("no chart")
        return QPointF(*self._place_of((panel, index), laid))

    def mark(self, panel: int, index: int) -> None:
        """Ring a point or bar and bring it into view."""
        self._marked = (panel, index)
        if not self._in_view(self._marked):
            low, high = self.in_view
            self._show_from(_figures(self._panel(panel), index)[0] - (high - low) / 2, high - low)
        self.update()

    def unmark(self) -> None:
        """Ring nothing."""
        self._marked = None
        self.update()

    def _in_view(self, spot: Spot) -> bool:
        low, high = self.in_view
        return low <= _figures(self._panel(spot[0]), spot[1])[0] <= high

    def _point_at(self, here: Spot | None) -> None:
        if here != self._here:
            self._here = here
            words = self.words_of(here) if here is not None else ""
            self.told.emit(words)
            if words:
                self.setAccessibleDescription(words)
            self.update()

    def _near(self, spot: QPointF) -> Spot | None:
        laid = self.laid_out()
        if laid is None or self._picture is None:
            return None
        for number, (panel, place) in enumerate(zip(self._picture.panels, laid.places, strict=True)):
            if place.holds(spot.x(), spot.y()):
                index = _nearest(panel, place.figures(spot.x(), spot.y())[0], place)
                return None if index is None else (number, index)
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = event.position()
        if self._drag is not None:
            before, low, high = self._drag
            self._dragged = self._dragged or abs(spot.x() - before) > 3
            laid = self.laid_out()
            wide = laid.places[-1].width if laid else 1.0
            self._show_from(low - (spot.x() - before) / wide * (high - low), high - low)
            return
        here = self._near(spot)
        self._point_at(here)
        choosable = here is not None and _choosable(self._panel(here[0]))
        self.setCursor(Qt.CursorShape.PointingHandCursor if choosable else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._dragged = False
        if self._zoom is not None:
            self._drag = event.position().x(), *self._zoom

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._drag = None
        if not self._dragged:
            self._choose(self._near(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_all()

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point_at(None)
        super().focusOutEvent(event)

    def _choose(self, spot: Spot | None) -> None:
        if spot is not None and _choosable(self._panel(spot[0])):
            self.chosen.emit(*spot)

    # zoom -----------------------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        laid, turned = self.laid_out(), event.angleDelta().y()
        if laid is None or not turned:
            event.ignore()
            return
        around = laid.places[-1].figures(event.position().x(), 0)[0]
        self.zoom(STEP if turned > 0 else 1 / STEP, around)
        event.accept()

    def zoom(self, times: float, around: float | None = None) -> None:
        """Show a smaller part of the x axis (``times`` above 1), or a larger one."""
        if self._picture is None:
            return
        low, high = self.in_view
        middle = (low + high) / 2 if around is None else around
        whole = self._axis.high - self._axis.low
        span = min(whole, max(whole / LARGEST_ZOOM, (high - low) / times))
        self._show_from(middle - (middle - low) / ((high - low) or 1.0) * span, span)

    def show_all(self) -> None:
        """Show the whole axis again."""
        self._zoom = None
        self._stale()

    def _show_from(self, low: float, span: float) -> None:
        if self._picture is None:
            return
        if span >= self._axis.high - self._axis.low:
            self._zoom = None
        else:
            low = min(max(low, self._axis.low), self._axis.high - span)
            self._zoom = low, low + span
        self._stale()

    # keys -----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Right: lambda: self._go(1),
            Qt.Key.Key_Left: lambda: self._go(-1),
            Qt.Key.Key_PageDown: lambda: self._go_to_flag(1),
            Qt.Key.Key_PageUp: lambda: self._go_to_flag(-1),
            Qt.Key.Key_Return: lambda: self._choose(self._here),
            Qt.Key.Key_Enter: lambda: self._choose(self._here),
            Qt.Key.Key_Plus: lambda: self.zoom(STEP, self._around()),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / STEP, self._around()),
            Qt.Key.Key_Home: self.show_all,
        }
        if self._picture is not None and event.key() in ways:
            ways[event.key()]()
        else:
            super().keyPressEvent(event)

    def _around(self) -> float | None:
        return None if self._here is None else _figures(self._panel(self._here[0]), self._here[1])[0]

    def _go(self, by: int) -> None:
        number = self._here[0] if self._here else 0
        panel = self._panel(number)
        count = _count(panel)
        if not count:
            return
        first, last = _seen(panel, *self.in_view)
        at = self._here[1] + by if self._here else first if by > 0 else last
        self._go_to((number, min(max(0, at), count - 1)))

    def _go_to_flag(self, by: int) -> None:
        number = self._here[0] if self._here else 0
        points = self._panel(number).points
        if points is None or not points.flags:
            return
        at = self._here[1] if self._here else -1 if by > 0 else len(points.x)
        indexes = [flag.index for flag in points.flags]
        place = bisect_right(indexes, at) if by > 0 else bisect_left(indexes, at) - 1
        if 0 <= place < len(indexes):
            self._go_to((number, indexes[place]))

    def _go_to(self, spot: Spot) -> None:
        if not self._in_view(spot):
            low, high = self.in_view
            self._show_from(_figures(self._panel(spot[0]), spot[1])[0] - (high - low) / 2, high - low)
        self._point_at(spot)


def _choosable(panel: Panel) -> bool:
    """Whether what is pointed at leads somewhere: to a batch, a lot, those behind a bar that has a name."""
    if panel.points is not None:
        return panel.points.joined
    return bool(panel.stages) or (panel.bars is not None and bool(panel.x.names))


def _count(panel: Panel) -> int:
    """Return how many points, bars, lots or places of the leading curve there are to point at."""
    if panel.points is not None:
        return len(panel.points.x)
    if panel.bars is not None:
        return len(panel.bars.heights)
    if panel.stages:
        return round(max(one.last for one in panel.stages))
    return len(panel.curves[0].x) if panel.curves else 0


def _figures(panel: Panel, index: int) -> tuple[float, float]:
    """Return the figures of a point, a bar's top, or a place of the leading curve."""
    if panel.points is not None:
        return panel.points.x[index], panel.points.y[index]
    if panel.bars is not None:
        edges = panel.bars.edges
        return (edges[index] + edges[index + 1]) / 2, panel.bars.heights[index]
    if panel.stages:
        rows = max(one.row for one in panel.stages) + 1
        held = next(one for one in panel.stages if one.first <= index + 1 <= one.last)
        return index + 1.0, panel.y.low + (1 - (held.row + 0.5) / rows) * (panel.y.high - panel.y.low)
    return panel.curves[0].x[index], panel.curves[0].y[index]


def _nearest(panel: Panel, x: float, place: PanelPlace) -> int | None:
    """Return what is pointed at: the point nearest in x, the bar under it; None where nothing is."""
    if panel.points is not None:
        index = panel.points.near(x)
        return index if place.low_x <= panel.points.x[index] <= place.high_x else None
    if panel.bars is not None:
        index = bisect_right(panel.bars.edges, x) - 1
        return index if 0 <= index < len(panel.bars.heights) else None
    if panel.stages:
        index = round(x) - 1
        return index if 0 <= index < _count(panel) else None
    if not panel.curves:
        return None
    at = min(bisect_left(panel.curves[0].x, x), len(panel.curves[0].x) - 1)
    return at


def _seen(panel: Panel, low: float, high: float) -> tuple[int, int]:
    """Return the first and the last that are in view."""
    count = _count(panel)
    if panel.bars is not None and panel.points is None:
        first = max(0, bisect_right(panel.bars.edges, low) - 1)
        return first, min(count - 1, max(first, bisect_left(panel.bars.edges, high) - 1))
    if panel.stages:
        return max(0, math.ceil(low) - 1), min(count, math.floor(high)) - 1
    xs = panel.points.x if panel.points is not None else panel.curves[0].x
    first = min(bisect_left(xs, low), count - 1)
    return first, max(first, bisect_right(xs, high) - 1)
