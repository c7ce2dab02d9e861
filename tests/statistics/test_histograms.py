# SPDX-License-Identifier: Apache-2.0
"""Histograms lose no reading and have round edges; Pareto tables run from the most to the least."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.histograms import MOST_CLASSES, histogram, pareto
from qcdesk.statistics.readings import BadReadings


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200))
def test_every_reading_is_in_one_class(readings: list[float]) -> None:
    found = histogram(readings)
    assert sum(found.counts) == len(readings) and len(found.edges) == len(found.counts) + 1
    assert found.edges[0] <= min(readings) + found.width * 1e-9
    assert max(readings) <= found.edges[-1] + found.width * 1e-9
    assert 1 <= len(found.counts) <= MOST_CLASSES + 2


def test_edges_are_round() -> None:
    found = histogram([0.1 * i for i in range(100)])
    assert list(found.edges) == pytest.approx([0, 2, 4, 6, 8, 10][: len(found.edges)]) or found.width in (
        0.5,
        1.0,
    )


@pytest.mark.parametrize(
    ("readings", "upper", "beyond"),
    [
        ([30.9, 30.92, 31.0, 31.1, 31.2], 31.2, 0),
        ([30.9, 30.92, 31.0, 31.1, 31.2, 31.21], 31.2, 1),
        ([31.2, 31.2, 31.4], 31.2, 1),
    ],
)
def test_a_reading_on_the_upper_limit_is_in_no_class_beyond_it(
    readings: list[float], upper: float, beyond: int
) -> None:
    found = histogram(readings, upper=upper)
    assert upper in found.edges
    assert sum(n for n, low in zip(found.counts, found.edges, strict=False) if low >= upper) == beyond
    assert sum(found.counts) == len(readings)


def test_edges_are_the_numbers_that_one_types() -> None:
    found = histogram([30.9 + i / 100 for i in range(40)])
    assert all(edge == round(edge, 4) for edge in found.edges)


def test_readings_all_alike_have_one_class() -> None:
    assert histogram([5.0] * 4).counts == (4,)


def test_a_far_reading_does_not_ask_for_a_million_classes() -> None:
    assert len(histogram([0.0, 0.1, 0.2, 0.3, 1e9]).counts) <= MOST_CLASSES + 2


def test_pareto_runs_from_most_to_least_with_a_running_share() -> None:
    bars = pareto({"scratch": 2, "dent": 6, "burr": 2})
    assert [(b.name, b.count) for b in bars] == [("dent", 6), ("burr", 2), ("scratch", 2)]
    assert [b.cumulative for b in bars] == pytest.approx([0.6, 0.8, 1.0])


@pytest.mark.parametrize("counts", [{}, {"a": 0}, {"a": -1, "b": 3}])
def test_counts_that_add_up_to_nothing_are_refused(counts: dict[str, int]) -> None:
    with pytest.raises(BadReadings):
        pareto(counts)
