# SPDX-License-Identifier: Apache-2.0
"""Master data as lists, and a supplier with nothing that an uncompared check found."""

from __future__ import annotations

from datetime import date

import pytest

from qcdesk.domain.events import DefectReported, InstrumentSaved, Resolution, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.services.record_entries import Entries, NewFinding, Withdraw
from qcdesk.services.rows import SupplierPage
from tests.workspace import House


def supplier(house: House) -> SupplierPage:
    return house.use.read.supplier("S1")


def listed(house: House) -> int:
    (row,) = [row for row in house.use.read.suppliers() if row.supplier.code == "S1"]
    assert row.defects == supplier(house).defect_total
    return row.defects


def test_wall_holds_active_people_with_a_login(house: House) -> None:
    house.maker("Tư")
    house.enrol("tu", "Trần Tú")
    house.use.suspend(house.hands["linh"], house.id("tu"), "left")
    rows = house.use.read.wall()
    assert {row.login for row in rows} == {"linh", "som"}
    assert all(row.last_signed_in for row in rows)


def test_people_hold_listed_ones_and_who_enrolled_them(house: House) -> None:
    house.maker("Tư")
    house.enrol("tu", "Trần Tú")
    found = {row.person.name: row for row in house.use.read.people()}
    assert found["Tư"].person.status == "listed"
    assert set(found["Trần Tú"].enrolled_by) == {"Nguyễn Thị Linh", "สมชาย ศรีสุข"}
    assert found["Trần Tú"].since > 0


def test_defects_of_an_uncompared_round_do_not_show(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "DEN"})
    assert (supplier(house).defects, supplier(house).totals, listed(house)) == ((), (), 0)
    house.check("som", batch, {1: "DEN"})
    assert listed(house) == 1


def test_defect_found_by_both_counts_once(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "DEN", 2: "SCR"})
    house.check("som", batch, {1: "DEN", 3: "SCR"})
    page = supplier(house)
    assert [(t.code, t.name, t.count) for t in page.totals] == [("SCR", "Scratch", 2), ("DEN", "Dent", 1)]
    assert {(d.number, d.source) for d in page.defects} == {(batch, "check")}


def test_reading_out_of_limits_is_a_defect_of_its_characteristic(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, readings={1: "12.50"})
    house.check("som", batch, readings={1: "12.50"})
    assert [(d.code, d.name, d.count) for d in supplier(house).defects] == [("DIA", "Bore", 1)]


def test_withdrawn_finding_is_no_defect(house: House) -> None:
    batch = house.batch()
    started = house.start("linh", batch)
    house.record("linh", started)
    saved = house.use.record(house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "SCR"),)))
    house.use.record(
        house.sittings["linh"], Entries(started.check, withdraw=(Withdraw(saved.findings[0].id, "slip"),))
    )
    house.sign("linh", started)
    house.check("som", batch)
    assert listed(house) == 0


def test_what_two_disagree_on_is_listed_once_it_is_settled_and_what_a_third_refuted_is_no_defect(
    house: House,
) -> None:
    house.enrol("tu", "Trần Tú", "inspector", "arbiter")
    batch = house.batch()
    house.check("linh", batch, {2: "DEN"})
    house.check("som", batch, {1: "CRK", 2: "DEN"})
    assert (listed(house), supplier(house).defects) == (0, ())
    started = house.start("tu", batch)
    settled = (Resolution(1, "CRK", "critical", 1, holds=False),)
    house.use.resolve(house.sittings["tu"], started.check, settled)
    house.use.decide(house.hands["tu"], started.check)
    assert [d.code for d in supplier(house).defects] == ["DEN"]
    assert listed(house) == 1


def test_findings_of_a_check_taken_back_do_not_count(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "SCR"})
    signed = house.check("som", batch, {2: "SCR"})
    assert listed(house) == 2
    house.use.retract_check(house.hands["som"], signed.fact.check, "wrong goods")
    assert (listed(house), supplier(house).defects) == (0, ()), "nothing is settled any more"


def test_defects_reported_from_outside_show_at_once(house: House) -> None:
    batch = house.use.read.batch_by_number(house.batch("DA-9"))
    for reported in (
        DefectReported("", "RASFF", "SCR", "", "minor", 3, supplier=house.supplier.supplier, reference="R-1"),
        DefectReported("", "customer", "XX", "Smell", "major", 1, batch=batch),
    ):
        house.use.report_defect(house.sittings["linh"], reported)
    newest, older = supplier(house).defects
    assert (newest.code, newest.name, newest.number, newest.source) == ("XX", "Smell", "DA-9", "customer")
    assert (older.name, older.number, older.count, older.batch) == ("Scratch", "R-1", 3, None)
    assert listed(house) == 4


def test_defects_of_another_supplier_do_not_show(house: House) -> None:
    other = house.use.save_supplier(house.sittings["linh"], SupplierSaved("", "S2", "重庆精密"))
    batch = house.batch(supplier=other.supplier)
    house.check("linh", batch, {1: "DEN"})
    house.check("som", batch, {1: "DEN"})
    assert listed(house) == 0
    assert house.use.read.supplier(other.supplier).defect_total == 1


def test_supplier_lists_its_batches_newest_first(house: House) -> None:
    house.batch("A-1")
    house.batch("A-2")
    page = supplier(house)
    assert [row.number for row in page.batches] == ["A-2", "A-1"]
    (row,) = [row for row in house.use.read.suppliers() if row.supplier.code == "S1"]
    assert (page.batch_total, row.batches) == (2, 2)
    assert row.last_batch_at == page.batches[0].registered_at


def test_unknown_supplier_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match="unknown_supplier"):
        house.use.read.supplier("nobody")


def test_procedures_are_listed_newest_first_with_names_and_overdue_said(house: House) -> None:
    house.approve(title="Housing cover, second version")
    newest, older = house.use.read.procedures(date(2027, 1, 2))
    assert (newest.version.version, older.version.version) == (2, 1)
    assert (newest.author_name, newest.approved_by_name) == ("Nguyễn Thị Linh", "สมชาย ศรีสุข")
    assert (newest.overdue, older.overdue) == (True, False)
    assert not house.use.read.procedures(date(2027, 1, 1))[0].overdue


def test_masters_come_back_as_they_were_saved(house: House) -> None:
    saved = house.use.save_instrument(
        house.sittings["linh"], InstrumentSaved("", "C-14", "caliper", date(2026, 6, 1))
    )
    assert house.use.read.instruments() == (saved,)
    assert house.use.read.products() == (house.product,)
    assert [code.code for code in house.use.read.defect_codes()] == ["CRK", "DEN", "SCR"]
    assert house.use.read.shop().name == "Cơ khí Sông Hồng"


def test_early_looks_at_a_first_check_are_told(house: House) -> None:
    house.enrol("own", "Ola Owner", "planner")
    batch = house.batch()
    signed = house.check("linh", batch)
    house.use.look_at_first(house.sittings["own"], batch, "screen")
    assert [seen.what for seen in house.use.read.first_seen(signed.fact.round)] == ["screen"]
