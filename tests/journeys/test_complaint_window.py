# SPDX-License-Identifier: Apache-2.0
"""A complaint through the window: three hand-overs, a missed call back, what both inspectors saw, its answer, its end."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from qcdesk.gui.screens.complaints.view import ComplaintsView, ComplaintView, TouchesView
from qcdesk.gui.widgets.chips import IconLine
from qcdesk.i18n import Catalogue
from qcdesk.store.verification import verify
from qcdesk.wording.spelling import day
from tests.journeys.driving import Hands
from tests.workspace import House

Page = TypeVar("Page", bound=QWidget)


def page_of(hands: Hands, kind: type[Page]) -> Page:
    return next(page for page in hands.all(kind) if page.isVisible())


def see_handed(hands: Hands, role: str) -> None:
    """See how often it was handed over, in a colour."""
    hands.until(lambda: page_of(hands, ComplaintView).handed.role == role, f"the colour {role}")


def fill(hands: Hands, **answers: str) -> None:
    """Fill in the sheet that opens, and press its button, which bears the words of its title."""
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.settle()
    for code, value in answers.items():
        sheet.fill(code, value)


def press_in_sheet(hands: Hands, words: str) -> None:
    sheet = hands.program.running.ask_sheet
    hands.press(words)
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()


def act(hands: Hands, words: str, **answers: str) -> None:
    hands.press(words)
    fill(hands, **answers)
    press_in_sheet(hands, words)


def test_a_complaint_with_three_hand_overs_and_a_missed_call_back(
    hands: Hands, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.enrol("nga", "Đỗ Nga", "planner")  # the quality manager
    house.enrol("huy", "Trần Quang Huy", "inspector")
    number = house.batch("OUT-1")
    house.check("linh", number, {3: "DEN"})
    house.check("som", number)
    house.use.ship_unreleased(house.sittings["som"], number, 1, "Nova", "taken by mistake")
    hands.sign_in("linh")
    hands.program.running.open("complaints")
    hands.settle()
    hands.see("No complaint is open")
    hands.press("Take a complaint")
    promised = house.clock.today().isoformat() + " 23:59"
    fill(hands, customer="Nova", words="It rattles when I shake it.", contact="a@nova.example", batch="OUT-2",
         call_back="2020-01-01 10:00")  # fmt: skip
    hands.press("Take the complaint")
    hands.see("The time of the promised call back is past")
    fill(hands, call_back=promised)
    hands.press("Take the complaint")
    hands.see("There is no batch OUT-2")
    fill(hands, batch="OUT-1")
    press_in_sheet(hands, "Take the complaint")
    hands.see("C-1 is taken. Read it back to the customer.")
    hands.see("“It rattles when I shake it.”")
    hands.see("Nguyễn Thị Linh found 1 × Dent")
    hands.see("สมชาย ศรีสุข found nothing")
    hands.see("inspected under IP-204 v1")
    calls = day(house.clock.today(), Catalogue(), house.clock.today())
    hands.see(f"Calls back {calls} 23:59")
    hands.program.running.open("complaints")
    hands.settle()
    shown = page_of(hands, ComplaintsView).list.table.rows
    hands.until(shown.rowCount, "the complaint")
    [stands] = [column.words for column in shown.columns if column.heading == "State"]
    assert [stands(shown.row(0))] == [f"Not acknowledged yet. Calls back {calls} 23:59"]
    hands.program.running.open("complaint", 1)
    hands.settle()
    act(hands, "Read back and acknowledged", by_whom="Ms Nova", how="by phone")
    for owner, role in (("som", "text2"), ("huy", "text2"), ("som", "reject")):
        act(hands, "Hand over", owner=house.id(owner), reason="knows the goods")
        see_handed(hands, role)
    hands.see("Handed over 3 times: too often")
    hands.see("Owner: สมชาย ศรีสุข")

    hands.switch("nga")
    too_often = "C-1 of Nova was handed over 3 times; สมชาย ศรีสุข has it now."
    hands.see(too_often)
    assert [line.role for line in hands.all(IconLine) if line.words == too_often] == ["reject"]
    hands.press("Look at it")
    hands.until(lambda: hands.here == "complaints", "the list")
    hands.switch("huy")
    assert not hands.reads("was handed over")
    assert not hands.reads("you promised")
    hands.program.running.open("complaint", 1)
    hands.see("สมชาย ศรีสุข has it, and goes on with it; a planner or an administrator can hand it over.")
    hands.see("Whether it is an escape is said by an arbiter.")
    offered = [
        code for code, key in page_of(hands, ComplaintView).acts_card.buttons.items() if key.isVisible()
    ]
    assert offered == ["link"]

    house.clock.forward(days=2)
    hands.switch("nga")
    assert not hands.reads("you promised")
    hands.switch("som")
    hands.see("C-1: you promised Nova a call back 1 day ago.")
    hands.see("C-1 of Nova was handed over 3 times; สมชาย ศรีสุข has it now.")
    hands.program.running.open("complaint", 1)
    hands.settle()
    hands.see("Call back overdue for 1 day")
    act(hands, "Call back", called="yes", said_or_why="a new one is on its way")
    hands.see("1 missed call back")
    act(hands, "Escape or not", escape="yes", about="rattles", reason="a part was loose when it left")
    hands.see("Nothing in IP-204 looks for it; a step is proposed.")
    mail = tmp_path / "C-1.eml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(mail), ""))
    act(hands, "Answer by mail")
    assert (
        "> It rattles when I shake it."
        in message_from_bytes(mail.read_bytes(), policy=policy.default).get_content()
    )
    act(hands, "Close the complaint", outcome="a new one was sent")
    hands.see("It is closed; nothing is left to do.")
    assert [row.escape for row in house.use.read.care.escapes()] == [True]
    for login in ("som", "nga"):
        hands.switch(login)
        assert not hands.reads("C-1")
    assert verify(house.database).problems == ()


def test_a_touch_is_one_key_and_can_be_undone(hands: Hands, house: House) -> None:
    house.batch("OUT-1")
    hands.sign_in("linh")
    hands.open_batch("OUT-1")
    for key in (Qt.Key.Key_F5, Qt.Key.Key_F8):
        QTest.keyClick(hands.window, key)
        hands.settle()
    hands.see("A touch is logged: hand-off.")
    assert [row.kind for row in house.use.read.care.touches()] == ["hand_off", "call"]
    hands.press("Undo")
    hands.settle()
    assert [row.kind for row in house.use.read.care.touches()] == ["call"]
    hands.program.running.open("touches")
    hands.settle()
    hands.see("A batch that was worked on is touched 1.0 times on average")


def test_batches_touched_too_often_are_drawn_above_the_limit_and_an_order_is_touched_without_a_batch(
    hands: Hands, house: House
) -> None:
    for number in range(1, 10):
        house.batch(f"T-{number}", order="PO-7")
        house.use.care.touch(house.sittings["som"], "call", f"T-{number}")
    for _ in range(9):
        house.use.care.touch(house.sittings["som"], "chase", "T-4")
    hands.sign_in("linh")
    hands.see("Something is wrong with T-4 (10 times): touched too often.")
    hands.press("Look at it")
    hands.see("Something is wrong with T-4 (10 times): touched too often.")
    hands.see("more than 6.2 times is out of the usual")  # 2 + 3 √2
    view = page_of(hands, TouchesView)
    assert view.chart.isVisible()
    hands.press("Chase")
    hands.see("Name the batch or the order.")
    view.order.set_value("PO-9")
    hands.press("Chase")
    hands.see("A touch on order PO-9 is logged: chase.")
    newest = house.use.read.care.touches()[0]
    assert (newest.order, newest.batch, newest.kind) == ("PO-9", None, "chase")
    view.chart.chosen.emit(0, 3)
    hands.see("T-4")
    assert hands.here == "batch"


def test_batches_on_which_nobody_has_worked_do_not_hide_those_that_are_touched(house: House) -> None:
    house.batch("W-1")
    house.use.care.touch(house.sittings["som"], "call", "W-1")
    house.check("linh", house.batch("W-2"))
    for number in range(9):
        house.batch(f"NEW-{number}")
    care = house.use.read.care
    assert [(row.number, row.touches) for row in care.touched(last=5)] == [("W-1", 1), ("W-2", 0)]
