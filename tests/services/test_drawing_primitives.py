# SPDX-License-Identifier: Apache-2.0
"""Small pictures say the same without colour."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from qcdesk.services.drawing_primitives import (
    Circle,
    Line,
    Rect,
    Shape,
    Text,
    status_shape,
    strip_plot,
    unit_cell,
    unit_grid,
)
from qcdesk.services.inspection_report import GridUnit, Reading


def reading(unit: int, value: str, check: str = "first", inside: bool = True) -> Reading:
    return Reading(unit, Decimal(value), check, inside)  # type: ignore[arg-type]


def test_status_shapes_differ_without_colour() -> None:
    drawn = {shape: status_shape(shape, "text").items for shape in get_args(Shape)}
    assert len(set(drawn.values())) == len(drawn)


def test_every_reading_lies_on_the_plot_and_outside_ones_are_crosses() -> None:
    readings = [reading(1, "10.0"), reading(2, "12.5", inside=False), reading(3, "9.9", "second")]
    plot = strip_plot(readings, Decimal("9.5"), Decimal("11"), Decimal("10"), width=100, height=15)
    circles = [i for i in plot.items if isinstance(i, Circle)]
    crosses = [i for i in plot.items if isinstance(i, Line) and i.role == "reject"]
    assert len(circles) == 2
    assert len(crosses) == 2
    assert all(0 <= c.centre[0] <= 100 and 0 <= c.centre[1] <= 15 for c in circles)
    assert all(0 <= p[0] <= 100 for c in crosses for p in (c.start, c.end))


@pytest.mark.parametrize(("lower", "upper"), [(None, "11"), ("9", None), (None, None)])
def test_limits_may_be_missing_on_either_side(lower: str | None, upper: str | None) -> None:
    low, high = (None if v is None else Decimal(v) for v in (lower, upper))
    plot = strip_plot([reading(1, "10")], low, high, None, width=80, height=12)
    limits = [i for i in plot.items if isinstance(i, Line) and i.role == "text"]
    assert len(limits) == sum(v is not None for v in (lower, upper))


def test_one_value_without_limits_is_drawn_and_none_draws_nothing() -> None:
    assert strip_plot([reading(1, "0")], None, None, None, width=80, height=12).items
    assert strip_plot([], None, None, None, width=80, height=12).items == ()


def test_cells_of_the_four_states_differ_in_shape() -> None:
    shapes = {
        state: tuple(
            (i.x, i.width, i.stroke is None) for i in unit_cell(state, 0, 0, 10) if isinstance(i, Rect)
        )
        for state in ("both", "first", "second")
    }
    assert len(set(shapes.values())) == 3


def test_grid_holds_every_unit_once_with_its_number() -> None:
    units = [GridUnit(k, "neither") for k in range(1, 61)]
    grid = unit_grid(units, width=250, columns=25, gap=2, numbered=True, text_size=7)
    assert [i.text for i in grid.items if isinstance(i, Text)] == [str(k) for k in range(1, 61)]
    assert grid.height == pytest.approx(3 * 8.08 + 4, abs=0.1)
