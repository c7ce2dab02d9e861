# SPDX-License-Identifier: Apache-2.0
"""Lists become files: each whole, safe for table programs, with what is left out named beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.exporting import write_tables
from qcdesk.services.export_rows import EXPORT_KINDS, Cell, ExportKind, ExportTable


class Lists:
    """A reader with two rows in every list."""

    def __init__(self, left_out: Sequence[Sequence[Cell]] = ()) -> None:
        self.left_out, self.asked = left_out, list[tuple[ExportKind, str | None]]()

    def table(self, kind: ExportKind, person: str | None) -> ExportTable:
        self.asked.append((kind, person))
        if kind == "left_out":
            return ExportTable(("batch", "round", "place", "state"), self.left_out)
        return ExportTable(("code", "note"), [("A", "=1+1"), ("B", None)])


def test_all_is_a_file_of_every_list(tmp_path: Path) -> None:
    reader = Lists()
    written = write_tables(reader, "all", str(tmp_path / "out"), "p1", "jsonl")
    assert [(Path(path).stem, rows) for path, rows in written] == [(kind, 2) for kind in EXPORT_KINDS]
    assert {p.name for p in (tmp_path / "out").iterdir()} == {f"{kind}.jsonl" for kind in EXPORT_KINDS}
    assert {person for _, person in reader.asked} == {"p1"}


def test_one_list_is_one_file_and_formulas_are_made_text(tmp_path: Path) -> None:
    ((path, rows),) = write_tables(Lists(), "suppliers", str(tmp_path), None, "csv")
    with open(path, encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["code", "note"], ["A", "'=1+1"], ["B", ""]]
    assert (Path(path).name, rows) == ("suppliers.csv", 2)


@pytest.mark.parametrize("kind", ["procedures", "rounds"])
def test_whole_documents_go_out_as_json_lines_in_any_form(kind: str, tmp_path: Path) -> None:
    path, _ = write_tables(Lists(), kind, str(tmp_path), None, "csv")[0]
    assert Path(path).name == f"{kind}.jsonl"
    assert [json.loads(line)["code"] for line in Path(path).read_text("utf-8").splitlines()] == ["A", "B"]


def test_what_is_left_out_is_named_in_a_file_of_its_own(tmp_path: Path) -> None:
    written = write_tables(Lists([("L-1", 1, "first", "signed")]), "findings", str(tmp_path), None, "csv")
    assert [Path(path).name for path, _ in written] == ["findings.csv", "left_out.csv"]
    assert "L-1,1,first,signed" in (tmp_path / "left_out.csv").read_text("utf-8-sig")


def test_where_nothing_is_left_out_there_is_no_such_file(tmp_path: Path) -> None:
    write_tables(Lists([("L-1", 1, "first", "signed")]), "findings", str(tmp_path), None, "csv")
    write_tables(Lists(), "findings", str(tmp_path), None, "csv")
    assert [p.name for p in tmp_path.iterdir()] == ["findings.csv"]


def test_an_unknown_list_or_form_is_refused_with_what_there_is(tmp_path: Path) -> None:
    for kind, form in (("things", "csv"), ("suppliers", "xls"), ("left_out", "csv")):
        with pytest.raises(BadInput) as refused:
            write_tables(Lists(), kind, str(tmp_path / "out"), None, form)
        assert refused.value.code == "unknown_kind" and refused.value.facts["known"]
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BadInput, match="file_exists"):
        write_tables(Lists(), "suppliers", str(tmp_path / "out"), None, "csv")
