# SPDX-License-Identifier: Apache-2.0
"""Concessions: asking that a rejected batch be used as it is, approving that by two others, refusing it, budgets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from qcdesk.domain import dispositions
from qcdesk.domain.batches import Batch, Shown, require_reason
from qcdesk.domain.concessions import (
    AskedConcession,
    budget_begins,
    require_budget,
    require_in_time,
    require_within,
)
from qcdesk.domain.events import (
    ConcessionApproved,
    ConcessionBudget,
    ConcessionRefused,
    ConcessionRequested,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    AskedForConcession,
    ConcessionOpen,
    CriticalConceded,
    NoConcession,
    QuantitiesDiffer,
    SuspectCheck,
    TwoNeeded,
    Unverified,
)
from qcdesk.domain.rounds import Round
from qcdesk.services.foresight import family_of
from qcdesk.services.kept_pictures import require_kept_files
from qcdesk.services.merge_suppliers import kin_of
from qcdesk.services.ports import Hand, Ids, UnitOfWork
from qcdesk.services.records import round_record
from qcdesk.services.repeated_defects import require_not_stopped
from qcdesk.services.settle_round import require_nothing_lost, signed_over
from qcdesk.services.supplier_status import require_supplier_free


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: how many units, until when, for which defects, why they can be used, whose reference.

    ``use``: the customer or the use. ``consent``: SHA-256 of the file with the customer's own signed consent, and
    ``consent_name`` what it was called.
    """

    quantity: int
    until: date
    deviation: str
    reference: str
    codes: tuple[str, ...] = ()
    use: str = ""
    consent: str | None = None
    consent_name: str = ""


def request_concession(
    uow: UnitOfWork, ids: Ids, act: Hand, batch_id: str, wish: Wish, on: date
) -> ConcessionRequested:
    """Ask that a rejected batch be used as it is; one person with a role.

    Raises: WrongState, CriticalConceded, QuantitiesDiffer, BadInput, ConcessionOpen, BudgetSpent.
    """
    with uow:
        uow.person(act.person).require_any_role(on)
        batch = uow.batch(batch_id)
        batch.require_state("concession", "rejected")
        batch.require_rework_recorded()
        fact = ConcessionRequested(
            concession=ids.new(),
            batch=batch.id,
            round=batch.round or "",
            quantity=wish.quantity,
            until=wish.until,
            codes=tuple(dict.fromkeys(code.strip() for code in wish.codes if code.strip())),
            deviation=wish.deviation.strip(),
            reference=wish.reference.strip(),
            use=wish.use.strip(),
            consent=wish.consent,
            consent_name=wish.consent_name if wish.consent is not None else "",
        )
        claimed = uow.claimed(batch.id)
        for code in fact.codes:
            if code not in claimed:
                raise BadInput("code_not_claimed", facts={"value": code}, where={"field": "codes"})
        fact = replace(fact, codes=fact.codes or tuple(claimed))
        if fact.consent is not None:
            require_kept_files(uow, (fact.consent,), "consent")
        asked = AskedConcession(fact, act.person)
        _require_no_critical(uow, batch)
        dispositions.require_request(
            asked.terms(batch.number), (), batch.saved.quantity - batch.split_off, on
        )
        if uow.concession(batch.id) is not None:
            raise ConcessionOpen(batch.number)
        _require_within_budget(uow, batch, wish.quantity, on)
        uow.append(fact, act)
        uow.commit()
    return fact


def approve_concession(
    uow: UnitOfWork, by: Hand, other: Hand, batch_id: str, on: date, *, seen: Shown | None = None
) -> ConcessionApproved:
    """Release a rejected batch under the concession that was asked for; two approve, neither of whom asked.

    Args: seen: where both were shown that the batch stands; where it is elsewhere now, nothing is signed.
    Raises: NoConcession, Held, AskedForConcession, MissingRole, TwoNeeded, OutsiderNeeded, ConcessionExpired,
        CriticalConceded, BudgetSpent, SuspectCheck, SeenEventLost, Unverified, ChangedMeanwhile.
    """
    with uow:
        batch = uow.batch(batch_id)
        batch.require_as_shown(seen)
        batch.require_state("concession", "rejected")
        concession = _require_asked(uow, batch)
        batch.require_not_held()
        batch.require_rework_recorded()
        standing = uow.round(batch.round or "")
        family, people = family_of(uow, batch), uow.people()
        approvers = (uow.person(by.person), uow.person(other.person))
        for one in approvers:
            one.require_role("concession", on, family)
        try:
            dispositions.require_approval(
                concession.terms(batch.number),
                uow.person(concession.person),
                approvers,
                insiders(batch, standing),
                tuple(p for p in people if p.has_role("concession", on, family)),
                on,
            )
        except AskedForConcession as refusal:
            able = tuple(
                p.name
                for p in people
                if p.id not in (concession.person, by.person, other.person)
                and p.has_role("concession", on, family)
            )
            raise replace(refusal, who_can=able) from None
        rest = batch.saved.quantity - batch.split_off
        if concession.asked.quantity > rest:
            raise QuantitiesDiffer(batch.number, concession.asked.quantity, rest, concession=True)
        require_in_time(batch.number, concession.asked.until, on)
        _require_no_critical(uow, batch)
        _require_within_budget(uow, batch, concession.asked.quantity, on)
        require_supplier_free(uow, batch, on)
        require_not_stopped(uow, batch, on)
        require_nothing_lost(uow)
        suspect = uow.suspect_checks(standing.id)
        if suspect:
            able = tuple(p.name for p in people if p.can_sign(on))
            raise SuspectCheck(batch.number, uow.person(suspect[0].person).name, able)
        if not uow.batch_verifies(batch.id):
            raise Unverified(batch.number, uow.verification_failed)
        assert standing.compared is not None, "what is rejected was compared"
        earlier = tuple(r for r in uow.rounds(batch.id) if r.no < standing.no)
        resolutions = standing.decided.resolutions if standing.decided else ()
        record = round_record(uow, standing, standing.compared, earlier, resolutions)
        asked = concession.asked
        fact = ConcessionApproved(
            asked.concession,
            batch.id,
            standing.id,
            asked.quantity,
            record.sha256,
            signed_over(standing),
            arrived=True,
            judged=True,
        )
        uow.keep_record(record.sha256, record.document)
        uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def refuse_concession(uow: UnitOfWork, act: Hand, batch_id: str, reason: str, on: date) -> ConcessionRefused:
    """Refuse what was asked for; one who may approve, or who asked and thinks better of it.

    Raises: NoConcession, MissingRole.
    """
    with uow:
        batch = uow.batch(batch_id)
        concession = _require_asked(uow, batch)
        by = uow.person(act.person)
        if by.id != concession.person:
            by.require_role("concession", on, family_of(uow, batch))
        by.require_any_role(on)
        asked = concession.asked
        fact = ConcessionRefused(asked.concession, batch.id, asked.round, require_reason(reason))
        uow.append(fact, act)
        uow.commit()
    return fact


def set_budget(
    uow: UnitOfWork,
    by: Hand,
    other: Hand,
    supplier: str,
    percent: Decimal,
    months: int,
    reason: str,
    on: date,
) -> ConcessionBudget:
    """Say how much may be conceded of one supplier; two planners sign.

    Raises: MissingRole, TwoNeeded, BadInput.
    """
    with uow:
        for hand in (by, other):
            uow.person(hand.person).require_role("planner", on)
        if by.person == other.person:
            raise TwoNeeded("budget")
        require_budget(percent, months)
        found = uow.supplier(supplier).supplier
        fact = ConcessionBudget(found, percent, months, require_reason(reason))
        uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def insiders(batch: Batch, standing: Round) -> frozenset[str]:
    """Return who is too near to be the one approver from outside: both who checked, and whoever made or reworked."""
    checked = {c.person for c in standing.checks if c.state == "signed" and c.place != "third"}
    return frozenset({*checked, *(m.person for m in batch.saved.makers), *batch.reworkers})


def _require_asked(uow: UnitOfWork, batch: Batch) -> AskedConcession:
    found = uow.concession(batch.id)
    if found is None or found.asked.round != batch.round:
        raise NoConcession(batch.number)
    return found


def _require_no_critical(uow: UnitOfWork, batch: Batch) -> None:
    units = uow.critical_units(batch.id)
    if units or "critical" in uow.claimed(batch.id).values():
        raise CriticalConceded(batch.number, units)


def _require_within_budget(uow: UnitOfWork, batch: Batch, asked: int, on: date) -> None:
    if batch.saved.supplier is None:
        return
    for one in kin_of(
        uow, batch.saved.supplier
    ):  # whoever is the same shares what was received, and each budget holds
        budget = uow.concession_budget(one)
        if budget is not None:
            begins = budget_begins(on, budget.months)
            received, conceded = uow.received_and_conceded(one, begins, on + timedelta(days=1))
            require_within(budget, uow.supplier(one).name, received, conceded, asked)
