# SPDX-License-Identifier: Apache-2.0
"""The charts of an inspection report as boxes: what stands side by side, how high, and under which heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qcdesk.i18n import Catalogue
from qcdesk.reports.charts import chart_box
from qcdesk.reports.paper import Box, beside, gap, stacked
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.inspection_report import InspectionReport
from qcdesk.wording.report_pictures import MOST_BESIDE, found_picture, readings_picture, severity_pictures

BETWEEN = 22.0
SMALL, WIDE, PARETO, SEVERITY = 104.0, 150.0, 168.0, 58.0
"""Heights in points: readings of few units and of many, what was found, one row of severities more."""


@dataclass(frozen=True)
class Section:
    """A heading, a line below it, and the rows of charts under it, none of which may be split."""

    key: str
    title: str
    note: str
    rows: tuple[Box, ...]


def sections(report: InspectionReport, words: Catalogue, width: float) -> Iterator[Section]:
    """Yield what there is to show, ``width`` points wide."""
    readings = [p for line in report.measured if (p := readings_picture(line, words)) is not None]
    if readings:
        note = words.say("In the order of the sample; a diamond is outside the limits.")
        if any(picture.panels[0].again is not None for picture in readings):
            note = words.say(
                "In the order of the sample: dots are the first check, rings the second; a diamond is outside the limits."
            )
        rows = tuple(_of_readings(readings, width))
        yield Section("readings", words.say("Measured, unit by unit"), note, rows)
    found = found_picture(report, words)
    if found is not None:
        yield Section(
            "causes",
            words.say("What was found, from the most to the least"),
            words.say("Bad units of each kind; the line is the share that the kinds so far have together."),
            (_spaced(chart_box(found, width, PARETO)),),
        )
    runs = severity_pictures(report, words)
    if runs:
        heights = [SEVERITY + 13 * len({one.row for one in picture.panels[0].stages}) for picture in runs]
        yield Section(
            "severity_run",
            words.say("How strictly the lots up to this one were inspected"),
            words.say("From left to right lot by lot; the last is this batch."),
            tuple(
                _spaced(chart_box(picture, width, height))
                for picture, height in zip(runs, heights, strict=True)
            ),
        )


def _of_readings(pictures: list[ChartPicture], width: float) -> Iterator[Box]:
    """Yield charts of few units two by two, and one of many, or of two panels, on the whole width."""
    half = (width - BETWEEN) / 2
    waiting: Box | None = None
    for picture in pictures:
        across = picture.panels[0].x
        if across.high - across.low > MOST_BESIDE:
            if waiting is not None:
                yield waiting
                waiting = None
            yield _spaced(chart_box(picture, width, WIDE if len(picture.panels) > 1 else SMALL))
            continue
        box = _spaced(chart_box(picture, half, SMALL))
        if waiting is None:
            waiting = box
        else:
            yield beside(((0.0, waiting), (half + BETWEEN, box)))
            waiting = None
    if waiting is not None:
        yield waiting


def _spaced(box: Box) -> Box:
    return stacked((box, gap(8)))
