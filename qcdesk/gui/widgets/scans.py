# SPDX-License-Identifier: Apache-2.0
"""Hears a badge that a scanner types like a keyboard, wherever the keyboard goes just then."""

from __future__ import annotations

import re

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

_PRINTED = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}$", re.IGNORECASE)
"""The form in which a badge is printed and scanned; no password looks like it by chance."""
MOST = 64
PAUSE_MS = 300
"""Signs further apart than this are typed by a hand; a scanner takes a few ms for each."""
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class Scans(QObject):
    """While its host is in view, ``scanned`` carries each code; what it typed into a field is taken out of it again.

    A code is a secret: it must not stay in a reason or a search, and its Return must press nothing.
    """

    scanned = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._typed = ""
        self._since = QElapsedTimer()
        self._since.start()
        self._hears = False
        host.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._host and kind in (QEvent.Type.Show, QEvent.Type.Hide):
            self._listen(kind == QEvent.Type.Show)
        elif self._hears and kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            target = self._target()
            if watched is target:  # the widgets around it get the same key once more
                return self._key(event, target)
        return False

    def _target(self) -> QWidget:
        """Return where a key goes: to what has the focus, else to the window."""
        window = self._host.window()
        return _focus() or _focus(window) or window

    def _listen(self, hears: bool) -> None:
        app = QApplication.instance()
        self._typed, self._hears = "", hears
        if app is not None and hears:
            self._host.removeEventFilter(self)  # else a key that goes to the host itself is heard twice
            app.installEventFilter(self)
        elif app is not None:
            app.removeEventFilter(self)
            self._host.installEventFilter(self)

    def _key(self, event: QKeyEvent, target: QWidget) -> bool:
        sign = event.text()
        late = self._since.restart() > PAUSE_MS
        if event.key() in _ENDS:
            typed, self._typed = self._typed, ""
            found = None if late else _PRINTED.search(typed)
            if found is None:
                return False
            _take_out(target, found.group())
            self.scanned.emit(found.group())
            return True
        if late:
            self._typed = ""
        if sign and sign.isprintable():
            self._typed = (self._typed + sign)[-MOST:]
        return False


def _focus(window: QWidget | None = None) -> QWidget | None:
    """Return what has the focus, in the program or (not active) in a window; Qt's stubs forget that it may be nothing."""
    return window.focusWidget() if window is not None else QApplication.focusWidget()


def _take_out(target: QWidget, typed: str) -> None:
    if isinstance(target, QLineEdit):
        target.setText(target.text().replace(typed, ""))
    elif isinstance(target, QPlainTextEdit):
        target.setPlainText(target.toPlainText().replace(typed, ""))
