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
# Montgomery (2013), table 6.1: flow widths of a hard-bake process, 25 subgroups of five, one after the other.
FLOW_WIDTHS = [
    1.3235, 1.4128, 1.6744, 1.4573, 1.6914, 1.4314, 1.3592, 1.6075, 1.4666, 1.6109, 1.4284, 1.4871,
    1.4932, 1.4324, 1.5674, 1.5028, 1.6352, 1.3841, 1.2831, 1.5507, 1.5604, 1.2735, 1.5265, 1.4363,
    1.6441, 1.5955, 1.5451, 1.3574, 1.3281, 1.4198, 1.6274, 1.5064, 1.8366, 1.4177, 1.5144, 1.4190,
    1.4303, 1.6637, 1.6067, 1.5519, 1.3884, 1.7277, 1.5355, 1.5176, 1.3688, 1.4039, 1.6697, 1.5089,
    1.4627, 1.5220, 1.4158, 1.7667, 1.4278, 1.5928, 1.4181, 1.5821, 1.3355, 1.5777, 1.3908, 1.7559,
    1.2856, 1.4106, 1.4447, 1.6398, 1.1928, 1.4951, 1.4036, 1.5893, 1.6458, 1.4969, 1.3589, 1.2863,
    1.5996, 1.2497, 1.5471, 1.5747, 1.5301, 1.5171, 1.1839, 1.8662, 1.3680, 1.7269, 1.3957, 1.5014,
    1.4449, 1.4163, 1.3864, 1.3057, 1.6210, 1.5573, 1.5796, 1.4185, 1.6541, 1.5116, 1.7247, 1.7106,
    1.4412, 1.2361, 1.3820, 1.7601, 1.4371, 1.5051, 1.3485, 1.5670, 1.4880, 1.4738, 1.5936, 1.6583,
    1.4973, 1.4720, 1.5917, 1.4333, 1.5551, 1.5295, 1.6866, 1.6399, 1.5243, 1.5705, 1.5563, 1.5530,
    1.5797, 1.3663, 1.6240, 1.3732, 1.6887,
]  # fmt: skip
FEW = [[5.1, 5.3, 4.9], [5.0, 5.2, 5.1], [4.8, 5.0, 5.4], [5.2, 5.1, 5.1]]


def test_individuals_chart_of_the_handbook() -> None:
    """NIST/SEMATECH e-Handbook, section 6.3.2.2: limits 55.8041 and 45.8159 (with d2 as 1.128).

    Open at: itl.nist.gov/div898/handbook/pmc/section3/pmc322.htm.
    """
    chart = i_mr(FLOW_RATES)
    assert chart.center == pytest.approx(50.81) and chart.beside is not None
    assert chart.beside.center[0] == pytest.approx(1.8778, abs=5e-5)
    assert chart.main.ucl[0] == pytest.approx(55.8041, rel=5e-4)
    assert chart.main.lcl[0] == pytest.approx(45.8159, rel=5e-4)
    assert chart.in_control and chart.estimator == "moving_range"


def test_means_and_ranges_of_the_hard_bake_process() -> None:
    """Montgomery (2013), example 6.1: mean 1.5056, mean range 0.32521, and with A2 0.577 and D4 2.115 the limits
    1.69325 and 1.31795 for the means, 0.6878 for the ranges; in control.

    Open at: github.com/cjbrant/mfgQC, tests/conftest.py and tests/test_control_charts.py.
    """
    chart = xbar_r(even_subgroups(FLOW_WIDTHS, 5))
    assert chart.beside is not None and chart.beside.center[0] == pytest.approx(0.32521, abs=1e-5)
    assert chart.center == pytest.approx(1.5056, abs=5e-5)
    assert chart.main.ucl[0] == pytest.approx(1.69325, abs=2e-4)
    assert chart.main.lcl[0] == pytest.approx(1.31795, abs=2e-4)
    assert chart.beside.ucl[0] == pytest.approx(0.6878, abs=3e-4) and chart.beside.lcl[0] == 0
    assert not any(v.rule == "N1" for v in chart.main.violations()) and chart.beside.in_control


def test_means_and_ranges_keep_the_limits_of_phase_one() -> None:
    first = xbar_r(even_subgroups(FLOW_WIDTHS, 5))
    chart = xbar_r(even_subgroups(FLOW_WIDTHS[:10], 5), frozen=Frozen(center=first.center, sigma=first.sigma))
    assert (chart.phase, chart.estimated_from, chart.estimator) == (2, 0, "given")
    assert chart.beside is not None and first.beside is not None
    assert chart.main.ucl[0] == pytest.approx(first.main.ucl[0])
    assert chart.beside.ucl[0] == pytest.approx(first.beside.ucl[0]) and chart.beside.lcl[0] == 0


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
