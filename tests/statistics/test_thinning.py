# SPDX-License-Identifier: Apache-2.0
"""Thinned rows keep their peaks, their ends of value and their order."""

from __future__ import annotations

from array import array
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.thinning import ends, thinned


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=300), st.integers(1, 20))
def test_peaks_stay_and_nothing_is_invented(values: list[float], strips: int) -> None:
    x, y = array("d", range(len(values))), array("d", values)
    found = thinned(x, y, 0, len(values), strips)
    assert ends(y) == (min(values), max(values))
    assert {min(values), max(values)} <= {value for _, value in found}
    assert found == sorted(found) and all(values[int(at)] == value for at, value in found)
    assert len(found) <= max(len(values) if len(values) <= 2 * strips else 0, 2 * strips + 2)


def test_no_stretch_is_thinned_more_than_the_others() -> None:
    y = array("d", [float(i % 7) for i in range(4999)])
    found = thinned(array("d", range(4999)), y, 0, 4999, 1700)
    places = [at for at, _ in found]
    assert max(after - before for before, after in pairwise(places)) < 6
    assert places[-1] > 4990


def test_only_what_is_in_view_is_kept() -> None:
    x = array("d", range(10))
    assert thinned(x, x, 2.5, 5, 9) == [(3, 3), (4, 4), (5, 5)]
    assert thinned(x, x, 20, 30, 9) == []
