# SPDX-License-Identifier: Apache-2.0
"""The doctor looks at everything, changes nothing, and calls what is not in order by its name."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from qcdesk import config
from qcdesk.services.ports import Health
from qcdesk.store import places
from qcdesk.store.backups import back_up
from qcdesk.store.doctor import examine
from tests.workspace import House

on_sqlite = pytest.mark.parametrize("location", ["sqlite"], indirect=True)


@pytest.fixture
def kept(house: House, tmp_path: Path) -> House:
    house.database.folder = tmp_path / "workspace"
    house.database.folder.mkdir(exist_ok=True)
    return house


def examined(house: House) -> dict[str, Health]:
    found = examine(house.database, house.clock)
    assert len({one.name for one in found}) == len(found)
    return {one.name: one for one in found}


def ill(house: House) -> set[str]:
    return {name for name, one in examined(house).items() if not one.ok}


def test_a_fresh_workspace_is_in_order_on_either_engine(kept: House) -> None:
    found = examined(kept)
    assert {
        "python",
        "libraries",
        "fonts",
        "database",
        "schema",
        "disk",
        "log_folder",
        "clock",
    } <= found.keys()
    assert ("server" if kept.database.dialect == "postgresql" else "sqlite") in found
    assert ill(kept) == set()


@on_sqlite
def test_a_clock_behind_the_last_event_is_named(kept: House) -> None:
    kept.clock.forward(seconds=-300)
    assert ill(kept) == {"clock"}
    assert int(examined(kept)["clock"].facts["behind_seconds"]) > 250


@on_sqlite
def test_a_workspace_that_was_never_backed_up_is_named_after_a_week(kept: House) -> None:
    kept.clock.forward(days=7)
    assert ill(kept) == set()
    kept.clock.forward(days=2)
    assert ill(kept) == {"no_backup"}


@on_sqlite
def test_a_backup_dated_ahead_is_named(kept: House, tmp_path: Path) -> None:
    back_up(kept.database, tmp_path / "backups", kept.clock.now() + 2 * 86_400_000_000)
    assert ill(kept) == {"backup_ahead"}


@on_sqlite
def test_an_old_backup_is_named_with_its_days(kept: House, tmp_path: Path) -> None:
    back_up(kept.database, tmp_path / "backups", kept.clock.now())
    assert examined(kept)["backup"].ok
    kept.clock.forward(days=9)
    assert ill(kept) == {"backup"} and examined(kept)["backup"].facts["days"] == "9"


@on_sqlite
def test_a_full_disk_and_a_missing_font_are_named(kept: House, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    brought = config.resource

    def without_thai(name: str) -> Path:
        if "Thai" in name:
            raise FileNotFoundError(name)
        return brought(name)

    monkeypatch.setattr(config, "resource", without_thai)
    assert ill(kept) == {"disk", "fonts"}
    assert "NotoSansThai-Regular.ttf" in examined(kept)["fonts"].facts["missing"]


@on_sqlite
@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_a_workspace_on_a_network_drive_is_named(
    kept: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 0:9 / {tmp_path.resolve()} rw - nfs4 server:/x rw\n")
    monkeypatch.setattr(places, "MOUNTINFO", mounts)
    assert ill(kept) == {"place"}


@on_sqlite
def test_a_folder_that_cannot_be_written_is_named(
    kept: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setattr(config, "log_folder", lambda: blocked / "logs")
    assert ill(kept) == {"log_folder"}


@on_sqlite
def test_damaged_pages_are_named(kept: House) -> None:
    file = kept.database.folder / "qcdesk.sqlite"
    kept.database.dispose()
    content = bytearray(file.read_bytes())
    for start in range(len(content) - 40_000, len(content) - 8_000, 4_096):
        content[start : start + 200] = b"\xff" * 200
    file.write_bytes(bytes(content))
    assert "database" in ill(kept)
