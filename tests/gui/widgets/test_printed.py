# SPDX-License-Identifier: Apache-2.0
"""The list of printed papers is folded until it is asked for, and there is none where nothing left."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from qcdesk.gui.widgets.printed import PrintedPapers
from qcdesk.gui.widgets.timeline import Happening
from tests.gui.screens.conftest import EN

LEFT = Happening("Today", "08:01", "Labels LOT-1", "Linh · Saved as a file · English", "download", act=False)


def test_it_is_folded_until_pressed_and_nothing_where_no_paper_left(qtbot: QtBot) -> None:
    shown = PrintedPapers(EN)
    qtbot.addWidget(shown)
    assert shown.isHidden()
    shown.show_papers([LEFT] * 9)
    assert not shown.isHidden() and shown.papers.isHidden()
    assert shown.fold.text() == "9 printed papers"
    shown.fold.click()
    shown.show_papers([LEFT])
    assert not shown.papers.isHidden() and "Labels LOT-1" in shown.timeline.accessibleDescription()
    shown.fold.click()
    assert shown.papers.isHidden()
    shown.show_papers([])
    assert shown.isHidden()
