# SPDX-License-Identifier: Apache-2.0
"""The pace at which work is done, and by when so much more of it will be: with its interval, from counts by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcdesk.statistics.distributions import f_above, f_quantile

FEWEST = 8
"""With fewer pieces of work done nothing is said of what comes."""


@dataclass(frozen=True, slots=True)
class Pace:
    """``count`` pieces of work done in ``days`` days of work.

    ``clumped``: variance of the daily counts over their mean, 1 at least; 1 is work that comes one by one.
    """

    count: int
    days: int
    clumped: float = 1.0

    @property
    def by_day(self) -> float:
        """Return how many are done a day."""
        return self.count / self.days


@dataclass(frozen=True, slots=True)
class Ahead:
    """After how many days of work so much is done: the middle, and the ends of the interval."""

    low: float
    middle: float
    high: float


def pace_of(by_day: Sequence[int]) -> Pace | None:
    """Return the pace of days of work, each with how many pieces were done on it; None: too few to tell."""
    days, count = len(by_day), sum(by_day)
    if days < 2 or count < FEWEST:
        return None
    mean = count / days
    spread = sum((each - mean) ** 2 for each in by_day) / (days - 1)
    return Pace(count, days, max(1.0, spread / mean))


def days_until(work: int, pace: Pace, confidence: float = 0.9) -> Ahead:
    """Return after how many days of work that many more pieces will be done.

    Where pieces come one by one at a steady rate (a Poisson process), the time to the k-th from now over k, divided by
    the time that was watched over the n seen in it, is distributed as F with 2k and 2n degrees of freedom. Where they
    come in clumps, so many pieces are worth only k and n over the variance-to-mean ratio of the daily counts.

    Args: work: pieces, 1 or more. confidence: of the interval, between 0 and 1.
    Raises: ValueError: no work, or a confidence out of range.
    Source: Cox and Lewis, The Statistical Analysis of Series of Events (1966), chapter 9 (ratio of the times of two
        Poisson processes); scale for clumps: McCullagh and Nelder, Generalized Linear Models (1989), chapter 6.
    """
    if work < 1 or not 0 < confidence < 1:
        raise ValueError(f"{work} at {confidence}")
    tail = (1 - confidence) / 2
    # The day that ends the watch is fixed, not the n-th piece: the lower end takes one more.
    return Ahead(
        _days(work, pace, pace.count + 1, tail),
        _days(work, pace, pace.count + 0.5, 0.5),
        _days(work, pace, pace.count, 1 - tail),
    )


def chance_later(work: int, pace: Pace, days: float) -> float:
    """Return the probability that so many more pieces take longer than that many days of work; see ``days_until``."""
    if days <= 0:
        return 1.0
    seen = pace.count + 0.5
    ratio = days / work * seen / pace.days
    return f_above(ratio, 2 * work / pace.clumped, 2 * seen / pace.clumped)


def _days(work: int, pace: Pace, seen: float, share: float) -> float:
    ratio = f_quantile(share, 2 * work / pace.clumped, 2 * seen / pace.clumped)
    return work * pace.days / seen * ratio
