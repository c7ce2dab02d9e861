# SPDX-License-Identifier: Apache-2.0
"""A description says of a point where it is, what it is, its limits and what it broke."""

from __future__ import annotations

from array import array

import pytest

from qcdesk.services.chart_pictures import Axis, Bars, Flag, Level, Panel, Points, figure, reach

PANEL = Panel(
    x=Axis("Lot", 0.5, 3.5, ("B-7", "B-8", "B-9")),
    y=Axis("Share", 0, 1, percent=True),
    levels=(Level("upper limit", array("d", [0.2, 0.3, 0.25]), "limit"),),
    points=Points(array("d", [1, 2, 3]), array("d", [0.1, 0.4, 0.15]), (Flag(1, ("beyond a limit",)),)),
)


def test_a_point_says_its_place_value_limits_and_what_it_broke() -> None:
    assert PANEL.hover(1) == (
        ("Lot", "B-8"), ("Share", "40\u00a0%"), ("upper limit", "30\u00a0%"), ("", "beyond a limit")
    )  # fmt: skip
    assert PANEL.hover(2)[-1] == ("upper limit", "25\u00a0%")


def test_a_bar_says_its_range_or_its_name() -> None:
    bars = Bars(array("d", [0, 5, 10]), array("d", [3, 4]))
    assert Panel(Axis("mm", 0, 10), Axis("Count", 0, 5), bars=bars).hover(1) == (
        ("mm", "5 … 10"),
        ("Count", "4"),
    )
    named = Panel(Axis("Cause", 0, 3, ("dent", "burr")), Axis("Count", 0, 5), bars=bars)
    assert named.hover(0)[0] == ("Cause", "dent")


@pytest.mark.parametrize(("x", "index"), [(-4, 0), (1.4, 0), (1.6, 1), (2.2, 1), (99, 2)])
def test_the_nearest_point_is_found(x: float, index: int) -> None:
    assert PANEL.points is not None and PANEL.points.near(x) == index


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [(12.066000001, None, "12.066"), (-0.5, 0.5, "−0.5"), (2.0, 1.0, "2"), (1e-7, None, "0.0000001"),
     (1234567.0, None, "1234567"), (0.30000000000000004, 0.1, "0.3"), (-0.0, 0.5, "0.0")],
)  # fmt: skip
def test_figures_are_written_plainly(value: float, step: float | None, text: str) -> None:
    assert figure(value, Axis("", 0, 1), step) == text


def test_an_axis_is_never_of_no_width() -> None:
    for values in ([0.0], [5.0, 5.0], [-2.0, 3.0]):
        low, high = reach(values)
        assert low < min(values) <= max(values) < high
