# SPDX-License-Identifier: Apache-2.0
"""Severities switch from lot to lot: what a verdict makes of them, what rounds pin, and what two people set."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from qcdesk.domain.events import RoundOpened, SeveritySet
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    ChangedMeanwhile,
    InspectionDiscontinued,
    MissingRole,
    SeverityNotSet,
    TwoNeeded,
    Unverified,
)
from qcdesk.domain.sampling import ClassRule, plans_for
from qcdesk.domain.severity_runs import run_of
from qcdesk.domain.switching import Lot, Standing, Switching
from qcdesk.services import sign_check, start_check
from qcdesk.store.verification import verify
from tests.workspace import PROCEDURE, PRODUCT, House, refused

RULES = (
    ClassRule("critical", "zero", Decimal("4.0")),
    ClassRule("major", "aql", Decimal("4.0")),
    ClassRule("minor", "aql", Decimal("6.5")),
)


def switch(house: House, **how: str) -> None:
    house.approve(switching=Switching(**how), rules=RULES, characteristics=())  # type: ignore[arg-type]


def lot(house: House, number: str, *, bad: bool = False) -> RoundOpened:
    """Check a lot to its verdict; one that is not accepted has dents on all units."""
    house.batch(number)
    started = house.start("linh", number)
    found = dict.fromkeys(range(1, started.opened.plan.n + 1), "DEN") if bad else {}
    house.record("linh", started, found)
    house.sign("linh", started)
    house.check("som", number, found)
    return started.opened


def lots(house: House, numbers: Iterable[str], *, bad: bool = False) -> None:
    for number in numbers:
        lot(house, number, bad=bad)


def stands(house: House, defect_class: str = "major") -> Standing:
    with house.use.look() as uow:
        return uow.severities(house.supplier.supplier, PRODUCT, PROCEDURE)[defect_class]  # type: ignore[index]


def set_to(house: House, to: str, *hands: str, why: str = "moulds were mended") -> SeveritySet:
    by, *others = (house.hands[hand] for hand in hands)
    other = others[0] if others else None
    return house.use.set_severity(by, other, "S1", PRODUCT, "major", to, why)  # type: ignore[arg-type]


def test_two_of_five_lots_not_accepted_tighten_the_next_one_and_no_other_class(house: House) -> None:
    switch(house)
    lot(house, "LOT-1", bad=True)
    assert stands(house).state.severity == "normal"
    lots(house, ("LOT-2", "LOT-3"))
    lot(house, "LOT-4", bad=True)
    found = stands(house)
    assert found.state.severity == "tightened"
    assert (found.state.reason.because, found.state.reason.lots, found.state.reason.of) == (
        "two_of_five", ("LOT-1", "LOT-4"), 4,
    )  # fmt: skip
    assert stands(house, "minor").state.severity == "normal"
    house.batch("LOT-5")
    opened = house.start("linh", "LOT-5").opened
    assert opened.plan.severity == "tightened"
    by_class = {one.defect_class: one.table.severity for one in opened.plan.classes if one.table}
    assert by_class == {"critical": "normal", "major": "tightened", "minor": "normal"}
    assert [(one.defect_class, one.severity, one.since) for one in opened.severities] == [
        ("major", "tightened", found.since), ("minor", "normal", 0),
    ]  # fmt: skip
    assert verify(house.database).problems == ()


def test_a_supplier_goes_through_every_state_and_the_log_holds(house: House) -> None:
    switch(house)
    lots(house, ("LOT-1", "LOT-2"), bad=True)
    lots(house, (f"LOT-{n}" for n in range(3, 8)), bad=True)
    found = stands(house)
    assert (found.state.severity, found.state.reason.because) == ("discontinued", "five_not_accepted")
    assert found.state.reason.lots == tuple(f"LOT-{n}" for n in range(3, 8))
    house.batch("LOT-8")
    said = refused(InspectionDiscontinued, lambda: house.start("linh", "LOT-8"))
    assert (said.defect_class, said.product, said.since) == ("major", PRODUCT, found.since)
    assert said.who_can == ("Nguyễn Thị Linh", "สมชาย ศรีสุข")
    set_to(house, "tightened", "linh", "som")
    found = stands(house)
    assert (found.state.severity, found.state.reason.because) == ("tightened", "corrective_action")
    assert (found.state.reason.said, found.by) == ("moulds were mended", ("Nguyễn Thị Linh", "สมชาย ศรีสุข"))
    house.check("linh", "LOT-8")
    house.check("som", "LOT-8")
    lots(house, (f"LOT-{n}" for n in range(9, 13)))
    assert stands(house).state.reason.because == "five_accepted"
    lots(house, (f"LOT-{n}" for n in range(13, 27)))
    assert (stands(house).state.score, stands(house).state.due) == (28, False)
    refused(SeverityNotSet, lambda: set_to(house, "reduced", "linh", "som"))
    lot(house, "LOT-27")
    assert (stands(house).state.score, stands(house).state.due) == (30, True)
    assert lot(house, "LOT-28").plan.severity == "normal"
    set_to(house, "reduced", "som", "linh", why="steady since May")
    opened = lot(house, "LOT-29")
    by_class = {one.defect_class: one.table for one in opened.plan.classes if one.table}
    assert by_class["major"].severity == "reduced"
    assert (opened.plan.severity, opened.severity_reason) == ("normal", "switching")
    with house.use.look() as uow:  # what came later is nothing that the round rests on
        batch = uow.batch("LOT-8")
        supplier = batch.saved.supplier
        steps = uow.severity_steps(uow.rounds(batch.id)[-1].id, supplier, PRODUCT, PROCEDURE)
    run = run_of(steps, "major", "tightened", "LOT-8")
    assert run.severities == ("normal",) * 2 + ("tightened",) * 5 + ("discontinued", "tightened")
    assert run.lots == (*(f"LOT-{n}" for n in range(1, 8)), "", "LOT-8")
    lot(house, "LOT-30", bad=True)
    assert (stands(house).state.severity, stands(house).state.reason.because) == ("normal", "not_accepted")
    assert verify(house.database).problems == ()


def test_another_severity_takes_two_planners_a_reason_and_what_they_were_shown(house: House) -> None:
    switch(house)
    house.enrol("minh", "Trần Văn Minh", "inspector", "releaser")
    said = refused(TwoNeeded, lambda: set_to(house, "tightened", "linh"))
    assert said.act == "severity"
    assert refused(TwoNeeded, lambda: set_to(house, "tightened", "linh", "linh")).act == "severity"
    assert refused(MissingRole, lambda: set_to(house, "tightened", "linh", "minh")).role == "planner"
    assert refused(MissingRole, lambda: set_to(house, "tightened", "minh", "linh")).role == "planner"
    with pytest.raises(BadInput, match="missing"):
        set_to(house, "tightened", "linh", "som", why=" ")
    assert refused(SeverityNotSet, lambda: set_to(house, "normal", "linh", "som")).problem == "same"
    assert refused(SeverityNotSet, lambda: set_to(house, "reduced", "linh", "som")).problem == "not_due"
    fact = set_to(house, "tightened", "linh", "som", why="a complaint")
    assert (fact.because, fact.over) == ("decided", 0)
    linh, som = house.hands["linh"], house.hands["som"]
    with pytest.raises(ChangedMeanwhile):
        house.use.set_severity(linh, som, "S1", PRODUCT, "major", "normal", "why", seen=0)
    assert set_to(house, "normal", "som", "linh", why="it was the gauge").because == "decided"
    assert verify(house.database).problems == ()


def test_what_does_not_switch_is_not_set_and_a_procedure_may_forbid_reduced_inspection(house: House) -> None:
    house.approve(rules=RULES, characteristics=())
    assert (
        refused(SeverityNotSet, lambda: set_to(house, "tightened", "linh", "som")).problem == "not_switched"
    )
    switch(house, edition="z1.4", reduced="never")
    lots(house, (f"LOT-{n}" for n in range(11)))
    assert stands(house).state.in_a_row == 11
    assert refused(SeverityNotSet, lambda: set_to(house, "reduced", "linh", "som")).problem == "never_reduced"
    linh, som = house.hands["linh"], house.hands["som"]
    said = refused(
        SeverityNotSet,
        lambda: house.use.set_severity(linh, som, "S1", PRODUCT, "critical", "tightened", "why"),
    )
    assert said.problem == "not_switched"


def test_reduced_inspection_that_was_approved_beforehand_comes_by_itself_and_one_leaves_it(
    house: House,
) -> None:
    switch(house, edition="z1.4", reduced="beforehand")
    lots(house, (f"LOT-{n}" for n in range(10)))
    found = stands(house)
    assert (found.state.severity, found.state.reason.because, found.by) == ("reduced", "ten_accepted", ())
    assert set_to(house, "normal", "linh", why="the line stood still").because == "irregular"
    assert stands(house).state.reason.said == "the line stood still"
    assert verify(house.database).problems == ()


def test_a_batch_counts_once_and_never_after_rework(house: House) -> None:
    switch(house)
    lot(house, "LOT-1", bad=True)
    before = stands(house).seq
    linh, som = house.hands["linh"], house.hands["som"]
    house.use.dispose_batch(linh, som, "LOT-1", "rework", "polish")
    house.use.record_rework(house.sittings["linh"], "LOT-1", (house.maker("Phạm Văn Anh"),))
    opened = house.start("linh", "LOT-1").opened
    assert (opened.plan.severity, opened.severity_reason) == ("tightened", "after_rework")
    assert {one.table.severity for one in opened.plan.classes if one.table} == {"tightened"}
    house.check("linh", "LOT-1")
    house.check("som", "LOT-1")
    assert stands(house).seq == before
    house.disagreed(number="LOT-2")
    house.use.reject_after_all(linh, "LOT-2", "it is cracked")
    counted = stands(house)
    assert counted.state.recent == (
        Lot("LOT-1", accepted=False),
        Lot("LOT-2", accepted=True),
    )  # each class by itself
    assert verify(house.database).problems == ()


def test_goods_of_ones_own_and_other_suppliers_stand_by_themselves(house: House) -> None:
    switch(house)
    lots(house, ("LOT-1", "LOT-2"), bad=True)
    number = house.batch(makers=(house.maker("Phạm Văn Anh"),))
    assert house.start("linh", number).opened.plan.severity == "normal"
    with house.use.look() as uow:
        assert uow.severities(None, PRODUCT, PROCEDURE) == {}
    assert stands(house).state.severity == "tightened"


def test_a_batch_whose_pinned_severity_is_another_is_not_released(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(house)
    lots(house, ("LOT-1", "LOT-2"), bad=True)
    number = house.batch()
    with monkeypatch.context() as changed:
        changed.setattr(start_check, "next_plan", lambda uow, batch, version: (
            plans_for(version.content.rules, batch.saved.quantity, "normal"), ()
        ))  # fmt: skip
        house.check("linh", number)
    house.check("som", number)
    with pytest.raises(Unverified):
        house.use.release_batch(house.hands["som"], number)
    assert {p.code for p in verify(house.database).problems} >= {"rule_severity", "rule_plan"}
    honest = house.accepted()
    house.use.release_batch(house.hands["som"], honest)
    assert house.state(honest) == "released"


def test_a_verdict_that_leaves_the_severities_out_does_not_verify(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(house)
    lot(house, "LOT-1", bad=True)
    with monkeypatch.context() as changed:
        changed.setattr(sign_check, "switched_by", lambda *_: None)
        lot(house, "LOT-2", bad=True)
    assert stands(house).state.severity == "normal"
    assert [p.code for p in verify(house.database).problems] == ["rule_switching"]


def test_rebuilt_tables_say_the_same(house: House) -> None:
    switch(house)
    lots(house, ("LOT-1", "LOT-2"), bad=True)
    set_to(house, "normal", "linh", "som")
    with house.begin() as uow:
        uow.reckon_tables()
        assert uow.rewrite_tables() == 0
    assert stands(house).state.reason.because == "decided"
