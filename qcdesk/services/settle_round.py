# SPDX-License-Identifier: Apache-2.0
"""What follows when two disagree: a third decides, one of the two rejects, or both do it again; and the release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from qcdesk.domain.batches import ENDED, Shown, require_reason
from qcdesk.domain.dispositions import require_no_seeded
from qcdesk.domain.events import (
    RejectedAfterAll,
    Released,
    Resolution,
    Resolved,
    RoundAgain,
    RoundDecided,
    RoundOrdered,
)
from qcdesk.domain.independence import require_order, require_release, require_third, with_others
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.judging import Sides, criticals_left, settle
from qcdesk.domain.refusals import (
    AgainUsedUp,
    ChangedMeanwhile,
    CriticalOpen,
    NotAccepted,
    NotYourCheck,
    ProcedureStopped,
    Refusal,
    SeenEventLost,
    SuspectCheck,
    TwoNeeded,
    Unverified,
    WrongState,
)
from qcdesk.domain.reviewing import Mark
from qcdesk.domain.rounds import Round, Work
from qcdesk.services.both_sides import sides_of
from qcdesk.services.foresight import case_of, current_round
from qcdesk.services.ports import Hand, UnitOfWork
from qcdesk.services.proofs import proving
from qcdesk.services.records import round_record
from qcdesk.services.repeated_defects import require_not_stopped
from qcdesk.services.sign_check import MEANINGS, require_running
from qcdesk.services.supplier_status import require_supplier_free
from qcdesk.services.switch_severity import switched_by


@dataclass(frozen=True)
class Decided:
    """The third person's signature and what it made of the round."""

    fact: RoundDecided
    at: int
    seq: int


def resolve_disputes(
    uow: UnitOfWork, entry: Hand, check_id: str, resolutions: tuple[Resolution, ...], on: date
) -> Resolved:
    """Put on record what the third person found to be true of disputed claims; may be saved piece by piece."""
    with uow:
        check = uow.check(check_id)
        person = uow.person(entry.person)
        check.require_own(person.id, person.name, uow.person(check.person).name)
        require_running(uow.batch(check.batch), check)
        if check.place != "third":
            raise BadInput("not_third", facts={"place": check.place}, where={"field": "check"})
        disputed = {(c.unit, c.code): c for c in round_sides(uow, uow.round(check.round)).disputed()}
        known: list[Resolution] = []
        for one in resolutions:
            claim = disputed.get((one.unit, one.code))
            if claim is None:
                raise BadInput(
                    "not_disputed", facts={"unit": one.unit, "code": one.code}, where={"field": "unit"}
                )
            known.append(replace(one, defect_class=claim.defect_class, count=claim.count))
        if not known:
            raise BadInput("nothing_to_record")
        fact = Resolved(check.id, check.batch, check.round, tuple(known))
        uow.append(fact, entry)
        uow.commit()
    return fact


def decide(
    uow: UnitOfWork,
    act: Hand,
    check_id: str,
    on: date,
    *,
    seen_outcome: str | None = None,
    seen_settled: Mapping[Mark, bool] | None = None,
) -> Decided:
    """Sign "I decide": every disputed claim is settled, and the union as settled is judged again, not chosen.

    Args: seen_outcome, seen_settled: what the screen showed of it (unit and code -> whether the claim holds); where it
        is another now, nothing is signed.
    Raises: SamePerson, MadeUnits, MissingRole, UnresolvedUnits, WrongState, ChangedMeanwhile.
    """
    with uow:
        check = uow.check(check_id)
        person = uow.person(act.person)
        check.require_own(person.id, person.name, uow.person(check.person).name)
        batch = uow.batch(check.batch)
        batch.require_state("decide", "disagreed")
        require_running(batch, check)
        require_third(case_of(uow, batch, on), person)
        standing = uow.round(check.round)
        resolutions = uow.work(check.id).resolutions
        outcome, classes = settle(standing.opened, round_sides(uow, standing), resolutions)
        settled = {(r.unit, r.code): r.holds for r in resolutions}
        if seen_outcome not in (None, outcome) or seen_settled not in (None, settled):
            raise ChangedMeanwhile()
        if not uow.batch_verifies(batch.id):
            raise Unverified(batch.number, uow.verification_failed)
        assert standing.compared is not None
        earlier = tuple(r for r in uow.rounds(batch.id) if r.no < standing.no)
        record = round_record(uow, standing, standing.compared, earlier, resolutions)
        fact = RoundDecided(
            check=check.id,
            batch=batch.id,
            round=standing.id,
            meaning=MEANINGS["third"],
            resolutions=resolutions,
            classes=classes,
            outcome=outcome,
            record=record.sha256,
            over=signed_over(standing),
            switched=switched_by(uow, batch, standing, classes, outcome, _both(uow, standing)),
        )
        uow.keep_record(record.sha256, record.document)
        with proving(uow, act, on, batch.id):
            event = uow.append(fact, act)
        uow.commit()
    return Decided(fact, event.at, event.seq)


def preview_decision(uow: UnitOfWork, check_id: str) -> str:
    """Return what the decision would come to now: ``accepted`` or ``rejected``.

    Raises: UnresolvedUnits: disputed units that the third has not settled yet.
    """
    with uow:
        check = uow.check(check_id)
        standing = uow.round(check.round)
        return settle(standing.opened, round_sides(uow, standing), uow.work(check.id).resolutions)[0]


def reject_after_all(uow: UnitOfWork, act: Hand, batch_id: str, reason: str, on: date) -> RejectedAfterAll:
    """Reject a disagreed batch: one of the two is enough."""
    with uow:
        batch = uow.batch(batch_id)
        batch.require_state("reject_after_all", "disagreed")
        person = uow.person(act.person)
        person.require_active()
        standing = uow.round(batch.round or "")
        _require_signer(uow, standing, person.id)
        classes = standing.compared.classes if standing.compared else ()
        switched = switched_by(uow, batch, standing, classes, "rejected")
        fact = RejectedAfterAll(batch.id, standing.id, require_reason(reason), switched)
        with proving(uow, act, on, batch.id):
            uow.append(fact, act)
        uow.commit()
    return fact


def do_again(
    uow: UnitOfWork,
    act: Hand,
    other: Hand,
    batch_id: str,
    reason: str,
    on: date,
    *,
    seen: Shown | None = None,
) -> RoundAgain:
    """Do a disagreed round again on a fresh sample: both sign, once per batch, never while a critical is claimed.

    Args: seen: where both were shown that it stands; where it is elsewhere now, nothing is signed.
    """
    with uow:
        batch = uow.batch(batch_id)
        batch.require_as_shown(seen)
        batch.require_state("again", "disagreed")
        if act.person == other.person:
            raise TwoNeeded("again")
        standing = uow.round(batch.round or "")
        for hand in (act, other):
            uow.person(hand.person).require_active()
            _require_signer(uow, standing, hand.person)
        if batch.again_used:
            raise AgainUsedUp(batch.number)
        critical = criticals_left(round_sides(uow, standing), ())
        if critical:
            raise CriticalOpen(batch.number, critical)
        fact = RoundAgain(batch.id, standing.id, require_reason(reason), stands=True)
        uow.append(fact, act, co=(other,))
        uow.commit()
    return fact


def order_round(uow: UnitOfWork, act: Hand, batch_id: str, reason: str, on: date) -> RoundOrdered:
    """Order a new round where a retracted check holds the batch: an arbiter who signed nothing in this one.

    Raises: WrongState, MissingRole, SamePerson, MadeUnits, Reworked.
    """
    with uow:
        batch = uow.batch(batch_id)
        standing = current_round(uow, batch)
        hold = uow.retraction_hold(batch.id)
        if hold is None or standing is None or not standing.undone or batch.state in ENDED:
            raise WrongState(batch.number, batch.state, "order_round")
        batch.require_whole("order_round")
        require_order(case_of(uow, batch, on), uow.person(act.person))
        rejected = batch.state == "rejected"
        fact = RoundOrdered(batch.id, standing.id, hold, require_reason(reason), tightened=rejected)
        uow.append(fact, act)
        uow.commit()
    return fact


def release_batch(
    uow: UnitOfWork, act: Hand, batch_id: str, on: date, *, seen: tuple[str, int] | None = None
) -> Released:
    """Release an accepted batch: a releaser other than the first signer, independent of the making.

    Args: seen: the round that the screen showed, and how many are released; where it is another now, nothing is signed.
    Raises: NotAccepted, Held, MissingRole, SamePerson, MadeUnits, Reworked, ThirdNeeded, SeenEventLost, SuspectCheck,
        Unverified, ChangedMeanwhile.
    """
    with uow:
        batch = uow.batch(batch_id)
        if seen is not None and seen != (batch.round, batch.saved.quantity):
            raise ChangedMeanwhile()
        if batch.state != "accepted":
            raise NotAccepted(batch.number, batch.state)
        case = case_of(uow, batch, on)
        person = uow.person(act.person)
        batch.require_not_held()
        batch.require_rework_recorded()
        require_not_stopped(uow, batch, on)
        try:
            require_release(case, person)
        except Refusal as refusal:
            raise with_others(refusal, case, person, "release") from None
        standing = uow.round(batch.round or "")
        assert standing.compared is not None, "what is accepted was compared; taken back since, it is held"
        require_nothing_lost(uow)
        pinned = standing.opened.procedure
        if uow.procedure(pinned.code, pinned.version).stopped:
            raise ProcedureStopped(pinned.code, pinned.version)
        require_supplier_free(uow, batch, on)
        require_no_seeded(batch.number, ())  # no unit can be seeded yet
        suspect = uow.suspect_checks(standing.id)
        if suspect:
            able = tuple(p.name for p in uow.people() if p.can_sign(on))
            raise SuspectCheck(batch.number, uow.person(suspect[0].person).name, able)
        if not uow.batch_verifies(batch.id):
            raise Unverified(batch.number, uow.verification_failed)
        earlier = tuple(r for r in uow.rounds(batch.id) if r.no < standing.no)
        resolutions = standing.decided.resolutions if standing.decided else ()
        record = round_record(uow, standing, standing.compared, earlier, resolutions)
        fact = Released(batch.id, standing.id, batch.saved.quantity, record.sha256, signed_over(standing))
        uow.keep_record(record.sha256, record.document)
        uow.append(fact, act)
        uow.commit()
    return fact


def require_nothing_lost(uow: UnitOfWork) -> None:
    """Refuse while the log lacks an event that this station saw. Raises: SeenEventLost."""
    lost = uow.lost()
    if lost is not None:
        raise SeenEventLost(lost.kind, lost.seq, lost.at, lost.last, lost.since)


def round_sides(uow: UnitOfWork, standing: Round) -> Sides:
    """Return what the two sides of a compared round claim."""
    first, second = standing.signed("first"), standing.signed("second")
    if first is None or second is None:
        raise WrongState(standing.opened.header.number, "second_check", "compare")
    return sides_of(uow, standing, uow.work(first.id), uow.work(second.id))


def _both(uow: UnitOfWork, standing: Round) -> tuple[Work, ...]:
    signed = (standing.signed("first"), standing.signed("second"))
    return tuple(uow.work(check.id) for check in signed if check is not None)


def signed_over(standing: Round) -> tuple[str, ...]:
    """Return the hashes of what a release of a round signs over: its checks, the comparison, the decision."""
    hashes = [c.signed_hash for c in standing.checks if c.state == "signed"]
    return tuple(h for h in (*hashes, standing.compared_hash, standing.decided_hash) if h)


def _require_signer(uow: UnitOfWork, standing: Round, person: str) -> None:
    signers = {c.person for c in standing.checks if c.state == "signed" and c.place != "third"}
    if person not in signers:
        owner = standing.signed("first")
        raise NotYourCheck(uow.person(person).name, uow.person(owner.person).name if owner else "")
