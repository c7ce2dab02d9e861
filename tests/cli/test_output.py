# SPDX-License-Identifier: Apache-2.0
"""Rows for programs and tables for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qcdesk.cli.output import plain, table, width


@dataclass(frozen=True)
class Row:
    at: int
    seen_at: int | None
    defect_class: str
    on: date
    value: Decimal


def test_rows_become_json_with_times_and_our_own_words() -> None:
    data = plain(Row(1_700_000_000_000_000, None, "major", date(2026, 3, 1), Decimal("12.030")))
    assert isinstance(data, dict)
    assert data["class"] == "major" and data["on"] == "2026-03-01" and data["value"] == "12.030"
    assert str(data["at"])[10] == "T" and data["seen_at"] is None


def test_columns_line_up_in_every_script() -> None:
    assert [width(name) for name in ("An", "王敏", "สมชาย", "Đặng")] == [2, 4, 5, 4]
    lines = table(("Name", "No."), [("王敏", 7), ("Linh", 12)])
    assert lines == ["Name  No.", "王敏    7", "Linh   12"]


def test_control_characters_cannot_play_with_the_terminal() -> None:
    assert table(("Name",), [("a\x1b[31m\nb",)]) == ["Name", "a[31m b"]
