# SPDX-License-Identifier: Apache-2.0
"""Papers of many batches are made one after the other; each that is not made is told of, and can be tried again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcdesk.gui.changes import Changes
from qcdesk.gui.printers import PrintJob, new_printer
from qcdesk.gui.screens.print_many.presenter import Kept, PrintManyPresenter
from qcdesk.gui.screens.print_many.rows import Kind, Line, Where, Wish
from qcdesk.gui.screens.print_many.view import PrintManyView
from qcdesk.gui.widgets.lists import ROW
from tests.gui.screens.conftest import EN, Desk, Remembers


class Page:
    def __init__(self, desk: Desk, **answers: object) -> None:
        self.desk = desk
        usual: dict[str, object] = {"begin_paper": 72, "paint_on_paper": True, "end_paper": True}
        self.view = Remembers(**{**usual, **answers})
        self.habit: dict[str, str] = {}
        self.left: list[bool] = []
        self.presenter = PrintManyPresenter(
            self.view,
            desk.house.use,
            desk.tasks,
            EN,
            desk.problems(self.view),
            desk.who,
            desk.ask,
            Changes(),
            Remembers(),
            Kept(lambda: self.habit, self.habit.update),
            lambda: self.left.append(True),
        )

    def wish(self, folder: Path, *kinds: Kind, where: Where = "folder") -> Wish:
        printers = tuple((kind, "Office 2") for kind in kinds) if where == "printer" else ()
        return Wish(kinds, where, "roll-60x40", 2, "en", "", str(folder), printers)

    @property
    def lines(self) -> dict[str, Line]:
        """The lines as they stand, by number of the batch."""
        lines = {line.row.number: line for line in self.view.last("show_lines")[0]}
        for _, line, _ in self.view.told.get("show_line", []):
            lines[line.row.number] = line
        return lines

    @property
    def outcome(self) -> tuple[str, int]:
        words, failed, _ = self.view.last("show_outcome")
        return words, failed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    made = tmp_path / "papers"
    made.mkdir()
    return made


def made(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_what_was_released_today_is_listed_and_what_answers_a_search(desk: Desk) -> None:
    house, page = desk.house, Page(desk)
    house.released(number="R-1")
    house.accepted(number="A-1", order="PO-77/3")
    page.presenter.open()
    assert list(page.lines) == ["R-1"]
    page.presenter.open("A-1")
    assert list(page.lines) == ["A-1"]
    for words, found in (("dong a", ["A-1", "R-1"]), ("PO-77/3", ["A-1"]), ("housing", ["A-1", "R-1"])):
        page.presenter.search(words)
        assert sorted(page.lines) == found
    page.presenter.search("  ")
    assert list(page.lines) == ["R-1"]


def test_papers_of_the_batches_that_are_taken_are_written_and_each_that_fails_is_told_and_tried_again(
    desk: Desk, folder: Path
) -> None:
    house, page = desk.house, Page(desk)
    for number in ("R-1", "R-2", "R-3"):
        house.released(number=number)
    left_out = house.use.read.batch_by_number("R-3")
    held = house.use.read.batch_by_number("R-2")
    house.use.stop_batch(house.sittings["som"], held, "safety", "sharp edge")
    page.presenter.open("R-")
    page.presenter.take(left_out)
    assert page.view.last("show_taken") == 2
    page.presenter.print(page.wish(folder, "certificate", "labels"))
    [asking] = desk.asked
    assert asking.secret
    assert "R-1" in asking.note and "R-3" not in asking.note
    assert [name.split("-")[0] for name in made(folder)] == ["certificate", "labels", "labels"]
    assert page.outcome[1] == 1
    assert [page.lines[number].fine for number in ("R-1", "R-2")] == [True, False]
    assert page.lines["R-2"].told == "1 paper"
    assert "R-2" in page.lines["R-2"].why
    house.use.lift_hold(house.hands["linh"], house.hands["som"], held, "it was burnished")
    desk.asked.clear()
    page.presenter.again()
    assert len(made(folder)) == 4
    assert page.outcome[1] == 0
    assert [page.lines[number].fine for number in ("R-1", "R-2")] == [True, True]
    with house.use.look() as uow:
        assert [one.number for one in uow.certificates()] == [1, 2]


def test_a_print_of_a_certificate_that_is_there_is_a_copy_and_needs_no_secret(
    desk: Desk, folder: Path
) -> None:
    house, page = desk.house, Page(desk)
    number = house.use.issue_certificate(house.hands["linh"], house.released(number="R-1")).certificate
    page.presenter.open()
    for copy in (0, 1):
        page.presenter.print(page.wish(folder, "analysis"))
        assert not desk.asked[-1].secret
        assert f"analysis-{number:06d}-{copy}-R-1.pdf" in made(folder)


def test_mails_enclose_the_papers(desk: Desk, folder: Path) -> None:
    desk.house.released(number="R-1")
    page = Page(desk)
    page.presenter.open()
    page.presenter.print(page.wish(folder, "inspection", where="mails"))
    [name] = made(folder)
    assert name.endswith(".eml")
    assert page.habit["where"] == "mails"


@pytest.mark.logs
def test_a_cancelled_run_leaves_nothing_half_made_and_finishes_what_is_on_record(
    desk: Desk, folder: Path
) -> None:
    house, page = desk.house, Page(desk)
    batches = [house.released(number=f"R-{n}") for n in range(9)]
    for batch in batches:
        house.use.issue_certificate(house.hands["linh"], batch)
    page.presenter.open()

    def cancel(*_: object, **__: object) -> None:
        if "Paper" in str(_):
            page.presenter.cancel()

    page.view._answers["show_progress"] = cancel
    page.presenter.print(page.wish(folder, "inspection", "certificate"))
    with house.use.look() as uow:
        recorded = [one.number for one in uow.certificates() if one.printed]
    assert len(made(folder)) < 18
    assert [name for name in made(folder) if name.startswith("certificate")] == [
        f"certificate-{number:06d}-0-{name}.pdf"
        for number, name in sorted((n, f"R-{n - 1}") for n in recorded)
    ]
    assert all(file.read_bytes().rstrip().endswith(b"%%EOF") for file in folder.iterdir())
    assert page.outcome[1] == 18 - len(made(folder))
    assert page.view.last("show_running") is False
    page.view._answers["show_progress"] = None
    page.presenter.again()
    assert len(made(folder)) == 18
    assert page.outcome[1] == 0


def test_each_paper_goes_to_the_printer_by_itself_and_one_that_is_not_taken_is_told(
    desk: Desk, folder: Path
) -> None:
    house = desk.house
    for number in ("R-1", "R-2"):
        house.released(number=number)
    sent = iter((False, True, True))
    page = Page(desk, end_paper=lambda **_: next(sent))
    page.presenter.open()
    page.presenter.print(page.wish(folder, "labels", where="printer"))
    assert "The printer does not answer." in page.lines["R-1"].why + page.lines["R-2"].why
    with house.use.look() as uow:
        assert [one.way for one in uow.prints()] == ["printed"], "what is not taken is not told"
    assert [(kind, sheet) for kind, _, sheet, _ in page.view.told["begin_paper"]] == [
        ("labels", (60, 40))
    ] * 2
    assert len(page.view.told["paint_on_paper"]) == 4
    assert page.outcome == ("1 paper is sent to the printer. 1 paper was not made.", 1)
    page.presenter.again()
    assert page.outcome == ("2 papers are sent to the printer.", 0)
    assert page.habit["printer_labels"] == "Office 2"
    page.presenter.print(page.wish(folder, "inspection"))
    assert page.habit["printer_labels"] == "Office 2"
    assert len(made(folder)) == 2  # the reports


@pytest.mark.logs
def test_what_is_cancelled_or_not_drawn_is_not_told_as_printed(desk: Desk, folder: Path) -> None:
    desk.house.released(number="R-1")
    page = Page(desk, paint_on_paper=False)

    def cancel(**_: object) -> bool:
        page.presenter.cancel()
        return True

    page.presenter.open()
    for answer in (False, lambda *_: cancel()):
        page.view._answers["paint_on_paper"] = answer
        page.presenter.print(page.wish(folder, "inspection", where="printer"))
        assert page.view.last("end_paper")[0] == {"send": False} and page.outcome[1] == 1
    with desk.house.use.look() as uow:
        assert uow.prints() == ()


def test_certificates_are_issued_as_they_are_printed_and_none_once_it_is_cancelled(
    desk: Desk, folder: Path
) -> None:
    for number in ("R-1", "R-2"):
        desk.house.released(number=number)
    page = Page(desk)

    def cancel(words: str, _share: float | None) -> None:
        if words == "Making the papers …":
            page.presenter.cancel()

    page.view._answers["show_progress"] = cancel
    page.presenter.open()
    for cancelled in (True, False):
        page.presenter.print(page.wish(folder, "certificate"))
        with desk.house.use.look() as uow:
            issued = [one.printed for one in uow.certificates()]
        assert desk.asked[-1].secret and issued == ([] if cancelled else [1, 1])
        assert len(made(folder)) == len(issued)
        page.view._answers["show_progress"] = None


def test_the_button_says_how_many_papers_and_labels_are_asked_for_only_with_labels(qtbot: QtBot) -> None:
    view = PrintManyView(EN, ("en", "vi"))
    qtbot.addWidget(view)
    view.show_habit({})
    view.show_taken(3)
    assert view.printing.text() == "Make 3 papers"
    assert view.labels.isHidden()
    view.kinds["labels"].click()
    assert view.printing.text() == "Make 6 papers"
    assert not view.labels.isHidden()
    view.copies.set_value("0")
    view.copies.changed.emit()
    assert not view.printing.isEnabled()
    view.show_taken(0)
    assert not view.printing.isEnabled()


def test_a_row_is_taken_in_and_left_out_by_click_and_by_space(qtbot: QtBot, desk: Desk) -> None:
    desk.house.released(number="R-1")
    view = PrintManyView(EN)
    qtbot.addWidget(view)
    view.show_lines([Line(row) for row in desk.house.use.read.search("R-1")], "R-1")
    view.show()
    with qtbot.waitSignal(view.toggled) as by_click:
        QTest.mouseClick(
            view.table.viewport(),
            Qt.MouseButton.LeftButton,
            pos=view.table.visualRect(view.table.model().index(0, 0)).center(),
        )
    view.table.setFocus()
    with qtbot.waitSignal(view.toggled) as by_key:
        QTest.keyClick(view.table, Qt.Key.Key_Space)
    assert by_click.args == by_key.args == [view.table.model().index(0, 0).data(ROW).row.batch]


def test_papers_go_to_the_printer_of_their_kind_at_their_own_size(qtbot: QtBot, folder: Path) -> None:
    asked: list[tuple[str, tuple[float, float], str]] = []

    def choose(_parent: object, title: str, _pages: int, sheet: tuple[float, float], name: str) -> PrintJob:
        asked.append((title, sheet, name))
        printer = new_printer(title, sheet)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(folder / f"{title}.pdf"))
        return PrintJob(printer)

    view = PrintManyView(EN, printer=choose)
    qtbot.addWidget(view)
    habit = {
        "kinds": "certificate,labels",
        "where": "printer",
        "stock": "roll-60x40",
        "printer_labels": "Zebra",
    }
    view.show_habit(habit)
    view.show_taken(1)
    with qtbot.waitSignal(view.print_wanted):
        view.printing.click()
    assert asked == [("Certificate of conformity", (210.0, 297.0), ""), ("Labels", (60, 40), "Zebra")]
    view.begin_paper("labels", "labels-R-1", (60.0, 40.0))
    assert view.paint_on_paper(6, 4, bytes(6 * 4 * 4))
    assert view.end_paper(send=True)
    assert made(folder) == ["Labels.pdf"]
