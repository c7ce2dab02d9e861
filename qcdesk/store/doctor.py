# SPDX-License-Identifier: Apache-2.0
"""The doctor: what of the installation, the database, the disk and the clock is in order, and what is not."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from qcdesk import config
from qcdesk.services.ports import Clock, Health
from qcdesk.services.trouble import Trouble
from qcdesk.store.backups import last_backup
from qcdesk.store.database import OLDEST_SQLITE, Database
from qcdesk.store.places import network_kind
from qcdesk.store.scheduling import dated_ahead
from qcdesk.store.upgrading import HEAD, revision_of

OLDEST_PYTHON = (3, 11)
FREE_MB = 500  # below this a shop with photos is some days from a full disk
BACKUP_DAYS = 7
SCHEDULED_DAYS = 2
BEHIND_SECONDS = 120  # trust.md §8.7
FONTS = (
    *("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
    *("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
)
LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "reportlab", "cryptography", "pypdfium2", "Pillow")
_DAY = 86_400_000_000


def examine(database: Database, clock: Clock) -> tuple[Health, ...]:
    """Look at everything; nothing is changed and nothing is raised: what fails is a line that is not good."""
    found: list[Health] = []
    for name, look in _LOOKS.items():
        try:
            found += look(database, clock)
        except Trouble as trouble:
            found.append(Health(name, False, {"reason": trouble.code}))
        except OSError as failed:
            found.append(Health(name, False, {"reason": failed.strerror or str(failed)}))
    return tuple(found)


def _python(_database: Database, _clock: Clock) -> Iterator[Health]:
    facts = {"version": platform.python_version(), "needed": ".".join(map(str, OLDEST_PYTHON))}
    yield Health("python", sys.version_info >= OLDEST_PYTHON, facts)


def _libraries(_database: Database, _clock: Clock) -> Iterator[Health]:
    missing, there = [], []
    for name in LIBRARIES:
        try:
            there.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    yield Health("libraries", not missing, {"there": ", ".join(there), "missing": ", ".join(missing)})


def _fonts(_database: Database, _clock: Clock) -> Iterator[Health]:
    missing = []
    for name in FONTS:
        try:
            config.resource(f"fonts/{name}")
        except FileNotFoundError:
            missing.append(name)
    yield Health(
        "fonts", not missing, {"there": str(len(FONTS) - len(missing)), "missing": ", ".join(missing)}
    )


def _driver(database: Database, _clock: Clock) -> Iterator[Health]:
    if database.dialect == "sqlite":
        found, needed = sqlite.sqlite_version, ".".join(map(str, OLDEST_SQLITE))
        yield Health(
            "sqlite", sqlite.sqlite_version_info >= OLDEST_SQLITE, {"version": found, "needed": needed}
        )
        return
    with database.reading() as connection:
        version = str(connection.exec_driver_sql("SHOW server_version").scalar())
        durable = {
            name: str(connection.exec_driver_sql(f"SHOW {name}").scalar())
            for name in ("fsync", "synchronous_commit", "full_page_writes")
        }
    off = [name for name, value in durable.items() if value == "off"]
    yield Health("server", not off, {"version": version, "off": ", ".join(off)})


def _place(database: Database, _clock: Clock) -> Iterator[Health]:
    if database.dialect == "sqlite":
        kind = network_kind(database.folder)
        yield Health("place", kind is None, {"location": str(database.folder), "kind": kind or ""})


def _database(database: Database, _clock: Clock) -> Iterator[Health]:
    """Reach it, and let it look at its own pages; SQLite's quick look reads every page once."""
    revision = revision_of(database)
    with database.reading() as connection:
        events = int(connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one())
        damage = "ok"
        if database.dialect == "sqlite":
            damage = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
            if damage == "ok" and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                damage = "foreign_key"
    yield Health(
        "database", damage == "ok", {"events": str(events), "reason": "" if damage == "ok" else damage[:200]}
    )
    yield Health("schema", revision == HEAD, {"found": revision, "known": HEAD})


def _disk(database: Database, _clock: Clock) -> Iterator[Health]:
    place = database.folder
    while not place.exists() and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free // 1_000_000
    yield Health(
        "disk", free >= FREE_MB, {"free_mb": str(free), "needed_mb": str(FREE_MB), "folder": str(place)}
    )


def _writable(database: Database, _clock: Clock) -> Iterator[Health]:
    for name, folder in (("workspace_folder", database.folder), ("log_folder", config.log_folder())):
        yield Health(name, _can_write(folder), {"folder": str(folder)})


def _can_write(folder: Path) -> bool:
    """Tell by doing it: rights alone do not know of read-only disks."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        handle, name = tempfile.mkstemp(prefix=".qcdesk-", dir=folder)
    except OSError:
        return False
    os.close(handle)
    Path(name).unlink(missing_ok=True)
    return True


def _clock(database: Database, clock: Clock) -> Iterator[Health]:
    with database.reading() as connection:
        last = connection.exec_driver_sql("SELECT at FROM line ORDER BY seq DESC LIMIT 1").scalar()
    now = clock.now()
    behind = max(0, (int(last) - now) // 1_000_000) if last is not None else 0
    facts = {"behind_seconds": str(behind), "zone": time.strftime("%Z")}
    yield Health("clock", behind <= BEHIND_SECONDS, facts)


def _backup(database: Database, clock: Clock) -> Iterator[Health]:
    last = last_backup(database.folder)
    if last is not None:
        at, folder = last
        there = str(Path(folder).is_dir()).lower()  # a stick or a share may well be away
    else:  # a workspace of this week may still have none
        at, folder, there = _opened(database), "", ""
    if last is not None and dated_ahead(at, clock.now()):
        yield Health("backup_ahead", False, {"folder": folder, "there": there})
        return
    days = max(0, (clock.now() - at) // _DAY)
    # One that is made by itself every day may be a day late (a station off on Sunday), and no more than that.
    wanted = SCHEDULED_DAYS if config.load_settings().backup_folder else BACKUP_DAYS
    facts = {"days": str(days), "folder": folder, "there": there, "wanted_days": str(wanted)}
    yield Health("backup" if last else "no_backup", days <= wanted, facts)


def _opened(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT min(opened) FROM workspace").scalar() or 0)


_LOOKS: dict[str, Callable[[Database, Clock], Iterator[Health]]] = {
    "python": _python,
    "libraries": _libraries,
    "fonts": _fonts,
    "sqlite": _driver,
    "place": _place,
    "database": _database,
    "disk": _disk,
    "folders": _writable,
    "clock": _clock,
    "backup": _backup,
}
