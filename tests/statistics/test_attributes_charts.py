# SPDX-License-Identifier: Apache-2.0
"""Charts of counts against published figures, and counts that cannot be."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qcdesk.statistics.attributes_charts import c_chart, g_chart, laney_p, laney_u, np_chart, p_chart, u_chart
from qcdesk.statistics.control_charts import Base, Frozen
from qcdesk.statistics.readings import BadReadings

# NIST/SEMATECH e-Handbook, section 6.3.3.1: defects on 25 wafers.
WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]
# NIST/SEMATECH e-Handbook, section 6.3.3.2: chips out of 50 on each of 30 wafers.
CHIPS = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]


def test_counts_chart_of_the_handbook() -> None:
    """NIST/SEMATECH e-Handbook, section 6.3.3.1: centre 16, limits 28 and 4; wafer 24 is beyond.

    Open at: itl.nist.gov/div898/handbook/pmc/section3/pmc331.htm.
    """
    chart = c_chart(WAFERS, rules="shewhart")
    assert (chart.center, chart.main.ucl[0], chart.main.lcl[0]) == (16, 28, 4)
    assert list(chart.main.signals[0].points) == [24]


def test_proportions_chart_of_the_handbook() -> None:
    """NIST/SEMATECH e-Handbook, section 6.3.3.2: centre 0.2313, limits 0.4102 and 0.0524; two wafers are beyond.

    Open at: itl.nist.gov/div898/handbook/pmc/section3/pmc332.htm.
    """
    chart = p_chart(CHIPS, 50, rules="shewhart")
    assert chart.center == pytest.approx(0.2313, abs=5e-5)
    assert chart.main.ucl[0] == pytest.approx(0.4102, abs=5e-5)
    assert chart.main.lcl[0] == pytest.approx(0.0524, abs=5e-5)
    assert list(chart.main.signals[0].points) == [15, 23]


def test_numbers_chart_is_the_proportions_chart_times_the_size() -> None:
    """The same chips: n p ± 3 sqrt(n p (1 - p)) by the definition, 0.2313 of 50 gives 20.510 and 2.620."""
    chart = np_chart(CHIPS, 50)
    assert chart.main.center[0] == pytest.approx(11.5667, abs=1e-4)
    assert chart.main.ucl[0] == pytest.approx(20.512, abs=2e-3)
    assert chart.main.lcl[0] == pytest.approx(2.621, abs=2e-3)


def test_defects_per_unit_follow_each_size() -> None:
    """Montgomery (2013), example 7.5, dyed cloth: 1.42 defects per 50 m², limits 2.55 and 0.29 for ten units.

    Open at (data): github.com/MilenMetodiev/CenterSpaceNevronExamples, the u-chart; limits: 1.42 ± 3 sqrt(1.42 / n).
    """
    chart = u_chart([14, 12, 20, 11, 7, 10, 21, 16, 19, 23], [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5])
    assert chart.center == pytest.approx(1.42, abs=5e-3)
    assert chart.main.ucl[0] == pytest.approx(2.55, abs=6e-3) and chart.main.lcl[0] == pytest.approx(
        0.29, abs=6e-3
    )
    assert chart.main.ucl[1] == pytest.approx(2.69, abs=6e-3)


def test_lanes_limits_open_with_what_the_level_wanders() -> None:
    """σz is the mean moving range of the standardised shares over 1.128: worked by hand for four large samples."""
    counts, sizes = [950, 980, 930, 1000], [1000.0, 1010.0, 990.0, 1030.0]
    chart = laney_p(counts, sizes)
    p = sum(counts) / sum(sizes)
    z = [(d / n - p) / math.sqrt(p * (1 - p) / n) for d, n in zip(counts, sizes, strict=True)]
    ratio = sum(abs(b - a) for a, b in pairwise(z)) / 3 / (2 / math.sqrt(math.pi))
    assert chart.ratio == pytest.approx(ratio)
    plain = p_chart(counts, sizes)
    assert chart.main.se[0] == pytest.approx(plain.main.se[0] * ratio)


def test_without_wandering_laney_and_plain_charts_agree() -> None:
    rng = np.random.default_rng(5)
    sizes = rng.integers(400, 600, 5000).astype(float)
    assert laney_p(rng.binomial(sizes.astype(int), 0.1), sizes).ratio == pytest.approx(1, abs=0.05)
    assert laney_u(rng.poisson(sizes * 0.3), sizes).ratio == pytest.approx(1, abs=0.05)


def test_rare_events_may_count_their_own_unit_or_not() -> None:
    between = [3.0, 11.0, 7.0, 19.0, 2.0]
    without, with_it = g_chart(between), g_chart([x + 1 for x in between], event_counted=True)
    assert without.sigma == pytest.approx(math.sqrt(8.4 * 9.4))
    assert with_it.sigma == pytest.approx(without.sigma)
    assert (without.main.lcl[0], with_it.main.lcl[0]) == (0, 1)


def test_frozen_limits_stay_whatever_comes() -> None:
    chart = p_chart([30, 2], [100.0, 100.0], frozen=Frozen(center=0.05), rules="shewhart")
    assert chart.phase == 2 and chart.main.ucl[0] == pytest.approx(0.05 + 3 * math.sqrt(0.05 * 0.95 / 100))
    assert list(chart.main.signals[0].points) == [1]


def test_limits_rest_on_the_base_only() -> None:
    assert c_chart([*WAFERS, 90], base=Base(first=25)).center == 16


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 90)), min_size=2, max_size=30))
def test_limits_stay_where_shares_can_be(rows: list[tuple[int, int]]) -> None:
    counts, sizes = [a for a, _ in rows], [float(b) for _, b in rows]
    assume(sum(counts) > 0)
    chart = p_chart(counts, sizes)
    assert all(
        0 <= low <= chart.center <= high <= 1
        for low, high in zip(chart.main.lcl, chart.main.ucl, strict=True)
    )
    assert min(u_chart(counts, sizes).main.lcl) >= 0


@pytest.mark.parametrize(
    ("counts", "sizes", "code"),
    [([1, 9], [5, 5], "above_size"), ([1, -1], [5, 5], "negative"), ([1, 1.5], [5, 5], "not_whole"),
     ([1, 1], [5, 0], "size_zero"),
     ([1, 1], [5], "same_length"), ([0, 0], [5, 5], "constant"), ([5, 5], [5, 5], "constant"),
     ([1], [5], "too_few"), ([1, math.inf], [5, 5], "not_finite")],
)  # fmt: skip
def test_counts_that_cannot_be_are_refused(counts: list[float], sizes: list[float], code: str) -> None:
    with pytest.raises(BadReadings) as bad:
        p_chart(counts, sizes)
    assert bad.value.code == code


def test_nothing_found_at_all_is_no_chart() -> None:
    with pytest.raises(BadReadings, match="constant"):
        c_chart([0, 0])
    with pytest.raises(BadReadings, match="constant"):
        g_chart([0.0, 0.0])
