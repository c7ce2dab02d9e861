# SPDX-License-Identifier: Apache-2.0
"""Entries in a running check: results, findings, readings, corrections; each save is one chained event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qcdesk.domain.events import (
    Finding,
    FindingWithdrawn,
    Measured,
    Recorded,
    Reviewed,
    RoundOpened,
    UnitResult,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import may_hold
from qcdesk.domain.numbers import in_doubt, may_be_thousands, parse_reading, thousandfold
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.refusals import (
    InstrumentBlocked,
    InstrumentOfOtherKind,
    InstrumentOverdue,
    NotDoneNotAllowed,
)
from qcdesk.domain.reviewing import Opened, open_claim
from qcdesk.domain.rounds import Check, Round
from qcdesk.services.ports import Hand, Ids, UnitOfWork
from qcdesk.services.sign_check import require_running, to_review_in


@dataclass(frozen=True)
class NewFinding:
    """A defect found on a unit (by sample number; None where goods are tallied).

    ``photo``: the kept copy's SHA-256; ``photo_original``: that of the picture as it came.
    """

    unit: int | None
    code: str
    count: int = 1
    place: str = ""
    note: str = ""
    photo: str | None = None
    photo_original: str | None = None


@dataclass(frozen=True)
class NewReading:
    """A measured value as typed. A later reading of the same unit and characteristic corrects the earlier one."""

    unit: int
    characteristic: str
    typed: str
    instrument: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class NewResult:
    """A unit is done, or left out for a reason."""

    unit: int
    not_done: str | None = None


@dataclass(frozen=True)
class Withdraw:
    """A finding is taken back, with a reason ("slip" for an undo at once)."""

    finding: str
    reason: str


@dataclass(frozen=True)
class Entries:
    """One save."""

    check: str
    results: tuple[NewResult, ...] = ()
    findings: tuple[NewFinding, ...] = ()
    readings: tuple[NewReading, ...] = ()
    withdraw: tuple[Withdraw, ...] = ()
    tallied: int | None = None
    reviewed: tuple[Opened, ...] = ()


def record_entries(uow: UnitOfWork, ids: Ids, hand: Hand, entries: Entries, on: date) -> Recorded:
    """Put entries on record in one's own open check. Returns after the commit.

    Raises: NotYourCheck, CheckClosed, InstrumentOfOtherKind, InstrumentOverdue, InstrumentBlocked, NotDoneNotAllowed;
        BadInput naming unit, code or value.
    """
    with uow:
        check = uow.check(entries.check)
        person = uow.person(hand.person)
        check.require_own(person.id, person.name, uow.person(check.person).name)
        require_running(uow.batch(check.batch), check)
        person.require_active()
        standing = uow.round(check.round)
        opened = standing.opened
        fact = Recorded(
            check=check.id,
            batch=check.batch,
            round=check.round,
            results=tuple(_result(opened, check, r) for r in entries.results),
            findings=tuple(_finding(uow, ids, opened, check, f) for f in entries.findings),
            measured=_readings(uow, ids, opened, check, entries.readings, on),
            withdrawn=tuple(_withdrawn(uow, check.id, w) for w in entries.withdraw),
            tallied=_tallied(opened, entries.tallied),
            reviewed=_reviewed(uow, standing, check, entries.reviewed),
        )
        if fact == Recorded(check.id, check.batch, check.round):
            raise BadInput("nothing_to_record")
        uow.append(fact, hand)
        uow.commit()
    return fact


def _unit(opened: RoundOpened, check: Check, unit: int) -> int:
    if opened.procedure.content.tally:
        raise BadInput("tallied_goods", facts={"unit": unit}, where={"field": "unit"})
    if not may_hold(opened, check.place, unit):
        if 1 <= unit <= len(opened.units):
            raise BadInput("unit_of_other", facts={"unit": unit}, where={"field": "unit"})
        raise BadInput(
            "unit_not_drawn", facts={"unit": unit, "n": len(opened.units)}, where={"field": "unit"}
        )
    return unit


def _result(opened: RoundOpened, check: Check, new: NewResult) -> UnitResult:
    unit = _unit(opened, check, new.unit)
    if new.not_done is not None:
        if not opened.procedure.content.not_done_allowed:
            raise NotDoneNotAllowed((unit,))
        if not new.not_done.strip():
            raise BadInput("missing", where={"field": "not_done"})
    return UnitResult(unit, new.not_done.strip() if new.not_done else None)


def _finding(uow: UnitOfWork, ids: Ids, opened: RoundOpened, check: Check, new: NewFinding) -> Finding:
    tally = opened.procedure.content.tally
    if new.unit is None and not tally:
        raise BadInput("missing", where={"field": "unit"})
    unit = _unit(opened, check, new.unit) if new.unit is not None else None
    if new.count < 1 or new.count > 1_000_000:
        raise BadInput("count", facts={"value": new.count}, where={"field": "count"})
    for photo in (new.photo, new.photo_original):
        if photo is not None and not uow.keeps_file(photo):
            raise BadInput("unknown_photo", facts={"value": photo}, where={"field": "photo"})
    return Finding(
        id=ids.new(),
        unit=unit,
        code=new.code,
        defect_class=opened.procedure.content.class_of(new.code),
        count=new.count,
        place=new.place.strip(),
        note=new.note.strip(),
        photo=new.photo,
        photo_original=new.photo_original,
    )


def _readings(
    uow: UnitOfWork,
    ids: Ids,
    opened: RoundOpened,
    check: Check,
    readings: tuple[NewReading, ...],
    on: date,
) -> tuple[Measured, ...]:
    standing = uow.standing_readings(check.id) if readings else {}
    measured: list[Measured] = []
    for new in readings:
        characteristic = opened.procedure.content.characteristic(new.characteristic)
        unit = _unit(opened, check, new.unit)
        reading = parse_reading(new.typed)
        outside = not characteristic.inside(reading.decimal)
        if outside and may_be_thousands(new.typed) and characteristic.inside(thousandfold(reading)):
            raise in_doubt(reading)  # 1.234 where 1234 is good: nobody can tell
        number, until = _instrument(uow, new, characteristic, on)
        replaces = standing.get((unit, characteristic.code))
        if replaces and not new.reason.strip() and uow.went_on(check.id, unit, replaces):
            # Only an undo at once on the same unit is a slip by itself (trust.md §8).
            raise BadInput(
                "correction_reason",
                facts={"unit": unit, "code": characteristic.code},
                where={"field": "reason"},
            )
        entry = Measured(
            id=ids.new(),
            unit=unit,
            characteristic=characteristic.code,
            typed=reading.typed,
            value=reading.value,
            measure=characteristic.unit,
            inside=characteristic.inside(reading.decimal),
            defect_class=characteristic.defect_class,
            instrument=number,
            calibrated_until=until,
            replaces=replaces,
            reason=(new.reason.strip() or "slip") if replaces else "",
        )
        standing[unit, characteristic.code] = entry.id
        measured.append(entry)
    return tuple(measured)


def _instrument(
    uow: UnitOfWork, new: NewReading, characteristic: Characteristic, on: date
) -> tuple[str | None, date | None]:
    instrument = uow.instrument(new.instrument) if new.instrument is not None else None
    kind = instrument.kind if instrument is not None else ""
    fits = characteristic.measured_with(kind)
    if instrument is None and fits:
        return None, None
    good = tuple(
        (i.number, i.calibrated_until)
        for i in uow.instruments()
        if (characteristic.measured_with(i.kind) if characteristic.instrument_type else i.kind == kind)
        and not i.blocked
        and i.calibrated_until is not None
        and i.calibrated_until >= on
    )
    if instrument is None or not fits:
        raise InstrumentOfOtherKind(
            new.unit,
            characteristic.code,
            characteristic.name,
            characteristic.instrument_type,
            instrument.number if instrument is not None else None,
            kind,
            good,
        )
    if instrument.blocked:
        raise InstrumentBlocked(instrument.number, good)
    if instrument.calibrated_until is None or instrument.calibrated_until < on:
        raise InstrumentOverdue(instrument.number, instrument.calibrated_until, good)
    return instrument.number, instrument.calibrated_until


def _withdrawn(uow: UnitOfWork, check: str, new: Withdraw) -> FindingWithdrawn:
    if new.finding not in uow.standing_findings(check):
        raise BadInput("unknown_finding", facts={"finding": new.finding}, where={"field": "finding"})
    if not new.reason.strip():
        raise BadInput("missing", where={"field": "reason"})
    return FindingWithdrawn(new.finding, new.reason.strip())


def _reviewed(
    uow: UnitOfWork, standing: Round, check: Check, said: tuple[Opened, ...]
) -> tuple[Reviewed, ...]:
    claims = to_review_in(uow, standing, check) if said else ()
    for one in said:
        if sum(other.claim == one.claim for other in said) > 1:
            raise BadInput("twice", facts={"value": one.claim}, where={"field": "claim"})
    return tuple(open_claim(claims, one) for one in said)


def _tallied(opened: RoundOpened, tallied: int | None) -> int | None:
    if tallied is None:
        return None
    if not opened.procedure.content.tally:
        raise BadInput("not_tallied", where={"field": "tallied"})
    if not 0 <= tallied <= len(opened.sample):
        raise BadInput(
            "tally_outside",
            facts={"value": tallied, "n": len(opened.sample)},
            where={"field": "tallied"},
        )
    return tallied
