# SPDX-License-Identifier: Apache-2.0
"""What honest people do with the program as it is, and the replay of the log holds to be within the rules as well."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qcdesk.domain.events import InstrumentSaved, RoleTaken
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import (
    AlreadyEnrolled,
    Blind,
    CheckClosed,
    ClockBlocked,
    InstrumentOverdue,
    MeasuredBehind,
    MissingRole,
    ProcedureOverdue,
    RoleNotHeld,
    SheetNotNeeded,
)
from qcdesk.services.record_entries import Entries, NewFinding, NewReading
from qcdesk.store.verification import verify
from tests.store.conftest import (
    clock,
    database,
    house,
    location,
    made_house,
    postgresql_house,
    postgresql_server,
    sqlite_house,
    sqlite_template,
)
from tests.workspace import PROCEDURE, House, content, secret

__all__ = [
    "clock",
    "database",
    "house",
    "location",
    "made_house",
    "postgresql_house",
    "postgresql_server",
    "sqlite_house",
    "sqlite_template",
]
"""Both engines, as the tests of the store have them."""


def holds(house: House) -> None:
    """Nothing is found by a whole verification."""
    assert verify(house.database).problems == ()


# One staff number stands for one person at a time --------------------------------------------------------------------


def test_staff_number_that_a_listed_person_no_longer_has_is_free_for_another(house: House) -> None:
    linh, som, sitting = house.hands["linh"], house.hands["som"], house.sittings["linh"]
    petra = house.use.list_person(sitting, "Petra", "5000")
    with pytest.raises(AlreadyEnrolled):
        house.use.list_person(sitting, "Quirin", "5000")
    house.use.enrol(
        linh, som, login="petra", name="Petra", roles=("inspector",), secret=secret("petra"), staff="6000",
        listed=petra.person,
    )  # fmt: skip
    house.use.list_person(sitting, "Quirin", "5000")
    with pytest.raises(AlreadyEnrolled):
        house.use.list_person(sitting, "Rosa", "6000")
    holds(house)


# A time that is set back by two ---------------------------------------------------------------------------------------


def test_check_begun_under_a_clock_ahead_is_signed_after_the_clock_was_corrected(house: House) -> None:
    number = house.batch()
    house.clock.forward(days=2)
    started = house.start("linh", number)
    house.clock.forward(days=-2)
    house.use.correct_clock(
        house.hands["linh"], house.hands["som"], house.clock.now(), "it was two days ahead"
    )
    house.record("linh", started)
    assert house.sign("linh", started).fact.seen.seconds == 0
    holds(house)


# What lapses, under the clock of another station ----------------------------------------------------------------------


def ahead_for_one_entry(house: House, days: int) -> None:
    """Let one entry be written under a clock so many days ahead."""
    house.clock.forward(days=days)
    house.use.list_person(house.sittings["linh"], "Somebody")
    house.clock.forward(days=-days)


def test_entry_under_a_right_clock_is_judged_by_that_clock_where_the_log_is_ahead(house: House) -> None:
    today = house.clock.today()
    house.use.save_instrument(
        house.sittings["linh"],
        InstrumentSaved("", "CAL-1", "caliper", calibrated_until=today + timedelta(days=20)),
    )
    huy = house.enrol("huy", "Trần Văn Huy")
    grant = RoleGrant("inspector", until=today + timedelta(days=20))
    house.use.grant_role(house.hands["linh"], house.hands["som"], huy.person, grant)
    number = house.batch()
    ahead_for_one_entry(house, 40)
    started = house.start("huy", number)  # by a role that is good for twenty days
    house.use.record(
        house.sittings["huy"], Entries(started.check, readings=(NewReading(1, "DIA", "12.03", "CAL-1"),))
    )
    holds(house)


def test_what_has_lapsed_by_the_right_clock_is_refused_all_the_same(house: House) -> None:
    until = house.clock.today() + timedelta(days=20)
    house.use.save_instrument(
        house.sittings["linh"], InstrumentSaved("", "CAL-1", "caliper", calibrated_until=until)
    )
    started = house.start("linh", house.batch())
    house.clock.forward(days=21)
    with pytest.raises(InstrumentOverdue):
        house.use.record(
            house.sittings["linh"], Entries(started.check, readings=(NewReading(1, "DIA", "12.03", "CAL-1"),))
        )


def test_no_act_is_signed_under_the_right_clock_until_two_have_named_the_time(house: House) -> None:
    huy = house.enrol("huy", "Trần Văn Huy")
    grant = RoleGrant("inspector", until=house.clock.today() + timedelta(days=20))
    house.use.grant_role(house.hands["linh"], house.hands["som"], huy.person, grant)
    started = house.start("huy", house.batch())
    ahead_for_one_entry(house, 40)
    house.record("huy", started)
    with pytest.raises(ClockBlocked):
        house.sign("huy", started)
    house.use.correct_clock(house.hands["linh"], house.hands["som"], house.clock.now(), "a station was ahead")
    house.sign("huy", started)
    house.clock.forward(days=21)
    with pytest.raises(MissingRole):
        house.start("huy", house.batch("LATER"))
    holds(house)


# A photo that is not there --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("photo", ["ab" * 32, "", "..", "/etc/hostname", "../qcdesk.sqlite"])
def test_finding_that_names_a_photo_never_kept_is_refused(house: House, photo: str) -> None:
    started = house.start("linh", house.batch())
    with pytest.raises(BadInput):
        house.use.record(
            house.sittings["linh"],
            Entries(started.check, findings=(NewFinding(1, "SCR", photo_original=photo),)),
        )
    with pytest.raises(BadInput) as refused:
        house.use.record(
            house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "SCR", photo=photo),))
        )
    assert refused.value.code == "unknown_photo"
    holds(house)


# Whose role has just ended, by the day of the workstation ------------------------------------------------------------


def ends_today(house: House, login: str, name: str) -> None:
    """Enrol somebody whose only role that does more than read ends today, and let it be one in the morning after."""
    house.enrol(login, name, "auditor")
    grant = RoleGrant("inspector", until=house.clock.today())
    house.use.grant_role(house.hands["linh"], house.hands["som"], login, grant)
    house.clock.forward(seconds=17 * 3_600)
    for present in ("linh", "som", login):
        house.sit(present)


def test_recovery_sheet_stands_in_on_the_day_after_the_other_ones_last_role_ended(house: House) -> None:
    ends_today(house, "eva", "Eva Ek")
    house.use.suspend(house.hands["linh"], "som", "away")
    sheet = house.use.open_sheet(house.recovery_code)
    house.use.lift_suspension(house.hands["linh"], sheet, "som")
    house.use.revoke_key(house.hands["som"], None, "som", "lost")
    sheet = house.use.open_sheet(sheet.next_code)
    house.use.enrol_new_key(house.hands["linh"], sheet, "som", secret("som"))
    holds(house)


def test_recovery_sheet_stands_in_for_nobody_on_the_last_day_of_a_role(house: House) -> None:
    house.enrol("eva", "Eva Ek", "auditor")
    grant = RoleGrant("inspector", until=house.clock.today())
    house.use.grant_role(house.hands["linh"], house.hands["som"], "eva", grant)
    house.use.revoke_key(house.hands["som"], None, "som", "lost")
    with pytest.raises(SheetNotNeeded):
        house.use.enrol_new_key(
            house.hands["linh"], house.use.open_sheet(house.recovery_code), "som", secret("som")
        )


def test_first_check_is_seen_by_an_inspector_whose_role_ended_yesterday(house: House) -> None:
    ends_today(house, "eva", "Eva Ek")
    number = house.batch()
    house.check("linh", number)
    house.use.look_at_first(house.sittings["eva"], number, "batch page")
    house.check("som", number)
    house.use.release_batch(house.hands["som"], number)
    holds(house)


# Who looks at the first check while the second one runs ---------------------------------------------------------------


def test_first_check_is_seen_by_others_and_not_by_the_second_while_the_second_runs(house: House) -> None:
    house.enrol("eva", "Eva Ek")
    number = house.batch()
    house.check("linh", number)
    second = house.start("som", number)
    house.use.look_at_first(house.sittings["eva"], number, "batch page")
    with pytest.raises(Blind):
        house.use.look_at_first(house.sittings["som"], number, "batch page")
    house.record("som", second)
    house.sign("som", second)
    house.use.release_batch(house.hands["som"], number)
    holds(house)


# A second click ---------------------------------------------------------------------------------------------------------


def test_a_role_that_is_not_held_is_not_taken_away(house: House) -> None:
    house.enrol("eva", "Eva Ek")
    house.use.take_role(house.hands["linh"], "eva", "inspector")
    with pytest.raises(RoleNotHeld):
        house.use.take_role(house.hands["som"], "eva", "inspector")
    holds(house)


def test_what_takes_away_nothing_is_not_held_against_the_log(house: House) -> None:
    eva = house.enrol("eva", "Eva Ek")
    with house.begin() as uow:
        uow.append(RoleTaken(eva.person, "planner"), house.hands["linh"])
        uow.commit()
    holds(house)


# A check whose round began anew ----------------------------------------------------------------------------------------


def test_open_check_of_a_round_that_began_anew_is_not_set_aside(house: House) -> None:
    number = house.batch()
    house.enrol("eva", "Eva Ek")
    left = house.start("eva", number)
    anew = content(house.id("linh"), title="Housing cover, again")
    house.use.draft_procedure(house.sittings["linh"], PROCEDURE, anew)
    house.use.approve_procedure(house.hands["som"], PROCEDURE, open_batches="re_inspect")
    with pytest.raises(CheckClosed):
        house.use.set_aside(house.sittings["eva"], left.check, "the round is over")
    house.check("linh", number)
    house.check("som", number)
    house.use.release_batch(house.hands["som"], number)
    holds(house)


# What was entered while the clock stood behind ------------------------------------------------------------------------


def in_the_past(house: House, days: int) -> None:
    """Set the clock back, as the person at the workstation can; the steady one goes on."""
    house.clock.at -= days * 86_400_000_000


def test_a_round_opened_under_a_clock_set_back_is_not_signed_by_an_overdue_procedure(house: House) -> None:
    number = house.batch()
    house.clock.forward(days=400)
    for login in ("linh", "som"):
        house.sit(login)
    with pytest.raises(ProcedureOverdue):
        house.start("linh", number)
    in_the_past(house, 390)
    started = house.start("linh", number)
    house.record("linh", started)
    in_the_past(house, -390)
    with pytest.raises(ProcedureOverdue):
        house.sign("linh", started)
    grace = house.clock.today() + timedelta(days=5)
    house.use.grant_grace(house.hands["linh"], house.hands["som"], PROCEDURE, grace, "being reviewed")
    house.sign("linh", started)
    house.check("som", number)
    house.use.release_batch(house.hands["som"], number)
    with house.use.look() as uow:
        signed = {s.place: s.clock_behind for s in uow.sign_offs(uow.batch(number).round or "")}
    assert signed == {"first": True, "second": False, "release": False}
    holds(house)


def test_readings_taken_under_a_clock_set_back_are_not_signed_by_an_instrument_past_its_day(
    house: House,
) -> None:
    until = house.clock.today() + timedelta(days=20)
    for name in ("CAL-1", "CAL-2"):
        good = until if name == "CAL-1" else until + timedelta(days=300)
        house.use.save_instrument(house.sittings["linh"], InstrumentSaved("", name, "caliper", good))
    started = house.start("linh", house.batch())
    house.record("linh", started)
    house.clock.forward(days=21)
    house.sit("linh")
    in_the_past(house, 10)
    measured = Entries(started.check, readings=(NewReading(1, "DIA", "12.03", "CAL-1", "measured"),))
    house.use.record(house.sittings["linh"], measured)
    in_the_past(house, -10)
    with pytest.raises(MeasuredBehind) as refused:
        house.sign("linh", started)
    assert (refused.value.instrument, refused.value.due, refused.value.units) == ("CAL-1", until, (1,))
    again = Entries(started.check, readings=(NewReading(1, "DIA", "12.03", "CAL-2", "in calibration"),))
    house.use.record(house.sittings["linh"], again)
    house.sign("linh", started)
    holds(house)
