# SPDX-License-Identifier: Apache-2.0
"""The third person: every claim is settled, the outcome follows from that, and it is signed as it was shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qcdesk.gui.changes import Changes
from qcdesk.gui.density import FLOOR
from qcdesk.gui.screens.decision.presenter import DecisionPresenter, DecisionWays
from qcdesk.gui.screens.decision.rows import ClaimRow, PageRow
from qcdesk.gui.screens.decision.view import DecisionView
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.sheets import Sheet
from tests.gui.screens.conftest import EN, Desk, Remembers, picture


class Page:
    def __init__(self, desk: Desk) -> None:
        house = desk.house
        house.enrol("minh", "Trần Văn Minh", "inspector", "arbiter")
        self.number = house.disagreed()
        desk.login = "minh"
        self.desk = desk
        self.view = Remembers()
        self.went: list[str] = []
        ways = DecisionWays(
            batch=lambda _: self.went.append("batch"),
            comparison=lambda _: self.went.append("comparison"),
            told=desk.notices.append,
        )
        self.presenter = DecisionPresenter(
            self.view,
            house.use,
            desk.tasks,
            EN,
            desk.problems(self.view),
            desk.ask,
            Changes(),
            desk.who,
            ways,
        )
        self.check = house.start("minh", self.number).check
        self.presenter.open(self.number, self.check)

    @property
    def shown(self) -> PageRow:
        page = self.view.last("show_page")
        assert isinstance(page, PageRow)
        return page


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_every_disputed_claim_is_shown_with_who_made_it(page: Page) -> None:
    claim = page.shown.claims[0]
    assert (claim.unit, claim.defect, claim.critical) == ("Unit 1", "Crack", True)
    assert claim.claimed == "สมชาย ศรีสุข found it, Nguyễn Thị Linh did not."
    assert page.shown.outcome == ""


def test_nothing_is_signed_before_every_claim_is_settled(page: Page) -> None:
    page.presenter.sign()
    assert page.desk.asked == []


@pytest.mark.parametrize(("there", "outcome"), [(True, "rejected"), (False, "accepted")])
def test_outcome_follows_from_what_is_true(page: Page, there: bool, outcome: str) -> None:
    page.presenter.settle(page.shown.claims[0].key, there)
    assert page.shown.outcome == outcome
    page.presenter.sign()
    assert page.desk.house.state(page.number) == outcome
    assert page.went == ["comparison"]


def test_answer_may_be_changed_until_it_is_signed(page: Page) -> None:
    key = page.shown.claims[0].key
    page.presenter.settle(key, True)
    page.presenter.settle(key, False)
    assert page.shown.claims[0].settled == "not_there"
    assert page.shown.outcome == "accepted"


def test_answers_are_kept_when_the_page_is_opened_again(page: Page) -> None:
    page.presenter.settle(page.shown.claims[0].key, True)
    page.presenter.open(page.number, page.check)
    assert page.shown.claims[0].settled == "there"


def test_disputed_reading_stands_beside_the_other_one_with_its_limits(desk: Desk) -> None:
    house = desk.house
    house.enrol("minh", "Trần Văn Minh", "inspector", "arbiter")
    number = house.batch()
    house.check("linh", number, readings=dict.fromkeys(range(1, 9), "12.07"))
    house.check("som", number)
    desk.login = "minh"
    view = Remembers()
    ways = DecisionWays(batch=lambda _: None, comparison=lambda _: None, told=lambda _: None)
    page = DecisionPresenter(
        view, house.use, desk.tasks, EN, desk.problems(view), desk.ask, Changes(), desk.who, ways
    )
    page.open(number, house.start("minh", number).check)
    shown = view.last("show_page")
    claim = shown.claims[0]
    assert claim.claimed == "Nguyễn Thị Linh measured it out of limits, สมชาย ศรีสุข did not."
    assert (claim.measured.first.value, claim.measured.second.value) == ("12.07 mm", "12.03 mm")
    assert claim.measured.limits_words == "11.98 to 12.05 mm"
    assert len(shown.measured) == house.use.read.comparison(number, house.id("minh"), house.clock.now()).n


def test_photo_of_a_disputed_claim_can_be_made_larger_and_put_back_by_key(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    view = DecisionView(EN, FLOOR)
    view.setParent(window)
    view.resize(1200, 800)
    seen = ClaimRow("k", "Unit 2", "Dent", "Major", False, "Linh found it.", "", "", picture())
    bare = ClaimRow("l", "Unit 3", "Dent", "Major", False, "Linh found it.", "", "")
    view.show_page(PageRow("B", "", "", "", (seen, bare), "", "", "", ""))
    window.show()
    (larger,) = [b for b in view.findChildren(Button) if b.text() == "Larger"]
    QTest.keyClick(larger, Qt.Key.Key_Return)
    (sheet,) = window.findChildren(Sheet)
    assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
