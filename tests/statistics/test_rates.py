# SPDX-License-Identifier: Apache-2.0
"""The exact interval for a rate: Garwood's figures, and what is none."""

from __future__ import annotations

import pytest

from qcdesk.statistics.proportions import exact_interval
from qcdesk.statistics.rates import rate_interval, share_interval


def test_garwoods_intervals() -> None:
    assert [round(end, 3) for end in rate_interval(10, 1)] == [4.795, 18.39]
    assert [round(end, 3) for end in rate_interval(0, 1)] == [0.0, 3.689]
    assert [round(end, 4) for end in rate_interval(10, 100)] == [0.048, 0.1839]


@pytest.mark.parametrize(("count", "of"), [(-1, 1), (1, 0)])
def test_what_is_no_rate_is_refused(count: int, of: float) -> None:
    with pytest.raises(ValueError, match="of"):
        rate_interval(count, of)


@pytest.mark.parametrize(
    ("count", "of"), [(0, 1), (1, 1), (81, 263), (0, 9_999), (7, 123_456), (2_500, 5_000)]
)
def test_a_share_has_the_interval_that_a_proportion_has(count: int, of: int) -> None:
    assert share_interval(count, of) == pytest.approx(exact_interval(count, of), rel=1e-9)


def test_counts_of_millions_have_their_interval_too() -> None:
    low, high = share_interval(4_000_000, 10_000_000)  # so many are as good as normal
    assert (low, high) == pytest.approx((0.4 - 1.959964 * 0.00015492, 0.4 + 1.959964 * 0.00015492), abs=1e-7)


@pytest.mark.parametrize(("count", "of"), [(-1, 1), (2, 1), (0, 0)])
def test_what_is_no_share_is_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="of"):
        share_interval(count, of)
