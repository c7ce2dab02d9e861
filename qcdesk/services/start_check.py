# SPDX-License-Identifier: Apache-2.0
"""Taking a place: the first opens the round and draws the sample; the second and the third follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qcdesk.domain import drawing
from qcdesk.domain.batches import Batch, require_reason
from qcdesk.domain.carrying import carry
from qcdesk.domain.countries import NAMES
from qcdesk.domain.events import (
    BatchHeader,
    CheckSetAside,
    CheckStarted,
    FirstSeen,
    PinnedProcedure,
    Place,
    PlaceGivenUp,
    Recorded,
    RoundOpened,
)
from qcdesk.domain.independence import (
    Case,
    foresee,
    require_first,
    require_give_up,
    require_second,
    require_sight_of_first,
    require_third,
    with_others,
)
from qcdesk.domain.modes import is_split
from qcdesk.domain.people import ROLES, Person
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.refusals import (
    Blind,
    CheckClosed,
    MakersMissing,
    MissingRole,
    PlaceTaken,
    ProcedureOverdue,
    Refusal,
    WrongState,
)
from qcdesk.domain.rounds import Check, Work
from qcdesk.domain.sampling import SamplingPlan
from qcdesk.domain.staging import asked_of
from qcdesk.domain.switching import Pinned
from qcdesk.services.foresight import case_of, family_of, next_procedure
from qcdesk.services.ports import Hand, Ids, UnitOfWork
from qcdesk.services.switch_severity import next_plan, repeat_that_tightens, require_supplied

RULES: dict[Place, Callable[[Case, Person], None]] = {
    "first": require_first,
    "second": require_second,
    "third": require_third,
}
NEXT_PLACE: dict[str, Place] = {
    "registered": "first",
    "first_check": "first",
    "awaiting_second": "second",
    "second_check": "second",
    "disagreed": "third",
}


@dataclass(frozen=True)
class Started:
    """The check that was opened (or gone on with), and the sample to draw; ``asked``: what of it is asked for so far."""

    check: str
    place: Place
    blind: bool
    resumed: bool
    opened: RoundOpened
    asked: tuple[int, ...]


def plan_batch(uow: UnitOfWork, batch: Batch) -> SamplingPlan:
    """Return the sampling plan that would be pinned if a round opened now; draws nothing."""
    return next_plan(uow, batch, next_procedure(uow, batch))[0]


def start_check(
    uow: UnitOfWork, ids: Ids, hand: Hand, batch_id: str, on: date, *, knowing: bool = False
) -> Started:
    """Take the place that is free now, or go on with one's own open check.

    Args: knowing: the person was told that nobody may be left for a later place, and goes on.
    Raises: every independence refusal, PlaceTaken, WrongState, MakersMissing, ProcedureOverdue, NobodyLeft.
    """
    with uow:
        batch = uow.batch(batch_id)
        person = uow.person(hand.person)
        place = NEXT_PLACE.get(batch.state)
        if place is None:
            raise WrongState(batch.number, batch.state, "start")
        case = case_of(uow, batch, on)
        mine = _own_open(case, person)
        if mine is not None and case.round is not None:
            opened = case.round.opened
            asked = asked_of(opened, uow.work(mine.id), mine.place)
            return Started(mine.id, mine.place, mine.place == "second", True, opened, asked)
        taken = case.round.standing(place) if case.round else None
        if taken is not None and taken.person != person.id:
            raise with_others(
                PlaceTaken(place, case.name(taken.person), taken.state == "signed"), case, person, place
            )
        try:
            RULES[place](case, person)
        except Refusal as refusal:
            raise with_others(refusal, case, person, place) from None
        if not knowing:
            foresee(case, person, place)
        if case.round is None:
            opened = _open_round(uow, ids, batch, on, person.id)
            uow.append(opened, hand)
        else:
            opened = case.round.opened
        check = ids.new()
        begun = uow.append(CheckStarted(check, opened.round, batch.id, place), hand)
        taken_along = _carried(
            uow, ids, opened, Check(check, opened.round, batch.id, place, person.id, "open", begun.at)
        )
        work = Work()
        if taken_along is not None:
            uow.append(taken_along, hand)
            work = work.with_(taken_along)
        uow.commit()
    return Started(check, place, place == "second", False, opened, asked_of(opened, work, place))


def set_aside(uow: UnitOfWork, hand: Hand, check_id: str, reason: str, on: date) -> CheckSetAside:
    """End an open check without a signature; its place is free again and what it found stays in the union.

    Its own person may, or (ill, gone) one releaser or administrator.
    """
    with uow:
        check = uow.check(check_id)
        check.require_open()
        batch = uow.batch(check.batch)
        if batch.round != check.round or batch.state == "registered":
            raise CheckClosed("overtaken")
        by = uow.person(hand.person)
        by.require_active()
        family = family_of(uow, batch)
        may = by.has_role("releaser", on, family) or by.has_role("administrator", on)
        if by.id != check.person and not may:
            raise MissingRole(by.name, "releaser")
        fact = CheckSetAside(check.id, check.round, check.batch, check.place, require_reason(reason))
        uow.append(fact, hand)
        uow.commit()
    return fact


def give_up_place(uow: UnitOfWork, hand: Hand, batch_id: str, reason: str, on: date) -> PlaceGivenUp:
    """Give up the second place of this round on purpose, to see the first check sooner."""
    with uow:
        batch = uow.batch(batch_id)
        case = case_of(uow, batch, on)
        if case.round is None or case.round.compared is not None:
            raise WrongState(batch.number, batch.state, "give_up")
        person = uow.person(hand.person)
        person.require_any_role(on)
        require_give_up(case, person)
        fact = PlaceGivenUp(case.round.id, batch.id, require_reason(reason))
        uow.append(fact, hand)
        uow.commit()
    return fact


def look_at_first(uow: UnitOfWork, hand: Hand, batch_id: str, what: str, on: date) -> None:
    """Let somebody who cannot be the second person see the first check early, and put down that it was seen.

    Raises: Blind: this person may still be the second.
    """
    with uow:
        case = case_of(uow, uow.batch(batch_id), on)
        person = uow.person(hand.person)
        require_sight_of_first(case, person)
        seen = _newly_seen(case, person, what)
        if seen is None:
            return
        uow.append(seen, hand)
        uow.commit()


def look_at_every_first(uow: UnitOfWork, hand: Hand, what: str, on: date) -> None:
    """Let somebody take out what holds every first check, the log itself, and put down of which they are seen early.

    Raises: MissingRole: without any role, also the one that reads only; Blind: this person may still be second of some.
    """
    with uow:
        person = uow.person(hand.person)
        person.require_active()
        if not any(person.has_role(role, on) for role in ROLES):
            raise MissingRole(person.name, "auditor")
        closed: list[str] = []
        seen: list[FirstSeen] = []
        for batch_id in uow.being_checked():
            case = case_of(uow, uow.batch(batch_id), on)
            try:
                require_sight_of_first(case, person)
            except Blind:
                closed.append(case.batch.number)
                continue
            new = _newly_seen(case, person, what)
            if new is not None:
                seen.append(new)
        if closed:
            raise Blind(person.name, tuple(closed))
        for one in seen:
            uow.append(one, hand)
        uow.commit()


def _newly_seen(case: Case, person: Person, what: str) -> FirstSeen | None:
    """Return what is to be put down of a first check that somebody sees before the second is signed; None: nothing."""
    standing = case.round
    if (
        standing is None
        or standing.compared is not None
        or case.signer("first") == person.id
        or person.id in standing.seen_first
    ):
        return None
    return FirstSeen(standing.id, case.batch.id, what)


def _own_open(case: Case, person: Person) -> Check | None:
    if case.round is None:
        return None
    return next((c for c in case.round.checks if c.person == person.id and c.state == "open"), None)


def severity_reason(
    uow: UnitOfWork, batch: Batch, version: ProcedureVersion, severities: tuple[Pinned, ...]
) -> str:
    """Return why a round is inspected as it is: the code that its report spells."""
    if batch.next_severity != "normal":
        return "after_rework" if batch.reworkers else "after_void"
    if repeat_that_tightens(uow, batch, version) is not None:
        return "repeated"
    return "switching" if severities else "start"


def _open_round(uow: UnitOfWork, ids: Ids, batch: Batch, on: date, opener: str) -> RoundOpened:
    if batch.saved.supplier is None and not batch.saved.makers:
        raise MakersMissing(batch.number)
    batch.require_rework_recorded()
    version = next_procedure(uow, batch)
    _require_usable(uow, version, on)
    plan, severities = next_plan(uow, batch, version)
    require_supplied(uow, batch, version, severities, on)
    # Values carried belong to their units: the same seed draws the same units, more or fewer of them.
    before = uow.round(batch.round) if batch.round is not None and uow.reinspected(batch.round) else None
    if before is not None and not before.brings_along(version.content):
        before = None
    others = uow.last_of_others(opener)
    seed = (
        before.opened.seed
        if before is not None
        else drawing.seed_after(uow.vault, others.hash, others.rounds_since)
    )
    must = tuple(u for u in uow.critical_units(batch.id) if u <= batch.saved.quantity)
    # Whoever may be second must not read from the sample that a check which was taken back had claimed a critical.
    later = batch.round_no > 0 and not version.content.tally
    earlier = {unit for one in uow.rounds(batch.id) for unit in one.opened.units} if later else ()
    sample = drawing.draw(
        bytes.fromhex(seed), batch.saved.quantity, plan.n, must_include=must, hide=later, earlier=earlier
    )
    fresh, overlap = (
        drawing.draw_fresh(bytes.fromhex(seed), batch.saved.quantity, plan.n, sample)
        if is_split(version.content)
        else ((), ())
    )
    return RoundOpened(
        round=ids.new(),
        batch=batch.id,
        no=batch.round_no + 1,
        header=header_of(uow, batch),
        procedure=PinnedProcedure(version.code, version.version, version.hash, version.content),
        plan=plan,
        severity_reason=severity_reason(uow, batch, version, severities),
        seed=seed,
        sample=sample,
        must_include=must,
        carries=before.id if before is not None else None,
        fresh=fresh,
        overlap=overlap,
        after=others.seq,
        severities=severities,
    )


def _require_usable(uow: UnitOfWork, version: ProcedureVersion, on: date) -> None:
    """Refuse a version that no round opens under."""
    version.require_approved()
    require_in_review(uow, version, on)


def require_in_review(uow: UnitOfWork, version: ProcedureVersion, on: date) -> None:
    """Refuse a version whose review is overdue, with the name of its owner."""
    try:
        version.require_in_review(on)
    except ProcedureOverdue as refusal:
        names = {p.id: p.name for p in uow.people()}
        refusal.owner = names.get(refusal.owner, refusal.owner)  # as written: a name, or a person's id
        raise


def _carried(uow: UnitOfWork, ids: Ids, opened: RoundOpened, check: Check) -> Recorded | None:
    """Return what its person had put on record in the same place of the round before, judged by the new version."""
    if opened.carries is None:
        return None
    before = uow.round(opened.carries)
    mine = [c for c in before.checks if c.place == check.place and c.person == check.person]
    if not mine or mine[-1].state not in ("open", "signed"):
        return None
    kinds = {i.number: i.kind for i in uow.instruments()}
    return carry(ids.new, before, opened, check, uow.work(mine[-1].id), kinds)


def header_of(uow: UnitOfWork, batch: Batch) -> BatchHeader:
    """Return the batch as it is now, in words that a round pins."""
    saved = batch.saved
    product = uow.product(saved.product)
    supplier = uow.supplier(saved.supplier) if saved.supplier else None
    return BatchHeader(
        number=saved.number,
        product_code=product.code,
        product_name=product.name,
        revision=product.revision,
        unit=product.unit,
        quantity=saved.quantity,
        supplier_code=supplier.code if supplier else "",
        supplier_name=supplier.name if supplier else "",
        line=saved.line,
        order=saved.order,
        makers=tuple(uow.person(m.person).name for m in saved.makers),
        made_on=saved.made_on,
        ship_by=saved.ship_by,
        supplier_country=supplier.country if supplier and supplier.country in NAMES else "",
    )
