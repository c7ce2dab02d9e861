# SPDX-License-Identifier: Apache-2.0
"""Columns of the list of procedures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qcdesk.gui import status
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import ProcedureListRow
from qcdesk.wording.spelling import day


def standing(row: ProcedureListRow) -> str:
    """Return the code of how a version stands: an approved one past its review is overdue."""
    return "overdue" if row.overdue and row.version.state == "approved" else row.version.state


def procedures_model(words: Catalogue, today: Callable[[], date]) -> RowsModel[ProcedureListRow]:
    """Return the model: code and version, title, products, owner, review, state."""
    say = words.say
    quiet = Cell(role="text2")

    def state(row: ProcedureListRow) -> Cell:
        look = status.look(standing(row))
        return Cell(look.shape, look.role, 600 if look.role == "attention" else 400)

    def faded(row: ProcedureListRow) -> Cell:
        return Cell(role="text3" if row.version.state == "retired" else "text2")

    return RowsModel(
        (
            Column(
                say("Procedure"),
                lambda r: say("{code} v{version}", code=r.version.code, version=r.version.version),
                sort=lambda r: (r.version.code, -r.version.version),
                look=lambda r: Cell(role="text3" if r.version.state == "retired" else "text", weight=600),
                wide=150,
            ),
            Column(say("Title"), lambda r: r.version.content.title, look=faded, wide=0),
            Column(say("Products"), lambda r: ", ".join(r.version.content.products), look=faded, wide=220),
            Column(say("Owner"), lambda r: r.version.content.owner, look=lambda _: quiet, wide=180),
            Column(
                say("Review by"),
                lambda r: day(r.version.content.review_by, words, today()),
                sort=lambda r: r.version.content.review_by,
                look=lambda _: quiet,
                wide=130,
            ),
            Column(say("State"), lambda r: status.word(standing(r), words), look=state, wide=170),
        )
    )
