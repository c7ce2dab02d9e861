# SPDX-License-Identifier: Apache-2.0
"""A chart's description placed on a field: primitives to draw, and where each panel lies, for pointing at it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qcdesk.services.chart_labels import (
    across,
    at_ends,
    cut,
    in_lines,
    marker_words,
    said_of,
    second_line,
    ticks,
    upright_ticks,
    upright_words,
)
from qcdesk.services.chart_pictures import (
    ChartPicture,
    Curve,
    Level,
    Panel,
    Points,
    Span,
    figure,
)
from qcdesk.services.chart_places import Measure, PanelPlace, inside
from qcdesk.services.drawing_primitives import (
    Circle,
    Drawing,
    Line,
    Point,
    Polyline,
    Primitive,
    Rect,
    Role,
    Text,
)
from qcdesk.statistics.readings import Column
from qcdesk.statistics.thinning import ends, thinned

_DOTTED = 3.2  # points of the field between two readings, below which only the line is drawn
_AXIS = 0.6  # how wide the line is on which bars stand
_FLATTEST = 0.2  # no bar is lower, as a share of the size of letters: it would drown in that line
_MOST_TITLE, _MOST_NOTE = 4, 2  # lines of a title, and of what stands below
_LINE = 1.2  # sizes of letters from one line of it to the next
_MOST_LEFT, _MOST_RIGHT = 0.35, 0.6  # of the width, for words beside the panels
_OVER = 2.0  # sizes of letters by which a figure at the edge may stand over it
_TITLE_SHARE = 0.4  # of the height that a title of more than two lines takes at the most


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The drawing, and the place of each panel."""

    drawing: Drawing
    places: tuple[PanelPlace, ...]


def lay_out(
    picture: ChartPicture, width: float, height: float, measure: Measure, *, size: float = 8.0
) -> LaidOut:
    """Place a chart on a field of ``width`` by ``height``.

    Args: measure: widths of texts, by who will draw them. size: of labels, in the field's units; titles are larger.
    Returns: what to draw. A long row of points is thinned to what the field can show: the least and the greatest of
        every strip, and every point that broke a rule as long as strips hold them apart.
    """
    items: list[Primitive] = []
    top = 0.0
    if picture.title:
        most = min(_MOST_TITLE, max(2, int(height * _TITLE_SHARE / (size * 1.6))))
        for line in in_lines(picture.title, width, measure, size * 1.25, 600, most):
            items.append(Text((0, top + size * 1.35), line, size * 1.25, "text", "start", 600))
            top += size * 1.6
        top += size * 0.7
    notes = in_lines(picture.note, width, measure, size, 400, _MOST_NOTE) if picture.note else []
    bottom = height - (size * (0.7 + _LINE * len(notes)) if notes else 0.0)
    gap = size * 1.2
    shares = sum(panel.share for panel in picture.panels)
    left = min(width * _MOST_LEFT, max(_left(panel, measure, size) for panel in picture.panels))
    right = min(width * _MOST_RIGHT, max(_right(panel, measure, size) for panel in picture.panels))
    wide = max(1.0, width - left - right)
    said = [_head(panel, picture.title) for panel in picture.panels]
    spans = [picture.zoom or (panel.x.low, panel.x.high) for panel in picture.panels]
    uprights = [
        upright_words(panel, PanelPlace(left, 0, wide, 1, *span, 0, 1), width, measure, size)
        for panel, span in zip(picture.panels, spans, strict=True)
    ]
    heads = [
        size * (0.9 + (1.2 if words else 0.0) + 1.2 * (max((row for _, _, row in rows), default=-1) + 1))
        for words, rows in zip(said, uprights, strict=True)
    ]
    feet = [size * 0.5] * (len(heads) - 1) + [size * (3.3 + 1.2 * second_line(picture, wide, measure, size))]
    free = bottom - top - gap * (len(heads) - 1) - sum(heads) - sum(feet)
    places = []
    for number, panel in enumerate(picture.panels):
        high = max(1.0, free * panel.share / shares)
        place = PanelPlace(left, top + heads[number], wide, high, *spans[number], panel.y.low, panel.y.high)
        if said[number]:
            words = cut(said[number], width, measure, size, 600)
            items.append(Text((0, top + size), words, size, "text2", "start", 600))
        for at, words, row in uprights[number]:
            spot = (at, place.y - size * (0.5 + 1.2 * row))
            items.append(Text(spot, words, size, "text", "middle"))
        items += _panel(panel, place, measure, size, axis=number == len(picture.panels) - 1)
        places.append(place)
        top += heads[number] + high + feet[number] + gap
    for after, note in enumerate(reversed(notes)):
        items.append(Text((0, height - size * (0.5 + _LINE * after)), note, size, "text3"))
    held = tuple(_inside(item, width, measure) for item in items)
    return LaidOut(Drawing(width, height, held), tuple(places))


def _head(panel: Panel, above: str) -> str:
    """Return what the upright axis shows, unless the line above says so."""
    said = panel.title or panel.y.title
    return "" if said == above else said


def _inside(item: Primitive, width: float, measure: Measure) -> Primitive:
    """Return a text cut where it would leave the field."""
    if not isinstance(item, Text):
        return item
    x, wide = item.at[0], measure(item.text, item.size, item.weight)
    room = {"start": width - x, "middle": 2 * min(x, width - x), "end": x}[item.anchor]
    over = wide - room if item.anchor != "middle" else (wide - room) / 2
    if over <= item.size * _OVER:
        return item
    return replace(item, text=cut(item.text, max(0.0, room), measure, item.size, item.weight))


def _left(panel: Panel, measure: Measure, size: float) -> float:
    if panel.stages:
        return max(measure(one.text, size, 400) for one in panel.stages) + size
    values, step = ticks(panel.y, panel.y.low, panel.y.high)
    widest = max((measure(figure(v, panel.y, step), size, 400) for v in values), default=0.0)
    return widest + size * 0.9


def _right(panel: Panel, measure: Measure, size: float) -> float:
    said = [said_of(level, panel) for level in panel.levels]
    if len(panel.curves) == 1 and panel.curves[0].text:
        said.append(panel.curves[0].text)
    return max((measure(one, size, 400) for one in said), default=0.0) + size * 1.2


def _panel(
    panel: Panel, place: PanelPlace, measure: Measure, size: float, *, axis: bool
) -> Iterator[Primitive]:
    floor = place.y + place.height
    if panel.band:
        yield from _band(panel, place)
    if not panel.stages:
        values, step = upright_ticks(panel.y, place, size)
        for value in values:
            y = place.at(place.low_x, value)[1]
            yield Text(
                (place.x - size * 0.6, y + size * 0.35), figure(value, panel.y, step), size, "text3", "end"
            )
    yield Line((place.x, floor), (place.x + place.width, floor), "edge", _AXIS)
    if axis:
        yield from across(panel.x, place, measure, size, newest=panel.bars is None)
    if panel.bars is not None:
        yield from _bars(panel, place, measure, size)
    for row in sorted({stage.row for stage in panel.stages}):
        yield from _stage(panel, place, row, size)
    for upright in panel.uprights:
        if not place.low_x <= upright.x <= place.high_x:
            continue
        x = place.at(upright.x, place.low_y)[0]
        yield Line((x, place.y), (x, floor), "text", 1.0 if upright.kind == "limit" else 0.5)
    yield from _levels(panel, place, size)
    for number, curve in enumerate(panel.curves):
        yield from _curve(curve, number, place, size)
    if len(panel.curves) > 1:
        yield from _key(panel.curves, place, measure, size)
    elif panel.curves and panel.curves[0].text and len(panel.curves[0].x) > 1:
        end = place.at(panel.curves[0].x[-1], panel.curves[0].y[-1])
        yield Text((end[0] + size * 0.6, end[1] + size * 0.35), panel.curves[0].text, size, "text")
    if panel.points is not None:
        yield from _points(panel, panel.points, place, size)
    if panel.again is not None:
        yield from _rings(panel.again, place, size)
    for span in panel.spans:
        yield from _span(span, place, size)
    for marker in panel.markers:
        centre = place.at(marker.x, marker.y)
        if marker.shape == "diamond":
            yield Polyline(_diamond(centre, size * 0.5), "action", 0.8, "action", closed=True)
        else:
            yield Circle(centre, size * 0.36, fill="action")
        yield marker_words(marker.text, centre, panel.curves, place, measure, size)


def _span(span: Span, place: PanelPlace, size: float) -> Iterator[Primitive]:
    if not place.low_x <= span.x <= place.high_x:
        return
    ends = [place.at(span.x, inside(end, place)) for end in (span.low, span.high)]
    yield Line(ends[0], ends[1], "text", 1.0)
    for x, y in ends:
        yield Line((x - size * 0.3, y), (x + size * 0.3, y), "text", 1.0)


def _band(panel: Panel, place: PanelPlace) -> Iterator[Primitive]:
    limits = [level for level in panel.levels if level.kind == "limit"]
    if len(limits) != 2:
        return
    one, other = (list(_steps(level, panel.points, place)) for level in limits)
    if one and other:
        yield Polyline((*one, *reversed(other)), fill="canvas", closed=True)


def _levels(panel: Panel, place: PanelPlace, size: float) -> Iterator[Primitive]:
    said_at = []
    for level in panel.levels:
        steps = tuple(_steps(level, panel.points, place))
        if len(steps) > 1:
            limit = level.kind == "limit"
            yield Polyline(steps, "text" if limit else "edge", 1.0 if limit else 0.7)
        value = level.at(-1)
        if place.low_y <= value <= place.high_y:
            said_at.append((place.at(place.high_x, value)[1], said_of(level, panel), level.kind == "limit"))
    yield from at_ends(said_at, place, size)


def _steps(level: Level, points: Points | None, place: PanelPlace) -> Iterator[Point]:
    """Yield a level's line: straight, or in steps halfway between points whose limits differ."""
    if isinstance(level.values, int | float) or points is None or _flat(level.values):
        y = inside(level.at(0), place)
        yield place.at(place.low_x, y)
        yield place.at(place.high_x, y)
        return
    kept = _shown(points.x, level.values, place)
    for i, (x, value) in enumerate(kept):
        before = kept[i - 1][0] if i else 2 * x - kept[i + 1][0] if len(kept) > 1 else x - 1
        after = kept[i + 1][0] if i + 1 < len(kept) else 2 * x - before
        y = inside(value, place)
        for edge in ((before + x) / 2, (x + after) / 2):
            yield place.at(min(max(edge, place.low_x), place.high_x), y)


def _flat(values: Column) -> bool:
    low, high = ends(values)
    return low == high


def _points(panel: Panel, points: Points, place: PanelPlace, size: float) -> Iterator[Primitive]:
    shown = _shown(points.x, points.y, place)
    if not points.joined:
        for x, y in shown:
            yield Circle(place.at(x, inside(y, place)), size * 0.2, None, "text2", 0.8)
        return
    if len(shown) > 1:
        yield Polyline(tuple(place.at(x, inside(y, place)) for x, y in shown), "text2", 0.9)
    apart = place.width / max(1.0, place.high_x - place.low_x)
    radius = min(size * 0.26, apart * 0.34)
    if apart >= _DOTTED * size / 8:
        for x, y in shown:
            yield Circle(place.at(x, inside(y, place)), radius, fill="text2")
    last = len(points.x) - 1
    if points.last and place.low_x <= points.x[last] <= place.high_x and points.flag(last) is None:
        yield Circle(place.at(points.x[last], inside(points.y[last], place)), size * 0.42, fill="action")
    crowded = apart < 1
    seen: set[tuple[int, int]] = set()
    for flag in points.flags:
        x, y = points.x[flag.index], points.y[flag.index]
        if not place.low_x <= x <= place.high_x:
            continue
        centre = place.at(x, inside(y, place))
        if not crowded:  # another colour and another shape
            yield Polyline(_diamond(centre, size * 0.52), "reject", 0.8, "reject", closed=True)
            continue
        beyond = _beyond(panel.levels, flag.index, y)
        cell = int(centre[0] * 2 / size), int(centre[1] * 2 / size) if beyond else -1
        if cell in seen:  # it would lie on one that is drawn already
            continue
        seen.add(cell)
        if beyond:
            yield Polyline(_diamond(centre, size * 0.3), "reject", 0.5, "reject", closed=True)
        else:  # a run in a crowd: a tick at the foot says where to look closer
            floor = place.y + place.height
            yield Line((centre[0], floor - size * 0.6), (centre[0], floor), "reject", 0.6)


def _rings(points: Points, place: PanelPlace, size: float) -> Iterator[Primitive]:
    reach = min(size * 0.3, place.width / max(1.0, place.high_x - place.low_x) * 0.4)
    for index, (x, y) in enumerate(zip(points.x, points.y, strict=True)):
        if not place.low_x <= x <= place.high_x:
            continue
        centre = place.at(x, inside(y, place))
        if points.flag(index) is None:
            yield Circle(centre, reach, None, "text2", 0.8)
        else:
            yield Polyline(_diamond(centre, size * 0.62), "reject", 1.0, closed=True)


def _beyond(levels: Sequence[Level], index: int, y: float) -> bool:
    limits = [level.at(index) for level in levels if level.kind == "limit"]
    return bool(limits) and (y > max(limits) or (len(limits) > 1 and y < min(limits)))


def _diamond(centre: Point, reach: float) -> tuple[Point, ...]:
    x, y = centre
    return ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))


def _curve(curve: Curve, number: int, place: PanelPlace, size: float) -> Iterator[Primitive]:
    pairs = [
        place.at(x, inside(y, place))
        for x, y in zip(curve.x, curve.y, strict=True)
        if place.low_x - 1e-12 <= x <= place.high_x + 1e-12
    ]
    if len(pairs) < 2:
        return
    yield Polyline(tuple(pairs), *_stroke(curve))
    if curve.dotted:
        for pair in pairs:
            yield from _curve_mark(number, pair, size, dotted=True)
        return
    walked, next_mark = 0.0, size * 2.0
    for before, after in pairwise(pairs):
        walked += math.dist(before, after)
        if walked >= next_mark:  # shapes tell curves apart in grey
            yield from _curve_mark(number, after, size)
            next_mark = walked + size * 7


def _stroke(curve: Curve) -> tuple[Role, float]:
    return ("text", 1.4) if curve.strong else ("text3", 0.9)


def _curve_mark(number: int, centre: Point, size: float, *, dotted: bool = False) -> Iterator[Primitive]:
    x, y = centre
    reach = size * 0.3
    if dotted and number == 0:
        yield Circle(centre, reach, "text")
    elif number == 1:
        yield Circle(centre, reach, "surface", "text3", 0.9)
    elif number == 2:
        yield Polyline(_diamond(centre, reach * 1.25), "text3", 0.9, "surface", closed=True)
    elif number == 3:
        yield Rect(x - reach, y - reach, 2 * reach, 2 * reach, "surface", "text3", 0.9)


def _key(curves: Sequence[Curve], place: PanelPlace, measure: Measure, size: float) -> Iterator[Primitive]:
    """Yield the names of several curves at the upper right, where falling curves leave room."""
    widest = max(measure(curve.text, size, 400) for curve in curves)
    x = place.x + place.width - widest - size * 3.2
    for number, curve in enumerate(curves):
        y = place.y + size * (1.0 + 1.6 * number)
        yield Polyline(((x, y), (x + size * 2.4, y)), *_stroke(curve))
        yield from _curve_mark(number, (x + size * 1.2, y), size, dotted=curve.dotted)
        yield Text((x + size * 3.2, y + size * 0.35), curve.text, size, "text" if curve.strong else "text2")


def _bars(panel: Panel, place: PanelPlace, measure: Measure, size: float) -> Iterator[Primitive]:
    assert panel.bars is not None
    for number, height in enumerate(panel.bars.heights):
        low, high = panel.bars.edges[number], panel.bars.edges[number + 1]
        x, y = place.at(max(low, place.low_x), height)
        end, floor = place.at(min(high, place.high_x), max(0.0, place.low_y))
        if end - x > 0.1 and floor - y > 0:
            y = min(y, floor - size * _FLATTEST)
            inset = min(0.8, (end - x) * 0.08)
            fill: Role = "text3" if number in panel.bars.strong else "line"
            fill = "reject" if number in panel.bars.outside else fill
            yield Rect(x + inset, y, end - x - 2 * inset, floor - _AXIS / 2 - y, fill=fill)
            text = panel.bars.texts[number] if number < len(panel.bars.texts) else ""
            wide = measure(text, size, 400) + size * 0.4
            if text and wide <= end - x:  # to the left, clear of the middle; else above a curve's mark there
                above = size * (0.9 if panel.curves and wide + size * 0.4 > (end - x) / 2 else 0.4)
                left, right = x + inset + size * 0.2, end - inset - wide + size * 0.2
                above_at = {at: _above(panel, place, at, wide, y) for at in (left, right)}
                at = max(above_at, key=lambda at: min(size * 1.1, above_at[at][0]))
                least, most = above_at[at]
                if least < above + size * 0.8:  # no room below a curve: over it
                    above = max(above, most + size * 0.4)
                yield Text((at, y - above), text, size, "text")


def _above(panel: Panel, place: PanelPlace, x: float, wide: float, y: float) -> tuple[float, float]:
    """Return how far above ``y`` the curves run between two places across, at least and at most."""
    least, most = math.inf, -math.inf
    for curve in panel.curves:
        pairs = [place.at(*pair) for pair in zip(curve.x, curve.y, strict=True)]
        for (x1, y1), (x2, y2) in pairwise(pairs):
            for at in (max(x, x1), min(x + wide, x2)):
                if x1 <= at <= x2 and x <= at <= x + wide and x2 > x1:
                    over = y - (y1 + (y2 - y1) * (at - x1) / (x2 - x1))
                    least, most = min(least, over), max(most, over)
    return least, most


def _stage(panel: Panel, place: PanelPlace, row: int, size: float) -> Iterator[Primitive]:
    rows = max(stage.row for stage in panel.stages) + 1
    high = place.height / rows
    for stage in panel.stages:
        if stage.row != row:
            continue
        x, _ = place.at(stage.first - 0.5, place.low_y)
        end, _ = place.at(stage.last + 0.5, place.low_y)
        y = place.y + row * high
        x, end = max(x, place.x), min(end, place.x + place.width)
        if end > x:
            yield Rect(x + 0.5, y + high * 0.2, end - x - 1, high * 0.6, fill="action" if stage.strong else "text3",
                       radius=min(3.0, high * 0.2))  # fmt: skip
    text = next(stage.text for stage in panel.stages if stage.row == row)
    yield Text((place.x - size * 0.6, place.y + (row + 0.5) * high + size * 0.35), text, size, "text2", "end")


def _shown(xs: Column, ys: Column, place: PanelPlace) -> list[tuple[float, float]]:
    return thinned(xs, ys, place.low_x, place.high_x, max(8, int(place.width * 1.5)))
