# SPDX-License-Identifier: Apache-2.0
"""The list of complaints; one with its words, batches and steps; and the touches with their chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal

from qcdesk.gui import theme
from qcdesk.gui.screens.complaints.model import (
    Now,
    complaints_model,
    touched_model,
    touches_model,
)
from qcdesk.gui.widgets.acted import ActsCard, StepsCard
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, add, column, emptied, row
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.forms import LineField
from qcdesk.gui.widgets.listed import ListedPage
from qcdesk.gui.widgets.lists import Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import CARE, Places
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.care_rows import StepRow, TouchRow
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.touch_charts import TouchChart
from qcdesk.wording import complaints, states

ACTS: Final = (
    ("acknowledge", mark("Read back and acknowledged"), "check-check"),
    ("call_back", mark("Call back"), "clock"),
    ("link", mark("Link a batch"), "link"),
    ("judge", mark("Escape or not"), "badge-check"),
    ("hand_over", mark("Hand over"), "users"),
    ("answer", mark("Answer by mail"), "file-text"),
    ("send", mark("Send an answer"), "send"),
    ("close", mark("Close the complaint"), "check"),
)
"""What can be done about an open complaint: its code, its words, its icon."""


class ComplaintsView(ListedPage):
    """``opened`` carries the row of a complaint."""

    def __init__(self, words: Catalogue, now: Now) -> None:
        say = words.say
        super().__init__(
            words,
            say("Complaints"),
            say("Each has one owner until the customer has an answer."),
            complaints_model(words, now),
            "complaints",
            CARE,
            hint=say("Search customer, owner, batch or words"),
            meaning=say("No complaint is open"),
            next_words=say("Take down what a customer says, spoken or written, and read it back."),
            act=say("Take a complaint"),
            icon="megaphone",
        )
        self.proposals = Text("", theme.BODY, 400, "text2", wrap=True)
        self.body.insertWidget(1, self.proposals)

    def show_proposals(self, lines: Sequence[str]) -> None:
        """Show what is proposed to the reader as owner of procedures."""
        self.proposals.setText("\n".join(lines))
        self.proposals.setVisible(bool(lines))


class ComplaintView(DeskPage):
    """``acted`` carries the code of an act; ``batch_wanted`` a batch."""

    acted = Signal(str)
    batch_wanted = Signal(str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, back=say("Complaints"))
        columns = row(14)
        self.body.addLayout(columns, 1)
        left, right = column(14), column(14)
        columns.addLayout(left, 2)
        columns.addLayout(right, 1)
        said = Card(say("What the customer said"))
        self.words_said = Text("", theme.CARD, 400, wrap=True)
        self.acknowledged = Text("", theme.BODY, 400, "text2", wrap=True)
        add(said.body, self.words_said, self.acknowledged)
        left.addWidget(said)
        self.done: StepsCard[StepRow] = StepsCard(
            words,
            lambda one: complaints.step(one, words),
            say("First read it back to the customer."),
        )
        left.addWidget(self.done, 1)
        stands = Card(say("How far it is"))
        self.stands = Text("", theme.CARD, 600, wrap=True)
        self.owner = Text("", theme.BODY, 400, wrap=True)
        self.ages = Text("", theme.BODY, 400, "text2", wrap=True)
        self.handed = Text("", theme.BODY, 600, "text2", wrap=True)
        self.missed = Text("", theme.BODY, 400, "attention", wrap=True)
        add(stands.body, self.stands, self.owner, self.ages, self.handed, self.missed)
        right.addWidget(stands)
        self.acts_card = ActsCard(words, ACTS, say("It is closed; nothing is left to do."))
        self.acts_card.acted.connect(self.acted)
        right.addWidget(self.acts_card)
        self.batches = Card(say("Batches, and what was seen then"))
        self.lines = column(8)
        self.batches.body.addLayout(self.lines)
        left.insertWidget(1, self.batches)
        right.addStretch(1)

    def show_head(self, number: str, customer: str) -> None:
        """Show which one it is."""
        self.show_title(number, customer)

    def show_said(self, said: str, acknowledged: str) -> None:
        """Show the customer's words, and whether they were read back."""
        self.words_said.setText(said)
        self.acknowledged.setText(acknowledged)

    def show_standing(
        self, stands: str, owner: str, ages: str, handed: str, missed: str, *, late: bool, often: bool
    ) -> None:
        """Show where it stands; ``late``: a call back is overdue, ``often``: it changed hands too often."""
        self.stands.setText(stands)
        self.stands.set_role("attention" if late else "text")
        self.owner.setText(owner)
        self.ages.setText(ages)
        self.handed.setText(handed)
        self.handed.set_role("reject" if often else "text2")
        self.missed.setText(missed)
        for text in (self.handed, self.missed):
            text.setVisible(bool(text.text()))

    def show_acts(self, codes: Sequence[str], first: str, why_not: str) -> None:
        """Show what can be done now; ``first`` is the next step, ``why_not`` says who does the rest."""
        self.acts_card.show_acts(codes, first, why_not)

    def show_steps(self, rows: Sequence[StepRow]) -> None:
        """Show what was done, oldest first."""
        self.done.show_steps(rows)

    def show_batches(self, rows: Sequence[tuple[str, str, Sequence[str]]]) -> None:
        """Show the batches: id, what it was, and what each of the two saw."""
        emptied(self.lines)
        self.batches.setVisible(bool(rows))
        for batch, what, saw in rows:
            button = Button(what, "text", icon="package", flush=True)
            button.clicked.connect(lambda _=False, b=batch: self.batch_wanted.emit(b))
            self.lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            for line in saw:
                self.lines.addWidget(Text(line, theme.BODY, 400, "text2", wrap=True))


class TouchesView(DeskPage):
    """``batch_wanted`` carries a batch, ``logged`` the kind of a touch on the order that is typed."""

    batch_wanted = Signal(str)
    logged = Signal(str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(
            words,
            say("Touches"),
            say("On a batch one key: F5 call, F6 message, F7 chase, F8 hand-off, F9 rework loop."),
        )
        self.places = Places(words, "touches", CARE)
        self.body.addWidget(self.places)
        self.sentence = Text("", theme.CARD, 600, wrap=True)
        self.wrong = Text("", theme.BODY, 600, "attention", wrap=True)
        add(self.body, self.sentence, self.wrong)
        columns = row(14)
        self.body.addLayout(columns, 1)
        left, right = column(14), column(14)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        self._chart: TouchChart | None = None
        self._over: frozenset[str] = frozenset()
        self.drawn = Card(say("Touches of each batch"), say("newest last"))
        self.chart = ChartView()
        self.chart.setMinimumHeight(theme.current().px(150))
        self.chart.chosen.connect(self._choose)
        self.no_chart = EmptyState(
            say("No chart yet"),
            say("It takes eight batches that were worked on and do not all have as many."),
            icon="chart-column",
        )
        add(self.drawn.body, self.chart, self.no_chart)
        left.addWidget(self.drawn, 1)
        self.touched = Table(
            touched_model(words, lambda: self._over), say("Batches and their touches"), row_px=34
        )
        self.touched.opened.connect(lambda one: self.batch_wanted.emit(one.batch))
        self.worked_on = Card(say("Batches that were worked on"), say("the most touches first"))
        self.worked_on.body.addWidget(self.touched, 1)
        left.addWidget(self.worked_on, 1)
        order = Card(say("Log a touch on an order"))
        self.order = LineField(say("Order"))
        order.body.addWidget(self.order)
        keys = row(6)
        self.keys: dict[str, Button] = {}
        for kind, word in states.TOUCH_WORDS.items():
            key = Button(say(word).capitalize(), height=34, size=13)
            key.clicked.connect(lambda _=False, k=kind: self.logged.emit(k))
            self.keys[kind] = key
            keys.addWidget(key)
        order.body.addLayout(keys)
        right.addWidget(order)
        self.touches = Table(touches_model(words), say("Touches"), row_px=34)
        self.none = EmptyState(
            say("No touch was logged"),
            say("Each call, message, chase, hand-off or rework loop on a batch is one."),
            icon="hand",
        )
        touches = Card(say("Touches"), say("newest first"))
        add(touches.body, self.touches, self.none)
        right.addWidget(touches, 1)

    def _choose(self, _panel: int, place: int) -> None:
        if self._chart is not None and place < len(self._chart.rows):
            self.batch_wanted.emit(self._chart.rows[place].batch)

    def show_chart(self, chart: TouchChart, sentence: str, wrong: str, picture: ChartPicture | None) -> None:
        """Show how often batches are touched, and which too often."""
        self._chart = chart
        self._over = frozenset(row.batch for row in chart.over)
        self.touched.rows.show_rows(sorted(chart.rows, key=lambda one: -one.touches))
        self.worked_on.setVisible(bool(chart.rows))
        self.sentence.setText(sentence)
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self.chart.show_picture(picture)
        self.chart.setVisible(picture is not None)
        self.no_chart.setVisible(picture is None)

    def show_touches(self, rows: Sequence[TouchRow]) -> None:
        """Show the newest touches."""
        self.touches.rows.show_rows(rows)
        self.touches.setVisible(bool(rows))
        self.none.setVisible(not rows)
