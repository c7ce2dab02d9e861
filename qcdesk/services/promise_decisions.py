# SPDX-License-Identifier: Apache-2.0
"""Where promises stand, counted anew from the standing verdicts each time it is asked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.promises import (
    LotFound,
    PromiseTest,
    Standing,
    as_counted,
    decide,
    history_of,
    standing_of,
)
from qcdesk.domain.rounds import Check, Round, Work
from qcdesk.domain.sampling import BY_SERIOUSNESS, Claimed, DefectClass, union_of
from qcdesk.domain.staging import claims_of
from qcdesk.domain.times import log_day
from qcdesk.services.both_sides import sides_of
from qcdesk.services.ports import Delivery, UnitOfWork

_OVER = ("cancelled", "returned", "scrapped", "split")


def with_decisions(
    uow: UnitOfWork,
    actions: Iterable[CorrectiveAction],
    today: date,
    known: dict[str, LotFound] | None = None,
) -> Iterator[CorrectiveAction]:
    """Yield actions with where each of their promises stands.

    What stands of a lot is read once for all of them: nothing may be written while they are walked.
    Args: known: what stands of lots, by their batches; those that are read are added.
    """
    found = {} if known is None else known
    walks = _Walks(uow)

    def lot(delivery: Delivery) -> LotFound:
        if delivery.batch not in found:
            found[delivery.batch] = lot_found(uow, delivery)
        return found[delivery.batch]

    for action in actions:
        decided = tuple(
            replace(
                p,
                decision=decide(
                    p.test,
                    p.due,
                    _lots_for(walks, lot, action, p.seq, p.test),
                    p.received,
                    today,
                    action.codes,
                    p.untrue,
                ),
            )
            for p in action.promises
        )
        yield replace(action, promises=decided)


def with_decision(uow: UnitOfWork, action: CorrectiveAction, today: date) -> CorrectiveAction:
    """Return an action with where each of its promises stands."""
    [decided] = with_decisions(uow, [action], today)
    return decided


class _Walks:
    """The lots of suppliers in the order of their registration; what one promise read of them serves the next."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._known: dict[tuple[str, str], list[_Walk]] = {}

    def after(self, supplier: str, since: int, product: str) -> Iterator[Delivery]:
        """Yield the lots that were registered after an event, as ``UnitOfWork.deliveries`` does."""
        known = self._known.setdefault((supplier, product), [])
        walk = next((one for one in known if one.reaches(since)), None)
        if walk is None:
            walk = _Walk(since, self._uow.deliveries(supplier, since, product), [])
            known.append(walk)
        return walk.after(since)


@dataclass
class _Walk:
    """Lots as far as they were read since an event."""

    since: int
    more: Iterator[Delivery]
    read: list[Delivery]

    def reaches(self, since: int) -> bool:
        """Tell whether it holds what came right after an event."""
        return self.since == since or (self.since < since and bool(self.read) and self.read[-1].seq > since)

    def after(self, since: int) -> Iterator[Delivery]:
        """Yield them, and read on where that is not enough."""
        at = bisect_right(self.read, since, key=lambda one: one.seq)
        while True:
            if at == len(self.read):
                one = next(self.more, None)
                if one is None:
                    return
                self.read.append(one)
            yield self.read[at]
            at += 1


def _lots_for(
    walks: _Walks,
    found: Callable[[Delivery], LotFound],
    action: CorrectiveAction,
    since: int,
    test: PromiseTest,
) -> Iterator[LotFound]:
    """Yield the lots that decide a test, and those passed over, as far as they are there.

    A lot of whoever is the same supplier decides nothing where its verdict is older than that.
    Args: found: what stands of a lot. since: the event of its promise.
    """
    left = test.needs
    if not left:
        return
    for one in walks.after(action.supplier, since, action.product or test.product):
        lot = as_counted(test, found(one), action.codes)
        if lot.rounds and max(said.seq for said in lot.rounds) < one.merged:
            continue
        yield lot
        left -= not lot.over
        if not left:
            return


def lot_found(uow: UnitOfWork, delivery: Delivery) -> LotFound:
    """Return what the standing verdict on a lot says: how many units of it were inspected, and how many had what."""
    told = dict(uow.told_of(delivery.batch))
    standing = _standing(uow, delivery.batch)
    unjudged = [[each for each in map(uow.round, rounds) if _signed(each)] for rounds in standing.unjudged]
    others = [_claims(uow, judged.round)[0] for judged in (*standing.later, *standing.lost)]
    others += [_claimed(uow, each)[0] for rounds in unjudged for each in rounds]
    others += [_claimed(uow, uow.round(each))[0] for each in standing.again]
    for claim in (one for claims in others for one in claims):
        known = told.get(claim.code, claim.defect_class)
        told[claim.code] = min(claim.defect_class, known, key=BY_SERIOUSNESS.index)
    if standing.over:
        said = [(rounds[-1], *_claimed(uow, rounds[-1])) for rounds in unjudged if rounds]
    else:
        said = [(uow.round(one.round), *_claims(uow, one.round)) for one in standing.rounds]
    class_of: dict[str, DefectClass] = {}
    codes: dict[str, int] = {}
    classes: dict[str, int] = {}
    for _, claims, _ in said:
        by_code: dict[str, list[Claimed]] = {}
        by_class: dict[str, list[Claimed]] = {}
        for claim in claims:
            by_code.setdefault(claim.code, []).append(claim)
            by_class.setdefault(claim.defect_class, []).append(claim)
            class_of[claim.code] = claim.defect_class
        for code, same in by_code.items():
            codes[code] = codes.get(code, 0) + _units_of(same)
        for name, same in by_class.items():
            classes[name] = classes.get(name, 0) + _units_of(same)
    looked_for = [one.opened.procedure.content.classes_by_code() for one, _, _ in said]
    return LotFound(
        delivery.batch,
        delivery.number,
        delivery.product,
        log_day(max((one.at for one in standing.rounds), default=delivery.at)),
        standing.verdict,
        sum(units for _, _, units in said),
        codes,
        classes,
        class_of,
        delivery.seq,
        delivery.state if standing.over else "",
        standing.rounds,
        told,
        frozenset.intersection(*map(frozenset, looked_for)) if looked_for else frozenset(),
        frozenset.intersection(*(frozenset(one.values()) for one in looked_for))
        if looked_for
        else frozenset(),
        delivery.state,
        log_day(delivery.at),
    )


def also_shown_by(uow: UnitOfWork, action: CorrectiveAction) -> tuple[str, ...]:
    """Return lots that are older than the promises of an action, and were judged since to show one of its codes.

    They decide no promise, which is about the next lots; but somebody who reads that it was kept is to know of them.
    """
    made = [p.seq for p in action.promises if p.test.needs and not p.replaced]
    if not made:
        return ()
    found: dict[str, int] = {}
    for batch in uow.judged_since(action.supplier, min(made)):
        root = uow.delivery_of(batch)
        if root.seq > min(made) or action.product not in ("", root.product):
            continue
        history = history_of(batch, uow.happened(batch))
        judged = [one for one in (history.stands, *history.later) if one is not None and one.seq > min(made)]
        if any(claim.code in action.codes for one in judged for claim in _claims(uow, one.round)[0]):
            found[root.number] = root.seq
    return tuple(sorted(found, key=lambda number: found[number]))


def _standing(uow: UnitOfWork, batch: str) -> Standing:
    """Return what stands of a batch and of its parts."""
    history, parts = history_of(batch, uow.happened(batch)), uow.parts_of(batch)
    inspectable, closed = False, True
    if history.stands is None and not parts:
        now = uow.batch(batch)
        closed = now.state in _OVER
        inspectable = not closed and now.still_here > 0
    below = (_standing(uow, part.batch) for part in parts)
    return standing_of(history, below, inspectable=inspectable, closed=closed)


def _units_of(claims: Iterable[Claimed]) -> int:
    """Count units once each; of tallied goods nobody can say which unit was meant, and each piece counted is one."""
    said = tuple(claims)
    return len({c.unit for c in said if c.unit is not None}) + sum(c.count for c in said if c.unit is None)


def _signed(standing: Round) -> list[Check]:
    """Return the checks of a round that are signed and were not taken back, but for a third's."""
    return [one for one in standing.checks if one.place != "third" and one.state == "signed"]


def _claimed(uow: UnitOfWork, standing: Round) -> tuple[list[Claimed], int]:
    """Return what the signed checks of a round claim that never came to a verdict, and how many units they saw."""
    works = [uow.work(one.id) for one in _signed(standing)]
    claims = union_of(*(claims_of(standing.opened, work) for work in works))
    return list(claims), _inspected(standing, works)


def _inspected(standing: Round, works: Iterable[Work]) -> int:
    if standing.opened.procedure.content.tally:
        return max(work.tallied for work in works)
    return len({r.unit for work in works for r in work.results if r.not_done is None})


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
    return claims, _inspected(standing, works)
