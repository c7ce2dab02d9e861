# SPDX-License-Identifier: Apache-2.0
"""Questions as a list, open ones first; what is known of the chosen one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Fact, add, column, emptied, row
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel, Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question, told. ``explained``: by whom and when, "" while it is open."""

    key: str
    when: str
    what: str
    batch: str
    number: str
    explained: str
    note: str


def questions_model(words: Catalogue) -> RowsModel[QuestionRow]:
    """Return the model: when, what with who explained it below, batch."""
    say = words.say

    def what(row: QuestionRow) -> Cell:
        if row.explained:
            return Cell("tick", "text2", note=say("Explained by {name}", name=row.explained))
        return Cell("triangle", "attention", 500)

    return RowsModel(
        (
            Column(say("When"), lambda r: r.when, look=lambda _: Cell(role="text2"), wide=138),
            Column(say("What"), lambda r: r.what, look=what, wide=0, lines=4),
            Column(say("Batch"), lambda r: r.number, wide=132, lines=2),
        )
    )


class ExplainingView(DeskPage):
    """``explain_wanted`` carries the question's key."""

    chosen = Signal(object)
    explain_wanted = Signal(str)
    batch_wanted = Signal(str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(
            words,
            say("What wants explaining"),
            say("Questions, not charges: each may have a good answer. Ask, then put the answer down."),
            back=say("Log"),
        )
        self._row: QuestionRow | None = None
        listed = Card(padding=16)
        self.table = Table(questions_model(words), say("What wants explaining"))
        self.table.clicked.connect(lambda _: self._choose(self.table.current_row()))
        self.table.opened.connect(self._choose)
        self.none = EmptyState(
            say("Nothing wants explaining"),
            say("Pace, agreement, streaks and changes of person are looked at whenever this page opens."),
            icon="check-check",
        )
        self.none.hide()
        listed.body.addWidget(self.table, 1)
        listed.body.addWidget(self.none, 1)
        self.card = Card(padding=20)
        self.what = Text("", theme.CARD, 600, wrap=True)
        self._facts = column(12)
        self.note = Text("", theme.BODY, 400, "text2", wrap=True)
        self.explaining = Button(say("Put down the explanation"), "filled", icon="pen-line")
        self.explaining.clicked.connect(self._explain)
        self.opening = Button(say("Open the batch"), "framed", icon="package")
        self.opening.clicked.connect(self._open_batch)
        self.choose = EmptyState(
            say("Choose a question"),
            say("What is known about it is shown here."),
            icon="circle-question-mark",
        )
        self.filled = QWidget()
        inner = column(14)
        self.filled.setLayout(inner)
        add(inner, self.what, self._facts, self.note, None, self.explaining, self.opening)
        self.card.body.addWidget(self.choose, 1)
        self.card.body.addWidget(self.filled, 1)
        self.card.setMinimumWidth(theme.current().px(360))
        columns = row(14)
        columns.addWidget(listed, 2)
        columns.addWidget(self.card, 1)
        self.body.addLayout(columns, 1)
        self.show_question(None)

    def _choose(self, line: object) -> None:
        if isinstance(line, QuestionRow):
            self.chosen.emit(line)
            self.show_question(line)

    def _explain(self) -> None:
        if self._row is not None:
            self.explain_wanted.emit(self._row.key)

    def _open_batch(self) -> None:
        if self._row is not None:
            self.batch_wanted.emit(self._row.batch)

    def show_rows(self, rows: Sequence[QuestionRow]) -> None:
        """Show the questions; the chosen one stays chosen."""
        self.table.rows.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        key = self._row.key if self._row else ""
        self.show_question(next((each for each in rows if each.key == key), None))

    def show_question(self, line: QuestionRow | None) -> None:
        """Show one question, or that none is chosen."""
        self._row = line
        self.choose.setVisible(line is None)
        self.filled.setVisible(line is not None)
        if line is None:
            return
        say = self.words.say
        self.what.setText(line.what)
        emptied(self._facts)
        self._facts.addWidget(Fact(say("When"), line.when))
        if line.number:
            self._facts.addWidget(Fact(say("Batch"), line.number))
        if line.explained:
            self._facts.addWidget(Fact(say("Explained by"), line.explained))
        self.note.setText(line.note)
        self.note.setVisible(bool(line.note))
        self.explaining.setText(
            say("Put down another explanation") if line.explained else say("Put down the explanation")
        )
        self.explaining.set_kind("framed" if line.explained else "filled")
        self.opening.setVisible(bool(line.batch))
