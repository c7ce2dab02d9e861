# SPDX-License-Identifier: Apache-2.0
"""Charts of measured values against published figures, and what no chart can be drawn of."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.control_charts import Base, Frozen
from qcdesk.statistics.readings import BadReadings
from qcdesk.statistics.subgroups import ESTIMATORS, even_subgroups, listed_subgroups, named_subgroups
from qcdesk.statistics.variables_charts import i_mr, xbar_r, xbar_s

# NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2: flow rates of ten batches.
FLOW_RATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
FEW = [[5.1, 5.3, 4.9], [5.0, 5.2, 5.1], [4.8, 5.0, 5.4], [5.2, 5.1, 5.1]]


def test_individuals_chart_of_the_handbook() -> None:
    """NIST/SEMATECH e-Handbook, section 6.3.2.2: limits 55.8041 and 45.8159 (with d2 as 1.128)."""
    chart = i_mr(FLOW_RATES)
    assert chart.center == pytest.approx(50.81) and chart.beside is not None
    assert chart.beside.center[0] == pytest.approx(1.8778, abs=5e-5)
    assert chart.main.ucl[0] == pytest.approx(55.8041, rel=5e-4)
    assert chart.main.lcl[0] == pytest.approx(45.8159, rel=5e-4)
    assert chart.in_control and chart.estimator == "moving_range"


def test_means_and_ranges_keep_the_limits_of_phase_one() -> None:
    """Montgomery (2013), example 6.1, 25 subgroups of five: mean 1.5056, mean range 0.32521 give 1.69325 and 1.31795
    for the means, 0.68749 for the ranges.
    """
    frozen = Frozen(center=1.5056, sigma=0.32521 / 2.3259290)
    chart = xbar_r(
        even_subgroups([1.46, 1.52, 1.50, 1.31, 1.68, 1.4, 1.5, 1.6, 1.55, 1.45], 5), frozen=frozen
    )
    assert (chart.phase, chart.estimated_from, chart.estimator) == (2, 0, "given")
    assert chart.beside is not None
    assert chart.main.ucl[0] == pytest.approx(1.69325, abs=1e-4)
    assert chart.main.lcl[0] == pytest.approx(1.31795, abs=1e-4)
    assert chart.beside.ucl[0] == pytest.approx(0.68749, abs=2e-4) and chart.beside.lcl[0] == 0


def test_subgroups_of_several_sizes_have_limits_of_their_own() -> None:
    chart = xbar_s(listed_subgroups([[5.1, 5.3, 4.9], [5.0, 5.2], [4.8, 5.0, 5.4, 5.1]]))
    reach = [u - c for u, c in zip(chart.main.ucl, chart.main.center, strict=True)]
    assert reach == pytest.approx([3 * chart.sigma / math.sqrt(n) for n in (3, 2, 4)])
    assert chart.center == pytest.approx(45.8 / 9)
    assert chart.beside is not None and len(set(chart.beside.center)) == 3


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_every_estimator_is_named_and_near_the_others(estimator: str) -> None:
    chart = xbar_r(listed_subgroups([*FEW, [5.0, 5.1]]), estimator=estimator)
    assert chart.estimator == estimator
    assert chart.sigma == pytest.approx(0.18, abs=0.06)


@given(st.sampled_from(ESTIMATORS), st.floats(0.01, 100), st.floats(-1e3, 1e3))
def test_another_unit_gives_the_same_chart(estimator: str, scale: float, shift: float) -> None:
    plain = xbar_r(listed_subgroups(FEW), estimator=estimator)
    other = xbar_r(listed_subgroups([[shift + scale * x for x in g] for g in FEW]), estimator=estimator)
    assert other.sigma == pytest.approx(scale * plain.sigma, rel=1e-6)
    assert other.main.ucl[0] == pytest.approx(shift + scale * plain.main.ucl[0], rel=1e-6, abs=1e-6)


def test_limits_rest_on_the_base_only() -> None:
    readings = [*FLOW_RATES, 70.0, 71.0]
    chart = i_mr(readings, base=Base(first=10))
    assert chart.main.ucl[-1] == pytest.approx(i_mr(FLOW_RATES).main.ucl[0])
    assert chart.estimated_from == 10
    assert [v.index for v in chart.main.violations() if v.rule == "N1"] == [11, 12]
    left = i_mr([*FLOW_RATES, 70.0], base=Base(leave_out={11}))
    assert left.sigma == pytest.approx(chart.sigma)


def test_moving_ranges_count_from_the_second_point() -> None:
    chart = i_mr([*FLOW_RATES, 80.0], base=Base(first=10))
    assert chart.beside is not None and chart.beside.first == 2
    assert [v.index for v in chart.beside.violations()] == [11]


def test_named_subgroups_stand_as_they_first_appear() -> None:
    groups = named_subgroups([1.0, 2.0, 3.0, 4.0], ["b", "a", "b", "a"])
    assert groups.names == ("b", "a") and list(groups.readings) == [1.0, 3.0, 2.0, 4.0] and groups.even == 2


@pytest.mark.parametrize(
    ("lists", "code"),
    [([[1.0, 2.0]], "too_few"), ([[1.0], [2.0]], "too_few"), ([[3.0, 3.0], [3.0, 3.0]], "constant"),
     ([[0.1] * 3] * 4, "constant"),
     ([[1.0, math.nan], [3.0, 3.0]], "not_finite"), ([[1.0, 2.0], []], "too_few")],
)  # fmt: skip
def test_what_no_chart_can_be_drawn_of_is_refused(lists: list[list[float]], code: str) -> None:
    with pytest.raises(BadReadings) as bad:
        xbar_r(listed_subgroups(lists))
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("more", "code"),
    [({"estimator": "guess"}, "unknown"), ({"width": 0.0}, "outside"), ({"rules": "mine"}, "unknown"),
     ({"frozen": Frozen(sigma=-1.0)}, "outside"), ({"base": Base(first=99)}, "outside"),
     ({"base": Base(first=1)}, "too_few"), ({"base": Base(leave_out={0})}, "outside")],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(more: dict[str, object], code: str) -> None:
    with pytest.raises(BadReadings) as bad:
        i_mr(FLOW_RATES, **more)  # type: ignore[arg-type]
    assert bad.value.code == code


def test_readings_that_do_not_fill_the_last_subgroup_are_not_dropped_in_silence() -> None:
    with pytest.raises(BadReadings) as bad:
        even_subgroups([1.0, 2.0, 3.0], 2)
    assert bad.value.facts == {"n": 3, "size": 2}


def test_sigma_is_unbiased_on_normal_readings() -> None:
    """4,000 subgroups: the mean of each estimator lies within four standard errors of 1."""
    readings = np.random.default_rng(7).standard_normal(20_000)
    for estimator in ESTIMATORS:
        assert xbar_r(even_subgroups(readings, 5), estimator=estimator).sigma == pytest.approx(1, abs=0.025)
    for estimator in ("moving_range", "median_moving_range", "overall_sd"):
        assert i_mr(readings, estimator=estimator).sigma == pytest.approx(1, abs=0.04)


def test_rounding_is_no_variation() -> None:
    """The mean of three times 0.1 is not 0.1 in floats."""
    for draw in (xbar_r, xbar_s):
        with pytest.raises(BadReadings, match="constant"):
            draw(listed_subgroups([[0.1] * 3, [0.7] * 3]), estimator="pooled_sd")
    with pytest.raises(BadReadings, match="constant"):
        i_mr([0.1] * 7, estimator="overall_sd")
