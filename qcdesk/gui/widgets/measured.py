# SPDX-License-Identifier: Apache-2.0
"""Readings of two people beside each other: one in large with its limits, and all as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from qcdesk.gui import theme
from qcdesk.gui.measured_pairs import MeasuredCell, MeasuredPair
from qcdesk.gui.widgets.cards import Card, add, column, row
from qcdesk.gui.widgets.charts import LimitsBar
from qcdesk.gui.widgets.chips import ShapeMark
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel, Table
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue

_ROW_PX, _HEAD_PX, _MOST_ROWS = 52, 36, 8


class PairPanel(QWidget):
    """What both measured of one characteristic of one unit, on one scale, so that the discs can be compared."""

    def __init__(self, pair: MeasuredPair, names: tuple[str, str], words: Catalogue) -> None:
        super().__init__()
        layout = column(4)
        self.setLayout(layout)
        said = words.say("{name}: {limits}", name=pair.name, limits=pair.limits_words)
        layout.addWidget(secondary(said, "text2", wrap=True))
        both = row(20)
        layout.addLayout(both)
        marks = tuple(cell.at for cell in (pair.first, pair.second) if cell is not None)
        for name, cell in zip(names, (pair.first, pair.second), strict=True):
            side = column(2)
            side.addWidget(Text(name, theme.SECONDARY, 500, "text2"))
            if cell is None:
                add(side, Text(words.say("not measured"), theme.BODY, 400, "text2"), None)
            else:
                side.addLayout(_value(cell))
                bar = LimitsBar()
                bar.show_reading(
                    pair.limits, cell.at, f"{name}, {cell.value}, {cell.note}, {pair.limits_words}", marks
                )
                side.addWidget(bar)
            both.addLayout(side, 1)
        self.setAccessibleName(said)


def _value(cell: MeasuredCell) -> QHBoxLayout:
    line = row(8)
    if cell.outside:
        line.addWidget(ShapeMark("octagon", "reject", 18))
    ink: theme.Role = "reject" if cell.outside else "text"
    add(line, Text(cell.value, theme.CARD, 600, ink), Text(cell.note, theme.SECONDARY, 400, "text2"), None)
    return line


class MeasuredCard(Card):
    """Every reading of both, out of limits first; it is as high as its rows, up to some."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__(words.say("What both measured"), " ")
        self._words = words
        self._names = ("", "")
        self.table: Table | None = None
        self.hide()

    def show_pairs(self, pairs: Sequence[MeasuredPair], names: tuple[str, str]) -> None:
        """Show them; nothing where nothing is measured."""
        self.setVisible(bool(pairs))
        if self.table is None or names != self._names:
            if self.table is not None:
                self.body.removeWidget(self.table)
                self.table.deleteLater()
            self._names = names
            self.table = Table(
                measured_model(self._words, names), self._words.say("What both measured"), row_px=_ROW_PX
            )
            self.body.addWidget(self.table)
        out = sum(1 for pair in pairs if pair.outside)
        self.note.setText(
            self._words.count(
                "{n} reading out of limits by either", "{n} readings out of limits by either", out
            )
            if out
            else self._words.say("every reading is inside its limits")
        )
        self.table.rows.show_rows(pairs)
        self.table.setFixedHeight(_HEAD_PX + min(len(pairs), _MOST_ROWS) * _ROW_PX + 4)


def measured_model(words: Catalogue, names: tuple[str, str]) -> RowsModel[MeasuredPair]:
    """Return the model: unit, what was measured with its limits, either's reading, by how much they differ."""
    say = words.say

    def reading(cell: MeasuredCell | None) -> str:
        return say("not measured") if cell is None else cell.value

    def look(cell: MeasuredCell | None) -> Cell:
        if cell is None:
            return Cell(role="text2")
        if cell.outside:
            return Cell("octagon", "reject", 600, cell.note)
        return Cell("tick", "text", 500, cell.instrument)

    return RowsModel(
        (
            Column(
                say("Unit"),
                lambda p: p.unit,
                sort=lambda p: p.number,
                look=lambda _: Cell(weight=600),
                wide=80,
            ),
            Column(
                say("Measured", context="heading"),
                lambda p: p.name,
                look=lambda p: Cell(note=p.limits_words),
                wide=0,
            ),
            Column(names[0], lambda p: reading(p.first), look=lambda p: look(p.first), wide=190),
            Column(names[1], lambda p: reading(p.second), look=lambda p: look(p.second), wide=190),
            Column(say("Apart"), lambda p: p.apart, look=lambda _: Cell(role="text2"), wide=78),
        )
    )
