# SPDX-License-Identifier: Apache-2.0
"""Suppliers side by side: the sentence, intervals in columns, and who can be told apart by what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.screens.suppliers_compare.presenter import Shown
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Scroll, add, column, row
from qcdesk.gui.widgets.forms import LineField
from qcdesk.gui.widgets.interval_view import IntervalView
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import SUPPLIERS, Places
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue


class SuppliersCompareView(DeskPage):
    """``codes_wanted`` carries what was typed, ``supplier_wanted`` the id of one."""

    codes_wanted = Signal(str)
    supplier_wanted = Signal(str)
    print_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, say("Suppliers"), say("Side by side: what was recorded of each."))
        self._suppliers: tuple[str, ...] = ()
        self.printing = Button(say("Print"), icon="printer")
        self.printing.clicked.connect(self.print_wanted)
        self.acts.addWidget(self.printing)
        self.places = Places(words, "suppliers_compare", SUPPLIERS)
        self.body.addWidget(self.places)
        holder = QWidget()
        inner = column(14, (1, 1, 6, 1))
        holder.setLayout(inner)
        self.body.addWidget(Scroll(holder), 1)
        card = Card(padding=18)
        self.sentence = Text("", theme.CARD, 600, wrap=True, lines=2)
        self.codes = LineField(
            say("Who is compared"), say("Their numbers, a space between; empty: most on record")
        )
        self.codes.setAccessibleName(say("Who is compared"))
        self.comparing = Button(say("Compare"), icon="columns-2")
        self.comparing.clicked.connect(lambda: self.codes_wanted.emit(self.codes.value()))
        line = row(12)
        line.addWidget(self.codes, 1)
        line.addWidget(self.comparing)
        self.left_out = Text("", theme.SECONDARY, 400, "text3", wrap=True)
        self.table = IntervalView(say("Suppliers side by side"))
        self.table.chosen.connect(self._choose)
        self.nothing = EmptyState(
            say("Nothing was recorded yet."),
            say("A lot counts once both checks of it are signed."),
            icon="columns-2",
        )
        add(card.body, self.sentence, 4, self.table, self.nothing, 4)
        card.body.addLayout(line)
        add(card.body, self.left_out)
        inner.addWidget(card)
        self.apart_card = Card(say("Who can be told apart"), say("by intervals that do not overlap"))
        self.apart = Text("", theme.BODY, 400, wrap=True)
        self.weights = Text("", theme.SECONDARY, 400, "text2", wrap=True)
        add(self.apart_card.body, self.apart, 4, self.weights)
        add(inner, self.apart_card, None)

    def show_comparison(self, shown: Shown) -> None:
        """Show suppliers side by side."""
        self._suppliers = shown.suppliers
        self.problems.clear()
        self.sentence.setText(shown.headline)
        self.left_out.setText(shown.left_out)
        self.left_out.setVisible(bool(shown.left_out))
        self.table.show_table(shown.table)
        for part in (self.table, self.printing):
            part.setVisible(shown.table is not None)
        self.nothing.setVisible(shown.table is None)
        self.sentence.setVisible(shown.table is not None)
        self.apart.setText("\n".join(shown.apart))
        self.weights.setText(shown.weights)
        self.apart_card.setVisible(bool(shown.apart))

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._suppliers):
            self.supplier_wanted.emit(self._suppliers[place])
