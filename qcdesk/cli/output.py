# SPDX-License-Identifier: Apache-2.0
"""What a command answers: rows as plain data for programs, tidy tables for people."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from qcdesk.wording.spelling import rfc3339

Data = dict[str, object]
GAP = 2  # spaces between columns
TIMES = {"at", "since", "by_sheet"}  # fields that hold microseconds, beside those that end in _at


def plain(value: object) -> object:
    """Return rows as JSON takes them: dataclasses as objects, times as RFC 3339, decimals and days as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {_named(f.name): _field(f.name, getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Fraction):
        return figure(value)
    return value


def _named(name: str) -> str:
    return "class" if name == "defect_class" else name


def _field(name: str, value: object) -> object:
    if type(value) is int and (name in TIMES or name.endswith("_at")):
        return rfc3339(value)
    return plain(value)


def figure(value: str | Decimal | Fraction | float) -> float:
    """Return a computed figure as a JSON number of six places."""
    return round(float(value), 6)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return a table as lines; columns of numbers stand at the right.

    The width of a column is what it takes on a terminal: a hanzi two places, a Thai vowel sign above none.
    """
    cells = [[_cell(one) for one in row] for row in rows]
    figures = [bool(cells) and all(_is_figure(row[i]) for row in cells) for i in range(len(headings))]
    widths = [max([width(head), *(width(row[i]) for row in cells)]) for i, head in enumerate(headings)]
    lines = []
    for row in [list(headings), *cells]:
        pieces = []
        for i, text in enumerate(row):
            space = " " * (widths[i] - width(text))
            pieces.append(space + text if figures[i] else text + space)
        lines.append((" " * GAP).join(pieces).rstrip())
    return lines


def width(text: str) -> int:
    """Return how many places a text takes on a terminal."""
    places = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            continue
        places += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return places


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    # A line break or another control character in a name must not break the table or the terminal.
    text = " ".join(str(value).split())
    return "".join(c for c in text if unicodedata.category(c) != "Cc")


def _is_figure(text: str) -> bool:
    return not text or text.replace(".", "", 1).replace("%", "").strip().isdigit()
