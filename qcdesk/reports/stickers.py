# SPDX-License-Identifier: Apache-2.0
"""Stickers for the drawn units: the sample number that both people find again on the goods, and which unit to take."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from qcdesk.domain.events import RoundOpened
from qcdesk.i18n import Catalogue
from qcdesk.reports.paper import MM, SIZES, Pen, begin
from qcdesk.reports.typesetting import Style, clean, compose
from qcdesk.services.drawing_primitives import Rect
from qcdesk.services.inspection_report import Paper
from qcdesk.wording.limits import number

COLUMNS, ROWS = 4, 11
EDGE = 8 * MM
GAP = 2 * MM
RUNS_NAMED = 12


def name(batch: str, sample_nos: Iterable[int]) -> str:
    """Return what stickers are called, in any language: their batch, and the sample numbers on them, ``DA-7 (1–13)``."""
    runs: list[list[int]] = []
    for one in sorted(sample_nos):
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    spans = ["–".join(dict.fromkeys((str(run[0]), str(run[-1])))) for run in runs]
    more = ["…"] if len(spans) > RUNS_NAMED else []
    return "".join((batch, " (", ", ".join((*spans[:RUNS_NAMED], *more)), ")"))


def render(opened: RoundOpened, words: Catalogue, paper: Paper, units: Sequence[int]) -> bytes:
    """Return a sheet of stickers, 44 to a page, for sample numbers in this order; the same round, the same bytes.

    They say which unit of the batch to take and its number in the sample, and nothing of what anybody found.
    """
    width, height = SIZES[paper]
    wide = (width - 2 * EDGE - (COLUMNS - 1) * GAP) / COLUMNS
    high = (height - 2 * EDGE - (ROWS - 1) * GAP) / ROWS
    out = io.BytesIO()
    header = opened.header
    canvas = begin(out, (width, height), words.say("Stickers for batch {batch}", batch=clean(header.number)))
    pen = Pen(canvas, height)
    for index, sample_no in enumerate(units):
        unit = opened.units[sample_no - 1]
        if index and index % (COLUMNS * ROWS) == 0:
            canvas.showPage()
        column, row = index % COLUMNS, index // COLUMNS % ROWS
        x, top = EDGE + column * (wide + GAP), EDGE + row * (high + GAP)
        pen.rect(Rect(x, top, wide, high, None, "edge", 0.5, 4))
        pen.text(compose(str(sample_no), Style(26, 700), wide * 0.46, max_lines=1), x + 7, top + 6)
        batch = compose(header.number, Style(8, 600), wide * 0.5, max_lines=2)
        pen.text(batch, x + wide * 0.47, top + 8, wide * 0.5, "end")
        take = words.say(
            "Unit {unit} of {lot}, round {round}",
            unit=number(unit),
            lot=number(header.quantity),
            round=opened.no,
        )
        pen.text(compose(take, Style(7.5, role="text2"), wide - 14, max_lines=2), x + 7, top + high - 26)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
