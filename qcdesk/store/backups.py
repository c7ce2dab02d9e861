# SPDX-License-Identifier: Apache-2.0
"""Backups: the whole workspace copied while in use, verified before it counts, and restored where nothing is yet.

A backup is a folder of one form for both engines::

    qcdesk-20261120T081500Z/
        manifest.json    head of the log, sizes, SHA-256 of every file
        qcdesk.sqlite    every table: SQLite's own pages, or PostgreSQL's rows in the same schema
        files/           photos and imported files under their SHA-256

SQLite is copied page by page by its backup interface, PostgreSQL row by row as one moment of time saw them. So the
copy of either is a workspace that can be opened, verified with the same program, and restored to either.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pysqlite3.dbapi2 as sqlite
import sqlalchemy as sa
from sqlalchemy.engine import URL

from qcdesk import __version__, config
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import fingerprint
from qcdesk.durable import make_folder, sync_folder, written_whole
from qcdesk.services.ports import BackedUp, Progress, Verified
from qcdesk.services.trouble import Trouble, unwritten
from qcdesk.store import verification
from qcdesk.store.database import FILE_NAME, Database, as_owner, open_database, translated
from qcdesk.store.guarding import Verify
from qcdesk.store.places import require_local
from qcdesk.store.tables import CACHES, KEPT, PROJECTIONS
from qcdesk.store.upgrading import revision_of, upgrade

FORMAT = "qcdesk-backup-1"
MANIFEST = "manifest.json"
PREFIX, SUFFIX = ".qcdesk-", ".part"
"""Of the name of a folder that is not finished; nobody takes it for a backup."""
LEFT_S = 24 * 3_600
"""What was not touched for so long is of a program that was killed."""
MANIFEST_BYTES = 100_000_000
STEP_PAGES = 2_000
RESTARTS = 3  # another program that writes makes the copy begin again; after this often it is made in one go
_TABLES = ("event", *PROJECTIONS, *KEPT, *CACHES)
_HASH = re.compile("[0-9a-f]{64}")
_NAME = re.compile(f"{re.escape(FILE_NAME)}|files/[0-9a-f]{{64}}")
FOLDER_NAME = re.compile(r"qcdesk-\d{8}T\d{6}Z(-\d+)?")


@dataclass(frozen=True)
class Copied:
    """A file of a backup, with its size in bytes and its SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. ``problems``: how many the workspace itself had, which the copy has too."""

    vault: str
    seq: int
    hash: str
    at: int
    schema: str
    problems: int
    files: tuple[Copied, ...]


def back_up(database: Database, folder: Path, now: int, progress: Progress | None = None) -> BackedUp:
    """Copy a whole workspace into a new folder below ``folder``, while it is in use.

    The copy is verified as a workspace; only then does its folder get its name. Where the workspace itself does not
    verify, the copy is kept if it says the very same, so that a damaged workspace can still be carried away.
    Args: folder: where backups lie; made if need be, a network drive will do. now: microseconds UTC.
    Raises: Trouble: ``cancelled``, ``disk_full``, ``backup_failed`` (facts ``problems``, ``first``),
        ``file_unwritable``, ``file_unreadable``.
    """
    steps = _Steps(progress)
    with _written(folder):
        make_folder(folder)
    own = _own_prefix(database)
    with _aside(folder, own) as aside, _aside(database.folder, own) as near:
        _sweep(aside)
        _sweep(near)
        _require_room(database, folder)
        copy = near / FILE_NAME
        _copy_database(database, copy, steps.part(0, 40))
        _copy_files(database.folder / "files", aside / "files", steps.part(40, 60))
        found = _verified(database, copy, aside, steps.part(60, 90))
        if found.problems and verification.verify(database).problems != found.problems:
            raise Trouble("backup_failed", problems=len(found.problems), first=found.problems[0].code)
        _copy_file(copy, aside / FILE_NAME)
        manifest = Manifest(
            vault=_vault(copy),
            seq=found.head[0],
            hash=found.head[1],
            at=now,
            schema=revision_of(database),
            problems=len(found.problems),
            files=tuple(_inventory(aside, steps.part(90, 100))),
        )
        text = _manifest_text(manifest, copy)
        with _written(aside):
            _write(aside / MANIFEST, text)
            final = _free_name(folder, now)
            aside.rename(final)
            try:
                sync_folder(folder)
            except OSError:
                final.rename(aside)  # a backup of which is said that it failed is not there
                raise
        with suppress(OSError):  # the backup is made; the doctor will say that it does not know of it
            _write(database.folder / LAST, _last_text(now, final, manifest))
    steps.done()
    return BackedUp(
        folder=str(final),
        files=len(manifest.files),
        bytes=sum(f.bytes for f in manifest.files),
        digest=hashlib.sha256(text).hexdigest(),
    )


LAST = "last-backup.json"
"""Beside the database: when and where the last backup was made; the doctor reads it."""


def last_backup(folder: Path) -> tuple[int, str] | None:
    """Return when (microseconds UTC) and where the last backup of a workspace was made; None: never, or not known."""
    try:
        said = json.loads((folder / LAST).read_text("utf-8"))
        return int(said["at"]), str(said["folder"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def restore(folder: str, location: str, verify: Verify, progress: Progress | None = None) -> Verified:
    """Restore a backup to a place where nothing is yet: a folder, or an empty PostgreSQL database.

    Args: folder: a backup, or a folder of backups, of which the newest is taken.
    Returns: what the verification of the restored workspace found.
    Raises: BadInput: ``not_a_backup``, ``backup_incomplete`` (facts ``missing``, ``changed``: file names),
        ``workspace_not_empty``. Trouble: ``disk_full``, ``file_unwritable``, ``restore_failed``, ``cancelled``.
    """
    steps = _Steps(progress)
    backup = find_backup(Path(folder))
    manifest = read_manifest(backup)
    _require_whole(backup, manifest, steps.part(0, 30))
    if "://" in location:
        return _restore_rows(backup, manifest, location, verify, steps)
    return _restore_folder(backup, manifest, Path(location), verify, steps)


def find_backup(folder: Path) -> Path:
    """Return the backup that a folder is, or the newest one in it. Raises: BadInput: ``not_a_backup``."""
    if (folder / MANIFEST).is_file():
        return folder
    inside = (
        [p for p in folder.iterdir() if FOLDER_NAME.fullmatch(p.name) and (p / MANIFEST).is_file()]
        if folder.is_dir()
        else []
    )
    if not inside:
        raise BadInput("not_a_backup", facts={"file": str(folder)}, where={"file": str(folder)})
    return max(inside, key=lambda p: (read_manifest(p).at, p.name))


def read_manifest(backup: Path) -> Manifest:
    """Return what a backup says of itself.

    Raises: BadInput: ``not_a_backup``: no manifest, another form, or a name that leads out of the folder.
    """
    try:
        path = backup / MANIFEST
        if path.stat().st_size > MANIFEST_BYTES:
            raise ValueError("too long")
        said = json.loads(path.read_text("utf-8"))
        if said["format"] != FORMAT:
            raise ValueError("another format")
        files = tuple(Copied(str(f["name"]), int(f["bytes"]), str(f["sha256"])) for f in said["files"])
        if any(not _NAME.fullmatch(f.name) or not _HASH.fullmatch(f.sha256) for f in files):
            raise ValueError("a name that is none of ours")
        if FILE_NAME not in {f.name for f in files}:
            raise ValueError("no database")
        head = said["head"]
        return Manifest(
            vault=str(said["vault"]),
            seq=int(head["seq"]),
            hash=str(head["hash"]),
            at=int(said["at"]),
            schema=str(said["schema"]),
            problems=int(said["problems"]),
            files=files,
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BadInput("not_a_backup", facts={"file": str(backup)}, where={"file": str(backup)}) from problem


# Copying ----------------------------------------------------------------------------------------------------------


def _copy_database(database: Database, copy: Path, step: Step) -> None:
    if database.dialect == "sqlite":
        _copy_pages(database, copy, step)
    else:
        _copy_rows_out(database, copy, step)


def _copy_pages(database: Database, copy: Path, step: Step) -> None:
    """Copy a SQLite database by its backup interface; other programs may read and write meanwhile."""
    with translated(), database.engine.connect() as connection:
        source = cast("Any", connection.connection.driver_connection)
        with closing(sqlite.connect(str(copy))) as target:
            try:
                _pages(source, target, STEP_PAGES, step)
            except _BegunAgain:
                _pages(source, target, -1, step)
            integrity = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
        connection.rollback()
    if integrity != "ok":
        raise Trouble("backup_failed", problems=1, first=str(integrity)[:200])


class _BegunAgain(Exception):
    """Others wrote so often that a copy in steps would never end."""


def _pages(source: Any, target: Any, pages: int, step: Step) -> None:  # noqa: ANN401 - the driver's connections
    restarts = 0
    least: int | None = None

    def told(_status: int, remaining: int, total: int) -> None:
        nonlocal restarts, least
        if least is not None and remaining > least:
            restarts += 1
            if restarts > RESTARTS:
                raise _BegunAgain
        least = remaining
        step(total - remaining, total)

    source.backup(target, pages=pages, progress=told, sleep=0.05)


def _copy_rows_out(database: Database, copy: Path, step: Step) -> None:
    """Copy PostgreSQL's rows, as one moment saw them, into a SQLite database of the same schema."""
    with _fresh_sqlite(copy, database.verify) as target, translated():
        reading = database.engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with reading as source, target.connect() as into:
            source.exec_driver_sql("SET TRANSACTION READ ONLY")
            into.exec_driver_sql("PRAGMA foreign_keys=OFF")
            into.exec_driver_sql("BEGIN IMMEDIATE")
            rules = _take_down(into)
            for number, table in enumerate(_TABLES):
                columns = _columns(into, table)
                _copy_rows(source, into, table, columns)
                step(number + 1, len(_TABLES))
            for rule in rules:
                into.exec_driver_sql(rule)
            if into.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise Trouble("backup_failed", problems=1, first="foreign_key")
            into.commit()
            source.rollback()


@contextmanager
def _fresh_sqlite(copy: Path, verify: Verify) -> Iterator[sa.Engine]:
    made = open_database(str(copy.parent), verify)
    try:
        upgrade(made)
        yield made.engine
    finally:
        made.dispose()


def _take_down(connection: sa.Connection) -> list[str]:
    """Drop the triggers of a database that is being filled with finished rows; return what makes them again."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _ in found:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]


def _columns(connection: sa.Connection, table: str) -> tuple[str, ...]:
    """Return the columns that are stored (those that the database computes are not among them)."""
    return tuple(row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})"))


def _copy_rows(source: sa.Connection, into: sa.Connection, table: str, columns: Sequence[str]) -> None:
    names, values = ", ".join(columns), ", ".join(f":{c}" for c in columns)
    insert = sa.text(f"INSERT INTO {table} ({names}) VALUES ({values})")  # noqa: S608 - names of our own schema
    select = sa.text(f"SELECT {names} FROM {table}")  # noqa: S608
    found = source.execution_options(stream_results=True).execute(select)
    for part in found.partitions(1_000):
        into.execute(
            insert,
            [
                {c: bytes(v) if isinstance(v, memoryview) else v for c, v in zip(columns, row, strict=True)}
                for row in part
            ],
        )


def _copy_files(source: Path, target: Path, step: Step) -> None:
    """Copy what lies under its hash. A damaged one is copied as it is: the verification names it."""
    names = sorted(p.name for p in source.iterdir() if _HASH.fullmatch(p.name)) if source.is_dir() else []
    with _written(target):
        target.mkdir()
    for number, name in enumerate(names):
        _copy_file(source / name, target / name)
        step(number + 1, len(names))
    with _written(target):
        sync_folder(target)


def _copy_file(source: Path, target: Path) -> None:
    with _written(target), source.open("rb") as reading, target.open("xb") as writing:
        shutil.copyfileobj(reading, writing, 1 << 20)
        writing.flush()
        os.fsync(writing.fileno())


def _inventory(folder: Path, step: Step) -> Iterator[Copied]:
    """Read everything again as it stands on the disk, for the manifest."""
    paths = [folder / FILE_NAME, *sorted((folder / "files").iterdir())]
    for number, path in enumerate(paths):
        name = path.relative_to(folder).as_posix()
        yield Copied(name, path.stat().st_size, _sha256(path))
        step(number + 1, len(paths))


# Restoring --------------------------------------------------------------------------------------------------------


def _require_whole(backup: Path, manifest: Manifest, step: Step) -> None:
    """Refuse a backup of which a file is missing or is not what it was, naming them all."""
    missing, changed = [], []
    for number, file in enumerate(manifest.files):
        path = backup / file.name
        if not path.is_file():
            missing.append(file.name)
        elif path.stat().st_size != file.bytes or _sha256(path) != file.sha256:
            changed.append(file.name)
        step(number + 1, len(manifest.files))
    if missing or changed:
        raise BadInput(
            "backup_incomplete",
            facts={"missing": missing, "changed": changed, "files": [*missing, *changed]},
            where={"file": str(backup)},
        )


def _restore_folder(
    backup: Path, manifest: Manifest, target: Path, verify: Verify, steps: _Steps
) -> Verified:
    require_local(target)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadInput("workspace_not_empty", facts={"location": str(target)}, where={"field": "workspace"})
    with _written(target):
        make_folder(target.parent)
    with _aside(target.parent) as aside:
        with _written(aside):
            (aside / "files").mkdir()
        step = steps.part(30, 60)
        for number, file in enumerate(manifest.files):
            _copy_file(backup / file.name, aside / file.name)
            step(number + 1, len(manifest.files))
        found = _verified_copy(aside / FILE_NAME, aside, verify, steps.part(60, 100))
        _require_head(found, manifest)
        with _written(target):
            sync_folder(aside / "files")
            sync_folder(aside)
            if target.exists():
                target.rmdir()
            aside.rename(target)
            sync_folder(target.parent)
    return found


def _restore_rows(backup: Path, manifest: Manifest, location: str, verify: Verify, steps: _Steps) -> Verified:
    """Fill an empty PostgreSQL database from the rows of a backup, in one transaction."""
    found = _verified_copy(backup / FILE_NAME, backup, verify, steps.part(30, 50))
    _require_head(found, manifest)
    target = open_database(location, verify, files=config.station_folder() / "server-files")
    try:
        upgrade(target)
        step = steps.part(50, 80)
        with (
            as_owner(target) as into,
            _read_only(backup / FILE_NAME).connect() as source,
        ):
            if into.exec_driver_sql("SELECT count(*) FROM event").scalar_one():
                shown = target.engine.url.render_as_string(hide_password=True)
                raise BadInput("workspace_not_empty", facts={"location": shown}, where={"field": "workspace"})
            for table in _TABLES:
                into.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for number, table in enumerate(_TABLES):
                _copy_rows(source, into, table, _columns(source, table))
                step(number + 1, len(_TABLES))
            for table, trigger in into.exec_driver_sql(_TRIGGERS).all():
                into.exec_driver_sql(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{trigger}"')
            into.commit()
        for file in manifest.files:
            if file.name.startswith("files/") and not (target.folder / file.name).is_file():
                with _written(target.folder):
                    make_folder(target.folder / "files")
                    with written_whole(target.folder / file.name) as copy:
                        copy.write((backup / file.name).read_bytes())
        restored = verification.verify(target, steps.part(80, 100).told)
        _require_head(restored, manifest)
        return restored
    finally:
        target.dispose()


_TRIGGERS = (
    "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
)


def _require_head(found: Verified, manifest: Manifest) -> None:
    """Refuse a copy whose log ends elsewhere than the manifest says, or that has problems that the original had not."""
    if found.head != (manifest.seq, manifest.hash) or len(found.problems) != manifest.problems:
        first = found.problems[0].code if found.problems else "head"
        raise Trouble("restore_failed", problems=len(found.problems), first=first)


# Verifying a copy -------------------------------------------------------------------------------------------------


def _verified(database: Database, copy: Path, files: Path, step: Step) -> Verified:
    return _verified_copy(copy, files, database.verify, step)


def _verified_copy(copy: Path, folder: Path, verify: Verify, step: Step) -> Verified:
    """Verify a database file that nobody writes, with its files in ``folder``."""
    engine = _read_only(copy)
    try:
        found = verification.verify(Database(engine, folder, verify), step.told)
    finally:
        engine.dispose()
    if any(p.code == "cancelled" for p in found.problems):
        raise Trouble("cancelled")
    return found


def _read_only(copy: Path) -> sa.Engine:
    url = URL.create(
        "sqlite+pysqlite",
        database=f"file:{copy.absolute().as_posix()}",
        query={"mode": "ro", "immutable": "1", "uri": "true"},
    )
    return sa.create_engine(url, module=sqlite, connect_args={"isolation_level": None})


def _vault(copy: Path) -> str:
    with _looking(copy) as connection:
        return str(connection.exec_driver_sql("SELECT vault FROM workspace").scalar() or "")


@contextmanager
def _looking(copy: Path) -> Iterator[sa.Connection]:
    """Give a connection to a database file that nobody writes."""
    engine = _read_only(copy)
    try:
        with translated(), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def site_fingerprint(connection: sa.Connection) -> str:
    """Return the root of trust for the eye: 16 letters of event 1. Raises: BadInput: ``no_workspace``."""
    found = connection.exec_driver_sql("SELECT hash FROM event WHERE seq = 1").scalar()
    if found is None:
        raise BadInput("no_workspace")
    return fingerprint(bytes(found))


# Plumbing ---------------------------------------------------------------------------------------------------------


class Step:
    """One part of a long run: turns its own progress into the whole's, and a "no" into trouble."""

    def __init__(self, progress: Progress | None, start: int, end: int) -> None:
        self._progress, self._start, self._end = progress, start, end

    def told(self, done: int, total: int) -> bool:
        """Pass progress on; returns False to cancel."""
        if self._progress is None:
            return True
        share = done / total if total else 1
        return self._progress(int((self._start + (self._end - self._start) * share) * 10), 1_000)

    def __call__(self, done: int, total: int) -> None:
        """Pass progress on. Raises: Trouble: ``cancelled``."""
        if not self.told(done, total):
            raise Trouble("cancelled")


class _Steps:
    """The whole of a long run, in percent."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress

    def part(self, start: int, end: int) -> Step:
        """Return the part from one percentage to another."""
        return Step(self._progress, start, end)

    def done(self) -> None:
        """Say that it is done; a "no" comes too late."""
        if self._progress is not None:
            self._progress(1_000, 1_000)


@contextmanager
def _aside(parent: Path, prefix: str = PREFIX) -> Iterator[Path]:
    """Give a folder beside the final one, which is gone afterwards unless it was renamed."""
    with _written(parent):
        make_folder(parent)
        made = Path(tempfile.mkdtemp(prefix=prefix, suffix=SUFFIX, dir=parent))
    try:
        yield made
    finally:
        with suppress(OSError):
            shutil.rmtree(made)


def _own_prefix(database: Database) -> str:
    """Return how the folders begin that backups of this workspace are made in."""
    with database.reading() as connection:
        vault = connection.exec_driver_sql("SELECT vault FROM workspace").scalar()
    return f"{PREFIX}{str(vault or '')[:12]}-"


def _sweep(mine: Path) -> None:
    """Remove what backups of the same workspace left beside ``mine`` when they were killed: a day and untouched.

    Ages are by the clock of that disk alone, which has just dated ``mine``. What another workspace left there, or a
    backup that is still being made, stays.
    """
    prefix = mine.name[: mine.name.rindex("-") + 1]
    with suppress(OSError):
        now = mine.stat().st_mtime
        for left in mine.parent.glob(f"{prefix}*{SUFFIX}"):
            if left != mine and left.is_dir() and not left.is_symlink() and now - _touched(left) > LEFT_S:
                shutil.rmtree(left, ignore_errors=True)


def _touched(folder: Path) -> float:
    """Return when a folder, or anything in it, was last written, in seconds by its disk's clock."""
    return max(p.lstat().st_mtime for p in (folder, *folder.rglob("*")))


@contextmanager
def _written(path: Path) -> Iterator[None]:
    """Turn what the disk says into trouble."""
    try:
        yield
    except OSError as failed:
        raise unwritten(failed, path) from failed


def _require_room(database: Database, folder: Path) -> None:
    """Refuse to begin a copy for which the disk has no room."""
    own = [database.folder / FILE_NAME, *((database.folder / "files").glob("*"))]
    needed = sum(p.stat().st_size for p in own if p.is_file())
    with _written(folder):
        free = min(shutil.disk_usage(folder).free, shutil.disk_usage(database.folder).free)
    if free < needed * 1.05 + 10_000_000:
        raise Trouble("disk_full", free_mb=int(needed * 1.05 / 1_000_000) + 10)


def _manifest_text(manifest: Manifest, copy: Path) -> bytes:
    with _looking(copy) as connection:
        letters = site_fingerprint(connection) if manifest.seq else ""
    said = {
        "format": FORMAT,
        "app": f"qcdesk {__version__}",
        "vault": manifest.vault,
        "fingerprint": letters,
        "schema": manifest.schema,
        "at": manifest.at,
        "head": {"seq": manifest.seq, "hash": manifest.hash},
        "problems": manifest.problems,
        "files": [{"name": f.name, "bytes": f.bytes, "sha256": f.sha256} for f in manifest.files],
    }
    return (json.dumps(said, indent=1) + "\n").encode()


def _last_text(now: int, final: Path, manifest: Manifest) -> bytes:
    return json.dumps({"at": now, "folder": str(final), "seq": manifest.seq}).encode()


def _free_name(folder: Path, now: int) -> Path:
    stamp = datetime.fromtimestamp(now // 1_000_000, UTC).strftime("%Y%m%dT%H%M%SZ")
    final, number = folder / f"qcdesk-{stamp}", 1
    while final.exists():
        number += 1
        final = folder / f"qcdesk-{stamp}-{number}"
    return final


def _write(path: Path, text: bytes) -> None:
    with written_whole(path) as file:
        file.write(text)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as failed:
        raise Trouble("file_unreadable", file=str(path), reason=failed.strerror or "") from failed
