# SPDX-License-Identifier: Apache-2.0
"""Where promises stand, counted anew from the settled first verdicts each time it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.promises import LotFound, PromiseTest, decide
from qcdesk.domain.sampling import Claimed, DefectClass
from qcdesk.domain.times import log_day
from qcdesk.services.both_sides import sides_of
from qcdesk.services.ports import FirstVerdict, UnitOfWork


def with_decisions(uow: UnitOfWork, action: CorrectiveAction, today: date) -> CorrectiveAction:
    """Return an action with where each of its promises stands."""
    decided = tuple(
        replace(p, decision=decide(p.test, p.due, lots_for(uow, action, p.seq, p.test), p.received, today))
        for p in action.promises
    )
    return replace(action, promises=decided)


def lots_for(
    uow: UnitOfWork, action: CorrectiveAction, since: int, test: PromiseTest
) -> tuple[LotFound, ...]:
    """Return the lots that decide a test, as far as they are there. ``since``: the event of its promise."""
    if not test.needs:
        return ()
    product = action.product or test.product
    verdicts = uow.first_verdicts(action.supplier, since, product, test.needs)
    return tuple(found_in(uow, one) for one in verdicts)


def found_in(uow: UnitOfWork, verdict: FirstVerdict) -> LotFound:
    """Return how many units of a lot were inspected by the round of its first verdict, and how many had what."""
    claims, units = _claims(uow, verdict.round)
    by_code: dict[str, list[Claimed]] = {}
    by_class: dict[str, list[Claimed]] = {}
    class_of: dict[str, DefectClass] = {}
    for claim in claims:
        by_code.setdefault(claim.code, []).append(claim)
        by_class.setdefault(claim.defect_class, []).append(claim)
        class_of[claim.code] = claim.defect_class
    return LotFound(
        verdict.batch,
        verdict.number,
        verdict.product,
        log_day(verdict.at),
        verdict.verdict,
        units,
        {code: _units_of(said) for code, said in by_code.items()},
        {name: _units_of(said) for name, said in by_class.items()},
        class_of,
    )


def _units_of(claims: Iterable[Claimed]) -> int:
    """Count units once each; of tallied goods nobody can say which unit was meant, and each piece counted is one."""
    said = tuple(claims)
    return len({c.unit for c in said if c.unit is not None}) + sum(c.count for c in said if c.unit is None)


def _claims(uow: UnitOfWork, round_id: str) -> tuple[list[Claimed], int]:
    standing = uow.round(round_id)
    compared = standing.compared
    if compared is None:
        return [], 0
    works = uow.work(compared.first), uow.work(compared.second)
    sides = sides_of(uow, standing, *works)
    first, second = sides.counts("first"), sides.counts("second")
    resolutions = standing.decided.resolutions if standing.decided is not None else ()
    untrue = {(r.unit, r.code) for r in resolutions if not r.holds}
    claims = []
    for claim in sides.union():
        mark = claim.unit, claim.code
        if mark not in untrue:
            claims.append(claim)
        elif mark in first and mark in second:  # counted by both: what neither counted alone stands
            claims.append(replace(claim, count=min(first[mark], second[mark])))
    if standing.opened.procedure.content.tally:
        return claims, max(work.tallied for work in works)
    return claims, len({r.unit for work in works for r in work.results if r.not_done is None})
