# SPDX-License-Identifier: Apache-2.0
"""What a second check buys as charts: the ways of checking side by side, and the same over the share of bad units."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from typing import Final

from qcdesk.domain.simulating import SecondCheck, Simulated
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.chart_pictures import Axis, Bars, ChartPicture, Curve, Marker, Panel, Span
from qcdesk.wording.spelling import figure, fixed

SHORT: Final[dict[SecondCheck, str]] = {
    "none": mark("no check"),
    "single": mark("one check"),
    "primed": mark("second saw the result"),
    "blind": mark("blind, same units"),
    "split": mark("blind, other units"),
}
_ROOM = 1.14
"""Room above the highest bar, for its figure."""


def ways_picture(
    ways: Sequence[SecondCheck], played: Mapping[SecondCheck, Simulated], words: Catalogue
) -> ChartPicture:
    """Describe how often such a batch ships by each way of checking, and under it the minutes that each takes.

    Args: ways: in order; those that are not played yet have their place already.
    """
    say = words.say
    across = Axis(say("Way of checking"), 0.5, len(ways) + 0.5, tuple(say(SHORT[way]) for way in ways))
    found = [(place, played[way]) for place, way in enumerate(ways, 1) if way in played]
    edges = array("d", [place + 0.5 for place in range(len(ways) + 1)])
    shares, minutes = (array("d", [0.0] * len(ways)) for _ in range(2))
    units = [""] * len(ways)
    for place, one in found:
        shares[place - 1] = one.shipped.value or 0.0
        minutes[place - 1] = one.seconds_per_lot / 60
        units[place - 1] = say("{n} units", n=fixed(one.units_per_lot, 0, words)) if one.units else ""
    ships = Panel(
        x=across,
        y=Axis(
            say("Ships, of 100 such batches"),
            0.0,
            max([*shares, 0.02]) * _ROOM,
            percent=True,
            comma=words.comma,
        ),
        bars=Bars(edges, shares),
        spans=tuple(
            Span(place, one.shipped.low, one.shipped.high, say("95 % interval"))
            for place, one in found
            if one.of.mode != "none"
        ),
        markers=tuple(
            Marker(place, one.shipped.value or 0.0, percent(one.shipped.value or 0.0, words))
            for place, one in found
        ),
    )
    # As high from the first figure on as two checks will be, so that nothing moves when they come.
    least = 2 * played["single"].seconds_per_lot / 60 if "single" in played else 0.0
    cost = Panel(
        x=across,
        y=Axis(
            say("Minutes a batch"),
            0.0,
            _round_end((max([*minutes, least]) or 1.0) * _ROOM),
            comma=words.comma,
        ),
        bars=Bars(edges, minutes, texts=tuple(units)),
        share=0.55,
    )
    return ChartPicture(say("How often such a batch ships, and what that costs"), (ships, cost))


def shares_picture(
    ways: Sequence[SecondCheck], played: Mapping[SecondCheck, Sequence[Simulated]], words: Catalogue
) -> ChartPicture:
    """Describe how often a batch ships over its share of bad units; every point was played, with its interval.

    Args: played: of each way its points, by share.
    """
    say = words.say
    curves: list[Curve] = []
    spans: list[Span] = []
    most = 0.0
    for way in ways:
        points = sorted(played.get(way, ()), key=lambda one: one.of.bad_share)
        if not points:
            continue
        most = max(most, points[-1].of.bad_share)
        curves.append(
            Curve(
                say(SHORT[way]),
                array("d", [one.of.bad_share for one in points]),
                array("d", [one.shipped.value or 0.0 for one in points]),
                strong=not curves,
                dotted=True,
            )
        )
        spans += [Span(one.of.bad_share, one.shipped.low, one.shipped.high) for one in points]
    panel = Panel(
        x=Axis(say("Bad units in the batch"), 0.0, (most or 0.08) * 1.03, percent=True, comma=words.comma),
        y=Axis(say("Ships, of 100 such batches"), 0.0, 1.02, percent=True, comma=words.comma),
        curves=tuple(curves),
        spans=tuple(spans),
    )
    return ChartPicture(say("How often a batch ships at other shares of bad units"), (panel,))


def _round_end(high: float) -> float:
    """Return a round end of an axis at or beyond a figure, at which a tick stands even where there are only two."""
    power = 10.0 ** math.floor(math.log10(high))
    return next(each * power for each in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if each * power >= high)


def percent(share: float, words: Catalogue) -> str:
    """Return a share as it stands beside its bar."""
    value = 100 * share
    text = (
        fixed(value, 0, words)
        if value >= 9.95
        else fixed(value, 1, words)
        if value >= 0.095
        else figure(f"{value:.2g}", words)
    )
    return f"{text}\u00a0%"
