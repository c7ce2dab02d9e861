# SPDX-License-Identifier: Apache-2.0
"""The page of a list: the arrows only walk, Return and a click open, and it says how many there are."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcdesk.gui.widgets.listed import ListedPage
from qcdesk.gui.widgets.lists import Column, RowsModel
from qcdesk.gui.widgets.places import SUPPLIERS
from qcdesk.i18n import Catalogue


def test_arrows_walk_and_return_or_a_click_opens(qtbot: QtBot) -> None:
    model: RowsModel[str] = RowsModel((Column("Name", str, wide=0),))
    page = ListedPage(
        Catalogue(),
        "Things",
        "",
        model,
        "audits",
        SUPPLIERS,
        hint="Search",
        meaning="None",
        next_words="Add one",
    )
    qtbot.addWidget(page)
    opened: list[object] = []
    page.opened.connect(opened.append)
    page.show_rows(["one", "two"], searching=False, closed=False)
    assert page.list.count.text() == "2 shown" and page.closed.text() == "Show closed ones too"
    page.show()
    table = page.list.table
    table.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(table, key)
    assert opened == []
    QTest.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(place)
    )
    assert opened == ["two", "one"]
    page.show_rows([], searching=False, closed=True)
    assert page.closed.text() == "Show open ones only" and not page.list.empty.isHidden()
