# SPDX-License-Identifier: Apache-2.0
"""Switching at work: what a first verdict makes of the severities, what a round pins of them, and what two people set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qcdesk.domain.batches import Batch, require_reason
from qcdesk.domain.corrective import Stop
from qcdesk.domain.events import SeveritySet
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.refusals import ChangedMeanwhile, InspectionDiscontinued, SeverityNotSet, TwoNeeded
from qcdesk.domain.rounds import Round, Work
from qcdesk.domain.sampling import ClassVerdict, DefectClass, SamplingPlan, Verdict, plans_for
from qcdesk.domain.switching import (
    Pinned,
    SetTo,
    Standing,
    Switched,
    after_lot,
    in_order,
    is_stricter,
    pinned,
    plan_severities,
    require_set,
    result_of,
    standing_of,
    switched_classes,
    verdicts_of,
)
from qcdesk.services.merge_suppliers import kin_of
from qcdesk.services.ports import Hand, UnitOfWork
from qcdesk.statistics.sampling import SMALLEST_LOT


@dataclass(frozen=True)
class SeverityNow:
    """Where a class stands now, for a product of a supplier (None: own goods) by the procedure in use."""

    supplier: str | None
    product: str
    procedure: str
    pinned: Pinned
    standing: Standing


def standings(uow: UnitOfWork, batch: Batch, version: ProcedureVersion) -> dict[DefectClass, Standing]:
    """Return where the classes of a batch stand by this version; empty where it does not switch.

    Of suppliers that are the same, each class stands where the strictest of them has it: the lots of each switch its own
    only, so that a history that was read with another one's is whole when they are taken apart.
    """
    switching = version.content.switching
    if switching is None:
        return {}
    product = uow.product(batch.saved.product).code
    supplier = batch.saved.supplier
    own = uow.severities(supplier, product, version.code)
    for one in kin_of(uow, supplier)[1:] if supplier is not None else ():
        for defect_class, theirs in uow.severities(one, product, version.code).items():
            mine = standing_of(own, defect_class, switching)
            if is_stricter(standing_of({defect_class: theirs}, defect_class, switching), mine):
                own[defect_class] = theirs
    return own


def next_plan(
    uow: UnitOfWork, batch: Batch, version: ProcedureVersion
) -> tuple[SamplingPlan, tuple[Pinned, ...]]:
    """Return the plan of a round that opens now, and what it pins of each class that is switched."""
    known, content = standings(uow, batch, version), version.content
    own = plan_severities(known, content.rules, content.switching)
    whole = "tightened" if repeat_that_tightens(uow, batch, version) is not None else batch.next_severity
    plan = plans_for(content.rules, batch.saved.quantity, whole, own, of_one=True)
    return plan, pinned(known, content.rules, content.switching)


def repeat_that_tightens(uow: UnitOfWork, batch: Batch, version: ProcedureVersion) -> Stop | None:
    """Return what came again, for which a round by this version is tightened as a whole; None: nothing did."""
    if batch.saved.supplier is None:
        return None
    product, switches = uow.product(batch.saved.product).code, version.content.switching is not None
    found = uow.repeats_open(batch.saved.supplier, product)
    return next((stop for stop in found if stop.tightens_rounds(switches=switches)), None)


def require_supplied(
    uow: UnitOfWork, batch: Batch, version: ProcedureVersion, classes: Iterable[Pinned], on: date
) -> None:
    """Refuse a round where inspection of a class is discontinued. Raises: InspectionDiscontinued."""
    for one in classes:
        if one.severity == "discontinued":
            product = uow.product(batch.saved.product)
            supplier = uow.supplier(batch.saved.supplier).name if batch.saved.supplier else ""
            raise InspectionDiscontinued(
                supplier,
                product.code,
                version.code,
                one.defect_class,
                one.reason.lots,
                one.since,
                tuple(p.name for p in uow.people() if p.has_role("planner", on, product.family)),
            )


def switched_by(
    uow: UnitOfWork,
    batch: Batch,
    standing: Round,
    classes: Iterable[ClassVerdict],
    outcome: Verdict,
    works: Iterable[Work] = (),
) -> Switched | None:
    """Return what a verdict makes of the severities; None where it says nothing of them.

    Only the first verdict on a batch as it came does: not one on what was reworked, nor a second one, nor on one unit,
    for which the tables have no plan.

    Args: works: of both people, whose units left out nobody takes to conform.
    """
    pinned_by = standing.opened.procedure
    switching = pinned_by.content.switching
    rules = switched_classes(pinned_by.content.rules)
    if switching is None or not rules or batch.reworkers or batch.saved.quantity < SMALLEST_LOT:
        return None
    if uow.had_verdict(batch.id):
        return None
    product = standing.opened.header.product_code
    known = uow.severities(batch.saved.supplier, product, pinned_by.code)
    plan, unknown = (
        standing.opened.plan,
        len({r.unit for w in works for r in w.results if r.not_done is not None}),
    )
    said = {one.defect_class: one for one in classes}
    verdicts = verdicts_of(said.values(), outcome)
    found = []
    for rule in in_order(rules):
        one = plan.of(rule.defect_class)
        assert one is not None, "a plan has every class of its procedure"
        verdict = verdicts[rule.defect_class]
        lot = result_of(plan, one, said[rule.defect_class], batch.number, verdict, unknown)
        found.append(after_lot(standing_of(known, rule.defect_class, switching).state, switching, lot))
    return Switched(batch.saved.supplier, product, pinned_by.code, tuple(found))


def severities_of(uow: UnitOfWork, supplier: str | None, product: str) -> tuple[SeverityNow, ...]:
    """Return where each class stands that is switched, by the procedure in use for a product (its code)."""
    version = uow.approved_for(product)
    if version is None or version.content.switching is None:
        return ()
    known = uow.severities(supplier, product, version.code)
    now = pinned(known, version.content.rules, version.content.switching)
    return tuple(
        SeverityNow(
            supplier,
            product,
            version.code,
            one,
            standing_of(known, one.defect_class, version.content.switching),
        )
        for one in now
    )


def set_severity(
    uow: UnitOfWork,
    by: Hand,
    other: Hand | None,
    supplier: str | None,
    product: str,
    defect_class: DefectClass,
    to: SetTo,
    reason: str,
    on: date,
    *,
    seen: int | None = None,
) -> SeveritySet:
    """Set the severity of a class of a supplier (None: own goods) and product (its code): two planners, with a reason.

    Args: other: None only for going back to normal from reduced inspection, which takes one. seen: the event that said
        last where the class stands, as people were shown it; where it is another now, nothing is signed.
    Raises: MissingRole, TwoNeeded, SeverityNotSet, ChangedMeanwhile, BadInput.
    """
    with uow:
        hands = [by] if other is None else [by, other]
        known_product = uow.product(product)
        code, family = known_product.code, known_product.family
        source = uow.supplier(supplier).supplier if supplier else None
        for hand in hands:
            uow.person(hand.person).require_role("planner", on, family)
        if other is not None and other.person == by.person:
            raise TwoNeeded("severity")
        version = uow.approved_for(code)
        switching = version.content.switching if version is not None else None
        classes = (
            {rule.defect_class for rule in switched_classes(version.content.rules)} if version else set()
        )
        if version is None or switching is None or defect_class not in classes:
            raise SeverityNotSet("not_switched", version.code if version else "", defect_class, "normal", to)
        standing = standing_of(uow.severities(source, code, version.code), defect_class, switching)
        if seen is not None and seen != standing.seq:
            raise ChangedMeanwhile()
        because = require_set(standing.state, switching, to, version.code, len(hands))
        fact = SeveritySet(
            source, code, version.code, defect_class, to, because, require_reason(reason), standing.seq
        )
        uow.append(fact, by, co=() if other is None else (other,))
        uow.commit()
    return fact
