# SPDX-License-Identifier: Apache-2.0
"""Files of other people come in whole, by a map, and the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import ReadsOnly
from qcdesk.exchange.exporting import write_tables
from qcdesk.exchange.importing import TableImport, map_path, maps_brought
from qcdesk.services.ports import ImportResult
from qcdesk.store.export_reader import SqlExportReader
from qcdesk.store.verification import verify
from tests.workspace import House, standing

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
EU = DATA / "eu-rasff" / "rasff_2024_five_origins.csv"
LISTS = DATA / "supplier-lists"
CHARGES = DATA / "fda-defect-codes" / "act_section_charges_2019.csv"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = standing(tmp_path / "workspace")
    yield made
    made.database.dispose()


def bring(
    house: House,
    kind: str,
    file: Path,
    mapping: str | None = None,
    *,
    by: str = "linh",
    dry_run: bool = False,
) -> ImportResult:
    importing = TableImport(house.use.begin, house.use.ids, house.use.clock)
    return importing(house.sittings[by].hand, kind, str(file), mapping=mapping, dry_run=dry_run)


def made_twice(house: House, kind: str, file: Path, mapping: str | None = None) -> ImportResult:
    """Import a file twice: the second time nothing changes."""
    trial = bring(house, kind, file, mapping, dry_run=True)
    first = bring(house, kind, file, mapping)
    again = bring(house, kind, file, mapping)
    assert (trial.errors, first.errors, again.errors) == ((), (), ())
    assert (trial.created, trial.updated) == (first.created, first.updated)
    assert (again.created, again.updated) == (0, 0)
    return first


def test_a_plain_file_needs_no_map(house: House, tmp_path: Path) -> None:
    file = tmp_path / "suppliers.csv"
    file.write_text("Name;Country;Address\nĐặng & Co;vn;12 Hàng Bài\n重庆长安;CN;\n", "utf-8")
    result = made_twice(house, "suppliers", file)
    assert (result.read, result.created) == (2, 2)
    with house.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT kind, file, rows, mapping_sha256 FROM imported").all()
    assert [tuple(r) for r in rows] == [("suppliers", "suppliers.csv", 2, None)]
    assert verify(house.database).ok


def test_problems_name_the_columns_of_the_file(house: House, tmp_path: Path) -> None:
    file, mapping = tmp_path / "b.csv", tmp_path / "map.json"
    file.write_text("Lot;Part;Pieces\nL-1;PH-204;20\nL-2;NONE;20\nL-3;PH-204;twenty\n", "utf-8")
    mapping.write_text(
        '{"format": "qcdesk-map-1", "kind": "batches", "fields": {"number": "Lot", "product": "Part",'
        ' "quantity": "Pieces", "line": {"constant": "Line 1"}}}'
    )
    wrong = bring(house, "batches", file, str(mapping))
    assert [(e.row, e.column, e.value, e.problem) for e in wrong.errors] == [
        (3, "Part", "NONE", "unknown_product"),
        (4, "Pieces", "twenty", "quantity"),
    ]
    file.write_text(
        "Lot;Part;Pieces;Weight\nL-1;PH-204;20;1\nL-1;NONE;few;2\nL-3;PH-204;2;3\nL-3;PH-204;2;3\n", "utf-8"
    )
    all_at_once = bring(house, "batches", file, str(mapping))
    assert [(e.row, e.column, e.value, e.problem) for e in all_at_once.errors] == [
        (3, "Pieces", "few", "quantity"),
        (3, "Part", "NONE", "unknown_product"),
        (5, "Lot", "L-3", "twice"),
    ]
    assert [(n.problem, n.facts["names"]) for n in all_at_once.notes] == [("unused_columns", ["Weight"])]
    with pytest.raises(BadInput, match="unknown_batch"), house.use.look() as uow:
        uow.batch("L-1")


def test_a_kind_a_map_and_a_file_that_are_not_there_are_refused(house: House, tmp_path: Path) -> None:
    file = tmp_path / "s.csv"
    file.write_text("name\nA\n")
    for code, kind, path, mapping in (
        ("unknown_kind", "things", file, None),
        ("unknown_map", "suppliers", file, "no-such-map"),
        ("no_file", "suppliers", file, "no-such-map.json"),
        ("no_file", "suppliers", tmp_path / "none.csv", None),
        ("map_kind", "products", file, "supplier-list"),
    ):
        with pytest.raises(BadInput) as refused:
            bring(house, kind, path, mapping)
        assert refused.value.code == code


def test_whoever_only_reads_is_refused_before_the_file_is_read(house: House, tmp_path: Path) -> None:
    house.enrol("kim", "Kim", "auditor")
    with pytest.raises(ReadsOnly):
        bring(house, "suppliers", tmp_path / "none.csv", by="kim")


def test_maps_that_come_with_the_program_are_found_by_name() -> None:
    assert {"supplier-list", "eu-rejections-defects"} <= set(maps_brought())
    assert map_path("supplier-list") == map_path("supplier-list.json")


def test_what_goes_out_comes_in_again_unchanged(house: House, tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text(
        "code,name,class,name_vi,note\n'=1,Formula,minor,Công thức,\"'+x\"\nBUR,Burr,major,,\n", "utf-8"
    )
    assert bring(house, "catalogue", file).errors
    file.write_text(
        "code,name,class,name_vi,note\nF1,'=1+1,minor,Công thức,\"'+x\"\nBUR,Burr,major,,a  b\n", "utf-8"
    )
    assert bring(house, "catalogue", file).created == 2
    house.released(number="L-1")
    house.batch("L-2", makers=("linh",))
    file.write_text(
        "batch,code,source,reference,count,found_on\nL-1,BUR,Customer,R-1,2,2026-01-05\n", "utf-8"
    )
    assert bring(house, "defects", file).created == 1
    for form in ("csv", "xlsx", "jsonl"):
        write_tables(SqlExportReader(house.database), "all", str(tmp_path / "out"), None, form)
        for kind in ("suppliers", "products", "people", "catalogue", "batches", "defects"):
            result = bring(house, kind, tmp_path / "out" / f"{kind}.{form}")
            assert (result.errors, result.created, result.updated) == ((), 0, 0), (form, kind)
            assert result.read == result.unchanged > 0


@pytest.mark.skipif(not EU.is_file(), reason="no published notifications here")
def test_published_rejections_come_in_as_suppliers_products_codes_batches_and_defects(house: House) -> None:
    made = {
        kind: made_twice(house, kind, EU, f"eu-rejections-{kind}")
        for kind in ("suppliers", "products", "catalogue", "batches", "defects")
    }
    assert made["suppliers"].created == 5
    assert made["batches"].created == 1333 and made["batches"].read == 1339
    assert made["defects"].created > made["batches"].created
    with house.database.reading() as connection:
        lost = connection.exec_driver_sql(
            "SELECT count(*) FROM reported_defect WHERE batch IS NULL OR supplier IS NULL OR product IS NULL"
        ).scalar()
    assert lost == 0
    assert verify(house.database).ok


@pytest.mark.skipif(not EU.is_file(), reason="no published notifications here")
def test_defects_before_their_batches_are_refused_whole(house: House) -> None:
    result = bring(house, "defects", EU, "eu-rejections-defects")
    assert (result.created, result.errors[0].problem, result.errors[0].column) == (
        0,
        "unknown_product",
        "category",
    )


@pytest.mark.skipif(not LISTS.is_dir(), reason="no published supplier lists here")
@pytest.mark.parametrize("name", ["02", "04", "06", "09"])
def test_published_supplier_lists_come_in(house: House, name: str) -> None:
    result = made_twice(house, "suppliers", LISTS / f"facility_list_{name}.csv", "supplier-list")
    assert result.created + result.unchanged == result.read > 30


@pytest.mark.skipif(not CHARGES.is_file(), reason="no published charges here")
def test_published_charges_come_in_as_a_catalogue(house: House) -> None:
    result = made_twice(house, "catalogue", CHARGES, "fda-charges-catalogue")
    assert result.created == result.read > 200
