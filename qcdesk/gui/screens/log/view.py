# SPDX-License-Identifier: Apache-2.0
"""The log as a table, narrowed by batch, person and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from qcdesk.gui import theme
from qcdesk.gui.screens.log.model import LogRow, log_model
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, add, row
from qcdesk.gui.widgets.forms import ChoiceField, DateField, LineField
from qcdesk.gui.widgets.lists import Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue
from qcdesk.wording import events


class LogView(DeskPage):
    """``narrowed`` carries batch, person, first and last day as they stand in the fields."""

    narrowed = Signal(str, str, object, object)
    more_wanted = Signal()
    batch_wanted = Signal(str)
    check_wanted = Signal()
    questions_wanted = Signal()
    slip_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(
            words, say("Log"), say("Who did what and when. Nothing here is ever changed or removed.")
        )
        self.checking = Button(say("Check everything"), "framed", icon="shield-check")
        self.checking.clicked.connect(self.check_wanted)
        self.questions = Button(say("What wants explaining"), "framed", icon="circle-question-mark")
        self.questions.clicked.connect(self.questions_wanted)
        self.slip = Button(say("Closing slip"), "framed", icon="printer")
        self.slip.clicked.connect(self.slip_wanted)
        for button in (self.questions, self.slip, self.checking):
            self.acts.addWidget(button)
        card = Card(padding=16)
        self.batch = LineField(say("Batch"), say("Number, typed or scanned"))
        self.person = ChoiceField(say("Person"), [("", say("Everybody"))])
        self.since = DateField(say("From"), optional=True, none_words=say("the beginning"))
        self.until = DateField(say("To"), optional=True, none_words=say("now"))
        self.clearing = Button(say("Show all"), "text")
        self.clearing.clicked.connect(self._clear)
        self.batch.edit.returnPressed.connect(self._narrow)
        self.batch.edit.editingFinished.connect(self._narrow)
        for chosen in (self.person, self.since, self.until):
            chosen.changed.connect(self._narrow)
        filters = row(12)
        for field, share in ((self.batch, 3), (self.person, 3), (self.since, 2), (self.until, 2)):
            filters.addWidget(field, share)
        filters.addWidget(self.clearing)
        self.count = Text("", theme.SECONDARY, 400, "text3")
        self.model = log_model(words)
        self.model.more_wanted.connect(self.more_wanted)
        self.table = Table(self.model, say("Log"))
        self.table.setSortingEnabled(False)  # the log has one order
        self.table.opened.connect(self._opened)
        self.table.clicked.connect(lambda _: self._opened(self.table.current_row()))
        self.none = EmptyState(
            say("Nothing happened there"),
            say("Choose other days, another person or another batch."),
            say("Show all"),
            icon="history",
        )
        self.none.acted.connect(self._clear)
        self.none.hide()
        add(card.body, filters, self.count)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.none, 1)
        self.body.addWidget(card, 1)
        self._asked: tuple[str, str, date | None, date | None] = ("", "", None, None)
        self._filling = self._untold = False

    def _narrow(self) -> None:
        now = (self.batch.value().strip(), self.person.value(), self.since.value(), self.until.value())
        if not self._filling and now != self._asked:
            self._asked = now
            self.narrowed.emit(*now)

    def _clear(self) -> None:
        self.show_filters("", "")
        self._asked = ("", "", None, None)
        self.narrowed.emit(*self._asked)

    def _opened(self, line: object) -> None:
        if isinstance(line, LogRow) and line.batch:
            self.batch_wanted.emit(line.batch)

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer people to narrow by: id and name."""
        chosen, self._filling = self.person.value(), True
        self.person.set_choices([("", self.words.say("Everybody")), *people])
        self.person.set_value(chosen)
        self._filling = False

    def show_filters(self, batch: str, person: str) -> None:
        """Show what the log is narrowed by; no signal."""
        self._filling = True
        self.batch.set_value(batch)
        self.person.set_value(person)
        self.since.set_value(None)
        self.until.set_value(None)
        self._filling = False
        self._asked = (batch, person, None, None)

    def show_rows(self, rows: Sequence[LogRow], *, more: bool) -> None:
        """Show the newest lines."""
        self._untold = any(not line.no for line in rows)
        self.model.show_rows(rows, more=more)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.table.scrollToTop()
        self._tell()

    def add_rows(self, rows: Sequence[LogRow], *, more: bool) -> None:
        """Add older lines."""
        self._untold = self._untold or any(not line.no for line in rows)
        self.model.add_rows(rows, more=more)
        self._tell()

    def _tell(self) -> None:
        n = self.model.rowCount()
        told = self.words.count("{n} line shown", "{n} lines shown", n) if n else ""
        if self._untold:
            told = f"{told}  ·  {events.numbers_later(self.words)}"
        self.count.setText(told)
