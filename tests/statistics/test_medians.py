# SPDX-License-Identifier: Apache-2.0
"""The interval for a median: the ranks of ISO 16269-7, and how often it holds the middle."""

from __future__ import annotations

import random

import pytest

from qcdesk.statistics.medians import median_interval


@pytest.mark.parametrize(("n", "k"), [(6, 1), (9, 2), (10, 2), (15, 4), (20, 6), (30, 10), (50, 18)])
def test_the_ranks_are_those_of_the_standard(n: int, k: int) -> None:
    assert median_interval(range(n, 0, -1)) == (k, n + 1 - k)


def test_five_values_have_no_interval() -> None:
    assert median_interval([1, 2, 3, 4, 5]) is None


def test_it_holds_the_median_at_least_as_often_as_it_says() -> None:
    chance = random.Random(7)
    held = 0
    for _ in range(2_000):
        found = median_interval([chance.expovariate(1.0) for _ in range(12)])
        assert found is not None
        held += found[0] <= 0.6931471805599453 <= found[1]
    assert held >= 0.95 * 2_000 - 3 * (0.95 * 0.05 * 2_000) ** 0.5


def test_a_confidence_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="confidence"):
        median_interval([1, 2], 1.0)
