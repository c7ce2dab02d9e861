# SPDX-License-Identifier: Apache-2.0
"""Columns of the plans that are compared."""

from __future__ import annotations

from qcdesk.gui import theme
from qcdesk.gui.screens.explorer.rows import PlanRow
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.gui.widgets.text import wrapped
from qcdesk.i18n import Catalogue


def plans_model(words: Catalogue) -> RowsModel[PlanRow]:
    """Return the model: the plan, what it passes, what is left after sorting, and what it costs."""
    say = words.say

    def heading(words: str, wide: int) -> str:
        return "\n".join(wrapped(words, theme.LABEL, 600, wide - 18, 2))

    def name(row: PlanRow) -> Cell:
        return Cell("tick" if row.here else None, "action" if row.here else "text", 600 if row.here else 500)

    def plain(row: PlanRow) -> Cell:
        return Cell(role="text" if row.here else "text2", weight=600 if row.here else 400)

    return RowsModel(
        (
            Column(
                say("Plan"),
                lambda r: say("{plan} · {how}", plan=r.name, how=r.how) if r.how else r.name,
                look=name,
                wide=0,
            ),
            Column(heading(say("Passes 95 in 100"), 98), lambda r: r.good, look=plain, number=True, wide=98),
            Column(heading(say("Passes 10 in 100"), 98), lambda r: r.bad, look=plain, number=True, wide=98),
            Column(
                heading(say("Worst after sorting"), 102), lambda r: r.worst, look=plain, number=True, wide=102
            ),
            Column(heading(say("Units on average"), 98), lambda r: r.units, look=plain, number=True, wide=98),
            Column(heading(say("Time per check"), 102), lambda r: r.time, look=plain, number=True, wide=102),
        )
    )
