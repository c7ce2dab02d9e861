# SPDX-License-Identifier: Apache-2.0
"""Opening a database: drivers, settings, transactions, and errors turned into what people are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import local
from typing import Any

import pysqlite3.dbapi2 as sqlite
import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from qcdesk import config
from qcdesk.domain.refusals import DatabaseRefused, Refusal
from qcdesk.durable import make_folder
from qcdesk.services.trouble import Trouble
from qcdesk.store import refused
from qcdesk.store.guarding import Verify, guard
from qcdesk.store.places import require_local

OLDEST_SQLITE = (3, 51, 3)  # older ones have the WAL-reset fault (trust.md §7)
FILE_NAME = "qcdesk.sqlite"
TAKE_THE_LOG = "SELECT pg_advisory_xact_lock(7165321)"
"""On PostgreSQL: one appends at a time, on all stations, until its transaction ends."""


@dataclass
class Database:
    """An open database; ``location`` is a folder (SQLite) or a ``postgresql+psycopg://`` address."""

    engine: sa.Engine
    folder: Path
    verify: Verify
    writing: local = field(default_factory=local)

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection for looking only, at one moment of the database; nothing it did is kept."""
        with translated(), self.engine.connect() as connection:
            begin_looking(connection)
            try:
                yield connection
            finally:
                _let_go(connection)

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def begin_looking(connection: sa.Connection) -> None:
    """Begin a transaction that sees one moment of the database: what others commit meanwhile is not mixed in."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _let_go(connection: sa.Connection) -> None:
    try:
        connection.rollback()
    except sa.exc.DBAPIError:
        connection.invalidate()


def open_database(location: str, verify: Verify, *, files: Path | None = None) -> Database:
    """Open (SQLite: or create) a database.

    Args: location: a folder, or a ``postgresql+psycopg://`` address. files: where photos lie beside PostgreSQL.
    Raises: Trouble: ``network_drive``, ``sqlite_too_old``, ``server_gone``, ``server_unsafe``, ``folder``.
    """
    if "://" in location:
        return _postgresql(make_url(location), verify, files or config.station_folder() / "server-files")
    return _sqlite(Path(location), verify)


def _sqlite(folder: Path, verify: Verify) -> Database:
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise Trouble("sqlite_too_old", found=sqlite.sqlite_version, needed="3.51.3")
    try:
        make_folder(folder)
    except OSError as problem:
        raise Trouble("folder", path=str(folder), reason=problem.strerror or "") from problem
    require_local(folder)
    url = URL.create("sqlite+pysqlite", database=str(folder / FILE_NAME))
    engine = sa.create_engine(
        url, module=sqlite, connect_args={"timeout": 10, "isolation_level": None, "check_same_thread": False}
    )
    database = Database(engine, folder, verify)

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        for pragma in (
            "journal_mode=TRUNCATE",
            "synchronous=EXTRA",
            "foreign_keys=ON",
            "cell_size_check=ON",
            "mmap_size=0",
            "fullfsync=ON",
            "checkpoint_fullfsync=ON",
            "trusted_schema=ON",  # our triggers call our own functions; nothing else is registered
        ):
            connection.execute(f"PRAGMA {pragma}")
        guard(connection, database.writing, verify)

    return database


def _postgresql(url: URL, verify: Verify, files: Path) -> Database:
    engine = sa.create_engine(url, pool_pre_ping=True, isolation_level="READ COMMITTED")

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        connection.autocommit = True
        for setting, value in _SETTINGS:
            connection.execute(f"SET {setting} = {value}")
        connection.autocommit = False

    try:
        with translated(), engine.connect() as connection:
            for setting, needed in _NEEDED:
                value = connection.exec_driver_sql(f"SHOW {setting}").scalar_one()
                if value != needed:
                    raise Trouble("server_unsafe", setting=setting, value=str(value))
    except Trouble:
        engine.dispose()
        raise
    return Database(engine, files, verify)


_NEEDED = (("fsync", "on"), ("full_page_writes", "on"), ("server_encoding", "UTF8"))
_SETTINGS = (
    ("synchronous_commit", "on"),
    ("lock_timeout", "'10s'"),
    ("idle_in_transaction_session_timeout", "'60s'"),  # a station that went away lets go of the log
)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into refusals (a rule of the database) and trouble (the world failed)."""
    try:
        yield
    except sa.exc.DBAPIError as problem:
        raise _meaning(problem) from problem
    except sa.exc.TimeoutError as problem:
        raise Trouble("locked") from problem


def _meaning(problem: sa.exc.DBAPIError) -> Refusal | Trouble | Exception:
    text = str(problem.orig)
    rule = refused.rule_in(text)
    if rule is not None:
        return refused.REFUSALS.get(rule, lambda: DatabaseRefused(rule))()
    lowered = text.lower()
    for code, signs in _SIGNS:
        if any(sign in lowered for sign in signs):
            return Trouble(code)
    if isinstance(problem, sa.exc.IntegrityError):
        return DatabaseRefused("constraint")
    if problem.connection_invalidated or isinstance(problem, sa.exc.OperationalError):
        return Trouble("database", reason=text.splitlines()[0] if text else "")
    return problem


_SIGNS = (
    ("disk_full", ("disk is full", "no space left", "could not extend")),
    ("locked", ("database is locked", "lock timeout", "deadlock")),
    ("damaged", ("malformed", "not a database", "disk i/o error", "checksum")),
    ("read_only", ("readonly", "read-only")),
    (
        "server_gone",
        (
            "connection refused",
            "server closed",
            "could not connect",
            "connection failed",
            "connection is lost",
            "connection is closed",
            "terminating",
            "starting up",
            "shutting down",
            "idle-in-transaction",
        ),
    ),
)
