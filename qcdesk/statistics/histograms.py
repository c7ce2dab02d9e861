# SPDX-License-Identifier: Apache-2.0
"""Histograms and Pareto tables: readings in classes with round edges, counts from the most to the least."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from qcdesk.statistics.readings import BadReadings, Column, Readings, kept, numbers

MOST_CLASSES = 60


@dataclass(frozen=True)
class Histogram:
    """Readings in classes: ``counts[i]`` of them from ``edges[i]`` up to below ``edges[i + 1]`` (the last: with it).

    A reading that stands exactly on an upper limit counts in the class below it, as it is no reading beyond.
    """

    edges: Column
    counts: tuple[int, ...]

    @property
    def width(self) -> float:
        """Width of a class, in the unit of the readings."""
        return self.edges[1] - self.edges[0]


@dataclass(frozen=True)
class ParetoBar:
    """One cause: ``count``, its ``share`` of all and the ``cumulative`` share up to it, fractions 0 … 1."""

    name: str
    count: int
    share: float
    cumulative: float


def histogram(readings: Readings, *, upper: float | None = None) -> Histogram:
    """Put readings into classes of one width, 1, 2 or 5 times a power of ten.

    Args: readings: one or more. upper: a limit up to which, and with which, a reading is good; none without it.
    Returns: about as many classes as Freedman and Diaconis want, and as Sturges does, at most 60; readings that
        are all alike have one class.
    Raises: BadReadings: ``too_few``, ``not_finite``.
    Source: Freedman and Diaconis, Zeitschrift für Wahrscheinlichkeitstheorie 57 (1981) 453-476; Sturges, Journal of
        the American Statistical Association 21 (1926) 65-66.
    """
    import numpy as np

    column = numbers(readings)
    low, high = float(column.min()), float(column.max())
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        half = max(abs(low), 1.0) * 1e-3
        return Histogram(kept([low - half, low + half]), (int(column.size),))
    first, third = (float(q) for q in np.quantile(column, (0.25, 0.75)))
    wanted = math.ceil(math.log2(column.size)) + 1
    if third > first:
        wanted = max(wanted, math.ceil((high - low) * column.size ** (1 / 3) / (2 * (third - first))))
    width = _round_width((high - low) / min(wanted, MOST_CLASSES), high - low)
    begin = math.floor(low / width) - 1
    count = math.floor(high / width) - begin + 2
    digits = max(
        0, -math.floor(math.log10(width))
    )  # edges are the numbers that one types: 30.92, not 30.919999
    edges = np.round((begin + np.arange(count + 1)) * width, digits)
    places = np.searchsorted(edges, column, side="right") - 1
    if upper is not None:
        places[(column == upper) & (edges[places] == upper)] -= 1
    first_in, last_in = int(places.min()), int(places.max())
    counts = np.bincount(places - first_in, minlength=last_in - first_in + 1)
    return Histogram(kept(edges[first_in : last_in + 2]), tuple(counts.tolist()))


def pareto(counts: Mapping[str, int]) -> tuple[ParetoBar, ...]:
    """Return causes from the most to the least frequent, names in order where they tie, with the cumulative share.

    Raises: BadReadings: ``negative`` (``name``), ``constant``: nothing was counted.
    Source: Juran, Quality Control Handbook (1951); the order and its running total define it.
    """
    for name, count in counts.items():
        if count < 0:
            raise BadReadings("negative", name=name)
    total = sum(counts.values())
    if total == 0:
        raise BadReadings("constant")
    bars, so_far = [], 0
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        so_far += count
        bars.append(ParetoBar(name, count, count / total, so_far / total))
    return tuple(bars)


def _round_width(wanted: float, span: float) -> float:
    """Return the round width nearest to the one wanted that leaves no more classes than there may be."""
    power = 10.0 ** math.floor(math.log10(wanted))
    fit = [step * power for step in (1, 2, 5, 10) if span <= step * power * MOST_CLASSES]
    return min(fit, key=lambda width: abs(math.log(width / wanted)))
