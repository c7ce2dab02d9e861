# SPDX-License-Identifier: Apache-2.0
"""A disk died: on a new machine the program is started, a backup is restored in its window, and work goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from qcdesk import bootstrap, config
from qcdesk.domain.inputs import BadInput
from qcdesk.gui.app import AtTheDoor, Program
from qcdesk.gui.screens.restore.view import RestoreView
from qcdesk.gui.screens.settings.view import SettingsView
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Progress
from qcdesk.store.database import FILE_NAME
from tests.journeys.driving import Hands
from tests.workspace import STATION, HandClock, House, cheap_keys, laid

Machine = Callable[[Path], bootstrap.OpenWorkspaces]


@pytest.fixture
def backup(house: House, tmp_path: Path) -> Path:
    """A backup of a shop with a batch, on a stick."""
    house.batch(number="B-41")
    return Path(house.use.keeping.backup(str(tmp_path / "stick")).folder)


@pytest.fixture
def machine() -> Iterator[Machine]:
    """Another machine, whose program begins in a folder, where it lays a workspace unless one is there."""
    made: list[bootstrap.OpenWorkspaces] = []

    def start(folder: Path) -> bootstrap.OpenWorkspaces:
        def opens(place: str, progress: Progress | None = None) -> bootstrap.Workspace:
            return bootstrap.open_workspace(
                place, create=True, keys=cheap_keys(), clock=HandClock(), station=STATION, progress=progress
            )

        laid(folder).dispose()
        places = bootstrap.OpenWorkspaces(opens(str(folder)), str(folder), opens, begins=lambda: str(folder))
        made.append(places)
        return places

    yield start
    for places in made:
        places.close()


class Shop:
    """The window on that machine, and hands on it."""

    def __init__(self, places: bootstrap.OpenWorkspaces, house: House) -> None:
        self.kept: list[config.Settings] = []
        settings = config.Settings("station", station_name="Station 3", theme="light")
        self.program = Program(
            places.use,
            settings,
            Catalogue(),
            keep_settings=self.kept.append,
            workspaces=places,
            open_other=places.open,
        )
        self.program.running.window.resize(1280, 800)
        self.program.begin()
        self.hands = Hands(self.program, house)

    def restore(self, backup: Path, target: Path | None = None) -> None:
        """Name the backup, and where to unless what is offered will do; restore it and go on."""
        hands = self.hands
        hands.until(lambda: hands.here == "restore", "the page about backups")
        view = hands.all(RestoreView)[0]
        view.backup.edit.setFocus()
        hands.type(str(backup), enter=False)
        if target is not None:
            view.target.edit.clear()
            view.target.edit.setFocus()
            hands.type(str(target), enter=False)
        hands.see("What this copy holds")
        hands.see(backup.name)
        hands.press("Restore this backup")
        hands.see("The backup is restored")
        hands.see("Everything in it holds.")
        hands.press("Go on to sign in")
        hands.until(lambda: self.program.running.use is not self.hands.house.use, "the other workspace")
        hands.until(lambda: hands.here == "sign_in", "its sign-in")


def test_backup_is_restored_on_a_new_machine_and_once_more_beside_it(
    house: House, backup: Path, machine: Machine, look: None, tmp_path: Path
) -> None:
    places = machine(tmp_path / "here")
    shop = Shop(places, replace(house, use=places.use))
    hands = shop.hands
    hands.until(lambda: hands.here == "set_up", "the first start")
    hands.press("Restore a backup")
    shop.restore(backup)
    assert places.location == str(tmp_path / "here") and shop.kept == []
    hands.house = replace(house, use=shop.program.running.use)
    hands.sign_in("linh")
    hands.open_batch("B-41")
    shop.program.running.open("settings")
    hands.settle()
    assert hands.all(SettingsView)
    hands.press("Restore a backup")
    shop.restore(backup, tmp_path / "second")
    assert places.location == str(tmp_path / "second") and shop.program.running.who is None
    assert [kept.workspace for kept in shop.kept] == [str(tmp_path / "second")]
    assert (tmp_path / "here" / FILE_NAME).is_file()
    hands.close()


def test_workspace_that_cannot_be_opened_is_said_and_a_backup_offered(
    house: House, backup: Path, look: None, tmp_path: Path
) -> None:
    def opens(place: str, _progress: Progress | None) -> bootstrap.Workspace:
        return bootstrap.open_workspace(place, keys=cheap_keys(), clock=HandClock(), station=STATION)

    places = bootstrap.OpenWorkspaces(None, str(tmp_path / "gone"), opens, begins=lambda: "elsewhere")
    cause = BadInput("copy_torn", facts={"path": str(tmp_path / "gone")})
    kept: list[config.Settings] = []
    settings = config.Settings("station", theme="light")
    door = AtTheDoor(cause, settings, Catalogue(), places, places.open, keep_settings=kept.append)
    door.window.resize(1280, 800)
    door.begin()
    view = door.window.view
    assert view.problems.panel is not None and view.form.values()["target"].endswith("gone-restored")
    view.backup.set_value(str(backup))
    view.restore()
    hands = Hands.__new__(Hands)
    hands.program, hands.house = door, house  # type: ignore[assignment]
    Hands.until(hands, lambda: view.stack.currentIndex() == 1, "the end of the restore")
    view.entering.click()
    Hands.until(hands, lambda: door.program is not None, "the window of the workspace")
    assert door.program is not None
    hands.program = door.program
    hands.until(lambda: hands.here == "sign_in", "its sign-in")
    assert [one.workspace for one in kept] == [str(tmp_path / "gone-restored")]
    hands.close()
    places.close()
    door.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
