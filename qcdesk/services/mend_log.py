# SPDX-License-Identifier: Apache-2.0
"""What two people sign about the log itself: an event that is nobody's, what was lost, the true time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qcdesk.domain.batches import require_reason
from qcdesk.domain.clocks import LATEST_US, require_near
from qcdesk.domain.events import (
    CertificateWithdrawn,
    ClockCorrected,
    EventVoided,
    TablesRebuilt,
    WorkspaceRestored,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import EventHolds, MissingRole, OwnEvent, StillReleased, TwoNeeded
from qcdesk.services.ports import Hand, Progress, UnitOfWork
from qcdesk.services.proofs import proving
from qcdesk.services.register_batch import require_no_certificate


def void_event(uow: UnitOfWork, by: Hand, other: Hand, number: int, reason: str, on: date) -> EventVoided:
    """Declare an event void that fails verification: two people explain it, and it stops nothing any more.

    It fails by its form, its signature, or a rule that it breaks though somebody signed it. What a release could rest on
    sends its batch to a new round; whoever it names may be one of the two where nothing stays of it, and nobody whom it
    is about where something does. An event that holds, and names a photo or record that is gone or damaged, stays as it
    is: only that it is so is explained, by any two. A certificate that a withdrawal left standing ends with it.

    Raises: EventHolds: it verifies. StillReleased, CertificateStands: the release that rests on it is to be taken back
        first. OwnEvent. TwoNeeded, ReadsOnly, BadInput ``unknown_event``, AlreadyThere.
    """
    try:
        return _void(uow, by, other, number, reason, on, breaks_rule=False)
    except EventHolds:
        # this takes as long as the log is, so nobody is kept waiting by a transaction
        if not uow.breaks_rule(number):
            return _explain_lost(uow, by, other, number, reason, on)
    return _void(uow, by, other, number, reason, on, breaks_rule=True)


def _explain_lost(uow: UnitOfWork, by: Hand, other: Hand, number: int, reason: str, on: date) -> EventVoided:
    """Explain that what an event names by hash is gone or damaged: the event stands, and so does its batch."""
    with uow:
        _require_two(uow, by, other, on, "void")
        lost = uow.lost_by_event(number)
        if not lost:
            raise EventHolds(number)
        fact = EventVoided(number, uow.event_hash(number), require_reason(reason), None, lost)
        uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def _void(
    uow: UnitOfWork, by: Hand, other: Hand, number: int, reason: str, on: date, *, breaks_rule: bool
) -> EventVoided:
    with uow:
        _require_two(uow, by, other, on, "void")
        failed = uow.failed_event(number, breaks_rule=breaks_rule)
        for hand in (by, other):
            if hand.person in failed.concerned:
                raise OwnEvent(uow.person(hand.person).name, number)
        if failed.batch is not None:
            standing = uow.batch(failed.batch)
            if breaks_rule and standing.state in ("released", "released_under_concession"):
                raise StillReleased(standing.number)
            standing.require_whole("void")
            require_no_certificate(uow, standing, but=number)
        fact = EventVoided(number, failed.hash, require_reason(reason), failed.batch)
        _end_certificates(uow, by, failed.withdrawn, fact.reason)
        with proving(uow, by, on, failed.batch):
            uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def _end_certificates(uow: UnitOfWork, by: Hand, batch: str | None, reason: str) -> None:
    if batch is None or uow.batch(batch).state != "withdrawn":
        return
    for certificate in uow.certificates(batch):
        if certificate.withdrawn is None:
            uow.append(CertificateWithdrawn(certificate.number, batch, reason), by)


def sign_restore(
    uow: UnitOfWork, by: Hand, other: Hand, lost_from: int, lost_to: int | None, said: str, on: date
) -> WorkspaceRestored:
    """Sign what was lost after an anchor did not fit: two people, one of them an administrator.

    Args: lost_from: the first event that is not what the anchor knew; lost_to: the last, where the anchor tells.
    """
    if lost_from < 1 or (lost_to is not None and lost_to < lost_from):
        raise BadInput("lost_range", facts={"first": lost_from, "last": lost_to}, where={"field": "lost"})
    with uow:
        _require_two(uow, by, other, on, "restore")
        if not any(uow.person(h.person).has_role("administrator", on) for h in (by, other)):
            raise MissingRole(uow.person(by.person).name, "administrator")
        fact = WorkspaceRestored(lost_from, lost_to, require_reason(said))
        uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


@dataclass(frozen=True)
class Rebuilt:
    """How many rows were written anew; ``fact`` None: every row was what the log says, and nothing was written."""

    rows: int
    fact: TablesRebuilt | None = None


def rebuild_tables(
    uow: UnitOfWork, by: Hand, other: Hand, reason: str, on: date, progress: Progress | None = None
) -> Rebuilt:
    """Write the tables anew from the log, and put on record that two people had it done.

    The rows come first, in the same transaction: whoever a forged line has suspended or taken a role from may sign as
    the log says, and nobody whom only a forged row made one of the house.

    Raises: LogNotWhole, TwoNeeded, ReadsOnly, NotActive, BadInput. Trouble: ``cancelled``, ``server_owner``.
    """
    said = require_reason(reason)
    while True:
        uow.reckon_tables(progress)  # takes as long as the log is, so nobody is kept waiting by a transaction
        with uow:
            rows = uow.rewrite_tables()
            if rows is None:
                continue
            if not rows:
                return Rebuilt(0)
            _require_two(uow, by, other, on, "rebuild")
            head = uow.head_seq()
            fact = TablesRebuilt(head, uow.event_hash(head), said)
            uow.append(fact, by, co=(other,))
            uow.commit()
        return Rebuilt(rows, fact)


def correct_clock(
    uow: UnitOfWork,
    by: Hand,
    other: Hand,
    true_time: int,
    said: str,
    now: int,
    on: date,
    *,
    knowing: bool = False,
) -> ClockCorrected:
    """Name the true time (microseconds UTC): two people; the only act while the clock is blocked.

    The log goes on from that time; its order stays by number.

    Raises: TimeFar: it is far from ``now``, what the clock here reads (unless ``knowing``). TwoNeeded, ReadsOnly,
        BadInput.
    """
    if not 0 < true_time <= LATEST_US:
        raise BadInput("missing", where={"field": "true_time"})
    if not knowing:
        require_near(true_time, now)
    with uow:
        _require_two(uow, by, other, on, "clock")
        fact = ClockCorrected(true_time, require_reason(said))
        uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def _require_two(uow: UnitOfWork, by: Hand, other: Hand, on: date, act: str) -> None:
    for hand in (by, other):
        uow.person(hand.person).require_any_role(on)
    if by.person == other.person:
        raise TwoNeeded(act)
