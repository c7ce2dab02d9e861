# SPDX-License-Identifier: Apache-2.0
"""What waits for whom: the sentence, the batches with their outlook, and the people they wait for."""

from __future__ import annotations

from PySide6.QtCore import Signal

from qcdesk.gui import theme
from qcdesk.gui.screens.waiting.model import Now, Today, people_model, waiting_model
from qcdesk.gui.widgets.cards import Card, add, row
from qcdesk.gui.widgets.lists import Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import CARE, Places
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue
from qcdesk.services.waiting_times import Waiting


class WaitingView(DeskPage):
    """``opened`` carries the forecast of a batch."""

    opened = Signal(object)

    def __init__(self, words: Catalogue, now: Now, today: Today) -> None:
        say = words.say
        super().__init__(
            words, say("Waiting"), say("Which batches wait for whom, and which will miss their day.")
        )
        self.places = Places(words, "waiting", CARE)
        self.body.addWidget(self.places)
        self.sentence = Text("", theme.CARD, 600, wrap=True, lines=2)
        self.pace = Text("", theme.BODY, 400, "text2", wrap=True, lines=2)
        add(self.body, self.sentence, self.pace)
        columns = row(14)
        self.body.addLayout(columns, 1)
        batches = Card(say("Batches"), say("earliest ship-by first"))
        self.batches = Table(waiting_model(words, now, today), say("Batches"), row_px=52)
        self.batches.opened.connect(self.opened)
        self.nothing = EmptyState(
            say("No batch waits"), say("What is registered stands here until it has left."), icon="clock"
        )
        for part in (self.batches, self.nothing):
            batches.body.addWidget(part, 1)
        columns.addWidget(batches, 15)
        self.people_card = Card(say("Who is waited for"))
        self.people = Table(people_model(words, now), say("Who is waited for"), row_px=52)
        self.people_card.body.addWidget(self.people, 1)
        columns.addWidget(self.people_card, 4)

    def show_waiting(self, found: Waiting, headline: str, pace: str) -> None:
        """Show the batches in the order in which they are taken, and who is waited for."""
        self.sentence.setText(headline)
        self.sentence.set_role("attention" if found.in_danger else "text")
        self.pace.setText(pace)
        self.pace.setVisible(bool(found.forecasts))
        self.batches.rows.show_rows(found.forecasts)
        self.people.rows.show_rows(found.people)
        self.people_card.setVisible(bool(found.people))
        self.batches.setVisible(bool(found.forecasts))
        self.nothing.setVisible(not found.forecasts)
