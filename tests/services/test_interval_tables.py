# SPDX-License-Identifier: Apache-2.0
"""Intervals side by side: every line lies within its column and carries its dot, on the column's own scale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcdesk.services.drawing_primitives import Circle, Line, Text
from qcdesk.services.interval_tables import (
    IntervalCell,
    IntervalColumn,
    IntervalTable,
    lay_out_table,
    row_at,
    row_box,
    table_height,
)


def measure(text: str, size: float, weight: int) -> float:
    return len(text) * size * 0.55


TABLE = IntervalTable(
    (
        IntervalColumn("Lots accepted at first", "0 to 100 %", 1.0),
        IntervalColumn("Time to reply", "0 to 9 days", 9.0),
    ),
    (
        ("Cơ khí Đông Á", "S1", (IntervalCell("50.0 %", 0.5, 0.25, 0.75), IntervalCell("3", 3.0, 0.0, None))),
        ("東莞精密", "S2", (IntervalCell("100.0 %", 1.0, 0.5, 1.0), None)),
    ),
    "not recorded",
)


def test_a_line_reaches_from_end_to_end_of_its_interval_and_bears_the_dot() -> None:
    items = lay_out_table(TABLE, 600, measure, size=10).items
    lines = [one for one in items if isinstance(one, Line) and one.role == "text2"]
    dots = [one for one in items if isinstance(one, Circle)]
    assert len(lines) == len(dots) == 3
    first, open_ended, whole = lines
    assert dots[0].centre[0] == pytest.approx((first.start[0] + first.end[0]) / 2)
    assert whole.end[0] - whole.start[0] == pytest.approx(first.end[0] - first.start[0])
    assert whole.end[0] == pytest.approx(dots[2].centre[0])
    assert open_ended.end[0] - open_ended.start[0] > 1.9 * (first.end[0] - first.start[0])
    assert all(0 <= one.start[0] <= one.end[0] <= 600 for one in lines)


def test_what_was_not_recorded_is_said_and_long_words_are_cut() -> None:
    texts = [one for one in lay_out_table(TABLE, 300, measure, size=10).items if isinstance(one, Text)]
    assert any(one.text.startswith("not") for one in texts)
    assert all(one.at[0] + measure(one.text, one.size, one.weight) <= 301 for one in texts)


def test_a_heading_without_spaces_takes_the_lines_that_it_has() -> None:
    for heading in ("以前各批已见过的代码所占份额", "สัดส่วนของรหัสที่พบในล็อตก่อนหน้า"):
        table = replace(TABLE, columns=(replace(TABLE.columns[0], title=heading), TABLE.columns[1]))
        said = [
            one.text for one in lay_out_table(table, 200, measure, size=10).items if isinstance(one, Text)
        ]
        whole = "".join(said)
        assert heading in whole and heading not in said


def test_a_row_is_found_where_it_is_drawn() -> None:
    for row in (0, 1):
        top, high = row_box(row, 10)
        assert row_at(TABLE, top + high / 2, 10) == row
    assert row_at(TABLE, 1, 10) is None and row_at(TABLE, table_height(TABLE, 10) + 1, 10) is None
