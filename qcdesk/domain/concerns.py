# SPDX-License-Identifier: Apache-2.0
"""What wants explaining: pace, agreement and streaks that are hard to believe, and changes of person in haste.

None of it refuses anything, and none of it proves anything: it puts a question to the owner. Only rounds that are
compared are looked at, so that nothing here tells of a first check before the second is signed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

Kind = Literal["hurried", "never_differ", "misses_all", "quick_change", "taken_back", "in_doubt", "event"]

OTHERS = 5
"""Checks by others under the same procedure before a pace is compared with theirs."""
HURRIED = 3
"""Times as fast as the others' median."""
FEWEST_UNITS = 10
TOGETHER = 20
"""Units found bad by both and by neither alone: two people who each find nine of ten differ on one in 5.5 of the
units that either finds (0.18 / 0.99), so that 20 without a difference come about twice in 100."""
STREAK = 5
"""Checks in a row that found nothing where the other person found something."""
QUICK_US = 60 * 1_000_000
"""A change of person at one workstation within a minute (trust.md §2)."""


@dataclass(frozen=True)
class ComparedCheck:
    """One of the two checks of a compared round; ``found`` and ``other_found`` count units found bad."""

    seq: int
    at: int
    person: str
    batch: str
    procedure: str
    units: int
    seconds: int
    found: int
    other_found: int


@dataclass(frozen=True)
class ComparedPair:
    """Two people after a comparison; ``seq`` is the comparison's."""

    seq: int
    at: int
    batch: str
    first: str
    second: str
    both: int
    one_only: int


@dataclass(frozen=True)
class StationLine:
    """An event at a workstation, by whom."""

    seq: int
    at: int
    station: str
    person: str
    opens: bool


@dataclass(frozen=True)
class Concern:
    """One question. ``key`` stays the same however often it is asked; ``facts`` are for its sentence."""

    key: str
    kind: Kind
    seq: int
    at: int
    person: str
    other: str = ""
    batch: str | None = None
    facts: dict[str, str] = field(default_factory=dict)


def hurried(checks: Sequence[ComparedCheck]) -> list[Concern]:
    """Return checks that took less than a third of the time a unit takes others under the same procedure."""
    by_procedure: dict[str, list[ComparedCheck]] = defaultdict(list)
    for check in checks:
        if check.units >= FEWEST_UNITS:
            by_procedure[check.procedure].append(check)
    found = []
    for same in by_procedure.values():
        for check in same:
            others = [c.seconds / c.units for c in same if c.person != check.person]
            if len(others) < OTHERS:
                continue
            usual, own = median(others), check.seconds / check.units
            if own * HURRIED < usual:
                facts = {"own": f"{own:.1f}", "usual": f"{usual:.1f}", "units": str(check.units)}
                found.append(
                    Concern(
                        f"hurried:{check.seq}",
                        "hurried",
                        check.seq,
                        check.at,
                        check.person,
                        batch=check.batch,
                        facts=facts,
                    )
                )
    return found


def never_differ(pairs: Iterable[ComparedPair]) -> list[Concern]:
    """Return pairs of people who found many units together and not one alone, once for each such run."""
    found: list[Concern] = []
    runs: dict[frozenset[str], list[ComparedPair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda each: each.seq):
        who = frozenset((pair.first, pair.second))
        if pair.one_only:
            runs[who].clear()
            continue
        runs[who].append(pair)
        together = sum(each.both for each in runs[who])
        if together >= TOGETHER:
            facts = {"units": str(together), "batches": str(len(runs[who]))}
            found.append(
                Concern(
                    f"never_differ:{pair.seq}",
                    "never_differ",
                    pair.seq,
                    pair.at,
                    pair.second,
                    pair.first,
                    pair.batch,
                    facts,
                )
            )
            runs[who].clear()
    return found


def misses_all(checks: Iterable[ComparedCheck]) -> list[Concern]:
    """Return people whose last checks in a row found nothing, each time the other person found something."""
    found: list[Concern] = []
    runs: dict[str, int] = defaultdict(int)
    for check in sorted(checks, key=lambda each: each.seq):
        if not check.other_found and not check.found:
            continue  # nothing to find says nothing
        runs[check.person] = 0 if check.found else runs[check.person] + 1
        if runs[check.person] == STREAK:
            runs[check.person] = 0
            found.append(
                Concern(
                    f"misses_all:{check.seq}",
                    "misses_all",
                    check.seq,
                    check.at,
                    check.person,
                    batch=check.batch,
                    facts={"checks": str(STREAK)},
                )
            )
    return found


def quick_changes(lines: Iterable[StationLine]) -> list[Concern]:
    """Return sittings that were opened within a minute of what somebody else last did at the same workstation."""
    found, last = [], dict[str, StationLine]()
    for line in sorted(lines, key=lambda each: each.seq):
        before = last.get(line.station)
        if line.opens and before and before.person != line.person and line.at - before.at <= QUICK_US:
            seconds = (line.at - before.at) // 1_000_000
            found.append(
                Concern(
                    f"quick_change:{line.seq}",
                    "quick_change",
                    line.seq,
                    line.at,
                    line.person,
                    before.person,
                    facts={"seconds": str(seconds), "station": line.station},
                )
            )
        last[line.station] = line
    return found
