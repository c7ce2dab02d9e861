# SPDX-License-Identifier: Apache-2.0
"""Goods that were not accepted, through the window: they are placed, and two people send them back or to be sorted."""

from __future__ import annotations

from datetime import timedelta

from qcdesk.gui.screens.board.view import BoardView
from qcdesk.services.concessions import Wish
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.journeys.lives import pdf_text
from tests.workspace import House, secret


def press_act(hands: Hands, act: str) -> None:
    """Open the sheet of an act on the batch's page."""
    hands.press(act)
    hands.until(hands.program.running.ask_sheet.isVisible, "the sheet")
    hands.settle()


def end_together(
    hands: Hands, kind: str, reason: str, act: str = "Sort, regrade, return or scrap", **more: str
) -> None:
    """Let Linh and Som sign what becomes of all of a batch."""
    press_act(hands, act)
    end_together_on(hands, kind, reason, **more)


def end_together_on(hands: Hands, kind: str, reason: str, **more: str) -> None:
    """Let Linh and Som sign the sheet that is open."""
    sheet = hands.program.running.ask_sheet
    sheet.fill("kind", kind)
    for field, value in more.items():
        sheet.fill(field, value)
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
    hands.until(lambda: not hands.program.running.ask_sheet.isVisible(), "the sheet to close")
    hands.settle()
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


def test_goods_are_repaired_or_regraded_by_two_and_page_and_report_say_so(hands: Hands, house: House) -> None:
    house.approve()
    mended, other = house.rejected(), house.rejected()
    hands.sign_in("linh")
    hands.open_batch(mended)
    end_together(hands, "repair", "welded again", "Send to rework or repair")
    hands.see("possibly not what was asked for")
    with house.use.look() as uow:
        batch = uow.batch(mended)
    assert (batch.rework_ordered, batch.repaired) == (True, True)
    told = pdf_text(house.use.printing.inspection(batch.id, house.id("linh")))
    assert "Repaired goods" in told and "possibly not what was asked for" in " ".join(told.split())
    hands.open_batch(other)
    end_together(hands, "regrade", "dull", terms="B, for inner parts")
    assert house.state(other) == "rejected"
    hands.see("B, for inner parts")
    with house.use.look() as uow:
        regraded = uow.batch(other)
    assert regraded.rework_ordered
    told = " ".join(pdf_text(house.use.printing.inspection(regraded.id, house.id("linh"))).split())
    assert "Taken for another grade or use: B, for inner parts." in told
    assert verify(house.database).ok


def test_what_a_shipped_concession_left_goes_back_through_the_window(hands: Hands, house: House) -> None:
    house.approve()
    for login, name in (("minh", "Trần Minh"), ("nga", "Phạm Nga")):
        house.enrol(login, name, "concession")
    batch = house.batch(quantity=100)
    for who in ("linh", "som"):
        house.check(who, batch, dict.fromkeys(range(1, 9), "SCR"))
    wish = Wish(40, house.clock.today() + timedelta(days=30), "scratched inside", "mail of 3 March", ("SCR",))
    house.use.request_concession(house.hands["linh"], batch, wish)
    house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch)
    house.use.ship_batch(house.sittings["linh"], batch, 40, "ACME")
    hands.sign_in("linh")
    (board,) = hands.all(BoardView)
    quarantined = board.lanes["quarantined"].model
    hands.until(lambda: quarantined.rowCount() == 1, "the rest, which was not conceded, among what is held")
    hands.open_batch(batch)
    hands.see("60 pcs, still here")
    press_act(hands, "Sort, regrade, return or scrap")
    hands.see("All 60 pcs go the same way")
    end_together_on(hands, "return", "not wanted")
    assert house.state(batch) == "returned"
    assert verify(house.database).ok
