# SPDX-License-Identifier: Apache-2.0
"""Suppliers side by side: who stands there, with which weights, and that nobody is ranked whose intervals overlap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcdesk.domain.events import DefectReported, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue
from qcdesk.services.supplier_comparisons import MOST, compared, told_apart
from qcdesk.services.use_cases import UseCases
from qcdesk.store.readers import SqlReaders
from qcdesk.wording import supplier_comparisons as words
from tests.workspace import House

EN = Catalogue()


def use_of(house: House) -> UseCases:
    return replace(house.use, read=SqlReaders(house.database.reading, house.use.look))


def reported(house: House, supplier: str, count: int) -> None:
    report = DefectReported("", "customer", "SCR", "", "minor", count, supplier=supplier)
    house.use.report_defect(house.sittings["linh"], report)


def test_those_with_most_on_record_stand_side_by_side_in_the_order_of_their_codes(house: House) -> None:
    assert compared(use_of(house)).suppliers == ()
    house.approve()
    house.rejected()
    saved = [
        house.use.save_supplier(
            house.sittings["linh"], SupplierSaved("", f"Z{n:02}", f"Xưởng số {n}"), another=True
        )
        for n in range(MOST)
    ]
    for n, one in enumerate(saved, 1):
        reported(house, one.supplier, n)
    found = compared(use_of(house))
    codes = [one.supplier.code for one in found.suppliers]
    assert codes == sorted([house.supplier.code, *(one.code for one in saved[1:])]) and found.left_out == 1
    asked = compared(use_of(house), (saved[0].code, house.supplier.code))
    assert [one.supplier.code for one in asked.suppliers] == sorted((saved[0].code, house.supplier.code))
    assert asked.left_out == MOST - 1


def test_a_weight_counts_for_all_of_them(house: House) -> None:
    house.approve()
    house.rejected()
    usual, heavy = compared(use_of(house)), compared(use_of(house), weights={"acceptance": 100})
    first, second = usual.suppliers[0].card.total, heavy.suppliers[0].card.total
    assert first is not None and second is not None and second.share < first.share
    assert "Lots accepted at first 100" in words.weights_line(heavy, EN)


def test_nobody_unknown_and_no_more_than_a_page_holds(house: House) -> None:
    with pytest.raises(BadInput, match="unknown_supplier"):
        compared(use_of(house), ("NOBODY",))
    saved = [
        house.use.save_supplier(
            house.sittings["linh"], SupplierSaved("", f"Z{n:02}", f"Xưởng số {n}"), another=True
        )
        for n in range(MOST + 1)
    ]
    with pytest.raises(BadInput, match="too_many_suppliers"):
        compared(use_of(house), [one.code for one in saved])


def test_those_are_told_apart_whose_intervals_do_not_touch() -> None:
    found = told_apart({"A": (0.0, 0.2), "B": (0.1, 0.3), "C": (0.25, 0.5)})
    assert (found.pairs, found.groups) == ((("A", "C"),), (("A", "B"), ("B", "C")))
    assert told_apart({"A": (0.0, 0.2), "B": (0.2, 0.3)}).pairs == ()


def test_the_sentence_says_who_cannot_be_told_apart(house: House) -> None:
    house.approve()
    house.rejected()
    house.accepted()
    other = house.use.save_supplier(house.sittings["linh"], SupplierSaved("", "S2", "Nhà máy B"))
    house.accepted(supplier=other.supplier)
    found = compared(use_of(house))
    (line,) = words.apart_lines(found, EN)
    assert line.startswith("No two of them can be told apart by: Lots accepted at first, ")
    table = words.table_of(found, EN)
    assert table is not None and table.columns[1].title == "Lots accepted at first"
    cell = table.rows[0][2][1]
    assert cell is not None and cell.high is not None and cell.low <= cell.value <= cell.high


def test_a_scale_ends_at_a_round_number_and_those_apart_are_named(house: House) -> None:
    house.approve()
    for supplier in ("", "S2", "S3"):
        more = {}
        if supplier:
            saved = house.use.save_supplier(
                house.sittings["linh"], SupplierSaved("", supplier, f"Nhà máy {supplier}")
            )
            more = {"supplier": saved.supplier}
        for _ in range(3):
            bad = dict.fromkeys(range(1, 5), "SCR") if supplier == "S3" else {}
            batch = house.batch(quantity=80, **more)
            for login in ("linh", "som"):
                house.check(login, batch, bad)
    found = compared(use_of(house))
    lines = words.apart_lines(found, EN)
    first = house.supplier.code
    assert any(f"{first} from S3, S2 from S3" in line for line in lines)
    table = words.table_of(found, EN)
    assert table is not None
    tops = {column.title: column.note for column in table.columns}
    assert tops["Weighted mean"] == tops["Lots accepted at first"] == "0 to 100 %"
    assert tops["Returned or scrapped"] == "0 to 2 %"
    assert set(tops["Critical defects, per million"].removeprefix("0 to ").replace(",", "")[1:]) == {"0"}
