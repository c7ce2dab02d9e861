# SPDX-License-Identifier: Apache-2.0
"""A chart with its words and its rows as one sheet of paper: what a page of charts prints."""

from __future__ import annotations

from dataclasses import dataclass

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
    ``table``: intervals side by side, in the place of the first chart.
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
