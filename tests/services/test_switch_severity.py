# SPDX-License-Identifier: Apache-2.0
"""Severities switch from lot to lot: what a verdict makes of them, what rounds pin, and what two people set."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from qcdesk.domain.events import RoundOpened, SeveritySet
from qcdesk.domain.refusals import (
    InspectionDiscontinued,
    SeverityNotSet,
)
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.switching import Standing, Switching
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
    lot(house, "LOT-30", bad=True)
    assert (stands(house).state.severity, stands(house).state.reason.because) == ("normal", "not_accepted")
    assert verify(house.database).problems == ()
