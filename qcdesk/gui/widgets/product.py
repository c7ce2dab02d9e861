# SPDX-License-Identifier: Apache-2.0
"""The picture of the product in its neutral frame: never stretched, never dimmed, it takes taps and dropped photos."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import icons, theme
from qcdesk.gui.widgets.text import paint_middle


class ProductPicture(QWidget):
    """``tapped`` carries the place on the picture, 0 to 1 from its left top; ``dropped`` the path of a photo."""

    tapped = Signal(float, float)
    dropped = Signal(str)

    def __init__(self, none_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._marks: tuple[tuple[float, float], ...] = ()
        self._tap: tuple[float, float] | None = None
        self._none = none_words
        self.setAcceptDrops(True)
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(none_words)

    def sizeHint(self) -> QSize:
        return QSize(264, 206)

    def show_picture(self, picture: str | bytes, marks: tuple[tuple[float, float], ...], words: str) -> None:
        """Show an image (a file's path, or what is in it) with the places to look at; empty: none."""
        if isinstance(picture, bytes):
            self._picture = QPixmap()
            self._picture.loadFromData(picture)
        else:
            self._picture = QPixmap(picture) if picture else QPixmap()
        self._marks, self._tap = marks, None
        self.setAccessibleName(words or self._none)
        self.update()

    def show_tap(self, place: tuple[float, float] | None) -> None:
        """Show the place that was tapped for the next finding."""
        self._tap = place
        self.update()

    def frame(self) -> QRectF:
        """Return where the image stands, in its own proportions."""
        room = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        if self._picture.isNull():
            return room
        size = self._picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(room.center())
        return box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        box = self.frame()
        if not self._picture.isNull() and box.contains(event.position()):
            place = event.position() - box.topLeft()
            self.tapped.emit(place.x() / box.width(), place.y() / box.height())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped.emit(event.mimeData().urls()[0].toLocalFile())

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.R_BUTTON, theme.R_BUTTON)
        box = self.frame()
        if self._picture.isNull():
            icons.paint(
                painter,
                "image",
                QRectF(box.center().x() - 16, box.center().y() - 28, 32, 32),
                t.colour("text3"),
            )
            room = QRectF(box.left(), box.center().y() + 8, box.width(), 40)
            paint_middle(painter, self._none, room, theme.SECONDARY, 400, t.colour("text2"), most=2)
            return
        painter.drawPixmap(box, self._picture, QRectF(self._picture.rect()))
        for number, (x, y) in enumerate(self._marks, 1):
            spot = QPointF(box.left() + x * box.width(), box.top() + y * box.height())
            painter.setPen(QPen(t.colour("action_text"), 2))
            painter.setBrush(t.colour("action"))
            painter.drawEllipse(spot, 10, 10)
            paint_middle(
                painter,
                str(number),
                QRectF(spot.x() - 10, spot.y() - 10, 20, 20),
                12,
                700,
                t.colour("action_text"),
            )
        if self._tap is not None:
            spot = QPointF(box.left() + self._tap[0] * box.width(), box.top() + self._tap[1] * box.height())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.colour("surface"), 6))
            painter.drawEllipse(spot, 15, 15)
            painter.setPen(QPen(t.colour("reject"), 3))
            painter.drawEllipse(spot, 15, 15)
