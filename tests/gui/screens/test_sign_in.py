# SPDX-License-Identifier: Apache-2.0
"""The wall: search folds accents, a wrong secret opens nothing, whoever signs in gets a sitting of their own."""

from __future__ import annotations

from functools import partial
from itertools import combinations

import pytest
from pytestqt.qtbot import QtBot

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import BadgeUnknown, Locked, NotActive, WrongSecret
from qcdesk.gui.asking import Who
from qcdesk.gui.density import FLOOR
from qcdesk.gui.screens.sign_in.presenter import SignInPresenter
from qcdesk.gui.screens.sign_in.rows import TileRow
from qcdesk.gui.screens.sign_in.view import SignInView
from qcdesk.gui.widgets.people import PersonTile
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import secret

PIN = "582931"


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.came: list[Who] = []
        self.presenter = SignInPresenter(
            self.view, desk.house.use, desk.tasks, EN, desk.problems(self.view), "Station 3", self.came.append
        )
        self.presenter.open()

    def badge(self, login: str) -> str:
        """Issue a badge; its code."""
        house = self.desk.house
        other = "som" if login == "linh" else "linh"
        return house.use.issue_badge(house.hands[login], house.hands[other], PIN).code


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_wall_shows_everybody_who_can_sign_in_and_nobody_chosen(page: Page) -> None:
    assert {tile.name for tile in page.view.last("show_people")} == {"Nguyễn Thị Linh", "สมชาย ศรีสุข"}
    assert "show_neutral" in page.view.told
    assert "show_chosen" not in page.view.told


def test_roles_on_the_wall_begin_with_a_capital_as_everywhere(page: Page) -> None:
    page.desk.house.enrol("hoa", "Lê Thị Hoa", "inspector", "releaser")
    page.presenter.open()
    roles = {tile.name: tile.role for tile in page.view.last("show_people")}
    assert roles["Lê Thị Hoa"] == "Inspector, releaser"


def test_search_finds_a_name_without_its_accents(page: Page) -> None:
    page.presenter.search("nguyen linh")
    assert [tile.name for tile in page.view.last("show_matches")] == ["Nguyễn Thị Linh"]


def test_scanned_login_chooses_its_person(page: Page) -> None:
    page.presenter.enter("som")
    assert page.view.last("show_chosen").name == "สมชาย ศรีสุข"


def test_right_secret_opens_a_sitting_of_that_person(page: Page) -> None:
    page.presenter.give(page.desk.house.id("som"), secret("som"))
    assert [who.name for who in page.came] == ["สมชาย ศรีสุข"]
    assert page.came[0].person == page.desk.house.id("som")


def test_wrong_secret_opens_nothing(page: Page) -> None:
    page.presenter.give(page.desk.house.id("som"), secret("linh"))
    assert page.came == []
    assert isinstance(page.view.problems[0].cause, WrongSecret)


def test_scanned_badge_asks_its_person_for_the_pin_and_opens_a_sitting_with_that_pin(page: Page) -> None:
    code = page.badge("som")
    page.presenter.scan(code)
    assert page.view.last("show_badge").name == "สมชาย ศรีสุข"
    assert page.came == []
    page.presenter.give_pin(PIN)
    (who,) = page.came
    assert (who.person, who.login, who.has_pin) == (page.desk.house.id("som"), "som", True)
    assert who.pin is not None
    assert who.pin.open(PIN).person == who.person


def test_code_typed_by_hand_into_the_search_is_taken_for_the_badge_it_is(page: Page) -> None:
    page.presenter.enter(page.badge("som").lower().replace("-", " "))
    assert page.view.last("show_badge").name == "สมชาย ศรีสุข"


def test_pin_without_a_badge_opens_nothing(page: Page) -> None:
    page.badge("som")
    page.presenter.give_pin(PIN)
    page.presenter.chosen(page.desk.house.id("som"))
    page.presenter.give_pin(PIN)
    assert page.came == []


def test_name_that_is_tapped_after_a_scan_is_asked_for_its_own_secret(page: Page) -> None:
    page.presenter.scan(page.badge("som"))
    page.presenter.chosen(page.desk.house.id("linh"))
    page.presenter.give_pin(PIN)
    assert page.came == []


def test_wrong_pin_is_told_without_which_digit_and_its_wait_runs_down(page: Page) -> None:
    page.presenter.scan(page.badge("som"))
    for _ in range(3):
        page.presenter.give_pin("582932")
        page.desk.house.clock.forward(seconds=10)
    assert page.came == []
    told = page.view.problems[-1].told
    assert (told.fact, told.way) == (
        "Wrong PIN.",
        "Next try in 2 seconds. After 7 more, another person must unlock you.",
    )
    page.presenter.second()
    assert page.view.last("count")[0].way.startswith("Next try in 1 second.")
    page.presenter.second()
    last, counting, _ = page.view.last("count")
    assert last.way.startswith("Try again.")
    assert not counting


def test_locked_person_is_told_for_how_long_and_who_can_unlock(page: Page) -> None:
    house, code = page.desk.house, page.badge("som")
    for _ in range(10):
        page.presenter.give(house.id("som"), "not this one")
        house.clock.forward(seconds=400)
    page.presenter.scan(code)
    page.presenter.give_pin(PIN)
    assert page.came == []
    locked = page.view.problems[-1]
    assert isinstance(locked.cause, Locked)
    assert "Nguyễn Thị Linh" in locked.told.way


def test_stopped_badge_leads_to_nobody(page: Page) -> None:
    code = page.badge("som")
    house = page.desk.house
    house.use.stop_badge(house.hands["linh"], house.id("som"), "lost")
    page.presenter.scan(code)
    assert isinstance(page.view.problems[-1].cause, BadgeUnknown)
    assert "show_badge" not in page.view.told


def test_badge_of_a_suspended_person_is_refused_by_name(page: Page) -> None:
    house = page.desk.house
    house.enrol("hoa", "Lê Thị Hoa")
    code = house.use.issue_badge(house.hands["hoa"], house.hands["som"], PIN).code
    house.use.suspend(house.hands["linh"], house.id("hoa"), "left")
    page.presenter.scan(code)
    assert isinstance(page.view.problems[-1].cause, NotActive)


def test_pin_for_the_sitting_is_chosen_twice_after_the_password(page: Page) -> None:
    page.presenter.wish_pin(True)
    page.presenter.give(page.desk.house.id("som"), secret("som"))
    assert page.came == []
    for typed in (PIN, "582930", PIN, PIN):
        page.presenter.give_pin(typed)
    assert [said.split(".")[0] for said in page.view.told["show_choosing_pin"]] == [
        "Choose 6 digits for this sitting",
        "The same 6 digits once more",
        "They differ",
        "The same 6 digits once more",
    ]
    (who,) = page.came
    assert who.has_pin


def test_pin_that_anybody_would_try_first_is_not_taken(page: Page) -> None:
    page.presenter.wish_pin(True)
    page.presenter.give(page.desk.house.id("som"), secret("som"))
    page.presenter.give_pin("123456")
    page.presenter.give_pin("123456")
    assert page.came == []
    assert isinstance(page.view.problems[-1].cause, BadInput)
    page.presenter.without_pin()
    assert [who.has_pin for who in page.came] == [False]


def test_whoever_walks_away_while_choosing_a_pin_leaves_no_open_key(page: Page) -> None:
    page.presenter.wish_pin(True)
    page.presenter.give(page.desk.house.id("som"), secret("som"))
    page.presenter.open()
    page.presenter.give_pin(PIN)
    page.presenter.give_pin(PIN)
    page.presenter.without_pin()
    assert page.came == []


def test_suspended_person_is_not_on_the_wall(page: Page) -> None:
    house = page.desk.house
    house.enrol("hoa", "Lê Thị Hoa")
    house.use.suspend(house.hands["linh"], house.id("hoa"), "left")
    page.presenter.open()
    assert "Lê Thị Hoa" not in {tile.name for tile in page.view.last("show_people")}


def test_with_one_language_there_is_nothing_to_choose(qtbot: QtBot) -> None:
    view = SignInView(EN, FLOOR)
    qtbot.addWidget(view)
    assert not view.languages


def test_language_on_the_wall_is_called_as_it_calls_itself(qtbot: QtBot) -> None:
    view = SignInView(EN, FLOOR, ("en", "vi"))
    qtbot.addWidget(view)
    assert [button.text() for button in view.languages.values()] == ["English", "Tiếng Việt"]
    with qtbot.waitSignal(view.language_chosen) as heard:
        view.languages["vi"].click()
    assert heard.args == ["vi"]


def test_a_low_window_shows_fewer_names_at_once_and_none_over_another(qtbot: QtBot) -> None:
    wall = SignInView(EN, FLOOR)
    qtbot.addWidget(wall)
    wall.show_people([TileRow(f"p{number}", f"Person {number}", "Inspector") for number in range(14)])
    wall.setMinimumHeight(1)  # as in the window, which goes below what its pages would like
    wall.show()

    def seen() -> list[PersonTile]:
        return [tile for tile in wall.findChildren(PersonTile) if tile.isVisible()]

    def has_room(names: int) -> None:
        assert len(seen()) == names

    for high, first in ((639, 8), (720, 12), (650, 8)):
        wall.resize(1280, high)
        qtbot.waitUntil(partial(has_room, first))
        assert not any(a.geometry().intersects(b.geometry()) for a, b in combinations(seen(), 2))
