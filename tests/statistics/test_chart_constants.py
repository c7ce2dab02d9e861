# SPDX-License-Identifier: Apache-2.0
"""Constants against their closed forms, printed tables and their own limits."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcdesk.statistics.chart_constants import c4, d2, d3, limit_factors
from qcdesk.statistics.readings import BadReadings

# Montgomery, Introduction to Statistical Quality Control (2013), appendix VI = ASTM E2587: n, c4, d2, d3.
PRINTED = [
    (2, 0.7979, 1.128, 0.853), (3, 0.8862, 1.693, 0.888), (4, 0.9213, 2.059, 0.880), (5, 0.9400, 2.326, 0.864),
    (6, 0.9515, 2.534, 0.848), (8, 0.9650, 2.847, 0.820), (10, 0.9727, 3.078, 0.797), (15, 0.9823, 3.472, 0.756),
    (20, 0.9869, 3.735, 0.729), (25, 0.9896, 3.931, 0.708),
]  # fmt: skip


@pytest.mark.parametrize(("n", "s", "mean", "sd"), PRINTED)
def test_constants_are_those_of_the_printed_table(n: int, s: float, mean: float, sd: float) -> None:
    assert c4(n) == pytest.approx(s, abs=6e-5)
    assert d2(n) == pytest.approx(mean, abs=6e-4) and d3(n) == pytest.approx(sd, abs=6e-4)


def test_small_samples_have_closed_forms() -> None:
    """The range of two is √2 |z|; of three its mean is 3/√π."""
    assert d2(2) == pytest.approx(2 / math.sqrt(math.pi), abs=1e-13)
    assert d3(2) == pytest.approx(math.sqrt(2 - 4 / math.pi), abs=1e-10)
    assert d2(3) == pytest.approx(3 / math.sqrt(math.pi), abs=1e-13)
    assert c4(2) == pytest.approx(math.sqrt(2 / math.pi), abs=1e-15)


@pytest.mark.parametrize(
    ("n", "printed"),
    [(5, (0.577, 1.427, 0, 2.114, 0, 2.089)), (10, (0.308, 0.975, 0.223, 1.777, 0.284, 1.716)),
     (25, (0.153, 0.606, 0.459, 1.541, 0.565, 1.435))],
)  # fmt: skip
def test_factors_are_those_of_the_printed_table(n: int, printed: tuple[float, ...]) -> None:
    """Montgomery (2013), appendix VI: A2, A3, D3, D4, B3, B4.

    Open at: digilib.universitaspertamina.ac.id, The Handbook for Quality Management, page 401 (c4, A2, A3, B3, B4);
    itl.nist.gov/div898/handbook/pmc/section3/pmc321.htm (A2, D3, D4 up to 10).
    """
    found = limit_factors(n)
    assert [found.a2, found.a3, found.d_3, found.d_4, found.b3, found.b4] == pytest.approx(
        printed, abs=1.1e-3
    )


def test_a_hundred_and_a_thousand_are_not_cut_off() -> None:
    """The mean range is twice the mean of the largest, ∫ x n φ(x) Φ(x)^(n-1) dx, summed here in small steps."""
    for n in (100, 1000):
        steps = [-8 + i / 500 for i in range(8001)]
        largest = math.fsum(
            x
            * n
            * math.exp(-x * x / 2)
            / math.sqrt(2 * math.pi)
            * (math.erfc(-x / math.sqrt(2)) / 2) ** (n - 1)
            for x in steps
        )
        assert d2(n) == pytest.approx(2 * largest / 500, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 3000))
def test_constants_move_one_way_with_the_size(n: int) -> None:
    assert c4(n) < c4(n + 1) < 1
    assert d2(n) < d2(n + 1)
    assert 0 < d3(n) < 1


def test_series_and_gamma_function_meet() -> None:
    gamma = math.sqrt(2 / 399) * math.exp(math.lgamma(200) - math.lgamma(199.5))
    assert c4(400) == pytest.approx(gamma, abs=1e-12)


def test_millions_of_pooled_readings_have_a_constant() -> None:
    assert 1 - 1e-6 < c4(5_000_000) < 1
    with pytest.raises(BadReadings, match="outside"):
        c4(1)


@pytest.mark.parametrize("n", [1, 0, -3, 1_000_001])
def test_no_constant_without_a_sample(n: int) -> None:
    with pytest.raises(BadReadings, match="outside"):
        d2(n)
