# SPDX-License-Identifier: Apache-2.0
"""XLSX that goes out: texts stay texts, numbers numbers, days days, and all of it comes in again."""

from __future__ import annotations

import tempfile
import unicodedata
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange import xlsx_out
from qcdesk.exchange.csv_out import Cell
from qcdesk.exchange.reading import read_in_child
from qcdesk.exchange.sheets import Sheet, sheet_of
from qcdesk.exchange.xlsx_out import write_xlsx


def back(folder: Path, *rows: tuple[Cell, ...]) -> Sheet:
    headers = tuple(f"h{n}" for n in range(len(rows[0])))
    written = write_xlsx(folder / "out.xlsx", "list", headers, rows)
    assert written.rows == len(rows)
    return sheet_of(*read_in_child({}, written.path.read_bytes()), written.sha256)


def test_every_kind_of_cell_comes_in_again(tmp_path: Path) -> None:
    at = datetime(2026, 3, 1, 9, 15, tzinfo=UTC)
    sheet = back(
        tmp_path, ("Đặng", 12, Decimal("12.03"), Decimal("12.30"), date(2026, 3, 1), at, None, 2**60)
    )
    row = sheet.rows[0]
    assert row.cells == (
        *("Đặng", "12", "12.03", "12.30", "2026-03-01", "2026-03-01T09:15:00+00:00", "", str(2**60)),
    )
    assert {index: mark.kind for index, mark in row.marks.items()} == {4: "date"}


RISKY = ("=1+1", "+84", "-x", "@a", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "'=1")


@pytest.mark.parametrize("text", [*RISKY, "http://x", "1e5", "_x000D_", "007"])
def test_a_text_stays_a_text_whatever_it_begins_with(text: str, tmp_path: Path) -> None:
    assert back(tmp_path, (text, "x")).rows[0].cells[0] == text
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert ('quotePrefix="1"' in styles) == (text in RISKY)


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20), min_size=2, max_size=2))
def test_any_text_comes_in_again(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        sheet = back(Path(name), ("first", texts[0], texts[1]))
    assert sheet.rows[0].cells == ("first", *(unicodedata.normalize("NFC", text) for text in texts))


def test_what_no_cell_holds_is_refused_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(BadInput, match="field_too_long"):
        write_xlsx(path, "list", ("a",), [("x" * 32_768,)])
    monkeypatch.setattr(xlsx_out, "SHEET_ROWS", 2)
    with pytest.raises(BadInput, match="too_many_rows"):
        write_xlsx(path, "list", ("a",), [("x",), ("y",)])
    assert path.read_bytes() == b"old"
