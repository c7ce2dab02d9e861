# SPDX-License-Identifier: Apache-2.0
"""Charts as descriptions: axes, series, limit lines, points that broke a rule; window and paper draw the same one.

A description holds no colour, no size and no toolkit. Its words are those of the reader already; its figures are in
data units. ``chart_layout`` places it, whoever draws brings a palette.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from qcdesk.statistics.distributions import normal_below
from qcdesk.statistics.readings import Column

_TOLD_APART: Final = 200.0
"""Places on an axis that are told apart when a number is written."""
Hover = tuple[tuple[str, str], ...]
"""Pairs of what and how much, in the reader's words."""


@dataclass(frozen=True)
class Axis:
    """One axis: its ``title``, and from where to where it reaches; ``names`` where places are named, not counted.

    ``percent`` writes shares as percent. ``whole`` has ticks at whole numbers only. ``comma`` writes a decimal comma.
    ``normal``: places are standard deviations from a mean, written as the share of a normal distribution below them.
    """

    title: str
    low: float
    high: float
    names: tuple[str, ...] = ()
    percent: bool = False
    whole: bool = False
    comma: bool = False
    normal: bool = False


@dataclass(frozen=True)
class Level:
    """A line across: ``values`` at each place of the points, or one value everywhere.

    ``text`` says what it is; its number stands at its end. ``kind``: limit (solid), centre (thin). ``said``: the number
    as somebody wrote it, where its digits are theirs.
    """

    text: str
    values: Column | float
    kind: Literal["limit", "centre"]
    said: str = ""

    def at(self, index: int) -> float:
        """Return the value at a point, counted from 0."""
        return self.values if isinstance(self.values, int | float) else self.values[index]


@dataclass(frozen=True)
class Upright:
    """A line from bottom to top at ``x``, such as a specification limit; ``text`` with its number stands above it.

    ``said``: the number as somebody wrote it, where its digits are theirs.
    """

    text: str
    x: float
    kind: Literal["limit", "centre"]
    said: str = ""


@dataclass(frozen=True)
class Flag:
    """A point, counted from 0, that broke rules; what it broke, in words."""

    index: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Points:
    """Measured points in order of ``x``; ``last`` marks the newest. Flags stand in order.

    ``joined`` by a line: each comes after the other; else they are readings in the order of their size.
    """

    x: Column
    y: Column
    flags: tuple[Flag, ...] = ()
    last: bool = True
    joined: bool = True

    def flag(self, index: int) -> Flag | None:
        """Return what a point broke."""
        at = bisect_left(self.flags, index, key=lambda flag: flag.index)
        return self.flags[at] if at < len(self.flags) and self.flags[at].index == index else None

    def at(self, x: float) -> int | None:
        """Return the point, counted from 0, that lies at a place of the axis; None where there is none."""
        found = bisect_left(self.x, x)
        return found if found < len(self.x) and self.x[found] == x else None

    def near(self, x: float) -> int:
        """Return the point, counted from 0, nearest to a place on the axis."""
        at = min(max(bisect_left(self.x, x), 0), len(self.x) - 1)
        return at - 1 if at and abs(self.x[at - 1] - x) <= abs(self.x[at] - x) else at


@dataclass(frozen=True)
class Curve:
    """A computed line; ``text`` names it at its end. ``strong``: the one that is looked at, where there are several.

    ``dotted``: it joins few computed points, each of which is shown.
    """

    text: str
    x: Column
    y: Column
    strong: bool = True
    dotted: bool = False


@dataclass(frozen=True)
class Marker:
    """One point of a curve that words belong to."""

    x: float
    y: float
    text: str
    shape: Literal["dot", "diamond"] = "dot"


@dataclass(frozen=True)
class Span:
    """How surely a value at ``x`` is known: an interval from ``low`` to ``high``; ``text`` says which."""

    x: float
    low: float
    high: float
    text: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars from 0: one from ``edges[i]`` to ``edges[i + 1]`` of each height; ``strong`` ones are emphasised.

    ``outside``: those that lie beyond a limit. ``texts`` stand above them where they have room, one each, such as counts;
    ``what`` these are.
    """

    edges: Column
    heights: Column
    strong: frozenset[int] = frozenset()
    outside: frozenset[int] = frozenset()
    texts: tuple[str, ...] = ()
    what: str = ""


@dataclass(frozen=True)
class Stage:
    """A stretch on the axis in one state, such as tightened inspection of lots 4 to 9; ``row`` counts from the top."""

    first: float
    last: float
    text: str
    row: int
    strong: bool = False


@dataclass(frozen=True)
class Panel:
    """One pair of axes and what lies between them; drawn from back to front in the order of the fields.

    ``again``: the same measured once more, as rings beside the dots of ``points``; ``series`` names the two.
    """

    x: Axis
    y: Axis
    title: str = ""
    bars: Bars | None = None
    stages: tuple[Stage, ...] = ()
    uprights: tuple[Upright, ...] = ()
    levels: tuple[Level, ...] = ()
    curves: tuple[Curve, ...] = ()
    points: Points | None = None
    again: Points | None = None
    series: tuple[str, str] = ("", "")
    spans: tuple[Span, ...] = ()
    markers: tuple[Marker, ...] = ()
    band: bool = False
    share: float = 1.0

    def hover(self, index: int) -> Hover:
        """Return what to say of a point or a bar, counted from 0: its place, its value, its lines, what it broke."""
        rows: list[tuple[str, str]] = []
        if self.points is not None:
            place = self.points.x[index]
            mine = self.series[0] or self.y.title
            rows = [(self.x.title, self._name(place)), (mine, figure(self.points.y[index], self.y))]
            broken = [self.points.flag(index)]
            if self.again is not None and (other := self.again.at(place)) is not None:
                rows.append((self.series[1], figure(self.again.y[other], self.y)))
                broken.append(self.again.flag(other))
            rows += [(level.text, level.said or figure(level.at(index), self.y)) for level in self.levels]
            said = dict.fromkeys(one for flag in broken if flag is not None for one in flag.words)
            rows += [("", one) for one in said]
        elif self.bars is not None:
            low, high = self.bars.edges[index], self.bars.edges[index + 1]
            name = " … ".join(figure(edge, self.x, high - low) for edge in (low, high))
            name = self.x.names[index] if self.x.names else name
            rows = [(self.x.title, name), (self.y.title, figure(self.bars.heights[index], self.y))]
            rows += [
                (span.text, f"{figure(span.low, self.y)} … {figure(span.high, self.y)}")
                for span in self.spans
                if low <= span.x <= high and span.text
            ]
            rows += [(one.text, figure(one.y[index], self.y)) for one in self.curves if self.bars.texts]
            rows += [(self.bars.what, self.bars.texts[index])] if self.bars.texts else []
        elif self.stages:
            held = next(one for one in self.stages if one.first <= index + 1 <= one.last)
            name = self._name(index + 1)  # a stop between two lots has none
            rows = [*([(self.x.title, name)] if name else []), ("", held.text)]
        return tuple(rows)

    def _name(self, place: float) -> str:
        at = int(place) - 1
        return self.x.names[at] if 0 <= at < len(self.x.names) else figure(place, self.x)


@dataclass(frozen=True)
class ChartPicture:
    """A chart: what it shows in one line, its panels one under the other on the same width, and a line below."""

    title: str
    panels: tuple[Panel, ...]
    note: str = ""
    zoom: tuple[float, float] | None = field(default=None)


def figure(value: float, axis: Axis, step: float | None = None) -> str:
    """Return a number as the axis writes it: percent where it is one, as many digits as steps need, or as can be told
    apart on it.
    """
    if axis.normal:
        value, step = normal_below(value), None
        axis = replace(axis, low=0.4, high=0.6, percent=True, normal=False)
    shown = 100 * value if axis.percent else value
    if step is not None:
        scaled = 100 * step if axis.percent else step
        places = 0
        while places < 9 and abs(round(scaled, places) - scaled) > 1e-9 * scaled:
            places += 1
        text = f"{shown:.{places}f}"
    else:
        span = (axis.high - axis.low) * (100 if axis.percent else 1)
        places = min(9, max(0, math.ceil(-math.log10(span / _TOLD_APART)))) if span > 0 else 9
        if 0 < abs(shown) < 0.5 * 10**-places:  # little, but not nothing
            places = min(9, math.ceil(-math.log10(abs(shown))))
        text = f"{shown:.{places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    text = text.replace("-0", "0", 1) if text.strip("-0.") == "" else text
    text = text.replace(".", ",") if axis.comma else text
    return text.replace("-", "\u2212") + ("\u00a0%" if axis.percent else "")


def reach(values: Sequence[float], *, room: float = 0.08) -> tuple[float, float]:
    """Return an axis's ends for values, with some room; never of no width."""
    low, high = min(values), max(values)
    pad = (high - low) * room or abs(high) * 0.05 or 1.0
    return low - pad, high + pad
