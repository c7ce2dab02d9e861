# SPDX-License-Identifier: Apache-2.0
"""Misses and false alarms of people against the truth, as far as it was settled: shares with exact intervals.

The truth is what two checks agreed on, what a third person settled, or what was seeded (challenge units). What
everybody missed is in no settled truth, so that of it a miss share is a lower bound; of seeded units it is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from qcdesk.statistics.proportions import exact_interval

Truth = Literal["settled", "seeded"]
Aspect = Literal["person", "defect_class", "code", "truth"]
ASPECTS: tuple[Aspect, ...] = ("person", "defect_class", "code", "truth")


@dataclass(frozen=True)
class Look:
    """One person's answer to one question: is this nonconformity on this unit? ``count``: so many alike.

    ``true``: it is there. ``called``: the person said so. ``at``: when, microseconds UTC. ``defect_class`` and
    ``code``: of what is asked; a unit that is good in everything may have an empty ``code``.
    """

    person: str
    at: int
    defect_class: str
    code: str
    true: bool
    called: bool
    truth: Truth = "settled"
    count: int = 1


@dataclass(frozen=True)
class Share:
    """``hits`` of ``n`` with the exact interval ``low`` … ``high``; ``value`` None and 0 … 1 where n is 0."""

    hits: int
    n: int
    value: float | None
    low: float
    high: float

    @staticmethod
    def of(hits: int, n: int, confidence: float = 0.95) -> Share:
        """Return a share with its exact interval (Clopper and Pearson, Biometrika 26 (1934) 404-413)."""
        if n == 0:
            return Share(0, 0, None, 0.0, 1.0)
        return Share(hits, n, hits / n, *exact_interval(hits, n, confidence))


@dataclass(frozen=True)
class Missing:
    """How often somebody missed and cried wolf: ``missed`` of what was there, ``alarms`` of what was not.

    ``key``: the aspects asked for, in the order asked. ``period``: which stretch of time, "" for all of it.
    """

    key: tuple[str, ...]
    period: str
    missed: Share
    alarms: Share


def misses(
    looks: Iterable[Look],
    by: tuple[Aspect, ...] = ("person",),
    period: Callable[[int], str] | None = None,
    confidence: float = 0.95,
) -> tuple[Missing, ...]:
    """Return miss and false-alarm shares per person, class, code, or any of them together.

    Args: looks: any order. by: what to tell apart. period: from the time of a look to the name of a stretch of
        time, names in the order of time; None: all of it together.
    Returns: by key, then by period.
    Raises: ValueError: a count below 1.
    Source: counts; intervals as ``Share.of``.
    """
    cells: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for look in looks:
        if look.count < 1:
            raise ValueError(f"count {look.count}")
        key = tuple(str(getattr(look, aspect)) for aspect in by)
        cell = cells[key, period(look.at) if period else ""]
        cell[0 if look.true else 2] += look.count
        if look.called != look.true:
            cell[1 if look.true else 3] += look.count
    return tuple(
        Missing(key, when, Share.of(missed, there, confidence), Share.of(alarms, not_there, confidence))
        for (key, when), (there, missed, not_there, alarms) in sorted(cells.items())
    )
