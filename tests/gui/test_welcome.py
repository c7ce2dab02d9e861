# SPDX-License-Identifier: Apache-2.0
"""Who has just signed in sees failed tries until saying so, the last signature, uses of the sheet, and who is locked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest

from qcdesk.domain.refusals import Refusal
from qcdesk.gui.asking import Who
from qcdesk.gui.problems import Told
from qcdesk.gui.welcome import Welcome
from qcdesk.services.sittings import Sitting
from tests.gui.screens.conftest import EN, Desk, Remembers, desk, workspace
from tests.workspace import House, secret

__all__ = ("desk", "workspace")


class Above:
    """The lines that stand above every page."""

    def __init__(self) -> None:
        self.lines: dict[str, tuple[Told, str, Callable[[], None]]] = {}

    def tell(self, name: str, told: Told, act: str, go: Callable[[], None], *, loud: bool = False) -> None:
        self.lines[name] = (told, act, go)

    def take_back(self, name: str) -> None:
        self.lines.pop(name, None)

    def facts(self) -> list[str]:
        return [told.fact for told, _act, _go in self.lines.values()]


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.above = Above()
        self.now: Sitting | None = None
        self.went: list[str] = []
        self.welcome = Welcome(
            self.above,
            desk.house.use,
            desk.tasks,
            EN,
            desk.problems(Remembers()).show,
            lambda: self.now,
            desk.notices.append,
            self.went.append,
        )

    def sign_in(self, login: str) -> None:
        self.desk.house.sit(login)
        self.now = self.desk.house.sittings[login]
        self.welcome.begin(Who(self.now, login, login, "Inspector"))


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def fail(house: House, login: str, times: int) -> None:
    for _ in range(times):
        with contextlib.suppress(Refusal):
            house.use.open_hand(login, "not this one")
        house.clock.forward(seconds=400)


def test_failed_tries_are_told_with_time_and_place_until_they_were_seen(page: Page) -> None:
    house = page.desk.house
    fail(house, "som", 2)
    page.sign_in("som")
    told, act, go = page.above.lines["failed"]
    assert told.fact.startswith("2 tries failed in your name: ")
    assert told.fact.endswith(" at bench 1 by the window.")
    assert "Last signed by you" in told.way
    assert act == "I have seen it"
    page.welcome.tick()
    assert "failed" in page.above.lines
    page.sign_in("som")
    assert "failed" in page.above.lines  # nobody has said to have seen it
    _told, _act, go = page.above.lines["failed"]
    go()
    assert page.above.lines == {}
    page.sign_in("som")
    assert page.above.lines == {}


def test_other_peoples_failed_tries_are_not_told_to_who_does_not_look_after_the_shop(page: Page) -> None:
    house = page.desk.house
    house.enrol("hoa", "Lê Thị Hoa", "inspector")
    fail(house, "som", 2)
    page.sign_in("hoa")
    page.welcome.tick()
    assert page.above.lines == {}


def test_administrator_is_told_at_once_of_others_failed_tries_in_one_line_until_they_were_seen(
    page: Page,
) -> None:
    house = page.desk.house
    house.enrol("hoa", "Lê Thị Hoa", "inspector")
    page.sign_in("linh")
    assert page.above.lines == {}
    fail(house, "hoa", 1)
    page.welcome.tick()
    (fact,) = page.above.facts()
    assert fact.endswith(": 1 try failed for Lê Thị Hoa at bench 1 by the window.")
    fail(house, "hoa", 4)
    fail(house, "som", 2)
    page.welcome.tick()
    told, act, go = page.above.lines["others"]
    assert len(page.above.lines) == 1 and act == "I have seen it"
    assert "5 tries in a row failed for Lê Thị Hoa" in told.fact
    assert "2 tries in a row failed for สมชาย ศรีสุข" in told.fact
    go()
    page.welcome.tick()
    page.sign_in("linh")
    assert page.above.lines == {}
    fail(house, "hoa", 1)
    page.welcome.tick()
    (fact,) = page.above.facts()
    assert "1 try failed for Lê Thị Hoa" in fact


def test_last_signature_is_told_at_every_sign_in(page: Page) -> None:
    house = page.desk.house
    number = house.batch()
    house.check("linh", number)
    page.sign_in("linh")
    assert page.desk.notices[-1].startswith("Last signed by you, ")
    assert f"{number}: A check was signed." in page.desk.notices[-1]


def test_administrator_sees_at_once_who_is_locked_and_gets_there(page: Page) -> None:
    house = page.desk.house
    house.enrol("hoa", "Lê Thị Hoa")
    page.sign_in("linh")
    assert page.above.lines == {}
    fail(house, "hoa", 10)
    page.welcome.tick()
    (line,) = page.above.lines.values()
    assert line[0].fact.startswith("Lê Thị Hoa is locked after 10 wrong tries, ")
    line[2]()
    assert page.went == [house.id("hoa")]
    assert len(page.above.lines) == 1
    house.use.unlock(house.hands["linh"], house.id("hoa"))
    page.welcome.tick()
    assert page.above.lines == {}


def test_locks_are_told_to_nobody_who_does_not_look_after_the_shop(page: Page) -> None:
    house = page.desk.house
    house.enrol("hoa", "Lê Thị Hoa")
    fail(house, "som", 10)
    page.sign_in("hoa")
    page.welcome.tick()
    assert page.above.lines == {}


def test_use_of_the_recovery_sheet_is_told_at_every_sign_in_for_90_days(page: Page) -> None:
    house = page.desk.house
    sheet = house.use.open_sheet(house.recovery_code)
    house.use.enrol_new_key(house.hands["linh"], sheet, house.id("som"), secret("other"))
    for _ in range(2):
        page.sign_in("linh")
        (line,) = page.above.lines.values()
        assert line[0].fact.startswith("The recovery sheet was used, ")
        assert "about สมชาย ศรีสุข" in line[0].fact
        line[2]()
        assert page.above.lines == {}
    house.clock.forward(days=91)
    page.sign_in("linh")
    assert page.above.lines == {}


def test_a_workstation_that_gave_up_its_id_says_so_until_it_was_seen(page: Page) -> None:
    page.sign_in("som")
    assert "moved" not in page.above.lines
    page.desk.house.use.workstation.gave_up = "bench 1"  # type: ignore[misc]  # the one in memory lets it be set
    page.sign_in("linh")
    told, _act, go = page.above.lines["moved"]
    assert told.fact.startswith("The log knows this workstation's id, or its key, as another's")
    go()
    page.sign_in("som")
    assert "moved" not in page.above.lines


def test_nothing_of_the_last_person_stays(page: Page) -> None:
    fail(page.desk.house, "som", 2)
    page.sign_in("som")
    page.now = None
    page.welcome.end()
    assert page.above.lines == {}
    page.welcome.tick()
    assert page.above.lines == {}
