# SPDX-License-Identifier: Apache-2.0
"""Figures of subgroups, and the degrees of freedom behind each estimate of the deviation within them."""

from __future__ import annotations

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.readings import BadReadings
from qcdesk.statistics.subgroups import (
    chi_df,
    even_subgroups,
    figures,
    listed_subgroups,
    named_subgroups,
    single_sigma,
    sized_subgroups,
    within_sigma,
)

SOME = st.lists(st.lists(st.integers(-99, 99).map(float), min_size=2, max_size=5), min_size=1, max_size=8)


@given(SOME)
def test_figures_are_those_of_each_subgroup(lists: list[list[float]]) -> None:
    found = figures(listed_subgroups(lists), ranges=True, sds=True)
    assert list(found.means) == pytest.approx([statistics.fmean(g) for g in lists], abs=1e-9)
    assert list(found.ranges) == [max(g) - min(g) for g in lists]
    assert list(found.sds) == pytest.approx([statistics.stdev(g) for g in lists], abs=1e-9)


def test_pooled_deviation_has_all_degrees_of_freedom_and_a_mean_range_fewer() -> None:
    groups = even_subgroups(np.random.default_rng(3).standard_normal(100), 5)
    assert within_sigma(groups, "pooled_sd").df == 80
    # Bissell, Applied Statistics 39 (1990) 331-340: about 0.9 k (n - 1) for the mean range.
    assert within_sigma(groups, "mean_range").df == pytest.approx(72, rel=0.03)
    assert within_sigma(groups, "mean_sd").df == pytest.approx(0.95 * 80, rel=0.02)


def test_degrees_of_freedom_of_moving_ranges_are_those_found_by_simulation() -> None:
    """Var(mean moving range / d2) by 3,000 simulated columns of 50, within five standard errors."""
    columns = np.random.default_rng(11).standard_normal((3000, 50))
    estimates = [single_sigma(column, "moving_range").sigma for column in columns]
    df = single_sigma(columns[0], "moving_range").df
    assert chi_df(float(np.var(estimates))) == pytest.approx(df, rel=0.13)


@given(st.floats(0.5, 1e6))
def test_degrees_of_freedom_come_back_from_their_variance(df: float) -> None:
    from qcdesk.statistics.subgroups import _relative_variance

    assert chi_df(_relative_variance(df)) == pytest.approx(df, rel=1e-4)


@pytest.mark.parametrize("estimator", ["mean", "", "UWAVE"])
def test_an_estimator_is_one_of_those_named(estimator: str) -> None:
    with pytest.raises(BadReadings, match="unknown"):
        within_sigma(even_subgroups([1.0, 2.0, 3.0, 5.0], 2), estimator)
    with pytest.raises(BadReadings, match="unknown"):
        single_sigma(np.array([1.0, 2.0]), estimator)


def test_each_reading_belongs_to_one_subgroup() -> None:
    with pytest.raises(BadReadings) as bad:
        named_subgroups([1.0, 2.0], ["a"])
    assert bad.value.facts == {"one": 2, "other": 1}


def test_sizes_cut_a_column_and_must_add_up() -> None:
    cut = sized_subgroups([1.0, 3.0, 5.0], [1, 2])
    assert (figures(cut).means.tolist(), cut.even, sized_subgroups([1.0, 2.0], [1, 1]).even) == (
        [1.0, 4.0],
        0,
        1,
    )
    for sizes in ([1, 1], [3, 1], [0, 3]):
        with pytest.raises(BadReadings) as bad:
            sized_subgroups([1.0, 3.0, 5.0], sizes)
        assert bad.value.code == "same_length"
