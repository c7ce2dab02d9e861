# SPDX-License-Identifier: Apache-2.0
"""The words of a chart on its field: round figures and names on axes, values at line ends, none over another."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from qcdesk.services.chart_pictures import Axis, ChartPicture, Curve, Level, Panel, figure
from qcdesk.services.chart_places import Measure, PanelPlace, inside
from qcdesk.services.drawing_primitives import Line, Point, Primitive, Role, Text
from qcdesk.services.line_ends import line_parts
from qcdesk.statistics.distributions import normal_quantile

MOST_TICKS: Final = 6
_SHARES: Final = (
    (0.0001, 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 0.9999),
    (0.0001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.9999),
    (0.01, 0.5, 0.99),
    (0.5,),
)
"""Shares that are written on an axis of a normal distribution: fewer where it is low."""
NAMED: Final = 5.0
"""Label sizes that each name of an axis has in one row; below that they stand in two rows by turns."""
STAGGERED: Final = 2.5
"""Label sizes that each name of an axis has where they stand by turns; below that only some are written."""


def ticks(axis: Axis, low: float, high: float, most: int = MOST_TICKS) -> tuple[list[float], float]:
    """Return round figures between two ends, and the step from one to the next: 1, 2 or 5 times a power of ten."""
    if axis.normal:
        return [place for place in map(normal_quantile, _SHARES[0]) if low <= place <= high], 0.0
    span = (high - low) * (100 if axis.percent else 1)
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(one * power for one in (1, 2, 5, 10) if one * power * most >= span * (1 - 1e-9))
    if axis.whole:
        step = max(1.0, step)
    step /= 100 if axis.percent else 1
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [i * step for i in range(first, last + 1)], step


def upright_ticks(axis: Axis, place: PanelPlace, size: float) -> tuple[list[float], float]:
    """Return the figures of an upright axis, as many as stand apart; two at least where they have any room."""
    if axis.normal:
        return _upright_shares(place, size), 0.0
    most = min(MOST_TICKS, max(2, int(place.height / (size * 1.8))))
    found, step = ticks(axis, place.low_y, place.high_y, most)
    for more in range(most + 1, MOST_TICKS + 1):
        if len(found) > 1:
            break
        closer, smaller = ticks(axis, place.low_y, place.high_y, more)
        if smaller / (place.high_y - place.low_y) * place.height >= size * 1.15:
            found, step = closer, smaller
    return found, step


def _upright_shares(place: PanelPlace, size: float) -> list[float]:
    """Return where shares of a normal distribution stand, as many as stand apart."""
    found: list[float] = []
    for shares in _SHARES:
        found = [at for at in map(normal_quantile, shares) if place.low_y <= at <= place.high_y]
        apart = min((above - below for below, above in pairwise(found)), default=math.inf)
        if apart / (place.high_y - place.low_y) * place.height >= size * 1.15:
            break
    return found


def upright_words(
    panel: Panel, place: PanelPlace, field: float, measure: Measure, size: float
) -> list[tuple[float, str, int]]:
    """Return the words of the upright lines in view: their middles, and in which row above the panel they have room.

    Args: place: of which only what lies across counts. field: its width.
    """
    ends: list[float] = []  # how far each row is taken
    found = []
    for upright in sorted(panel.uprights, key=lambda one: one.x):
        if not place.low_x <= upright.x <= place.high_x:
            continue
        words = f"{upright.text} {upright.said or figure(upright.x, panel.x)}"
        half = measure(words, size, 400) / 2
        at = max(half, min(place.at(upright.x, place.low_y)[0], field - half))
        row = next((i for i, end in enumerate(ends) if at - half > end + size * 0.6), len(ends))
        ends[row:] = [at + half, *ends[row + 1 :]]
        found.append((at, words, row))
    return found


def marker_words(
    words: str, centre: Point, curves: Sequence[Curve], place: PanelPlace, measure: Measure, size: float
) -> Text:
    """Return a marker's words on the side of it where they lie on the fewest points of curves, in the panel."""
    wide = measure(words, size, 400)
    drawn = [place.at(x, inside(y, place)) for one in curves for x, y in zip(one.x, one.y, strict=True)]
    ways: list[tuple[float, Text]] = []
    for down in (-0.5, 1.3, -2.0):
        for anchor, shift in (("start", size * 0.8), ("end", -size * 0.8)):
            x, y = centre[0] + shift, centre[1] + size * down
            left = x if anchor == "start" else x - wide
            out = left < place.x or left + wide > place.x + place.width or y > place.y + place.height
            under = sum(left < a < left + wide and y - size < b < y + size * 0.3 for a, b in drawn)
            ways.append((1_000 * out + under, Text((x, y), words, size, "text", anchor)))  # type: ignore[arg-type]
    return min(ways, key=lambda way: way[0])[1]


def across(
    axis: Axis, place: PanelPlace, measure: Measure, size: float, *, newest: bool
) -> Iterator[Primitive]:
    """Yield the figures or the names below a panel, and what they are.

    Args: newest: where not all names have room, the last one is sure of its place; else the first is.
    """
    floor = place.y + place.height
    lines = 1
    if axis.names:
        for x, texts in _names(axis, place, measure, size, newest=newest):
            lines = max(lines, len(texts))
            for number, text in enumerate(texts):
                if text:
                    yield Text((x, floor + size * (1.5 + 1.2 * number)), text, size, "text2", "middle")
    else:
        room = measure(figure(axis.high, axis), size, 400) + size * 2
        values, step = ticks(axis, place.low_x, place.high_x, min(12, max(3, int(place.width / room))))
        for value in values:
            x = place.at(value, place.low_y)[0]
            yield Line((x, floor), (x, floor + size * 0.35), "edge", 0.6)
            yield Text((x, floor + size * 1.5), figure(value, axis, step), size, "text3", "middle")
    at = floor + size * (2.9 + 1.2 * (lines - 1))
    yield Text((place.x + place.width, at), axis.title, size, "text2", "end")


def _names(
    axis: Axis, place: PanelPlace, measure: Measure, size: float, *, newest: bool
) -> Iterator[tuple[float, list[str]]]:
    """Yield the middle and the lines of each name that has room: of every bar, or of as many as stand apart.

    Args: newest: where not all have room, the last one is sure of its place; else the first is.
    """
    room = place.width / max(1.0, place.high_x - place.low_x)
    shown = [
        (x, name)
        for number, name in enumerate(axis.names, 1)
        if name and place.x - 1 <= (x := place.at(number, place.low_y)[0]) <= place.x + place.width + 1
    ]
    if not newest and room >= size * NAMED:
        for x, name in shown:
            yield x, _in_two(name, room * 0.94, measure, size)
        return
    if not newest and room >= size * STAGGERED:
        for number, (x, name) in enumerate(shown):
            text = cut(name, room * 1.8, measure, size)
            half = measure(text, size, 400) / 2
            x = min(max(x, half), max(half, place.x + place.width + size * 1.2 - half))
            yield x, ["", text] if number % 2 else [text]
        return
    taken: float | None = None
    for x, name in reversed(shown) if newest else shown:
        text = cut(name, size * 11, measure, size)
        half = measure(text, size, 400) / 2
        x = min(max(x, half), max(half, place.x + place.width + size * 1.2 - half))
        if taken is None or (x + half < taken if newest else x - half > taken):
            yield x, [text]
            taken = x - half - size if newest else x + half + size


def second_line(picture: ChartPicture, wide: float, measure: Measure, size: float) -> bool:
    """Whether a name below needs two lines."""
    axis = picture.panels[-1].x
    if picture.panels[-1].bars is None:
        return False
    low, high = picture.zoom or (axis.low, axis.high)
    room = wide / max(1.0, high - low)
    if room < size * NAMED:
        return room >= size * STAGGERED and len(axis.names) > 1
    return any(measure(name, size, 400) > room * 0.94 for name in axis.names)


def _in_two(text: str, room: float, measure: Measure, size: float) -> list[str]:
    """Return a name in a line, or in two where it is too long: broken between words where there are any."""
    if measure(text, size, 400) <= room:
        return [text]
    words, first = text.split(" "), ""
    while len(words) > 1 and measure(f"{first} {words[0]}".strip(), size, 400) <= room:
        first = f"{first} {words.pop(0)}".strip()
    if first:
        return [first, cut(" ".join(words), room, measure, size)]
    at = next(i for i in range(len(text), 0, -1) if i == 1 or measure(text[:i], size, 400) <= room)
    while at > 1 and unicodedata.category(text[at]).startswith("M"):  # a sign stays with its letter
        at -= 1
    return [text[:at].rstrip(), cut(text[at:].lstrip(), room, measure, size)]


def said_of(level: Level, panel: Panel) -> str:
    """Return what stands at the end of a line across: its name and its number there."""
    return f"{level.text} {level.said or figure(level.at(-1), panel.y)}".strip()


def at_ends(said: Sequence[tuple[float, str, bool]], place: PanelPlace, size: float) -> Iterator[Primitive]:
    """Yield labels behind the right edge, pushed apart where their lines lie close."""
    ordered, apart = sorted(said), size * 1.15
    places: list[float] = []
    for y, _, _ in ordered:
        places.append(max(y, places[-1] + apart) if places else y)
    lowest = place.y + place.height + size * 0.3
    for number in reversed(range(len(places))):  # what was pushed below the panel pushes the others up again
        places[number] = min(places[number], lowest)
        lowest = places[number] - apart
    for at, (_, text, strong) in zip(places, ordered, strict=True):
        role: Role = "text" if strong else "text3"
        yield Text((place.x + place.width + size * 0.6, at + size * 0.35), text, size, role)


def cut(text: str, room: float, measure: Measure, size: float, weight: int = 400) -> str:
    """Return a text with an ellipsis where it is wider than its room."""
    if measure(text, size, weight) <= room:
        return text
    while text and measure(text + "…", size, weight) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def in_lines(
    text: str, room: float, measure: Measure, size: float, weight: int = 400, most: int = 2
) -> list[str]:
    """Return a text on as many lines as it needs, ``most`` at the most; the last is cut where it has to be."""
    lines: list[str] = []
    rest = text
    while len(lines) < most - 1 and measure(rest, size, weight) > room:
        parts, first = line_parts(rest), ""
        while parts and measure((first + parts[0]).rstrip(), size, weight) <= room:
            first += parts.pop(0)
        if not first:
            break
        lines.append(first.rstrip())
        rest = "".join(parts)
    return [*lines, cut(rest, room, measure, size, weight)]
