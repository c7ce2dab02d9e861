# SPDX-License-Identifier: Apache-2.0
"""The sheet that asks: keys are opened for this act only, a refusal keeps it open, no secret lingers in a field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from qcdesk.domain.log import RECOVERY
from qcdesk.domain.refusals import BadgeOfAnother, WrongSecret
from qcdesk.gui.asking import Asking, Once, Question, Secret
from qcdesk.gui.density import FLOOR
from qcdesk.gui.screens.ask.presenter import AskPresenter
from qcdesk.gui.screens.ask.view import AskSheet
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.forms import ChoiceField, LineField
from qcdesk.services.ports import Hand
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import secret

PIN = "582931"


def word(password: str) -> Secret:
    return Secret("password", password)


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.did: list[Any] = []
        problems = desk.problems(self.view)
        self.presenter = AskPresenter(
            self.view, desk.house.use, desk.tasks, EN, problems, desk.who, problems.show, desk.show_once
        )

    def ask(self, *, other: bool = False) -> None:
        def work(_answers: object, hands: tuple[Hand, ...]) -> tuple[str, ...]:
            return tuple(hand.person for hand in hands)

        self.presenter.ask(Asking("Lift", "We lift it.", "Lift", other=other), work, self.did.append)


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_own_secret_opens_ones_own_hand_for_the_act(page: Page) -> None:
    page.ask()
    page.presenter.give({}, (("", word(secret("linh"))),))
    assert page.did == [(page.desk.house.id("linh"),)]
    assert "close_sheet" in page.view.told


def test_two_people_give_two_hands_and_nobody_is_offered_as_their_own_second(page: Page) -> None:
    page.ask(other=True)
    assert [login for login, _ in page.view.told["show_asking"][-1][3]] == ["som"]
    page.presenter.give({}, (("", word(secret("linh"))), ("som", word(secret("som")))))
    assert page.did == [(page.desk.house.id("linh"), page.desk.house.id("som"))]


def test_wrong_secret_does_nothing_and_keeps_the_sheet_open(page: Page) -> None:
    page.ask(other=True)
    page.presenter.give({}, (("", word(secret("linh"))), ("som", word("something else"))))
    assert page.did == []
    assert isinstance(page.view.problems[-1].cause, WrongSecret)
    assert "close_sheet" not in page.view.told
    page.presenter.give({}, (("", word(secret("linh"))), ("som", word(secret("som")))))
    assert len(page.did) == 1


def test_badges_open_the_hands_of_whoever_they_belong_to(page: Page) -> None:
    house = page.desk.house
    own = house.use.issue_badge(house.hands["linh"], house.hands["som"], PIN).code
    other = house.use.issue_badge(house.hands["som"], house.hands["linh"], PIN).code
    page.ask(other=True)
    page.presenter.badge(own)
    page.presenter.badge(other)
    assert [(login, code) for login, code, _ in page.view.told["show_badge"]] == [("", own), ("som", other)]
    page.presenter.give({}, (("", Secret("badge", PIN, own)), ("som", Secret("badge", PIN, other))))
    assert page.did == [(house.id("linh"), house.id("som"))]


def test_badge_of_nobody_who_signs_here_is_refused_by_name(page: Page) -> None:
    house = page.desk.house
    code = house.use.issue_badge(house.hands["som"], house.hands["linh"], PIN).code
    page.ask()
    page.presenter.badge(code)
    page.presenter.give({}, (("", Secret("badge", PIN, code)),))
    assert [type(problem.cause) for problem in page.view.problems] == [BadgeOfAnother, BadgeOfAnother]
    assert page.did == []


def test_nobody_whom_it_is_about_is_offered_as_the_second(page: Page) -> None:
    asking = Asking("Unlock", "We unlock.", "Unlock", other=True, but=(page.desk.house.id("som"),))
    page.presenter.ask(asking, lambda _a, _h: None, page.did.append)
    assert page.view.told["show_asking"][-1][3] == []


def test_recovery_sheet_stands_in_for_the_second_and_its_next_code_is_shown_before_all_else(
    desk: Desk,
) -> None:
    house, view, order = desk.house, Remembers(), list[str]()

    def show_once(once: Once, go_on: Callable[[], None] = lambda: None) -> None:
        order.append(once.card.code)
        go_on()

    problems = desk.problems(view)
    presenter = AskPresenter(view, house.use, desk.tasks, EN, problems, desk.who, problems.show, show_once)
    presenter.ask(
        Asking("New key", "A new key.", "Give it", other=True, but=(house.id("som"),), sheet=True),
        lambda _a, hands: house.use.enrol_new_key(hands[0], hands[1], house.id("som"), secret("other")),
        lambda fact: order.append(fact.TYPE),
    )
    assert view.told["show_asking"][-1][3] == [(RECOVERY, "The recovery sheet")]
    presenter.give({}, (("", word(secret("linh"))), (RECOVERY, word(house.recovery_code))))
    assert view.problems == []
    assert order[1:] == ["key.enrolled"]
    assert order[0] != house.recovery_code
    assert house.use.open_sheet(order[0]).person == RECOVERY


def test_pin_of_the_sitting_is_not_offered_where_the_password_itself_is_needed(page: Page) -> None:
    house = page.desk.house
    page.desk.pin = house.use.begin_pin_sitting(house.use.open_hand("linh", secret("linh")), PIN)
    for asking in (Asking("A", "a", "A"), Asking("B", "b", "B", password=True)):
        page.presenter.ask(asking, lambda _a, _h: None, page.did.append)
    assert [told[-1]["pin"] for told in page.view.told["show_asking"]] == [True, False]
    page.presenter.ask(Asking("A", "a", "A"), lambda _a, hands: hands[0].person, page.did.append)
    page.presenter.give({}, (("", Secret("pin", PIN)),))
    assert page.did[-1:] == [house.id("linh")]


def test_sheet_forgets_secrets_as_it_hands_them_over(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    sheet = AskSheet(window, EN, FLOOR)
    sheet.show_asking(Asking("Lift", "We lift it.", "Lift", other=True), "Linh", "Owner", (("som", "Som"),))
    sheet.open()
    sheet.secret.password.setText("first secret")
    sheet.other.set_value("som")
    sheet.other_secret.password.setText("second secret")
    with qtbot.waitSignal(sheet.given) as heard:
        sheet.give()
    assert heard.args == [{}, (("", word("first secret")), ("som", word("second secret")))]
    assert sheet.secret.password.text() == sheet.other_secret.password.text() == ""


def test_sheet_that_is_left_forgets_what_was_typed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = AskSheet(window, EN, FLOOR)
    sheet.show_asking(Asking("Sign", "I sign.", "Sign"), "Linh", "Owner", ())
    sheet.open()
    sheet.secret.password.setText("half a secr")
    sheet.close_sheet()
    assert sheet.secret.password.text() == ""


def test_missing_answer_is_said_in_its_place_and_nothing_is_given(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = AskSheet(window, EN, FLOOR)
    reason = Question("reason", "Reason", "text")
    sheet.show_asking(Asking("Stop", "It stops.", "Stop", (reason,), secret=False), "Linh", "Owner", ())
    sheet.open()
    with qtbot.assertNotEmitted(sheet.given):
        sheet.give()
    sheet.fill("reason", "sharp edge")
    with qtbot.waitSignal(sheet.given):
        sheet.give()


def test_question_that_hangs_on_a_choice_is_asked_with_it_and_else_counts_as_empty(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = AskSheet(window, EN, FLOOR)
    why = Question("why", "Why", "choice", (("lost", "Lost"), ("suspect", "In doubt")))
    since = Question("from", "From event", only=("why", "suspect"))
    sheet.show_asking(Asking("End", "It ends.", "End", (why, since), secret=False), "Linh", "Owner", ())
    sheet.open()
    asked = next(field for field in sheet.findChildren(LineField) if field.name == "From event")
    sheet.fill("why", "suspect")
    assert asked.isVisible()
    with qtbot.assertNotEmitted(sheet.given):
        sheet.give()
    sheet.fill("from", "12")
    assert sheet.answers() == {"why": "suspect", "from": "12"}
    sheet.fill("why", "lost")
    assert not asked.isVisible()
    with qtbot.waitSignal(sheet.given) as heard:
        sheet.give()
    assert heard.args is not None and heard.args[0] == {"why": "lost", "from": ""}


def test_a_file_is_chosen_or_its_path_typed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = AskSheet(window, EN, FLOOR)
    consent = Question("consent", "Signed consent", "file", value="PDF (*.pdf)", optional=True)
    sheet.show_asking(Asking("Ask", "I ask.", "Ask", (consent,), secret=False), "Linh", "Owner", ())
    sheet.open()
    assert sheet.answers() == {"consent": ""}
    offered: list[str] = []

    def chosen(_parent: QWidget, _title: str, _folder: str, kinds: str) -> tuple[str, str]:
        offered.append(kinds)
        return "consent.pdf", kinds

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    next(button for button in sheet.findChildren(Button) if button.text() == "Choose a file").click()
    assert (sheet.answers(), offered) == ({"consent": "consent.pdf"}, ["PDF (*.pdf)"])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    next(button for button in sheet.findChildren(Button) if button.text() == "Choose a file").click()
    assert sheet.answers() == {"consent": "consent.pdf"}, "left without choosing"
    sheet.fill("consent", "other.pdf")
    assert sheet.answers() == {"consent": "other.pdf"}


def test_a_long_choice_pushes_no_field_out_of_the_sheet(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    sheet = AskSheet(window, EN, FLOOR)
    supplier = Question("supplier", "Supplier", "choice", (("1", "Quanzhou Xinxing Footwear " * 9),))
    asked = (supplier, Question("title", "Title"))
    sheet.show_asking(Asking("Open", "It opens.", "Open", asked, secret=False), "Linh", "Owner", ())
    sheet.open()
    for field in (*sheet.findChildren(ChoiceField), *sheet.findChildren(LineField)):
        if field.isVisible():
            assert field.mapTo(sheet, field.rect().topRight()).x() < sheet.width() - 360
