# SPDX-License-Identifier: Apache-2.0
"""What claims come to: verdicts per class, the union of two checks, and what the two disagree on (trust.md §8.3)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from qcdesk.checker.rules.state import Check, Mark, Marks, Plan


class Judged(NamedTuple):
    """One class: how much counts against the plan, how much was found past its own sample, and the verdict."""

    defect_class: str
    counted: int
    beyond: int
    verdict: str


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


def left_out(*checks: Check) -> set[int]:
    """Return the units that any of some checks left out."""
    return {unit for check in checks for unit, why in check.units.items() if why is not None}


def judge(
    plans: Iterable[Plan],
    claims: Marks,
    place: Callable[[int], int] = lambda unit: unit,
    unknown: Collection[int] = (),
) -> list[Judged]:
    """Return the verdict of each class. Any critical rejects, wherever in the sample it was found.

    Nonconforming units count once, in the gravest class that counts where they stand; ``place`` says where that is.
    Nobody knows that ``unknown`` units conform: each weighs against every class that it would count in, unless
    something of that class was found on it.
    """
    plans = list(plans)
    found = []
    for plan in plans:
        inside: Marks = {}
        outside: Marks = {}
        for mark, (name, count) in claims.items():
            if name == plan.defect_class:
                counts = mark[0] is None or _counts(plan, place(mark[0]))
                (inside if counts else outside)[mark] = (name, count)
        graver = plans[: plans.index(plan)]
        elsewhere = {
            unit
            for (unit, _), (name, _) in claims.items()
            if unit is not None and any(p.defect_class == name and _counts(p, place(unit)) for p in graver)
        }
        counted = _counted(plan, inside, elsewhere)
        beyond = _counted(plan, outside, set())
        known = {unit for (unit, _), (name, _) in claims.items() if name == plan.defect_class}
        against = [unit for unit in unknown if unit not in known and _counts(plan, place(unit))]
        good = counted + len(against) <= plan.ac
        found.append(Judged(plan.defect_class, counted, beyond, "accepted" if good else "rejected"))
    return found


def _counts(plan: Plan, place: int) -> bool:
    return plan.defect_class == "critical" or place <= plan.n


def _counted(plan: Plan, marks: Marks, elsewhere: set[int]) -> int:
    """Count nonconforming units, or nonconformities where the plan counts those or goods cannot be told apart."""
    if plan.basis == "per_100":
        return sum(count for _, count in marks.values())
    units = {unit for unit, _ in marks if unit is not None} - elsewhere
    return len(units) + sum(count for (unit, _), (_, count) in marks.items() if unit is None)


def verdict(judged: Iterable[Judged]) -> str:
    """Return ``accepted`` only if every class is."""
    return "accepted" if all(j.verdict == "accepted" for j in judged) else "rejected"


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
