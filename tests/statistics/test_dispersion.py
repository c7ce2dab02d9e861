# SPDX-License-Identifier: Apache-2.0
"""Counts that vary more than chance lets them are told from those that do not."""

from __future__ import annotations

import math

import pytest

from qcdesk.statistics.dispersion import by_chance


@pytest.mark.parametrize(("of_units", "variance"), [(True, 4.75), (False, 5.0)])
def test_share_is_that_of_chi_square_above_the_squared_deviations(of_units: bool, variance: float) -> None:
    x = 20 / variance  # 2, 4, 6 and 8 of 100 each: squared deviations from 5 sum to 20
    by_hand = math.erfc(math.sqrt(x / 2)) + math.sqrt(2 * x / math.pi) * math.exp(-x / 2)
    assert by_chance([2, 4, 6, 8], [100] * 4, of_units=of_units) == pytest.approx(by_hand, rel=1e-12)


def test_a_level_that_wanders_is_hardly_chance() -> None:
    assert by_chance([5, 60, 8, 70, 4, 66], [1_000] * 6, of_units=True) < 1e-9


@pytest.mark.parametrize(
    ("counts", "sizes"), [([0, 0, 1, 0], [50] * 4), ([7], [50]), ([9, 9], [9, 9]), ([0, 0], [5, 5])]
)
def test_nothing_speaks_against_chance_where_little_was_counted(counts: list[int], sizes: list[int]) -> None:
    assert by_chance(counts, sizes, of_units=True) == 1.0
