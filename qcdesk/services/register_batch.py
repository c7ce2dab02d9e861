# SPDX-License-Identifier: Apache-2.0
"""Registering, changing, cancelling, stopping, reworking and shipping a batch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, cast

from qcdesk.domain.batches import Batch, Shown, require_sound
from qcdesk.domain.cleaning import cleaned_batch, cleaned_report
from qcdesk.domain.dispositions import DISPOSITIONS, require_terms
from qcdesk.domain.events import (
    BatchCancelled,
    BatchDisposed,
    BatchHeld,
    BatchPlaced,
    BatchReworked,
    BatchSaved,
    CertificateWithdrawn,
    DefectReported,
    HoldLifted,
    Shipped,
    ShippedUnreleased,
    Withdrawn,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import CodeNames
from qcdesk.domain.refusals import (
    AlreadyThere,
    CertificateStands,
    ChangedMeanwhile,
    CheckRunning,
    HoldOfRetraction,
    NobodyLeft,
    NumberHad,
    TwoNeeded,
    Unverified,
)
from qcdesk.services.foresight import could_order, current_round, family_of, foresee_rework
from qcdesk.services.look_alikes import require_unlike
from qcdesk.services.merge_suppliers import require_own
from qcdesk.services.ports import Hand, Ids, UnitOfWork
from qcdesk.services.proofs import note_reported, proving
from qcdesk.services.settle_round import require_nothing_lost

_LONG_AGO = timedelta(days=366)
"""Goods that are registered now did not have to leave before that: the year was mistyped."""


def register_batch(
    uow: UnitOfWork, ids: Ids, hand: Hand, saved: BatchSaved, on: date, *, another: bool = False
) -> BatchSaved:
    """Register a batch (empty id), or change one whose first round has not opened.

    Args: saved: its ``seen`` is that of the record that was read; where it is another now, nothing is saved.
    Raises: ReadsLike: its number reads like another batch's (unless ``another``); AlreadyThere, NumberHad: it is, or was,
        another batch's; ChangedMeanwhile; Held: another number for what is stopped;
        SupplierIsAnother: new batches come from the one that its supplier is the same as.
    Returns: the record as it is now, which may be changed in turn.
    """
    saved = cleaned_batch(saved)
    require_sound(saved, on)
    with uow:
        by = uow.person(hand.person)
        by.require_any_role(on)
        uow.product(saved.product)
        if saved.supplier is not None:
            uow.supplier(saved.supplier)
            if not saved.batch or uow.batch(saved.batch).saved.supplier != saved.supplier:
                require_own(uow, saved.supplier)
        for maker in saved.makers:
            uow.person(maker.person)
        if saved.batch:
            before = uow.batch(saved.batch)
            saved = before.change(saved, by, on)
            if before.number != saved.number:
                _require_free(uow, saved.number, before.id, another=another)
        else:
            _require_free(uow, saved.number, "", another=another)
            if saved.ship_by is not None and saved.ship_by < on - _LONG_AGO:
                raise BadInput("ship_long_ago", facts={"ship_by": saved.ship_by}, where={"field": "ship_by"})
            saved = replace(saved, batch=ids.new(), seen=0)
        with proving(uow, hand, on, saved.batch if saved.seen else None, suppliers=(saved.supplier,)):
            event = uow.append(saved, hand)
        uow.commit()
    return replace(saved, seen=event.seq)


def _require_free(uow: UnitOfWork, number: str, own: str, *, another: bool) -> None:
    had_by = uow.numbers_had((number,), own).get(number)
    if had_by == number:
        raise AlreadyThere("batch", number)
    if had_by is not None:
        raise NumberHad(number, had_by)
    require_unlike("batch", number, () if another else uow.batch_numbers(own), another=another)


def cancel_batch(uow: UnitOfWork, hand: Hand, batch: str, reason: str, on: date) -> BatchCancelled:
    """Cancel a batch on which no check was begun."""
    with uow:
        fact = uow.batch(batch).cancel(uow.person(hand.person), reason, on)
        with proving(uow, hand, on, fact.batch):
            uow.append(fact, hand)
        uow.commit()
    return fact


def stop_batch(
    uow: UnitOfWork, ids: Ids, hand: Hand, batch: str, kind: str, reason: str, on: date
) -> BatchHeld:
    """Quarantine a batch at once; stopping takes one person."""
    with uow:
        fact = uow.batch(batch).stop(uow.person(hand.person), ids.new(), kind, reason, on)
        uow.append(fact, hand)
        uow.commit()
    return fact


def lift_hold(
    uow: UnitOfWork, by: Hand, other: Hand, batch: str, reason: str, on: date, *, hold: str | None = None
) -> HoldLifted:
    """Let go: two releasers sign.

    Args: hold: the one that both were shown; where another one stands now, nothing is lifted.
    Raises: NotHeld, MissingRole, TwoNeeded, HoldOfRetraction, ChangedMeanwhile.
    """
    with uow:
        found = uow.batch(batch)
        one, two = uow.person(by.person), uow.person(other.person)
        fact = found.lift(one, two, reason, on, family_of(uow, found))
        if (standing := current_round(uow, found)) is not None and standing.undone:
            raise HoldOfRetraction(found.number, could_order(uow, found, on))
        fact = replace(fact, hold=goes_first(uow, found) or fact.hold)
        if hold not in (None, fact.hold):
            raise ChangedMeanwhile()
        uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def goes_first(uow: UnitOfWork, batch: Batch) -> str | None:
    """Return the hold that lifting ends: what came last goes first, over a stop that of a round that is gone."""
    return uow.retraction_hold(batch.id) or batch.hold


def dispose_batch(
    uow: UnitOfWork,
    by: Hand,
    other: Hand,
    batch: str,
    disposition: str,
    reason: str,
    on: date,
    *,
    terms: str = "",
    seen: Shown | None = None,
) -> BatchDisposed:
    """Send a rejected or held batch to rework, repair, sorting or another grade, back, or to scrap; by two.

    Args: terms: which grade it is regraded to, and what for. seen: where both were shown that it stands; where it is
        elsewhere now, nothing is signed.
    Raises: SelfConfirm, WrongState, CheckRunning, CertificateStands, ChangedMeanwhile, BadInput.
    """
    if disposition not in DISPOSITIONS:
        facts: dict[str, object] = {"value": disposition, "known": DISPOSITIONS}
        raise BadInput("unknown_kind", facts=facts, where={"field": "kind"})
    require_terms(disposition, terms)
    with uow:
        found = uow.batch(batch)
        found.require_as_shown(seen)
        asks, confirms = uow.person(by.person), uow.person(other.person)
        if disposition in ("rework", "repair"):
            fact = found.rework(asks, confirms, reason, on, disposition)
        else:
            way = cast("Literal['sort', 'regrade', 'return', 'scrap']", disposition)
            fact = found.dispose(way, asks, confirms, reason, on, terms)
            require_no_check_runs(uow, found)
        require_none_certified(uow, found)
        with proving(uow, by, on, found.id):
            uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def require_none_certified(uow: UnitOfWork, batch: Batch) -> None:
    """Refuse to settle goods that a certificate calls released; of conceded ones it is the others that are settled.

    Raises: CertificateStands.
    """
    if batch.state != "released_under_concession":
        require_no_certificate(uow, batch)


def require_no_check_runs(uow: UnitOfWork, batch: Batch) -> None:
    """Refuse to settle goods that somebody inspects; a third's check ends with the dispute. Raises: CheckRunning."""
    standing = current_round(uow, batch) if batch.state != "rejected" else None
    for check in standing.checks if standing is not None else ():
        if check.state == "open":
            raise CheckRunning(batch.number, check.place, uow.person(check.person).name)


def place_batch(uow: UnitOfWork, hand: Hand, batch: str, stands: str, on: date) -> BatchPlaced:
    """Say where the goods of a batch stand, such as a marked shelf; one person with a role."""
    with uow:
        fact = uow.batch(batch).place(uow.person(hand.person), stands, on)
        uow.append(fact, hand)
        uow.commit()
    return fact


def require_no_certificate(uow: UnitOfWork, batch: Batch, but: int | None = None) -> None:
    """Refuse a new round of what is certified. ``but``: the event of a certificate that does not count.

    Raises: CertificateStands.
    """
    for certificate in uow.certificates(batch.id):
        if certificate.withdrawn is None and certificate.event != but:
            raise CertificateStands(batch.number, certificate.number)


def record_rework(
    uow: UnitOfWork,
    hand: Hand,
    batch: str,
    by: tuple[str, ...],
    note: str,
    on: date,
    *,
    knowing: bool = False,
    other: Hand | None = None,
) -> BatchReworked:
    """Record who reworked; the batch waits for a new, tightened round.

    Args: other: whoever signs with it that nobody is left to check or release it; else not asked for.
    Raises: NobodyLeft: nobody would be left (unless ``knowing``); TwoNeeded: one alone said so.
    """
    with uow:
        found = uow.batch(batch)
        reworkers = tuple(uow.person(p).id for p in by)
        fact = found.reworked(uow.person(hand.person), reworkers, note, on)
        require_no_certificate(uow, found)
        beside: tuple[Hand, ...] = ()
        try:
            foresee_rework(uow, found, reworkers, on)
        except NobodyLeft:
            if not knowing:
                raise
            beside = (_second(uow, hand, other, on),)
        if (standing := current_round(uow, found)) is not None and standing.undone:
            fact = replace(fact, ends_hold=uow.retraction_hold(found.id))
        uow.append(fact, hand, co=beside)
        uow.commit()
    return fact


def _second(uow: UnitOfWork, hand: Hand, other: Hand | None, on: date) -> Hand:
    """Return who signs beside that nobody is left: a maker's mark stays, so one alone could shut everybody out."""
    if other is None or other.person == hand.person:
        able = (p.name for p in uow.people() if p.id != hand.person and p.can_sign(on))
        raise TwoNeeded("reworked", tuple(able))
    uow.person(other.person).require_any_role(on)
    return other


def ship_batch(
    uow: UnitOfWork,
    ids: Ids,
    hand: Hand,
    batch: str,
    quantity: int,
    to: str,
    shipped_on: date,
    document: str,
    on: date,
) -> Shipped:
    """Record goods that leave, never more than was released, and by a release that verifies.

    What left all the same is put down as that (``ship_unreleased``). Raises: Unverified.
    """
    with uow:
        found = uow.batch(batch)
        fact = found.ship(uow.person(hand.person), ids.new(), quantity, to, shipped_on, document, on)
        require_nothing_lost(uow)
        if not uow.batch_verifies(found.id):
            raise Unverified(found.number, uow.verification_failed)
        uow.append(fact, hand)
        uow.commit()
    return fact


def ship_unreleased(
    uow: UnitOfWork,
    ids: Ids,
    hand: Hand,
    batch: str,
    quantity: int,
    to: str,
    shipped_on: date,
    reason: str,
    document: str,
    on: date,
) -> ShippedUnreleased:
    """Put down goods that left without a release; they stay before the owner's eyes."""
    with uow:
        fact = uow.batch(batch).ship_unreleased(
            uow.person(hand.person), ids.new(), quantity, to, shipped_on, reason, document, on
        )
        with proving(uow, hand, on, fact.batch):
            uow.append(fact, hand)
        uow.commit()
    return fact


def withdraw_batch(uow: UnitOfWork, hand: Hand, batch: str, reason: str, on: date) -> Withdrawn:
    """Take a release back: any signer or releaser alone. Its certificates are void with it."""
    with uow:
        found = uow.batch(batch)
        signers = tuple(c.person for r in uow.rounds(found.id) for c in r.checks if c.state == "signed")
        fact = found.withdraw(uow.person(hand.person), signers, reason, on, family_of(uow, found))
        with proving(uow, hand, on, found.id):
            uow.append(fact, hand)
            for certificate in uow.certificates(found.id):
                if certificate.withdrawn is None:
                    uow.append(CertificateWithdrawn(certificate.number, found.id, fact.reason), hand)
        uow.commit()
    return fact


def report_defect(uow: UnitOfWork, ids: Ids, hand: Hand, report: DefectReported, on: date) -> DefectReported:
    """Put down a defect reported from outside; never part of a check. A known code is found by its name too."""
    with uow:
        uow.person(hand.person).require_any_role(on)
        report = replace(report, code=CodeNames(uow.code_names()).find(report.code) or report.code)
        report = replace(cleaned_report(report), report=ids.new())
        note_reported(uow, hand, on, report)
        uow.commit()
    return report
