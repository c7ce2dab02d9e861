# SPDX-License-Identifier: Apache-2.0
"""Rules of the pieces: keys invert at once, readings keep their digits, models hold, everything has a name."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qcdesk.domain.inputs import BadInput
from qcdesk.gui import theme
from qcdesk.gui.density import FLOOR
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.focus import FocusRing
from qcdesk.gui.widgets.forms import LineField
from qcdesk.gui.widgets.keys import FloorKey, Keypad
from qcdesk.gui.widgets.lists import ACCESSIBLE, DISPLAY, SORT, Column, LaneCard, LaneModel, RowsModel, Table
from qcdesk.gui.widgets.notices import NoticeBand
from qcdesk.gui.widgets.people import initials
from qcdesk.gui.widgets.picture_field import FROM_FILE, PictureField
from qcdesk.gui.widgets.pins import PinPad
from qcdesk.gui.widgets.reading import ReadingField
from qcdesk.gui.widgets.scans import Scans
from qcdesk.gui.widgets.secrets import A_MOMENT_MS, PinDots, SecretField
from qcdesk.gui.widgets.strips import Judgement, JudgementStrip, UnitCell, UnitStrip
from qcdesk.gui.widgets.text import Text, line_count, text_width, wrapped
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import MOST_COUNTED


class ModelTester(Protocol):
    """The part of pytest-qt's fixture that is used here; it has no types of its own."""

    def check(self, model: QAbstractItemModel) -> None: ...


def typed_into(field: ReadingField, signs: str) -> None:
    for sign in signs:
        field.type_sign(sign)


@pytest.mark.parametrize("typed", ["12.03", "12,03", "-0.5", "12.030"])
def test_reading_keeps_its_digits_as_typed(qtbot: QtBot, typed: str) -> None:
    field = ReadingField("Bore")
    qtbot.addWidget(field)
    typed_into(field, typed)
    with qtbot.waitSignal(field.entered) as heard:
        field.enter()
    assert heard.args == [typed]


def test_second_separator_is_refused_while_typing(qtbot: QtBot) -> None:
    field = ReadingField("Bore")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.refused) as heard:
        typed_into(field, "1,234.5")
    assert heard.args is not None
    assert isinstance(heard.args[0], BadInput)
    assert "." not in field.typed


def test_pasted_reading_with_thousands_is_refused_whole(qtbot: QtBot) -> None:
    field = ReadingField("Bore")
    qtbot.addWidget(field)
    assert not field.take("1 234,5")
    assert field.typed == ""


def test_empty_reading_is_not_entered(qtbot: QtBot) -> None:
    field = ReadingField("Bore")
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.entered):
        field.enter()


def test_typing_after_a_verdict_begins_anew(qtbot: QtBot) -> None:
    field = ReadingField("Bore")
    qtbot.addWidget(field)
    field.show_reading("12.03", "inside")
    field.type_sign("7")
    assert field.typed == "7"


def test_key_is_inverted_at_once_when_pressed(qtbot: QtBot) -> None:
    key = FloorKey("Dent", FLOOR, count=3)
    qtbot.addWidget(key)
    ground, words, _ = key.look()
    QTest.mousePress(key, Qt.MouseButton.LeftButton)
    assert key.look()[:2] == ("action", "action_text")
    assert (ground, words) == ("surface", "text")


def test_critical_key_has_a_heavier_frame_and_no_red() -> None:
    assert FloorKey("Crack", FLOOR, kind="critical").look() == ("surface", "text", "text")


def test_floor_key_is_never_lower_than_20_mm() -> None:
    assert FloorKey("Dent", FLOOR).minimumSizeHint().height() == FLOOR.key


def test_count_of_a_key_is_read_aloud() -> None:
    key = FloorKey("Dent", FLOOR)
    key.set_count(4)
    assert key.accessibleDescription() == "4"


def test_keypad_has_a_key_for_every_digit_and_the_sign(qtbot: QtBot) -> None:
    pad = Keypad(FLOOR, "Delete digit", decimal=",")
    qtbot.addWidget(pad)
    heard: list[str] = []
    pad.typed.connect(heard.append)
    for key in pad.keys.values():
        key.click()
    assert sorted(heard) == sorted("0123456789,")


def test_working_button_takes_no_press(qtbot: QtBot) -> None:
    button = Button("Sign", "filled")
    qtbot.addWidget(button)
    button.set_working("Signing …")
    with qtbot.assertNotEmitted(button.clicked):
        button.click()
    button.set_working(None)
    assert (button.text(), button.isEnabled()) == ("Sign", True)


def test_return_presses_a_focused_button(qtbot: QtBot) -> None:
    button = Button("Release 1,800 pcs")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return)


def test_secret_is_handed_over_once_and_forgotten(qtbot: QtBot) -> None:
    field = SecretField("Your password", "Show")
    qtbot.addWidget(field)
    field.setText("orange kettle")
    with qtbot.waitSignal(field.given) as heard:
        field.give()
    assert heard.args == ["orange kettle"]
    assert field.text() == ""


def test_pin_is_given_with_its_last_digit(qtbot: QtBot) -> None:
    dots = PinDots("PIN", 4)
    qtbot.addWidget(dots)
    heard: list[str] = []
    dots.given.connect(heard.append)
    for sign in "12x34":
        dots.type_sign(sign)
    qtbot.waitUntil(lambda: heard == ["1234"])
    assert dots.filled == 0


def test_badge_scanned_into_the_circles_is_not_taken_for_a_pin(qtbot: QtBot) -> None:
    dots = PinDots("PIN")
    qtbot.addWidget(dots)
    dots.show()
    with qtbot.assertNotEmitted(dots.given, wait=4 * A_MOMENT_MS):
        QTest.keyClicks(dots, "58")
        QTest.keyClicks(dots, "7012-M2XR")
    assert dots.filled == 0


def test_pin_that_is_not_given_at_once_waits_for_its_button(qtbot: QtBot) -> None:
    pad = PinPad(Catalogue(), FLOOR, "PIN", at_once=False)
    qtbot.addWidget(pad)
    pad.show()
    assert not pad.give()
    for digit in "582931":
        pad.keypad.keys[digit].click()
    with qtbot.waitSignal(pad.given) as heard:
        assert pad.give()
    assert heard.args == ["582931"]
    assert not pad.give()


CODE = "7KQ4-M2XR-9DTA-03HF-WCNE-5B8P-Z1S2"


def test_scan_is_heard_wherever_the_keyboard_goes_and_stays_in_no_field(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    field, button = QLineEdit(), Button("Release")
    layout.addWidget(field)
    layout.addWidget(button)
    scans = Scans(window)
    heard: list[str] = []
    pressed: list[bool] = []
    scans.scanned.connect(heard.append)
    button.clicked.connect(pressed.append)
    window.show()
    field.setFocus()
    QTest.keyClicks(field, "reason: " + CODE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "reason: "
    button.setFocus()
    QTest.keyClicks(button, CODE)
    QTest.keyClick(button, Qt.Key.Key_Return)
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.setFocus()
    QTest.keyClicks(window, CODE)
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert heard == [CODE, CODE, CODE]
    assert pressed == []


@pytest.mark.parametrize("typed", ["correcthorsebatterystaplesew", "DA-2611-0418", CODE[:-1], ""])
def test_what_is_no_badge_is_left_to_its_field(qtbot: QtBot, typed: str) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    scans = Scans(field)
    field.show()
    field.setFocus()
    with qtbot.assertNotEmitted(scans.scanned), qtbot.waitSignal(field.returnPressed):
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == typed


def test_button_that_did_not_work_keeps_the_word_it_was_given(qtbot: QtBot) -> None:
    button = Button("")
    qtbot.addWidget(button)
    button.setText("Sign: I inspected")
    button.set_working(None)
    assert button.text() == "Sign: I inspected"
    button.set_working("Signing …")
    button.set_working(None)
    assert button.text() == "Sign: I inspected"


def test_nothing_is_heard_out_of_view(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    scans = Scans(field)
    field.show()
    field.hide()
    with qtbot.assertNotEmitted(scans.scanned):
        QTest.keyClicks(field, CODE)
        QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Thị Linh", "NL"),
        ("Đặng Quốc Bảo", "ĐB"),
        ("王敏", "王"),
        ("สมชาย ศรีสุข", "ส"),
        ("เอกชัย", "อ"),
        ("", "?"),
    ],
)
def test_initials_are_in_the_persons_own_script(name: str, shown: str) -> None:
    assert initials(name) == shown


def columns() -> tuple[Column[tuple[str, int]], ...]:
    return (
        Column("Batch", lambda r: r[0]),
        Column("Quantity", lambda r: f"{r[1]:,}", sort=lambda r: r[1], number=True),
    )


def test_rows_model_holds(qtmodeltester: ModelTester) -> None:
    model = RowsModel(columns())
    model.show_rows([("a", 10), ("b", 9)], more=True)
    qtmodeltester.check(model)
    model.add_rows([("c", 1000)], more=False)
    qtmodeltester.check(model)


def test_table_sorts_numbers_as_numbers(qtbot: QtBot) -> None:
    model = RowsModel(columns())
    model.show_rows([("a", 10), ("b", 9), ("c", 1000)])
    table = Table(model, "Batches")
    qtbot.addWidget(table)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [table.model().index(i, 1).data(DISPLAY) for i in range(3)] == ["9", "10", "1,000"]


def test_more_rows_are_asked_for_once(qtbot: QtBot) -> None:
    model = RowsModel(columns())
    asked: list[int] = []
    model.more_wanted.connect(lambda: asked.append(1))
    model.show_rows([("a", 1)], more=True)
    root = model.index(-1, -1)
    model.fetchMore(root)
    model.fetchMore(root)
    assert asked == [1]


def test_data_of_other_roles_is_nothing() -> None:
    model = RowsModel(columns())
    model.show_rows([("a", 10)])
    index = model.index(0, 1)
    assert index.data(int(Qt.ItemDataRole.BackgroundRole)) is None
    assert (index.data(SORT), index.data(ACCESSIBLE)) == (10, "10")


def test_lane_model_holds_and_reads_a_card_aloud(qtmodeltester: ModelTester) -> None:
    model = LaneModel()
    card = LaneCard("1", "DA-1", "Today 16:00", True, "Cover", "Đông Á", "waits 2 h")
    model.show_cards([card], 2)
    assert model.canFetchMore(model.index(-1, -1))
    qtmodeltester.check(model)
    assert model.index(0, 0).data(ACCESSIBLE) == "DA-1, Today 16:00, Cover, Đông Á, waits 2 h"
    model.add_cards([card])
    assert not model.canFetchMore(model.index(-1, -1))


def test_same_cards_do_not_reset_the_lane(qtbot: QtBot) -> None:
    model = LaneModel()
    card = LaneCard("1", "DA-1", "", False, "", "", "")
    model.show_cards([card], 1)
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_cards([card], 1)


def test_strip_says_found_and_allowed_aloud(qtbot: QtBot) -> None:
    strip = JudgementStrip()
    qtbot.addWidget(strip)
    major = Judgement("Major", "Major: 4 found", "5 allowed · 6 reject", 4, 6)
    strip.show_judgement("So far acceptable", rejected=False, classes=(major,))
    assert strip.accessibleName() == "So far acceptable. Major: 4 found, 5 allowed · 6 reject"
    assert not major.rejects


def test_arrow_keys_walk_the_units(qtbot: QtBot) -> None:
    strip = UnitStrip(FLOOR)
    qtbot.addWidget(strip)
    strip.show_units(tuple(UnitCell(n, "done") for n in range(1, 10)), 4, "Unit 5")
    heard: list[int] = []
    strip.gone_to.connect(heard.append)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert heard == [3, 5]


def test_undo_takes_back_while_the_notice_stands(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 400)
    host.show()
    band = NoticeBand("Undo", host)
    taken: list[int] = []
    band.tell("Dent noted on unit 64", lambda: taken.append(1))
    band.findChildren(Button)[0].click()
    assert taken == [1]
    assert not band.isVisible()


def test_wrong_field_says_so_below_and_aloud(qtbot: QtBot) -> None:
    field = LineField("Quantity", "whole number")
    qtbot.addWidget(field)
    field.show_wrong("“1.5” is no whole number.")
    assert field.wrong
    assert field.control.accessibleDescription() == "“1.5” is no whole number."
    field.show_wrong("")
    assert field.below.text() == "whole number"


def test_focus_ring_lies_around_the_focused_control(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    button = Button("Continue")
    layout.addWidget(button)
    ring = FocusRing(window)
    window.resize(300, 200)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(lambda: ring.isVisible())
    assert ring.geometry() == button.geometry().adjusted(-5, -5, 5, 5)


def test_a_chosen_picture_is_named_and_not_decoded_by_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    """A file from outside meets one decoder only, apart from the program (trust.md §9)."""
    chosen = tmp_path / "cover.png"
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(chosen))
    field = PictureField("Picture", "Choose", "Remove")
    qtbot.addWidget(field)
    field.set_value(FROM_FILE + str(chosen))
    assert (field.preview.name, field.preview.shows_picture) == ("cover.png", False)
    field.show_bytes(chosen.read_bytes())  # what was kept, a copy of our own
    assert (field.preview.name, field.preview.shows_picture) == ("", True)
    field.set_value("")
    field.show_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>')
    assert field.preview.shows_picture


def test_lane_of_more_batches_than_are_counted_goes_on_to_its_end() -> None:
    model = LaneModel()
    card = LaneCard("1", "DA-1", "", False, "", "", "")
    model.show_cards([card] * MOST_COUNTED, MOST_COUNTED + 1)
    model.add_cards([card] * 50)
    assert model.canFetchMore(model.index(-1, -1)), "there are more than were counted"
    model.add_cards([])
    assert not model.canFetchMore(model.index(-1, -1)) and model.rowCount() == MOST_COUNTED + 50


@pytest.mark.parametrize(
    "sign",
    ["Every unit is looked at by two people who do not know of each other. ", "每一件都由两个人检验。"],
)
def test_running_text_is_no_wider_than_the_eye_follows_and_a_short_line_stays_whole(
    qtbot: QtBot, sign: str
) -> None:
    text = Text(sign * 12, wrap=True)
    qtbot.addWidget(text)
    text.resize(1_600, text.heightForWidth(1_600))
    lines = wrapped(text.text(), theme.BODY, 400, 45 * theme.BODY)
    assert text.height() == theme.current().line_box(theme.BODY) * len(lines)
    assert 40 <= max(map(len, lines)) <= 100
    alone = Text(
        "A sentence of one line, which is not broken for the sake of its last few words in it.", wrap=True
    )
    qtbot.addWidget(alone)
    assert alone.heightForWidth(1_600) == theme.current().line_box(theme.BODY)
    narrow = Text(sign * 12, wrap=True, lines=2)
    qtbot.addWidget(narrow)
    narrow.resize(1_600, 60)
    assert narrow.cut is (line_count(sign * 12, theme.BODY, 400, 1_600) > 2)  # never cut for its measure


def test_a_field_for_few_digits_shows_them_all(qtbot: QtBot) -> None:
    field = LineField("Port", most=5)
    qtbot.addWidget(field)
    field.set_value("65535")
    field.show()
    field.resize(field.minimumSizeHint())
    assert field.edit.cursorRect().right() + 1 < field.edit.width()
    field.edit.home(False)
    start = field.edit.cursorRect().left()
    field.edit.end(False)
    assert field.edit.cursorRect().left() - start >= text_width("65535", theme.BODY) - 1
