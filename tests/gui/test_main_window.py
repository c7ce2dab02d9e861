# SPDX-License-Identifier: Apache-2.0
"""Screens open by name, the window locks when idle, bugs are caught, a sheet hides what is behind it."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qcdesk.gui import theme
from qcdesk.gui.app import Bugs
from qcdesk.gui.main_window import MainWindow, Place, Rail, RailKey
from qcdesk.gui.problems import Told
from qcdesk.gui.widgets.cards import Tall
from qcdesk.gui.widgets.lists import Column, RowsModel, Table
from qcdesk.gui.widgets.sheets import Sheet
from qcdesk.gui.widgets.text import line_count, page_title, text_width
from qcdesk.i18n import Catalogue

PLACES = (Place("board", "Board", "layout-dashboard"), Place("settings", "Settings", "settings", low=True))


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow(PLACES, Catalogue(), idle_minutes=0.001)
    qtbot.addWidget(made)
    made.add_page("board", QWidget())
    made.add_page("runner", QWidget(), alone=True)
    return made


def test_screen_is_filled_before_it_is_shown(window: MainWindow) -> None:
    seen: list[tuple[str, tuple[object, ...]]] = []
    window.on_open("board", lambda *args: seen.append((window.here, args)))
    window.open("board", "batch-1")
    assert seen == [("", ("batch-1",))]
    assert window.here == "board"


def test_floor_screen_has_no_rail(window: MainWindow) -> None:
    window.open("runner")
    assert window.rail.isHidden()
    window.open("board")
    assert not window.rail.isHidden()


def test_page_that_needs_more_height_than_the_window_has_scrolls(window: MainWindow) -> None:
    page, keys = QWidget(), [QPushButton(str(n)) for n in range(30)]
    layout = QVBoxLayout(page)
    for key in keys:
        layout.addWidget(key)
    window.add_page("long", page)
    window.resize(1100, 680)
    window.show()
    window.open("long")
    QApplication.processEvents()
    assert page.height() == page.minimumSizeHint().height() > window.height()
    assert page.width() == window.stack.width()
    assert min(key.height() for key in keys) >= keys[0].minimumSizeHint().height()


def test_view_under_two_names_is_filled_by_the_one_that_is_opened(window: MainWindow) -> None:
    seen: list[str] = []
    both = QWidget()
    for name in ("report", "stickers"):
        window.add_page(name, both, place="board")
        window.on_open(name, lambda name=name: seen.append(name))
    window.open("stickers")
    assert (window.here, window.page, seen) == ("stickers", both, ["stickers"])
    assert window.stack.count() == 3


def test_page_is_built_when_it_or_its_neighbour_is_first_opened_and_only_once(window: MainWindow) -> None:
    built: list[str] = []

    def build() -> None:
        built.append(window.here)
        for name in ("list", "one"):
            window.add_page(name, QWidget())

    window.later(("list", "one"), build)
    window.open("board")
    assert built == []
    window.show_page("one")
    window.open("list")
    assert (window.here, built) == ("list", ["board"])


@pytest.mark.parametrize("added", [("list", "one", "other"), ("list",)])
def test_page_that_is_built_under_a_name_that_was_not_told_is_a_bug(
    window: MainWindow, added: tuple[str, ...]
) -> None:
    def build() -> None:
        for name in added:
            window.add_page(name, QWidget())

    window.later(("list", "one"), build)
    with pytest.raises(AssertionError, match="never found"):
        window.open("list")


def test_what_stays_is_above_every_page_but_where_one_inspects(window: MainWindow) -> None:
    went: list[bool] = []
    window.add_page("sign_in", QWidget(), alone=True)
    window.show()
    window.open("board")
    window.standing.tell("backup", Told("No backup was made."), "Try again", lambda: None)
    window.standing.tell("lost", Told("Event 9 is gone."), "Look", lambda: went.append(True), loud=True)
    assert window.standing.isVisible()
    assert [panel.fact.text() for panel in window.standing.panels.values()] == [
        "No backup was made.",
        "Event 9 is gone.",
    ]
    assert window.standing.panels["lost"].y() <= window.standing.panels["backup"].y()
    window.standing.panels["lost"].button.click()
    assert went == [True]
    window.open("sign_in")
    assert window.standing.isVisible()
    assert not window.standing.panels["lost"].button.isVisible()  # the way is for who is signed in
    window.open("runner")
    assert not window.standing.isVisible()
    window.open("board")
    window.standing.take_back("lost")
    window.standing.take_back("backup")
    assert not window.standing.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_word_of_the_rail_is_cut_whatever_the_text_size(qtbot: QtBot, scale: float) -> None:
    before = theme.current().scale
    theme.current().scale = scale
    try:
        words = ("Board", "Procedures", "Instruments")
        rail = Rail(tuple(Place(word, word, "ruler") for word in words), "Places")
        qtbot.addWidget(rail)
        for key in rail.findChildren(RailKey):
            assert key.width() >= text_width(key.text(), theme.SECONDARY, 600) + 4
            assert key.height() >= theme.current().line_box(theme.SECONDARY) + 22
            assert rail.width() >= key.width() + 16
    finally:
        theme.current().scale = before


def test_unknown_screen_is_a_bug(window: MainWindow) -> None:
    with pytest.raises(KeyError):
        window.open("nowhere")


def test_idle_window_locks_and_keeps_what_was_typed(window: MainWindow, qtbot: QtBot) -> None:
    field = QLineEdit("half a sentence", window)
    with qtbot.waitSignal(window.locked):
        window.idle.begin()
    assert field.text() == "half a sentence"


def test_touch_begins_the_idle_time_anew(window: MainWindow) -> None:
    window.idle.begin()
    window.idle.eventFilter(window, QEvent(QEvent.Type.KeyPress))
    assert window.idle.running
    window.idle.end()
    window.idle.eventFilter(window, QEvent(QEvent.Type.KeyPress))
    assert not window.idle.running


def test_uncaught_exception_is_logged_and_offered(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    bugs = Bugs()
    before = sys.excepthook
    bugs.install()
    try:
        cause = RuntimeError("broken")
        with qtbot.waitSignal(bugs.caught) as heard:
            sys.excepthook(RuntimeError, cause, None)
    finally:
        bugs.remove()
    assert sys.excepthook is before
    assert heard.args is not None
    assert "RuntimeError" in heard.args[0]
    assert "broken" not in heard.args[0]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    caplog.clear()


def test_nothing_behind_a_sheet_can_be_read(qtbot: QtBot, qapp: QApplication) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    host.setStyleSheet("background: white")
    stripes = QWidget(host)
    stripes.setGeometry(0, 0, 800, 600)
    host.show()
    sheet = Sheet(host, width=300, height=200)
    sheet.open()
    picture = host.grab().toImage()
    assert QColor(picture.pixel(10, 10)).lightness() < 140
    sheet.close_sheet()
    assert not sheet.isVisible()


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    """A sheet with two fields over a page with one; the page had the focus."""
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    behind = QLineEdit(host)
    behind.setObjectName("behind")
    made = Sheet(host, width=400, height=300)
    for name in ("first", "second"):
        field = QLineEdit()
        field.setObjectName(name)
        made.body.addWidget(field)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    behind.setFocus()
    made.open()
    return made


def on(sheet: Sheet) -> str:
    return sheet.window().focusWidget().objectName()


def press(sheet: Sheet, key: Qt.Key) -> None:
    QTest.keyClick(sheet.window().focusWidget(), key)


def test_tab_stays_within_an_open_sheet(sheet: Sheet) -> None:
    seen = []
    for _ in range(4):
        press(sheet, Qt.Key.Key_Tab)
        seen.append(on(sheet))
    assert seen == ["first", "second", "first", "second"]
    press(sheet, Qt.Key.Key_Backtab)
    press(sheet, Qt.Key.Key_Backtab)
    assert on(sheet) == "second"


def test_page_behind_an_open_sheet_takes_no_key(sheet: Sheet) -> None:
    press(sheet, Qt.Key.Key_Tab)
    behind = sheet.window().findChild(QLineEdit, "behind")
    assert isinstance(behind, QLineEdit)
    behind.setFocus()
    assert on(sheet) == "first"


def test_escape_leads_back_to_where_one_was(sheet: Sheet) -> None:
    press(sheet, Qt.Key.Key_Tab)
    press(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert on(sheet) == "behind"


def test_escape_leaves_no_act_that_is_being_done(sheet: Sheet) -> None:
    press(sheet, Qt.Key.Key_Tab)
    sheet.hold(True)
    press(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    sheet.hold(False)
    press(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_low_window_shows_the_gravest_notice_and_how_many_there_are(window: MainWindow) -> None:
    area = window.standing
    for name, loud in (("backup", False), ("lost", True), ("clock", False)):
        area.tell(name, Told(name), "Look", lambda: None, loud=loud)
    window.resize(1280, 720)
    window.show()
    window.open("board")

    def shown() -> list[str]:
        return [name for name, panel in area.panels.items() if panel.isVisible()]

    assert shown() == ["lost"] and area.more.isVisible() and area.more.text() == "All 3"
    area.take_back("lost")
    assert shown() == ["backup"] and area.more.text() == "All 2"
    area.more.click()
    assert shown() == ["backup", "clock"] and not area.more.isVisible()
    window.resize(1280, 800)
    assert shown() == ["backup", "clock"] and not area.more.isVisible()


def test_a_page_opens_at_its_head(window: MainWindow) -> None:
    page = QWidget()
    page.setMinimumHeight(2_000)
    window.add_page("long", page)
    window.resize(1280, 720)
    window.show()
    window.open("long")
    QApplication.processEvents()
    frame = window.stack.currentWidget()
    assert isinstance(frame, Tall)
    frame.verticalScrollBar().setValue(300)
    window.open("board")
    window.open("long")
    assert frame.verticalScrollBar().value() == 0


@pytest.mark.parametrize(
    "title", ["Nhân sự", "Phân tích", "Điểm không phù hợp", "ผู้ส่งมอบ", "不合格项", "People"]
)
def test_the_title_of_a_page_stands_on_one_line_at_its_own_width(qtbot: QtBot, title: str) -> None:
    heading = page_title(title)
    qtbot.addWidget(heading)
    assert line_count(title, theme.PAGE, 600, heading.sizeHint().width()) == 1


@pytest.mark.parametrize("words", ["การปฏิบัติการแก้ไข", "Đánh giá", "Passes 95 in 100", "不合格项"])
def test_a_heading_of_a_table_is_cut_by_the_font_in_which_it_is_drawn(
    qtbot: QtBot, look: None, words: str
) -> None:
    table = Table(RowsModel([Column(words, str, wide=60), Column("", str, wide=0)]), "")
    qtbot.addWidget(table)
    table.resize(900, 200)
    table.show()
    QApplication.processEvents()
    head = table.horizontalHeader()
    assert head.fontMetrics().horizontalAdvance(words) <= text_width(words, theme.LABEL, 600) + 1
    assert head.sectionSize(0) >= text_width(words, theme.LABEL, 600) + 2 * 8
