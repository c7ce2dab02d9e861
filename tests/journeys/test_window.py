# SPDX-License-Identifier: Apache-2.0
"""Two people take a batch through the window: from sign-in to release and the printed report; and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from qcdesk.gui.main_window import MainWindow
from qcdesk.gui.rail import places
from qcdesk.reports import pages
from tests.journeys.driving import Hands
from tests.workspace import House, secret


def first_check(hands: Hands, number: str, defects: dict[int, str]) -> None:
    hands.open_batch(number)
    hands.act("Make the first check")
    hands.inspect(defects)
    hands.see("Take stickers, marks and tags off: nothing on the goods may tell what you found.")
    hands.sign("linh")
    hands.until(lambda: hands.here == "board", "the board after signing")
    hands.settle()


def second_check(hands: Hands, number: str, defects: dict[int, str]) -> None:
    hands.open_batch(number)
    hands.act("Make the second check")
    hands.inspect(defects)
    hands.sign("som")
    hands.until(lambda: hands.here == "comparison", "the comparison")
    hands.settle()


class Windows(QObject):
    """Notes what is shown as a window of its own, though but for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


def test_every_page_is_built_when_it_is_asked_for_and_nothing_of_it_stands_outside_the_window(
    qapp: QApplication, house: House, look: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    later = MainWindow.later

    def noted(window: MainWindow, names: tuple[str, ...], add: Callable[[], None]) -> None:
        told.extend(names)
        later(window, names, add)

    monkeypatch.setattr(MainWindow, "later", noted)
    windows = Windows()
    qapp.installEventFilter(windows)
    hands = Hands.on(house)
    hands.sign_in("linh")
    assert {place.screen for place in places(hands.program.running.words)} - {"board"} <= set(told)
    for name in told:
        hands.program.running.window.show_page(name)
        assert hands.here == name
    qapp.removeEventFilter(windows)
    assert windows.seen == [hands.window]
    hands.close()


def test_two_people_take_a_batch_from_sign_in_to_release_and_report(
    hands: Hands, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.batch("DA-2611-0418", 40)
    hands.sign_in("linh")
    first_check(hands, number, {3: "Scratch", 5: "Dent"})
    assert house.state(number) == "awaiting_second"

    hands.switch("som")
    second_check(hands, number, {3: "Scratch"})
    assert house.state(number) == "accepted"
    assert hands.reads("Accepted by both checks together")
    assert hands.reads("Nguyễn Thị Linh")

    hands.press("Release 40 pcs")
    hands.see("I release 40 pcs of batch DA-2611-0418.")
    hands.type(secret("som"))
    hands.see("Next: ship")
    assert house.state(number) == "released"

    hands.press("Inspection report")
    hands.until(lambda: hands.here == "report", "the report")
    hands.see("Page 1 of")
    target = tmp_path / "report.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    hands.press("Save as …")
    hands.until(target.is_file, "the file")
    hands.settle()
    told = "\n".join(pages.text(target.read_bytes()))
    for words in ("DA-2611-0418", "Accepted and released", "Nguyễn Thị Linh", "สมชาย ศรีสุข"):
        assert words in told


def test_first_person_is_told_why_the_second_check_is_somebody_elses(hands: Hands, house: House) -> None:
    number = house.batch()
    hands.sign_in("linh")
    first_check(hands, number, {})
    hands.open_batch(number)
    hands.see("Make the second check: not now")
    hands.see("You made the first check. The second person must be someone else.")
    hands.see("สมชาย ศรีสุข")


def test_wrong_password_opens_nothing_and_leaves_no_letter_behind(hands: Hands, house: House) -> None:
    hands.settle()
    hands.sign_in("linh")
    hands.program.running.lock()
    hands.settle()
    tile = next(t for t in hands.all(type(hands.button("สมชาย ศรีสุข"))) if t.text() == "สมชาย ศรีสุข")
    hands.click(tile)
    hands.type("not the right words")
    hands.see("Wrong password for som.")
    assert hands.here == "sign_in"
    assert "not the right words" not in hands.said()
    assert hands.program.running.who is None


def test_lock_keeps_unsigned_entries_and_the_check_reopens_where_it_was(hands: Hands, house: House) -> None:
    number = house.batch()
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.act("Make the first check")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    for _ in range(2):
        hands.measure("12.03")
        hands.click(hands.program.running.runner_view.main)
        hands.settle()
    hands.click(hands.key("Dent"))
    hands.settle()
    hands.program.running.window.locked.emit()
    hands.until(lambda: hands.here == "sign_in", "the wall")
    hands.settle()
    assert not hands.reads("Dent")

    hands.sign_in("linh")
    hands.press("Continue")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    assert hands.reads("Unit 3")
    assert hands.key("Dent").count == 1


def test_undo_withdraws_the_defect_as_a_slip_and_keeps_it_in_the_record(hands: Hands, house: House) -> None:
    number = house.batch()
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.act("Make the first check")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    hands.click(hands.key("Dent"))
    hands.settle()
    hands.click(hands.program.running.runner_view.undo)
    hands.settle()
    assert hands.key("Dent").count == 0
    check = hands.program.running.runner.page
    assert check is not None
    assert [(f.code, f.withdrawn) for f in check.findings] == [("DEN", "slip")]


def test_missing_units_block_the_signature_and_lead_to_the_first_of_them(hands: Hands, house: House) -> None:
    number = house.batch()
    started = house.start("linh", number)
    hands.sign_in("linh")
    hands.program.running.open("runner", started.check)
    hands.settle()
    hands.program.running.signing.open(started.check, hands.program.running.runner.go_to)
    hands.see("units have no result")
    hands.press("Go to 1.")
    hands.settle()
    assert hands.reads("Unit 1")
    assert house.state(number) == "first_check"


def test_taking_the_first_place_that_leaves_nobody_is_pointed_out_before(hands: Hands, house: House) -> None:
    number = house.batch(makers=("som",))
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.act("Make the first check")
    hands.see("Go on anyway")
    assert house.state(number) == "registered"
    hands.press("Go on anyway")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    assert house.state(number) == "first_check"


def test_stop_takes_one_person_and_one_sheet_lifting_takes_two(hands: Hands, house: House) -> None:
    number = house.batch()
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.act("Stop the batch")
    hands.see("What kind of reason?")
    hands.type("loose screws in the box", enter=False)
    sheet = hands.program.running.ask_sheet
    for typed, said in (
        ("loose screws \u202eni the box", "Reason holds a character that cannot be kept: U+202E"),
        ("loose screws \U0001f629", "Reason holds what no paper can show: \U0001f629 (U+1F629)"),
    ):
        sheet.fill("reason", typed)
        hands.press("Stop this batch")
        hands.see(said)
        assert not hands.reads("Stopped by")
    sheet.fill("reason", "loose screws in the box")
    hands.press("Stop this batch")
    hands.see("Stopped by Nguyễn Thị Linh: Another reason")

    hands.act("Lift the hold")
    hands.see("Lift the stop")
    sheet.fill("reason", "screws removed")
    sheet.secret.password.setText(secret("linh"))
    sheet.other.set_value("som")
    sheet.other_secret.password.setText("not the right words")
    hands.press("Lift the stop")
    hands.see("Wrong password for som.")
    assert sheet.secret.password.text() == ""
    assert sheet.other_secret.password.text() == ""
    sheet.secret.password.setText(secret("linh"))
    sheet.other_secret.password.setText(secret("som"))
    hands.press("Lift the stop")
    hands.until(lambda: not hands.reads("Stopped by"), "the end of the stop")


def test_third_person_settles_every_disputed_claim_and_signs(hands: Hands, house: House) -> None:
    house.enrol("minh", "Trần Văn Minh", "inspector", "arbiter")
    number = house.disagreed()
    hands.sign_in("minh")
    hands.press("Decide")
    hands.until(lambda: hands.here == "decision", "the decision")
    hands.settle()
    assert hands.reads("0 of 1 claims settled")
    hands.press("It is not there")
    hands.see("1 of 1 claims settled")
    hands.press("Sign: I decide")
    hands.see("With that the batch is accepted.")
    hands.type(secret("minh"))
    hands.until(lambda: hands.here == "comparison", "the comparison")
    hands.settle()
    assert house.state(number) == "accepted"
    assert hands.reads("Accepted by a third person's decision")


def test_photo_dropped_on_the_runner_goes_with_the_next_defect(
    hands: Hands, house: House, tmp_path: Path
) -> None:
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGray)
    assert picture.save(str(tmp_path / "dent.png"))
    number = house.batch()
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.act("Make the first check")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    hands.program.running.runner_view.photo_dropped.emit(str(tmp_path / "dent.png"))
    hands.see("The photo goes with the next defect")
    hands.click(hands.key("Dent"))
    hands.settle()
    page = hands.program.running.runner.page
    assert page is not None
    assert page.findings[0].photo


@pytest.mark.parametrize("typed", ["DA-7", "da-7"])
def test_scanned_number_opens_its_batch_from_the_board(hands: Hands, house: House, typed: str) -> None:
    house.batch("DA-7")
    hands.sign_in("linh")
    hands.search_for(typed)
    hands.see("DA-7")
    assert hands.here == "batch"
