# SPDX-License-Identifier: Apache-2.0
"""A full disk under database, photos, papers and backups: nothing is lost, reading goes on, writing waits for room.

The workspace lies on a disk of its own, 48 MB: ext4 in a file where the system lets us mount one, else a tmpfs of that
size. Where neither may be mounted (a container without the right), a stand-in refuses each call of SQLite and Python
that would take more room than is left, with the errors that a full disk gives; that shows the program's answers, not
the file system's. The line of figures says which of the three it was. The disk is filled but for some bytes, more each
time, so that it runs full at other places; then every act is tried, and tried again when there is room.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcdesk.exchange.photos import Picture, store_picture
from qcdesk.reports.inspection import write
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.trouble import Trouble
from qcdesk.store import backups, manifests
from qcdesk.store.database import Database
from qcdesk.store.upgrading import upgrade
from qcdesk.store.verification import verify
from tests.trust.small_disks import SmallDisk, small_disk
from tests.workspace import HandClock, House, connect

Act = Callable[[], object]


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """A small disk. The look at the room before a backup is left out, so that the copy itself meets its end."""
    monkeypatch.setattr(backups, "_require_room", lambda *_: None)
    with small_disk(tmp_path) as made:
        yield made


def head(database: Database) -> int:
    """Return the number of the last event."""
    with database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT max(seq) FROM event").scalar_one())


def told(act: Act) -> str:
    """Try an act; the code of the trouble, or nothing when it went through."""
    try:
        act()
    except Trouble as trouble:
        return trouble.code
    return ""


class Day:
    """Acts that wait for being tried on a full disk."""

    def __init__(self, house: House, disk: SmallDisk, number: int) -> None:
        """Prepare them while there is room."""
        self._house, self._disk, self._number = house, disk, number
        self._record, self._sign = house.batch(f"R-{number}"), house.batch(f"S-{number}")
        self._started = house.start("linh", self._record)
        self._ready = house.start("linh", self._sign)
        house.record("linh", self._ready)
        self.acts: dict[str, Act] = {
            "photo": self._photo,
            "record": self._save,
            "sign": lambda: house.sign("linh", self._ready),
            "register": lambda: house.batch(f"N-{number}"),
            "paper": lambda: write(b"%PDF-1.4 " + bytes([number % 256]) * 30_000, disk.folder / "paper.pdf"),
            "backup": lambda: backups.back_up(house.database, disk.folder / "backups", house.clock.now()),
        }

    def _photo(self) -> str:
        taken = bytes([self._number % 256]) * 40_000
        files = self._house.database.folder / "files"
        return store_picture(files, Picture("jpeg", 640, 480, taken, taken + b"copy")).copy

    def _save(self) -> None:
        self._house.use.record(
            self._house.sittings["linh"],
            Entries(
                self._started.check,
                (NewResult(1),),
                (NewFinding(1, "SCR", photo=self._photo()),),
                (NewReading(1, "DIA", "12.03"),),
            ),
        )


def fill_and_free(disk: SmallDisk, levels: list[int]) -> tuple[int, str]:
    """Fill the disk but for so many bytes, try every act, and again with room; how often it was full, and figures."""
    folder = disk.folder / "house"
    database = connect(str(folder), durable=True)
    upgrade(database)
    house = House.ready(database, HandClock())
    refused, done = 0, 0
    for number, left in enumerate(levels):
        day = Day(house, disk, number)
        old = (disk.folder / "paper.pdf").read_bytes() if (disk.folder / "paper.pdf").exists() else b""
        backed_up = made_backups(disk)
        waiting: dict[str, Act] = {}
        disk.fill(left)
        for name, act in day.acts.items():
            before = head(database)
            code = told(act)
            if code:
                assert (code, head(database)) == ("disk_full", before), name
                waiting[name] = act
            else:
                done += 1
        assert house.state(f"R-{number}") == "first_check"  # reading goes on
        assert house.state(f"S-{number}") == ("first_check" if "sign" in waiting else "awaiting_second")
        assert verify(database).problems == ()
        if "paper" in waiting and old:
            assert (disk.folder / "paper.pdf").read_bytes() == old
        if "backup" in waiting:
            assert made_backups(disk) == backed_up
        disk.make_room()
        for act in waiting.values():
            act()
        refused += len(waiting)
        assert house.state(f"S-{number}") == "awaiting_second"
        assert verify(database).problems == ()
        for made in made_backups(disk):
            assert manifests.read_manifest(made).problems == 0
            shutil.rmtree(made)
    left_behind = [p.name for p in disk.folder.rglob(".*.part")]
    assert left_behind == []
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.dispose()
    return refused, (
        f"disk full on {disk.kind}: {len(levels)} times filled, {refused} acts refused and done when there was room,"
        f" {done} done on what was left: 0 lost, 0 half, reading went on"
    )


def made_backups(disk: SmallDisk) -> list[Path]:
    """Return the finished backups."""
    place = disk.folder / "backups"
    return sorted(p for p in place.iterdir() if not p.name.startswith(".")) if place.exists() else []


def test_full_disk_loses_nothing_and_work_goes_on_with_room(disk: SmallDisk) -> None:
    refused, _ = fill_and_free(disk, [0, 20_000, 90_000, 300_000, 900_000])
    assert refused > 10


@pytest.mark.long
def test_disk_full_at_many_places(disk: SmallDisk, figures: Callable[[str], None]) -> None:
    refused, line = fill_and_free(disk, [20_480 * n for n in range(40)])
    assert refused > 50
    figures(line)


def test_stand_in_says_what_a_full_disk_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "_require_room", lambda *_: None)
    monkeypatch.setattr("tests.trust.small_disks._run", lambda *_: False)
    with small_disk(tmp_path) as stand_in:
        assert stand_in.kind == "stand-in"
        refused, _ = fill_and_free(stand_in, [0, 30_000])
    assert refused > 4
