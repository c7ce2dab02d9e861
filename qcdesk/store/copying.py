# SPDX-License-Identifier: Apache-2.0
"""Copying a workspace's database and files, from and to either engine, and verifying the copy as a workspace."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import pysqlite3.dbapi2 as sqlite
import sqlalchemy as sa
from sqlalchemy.engine import URL

from qcdesk.durable import sync_folder
from qcdesk.services.ports import Verified
from qcdesk.services.trouble import Trouble
from qcdesk.store import verification
from qcdesk.store.asides import written
from qcdesk.store.database import FILE_NAME, Database, open_database, translated
from qcdesk.store.guarding import Verify
from qcdesk.store.long_runs import Step
from qcdesk.store.manifests import HASH, Copied
from qcdesk.store.tables import CACHES, KEPT, PROJECTIONS
from qcdesk.store.upgrading import HEAD, KNOWN, bring, revision_of

STEP_PAGES = 2_000
RESTARTS = 3  # another program that writes makes the copy begin again; after this often it is made in one go
TABLES = ("event", *PROJECTIONS, *KEPT, *CACHES)


def copy_database(database: Database, copy: Path, step: Step) -> None:
    """Copy every table into a SQLite file. Raises: Trouble: ``backup_failed``, the copy is damaged; ``cancelled``."""
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
    with _fresh_sqlite(copy, database.verify, revision_of(database)) as target, translated():
        reading = database.engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with reading as source, target.connect() as into:
            source.exec_driver_sql("SET TRANSACTION READ ONLY")
            into.exec_driver_sql("PRAGMA foreign_keys=OFF")
            into.exec_driver_sql("BEGIN IMMEDIATE")
            rules = _take_down(into)
            there = [table for table in TABLES if columns(into, table)]  # an earlier schema has fewer
            for number, table in enumerate(there):
                copy_rows(source, into, table, columns(into, table))
                step(number + 1, len(there))
            for rule in rules:
                into.exec_driver_sql(rule)
            if into.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise Trouble("backup_failed", problems=1, first="foreign_key")
            into.commit()
            source.rollback()


@contextmanager
def _fresh_sqlite(copy: Path, verify: Verify, revision: str) -> Iterator[sa.Engine]:
    made = open_database(str(copy.parent), verify)
    try:
        bring(made, revision)
        yield made.engine
    finally:
        made.dispose()


def _take_down(connection: sa.Connection) -> list[str]:
    """Drop the triggers of a database that is being filled with finished rows; return what makes them again."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _ in found:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]


def columns(connection: sa.Connection, table: str) -> tuple[str, ...]:
    """Return the columns that are stored (those that the database computes are not among them)."""
    return tuple(row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})"))


def copy_rows(source: sa.Connection, into: sa.Connection, table: str, stored: Sequence[str]) -> None:
    """Copy every row of a table, with the columns that are ``stored``, as it stands."""
    names, values = ", ".join(stored), ", ".join(f":{c}" for c in stored)
    insert = sa.text(f"INSERT INTO {table} ({names}) VALUES ({values})")  # noqa: S608 - names of our own schema
    select = sa.text(f"SELECT {names} FROM {table}")  # noqa: S608
    found = source.execution_options(stream_results=True).execute(select)
    for part in found.partitions(1_000):
        into.execute(
            insert,
            [
                {c: bytes(v) if isinstance(v, memoryview) else v for c, v in zip(stored, row, strict=True)}
                for row in part
            ],
        )


def copy_files(source: Path, target: Path, step: Step) -> None:
    """Copy what lies under its hash. A damaged one is copied as it is: the verification names it."""
    names = sorted(p.name for p in source.iterdir() if HASH.fullmatch(p.name)) if source.is_dir() else []
    with written(target):
        target.mkdir()
    for number, name in enumerate(names):
        copy_file(source / name, target / name)
        step(number + 1, len(names))
    with written(target):
        sync_folder(target)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file and bring it to the disk. Raises: Trouble: as the disk says."""
    with written(target), source.open("rb") as reading, target.open("xb") as writing:
        shutil.copyfileobj(reading, writing, 1 << 20)
        writing.flush()
        os.fsync(writing.fileno())


def inventory(folder: Path, step: Step) -> Iterator[Copied]:
    """Read everything again as it stands on the disk, for the manifest."""
    paths = [folder / FILE_NAME, *sorted((folder / "files").iterdir())]
    for number, path in enumerate(paths):
        name = path.relative_to(folder).as_posix()
        yield Copied(name, path.stat().st_size, sha256(path))
        step(number + 1, len(paths))


def sha256(path: Path) -> str:
    """Return a file's SHA-256. Raises: Trouble ``file_unreadable``."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as failed:
        raise Trouble("file_unreadable", file=str(path), reason=failed.strerror or "") from failed


# Looking at a copy ------------------------------------------------------------------------------------------------


def verified_copy(copy: Path, folder: Path, verify: Verify, step: Step) -> Verified:
    """Verify a database file that nobody writes, with its files in ``folder``; an earlier schema as it will be here."""
    with brought(copy, verify) as file:
        database = Database(read_only(file), folder, verify)
        try:
            found = verification.verify(database, step.told)
        finally:
            database.dispose()
    if any(p.code == "cancelled" for p in found.problems):
        raise Trouble("cancelled")
    return found


@contextmanager
def brought(copy: Path, verify: Verify) -> Iterator[Path]:
    """Give a database file of this program's schema: itself, or of an earlier one a copy that is brought up to it.

    What events make of tables is written down for one schema only, this program's. Nothing is written into the file.
    """
    looked_at = Database(read_only(copy), copy.parent, verify)
    try:
        revision = revision_of(looked_at)
    finally:
        looked_at.dispose()
    if revision == HEAD or revision not in KNOWN:
        yield copy
        return
    beside = copy.parent if os.access(copy.parent, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="brought-", dir=beside, ignore_cleanup_errors=True) as name:
        with written(Path(name)):
            shutil.copyfile(copy, Path(name) / FILE_NAME)
        made = open_database(name, verify)
        try:
            bring(made)
        finally:
            made.dispose()
        yield Path(name) / FILE_NAME


def read_only(copy: Path) -> sa.Engine:
    """Return what opens a database file that nobody writes; nothing of it is ever written."""
    url = URL.create(
        "sqlite+pysqlite",
        database=f"file:{copy.absolute().as_posix()}",
        query={"mode": "ro", "immutable": "1", "uri": "true"},
    )
    return sa.create_engine(url, module=sqlite, connect_args={"isolation_level": None})


@contextmanager
def looking(copy: Path) -> Iterator[sa.Connection]:
    """Give a connection to a database file that nobody writes."""
    engine = read_only(copy)
    try:
        with translated(), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
