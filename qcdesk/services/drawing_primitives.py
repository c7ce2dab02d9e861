# SPDX-License-Identifier: Apache-2.0
"""Small pictures as lists of primitives, so that screen and paper draw the same thing.

Lengths have no unit: the renderer scales the drawing's width and height to its place. x runs right, y runs
down. Colours are roles (the tokens of the design), so that each renderer brings its own palette, light or
dark.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from qcdesk.services.inspection_report import GridUnit, Reading

Role = Literal[
    "canvas", "surface", "sunken", "line", "edge", "text", "text2", "text3", "action", "action_soft",
    "accept", "reject", "hold", "attention", "accept_soft", "reject_soft", "hold_soft", "attention_soft",
]  # fmt: skip
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line of ``width``, with round ends."""

    start: Point
    end: Point
    role: Role
    width: float


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, filled, framed or both."""

    x: float
    y: float
    width: float
    height: float
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 1.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle, filled, framed or both; ``dashed`` frames it with gaps."""

    centre: Point
    radius: float
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Polyline:
    """Joined points; ``closed`` joins the last to the first and may be filled. Joints and ends are round."""

    points: tuple[Point, ...]
    stroke: Role | None = None
    stroke_width: float = 1.0
    fill: Role | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One short line of text; ``at`` is on the baseline."""

    at: Point
    text: str
    size: float
    role: Role = "text2"
    anchor: Anchor = "start"
    weight: int = 400


Primitive = Line | Rect | Circle | Polyline | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of ``width`` by ``height``; items are drawn in order."""

    width: float
    height: float
    items: tuple[Primitive, ...]


# Status shapes (screens.md §1): a word always stands beside them --------------------------------------------

Shape = Literal[
    "empty", "half", "two", "disc_tick", "octagon", "diamond", "square", "open_tick", "triangle", "tick",
    "barred", "dashed", ]  # fmt: skip


def _octagon(c: float, r: float) -> tuple[Point, ...]:
    return tuple(
        (c + r * math.cos(math.pi / 8 + k * math.pi / 4), c + r * math.sin(math.pi / 8 + k * math.pi / 4))
        for k in range(8)
    )


def status_shape(shape: Shape, role: Role, *, ground: Role = "surface") -> Drawing:
    """Return a status shape on a 24 by 24 field; ``ground`` is the colour seen through its inner marks."""
    tick = ((7.2, 12.4), (10.6, 15.8), (16.8, 8.8))
    items: list[Primitive]
    if shape == "disc_tick":
        items = [Circle((12, 12), 10.5, fill=role), Polyline(tick, ground, 2.4)]
    elif shape == "open_tick":
        items = [Circle((12, 12), 9.5, stroke=role, stroke_width=2), Polyline(tick, role, 2.2)]
    elif shape == "tick":
        items = [Polyline(tick, role, 2.2)]
    elif shape == "octagon":
        items = [
            Polyline(_octagon(12, 11.2), fill=role, closed=True),
            Line((8.2, 8.2), (15.8, 15.8), ground, 2.4),
            Line((15.8, 8.2), (8.2, 15.8), ground, 2.4),
        ]
    elif shape == "diamond":
        items = [
            Polyline(((12, 0.8), (23.2, 12), (12, 23.2), (0.8, 12)), fill=role, closed=True),
            Line((7.6, 10.2), (16.4, 10.2), ground, 1.9),
            Line((7.6, 13.8), (16.4, 13.8), ground, 1.9),
            Line((13.9, 7), (10.1, 17), ground, 1.9),
        ]
    elif shape == "square":
        items = [
            Rect(1.8, 1.8, 20.4, 20.4, fill=role, radius=2.5),
            Line((9, 7.4), (9, 16.6), ground, 2.6),
            Line((15, 7.4), (15, 16.6), ground, 2.6),
        ]
    elif shape == "triangle":
        items = [
            Polyline(((12, 1.8), (23, 21.6), (1, 21.6)), fill=role, closed=True),
            Line((12, 9), (12, 14.4), ground, 2.2),
            Circle((12, 18), 1.3, fill=ground),
        ]
    elif shape == "half":
        arc = tuple(
            (12 - 9.5 * math.sin(a), 12 - 9.5 * math.cos(a)) for a in (k * math.pi / 16 for k in range(17))
        )
        items = [Circle((12, 12), 9.5, stroke=role, stroke_width=2), Polyline(arc, fill=role, closed=True)]
    elif shape == "two":
        items = [
            Circle((12, 12), 9.5, stroke=role, stroke_width=2),
            Text((12, 16.4), "2", 12, role, "middle", 600),
        ]
    elif shape == "barred":
        items = [
            Circle((12, 12), 9.5, stroke=role, stroke_width=2),
            Line((5.4, 18.6), (18.6, 5.4), role, 2),
        ]
    elif shape == "dashed":
        items = [Circle((12, 12), 9.5, stroke=role, stroke_width=2, dashed=True)]
    else:
        items = [Circle((12, 12), 9.5, stroke=role, stroke_width=2)]
    return Drawing(24, 24, tuple(items))


# Measured values --------------------------------------------------------------------------------------------


def strip_plot(
    readings: Sequence[Reading],
    lower: Decimal | None,
    upper: Decimal | None,
    nominal: Decimal | None,
    *,
    width: float,
    height: float,
) -> Drawing:
    """Return every reading as a dot between the limits: first check above, second below the middle.

    Limits are solid lines, the nominal a thin one. A reading outside is a cross in ``reject``: colour and
    shape. The scale holds limits and readings alike, so nothing is cut off.
    """
    numbers = [float(r.value) for r in readings]
    marks = [float(v) for v in (lower, upper, nominal) if v is not None]
    span = numbers + marks
    if not span:
        return Drawing(width, height, ())
    low, high = min(span), max(span)
    pad = (high - low) * 0.06 or abs(high) * 0.05 or 1.0
    low, high = low - pad, high + pad

    def x(value: float) -> float:
        return width * (value - low) / (high - low)

    left = x(float(lower)) if lower is not None else 0.0
    right = x(float(upper)) if upper is not None else width
    items: list[Primitive] = [Rect(left, 0, max(right - left, 0.1), height, fill="canvas")]
    if nominal is not None:
        items.append(Line((x(float(nominal)), 0), (x(float(nominal)), height), "line", 0.8))
    r = min(height * 0.085, 1.7)
    middle, step = height / 2, height * 0.3
    for reading, value in zip(readings, numbers, strict=True):
        # Dots of equal values are told apart by a small steady offset from the unit's number, not by chance.
        y = middle + (step * 0.62 if reading.check == "second" else -step * 0.62)
        y += ((reading.unit * 7) % 5 - 2) * step * 0.16
        if reading.inside:
            items.append(
                Circle((x(value), y), r, fill="text2")
                if reading.check == "first"
                else Circle((x(value), y), r * 0.86, stroke="text2", stroke_width=r * 0.5)
            )
        else:
            d = r * 1.25
            items.append(Line((x(value) - d, y - d), (x(value) + d, y + d), "reject", r * 0.75))
            items.append(Line((x(value) - d, y + d), (x(value) + d, y - d), "reject", r * 0.75))
    for limit in (lower, upper):
        if limit is not None:
            items.append(Line((x(float(limit)), 0), (x(float(limit)), height), "text", 1.0))
    return Drawing(width, height, tuple(items))


# The sample, unit by unit -----------------------------------------------------------------------------------


def unit_cell(state: str, x: float, y: float, side: float, bar_share: float = 0.42) -> Iterable[Primitive]:
    """Yield one cell, readable in grey: full for both, a bar left for only the first, right for only the second."""
    radius = side * 0.16
    if state == "both":
        yield Rect(x, y, side, side, fill="action", radius=radius)
    elif state in ("first", "second"):
        line = side * 0.09
        yield Rect(
            x + line / 2, y + line / 2, side - line, side - line, "attention_soft", "attention", line, radius
        )
        bar = side * bar_share
        yield Rect(x if state == "first" else x + side - bar, y, bar, side, fill="attention", radius=radius)
    elif state == "not_done":
        line = side * 0.09
        yield Rect(x + line / 2, y + line / 2, side - line, side - line, None, "edge", line, radius)
        yield Line((x + side * 0.25, y + side * 0.75), (x + side * 0.75, y + side * 0.25), "edge", line)
    else:
        yield Rect(x, y, side, side, fill="sunken", radius=radius)


def unit_grid(
    units: Sequence[GridUnit],
    *,
    width: float,
    columns: int,
    gap: float,
    numbered: bool,
    text_size: float = 0.0,
) -> Drawing:
    """Return the units in rows of ``columns``; ``numbered`` writes each sample number into its cell.

    Numbers stand in the cell: dark on the quiet ones, on white beside the bar in those that one person found.
    """
    side = (width - gap * (columns - 1)) / columns
    items: list[Primitive] = []
    for k, unit in enumerate(units):
        x, y = (k % columns) * (side + gap), (k // columns) * (side + gap)
        items.extend(unit_cell(unit.state, x, y, side, 0.24 if numbered else 0.42))
        if numbered:
            centre = x + side / 2
            if unit.state in ("first", "second"):
                centre += side * 0.1 * (1 if unit.state == "first" else -1)
            digits = str(unit.sample_no)
            room = side * (0.62 if unit.state in ("first", "second") else 0.86)
            size = min(text_size, room / (0.6 * len(digits)))
            role: Role = "surface" if unit.state == "both" else "text3" if unit.state == "neither" else "text"
            weight = 400 if unit.state == "neither" else 600
            items.append(Text((centre, y + side / 2 + size * 0.36), digits, size, role, "middle", weight))
    rows = -(-len(units) // columns)
    return Drawing(width, max(0.0, rows * (side + gap) - gap), tuple(items))
