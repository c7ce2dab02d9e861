# SPDX-License-Identifier: Apache-2.0
"""What honest people do with the program as it is, and the replay of the log holds to be within the rules as well."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qcdesk.domain.events import InstrumentSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import AlreadyEnrolled, ClockBlocked, InstrumentOverdue, MissingRole
from qcdesk.services.record_entries import Entries, NewFinding, NewReading
from qcdesk.store.verification import verify
from tests.store.conftest import clock, database, house, location, postgresql_server, sqlite_template
from tests.workspace import House, secret

__all__ = ["clock", "database", "house", "location", "postgresql_server", "sqlite_template"]
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
    with pytest.raises(BadInput) as refused:
        house.use.record(
            house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "SCR", photo=photo),))
        )
    assert refused.value.code == "unknown_photo"
    holds(house)
