# SPDX-License-Identifier: Apache-2.0
"""The log is checked as the window opens and once a day, beside the work; a finding is loud and stops releases."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from pytestqt.qtbot import QtBot

from qcdesk import bootstrap
from qcdesk.config import Settings
from qcdesk.domain.refusals import Unverified
from qcdesk.gui.checking_alone import NAME, CheckingAlone
from qcdesk.gui.tasks import Tasks, ThreadTasks
from qcdesk.services.ports import Keeping, Progress, Verified
from qcdesk.services.trouble import Trouble
from tests.gui.screens.conftest import EN, Desk, desk, tell, workspace
from tests.gui.test_watching import Said

__all__ = ["desk", "workspace"]


@dataclass
class Kept:
    """A workspace that counts what is asked of it; ``ends`` in place of the answer, where it is given."""

    keeping: Keeping
    ends: Callable[[Progress], Verified] | None = None
    asked: list[str] = field(default_factory=list)

    def verify_tail(self, progress: Progress | None = None) -> Verified:
        self.asked.append("tail")
        assert progress is not None
        return self.ends(progress) if self.ends else self.keeping.verify_tail(progress)

    def verify(self, progress: Progress | None = None) -> Verified:
        self.asked.append("whole")
        return self.keeping.verify(progress)

    def verify_if_due(self, hour: int, progress: Progress | None = None) -> Verified | None:
        found = self.keeping.verify_if_due(hour, progress)
        self.asked += ["whole"] if found is not None else []
        return found

    def __getattr__(self, name: str) -> object:
        return getattr(self.keeping, name)


@dataclass
class Alone:
    """What checks, over a workspace, and what it told."""

    desk: Desk
    ends: Callable[[Progress], Verified] | None = None
    tasks: Tasks | None = None
    looked: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.kept, self.said = Kept(self.desk.house.use.keeping, self.ends), Said()
        use = replace(self.desk.house.use, keeping=self.kept)  # type: ignore[arg-type]
        tasks = self.tasks or self.desk.tasks
        settings = Settings("s", backup_hour=3)
        self.one = CheckingAlone(
            self.said, use, tasks, EN, tell, lambda: self.looked.append(True), lambda: settings
        )


def forge(desk: Desk) -> None:
    """Change a signed event past every rule of the database, as who owns the file can."""
    with desk.house.database.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_no_update")
        connection.exec_driver_sql(
            "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'Housing cover', 'Housing lover') AS BLOB)"
        )
        connection.commit()


def test_what_is_new_is_checked_as_the_window_opens_and_the_rest_is_not_read_again(desk: Desk) -> None:
    desk.house.use.keeping.verify()
    alone = Alone(desk)
    alone.one.begin()
    assert alone.kept.asked == ["tail"] and alone.looked == [True]
    assert alone.said.told == {}


def test_whole_log_is_checked_once_each_night(desk: Desk) -> None:
    alone = Alone(desk)
    for _ in range(3):
        alone.one.tick()
    assert alone.kept.asked == ["whole"]
    desk.house.clock.forward(days=1)
    for _ in range(3):
        alone.one.tick()
    assert alone.kept.asked == ["whole", "whole"]


@pytest.mark.parametrize("at", ["opening", "night"])
def test_finding_stops_releases_and_is_looked_at(desk: Desk, workspace: bootstrap.Workspace, at: str) -> None:
    house = desk.house
    number = house.accepted()
    forge(desk)
    alone = Alone(desk)
    if at == "opening":
        alone.one.begin()
    else:
        alone.one.tick()
    assert alone.looked == [True]
    last = house.use.keeping.last_verified()
    assert last is not None and last.problems
    with pytest.raises(Unverified):
        workspace.use.release_batch(house.hands["som"], number)
    assert house.state(number) == "accepted"


def test_closing_stops_it_at_the_next_page_and_says_nothing_of_the_log(desk: Desk, qtbot: QtBot) -> None:
    reading, stopped = threading.Event(), threading.Event()

    def long(progress: Progress) -> Verified:
        while progress(1, 1_000_000):
            reading.set()
            time.sleep(0.002)
        stopped.set()
        return Verified(1, (), (1, "00"))

    tasks = ThreadTasks()
    alone = Alone(desk, long, tasks)
    alone.one.begin()
    assert reading.wait(5)
    written: list[bool] = []
    tasks.run(
        lambda: True, written.append, lambda _: None
    )  # the database answers meanwhile, and so does the window
    qtbot.waitUntil(lambda: bool(written), timeout=5_000)
    assert not stopped.is_set()
    alone.one.stop()
    tasks.close()
    assert stopped.is_set()
    assert alone.looked == []
    alone.one.begin()
    assert alone.kept.asked == ["tail"]


@pytest.mark.logs
def test_check_that_could_not_be_made_is_said_with_a_way_to_try_again(desk: Desk) -> None:
    broken = [True]

    def ends(progress: Progress) -> Verified:
        if broken:
            raise Trouble("locked")
        return Verified(int(progress(1, 1)), (), (1, "00"))

    alone = Alone(desk, ends)
    alone.one.begin()
    told, loud = alone.said.told[NAME]
    assert told.fact.startswith("The log was not checked.")
    assert not loud
    broken.clear()
    alone.said.ways[-1]()
    assert alone.said.told == {} and alone.looked == [True]


def test_workspace_that_nobody_has_opened_is_left_alone(desk: Desk) -> None:
    class Empty(Kept):
        def head(self) -> tuple[int, str]:
            return 0, ""

    alone = Alone(desk)
    use = replace(desk.house.use, keeping=Empty(desk.house.use.keeping))  # type: ignore[arg-type]
    CheckingAlone(alone.said, use, desk.tasks, EN, tell, lambda: None, lambda: Settings("s")).begin()
    assert alone.kept.asked == [] and alone.said.told == {}
