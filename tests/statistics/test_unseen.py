# SPDX-License-Identifier: Apache-2.0
"""The distribution of what both missed equals the sum over its definition, at small counts and in coarse steps."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.unseen import FOUND_PRIOR, MISSED_PRIOR, TOTAL_POWER, Unseen, unseen


def by_definition(first: int, second: int, both: int, room: int) -> dict[int, float]:
    """Weight of each number missed: ways to choose them, two beta functions, and the power of the total."""
    found = first + second - both

    def beta(a: float, b: float) -> float:
        return math.gamma(a) * math.gamma(b) / math.gamma(a + b)

    weights = {}
    for missed in range(room + 1):
        total = found + missed
        weights[missed] = (
            math.comb(total, missed)
            * beta(first + FOUND_PRIOR, total - first + MISSED_PRIOR)
            * beta(second + FOUND_PRIOR, total - second + MISSED_PRIOR)
            * total**TOTAL_POWER
        )
    whole = sum(weights.values())
    return {missed: weight / whole for missed, weight in weights.items()}


@given(st.integers(1, 8), st.integers(0, 8), st.integers(0, 8), st.integers(0, 40))
def test_the_interval_is_the_heaviest_numbers(
    both: int, first_only: int, second_only: int, room: int
) -> None:
    first, second = both + first_only, both + second_only
    share = by_definition(first, second, both, room)
    got = unseen(first, second, both, room, 0.95)
    kept = sum(share[x] for x in range(got.low, got.high + 1))
    assert kept >= 0.95 - 1e-6
    inside = min(share[x] for x in range(got.low, got.high + 1))
    assert all(p <= inside * (1 + 1e-6) for x, p in share.items() if not got.low <= x <= got.high)
    assert kept - inside < 0.95 + 1e-6 or got.low == got.high
    assert sum(share[x] for x in range(got.middle + 1)) >= 0.5 - 1e-6


def test_coarse_steps_say_the_same_as_fine_ones() -> None:
    """A thousand numbers missed lie where one unit more or less is a matter of steps."""
    first, second, both = 400, 300, 60
    found, weights = 640, []
    for missed in range(20_000):
        total = found + missed
        weights.append(
            math.lgamma(total + 1)
            - math.lgamma(missed + 1)
            + math.lgamma(total - first + MISSED_PRIOR)
            + math.lgamma(total - second + MISSED_PRIOR)
            - 2 * math.lgamma(total + FOUND_PRIOR + MISSED_PRIOR)
            + TOTAL_POWER * math.log(total)
        )
    top = max(weights)
    shares = [math.exp(w - top) for w in weights]
    whole = sum(shares)
    kept, numbers = 0.0, []
    for missed in sorted(range(len(shares)), key=lambda x: -shares[x]):
        kept += shares[missed] / whole
        numbers.append(missed)
        if kept >= 0.95:
            break
    got = unseen(first, second, both, None, 0.95)
    assert (got.low, got.high) == pytest.approx((min(numbers), max(numbers)), abs=8)


def test_no_room_leaves_nothing_to_miss() -> None:
    assert unseen(5, 5, 4, 0, 0.95) == Unseen(0, 0, 0)


def test_counts_by_the_million_keep_their_digits() -> None:
    """Found 1 in common of f each, N is as heavy as exp(-f^2 / N) N^(-7/4): heaviest at 4 f^2 / 7, whatever f."""
    spans = []
    for found in (1_000, 1_000_000):
        got = unseen(found, found, 1, None, 0.95)
        spans.append([end / found**2 for end in (got.low, got.middle, got.high)])
    assert spans[0] == pytest.approx(spans[1], rel=0.05)
    assert spans[0][0] < 4 / 7 < spans[0][2]
