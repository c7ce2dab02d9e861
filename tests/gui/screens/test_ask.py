# SPDX-License-Identifier: Apache-2.0
"""The sheet that asks: keys are opened for this act only, a refusal keeps it open, no secret lingers in a field."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qcdesk.domain.refusals import WrongSecret
from qcdesk.gui.asking import Asking, Question
from qcdesk.gui.density import FLOOR
from qcdesk.gui.screens.ask.presenter import AskPresenter
from qcdesk.gui.screens.ask.view import AskSheet
from qcdesk.services.ports import Hand
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import secret


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.did: list[tuple[str, ...]] = []
        problems = desk.problems(self.view)
        self.presenter = AskPresenter(
            self.view, desk.house.use, desk.tasks, EN, problems, desk.who, problems.show
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
    page.presenter.give({}, (("", secret("linh")),))
    assert page.did == [(page.desk.house.id("linh"),)]
    assert "close_sheet" in page.view.told


def test_two_people_give_two_hands_and_nobody_is_offered_as_their_own_second(page: Page) -> None:
    page.ask(other=True)
    assert [login for login, _ in page.view.told["show_asking"][-1][3]] == ["som"]
    page.presenter.give({}, (("", secret("linh")), ("som", secret("som"))))
    assert page.did == [(page.desk.house.id("linh"), page.desk.house.id("som"))]


def test_wrong_secret_does_nothing_and_keeps_the_sheet_open(page: Page) -> None:
    page.ask(other=True)
    page.presenter.give({}, (("", secret("linh")), ("som", "something else")))
    assert page.did == []
    assert isinstance(page.view.problems[-1].cause, WrongSecret)
    assert "close_sheet" not in page.view.told
    page.presenter.give({}, (("", secret("linh")), ("som", secret("som"))))
    assert len(page.did) == 1


def test_sheet_forgets_secrets_as_it_hands_them_over(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    sheet = AskSheet(window, EN, FLOOR)
    sheet.show_asking(Asking("Lift", "We lift it.", "Lift", other=True), "Linh", "Owner", (("som", "Som"),))
    sheet.open()
    sheet.secret.setText("first secret")
    sheet.other.set_value("som")
    sheet.other_secret.setText("second secret")
    with qtbot.waitSignal(sheet.given) as heard:
        sheet.give()
    assert heard.args == [{}, (("", "first secret"), ("som", "second secret"))]
    assert sheet.secret.text() == sheet.other_secret.text() == ""


def test_sheet_that_is_left_forgets_what_was_typed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = AskSheet(window, EN, FLOOR)
    sheet.show_asking(Asking("Sign", "I sign.", "Sign"), "Linh", "Owner", ())
    sheet.open()
    sheet.secret.setText("half a secr")
    sheet.close_sheet()
    assert sheet.secret.text() == ""


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
