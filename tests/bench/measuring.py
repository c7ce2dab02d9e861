# SPDX-License-Identifier: Apache-2.0
"""How the benchmarks measure: both sides in turn, medians with quartiles, and the bare side against itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

Step = Callable[[], object]
AA_LOW, AA_HIGH = 0.9, 1.1
"""A run in which the bare side differs from itself by more than this does not count (the machine was busy)."""


@dataclass(frozen=True)
class Size:
    """How much to measure: ``rounds`` of small things, ``starts`` of whole processes, ``many`` batches, a log.

    ``runs``: simulated ones of a study.
    """

    rounds: int = 200
    starts: int = 9
    few: int = 1_000
    many: int = 100_000
    pages: int = 40
    events: int = 20_000
    runs: int = 2_000

    @staticmethod
    def tiny() -> Size:
        """Return a size that only shows that a benchmark still runs."""
        return Size(rounds=2, starts=1, few=60, many=120, pages=2, events=120, runs=3)


@dataclass(frozen=True)
class Spread:
    """Microseconds: median and quartiles."""

    median: float
    low: float
    high: float

    @staticmethod
    def of(times: Sequence[float]) -> Spread:
        """Return the spread of seconds."""
        micro = [t * 1e6 for t in times]
        if len(micro) < 2:
            return Spread(micro[0], micro[0], micro[0])
        low, middle, high = quantiles(micro, n=4, method="inclusive")
        return Spread(middle, low, high)


@dataclass(frozen=True)
class Line:
    """One line of the table. ``aa``: the bare side's second runs over its first; None where there is no such pair.

    ``per``: the unit of work that times are of, when it is not the whole (a page, an event).
    """

    name: str
    ours: Spread
    base: Spread
    aa: float | None
    target: str
    load: float

    @property
    def ratio(self) -> float:
        """Ours over the bare side."""
        return self.ours.median / self.base.median

    @property
    def extra(self) -> float:
        """Microseconds that ours takes beyond the bare side."""
        return self.ours.median - self.base.median

    @property
    def counts(self) -> bool:
        """Whether the machine was quiet enough."""
        return self.aa is None or AA_LOW <= self.aa <= AA_HIGH


def load_average() -> float:
    """Return how many processes wanted to run in the last minute; 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def timed(step: Step) -> float:
    """Return the seconds of one step."""
    begun = perf_counter()
    step()
    return perf_counter() - begun


def compare(
    name: str,
    target: str,
    *,
    ours: Step,
    base: Step,
    again: Step | None = None,
    rounds: int,
    per: int = 1,
    warm: int = 1,
    before_ours: Step | None = None,
) -> Line:
    """Measure both sides in turn, bare, ours, bare: what slows the machine down slows both.

    Args: again: the bare side of the second run, when it keeps a state of its own. per: units of work in one step.
        warm: rounds before the clock counts. before_ours: what the user did just before, off the clock.
    """
    again = again or base
    before: list[float] = []
    middle: list[float] = []
    after: list[float] = []
    for number in range(rounds + warm):
        first = timed(base)
        if before_ours is not None:
            before_ours()
        times = first, timed(ours), timed(again)
        if number >= warm:
            for kept, time in zip((before, middle, after), times, strict=True):
                kept.append(time / per)
    return Line(
        name,
        Spread.of(middle),
        Spread.of(before + after),
        median(after) / median(before),
        target,
        load_average(),
    )


def against(name: str, target: str, large: Spread, small: Spread, aa: float | None) -> Line:
    """Return a line that sets one of our own times against another: how it grows."""
    return Line(name, large, small, aa, target, load_average())


@dataclass(frozen=True)
class Bench:
    """A benchmark: what it shows in a sentence, and how it is run in a folder of its own."""

    name: str
    says: str
    run: Callable[[Path, Size], list[Line]]


@dataclass(frozen=True)
class Study:
    """What is counted over simulated goods and people, rather than timed: its tables as text."""

    name: str
    says: str
    run: Callable[[Size], str]


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as text in columns."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def table(lines: Sequence[Line]) -> str:
    """Return the lines as text, for a terminal."""
    heads = ("", "ours µs [p25..p75]", "bare µs [p25..p75]", "ratio", "extra µs", "A/A", "load", "target")
    rows = [heads, *(_cells(line) for line in lines)]
    return columns(rows)


def _cells(line: Line) -> tuple[str, ...]:
    pair = "-" if line.aa is None else f"{line.aa:.2f}"
    return (
        line.name,
        _spread(line.ours),
        _spread(line.base),
        f"{line.ratio:.2f}x",
        f"{line.extra:+,.0f}",
        pair if line.counts else f"{pair} (does not count)",
        f"{line.load:.1f}",
        line.target,
    )


def _spread(spread: Spread) -> str:
    return f"{spread.median:,.0f} [{spread.low:,.0f}..{spread.high:,.0f}]"
