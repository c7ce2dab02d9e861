# SPDX-License-Identifier: Apache-2.0
"""Where each class stands, the changes that brought it there, and the button with which two set it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal

from qcdesk.domain.switching import Pinned
from qcdesk.gui import theme
from qcdesk.gui.screens.severities.model import Today, changes_model, standing_model
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, column
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.lists import Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.severity_rows import SeverityChangeRow, SeverityPage, SeverityRow
from qcdesk.wording import severities

_RUN_HEIGHT = 114


class SeveritiesView(DeskPage):
    """``set_wanted`` carries the row that is set otherwise, ``run_wanted`` the one drawn, ``batch_wanted`` a batch."""

    set_wanted = Signal(object)
    run_wanted = Signal(object)
    batch_wanted = Signal(str)

    def __init__(self, words: Catalogue, today: Today) -> None:
        say = words.say
        super().__init__(words, back=say("Back"))
        self.setting = Button(say("Set another severity"), icon="pen-line")
        self.setting.clicked.connect(self._set)
        self.acts.addWidget(self.setting)
        cards = column(14)
        self.body.addLayout(cards, 1)
        self.now = Table(standing_model(words), say("How the next lots are inspected"))
        self.now.clicked.connect(lambda _: self._chosen())
        self.now_why, self.change_why = (Text("", theme.BODY, 400, "text2", wrap=True) for _ in range(2))
        self.run = ChartView()
        self.run.setFixedHeight(theme.current().px(_RUN_HEIGHT))
        self.run.hide()
        self.none = EmptyState(
            say("Nothing has switched yet"),
            say("A lot counts once both people have checked it by a procedure that switches."),
            icon="gauge",
        )
        self.changes = Table(changes_model(words, today), say("Changes of severity"))
        self.changes.opened.connect(self._batch)
        self.changes.clicked.connect(lambda _: self._told())
        self.unchanged = EmptyState(
            say("No change yet"),
            say("Inspection begins normal; every change stands here with its reason."),
            icon="history",
        )
        for title, note, (table, why), empty in (
            (say("How the next lots are inspected"), "", (self.now, self.now_why), self.none),
            (say("How that came"), say("newest first"), (self.changes, self.change_why), self.unchanged),
        ):
            card = Card(title, note)
            card.body.addWidget(table, 1)
            card.body.addWidget(why)
            card.body.addWidget(empty, 1)
            cards.addWidget(card, 5 if table is self.now else 4)
            if table is self.now:
                card.body.addWidget(self.run)

    def _chosen(self) -> None:
        row = self.now.current_row()
        self.setting.setEnabled(isinstance(row, SeverityRow))
        one = row.stands if isinstance(row, SeverityRow) else None
        self._say(self.now_why, one)
        self.run.setVisible(one is not None)
        if one is not None:
            self.run_wanted.emit(row)

    def show_run(self, picture: ChartPicture) -> None:
        """Draw how the severity of the chosen class went; the card says what it is."""
        self.run.show_picture(replace(picture, title=""))
        self.run.setAccessibleName(picture.title)

    def _told(self) -> None:
        row = self.changes.current_row()
        self._say(self.change_why, row.change if isinstance(row, SeverityChangeRow) else None)

    def _say(self, place: Text, one: Pinned | None) -> None:
        """Write the whole reason of the row below its table, which has but a line for it."""
        told = "" if one is None else severities.sentence(one.severity, one.reason, one.by, self.words)
        place.setText(told)
        place.setVisible(bool(told))

    def _set(self) -> None:
        row = self.now.current_row()
        if isinstance(row, SeverityRow):
            self.set_wanted.emit(row)

    def _batch(self, picked: object) -> None:
        if isinstance(picked, SeverityChangeRow) and picked.batch:
            self.batch_wanted.emit(picked.batch)

    def show_page(self, heading: str, note: str, page: SeverityPage) -> None:
        """Show where the classes stand and how that came."""
        self.show_title(heading, note)
        self._fill(self.now, self.none, page.now)
        self._fill(self.changes, self.unchanged, page.changes)
        if page.now:
            self.now.selectRow(0)
        if page.changes:
            self.changes.selectRow(0)
        self._chosen()
        self._told()

    def _fill(self, table: Table, empty: EmptyState, rows: Sequence[object]) -> None:
        table.rows.show_rows(rows)
        table.setVisible(bool(rows))
        empty.setVisible(not rows)
