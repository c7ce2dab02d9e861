# SPDX-License-Identifier: Apache-2.0
"""What both missed: Chapman's figures, an interval that covers what it promises, and honest reasons for doubt."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.capture import (
    BadCounts,
    Method,
    MissedEstimate,
    estimate_escapes,
    estimate_missed,
    estimate_with_rates,
)
from qcdesk.statistics.unseen import Learnt

FIGURES = json.loads(
    Path(__file__).with_name("data").joinpath("second_check.json").read_text(encoding="utf-8")
)
REFERENCE = Path(__file__).parents[3] / "shared" / "reference"

# found by both, by the first only, by the second only, by neither
cells = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 600))


@pytest.mark.parametrize("case", FIGURES["chapman"])
def test_the_estimate_equals_published_ones(case: list[float]) -> None:
    first, second, both = map(int, case[:3])
    found = estimate_missed(first, second, both)
    assert float(found.total) == pytest.approx(case[3], abs=1e-6)
    assert float(found.missed) == pytest.approx(case[4], abs=1e-6)


@pytest.mark.parametrize(
    ("first", "second", "both", "total"),
    [(948, 421, 167, 2383), (109, 177, 57, 337), (421, 332, 88, 1578), (500, 149, 7, 9393)],
    ids=["Krebs", "Ricker", "Pine", "Seber"],
)
def test_the_estimate_equals_those_of_textbooks(first: int, second: int, both: int, total: int) -> None:
    """Krebs (1989), box 2.1; Ricker (1975); Pine and others (2013), box 11.2; Seber (2002), tables 3.7 and 3.8: Chapman's
    estimate in whole animals.

    Open at: github.com/fishR-Core-Team/FSA, tests/testthat/testthat_mrClosed.R.
    """
    assert round(estimate_missed(first, second, both).total) == total


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference figures are not beside this checkout")
def test_the_estimate_equals_the_reference_file() -> None:
    for case in json.loads((REFERENCE / "msa.json").read_text(encoding="utf-8"))["chapman"]:
        found = estimate_missed(case["found_by_A"], case["found_by_B"], case["found_by_both"])
        assert found.detection_first is not None
        assert found.detection_second is not None
        assert float(found.total) == pytest.approx(case["chapman"], abs=1e-6)
        assert float(found.missed) == pytest.approx(case["estimated_missed"], abs=1e-6)
        assert float(found.detection_first) == pytest.approx(case["efficiency_A"])
        assert float(found.detection_second) == pytest.approx(case["efficiency_B"])


@given(cells)
def test_the_estimate_lies_within_the_interval_and_the_interval_within_what_is_left(
    case: tuple[int, int, int, int],
) -> None:
    both, first_only, second_only, neither = case
    sample = sum(case)
    found = estimate_missed(both + first_only, both + second_only, both, sample)
    assert found.missed_high is not None
    assert 0 <= found.missed_low <= found.missed <= found.missed_high <= neither
    assert found.total == found.found + found.missed


@given(cells, st.integers(0, 5_000))
def test_what_stays_in_the_batch_lies_within_its_interval(
    case: tuple[int, int, int, int], outside: int
) -> None:
    both, first_only, second_only, neither = case
    sample = sum(case)
    if sample == 0:
        return
    counts = both + first_only, both + second_only, both
    missed = estimate_missed(*counts, sample)
    batch = estimate_escapes(*counts, sample, sample + outside)
    assert 0 <= batch.low <= batch.escapes <= batch.high <= neither + outside
    assert batch.escapes >= missed.missed


def test_of_a_batch_inspected_whole_only_what_both_missed_stays() -> None:
    missed, batch = estimate_missed(12, 9, 5, 200), estimate_escapes(12, 9, 5, 200, 200)
    assert (batch.escapes, batch.low, batch.high) == (missed.missed, missed.missed_low, missed.missed_high)


def test_outside_the_sample_the_rate_of_the_sample_is_expected() -> None:
    batch = estimate_escapes(9, 10, 7, 125, 1_250)
    assert batch.escapes == Fraction(3, 4) + 1_125 * Fraction(51, 4) / 125


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ((0, 0, 0), "nothing_found"),
        ((4, 0, 0), "one_found_nothing"),
        ((0, 7, 0), "one_found_nothing"),
        ((4, 3, 0), "no_overlap"),
        ((3, 3, 2), "too_few"),
        ((40, 40, 8), "overlap_below_chance"),
        ((9, 10, 7), None),
    ],
)
def test_an_estimate_not_to_lean_on_says_why(counts: tuple[int, int, int], reason: str | None) -> None:
    found = estimate_missed(*counts, sample=72)
    assert found.reason == reason
    assert found.reliable is (reason in (None, "overlap_below_chance"))
    assert estimate_missed(*counts, sample=72, method="exact").reliable is (reason is None)


def test_nothing_found_by_both_leaves_the_interval_open_to_all_that_is_left() -> None:
    assert estimate_missed(0, 0, 0, 80).missed_high == 80
    assert estimate_missed(4, 3, 0, 80).missed_high == 73
    assert estimate_missed(4, 3, 0).missed_high is None


def test_more_missed_than_units_left_is_cut_to_them() -> None:
    found = estimate_missed(4, 3, 0, 10)
    assert found.missed == 3
    assert found.capped
    assert estimate_missed(4, 3, 0).missed == 12


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((-1, 2, 0, 10, 20), "negative"),
        ((3, 2, 3, 10, 20), "both_above_one"),
        ((6, 6, 1, 10, 20), "found_above_sample"),
        ((3, 2, 1, 21, 20), "sample_above_lot"),
        ((0, 0, 0, 0, 20), "sample_needed"),
        ((1_000_001, 2, 1, 2_000_000, 2_000_000), "too_many"),
    ],
)
def test_counts_that_cannot_be_are_refused(arguments: tuple[int, int, int, int, int], code: str) -> None:
    with pytest.raises(BadCounts) as refused:
        estimate_escapes(*arguments)
    assert refused.value.code == code
    assert code in str(refused.value)


@given(st.integers(0, 7), st.integers(0, 6), st.integers(0, 6), st.integers(0, 12))
def test_the_exact_interval_is_what_the_test_does_not_refute(
    both: int, first_only: int, second_only: int, neither: int
) -> None:
    """Blaker's test of every possible number, in exact fractions."""
    first, second, found = both + first_only, both + second_only, both + first_only + second_only
    kept = [x for x in range(neither + 1) if unusual(both, found + x, first, second) > Fraction(5, 100)]
    got = estimate_missed(first, second, both, found + neither, method="exact")
    assert got.missed_high is not None
    if kept:
        assert got.missed_low == min(kept[0], math.floor(got.missed))
        assert got.missed_high == max(kept[-1] if both else neither, math.ceil(got.missed))
    else:
        assert got.missed_low <= got.missed_high == neither


def unusual(both: int, total: int, first: int, second: int) -> Fraction:
    share = {
        k: Fraction(math.comb(first, k) * math.comb(total - first, second - k), math.comb(total, second))
        for k in range(max(0, first + second - total), min(first, second) + 1)
    }

    def tail(k: int) -> Fraction:
        lower = sum((p for x, p in share.items() if x <= k), Fraction())
        upper = sum((p for x, p in share.items() if x >= k), Fraction())
        return min(lower, upper)

    return sum((p for k, p in share.items() if tail(k) <= tail(both)), Fraction())


@cache
def estimate(both: int, first_only: int, second_only: int, method: Method = "posterior") -> MissedEstimate:
    return estimate_missed(both + first_only, both + second_only, both, 60, method=method)


def outcomes(
    bad: int, shares: tuple[float, float, float, float]
) -> Iterator[tuple[int, int, int, int, float]]:
    """Every outcome of two independent checks of ``bad`` units, with its probability: no simulation."""
    for both, first_only in itertools.product(range(bad + 1), repeat=2):
        for second_only in range(bad - both - first_only + 1):
            cell = both, first_only, second_only, bad - both - first_only - second_only
            ways = math.factorial(bad) // math.prod(map(math.factorial, cell))
            yield (*cell, ways * math.prod(p**n for p, n in zip(shares, cell, strict=True)))


def shares_of(p1: float, p2: float) -> tuple[float, float, float, float]:
    return p1 * p2, p1 * (1 - p2), (1 - p1) * p2, (1 - p1) * (1 - p2)


@pytest.mark.parametrize("bad", [1, 2, 5, 10, 20])
@pytest.mark.parametrize(("p1", "p2"), [(0.5, 0.5), (0.5, 0.9), (0.8, 0.8), (0.95, 0.7), (0.99, 0.99)])
@pytest.mark.parametrize(("method", "least"), [("posterior", 0.93), ("exact", 0.95)])
def test_the_interval_covers_the_truth_as_often_as_it_says(
    bad: int, p1: float, p2: float, method: Method, least: float
) -> None:
    covered = 0.0
    for both, first_only, second_only, missed, probability in outcomes(bad, shares_of(p1, p2)):
        found = estimate(both, first_only, second_only, method)
        assert found.missed_high is not None
        if found.missed_low <= missed <= found.missed_high:
            covered += probability
    assert covered >= least


@pytest.mark.parametrize("bad", [4, 10, 20])
@pytest.mark.parametrize(("easy", "hard"), [(0.9, 0.9), (0.95, 0.5), (0.9, 0.1)])
def test_the_lower_bound_holds_also_where_half_of_the_units_are_harder_to_see(
    bad: int, easy: float, hard: float
) -> None:
    mixed = tuple(
        (a + b) / 2 for a, b in zip(shares_of(easy, easy), shares_of(hard, hard), strict=True)
    )  # each unit is of either kind, at random
    held = sum(
        probability
        for both, one, other, missed, probability in outcomes(bad, (mixed[0], mixed[1], mixed[2], mixed[3]))
        if estimate(both, one, other).at_least <= missed
    )
    assert held >= 0.95


def test_the_lower_bound_is_the_fewest_that_the_overlap_does_not_refute() -> None:
    """30, 30 and 10: of N units, 10 or fewer are found by both with more than 5 in 100 from the bound on."""

    def as_few(missed: int) -> float:
        total = 50 + missed
        ways = (math.comb(30, k) * math.comb(total - 30, 30 - k) for k in range(max(0, 60 - total), 11))
        return sum(ways) / math.comb(total, 30)

    bound = estimate_missed(30, 30, 10, 500).at_least
    assert bound > 0
    assert as_few(bound) > 0.05 >= as_few(bound - 1)


def test_the_interval_of_large_counts_is_that_of_a_normal_distribution() -> None:
    """Seber 1982, section 3.1: variance (n1+1)(n2+1)(n1-m)(n2-m) / ((m+1)^2 (m+2))."""
    first, second, both = 40_000, 30_000, 20_000
    found = estimate_missed(first, second, both)
    sd = (
        (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    ) ** 0.5
    assert found.missed_high is not None
    assert (found.missed - found.missed_low) / sd == pytest.approx(1.96, rel=0.02)
    assert (found.missed_high - found.missed) / sd == pytest.approx(1.96, rel=0.02)


def test_nothing_found_is_bounded_once_it_is_known_how_well_people_find() -> None:
    blind = estimate_missed(0, 0, 0, 80)
    known = estimate_with_rates(0, 0, 0, 80, Learnt(39, 40), Learnt(36, 40))
    worse = estimate_with_rates(0, 0, 0, 80, Learnt(4, 40), Learnt(4, 40))
    assert blind.missed_high == 80
    assert known.high <= 1 < worse.high


@given(cells, st.integers(0, 40), st.integers(0, 40))
def test_what_is_learnt_of_people_keeps_the_number_within_what_is_left(
    case: tuple[int, int, int, int], hits: int, misses: int
) -> None:
    both, first_only, second_only, neither = case
    known = Learnt(hits, hits + misses)
    got = estimate_with_rates(both + first_only, both + second_only, both, sum(case), known, None)
    assert 0 <= got.low <= got.middle <= got.high <= neither


def test_more_found_than_there_were_is_refused() -> None:
    with pytest.raises(BadCounts, match="learnt_above_seeded"):
        estimate_with_rates(1, 1, 1, 80, Learnt(41, 40), None)


@pytest.mark.parametrize(("bad", "p1", "p2"), [(2, 0.9, 0.8), (8, 0.7, 0.7), (15, 0.6, 0.9)])
def test_the_interval_for_the_batch_covers_the_truth_in_95_of_100_at_least(
    bad: int, p1: float, p2: float
) -> None:
    """Every number of bad units in a sample of 20 from 60, and every outcome of two checks of them."""
    lot_size, sample = 60, 20
    covered = 0.0
    for drawn in range(min(bad, sample) + 1):
        if sample - drawn > lot_size - bad:
            continue
        share = (
            math.comb(bad, drawn) * math.comb(lot_size - bad, sample - drawn) / math.comb(lot_size, sample)
        )
        for both, first_only in itertools.product(range(drawn + 1), repeat=2):
            for second_only in range(drawn - both - first_only + 1):
                missed = drawn - both - first_only - second_only
                found = both + first_only + second_only
                batch = escapes(both, first_only, second_only, sample, lot_size)
                if batch[0] <= bad - found <= batch[1]:
                    ways = math.factorial(drawn) // math.prod(
                        map(math.factorial, (both, first_only, second_only, missed))
                    )
                    covered += (
                        share
                        * ways
                        * (p1 * p2) ** both
                        * (p1 * (1 - p2)) ** first_only
                        * ((1 - p1) * p2) ** second_only
                        * ((1 - p1) * (1 - p2)) ** missed
                    )
    assert covered >= 0.95


@cache
def escapes(both: int, first_only: int, second_only: int, sample: int, lot_size: int) -> tuple[int, int]:
    batch = estimate_escapes(both + first_only, both + second_only, both, sample, lot_size)
    return batch.low, batch.high
