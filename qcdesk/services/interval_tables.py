# SPDX-License-Identifier: Apache-2.0
"""Intervals in columns, one scale to each: who stands beside whom, drawn the same in the window and on paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from qcdesk.services.chart_labels import cut
from qcdesk.services.chart_places import Measure
from qcdesk.services.drawing_primitives import Circle, Drawing, Line, Primitive, Rect, Text
from qcdesk.services.line_ends import line_parts

TITLE_LINES: Final = 4
NAME_LINES: Final = 2
_NAMES: Final = 0.21
_FIRST: Final = 1.1
_LEADING: Final = 1.25
_BELOW: Final = 0.05
_UNDER: Final = 0.75
_MOST_LINES: Final = 30
_ROW: Final = 4.5
_AIR: Final = 1.0
_TITLE: Final = 0.92


@dataclass(frozen=True, slots=True)
class IntervalCell:
    """A value with the ends of its interval, on the scale of its column; ``high`` None: it has no upper end."""

    text: str
    value: float
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class IntervalColumn:
    """What is compared; its scale runs from 0 to ``top``. ``note`` stands under its title."""

    title: str
    note: str
    top: float


@dataclass(frozen=True)
class IntervalTable:
    """Rows by name, with a cell for each column; None: nothing was recorded. ``none`` says so."""

    columns: tuple[IntervalColumn, ...]
    rows: tuple[tuple[str, str, tuple[IntervalCell | None, ...]], ...]
    none: str


class HeadLines(NamedTuple):
    """How many lines the titles of columns have, and the notes under them."""

    titles: int = TITLE_LINES
    notes: int = 1

    @property
    def high(self) -> float:
        """How high the head is, in sizes of its labels."""
        return _FIRST + _LEADING * (self.titles + self.notes - 1) + _UNDER


USUAL: Final = HeadLines()


def head_lines(table: IntervalTable, width: float, measure: Measure, size: float) -> HeadLines:
    """Return how many lines the head of a table has where nothing of it is to be cut."""
    room = _wide(table, width) - size * _AIR
    titles, notes = USUAL
    for column in table.columns:
        titles = max(titles, len(_lines(column.title, room, measure, size * _TITLE, _MOST_LINES)))
        notes = max(notes, len(_lines(column.note, room, measure, size * _TITLE, _MOST_LINES, 400)))
    return HeadLines(titles, notes)


def table_height(table: IntervalTable, size: float, head: HeadLines = USUAL) -> float:
    """Return how high a table is, for labels of a size."""
    return size * (head.high + _ROW * len(table.rows))


def row_box(row: int, size: float) -> tuple[float, float]:
    """Return where a row begins, and how high it is, under the usual head."""
    return size * (USUAL.high + _ROW * row), size * _ROW


def row_at(table: IntervalTable, y: float, size: float) -> int | None:
    """Return the row at a height under the usual head, from 0; None: there is none."""
    row = int((y / size - USUAL.high) // _ROW)
    return row if 0 <= row < len(table.rows) else None


def lay_out_table(
    table: IntervalTable, width: float, measure: Measure, *, size: float, head: HeadLines = USUAL
) -> Drawing:
    """Place a table on a field of this width; every interval is a line, every value a dot upon it."""
    names, wide = width * _NAMES, _wide(table, width)
    items: list[Primitive] = []
    for place, column in enumerate(table.columns):
        left = names + place * wide + size * _AIR
        room = wide - size * _AIR
        titled = _lines(column.title, room, measure, size * _TITLE, head.titles)
        for line, words in enumerate(titled, head.titles - len(titled)):
            at = (left, size * (_FIRST + _LEADING * line))
            items.append(Text(at, words, size * _TITLE, "text", "start", 600))
        noted = _lines(column.note, room, measure, size * _TITLE, head.notes, 400)
        for line, words in enumerate(noted, head.titles):
            at = (left, size * (_FIRST + _LEADING * line + _BELOW))
            items.append(Text(at, words, size * _TITLE, "text3"))
    for number, (name, note, cells) in enumerate(table.rows):
        top = size * (head.high + _ROW * number)
        items.append(Line((0, top), (width, top), "line", 0.7))
        called = _lines(name, names - size, measure, size * 1.1, NAME_LINES)
        first, under = (1.9, 3.4) if len(called) == 1 else (1.5, 4.0)
        for line, words in enumerate(called):
            items.append(
                Text((0, top + size * (first + 1.25 * line)), words, size * 1.1, "text", "start", 600)
            )
        items.append(Text((0, top + size * under), cut(note, names - size, measure, size), size, "text3"))
        for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            left = names + place * wide + size * _AIR
            items += _cell(column, cell, (left, top, wide - size * _AIR), table.none, measure, size)
    return Drawing(width, table_height(table, size, head), tuple(items))


def _wide(table: IntervalTable, width: float) -> float:
    return width * (1 - _NAMES) / max(1, len(table.columns))


def _cell(
    column: IntervalColumn,
    cell: IntervalCell | None,
    place: tuple[float, float, float],
    none: str,
    measure: Measure,
    size: float,
) -> list[Primitive]:
    left, top, wide = place
    if cell is None:
        return [Text((left, top + size * 1.9), cut(none, wide, measure, size), size, "text3")]
    track, high = top + size * 3.1, cell.high if cell.high is not None else column.top

    def at(value: float) -> float:
        share = value / column.top if column.top > 0 else 0.0
        return left + (wide - size * 0.6) * min(1.0, max(0.0, share))

    return [
        Text(
            (left, top + size * 1.9),
            cut(cell.text, wide, measure, size * 1.1, 600),
            size * 1.1,
            "text",
            "start",
            600,
        ),
        Rect(left, track - size * 0.22, wide - size * 0.6, size * 0.44, fill="sunken", radius=size * 0.2),
        Line((at(cell.low), track), (at(high), track), "text2", size * 0.28),
        Circle((at(cell.value), track), size * 0.42, fill="action"),
    ]


def _lines(
    text: str, room: float, measure: Measure, size: float, most: int, weight: int = 600
) -> Sequence[str]:
    """Break a text where its language ends a line, into so many at most; what does not fit into the last is cut.

    A word that is wider than the room is broken too, as long as there are lines for it.
    """
    lines = [""]
    for part in line_parts(" ".join(text.split())):
        whole = measure(part.rstrip(), size, weight) <= room
        for piece in (part,) if whole else _signs(part):
            longer = lines[-1] + piece
            if lines[-1] and measure(longer.rstrip(), size, weight) > room and len(lines) < most:
                lines.append(piece)
            else:
                lines[-1] = longer
    return [cut(line.rstrip(), room, measure, size, weight) for line in lines]


def _signs(text: str) -> Sequence[str]:
    """Return the signs of a text, each with the marks that stand upon it."""
    found: list[str] = []
    for sign in text:
        if found and unicodedata.category(sign)[0] == "M":
            found[-1] += sign
        else:
            found.append(sign)
    return found
