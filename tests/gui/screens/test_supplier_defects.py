# SPDX-License-Identifier: Apache-2.0
"""A supplier's defects in the window: from each bar and point to the batches, signatures and photos behind it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qcdesk.domain.events import DefectReported
from qcdesk.gui.screens.supplier_defects.presenter import SupplierDefectsPresenter
from qcdesk.gui.screens.supplier_defects.rows import Behind, BehindLine, OtherLine, Pictured
from qcdesk.gui.screens.supplier_defects.view import SupplierDefectsView
from qcdesk.gui.widgets.product import ProductPicture
from qcdesk.gui.widgets.side_by_side import PhotoLine
from qcdesk.services.record_entries import Entries, NewFinding
from tests.gui.screens.conftest import EN, Desk, Remembers, picture


def opened(desk: Desk, page: Remembers, batches: list[str] | None = None) -> SupplierDefectsPresenter:
    to = batches if batches is not None else []
    made = SupplierDefectsPresenter(page, desk.house.use, desk.tasks, EN, desk.problems(page), to.append)
    made.open(desk.house.supplier.supplier)
    return made


def pictured(page: Remembers) -> Pictured:
    found = page.last("show_pictures")
    assert isinstance(found, Pictured)
    return found


def behind(page: Remembers) -> Behind:
    found = page.last("show_behind")
    assert isinstance(found, Behind)
    return found


def lot(desk: Desk, number: str, *, photo: bool = False, second: bool = True) -> None:
    """Check a lot with two scratches and a dent, with a photo of the first scratch; without ``second`` it waits."""
    house = desk.house
    house.batch(number, quantity=80)
    for login in ("linh", "som") if second else ("linh",):
        started = house.start(login, number)
        house.record(login, started, {2: "SCR", 3: "SCR", 4: "DEN"} if not photo else {3: "SCR", 4: "DEN"})
        if photo:
            kept = house.use.files.keep_picture(coloured(number))
            house.use.record(
                house.sittings[login], Entries(started.check, findings=(NewFinding(2, "SCR", photo=kept),))
            )
        house.sign(login, started)


def coloured(number: str) -> bytes:
    """Return a picture of its own for each lot."""
    image, buffer = QImage(64, 48, QImage.Format.Format_RGB32), QBuffer()
    image.fill(Qt.GlobalColor.darkRed if number == "B-1" else Qt.GlobalColor.darkBlue)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def test_a_bar_leads_to_the_lots_and_who_signed_them(desk: Desk) -> None:
    page, opens = Remembers(), list[str]()
    lot(desk, "B-1")
    lot(desk, "B-2")
    lot(desk, "B-3", second=False)
    presenter = opened(desk, page, opens)
    first = pictured(page)
    assert [(bar.words, bar.count, bar.note) for bar in first.bars] == [
        ("Scratch", 4, "67 %"),
        ("Dent", 2, "100 %"),
    ]
    assert behind(page).name == "Scratch"
    lines = behind(page).lines
    assert [(line.number, line.count) for line in lines] == [("B-2", 2), ("B-1", 2)], (
        "B-3 waits for its second check"
    )
    assert lines[0].signed == "Nguyễn Thị Linh and สมชาย ศรีสุข"
    presenter.choose_bar(1)
    assert behind(page).name == "Dent" and [line.count for line in behind(page).lines] == [1, 1]
    presenter.choose_way("month")
    assert sum(line.count for line in behind(page).lines) == 6
    presenter.choose_way("class")
    assert {line.count for line in behind(page).lines} <= {1, 2, 3}
    presenter.choose_way("product")
    assert [line.count for line in behind(page).lines] == [3, 3]
    presenter.choose_point(0)
    assert opens == [line.batch for line in lines if line.number == "B-1"]


def test_photos_stand_side_by_side_and_one_that_was_changed_is_not_shown(desk: Desk) -> None:
    page = Remembers()
    for number in ("B-1", "B-2"):
        lot(desk, number, photo=True)
    presenter = opened(desk, page)
    photos = behind(page).photos
    assert photos and all(one.content for one in photos)
    assert photos[0].text.startswith("B-") and ", unit 2 · " in photos[0].text
    folder = Path(desk.house.database.folder) / "files"
    for file in folder.iterdir():
        file.chmod(0o600)
        file.write_bytes(b"another picture")
    presenter.open()
    photos = behind(page).photos
    assert photos and all(not one.content for one in photos)
    assert "not what was signed" in photos[0].missing
    presenter.choose_way("class")
    assert behind(page).photos == ()


def test_the_rarest_codes_share_a_bar_that_leads_to_each_of_them(desk: Desk) -> None:
    page, house = Remembers(), desk.house
    for n in range(15):
        for _ in range(2 if n < 12 else 1):
            report = DefectReported(
                "", "customer", f"C-{n:02}", "", "minor", 1, supplier=house.supplier.supplier
            )
            house.use.report_defect(house.sittings["linh"], report)
    presenter = opened(desk, page)
    drawn = pictured(page).bars
    assert len(drawn) == 13 and (drawn[-1].words, drawn[-1].count, drawn[-1].rest) == (
        "3 other codes",
        3,
        True,
    )
    presenter.choose_bar(12)
    assert pictured(page).place == 12 and behind(page).name == "3 other codes"
    assert [(line.name, line.count, line.share) for line in behind(page).others] == [
        (f"C-{n}", 1, "4 %") for n in (12, 13, 14)
    ]
    presenter.choose_other("C-13")
    assert pictured(page).place == 12 and behind(page).name == "C-13"
    assert [line.count for line in behind(page).lines] == [1] and behind(page).others == ()
    presenter.choose_bar(13)
    assert behind(page).name == "C-13", "there is no bar beyond"


def test_what_was_only_reported_leads_to_its_month(desk: Desk) -> None:
    page, house = Remembers(), desk.house
    for count in (2, 3):  # the newest stands first
        report = DefectReported(
            "", "customer", "SCR", "", "minor", count, supplier=house.supplier.supplier, reference="R-1"
        )
        house.use.report_defect(house.sittings["linh"], report)
    presenter = opened(desk, page)
    assert [(line.number, line.count, line.signed) for line in behind(page).lines] == [
        ("R-1", 3, "reported from outside"),
        ("R-1", 2, "reported from outside"),
    ]
    presenter.choose_point(0)
    assert pictured(page).way == "month" and sum(line.count for line in behind(page).lines) == 5


def test_the_page_shows_photos_in_their_frames_and_no_frame_without_any(qtbot: QtBot) -> None:
    view = SupplierDefectsView(EN)
    qtbot.addWidget(view)
    opens: list[str] = []
    view.batch_wanted.connect(opens.append)
    line = BehindLine("b1", "B-1", "2026-01", "Linh and Som", 2)
    view.show_behind(Behind("Scratch", (line,), (PhotoLine(picture(), "B-1"), PhotoLine(picture(), "B-2"))))
    assert len(view.photos.findChildren(ProductPicture)) == 2 and not view.photo_card.isHidden()
    view.list.opened.emit(line)
    view.show_behind(Behind("Scratch", (), ()))
    assert all(one.isHidden() for one in view.photos.children() if isinstance(one, QWidget))
    assert view.photo_card.isHidden() and opens == ["b1"]
    others: list[str] = []
    view.other_wanted.connect(others.append)
    view.show_behind(Behind("1 other code", (), (), (OtherLine("C-13", "Chip", 1, "4 %"),)))
    view.others.opened.emit(view.others.rows.row(0))
    assert others == ["C-13"] and view.list.isHidden()
    view.show_pictures(Pictured("code", (), None, 0, None))
    assert view.whole.isHidden() and not view.nothing.isHidden()
    view.deleteLater()
