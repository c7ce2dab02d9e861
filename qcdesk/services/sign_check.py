# SPDX-License-Identifier: Apache-2.0
"""Signing a check: "I inspected", "I inspected independently"; the second signature compares at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qcdesk.domain import judging
from qcdesk.domain.batches import Batch, require_reason
from qcdesk.domain.events import CheckRetracted, CheckSigned, Place, Reviewed, RoundCompared
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.judging import (
    compare_sides,
    judge_samples,
    outcome_of,
    require_complete,
    seen_of,
)
from qcdesk.domain.modes import codes_in_review, mode_of_whole
from qcdesk.domain.refusals import (
    ChangedMeanwhile,
    CheckClosed,
    CriticalOpen,
    MeasuredBehind,
    NotYourSession,
    Refusal,
    Unverified,
    WrongState,
)
from qcdesk.domain.rounds import Check, Round, Work
from qcdesk.domain.staging import judge_check
from qcdesk.services.both_sides import sides_of
from qcdesk.services.foresight import case_of
from qcdesk.services.ports import Hand, Ids, UnitOfWork
from qcdesk.services.proofs import proving
from qcdesk.services.records import check_record
from qcdesk.services.rows import SigningPage
from qcdesk.services.start_check import RULES, require_in_review
from qcdesk.services.switch_severity import switched_by

STATE_OF: dict[Place, str] = {"first": "first_check", "second": "second_check", "third": "disagreed"}
MEANINGS: dict[Place, str] = {
    "first": "I inspected",
    "second": "I inspected independently",
    "third": "I decide",
}


@dataclass(frozen=True)
class Signed:
    """A signature that stands, and what the second one brought about."""

    fact: CheckSigned
    compared: RoundCompared | None
    state: str
    at: int
    seq: int


def signing_page(uow: UnitOfWork, person: str, check_id: str) -> SigningPage:
    """Return what would be signed now, in facts, with the hash of the record it would stand on."""
    with uow:
        uow.remember()  # the signature comes next
        check = uow.check(check_id)
        who = uow.person(person)
        check.require_own(who.id, who.name, uow.person(check.person).name)
        standing = uow.round(check.round)
        work = uow.work(check.id)
        record = check_record(uow, standing, check)
        classes, verdict = judge_check(standing.opened, work, check.place)
        seen = seen_of(standing.opened, work, 0, 0, check.place)
        to_review = to_review_in(uow, standing, check)
        missing: Refusal | None = None
        try:
            require_complete(standing.opened, work, check.place, to_review)
        except Refusal as refusal:
            missing = refusal
        return SigningPage(
            check=check.id,
            batch=check.batch,
            number=standing.opened.header.number,
            place=check.place,
            meaning=MEANINGS[check.place],
            record=record.sha256,
            verdict=verdict,
            classes=classes,
            units=seen.units,
            of=seen.of,
            not_done=tuple(r.unit for r in work.results if r.not_done is not None),
            findings=sum(f.count for f in work.standing_findings()),
            withdrawn=len(work.withdrawn),
            readings=seen.readings,
            outside=sum(1 for m in work.standing_readings() if not m.inside),
            missing=missing,
            to_review=len(to_review),
            reviewed=len(work.reviewed),
        )


def require_running(batch: Batch, check: Check) -> None:
    """Refuse anything in a check whose round no longer stands, or that is not open."""
    check.require_open()
    if batch.round != check.round or batch.state != STATE_OF[check.place]:
        raise CheckClosed("overtaken")


def to_review_in(uow: UnitOfWork, standing: Round, check: Check) -> tuple[Reviewed, ...]:
    """Return what a second check must open of the first's; asks nothing of the first where nothing is in review."""
    codes = codes_in_review(standing.opened.procedure.content)
    return uow.to_review(check.id, codes) if check.place == "second" and codes else ()


def sign_check(
    uow: UnitOfWork,
    act: Hand,
    entry: Hand,
    check_id: str,
    on: date,
    *,
    seen_record: str | None = None,
    meaning: str | None = None,
) -> Signed:
    """Sign one's own first or second check.

    Args: act: the person's own key, opened for this act. entry: the session's, which signs the comparison.
        seen_record: hash of the record that the screen showed; another one now means that nothing is signed.
    Raises: NotYourSession, NotYourCheck, CheckClosed, Incomplete, NotReviewed, ChangedMeanwhile, every independence
        refusal.
    """
    if act.person != entry.person:
        raise NotYourSession(act.person)
    with uow:
        check = uow.check(check_id)
        person = uow.person(act.person)
        check.require_own(person.id, person.name, uow.person(check.person).name)
        batch = uow.batch(check.batch)
        require_running(batch, check)
        if check.place == "third":
            raise WrongState(batch.number, batch.state, "sign")
        if meaning is not None and meaning != MEANINGS[check.place]:
            raise BadInput(
                "meaning",
                facts={"meaning": meaning, "right": MEANINGS[check.place]},
                where={"field": "meaning"},
            )
        case = case_of(uow, batch, on)
        RULES[check.place](case, person)
        standing = case.round
        assert standing is not None, "a batch under check has its round"
        work = uow.work(check.id)
        require_complete(standing.opened, work, check.place, to_review_in(uow, standing, check))
        _require_in_time(uow, standing, check, on)
        record = check_record(uow, standing, check)
        if seen_record is not None and seen_record != record.sha256:
            raise ChangedMeanwhile()
        if check.place == "second" and not uow.batch_verifies(batch.id, rules=False):
            # What is compared with must be signed: a server cannot check that. The release asks for the rules.
            raise Unverified(batch.number)
        fact = _signed(uow, standing, check, work, record.sha256, batch)
        uow.keep_record(record.sha256, record.document)
        compared = None
        if check.place == "second":
            with proving(uow, act, on, batch.id):
                event = uow.append(fact, act)
                compared = _compare(uow, batch, standing, check, work)
                uow.append(compared, entry)
        else:
            event = uow.append(fact, act)
        uow.commit()
    state = compared.outcome if compared else "awaiting_second"
    return Signed(fact, compared, state, event.at, event.seq)


def _require_in_time(uow: UnitOfWork, standing: Round, check: Check, on: date) -> None:
    """Ask again, by the right clock of a signature, what was asked by one that stood behind (trust.md §8.7).

    Raises: ProcedureOverdue: the round was opened so; MeasuredBehind: an instrument was read so.
    """
    pinned = standing.opened.procedure
    if check.place == "first" and uow.opened_behind(standing.id):
        require_in_review(uow, uow.procedure(pinned.code, pinned.version), on)
    for number, units in uow.measured_behind(check.id).items():
        until = uow.instrument(number).calibrated_until
        if until is None or until < on:
            raise MeasuredBehind(number, until, units)


def retract_check(
    uow: UnitOfWork, ids: Ids, act: Hand, check_id: str, reason: str, on: date
) -> CheckRetracted:
    """Take one's own signed check back before release: a new signed record that says why; a new round follows.

    After the comparison it uses up the one "do again"; when that is gone the batch is held. What was rejected is
    inspected more tightly then, and not at all anew while a critical stands in it.

    Raises: NotYourCheck, CheckClosed, WrongState, CriticalOpen.
    """
    with uow:
        check = uow.check(check_id)
        person = uow.person(act.person)
        person.require_active()
        check.require_own(person.id, person.name, uow.person(check.person).name)
        batch = uow.batch(check.batch)
        if check.state != "signed" or batch.round != check.round:
            raise CheckClosed(check.state)
        batch.require_state("retract", "awaiting_second", "second_check", "accepted", "rejected", "disagreed")
        batch.require_whole("retract")
        standing = uow.round(check.round)
        rejected = batch.state == "rejected"
        if rejected:
            _require_no_critical(uow, batch, standing)
        compared = standing.compared is not None
        held = compared and batch.again_used
        fact = CheckRetracted(
            check=check.id,
            batch=batch.id,
            round=check.round,
            reason=require_reason(reason),
            then="held" if held else "new_round",
            used_again=compared,
            hold=ids.new() if held and uow.retraction_hold(batch.id) is None else None,
            tightened=rejected,
        )
        with proving(uow, act, on, batch.id):
            uow.append(fact, act)
        uow.commit()
    return fact


def _require_no_critical(uow: UnitOfWork, batch: Batch, standing: Round) -> None:
    """Refuse going on from a rejection over a critical; what is left then is disposing of the goods."""
    first, second = standing.signed("first"), standing.signed("second")
    if first is None or second is None:
        return
    sides = sides_of(uow, standing, uow.work(first.id), uow.work(second.id))
    units = judging.criticals_left(sides, standing.decided.resolutions if standing.decided else ())
    if units:
        raise CriticalOpen(batch.number, units, rejected=True)


def _signed(
    uow: UnitOfWork, standing: Round, check: Check, work: Work, record: str, batch: Batch
) -> CheckSigned:
    opened = standing.opened
    classes, verdict = judge_check(opened, work, check.place)
    entries = uow.entries(check.id)
    last = entries[-1].event().at if entries else check.started_at
    maker = batch.units_made_by(check.person) is not None or check.person in batch.reworkers
    assert check.place != "third" and verdict != "undecided"  # a whole check has gone through what decides it
    return CheckSigned(
        check=check.id,
        batch=check.batch,
        round=check.round,
        place=check.place,
        meaning=MEANINGS[check.place],
        verdict=verdict,
        classes=classes,
        record=record,
        procedure=opened.procedure.code,
        version=opened.procedure.version,
        procedure_hash=opened.procedure.hash,
        over=(standing.opened_hash,),
        mode=mode_of_whole(opened.procedure.content),
        seen=seen_of(opened, work, check.started_at, last, check.place),
        maker=maker,
    )


def _compare(uow: UnitOfWork, batch: Batch, standing: Round, check: Check, work: Work) -> RoundCompared:
    first = standing.signed("first")
    assert first is not None
    first_work = uow.work(first.id)
    opened = standing.opened
    sides = sides_of(uow, standing, first_work, work)
    own = judging.sides_of(opened, first_work, work)
    comparison = compare_sides(opened, first_work, work)
    outcome, reasons, classes = outcome_of(opened, sides, own, comparison)
    samples = judge_samples(opened, sides)
    switched = None
    if outcome != "disagreed":
        switched = switched_by(uow, batch, standing, classes, outcome, (first_work, work))
    return RoundCompared(
        batch=check.batch,
        round=check.round,
        first=first.id,
        second=check.id,
        comparison=comparison,
        classes=classes,
        outcome=outcome,
        reasons=reasons,
        samples=samples if len(samples) > 1 else (),
        switched=switched,
    )
