# SPDX-License-Identifier: Apache-2.0
"""Defects of a supplier in words and pictures: bars by code, class, product or month, and the trend with its limits."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.services.chart_pictures import Axis, Bars, ChartPicture, Flag, Panel, Points
from qcdesk.services.figure_rows import BehindRow, DefectFigureRow, DefectPhotoRow, LotRunRow
from qcdesk.services.supplier_defects import DefectBar, DefectTrend, Way, trend
from qcdesk.wording import states
from qcdesk.wording.chart_pictures import control_picture
from qcdesk.wording.spelling import whole

WAYS: Final[Mapping[Way, str]] = {
    "code": mark("By code"),
    "class": mark("By class"),
    "product": mark("By product"),
    "month": mark("By month"),
}
MOST: Final[Mapping[Way, int]] = {"code": 12, "class": 3, "product": 12, "month": 24}
"""How many bars are shown: the most frequent, of months the last; one more is shown, and no bar of others."""
HEADINGS: Final[Mapping[Way, str]] = {
    "code": mark("What was found most"),
    "class": mark("What was found by class"),
    "product": mark("What was found most"),
    "month": mark("What was found by month"),
}


def shown(bars: Sequence[DefectBar], way: Way) -> tuple[DefectBar, ...]:
    """Return what has a bar of its own."""
    if way == "month":
        return tuple(bars[-MOST[way] :])
    return tuple(bars if len(bars) == MOST[way] + 1 else bars[: MOST[way]])


def others(n: int, way: Way, words: Catalogue) -> str:
    """Return what the bar is called in which the rarest stand together."""
    if way == "product":
        return words.count("{n} other product", "{n} other products", n)
    return words.count("{n} other code", "{n} other codes", n)


def called(
    key: str, way: Way, names: Mapping[str, str], products: Mapping[str, str], words: Catalogue
) -> str:
    """Return what a bar is called."""
    if way == "class":
        return states.defect_class(key, words)
    if way == "product":
        return products.get(key, key) if key else words.say("No product named")
    return names.get(key, key) if way == "code" else key


def months_picture(drawn: Sequence[DefectBar], words: Catalogue) -> ChartPicture | None:
    """Return what was found month by month; None: nothing was."""
    if not drawn:
        return None
    counts = array("d", [float(bar.count) for bar in drawn])
    panel = Panel(
        x=Axis("", 0.5, max(len(drawn), 4) + 0.5, tuple(bar.key for bar in drawn)),
        y=Axis(words.say("Defects"), 0.0, max(counts) * 1.1 or 1.0, whole=True),
        bars=Bars(
            array("d", [place + 0.5 for place in range(len(drawn) + 1)]),
            counts,
            frozenset(range(len(drawn))),
            texts=tuple(whole(bar.count, words) for bar in drawn),
            what=words.say("Count"),
        ),
    )
    return ChartPicture("", (panel,))


def trend_picture(found: DefectTrend, called: str, words: Catalogue) -> ChartPicture | None:
    """Return the trend with its limits, or where there are too few points for limits, the counts alone."""
    if not found.counts:
        return None
    by_lot = bool(found.batches)
    title = (
        words.say("{name}: defects for each unit, lot by lot", name=called)
        if by_lot
        else words.say("{name}: reported month by month", name=called)
    )
    if found.chart is not None:
        drawn = control_picture(found.chart, words, names=found.names, title=title)
        panel = drawn.panels[0]
        across = replace(panel.x, title=words.say("Lot") if by_lot else words.say("Month"))
        up = replace(panel.y, title=words.say("Defects for each unit") if by_lot else words.say("Reported"))
        return replace(drawn, panels=(replace(panel, x=across, y=up, title=""),), note="")
    count = len(found.counts)
    panel = Panel(
        x=Axis(
            words.say("Lot") if by_lot else words.say("Month"),
            0.5,
            max(count, 2) + 0.5,
            found.names,
            whole=True,
        ),
        y=Axis(words.say("Defects"), -0.02 * max(found.counts), max(found.counts) * 1.1 or 1.0, whole=True),
        points=Points(array("d", range(1, count + 1)), array("d", [float(n) for n in found.counts])),
    )
    return ChartPicture(title, (panel,), words.say("It takes six points for limits."))


def every_lot(
    rows: Sequence[DefectFigureRow], lots: Sequence[LotRunRow], words: Catalogue
) -> ChartPicture | None:
    """Return all defects lot by lot, rejected lots marked; None: no lot was inspected."""
    looked = [lot for lot in lots if lot.units]
    drawn = (
        trend_picture(trend(rows, looked, "month", ()), words.say("All defects"), words) if looked else None
    )
    if drawn is None or (points := drawn.panels[0].points) is None:
        return None
    broken = {flag.index: flag.words for flag in points.flags}
    for place, lot in enumerate(looked):
        if not lot.accepted:
            broken[place] = (words.say("Rejected"), *broken.get(place, ()))
    flags = tuple(Flag(place, broken[place]) for place in sorted(broken))
    panel = replace(drawn.panels[0], points=replace(points, flags=flags))
    return replace(drawn, panels=(panel,))


def signed(row: BehindRow, words: Catalogue) -> str:
    """Return who signed what stands behind a figure."""
    if row.reported:
        return words.say("reported from outside")
    if not row.second:
        return row.first
    return words.say("{first} and {second}", first=row.first, second=row.second)


def taken_on(row: DefectPhotoRow, day: str, words: Catalogue) -> str:
    """Return on what a photo was taken, and when."""
    if row.unit is None:
        return words.say("{batch} · {day}", batch=row.number, day=day)
    return words.say("{batch}, unit {unit} · {day}", batch=row.number, unit=row.unit, day=day)
