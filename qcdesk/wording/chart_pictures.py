# SPDX-License-Identifier: Apache-2.0
"""Charts described in words: control charts, histograms with limits, Pareto, operating characteristics, severity."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.services.chart_pictures import (
    Axis,
    Bars,
    ChartPicture,
    Curve,
    Flag,
    Level,
    Marker,
    Panel,
    Points,
    Stage,
    Upright,
    reach,
)
from qcdesk.statistics.capability import Capability, Limits
from qcdesk.statistics.control_charts import Chart, Track
from qcdesk.statistics.histograms import Histogram, ParetoBar
from qcdesk.statistics.readings import Column
from qcdesk.statistics.thinning import ends
from qcdesk.wording.processes import CHART_WORDS, ESTIMATOR_WORDS, RULE_WORDS, TRACK_WORDS
from qcdesk.wording.spelling import fixed, whole

SEVERITY_ROWS: Final = {
    "discontinued": mark("Discontinued"),
    "tightened": mark("Tightened"),
    "normal": mark("Normal"),
    "reduced": mark("Reduced"),
}
_SHARES: Final = frozenset({"proportion"})
_CURVE_POINTS = 160
LEAST_P: Final = 0.001
"""Below it the chance of readings that look normal is not written out."""
_FEWEST_BARS = 4  # as wide as bars get


@dataclass(frozen=True)
class OperatingCurve:
    """A plan's curve: acceptance probabilities ``pa`` at qualities ``p``, fractions; ``name`` stands at its end."""

    name: str
    p: Sequence[float]
    pa: Sequence[float]


def control_picture(
    chart: Chart, words: Catalogue, *, names: Sequence[str] = (), title: str = ""
) -> ChartPicture:
    """Describe a control chart: the main row, and under it ranges, deviations or moving ranges.

    Args: names: of the points, such as batch numbers; numbers else. title: for the reader; the kind of chart else.
    """
    grouped = chart.kind in ("xbar-r", "xbar-s")
    count = len(chart.main.points)
    across = Axis(
        words.say("Subgroup") if grouped else words.say("Point"),
        0.5,
        count + 0.5 if count > 1 else 1.5,
        tuple(names) if count <= len(names) else (),
        whole=True,
    )
    panels = [_track_panel(chart.main, across, words, share=1.0)]
    if chart.beside is not None:
        even = chart.beside.name == "lower"  # two sides of one sum
        panels.append(_track_panel(chart.beside, across, words, share=1.0 if even else 0.6))
    note = ""
    if chart.estimator not in ("binomial", "poisson", "geometric"):  # there it follows from the centre line
        estimator = words.say(ESTIMATOR_WORDS[chart.estimator])
        note = words.say("Standard deviation from: {estimator}.", estimator=estimator)
    return ChartPicture(title or words.say(CHART_WORDS[chart.kind]), tuple(panels), note)


def histogram_picture(
    bins: Histogram,
    words: Catalogue,
    *,
    limits: Limits | None = None,
    mean: float | None = None,
    sd: float | None = None,
    title: str = "",
    quantity: str = "",
    note: str = "",
) -> ChartPicture:
    """Describe a histogram with specification limits and, where mean and deviation are given, the normal curve.

    Args: quantity: what was measured, with its unit.
    """
    limits = limits or Limits()
    uprights = []
    for text, value in ((words.say("Lower limit"), limits.lower), (words.say("Upper limit"), limits.upper)):
        if value is not None:
            uprights.append(Upright(text, value, "limit"))
    if limits.target is not None:
        uprights.append(Upright(words.say("Target"), limits.target, "centre"))
    reached = [bins.edges[0], bins.edges[-1], *(line.x for line in uprights)]
    low, high = reach(reached, room=0.05)
    total, tallest = sum(bins.counts), float(max(bins.counts))
    curves: tuple[Curve, ...] = ()
    if mean is not None and sd is not None and sd > 0:
        curve = _normal_curve(mean, sd, total * bins.width, low, high)
        tallest = max(tallest, max(curve.y))
        curves = (curve,)
    panel = Panel(
        x=Axis(quantity or words.say("Value"), low, high, comma=words.comma),
        y=Axis(words.say("Count"), 0.0, tallest * 1.08, whole=True),
        bars=Bars(bins.edges, array("d", bins.counts), outside=_outside(bins, limits)),
        uprights=tuple(uprights),
        curves=curves,
    )
    return ChartPicture(title or words.count("{n} value", "{n} values", total), (panel,), note)


def capability_picture(
    found: Capability, words: Catalogue, *, title: str = "", quantity: str = "", normal: bool = True
) -> ChartPicture:
    """Describe a capability study: the readings between their limits, the normal curve, Ppk with its interval; below it
    each reading against where normal ones would lie.

    Args: normal: the readings are normally distributed; where they are not, the curve would say what is untrue.
    """
    index = found.overall.worse
    note = words.say(
        "Ppk {value}, between {low} and {high}; {n} values.",
        value=fixed(index.value, 2, words),
        low=fixed(index.low, 2, words),
        high=fixed(index.high, 2, words),
        n=found.n,
    )
    picture = histogram_picture(
        found.bins, words, limits=found.limits, mean=found.mean if normal else None, sd=found.overall.sigma,
        title=title, quantity=quantity, note=note,
    )  # fmt: skip
    return replace(picture, panels=(*picture.panels, _normal_plot(found, picture.panels[0].x, words)))


def _normal_plot(found: Capability, across: Axis, words: Catalogue) -> Panel:
    """Describe the readings by their size against the share of normal ones that would be smaller."""
    scores, mean, sd = found.scores, found.mean, found.overall.sigma
    high = max(2.0, scores.scores[-1] * 1.1)
    line = array("d", (max(across.low, mean - high * sd), min(across.high, mean + high * sd)))
    p = found.normality.p
    return Panel(
        x=across,
        y=Axis(words.say("Normal readings below"), -high, high, comma=words.comma, normal=True),
        title=words.say(
            "Normal readings lie along the line (Anderson–Darling p {p})",
            p=words.say("below 0.001") if p < LEAST_P else fixed(p, 3, words),
        ),
        curves=(Curve("", line, array("d", [(x - mean) / sd for x in line])),),
        points=Points(scores.readings, scores.scores, last=False, joined=False),
    )


def pareto_picture(bars: Sequence[ParetoBar], words: Catalogue, *, title: str = "") -> ChartPicture:
    """Describe a Pareto chart: causes by their share of all, and the share they have together so far, on one axis.

    Where the bars are only the first of all there are, it says so.
    """
    count = len(bars)
    drawn = sum(bar.count for bar in bars)
    total = round(drawn / bars[-1].cumulative) if drawn else 0
    places = array("d", [i + 1.0 for i in range(count)])
    few = frozenset(i for i, bar in enumerate(bars) if bar.cumulative - bar.share < 0.8)
    top = 1.18 if count and bars[0].share > 0.8 else 1.04  # the count over a tall bar stays below the title
    panel = Panel(
        x=Axis(words.say("Cause"), 0.5, max(count, _FEWEST_BARS) + 0.5, tuple(bar.name for bar in bars)),
        y=Axis(words.say("Share of all"), 0.0, top, percent=True, comma=words.comma),
        bars=Bars(
            array("d", [i + 0.5 for i in range(count + 1)]),
            array("d", [bar.share for bar in bars]),
            few,
            texts=tuple(whole(bar.count, words) for bar in bars),
            what=words.say("Count"),
        ),
        curves=(Curve(words.say("together"), places, array("d", [bar.cumulative for bar in bars])),),
    )
    return ChartPicture(
        title or words.say("Causes from the most to the least"),
        (panel,),
        words.count(
            "{n} defect in all; a unit with several counts under each.",
            "{n} defects in all; a unit with several counts under each.",
            total,
            n=whole(total, words),
        )
        if drawn == total
        else words.say(
            "{drawn} of {total} defects are drawn; a unit with several counts under each.",
            drawn=whole(drawn, words),
            total=whole(total, words),
        ),
    )


def months_picture(
    months: Sequence[str],
    values: Sequence[float],
    words: Catalogue,
    *,
    title: str,
    percent: bool,
    broken: str,
) -> ChartPicture | None:
    """Describe months that have no limits to stand in, since those before the last were all alike; None: the last is too.

    Args: broken: what the last month broke, in words; empty: nothing.
    """
    if len(set(values)) < 2:
        return None
    count, most = len(values), max(values)
    flags = (Flag(count - 1, (broken,)),) if broken else ()
    panel = Panel(
        x=Axis("", 0.5, count + 0.5, tuple(months), whole=True),
        y=Axis("", -0.02 * most, most * 1.1, percent=percent),
        points=Points(array("d", range(1, count + 1)), array("d", values), flags),
    )
    return ChartPicture(title, (panel,))


def oc_picture(
    curves: Sequence[OperatingCurve],
    words: Catalogue,
    *,
    markers: Sequence[Marker] = (),
    per_100: bool = False,
    title: str = "",
) -> ChartPicture:
    """Describe operating characteristics: how often a batch of some quality passes; the first curve leads.

    Args: markers: points with words, such as a supplier's real level. per_100: qualities are defects per 100 units.
    """
    far = max(max(curve.p) for curve in curves)
    quality = words.say("Defects per 100 units") if per_100 else words.say("Bad units in the batch")
    scale = 100.0 if per_100 else 1.0
    panel = Panel(
        x=Axis(quality, 0.0, far * scale, percent=not per_100, comma=words.comma),
        y=Axis(words.say("Passes"), 0.0, 1.02, percent=True, comma=words.comma),
        curves=tuple(
            Curve(curve.name, array("d", [p * scale for p in curve.p]), array("d", curve.pa), number == 0)
            for number, curve in enumerate(curves)
        ),
        markers=tuple(markers),
    )
    return ChartPicture(title or words.say("How often a batch passes"), (panel,))


def severity_picture(
    states: Sequence[str], words: Catalogue, *, names: Sequence[str] = (), title: str = ""
) -> ChartPicture:
    """Describe the run of severities: one state a lot, in order (normal, tightened, reduced, discontinued)."""
    shown = [state for state in SEVERITY_ROWS if state in states]
    stages = []
    at = 1
    for state, lots in groupby(states):
        length = len(list(lots))
        stages.append(
            Stage(at, at + length - 1, words.say(SEVERITY_ROWS[state]), shown.index(state),
                  strong=state in ("tightened", "discontinued"))
        )  # fmt: skip
        at += length
    panel = Panel(
        x=Axis(words.say("Lot"), 0.5, len(states) + 0.5, tuple(names), whole=True),
        y=Axis("", 0.0, 1.0, comma=words.comma),
        stages=tuple(stages),
    )
    return ChartPicture(title or words.say("Severity, lot by lot"), (panel,))


def _outside(bins: Histogram, limits: Limits) -> frozenset[int]:
    """Return the classes that lie wholly beyond a limit."""
    return frozenset(
        i
        for i in range(len(bins.counts))
        if (limits.lower is not None and bins.edges[i + 1] <= limits.lower)
        or (limits.upper is not None and bins.edges[i] >= limits.upper)
    )


def _track_panel(track: Track, across: Axis, words: Catalogue, *, share: float) -> Panel:
    broken: dict[int, list[str]] = {}
    for signals in track.signals:
        said = words.say(RULE_WORDS[signals.rule.code])
        for index in signals.points:
            texts = broken.setdefault(index - 1, [])
            if said not in texts:
                texts.append(said)
    flags = tuple(Flag(index, tuple(broken[index])) for index in sorted(broken))
    floor, top = ends(track.points)
    lower, upper = ends(track.lcl)[0], ends(track.ucl)[1]
    if track.name in ("upper", "lower"):  # one-sided: only its own limit bounds it
        lower, upper = (0.0, upper) if track.name == "upper" else (lower, 0.0)
    low, high = reach([floor, top, lower, upper], room=0.06)
    if min(floor, lower) >= 0 and track.name not in ("value", "mean", "ewma"):
        low = -0.02 * high if min(floor, lower) == 0 else max(low, 0.0)
    places = array("d", range(track.first, track.first + len(track.points)))
    name = words.say(TRACK_WORDS[track.name])
    levels = [Level(words.say("centre", context="line of a chart"), _flat(track.center), "centre")]
    if track.name != "lower":
        levels.append(Level(words.say("upper limit"), _flat(track.ucl), "limit"))
    if track.name != "upper":
        levels.append(Level(words.say("lower limit"), _flat(track.lcl), "limit"))
    return Panel(
        x=across,
        y=Axis(name, low, high, percent=track.name in _SHARES, comma=words.comma),
        title=name,
        levels=tuple(levels),
        points=Points(places, track.points, flags, last=True),
        band=True,
        share=share,
    )


def _flat(line: Column) -> Column | float:
    low, high = ends(line)
    return low if low == high else line


def _normal_curve(mean: float, sd: float, area: float, low: float, high: float) -> Curve:
    begin, end = max(low, mean - 4 * sd), min(high, mean + 4 * sd)
    x = array("d", [begin + (end - begin) * i / (_CURVE_POINTS - 1) for i in range(_CURVE_POINTS)])
    top = area / (sd * math.sqrt(2 * math.pi))
    return Curve("", x, array("d", [top * math.exp(-(((v - mean) / sd) ** 2) / 2) for v in x]))
