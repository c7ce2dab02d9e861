# SPDX-License-Identifier: Apache-2.0
"""A supplier's scorecard: the sentence, the figures with their intervals, the past of one, and what was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal

from qcdesk.gui import theme
from qcdesk.gui.screens.scorecard.rows import CauseLine, FigureLine, LotLine, Shown
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, add, column, row
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.lists import ROW, Cell, Column, RowsModel, Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue
from qcdesk.wording import scorecards

_COLUMNS = ((0, 0, False), (1, 74, True), (3, 122, True), (4, 190, False), (5, 64, True))
"""Which cell of a line stands in each column, its width in px, and whether it is a number."""


class ScorecardView(DeskPage):
    """``cause_wanted`` carries the line of a code, ``batch_wanted`` a batch."""

    cause_wanted = Signal(object)
    batch_wanted = Signal(str)
    print_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, back=say("Supplier"))
        self.printing = Button(say("Print"), icon="printer")
        self.printing.clicked.connect(self.print_wanted)
        self.acts.addWidget(self.printing)
        head = Card(padding=16)
        head.body.setSpacing(2)
        self.sentence = Text("", theme.CARD, 600, wrap=True, lines=2)
        self.mean = Text("", theme.BODY, 400, "text2", wrap=True, lines=2)
        add(head.body, self.sentence, self.mean)
        self.body.addWidget(head)
        columns = row(14)
        self.body.addLayout(columns, 1)
        left, right = column(14), column(14)
        columns.addLayout(left, 9)
        columns.addLayout(right, 5)
        figures = Card(say("Figures"), say("choose one for its past"))
        self.figures = Table(_figures_model(words), say("Figures"), row_px=30)
        self.figures.setSortingEnabled(False)
        self.figures.selectionModel().currentRowChanged.connect(self._figure)
        figures.body.addWidget(self.figures, 1)
        left.addWidget(figures, 1)
        self.past_card = Card(say("Its own past"), say("months that had lots"))
        self.past = ChartView()
        self.past.setMinimumHeight(theme.current().px(150))
        self.no_past = EmptyState(
            say("No chart yet"), say("It takes six months that had lots."), icon="chart-column"
        )
        self.past_card.body.addWidget(self.past, 1)
        self.past_card.body.addWidget(self.no_past, 1)
        right.addWidget(self.past_card, 1)
        self.found_card = Card(say("What was found"), say("choose one for its batches"))
        self.causes = Table(_causes_model(words), say("Defects by code"), row_px=34)
        self.causes.clicked.connect(lambda index: self._cause(index.data(ROW)))
        self.causes.opened.connect(self._cause)
        self.lots = Table(_lots_model(words), say("Batches behind it"), row_px=34)
        self.lots.clicked.connect(lambda index: self._lot(index.data(ROW)))
        self.lots.opened.connect(self._lot)
        self.leaving = Button(say("Back to the codes"), "text", icon="arrow-left", height=34, size=14)
        self.leaving.clicked.connect(lambda: self._show_lots_table(False))
        self.nothing = EmptyState(
            say("No defect yet"),
            say("What both people found stands here once a batch is compared."),
            icon="check-check",
        )
        for part in (self.leaving, self.lots, self.causes, self.nothing):
            self.found_card.body.addWidget(part, 0 if part is self.leaving else 1)
        right.addWidget(self.found_card, 1)

    def show_card(self, shown: Shown) -> None:
        """Show a card."""
        say = self.words.say
        self.show_title(say("Scorecard of {name}", name=shown.name), shown.note)
        self.sentence.setText(shown.headline)
        self.mean.setText(shown.total)
        self.figures.rows.show_rows(shown.figures)
        self.causes.rows.show_rows(shown.causes)
        self.printing.setEnabled(shown.sheet is not None)
        self.nothing.setVisible(not shown.causes)
        self._show_lots_table(False)
        self.causes.setVisible(bool(shown.causes))
        first = next((place for place, one in enumerate(shown.figures) if one.worse), 0)
        if shown.figures:
            self.figures.selectRow(first)
            self._show_past(shown.figures[first])

    def show_lots(self, name: str, lots: Sequence[LotLine]) -> None:
        """Show the lots behind a code."""
        self.lots.rows.show_rows(lots)
        self._show_lots_table(True)
        self.found_card.note.setText(name)

    def _show_lots_table(self, lots: bool) -> None:
        self.leaving.setVisible(lots)
        self.lots.setVisible(lots)
        self.causes.setVisible(not lots)
        if not lots:
            self.found_card.note.setText(self.words.say("choose one for its batches"))

    def _figure(self, now: QModelIndex, _before: QModelIndex) -> None:
        picked = now.data(ROW) if now.isValid() else None
        if isinstance(picked, FigureLine):
            self._show_past(picked)

    def _show_past(self, line: FigureLine) -> None:
        self.past.show_picture(line.picture)
        self.past.setVisible(line.picture is not None)
        self.no_past.setVisible(line.picture is None)

    def _cause(self, picked: object) -> None:
        if isinstance(picked, CauseLine):
            self.cause_wanted.emit(picked)

    def _lot(self, picked: object) -> None:
        if isinstance(picked, LotLine):
            self.batch_wanted.emit(picked.batch)


def _figures_model(words: Catalogue) -> RowsModel[FigureLine]:
    named = scorecards.headings(words)
    nothing = words.say(scorecards.WORDS["nothing"])
    return RowsModel(
        [_figure_column(cell, named[cell], wide, number, nothing) for cell, wide, number in _COLUMNS]
    )


def _figure_column(cell: int, heading: str, wide: int, number: bool, nothing: str) -> Column[FigureLine]:
    def words(line: FigureLine) -> str:
        if line.recorded or cell in (0, 5):
            return line.cells[cell]
        return nothing if cell == 4 else ""

    def look(line: FigureLine) -> Cell:
        made_of = line.cells[2] if cell == 0 else ""
        if line.worse:
            return Cell(role="attention", weight=600, shape="triangle" if cell == 4 else None, note=made_of)
        return Cell(role="text" if line.recorded else "text3", weight=400 if cell else 600, note=made_of)

    return Column(heading, words, look=look, number=number, wide=wide, lines=1 if cell else 2)


def _causes_model(words: Catalogue) -> RowsModel[CauseLine]:
    return RowsModel(
        [
            Column(words.say("Defect"), lambda line: line.name, look=lambda _line: Cell(weight=600), wide=0),
            Column(
                words.say("In checks"),
                lambda line: str(line.count),
                sort=lambda line: line.count,
                number=True,
                wide=100,
            ),
            Column(
                words.say("Reported"),
                lambda line: str(line.reported),
                sort=lambda line: line.reported,
                number=True,
                wide=100,
            ),
        ]
    )


def _lots_model(words: Catalogue) -> RowsModel[LotLine]:
    return RowsModel(
        [
            Column(words.say("Batch"), lambda line: line.number, look=lambda _line: Cell(weight=600), wide=0),
            Column(words.say("Month"), lambda line: line.month, wide=100),
            Column(
                words.say("Found"),
                lambda line: str(line.count),
                sort=lambda line: line.count,
                number=True,
                wide=90,
            ),
        ]
    )
