# SPDX-License-Identifier: Apache-2.0
"""What the second check buys: the sentence, the ways of checking side by side, and the fields that all of it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from qcdesk.domain.sampling import BY_SERIOUSNESS, RULE_KINDS, RuleKind
from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.second_check.model import ways_model
from qcdesk.gui.screens.second_check.rows import Choice, Shown
from qcdesk.gui.screens.second_check.wishes import FIELDS_OF, START
from qcdesk.gui.widgets.buttons import Button, Segments
from qcdesk.gui.widgets.cards import Card, Rule, Scroll, add, column, row
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.forms import ChoiceField, LineField
from qcdesk.gui.widgets.lists import Table
from qcdesk.gui.widgets.narrow_forms import NarrowForm
from qcdesk.gui.widgets.notices import HALF_A_SECOND_MS, Progress, RefusalPanel
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import Places
from qcdesk.gui.widgets.plan_fields import show_plan_fields
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue
from qcdesk.statistics.sampling_stages import PLAN_TYPES
from qcdesk.statistics.sampling_tables import AQLS, LEVELS, SEVERITIES, STANDARDS
from qcdesk.wording import states

_ROW_PX = 32
_COST = 6
"""The column of costs, which only stands where a wage was told."""


class SecondCheckView(DeskPage):
    """``changed`` carries everything that stands in the fields."""

    changed = Signal(object)
    print_wanted = Signal()
    stop_wanted = Signal()
    on_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, say("What does the second check buy?"), back=" ")
        self.back.hide()
        self.printing = Button(say("Print"), icon="printer")
        self.printing.clicked.connect(self.print_wanted)
        self.acts.addWidget(self.printing)
        self.places = Places(words, "second_check")
        self.body.addWidget(self.places)
        self.refused = RefusalPanel()
        self.refused.hide()
        self.body.addWidget(self.refused)
        self.body.addWidget(self._words_card())
        columns = row(14)
        self.body.addLayout(columns, 1)
        columns.addWidget(self._fields_card())
        columns.addWidget(self._answers(), 1)
        self._late = QTimer(self, singleShot=True, interval=HALF_A_SECOND_MS)
        self._late.timeout.connect(self._say_working)
        self._sources = ""
        self.fill(START)

    # cards ----------------------------------------------------------------------------------------------------------

    def _fields_card(self) -> QWidget:
        say = self.words.say
        self.form = NarrowForm()
        kinds = {"aql": say("By AQL"), "zero": say("c = 0: one bad unit rejects"), "all": say("100 %")}
        severities = {"normal": say("Normal"), "tightened": say("Tightened"), "reduced": say("Reduced")}
        types = {"single": say("Single"), "double": say("Double"), "multiple": say("Multiple")}
        books = list(zip(STANDARDS, (say("ISO 2859-1"), say("ANSI Z1.4")), strict=True))
        classes = [(code, states.defect_class(code, self.words)) for code in BY_SERIOUSNESS]
        self.form.put_row(("bad", LineField(say("Bad units, %"))), ("lot_size", LineField(say("Batch size"))))
        self.form.put_row(
            ("procedure", ChoiceField(say("Plan of procedure"))),
            ("class", ChoiceField(say("Class"), classes)),
        )
        self.form.put_row(
            ("kind", ChoiceField(say("Kind of plan"), [(kind, kinds[kind]) for kind in RULE_KINDS]))
        )
        self.form.put_row(("n", LineField(say("Sample size n"))))
        self.form.put_row(
            ("aql", ChoiceField(say("AQL"), [(str(each), str(each)) for each in AQLS])),
            ("level", ChoiceField(say("Level"), [(each, each) for each in LEVELS])),
        )
        self.form.put_row(
            ("severity", ChoiceField(say("Severity"), [(each, severities[each]) for each in SEVERITIES])),
            ("plan_type", ChoiceField(say("Samples"), [(each, types[each]) for each in PLAN_TYPES])),
        )
        self.form.put_row(("standard", ChoiceField(say("Standard"), books)))
        self.plan = secondary("", "text2", wrap=True)
        self.form.put_part(self.plan)
        self.form.put_part(Rule())
        self.form.put_row(
            ("first", LineField(say("First finds, %"))), ("second", LineField(say("Second finds, %")))
        )
        self.form.put_row(
            ("primed", LineField(say("Seeing the result, %"))),
            ("alarm", LineField(say("False alarms, %"))),
        )
        self.why = secondary(
            say(
                "Seeing the result: of what the first missed, the share that a second finds who saw what the first "
                "wrote. 0, because a review of studies found none in which such a pair caught more than one person "
                "(McMullan et al., Applied Ergonomics 106, 2023)."
            ),
            "text3",
            wrap=True,
        )
        self.form.put_part(self.why)
        self.form.put_part(Rule())
        self.form.put_row(
            ("seconds", LineField(say("Seconds a unit"))), ("wage", LineField(say("Wage an hour")))
        )
        self.form.put_row(("lots", LineField(say("Batches to play"))))
        self.source = secondary("", "text3", wrap=True)
        self.assumed = secondary("", "text3", wrap=True)
        self.form.put_part(self.source)
        self.form.put_part(self.assumed)
        self.form.changed.connect(self._touched)
        card = self.form.card(say("What is imagined"), 348, 16)
        self.progress = Progress(say("Cancel"))
        self.progress.cancelled.connect(self.stop_wanted)
        self.stopped = QWidget()
        low = row(8)
        self.stopped.setLayout(low)
        on = Button(say("Play on"), "text", height=36)
        on.clicked.connect(self.on_wanted)
        add(low, Text(say("The simulation was stopped."), theme.BODY, 500), None, on)
        self.stopped.hide()
        add(card.body, self.progress, self.stopped)
        return card

    def _words_card(self) -> Card:
        card = Card(padding=18)
        card.body.setSpacing(2)
        self.sentence = Text("", theme.PAGE, 600, wrap=True, lines=3)
        self.lines = [Text("", theme.CARD - 1, 400, wrap=True, lines=2) for _ in range(4)]
        add(card.body, self.sentence, *self.lines)
        for line in self.lines:
            line.hide()
        return card

    def _answers(self) -> QWidget:
        say = self.words.say
        holder = QWidget()
        answers = column(14)
        holder.setLayout(answers)
        self.chart_card = Card(say("How often a batch ships"), padding=16)
        self.which = Segments(
            (("ways", say("These batches")), ("shares", say("Other shares of bad units"))),
            say("What the chart shows"),
        )
        self.which.choose("ways")
        self.which.chosen.connect(self.turn)
        self.chart_card.note.hide()
        self.chart_card.head.addWidget(self.which)
        self.ways, self.shares = ChartView(), ChartView()
        for chart in (self.ways, self.shares):
            chart.setMinimumHeight(theme.current().px(230))
            self.chart_card.body.addWidget(chart, 1)
        self.shares.hide()
        table_card = Card(padding=16)
        self.table = Table(ways_model(self.words), say("Ways of checking"), row_px=_ROW_PX)
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().setFixedHeight(2 * theme.current().line_box(theme.LABEL) + 8)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setColumnHidden(_COST, True)
        table_card.body.addWidget(self.table)
        answers.addWidget(self.chart_card, 1)
        answers.addWidget(table_card)
        return Scroll(holder)

    # behaviour ------------------------------------------------------------------------------------------------------

    def turn(self, which: str) -> None:
        """Show the chart of these batches (``ways``), or of others (``shares``)."""
        self.which.choose(which)
        self.ways.setVisible(which == "ways")
        self.shares.setVisible(which == "shares")

    def _touched(self) -> None:
        self._settle()
        self.changed.emit(self.values())

    def values(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return self.form.values()

    def fill(self, values: Mapping[str, str]) -> None:
        """Show values; what is not named stays."""
        self.form.fill({**self.form.values(), **values})
        self._settle()

    def _settle(self) -> None:
        """Show the fields of the kind of plan that is chosen, and no others."""
        values = self.form.values()
        kind: RuleKind = next((each for each in RULE_KINDS if each == values["kind"]), "aql")
        show_plan_fields(self.form, FIELDS_OF, kind)

    def show_choices(self, procedures: tuple[Choice, ...]) -> None:
        """Offer the procedures."""
        control = self.form.field("procedure")
        assert isinstance(control, ChoiceField)
        control.set_choices(procedures)
        if not control.value():
            control.edit.setCurrentIndex(0)

    def show_head(self, back: str) -> None:
        """Say where the way back leads; empty: one came from nowhere else."""
        self.back.setText(back)
        self.back.setVisible(bool(back))

    def show_plan(self, line: str, sources: str) -> None:
        """Say which plan it is, and where the figures come from."""
        self.refused.hide()
        self.form.unmark()
        self.plan.setText(line)
        self.source.setText(sources)

    def show_running(self, how_far: Callable[[], tuple[str, float | None]]) -> None:
        """Batches are played: after half a second say so, and how far."""
        self.stopped.hide()
        self._late.start()
        self.progress.end()
        self.progress.follow(how_far)

    def _say_working(self) -> None:
        self.sentence.set_role("text3")
        if not self.sentence.text():
            self.sentence.setText(self.words.say("Playing the batches …"))

    def show_answer(self, answer: Shown) -> None:
        """Show what came of it so far."""
        if answer.sentence:
            self._late.stop()
            self.sentence.setText(answer.sentence)
            self.sentence.set_role("text")
            for line, text in zip(self.lines, (*answer.lines, "", "", "", ""), strict=False):
                line.setText(text)
                line.setVisible(bool(text))
        for chart, picture in ((self.ways, answer.ways), (self.shares, answer.shares)):
            chart.show_picture(replace(picture, title=""))  # the card has the title
            chart.setAccessibleName(picture.title)
        self.table.rows.show_rows(answer.rows)
        self.table.setColumnHidden(_COST, not answer.paid)
        head = self.table.horizontalHeader().height()
        self.table.setFixedHeight(head + _ROW_PX * max(1, len(answer.rows)) + 2)
        self.assumed.setText(answer.assumed)

    def show_played(self) -> None:
        """All of it was played."""
        self._late.stop()
        self.progress.end()

    def show_stopped(self) -> None:
        """It was stopped; what was played stays in view."""
        self.show_played()
        self.stopped.show()

    def show_wrong(self, field: str, fact: str) -> None:
        """Say what is wrong beside its field; what was played before stays in view."""
        self.show_played()
        marked = self.form.mark(field, fact)
        self.refused.setVisible(not marked)
        self.refused.show_words(fact, "")
        self.sentence.set_role("text3")

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong."""
        self.show_played()
        self.problems.show_problem(problem)
