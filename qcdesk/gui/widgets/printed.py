# SPDX-License-Identifier: Apache-2.0
"""The papers of a thing that left the house: folded to one line until somebody asks; of none, nothing at all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Scroll, add, column
from qcdesk.gui.widgets.timeline import Happening, Timeline
from qcdesk.i18n import Catalogue

HIGHEST_PX = 220
"""More than this scrolls by itself, so that the page beside it keeps its place."""


class PrintedPapers(QWidget):
    """A line that says how many, which is pressed to see them and pressed again to fold them."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        lines = column(4)
        self.setLayout(lines)
        self.fold = Button("", "text", icon="chevron-right", height=32, size=14, flush=True)
        self.fold.setAccessibleName(words.say("Printed papers"))
        self.fold.clicked.connect(self._turn)
        self.timeline = Timeline(words.say("Printed papers"))
        page = QWidget()
        inside = column(0, (0, 0, 8, 0))
        page.setLayout(inside)
        add(inside, self.timeline, None)
        self.papers = Scroll(page)
        self.papers.hide()
        lines.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self.papers)
        self.hide()

    def show_papers(self, papers: Sequence[Happening]) -> None:
        """Show what left; as it was folded or not, so that a page that loads anew keeps its shape."""
        self.timeline.show_lines(papers)
        self.fold.setText(self._words.count("{n} printed paper", "{n} printed papers", len(papers)))
        self.setVisible(bool(papers))
        self._fit()

    def _fit(self) -> None:
        wide = max(self.width(), self.timeline.minimumSizeHint().width())
        self.papers.setFixedHeight(min(self.timeline.heightForWidth(wide), theme.current().px(HIGHEST_PX)))

    def _turn(self) -> None:
        self._fit()
        open_now = self.papers.isHidden()
        self.papers.setVisible(open_now)
        self.fold.set_icon("chevron-down" if open_now else "chevron-right")
