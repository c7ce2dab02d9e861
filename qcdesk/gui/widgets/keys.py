# SPDX-License-Identifier: Apache-2.0
"""Floor keys, 20 mm high: icon, word, count; pressed they are inverted at once."""

from __future__ import annotations

from math import ceil
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from qcdesk.gui import icons, theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Pressable, mixed
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_line, paint_middle, text_width, wrapped

KeyKind = Literal["plain", "critical", "main", "hold"]

_ICON, _LARGE_ICON = 24, 26
_LEFT, _COUNT = 12.0, 40.0
_PADDING = 2
_CLOSE = 0.9
"""How near the lines of a key stand to each other, where there are several."""


class FloorKey(Pressable):
    """A key for gloves. ``critical`` has a heavier frame, not a red one: nothing is wrong yet."""

    def __init__(
        self,
        word: str,
        metrics: Metrics,
        *,
        icon: str = "",
        note: str = "",
        count: int = 0,
        kind: KeyKind = "plain",
        size: float = theme.BODY,
        centred: bool = False,
        yields: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show a word. ``yields``: in a low window it may be as low as the least that is used per unit."""
        super().__init__(word, parent)
        self._metrics = metrics
        self._icon = icon
        self._note = note
        self._count = count
        self._kind: KeyKind = kind
        self._size = size
        self._centred = centred or kind == "main"
        self._least = metrics.key_least if yields else metrics.key
        self.setMinimumWidth(metrics.key_least)
        upright = QSizePolicy.Policy.Maximum if yields else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upright)
        self.setProperty(RADIUS_PROPERTY, theme.R_CARD)
        self._tell()

    @property
    def count(self) -> int:
        return self._count

    def set_count(self, count: int) -> None:
        """Show how many were found so far in this check."""
        self._count = count
        self._tell()
        self.update()

    def set_note(self, note: str) -> None:
        """Show the small second line."""
        self._note = note
        self._tell()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def _tell(self) -> None:
        self.setAccessibleDescription(self._note or (str(self._count) if self._count else ""))

    def sizeHint(self) -> QSize:
        return QSize(max(self._metrics.key_least, self._metrics.mm(34)), self._metrics.key)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._metrics.key_least, self._least)

    @staticmethod
    def height_of(lines: int, size: float = theme.BODY) -> int:
        """Return how high a key must be for so many lines of its word."""
        return ceil(lines * theme.current().line_box(size) * _CLOSE) + 2 * _PADDING

    @property
    def cut(self) -> bool:
        """Whether some of the word, or of what stands below it, gives way to an ellipsis."""
        shown, below = self._lines()
        return any(
            bool(lines) and lines[-1].endswith("…") and not whole.endswith("…")
            for lines, whole in ((shown, self.text()), (below, self._note))
        )

    def _middle(self) -> bool:
        """Whether icon and word stand in the middle."""
        return self._centred or (self._kind == "hold" and not self._note)

    def _mark(self) -> int:
        """Return the room of the icon, with what is between it and the word."""
        side = _LARGE_ICON if self._kind in ("main", "hold") else _ICON
        if not self._icon:
            return 0
        if self._middle():
            return side + 10 if self.text() else side
        return side + 8

    def _room(self) -> float:
        """Return how wide a line of the word may be."""
        if self._middle():
            return self.width() - self._mark() - 14
        return self.width() - _LEFT - self._mark() - (_COUNT if self._count else 8.0)

    def _lines(self) -> tuple[list[str], list[str]]:
        """Return the word and what stands below it, on as many lines as there is room for."""
        box, wide = theme.current().line_box, self._room()
        small = box(theme.SECONDARY) if self._note and not self._middle() else 0
        free = self.height() - 2 * _PADDING
        most = int((free - small) / (box(self._size) * _CLOSE))
        shown = wrapped(self.text(), self._size, 600, wide, max(1, min(3, most)))
        if not small:
            return shown, []
        rest = int((free - box(self._size) * (1 if len(shown) == 1 else _CLOSE * len(shown))) / small)
        return shown, wrapped(self._note, theme.SECONDARY, 400, wide, max(1, min(2, rest)))

    def look(self) -> tuple[Role, Role, Role]:
        """Return the roles of ground, words and frame as they are now: pressed is the inverse of not pressed."""
        if not self.isEnabled():
            return "canvas", "text3", "line"
        if self._kind == "main":
            return ("band", "band_text", "band") if self.isDown() else ("action", "action_text", "action")
        if self._kind == "hold":
            return ("hold", "surface", "hold") if self.isDown() else ("surface", "hold", "hold")
        if self.isDown():
            return "action", "action_text", "action"
        return "surface", "text", "text" if self._kind == "critical" else "edge"

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, word, edge = self.look()
        pen = 2.5 if self._kind == "critical" else 2 if self._kind == "hold" else 1.5
        fill = t.colour(ground)
        if self.underMouse() and self.isEnabled() and not self.isDown():
            fill = mixed(fill, t.colour(word), 0.06)
        painter.setPen(QPen(t.colour(edge), pen))
        painter.setBrush(fill)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), theme.R_CARD, theme.R_CARD
        )
        ink = t.colour(word)
        side = _LARGE_ICON if self._kind in ("main", "hold") else _ICON
        (lines, below), mark = self._lines(), self._mark()
        step = t.line_box(self._size) * (_CLOSE if len(lines) > 1 else 1.0)
        if self._middle():
            width = max(text_width(line, self._size, 600) for line in lines)
            start = (self.width() - width - mark) / 2
            if self._icon:
                spot = QRectF(start, (self.height() - side) / 2, side, side)
                icons.paint(painter, self._icon, spot, ink, stroke=icons.BUTTON_STROKE)
            top = (self.height() - step * (len(lines) - 1) - t.line_box(self._size)) / 2
            for index, line in enumerate(lines):
                room = QRectF(start + mark, top + index * step, width + 2, step)
                paint_line(painter, line, room, self._size, 600, ink, Qt.AlignmentFlag.AlignHCenter)
            return
        left, room_wide = _LEFT + mark, self._room()
        if self._icon:
            spot = QRectF(_LEFT, (self.height() - side) / 2, side, side)
            icons.paint(painter, self._icon, spot, ink, stroke=1.9)
        small = t.line_box(theme.SECONDARY)
        top = (self.height() - len(lines) * step - len(below) * small) / 2
        for index, line in enumerate(lines):
            paint_line(painter, line, QRectF(left, top + index * step, room_wide, step), self._size, 600, ink)
        top += len(lines) * step
        note: Role = word if self.isDown() or not self.isEnabled() else "text2"
        for index, line in enumerate(below):
            room = QRectF(left, top + index * small, room_wide, small)
            paint_line(painter, line, room, theme.SECONDARY, 400, t.colour(note))
        if self._count:
            disc = QRectF(self.width() - 37, self.height() / 2 - 13, 27, 27)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("surface" if self.isDown() else "action"))
            shown = str(self._count)
            wide = max(27.0, text_width(shown, theme.BODY, 700) + 14)
            disc.setLeft(disc.right() - wide)
            painter.drawRoundedRect(disc, 13.5, 13.5)
            paint_middle(
                painter, shown, disc, theme.BODY, 700, t.colour("action" if self.isDown() else "action_text")
            )


class Keypad(QWidget):
    """Ten digits, delete, and optionally a decimal sign; ``typed`` carries the sign, ``erased`` the other."""

    typed = Signal(str)
    erased = Signal()

    def __init__(
        self,
        metrics: Metrics,
        erase_word: str,
        *,
        decimal: str = "",
        minus: bool = False,
        yields: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(metrics.key_gap - 1)
        self.keys: dict[str, FloorKey] = {}
        places = {str(n): ((n - 1) // 3, (n - 1) % 3) for n in range(1, 10)} | {"0": (3, 1)}
        if decimal:
            places[decimal] = (3, 0)
        if minus:
            places["-"] = (4, 0)
        for sign, (row, column) in places.items():
            key = FloorKey(sign, metrics, size=24, centred=True, yields=yields)
            key.clicked.connect(lambda _=False, s=sign: self.typed.emit(s))
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.keys[sign] = key
            grid.addWidget(key, row, column)
        self._erase = FloorKey("", metrics, icon="delete", centred=True, yields=yields)
        self._erase.setAccessibleName(erase_word)
        self._erase.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._erase.clicked.connect(self.erased)
        grid.addWidget(self._erase, 3, 2)

    @property
    def all_keys(self) -> tuple[FloorKey, ...]:
        """Every key, the one that deletes last."""
        return (*self.keys.values(), self._erase)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in self.keys:
            self.typed.emit(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.erased.emit()
        else:
            super().keyPressEvent(event)
