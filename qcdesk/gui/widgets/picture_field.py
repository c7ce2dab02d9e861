# SPDX-License-Identifier: Apache-2.0
"""A field for a picture: a small view of it, chosen from a file or dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from qcdesk.gui import icons, theme
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import add, column, row
from qcdesk.gui.widgets.forms import Field

FROM_FILE = "file:"
"""A value that begins with this is a picture chosen just now; else it is the SHA-256 of a kept one."""


class PictureField(Field):
    """The picture's key, or the file that was chosen. ``show_bytes`` brings a kept picture to be seen."""

    def __init__(
        self,
        name: str,
        choose: str,
        remove: str,
        hint: str = "",
        *,
        filter_words: str = "",
        drawings: bool = False,
    ) -> None:
        holder = QWidget()
        super().__init__(name, holder, hint)
        self._value = ""
        self._filter = f"{filter_words or name} (*.png *.jpg *.jpeg{' *.svg' if drawings else ''})"
        self.preview = PicturePreview()
        self.preview.dropped.connect(self._took)
        self.choosing = Button(choose, icon="image", height=40)
        self.choosing.clicked.connect(self._choose)
        self.removing = Button(remove, "text", height=36)
        self.removing.clicked.connect(lambda: self._took(""))
        line = row(12)
        holder.setLayout(line)
        side = column(4)
        add(side, None, self.choosing, self.removing, None)
        line.addWidget(self.preview)
        line.addLayout(side)
        line.addStretch(1)
        self.set_value("")

    def value(self) -> str:
        """Return ``file:PATH`` for a picture chosen just now, the key of a kept one, or an empty text."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show a picture by its key, or the name of a file; empty: none.

        A file from outside is not decoded here: that is done once, apart, when it is kept; what it shows comes then.
        """
        self._value = value
        self.preview.show_name(
            Path(value.removeprefix(FROM_FILE)).name if value.startswith(FROM_FILE) else ""
        )
        self.removing.setVisible(bool(value))

    def show_bytes(self, content: bytes) -> None:
        """Show a kept picture."""
        self.preview.show_bytes(content)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self.window(), self.name, "", self._filter)
        if path:
            self._took(path)

    def _took(self, path: str) -> None:
        self.set_value(FROM_FILE + path if path else "")
        self.show_wrong("")
        self.changed.emit()


class PicturePreview(QWidget):
    """The picture in its own proportions on a neutral ground."""

    dropped = Signal(str)

    def __init__(self, width: int = 132, height: int = 92, *, takes: bool = True) -> None:
        super().__init__()
        self._picture, self._name = QPixmap(), ""
        self._size = QSize(width, height)
        self.setAcceptDrops(takes)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._size

    def show_bytes(self, content: bytes) -> None:
        """Show a kept picture, or the outlines of a drawing."""
        picture = QPixmap()
        if content.startswith(b"<svg "):
            renderer = QSvgRenderer(content)
            size = renderer.defaultSize().scaled(self._size * 3, Qt.AspectRatioMode.KeepAspectRatio)
            picture = QPixmap(size)
            picture.fill(Qt.GlobalColor.white)
            painter = QPainter(picture)
            renderer.render(painter)
            painter.end()
        else:
            picture.loadFromData(content)
        self.show_picture(picture)

    def show_picture(self, picture: QPixmap) -> None:
        """Show a picture; a null one: none."""
        self._picture, self._name = picture, ""
        self.update()

    def show_name(self, name: str) -> None:
        """Show the name of a file in place of its picture; empty: neither."""
        self._picture, self._name = QPixmap(), name
        self.update()

    @property
    def name(self) -> str:
        """The name that stands in place of a picture, or an empty text."""
        return self._name

    @property
    def shows_picture(self) -> bool:
        """Whether a picture is shown."""
        return not self._picture.isNull()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setBrush(t.colour("sunken"))
        painter.setPen(QPen(t.colour("line"), 1))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.R_FIELD, theme.R_FIELD
        )
        if self._name:
            painter.setPen(t.colour("text2"))
            inside = self.rect().adjusted(6, 6, -6, -6)
            shown = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, inside.width())
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, shown)
            return
        if self._picture.isNull():
            spot = QRectF(self.width() / 2 - 12, self.height() / 2 - 12, 24, 24)
            icons.paint(painter, "image", spot, t.colour("text3"))
            return
        room = QRectF(self.rect()).adjusted(6, 6, -6, -6)
        size = self._picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(room.center())
        painter.drawPixmap(box, self._picture, QRectF(self._picture.rect()))
