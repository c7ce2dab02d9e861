# SPDX-License-Identifier: Apache-2.0
"""By when so much more work is done: the interval covers what comes, in shops that are simulated."""

from __future__ import annotations

import random

import pytest

from qcdesk.statistics.paces import FEWEST, Pace, chance_later, days_until, pace_of


def simulated(rng: random.Random, days: int, rate: float, clump: int) -> tuple[list[int], list[float]]:
    """Return the pieces of each day that was watched, and the times after it at which pieces are done."""
    at, counts = 0.0, [0] * days
    after: list[float] = []
    while len(after) < 40:
        at += rng.expovariate(rate / clump)
        for _ in range(clump):
            if at < days:
                counts[int(at)] += 1
            else:
                after.append(at - days)
    return counts, after


@pytest.mark.parametrize(("clump", "least"), [(1, 0.88), (4, 0.83)])
@pytest.mark.parametrize("work", [3, 12, 30])
def test_the_interval_covers_what_comes_as_often_as_it_says(clump: int, least: float, work: int) -> None:
    rng = random.Random(work * 7 + clump)
    covered = told = 0
    for _ in range(700):
        counts, after = simulated(rng, 25, 3.0, clump)
        pace = pace_of(counts)
        if pace is None:
            continue
        told += 1
        ahead = days_until(work, pace)
        covered += ahead.low <= after[work - 1] <= ahead.high
    assert told > 650
    assert least <= covered / told <= 0.985


def test_what_is_said_to_be_late_in_half_of_all_cases_is_late_in_half_of_them() -> None:
    rng = random.Random(5)
    late = []
    for _ in range(900):
        counts, after = simulated(rng, 25, 3.0, 1)
        pace = pace_of(counts)
        assert pace is not None
        if 0.35 < chance_later(9, pace, 3.0) < 0.65:
            late.append(after[8] > 3.0)
    assert len(late) > 200
    assert 0.42 < sum(late) / len(late) < 0.58


def test_ends_follow_the_f_distribution() -> None:
    # F(0.95; 20, 20) = 2.1242 and F(0.5; ...) of equal degrees of freedom is 1, from published tables of F.
    ahead = days_until(10, Pace(10, 10), 0.9)
    assert ahead.high == pytest.approx(10 * 2.1242, rel=1e-4)
    assert ahead.low < ahead.middle < ahead.high
    assert days_until(10, Pace(10, 10, clumped=4.0)).high > ahead.high


def test_nothing_is_told_of_too_little_and_no_day_left_is_too_late() -> None:
    assert pace_of([FEWEST - 1, 0]) is None
    assert pace_of([50]) is None
    assert pace_of([4, 4]) == Pace(8, 2, 1.0)
    assert chance_later(1, Pace(8, 2), 0) == 1.0
    for work, confidence in ((0, 0.9), (1, 1.0)):
        with pytest.raises(ValueError, match="at"):
            days_until(work, Pace(8, 2), confidence)
