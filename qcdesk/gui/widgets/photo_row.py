# SPDX-License-Identifier: Apache-2.0
"""Photos side by side, each fitted into a square and never stretched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.cards import emptied, row
from qcdesk.i18n import Catalogue


class PhotoRow(QWidget):
    """A row of photos; it is gone while there is none."""

    def __init__(self, words: Catalogue, side: int) -> None:
        super().__init__()
        self._words, self._side = words, side
        self._line = row(8)
        self.setLayout(self._line)

    def show_photos(self, pictures: Sequence[bytes]) -> None:
        """Show what is in each of the files."""
        emptied(self._line)
        side = theme.current().px(self._side)
        for number, content in enumerate(pictures, 1):
            found, label = QPixmap(), QLabel()
            found.loadFromData(content)
            label.setPixmap(
                found.scaled(
                    side,
                    side,
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
            label.setAccessibleName(self._words.say("Photo {n}", n=number))
            self._line.addWidget(label)
        self._line.addStretch(1)
        self.setVisible(bool(pictures))
