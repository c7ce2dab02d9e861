# SPDX-License-Identifier: Apache-2.0
"""EWMA and CUSUM against published examples, and against each other's definitions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.control_charts import Frozen
from qcdesk.statistics.readings import BadReadings
from qcdesk.statistics.subgroups import listed_subgroups
from qcdesk.statistics.weighted_charts import Cusum, cusum, ewma

# NIST/SEMATECH e-Handbook, section 6.3.2.4: target 50, s 2.0539, weight 0.3.
PARTS = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4,
         53.6, 52.1]  # fmt: skip
SMOOTHED = [50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38,
            49.92, 50.73, 51.23, 51.94, 51.99]  # fmt: skip
# Montgomery (2013), table 9.1: twenty from a process at 10, ten more at 11, standard deviation 1.
SHIFTED = [9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08, 9.37,
           10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52]  # fmt: skip
UPPER = [0, 0, 0, 1.16, 2.82, 2.50, 0.04, 1.00, 0, 0, 0, 0.97, 0.98, 0, 0, 0, 0.12, 0, 0, 0.34, 0.74, 0, 1.79, 2.79,
         2.89, 3.47, 3.35, 4.47, 5.28, 5.30]  # fmt: skip


# NIST/SEMATECH e-Handbook, section 6.3.2.3: means of 20 groups, and the upper sums.
GROUP_MEANS = [324.93, 324.68, 324.73, 324.35, 325.35, 325.23, 324.13, 324.53, 325.23, 324.60, 324.63, 325.15, 328.33,
               327.25, 327.83, 328.50, 326.68, 327.78, 326.88, 328.35]  # fmt: skip
HANDBOOK_UPPER = [0, 0, 0, 0, 0.03, 0, 0, 0, 0, 0, 0, 0, 3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16.00, 19.04]


def test_ewma_of_the_handbook() -> None:
    """NIST/SEMATECH e-Handbook, section 6.3.2.4: the averages, and the limits 52.5884 and 47.4115 they come to.

    Open at: itl.nist.gov/div898/handbook/pmc/section3/pmc324.htm.
    """
    chart = ewma(PARTS, weight=0.3, frozen=Frozen(center=50.0, sigma=2.0539))
    assert list(chart.main.points) == pytest.approx(SMOOTHED, abs=6e-3)
    assert chart.main.ucl[-1] == pytest.approx(52.5884, abs=2e-4)
    assert chart.main.lcl[-1] == pytest.approx(47.4115, abs=2e-4)
    assert chart.in_control


def test_ewma_of_a_small_shift() -> None:
    """Montgomery (2013), example 9.2: weight 0.1, L 2.7; first values 9.945, 9.7495 and 9.70355, last 10.6468 and
    10.6341, limits 9.3811 to 10.6189 at last; points 29 and 30 are beyond.

    Open at: github.com/cjbrant/mfgQC, tests/test_published_oracles_six.py (data: tests/conftest.py).
    """
    chart = ewma(SHIFTED, weight=0.1, width=2.7, frozen=Frozen(center=10.0, sigma=1.0))
    assert list(chart.main.points[:3]) == pytest.approx([9.945, 9.7495, 9.70355], abs=6e-6)
    assert list(chart.main.points[-2:]) == pytest.approx([10.6468, 10.6341], abs=6e-5)
    assert [chart.main.lcl[0], chart.main.ucl[0]] == pytest.approx([9.73, 10.27])
    assert [chart.main.lcl[-1], chart.main.ucl[-1]] == pytest.approx([9.3811, 10.6189], abs=1e-3)
    assert list(chart.main.signals[0].points) == [29, 30]


def test_cusum_of_a_small_shift() -> None:
    """Montgomery (2013), example 9.1: k 0.5, h 5; the upper sum passes h at period 29.

    Open at: github.com/kgdunn/process-improve, the tests of its CUSUM chart.
    """
    chart = cusum(SHIFTED, frozen=Frozen(center=10.0, sigma=1.0))
    assert list(chart.main.points) == pytest.approx(UPPER, abs=6e-3)
    assert list(chart.main.signals[0].points) == [29, 30]
    assert chart.beside is not None and chart.beside.in_control and max(chart.beside.points) <= 0
    assert (chart.main.ucl[0], chart.beside.lcl[0]) == (5, -5)


def test_cusum_of_the_handbook() -> None:
    """NIST/SEMATECH e-Handbook, section 6.3.2.3: target 325, deviation of the means 0.635, k 0.3175, h 4.1959.

    The sums it prints come from means with more digits than it prints, hence the width; the first signal is group 14.
    Open at: itl.nist.gov/div898/handbook/pmc/section3/pmc323.htm.
    """
    chart = cusum(
        GROUP_MEANS, frozen=Frozen(center=325.0, sigma=0.635), setting=Cusum(interval=4.1959 / 0.635)
    )
    assert chart.beside is not None
    unit = 0.635 * chart.main.ucl[0] / 4.1959  # 1 where sums are in units of the deviation, else 0.635
    assert [0.635 * x / unit for x in chart.main.points] == pytest.approx(HANDBOOK_UPPER, abs=0.03)
    assert list(chart.main.signals[0].points) == list(range(14, 21)) and chart.beside.in_control


def test_a_head_start_signals_no_later() -> None:
    frozen = Frozen(center=9.0, sigma=1.0)
    plain = cusum(SHIFTED, frozen=frozen).main.signals[0].points[0]
    assert cusum(SHIFTED, frozen=frozen, setting=Cusum(start=2.5)).main.signals[0].points[0] <= plain


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=30), st.floats(0.05, 1))
def test_ewma_is_the_weighted_sum_and_its_spread_what_the_weights_say(
    values: list[float], weight: float
) -> None:
    chart = ewma(values, weight=weight, frozen=Frozen(center=0.0, sigma=2.0))
    n = len(values)
    weights = [weight * (1 - weight) ** (n - 1 - i) for i in range(n)]
    assert chart.main.points[-1] == pytest.approx(
        sum(w * v for w, v in zip(weights, values, strict=True)), abs=1e-9
    )
    assert chart.main.se[-1] == pytest.approx(2 * math.sqrt(sum(w * w for w in weights)))


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=30))
def test_cusum_upside_down_swaps_its_sides(values: list[float]) -> None:
    frozen = Frozen(center=0.0, sigma=1.0)
    chart, turned = cusum(values, frozen=frozen), cusum([-v for v in values], frozen=frozen)
    assert chart.beside is not None
    assert [-v for v in chart.beside.points] == pytest.approx(list(turned.main.points))


def test_means_of_subgroups_vary_less_by_the_root_of_their_size() -> None:
    groups = [[9.0, 11.0, 10.0, 10.0]] * 5
    chart = ewma(listed_subgroups(groups), weight=1.0, frozen=Frozen(center=10.0, sigma=2.0))
    assert list(chart.main.se) == pytest.approx([1.0] * 5)
    uneven = ewma(listed_subgroups([*groups, [9.0, 10.0]]), weight=1.0, frozen=Frozen(center=10.0, sigma=2.0))
    assert list(uneven.main.se) == pytest.approx([1.0] * 5 + [math.sqrt(2)])


@pytest.mark.parametrize("weight", [0.0, -0.1, 1.01, math.nan])
def test_a_weight_lies_above_zero_up_to_one(weight: float) -> None:
    with pytest.raises(BadReadings, match="outside"):
        ewma(PARTS, weight=weight)


@pytest.mark.parametrize("setting", [Cusum(shift=0), Cusum(interval=-1), Cusum(start=5), Cusum(start=-1)])
def test_a_cusum_that_cannot_be_is_refused(setting: Cusum) -> None:
    with pytest.raises(BadReadings, match="outside"):
        cusum(PARTS, setting=setting)


def test_a_constant_column_is_refused() -> None:
    for draw in (ewma, cusum):
        with pytest.raises(BadReadings, match="constant"):
            draw([4.0] * 9)
