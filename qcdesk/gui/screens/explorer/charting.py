# SPDX-License-Identifier: Apache-2.0
"""The operating characteristic of a plan and of those beside it, as a chart for the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qcdesk.gui.screens.explorer import texts
from qcdesk.gui.screens.explorer.figures import Figures, Real, curve_of, figures_of, passes
from qcdesk.gui.screens.explorer.plans import Looked
from qcdesk.gui.widgets.curve_parts import Axis, Curve, CurveParts, Dash, Mark
from qcdesk.i18n import Catalogue
from qcdesk.statistics.risk_points import RiskPoint

BESIDE: tuple[Dash, ...] = ("dashed", "dotted", "dash_dot")
_ROOM = 1.65  # beyond the quality that passes 10 times in 100
_MOST_TICKS = 7


def ticks_to(high: float, most: int = _MOST_TICKS) -> tuple[float, tuple[float, ...]]:
    """Return a round end of an axis from 0 that reaches so far, and its ticks."""
    raw = high / (most - 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= raw * 0.999)
    count = math.ceil(high / step - 1e-9)
    return count * step, tuple(place * step for place in range(count + 1))


def chart_of(
    looked: Looked,
    others: Sequence[Looked],
    real: Real | None,
    who: str,
    lines: Sequence[str],
    words: Catalogue,
) -> CurveParts:
    """Return the chart: this plan's curve with its two points, the others dashed, the real lots as a diamond.

    Args: who: whose lots they are. lines: what is said of the plan, for who does not see the chart.
    """
    figures = figures_of(looked.stages, looked.lot, looked.basis)
    most = _end(looked, figures, real)
    axis_end, values = ticks_to(most * 100)
    say, per_unit = words.say, looked.basis == "percent"
    if per_unit and axis_end > 100:
        axis_end, values = 100.0, tuple(v for v in values if v <= 100)
    ticks = tuple((v, say("{percent} %", percent=f"{v:g}") if per_unit else f"{v:g}") for v in values)
    curves = [
        Curve(_points(other, axis_end), "edge", 1.8, BESIDE[place % len(BESIDE)])
        for place, other in enumerate(others)
        if other.basis == looked.basis
    ]
    own = curve_of(looked.stages, looked.lot, looked.basis, axis_end / 100)
    curves.append(
        Curve(
            tuple((p.p * 100, p.pa * 100) for p in own),
            "action",
            3.0,
            told=tuple(_told(point, looked, words) for point in own),
        )
    )
    marks = [
        *_risk_marks(looked, figures, axis_end, words),
        *([_real_mark(looked, real, who, words)] if real is not None else ()),
    ]
    return CurveParts(
        Axis(
            0.0, axis_end, ticks, say("bad units in the batch") if per_unit else say("defects per 100 units")
        ),
        Axis(
            0.0,
            100.0,
            tuple((v, f"{v:g}") for v in (0.0, 25.0, 50.0, 75.0, 100.0)),
            say("passes, times in 100"),
        ),
        tuple(curves),
        tuple(marks),
        told=texts.aloud(looked, figures, lines, words),
    )


def _end(looked: Looked, figures: Figures, real: Real | None) -> float:
    """Return the quality at which the axis ends."""
    least = 2 / looked.lot if looked.lot else 0.0
    end = max(figures.bad.p * _ROOM, figures.good.p * 1.3, least, 1e-5)
    if real is not None:
        end = max(end, real.rate * 1.25)
    return min(1.0, end) if looked.basis == "percent" else end


def _points(looked: Looked, end: float) -> tuple[tuple[float, float], ...]:
    found = curve_of(looked.stages, looked.lot, looked.basis, end / 100)
    return tuple((p.p * 100, p.pa * 100) for p in found)


def _told(point: RiskPoint, looked: Looked, words: Catalogue) -> str:
    bad = texts.quality(point.p, looked.basis, words)
    often = texts.times(point.pa, words)
    if point.bad is not None and looked.lot is not None:
        return words.say(
            "{quality} ({n} of {lot}): passes {often}", quality=bad, n=point.bad, lot=looked.lot, often=often
        )
    return words.say("{quality}: passes {often}", quality=bad, often=often)


def _risk_marks(looked: Looked, figures: Figures, end: float, words: Catalogue) -> list[Mark]:
    say = words.say
    notes = (
        (figures.good, say("what a good supplier can count on")),
        (figures.bad, say("one such batch in ten still slips through")),
    )
    found = []
    for point, note in notes:
        if point.p * 100 > end:
            continue
        bad, often = texts.quality(point.p, looked.basis, words), texts.times(point.pa, words)
        title = say("{quality}: passes {often}", quality=bad, often=often)
        if point.pa <= 0 or point.pa >= 1:
            title = (
                say("{quality}: never passes", quality=bad)
                if point.pa <= 0
                else say("no bad unit: always passes")
            )
            note = ""
        told = _told(point, looked, words)
        found.append(
            Mark(
                point.p * 100,
                point.pa * 100,
                told,
                "disc",
                "action",
                6.5,
                title=title,
                note=note,
                guides=True,
            )
        )
    return found


def _real_mark(looked: Looked, real: Real, who: str, words: Catalogue) -> Mark:
    chance = passes(looked, min(real.rate, 1.0) if looked.basis == "percent" else real.rate)
    often = words.say("such a batch passes {often}", often=texts.times(chance, words))
    return Mark(
        real.rate * 100,
        chance * 100,
        texts.real_sentence(real, who, chance, words),
        "open_diamond",
        "attention",
        8.0,
        title=texts.real_mark(real, who, words),
        note=often,
        span=(real.low * 100, real.high * 100),
    )
