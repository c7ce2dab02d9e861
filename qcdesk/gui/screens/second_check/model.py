# SPDX-License-Identifier: Apache-2.0
"""Columns of the ways of checking."""

from __future__ import annotations

from collections.abc import Callable

from qcdesk.gui import theme
from qcdesk.gui.screens.second_check.rows import WayRow
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.gui.widgets.text import wrapped
from qcdesk.i18n import Catalogue

NOT_YET = "…"


def ways_model(words: Catalogue) -> RowsModel[WayRow]:
    """Return the model: the way, how often such a batch ships by it, and what it costs."""
    say = words.say

    def name(row: WayRow) -> Cell:
        return Cell(role="text", weight=600 if row.led else 400)

    def plain(row: WayRow) -> Cell:
        return Cell(role="text" if row.led else "text2", weight=600 if row.led else 400)

    def quiet(_: WayRow) -> Cell:
        return Cell(role="text2")

    def number(
        heading: str, of: Callable[[WayRow], str], wide: int, look: Callable[[WayRow], Cell] = plain
    ) -> Column[WayRow]:
        lines = "\n".join(wrapped(heading, theme.LABEL, 600, wide - 18, 2))
        return Column(lines, of, look=look, number=True, wide=wide)

    return RowsModel(
        (
            Column(say("Check", context="one inspection"), lambda r: r.name, look=name, wide=0),
            number(say("Batches that ship"), lambda r: r.ships or NOT_YET, 78),
            number(say("95 % interval"), lambda r: r.between, 112, quiet),
            number(say("Units a batch"), lambda r: r.units or NOT_YET, 72),
            number(say("Minutes a batch"), lambda r: r.minutes or NOT_YET, 78),
            number(say("Bad units shipped"), lambda r: r.left or NOT_YET, 86),
            number(say("Cost a batch"), lambda r: r.cost, 78),
        )
    )
