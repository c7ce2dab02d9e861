# SPDX-License-Identifier: Apache-2.0
"""What an inspection report shows in charts: readings against their limits, what was found, how severity went."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, Literal

from qcdesk.i18n import Catalogue
from qcdesk.services.chart_pictures import Axis, ChartPicture, Flag, Level, Panel, Points, reach
from qcdesk.services.inspection_report import InspectionReport, MeasuredLine, Reading
from qcdesk.statistics.histograms import ParetoBar, pareto
from qcdesk.wording.chart_pictures import pareto_picture, severity_picture
from qcdesk.wording.limits import decimal, number
from qcdesk.wording.states import CLASS_WORDS

MOST_BESIDE: Final = 60
"""Units up to which both checks stand in one panel; of more, each has its own."""
MOST_CAUSES: Final = 10


def readings_picture(line: MeasuredLine, words: Catalogue) -> ChartPicture | None:
    """Describe the readings of both checks in the order of the sample; None where nothing was measured.

    Limits are lines with their digits as the procedure has them; a reading outside is flagged.
    """
    if not line.readings:
        return None
    units = [reading.unit for reading in line.readings]
    across = Axis(words.say("Unit"), min(units) - 0.5, max(units) + 0.5, whole=True)
    levels = tuple(_levels(line, words))
    low, high = reach([*(float(r.value) for r in line.readings), *(level.at(0) for level in levels)])
    up = Axis(line.unit or words.say("Value"), low, high)
    series = (words.say("First check"), words.say("Second check"))
    rows = [(name, _points(line.readings, check, words)) for name, check in zip(series, _CHECKS, strict=True)]
    made = [(name, points) for name, points in rows if points is not None]
    title = f"{line.name} · {line.unit}" if line.unit else line.name
    if len(made) == 2 and across.high - across.low <= MOST_BESIDE:
        panel = Panel(
            across, up, title, levels=levels, points=made[0][1], again=made[1][1], series=series, band=True
        )
        return ChartPicture(title, (panel,))
    panels = tuple(
        Panel(across, up, name, levels=levels, points=points, series=(name, ""), band=True)
        for name, points in made
    )
    return ChartPicture(title, panels)


def found_picture(report: InspectionReport, words: Catalogue) -> ChartPicture | None:
    """Describe what was found by how often, the union of both checks; None where no kind is ahead of another.

    What was withdrawn, or does not hold by the third person's decision, is left out. Figures are as the whole report
    has them, alike in all languages.
    """
    counts = _counts(report)
    if len(counts) < 2 or max(counts.values()) < 2:
        return None
    bars = pareto(counts)
    if len(bars) > MOST_CAUSES:
        kept, rest = bars[: MOST_CAUSES - 1], bars[MOST_CAUSES - 1 :]
        name = words.count("{n} other", "{n} others", len(rest))
        bars = (*kept, ParetoBar(name, sum(b.count for b in rest), sum(b.share for b in rest), 1.0))
    drawn = pareto_picture(bars, words)
    (panel,) = drawn.panels
    assert panel.bars is not None, "a Pareto chart has bars"
    counts_told = replace(panel.bars, texts=tuple(number(bar.count) for bar in bars))
    panel = replace(panel, y=replace(panel.y, comma=False), bars=counts_told)
    return ChartPicture("", (panel,))


def severity_pictures(report: InspectionReport, words: Catalogue) -> tuple[ChartPicture, ...]:
    """Describe how strictly the lots up to this one were inspected, of each class where that changed."""
    return tuple(
        severity_picture(
            run.severities, words, names=run.lots, title=words.say(CLASS_WORDS[run.defect_class])
        )
        for run in report.plan.runs
    )


_CHECKS: Final[tuple[Literal["first", "second"], ...]] = ("first", "second")


def _levels(line: MeasuredLine, words: Catalogue) -> Iterable[Level]:
    if line.upper is not None:
        yield Level(words.say("upper limit"), float(line.upper), "limit", decimal(line.upper))
    if line.nominal is not None and line.nominal not in (line.lower, line.upper):
        yield Level(words.say("nominal"), float(line.nominal), "centre", decimal(line.nominal))
    if line.lower is not None:
        yield Level(words.say("lower limit"), float(line.lower), "limit", decimal(line.lower))


def _points(
    readings: Sequence[Reading], check: Literal["first", "second"], words: Catalogue
) -> Points | None:
    made = sorted((r for r in readings if r.check == check), key=lambda r: r.unit)
    if not made:
        return None
    outside = words.say("outside the limits")
    return Points(
        array("d", [float(r.unit) for r in made]),
        array("d", [float(r.value) for r in made]),
        tuple(Flag(i, (outside,)) for i, r in enumerate(made) if not r.inside),
        last=False,
    )


def _counts(report: InspectionReport) -> dict[str, int]:
    """Return how often each kind of fault was found, by its name: units, or what a tally counted."""
    refuted = {
        (c.sample_no, c.code) for c in (report.decision.claims if report.decision else ()) if not c.holds
    }
    names: dict[str, str] = {}
    units: set[tuple[str, int | None]] = set()
    heaps: dict[tuple[str, str], int] = Counter()
    for found in report.defects:
        if found.withdrawn or (found.sample_no, found.code) in refuted:
            continue
        names.setdefault(found.code, found.name)
        if found.sample_no is None:
            heaps[found.code, found.found_by] += found.count
        else:
            units.add((found.code, found.sample_no))
    for line in report.measured:
        for reading in line.readings:
            if not reading.inside and (reading.unit, line.code) not in refuted:
                names.setdefault(line.code or line.name, line.name)
                units.add((line.code or line.name, reading.unit))
    found_of = Counter(code for code, _ in units)
    for (code, _), count in heaps.items():  # of one heap that two counted, the greater count stands
        found_of[code] = max(found_of[code], count)
    counts: dict[str, int] = Counter()
    for code, count in found_of.items():
        counts[" ".join(names[code].split())] += count
    return counts
