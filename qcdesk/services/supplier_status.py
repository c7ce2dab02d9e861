# SPDX-License-Identifier: Apache-2.0
"""Blocking a supplier and letting it deliver again; nothing of a blocked one is released."""

from __future__ import annotations

from datetime import date

from qcdesk.domain.batches import Batch, require_reason
from qcdesk.domain.events import SupplierStatusSet
from qcdesk.domain.refusals import ChangedMeanwhile, SupplierBlocked
from qcdesk.domain.suppliers import require_status
from qcdesk.services.merge_suppliers import kin_of
from qcdesk.services.ports import Hand, UnitOfWork


def set_supplier_status(
    uow: UnitOfWork,
    by: Hand,
    other: Hand | None,
    supplier: str,
    to: str,
    reason: str,
    on: date,
    *,
    seen: int | None = None,
) -> SupplierStatusSet:
    """Approve, restrict or block a supplier (id or code), with a reason.

    Args: other: whoever signs with it that more is let through; None where it takes one. seen: the event that said last
        how it stands, as people were shown it; where it is another now, nothing is signed.
    Raises: StatusStands, TwoNeeded, MissingRole, ReadsOnly, ChangedMeanwhile, BadInput.
    """
    with uow:
        known = uow.supplier(supplier).supplier
        now = uow.supplier_standing(known)
        if seen is not None and seen != now.seq:
            raise ChangedMeanwhile()
        hands = (by,) if other is None else (by, other)
        status = require_status(now.status, to, (uow.person(hand.person) for hand in hands), on)
        fact = SupplierStatusSet(known, status, require_reason(reason), now.seq)
        uow.append(fact, by, co=hands[1:])
        uow.commit()
    return fact


def blocked_names(uow: UnitOfWork, supplier: str) -> tuple[str, ...]:
    """Return the names of a supplier (its id), and of whoever is the same, that are blocked."""
    return tuple(
        uow.supplier(one).name
        for one in kin_of(uow, supplier)
        if uow.supplier_standing(one).status == "blocked"
    )


def require_supplier_free(uow: UnitOfWork, batch: Batch, on: date) -> None:
    """Refuse to let goods go of a supplier that is blocked, or is the same as one. Raises: SupplierBlocked."""
    if batch.saved.supplier is None:
        return
    for one in kin_of(uow, batch.saved.supplier):
        standing = uow.supplier_standing(one)
        if standing.status == "blocked":
            able = tuple(p.name for p in uow.people() if p.has_role("releaser", on))
            raise SupplierBlocked(batch.number, uow.supplier(one).name, standing.reason, able)
