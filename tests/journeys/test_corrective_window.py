# SPDX-License-Identifier: Apache-2.0
"""A bad lot, a request for corrective action as a mail, a promise, two good lots, and a third that breaks it."""

from __future__ import annotations

import os
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from qcdesk.domain.refusals import ReleaseStopped
from qcdesk.gui.screens.corrective.view import ActionsView, ActionView
from qcdesk.services.corrective_actions import NewAction
from qcdesk.wording.readers import words_for
from tests.journeys.driving import Hands
from tests.workspace import PRODUCT, House, refused, secret

PICTURES = os.environ.get("QCDESK_PICTURES")


def look(hands: Hands, name: str) -> None:
    if PICTURES:
        hands.picture(Path(PICTURES) / f"{name}.png")


def lot(house: House, number: str, bad: int = 0) -> None:
    house.batch(number)
    for login in ("linh", "som"):
        house.check(login, number, dict.fromkeys(range(1, bad + 1), "DEN"))


def test_a_promise_is_broken_by_the_third_lot_and_two_decide_about_the_stop(
    hands: Hands, house: House, tmp_path: Path
) -> None:
    house.approve()
    lot(house, "LOT-0", bad=8)
    running, window = hands.program.running, hands.window
    sheet = running.ask_sheet

    def fill(button: str, **answers: str) -> None:
        hands.until(sheet.isVisible, "the sheet")
        for code, text in answers.items():
            sheet.fill(code, text)
        hands.press(button)
        hands.until(lambda: not sheet.isVisible(), "the sheet to close")
        hands.settle()

    hands.sign_in("som")
    running.open("corrective_actions")
    hands.settle()
    hands.see("No corrective action is open")
    lists, page = window.findChild(ActionsView), window.findChild(ActionView)
    assert lists is not None
    assert page is not None
    lists.adding.click()
    fill(
        "Open the action",
        supplier="S1",
        title="Dents on covers",
        codes="DEN",
        finding="8 of 20 units of LOT-0",
    )
    assert hands.here == "corrective_action"
    file = tmp_path / "CA-1.eml"
    page.mail_wanted.emit(str(file))
    fill("Write the mail", to="qc@s1.com")
    assert b"To: " in file.read_bytes()
    in_thai = tmp_path / "CA-1-th.eml"
    page.mail_wanted.emit(str(in_thai))
    fill("Write the mail", language="th")
    thai = message_from_bytes(in_thai.read_bytes(), policy=policy.default)
    assert words_for("th").say("Please answer each of these:") in thai.get_content()
    page.promise.click()
    fill("Put the promise down", promise="No more dents", due="2099-01-01", percent="0,5", lots="3")
    hands.see("Concerns: Dent on everything")
    for number, bad in (("LOT-1", 0), ("LOT-2", 0), ("LOT-3", 8)):
        lot(house, number, bad)
    running.open("corrective_action", "CA-1")
    hands.settle()
    hands.see("Dent came again with LOT-3.")
    refused(ReleaseStopped, lambda: house.use.release_batch(house.hands["som"], "LOT-1"))
    page.deciding.click()
    hands.until(sheet.isVisible, "the sheet")
    sheet.fill("reason", "the two lots before were sorted")
    sheet.secret.password.setText(secret("som"))
    sheet.other.set_value("linh")
    sheet.other_secret.password.setText(secret("linh"))
    hands.press("Sign and let them go")
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()
    house.use.release_batch(house.hands["som"], "LOT-1")
    running.open("corrective_actions")
    hands.settle()
    assert house.use.corrective_action("CA-1").promises[0].decision.state == "broken"


@pytest.mark.logs
def test_a_lead_files_and_the_product_of_a_promise_are_chosen_in_the_sheets(
    hands: Hands, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, window = hands.program.running, hands.window
    drawing, certificate = tmp_path / "press.pdf", tmp_path / "certificate.pdf"
    drawing.write_bytes(b"%PDF the press")
    certificate.write_bytes(b"%PDF the certificate")
    new = NewAction(house.supplier.supplier, "Dents on covers", ("DEN",))
    house.use.open_action(house.sittings["som"], new)
    sheet = running.ask_sheet

    def fill(button: str, **answers: str) -> None:
        hands.until(sheet.isVisible, "the sheet")
        hands.settle()
        for code, text in answers.items():
            sheet.fill(code, text)
        look(hands, button)
        hands.press(button)
        hands.until(lambda: not sheet.isVisible(), "the sheet to close")
        hands.settle()

    hands.sign_in("som")
    running.open("corrective_action", "CA-1")
    hands.settle()
    page = window.findChild(ActionView)
    assert page is not None
    page.step_wanted.emit("D1")
    fill("Save the step", text="Linh, and the press shop", person=house.id("linh"), attachments=str(drawing))
    assert house.use.corrective_action("CA-1").owner == house.id("linh")
    page.promise.click()
    fill("Put the promise down", promise="The next covers are good", test="accepted", product=PRODUCT)
    page.promise.click()
    fill(
        "Put the promise down",
        promise="A certificate comes",
        test="certificate",
        document="Material certificate",
    )
    page.answer.click()
    fill("Put it down", text="Here it is", promise="2", attachments=str(certificate))
    first, second = house.use.corrective_action("CA-1").promises
    assert (first.test.product, first.decision.state, second.decision.state) == (PRODUCT, "open", "kept")
    look(hands, "action with files")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "again.pdf"), ""))
    hands.press("press.pdf")
    hands.until((tmp_path / "again.pdf").is_file, "the file")
    assert (tmp_path / "again.pdf").read_bytes() == drawing.read_bytes()
    page.print_wanted.emit(str(tmp_path / "8d.pdf"))
    hands.see("1 printed paper")
    page.answer.click()
    hands.until(sheet.isVisible, "the sheet")
    hands.settle()
    sheet.fill("text", "They said so")
    sheet.fill("attachments", str(tmp_path / "nowhere.pdf"))
    hands.press("Put it down")
    hands.see("nowhere.pdf")
    assert len(house.use.corrective_action("CA-1").told) == 1
