# SPDX-License-Identifier: Apache-2.0
"""A supplier's figures at the window: weighed, traced to batches and photos, set beside another supplier, printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QImage, QImageWriter

from qcdesk.domain.events import SupplierSaved
from qcdesk.gui.screens.scorecard.view import ScorecardView
from qcdesk.gui.screens.supplier_defects.view import SupplierDefectsView
from qcdesk.gui.screens.suppliers_compare.view import SuppliersCompareView
from qcdesk.gui.widgets.product import ProductPicture
from qcdesk.reports.pages import page_count, text
from qcdesk.services.record_entries import Entries, NewFinding
from tests.journeys.driving import Hands
from tests.workspace import House


def photo(colour: Qt.GlobalColor) -> bytes:
    image, buffer = QImage(80, 60, QImage.Format.Format_RGB32), QBuffer()
    image.fill(colour)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def bad_lot(house: House, number: str, colour: Qt.GlobalColor) -> None:
    """Both find a dent on unit 1, and the first takes a photo of it."""
    house.batch(number, quantity=80)
    for login in ("linh", "som"):
        started = house.start(login, number)
        house.record(login, started, {} if login == "linh" else {1: "DEN"})
        if login == "linh":
            kept = house.use.files.keep_picture(photo(colour))
            found = Entries(started.check, findings=(NewFinding(1, "DEN", photo=kept),))
            house.use.record(house.sittings["linh"], found)
        house.sign(login, started)


def test_figures_lead_to_what_they_are_made_of_and_stand_beside_another_supplier(
    house: House, look: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = Hands.on(house, mode="desk")
    running = hands.program.running
    bad_lot(house, "LOT-1", Qt.GlobalColor.darkRed)
    bad_lot(house, "LOT-2", Qt.GlobalColor.darkBlue)
    other = house.use.save_supplier(house.sittings["linh"], SupplierSaved("", "S2", "Nhà máy B"))
    house.released(number="LOT-3", supplier=other.supplier)
    hands.sign_in("linh")

    # The scorecard: a weight is changed on the spot, and stays for the next time.
    running.open("supplier", house.supplier.supplier)
    hands.settle()
    hands.press("Scorecard")
    (scores,) = hands.all(ScorecardView)
    hands.until(lambda: "major" in scores.cards.keys, "the cards")
    before = scores.headline.way.text()
    hands.click(scores.cards.keys["major"])
    hands.click(scores.heavier)
    hands.see("weighs 3 in the mean")
    assert scores.headline.way.text() != before
    hands.press("Usual weights")
    assert scores.headline.way.text() == before
    hands.click(scores.heavier)

    # The defects: from the bar to both lots, who signed them, and the photos; and on to the batch.
    hands.press("Defects")
    (defects,) = hands.all(SupplierDefectsView)
    hands.until(lambda: len(hands.all(ProductPicture, defects.photos)) == 2, "both photos")
    assert [defects.list.rows.row(n).number for n in range(defects.list.rows.rowCount())] == [
        "LOT-2",
        "LOT-1",
    ]
    assert defects.list.rows.row(0).signed == "Nguyễn Thị Linh and สมชาย ศรีสุข"
    hands.press("By class")
    hands.until(lambda: defects.list_card.heading.text() == "Major", "the class")
    defects.list.opened.emit(defects.list.rows.row(1))
    hands.see("LOT-1")
    running.open("scorecard", house.supplier.supplier)
    hands.settle()

    # Side by side, with the weight that was kept, and on one page.
    hands.press("Compare")
    (side,) = hands.all(SuppliersCompareView)
    hands.until(lambda: len(side.table.row_words(1)) > 0 if side.table.height() else False, "the table")
    assert "Major defects 3" in side.weights.text()
    assert "Nhà máy B. Weighted mean:" in side.table.row_words(1)
    file = tmp_path / "side.pdf"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(file), ""))
    hands.press("Print")
    hands.press("Save as …")
    hands.until(file.exists, "the file")
    assert page_count(file.read_bytes()) == 1
    assert "Suppliers side by side" in " ".join(text(file.read_bytes())[0].split())
    hands.close()
