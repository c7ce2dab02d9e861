# SPDX-License-Identifier: Apache-2.0
"""A defect that comes again after its corrective action: goods are held back until two decide."""

from __future__ import annotations

from datetime import date

from qcdesk.domain.batches import Batch, require_reason, require_two_releasers
from qcdesk.domain.events import (
    StopDecided,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import ReleaseStopped
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
