# SPDX-License-Identifier: Apache-2.0
"""The day's backup is made once its hour has come, restored for trial, and only rehearsed ones push out older ones."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qcdesk.domain.times import from_datetime, to_datetime
from qcdesk.services.trouble import Trouble
from qcdesk.store import scheduling
from qcdesk.store.backups import back_up, last_backup
from qcdesk.store.database import FILE_NAME
from qcdesk.store.manifests import FORMAT, MANIFEST, find_backup, read_manifest
from qcdesk.store.scheduling import REHEARSAL, back_up_if_due, is_due, rehearse, rehearsed, take_away
from tests.workspace import House

on_sqlite = pytest.mark.parametrize("location", ["sqlite"], indirect=True)


def here(day: int, hour: int, minute: int = 0) -> int:
    return from_datetime(datetime(2026, 11, day, hour, minute).astimezone())


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, here(20, 9), True),
        (here(19, 19), here(20, 9), False),
        (here(19, 17), here(20, 9), True),
        (here(20, 9), here(20, 17, 59), False),
        (here(20, 9), here(20, 18), True),
        (here(20, 18), here(20, 23, 59), False),
        (here(20, 18), here(21, 17, 59), False),
        (here(20, 18), here(21, 18), True),
        (here(20, 23), here(20, 20), False),
        (here(21, 20), here(20, 21), False),
        (here(21, 22), here(20, 21), True),
        (here(28, 9), here(20, 9), True),
    ],
)
def test_a_backup_is_due_once_after_the_days_hour(last: int | None, now: int, due: bool) -> None:
    assert is_due(last, now, 18) is due


@pytest.fixture
def kept(house: House, tmp_path: Path) -> House:
    house.database.folder = tmp_path / "workspace"
    (house.database.folder / "files").mkdir(parents=True, exist_ok=True)
    house.released()
    return house


def test_the_days_backup_is_made_once_and_was_restored_for_trial(kept: House, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    done = back_up_if_due(kept.database, folder, 18, 3, here(20, 19))
    assert done is not None and rehearsed(Path(done.folder))
    assert json.loads((Path(done.folder) / REHEARSAL).read_text())["problems"] == 0
    assert back_up_if_due(kept.database, folder, 18, 3, here(20, 20)) is None
    assert back_up_if_due(kept.database, folder, 18, 3, here(21, 19)) is not None
    assert not list(kept.database.folder.glob(".qcdesk-*")), "the trial leaves nothing behind"


@on_sqlite
def test_the_newest_are_kept_and_what_is_not_ours_stays(kept: House, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    (folder / "holiday").mkdir(parents=True)
    for day in range(10, 15):
        back_up_if_due(kept.database, folder, 18, 3, here(day, 19))
    days = sorted(p.name for p in folder.iterdir())
    assert len(days) == 4 and "holiday" in days
    assert last_backup(kept.database.folder) == (here(14, 19), str(find_backup(folder)))


@on_sqlite
def test_after_a_night_of_a_wrong_clock_backups_go_on_and_the_good_ones_stay(
    kept: House, tmp_path: Path
) -> None:
    """Ten years ahead for a night: the next day's backup is made, and what is dated ahead pushes out nothing."""
    folder = tmp_path / "stick"
    years = 3_650 * 86_400_000_000
    for at in (here(10, 19), here(11, 19) + years, here(12, 19), here(13, 19)):
        assert back_up_if_due(kept.database, folder, 18, 2, at) is not None
    ahead = [p for p in folder.iterdir() if p.name.startswith("qcdesk-2036")]
    assert not ahead and len(list(folder.iterdir())) == 2


def laid_down(folder: Path, at: int, seq: int) -> Path:
    made = folder / f"qcdesk-{to_datetime(at, UTC):%Y%m%dT%H%M%SZ}"
    made.mkdir(parents=True)
    said = {
        "format": FORMAT, "vault": "1" * 32, "head": {"seq": seq, "hash": "2" * 64}, "at": at, "schema": "0002",
        "problems": 0,
        "files": [{"name": FILE_NAME, "bytes": 0, "sha256": "3" * 64}],
    }  # fmt: skip
    (made / MANIFEST).write_text(json.dumps(said), "utf-8")
    assert read_manifest(made).seq == seq
    return made


def test_what_is_dated_ahead_goes_first_and_the_longest_log_never(tmp_path: Path) -> None:
    days = [laid_down(tmp_path, here(day, 19), seq) for day, seq in ((10, 5), (11, 6), (12, 6))]
    ahead = [laid_down(tmp_path, here(day, 19), seq) for day, seq in ((20, 6), (21, 9), (22, 7))]
    take_away(tmp_path, 2, here(12, 20))
    assert set(tmp_path.iterdir()) == {days[1], days[2], ahead[1]}


def test_a_clock_that_went_back_pushes_out_the_oldest_only(tmp_path: Path) -> None:
    good = [laid_down(tmp_path, here(day, 19), day) for day in (20, 21, 22)]
    back = laid_down(tmp_path, here(2, 19), 22)
    take_away(tmp_path, 3, here(2, 20))
    assert set(tmp_path.iterdir()) == {good[1], good[2], back}


@on_sqlite
def test_backups_of_another_workspace_and_the_last_one_stay(kept: House, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    first = back_up_if_due(kept.database, folder, 18, 9, here(10, 19))
    assert first is not None
    other = folder / "qcdesk-20200101T000000Z"
    shutil.copytree(first.folder, other)
    manifest = json.loads((other / "manifest.json").read_text())
    (other / "manifest.json").write_text(json.dumps({**manifest, "vault": "0" * 32, "at": 0}))
    take_away(folder, 0, here(10, 20))
    assert {p.name for p in folder.iterdir()} == {other.name, Path(first.folder).name}


@on_sqlite
def test_a_backup_that_cannot_be_restored_pushes_out_none(
    kept: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    good = back_up_if_due(kept.database, folder, 18, 1, here(10, 19))
    assert good is not None
    made = back_up

    def spoiled(*given: object) -> object:
        done = made(*given)  # type: ignore[arg-type]
        (Path(done.folder) / "qcdesk.sqlite").write_bytes(b"spoiled on its way")
        return done

    monkeypatch.setattr(scheduling, "back_up", spoiled)
    with pytest.raises(Trouble, match="rehearsal_failed"):
        back_up_if_due(kept.database, folder, 18, 1, here(11, 19))
    assert Path(good.folder).is_dir() and len(list(folder.iterdir())) == 2


@on_sqlite
def test_a_rehearsal_of_a_stick_that_was_pulled_out_is_trouble(kept: House, tmp_path: Path) -> None:
    done = back_up_if_due(kept.database, tmp_path / "stick", 18, 1, here(10, 19))
    assert done is not None and read_manifest(Path(done.folder)).seq
    shutil.rmtree(tmp_path / "stick")
    with pytest.raises(Trouble):
        rehearse(Path(done.folder), kept.database.folder, kept.database.verify, here(10, 20))
    assert not rehearsed(Path(done.folder))
