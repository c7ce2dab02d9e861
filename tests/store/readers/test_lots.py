# SPDX-License-Identifier: Apache-2.0
"""The last lots show only what has a final verdict, and of each what both checks found together."""

from __future__ import annotations

from qcdesk.domain.events import Resolution, SupplierSaved
from qcdesk.services.lot_rows import LotRow
from qcdesk.services.use_cases import UseCases
from tests.store.readers.conftest import Collected
from tests.workspace import House


def lots(house: House) -> tuple[LotRow, ...]:
    return house.use.read.lots(house.supplier.supplier, (house.product.code,))


def found(lot: LotRow) -> dict[str, int]:
    return {one.defect_class: one.counted for one in lot.classes}


def test_lot_shows_what_both_found_together(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "DEN", 2: "SCR"})
    house.check("som", batch, {1: "DEN", 3: "SCR"})
    (lot,) = lots(house)
    assert (lot.number, lot.lot_size, found(lot)) == (batch, 20, {"critical": 0, "major": 1, "minor": 2})
    assert all(one.n for one in lot.classes)
    assert lot.units > 0


def test_lot_without_a_second_signature_does_not_show(house: House) -> None:
    batch = house.batch()
    assert lots(house) == ()
    house.check("linh", batch)
    assert lots(house) == ()
    started = house.start("som", batch)
    house.record("som", started)
    assert lots(house) == ()
    house.sign("som", started)
    assert [lot.number for lot in lots(house)] == [batch]


def test_lot_that_nobody_settled_does_not_show(house: House) -> None:
    batch = house.disagreed()
    assert lots(house) == ()
    house.use.reject_after_all(house.hands["linh"], batch, "a crack is a crack")
    assert [found(lot)["critical"] for lot in lots(house)] == [1]


def test_lot_that_a_third_settled_counts_as_settled(house: House) -> None:
    batch = house.disagreed()
    house.enrol("tu", "Trần Tú", "inspector", "arbiter")
    started = house.start("tu", batch)
    house.use.resolve(
        house.sittings["tu"], started.check, (Resolution(1, "CRK", "critical", 1, holds=False),)
    )
    assert lots(house) == ()
    house.use.decide(house.hands["tu"], started.check)
    assert [found(lot)["critical"] for lot in lots(house)] == [0]


def test_lot_whose_check_was_taken_back_does_not_show(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    second = house.check("som", batch)
    assert len(lots(house)) == 1
    house.use.retract_check(house.hands["som"], second.fact.check, "looked at the wrong pallet")
    assert lots(house) == ()


def test_lots_come_newest_first_and_no_more_than_asked_for(house: House) -> None:
    first, second, third = (house.accepted() for _ in range(3))
    assert [lot.number for lot in lots(house)] == [third, second, first]
    assert [lot.number for lot in house.use.read.lots(last=2)] == [third, second]


def test_lots_of_others_do_not_show(house: House) -> None:
    other = house.use.save_supplier(house.sittings["linh"], SupplierSaved("", "S2", "重庆精密"))
    house.accepted(supplier=other.supplier)
    assert lots(house) == ()
    assert len(house.use.read.lots(other.supplier)) == 1
    assert house.use.read.lots(products=("nothing",)) == ()
    assert len(house.use.read.lots(products=(house.product.code,))) == 1


def test_lot_counts_once_with_its_original_inspection(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    house.check("som", batch, {1: "CRK"})
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld it")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Tư"),))
    house.check("linh", batch)
    house.check("som", batch)
    assert [found(lot)["critical"] for lot in lots(house)] == [1]


def test_suppliers_are_those_that_delivered(house: House, use: UseCases) -> None:
    use.save_supplier(house.sittings["linh"], SupplierSaved("", "S2", "重庆精密"))
    assert use.read.lot_suppliers() == ()
    house.batch()
    assert [one.supplier for one in use.read.lot_suppliers()] == [house.supplier.supplier]


def test_lots_ask_for_no_entry_of_a_check(house: House, statements: Collected) -> None:
    house.accepted()
    with statements() as heard:
        lots(house)
    said = " ".join(statement for statement, _ in heard)
    assert said
    assert all(table not in said for table in ("finding", "reading", "unit_result"))
