# SPDX-License-Identifier: Apache-2.0
"""A sitting is over after its idle minutes by the steady clock: the service refuses, whatever the window did."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import cast

import pytest

from qcdesk.domain.events import SessionClosed, SessionOpened
from qcdesk.domain.refusals import NotActive, NotYourSession, SittingOver
from qcdesk.i18n import Catalogue
from qcdesk.services.record_entries import Entries, NewResult
from qcdesk.services.sittings import Sitting
from qcdesk.store.verification import verify
from qcdesk.wording import problems
from tests.workspace import Bench, House, refused

MINUTE_US = 60_000_000
SECOND_US = 1_000_000


@pytest.fixture
def bench(house: House) -> Bench:
    """The workstation, whose steady clock stands until it is moved on."""
    found = house.use.workstation
    assert isinstance(found, Bench)
    house.approve()
    found.steady_us = house.clock.at
    return found


@pytest.fixture
def sitting(house: House, bench: Bench) -> Sitting:
    """A sitting of ten idle minutes that has just begun."""
    return house.use.open_sitting(house.hands["linh"])


def over(sitting: Sitting) -> str:
    """Return why it is over now."""
    return sitting.over


def wait(bench: Bench, *, minutes: int = 0, seconds: int = 0) -> None:
    assert bench.steady_us is not None
    bench.steady_us += minutes * MINUTE_US + seconds * SECOND_US


def closed(house: House, sitting: Sitting) -> bool:
    """Tell whether the log says that the session is closed."""
    with house.use.look() as uow:
        return sitting.session not in uow.open_sessions(sitting.person)


def test_entry_one_second_after_ten_idle_minutes_is_refused_and_the_session_closed(
    house: House, bench: Bench, sitting: Sitting
) -> None:
    batch = house.batch()
    started = house.use.start_check(sitting, batch)
    wait(bench, minutes=9, seconds=59)
    house.use.record(sitting, Entries(started.check, (NewResult(1),)))  # an entry is a sign of work
    wait(bench, minutes=10, seconds=1)
    with pytest.raises(SittingOver) as refused:
        house.use.record(sitting, Entries(started.check, (NewResult(2),)))
    assert refused.value.idle_minutes == 10
    told = problems.tell(refused.value, Catalogue(), you=None, today=house.clock.today())
    assert told.fact == "The sitting of Nguyễn Thị Linh is over: nobody worked here for 10 minutes."
    assert told.way == "Sign in again to go on. What was saved is safe."
    assert closed(house, sitting)
    with house.use.look() as uow:
        work = uow.work(started.check)
    assert [r.unit for r in work.results] == [1]
    assert verify(house.database).problems == ()


@pytest.mark.parametrize("minutes", [2, 30])
def test_idle_minutes_can_be_set_from_two_to_thirty(house: House, bench: Bench, minutes: int) -> None:
    sitting = house.use.open_sitting(house.hands["linh"], minutes)
    wait(bench, minutes=minutes, seconds=-1)
    assert over(sitting) == ""
    wait(bench, seconds=2)
    assert over(sitting) == "idle"
    with pytest.raises(SittingOver):
        _ = sitting.hand


@pytest.mark.parametrize("minutes", [-1, 0, 1, 31, 100_000])
def test_no_setting_lets_a_sitting_stand_for_less_or_more(
    house: House, sitting: Sitting, minutes: int
) -> None:
    with pytest.raises(ValueError, match="2 to 30"):
        house.use.open_sitting(house.hands["linh"], minutes)
    with pytest.raises(ValueError, match="2 to 30"):
        sitting.keep_for(minutes)


def test_setting_the_time_of_day_neither_lengthens_nor_ends_it(
    house: House, bench: Bench, sitting: Sitting
) -> None:
    house.clock.forward(days=3)
    assert over(sitting) == ""
    wait(bench, minutes=11)
    house.clock.forward(days=-6)
    assert over(sitting) == "idle"


def test_machine_that_was_started_anew_ends_it(bench: Bench, sitting: Sitting) -> None:
    bench.start = "start 2"
    assert over(sitting) == "idle"


def test_who_is_at_work_keeps_it_and_who_comes_back_too_late_does_not(bench: Bench, sitting: Sitting) -> None:
    for _ in range(5):
        wait(bench, minutes=9)
        sitting.touch()
    assert over(sitting) == ""
    wait(bench, minutes=10, seconds=1)
    sitting.touch()
    assert over(sitting) == "idle"


def test_signature_needs_a_sitting_that_stands(house: House, bench: Bench, sitting: Sitting) -> None:
    batch = house.batch()
    started = house.use.start_check(sitting, batch)
    house.record("linh", started)
    wait(bench, minutes=11)
    with pytest.raises(SittingOver):
        house.use.sign_check(house.hands["linh"], sitting, started.check)
    assert house.state(batch) == "first_check"


def test_same_person_signs_in_again_into_the_same_sitting(
    house: House, bench: Bench, sitting: Sitting
) -> None:
    before = sitting.session
    wait(bench, minutes=11)
    with pytest.raises(SittingOver):
        house.use.list_person(sitting, "Anh")
    house.use.sit_down_again(house.hands["linh"], sitting)
    assert sitting.session != before
    assert house.use.list_person(sitting, "Anh").name == "Anh"
    with house.database.reading() as connection:
        kinds = [
            row[0]
            for row in connection.exec_driver_sql(
                "SELECT type FROM line WHERE type LIKE 'session.%' ORDER BY seq DESC LIMIT 2"
            )
        ]
    assert kinds == [SessionOpened.TYPE, SessionClosed.TYPE]
    assert verify(house.database).problems == ()


def test_nobody_else_sits_down_in_it(house: House, bench: Bench, sitting: Sitting) -> None:
    wait(bench, minutes=11)
    with house.use.look() as uow:
        head = uow.head_seq()
    with pytest.raises(NotYourSession):
        house.use.sit_down_again(house.hands["som"], sitting)
    with house.use.look() as uow:
        assert uow.head_seq() == head
    assert over(sitting) == "idle"
    with pytest.raises(NotYourSession):
        sitting.renew(house.sittings["som"].hand)


def test_somebody_suspended_does_not_sit_down(house: House) -> None:
    house.use.suspend(house.hands["som"], "linh", "looks wrong")
    said = refused(NotActive, lambda: house.use.open_sitting(house.hands["linh"]))
    assert (said.person, said.status) == ("Nguyễn Thị Linh", "suspended")


def test_closing_twice_puts_one_line_on_record(house: House, sitting: Sitting) -> None:
    house.use.close_sitting(sitting)
    with house.use.look() as uow:
        head = uow.head_seq()
    house.use.close_sitting(sitting)
    with house.use.look() as uow:
        assert uow.head_seq() == head
    with pytest.raises(SittingOver) as refused:
        house.use.list_person(sitting, "Anh")
    assert refused.value.idle_minutes == 0


def test_it_is_neither_written_nor_shown(sitting: Sitting) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(sitting)
    assert "Linh" not in repr(sitting)


def _entries(house: House) -> dict[str, Callable[[Sitting], object]]:
    """Return acts of every service that takes a sitting; none may look at anything else first."""
    nothing = cast("str", None)
    use = house.use
    names = [
        "list_person", "choose_language", "explain_concern", "save_supplier", "save_product", "save_defect_code",
        "save_instrument", "draft_procedure", "register_batch", "cancel_batch", "stop_batch", "record_rework",
        "ship_batch",
        "ship_unreleased", "print_certificate", "report_defect", "start_check", "record", "set_aside",
        "give_up_place", "look_at_first", "look_at_every_first", "open_reviewed", "resolve", "place_batch",
        "open_action", "say_step", "record_sent", "record_reply", "make_promise",
    ]  # fmt: skip
    more = {
        "explain_concern": 2, "draft_procedure": 2, "cancel_batch": 2, "stop_batch": 3, "record_rework": 2,
        "ship_batch": 3, "ship_unreleased": 4, "set_aside": 2, "give_up_place": 2, "look_at_first": 2,
        "open_reviewed": 2, "resolve": 2, "place_batch": 2, "say_step": 2, "make_promise": 4,
    }  # fmt: skip
    named = {
        "record_sent": ("to", "language", "subject", "text", "attachments"),
        "record_reply": ("sender", "text"),
    }
    return {
        name: lambda s, name=name: getattr(use, name)(  # type: ignore[misc]
            s, *[nothing] * more.get(name, 1), **dict.fromkeys(named.get(name, ()), nothing)
        )
        for name in names
    }


def test_every_entry_of_the_services_is_refused_when_it_is_over(
    house: House, bench: Bench, sitting: Sitting
) -> None:
    wait(bench, minutes=11)
    ended = set()
    for name, enter in _entries(house).items():
        with suppress(SittingOver):
            enter(sitting)
            continue
        ended.add(name)
    assert ended == set(_entries(house))
    taking = {
        name
        for name in dir(type(house.use))
        if "sitting" in getattr(getattr(type(house.use), name), "__annotations__", {})
    }
    others = {"close_sitting", "sit_down_again", "sign_check", "signing_page", "_entering"}
    assert taking - others == set(_entries(house))
