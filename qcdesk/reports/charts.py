# SPDX-License-Identifier: Apache-2.0
"""Charts on paper, as vectors: the same description that the window draws, as a box in a report or a page of its own."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import TypeVar, cast

from qcdesk.i18n import half
from qcdesk.reports.paper import MM, Box, Pen, begin
from qcdesk.reports.typesetting import Style, compose
from qcdesk.services.chart_layout import LaidOut, lay_out
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.interval_tables import IntervalTable, head_lines, lay_out_table, table_height

T = TypeVar("T")
LABEL = 7.5
"""Size of labels in points."""


def laid_out(picture: ChartPicture, width: float, height: float) -> LaidOut:
    """Return a chart placed on ``width`` by ``height`` points, its words measured in the report's own fonts."""
    picture = in_a_line(picture)
    return lay_out(picture, width, height, _measured, size=LABEL)


def chart_box(picture: ChartPicture, width: float, height: float) -> Box:
    """Return a chart as a box of a report's flow, ``width`` by ``height`` points; laid out when it is drawn."""

    def paint(pen: Pen, x: float, top: float) -> None:
        pen.drawing(laid_out(picture, width, height).drawing, x, top)

    return Box(height, paint)


def interval_box(table: IntervalTable, width: float) -> Box:
    """Return intervals side by side as a box of a report's flow, ``width`` points wide."""

    table = in_a_line(table)
    head = head_lines(table, width, _measured, LABEL)

    def paint(pen: Pen, x: float, top: float) -> None:
        pen.drawing(lay_out_table(table, width, _measured, size=LABEL, head=head), x, top)

    return Box(table_height(table, LABEL, head), paint)


def chart_page(picture: ChartPicture, width: float = 180 * MM, height: float = 100 * MM) -> bytes:
    """Return a chart alone as a PDF of one page of its own size, in points."""
    edge = 6 * MM
    out = io.BytesIO()
    size = (width + 2 * edge, height + 2 * edge)
    canvas = begin(out, size, picture.title)
    chart_box(picture, width, height).paint(Pen(canvas, size[1]), edge, edge)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def in_a_line(value: T) -> T:
    """Return a chart with each text of two languages in one line, as charts place theirs."""

    def joined(text: str) -> str:
        first, second = half(text, 0), half(text, 1)
        return text if first == second else f"{first} · {second}"

    return _changed(value, joined)


def in_main_language(value: T) -> T:
    """Return what a paper says in its main language alone: what is sealed with it."""
    return _changed(value, lambda text: half(text, 0))


def _changed(value: T, change: Callable[[str], str]) -> T:
    made: object = value
    if isinstance(value, str):
        made = change(value)
    elif isinstance(value, tuple):
        made = tuple(_changed(one, change) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        found = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        changed = {name: _changed(one, change) for name, one in found.items()}
        made = replace(value, **changed) if changed != found else value
    return cast("T", made)


@lru_cache(maxsize=2048)  # titles, ticks and limits come again in every chart of a report
def _measured(text: str, size: float, weight: int) -> float:
    return compose(text, Style(size, weight), 10_000, max_lines=1).width
