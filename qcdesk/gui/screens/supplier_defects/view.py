# SPDX-License-Identifier: Apache-2.0
"""A supplier's defects: bars the way one asks, the trend of the chosen one, the batches behind it, and its photos."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.screens.supplier_defects.rows import Behind, BehindLine, OtherLine, Pictured
from qcdesk.gui.widgets.bars import CountBars
from qcdesk.gui.widgets.buttons import Segments
from qcdesk.gui.widgets.cards import Card, Scroll, column, row
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.lists import ROW, Cell, Column, RowsModel, Table
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.side_by_side import SideBySide
from qcdesk.i18n import Catalogue
from qcdesk.services.supplier_defects import WAYS
from qcdesk.wording import supplier_defects


class SupplierDefectsView(DeskPage):
    """``bar_wanted``, ``point_wanted`` carry a place, from 0; ``way_wanted`` a way to count, ``batch_wanted`` a lot.

    ``other_wanted``: a code or product that has no bar of its own, by its key.
    """

    way_wanted = Signal(str)
    bar_wanted = Signal(int)
    point_wanted = Signal(int)
    batch_wanted = Signal(str)
    other_wanted = Signal(str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, back=say("Scorecard"))
        self.ways = Segments(
            tuple((way, say(supplier_defects.WAYS[way])) for way in WAYS), say("How defects are counted")
        )
        self.ways.chosen.connect(self.way_wanted)
        self.acts.addWidget(self.ways)
        self.whole = QWidget()
        outer = row(14)
        self.whole.setLayout(outer)
        self.body.addWidget(self.whole, 1)
        self.nothing = EmptyState(
            say("No defect yet"),
            say("What both people found stands here once a batch is compared."),
            icon="check-check",
        )
        self.body.addWidget(self.nothing, 1)
        left, right = column(14), column(14)
        outer.addLayout(left, 1)
        outer.addLayout(right, 1)
        self.bars, self.months, self.trend = CountBars(say("Defects by code")), ChartView(), ChartView()
        self.bars.chosen.connect(self.bar_wanted)
        self.months.chosen.connect(lambda _panel, place: self.bar_wanted.emit(place))
        self.trend.chosen.connect(lambda _panel, place: self.point_wanted.emit(place))
        self.bars_card = Card(" ", " ")
        self.rolled = Scroll(_held(self.bars))
        self.bars_card.body.addWidget(self.rolled, 1)
        self.bars_card.body.addWidget(self.months, 1)
        left.addWidget(self.bars_card, 6)
        trend_card = Card(padding=16)
        trend_card.body.addWidget(self.trend, 1)
        right.addWidget(trend_card, 6)
        self.list_card = Card(say("Behind it"), say("choose one to open it"))
        self.list = Table(_behind_model(words), say("Batches behind it"), row_px=44)
        self.list.clicked.connect(lambda index: self._open(index.data(ROW)))
        self.list.opened.connect(self._open)
        self.others = Table(_others_model(words), say("What has no bar of its own"), row_px=44)
        self.others.clicked.connect(lambda index: self._other(index.data(ROW)))
        self.others.opened.connect(self._other)
        for table in (self.list, self.others):
            self.list_card.body.addWidget(table, 1)
        self.others.hide()
        right.addWidget(self.list_card, 5)
        self.photo_card = Card(say("Photos side by side"), say("as they were signed"))
        self.photos = SideBySide(words, say("Back to the defects"))
        self.photo_card.body.addWidget(self.photos, 1)
        self.photos.setFixedHeight(theme.current().px(160))
        self.photo_card.hide()
        left.addWidget(self.photo_card)

    def show_head(self, name: str, note: str) -> None:
        """Show whose defects these are."""
        self.show_title(name, note)

    def show_pictures(self, pictured: Pictured) -> None:
        """Show the bars with the chosen one marked, and its trend."""
        say, way = self.words.say, pictured.way
        self.ways.choose(way)
        self.whole.setVisible(bool(pictured.bars))
        self.nothing.setVisible(not pictured.bars)
        self.bars_card.heading.setText(say(supplier_defects.HEADINGS[way]))
        self.bars_card.setAccessibleName(say(supplier_defects.HEADINGS[way]))
        self.bars_card.note.setText("" if way == "month" else say("defects, not units · running total"))
        self.rolled.setVisible(way != "month")
        self.months.setVisible(way == "month")
        self.trend.show_picture(pictured.trend)
        if way == "month":
            self.months.show_picture(pictured.months)
            self.months.mark(0, pictured.place)
        elif pictured.bars:
            self.bars.show_bars(pictured.bars)
            self.bars.mark(pictured.place)

    def show_behind(self, behind: Behind) -> None:
        """Show what stands behind the chosen bar; photos have a card only where there are any."""
        self.list_card.heading.setText(behind.name)
        self.list.setVisible(not behind.others)
        self.others.setVisible(bool(behind.others))
        self.list.rows.show_rows(behind.lines)
        self.others.rows.show_rows(behind.others)
        self.photos.show_photos(behind.photos)
        self.photo_card.setVisible(bool(behind.photos))

    def _open(self, picked: object) -> None:
        if isinstance(picked, BehindLine) and picked.batch:
            self.batch_wanted.emit(picked.batch)

    def _other(self, picked: object) -> None:
        if isinstance(picked, OtherLine):
            self.other_wanted.emit(picked.key)


def _held(bars: CountBars) -> QWidget:
    """Return the bars at the top of what may be higher than they are."""
    holder = QWidget()
    inner = column(0)
    holder.setLayout(inner)
    inner.addWidget(bars)
    inner.addStretch(1)
    return holder


def _others_model(words: Catalogue) -> RowsModel[OtherLine]:
    return RowsModel(
        [
            Column(
                words.say("Found"),
                lambda line: line.name,
                look=lambda _line: Cell(weight=600),
                wide=0,
                lines=2,
            ),
            Column(
                words.say("Count"),
                lambda line: str(line.count),
                sort=lambda line: line.count,
                number=True,
                wide=80,
            ),
            Column(
                words.say("Share of all"),
                lambda line: line.share,
                sort=lambda line: line.count,
                number=True,
                wide=110,
            ),
        ]
    )


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
