# SPDX-License-Identifier: Apache-2.0
"""A code is shown and printed once: whoever puts it away leaves nothing of it in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qcdesk.gui.asking import Once
from qcdesk.gui.screens.code.presenter import CodePresenter
from qcdesk.gui.screens.code.view import CodeSheet
from qcdesk.services.ports import CodeCard
from tests.gui.screens.conftest import EN, Desk, Remembers

CODE = "7KQ4-M2XR-9DTA-03HF-WCNE-5B8P-Z1S2"
ONCE = Once("Here it is", "Print it.", "I have it", CodeCard("Badge", "Linh", "", CODE))


def test_card_is_drawn_and_the_way_on_follows_when_it_is_put_away(desk: Desk) -> None:
    view, went = Remembers(), list[str]()
    presenter = CodePresenter(view, desk.house.use, desk.tasks, desk.problems(view).show)
    presenter.show(ONCE, lambda: went.append("on"))
    width, height, pixels = view.told["show_card"][-1][:3]
    assert len(pixels) == width * height * 4
    presenter.print_card(150)
    assert len(view.told["print_page"]) == 1
    assert went == []
    presenter.put_away()
    presenter.put_away()
    assert went == ["on"]
    presenter.print_card(150)
    assert len(view.told["print_page"]) == 1


def test_escape_does_not_lose_the_code_and_nothing_of_it_stays_behind(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = CodeSheet(window, EN)
    sheet.show_code(ONCE.title, ONCE.says, ONCE.done, CODE)
    sheet.open()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    with qtbot.waitSignal(sheet.put_away):
        sheet.away.click()
    assert sheet.card.accessibleName() == ""
    assert sheet.card.pixmap().isNull()
