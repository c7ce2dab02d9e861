# SPDX-License-Identifier: Apache-2.0
"""Lists are in the order in which their reader looks for words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qcdesk.gui import collation
from qcdesk.gui.widgets.lists import Column, RowsModel, SortedRows


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    collation.speak("en")


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", ["lot-2", "LOT-9", "LOT-10", "Zinc"]),
        ("x-long", ["lot-2", "LOT-9", "LOT-10", "Zinc"]),
        ("vi", ["An", "Ăn", "Ân", "Dung", "Đông", "E", "Ê"]),
        ("th", ["กา", "เก", "ขา", "แม"]),
        ("zh_CN", ["安", "李", "王", "张"]),
    ],
)
def test_columns_of_words_are_sorted_as_their_reader_looks_for_them(
    language: str, ordered: list[str]
) -> None:
    collation.speak(language)
    model = RowsModel[str]((Column("Name", str),))
    model.show_rows(sorted(ordered, reverse=True))
    table = SortedRows(model)
    table.sort(0)
    assert [table.index(row, 0).data() for row in range(table.rowCount())] == ordered
    assert collation.in_order(reversed(ordered), str) == ordered


def test_columns_of_several_parts_are_sorted_part_by_part() -> None:
    model = RowsModel[tuple[str, int]]((Column("Procedure", str, sort=lambda row: row),))
    ordered = [("QP-9", 1), ("QP-9", 2), ("QP-10", 1)]
    model.show_rows(list(reversed(ordered)))
    table = SortedRows(model)
    table.sort(0)
    assert [model.row(table.mapToSource(table.index(row, 0)).row()) for row in range(3)] == ordered


def test_what_can_be_chosen_stands_in_the_readers_order() -> None:
    collation.speak("vi")
    chosen = collation.by_words((("1", "Đông"), ("2", "Dung"), ("3", "LOT-10"), ("4", "LOT-9")))
    assert [code for code, _ in chosen] == ["2", "1", "4", "3"]
