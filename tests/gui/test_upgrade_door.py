# SPDX-License-Identifier: Apache-2.0
"""A workspace of an earlier version is brought up to this one before there is a window: how far, in one of its own."""

from __future__ import annotations

from threading import Thread

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcdesk.config import Settings
from qcdesk.gui.app import Upgrading
from qcdesk.gui.upgrade_door import Bringing
from qcdesk.i18n import Catalogue


def test_what_takes_long_shows_how_far_it_is(qtbot: QtBot) -> None:
    upgrading = Upgrading(Settings("bench 1"), Catalogue(), after=0.0)
    assert upgrading.told(250, 1_000)
    door = upgrading.door
    assert door is not None and door.isVisible()
    assert (door.progress.accessibleName(), door.progress.bar_share) == ("25 % done", 0.25)
    upgrading.close()
    assert not door.isVisible()


def test_half_a_second_shows_nothing(qtbot: QtBot) -> None:
    upgrading = Upgrading(Settings("bench 1"), Catalogue())
    assert upgrading.told(0, 1_000)
    assert upgrading.door is None
    upgrading.close()


def test_one_that_is_opened_in_the_window_shows_how_far_it_is_and_lets_nothing_else_be_done(
    qtbot: QtBot,
) -> None:
    bringing = Bringing(Catalogue(), after=0.0)

    def opens() -> None:
        assert bringing.told(250, 1_000)

    thread = Thread(target=opens)
    thread.start()
    qtbot.waitUntil(lambda: bringing.door is not None)
    thread.join()
    door = bringing.door
    assert (
        door is not None and door.isVisible() and door.windowModality() == Qt.WindowModality.ApplicationModal
    )
    assert (door.progress.accessibleName(), door.progress.bar_share) == ("25 % done", 0.25)
    bringing.told(500, 1_000)
    bringing.close()
    QApplication.processEvents()
    assert not door.isVisible() and bringing.door is None


def test_one_that_is_opened_quickly_in_the_window_shows_nothing(qtbot: QtBot) -> None:
    bringing = Bringing(Catalogue())
    bringing.told(0, 1_000)
    QApplication.processEvents()
    assert bringing.door is None
    bringing.close()
