# SPDX-License-Identifier: Apache-2.0
"""Goods that were not accepted, through the window: they are placed, and two people send them back or to be sorted."""

from __future__ import annotations

from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.journeys.lives import pdf_text
from tests.workspace import House, secret


def press_act(hands: Hands, act: str) -> None:
    """Open the sheet of an act on the batch's page."""
    hands.press(act)
    hands.until(hands.program.running.ask_sheet.isVisible, "the sheet")
    hands.settle()


def end_together(hands: Hands, kind: str, reason: str) -> None:
    """Let Linh and Som sign what becomes of all of a batch."""
    press_act(hands, "Sort, return or scrap")
    sheet = hands.program.running.ask_sheet
    sheet.fill("kind", kind)
    sheet.fill("reason", reason)
    sheet.secret.password.setText(secret("linh"))
    sheet.other.set_value("som")
    sheet.other_secret.password.setText(secret("som"))
    hands.press("Sign it together")
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()


def test_rejected_goods_are_placed_then_sorted_or_returned_by_two(hands: Hands, house: House) -> None:
    house.approve()
    back, again = house.rejected(), house.rejected()
    hands.sign_in("linh")
    hands.open_batch(back)
    press_act(hands, "Say where it stands")
    hands.program.running.ask_sheet.fill("stands", "Cage 2")
    hands.press("Keep the place")
    hands.see("Cage 2")
    end_together(hands, "return", "welds are cracked")
    hands.see("Returned to the supplier")
    assert house.state(back) == "returned"
    hands.open_batch(again)
    end_together(hands, "sort", "only some are dented")
    with house.use.look() as uow:
        sorted_out, returned = uow.batch(again), uow.batch(back).id
    assert (sorted_out.state, sorted_out.rework_ordered) == ("rejected", True)
    assert "goes back to its supplier" in pdf_text(house.use.printing.inspection(returned, house.id("linh")))
    assert verify(house.database).ok
