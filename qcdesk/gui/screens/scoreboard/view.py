# SPDX-License-Identifier: Apache-2.0
"""The owner's scoreboard: what moved in a sentence, a card for each figure, and the past of one."""

from __future__ import annotations

from PySide6.QtCore import Signal

from qcdesk.gui import theme
from qcdesk.gui.screens.scoreboard.rows import BoardRow, FigureRow
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, add, column
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.measure_cards import MeasureCards
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import CARE, Places
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue

ACROSS = 5


class ScoreboardView(DeskPage):
    """The page, with the buttons for paper and for what is counted by hand."""

    print_wanted = Signal()
    figures_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, say("Scoreboard"))
        importing = Button(say("Import a list"), icon="upload")
        importing.clicked.connect(self.import_wanted)
        figures = Button(say("Repeat orders and referrals"), icon="pencil")
        figures.clicked.connect(self.figures_wanted)
        printing = Button(say("Print"), icon="printer")
        printing.clicked.connect(self.print_wanted)
        add(self.acts, importing, figures, printing)
        self.places = Places(words, "scoreboard", CARE)
        self.body.addWidget(self.places)
        self.headline = Text("", theme.CARD, 600, wrap=True)
        self.sentences = Text("", theme.BODY, 400, "text2", wrap=True)
        told = column(0)
        add(told, self.headline, self.sentences)
        self.body.addLayout(told)
        self.cards = MeasureCards(say("Figures"), ACROSS)
        self.cards.chosen.connect(self._choose)
        self.body.addWidget(self.cards)
        self.past = Card(padding=12)
        self.chart = ChartView()
        self.chart.setMinimumHeight(theme.current().px(130))
        self.no_chart = EmptyState(
            say("No chart yet"),
            say("It takes six whole months in which something happened."),
            icon="chart-column",
        )
        self.alike = EmptyState(
            say("Nothing to draw"), say("All months on record are alike."), icon="chart-column"
        )
        add(self.past.body, self.chart, self.no_chart, self.alike)
        self.body.addWidget(self.past, 1)
        self._figures: dict[str, FigureRow] = {}

    def show_board(self, board: BoardRow) -> None:
        """Show the page, and no problem of before."""
        self.problems.clear()
        self._figures = {one.card.code: one for one in board.figures}
        self.headline.setText(board.headline)
        self.headline.set_role("attention" if board.worse else "text")
        self.sentences.setText("\n".join(board.sentences))
        self.sentences.setVisible(bool(board.sentences))
        self.cards.show_cards([one.card for one in board.figures])
        self.cards.choose(board.first)
        self._choose(board.first)

    def _choose(self, code: str) -> None:
        figure = self._figures[code]
        self.chart.show_picture(figure.picture)
        self.chart.setVisible(figure.picture is not None)
        self.no_chart.setVisible(figure.picture is None and not figure.alike)
        self.alike.setVisible(figure.alike)
