# SPDX-License-Identifier: Apache-2.0
"""The page of a list of records: its neighbours, a search, a sorted table with its count, and open or closed ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Signal

from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.lists import ROW, RowsModel
from qcdesk.gui.widgets.pages import DeskPage, SearchedList
from qcdesk.gui.widgets.places import Places
from qcdesk.i18n import Catalogue


class ListedPage(DeskPage):
    """``opened`` carries the row that was pressed, or that Return was pressed on; the arrows only walk.

    ``which``: closed ones too, or open ones only. ``act``: what adds one; empty: nothing does here.
    """

    opened = Signal(object)
    add_wanted = Signal()
    asked = Signal(str)
    which = Signal()

    def __init__(
        self,
        words: Catalogue,
        title: str,
        note: str,
        model: RowsModel[Any],
        here: str,
        places: Sequence[tuple[str, str]],
        *,
        hint: str,
        meaning: str,
        next_words: str,
        act: str = "",
        icon: str = "clipboard-list",
        row_px: int = 44,
    ) -> None:
        super().__init__(words, title, note)
        self.places = Places(words, here, places)
        self.closed = Button("")
        self.closed.clicked.connect(self.which)
        self.closed.hide()
        self.adding = Button(act, "filled", icon="plus")
        self.adding.clicked.connect(self.add_wanted)
        self.acts.addWidget(self.closed)
        self.acts.addWidget(self.adding)
        self.adding.setVisible(bool(act))
        self.body.addWidget(self.places)
        self.list = SearchedList(
            model,
            title,
            words,
            hint=hint,
            meaning=meaning,
            next_words=next_words,
            act=act,
            icon=icon,
            row_px=row_px,
        )
        self.list.asked.connect(self.asked)
        self.list.table.clicked.connect(self._press)
        self.list.opened.connect(self.opened)
        self.list.add_wanted.connect(self.add_wanted)
        self.body.addWidget(self.list, 1)

    def _press(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ROW))

    def show_rows(self, rows: Sequence[Any], *, searching: bool, closed: bool) -> None:
        """Show the records that match; ``closed``: closed ones are among them."""
        say = self.words.say
        self.closed.setText(say("Show open ones only") if closed else say("Show closed ones too"))
        self.closed.show()
        self.list.show_rows(rows, searching=searching)

    def look_for(self, text: str) -> None:
        """Begin with a search."""
        self.list.search.setText(text)
