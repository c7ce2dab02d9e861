# SPDX-License-Identifier: Apache-2.0
"""Cards of figures: what is measured, its value with its interval, its own past as a line in its band, and a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from qcdesk.gui import shapes, theme
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Pressable, mixed
from qcdesk.gui.widgets.cards import emptied
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_line, text_width

_EDGE = 14
_SPARK = 34
_DOT = 4.0


@dataclass(frozen=True)
class MeasureCard:
    """One figure in words; ``points`` are its past, the present last, ``low`` and ``high`` its usual band at each.

    ``outside``: the points that left the band, counted from 0. ``worse``: the last did, to the bad side.
    """

    code: str
    title: str
    value: str
    unit: str
    between: str
    made_of: str
    word: str
    worse: bool
    points: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    outside: frozenset[int] = frozenset()
    corner: str = ""


class MeasureKey(Pressable):
    """A card that can be chosen."""

    def __init__(self, card: MeasureCard, parent: QWidget | None = None) -> None:
        super().__init__(card.title, parent)
        self._card = card
        self.setCheckable(True)
        self.setProperty(RADIUS_PROPERTY, theme.R_CARD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleDescription(
            ". ".join(
                filter(
                    None,
                    (f"{card.value} {card.unit}".strip(), card.between, card.made_of, card.word, card.corner),
                )
            )
        )

    def sizeHint(self) -> QSize:
        t = theme.current()
        lines = t.line_box(theme.SECONDARY) * 2 + t.line_box(theme.PAGE) + t.line_box(theme.LABEL) * 2
        return QSize(210, lines + _SPARK + 2 * 12 + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t, card = theme.current(), self._card
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = t.colour("surface")
        if self.underMouse() or self.isDown():
            ground = mixed(ground, t.colour("action"), 0.05)
        painter.setBrush(ground)
        painter.setPen(QPen(t.colour("action" if chosen else "line"), 2.0 if chosen else 1.0))
        inset = 1.0 if chosen else 0.5
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.R_CARD, theme.R_CARD
        )
        wide, y = self.width() - 2 * _EDGE, 12.0
        line = t.line_box(theme.SECONDARY)
        paint_line(painter, card.title, QRectF(_EDGE, y, wide, line), theme.SECONDARY, 600, t.colour("text2"))
        y += line
        line = t.line_box(theme.PAGE)
        size = theme.PAGE if text_width(card.value, theme.PAGE, 700) <= wide else theme.BODY
        drop = t.baseline(theme.PAGE, 700) - t.baseline(size, 700)
        value = QRectF(_EDGE, y + drop, wide, t.line_box(size))
        paint_line(painter, card.value, value, size, 700, t.colour("text"))
        taken = text_width(card.value, size, 700) + 8
        drop = t.baseline(theme.PAGE, 700) - t.baseline(theme.SECONDARY)
        unit = QRectF(_EDGE + taken, y + drop, wide - taken, t.line_box(theme.SECONDARY))
        paint_line(painter, card.unit, unit, theme.SECONDARY, 400, t.colour("text2"))
        y += line
        line = t.line_box(theme.LABEL)
        for text in (card.between, card.made_of):
            paint_line(painter, text, QRectF(_EDGE, y, wide, line), theme.LABEL, 400, t.colour("text3"))
            y += line
        y += 5
        self._paint_past(painter, QRectF(_EDGE, y, wide, _SPARK - 2))
        y += _SPARK + 3
        line = t.line_box(theme.SECONDARY)
        left = float(_EDGE)
        ink: Role = "attention" if card.worse else "text2"
        if card.worse:
            mark = QRectF(_EDGE, y + (line - 16) / 2, 16, 16)
            shapes.paint(painter, "triangle", mark, t.colour("attention"), ground)
            left += 22
        corner = text_width(card.corner, theme.LABEL) + 8 if card.corner else 0
        room = QRectF(left, y, self.width() - _EDGE - corner - left, line)
        paint_line(painter, card.word, room, theme.SECONDARY, 600 if card.worse else 400, t.colour(ink))
        if card.corner:
            box = QRectF(self.width() - _EDGE - corner, y, corner, line)
            paint_line(
                painter, card.corner, box, theme.LABEL, 400, t.colour("text3"), Qt.AlignmentFlag.AlignRight
            )

    def _paint_past(self, painter: QPainter, box: QRectF) -> None:
        t, card = theme.current(), self._card
        if len(card.points) < 2:
            return
        values = (*card.points, *card.low, *card.high)
        floor, top = min(values), max(values)
        room = (top - floor) or 1.0
        inner = box.adjusted(_DOT, _DOT, -_DOT - 2, -_DOT)

        def spot(place: int, value: float) -> QPointF:
            share = (value - floor) / room if top > floor else 0.5
            return QPointF(
                inner.left() + inner.width() * place / (len(card.points) - 1),
                inner.bottom() - share * inner.height(),
            )

        if card.low and card.high:
            above = [spot(i, value) for i, value in enumerate(card.high)]
            below = [spot(i, value) for i, value in enumerate(card.low)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("sunken"))
            painter.drawPolygon(QPolygonF([*above, *reversed(below)]))
        line = [spot(i, value) for i, value in enumerate(card.points)]
        pen = QPen(t.colour("text2"), 1.75)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(line))
        painter.setPen(Qt.PenStyle.NoPen)
        for place in sorted(card.outside):
            painter.setBrush(t.colour("attention" if card.worse and place == len(line) - 1 else "text2"))
            x, y, half = line[place].x(), line[place].y(), _DOT + 1
            painter.drawPolygon(
                QPolygonF(
                    [QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)]
                )
            )
        if len(line) - 1 not in card.outside:
            painter.setBrush(t.colour("action"))
            painter.drawEllipse(line[-1], _DOT, _DOT)


class MeasureCards(QWidget):
    """Cards in rows; ``chosen`` carries the code of one."""

    chosen = Signal(str)

    def __init__(self, name: str, across: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._across = across
        self.keys: dict[str, MeasureKey] = {}
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        for place in range(across):
            self._grid.setColumnStretch(place, 1)

    def show_cards(self, cards: Sequence[MeasureCard]) -> None:
        """Show cards in this order."""
        emptied(self._grid)
        self.keys = {}
        for place, card in enumerate(cards):
            key = MeasureKey(card)
            key.clicked.connect(lambda _=False, code=card.code: self.chosen.emit(code))
            self._group.addButton(key)
            self.keys[card.code] = key
            self._grid.addWidget(key, place // self._across, place % self._across)

    def choose(self, code: str) -> None:
        """Show one as chosen; no signal."""
        if code in self.keys:
            self.keys[code].setChecked(True)
