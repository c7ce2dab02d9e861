# SPDX-License-Identifier: Apache-2.0
"""A dialog within the window: the ground behind it is darkened and blurred so that nothing there can be read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.cards import column

_COARSE = 14
"""The ground is shrunk by this and grown again: words of the usual size become unreadable."""


class Sheet(QWidget):
    """Lies over the whole window and holds one panel in its middle. Escape is the way back.

    While it is open the keyboard stays on it: Tab goes around, and a shortcut of the page behind leads nowhere.
    """

    closed = Signal()

    def __init__(self, window: QWidget, *, width: int = 1100, height: int = 688) -> None:
        super().__init__(window)
        self._host = window
        self._wish = (width, height)
        self._ground: QPixmap | None = None
        self.panel = _SheetPanel(self)
        self.body = column()
        self.panel.setLayout(self.body)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("no_ring", True)
        self._before: QWidget | None = None
        self._last: QWidget | None = None
        self._held = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Take the picture of what is behind, blur it, and show the panel."""
        self._before = self._host.focusWidget()
        self._last, self._held = None, False
        self._blur()
        self._place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def wish(self, width: int, height: int) -> None:
        """Be as large as what is on it needs."""
        self._wish = (width, height)

    def close_sheet(self) -> None:
        """Go back; the focus returns to where it was."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def hold(self, held: bool) -> None:
        """Keep Escape from going back while something is done that cannot be called back."""
        self._held = held

    def _blur(self) -> None:
        was = self.isVisible()
        self.hide()
        seen = self._host.grab()
        if was:
            self.show()
        smooth = Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.IgnoreAspectRatio
        size = seen.size()
        small = seen.scaled(max(1, size.width() // _COARSE), max(1, size.height() // _COARSE), keep, smooth)
        small = small.scaled(small.width() * 3, small.height() * 3, keep, smooth)
        self._ground = small.scaled(size, keep, smooth)
        self._ground.setDevicePixelRatio(seen.devicePixelRatio())

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        wide, high = min(self._wish[0], self.width() - 48), min(self._wish[1], self.height() - 48)
        self.panel.setGeometry((self.width() - wide) // 2, (self.height() - high) // 2, wide, high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the keyboard within the panel: after its last control comes its first."""
        if not self.isVisible():
            return super().focusNextPrevChild(forward)
        here: QWidget | None = self._host.focusWidget()
        start: QWidget = here if here is not None and self.isAncestorOf(here) else self
        step: QWidget | None = start
        while step is not None:
            step = step.nextInFocusChain() if forward else step.previousInFocusChain()
            if step is None or step is start:
                break
            if self.panel.isAncestorOf(step) and _by_tab(step):
                why = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
                step.setFocus(why)
                break
        return True

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Take the focus back from the page behind; a sheet that lies over this one keeps it."""
        if new is None or not self.isVisible() or not self._host.isAncestorOf(new):
            return
        if new is self or self.isAncestorOf(new):
            self._last = new
            return
        over: QWidget | None = new
        while over is not None and not isinstance(over, Sheet):
            over = over.parentWidget()
        if over is None:
            (self._last or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            event.accept()
        elif not self._held:
            self.close_sheet()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._ground is not None:
            painter.drawPixmap(self.rect(), self._ground)
        painter.fillRect(self.rect(), QColor(10, 16, 14, 165))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for spread in range(24, 0, -4):
            painter.setBrush(QColor(0, 0, 0, 9))
            box = QRectF(self.panel.geometry()).adjusted(-spread, -spread + 8, spread, spread + 8)
            painter.drawRoundedRect(box, theme.R_DIALOG + spread, theme.R_DIALOG + spread)


def _by_tab(widget: QWidget) -> bool:
    wanted = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(wanted) and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None


class _SheetPanel(QWidget):
    """The panel: left what, right who."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.R_DIALOG, theme.R_DIALOG)


class SidePlane(QWidget):
    """The right part of a sheet: on the canvas's colour, its outer corners rounded as the sheet's are."""

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("canvas"))
        painter.setClipRect(self.rect())
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(-theme.R_DIALOG, 0, 0, 0), theme.R_DIALOG, theme.R_DIALOG
        )
        painter.setClipping(False)
        painter.fillRect(QRectF(0, 0, 1, self.height()), t.colour("line"))
