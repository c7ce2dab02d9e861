# SPDX-License-Identifier: Apache-2.0
"""A file is what its content says; a name that contradicts it is refused; every form is read apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.reading import read_in_child, read_table
from tests.exchange.spreadsheets import ods, ods_row, row, xlsx, zipped

XLSX = xlsx(row("name", "code") + row("Đặng", "A"))
ODS = ods(ods_row("name", "code") + ods_row("Đặng", "A"))
JSON = '{"name": "Đặng", "code": "A"}\n'.encode()
ODF = "application/vnd.oasis.opendocument."
CSV = "name;code\nĐặng;A\n".encode()


@pytest.mark.parametrize(
    ("name", "payload", "form"),
    [
        ("a.xlsx", XLSX, "xlsx"),
        ("a.ods", ODS, "ods"),
        ("a.jsonl", JSON, "json"),
        ("a.json", b"[" + JSON + b"]", "json"),
        ("a.csv", CSV, "csv"),
        ("a.bin", XLSX, "xlsx"),
        ("a", ODS, "ods"),
        ("a.txt", JSON, "json"),
        ("a.ods", XLSX, "xlsx"),
    ],
)
def test_every_form_is_told_by_its_content_and_says_the_same(
    tmp_path: Path, name: str, payload: bytes, form: str
) -> None:
    path = tmp_path / name
    path.write_bytes(payload)
    sheet = read_table(path)
    assert (sheet.form, sheet.headers, sheet.rows[0].cells) == (form, ("name", "code"), ("Đặng", "A"))


@pytest.mark.parametrize(
    ("name", "payload", "code"),
    [
        ("a.csv", XLSX, "named_otherwise"),
        ("a.json", ODS, "named_otherwise"),
        ("a.xlsx", CSV, "named_otherwise"),
        ("a.xls", b"<html><table>", "not_csv"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "old_spreadsheet"),
        ("a.json", CSV, "not_json"),
        ("a.zip", zipped({"a.csv": CSV}), "other_archive"),
        ("a.odt", zipped({"mimetype": f"{ODF}text", "content.xml": "<a/>"}), "other_archive"),
        ("a.csv", b"%PDF-1.7", "not_csv"),
        ("a.csv", b"\x89PNG\r\n", "not_csv"),
    ],
)  # fmt: skip
def test_what_is_something_else_is_refused_with_the_file(
    tmp_path: Path, name: str, payload: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(payload)
    with pytest.raises(BadInput) as refused:
        read_table(path)
    assert (refused.value.code, refused.value.where["file"]) == (code, name)


def test_the_sheet_stands_in_the_place_of_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(row("a") + row("1", "2")))
    with pytest.raises(BadInput) as refused:
        read_table(path)
    assert refused.value.where == {"file": "a.xlsx", "sheet": "Lots", "row": 2}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(60), "old_spreadsheet"),
        (b"%PDF-1.7", "not_csv"),
        (CSV, "named_otherwise"),
    ],
)
def test_what_reads_apart_refuses_what_is_no_table_of_text(payload: bytes, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        read_in_child({"suffix": ".xlsx"}, payload)
