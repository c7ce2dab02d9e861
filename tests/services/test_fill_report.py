# SPDX-License-Identifier: Apache-2.0
"""What the report says is what was signed: every finding, the third person's part, nothing before its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from qcdesk.domain.events import InstrumentSaved, Resolution
from qcdesk.domain.people import Role
from qcdesk.domain.refusals import Blind, Unverified, WrongState
from qcdesk.i18n import Catalogue
from qcdesk.services.fill_report import fill_inspection_report
from qcdesk.services.inspection_report import Gauge, InspectionReport
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult, Withdraw
from qcdesk.store.readers import SqlReaders
from qcdesk.wording.marks import of_version
from tests.workspace import PROCEDURE, House, content, refused, secret, standing


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = standing(tmp_path / "workspace")
    yield made
    made.database.dispose()


def report(house: House, batch: str, login: str = "linh", round_no: int | None = None) -> InspectionReport:
    with house.use.look() as uow:
        return fill_inspection_report(
            uow,
            batch,
            house.id(login),
            on=house.clock.today(),
            now=house.clock.now(),
            zone=UTC,
            picture=lambda _: None,
            head=(1, "0" * 64),
            site="ABCD",
            round_no=round_no,
        )


def test_several_findings_of_one_code_on_one_unit_all_stand_on_paper(house: House) -> None:
    batch = house.batch()
    begun = house.start("linh", batch)
    house.record("linh", begun)
    notes = ("left edge", "right edge", "top")
    house.use.record(
        house.sittings["linh"],
        Entries(begun.check, findings=tuple(NewFinding(1, "SCR", note=n) for n in notes)),
    )
    house.sign("linh", begun)
    house.check("som", batch, {1: "SCR"})
    found = report(house, batch).defects
    assert [(d.note, d.found_by) for d in found] == [(n, "both") for n in notes]


def test_what_the_second_person_says_of_the_same_defect_is_not_lost(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "SCR"})
    begun = house.start("som", batch)
    house.record("som", begun)
    house.use.record(
        house.sittings["som"], Entries(begun.check, findings=(NewFinding(1, "SCR", note="10 mm long"),))
    )
    house.sign("som", begun)
    assert [d.note for d in report(house, batch).defects] == ["", "10 mm long"]


def test_a_withdrawn_finding_is_printed_as_withdrawn(house: House) -> None:
    batch = house.batch()
    begun = house.start("linh", batch)
    house.record("linh", begun, {2: "DEN"})
    with house.use.look() as uow:
        finding = uow.work(begun.check).findings[0].id
    house.use.record(house.sittings["linh"], Entries(begun.check, withdraw=(Withdraw(finding, "a shadow"),)))
    house.sign("linh", begun)
    house.check("som", batch)
    (line,) = report(house, batch).defects
    assert (line.withdrawn, line.withdrawn_reason, line.found_by) == (True, "a shadow", "first")


def test_after_a_decision_the_report_tells_the_decision_and_not_the_disagreement(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    batch = house.disagreed()
    assert report(house, batch).reasons == ("verdicts_differ", "critical_by_one")
    third = house.start("huy", batch)
    house.use.resolve(house.sittings["huy"], third.check, (Resolution(1, "CRK", "critical", 1, holds=False),))
    house.use.decide(house.hands["huy"], third.check)
    filled = report(house, batch)
    assert filled.reasons == ()
    assert filled.decision is not None
    assert (filled.decision.outcome, filled.decision.by) == ("accepted", "Trần Văn Huy")
    assert [s.meaning for s in filled.signatures] == [
        "inspected_by",
        "inspected_independently_by",
        "decided_by",
    ]


def test_the_report_of_a_first_check_is_closed_to_whoever_may_be_second(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    with pytest.raises(Blind):
        report(house, batch, "som")
    assert report(house, batch, "linh").state == "awaiting_second"


def test_nothing_is_printed_of_a_batch_nobody_checked(house: House) -> None:
    with pytest.raises(WrongState):
        report(house, house.batch())


def test_nothing_is_printed_of_an_own_check_that_is_not_signed(house: House) -> None:
    batch = house.batch()
    house.record("linh", house.start("linh", batch), {1: "DEN"})
    said = refused(WrongState, lambda: report(house, batch))
    assert (said.batch, said.state, said.act) == (batch, "first_check", "report")


def test_nothing_is_printed_of_a_round_that_ended_before_both_had_signed(house: House) -> None:
    """Whoever is to check the next round could otherwise read there what the first person of this one found."""
    batch = house.batch()
    first = house.check("linh", batch, {1: "DEN"})
    house.use.retract_check(house.hands["linh"], first.fact.check, "typing mistake")
    for login in ("linh", "som"):
        refused(WrongState, lambda login=login: report(house, batch, login, 1))  # type: ignore[misc]
    house.start("linh", batch)
    refused(WrongState, lambda: report(house, batch, "som", 1))


def test_nothing_is_printed_of_a_first_check_that_a_new_version_has_made_void(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "DEN"})
    house.use.draft_procedure(
        house.sittings["linh"], PROCEDURE, content(house.id("linh"), title="Wider limits")
    )
    house.use.approve_procedure(house.hands["som"], PROCEDURE, open_batches="re_inspect")
    for login in ("linh", "som"):
        refused(WrongState, lambda login=login: report(house, batch, login, 1))  # type: ignore[misc]


def test_every_instrument_is_told_by_check_with_the_date_that_it_had(house: House) -> None:
    kind = replace(content(house.id("linh")).characteristics[0], instrument_type="caliper")
    house.approve(characteristics=(kind,))
    ends = {"CAL-1": date(2026, 3, 2), "CAL-2": date(2027, 1, 1), "CAL-3": date(2027, 1, 1)}
    for number, until in ends.items():
        house.use.save_instrument(
            house.sittings["linh"], InstrumentSaved("", number, "caliper", calibrated_until=until)
        )
    batch = house.batch()
    for login, first in (("linh", "CAL-1"), ("som", "CAL-2")):
        begun = house.start(login, batch)
        units = begun.opened.sample
        readings = tuple(
            NewReading(n, "DIA", "12.03", first if n == 1 else "CAL-3") for n in range(1, len(units) + 1)
        )
        results = tuple(NewResult(n) for n in range(1, len(units) + 1))
        house.use.record(house.sittings[login], Entries(begun.check, results=results, readings=readings))
        house.sign(login, begun)
    assert set(report(house, batch).measured[0].instruments) == {
        Gauge("CAL-1", ends["CAL-1"], "first"),
        Gauge("CAL-2", ends["CAL-2"], "second"),
        Gauge("CAL-3", ends["CAL-3"], None),
    }


def test_who_rejected_after_all_stands_among_the_signatures_and_the_round_is_called_rejected(
    house: House,
) -> None:
    batch = house.disagreed()
    assert [s.meaning for s in report(house, batch).signatures][2:] == []
    house.use.reject_after_all(house.hands["linh"], batch, "it is a crack indeed")
    said = report(house, batch)
    last = said.signatures[-1]
    assert said.state == "rejected"
    assert (last.meaning, last.name, last.reason) == (
        "rejected_after_all_by",
        "Nguyễn Thị Linh",
        "it is a crack indeed",
    )
    worker = house.maker("Lê Văn Tám")
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld")
    house.use.record_rework(house.sittings["linh"], batch, (worker,))
    house.check("linh", batch)
    house.check("som", batch)
    (before,) = report(house, batch).earlier
    assert (before.outcome, before.rejected_by, before.reason) == (
        "rejected",
        "Nguyễn Thị Linh",
        "it is a crack indeed",
    )


def test_nothing_is_printed_of_a_batch_that_does_not_verify(house: House) -> None:
    batch = house.accepted()
    with house.database.engine.connect() as connection:
        rules = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()
        for (name,) in rules:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE reading SET value = '12.01'")
        connection.commit()
    assert refused(Unverified, lambda: report(house, batch)).batch == batch


def test_an_earlier_round_stays_readable(house: House) -> None:
    worker = house.maker("Lê Văn Tám")
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld")
    house.use.record_rework(house.sittings["linh"], batch, (worker,))
    house.check("som", batch)
    house.check("linh", batch)
    assert report(house, batch, round_no=1).state == "rejected"
    now = report(house, batch)
    assert (now.state, [e.outcome for e in now.earlier]) == ("accepted", ["rejected"])


def test_what_a_check_had_come_to_that_was_taken_back_is_printed_once_all_have_signed(house: House) -> None:
    batch = house.batch()
    first = house.check("linh", batch, dict.fromkeys(range(1, 4), "DEN"))
    house.use.retract_check(house.hands["linh"], first.fact.check, "typing mistake")
    house.check("linh", batch)
    house.check("som", batch)
    (earlier,) = report(house, batch).earlier
    (taken,) = earlier.taken_back
    assert (taken.place, taken.person, taken.verdict) == ("first", "Nguyễn Thị Linh", "rejected")
    assert dict(taken.counted)["major"] == 3


def test_who_came_by_the_recovery_sheet_and_approved_the_limits_is_marked(house: House) -> None:
    use, linh = house.use, house.hands["linh"]
    plain = house.batch()
    house.check("linh", plain)
    house.check("som", plain)
    use.suspend(linh, "som", "on leave")
    roles: tuple[Role, ...] = ("inspector", "planner", "administrator")
    sheet = use.open_sheet(house.recovery_code)
    use.enrol(linh, sheet, login="huy", name="Trần Văn Huy", roles=roles, secret=secret("huy"))
    huy = house.sit("huy")
    use.draft_procedure(house.sittings["linh"], PROCEDURE, content(house.id("linh"), title="Wider limits"))
    use.approve_procedure(huy, PROCEDURE)
    use.lift_suspension(linh, huy, "som")
    batch = house.batch("DA-2")
    house.check("linh", batch)
    house.check("som", batch)
    marked = {
        row.version.version: row.version
        for row in SqlReaders(house.database.reading, use.look).procedures(house.clock.today())
    }
    words = Catalogue()
    assert not of_version(marked[1], words)
    (mark,) = of_version(marked[2], words)
    assert mark.startswith("Enrolled by way of the recovery sheet of ")
    approved = report(house, batch).procedure
    assert (approved.approved_by, approved.by_sheet) == ("Trần Văn Huy", house.clock.today())
    assert report(house, plain).procedure.by_sheet is None
