# SPDX-License-Identifier: Apache-2.0
"""Tables that go out: no cell becomes a formula, numbers stay numbers, and what went out comes in again."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.exchange.csv_out import Cell, guarded, unguarded, write_csv, write_json_lines
from qcdesk.exchange.reading import read_table


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "'=1", "''-1"]
)
def test_text_that_could_be_a_formula_is_quote_prefixed(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=1", "12", "'n Boer", "Đặng", " =1"])
def test_other_text_stays(text: str) -> None:
    assert guarded(text) == text


@given(st.text(st.sampled_from("'=+-@\t\r\nａ＝1"), max_size=6))
def test_prefix_is_taken_away_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_numbers_stay_numbers_and_days_are_iso(tmp_path: Path) -> None:
    row: list[Cell] = ["-5", -5, Decimal("-0.50"), Decimal("1E+3"), True, None, date(2026, 1, 2)]
    row += [datetime(2026, 1, 2, 3, 4, tzinfo=UTC)]
    write_csv(tmp_path / "out.csv", list("abcdefgh"), [row])
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.reader(file))[1]
    assert found == ["'-5", "-5", "-0.50", "1000", "true", "", "2026-01-02", "2026-01-02T03:04:00+00:00"]


def test_what_goes_out_comes_in_again(tmp_path: Path) -> None:
    rows = [["=1+1", 'say "a", b;c\td|e'], ["two\nlines", "重庆 Đặng กขค"], ["'x", "−5"]] * 2_000
    written = write_csv(tmp_path / "out.csv", ["=name", "note"], rows)
    sheet = read_table(tmp_path / "out.csv")
    assert (written.rows, written.sha256) == (6_000, sheet.sha256)
    assert [[unguarded(cell) for cell in row.cells] for row in sheet.rows] == rows
    assert unguarded(sheet.headers[0]) == "=name"


def test_json_lines_keep_digits(tmp_path: Path) -> None:
    cells: list[Cell] = ["=1", 7, Decimal("12.030"), None, date(2026, 1, 2)]
    written = write_json_lines(tmp_path / "out.jsonl", list("abcde"), [cells])
    payload = (tmp_path / "out.jsonl").read_bytes()
    assert json.loads(payload) == {"a": "=1", "b": 7, "c": "12.030", "d": None, "e": "2026-01-02"}
    assert written.sha256 == hashlib.sha256(payload).hexdigest()


def test_row_of_another_width_is_a_bug_and_leaves_nothing(tmp_path: Path) -> None:
    for write in (write_csv, write_json_lines):
        with pytest.raises(ValueError, match="row 2"):
            write(tmp_path / "out", ["a", "b"], [["1", "2"], ["1"]])
    with pytest.raises(ValueError, match="no number"):
        write_csv(tmp_path / "out", ["a"], [[Decimal("NaN")]])
    assert list(tmp_path.iterdir()) == []


def test_rows_are_written_as_they_come(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    largest = 0

    def rows() -> Iterator[list[Cell]]:
        nonlocal largest
        for number in range(50_000):
            largest = max(largest, *(file.stat().st_size for file in tmp_path.iterdir()))
            assert path.read_text() == "old"
            yield [number, "x" * 20]

    assert write_csv(path, ["n", "x"], rows()).rows == 50_000
    assert 0 < largest < path.stat().st_size
