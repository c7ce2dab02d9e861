# SPDX-License-Identifier: Apache-2.0
"""The keys of a place lead to its other pages; the present one is marked and leads nowhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcdesk.gui import theme
from qcdesk.gui.widgets.places import Places
from qcdesk.gui.widgets.text import text_width
from qcdesk.i18n import STRETCHED, Catalogue


def test_keys_lead_to_the_other_pages_and_mark_the_present_one(qtbot: QtBot) -> None:
    places = Places(Catalogue(), "detection")
    qtbot.addWidget(places)
    wanted: list[str] = []
    places.wanted.connect(wanted.append)
    for key in places.keys.values():
        key.click()
    QTest.keyClick(places.keys["analysis"], Qt.Key.Key_Return)
    assert wanted == ["analysis", "second_check", "analysis"]
    assert {name for name, key in places.keys.items() if key.isChecked()} == {"detection"}


@pytest.mark.parametrize("language", ["en", STRETCHED])
def test_keys_of_the_analysis_stand_in_the_smallest_desk_window(qtbot: QtBot, language: str) -> None:
    places = Places(Catalogue(language), "analysis")
    qtbot.addWidget(places)
    assert places.minimumSizeHint().width() <= 1100 - 104 - 2 * 28
    for key in places.keys.values():
        assert key.sizeHint().width() >= text_width(key.text(), theme.BODY, 700) + 12
