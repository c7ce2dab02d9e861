# SPDX-License-Identifier: Apache-2.0
"""Writing the rows that an event brings, in the transaction that appends it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import sqlalchemy as sa

from qcdesk.store.projection import Add, Change, Drop, Put, Set, Value
from qcdesk.store.statements import run
from qcdesk.store.tables import COLUMNS


def apply(connection: sa.Connection, changes: Iterable[Change]) -> None:
    """Write changes in order."""
    for change in changes:
        match change:
            case Put(table, row, over):
                if over and _update(connection, table, row):
                    continue
                run(connection, _insert(table), row)
            case Set(table, where, values):
                parameters: dict[str, Value] = {f"w_{k}": v for k, v in where.items()}
                run(connection, _set(table, tuple(where), tuple(values)), {**parameters, **values})
            case Add(table, where, column, amount):
                run(
                    connection,
                    _add(table, tuple(where), column),
                    {**{f"w_{k}": v for k, v in where.items()}, "amount": amount},
                )
            case Drop(table, where):
                run(connection, _delete(table, tuple(where)), {f"w_{k}": v for k, v in where.items()})


def _update(connection: sa.Connection, table: str, row: dict[str, Value]) -> bool:
    key, _ = COLUMNS[table]
    values = {k: v for k, v in row.items() if k not in key}
    result = run(connection, _set(table, key, tuple(values)), {**{f"w_{k}": row[k] for k in key}, **values})
    return result.rowcount > 0


# Table and column names come from our own description, never from outside; values are always bound.


@cache
def _insert(table: str) -> str:
    _, columns = COLUMNS[table]
    names, values = ", ".join(columns), ", ".join(f":{c}" for c in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608


@cache
def _set(table: str, where: tuple[str, ...], values: tuple[str, ...]) -> str:
    sets = ", ".join(f"{c} = :{c}" for c in values)
    return f"UPDATE {table} SET {sets} WHERE {_where(where)}"  # noqa: S608


@cache
def _add(table: str, where: tuple[str, ...], column: str) -> str:
    return f"UPDATE {table} SET {column} = {column} + :amount WHERE {_where(where)}"  # noqa: S608


@cache
def _delete(table: str, where: tuple[str, ...]) -> str:
    return f"DELETE FROM {table} WHERE {_where(where)}"  # noqa: S608


def _where(columns: tuple[str, ...]) -> str:
    return " AND ".join(f"{c} = :w_{c}" for c in columns)
