# SPDX-License-Identifier: Apache-2.0
"""Writing an event with the rows that it brings, and what is kept beside the log.

On SQLite each row is a statement, and the rules on the tables know by a function of ours that it is this program. On
PostgreSQL the program may write nothing itself: an event and all its rows go to the server as one call of a function
that may, and so does what is kept beside the log.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import TypeAlias

import sqlalchemy as sa

from qcdesk.domain.log import StoredEvent
from qcdesk.store.projection import Add, Change, Drop, Inherit, Put, Set, Value
from qcdesk.store.statements import asked_of, run, run_many
from qcdesk.store.tables import BESIDE, COLUMNS

Plain: TypeAlias = Put | Set | Add | Drop
"""A change that asks nothing of what stands there."""
KEYS: dict[str, tuple[str, ...]] = {table: key for table, (key, _) in (COLUMNS | BESIDE).items()}


def append(connection: sa.Connection, stored: StoredEvent, changes: Iterable[Change]) -> None:
    """Write an event and the rows that it brings."""
    row = {"seq": stored.seq, "body": stored.body, "sig": stored.sig, "hash": stored.hash}
    settled = [_settled(connection, change) for change in changes]
    if connection.dialect.name == "postgresql":
        run(connection, _APPEND, {**row, "changes": _as_json(settled)})
        return
    run(connection, _INSERT_EVENT, row)
    apply(connection, settled)


def _settled(connection: sa.Connection, change: Change) -> Plain:
    """Return what a row takes over from the rows of others as the row itself; any other change as it is."""
    if not isinstance(change, Inherit):
        return change
    found = [
        asked_of(connection, _greatest(change.table, change.column), {"person": p}) for p in change.people
    ]
    values = [row["value"] for rows in found for row in rows if row["value"] is not None]
    return change.with_value(max(values, default=None))


def keep(connection: sa.Connection, changes: Iterable[Plain]) -> None:
    """Write what is no projection: sealed keys, and what can be made anew at any time."""
    if connection.dialect.name == "postgresql":
        run(connection, _KEEP, {"changes": _as_json(changes)})
        return
    apply(connection, changes)


def keep_record(connection: sa.Connection, sha256: str, document: bytes) -> None:
    """Write a record under its hash, unless it is there."""
    statement = _SERVER_KEEPS_RECORD if connection.dialect.name == "postgresql" else _KEEP_RECORD
    run(connection, statement, {"sha256": sha256, "document": document})


def apply(connection: sa.Connection, changes: Iterable[Plain]) -> None:
    """Write changes in order; rows for one table that come one after the other go in together."""
    for table, run_of in groupby(changes, _plainly_into):
        if table is None:
            _apply_one_by_one(connection, run_of)
            continue
        rows = [change.row for change in run_of if isinstance(change, Put)]
        if len(rows) == 1:
            run(connection, _insert(table), rows[0])
        else:
            run_many(connection, _insert(table), rows)


def _plainly_into(change: Plain) -> str | None:
    """Return the table of a row that is new for certain."""
    return change.table if isinstance(change, Put) and not change.over else None


def _apply_one_by_one(connection: sa.Connection, changes: Iterable[Plain]) -> None:
    for change in changes:
        match change:
            case Put(table, row, _, keep):
                if not _update(connection, table, row, keep):
                    run(connection, _insert(table), row)
            case Set(table, where, values):
                run(connection, _set(table, _columns(where), tuple(values)), {**_asked(where), **values})
            case Add(table, where, column, amount):
                run(
                    connection,
                    _add(table, _columns(where), column),
                    {**_asked(where), "amount": amount},
                )
            case Drop(table, where):
                run(connection, _delete(table, _columns(where)), _asked(where))


def _update(connection: sa.Connection, table: str, row: dict[str, Value], keep: tuple[str, ...] = ()) -> bool:
    key = KEYS[table]
    values = {k: v for k, v in row.items() if k not in key and k not in keep}
    where = {k: row[k] for k in key}
    return run(connection, _set(table, _columns(where), tuple(values)), {**_asked(where), **values}) > 0


def _columns(where: dict[str, Value]) -> tuple[tuple[str, bool], ...]:
    """Return the columns that are asked, and of which it is asked that nothing stands there."""
    return tuple((column, value is None) for column, value in where.items())


def _asked(where: dict[str, Value]) -> dict[str, Value]:
    return {f"w_{column}": value for column, value in where.items() if value is not None}


# Table and column names come from our own description, never from outside; values are always bound.


@cache
def _insert(table: str) -> str:
    _, columns = COLUMNS.get(table) or BESIDE[table]
    names, values = ", ".join(columns), ", ".join(f":{c}" for c in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608


@cache
def _greatest(table: str, column: str) -> str:
    return f"SELECT max({column}) AS value FROM {table} WHERE person = :person"  # noqa: S608


@cache
def _set(table: str, where: tuple[tuple[str, bool], ...], values: tuple[str, ...]) -> str:
    sets = ", ".join(f"{c} = :{c}" for c in values)
    return f"UPDATE {table} SET {sets} WHERE {_where(where)}"  # noqa: S608


@cache
def _add(table: str, where: tuple[tuple[str, bool], ...], column: str) -> str:
    return f"UPDATE {table} SET {column} = {column} + :amount WHERE {_where(where)}"  # noqa: S608


@cache
def _delete(table: str, where: tuple[tuple[str, bool], ...]) -> str:
    return f"DELETE FROM {table} WHERE {_where(where)}"  # noqa: S608


def _where(columns: tuple[tuple[str, bool], ...]) -> str:
    return " AND ".join(f"{c} IS NULL" if empty else f"{c} = :w_{c}" for c, empty in columns)


def _as_json(changes: Iterable[Plain]) -> str:
    """Return changes as the server's functions take them: ``[kind, table, where, values, values of a new row]``."""
    return json.dumps([_wire(change) for change in changes], ensure_ascii=False, separators=(",", ":"))


def _wire(change: Plain) -> list[object]:
    match change:
        case Put(table, row, over, keep) if over:
            key = {k: row[k] for k in KEYS[table]}
            values = {k: v for k, v in row.items() if k not in key and k not in keep}
            return ["over", table, key, values, {k: row[k] for k in keep}]
        case Put(table, row):
            return ["put", table, {}, row]
        case Set(table, where, values):
            return ["set", table, where, values]
        case Add(table, where, column, amount):
            return ["add", table, where, {column: amount}]
        case Drop(table, where):
            return ["drop", table, where, {}]


_INSERT_EVENT = "INSERT INTO event (seq, body, sig, hash) VALUES (:seq, :body, :sig, :hash)"
_APPEND = "SELECT qc_append(:seq, :body, :sig, :hash, CAST(:changes AS jsonb))"
_KEEP = "SELECT qc_keep(CAST(:changes AS jsonb))"
_KEEP_RECORD = (
    "INSERT INTO record (sha256, document) SELECT :sha256, :document"
    " WHERE NOT EXISTS (SELECT 1 FROM record WHERE sha256 = :sha256)"
)
_SERVER_KEEPS_RECORD = "SELECT qc_keep_record(:sha256, :document)"
