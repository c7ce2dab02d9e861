# SPDX-License-Identifier: Apache-2.0
"""A defect that comes again after its corrective action: goods are held back until two decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qcdesk.domain.batches import Batch, require_reason, require_two_releasers
from qcdesk.domain.corrective import CorrectiveAction, Stop
from qcdesk.domain.events import (
    StopDecided,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import ReleaseStopped
from qcdesk.domain.switching import standing_of, switched_classes
from qcdesk.services.ports import Hand, UnitOfWork


def require_not_stopped(uow: UnitOfWork, batch: Batch, on: date) -> None:
    """Refuse a release while a stop stands for the batch's supplier and product. Raises: ReleaseStopped."""
    if batch.saved.supplier is None:
        return
    product = uow.product(batch.saved.product)
    for stop in uow.standing_stops(batch.saved.supplier, product.code):
        able = tuple(p.name for p in uow.people() if p.has_role("releaser", on, product.family))
        name = uow.supplier(stop.supplier).name
        raise ReleaseStopped(batch.number, name, product.code, stop.code, uow.action(stop.action).name, able)


Tightened = Literal["tightened", "rounds", "normal", "unswitched", "nothing", "first_round", "no_procedure"]


@dataclass(frozen=True)
class StopInspection:
    """How the goods that a stop holds back are inspected now: whether more tightly, and by which procedure."""

    state: Tightened
    procedure: str = ""

    @property
    def strict(self) -> bool:
        """Whether goods are inspected more strictly."""
        return self.state in ("tightened", "rounds")

    def tells(self, stop: Stop, action: CorrectiveAction) -> bool:
        """Tell whether it is to be said: while goods are held back, or rounds are tightened though they are no more."""
        return stop.decided is None or (self.state == "rounds" and action.state != "closed")


def inspection_of(uow: UnitOfWork, stop: Stop) -> StopInspection:
    """Return how goods are inspected now of which a defect came again, while its action is open.

    Where the procedure switches, the class is tightened until lots have earned it back; else whole rounds are until the
    action is closed.
    """
    version = uow.approved_for(stop.product)
    if version is None:
        return StopInspection("first_round" if stop.tightens else "no_procedure")
    switching, rules = version.content.switching, version.content.rules
    if all(rule.aql is None for rule in rules):
        return StopInspection("nothing", version.code)
    if stop.tightens_rounds(switches=switching is not None):
        return StopInspection("rounds", version.code)
    if switching is None:
        return StopInspection("unswitched", version.code)
    if stop.defect_class not in {rule.defect_class for rule in switched_classes(rules)}:
        return StopInspection("nothing", version.code)
    known = uow.severities(stop.supplier, stop.product, version.code)
    tight = standing_of(known, stop.defect_class, switching).state.severity in ("tightened", "discontinued")
    return StopInspection("tightened" if tight else "normal", version.code)


def tightening_rounds(
    uow: UnitOfWork, actions: Iterable[tuple[CorrectiveAction, CorrectiveAction]]
) -> tuple[tuple[Stop, str], ...]:
    """Return what came again for which whole rounds are tightened now, as people read it, and the number of its action.

    Args: actions: each as it decides, and as people read it.
    """
    return tuple(
        (called, one.name)
        for one, named in actions
        for stop, called in zip(one.stops, named.stops, strict=True)
        if one.state != "closed" and inspection_of(uow, stop).state == "rounds"
    )


def decide_stop(
    uow: UnitOfWork, by: Hand, other: Hand, action: str, reason: str, on: date
) -> tuple[StopDecided, ...]:
    """Let goods be released again that the stops of an action hold back: two releasers.

    Raises: MissingRole, TwoNeeded; BadInput ``no_stop``.
    """
    with uow:
        found = uow.action(action)
        standing = tuple(stop for stop in found.stops if stop.decided is None)
        if not standing:
            raise BadInput("no_stop", facts={"action": found.name}, where={"field": "action"})
        facts = []
        for stop in standing:
            family = uow.product(stop.product).family
            require_two_releasers(uow.person(by.person), uow.person(other.person), on, "decide_stop", family)
            fact = StopDecided(stop.seq, require_reason(reason))
            uow.append(fact, by, co=(other,))
            facts.append(fact)
        uow.commit()
    return tuple(facts)
