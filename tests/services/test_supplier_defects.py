# SPDX-License-Identifier: Apache-2.0
"""Defects of a supplier the way one asks: bars, what each is made of, and the trend with its limits."""

from __future__ import annotations

import pytest

from qcdesk.services.figure_rows import DefectFigureRow, LotRunRow
from qcdesk.services.supplier_defects import DefectBar, Way, bars, pairs, trend

ROWS = (
    DefectFigureRow("CP", "2026-01", "found.minor", "SCR", 4),
    DefectFigureRow("CP", "2026-03", "found.major", "DEN", 7),
    DefectFigureRow("LID", "2026-03", "found.minor", "SCR", 2),
    DefectFigureRow("", "2026-03", "reported.major", "SCR", 5),
)


@pytest.mark.parametrize(
    ("way", "keys"),
    [
        ("code", [("SCR", 6, 5), ("DEN", 7, 0)]),
        ("class", [("major", 7, 5), ("minor", 6, 0)]),
        ("product", [("CP", 11, 0), ("", 0, 5), ("LID", 2, 0)]),
        ("month", [("2026-01", 4, 0), ("2026-03", 9, 5)]),
    ],
)
def test_every_way_counts_all_of_it_once(way: Way, keys: list[tuple[str, int, int]]) -> None:
    found = bars(ROWS, way)
    assert [(bar.key, bar.found, bar.reported) for bar in found] == keys
    assert sum(bar.count for bar in found) == 18


def test_a_bar_is_made_of_the_figures_of_its_key() -> None:
    assert pairs(ROWS, "code", "SCR") == {("found.minor", "SCR"), ("reported.major", "SCR")}
    assert pairs(ROWS, "class", "major") == {("found.major", "DEN"), ("reported.major", "SCR")}
    assert DefectBar("SCR", 6, 5).count == 11


def lots(*counts: int, units: int = 100) -> list[LotRunRow]:
    return [
        LotRunRow(f"b{n}", f"B-{n}", "CP", units, True, (("minor", "SCR", count), ("major", "DEN", 1)))
        for n, count in enumerate(counts)
    ]


def test_the_trend_has_limits_and_flags_the_lot_beyond_them() -> None:
    found = trend(ROWS, lots(4, 5, 3, 4, 6, 5, 4, 30), "code", ("SCR",))
    assert found.chart is not None and found.counts == (4, 5, 3, 4, 6, 5, 4, 30)
    assert found.chart.main.signals[0].points.tolist() == [8] and found.batches[7] == "b7"
    assert trend(ROWS, lots(4, 5, 3, 4, 6, 5, 4, 30), "class", ("major",)).counts == (1,) * 8
    assert trend(ROWS, lots(4, 5), "code", ("SCR", "DEN")).counts == (5, 6), "the rarest stand together"
    assert trend(ROWS, lots(4, 5, 3), "code", ("SCR",)).chart is None, (
        "three lots say nothing of what is usual"
    )


def test_lots_of_another_product_and_tallied_ones_are_no_points() -> None:
    assert trend(ROWS, lots(4, 5), "product", ("LID",)).batches == ()
    assert trend(ROWS, lots(4, 5, units=0), "code", ("SCR",)).batches == ()


def test_what_is_only_reported_is_counted_month_by_month_with_idle_months() -> None:
    rows = [
        DefectFigureRow("", month, "reported.major", "SCR", n)
        for month, n in (("2025-11", 2), ("2026-02", 1))
    ]
    found = trend(rows, [], "code", ("SCR",))
    assert found.names == ("2025-11", "2025-12", "2026-01", "2026-02") and found.counts == (2, 0, 0, 1)
    assert trend(rows, [], "code", ("DEN",)).counts == (0, 0, 0, 0)
    assert trend([], [], "code", ("SCR",)).counts == ()
    assert trend(rows, lots(4, 5), "code", ("SCR",)).batches == ("b0", "b1")
    assert trend(rows, lots(0, 0), "code", ("SCR",)) == found, (
        "no lot showed it: a flat line would say nothing"
    )
    assert trend(rows, lots(0, 0), "month", ("2025-11",)).batches == ("b0", "b1")
