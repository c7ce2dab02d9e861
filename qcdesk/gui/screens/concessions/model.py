# SPDX-License-Identifier: Apache-2.0
"""Columns of the concessions, and of what was conceded of each supplier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.services.concession_rows import ConcededRow, ConcessionRow, ConcessionStanding
from qcdesk.wording import concessions
from qcdesk.wording.spelling import day, whole

Today = Callable[[], date]
_ROLES: Mapping[ConcessionStanding, Role] = {
    "asked": "attention",
    "approved": "accept",
    "refused": "reject",
    "ended": "text2",
    "used_up": "text2",
    "expired": "hold",
}


def concessions_model(words: Catalogue, today: Today) -> RowsModel[ConcessionRow]:
    """Return the model of the concessions, newest first."""
    say = words.say
    return RowsModel(
        (
            Column(
                say("Batch"), lambda r: r.number, look=lambda _: Cell(role="action", weight=600), wide=130
            ),
            Column(say("Product"), lambda r: r.product_name or r.product, wide=150, lines=2),
            Column(say("Supplier"), lambda r: r.supplier_name or say("own goods"), wide=190, lines=2),
            Column(
                say("Units"),
                lambda r: whole(r.quantity, words),
                sort=lambda r: r.quantity,
                number=True,
                wide=70,
            ),
            Column(
                say("Until"),
                lambda r: day(r.until, words, today()),
                sort=lambda r: r.until.toordinal(),
                wide=96,
            ),
            Column(
                say("State"),
                lambda r: concessions.standing(r, words),
                look=lambda r: Cell(role=_ROLES[r.standing], weight=600),
                wide=100,
                lines=2,
            ),
            Column(say("Deviation"), lambda r: r.deviation, wide=0, lines=2),
        )
    )


def budgets_model(words: Catalogue) -> RowsModel[ConcededRow]:
    """Return the model of what was conceded of each supplier."""
    say = words.say
    return RowsModel(
        (
            Column(say("Supplier"), lambda r: r.name, look=lambda _: Cell(weight=600), wide=340, lines=2),
            Column(
                say("Units conceded"),
                lambda r: whole(r.units, words),
                sort=lambda r: r.units,
                number=True,
                wide=130,
            ),
            Column(say("Budget"), lambda r: concessions.budget(r, words), wide=0, lines=2),
        )
    )
