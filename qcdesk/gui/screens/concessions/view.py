# SPDX-License-Identifier: Apache-2.0
"""The concessions above, what each supplier has used below."""

from __future__ import annotations

from PySide6.QtCore import Signal

from qcdesk.gui import theme
from qcdesk.gui.screens.concessions.model import Today, budgets_model, concessions_model
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, column
from qcdesk.gui.widgets.kept_files import KeptFiles
from qcdesk.gui.widgets.lists import Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import DEFECTS, Places
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue
from qcdesk.services.concession_rows import ConcededRow, ConcessionRow
from qcdesk.wording.spelling import in_a_row


class ConcessionsView(DeskPage):
    """``batch_wanted`` carries the batch of a row; ``budget_wanted``: two planners set a budget.

    ``kept_wanted``: the SHA-256 of a customer's signed consent, and where to save it.
    """

    batch_wanted = Signal(str)
    budget_wanted = Signal()
    kept_wanted = Signal(str, str)

    def __init__(self, words: Catalogue, today: Today) -> None:
        say = words.say
        super().__init__(
            words, say("Concessions"), say("Rejected goods that are used as they are: how many, until when.")
        )
        self.places = Places(words, "concessions", DEFECTS)
        self.body.addWidget(self.places)
        self.setting = Button(say("Set a budget"), icon="pen-line")
        self.setting.clicked.connect(self.budget_wanted)
        self.acts.addWidget(self.setting)
        cards = column(14)
        self.body.addLayout(cards, 1)
        self.rows = Table(concessions_model(words, today), say("Concessions"))
        self.rows.opened.connect(self._batch)
        self.rows.clicked.connect(lambda _: self._told())
        self.told = Text("", theme.BODY, 400, "text2", wrap=True)
        self.kept = KeptFiles(words)
        self.kept.wanted.connect(self.kept_wanted)
        self.none = EmptyState(
            say("No concession yet"),
            say("It is asked for on the page of a rejected batch; two others approve it."),
            icon="badge-check",
        )
        self.totals = Table(budgets_model(words), say("What was conceded of each supplier"))
        self.no_totals = EmptyState(
            say("Nothing conceded, and no budget"),
            say("With a budget, concessions beyond it are refused."),
            icon="gauge",
        )
        for title, table, told, empty, share in (
            (say("Asked for"), self.rows, self.told, self.none, 5),
            (say("By supplier"), self.totals, None, self.no_totals, 3),
        ):
            card = Card(title, "")
            card.body.addWidget(table, 1)
            if told is not None:
                card.body.addWidget(told)
                card.body.addWidget(self.kept)
                told.hide()
                self.kept.hide()
            card.body.addWidget(empty, 1)
            cards.addWidget(card, share)

    def show_rows(self, rows: tuple[ConcessionRow, ...], totals: tuple[ConcededRow, ...]) -> None:
        """Show both lists."""
        for table, found, empty in ((self.rows, rows, self.none), (self.totals, totals, self.no_totals)):
            table.rows.show_rows(found)
            table.setVisible(bool(found))
            empty.setVisible(not found)
        self.told.hide()
        self.kept.hide()

    def _told(self) -> None:
        row = self.rows.current_row()
        if not isinstance(row, ConcessionRow):
            return
        say = self.words.say
        lines = [
            say("Defects {codes}. Reference: {reference}. Asked for by {name}.", codes=", ".join(row.called),
                reference=row.reference, name=row.asked_by)
        ]  # fmt: skip
        if row.answered_by:
            lines.append(say("Answered by {names}.", names=in_a_row(row.answered_by, self.words)))
        if row.reason:
            lines.append(say("Reason: {reason}", reason=row.reason))
        if row.shipped:
            lines.append(say("Shipped: {n}.", n=row.shipped))
        self.told.setText(self.words.run_on(lines))
        self.told.show()
        named = row.consent_name or say("Signed consent")
        self.kept.show_files([] if row.consent is None else [(named, row.consent)])

    def _batch(self, row: object) -> None:
        if isinstance(row, ConcessionRow):
            self.batch_wanted.emit(row.batch)
