# SPDX-License-Identifier: Apache-2.0
"""A defect that comes again after its corrective action: goods are held back until two decide."""

from __future__ import annotations

from datetime import date

from qcdesk.domain.batches import Batch, require_reason, require_two_releasers
from qcdesk.domain.corrective import repeats
from qcdesk.domain.events import DefectRepeated, StopDecided
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import Event
from qcdesk.domain.promises import decide
from qcdesk.domain.refusals import ReleaseStopped
from qcdesk.domain.sampling import DefectClass, Verdict
from qcdesk.domain.switching import Reason, SeverityState, Switched, standing_of, switched_classes
from qcdesk.services.ports import FirstVerdict, Hand, UnitOfWork
from qcdesk.services.promise_decisions import found_in, lots_for, with_decisions


def note_repeats(
    uow: UnitOfWork, act: Hand, batch: Batch, verdict: FirstVerdict | None, today: date
) -> tuple[DefectRepeated, ...]:
    """Append what a verdict repeats of its supplier's corrective actions, right after the verdict's event.

    Args: verdict: the first one on the batch; None: it had one before, and a later one says nothing more of its supplier.
    """
    supplier = batch.saved.supplier
    if verdict is None or supplier is None:
        return ()
    actions = tuple(a for a in uow.actions(supplier) if a.product in ("", verdict.product))
    if not actions:
        return ()
    lot = found_in(uow, verdict)
    facts = []
    for action in actions:
        now = with_decisions(uow, action, today)
        before = tuple(
            decide(
                p.test,
                p.due,
                (one for one in lots_for(uow, action, p.seq, p.test) if one.batch != batch.id),
                p.received,
                today,
            )
            for p in action.promises
        )
        for one in repeats(now, lot, before):
            switched = _tightened(uow, batch, verdict.product, one.defect_class, lot.number)
            fact = DefectRepeated(
                action.id, batch.id, supplier, verdict.product, one.code, one.defect_class, switched
            )
            uow.append(fact, act)
            facts.append(fact)
    return tuple(facts)


def first_verdict(
    uow: UnitOfWork, batch: Batch, round_id: str, outcome: str, event: Event, *, had_one: bool
) -> FirstVerdict | None:
    """Return the verdict that an event has just brought; None where it is none, or not the first on its batch."""
    if had_one or outcome not in ("accepted", "rejected"):
        return None
    product = uow.product(batch.saved.product).code
    verdict: Verdict = "accepted" if outcome == "accepted" else "rejected"
    return FirstVerdict(batch.id, batch.number, product, round_id, verdict, event.seq, event.at)


def _tightened(
    uow: UnitOfWork, batch: Batch, product: str, defect_class: DefectClass, lot: str
) -> Switched | None:
    """Return the class tightened, where the procedure in use switches it and it is neither that nor discontinued yet."""
    version = uow.approved_for(product)
    if version is None or version.content.switching is None:
        return None
    if defect_class not in {rule.defect_class for rule in switched_classes(version.content.rules)}:
        return None
    known = uow.severities(batch.saved.supplier, product, version.code)
    standing = standing_of(known, defect_class, version.content.switching)
    if standing.state.severity in ("tightened", "discontinued"):
        return None
    state = SeverityState(defect_class, "tightened", Reason("repeated", (lot,)), changed=True)
    return Switched(batch.saved.supplier, product, version.code, (state,))


def require_not_stopped(uow: UnitOfWork, batch: Batch, on: date) -> None:
    """Refuse a release while a stop stands for the batch's supplier and product. Raises: ReleaseStopped."""
    if batch.saved.supplier is None:
        return
    product = uow.product(batch.saved.product)
    for stop in uow.standing_stops(batch.saved.supplier, product.code):
        able = tuple(p.name for p in uow.people() if p.has_role("releaser", on, product.family))
        name = uow.supplier(stop.supplier).name
        raise ReleaseStopped(batch.number, name, product.code, stop.code, uow.action(stop.action).name, able)


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
