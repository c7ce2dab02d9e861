# SPDX-License-Identifier: Apache-2.0
"""Refusals that offer a way on where they are shown: the clock is corrected by two, a sitting that is over goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from qcdesk.domain.refusals import SittingOver
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.workspace import Bench, House, secret

MINUTE_S, HOUR_S = 60, 3_600


def kinds(house: House) -> list[str]:
    """Return the types of all events in order."""
    with house.database.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT type FROM line ORDER BY seq")]


def sign_for_two(hands: Hands, first: str, second: str) -> None:
    """Type the secrets of two people into the sheet that is on top."""
    sheet = hands.program.running.over_sheet
    sheet.secret.password.setText(secret(first))
    sheet.other.set_value(second)
    sheet.other_secret.password.setText(secret(second))


def blocked_release(hands: Hands, house: House) -> str:
    """Let Som try to release while the clock is three hours behind the log; the batch."""
    number = house.accepted()
    hands.sign_in("som")
    hands.open_batch(number)
    hands.act("Release")
    hands.see("I release 20 pcs")
    house.clock.forward(seconds=-3 * HOUR_S)
    hands.type(secret("som"))
    hands.see("behind the last event, so nothing is signed.")
    return number


def test_blocked_clock_is_corrected_by_two_where_it_was_refused_and_the_act_goes_on(
    hands: Hands, house: House
) -> None:
    number = blocked_release(hands, house)
    assert house.state(number) == "accepted"
    hands.press("Correct the clock with two people")
    hands.see("We name the true time.")
    hands.settle()
    over = hands.program.running.over_sheet
    over.fill("said", "the log held a time from the future")
    sign_for_two(hands, "som", "linh")
    hands.press("Sign the true time")
    hands.until(lambda: not over.isVisible(), "the end of the sheet on top")
    hands.settle()
    assert "clock.corrected" in kinds(house)
    assert hands.program.running.ask_sheet.isVisible()  # the release is still there, as it was
    assert not hands.reads("behind the last event")
    hands.type(secret("som"))
    hands.see("Record a shipment")
    assert house.state(number) == "released"
    assert verify(house.database).problems == ()


def test_one_person_alone_corrects_no_clock(hands: Hands, house: House) -> None:
    number = blocked_release(hands, house)
    hands.press("Correct the clock with two people")
    hands.see("We name the true time.")
    hands.settle()
    over = hands.program.running.over_sheet
    over.fill("said", "let me")
    over.secret.password.setText(secret("som"))
    hands.press("Sign the true time")
    hands.see("Choose who signs with you.")
    over.other.set_value("linh")
    over.other_secret.password.setText(secret("som"))  # who is not Linh
    over.secret.password.setText(secret("som"))
    hands.press("Sign the true time")
    hands.see("Wrong password for linh.")
    assert "clock.corrected" not in kinds(house)
    over.close_sheet()
    hands.type(secret("som"))
    hands.see("behind the last event, so nothing is signed.")
    assert house.state(number) == "accepted"


def test_true_time_years_off_is_asked_about_before_it_counts(hands: Hands, house: House) -> None:
    blocked_release(hands, house)
    hands.press("Correct the clock with two people")
    hands.see("We name the true time.")
    hands.settle()
    over = hands.program.running.over_sheet
    over.fill("said", "the battery was empty")
    over.fill("day", "2036-03-02")
    sign_for_two(hands, "som", "linh")
    hands.press("Sign the true time")
    hands.see(" days from what the clock here reads")
    hands.settle()
    assert "clock.corrected" not in kinds(house)
    sign_for_two(hands, "som", "linh")
    hands.press("Sign it as the true time")
    hands.until(lambda: "clock.corrected" in kinds(house), "the true time in the log")


def test_time_of_day_that_is_none_is_said_beside_its_field(hands: Hands, house: House) -> None:
    blocked_release(hands, house)
    hands.press("Correct the clock with two people")
    hands.see("We name the true time.")
    hands.settle()
    over = hands.program.running.over_sheet
    over.fill("said", "the battery was empty")
    over.fill("time", "half past two")
    sign_for_two(hands, "som", "linh")
    hands.press("Sign the true time")
    hands.see("“half past two” is no time of day.")
    assert "clock.corrected" not in kinds(house)


def begin_check(hands: Hands, house: House) -> Bench:
    """Let Linh begin a first check in the window, whose own timer fails; the workstation's steady clock."""
    number = house.batch()
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.act("Make the first check")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    hands.program.running.window.idle.end()
    bench = house.use.workstation
    assert isinstance(bench, Bench)
    bench.steady_us = house.clock.at
    hands.program.running.who.sitting.touch()  # type: ignore[union-attr]
    return bench


def test_entry_after_the_idle_time_is_refused_by_the_service_and_what_was_typed_is_kept(
    hands: Hands, house: House
) -> None:
    bench = begin_check(hands, house)
    assert bench.steady_us is not None
    bench.steady_us += (10 * MINUTE_S + 1) * 1_000_000
    hands.measure("12.03")
    hands.settle()
    hands.see("nobody worked here for 10 minutes.")
    assert hands.here == "runner"
    assert kinds(house)[-1] == "session.closed"
    assert "check.recorded" not in kinds(house)
    hands.press("Sign in again")
    hands.see("I am still here")
    hands.settle()
    hands.program.running.over_sheet.secret.password.setText(secret("linh"))
    hands.press("Go on")
    hands.until(lambda: not hands.program.running.over_sheet.isVisible(), "the end of the sheet on top")
    hands.settle()
    assert not hands.reads("nobody worked here")
    page = hands.program.running.runner.page
    assert page is not None
    assert [m.typed for m in page.measured] == ["12.03"]  # nobody typed it twice
    hands.inspect({})
    hands.sign("linh")
    hands.until(lambda: hands.here == "board", "the board after signing")
    assert verify(house.database).problems == ()


def test_nobody_else_goes_on_in_a_sitting_that_is_over(hands: Hands, house: House) -> None:
    bench = begin_check(hands, house)
    assert bench.steady_us is not None
    bench.steady_us += 11 * MINUTE_S * 1_000_000
    hands.measure("12.03")
    hands.press("Sign in again")
    hands.see("I am still here")
    hands.settle()
    hands.program.running.over_sheet.secret.password.setText(secret("som"))
    hands.press("Go on")
    hands.see("Wrong password for linh.")
    who = hands.program.running.who
    assert who is not None
    with pytest.raises(SittingOver):
        house.use.list_person(who.sitting, "Anh")


def wake(hands: Hands, house: House) -> None:
    """Touch the window after a sleep of eleven minutes: its timer does not count them, the steady clock does."""
    bench = begin_check(hands, house)
    assert bench.steady_us is not None
    hands.program.running.window.idle.begin()
    bench.steady_us += 11 * MINUTE_S * 1_000_000
    QApplication.sendEvent(hands.window, QEvent(QEvent.Type.Wheel))
    hands.see("I am still here")
    hands.settle()


def test_first_touch_after_a_long_sleep_asks_to_sign_in_again_and_the_work_goes_on(
    hands: Hands, house: House
) -> None:
    wake(hands, house)
    hands.program.running.over_sheet.secret.password.setText(secret("linh"))
    hands.press("Go on")
    hands.until(lambda: not hands.program.running.over_sheet.isVisible(), "the end of the sheet on top")
    hands.settle()
    assert hands.here == "runner"
    hands.measure("12.03")
    assert kinds(house)[-3:] == ["session.closed", "session.opened", "check.recorded"]


def test_whoever_does_not_sign_in_again_after_a_long_sleep_stands_before_the_wall(
    hands: Hands, house: House
) -> None:
    wake(hands, house)
    hands.program.running.over_sheet.secret.password.setText(secret("som"))
    hands.press("Go on")
    hands.see("Wrong password for linh.")
    hands.press("Back, change nothing")
    hands.until(lambda: hands.here == "sign_in", "the wall")
    hands.settle()
    assert hands.program.running.who is None
    assert kinds(house)[-1] == "session.closed"
