# SPDX-License-Identifier: Apache-2.0
"""Columns of nonconformities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.services.nonconformity_rows import NonconformityRow
from qcdesk.wording import nonconformities

Today = Callable[[], date]


def nonconformities_model(words: Catalogue, today: Today) -> RowsModel[NonconformityRow]:
    """Return the model: number, batch, what it is about, supplier, owner, where it stands."""
    say = words.say

    def stands(row: NonconformityRow) -> Cell:
        if row.nonconformity.overdue(today()):
            return Cell("triangle", "attention", 600)
        return Cell("tick" if row.closed_at is not None else None, "text2")

    return RowsModel(
        (
            Column(
                say("Number"),
                nonconformities.number,
                sort=lambda r: r.number,
                look=lambda _: Cell(weight=600),
                wide=96,
            ),
            Column(say("Batch"), lambda r: r.batch_number, wide=130),
            Column(say("About"), lambda r: nonconformities.about(r, words), wide=0, lines=3),
            Column(say("Supplier"), lambda r: r.supplier_name, wide=190, lines=2),
            Column(say("Owner"), lambda r: r.owner_name, wide=140, lines=2),
            Column(
                say("State"),
                lambda r: nonconformities.stands(r, today(), words),
                sort=lambda r: r.nonconformity.due,
                look=stands,
                wide=190,
                lines=2,
            ),
        )
    )
