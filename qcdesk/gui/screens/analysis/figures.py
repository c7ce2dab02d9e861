# SPDX-License-Identifier: Apache-2.0
"""What the page computes beside the charts: where each point comes from, what broke a rule, what lies outside limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qcdesk.gui.screens.analysis.rows import Spot
from qcdesk.services.analysis_charts import CountChart, ReadingChart
from qcdesk.services.analysis_rows import LotCountRow, ReadingColumns
from qcdesk.statistics.capability import (
    LEAST_PERCENTILE,
    Capability,
    NonNormal,
    non_normal,
)
from qcdesk.statistics.control_charts import Chart
from qcdesk.statistics.readings import BadReadings

MANY = 20
"""Points: with fewer, limits are not yet to be relied on."""
NOT_NORMAL = 0.05
_MOST_FITTED = 5_000
"""Readings: a curve is fitted to fewer, beyond them percentiles of their own tell more."""
Drawn = ReadingChart | CountChart


@dataclass(frozen=True, slots=True)
class Source:
    """Where a point comes from: a batch (id, number), when, and whose check; empty: both together."""

    batch: str
    number: str
    supplier: str
    at: int
    place: str


def source_of(drawn: Drawn, spot: Spot) -> Source:
    """Return where a point of a row comes from."""
    behind = drawn.behind(number_of(drawn.chart, spot))
    place = "" if isinstance(behind, LotCountRow) else behind.place
    return Source(behind.batch, behind.number, behind.supplier, behind.at, place)


def number_of(chart: Chart, spot: Spot) -> int:
    """Return which point of the chart, from 1, a place in a row is: moving ranges begin at the second."""
    return spot[1] + chart.tracks[spot[0]].first


def broken_points(chart: Chart) -> dict[Spot, tuple[str, ...]]:
    """Return which points broke which rules, by their codes; in order."""
    found: dict[Spot, list[str]] = {}
    for panel, track in enumerate(chart.tracks):
        for signals in track.signals:
            for index in signals.points:
                found.setdefault((panel, index - 1), []).append(signals.rule.code)
    return {spot: tuple(found[spot]) for spot in sorted(found)}


def outside(columns: ReadingColumns) -> int | None:
    """Return how many readings lie outside the limits they were judged by; None where there are no limits."""
    import numpy as np

    limits = {(row.lower, row.upper) for row in columns.subgroups}
    if not limits or limits == {(None, None)}:
        return None
    values = np.frombuffer(columns.values, dtype=np.float64)
    ends: list[Any] = []
    for place, none in ((0, -np.inf), (1, np.inf)):
        if len(limits) == 1:
            one = next(iter(limits))[place]
            ends.append(none if one is None else one)
        else:
            each = [
                none if (one := (row.lower, row.upper)[place]) is None else one for row in columns.subgroups
            ]
            ends.append(np.repeat(np.array(each), columns.sizes))
    return int(((values < ends[0]) | (values > ends[1])).sum())


def bent_of(columns: ReadingColumns, found: Capability) -> NonNormal | None:
    """Return indices that do not ask readings to be normal, where they are not; None where none can be had."""
    if found.normality.p >= NOT_NORMAL:
        return None
    try:
        if found.n < _MOST_FITTED:
            return non_normal(columns.values, found.limits)
        return non_normal(columns.values, found.limits, "percentile")
    except BadReadings:
        return None if found.n < LEAST_PERCENTILE else non_normal(columns.values, found.limits, "percentile")
