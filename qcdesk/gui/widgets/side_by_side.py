# SPDX-License-Identifier: Apache-2.0
"""Photos of one defect side by side, each with what it is of; a click shows one large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.cards import column, emptied, row
from qcdesk.gui.widgets.photo_sheet import show_large
from qcdesk.gui.widgets.product import ProductPicture
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A photo with what it is of; empty ``content``: it is not what was signed, and is not shown."""

    content: bytes
    text: str
    missing: str = ""


class SideBySide(QWidget):
    """A row of photos; ``back`` is the way back from the large one."""

    def __init__(self, words: Catalogue, back: str) -> None:
        super().__init__()
        self._words, self._back = words, back
        self._line = row(12)
        self.setLayout(self._line)

    def show_photos(self, photos: Sequence[PhotoLine]) -> None:
        """Show these photos, in this order."""
        emptied(self._line)
        for one in photos:
            holder = QWidget()
            inner = column(6)
            holder.setLayout(inner)
            frame = ProductPicture(one.missing or self._words.say("No photo of it"))
            frame.setAcceptDrops(False)
            frame.show_picture(one.content, (), one.text)
            frame.tapped.connect(lambda _x, _y, shown=one: self._large(shown))
            frame.setCursor(Qt.CursorShape.PointingHandCursor)
            inner.addWidget(frame, 1)
            inner.addWidget(Text(one.text, theme.SECONDARY, 400, "text2", wrap=True, lines=2))
            self._line.addWidget(holder, 1)

    def _large(self, photo: PhotoLine) -> None:
        none = self._words.say("No photo of it")
        show_large(self.window(), photo.content, photo.text, none=none, back=self._back)
