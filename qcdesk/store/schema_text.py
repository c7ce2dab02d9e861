# SPDX-License-Identifier: Apache-2.0
"""The schema's text held against what the revisions' scripts make: tables, indexes, triggers, views, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pysqlite3.dbapi2 as driver

from qcdesk.checker.schema import SCRIPTS, STATISTICS
from qcdesk.checker.schema import VERSION as _VERSION
from qcdesk.services.ports import Problem
from qcdesk.store import server_schema
from qcdesk.store.database import Database
from qcdesk.store.upgrading import HEAD, KNOWN, revision_of, revisions_of

_FOLDER = Path(__file__).parent / "migrations" / "versions"

Thing = tuple[str, str]
"""Kind and name of something in a schema."""


def differences(database: Database) -> Iterator[Problem]:
    """Yield what the database lacks, holds beyond, or holds otherwise than its revision makes it (SQLite)."""
    revision = revision_of(database)
    if revision not in KNOWN:
        yield Problem(None, None, "schema_missing", {"kind": "table", "name": _VERSION})
        revision = HEAD
    if len(revisions_of(database)) > 1:
        yield Problem(None, None, "schema_differs", {"kind": "table", "name": _VERSION})
    if database.dialect != "sqlite":
        if revision == HEAD:  # an older schema is brought up to date before anybody works in it
            yield from _of_server(database)
        return
    wanted = expected(revision)
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").all()
    found: dict[Thing, tuple[str, str | None]] = {
        (kind, name): (table, sql)
        for kind, name, table, sql in rows
        if STATISTICS.get((kind, name), "") != sql
    }
    for kind, name in sorted(wanted.keys() | found.keys()):
        said = {"kind": kind, "name": name}
        if (kind, name) not in found:
            yield Problem(None, None, "schema_missing", said)
        elif (kind, name) not in wanted:
            yield Problem(None, None, "schema_extra", said)
        elif name != _VERSION and wanted[kind, name] != found[kind, name]:
            yield Problem(None, None, "schema_differs", said)
    if len(rows) != len({(kind, name) for kind, name, _, _ in rows}):
        yield Problem(None, None, "schema_extra", {"kind": "", "name": "twice"})


def _of_server(database: Database) -> Iterator[Problem]:
    wanted = server_schema.expected()
    if wanted is None:
        return
    with database.reading() as connection:
        there = {thing: server_schema.digest(text) for thing, text in server_schema.there(connection).items()}
    for kind, name in sorted(wanted.keys() | there.keys()):
        said = {"kind": kind, "name": name}
        if (kind, name) not in there:
            yield Problem(None, None, "schema_missing", said)
        elif (kind, name) not in wanted:
            yield Problem(None, None, "schema_extra", said)
        elif there[kind, name] != wanted[kind, name]:
            yield Problem(None, None, "schema_differs", said)


def digest_of(database: Database) -> str:
    """Return a digest of the schema as it stands; the same one needs no second look (SQLite)."""
    if database.dialect != "sqlite":
        return ""
    with database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid"
        ).all()
    return sha256(repr([tuple(row) for row in rows]).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def expected(revision: str) -> dict[Thing, tuple[str, str | None]]:
    """Return kind and name of everything in a fresh SQLite database of a revision: what it belongs to, and its text."""
    connection = driver.connect(":memory:", isolation_level=None)
    try:
        connection.execute(f"CREATE TABLE {_VERSION} (version_num PRIMARY KEY)")  # its text is not compared
        for known in KNOWN[: KNOWN.index(revision) + 1]:
            for script in SCRIPTS[known]:
                for statement in (_FOLDER / f"{script}_sqlite.sql").read_text("utf-8").split("--;\n"):
                    connection.execute(statement)
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    finally:
        connection.close()
    made = {(str(kind), str(name)): (str(table), sql) for kind, name, table, sql in rows}
    return {**made, ("table", _VERSION): (_VERSION, None)}
