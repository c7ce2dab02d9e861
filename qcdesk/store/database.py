# SPDX-License-Identifier: Apache-2.0
"""Opening a database: drivers, settings, transactions, and errors turned into what people are told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import local
from time import sleep
from types import TracebackType
from typing import Any

import pysqlite3.dbapi2 as sqlite
import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from qcdesk import config
from qcdesk.domain.clocks import Reading
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import DatabaseRefused, Refusal
from qcdesk.durable import make_folder, sync_folder
from qcdesk.services.trouble import Trouble
from qcdesk.store import refused
from qcdesk.store.copies import require_own_journal
from qcdesk.store.guarding import Verify, guard
from qcdesk.store.places import require_local
from qcdesk.store.statements import run

OLDEST_SQLITE = (3, 51, 3)  # older ones have the WAL-reset fault (trust.md §7)
FILE_NAME = "qcdesk.sqlite"
BUSY_MS = 10_000
"""How long SQLite itself waits for a lock, in milliseconds: to look, and to commit over those who look."""
PATIENCE_S = 20.0
"""How long somebody who wants to write sleeps between asking, in seconds, before it is told that others write."""
LONGEST_PAUSE_S = 0.03
TAKE_THE_LOG = "SELECT pg_advisory_xact_lock(7165321)"
"""On PostgreSQL: one appends at a time, on all stations, until its transaction ends."""


@dataclass
class Database:
    """An open database; ``location`` is a folder (SQLite) or a ``postgresql+psycopg://`` address."""

    engine: sa.Engine
    folder: Path
    verify: Verify
    writing: local = field(default_factory=local)
    known: local = field(default_factory=local)
    """Of this thread: ``rows`` and ``people``, what the last writing transaction has left for the next."""
    looking: local = field(default_factory=local)
    """Of this thread: ``connection``, through which a unit of work looks now."""
    clock_start: Reading | None = None
    """What the clocks read at the first event since this program began."""
    restored: tuple[int, bytes, frozenset[str]] = (0, b"", frozenset())
    """Up to which line, and with which hash, it is known where two people have signed what was lost; and those lines."""
    clock_jumped: bool = False
    """Whether the clock was seen to jump since then."""
    _resting: list[sa.Connection] = field(default_factory=list)
    """On a local file: the connection that was used last, for the next who looks or writes."""

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection for looking only, at one moment of the database; nothing it did is kept.

        Where a unit of work of this thread is looking, it is that one's. A second one beside it would see another moment,
        and on SQLite might wait for who is about to commit, who waits for the first.
        """
        beside: sa.Connection | None = getattr(self.looking, "connection", None)
        if beside is not None:
            with translated():
                yield beside
            return
        with translated():
            connection = self.take()
            try:
                begin_looking(connection)
                yield connection
            finally:
                self.rest(connection)

    def server_time(self) -> int | None:
        """Return the server's time in microseconds UTC; None where there is no server."""
        if self.dialect == "sqlite":
            return None
        with self.reading() as connection:
            found = connection.exec_driver_sql(
                "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"
            ).scalar_one()
        return int(found)

    def take(self) -> sa.Connection:
        """Give a connection to begin looking or writing on; it goes back by ``rest``.

        On a local file it is the one that was used before, unless it is in use: another one would first read the whole
        schema with all its rules, and to take one out of the pool anew costs more than a statement does.
        """
        try:
            return self._resting.pop()
        except IndexError:
            connection = self.engine.connect()
        connection.info["pool"] = self.engine.pool
        return connection

    def rest(self, connection: sa.Connection) -> None:
        """Undo what was not committed, and keep the connection for the next who asks, or give it back."""
        if not connection.invalidated:
            if connection.info["pool"] is not self.engine.pool:
                connection.invalidate()  # all were closed meanwhile
            elif self.dialect == "sqlite" and not self._resting:
                with suppress(sa.exc.DBAPIError, MemoryError):
                    connection.rollback()
                    self._resting.append(connection)
                    return
        let_go(connection)

    def dispose(self) -> None:
        """Close all connections."""
        while self._resting:
            self._resting.pop().close()
        self.engine.dispose()


def begin_looking(connection: sa.Connection) -> None:
    """Begin a transaction that sees one moment of the database: what others commit meanwhile is not mixed in."""
    if connection.dialect.name == "sqlite":
        run(connection, "BEGIN")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def begin_writing(connection: sa.Connection) -> None:
    """Begin a transaction that has the right to write, once nobody else has.

    SQLite's own way of waiting asks ever more seldom the longer it has waited, so that in a crowd whoever comes last is
    served first and somebody never. Here whoever has waited longer asks more often. On PostgreSQL the server queues.
    """
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(TAKE_THE_LOG)
        return
    driver: Any = connection.connection.driver_connection
    waited = 0.0
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                run(connection, "BEGIN IMMEDIATE")
            except sa.exc.OperationalError as problem:
                if "database is locked" not in str(problem.orig) or waited > PATIENCE_S:
                    raise
            else:
                return
            pause = random.uniform(0, LONGEST_PAUSE_S / (1 + 2 * waited))
            sleep(pause)
            waited += pause
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def let_go(connection: sa.Connection) -> None:
    """Undo what was not committed, and give the connection back; one that cannot even do that is thrown away."""
    try:
        connection.rollback()
    except (sa.exc.DBAPIError, MemoryError):
        connection.invalidate()
    finally:
        connection.close()


def open_database(location: str, verify: Verify, *, files: Path | None = None) -> Database:
    """Open (SQLite: or create) a database.

    Args: location: a folder, or a ``postgresql+psycopg://`` address. files: where photos lie beside PostgreSQL.
    Raises: Trouble: ``network_drive``, ``sqlite_too_old``, ``server_gone``, ``server_unsafe``, ``folder``.
    """
    if "://" in location:
        return _postgresql(make_url(location), verify, files or config.station_folder() / "server-files")
    return _sqlite(Path(location), verify)


def _lay(file: Path) -> None:
    """Bring an empty database's name to the disk, so that no power cut leaves a journal without its database."""
    try:
        with file.open("ab"):
            pass
        sync_folder(file.parent)
    except OSError as problem:
        raise Trouble("folder", path=str(file.parent), reason=problem.strerror or "") from problem


def _sqlite(folder: Path, verify: Verify) -> Database:
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise Trouble("sqlite_too_old", found=sqlite.sqlite_version, needed="3.51.3")
    try:
        make_folder(folder)
    except OSError as problem:
        raise Trouble("folder", path=str(folder), reason=problem.strerror or "") from problem
    require_local(folder)
    if not (folder / FILE_NAME).is_file():
        if (folder / f"{FILE_NAME}-journal").exists():
            # Begun beside it, a new database would take this journal for its own.
            raise BadInput("copy_without_database", facts={"path": str(folder)}, where={"field": "workspace"})
        _lay(folder / FILE_NAME)
    require_own_journal(folder / FILE_NAME)
    url = URL.create("sqlite+pysqlite", database=str(folder / FILE_NAME))
    engine = sa.create_engine(
        url,
        module=sqlite,
        connect_args={
            "timeout": BUSY_MS / 1_000,
            "isolation_level": None,
            "check_same_thread": False,
            "cached_statements": 1_000,  # one that writes is compiled with every rule on its table
        },
    )
    database = Database(engine, folder, verify)

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        for pragma in (
            "journal_mode=TRUNCATE",
            "synchronous=EXTRA",
            "foreign_keys=ON",
            "cell_size_check=ON",
            "secure_delete=ON",  # what was deleted, such as a lost badge's seal, is not left in free pages
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
        connection.adapters.register_loader("numeric", _number_loader())
        connection.autocommit = True
        for setting, value in _SETTINGS:
            connection.execute(f"SET {setting} = {value}")
        if connection.execute(_GUARDED).fetchone() == (True,):
            connection.execute("SET ROLE qcdesk_program")
        connection.autocommit = False

    try:
        with translated(), engine.connect() as connection:
            if connection.exec_driver_sql(_GUARDED).scalar() is False:
                raise Trouble("server_rights")
            for setting, needed in _NEEDED:
                value = connection.exec_driver_sql(f"SHOW {setting}").scalar_one()
                if value != needed:
                    raise Trouble("server_unsafe", setting=setting, value=str(value))
    except Trouble:
        engine.dispose()
        raise
    return Database(engine, files, verify)


@lru_cache(maxsize=1)
def _number_loader() -> type[Any]:
    """Return what reads a server's sums and averages as SQLite gives them: whole ones as int, others as float.

    A server's ``sum`` of whole numbers is of the kind ``numeric``, which would come as a Decimal.
    """
    from psycopg.adapt import Loader

    class Number(Loader):
        def load(self, data: Any) -> int | float:  # noqa: ANN401 - whatever buffer the driver has
            said = bytes(data)
            return int(said) if said.lstrip(b"-").isdigit() else float(said)

    return Number


_GUARDED = (
    "SELECT pg_has_role(session_user, p.oid, 'MEMBER') FROM pg_class c JOIN pg_roles o ON o.oid = c.relowner"
    " CROSS JOIN pg_roles p WHERE c.relnamespace = 'public'::regnamespace AND c.relname = 'event'"
    " AND o.rolname = 'qcdesk_owner' AND p.rolname = 'qcdesk_program'"
)
"""No row before the schema that has roles; else whether this login is a member of the program's.

Whoever logs in, the program works with the program's few rights; a login that may more gives them up.
"""
_NEEDED = (("fsync", "on"), ("full_page_writes", "on"), ("server_encoding", "UTF8"))
_SETTINGS = (
    ("synchronous_commit", "on"),
    ("lock_timeout", "'10s'"),
    ("idle_in_transaction_session_timeout", "'60s'"),  # a station that went away lets go of the log
)


@contextmanager
def as_owner(database: Database) -> Iterator[sa.Connection]:
    """Give a connection with all that its login may, for laying a schema and for filling an empty database.

    Everything else is done with the program's few rights. On SQLite: a connection that counts as the program's.
    """
    with translated(), database.engine.connect() as connection:
        try:
            if database.dialect == "postgresql":
                connection.exec_driver_sql("RESET ROLE")
            else:
                database.writing.on = True
            yield connection
        finally:
            database.writing.on = False
            connection.invalidate()  # the next one steps down again
    database.dispose()


class _Translated:
    """See ``translated``. It holds nothing, so one serves all; a statement on a local file is short, so is this."""

    __slots__ = ()

    def __enter__(self) -> None:
        """Nothing is to be prepared."""

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise what people are told instead of what the driver said; anything else goes on as it is."""
        told = None if problem is None else _told(problem)
        if told is not None:
            raise told from problem


_TRANSLATED = _Translated()


def translated() -> _Translated:
    """Turn the driver's errors into refusals (a rule of the database) and trouble (the world failed)."""
    return _TRANSLATED


def _told(problem: BaseException) -> Refusal | Trouble | None:
    match problem:
        case sa.exc.DBAPIError():
            return _meaning(problem)
        case sa.exc.TimeoutError():
            return Trouble("locked")
        case sqlite.Error():  # from the driver itself, where SQLAlchemy is not in between
            return _trouble_in(str(problem)) or Trouble("database", reason=str(problem))
        case MemoryError():
            return Trouble("out_of_memory")
        case UnicodeDecodeError():  # the driver met bytes that are no text, in a table or in the schema
            return Trouble("damaged")
    return None


def _meaning(problem: sa.exc.DBAPIError) -> Refusal | Trouble | None:
    text = str(problem.orig)
    rule = refused.rule_in(text)
    if rule is not None:
        return refused.REFUSALS.get(rule, lambda: DatabaseRefused(rule))()
    trouble = _trouble_in(text)
    if trouble is not None:
        return trouble
    if isinstance(problem, sa.exc.IntegrityError):
        return DatabaseRefused("constraint")
    if problem.connection_invalidated and not isinstance(problem.orig, sqlite.Error):
        return Trouble("server_gone")  # in whichever words: a reset, a broken pipe, an answer cut off
    if problem.connection_invalidated or isinstance(problem, sa.exc.OperationalError):
        return Trouble("database", reason=text.splitlines()[0] if text else "")
    return None


def _trouble_in(text: str) -> Trouble | None:
    lowered = text.lower()
    return next((Trouble(code) for code, signs in _SIGNS if any(sign in lowered for sign in signs)), None)


_SIGNS = (
    ("disk_full", ("disk is full", "no space left", "could not extend")),
    ("locked", ("database is locked", "lock timeout", "deadlock")),
    ("disk_error", ("disk i/o error", "could not read", "could not write", "could not fsync")),
    ("damaged", ("malformed", "not a database", "checksum", "could not decode to utf-8")),
    ("read_only", ("readonly", "read-only")),
    ("server_rights", ("qcdesk:server_rights", "permission denied", "must be owner")),
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
