# SPDX-License-Identifier: Apache-2.0
"""The owner's scoreboard through the window: what moved, figures typed and from a list, one page of paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from qcdesk.domain.events import ComplaintTaken
from qcdesk.gui.screens.scoreboard.view import ScoreboardView
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.workspace import House

MONTH = 30


def complain(house: House, times: int) -> None:
    for _ in range(times):
        taken = ComplaintTaken(0, "Nova", "", "en", "written", "It rattles.", house.clock.today(), "", None)
        house.use.care.take_complaint(house.sittings["linh"], taken)


def lived(house: House) -> None:
    """Release a batch and take a complaint in each of eight months, and fourteen in the last of them."""
    for number in range(8):
        house.released(number=f"M-{number}")
        complain(house, 14 if number == 7 else 1)
        house.clock.forward(days=MONTH)


def test_the_owner_sees_what_moved_and_puts_down_what_is_counted_by_hand(
    hands: Hands, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(house)
    hands.sign_in("linh")
    hands.program.running.open("scoreboard")
    hands.settle()
    hands.see("In 2026-09, 1 figure left its usual range.")
    hands.see("Written complaints: 14 a month in 2026-09, above the usual range around 1.2.")
    view = next(page for page in hands.all(ScoreboardView) if page.isVisible())
    assert len(view.cards.keys) == 10
    assert view.cards.keys["written"].isChecked() and view.chart.isVisible()
    hands.press("Repeat orders and referrals")
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    for code, value in (("month", "2099-01"), ("repeat_orders", "12"), ("referrals", "3")):
        sheet.fill(code, value)
    hands.press("Put it down")
    hands.see("is no month that has begun")
    sheet.fill("month", "2026-09")
    hands.press("Put it down")
    hands.see("2026-09 is put down.")
    listed = tmp_path / "figures.csv"
    listed.write_text("month,repeat_orders,referrals\n2026-07,10,2\n2026-08,11,x\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(listed), ""))
    hands.press("Import a list")
    hands.see("figures.csv")
    assert len(house.use.read.care.figures()) == 1
    listed.write_text("month,repeat_orders,referrals\n2026-07,10,2\n2026-08,11,4\n")
    hands.press("Import a list")
    hands.see("2 months are new, 0 changed, 0 as before.")
    assert [row.repeat_orders for row in house.use.read.care.figures()] == [10, 11, 12]
    hands.press("Print")
    hands.see("Back to the scoreboard")
    hands.press("Back to the scoreboard")
    hands.see("In 2026-09, 1 figure left its usual range.")
    assert verify(house.database).problems == ()
