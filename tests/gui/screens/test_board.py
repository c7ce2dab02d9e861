# SPDX-License-Identifier: Apache-2.0
"""The board: what waits first, lanes by pages, search as one types, and where each card leads."""

from __future__ import annotations

import pytest

from qcdesk.gui.screens.board.presenter import BoardPresenter, BoardWays
from tests.gui.screens.conftest import EN, Desk, Remembers


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.went: list[tuple[str, str]] = []
        ways = BoardWays(
            start=lambda batch: self.went.append(("start", batch)),
            batch=lambda batch: self.went.append(("batch", batch)),
            comparison=lambda batch: self.went.append(("comparison", batch)),
            procedures=lambda: self.went.append(("procedures", "")),
            page=lambda name: self.went.append(("page", name)),
            pages=(("analysis", "Analysis"), ("detection", "Analysis: What each check finds")),
        )
        self.presenter = BoardPresenter(
            self.view, desk.house.use, desk.tasks, EN, desk.problems(self.view), desk.who, ways
        )

    def lane(self, name: str) -> list[str]:
        shown = [told for told in self.view.told["show_lane"] if told[0] == name][-1]
        return [card.number for card in shown[1]]


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_first_check_of_a_registered_batch_waits(page: Page) -> None:
    page.desk.house.batch("DA-1")
    page.presenter.open()
    card = page.view.last("show_waiting")[0][0]
    assert (card.subject, card.act, card.button) == ("DA-1", "start_first", "Start first check")
    page.presenter.act(card.act, card.key)
    assert page.went == [("start", card.key)]


def test_own_first_check_does_not_wait_for_its_maker_again(page: Page) -> None:
    house = page.desk.house
    house.check("linh", house.batch("DA-1"))
    page.presenter.open()
    assert page.view.last("show_waiting")[0] == []
    assert page.lane("waiting_second") == ["DA-1"]
    page.desk.login = "som"
    page.presenter.open()
    assert [card.act for card in page.view.last("show_waiting")[0]] == ["start_second"]


def test_accepted_batch_leads_to_the_comparison_before_it_is_released(page: Page) -> None:
    page.desk.house.accepted(number="DA-1")
    page.desk.login = "som"
    page.presenter.open()
    card = page.view.last("show_waiting")[0][0]
    page.presenter.act(card.act, card.key)
    assert page.went == [("comparison", card.key)]


def test_further_page_of_a_lane_is_asked_for_once(page: Page) -> None:
    house = page.desk.house
    for _ in range(55):
        house.batch()
    page.presenter.open()
    assert len(page.lane("to_inspect")) == 50
    page.presenter.more("to_inspect")
    page.presenter.more("to_inspect")
    added = page.view.told["add_to_lane"]
    assert [len(cards) for _lane, cards, _named in added] == [5]


def test_search_shows_what_matches_and_an_empty_one_the_board(page: Page) -> None:
    page.desk.house.batch("DA-77")
    page.presenter.search("da-77")
    assert [row.number for row in page.view.last("show_results")[0]] == ["DA-77"]
    page.presenter.search(" ")
    assert page.view.last("show_results") is None


def test_search_leads_to_pages_by_their_words(page: Page) -> None:
    page.desk.house.batch("Analysis-7")
    page.presenter.search("anal")
    rows, pages = page.view.last("show_results")[:2]
    assert ([row.number for row in rows], [name for name, _ in pages]) == (
        ["Analysis-7"],
        ["analysis", "detection"],
    )
    page.presenter.enter("analysis")
    page.presenter.enter("each check")
    page.presenter.enter("anal")  # a batch and two pages: what is meant is not known
    assert page.went == [("page", "analysis"), ("page", "detection")]


def test_whole_number_opens_its_batch_and_half_a_number_none_of_many(page: Page) -> None:
    house = page.desk.house
    house.batch("DA-7")
    house.batch("DA-77")
    page.presenter.enter("da-7")
    page.presenter.enter("da")
    assert len(page.went) == 1
    assert page.went[0][0] == "batch"


def test_ship_by_today_is_late_and_said_so(page: Page) -> None:
    house = page.desk.house
    house.batch("DA-1", ship_by=house.clock.today())
    page.presenter.open()
    card = page.view.last("show_waiting")[0][0]
    assert card.late
    assert card.ship_by == "Ship by today"
