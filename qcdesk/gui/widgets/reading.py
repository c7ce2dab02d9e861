# SPDX-License-Identifier: Apache-2.0
"""The field for a measured value: takes 12.03 and 12,03, keeps the digits as typed, refuses a thousands separator."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_reading
from qcdesk.gui import shapes, theme
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_line, text_width

_PARTIAL = re.compile(r"-?[0-9]*(?:[.,][0-9]*)?")
MOST_SIGNS = 23


def as_number(typed: str) -> float:
    """Return where a good reading lies, for pictures only; the text as typed is what is recorded."""
    return float(parse_reading(typed).decimal)


Verdict = Literal["", "inside", "outside"]


def _why_not(typed: str) -> BadInput | None:
    try:
        parse_reading(typed)
    except BadInput as wrong:
        return wrong
    return None


class ReadingField(QWidget):
    """Shows a reading large, takes digits from keyboard, keypad or caliper. ``entered`` carries it as typed."""

    edited = Signal(str)
    entered = Signal(str)
    refused = Signal(object)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._unit = ""
        self._verdict: Verdict = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.setFixedHeight(70)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty(RADIUS_PROPERTY, theme.R_FIELD)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def sizeHint(self) -> QSize:
        return QSize(280, 70)

    @property
    def typed(self) -> str:
        return self._typed

    def set_unit(self, unit: str) -> None:
        """Show the unit of measure behind the reading."""
        self._unit = unit
        self.update()

    def show_reading(self, typed: str, verdict: Verdict = "") -> None:
        """Show a reading that was recorded, as it was typed, with its verdict."""
        self._typed, self._verdict = typed, verdict
        self.setAccessibleDescription(f"{typed} {self._unit}".strip())
        self.update()

    def type_sign(self, sign: str) -> None:
        """Take one sign, from a key or the keypad; what can never become a number is not taken."""
        if self._verdict:
            self._typed, self._verdict = "", ""
        now = self._typed + sign
        if len(now) > MOST_SIGNS:
            return
        if not _PARTIAL.fullmatch(now):
            self.refused.emit(_why_not(now))
            return
        self._change(now)

    def erase(self) -> None:
        """Take the last sign away."""
        self._verdict = ""
        self._change(self._typed[:-1])

    def clear(self) -> None:
        """Take everything away."""
        self._verdict = ""
        self._change("")

    def take(self, text: str) -> bool:
        """Take a whole reading (pasted or sent by a caliper); one that cannot be taken is refused and not shown."""
        wrong = _why_not(text)
        if wrong is not None:
            self.refused.emit(wrong)
            return False
        self._verdict = ""
        self._change(text.strip())
        return True

    def enter(self) -> None:
        """Hand the reading over as typed."""
        wrong = _why_not(self._typed)
        if wrong is None:
            self.entered.emit(self._typed)
        else:
            self.refused.emit(wrong)

    def _change(self, typed: str) -> None:
        self._typed = typed
        self.setAccessibleDescription(f"{typed} {self._unit}".strip())
        self.edited.emit(typed)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        elif event.key() == Qt.Key.Key_Backspace:
            self.erase()
        elif event.key() == Qt.Key.Key_Escape and self._typed:
            self.clear()
        elif event.text() and event.text() in "0123456789.,- '":
            self.type_sign(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method hands over: Chinese ones give figures as wide as their letters."""
        for sign in unicodedata.normalize("NFKC", event.commitString()).replace("。", "."):
            self.type_sign(sign)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        out = self._verdict == "outside"
        edge: Role = "reject" if out else "action"
        painter.setPen(QPen(t.colour(edge), 2.5))
        painter.setBrush(t.colour("canvas"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(1.25, 1.25, -1.25, -1.25), theme.R_FIELD, theme.R_FIELD
        )
        size = float(theme.READING)
        free = self.width() - 16 - 44 - text_width(self._unit, 18) - 16
        while size > 18 and text_width(self._typed, size, 700) > free:
            size -= 2
        box = t.line_box(size)
        paint_line(
            painter,
            self._typed,
            QRectF(16, (self.height() - box) / 2, free + 4, box),
            size,
            700,
            t.colour("text"),
        )
        width = text_width(self._typed, size, 700)
        if self.hasFocus() and not self._verdict:
            painter.fillRect(QRectF(18 + width, self.height() / 2 - size / 2, 2, size), t.colour("action"))
        unit_box = QRectF(26 + width, (self.height() - t.line_box(18)) / 2 - 1, 120, t.line_box(18))
        paint_line(painter, self._unit, unit_box, 18, 400, t.colour("text2"))
        if self._verdict:
            spot = QRectF(self.width() - 42, (self.height() - 24) / 2, 24, 24)
            shape: shapes.Shape = "octagon" if out else "tick"
            shapes.paint(painter, shape, spot, t.colour("reject" if out else "text2"), t.colour("canvas"))
