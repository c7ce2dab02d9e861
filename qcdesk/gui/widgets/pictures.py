# SPDX-License-Identifier: Apache-2.0
"""Pictures of a comparison: unit by unit, two overlapping circles, an interval on a scale. All read in grey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import shapes, theme
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_line, paint_middle, text_width

FoundBy = Literal[
    "both",
    "first",
    "second",
    "neither",
    "not_done",
    "first_sample",
    "first_sample_found",
    "second_sample",
    "second_sample_found",
]


def paint_cell(painter: QPainter, found: FoundBy, box: QRectF, number: str = "") -> None:
    """Draw one unit: full both, bar left only the first, bar right only the second, quiet neither.

    Of a unit that only one of the two had the frame stays open: nobody missed anything there.
    """
    t = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    ink: Role = "text3"
    inner = QRectF(box)
    if found == "both":
        painter.setBrush(t.colour("action"))
        painter.drawRoundedRect(box, theme.R_CELL, theme.R_CELL)
        ink = "action_text"
    elif found in ("first", "second"):
        frame = box.adjusted(1, 1, -1, -1)
        painter.setPen(QPen(t.colour("attention"), 2))
        painter.setBrush(t.colour("attention_soft"))
        painter.drawRoundedRect(frame, theme.R_CELL - 1, theme.R_CELL - 1)
        clip = QPainterPath()
        clip.addRoundedRect(box, theme.R_CELL, theme.R_CELL)
        bar = min(6.0, box.width() * 0.3)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(
            QRectF(box.left() if found == "first" else box.right() - bar, box.top(), bar, box.height()),
            t.colour("attention"),
        )
        painter.restore()
        if found == "first":
            inner.setLeft(box.left() + bar - 1)
        else:
            inner.setRight(box.right() - bar + 1)
        ink = "attention"
    elif found.startswith(("first_sample", "second_sample")):
        inner, ink = _paint_alone(painter, found, box)
    elif found == "not_done":
        shapes.paint(painter, "dashed", box.adjusted(3, 3, -3, -3), t.colour("text3"), t.colour("surface"))
        return
    else:
        painter.setBrush(t.colour("sunken"))
        painter.drawRoundedRect(box, theme.R_CELL, theme.R_CELL)
    if number:
        size = 11.0 if len(number) < 3 or inner.width() > 26 else 10.0
        paint_middle(
            painter,
            number,
            inner.adjusted(-3, 0, 3, 0),
            size,
            400 if found in ("neither", "first_sample", "second_sample") else 700,
            t.colour(ink),
        )


def _paint_alone(painter: QPainter, found: FoundBy, box: QRectF) -> tuple[QRectF, Role]:
    """Draw a unit that only one had, with a bar on that person's side; the room and the ink of its number."""
    t = theme.current()
    bad, left = found.endswith("_found"), found.startswith("first")
    painter.setPen(QPen(t.colour("action" if bad else "edge"), 2 if bad else 1))
    painter.setBrush(t.colour("action_soft" if bad else "surface"))
    inset = 1.0 if bad else 0.5
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), theme.R_CELL - 1, theme.R_CELL - 1)
    bar = min(6.0, box.width() * 0.3) if bad else min(3.0, box.width() * 0.15)
    clip = QPainterPath()
    clip.addRoundedRect(box, theme.R_CELL, theme.R_CELL)
    painter.save()
    painter.setClipPath(clip)
    side = QRectF(box.left() if left else box.right() - bar, box.top(), bar, box.height())
    painter.fillRect(side, t.colour("action" if bad else "edge"))
    painter.restore()
    inner = QRectF(box)
    if left:
        inner.setLeft(box.left() + bar - 1)
    else:
        inner.setRight(box.right() - bar + 1)
    return inner, "action" if bad else "text2"


class CellMark(QWidget):
    """One cell for a legend or at the head of a row."""

    def __init__(self, found: FoundBy, side: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: FoundBy = found
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cell(painter, self._found, QRectF(self.rect()).adjusted(0, 0.5, 0, -0.5))


@dataclass(frozen=True, slots=True)
class GridUnit:
    """A unit of the sample in the grid: its number, who found it nonconforming, and words about it."""

    number: int
    found: FoundBy
    words: str = ""


class UnitGrid(QWidget):
    """All units of the sample, 25 a row; from 10 rows on the cells get flatter, never fewer.

    ``told`` carries the words about the unit that one is at, by mouse, touch or key.
    """

    opened = Signal(int)
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: tuple[GridUnit, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setProperty(RADIUS_PROPERTY, theme.R_CELL)

    def show_units(self, units: tuple[GridUnit, ...], words: str) -> None:
        """Show the sample; ``words`` are read aloud."""
        self._units, self._at = units, 0
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @property
    def columns(self) -> int:
        return 25 if len(self._units) <= 400 else 50

    def _cell_height(self) -> int:
        rows = max(1, -(-len(self._units) // self.columns))
        return 38 if rows <= 5 else 30 if rows <= 10 else 22

    def sizeHint(self) -> QSize:
        rows = max(1, -(-len(self._units) // self.columns))
        return QSize(640, rows * (self._cell_height() + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def box(self, index: int) -> QRectF:
        """Return where the unit at ``index`` is drawn."""
        pitch = self.width() / self.columns
        high = self._cell_height()
        wide = min(pitch - 4, 40.0)
        return QRectF(
            index % self.columns * pitch + (pitch - 4 - wide) / 2,
            index // self.columns * (high + 4),
            wide,
            high,
        )

    def _index_at(self, point: QPointF) -> int | None:
        return next((i for i in range(len(self._units)) if self.box(i).contains(point)), None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if index is not None:
            self._at = index
            self.told.emit(self._units[index].words)
            self.opened.emit(self._units[index].number)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if index is not None:
            self.told.emit(self._units[index].words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns,
            Qt.Key.Key_Down: self.columns,
        }
        step = steps.get(Qt.Key(event.key()), 0)
        if step and 0 <= self._at + step < len(self._units):
            self._at += step
            self.setAccessibleDescription(self._units[self._at].words)
            self.told.emit(self._units[self._at].words)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._units:
            self.opened.emit(self._units[self._at].number)
        elif not step:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, unit in enumerate(self._units):
            paint_cell(painter, unit.found, self.box(index), str(unit.number))
        if self.hasFocus() and self._units:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.current().colour("action"), 2))
            painter.drawRoundedRect(self.box(self._at).adjusted(-2, -2, 2, 2), 8, 8)


LEAST_NAME = 60  # px beside the circles for a name


class CirclesPicture(QWidget):
    """Two overlapping circles: only the first, both, only the second, with the names outside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = ("", "")
        self._notes = ("", "")
        self._counts = (0, 0, 0)
        self.setFixedHeight(140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(
        self, names: tuple[str, str], notes: tuple[str, str], first: int, both: int, second: int, words: str
    ) -> None:
        """Show how many each found; ``words`` are read aloud."""
        self._names, self._notes, self._counts = names, notes, (first, both, second)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = max(LEAST_NAME, *(text_width(name, 14, 600) + 4 for name in self._names))
        beside = min(names, self.width() / 4)
        radius = min((self.height() - 8) / 2, (self.width() / 2 - 12 - beside) / 1.56)
        middle = QPointF(self.width() / 2, self.height() / 2)
        left, right = QPainterPath(), QPainterPath()
        left.addEllipse(middle - QPointF(radius * 0.56, 0), radius, radius)
        right.addEllipse(middle + QPointF(radius * 0.56, 0), radius, radius)
        for path in (left, right):
            painter.fillPath(path, t.colour("sunken"))
        painter.fillPath(left.intersected(right), t.colour("action"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(t.colour("action"), 2))
        painter.drawPath(left)
        painter.drawPath(right)
        places = (-radius * 1.02, 0.0, radius * 1.02)
        roles: tuple[Role, Role, Role] = ("attention", "action_text", "attention")
        for count, dx, role in zip(self._counts, places, roles, strict=True):
            ink: Role = role if count or role == "action_text" else "text3"
            paint_middle(
                painter,
                str(count),
                QRectF(middle.x() + dx - 32, middle.y() - 20, 64, 40),
                26,
                600,
                t.colour(ink),
            )
        room = middle.x() - radius * 1.56 - 12
        for index, side in ((0, Qt.AlignmentFlag.AlignRight), (1, Qt.AlignmentFlag.AlignLeft)):
            x = 0.0 if index == 0 else self.width() - room
            paint_line(
                painter,
                self._names[index],
                QRectF(x, middle.y() - 22, room, 22),
                14,
                600,
                t.colour("text"),
                side,
            )
            paint_line(
                painter, self._notes[index], QRectF(x, middle.y(), room, 20), 13, 400, t.colour("text2"), side
            )


class IntervalBar(QWidget):
    """An estimate on a scale of whole units: the point, and the interval as a heavy bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point = 0.0
        self._low = 0.0
        self._high = 0.0
        self.setFixedHeight(42)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_interval(self, point: float, low: float, high: float, words: str) -> None:
        """Show an estimate with its interval; ``words`` are read aloud."""
        self._point, self._low, self._high = point, low, high
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max(6, int(self._high * 1.3) + 1)
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if most / s <= 8)
        most = -(-most // step) * step

        def x(value: float) -> float:
            return 10 + value / most * (self.width() - 24)

        painter.setPen(QPen(t.colour("edge"), 1))
        painter.drawLine(QPointF(x(0), 14), QPointF(x(most), 14))
        for value in range(0, most + 1, step):
            painter.setPen(QPen(t.colour("edge"), 1))
            painter.drawLine(QPointF(x(value), 10), QPointF(x(value), 18))
            paint_middle(
                painter, str(value), QRectF(x(value) - 20, 23, 40, 18), theme.LABEL, 400, t.colour("text2")
            )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("text2"))
        painter.drawRoundedRect(QRectF(x(self._low), 10, max(4.0, x(self._high) - x(self._low)), 8), 4, 4)
        painter.setPen(QPen(t.colour("surface"), 2))
        painter.setBrush(t.colour("text"))
        painter.drawEllipse(QPointF(x(self._point), 14), 9, 9)


class ShareBar(QWidget):
    """A share of a whole as a bar, with an optional floor as a mark and its words below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._floor: float | None = None
        self._floor_words = ""
        self.setFixedHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, words: str, floor: float | None = None, floor_words: str = "") -> None:
        """Show a share from 0 to 1; ``words`` are read aloud."""
        self._share, self._floor, self._floor_words = share, floor, floor_words
        self.setAccessibleName(words)
        self.setFixedHeight(36 if floor is not None else 14)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("sunken"))
        painter.drawRoundedRect(QRectF(0, 1, self.width(), 11), 5.5, 5.5)
        painter.setBrush(t.colour("text2"))
        painter.drawRoundedRect(
            QRectF(0, 1, max(11.0, self.width() * min(1.0, max(0.0, self._share))), 11), 5.5, 5.5
        )
        if self._floor is not None:
            x = self.width() * self._floor
            painter.setPen(QPen(t.colour("text"), 2))
            painter.drawLine(QPointF(x, 0), QPointF(x, 14))
            paint_middle(
                painter,
                self._floor_words,
                QRectF(min(max(0.0, x - 60), self.width() - 120), 17, 120, 18),
                12,
                400,
                t.colour("text2"),
            )
