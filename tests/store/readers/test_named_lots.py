# SPDX-License-Identifier: Apache-2.0
"""A batch that a report names as a lot of its supplier is told so, and nothing is put down by itself."""

from __future__ import annotations

from datetime import date

import pytest

from qcdesk.domain.events import DefectReported, SupplierSaved
from qcdesk.services.named_lots import lots_in
from qcdesk.store.readers import SqlReaders
from tests.workspace import House


@pytest.mark.parametrize(
    ("note", "lots"),
    [
        ("Lots: A1001, A_02", ("A1001", "A_02")),
        ("Lots: A1001\nall over the country", ("A1001",)),
        ("about Lots: A1001", ()),
        ("", ()),
    ],
)
def test_the_lots_of_a_report_stand_on_the_first_line_of_its_note(note: str, lots: tuple[str, ...]) -> None:
    assert lots_in(note) == lots


def report(house: House, note: str, supplier: str) -> None:
    said = DefectReported("", "recalls", "CRK", "", "critical", supplier=supplier, note=note,
                          reference="F-1", found_on=date(2026, 1, 5))  # fmt: skip
    house.use.report_defect(house.sittings["linh"], said)


def test_a_batch_that_a_report_of_its_supplier_names_is_told_so_on_both_pages(house: House) -> None:
    linh, one = house.sittings["linh"], house.supplier.supplier
    two = house.use.save_supplier(linh, SupplierSaved("", "S2", "Other Works")).supplier
    for number, supplier in (("A_02", one), ("AX02", one), ("B1", one), ("A_02B", one), ("C1", two)):
        house.batch(number, supplier=supplier)
    report(house, "Lots: A_02, C1\nAX02 is not meant", one)
    report(house, "no lots: B1", one)
    read = SqlReaders(house.database.reading, house.use.look)

    def of(number: str) -> list[tuple[str, str]]:
        with house.use.look() as uow:
            batch = uow.batch(number).id
        page = read.batch(batch, house.id("som"), house.clock.now())
        return [(lot.number, lot.reference) for lot in page.named]

    assert of("A_02") == [("A_02", "F-1")]
    assert of("AX02") == of("A_02B") == of("B1") == of("C1") == []
    assert [lot.number for lot in read.supplier(one).named] == ["A_02"]
    assert read.supplier(two).named == ()
    house.use.merge_suppliers(house.hands["linh"], house.hands["som"], "S2", "S1", "one firm")
    assert of("C1") == [("C1", "F-1")]  # of whoever is the same, too
    assert {lot.number for lot in read.supplier(two).named} == {"A_02", "C1"}
