# SPDX-License-Identifier: Apache-2.0
"""A maker sends defective goods, promises a fix, and sends defective goods again: all of it through the window."""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.switching import Switching
from qcdesk.gui.screens.corrective.view import ActionView
from qcdesk.gui.screens.scorecard.view import ScorecardView
from qcdesk.gui.widgets.lists import LOOK, Cell
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.journeys.lives import pdf_text
from tests.workspace import PROCEDURE, PRODUCT, House, secret

PICTURES = os.environ.get("QCDESK_PICTURES")
RULES = (
    ClassRule("critical", "zero", Decimal("4.0")),
    ClassRule("major", "aql", Decimal("4.0")),
    ClassRule("minor", "aql", Decimal("6.5")),
)
BAD = dict.fromkeys(range(1, 9), "Dent")


@pytest.fixture
def desk(house: House, look: None) -> Iterator[Hands]:
    """A window on a desk; the procedure switches by the lots that come."""
    house.approve(switching=Switching(), rules=RULES, characteristics=())
    made = Hands.on(house, mode="desk")
    yield made
    made.close()


def picture(hands: Hands, name: str) -> None:
    if PICTURES:
        hands.picture(Path(PICTURES) / f"{name}.png")


def fill(hands: Hands, button: str, *, by: str = "", other: str = "", **answers: str) -> None:
    """Fill in the sheet that is open, sign where it is signed, and press its button."""
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.settle()
    for code, text in answers.items():
        sheet.fill(code, text)
    if by:
        sheet.secret.password.setText(secret(by))
    if other:
        sheet.other.set_value(other)
        sheet.other_secret.password.setText(secret(other))
    hands.press(button)


def filled(hands: Hands, button: str, *, by: str = "", other: str = "", **answers: str) -> None:
    """The same, and the sheet goes."""
    fill(hands, button, by=by, other=other, **answers)
    sheet = hands.program.running.ask_sheet
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()


def promised(hands: Hands) -> str:
    """Return why the promise on the page stands where it does."""
    (page,) = hands.all(ActionView)
    state = page.promises.model().index(0, 3).data(LOOK)
    assert isinstance(state, Cell)
    return state.note


def inspected(hands: Hands, number: str, defects: dict[int, str]) -> None:
    """Linh and Som inspect a lot, one after the other, at the window."""
    for login, act in (("linh", "Make the first check"), ("som", "Make the second check")):
        hands.switch(login)
        hands.open_batch(number)
        hands.act(act)
        hands.inspect(defects)
        hands.sign(login)
        hands.until(lambda: hands.here in ("board", "comparison"), "the check to be signed")
        hands.settle()


def lot(house: House, number: str, defects: dict[int, str]) -> None:
    """A lot that both have inspected."""
    house.batch(number)
    for login in ("linh", "som"):
        house.check(login, number, defects)


def test_a_promise_is_held_against_the_lots_that_come_and_a_broken_one_holds_goods_back(
    desk: Hands, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, running = desk, desk.program.running

    def saved_as(name: str) -> Path:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / name), ""))
        return tmp_path / name

    def read_pdf(press: str, name: str) -> str:
        file = saved_as(name)
        hands.press(press)
        hands.until(file.is_file, "the file")
        hands.settle()
        if PICTURES:
            (Path(PICTURES) / name).write_bytes(file.read_bytes())
        return pdf_text(file.read_bytes())

    # A budget is agreed, and a bad lot arrives: both find it, one stops it.
    hands.sign_in("linh")
    running.open("concessions")
    hands.settle()
    hands.press("Set a budget")
    filled(hands, "Set the budget", by="linh", other="som", percent="10", reason="as agreed")
    house.batch("LOT-0")
    inspected(hands, "LOT-0", BAD)
    assert house.state("LOT-0") == "rejected"
    hands.open_batch("LOT-0")
    hands.press("Stop the batch")
    filled(hands, "Stop this batch", kind="other", reason="dents all over")
    picture(hands, "1-stopped")

    # It cannot be conceded: what was agreed is less. It goes back.
    hands.press("Ask for a concession")
    fill(
        hands, "Ask for the concession", by="som", deviation="hidden once mounted", reference="mail of 3 May"
    )
    hands.see("20 units go beyond the budget of Cơ khí Đông Á: 10 % of 20 received in 12 months")
    picture(hands, "2-beyond-the-budget")
    running.ask_sheet.close_sheet()
    hands.press("Sort, regrade, return or scrap")
    filled(hands, "Sign it together", by="som", other="linh", kind="return", reason="dented")
    hands.see("Returned to the supplier")
    picture(hands, "3-returned")

    # The supplier is asked by mail, and promises.
    running.open("corrective_actions")
    hands.settle()
    hands.press("Open an action")
    filled(
        hands,
        "Open the action",
        supplier="S1",
        title="Dents on covers",
        codes="DEN",
        product=PRODUCT,
        finding="8 of 20 units of LOT-0",
    )
    mail = saved_as("CA-1.eml")
    hands.press("Write the mail")
    filled(hands, "Write the mail", to="qc@dong-a.example")
    assert b"Subject: Corrective action request CA-1: Dents on covers" in mail.read_bytes()
    hands.press("Put down a promise")
    filled(
        hands,
        "Put the promise down",
        promise="The press is padded: no more dents",
        due="2026-12-24",
        percent="0,5",
        lots="3",
    )
    hands.until(lambda: promised(hands) == "Waits for the next 3 lots.", "the promise")
    picture(hands, "4-promised")

    # Two good lots, and the third is bad.
    lot(house, "LOT-1", {})
    lot(house, "LOT-2", {})
    running.open("corrective_action", "CA-1")
    hands.until(lambda: promised(hands) == "Waits for 1 more lot, after LOT-1 and LOT-2.", "both lots")
    picture(hands, "5-two-good-lots")
    house.batch("LOT-3")
    inspected(hands, "LOT-3", BAD)
    running.open("corrective_action", "CA-1")
    hands.see("Dent came again with LOT-3.")
    hands.see("Open again")
    assert promised(hands) == "8 of 24 units in LOT-1, LOT-2 and LOT-3."
    picture(hands, "6-broken")
    assert house.use.corrective_action("CA-1").promises[0].decision.state == "broken"

    # Whatever comes next is inspected tightened, and nothing is released.
    hands.open_batch("LOT-1")
    hands.see("DEN came again")
    picture(hands, "7-release-blocked")
    house.batch("LOT-4")
    hands.open_batch("LOT-4")
    hands.see("Tightened")
    picture(hands, "8-tightened")
    with house.use.look() as uow:
        standing = uow.severities(house.supplier.supplier, PRODUCT, PROCEDURE)["major"].state
    assert standing.severity == "tightened"

    # The scorecard says so, and so do both papers.
    running.open("supplier", house.supplier.supplier)
    hands.settle()
    hands.see("1 promise: 1 broken.")
    hands.see("Never audited.")
    picture(hands, "9-supplier")
    hands.press("Promises and audits")
    hands.until(lambda: hands.here == "supplier_ledger", "the ledger")
    hands.see("1 promise: 1 broken.")
    picture(hands, "9-ledger")
    hands.press("Supplier")
    hands.press("Scorecard")
    (scores,) = hands.all(ScorecardView)
    hands.until(lambda: "acceptance" in scores.cards.keys, "the figures")
    said = scores.cards.keys["acceptance"]
    assert said.text() == "Lots accepted at first"
    assert said.accessibleDescription().startswith("50.0 %. 95 %: 6.8–93.2 %. 2 of 4 lots")
    picture(hands, "10-scorecard")
    hands.press("Print")
    card = read_pdf("Save as …", "scorecard.pdf")
    assert "Lots accepted at first 50.0 % 2 of 4" in card
    running.open("corrective_action", "CA-1")
    hands.settle()
    paper = read_pdf("Save as PDF", "CA-1.pdf")
    for words in (
        "Not fixed yet.",
        "of Cơ khí Đông Á is released until two decide (CA-1).",
        "Broken. 8 of 24 units",
    ):
        assert words in paper
    (page,) = hands.all(ActionView)
    assert page.deciding.isVisible()
    assert verify(house.database).ok
