# SPDX-License-Identifier: Apache-2.0
"""A line ends where its language ends one, and never between a figure and its per cent."""

from __future__ import annotations

import pytest

from qcdesk.services.line_ends import line_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("two words", ["two ", "words"]),
        ("มือถือ และกล่อง", ["มือ", "ถือ ", "และ", "กล่อง"]),
        ("批次，已放行", ["批", "次，", "已", "放", "行"]),
        ("at (95 %) exact", ["at ", "(95 %) ", "exact"]),
        ("x 3 ‰", ["x ", "3 ‰"]),
        ("% of units", ["% ", "of ", "units"]),
        ("", []),
    ],
)
def test_a_text_is_parted_where_a_line_may_end(text: str, parts: list[str]) -> None:
    assert line_parts(text) == parts
