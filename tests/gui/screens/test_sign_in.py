# SPDX-License-Identifier: Apache-2.0
"""The wall: search folds accents, a wrong secret opens nothing, whoever signs in gets a sitting of their own."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from qcdesk.domain.refusals import WrongSecret
from qcdesk.gui.asking import Who
from qcdesk.gui.density import FLOOR
from qcdesk.gui.screens.sign_in.presenter import SignInPresenter
from qcdesk.gui.screens.sign_in.view import SignInView
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import secret


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.came: list[Who] = []
        self.presenter = SignInPresenter(
            self.view, desk.house.use, desk.tasks, EN, desk.problems(self.view), "Station 3", self.came.append
        )
        self.presenter.open()


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
