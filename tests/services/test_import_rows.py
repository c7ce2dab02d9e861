# SPDX-License-Identifier: Apache-2.0
"""Rows come in all together or not at all; the same rows again write nothing; look-alikes are asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qcdesk.domain.events import SupplierSaved
from qcdesk.domain.imports import (
    BatchRow,
    CatalogueRow,
    DefectRow,
    ImportKind,
    ImportPlan,
    ImportRow,
    PersonRow,
    ProductRow,
    RowProblem,
    SupplierRow,
)
from qcdesk.domain.log import Event
from qcdesk.domain.refusals import ReadsOnly
from qcdesk.services.import_rows import import_rows
from qcdesk.services.ports import ImportResult
from qcdesk.store.verification import verify
from tests.workspace import PRODUCT, House, standing


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = standing(tmp_path)
    yield made
    made.database.dispose()


KINDS: dict[type[ImportRow], ImportKind] = {
    SupplierRow: "suppliers",
    ProductRow: "products",
    PersonRow: "people",
    BatchRow: "batches",
    DefectRow: "defects",
    CatalogueRow: "catalogue",
}


def bring(
    house: House,
    *rows: ImportRow,
    by: str = "linh",
    plan: ImportPlan | None = None,
    **options: Any,  # noqa: ANN401
) -> ImportResult:
    kind = KINDS[type(rows[0])]
    return import_rows(
        house.use.begin(),
        house.use.ids,
        house.sittings[by].hand,
        plan or ImportPlan(kind, rows, read=len(rows)),
        kind=kind,
        file_name="list.csv",
        sha256="a" * 64,
        mapping_sha256=None,
        on=house.clock.today(),
        **options,
    )


def counts(result: ImportResult) -> tuple[int, int, int]:
    assert result.errors == ()
    return result.created, result.updated, result.unchanged


def problems(result: ImportResult) -> list[tuple[int, str, str, str]]:
    assert (result.created, result.updated, result.unchanged) == (0, 0, 0)
    return [(e.row, e.column, e.value, e.problem) for e in result.errors]


def asked(result: ImportResult) -> list[tuple[int, str, object]]:
    return [(q.row, q.problem, q.facts.get("other")) for q in result.questions]


def events(house: House) -> list[str]:
    with house.database.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT type FROM line ORDER BY seq")]


def suppliers(house: House) -> dict[str, SupplierSaved]:
    with house.use.look() as uow:
        return {s.code: s for s in uow.suppliers()}


# All or none ------------------------------------------------------------------------------------------------------


def test_an_import_is_one_event_and_one_for_each_row_it_changes(house: House) -> None:
    before = len(events(house))
    assert counts(bring(house, SupplierRow(2, "Đặng & Co", country="VN"), SupplierRow(3, "重庆长安"))) == (
        2,
        0,
        0,
    )
    assert events(house)[before:] == ["import.done", "supplier.saved", "supplier.saved"]
    assert verify(house.database).ok


def test_the_same_rows_again_write_nothing(house: House) -> None:
    every: tuple[tuple[ImportRow, ...], ...] = (
        (SupplierRow(2, "A", country="VN"), SupplierRow(3, "B", code="B-9", note="n")),
        (ProductRow(2, "P1", "Part", "A", "pair"), ProductRow(3, "P2", "Other")),
        (PersonRow(2, "Anh", staff="77"), PersonRow(3, "Bình")),
        (CatalogueRow(2, "BUR", "Burr", "minor", (("vi", "Ba via"),)),),
        (
            BatchRow(2, "L-1", "P1", 20, "A", made_on=date(2026, 1, 2)),
            BatchRow(3, "L-2", "P2", 9, line="Line 1"),
        ),
        (DefectRow(2, "BUR", "Customer", "L-1", count=3, reference="R1"), DefectRow(3, "BUR", "Customer")),
    )
    for rows in every:
        assert counts(bring(house, *rows)) == (len(rows), 0, 0)
    before = events(house)
    for rows in every:
        assert counts(bring(house, *rows)) == (0, 0, len(rows))
    assert events(house) == before


def test_with_one_row_refused_none_is_taken_and_every_problem_is_named(house: House) -> None:
    before = events(house)
    result = bring(
        house,
        BatchRow(2, "L-1", PRODUCT, 20, "S1"),
        BatchRow(3, "L-2", "NONE", 20, "S9"),
        BatchRow(4, "L-3", PRODUCT, 1, "S1"),
        BatchRow(5, "L-4", PRODUCT, 20),
        columns={"product": "Part no.", "supplier": "Vendor", "quantity": "Qty"},
    )
    assert problems(result) == [
        (3, "Part no.", "NONE", "unknown_product"),
        (3, "Vendor", "S9", "unknown_supplier"),
        (4, "Qty", "1", "lot_too_small"),
        (5, "Vendor", "", "supplier_or_line"),
    ]
    assert events(house) == before


def test_a_trial_says_what_would_happen_and_changes_nothing(house: House) -> None:
    before = events(house)
    assert counts(bring(house, SupplierRow(2, "New"), SupplierRow(3, "Cơ khí Đông Á"), dry_run=True)) == (
        1,
        0,
        1,
    )
    assert events(house) == before


def test_problems_of_the_file_are_passed_on_and_nothing_is_taken(house: House) -> None:
    plan = ImportPlan("suppliers", (), (RowProblem(4, "name", "x\u202e", "character"),), read=9)
    result = import_rows(
        house.use.begin(),
        house.use.ids,
        house.sittings["linh"].hand,
        plan,
        kind="suppliers",
        file_name="f.csv",
        sha256="0" * 64,
        mapping_sha256=None,
        on=house.clock.today(),
    )
    assert problems(result) == [(4, "name", "x\u202e", "character")] and result.read == 9


def test_an_auditor_imports_nothing(house: House) -> None:
    house.enrol("kim", "Kim", "auditor")
    with pytest.raises(ReadsOnly):
        bring(house, SupplierRow(2, "A"), by="kim")


# Suppliers --------------------------------------------------------------------------------------------------------


def test_a_supplier_without_a_code_is_given_the_next_number(house: House) -> None:
    bring(house, SupplierRow(2, "A"), SupplierRow(3, "B", code="S-0041"), SupplierRow(4, "C"))
    assert {"S-0042", "S-0041", "S-0043"} < suppliers(house).keys()
    bring(house, SupplierRow(2, "D"))
    assert suppliers(house)["S-0044"].name == "D"


def test_a_supplier_is_found_by_code_and_an_empty_cell_keeps_what_is_there(house: House) -> None:
    assert counts(bring(house, SupplierRow(2, "Cơ khí Đông Á", code="S1", address="12 Hàng Bài"))) == (
        0,
        1,
        0,
    )
    saved = suppliers(house)["S1"]
    assert (saved.address, saved.country, saved.supplier) == ("12 Hàng Bài", "VN", house.supplier.supplier)


def test_a_supplier_without_a_code_is_found_by_name_and_country(house: House) -> None:
    assert counts(bring(house, SupplierRow(2, "Cơ khí Đông Á", country="VN", note="moved"))) == (0, 1, 0)
    result = bring(house, SupplierRow(2, "Cơ khí Đông Á", country="TH"))
    assert counts(result) == (1, 0, 0)
    assert asked(result) == [(2, "name_exists", "S1")]


def test_two_sites_of_one_company_stay_two(house: House) -> None:
    rows = (
        SupplierRow(2, "X", country="CN", address="Road 1"),
        SupplierRow(3, "X", country="CN", address="Road 2"),
    )
    assert counts(bring(house, *rows)) == (2, 0, 0)
    assert counts(bring(house, *reversed(rows))) == (0, 0, 2)
    assert problems(bring(house, SupplierRow(2, "X", country="CN"))) == [(2, "name", "X", "supplier_unclear")]


def test_a_look_alike_is_refused_until_a_person_says_that_it_is_another(house: House) -> None:
    bring(house, SupplierRow(2, "OPEC Tools"))
    row = SupplierRow(2, "ОРЕС Tools")  # Cyrillic
    assert problems(bring(house, row)) == [(2, "name", "ОРЕС Tools", "like_existing")]
    assert problems(bring(house, row, another=("OPEC Tools",))) != []  # the other one's name says nothing
    assert counts(bring(house, row, another=("ОРЕС  Tools ",))) == (1, 0, 0)
    with house.use.look() as uow:
        assert {s.name for s in uow.suppliers()} >= {"OPEC Tools", "ОРЕС Tools"}
    with house.database.reading() as connection:
        body = connection.exec_driver_sql(
            "SELECT e.body FROM event e JOIN line l ON l.seq = e.seq WHERE l.type = 'import.done' ORDER BY e.seq DESC"
        ).scalar()
    assert Event.from_bytes(bytes(body or b"")).body["another"] == ["ОРЕС Tools"]


def test_a_code_of_a_supplier_that_reads_like_another_is_refused_too(house: House) -> None:
    bring(house, SupplierRow(2, "Acme", code="S-10"))
    row = SupplierRow(2, "Other", code="S-1O")
    assert problems(bring(house, row)) == [(2, "code", "S-1O", "like_existing")]
    assert counts(bring(house, row, another=("S-1O",))) == (1, 0, 0)


def test_what_was_said_to_be_another_one_is_not_asked_again(house: House) -> None:
    rows = (SupplierRow(2, "OPEC Tools"), SupplierRow(3, "ОРЕС Tools"))
    for row in rows:
        bring(house, row, another=("ОРЕС Tools",))
    assert counts(bring(house, *rows)) == (0, 0, 2)


# Products, people, catalogue --------------------------------------------------------------------------------------


def test_a_product_is_found_by_code_and_revision(house: House) -> None:
    assert counts(bring(house, ProductRow(2, PRODUCT, "Housing cover", "C"))) == (0, 0, 1)
    assert counts(
        bring(house, ProductRow(2, PRODUCT, "Cover", "C"), ProductRow(3, PRODUCT, "Cover", "D"))
    ) == (1, 1, 0)


def test_people_are_listed_and_never_enrolled(house: House) -> None:
    result = bring(house, PersonRow(2, "Anh", staff="77", login="anh"))
    assert counts(result) == (1, 0, 0)
    assert [q.problem for q in result.questions] == ["login_not_kept"]
    with house.use.look() as uow:
        person = next(p for p in uow.people() if p.name == "Anh")
    assert (person.status, person.login, person.staff, person.roles) == ("listed", None, "77", ())


def test_a_staff_number_of_another_name_is_refused(house: House) -> None:
    bring(house, PersonRow(2, "Anh", staff="77"))
    assert problems(bring(house, PersonRow(2, "Ánh", staff="77"))) == [(2, "name", "Ánh", "staff_differs")]
    with house.use.look() as uow:
        som = uow.person("som")
    wrong = bring(house, PersonRow(2, som.name, login="som", staff="9999"))
    assert problems(wrong) == [(2, "login", "som", "login_differs")]


def test_a_catalogue_row_keeps_names_of_other_languages_and_retirement(house: House) -> None:
    bring(house, CatalogueRow(2, "BUR", "Burr", "minor", (("vi", "Ba via"),)))
    assert counts(bring(house, CatalogueRow(2, "BUR", "Burr", "major", (("th", "ครีบ"),)))) == (0, 1, 0)
    with house.use.look() as uow:
        code = uow.defect_code("BUR")
    assert code.defect_class == "major"
    assert {(n.language, n.name) for n in code.names} == {("vi", "Ba via"), ("th", "ครีบ")}


# Batches ----------------------------------------------------------------------------------------------------------


def test_a_registered_batch_is_changed_by_its_number(house: House) -> None:
    bring(house, BatchRow(2, "L-1", PRODUCT, 20, "S1"))
    assert counts(bring(house, BatchRow(2, "L-1", PRODUCT, 25, "S1", order="PO-7"))) == (0, 1, 0)
    with house.use.look() as uow:
        saved = uow.batch("L-1").saved
    assert (saved.quantity, saved.order, saved.source) == (25, "PO-7", "list.csv")


def test_a_number_that_another_batch_had_is_not_brought_in_anew(house: House) -> None:
    bring(house, BatchRow(2, "L-1", PRODUCT, 20, "S1"))
    with house.use.look() as uow:
        saved = uow.batch("L-1").saved
    house.use.register_batch(house.sittings["linh"], replace(saved, number="L-1-x"))
    result = bring(house, BatchRow(2, "L-1", PRODUCT, 20, "S1"))
    assert problems(result) == [(2, "number", "L-1", "number_had")]
    assert result.errors[0].facts == {"other": "L-1-x"}


def test_what_batches_are_registered_under_keeps_its_name_in_an_import(house: House) -> None:
    bring(house, BatchRow(2, "L-1", PRODUCT, 20, "S1"))
    product = bring(house, ProductRow(2, PRODUCT, "Hip joint", "C"))
    supplier = bring(house, SupplierRow(2, "Other name", "S1"))
    assert problems(product) == [(2, "name", "Hip joint", "name_stays")]
    assert problems(supplier) == [(2, "name", "Other name", "name_stays")]
    elsewhere = bring(house, SupplierRow(2, house.supplier.name, "S1", country="TH"))
    assert problems(elsewhere) == [(2, "country", "TH", "country_stays")]
    assert (supplier.created, supplier.updated) == (0, 0)


def test_a_batch_under_inspection_is_not_changed_but_may_come_again_as_it_is(house: House) -> None:
    row = BatchRow(2, "L-1", PRODUCT, 20, "S1")
    bring(house, row)
    house.start("linh", "L-1")
    assert counts(bring(house, row)) == (0, 0, 1)
    result = bring(house, replace(row, quantity=30))
    assert problems(result) == [(2, "number", "L-1", "batch_begun")]
    assert result.errors[0].facts == {"state": "first_check"}


def test_a_batch_keeps_the_revision_it_was_registered_with(house: House) -> None:
    row = BatchRow(2, "L-1", PRODUCT, 20, "S1")
    bring(house, row)
    bring(house, ProductRow(2, PRODUCT, "Housing cover", "D"))
    assert counts(bring(house, row)) == (0, 0, 1)
    bring(house, BatchRow(2, "L-2", PRODUCT, 20, "S1"))
    with house.use.look() as uow:
        assert uow.product(uow.batch("L-2").saved.product).revision == "D"


def test_a_supplier_named_by_two_is_not_guessed(house: House) -> None:
    bring(house, SupplierRow(2, "Twin", country="VN"), SupplierRow(3, "Twin", country="TH"))
    result = bring(house, BatchRow(2, "L-1", PRODUCT, 20, "Twin"))
    assert problems(result) == [(2, "supplier", "Twin", "supplier_unclear")]
    assert result.errors[0].facts == {"codes": ["S-0001", "S-0002"], "sites": ["S-0001", "S-0002"]}


def test_of_suppliers_with_one_name_the_address_tells_which(house: House) -> None:
    sites = [SupplierRow(n, "Twin", country="VN", address=f"{n} Mill Rd") for n in (2, 3)]
    bring(house, *sites)
    unclear = bring(house, DefectRow(2, "DEN", "Customer", supplier="Twin", supplier_address="4 Mill Rd"))
    assert problems(unclear) == [(2, "supplier", "Twin", "supplier_unclear")]
    assert unclear.errors[0].facts["sites"] == ["S-0001 (2 Mill Rd)", "S-0002 (3 Mill Rd)"]
    assert counts(bring(house, DefectRow(2, "DEN", "Customer", supplier="S-0001"))) == (1, 0, 0)
    told = bring(house, DefectRow(2, "DEN", "Agency", supplier="Twin", supplier_address="3 Mill Rd"))
    assert counts(told) == (1, 0, 0)
    with house.use.look() as uow:
        [reported] = uow.reported(["Agency"])
        assert reported.supplier == uow.supplier("S-0002").supplier


def test_a_batch_whose_number_reads_like_another_is_refused_unless_it_is_said_to_be_another(
    house: House,
) -> None:
    bring(house, BatchRow(2, "LOT-10", PRODUCT, 20, "S1"))
    row = BatchRow(2, "LOT-1O", PRODUCT, 20, "S1")
    assert problems(bring(house, row)) == [(2, "number", "LOT-1O", "like_existing")]
    assert counts(bring(house, row, another=("LOT-1O",))) == (1, 0, 0)


def test_two_rows_that_read_alike_are_refused_unless_one_is_said_to_be_another(house: House) -> None:
    rows = (BatchRow(2, "LOT-10", PRODUCT, 20, "S1"), BatchRow(3, "LOT-1O", PRODUCT, 20, "S1"))
    question = RowProblem(3, "number", "LOT-1O", "look_alike", {"other": "LOT-10", "first": 2})
    plan = ImportPlan("batches", rows, questions=(question,), read=2)
    assert problems(bring(house, *rows, plan=plan)) == [(3, "number", "LOT-1O", "look_alike")]
    said = replace(plan, another=frozenset(("LOT-1O",)))  # by the map
    assert counts(bring(house, *rows, plan=said)) == (2, 0, 0)


# Defects reported from outside ------------------------------------------------------------------------------------


def test_a_reported_defect_takes_supplier_and_product_of_its_batch_and_the_class_of_its_code(
    house: House,
) -> None:
    bring(house, BatchRow(2, "L-1", PRODUCT, 20, "S1"))
    bring(house, DefectRow(2, "DEN", "Customer", "L-1", reference="R1"))
    with house.use.look() as uow:
        (report,) = uow.reported(["Customer"])
        batch = uow.batch("L-1")
    assert (report.batch, report.supplier, report.product) == (
        batch.id,
        batch.saved.supplier,
        batch.saved.product,
    )
    assert (report.defect_class, report.name, report.source) == ("major", "Dent", "Customer")


def test_a_reported_defect_is_found_by_the_name_of_its_code_or_in_another_case(house: House) -> None:
    result = bring(house, DefectRow(2, "den", "Customer"), DefectRow(3, "Dent", "Customer"))
    with house.use.look() as uow:
        assert [one.code for one in uow.reported(["Customer"])] == ["DEN", "DEN"]
    assert [(note.row, note.value, note.problem, note.facts) for note in result.notes] == [
        (2, "den", "code_taken", {"other": "DEN"}),
        (3, "Dent", "code_taken", {"other": "DEN"}),
    ]


def test_a_reported_defect_is_no_part_of_a_check(house: House) -> None:
    house.accepted(number="L-1")
    bring(house, DefectRow(2, "CRK", "Customer", "L-1", count=9))
    assert house.state("L-1") == "accepted"
    with house.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM finding").scalar() == 0


def test_a_report_that_says_otherwise_than_the_one_there_is_refused(house: House) -> None:
    bring(house, DefectRow(2, "DEN", "Customer", count=1, reference="R1"))
    result = bring(house, DefectRow(2, "DEN", "Customer", count=2, reference="R1"))
    assert problems(result) == [(2, "reference", "R1", "reported_otherwise")]


def test_reports_without_a_reference_that_say_the_same_are_counted(house: House) -> None:
    row = DefectRow(2, "DEN", "Customer", count=1)
    assert counts(bring(house, row, replace(row, row=3))) == (2, 0, 0)
    assert counts(bring(house, row, replace(row, row=3), replace(row, row=4))) == (1, 0, 2)


def test_a_report_on_what_is_unknown_is_refused_by_row_and_column(house: House) -> None:
    result = bring(house, DefectRow(2, "XXX", "Customer", "L-9", "S9", "P9"))
    assert problems(result) == [
        (2, "product", "P9", "unknown_product"),
        (2, "supplier", "S9", "unknown_supplier"),
        (2, "batch", "L-9", "unknown_batch"),
        (2, "code", "XXX", "unknown_defect"),
    ]
