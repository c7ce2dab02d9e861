# SPDX-License-Identifier: Apache-2.0
"""What happened, newest first: acts on a filled disc, entries on a quiet one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import icons, theme
from qcdesk.gui.widgets.text import paint_line, wrapped


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: the day it belongs to, its time, what, a note, its icon, and whether it was signed."""

    day: str
    time: str
    what: str
    note: str
    icon: str
    act: bool


class Timeline(QWidget):
    """The list; it grows as long as it needs, its page scrolls."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Happening, ...] = ()
        # Fixed would hold it to the height that it has 320 px wide, and cut what wraps where it is narrower.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)

    def show_lines(self, lines: Sequence[Happening]) -> None:
        """Show the history, newest first."""
        self._lines = tuple(lines)
        said = "; ".join(f"{each.day} {each.time} {each.what} {each.note}" for each in self._lines)
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(self._walk(None, width))

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._walk(painter, self.width())

    def _walk(self, painter: QPainter | None, width: int) -> float:
        t = theme.current()
        y, day = 0.0, ""
        left = 92.0
        for index, line in enumerate(self._lines):
            if line.day != day:
                day = line.day
                if painter is not None:
                    paint_line(painter, day, QRectF(0, y, width, 22), theme.SECONDARY, 500, t.colour("text2"))
                y += 26
            what = wrapped(line.what, theme.BODY - 1, 600, width - left, 4)
            note = wrapped(line.note, theme.SECONDARY, 400, width - left, 3) if line.note else []
            high = len(what) * t.line_box(14) + len(note) * t.line_box(theme.SECONDARY)
            if painter is not None:
                goes_on = index + 1 < len(self._lines) and self._lines[index + 1].day == day
                if goes_on:
                    painter.setPen(QPen(t.colour("line"), 2))
                    painter.drawLine(QPointF(66, y + 13), QPointF(66, y + high + 13 + 13))
                painter.setPen(QPen(t.colour("action" if line.act else "sunken"), 1))
                painter.setBrush(t.colour("action" if line.act else "sunken"))
                painter.drawEllipse(QPointF(66, y + 11), 13, 13)
                ink = t.colour("action_text" if line.act else "text2")
                icons.paint(painter, line.icon, QRectF(58.5, y + 3.5, 15, 15), ink, stroke=2)
                paint_line(painter, line.time, QRectF(0, y, 46, 22), theme.SECONDARY, 400, t.colour("text2"))
                row = y
                for part in what:
                    paint_line(painter, part, QRectF(left, row, width - left, 24), 14, 600, t.colour("text"))
                    row += t.line_box(14)
                for part in note:
                    paint_line(painter, part, QRectF(left, row, width - left, 20), 13, 400, t.colour("text2"))
                    row += t.line_box(theme.SECONDARY)
            y += high + 13
        return y
