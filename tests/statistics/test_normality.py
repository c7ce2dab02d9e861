# SPDX-License-Identifier: Apache-2.0
"""Anderson and Darling's test against published figures and its own definition."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.normality import anderson_darling, normal_scores, p_of
from qcdesk.statistics.readings import BadReadings

# Conover, Practical Nonparametric Statistics (1980), p. 195: two-digit numbers out of a telephone book.
TELEPHONE_BOOK = [
    *(23, 23, 24, 27, 29, 31, 32, 33, 33, 35, 36, 37, 40, 42, 43, 43, 44, 45, 48, 48, 54, 54, 56, 57, 57),
    *(58, 58, 58, 58, 59, 61, 61, 62, 63, 64, 65, 66, 68, 68, 70, 73, 73, 74, 75, 77, 81, 87, 89, 93, 97),
]


def by_definition(readings: list[float]) -> float:
    """Return A² term by term, as it is written in books."""
    n = len(readings)
    mean = math.fsum(readings) / n
    sd = math.sqrt(math.fsum((x - mean) ** 2 for x in readings) / (n - 1))
    below = [NormalDist(mean, sd).cdf(x) for x in sorted(readings)]
    terms = [(2 * i + 1) * (math.log(below[i]) + math.log(1 - below[n - 1 - i])) for i in range(n)]
    return -n - math.fsum(terms) / n


@pytest.mark.parametrize(("adjusted", "p"), [(0.631, 0.10), (0.752, 0.05), (0.873, 0.025), (1.035, 0.01)])
def test_p_at_the_tabled_points_is_the_tables_level(adjusted: float, p: float) -> None:
    """Stephens (1986), table 4.7, case 3; its parabolas of table 4.9 meet it within 3 %.

    Open at: github.com/scipy/scipy, scipy/stats/_morestats.py, the percentage points of the normal.
    """
    assert p_of(adjusted) == pytest.approx(p, rel=0.03)


@pytest.mark.parametrize(
    ("adjusted", "upside_down", "parabola"),
    [(0.171296, True, (-13.436, 101.14, -223.73)), (0.3, True, (-8.318, 42.796, -59.938)),
     (0.5, False, (0.9177, -4.279, -1.38)), (1.1, False, (1.2937, -5.709, 0.0186))],
)  # fmt: skip
def test_p_between_the_tabled_points_is_on_the_published_parabolas(
    adjusted: float, upside_down: bool, parabola: tuple[float, float, float]
) -> None:
    """Stephens (1986), table 4.9, both parameters estimated; as the R package nortest has it.

    Open at: cran.r-project.org/package=nortest, ad.test.
    """
    bent = math.exp(sum(one * adjusted**power for power, one in enumerate(parabola)))
    assert p_of(adjusted) == pytest.approx(1 - bent if upside_down else bent, rel=1e-9)


def test_telephone_book_is_not_told_from_normal() -> None:
    """Conover (1980), p. 364: not rejected at 5 %.

    Open at: help.imsl.com, ad_normality_test (readings and verdict; A² is held against its definition below).
    """
    found = anderson_darling(TELEPHONE_BOOK)
    assert found.n == 50 and found.statistic == pytest.approx(0.3339, abs=5e-5)
    assert found.p == pytest.approx(0.502, abs=1e-3) and not found.doubtful()


def test_powers_of_two_are_not_normal() -> None:
    found = anderson_darling([2.0**k for k in range(20)])
    assert found.doubtful(0.001)


@given(st.lists(st.integers(-50, 50), min_size=8, max_size=40).filter(lambda x: len(set(x)) > 1))
def test_statistic_is_that_of_the_definition_in_any_unit(readings: list[int]) -> None:
    found = anderson_darling([float(x) for x in readings])
    assert found.statistic == pytest.approx(by_definition([float(x) for x in readings]), rel=1e-6, abs=1e-7)
    moved = anderson_darling([1e6 + 3e-3 * x for x in readings])
    assert moved.statistic == pytest.approx(found.statistic, rel=1e-4, abs=1e-6)
    assert 0 <= found.p <= 1


@given(st.floats(0.0, 60.0), st.floats(0.0, 60.0))
def test_a_larger_statistic_has_no_larger_p(one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert p_of(high) <= p_of(low) + 2e-3  # the parabolas of the table meet within that


@pytest.mark.parametrize(
    ("readings", "code"),
    [([1.0] * 7, "too_few"), ([5.0] * 9, "constant"), ([1.0, 2.0, math.nan] * 4, "not_finite"),
     ([1.0, 2.0, math.inf] * 4, "not_finite")],
)  # fmt: skip
def test_what_cannot_be_tested_is_refused(readings: list[float], code: str) -> None:
    with pytest.raises(BadReadings) as bad:
        anderson_darling(readings)
    assert bad.value.code == code
    if code == "not_finite":
        assert bad.value.facts["row"] == 3


@pytest.mark.parametrize("n", [1, 2, 15, 60])
def test_scores_are_where_half_of_all_normal_samples_have_the_reading_of_that_size_below(n: int) -> None:
    """The chance that the i-th of n lies below its median is a half: n trials with at least i below (binomial).

    Filliben's medians are exact at both ends and within 0.2 % between.
    """
    found = normal_scores([float(x) for x in reversed(range(n))])
    assert list(found.readings) == [float(x) for x in range(n)]
    for i, score in enumerate(found.scores, 1):
        below = NormalDist().cdf(score)
        half = math.fsum(math.comb(n, k) * below**k * (1 - below) ** (n - k) for k in range(i, n + 1))
        assert half == pytest.approx(0.5, abs=1e-9 if i in (1, n) else 0.002), i


def test_scores_of_what_lies_on_a_normal_curve_lie_on_a_straight_line() -> None:
    scores = list(normal_scores(range(40)).scores)
    assert scores == pytest.approx([-one for one in reversed(scores)]), "the two sides are alike"
    again = normal_scores([12 + 0.5 * one for one in scores])
    assert [(x - 12) / 0.5 for x in again.readings] == pytest.approx(list(again.scores))
    with pytest.raises(BadReadings, match="too_few"):
        normal_scores([])
