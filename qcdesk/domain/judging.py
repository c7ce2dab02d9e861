# SPDX-License-Identifier: Apache-2.0
"""From what people put on record to verdicts: one check, both together, and after a third has looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from qcdesk.domain.comparison import Comparison
from qcdesk.domain.events import Outcome, Resolution, RoundOpened, Seen
from qcdesk.domain.refusals import Incomplete, NotDoneNotAllowed, UnresolvedUnits
from qcdesk.domain.rounds import Work
from qcdesk.domain.sampling import (
    Claimed,
    ClassVerdict,
    DefectClass,
    Verdict,
    judge,
    overall,
    union_of,
)

KAPPA_NEEDS = 10  # units found bad by either; below, kappa says nothing (trust.md §8)


def claims_of(opened: RoundOpened, work: Work) -> tuple[Claimed, ...]:
    """Return what a check claims: findings that stand, and readings out of limits."""
    content = opened.procedure.content
    found = tuple(Claimed(f.unit, f.code, f.defect_class, f.count) for f in work.standing_findings())
    outside = tuple(
        Claimed(m.unit, m.characteristic, content.class_of(m.characteristic))
        for m in work.standing_readings()
        if not m.inside
    )
    return (*found, *outside)


def judge_check(opened: RoundOpened, work: Work) -> tuple[tuple[ClassVerdict, ...], Verdict]:
    """Return the verdict per class of one check, and of the whole; live while it runs."""
    classes = judge(opened.plan, claims_of(opened, work))
    return classes, overall(classes)


def require_complete(opened: RoundOpened, work: Work) -> None:
    """Refuse a signature on a check in which anything is missing: missing is not good.

    Raises: Incomplete: units without a result, or readings not taken. NotDoneNotAllowed.
    """
    content = opened.procedure.content
    n = len(opened.sample)
    if content.tally:
        if work.tallied != n:
            raise Incomplete(tuple(range(work.tallied + 1, n + 1)))
        return
    results = {r.unit: r for r in work.results}
    missing = tuple(u for u in range(1, n + 1) if u not in results)
    skipped = {r.unit for r in work.results if r.not_done is not None}
    if skipped and not content.not_done_allowed:
        raise NotDoneNotAllowed(tuple(sorted(skipped)))
    taken = {(m.unit, m.characteristic) for m in work.standing_readings()}
    untaken = tuple(
        (u, c.code)
        for u in range(1, n + 1)
        if u not in skipped
        for c in content.variables()
        if (u, c.code) not in taken
    )
    if missing or untaken:
        raise Incomplete(missing, untaken)


def seen_of(opened: RoundOpened, work: Work, started_at: int, last_at: int) -> Seen:
    """Return how much was looked at, for the signed act; times in microseconds."""
    skipped = sum(1 for r in work.results if r.not_done is not None)
    looked = work.tallied if opened.procedure.content.tally else len(work.results) - skipped
    return Seen(
        units=looked,
        of=len(opened.sample),
        not_done=skipped,
        readings=len(work.standing_readings()),
        seconds=max(0, (last_at - started_at) // 1_000_000),
    )


@dataclass(frozen=True)
class Sides:
    """What the two checks claim, each with what an earlier check in its place, set aside, had found already."""

    first: tuple[Claimed, ...]
    second: tuple[Claimed, ...]

    def union(self) -> tuple[Claimed, ...]:
        """Return each nonconformity once, with the larger count and the graver class."""
        return union_of(self.first, self.second)

    def disputed(self) -> tuple[Claimed, ...]:
        """Return claims (unit and code) of one side that the other did not make."""
        first = {(c.unit, c.code) for c in self.first}
        second = {(c.unit, c.code) for c in self.second}
        return tuple(c for c in self.union() if ((c.unit, c.code) in first) != ((c.unit, c.code) in second))


def outcome_of(
    opened: RoundOpened,
    sides: Sides,
    verdicts: tuple[Verdict, Verdict],
    comparison: Comparison,
) -> tuple[Outcome, tuple[str, ...], tuple[ClassVerdict, ...]]:
    """Return accepted, rejected or disagreed, with the reasons, and the union's verdict per class.

    Asked first: the two verdicts differ, or a critical is claimed by one only (unless another is claimed by both,
    which rejects), or agreement is below the procedure's floor. Else the union against Ac/Re.
    """
    classes = judge(opened.plan, sides.union())
    reasons: list[str] = []
    first, second = _critical(sides.first), _critical(sides.second)
    if first & second:
        return "rejected", ("critical_both",), classes
    if verdicts[0] != verdicts[1]:
        reasons.append("verdicts_differ")
    if first ^ second:
        reasons.append("critical_by_one")
    if _below_floor(opened, comparison):
        reasons.append("agreement_below_floor")
    if reasons:
        return "disagreed", tuple(reasons), classes
    return overall(classes), ("union",), classes


def settle(
    opened: RoundOpened, sides: Sides, resolutions: Iterable[Resolution]
) -> tuple[Verdict, tuple[ClassVerdict, ...]]:
    """Judge the union again after a third person has looked at every disputed claim.

    Raises: UnresolvedUnits: a disputed claim has no resolution.
    """
    settled = {(r.unit, r.code): r for r in resolutions}
    disputed = {(c.unit, c.code) for c in sides.disputed()}
    open_units = sorted({unit or 0 for unit, code in disputed if (unit, code) not in settled})
    if open_units:
        raise UnresolvedUnits(tuple(open_units))
    standing = tuple(
        c for c in sides.union() if (c.unit, c.code) not in disputed or settled[c.unit, c.code].holds
    )
    classes = judge(opened.plan, standing)
    return overall(classes), classes


def _critical(claims: Iterable[Claimed]) -> set[int | None]:
    critical: DefectClass = "critical"
    return {c.unit for c in claims if c.defect_class == critical}


def _below_floor(opened: RoundOpened, comparison: Comparison) -> bool:
    floor = opened.procedure.content.agreement_floor_percent
    total = comparison.total
    bad = sum(n or 0 for n in (total.both, total.first_only, total.second_only))
    if floor is None or total.kappa is None or bad < KAPPA_NEEDS:
        return False
    return Decimal(total.kappa) * 100 < floor
