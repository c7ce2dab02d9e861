# SPDX-License-Identifier: Apache-2.0
"""The search field: always at the same place, reached by Ctrl K, and it takes scans."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from qcdesk.gui import icons, theme
from qcdesk.gui.widgets.focus import RADIUS_PROPERTY
from qcdesk.gui.widgets.text import paint_middle

WAIT_MS = 120
"""How long after the last key the search begins: under this a typist feels no wait."""


class SearchField(QLineEdit):
    """A pill to type or scan into. ``asked`` follows the typing, ``entered`` is Return (a scanner sends it)."""

    asked = Signal(str)
    entered = Signal(str)

    def __init__(
        self, hint: str, *, shortcut: bool = True, height: int = 42, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setFrame(False)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(460)
        self.setStyleSheet("QLineEdit { background: transparent; border: 0; min-height: 0; padding: 0; }")
        self.setTextMargins(44, 0, 78 if shortcut else 16, 0)
        self.setProperty(RADIUS_PROPERTY, height / 2)
        self._hinted = shortcut
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(lambda: self.asked.emit(self.text()))
        self.textEdited.connect(lambda _: self._wait.start())
        self.returnPressed.connect(lambda: self.entered.emit(self.text()))
        if shortcut:
            QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self._reach)

    def _reach(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def sizeHint(self) -> QSize:
        return QSize(420, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.asked.emit("")
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(t.colour("edge"), 1.2))
        painter.setBrush(t.colour("surface"))
        half = self.height() / 2 - 1
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.6, 0.6, -0.6, -0.6), half, half)
        icons.paint(painter, "search", QRectF(16, (self.height() - 20) / 2, 20, 20), t.colour("text2"))
        if self._hinted:
            key = QRectF(self.width() - 68, (self.height() - 24) / 2, 52, 24)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("sunken"))
            painter.drawRoundedRect(key, theme.R_CELL, theme.R_CELL)
            paint_middle(painter, "Ctrl K", key, theme.LABEL, 500, t.colour("text2"))
        painter.end()
        super().paintEvent(event)
