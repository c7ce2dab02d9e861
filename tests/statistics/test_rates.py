# SPDX-License-Identifier: Apache-2.0
"""The exact interval for a rate: Garwood's figures, and what is none."""

from __future__ import annotations

import pytest

from qcdesk.statistics.rates import rate_interval


def test_garwoods_intervals() -> None:
    assert [round(end, 3) for end in rate_interval(10, 1)] == [4.795, 18.39]
    assert [round(end, 3) for end in rate_interval(0, 1)] == [0.0, 3.689]
    assert [round(end, 4) for end in rate_interval(10, 100)] == [0.048, 0.1839]


@pytest.mark.parametrize(("count", "of"), [(-1, 1), (1, 0)])
def test_what_is_no_rate_is_refused(count: int, of: float) -> None:
    with pytest.raises(ValueError, match="of"):
        rate_interval(count, of)
