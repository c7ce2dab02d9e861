# SPDX-License-Identifier: Apache-2.0
"""A chart with its words and its rows as one sheet of paper: what a page of charts prints."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.canonical import Json
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.interval_tables import IntervalTable


@dataclass(frozen=True)
class ChartSheet:
    """One sheet, in the reader's words. ``low``: the first chart is as low as the small ones. ``picture``
    None: there are only small ones, a little higher.

    ``title`` and ``about`` stand at its head, ``lines`` (the first in large letters) over the chart, ``rows`` under
    their ``headings`` below it, ``more`` charts and ``foot`` at the end. ``file``: what the PDF is called, without
    its ending. ``small`` charts stand two by two under the rows, where all goes on one page. ``strong``: the rows
    that are emphasised, counted from 0. ``shares``: how the columns of the rows share the width, unless as usual.
    ``table``: intervals side by side, in the place of the first chart. ``of``: what it is of, by its id, by which the
    print log finds it; empty: its title says it all.
    """

    title: str
    about: str
    lines: tuple[str, ...]
    picture: ChartPicture | None
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...]
    file: str
    more: tuple[ChartPicture, ...] = ()
    strong: tuple[int, ...] = (0,)
    small: tuple[ChartPicture, ...] = ()
    low: bool = False
    shares: tuple[float, ...] = ()
    table: IntervalTable | None = None
    of: str = ""


def figures_of(sheet: ChartSheet, shop: str, day: str) -> dict[str, Json]:
    """Return what a sheet says in words and rows, for a program to read."""
    return {
        "about": sheet.about,
        "day": day,
        "foot": list(sheet.foot),
        "format": "qcdesk-figures-1",
        "headings": list(sheet.headings),
        "lines": list(sheet.lines),
        "rows": [list(row) for row in sheet.rows],
        "shop": shop,
        "table": _table(sheet.table),
        "title": sheet.title,
    }


def _table(table: IntervalTable | None) -> list[Json]:
    if table is None:
        return []
    titles = [column.title for column in table.columns]
    return [
        {"name": name, "cells": {title: cell.text for title, cell in zip(titles, cells, strict=True) if cell}}
        for name, _, cells in table.rows
    ]
