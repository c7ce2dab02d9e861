# SPDX-License-Identifier: Apache-2.0
"""Two suppliers are found to be one in the window, are read and held back together, and are taken apart again."""

from __future__ import annotations

from qcdesk.domain.events import SupplierSaved
from tests.journeys.driving import Hands
from tests.workspace import House, secret


def test_two_names_of_one_firm_are_merged_and_taken_apart_on_its_page(hands: Hands, house: House) -> None:
    house.approve()
    number = house.accepted()
    other = house.use.save_supplier(
        house.sittings["linh"], SupplierSaved("", "S2", f"{house.supplier.name} Co., Ltd.")
    )
    house.use.save_supplier(house.sittings["linh"], SupplierSaved("", "S3", "Quite Another"))
    house.use.set_supplier_status(house.hands["linh"], None, "S2", "blocked", "cracks again")
    hands.sign_in("som")
    hands.program.running.open("supplier", other.supplier)
    hands.settle()
    hands.press("The same as another")
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    assert sheet.answers()["which"] == "S1"  # what reads alike stands first
    sheet.fill("reason", "one firm, two names")
    sheet.secret.password.setText(secret("som"))
    sheet.other.set_value("linh")
    sheet.other_secret.password.setText(secret("linh"))
    hands.press("Sign that they are one")
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()
    hands.see(f"is the same as {house.supplier.name}, since")
    hands.see("1 batch")

    hands.program.running.open("supplier", house.supplier.supplier)
    hands.settle()
    hands.see("Nothing of it is released: it is the same as")
    hands.open_batch(number)
    hands.see("It is blocked: cracks again.")

    hands.program.running.open("supplier", house.supplier.supplier)
    hands.settle()
    hands.press("Take apart")
    hands.until(sheet.isVisible, "the sheet")
    sheet.fill("reason", "two firms after all")
    sheet.secret.password.setText(secret("som"))
    sheet.other.set_value("linh")
    sheet.other_secret.password.setText(secret("linh"))
    hands.press("Sign that they are two")
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()
    assert "is the same as" not in hands.said()
    hands.open_batch(number)
    assert "It is blocked" not in hands.said()
