# SPDX-License-Identifier: Apache-2.0
"""Strips: how near a class is to rejection, where one is in the sample, and the units around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import icons, shapes, theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_line, paint_middle, text_width, wrapped

_SIDES, _MARK, _LEAST_CELLS = 30, 28, 96


@dataclass(frozen=True, slots=True)
class Judgement:
    """One class in the strip: its words, what was found, and the number that rejects.

    ``re`` None: the class has no limit of its own, only a count.
    """

    name: str
    found_words: str
    limit_words: str
    found: int
    re: int | None

    @property
    def rejects(self) -> bool:
        return self.re is not None and self.found >= self.re


class JudgementStrip(QWidget):
    """Per class a row of cells that fill one by one; the last bears the ×. The first field is the verdict so far."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = ""
        self._rejected = False
        self._classes: tuple[Judgement, ...] = ()
        self.setFixedHeight(max(62, theme.current().line_box(17) + 34))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_judgement(self, verdict: str, *, rejected: bool, classes: tuple[Judgement, ...]) -> None:
        """Show the verdict so far, the same words that are read aloud."""
        self._verdict, self._rejected, self._classes = verdict, rejected, classes
        said = [verdict, *(f"{each.found_words}, {each.limit_words}" for each in classes)]
        self.setAccessibleName(". ".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(t.colour("line"), 1))
        painter.setBrush(t.colour("surface"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.R_CARD, theme.R_CARD
        )
        role: Role = "reject" if self._rejected else "text"
        mark = QRectF(17, (self.height() - 22) / 2, 22, 22)
        shapes.paint(
            painter, "octagon" if self._rejected else "tick", mark, t.colour(role), t.colour("surface")
        )
        verdict_width = max(150, text_width(self._verdict, 17, 700) + 16)
        box = QRectF(53, (self.height() - t.line_box(17)) / 2, verdict_width, t.line_box(17))
        paint_line(painter, self._verdict, box, 17, 600, t.colour(role))
        left = 53.0 + verdict_width
        if not self._classes:
            return
        free = self.width() - left
        shares = [max(170, _words(c) + text_width(c.limit_words, 14) + 12 + _SIDES) for c in self._classes]
        two_lines = sum(shares) > free
        if two_lines:
            shares = [
                max(_words(c), _cells(c) + text_width(c.limit_words, theme.SECONDARY)) + _SIDES
                for c in self._classes
            ]
        scale = free / sum(shares)
        for judged, share in zip(self._classes, shares, strict=True):
            self._paint_class(painter, judged, left, share * scale, two_lines)
            left += share * scale

    def _paint_class(
        self, painter: QPainter, judged: Judgement, left: float, width: float, two_lines: bool
    ) -> None:
        """Paint a class; in ``two_lines`` its limit stands beside the cells."""
        t = theme.current()
        painter.setPen(QPen(t.colour("line"), 1))
        painter.drawLine(QPointF(left + 0.5, 8), QPointF(left + 0.5, self.height() - 8))
        inner = QRectF(left + 15, 9, width - _SIDES, t.line_box(16))
        role: Role = "reject" if judged.rejects else "text"
        start = inner.left()
        if judged.rejects:
            spot = QRectF(start, inner.center().y() - 10, 20, 20)
            shapes.paint(painter, "octagon", spot, t.colour(role), t.colour("surface"))
            start += _MARK
        room = QRectF(start, inner.top(), inner.right() - start, 24)
        paint_line(painter, judged.found_words, room, 16, 600, t.colour(role))
        wide = inner.width()
        if two_lines:
            limit = text_width(judged.limit_words, theme.SECONDARY)
            start = inner.right() - limit if judged.re is not None else inner.left()
            start = max(inner.left(), start)
            low = t.line_box(theme.SECONDARY)
            room = QRectF(start, self.height() - 13.5 - low / 2, inner.right() - start, low)
            paint_line(painter, judged.limit_words, room, theme.SECONDARY, 400, t.colour("text2"))
            wide -= limit + 12
        else:
            words = text_width(judged.found_words, 16, 600)
            start += words + 12
            room = QRectF(start, inner.top() + 1, max(0.0, inner.right() - start), 24)
            paint_line(
                painter, judged.limit_words, room, 14, 400, t.colour("text2"), Qt.AlignmentFlag.AlignRight
            )
        if judged.re is not None:
            self._paint_cells(painter, judged, judged.re, inner.left(), wide)

    def _paint_cells(
        self, painter: QPainter, judged: Judgement, count: int, left: float, wide: float
    ) -> None:
        t = theme.current()
        gap = 3.0 if count <= 24 else 1.0
        cell = max(1.0, min(27.0 if count <= 7 else 21.0, (wide - gap * (count - 1)) / count))
        top = self.height() - 18.0
        for index in range(count):
            box = QRectF(left + index * (cell + gap), top, cell, 9)
            last = index == count - 1
            filled = index < judged.found
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                t.colour("reject" if judged.rejects else "text2") if filled else t.colour("line")
            )
            if last and not filled:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(t.colour("text2"), 1.3))
                box.adjust(0.6, 0.1, -0.6, -0.1)
            painter.drawRoundedRect(box, 2, 2)
            if last and cell >= 7:
                half = min(3.0, cell / 4)
                pen = QPen(t.colour("surface") if filled else t.colour("text2"), 1.4)
                painter.setPen(pen)
                c = box.center()
                painter.drawLine(c + QPointF(-half, -half), c + QPointF(half, half))
                painter.drawLine(c + QPointF(-half, half), c + QPointF(half, -half))


def _words(judged: Judgement) -> int:
    """Return the width of what was found in a class, with its mark."""
    return text_width(judged.found_words, 16, 600) + (_MARK if judged.rejects else 0)


def _cells(judged: Judgement) -> int:
    """Return the width that the cells of a class need beside its limit."""
    return 0 if judged.re is None else min(30 * judged.re, _LEAST_CELLS) + 12


CellState = Literal["done", "found", "not_done", "open"]


class ProgressCells(QWidget):
    """The whole sample as a line of small cells: done, with a finding (taller), here, still open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: tuple[CellState, ...] = ()
        self._here = 0
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_cells(self, states: tuple[CellState, ...], here: int, words: str) -> None:
        """Show the state of each unit; ``here`` counts from 0; ``words`` are read aloud."""
        self._states, self._here = states, here
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._states:
            return
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        pitch = self.width() / len(self._states)
        wide = max(1.0, min(pitch - 1.2, 14.0))
        roles: dict[CellState, Role] = {"done": "text3", "found": "text", "not_done": "edge", "open": "line"}
        middle = self.height() / 2
        for index, state in enumerate(self._states):
            x = index * pitch
            tall = 20.0 if state == "found" else 10.0
            painter.setBrush(t.colour(roles[state]))
            if index != self._here:
                painter.drawRoundedRect(QRectF(x, middle - tall / 2, wide, tall), 1.2, 1.2)
        if 0 <= self._here < len(self._states):
            painter.setBrush(t.colour("action"))
            painter.drawRoundedRect(
                QRectF(self._here * pitch - 1.5, middle - 11, max(7.0, wide + 3), 22), 2.5, 2.5
            )


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A unit near the one in hand: its sample number, its state, and a word such as "1 major"."""

    number: int
    state: CellState
    word: str = ""


class UnitStrip(QWidget):
    """The units around the one in hand, which stays in the middle; a tap or the arrow keys go to another."""

    gone_to = Signal(int)

    def __init__(self, metrics: Metrics, places: int = 7, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = places
        self._cells: tuple[UnitCell, ...] = ()
        self._here = 0
        self.setFixedHeight(metrics.key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty(RADIUS_PROPERTY, theme.R_FIELD)

    def show_units(self, cells: tuple[UnitCell, ...], here: int, words: str) -> None:
        """Show all units of the sample; ``here`` is the index of the one in hand."""
        self._cells, self._here = cells, here
        self.setAccessibleName(words)
        self.update()

    def _first(self) -> int:
        return max(0, min(self._here - self._places // 2, len(self._cells) - self._places))

    def _box(self, place: int) -> QRectF:
        gap = 11.0
        wide = (self.width() - gap * (self._places - 1)) / self._places
        return QRectF(place * (wide + gap), 0, wide, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and 0 <= self._here + step < len(self._cells):
            self.gone_to.emit(self._here + step)
        elif not step:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place in range(self._places):
            index = self._first() + place
            if index < len(self._cells) and self._box(place).contains(event.position()):
                self.gone_to.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self._places):
            index = self._first() + place
            if index >= len(self._cells):
                break
            cell, here = self._cells[index], index == self._here
            box = self._box(place).adjusted(0.75, 0.75, -0.75, -0.75)
            known = cell.state != "open"
            ground: Role = "action" if here else "surface" if known else "canvas"
            painter.setBrush(t.colour(ground))
            painter.setPen(QPen(t.colour("action" if here else "edge" if known else "line"), 1.5))
            painter.drawRoundedRect(box, theme.R_FIELD, theme.R_FIELD)
            ink: Role = "action_text" if here else "text" if known else "text3"
            below = known and not here
            top = QRectF(box.left(), box.top(), box.width(), box.height() * (0.76 if below else 1.0))
            paint_middle(painter, str(cell.number), top, 19, 700 if here else 400, t.colour(ink))
            if not below:
                continue
            low = QRectF(
                box.left() + 3, box.top() + box.height() * 0.56, box.width() - 6, box.height() * 0.36
            )
            if cell.word:
                paint_middle(painter, cell.word, low, theme.LABEL, 600, t.colour("text"))
            elif cell.state == "not_done":
                spot = QRectF(low.center().x() - 8, low.center().y() - 8, 16, 16)
                shapes.paint(painter, "dashed", spot, t.colour("text2"), t.colour("surface"))
            else:
                spot = QRectF(low.center().x() - 8, low.center().y() - 8, 16, 16)
                icons.paint(painter, "check", spot, t.colour("text2"), stroke=2)

    def sizeHint(self) -> QSize:
        return QSize(620, self.height())


class WaySteps(QWidget):
    """The way of a batch in five steps: done filled, the present one in words, the rest open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[tuple[str, str], ...] = ()
        self._now = 0
        self._mark = ""
        self.setMinimumHeight(84)

    def show_steps(self, steps: tuple[tuple[str, str], ...], now: int, mark: str = "") -> None:
        """Show (name, note) per step; ``now`` is the index of the present one, ``mark`` a sign in its ring."""
        self._steps, self._now, self._mark = steps, now, mark
        self.setAccessibleName("; ".join(f"{name} {note}".strip() for name, note in steps))
        self._fit()
        self.update()

    def _room(self) -> float:
        return self.width() / max(1, len(self._steps)) - 10

    def _names(self) -> list[list[str]]:
        return [wrapped(name, theme.BODY, 600, self._room(), 2) for name, _ in self._steps]

    def _notes(self) -> list[list[str]]:
        return [
            wrapped(note, theme.SECONDARY, 400, self._room(), 2) if note else [] for _, note in self._steps
        ]

    def _fit(self) -> None:
        """Be higher where a name or a note takes two lines."""
        box = theme.current().line_box
        more = box(theme.BODY) * (max(map(len, self._names()), default=1) - 1)
        more += box(theme.SECONDARY) if any(len(lines) > 1 for lines in self._notes()) else 0
        self.setMinimumHeight(84 + more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch, names, notes = self.width() / len(self._steps), self._names(), self._notes()
        for index, lines in enumerate(names):
            x, y = index * pitch + 14, 18.0
            done, now = index < self._now, index == self._now
            if index + 1 < len(self._steps):
                painter.setPen(QPen(t.colour("action" if done else "line"), 2.5 if done else 2))
                painter.drawLine(QPointF(x + 13, y), QPointF(x + pitch - 14, y))
            painter.setPen(QPen(t.colour("action" if done or now else "edge"), 3 if now else 1.6))
            painter.setBrush(t.colour("action" if done else "surface"))
            radius = 13.0 if done or now else 10.5
            painter.drawEllipse(QPointF(x, y), radius, radius)
            if done:
                icons.paint(
                    painter, "check", QRectF(x - 8, y - 8, 16, 16), t.colour("action_text"), stroke=2.5
                )
            elif now and self._mark:
                paint_middle(
                    painter, self._mark, QRectF(x - 12, y - 12, 24, 24), theme.BODY, 700, t.colour("action")
                )
            box = QRectF(x - 13, 36, pitch - 10, 24)
            ink = t.colour("text" if done or now else "text2")
            for place, line in enumerate(lines):
                below = box.translated(0, t.line_box(theme.BODY) * place)
                paint_line(painter, line, below, theme.BODY, 600 if done or now else 500, ink)
            step = t.line_box(theme.SECONDARY)
            under = 23 + t.line_box(theme.BODY) * (max(map(len, names)) - 1)
            for place, line in enumerate(notes[index]):
                below = box.translated(0, under + step * place)
                paint_line(painter, line, below, theme.SECONDARY, 400, t.colour("text2"))
