# SPDX-License-Identifier: Apache-2.0
"""Two planners set a supplier's budget in the window; the list shows what was conceded, and what is left of it."""

from __future__ import annotations

from datetime import timedelta

from qcdesk.gui.screens.concessions.view import ConcessionsView
from qcdesk.services.concessions import Wish
from tests.journeys.driving import Hands
from tests.workspace import House, secret


def conceded(house: House, units: int) -> str:
    """Return a batch that Linh asked for, and two from outside released under concession."""
    for login, name in (("bao", "Phan Bảo"), ("tho", "Mai Thọ")):
        house.enrol(login, name, "concession")
    number = house.batch()
    for login in ("linh", "som"):
        house.check(login, number, dict.fromkeys(range(1, 9), "SCR"))
    until = house.clock.today() + timedelta(days=30)
    wish = Wish(units, until, "hidden once mounted", "mail of 3 May")
    house.use.request_concession(house.hands["linh"], number, wish)
    house.use.approve_concession(house.hands["bao"], house.hands["tho"], number)
    return number


def test_concessions_stand_beside_the_defect_codes_with_each_suppliers_budget(
    hands: Hands, house: House
) -> None:
    running = hands.program.running
    hands.sign_in("linh")
    running.open("defect_codes")
    hands.settle()
    hands.press("Concessions")
    hands.see("No concession yet")
    number = conceded(house, 5)
    hands.press("Set a budget")
    sheet = running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.settle()
    sheet.fill("percent", "50")
    sheet.fill("reason", "as agreed")
    sheet.secret.password.setText(secret("linh"))
    sheet.other.set_value("som")
    sheet.other_secret.password.setText(secret("som"))
    hands.press("Set the budget")
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()
    (page,) = hands.all(ConcessionsView)
    assert page.rows.rows.row(0).number == number
    assert page.totals.rows.row(0).left == 5
    page.rows.selectRow(0)
    page.rows.clicked.emit(page.rows.rows.index(0, 0))
    hands.see("Defects SCR. Reference: mail of 3 May. Asked for by Nguyễn Thị Linh.")
    page.rows.opened.emit(page.rows.rows.row(0))
    hands.until(lambda: hands.here == "batch", "the batch of the row")
    hands.see("Released under concession")
