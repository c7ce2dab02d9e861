# SPDX-License-Identifier: Apache-2.0
"""What every form of table shares: names of columns, runs of rows, limits."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.sheets import FIELD_CHARACTERS, Records, column_letters, ranges


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 255, 16_383)] == ["A", "Z", "AA", "IV", "XFD"]


def test_runs_of_rows_are_told_short() -> None:
    assert ranges([3, 1, 2, 7]) == [(1, 3), (7, 7)]


def test_all_text_together_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcdesk.exchange.sheets.ALL_CHARACTERS", 10)
    records = Records(strict_width=True)
    records.header(1, ["a"])
    records.add(2, ["x" * 10])
    with pytest.raises(BadInput, match="too_much_text"):
        records.add(3, ["x"])


def test_one_field_has_a_limit_and_its_column_is_named() -> None:
    records = Records(strict_width=True)
    records.header(1, ["code", "note"])
    with pytest.raises(BadInput, match="field_too_long") as refused:
        records.add(2, ["A", "x" * (FIELD_CHARACTERS + 1)])
    assert refused.value.where == {"row": 2, "column": "note"}
