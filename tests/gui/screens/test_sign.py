# SPDX-License-Identifier: Apache-2.0
"""The sign sheet: it says what is signed, signs only what it showed, and leads to what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.refusals import BadgeOfAnother, ChangedMeanwhile, PinOver, WrongSecret
from qcdesk.domain.reviewing import Opened
from qcdesk.gui.asking import Secret
from qcdesk.gui.changes import Changes
from qcdesk.gui.density import FLOOR
from qcdesk.gui.screens.sign.presenter import SignPresenter, SignWays
from qcdesk.gui.screens.sign.view import SignSheet
from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.services.sign_check import Signed
from tests.gui.screens.conftest import EN, Desk, Remembers, tell
from tests.workspace import content, secret

PIN = "582931"


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.signed: list[Signed] = []
        self.went: list[int] = []
        self.presenter = SignPresenter(
            self.view,
            desk.house.use,
            desk.tasks,
            EN,
            desk.problems(self.view),
            lambda: desk.problems(self.view),
            tell,
            Changes(),
            desk.who,
            SignWays(self.signed.append),
        )

    def open(self, *, complete: bool = True, defects: dict[int, str] | None = None) -> tuple[str, str]:
        house = self.desk.house
        number = house.batch()
        started = house.start("linh", number)
        if complete:
            house.record("linh", started, defects)
        self.presenter.open(started.check, self.went.append)
        return number, started.check


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_sheet_says_what_is_signed(page: Page) -> None:
    number, _ = page.open(defects={1: "SCR"})
    row = page.view.last("show_signing")
    assert row.meaning == "“I inspected”"
    assert f"I inspected 8 units of batch {number} myself, against procedure IP-204 v1." == row.statement
    assert [(count.name, count.count) for count in row.counts] == [
        ("Critical", "0"),
        ("Major", "0"),
        ("Minor", "1"),
    ]
    assert row.record.startswith("Record ")
    assert row.refused is None
    assert ("Second check", "Blind: the same units, the first result hidden") in row.facts


def test_second_person_signs_not_to_have_seen_the_first_check(page: Page) -> None:
    house = page.desk.house
    bore = replace(content("x").characteristics[0], mode="split")
    house.approve(characteristics=(bore,))
    number = house.batch(quantity=200)
    house.check("linh", number)
    page.desk.login = "som"
    started = house.start("som", number)
    house.record("som", started)
    page.presenter.open(started.check, page.went.append)
    row = page.view.last("show_signing")
    assert row.statement.endswith("without seeing the first check.")
    assert ("Second check", "Blind: the defects · Split: Bore") in row.facts


def torn(page: Page) -> str:
    """Start a second check that only reviews: the first person found one thing; the check."""
    house = page.desk.house
    weld = Characteristic("WLD", "Weld section", "attribute", mode="review", destructive=True)
    house.approve(defects=(), characteristics=(weld,))
    number = house.batch(quantity=200)
    house.check("linh", number, {3: "WLD"})
    page.desk.login = "som"
    return house.start("som", number).check


def test_what_is_not_opened_refuses_and_leads_to_it(page: Page) -> None:
    page.presenter.open(torn(page), page.went.append)
    row = page.view.last("show_signing")
    assert row.refused is not None
    assert row.refused[1:] == ("Open it", 3)
    assert ("Opened", "0 of 1") in row.facts


def test_review_says_that_nothing_was_inspected_again(page: Page) -> None:
    house, check = page.desk.house, torn(page)
    (claim,) = house.use.review.claims(check, house.id("som"))
    house.use.open_reviewed(house.sittings["som"], check, (Opened(claim.claim),))
    page.presenter.open(check, page.went.append)
    row = page.view.last("show_signing")
    assert row.refused is None
    assert "inspected nothing of it again but what I measured anew" in row.statement
    assert ("Opened", "1 of 1") in row.facts
    assert "Looked at" not in dict(row.facts)


def test_right_secret_signs(page: Page) -> None:
    number, _ = page.open()
    page.presenter.sign(Secret("password", secret("linh")))
    assert [signed.state for signed in page.signed] == ["awaiting_second"]
    assert page.desk.house.state(number) == "awaiting_second"
    assert "close_sheet" in page.view.told


def test_wrong_secret_signs_nothing(page: Page) -> None:
    number, _ = page.open()
    page.presenter.sign(Secret("password", secret("som")))
    assert isinstance(page.view.problems[-1].cause, WrongSecret)
    assert page.desk.house.state(number) == "first_check"


def with_badge(page: Page, login: str) -> str:
    """Issue a badge; its code."""
    house = page.desk.house
    other = "som" if login == "linh" else "linh"
    return house.use.issue_badge(house.hands[login], house.hands[other], PIN).code


def with_pin(page: Page) -> None:
    """Let Linh have a PIN in this sitting."""
    house = page.desk.house
    page.desk.pin = house.use.begin_pin_sitting(house.use.open_hand("linh", secret("linh")), PIN)


def test_badge_and_its_pin_sign(page: Page) -> None:
    number, _ = page.open()
    code = with_badge(page, "linh")
    page.presenter.badge(code)
    assert page.view.last("show_badge") == code
    page.presenter.sign(Secret("badge", PIN, code))
    assert page.desk.house.state(number) == "awaiting_second"


def test_badge_of_somebody_else_signs_nothing_and_no_try_counts_for_its_owner(page: Page) -> None:
    number, _ = page.open()
    code = with_badge(page, "som")
    page.presenter.badge(code)
    assert isinstance(page.view.problems[-1].cause, BadgeOfAnother)
    assert "show_badge" not in page.view.told
    for pin in (PIN, "582932"):
        page.presenter.sign(Secret("badge", pin, code))
        assert isinstance(page.view.problems[-1].cause, BadgeOfAnother)
    house = page.desk.house
    assert house.state(number) == "first_check"
    assert house.use.read.sign_in_notice(house.id("som")).failed == ()


def test_pin_of_the_sitting_signs_further_acts(page: Page) -> None:
    with_pin(page)
    number, _ = page.open()
    assert page.view.last("offer_ways") is True
    page.presenter.sign(Secret("pin", PIN))
    assert page.desk.house.state(number) == "awaiting_second"


def test_three_wrong_tries_end_the_pin_and_the_password_is_asked_for(page: Page) -> None:
    with_pin(page)
    number, _ = page.open()
    for _ in range(3):
        page.presenter.sign(Secret("pin", "582932"))
        page.desk.house.clock.forward(seconds=60)
    assert page.view.last("offer_ways") is False
    assert "gone" in page.view.problems[-1].told.way
    page.presenter.sign(Secret("pin", PIN))
    assert isinstance(page.view.problems[-1].cause, PinOver)
    assert page.desk.house.state(number) == "first_check"
    page.presenter.sign(Secret("password", secret("linh")))
    assert page.desk.house.state(number) == "awaiting_second"


def test_without_a_pin_the_password_is_asked_for(page: Page) -> None:
    page.open()
    assert page.view.last("offer_ways") is False


def test_what_changed_meanwhile_is_shown_and_not_signed(page: Page) -> None:
    house = page.desk.house
    number, check = page.open()
    before = page.view.last("show_signing").record
    house.use.record(house.sittings["linh"], Entries(check, findings=(NewFinding(1, "SCR"),)))
    page.presenter.sign(Secret("password", secret("linh")))
    assert isinstance(page.view.problems[-1].cause, ChangedMeanwhile)
    assert house.state(number) == "first_check"
    now = page.view.last("show_signing")
    assert now.record != before
    assert now.counts[-1].count == "1"
    page.presenter.sign(Secret("password", secret("linh")))
    assert house.state(number) == "awaiting_second"


def test_missing_units_block_and_the_way_leads_to_the_first(page: Page) -> None:
    page.open(complete=False)
    fact, way, unit = page.view.last("show_signing").refused
    assert fact.startswith("8 units have no result")
    assert (way, unit) == ("Go to 1.", 1)
    page.presenter.go_to_missing(unit)
    assert page.went == [1]


def test_a_missing_photo_blocks_and_the_way_leads_to_its_unit(page: Page) -> None:
    page.desk.house.approve(photo_classes=("minor",))
    page.open(defects={3: "SCR"})
    fact, way, unit = page.view.last("show_signing").refused
    assert "photo of 3 SCR" in fact
    assert "Take the defect back" in fact
    assert (way, unit) == ("Go to 3.", 3)


def test_escape_is_the_way_back_until_the_signature_is_being_made(qtbot: QtBot, page: Page) -> None:
    page.open()
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1280, 800)
    sheet = SignSheet(host, EN, FLOOR)
    sheet.show_signing(page.view.last("show_signing"))
    host.show()
    sheet.open()
    sheet.show_working(True)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    sheet.show_working(False)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
