# SPDX-License-Identifier: Apache-2.0
"""A supplier's scorecard: the sentence, a card for each figure, the past of one, its weight, and what was found."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.screens.scorecard.rows import CauseLine, FigureLine, Shown
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Scroll, add, column, row
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.lists import ROW, Cell, Column, RowsModel, Table
from qcdesk.gui.widgets.measure_cards import MeasureCards
from qcdesk.gui.widgets.notices import EmptyState, HeadlinePanel
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue


class ScorecardView(DeskPage):
    """``cause_wanted`` carries the code of a defect, ``weight_wanted`` the code of a figure and its new weight."""

    cause_wanted = Signal(str)
    defects_wanted = Signal()
    compare_wanted = Signal()
    weight_wanted = Signal(str, int)
    usual_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, back=say("Supplier"))
        self._lines: dict[str, FigureLine] = {}
        self._chosen = ""
        self.defects = Button(say("Defects"), icon="chart-column")
        self.defects.clicked.connect(self.defects_wanted)
        self.comparing = Button(say("Compare"), icon="columns-2")
        self.comparing.clicked.connect(self.compare_wanted)
        self.printing = Button(say("Print"), icon="printer")
        self.printing.clicked.connect(self.print_wanted)
        add(self.acts, self.defects, self.comparing, self.printing)
        self.headline = HeadlinePanel()
        self.body.addWidget(self.headline)
        columns = row(14)
        self.body.addLayout(columns, 1)
        holder = QWidget()
        inner = column(12, (1, 1, 6, 1))
        holder.setLayout(inner)
        self.none = EmptyState(
            say("Nothing was recorded yet."),
            say("A lot counts once both checks of it are signed."),
            icon="scale",
        )
        self.cards = MeasureCards(say("Figures"))
        self.cards.chosen.connect(self._choose)
        self.absent = Text("", theme.SECONDARY, 400, "text3", wrap=True)
        add(inner, self.cards, self.none, self.absent, None)
        columns.addWidget(Scroll(holder), 9)
        right = column(14)
        columns.addLayout(right, 5)
        right.addWidget(self._past(), 1)
        right.addWidget(self._found(), 1)

    def _past(self) -> Card:
        say = self.words.say
        self.past_card = Card(say("Its own past"), say("months on record"))
        self.past = ChartView()
        self.past.setMinimumHeight(theme.current().px(140))
        self.no_past = EmptyState(
            say("No chart yet"), say("It takes six months on record."), icon="chart-column"
        )
        self.alike = EmptyState(
            say("Nothing to draw"), say("All months on record are alike."), icon="chart-column"
        )
        self.past_card.body.addWidget(self.past, 1)
        self.past_card.body.addWidget(self.no_past, 1)
        self.past_card.body.addWidget(self.alike, 1)
        self.lighter = Button("\u2212", height=34)
        self.lighter.setAccessibleName(say("Weigh less"))
        self.lighter.clicked.connect(lambda: self._weigh(-1))
        self.heavier = Button("+", height=34)
        self.heavier.setAccessibleName(say("Weigh more"))
        self.heavier.clicked.connect(lambda: self._weigh(1))
        self.weight = Text("", theme.BODY, 600)
        self.usual = Button(say("Usual weights"), "text", height=34, size=14)
        self.usual.clicked.connect(self.usual_wanted)
        self.weighing = QWidget()
        line = row(10)
        self.weighing.setLayout(line)
        add(line, self.lighter, self.weight, self.heavier, None, self.usual)
        self.past_card.body.addWidget(self.weighing)
        return self.past_card

    def _found(self) -> Card:
        say = self.words.say
        card = Card(say("What was found"), say("choose one for its batches"))
        self.causes = Table(_causes_model(self.words), say("Defects by code"), row_px=34)
        self.causes.clicked.connect(lambda index: self._cause(index.data(ROW)))
        self.causes.opened.connect(self._cause)
        self.nothing = EmptyState(
            say("No defect yet"),
            say("What both people found stands here once a batch is compared."),
            icon="check-check",
        )
        for part in (self.causes, self.nothing):
            card.body.addWidget(part, 1)
        return card

    def show_card(self, shown: Shown) -> None:
        """Show a card; the figure that was chosen stays so."""
        say = self.words.say
        self.show_title(say("Scorecard of {name}", name=shown.name), shown.note)
        judged = any(line.picture is not None or line.alike for line in shown.figures)
        self.headline.tell(shown.headline, shown.total, urgent=shown.urgent, loud=shown.loud, judged=judged)
        self._lines = {line.card.code: line for line in shown.figures}
        self.cards.show_cards([line.card for line in shown.figures])
        self.cards.setVisible(bool(shown.figures))
        self.none.setVisible(not shown.figures)
        self.absent.setText(shown.absent)
        self.absent.setVisible(bool(shown.absent and shown.figures))
        self.usual.setVisible(not shown.usual)
        self.causes.rows.show_rows(shown.causes)
        self.causes.setVisible(bool(shown.causes))
        self.nothing.setVisible(not shown.causes)
        self.printing.setEnabled(shown.sheet is not None)
        self.past_card.setVisible(bool(shown.figures))
        if self._chosen not in self._lines:
            worse = [line.card.code for line in shown.figures if line.card.worse]
            self._chosen = next(iter([*worse, *self._lines]), "")
        self._choose(self._chosen)

    def choose(self, figure: str) -> None:
        """Show this figure first."""
        self._chosen = figure

    def _choose(self, code: str) -> None:
        line = self._lines.get(code)
        if line is None:
            return
        self._chosen = code
        self.cards.choose(code)
        self.past_card.heading.setText(line.card.title)
        self.past.show_picture(replace(line.picture, title="") if line.picture is not None else None)
        self.past.setAccessibleName(line.card.title)
        self.past.setVisible(line.picture is not None)
        self.no_past.setVisible(line.picture is None and not line.alike)
        self.alike.setVisible(line.alike)
        self.weighing.setVisible(line.weight is not None or not self.usual.isHidden())
        for part in (self.lighter, self.heavier, self.weight):
            part.setVisible(line.weight is not None)
        self.weight.setText(self.words.say("weighs {n} in the mean", n=line.weight or 0))
        self.lighter.setEnabled(bool(line.weight))

    def _weigh(self, by: int) -> None:
        line = self._lines.get(self._chosen)
        if line is not None and line.weight is not None:
            self.weight_wanted.emit(self._chosen, line.weight + by)

    def _cause(self, picked: object) -> None:
        if isinstance(picked, CauseLine):
            self.cause_wanted.emit(picked.code)


def _causes_model(words: Catalogue) -> RowsModel[CauseLine]:
    return RowsModel(
        [
            Column(
                words.say("Defect"),
                lambda line: line.name,
                look=lambda _line: Cell(weight=600),
                wide=0,
                lines=2,
            ),
            Column(
                words.say("In checks"),
                lambda line: str(line.count),
                sort=lambda line: line.count,
                number=True,
                wide=92,
            ),
            Column(
                words.say("Reported"),
                lambda line: str(line.reported),
                sort=lambda line: line.reported,
                number=True,
                wide=92,
            ),
        ]
    )
