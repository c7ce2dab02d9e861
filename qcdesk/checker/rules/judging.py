# SPDX-License-Identifier: Apache-2.0
"""What claims come to: verdicts per class, the union of two checks, and what the two disagree on (trust.md §8.3)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from qcdesk.checker.rules.state import Check, Mark, Marks, Plan, Round


class Judged(NamedTuple):
    """One class: how much counts against the plan, how much was found past its own sample, and the verdict.

    ``n``, ``ac``, ``re`` are of the step (1-based; 0: the plan has one sample) at which it stands, ``found`` is what
    counted at each step up to there.
    """

    defect_class: str
    counted: int
    beyond: int
    verdict: str
    n: int
    ac: int | None
    re: int
    step: int = 0
    found: tuple[int, ...] = ()


def claims_of(checks: Iterable[Check]) -> Marks:
    """Return all that some checks claim: findings not withdrawn, readings out of limits, what was opened and is so.

    What the same person found or measured on the mark speaks before what was said of an opened claim; and what a check
    that was set aside had opened counts for nothing.
    """
    found: Marks = {}
    for check in checks:
        for unit, code, defect_class, count in check.findings.values():
            _add(found, (unit, code), defect_class, count)
        for reading in check.current.values():
            unit, code, defect_class, inside = check.readings[reading]
            if not inside:
                _add(found, (unit, code), defect_class, 1)
        own = {(unit, code) for unit, code, _, _ in check.findings.values()} | set(check.current)
        for unit, code, defect_class, count, agrees in check.opened.values():
            if agrees and check.state != "aside" and (unit, code) not in own:
                _add(found, (unit, code), defect_class, count)
    return found


def add_all(found: Marks, more: Marks) -> None:
    """Put further claims of one side beside those that it has."""
    for mark, (defect_class, count) in more.items():
        _add(found, mark, defect_class, count)


def _add(found: Marks, mark: Mark, defect_class: str, count: int) -> None:
    found[mark] = (defect_class, count + (found[mark][1] if mark in found else 0))


def union(first: Marks, second: Marks) -> Marks:
    """Return what either claims; of a mark that both made, the larger count."""
    found = dict(first)
    for mark, (defect_class, count) in second.items():
        found[mark] = (defect_class, max(count, found[mark][1] if mark in found else 0))
    return found


def by_findings(round_: Round) -> bool:
    """Tell whether a check goes as far as its own findings lead it."""
    return round_.curtail or any(plan.steps for plan in round_.plans)


def gone_through(round_: Round, *checks: Check) -> set[int] | None:
    """Return the units that each of some checks went through; None where all of them are gone through anyway."""
    if not by_findings(round_):
        return None
    return set.intersection(*(set(check.units) for check in checks))


def left_out(*checks: Check) -> set[int]:
    """Return the units that any of some checks left out."""
    return {unit for check in checks for unit, why in check.units.items() if why is not None}


def judge(
    plans: Iterable[Plan],
    claims: Marks,
    place: Callable[[int], int] = lambda unit: unit,
    unknown: Collection[int] = (),
    done: Collection[int] | None = None,
) -> list[Judged]:
    """Return the verdict of each class. Any critical rejects, wherever in the sample it was found.

    Nonconforming units count once, in the gravest class that counts where they stand; ``place`` says where that is.
    Nobody knows that ``unknown`` units conform: each weighs against every class that it would count in, unless
    something of that class was found on it. ``done``: what was gone through; None: all of it. A class that stands
    between accepting and rejecting goes one step further; what rejects does so at once, what accepts only once all the
    units of the step are done.
    """
    found: list[Judged] = []
    reach: dict[str, int | None] = {}
    gaps = None if done is None else _first_gap(done)
    for plan in plans:
        steps = plan.steps or [(plan.n, plan.ac, plan.re)]
        came_to: list[tuple[int, int, str]] = []
        for size, ac, re in steps:
            last = None if plan.defect_class == "critical" else size
            counted, beyond, against = _weigh(plan, last, claims, place, unknown, reach)
            whole = gaps is None or gaps > size
            if against >= re:
                came_to.append((counted, beyond, "rejected"))
            elif not whole:
                came_to.append((counted, beyond, "undecided"))
            elif (ac is not None and against <= ac) or len(came_to) == len(steps) - 1:
                came_to.append((counted, beyond, "accepted"))
            else:
                came_to.append((counted, beyond, ""))
                continue
            break
        at = len(came_to)
        size, ac, re = steps[at - 1]
        reach[plan.defect_class] = None if plan.defect_class == "critical" else size
        more = (at, tuple(one[0] for one in came_to)) if plan.steps else (0, ())
        found.append(Judged(plan.defect_class, *came_to[-1], size, ac, re, *more))
    return found


def _first_gap(done: Collection[int]) -> int:
    """Return the first sample number that was not gone through."""
    return next(unit for unit in range(1, len(done) + 2) if unit not in done)


def _weigh(
    plan: Plan,
    last: int | None,
    claims: Marks,
    place: Callable[[int], int],
    unknown: Collection[int],
    reach: dict[str, int | None],
) -> tuple[int, int, int]:
    """Return what counts for a class up to a place in the order, what stands beyond it, and what weighs against it."""

    def counts(unit: int | None, end: int | None) -> bool:
        return unit is None or end is None or place(unit) <= end

    inside: Marks = {}
    outside: Marks = {}
    for mark, (name, count) in claims.items():
        if name == plan.defect_class:
            (inside if counts(mark[0], last) else outside)[mark] = (name, count)
    elsewhere = {
        unit
        for (unit, _), (name, _) in claims.items()
        if unit is not None and name in reach and counts(unit, reach[name])
    }
    counted, beyond = _counted(plan, inside, elsewhere), _counted(plan, outside, set())
    known = {unit for (unit, _), (name, _) in claims.items() if name == plan.defect_class}
    return counted, beyond, counted + sum(1 for unit in unknown if unit not in known and counts(unit, last))


def _counted(plan: Plan, marks: Marks, elsewhere: set[int]) -> int:
    """Count nonconforming units, or nonconformities where the plan counts those or goods cannot be told apart."""
    if plan.basis == "per_100":
        return sum(count for _, count in marks.values())
    units = {unit for unit, _ in marks if unit is not None} - elsewhere
    return len(units) + sum(count for (unit, _), (_, count) in marks.items() if unit is None)


def verdict(judged: Iterable[Judged]) -> str:
    """Return ``accepted`` only if every class is, ``rejected`` as soon as one is; else nobody knows yet."""
    each = {j.verdict for j in judged}
    return "rejected" if "rejected" in each else "undecided" if "undecided" in each else "accepted"


def disputed(first: Marks, second: Marks) -> Marks:
    """Return what one claims and the other does not; of tallied goods, by how many one counted more."""
    found: Marks = {}
    for mine, other in ((first, second), (second, first)):
        for mark, (defect_class, count) in mine.items():
            if mark not in other:
                found[mark] = (defect_class, count)
            elif mark[0] is None and count > other[mark][1]:
                found[mark] = (defect_class, count - other[mark][1])
    return found
