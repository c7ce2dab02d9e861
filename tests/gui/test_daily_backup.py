# SPDX-License-Identifier: Apache-2.0
"""The day's backup is made when due and not again; one that failed is said until one is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from qcdesk.config import Settings
from qcdesk.gui.daily_backup import NAME, DailyBackup
from qcdesk.gui.problems import Told
from qcdesk.services.ports import BackedUp, Keeping, Progress
from qcdesk.services.trouble import Trouble
from qcdesk.store.scheduling import REHEARSAL
from tests.gui.screens.conftest import EN, Desk, desk, tell, workspace
from tests.gui.test_watching import Said

__all__ = ["desk", "workspace"]


@dataclass
class Kept:
    """A workspace whose backup ends as told, and which asks meanwhile whether to go on."""

    keeping: Keeping
    ends: Callable[[], BackedUp | None]
    made: int = 0
    goes_on: bool = True

    def backup_if_due(
        self, folder: str, hour: int, keep: int, progress: Progress | None = None
    ) -> BackedUp | None:
        self.made += 1
        assert progress is not None
        self.goes_on = progress(1, 2)
        return self.ends()

    def __getattr__(self, name: str) -> object:
        return getattr(self.keeping, name)


def daily(desk: Desk, said: Said, settings: Settings, kept: Kept | None = None) -> DailyBackup:
    use = desk.house.use if kept is None else replace(desk.house.use, keeping=kept)  # type: ignore[arg-type]
    return DailyBackup(said, use, desk.tasks, EN, tell, desk.notices.append, lambda: settings)


def full() -> BackedUp | None:
    raise Trouble("disk_full", free_mb=240)


def test_backup_is_made_once_a_day_restored_for_trial_and_told(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    one = daily(desk, Said(), Settings("s", backup_folder=str(folder)))
    one.tick()
    one.tick()
    (made,) = folder.glob("qcdesk-*")
    assert (made / REHEARSAL).is_file()
    assert len(desk.notices) == 1 and str(made) in desk.notices[0]
    desk.house.clock.forward(days=1)
    one.tick()
    assert len(list(folder.glob("qcdesk-*"))) == 2


def test_no_backup_is_made_where_no_folder_is_set(desk: Desk) -> None:
    kept = Kept(desk.house.use.keeping, full)
    daily(desk, Said(), Settings("s"), kept).tick()
    assert kept.made == 0


@pytest.mark.logs
def test_failed_backup_is_said_until_one_is_made_and_not_tried_every_minute(desk: Desk) -> None:
    said, kept = Said(), Kept(desk.house.use.keeping, full)
    one = daily(desk, said, Settings("s", backup_folder="/copies"), kept)
    one.tick()
    told: Told = said.told[NAME][0]
    assert told.fact.startswith("The day's backup was not made.")
    assert "240 MB" in told.way
    one.tick()
    assert kept.made == 1
    desk.house.clock.forward(seconds=3_700)
    one.tick()
    assert kept.made == 2
    kept.ends = lambda: BackedUp("/copies/qcdesk-1", 2, 10, "ab")
    said.ways[-1]()  # try again, at once
    assert said.told == {}
    assert "/copies/qcdesk-1" in desk.notices[-1]


@pytest.mark.logs
def test_what_failed_stays_while_none_is_due(desk: Desk) -> None:
    said, kept = Said(), Kept(desk.house.use.keeping, full)
    one = daily(desk, said, Settings("s", backup_folder="/copies"), kept)
    one.tick()
    kept.ends = lambda: None
    one.again()
    assert NAME in said.told


def test_closing_the_window_leaves_a_half_made_backup_out_without_a_word(desk: Desk) -> None:
    said = Said()

    def cancelled() -> BackedUp | None:
        raise Trouble("cancelled")

    kept = Kept(desk.house.use.keeping, cancelled)
    one = daily(desk, said, Settings("s", backup_folder="/copies"), kept)
    one.tick()
    assert kept.goes_on
    assert said.told == {}
    one.stop()
    one.tick()
    assert kept.made == 1
