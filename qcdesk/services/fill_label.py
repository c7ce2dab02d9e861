# SPDX-License-Identifier: Apache-2.0
"""Filling in a label from the state of its batch, or refusing one that would not be true."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import Final

from qcdesk.domain.batches import ENDED, Batch, State, is_held
from qcdesk.domain.certificates import printed_code
from qcdesk.domain.refusals import NotHeld, Unverified, WrongState
from qcdesk.domain.times import to_rfc3339
from qcdesk.services.certify_batch import RELEASED, standing_certificate
from qcdesk.services.labels import Label, LabelKind
from qcdesk.services.ports import Certificate, UnitOfWork
from qcdesk.services.settle_round import require_nothing_lost

NOT_YET: Final[tuple[State, ...]] = (
    "registered",
    "first_check",
    "awaiting_second",
    "second_check",
    "accepted",
)


def kind_of(batch: Batch) -> LabelKind:
    """Return the label that goes with the state of a batch."""
    if is_held(batch.state, batch.held):
        return "hold"
    return "release" if batch.state in RELEASED else "quarantine"


def labels_of(uow: UnitOfWork, batch_id: str) -> tuple[LabelKind, ...]:
    """Return the labels that are true of a batch now, the one that goes with its state first.

    Raises: WrongState: it has none any more.
    """
    batch = uow.batch(batch_id)
    if batch.state in ENDED:
        raise WrongState(batch.number, batch.state, "label")
    first = kind_of(batch)
    return (first, "sample") if batch.round is not None else (first,)


def fill_label(
    uow: UnitOfWork, batch_id: str, kind: LabelKind | None, *, on: date, now: int, zone: tzinfo
) -> Label:
    """Return what a label says now; without a kind, the one that goes with the state.

    Raises: Held, NotHeld, ConcessionExpired, SeenEventLost, Unverified, WrongState: it would not be true.
    """
    batch = uow.batch(batch_id)
    wanted = kind or kind_of(batch)
    if batch.state in ENDED:
        raise WrongState(batch.number, batch.state, "label")
    _require_true(uow, batch, wanted, on)
    proof = _certificate(uow, batch) if wanted == "release" else None
    saved, product, head = batch.saved, uow.product(batch.saved.product), uow.head_seq()
    return Label(
        kind=wanted,
        state=batch.state,
        stopped=batch.held,
        shop=uow.shop().name,
        number=saved.number,
        product_code=product.code,
        product_name=product.name,
        revision=product.revision,
        quantity=batch.released if wanted == "release" else batch.here,
        unit=product.unit,
        supplier=uow.supplier(saved.supplier).name if saved.supplier else saved.line,
        order=saved.order,
        round_no=batch.round_no,
        at=to_rfc3339(now, zone),
        event=head,
        made_on=saved.made_on,
        until=batch.conceded_until if batch.state == "released_under_concession" else None,
        repaired=batch.repaired,
        regraded=batch.regraded,
        certificate=proof.number if proof else 0,
        proof=printed_code(proof.fact.code, proof.fact.sig) if proof else "",
    )


def _certificate(uow: UnitOfWork, batch: Batch) -> Certificate | None:
    """Return the certificate that says of a released batch what its label says; None: there is none (yet)."""
    found = standing_certificate(uow, batch.id)
    if found is None or (found.fact.verdict, found.fact.quantity) != (batch.state, batch.released):
        return None
    return found


def _require_true(uow: UnitOfWork, batch: Batch, kind: LabelKind, on: date) -> None:
    """Refuse a label that says of a batch what it is not."""
    if kind == "hold":
        if not is_held(batch.state, batch.held):
            raise NotHeld(batch.number)
    elif kind == "release":
        batch.require_not_held()
        if batch.state not in RELEASED:
            raise WrongState(batch.number, batch.state, "label")
        batch.require_in_time(on)
        require_nothing_lost(uow)
        if not uow.batch_verifies(batch.id):
            raise Unverified(batch.number, uow.verification_failed)
    elif kind == "quarantine":
        batch.require_not_held()
        if batch.state not in NOT_YET:
            raise WrongState(batch.number, batch.state, "label")
    elif batch.round is None:
        raise WrongState(batch.number, batch.state, "stickers")
