# SPDX-License-Identifier: Apache-2.0
"""Columns of the suppliers, of one supplier's batches, and of its defects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qcdesk.domain.countries import country_name
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.domain.suppliers import STATUSES, SupplierStatus
from qcdesk.gui import status
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import BatchListRow, SupplierDefectRow, SupplierListRow
from qcdesk.wording import ages, states
from qcdesk.wording.spelling import day, whole
from qcdesk.wording.suppliers import SUPPLIER_WORDS

Today = Callable[[], date]
LOOKS: dict[SupplierStatus, tuple[Shape, Role]] = {
    "approved": ("tick", "text2"),
    "conditional": ("flag", "attention"),
    "blocked": ("octagon", "reject"),
}


def suppliers_model(words: Catalogue, today: Today) -> RowsModel[SupplierListRow]:
    """Return the model of the list."""
    say = words.say
    quiet = Cell(role="text2")

    def last(row: SupplierListRow) -> str:
        return (
            day(ages.local(row.last_batch_at).date(), words, today())
            if row.last_batch_at
            else say("none yet")
        )

    return RowsModel(
        (
            Column(
                say("Supplier"),
                lambda r: r.supplier.name,
                look=lambda r: Cell(
                    weight=600,
                    note=say("the same as {name}", name=r.same_as) if r.same_as else r.supplier.name_latin,
                ),
                wide=0,
            ),
            Column(say("Number"), lambda r: r.supplier.code, look=lambda _: quiet, wide=150),
            Column(
                say("Country"), lambda r: country_name(r.supplier.country), look=lambda _: quiet, wide=110
            ),
            Column(
                say("Status"),
                lambda r: say(SUPPLIER_WORDS[r.status]),
                sort=lambda r: STATUSES.index(r.status),
                look=lambda r: Cell(*LOOKS[r.status], 400 if r.status == "approved" else 600),
                wide=140,
            ),
            Column(say("Batches"), lambda r: str(r.batches), sort=lambda r: r.batches, number=True, wide=100),
            Column(
                say("Defects found"),
                lambda r: str(r.defects),
                sort=lambda r: r.defects,
                number=True,
                wide=130,
            ),
            Column(
                say("Last batch"),
                last,
                sort=lambda r: r.last_batch_at or 0,
                look=lambda _: quiet,
                number=True,
                wide=130,
            ),
        )
    )


def batch_look(row: BatchListRow) -> str:
    """Return the code of the state as it is shown: a hold hides the state below it."""
    said = ("rejected", "disagreed", "withdrawn", "returned", "scrapped")
    return "quarantined" if row.held and row.state not in said else row.state


def batches_model(words: Catalogue, today: Today) -> RowsModel[BatchListRow]:
    """Return the model of a supplier's batches."""
    say = words.say

    def state(row: BatchListRow) -> Cell:
        look = status.look(batch_look(row))
        return Cell(look.shape, look.role, 600 if look.role != "text2" else 400)

    return RowsModel(
        (
            Column(say("Batch"), lambda r: r.number, look=lambda _: Cell(weight=600), wide=135),
            Column(say("Product"), lambda r: r.product, wide=0),
            Column(
                say("Quantity"),
                lambda r: whole(r.quantity, words),
                sort=lambda r: r.quantity,
                number=True,
                wide=90,
            ),
            Column(say("State"), lambda r: status.word(batch_look(r), words), look=state, wide=205, lines=2),
            Column(
                say("Registered"),
                lambda r: day(ages.local(r.registered_at).date(), words, today()),
                sort=lambda r: r.registered_at,
                look=lambda _: Cell(role="text2"),
                number=True,
                wide=110,
            ),
        )
    )


def defects_model(words: Catalogue, today: Today) -> RowsModel[SupplierDefectRow]:
    """Return the model of a supplier's defects, newest first."""
    say = words.say
    return RowsModel(
        (
            Column(say("Defect"), lambda r: r.name, look=lambda r: Cell(weight=600), wide=0),
            Column(say("Code"), lambda r: r.code, look=lambda _: Cell(role="text2"), wide=110),
            Column(
                say("Class"),
                lambda r: states.defect_class(r.defect_class, words),
                sort=lambda r: BY_SERIOUSNESS.index(r.defect_class),
                wide=90,
                lines=2,
            ),
            Column(say("Count"), lambda r: str(r.count), sort=lambda r: r.count, number=True, wide=80),
            Column(
                say("Batch"),
                lambda r: r.number or say("none"),
                look=lambda r: Cell(role="action" if r.batch else "text3", weight=600 if r.batch else 400),
                wide=170,
            ),
            Column(
                say("Found"),
                lambda r: day(r.found_on or ages.local(r.at).date(), words, today()),
                sort=lambda r: (r.found_on or ages.local(r.at).date(), r.at),
                look=lambda _: Cell(role="text2"),
                number=True,
                wide=110,
            ),
        )
    )
