# SPDX-License-Identifier: Apache-2.0
"""Concessions in the window: a budget, goods asked for, approved by two others, certified, shipped while it lasts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from qcdesk.gui.screens.ask.view import AskSheet
from qcdesk.gui.screens.concessions.view import ConcessionsView
from qcdesk.services.concessions import Wish
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.journeys.lives import pdf_text
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
    hands.see("Defects Scratch. Reference: mail of 3 May. Asked for by Nguyễn Thị Linh.")
    page.rows.opened.emit(page.rows.rows.row(0))
    hands.until(lambda: hands.here == "batch", "the batch of the row")
    hands.see("Released under concession")


def open_sheet(hands: Hands, act: str) -> AskSheet:
    """Open the sheet of an act on the batch's page."""
    hands.press(act)
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.settle()
    return sheet


def sign(hands: Hands, button: str, *logins: str) -> None:
    """Sign what the sheet says, one or two."""
    sheet = hands.program.running.ask_sheet
    if logins:
        sheet.secret.password.setText(secret(logins[0]))
    for other in logins[1:]:
        sheet.other.set_value(other)
        sheet.other_secret.password.setText(secret(other))
    hands.press(button)


def signed(hands: Hands, button: str, *logins: str) -> None:
    """Sign, and see the sheet close."""
    sign(hands, button, *logins)
    hands.until(lambda: not hands.program.running.ask_sheet.isVisible(), "the sheet to close")
    hands.settle()


def ask_for(hands: Hands, quantity: int, last: date, consent: Path) -> None:
    """Fill in what is asked for."""
    sheet = open_sheet(hands, "Ask for a concession")
    for code, value in (
        ("quantity", str(quantity)),
        ("until", last.isoformat()),
        ("deviation", "Scratches on the rear of the cover, hidden once the pump is mounted."),
        ("reference", "mail of 3 May"),
        ("use", "ACME Pumps"),
        ("consent", str(consent)),
    ):
        sheet.fill(code, value)


def test_rejected_goods_are_conceded_within_the_budget_certified_and_shipped_in_time(
    hands: Hands, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for login, name in (("bao", "Phan Bảo"), ("tho", "Mai Thọ")):
        house.enrol(login, name, "concession")
    number = house.batch(quantity=100)
    for login in ("linh", "som"):
        house.check(login, number, dict.fromkeys(range(1, 9), "SCR"))
    supplier, agreed = house.supplier.supplier, "as agreed"
    house.use.set_concession_budget(
        house.hands["linh"], house.hands["som"], supplier, Decimal(60), 12, agreed
    )
    consent = tmp_path / "consent.pdf"
    consent.write_bytes(b"%PDF-1.7 we take sixty of them")
    last = house.clock.today() + timedelta(days=5)

    hands.sign_in("linh")
    hands.open_batch(number)
    ask_for(hands, 61, last, consent)
    sign(hands, "Ask for the concession", "linh")
    hands.see(
        "61 units go beyond the budget of Cơ khí Đông Á: 60 % of 100 received in 12 months, of which 0 are conceded."
    )
    hands.program.running.ask_sheet.fill("quantity", "60")
    hands.settle()
    signed(hands, "Ask for the concession", "linh")
    hands.see("Concession asked for by")
    assert house.state(number) == "rejected"

    hands.switch("bao")
    hands.open_batch(number)
    open_sheet(hands, "Release under the concession")
    hands.see("hidden once the pump is mounted")
    signed(hands, "Release under concession", "bao", "tho")
    hands.see("RELEASED UNDER CONCESSION: 60 of 100 pcs")
    for name in ("Nguyễn Thị Linh", "Phan Bảo", "Mai Thọ"):
        hands.see(name)
    with house.use.look() as uow:
        batch = uow.batch(number)
        given = uow.given_concession(batch.round or "")
    assert (batch.state, batch.released) == ("released_under_concession", 60)
    assert given is not None and given.asked.consent == sha256(consent.read_bytes()).hexdigest()
    assert house.use.files.read(given.asked.consent) == consent.read_bytes()
    assert given.asked.consent_name == "consent.pdf"
    again = tmp_path / "again.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(again), ""))
    hands.program.running.open("concessions")
    (listed,) = hands.all(ConcessionsView)
    hands.until(lambda: listed.rows.rows.rowCount() == 1, "the concession")
    listed.rows.selectRow(0)
    listed.rows.clicked.emit(listed.rows.rows.index(0, 0))
    hands.press("consent.pdf")
    hands.until(again.exists, "the consent")
    assert again.read_bytes() == consent.read_bytes()

    hands.switch("som")
    hands.open_batch(number)
    open_sheet(hands, "Print certificate")
    hands.see("as RELEASED UNDER CONCESSION")
    signed(hands, "Issue and print", "som")
    hands.until(lambda: hands.here == "certificate", "the certificate")
    papers = (house.use.printing.certificate(1, 0), house.use.printing.inspection(batch.id, house.id("som")))
    for paper in papers:
        told = pdf_text(paper)
        for words in (
            "RELEASED UNDER CONCESSION",
            "Phan Bảo",
            "Mai Thọ",
            last.isoformat(),
            "ACME Pumps",
            "60 pcs",
        ):
            assert words in told

    hands.open_batch(number)
    open_sheet(hands, "Record a shipment").fill("quantity", "61")
    hands.program.running.ask_sheet.fill("to", "ACME")
    sign(hands, "Record the shipment")
    hands.see("61 asked, but 60 are left of what was released")
    hands.program.running.ask_sheet.fill("quantity", "40")
    signed(hands, "Record the shipment")
    house.clock.forward(days=7)
    hands.switch("som")
    hands.open_batch(number)
    hands.see("Record a shipment: not now")
    hands.see(f"The concession of batch {number} ended on")
    with house.use.look() as uow:
        assert uow.batch(number).shipped == 40
    assert verify(house.database).ok
