# SPDX-License-Identifier: Apache-2.0
"""A workspace of an earlier version is brought up to this one before there is a window: how far, in one of its own."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from qcdesk.config import Settings
from qcdesk.gui.app import Upgrading
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
