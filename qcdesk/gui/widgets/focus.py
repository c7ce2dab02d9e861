# SPDX-License-Identifier: Apache-2.0
"""The focus ring: 3 px of the action's colour, 2 px off whatever the keyboard is on, the same for every control."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from qcdesk.gui import theme

RADIUS_PROPERTY = "ring_radius"
NO_RING_PROPERTY = "no_ring"
_REACH = theme.RING + theme.RING_GAP


class FocusRing(QWidget):
    """Lies over the window and follows the focus; build one per window. Lists draw their own current row."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._control: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
        self._moved(None, QApplication.focusWidget())

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self) or not isValid(self._window):
            return  # the window is being taken down, and the application's focus moves on
        for widget in self._watched:
            if isValid(widget):  # a page that was left may be gone by now
                widget.removeEventFilter(self)
        self._watched = []
        mine = new is not None and new is not self._window and self._window.isAncestorOf(new)
        self._control = new if mine and new is not None and not new.property(NO_RING_PROPERTY) else None
        step = self._control
        while step is not None and step is not self._window:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show):
            self.place()
        return False

    def place(self) -> None:
        """Lie around the focused control, cut where a scrolled area ends."""
        control = self._control
        if control is None or not isValid(control) or not control.isVisibleTo(self._window):
            self.hide()
            return
        around = QRect(control.mapTo(self._window, QPoint(0, 0)), control.size())
        around.adjust(-_REACH, -_REACH, _REACH, _REACH)
        step = control.parentWidget()
        while step is not None and step is not self._window:
            if isinstance(step, QAbstractScrollArea):
                view = step.viewport()
                seen = QRect(view.mapTo(self._window, QPoint(0, 0)), view.size()).adjusted(
                    -_REACH, -_REACH, _REACH, _REACH
                )
                if not seen.contains(around.center()):
                    self.hide()
                    return
            step = step.parentWidget()
        self.setGeometry(around)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._control is None or not isValid(self._control):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().colour("action"), theme.RING))
        half = theme.RING / 2
        radius = float(self._control.property(RADIUS_PROPERTY) or theme.R_BUTTON) + theme.RING_GAP + half
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
