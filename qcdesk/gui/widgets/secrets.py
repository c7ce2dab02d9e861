# SPDX-License-Identifier: Apache-2.0
"""Where a secret is typed: dots for a PIN, a field for a password. What was typed is handed over once and forgotten."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.buttons import IconButton
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY

A_MOMENT_MS = 80
"""Longer than any scanner pauses between two signs, shorter than anybody notices."""


class SecretField(QLineEdit):
    """A password: hidden, never copied, never offered again by the system. ``given`` carries it once."""

    given = Signal(str)

    def __init__(self, name: str, show_word: str, *, height: int = 48, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setFixedHeight(height)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTextMargins(0, 0, 40, 0)
        self.setProperty(RADIUS_PROPERTY, theme.R_FIELD)
        self._eye = IconButton("eye", show_word, side=36, framed=False, parent=self)
        self._eye.set_role("text2")
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.pressed.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Normal))
        self._eye.released.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Password))
        self.returnPressed.connect(self.give)

    def resizeEvent(self, event: object) -> None:
        self._eye.move(self.width() - 42, (self.height() - 36) // 2)

    def give(self) -> None:
        """Hand the secret over and forget it."""
        secret = self.text()
        self.clear()
        if secret:
            self.given.emit(secret)


class PinDots(QWidget):
    """One circle per digit of a PIN; typing fills them. ``at_once``: the last digit hands it over.

    A badge that is scanned types here as well. Nobody's PIN has a letter or a dash: those empty the circles, and the
    last digit waits a moment for what may follow it, since a wrong PIN counts.
    """

    given = Signal(str)
    changed = Signal(int)
    entered = Signal()
    focused = Signal(bool)

    def __init__(
        self, name: str, digits: int = 6, *, at_once: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._digits = digits
        self._typed = ""
        self._at_once = at_once
        self._moment = QTimer(self, singleShot=True, interval=A_MOMENT_MS)
        self._moment.timeout.connect(self.give)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(digits * 32, 28)
        self.setAccessibleName(name)
        self.setProperty(RADIUS_PROPERTY, 12)

    def sizeHint(self) -> QSize:
        return QSize(self._digits * 32, 28)

    @property
    def filled(self) -> int:
        return len(self._typed)

    @property
    def whole(self) -> bool:
        return len(self._typed) == self._digits

    def typed(self) -> str:
        """Return what was typed, as typed."""
        return self._typed

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def type_sign(self, sign: str) -> None:
        """Take one digit."""
        if sign.isascii() and sign.isdigit() and len(self._typed) < self._digits:
            self._typed += sign
            self.changed.emit(len(self._typed))
            self.update()
            if len(self._typed) == self._digits and self._at_once:
                self._moment.start()

    def give(self) -> bool:
        """Hand a whole PIN over and forget it; whether it was whole."""
        self._moment.stop()
        if len(self._typed) < self._digits:
            return False
        typed = self._typed
        self.clear()
        self.given.emit(typed)
        return True

    def erase(self) -> None:
        """Take the last digit away."""
        self._moment.stop()
        self._typed = self._typed[:-1]
        self.changed.emit(len(self._typed))
        self.update()

    def clear(self) -> None:
        """Forget everything."""
        self._moment.stop()
        self._typed = ""
        self.changed.emit(0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.erase()
        elif event.text().isdigit():
            self.type_sign(event.text())
        elif event.text().isprintable() and event.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self._digits):
            on = index < len(self._typed)
            painter.setPen(QPen(t.colour("action" if on else "edge"), 1.6))
            painter.setBrush(t.colour("action") if on else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(index * 32 + 16, 14), 8.2, 8.2)
