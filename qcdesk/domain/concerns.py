# SPDX-License-Identifier: Apache-2.0
"""What wants explaining: pace, agreement and streaks that are hard to believe, and changes of person in haste.

None of it refuses anything, and none of it proves anything: it puts a question to the owner, with its numbers. Only
rounds that are compared are looked at, so that nothing here tells of a first check before the second is signed. The
thresholds are such that of honest people each question comes up less than once a year and person: ``python -m
tests.bench honest`` counts it, and how soon somebody is asked about who copies, stamps or rounds. Readings:
``qcdesk.domain.reading_habits``; people who tire: ``qcdesk.domain.tiredness``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from qcdesk.statistics.proportions import exact_interval

Kind = Literal[
    "hurried", "hastened", "never_differ", "echoes", "misses_all", "all_pass", "signed_together", "repeated", "rounded",
    "bunched", "bent", "tired", "quick_change", "tried", "taken_back", "in_doubt", "event",
]  # fmt: skip

IMPROBABLE = 1e-5
"""Chance below which a streak is asked about; every unit of a year begins one."""
OTHERS = 5
"""Checks by others under the same procedure before a pace is compared with theirs."""
HURRIED = 5
"""Times as fast as the others' median."""
OWN_BEFORE = 20
"""Own checks under the same procedure before a pace is compared with them."""
HASTENED = 4
"""Times as fast as the own median."""
ASKED_AGAIN_US = 30 * 86_400 * 1_000_000
"""A pace is asked about once in this time."""
FEWEST_UNITS = 10
TOGETHER = 200
"""Units found bad by both and by neither alone, of people whose finds beside others are not known. Two who each find
98 of 100 differ on one in 26 of the units that either finds, so that 200 without a difference come about 4 times in
10,000."""
KNOWN = 30
"""Units by which it is known how much of the other's finds a person finds."""
LEAST_DETECTION = 0.5
"""What a person is taken to find as long as nothing else is known."""
PASSED_BY_OTHERS = 20
"""Checks by others under the same procedure before a streak without a find is compared with theirs."""
LEAN = 0.5
"""How much rarer finds may be in a person's batches than in the others': goods come in good and bad stretches."""
QUICK_US = 60 * 1_000_000
"""A change of person at one workstation within a minute (trust.md §2)."""
SIGNED_TOGETHER_US = 30 * 1_000_000
"""Two people's signatures at one workstation: within this time nobody looks at a unit."""


@dataclass(frozen=True)
class ComparedCheck:
    """One of the two checks of a compared round; ``found`` and ``other_found`` count units found bad.

    ``both``: units that both found. ``at``: when it was signed, ``station``: where. ``seconds``: from its first entry
    to its last.
    """

    seq: int
    at: int
    person: str
    batch: str
    procedure: str
    units: int
    seconds: int
    found: int
    other_found: int
    both: int = 0
    station: str = ""
    other: str = ""

    @property
    def pace(self) -> float:
        """Seconds that a unit took."""
        return self.seconds / self.units


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


def _about(kind: Kind, check: ComparedCheck, *, other: str = "", **facts: object) -> Concern:
    told = {name: str(value) for name, value in facts.items()}
    return Concern(f"{kind}:{check.seq}", kind, check.seq, check.at, check.person, other, check.batch, told)


def hurried(checks: Sequence[ComparedCheck]) -> list[Concern]:
    """Return checks that took a fifth of the time a unit takes others under the same procedure, and how often."""
    found = []
    for same in _by_procedure(checks).values():
        for person in sorted({c.person for c in same}):
            others = [c.pace for c in same if c.person != person]
            if len(others) < OTHERS:
                continue
            usual = median(others)
            fast = [c for c in same if c.person == person and c.pace * HURRIED < usual]
            found += [
                _about("hurried", c, own=f"{c.pace:.1f}", usual=f"{usual:.1f}", units=c.units)
                for c in _now_and_then(fast)
            ]
    return found


def hastened(checks: Sequence[ComparedCheck]) -> list[Concern]:
    """Return checks that took a quarter of the time that units took the same person before."""
    found = []
    for same in _by_procedure(checks).values():
        own: dict[str, list[float]] = defaultdict(list)
        fast = []
        for check in same:
            before = own[check.person]
            if len(before) >= OWN_BEFORE and check.pace * HASTENED < median(before):
                fast.append((check, median(before)))
            before.append(check.pace)
        for person in sorted(own):
            usual = {check.seq: before for check, before in fast}
            found += [
                _about("hastened", c, own=f"{c.pace:.1f}", usual=f"{usual[c.seq]:.1f}", units=c.units)
                for c in _now_and_then([check for check, _ in fast if check.person == person])
            ]
    return found


def never_differ(pairs: Iterable[ComparedPair]) -> list[Concern]:
    """Return pairs of people who found so many units together, and none alone, that it is hard to believe.

    How often they would differ follows from how often each differs beside others; without others it takes
    ``TOGETHER`` units.
    """
    found: list[Concern] = []
    runs: dict[frozenset[str], list[ComparedPair]] = defaultdict(list)
    ordered = sorted(pairs, key=lambda each: each.seq)
    elsewhere = _differing(ordered)
    for pair in ordered:
        who = frozenset((pair.first, pair.second))
        if pair.one_only:
            runs[who].clear()
            continue
        runs[who].append(pair)
        together = sum(each.both for each in runs[who])
        if together >= _too_many_together(elsewhere, who):
            facts = {"units": str(together), "batches": str(len(runs[who]))}
            key = f"never_differ:{pair.seq}"
            found.append(
                Concern(key, "never_differ", pair.seq, pair.at, pair.second, pair.first, pair.batch, facts)
            )
            runs[who].clear()
    return found


def echoes(pairs: Iterable[ComparedPair]) -> list[Concern]:
    """Return people who, as the second, found what the first found and nothing else for longer than can be believed.

    How often such a person would differ follows from that person's own first checks, where there is nothing to repeat,
    and from what others differ by; where neither is known it takes ``TOGETHER`` units.
    """
    found: list[Concern] = []
    ordered = sorted(pairs, key=lambda each: each.seq)
    whole = sum(p.one_only for p in ordered), sum(p.both + p.one_only for p in ordered)
    for person in sorted({p.second for p in ordered}):
        own = [p for p in ordered if p.first == person]
        second = [p for p in ordered if p.second == person]
        others = (
            whole[0] - sum(p.one_only for p in second),
            whole[1] - sum(p.both + p.one_only for p in second),
        )
        firsts = sum(p.one_only for p in own), sum(p.both + p.one_only for p in own)
        limit = _believable([firsts, others])
        run: list[ComparedPair] = []
        for pair in second:
            run = [] if pair.one_only else [*run, pair]
            together = sum(each.both for each in run)
            if together >= limit:
                facts = {"units": str(together), "batches": str(len(run))}
                partners = {each.first for each in run}
                other = pair.first if len(partners) == 1 else ""
                found.append(
                    Concern(
                        f"echoes:{pair.seq}", "echoes", pair.seq, pair.at, person, other, pair.batch, facts
                    )
                )
                run = []
    return found


def _differing(pairs: Iterable[ComparedPair]) -> dict[frozenset[str], tuple[int, int]]:
    """Return of each pair how many units only one of them found, and how many either found."""
    found: dict[frozenset[str], tuple[int, int]] = {}
    for pair in pairs:
        who = frozenset((pair.first, pair.second))
        apart, either = found.get(who, (0, 0))
        found[who] = apart + pair.one_only, either + pair.both + pair.one_only
    return found


def _too_many_together(differing: dict[frozenset[str], tuple[int, int]], who: frozenset[str]) -> float:
    """Return how many units without a difference are hard to believe of two people."""
    each = []
    for person in who:
        others = [counts for pair, counts in differing.items() if person in pair and pair != who]
        each.append((sum(a for a, _ in others), sum(e for _, e in others)))
    return _believable(each)


def _believable(differing: Iterable[tuple[int, int]]) -> float:
    """Return how many units found together without a difference are hard to believe, from others that did differ.

    Args: differing: units found by one only, and by either, once for each source.
    """
    rates = []
    for apart, either in differing:
        if either < KNOWN:
            return TOGETHER
        rates.append(exact_interval(apart, either)[0])
    # The rarest difference sets what is to be expected, and half of it, for goods differ too.
    return math.log(IMPROBABLE) / math.log1p(-min(rates) * LEAN) if min(rates) > 0 else math.inf


def misses_all(checks: Iterable[ComparedCheck]) -> list[Concern]:
    """Return people who found nothing in checks in a row in which the other person found more than can be missed."""
    found: list[Concern] = []
    runs: dict[str, list[ComparedCheck]] = defaultdict(list)
    known: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for check in sorted(checks, key=lambda each: each.seq):
        if not check.other_found and not check.found:
            continue  # nothing to find says nothing
        run = runs[check.person]
        if check.found:
            run.clear()
            both, of = known[check.person]
            known[check.person] = both + check.both, of + check.other_found
            continue
        run.append(check)
        missed = sum(each.other_found for each in run)
        if missed * math.log1p(-_detection(*known[check.person])) < math.log(IMPROBABLE):
            found.append(_about("misses_all", check, checks=len(run), units=missed))
            run.clear()
    return found


def _detection(both: int, of: int) -> float:
    """Return what a person finds at least, from the checks in which that person found anything."""
    if of < KNOWN:
        return LEAST_DETECTION
    return min(0.9, max(LEAST_DETECTION, exact_interval(both, of)[0]))


def all_pass(checks: Sequence[ComparedCheck]) -> list[Concern]:
    """Return people who found nothing in so many checks in a row as others under the same procedures never do."""
    chances = {}
    for procedure, same in _by_procedure(checks).items():
        for person in {c.person for c in same}:
            # Who was beside a person in a check says nothing about it: both may have stamped it.
            others = [c for c in same if person not in (c.person, c.other)]
            if len(others) >= PASSED_BY_OTHERS:
                finding = sum(c.found > 0 for c in others)
                chances[procedure, person] = LEAN * exact_interval(finding, len(others))[0]
    found: list[Concern] = []
    runs: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for check in sorted(checks, key=lambda each: each.seq):
        chance = chances.get((check.procedure, check.person))
        if chance is None or check.units < FEWEST_UNITS:
            continue
        odds, streak = runs[check.person]
        runs[check.person] = (0.0, 0) if check.found else (odds + math.log1p(-chance), streak + 1)
        odds, streak = runs[check.person]
        if odds < math.log(IMPROBABLE):
            usual = round(100 * chance / LEAN)
            found.append(_about("all_pass", check, checks=streak, usual=usual))
            runs[check.person] = 0.0, 0
    return found


def signed_together(checks: Iterable[ComparedCheck]) -> list[Concern]:
    """Return checks that two people signed at one workstation within seconds."""
    found = []
    last: dict[str, ComparedCheck] = {}
    for check in sorted(checks, key=lambda each: (each.at, each.seq)):
        if not check.station:
            continue
        before = last.get(check.station)
        if before and before.person != check.person and check.at - before.at <= SIGNED_TOGETHER_US:
            seconds = (check.at - before.at) // 1_000_000
            found.append(
                _about(
                    "signed_together",
                    check,
                    other=before.person,
                    seconds=seconds,
                    station=check.station,
                )
            )
        last[check.station] = check
    return found


def _by_procedure(checks: Iterable[ComparedCheck]) -> dict[str, list[ComparedCheck]]:
    """Return the checks that have a pace, by procedure, in order."""
    found: dict[str, list[ComparedCheck]] = defaultdict(list)
    for check in sorted(checks, key=lambda each: each.seq):
        if check.units >= FEWEST_UNITS:
            found[check.procedure].append(check)
    return found


def _now_and_then(checks: Iterable[ComparedCheck]) -> list[ComparedCheck]:
    """Return the first of the checks, and again after a time: a habit is one question."""
    kept: list[ComparedCheck] = []
    for check in checks:
        if not kept or check.at - kept[-1].at >= ASKED_AGAIN_US:
            kept.append(check)
    return kept


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
