# SPDX-License-Identifier: Apache-2.0
"""Points of a panel map to the field and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.services.chart_places import PanelPlace, inside


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_place_on_the_field_has_its_figures(x: float, y: float) -> None:
    place = PanelPlace(40, 20, 300, 150, -5, 105, -5, 105)
    assert place.holds(*place.at(x, y))
    assert place.figures(*place.at(x, y)) == pytest.approx((x, y), abs=1e-9)


def test_what_lies_beyond_the_axis_stands_at_its_end() -> None:
    place = PanelPlace(0, 0, 10, 10, 0, 1, -5, 5)
    assert [inside(value, place) for value in (-9.0, 2.0, 9.0)] == [-5, 2, 5]
