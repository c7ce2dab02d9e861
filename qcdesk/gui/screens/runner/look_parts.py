# SPDX-License-Identifier: Apache-2.0
"""What is to be looked at: the words of a step, which scroll where the window is low, so that the picture stays."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.cards import Scroll, add, column
from qcdesk.gui.widgets.text import Text

_LEAST_LINES, _MOST_LINES = 3, 8


class StepWords(Scroll):
    """Title and text of a step of the work instruction."""

    def __init__(self) -> None:
        self._title = Text("", theme.CARD, 600, wrap=True)
        self._text = Text("", theme.BODY, 400, wrap=True)
        holder = QWidget()
        words = column(8)
        holder.setLayout(words)
        add(words, self._title, self._text, None)
        super().__init__(holder)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_words(self, title: str, text: str) -> None:
        """Show a step, from its beginning."""
        self._title.setText(title)
        self._text.setText(text)
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(264, min(self._needed(), _MOST_LINES * theme.current().line_box(theme.BODY)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._needed(), _LEAST_LINES * theme.current().line_box(theme.BODY)))

    def _needed(self) -> int:
        wide = self.width()
        return self._title.heightForWidth(wide) + 8 + self._text.heightForWidth(wide)
