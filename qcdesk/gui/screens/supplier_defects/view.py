# SPDX-License-Identifier: Apache-2.0
"""A supplier's defects: bars the way one asks, the trend of the chosen one, the batches behind it, and its photos."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.screens.supplier_defects.rows import Behind, BehindLine, Pictured
from qcdesk.gui.widgets.buttons import Segments
from qcdesk.gui.widgets.cards import Card, add, column, row
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.lists import ROW, Cell, Column, RowsModel, Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.side_by_side import SideBySide
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue
from qcdesk.services.supplier_defects import WAYS
from qcdesk.wording import supplier_defects


class SupplierDefectsView(DeskPage):
    """``bar_wanted``, ``point_wanted`` carry a place, from 0; ``way_wanted`` a way to count, ``batch_wanted`` a lot."""

    way_wanted = Signal(str)
    bar_wanted = Signal(int)
    point_wanted = Signal(int)
    batch_wanted = Signal(str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, back=say("Scorecard"))
        self.ways = Segments(
            tuple((way, say(supplier_defects.WAYS[way])) for way in WAYS), say("How defects are counted")
        )
        self.ways.chosen.connect(self.way_wanted)
        self.acts.addWidget(self.ways)
        self.whole = QWidget()
        outer = column(14)
        self.whole.setLayout(outer)
        self.body.addWidget(self.whole, 1)
        self.nothing = EmptyState(
            say("No defect yet"),
            say("What both people found stands here once a batch is compared."),
            icon="check-check",
        )
        self.body.addWidget(self.nothing, 1)
        upper, lower = row(14), row(14)
        outer.addLayout(upper, 6)
        outer.addLayout(lower, 5)
        self.bars, self.trend = ChartView(), ChartView()
        self.bars.chosen.connect(lambda _panel, place: self.bar_wanted.emit(place))
        self.trend.chosen.connect(lambda _panel, place: self.point_wanted.emit(place))
        for chart in (self.bars, self.trend):
            card = Card(padding=16)
            card.body.addWidget(chart, 1)
            upper.addWidget(card, 1)
        self.list_card = Card(say("Behind it"), say("choose one to open it"))
        self.list = Table(_behind_model(words), say("Batches behind it"), row_px=44)
        self.list.clicked.connect(lambda index: self._open(index.data(ROW)))
        self.list.opened.connect(self._open)
        self.list_card.body.addWidget(self.list, 1)
        lower.addWidget(self.list_card, 1)
        self.photo_card = Card(say("Photos side by side"), say("as they were signed"))
        self.photos = SideBySide(words, say("Back to the defects"))
        self.quiet = Text("", theme.BODY, 400, "text2", wrap=True)
        add(self.photo_card.body, self.quiet)
        self.photo_card.body.addWidget(self.photos, 1)
        lower.addWidget(self.photo_card, 1)

    def show_head(self, name: str, note: str) -> None:
        """Show whose defects these are."""
        self.show_title(name, note)

    def show_pictures(self, pictured: Pictured) -> None:
        """Show the bars with the chosen one marked, and its trend."""
        self.ways.choose(pictured.way)
        self.whole.setVisible(pictured.bars is not None)
        self.nothing.setVisible(pictured.bars is None)
        self.bars.show_picture(pictured.bars)
        self.trend.show_picture(pictured.trend)
        if pictured.bars is not None:
            self.bars.mark(0, pictured.place)

    def show_behind(self, behind: Behind) -> None:
        """Show what stands behind the chosen bar."""
        say = self.words.say
        self.list_card.heading.setText(behind.name)
        self.list.rows.show_rows(behind.lines)
        if behind.photos is None:
            self.quiet.setText(say("Count by code and choose one: its photos stand here side by side."))
        elif not behind.photos:
            self.quiet.setText(say("No photo was taken of it."))
        self.quiet.setVisible(not behind.photos)
        self.photos.show_photos(behind.photos or ())

    def _open(self, picked: object) -> None:
        if isinstance(picked, BehindLine) and picked.batch:
            self.batch_wanted.emit(picked.batch)


def _behind_model(words: Catalogue) -> RowsModel[BehindLine]:
    return RowsModel(
        [
            Column(
                words.say("Batch"), lambda line: line.number, look=lambda _line: Cell(weight=600), wide=130
            ),
            Column(words.say("Month"), lambda line: line.month, wide=78),
            Column(words.say("Signatures"), lambda line: line.signed, wide=0, lines=2),
            Column(
                words.say("Found"),
                lambda line: str(line.count),
                sort=lambda line: line.count,
                number=True,
                wide=64,
            ),
        ]
    )
