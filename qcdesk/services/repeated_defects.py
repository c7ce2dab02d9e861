# SPDX-License-Identifier: Apache-2.0
"""A defect that comes again after its corrective action: goods are held back until two decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from qcdesk.domain.batches import Batch, require_reason, require_two_releasers
from qcdesk.domain.corrective import CorrectiveAction, Repeat, repeats
from qcdesk.domain.events import ActionUnproved, DefectRepeated, StopDecided
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.promises import LotFound
from qcdesk.domain.refusals import ReleaseStopped
from qcdesk.domain.sampling import DefectClass
from qcdesk.domain.switching import Reason, SeverityState, Switched, standing_of, switched_classes
from qcdesk.services.ports import Hand, UnitOfWork
from qcdesk.services.promise_decisions import lot_found, with_decisions


@contextmanager
def proving(
    uow: UnitOfWork, act: Hand, today: date, batch: str | None = None, *, suppliers: Iterable[str | None] = ()
) -> Iterator[None]:
    """Append, right after what is appended within, what that makes of the corrective actions of a supplier.

    What an action is about came again; or what proved a closed one does so no more, and it is open again.

    Args: batch: what the events are about. suppliers: whose lots count otherwise by them, where that is no batch's.
    """
    root = uow.delivery_of(batch) if batch is not None else None
    whose = {one for one in (*suppliers, root.supplier if root else None) if one is not None}
    before = {one.id: one for each in whose for one in uow.actions(each)}
    if not before:
        yield
        return
    stood = {id_: with_decisions(uow, one, today) for id_, one in before.items()}
    was = lot_found(uow, root) if root is not None else None
    yield
    now = uow.delivery_of(batch) if batch is not None else None
    lot = lot_found(uow, now) if now is not None else None
    for id_ in sorted(stood, key=lambda one: stood[one].number):
        _say(uow, act, with_decisions(uow, uow.action(id_), today), stood[id_], was, lot)


def _say(
    uow: UnitOfWork,
    act: Hand,
    action: CorrectiveAction,
    before: CorrectiveAction,
    was: LotFound | None,
    lot: LotFound | None,
) -> None:
    """Append what came again of an action, else that it is not proved any more."""
    found = repeats(action, (p.decision for p in before.promises), lot, _anew(action, was, lot))
    for one in found:
        uow.append(_repeated(uow, one), act)
    if action.state == "closed" and not found and action.open_promises():
        uow.append(ActionUnproved(action.id, tuple(p.id for p in action.open_promises())), act)


def _anew(action: CorrectiveAction, was: LotFound | None, lot: LotFound | None) -> set[str]:
    """Return the codes that a lot shows now by another verdict than before, or as told of it from outside since."""
    if lot is None:
        return set()
    found = set()
    if lot.verdict is not None and (was is None or was.rounds != lot.rounds):
        found |= {code for code, units in lot.codes.items() if units}
    if lot.seq > action.seq:
        found |= lot.told.keys() - (was.told.keys() if was is not None else set())
    return found


def _repeated(uow: UnitOfWork, one: Repeat) -> DefectRepeated:
    supplier = uow.batch(one.lot.batch).saved.supplier
    assert supplier is not None, "a lot that decides has its supplier"
    switched = _tightened(uow, supplier, one.lot.product, one.defect_class, one.lot.number)
    return DefectRepeated(
        one.action, one.lot.batch, supplier, one.lot.product, one.code, one.defect_class, switched
    )


def _tightened(
    uow: UnitOfWork, supplier: str, product: str, defect_class: DefectClass, lot: str
) -> Switched | None:
    """Return the class tightened, where the procedure in use switches it and it is neither that nor discontinued yet."""
    version = uow.approved_for(product)
    if version is None or version.content.switching is None:
        return None
    if defect_class not in {rule.defect_class for rule in switched_classes(version.content.rules)}:
        return None
    known = uow.severities(supplier, product, version.code)
    standing = standing_of(known, defect_class, version.content.switching)
    if standing.state.severity in ("tightened", "discontinued"):
        return None
    state = SeverityState(defect_class, "tightened", Reason("repeated", (lot,)), changed=True)
    return Switched(supplier, product, version.code, (state,))


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
