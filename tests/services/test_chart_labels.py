# SPDX-License-Identifier: Apache-2.0
"""The words of a chart stand apart: figures, names, values at line ends, limits over a histogram."""

from __future__ import annotations

from array import array
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.services.chart_labels import ticks, upright_ticks
from qcdesk.services.chart_layout import lay_out
from qcdesk.services.chart_pictures import Axis, Bars, ChartPicture, Level, Panel, Points, Upright
from qcdesk.services.chart_places import PanelPlace
from qcdesk.services.drawing_primitives import Text

SIZE = 8.0


def measure(text: str, size: float, weight: int) -> float:
    return 0.56 * size * len(text)


def texts(panel: Panel, width: float, height: float = 200) -> list[Text]:
    drawn = lay_out(ChartPicture("", (panel,)), width, height, measure, size=SIZE).drawing.items
    return [item for item in drawn if isinstance(item, Text)]


def box(item: Text) -> tuple[float, float, float]:
    wide = measure(item.text, item.size, item.weight)
    left = item.at[0] - {"start": 0, "middle": wide / 2, "end": wide}[item.anchor]
    return left, left + wide, item.at[1]


def apart(items: list[Text]) -> bool:
    return not any(
        one[0] < other[1] and other[0] < one[1] and abs(one[2] - other[2]) < SIZE
        for one, other in combinations([box(item) for item in items], 2)
    )


@given(st.floats(-1e6, 1e6), st.floats(1e-2, 1e6), st.booleans())
def test_ticks_are_few_and_on_the_axis(low: float, span: float, percent: bool) -> None:
    found, step = ticks(Axis("", low, low + span, percent=percent), low, low + span)
    assert step > 0 and len(found) <= 8
    assert all(low - step * 1e-6 <= one <= low + span + step * 1e-6 for one in found)


def test_a_low_panel_still_has_two_figures() -> None:
    axis = Axis("", 30.97, 31.03)
    found, _ = upright_ticks(axis, PanelPlace(0, 0, 300, 30, 0, 1, 30.97, 31.03), SIZE)
    assert [round(one, 6) for one in found] == [30.98, 31.0, 31.02]


@pytest.mark.parametrize("width", [220, 400, 900])
@pytest.mark.parametrize("count", [1, 7, 60])
def test_names_stand_apart_and_the_newest_point_keeps_its_name(count: int, width: float) -> None:
    names = tuple(f"DA-2611-{i:04}" for i in range(count))
    row = Points(array("d", range(1, count + 1)), array("d", [1.0] * count))
    found = texts(Panel(Axis("", 0.5, count + 0.5, names), Axis("", 0, 2), points=row), width)
    said = [one for one in found if one.text.startswith("DA-")]
    assert apart(said) and said and names[-1] in [one.text for one in said]
    assert all(box(one)[1] <= width + 1 for one in said)


def test_a_long_name_takes_two_lines_broken_between_words_and_the_first_bar_is_always_named() -> None:
    names = ("Scratch on the visible side", "Dent", "Burr")
    bars = Bars(array("d", [0.5, 1.5, 2.5, 3.5]), array("d", [0.6, 0.3, 0.1]))
    panel = Panel(Axis("", 0.5, 3.5, names), Axis("", 0, 1), bars=bars)
    wide = [one.text for one in texts(panel, 330)]
    assert "Scratch on the" in wide and "visible side" in wide
    assert any(one.text.startswith("Scr") for one in texts(panel, 110))


@pytest.mark.parametrize("width", [480.0, 560.0, 700.0])
def test_each_of_twelve_bars_is_named_and_no_name_lies_over_another(width: float) -> None:
    names = tuple(f"Scratch on side {i}" for i in range(12))
    bars = Bars(array("d", [i + 0.5 for i in range(13)]), array("d", [1.0] * 12))
    found = texts(Panel(Axis("Cause", 0.5, 12.5, names), Axis("", 0, 1), bars=bars), width)
    said = [one for one in found if one.text.startswith("Scr")]
    assert len(said) == 12
    for row in {one.at[1] for one in said}:
        assert apart([one for one in said if one.at[1] == row])


def test_values_of_lines_that_lie_close_stand_apart_within_the_panel() -> None:
    levels = tuple(Level("limit", value, "limit") for value in (0.02, 0.01, 0.0))
    laid = lay_out(
        ChartPicture("", (Panel(Axis("", 0, 1), Axis("", 0, 2), levels=levels),)), 300, 90, measure
    )
    said = [one for one in laid.drawing.items if isinstance(one, Text) and one.text.startswith("limit")]
    place = laid.places[0]
    assert len(said) == 3 and apart(said)
    assert all(place.y <= one.at[1] <= place.y + place.height + SIZE for one in said)


def test_limits_that_lie_close_have_their_words_in_rows() -> None:
    uprights = tuple(Upright("Limit", value, "limit") for value in (5.0, 5.1, 5.2))
    bars = Bars(array("d", [0, 10]), array("d", [1]))
    found = texts(Panel(Axis("", 0, 10), Axis("", 0, 2), bars=bars, uprights=uprights), 300)
    said = [one for one in found if one.text.startswith("Limit")]
    assert len({one.at[1] for one in said}) == 3 and apart(said)
