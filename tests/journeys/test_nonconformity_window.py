# SPDX-License-Identifier: Apache-2.0
"""A nonconformity through the window: opened on a rejected batch, carried on, closed by another, printed, reopened."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel

from qcdesk.gui.screens.nonconformities.view import NonconformitiesView
from qcdesk.gui.widgets.photo_row import PhotoRow
from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.journeys.lives import pdf_text
from tests.workspace import House, secret


def fill(hands: Hands, words: str, *, sign: str = "", **answers: str) -> None:
    """Fill in the sheet that is open, and press its key."""
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.settle()
    for code, value in answers.items():
        sheet.fill(code, value)
    if sign:
        sheet.secret.password.setText(secret(sign))
    hands.press(words)


def act(hands: Hands, words: str, *, sign: str = "", **answers: str) -> None:
    """Do one of the acts on the page, whose sheet has its words on its key."""
    hands.press(words)
    fill(hands, words, sign=sign, **answers)
    hands.until(lambda: not hands.program.running.ask_sheet.isVisible(), "the sheet to close")
    hands.settle()


def found_with_photo(house: House, number: str, tmp_path: Path) -> None:
    """Let Linh find eight scratches, the first with a photo, and Som the same."""
    seen = QImage(320, 240, QImage.Format.Format_RGB32)
    seen.fill(0xB04020)
    seen.save(str(tmp_path / "scratch.png"))
    photo = house.use.files.keep_picture((tmp_path / "scratch.png").read_bytes())
    house.batch(number)
    begun = house.start("linh", number)
    house.record("linh", begun, dict.fromkeys(range(2, 9), "SCR"))
    pictured = Entries(begun.check, findings=(NewFinding(1, "SCR", photo=photo),))
    house.use.record(house.sittings["linh"], pictured)
    house.sign("linh", begun)
    house.check("som", number, dict.fromkeys(range(1, 9), "SCR"))


def test_a_nonconformity_from_a_rejected_batch_to_its_report(
    hands: Hands, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_with_photo(house, "LOT-1", tmp_path)
    house.use.place_batch(house.sittings["linh"], "LOT-1", "Cage 2")
    hands.sign_in("linh")
    hands.program.running.open("nonconformities")
    hands.settle()
    hands.see("No nonconformity is open")
    hands.open_batch("LOT-1")
    hands.press("Open a nonconformity")
    fill(hands, "Open the nonconformity", quantity="9000", containment="All set apart in cage 2")
    hands.see("units cannot be affected")
    fill(hands, "Open the nonconformity", quantity="12", codes="SCR, DEN")
    hands.see("DEN")
    fill(hands, "Open the nonconformity", codes="SCR", what="all from cavity 2")
    hands.until(lambda: not hands.program.running.ask_sheet.isVisible(), "the sheet to close")
    hands.settle()
    for words in ("NC-1 is opened.", "SCR Scratch, minor: 8 units", "all from cavity 2", "Cage 2",
                  "Nothing was decided of the goods yet.", "All set apart in cage 2"):  # fmt: skip
        hands.see(words)
    hands.until(lambda: [one for row in hands.all(PhotoRow) for one in row.findChildren(QLabel)], "the photo")
    mould = tmp_path / "mould 7.txt"
    mould.write_text("worn", "utf-8")
    act(hands, "Put down a note", note="the mould was worn", attachments=str(mould))
    again = tmp_path / "again.txt"
    with monkeypatch.context() as choosing:
        choosing.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(again), ""))
        hands.press("mould 7.txt")
    hands.until(again.exists, "the file that was kept")
    assert again.read_text("utf-8") == "worn"
    act(hands, "Say how it is contained", containment="Stock looked through, 14 more set apart")
    act(hands, "Hand over", owner=house.id("som"), reason="knows the mould")
    hands.see("Handed over to สมชาย ศรีสุข: knows the mould")
    assert "Close it" not in hands.said().splitlines()

    house.clock.forward(days=20)
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], "LOT-1", "return", "worn mould")
    hands.switch("som")
    hands.see("NC-1 of batch LOT-1 was due")
    hands.open_batch("LOT-1")
    hands.press("See nonconformity NC-1")
    hands.see("Return of")
    later = (house.clock.today() + timedelta(days=30)).isoformat()
    act(hands, "Another due day", due=later, reason="the supplier answers next week")
    act(hands, "Close it", sign="som", reason="a new mould is in use")
    hands.see("Closed by สมชาย ศรีสุข")
    paper = tmp_path / "NC-1.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(paper), ""))
    hands.press("Save as PDF")
    hands.until(paper.exists, "the report")
    assert "a new mould is in use" in pdf_text(paper.read_bytes())
    hands.see("1 printed paper")
    act(hands, "Open it again", due=later, reason="more came back")
    hands.see("Opened again")
    hands.program.running.open("nonconformities")
    hands.settle()
    [listed] = hands.all(NonconformitiesView)
    assert listed.list.model.rowCount() == 1 and listed.list.model.row(0).batch_number == "LOT-1"
    assert verify(house.database).problems == ()


def test_nothing_about_one_is_offered_while_its_batch_is_being_checked(hands: Hands, house: House) -> None:
    house.batch("LOT-1")
    house.use.stop_batch(house.sittings["linh"], "LOT-1", "other", "wet")
    hands.sign_in("linh")
    hands.open_batch("LOT-1")
    hands.press("Open a nonconformity")
    fill(hands, "Open the nonconformity", what="wet boxes", containment="dried")
    hands.until(lambda: not hands.program.running.ask_sheet.isVisible(), "the sheet to close")
    house.start("linh", "LOT-1")
    hands.program.running.open("nonconformity", 1)
    hands.settle()
    hands.see("nothing is put down until both checks are compared")
    hands.open_batch("LOT-1")
    hands.see("See nonconformity NC-1")
    assert "Open a nonconformity" not in hands.said()
