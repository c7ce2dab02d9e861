# SPDX-License-Identifier: Apache-2.0
"""The exact interval and the hypergeometric tails agree with published figures and with exact sums."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.proportions import at_least, at_most, binomial_at_least, exact_interval


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_the_exact_interval_equals_published_ones(successes: int, n: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 5.

    Open at: studylib.net/doc/7960426.
    """
    assert exact_interval(successes, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_ends_of_the_exact_interval_leave_the_stated_tails(case: tuple[int, int]) -> None:
    k, n = case
    low, high = exact_interval(k, n)
    assert low <= k / n <= high
    if k:
        assert sum(binomial(x, n, low) for x in range(k, n + 1)) == pytest.approx(0.025, rel=1e-6)
    if k < n:
        assert sum(binomial(x, n, high) for x in range(k + 1)) == pytest.approx(0.025, rel=1e-6)


def binomial(x: int, n: int, p: float) -> float:
    return math.comb(n, x) * p**x * (1 - p) ** (n - x)


def test_the_exact_interval_of_half_a_million_is_found() -> None:
    low, high = exact_interval(250_000, 500_000)
    assert low == pytest.approx(1 - high)
    assert 0.4986 < low < 0.4987


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_counts_out_of_range_have_no_interval(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="of"):
        exact_interval(successes, n)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95.0])
def test_a_confidence_out_of_range_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        exact_interval(1, 5, confidence)


populations = st.integers(0, 60).flatmap(
    lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n), st.integers(-2, n + 2))
)


@given(populations)
def test_the_tails_equal_exact_sums(case: tuple[int, int, int, int]) -> None:
    population, marked, drawn, k = case
    share = {x: exactly(x, population, marked, drawn) for x in range(min(marked, drawn) + 1)}
    lower = float(sum((p for x, p in share.items() if x <= k), Fraction()))
    upper = float(sum((p for x, p in share.items() if x >= k), Fraction()))
    assert at_most(k, population, marked, drawn) == pytest.approx(lower, rel=1e-9, abs=1e-12)
    assert at_least(k, population, marked, drawn) == pytest.approx(upper, rel=1e-9, abs=1e-12)


def exactly(x: int, population: int, marked: int, drawn: int) -> Fraction:
    ways = math.comb(marked, x) * math.comb(population - marked, drawn - x)
    return Fraction(ways, math.comb(population, drawn))


def test_a_tail_far_beyond_the_middle_is_whole() -> None:
    assert at_most(5_000, 100_000, 10_000, 10_000) == pytest.approx(1.0)
    assert at_least(5_000, 100_000, 10_000, 10_000) == pytest.approx(0.0)


def test_more_marked_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="marked"):
        at_most(1, 5, 6, 2)


@given(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(-1, n + 1))), st.integers(0, 20)
)
def test_the_binomial_tail_equals_its_exact_sum(counts: tuple[int, int], twentieths: int) -> None:
    n, k = counts
    p = Fraction(twentieths, 20)
    wanted = sum((math.comb(n, x) * p**x * (1 - p) ** (n - x) for x in range(max(k, 0), n + 1)), Fraction())
    assert binomial_at_least(k, n, float(p)) == pytest.approx(float(wanted), abs=1e-12)


def test_a_probability_beyond_one_has_no_binomial_tail() -> None:
    with pytest.raises(ValueError, match="trials"):
        binomial_at_least(1, 3, 1.5)
