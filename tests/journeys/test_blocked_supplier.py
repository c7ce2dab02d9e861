# SPDX-License-Identifier: Apache-2.0
"""A supplier is blocked in the window by one person, holds its batches back, and delivers again by two."""

from __future__ import annotations

from tests.journeys.driving import Hands
from tests.workspace import House, secret


def test_a_supplier_is_blocked_and_let_go_on_its_page(hands: Hands, house: House) -> None:
    house.approve()
    number = house.accepted()
    hands.sign_in("som")
    hands.program.running.open("supplier", house.supplier.supplier)
    hands.settle()
    hands.see("Approved. Nobody has said otherwise.")
    hands.press("Block or restrict")
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    sheet.fill("to", "blocked")
    sheet.fill("reason", "cracks again")
    sheet.secret.password.setText(secret("som"))
    hands.press("Set the status")
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()
    hands.see("by สมชาย ศรีสุข: cracks again.")

    hands.open_batch(number)
    hands.see("It is blocked: cracks again.")

    hands.program.running.open("supplier", house.supplier.supplier)
    hands.settle()
    hands.press("Let it deliver")
    hands.until(sheet.isVisible, "the sheet")
    sheet.fill("to", "conditional")
    sheet.fill("reason", "moulds mended, three lots on trial")
    sheet.secret.password.setText(secret("som"))
    sheet.other.set_value("linh")
    sheet.other_secret.password.setText(secret("linh"))
    hands.press("Sign and let it deliver")
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()
    hands.see("Conditional since")
    hands.open_batch(number)
    assert "It is blocked" not in hands.said()
