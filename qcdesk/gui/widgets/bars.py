# SPDX-License-Identifier: Apache-2.0
"""Counts as quiet bars, the largest first, each with its words and its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_line, text_width


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what is counted, how often, and a short word behind (its class, its share).

    ``rest``: the rarest together. It sets no scale, since it may be longer than all others: beyond it, it is broken.
    """

    words: str
    count: int
    note: str = ""
    rest: bool = False


class CountBars(QWidget):
    """Bars on one scale; the first is darkest and heavier. ``chosen`` carries the place of one, from 0."""

    STEP = 32
    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._name = name
        self._here = 0
        self._marked = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(RADIUS_PROPERTY, theme.R_CELL)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show counts in this order."""
        self._bars, self._here, self._marked = tuple(bars), 0, -1
        self.setAccessibleDescription(", ".join(f"{bar.words} {bar.count}" for bar in bars))
        self.setFixedHeight(self._step() * len(self._bars))
        self.updateGeometry()
        self.update()

    def mark(self, place: int) -> None:
        """Show which bar is looked at, from 0."""
        self._here = self._marked = place
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            place = int(event.pos().y() // self._step())
            bar = self._bars[place] if 0 <= place < len(self._bars) else None
            cut = bar is not None and text_width(bar.words, 14, 600) > self._label()
            QToolTip.showText(event.globalPos(), bar.words if bar and cut else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(int(event.position().y() // self._step()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._go(int(event.position().y() // self._step()))
            self.chosen.emit(self._here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self._go(self._here + steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._bars:
            self.chosen.emit(self._here)
        else:
            super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        self._here = min(max(place, 0), max(len(self._bars) - 1, 0))
        self.update()

    def _step(self) -> int:
        return max(self.STEP, theme.current().line_box(14) + 8)

    def sizeHint(self) -> QSize:
        return QSize(320, self._step() * len(self._bars))

    def _label(self) -> int:
        """Return the width of the words before the bars."""
        longest = max((text_width(bar.words, 14, 600) for bar in self._bars), default=0)
        return min(round(self.width() * 0.42), longest + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width()
        label = self._label()
        note = max((text_width(bar.note, theme.SECONDARY) for bar in self._bars), default=0)
        number = max(text_width(str(bar.count), 14, 600) for bar in self._bars)
        left = label + 14
        room = max(20.0, float(wide - left - number - 10 - (note + 18 if note else 0)))
        most = max((bar.count for bar in self._bars if not bar.rest), default=0) or 1
        for place, bar in enumerate(self._bars):
            y = float(place * self._step())
            line = t.line_box(14)
            under = place == self._here and (self.hasFocus() or self.underMouse())
            if under or place == self._marked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(t.colour("action_soft" if place == self._marked else "canvas"))
                painter.drawRoundedRect(QRectF(0, y, wide, self._step()), theme.R_CELL, theme.R_CELL)
            top = y + (self._step() - line) / 2
            first = place == 0 if self._marked < 0 else place == self._marked
            right = Qt.AlignmentFlag.AlignRight
            ink = t.colour("text" if first else "text2")
            paint_line(painter, bar.words, QRectF(0, top, label, line), 14, 600 if first else 400, ink, right)
            length = max(4.0, room * min(1.0, bar.count / most))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("text2" if first else "edge"))
            body = QRectF(left, y + (self._step() - 20) / 2, length, 20)
            painter.drawRoundedRect(body, 4, 4)
            if bar.count > most:
                _break(painter, body, t.colour("action_soft" if place == self._marked else "surface"))
            figure = QRectF(left + length + 8, top, number + 4, line)
            paint_line(painter, str(bar.count), figure, 14, 600, t.colour("text"))
            if bar.note:
                small = t.line_box(theme.SECONDARY)
                box = QRectF(wide - note - 6, y + (self._step() - small) / 2, note + 2, small)
                paint_line(painter, bar.note, box, theme.SECONDARY, 400, t.colour("text3"), right)


def _break(painter: QPainter, bar: QRectF, ground: QColor) -> None:
    """Cut a bar that is longer than there is room, with two slanted gaps."""
    painter.setPen(QPen(ground, 3))
    for back in (18, 26):
        x = bar.right() - back
        painter.drawLine(QLineF(x - 3, bar.bottom() + 1, x + 3, bar.top() - 1))
