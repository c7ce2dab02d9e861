# SPDX-License-Identifier: Apache-2.0
"""Fixed SQL as the driver takes it: the sentence is looked at once, so that running it costs what the driver costs.

A local file answers in microseconds, so the driver's own cursor is used there; errors are SQLAlchemy's all the same. To
a server, whose answer takes a round trip, statements go through SQLAlchemy, which knows when a connection is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, cast

import sqlalchemy as sa

Values: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = Sequence[Mapping[str, Any]]

_NAME = re.compile(r"(?<![:\w]):(\w+)")
_NOTHING: Values = {}


def run(connection: sa.Connection, statement: str, values: Values = _NOTHING) -> int:
    """Run a statement whose values are named ``:so``; how many rows it touched.

    No text is parsed or compiled on the way, which is most of what a statement costs on a local file. Quoted text in
    a statement must therefore hold no colon before a letter.
    """
    if connection.dialect.name == "sqlite":
        return int(_driven(connection, statement, values)[1])
    return connection.exec_driver_sql(_percent_named(statement), dict(values)).rowcount


def run_many(connection: sa.Connection, statement: str, rows: Sequence[Values]) -> None:
    """Run a statement once for each row of values; see ``run``."""
    if connection.dialect.name == "sqlite":
        _driven(connection, statement, rows)
    else:
        connection.exec_driver_sql(_percent_named(statement), [dict(row) for row in rows])


def asked_of(connection: sa.Connection, statement: str, values: Values = _NOTHING) -> Rows:
    """Return the rows that a statement finds, each by the names of its columns; see ``run``."""
    if connection.dialect.name == "sqlite":
        return _driven(connection, statement, values)[0]
    found = connection.exec_driver_sql(_percent_named(statement), dict(values))
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def _driven(connection: sa.Connection, statement: str, values: Values | Sequence[Values]) -> tuple[Rows, int]:
    """Run a statement by the driver's own cursor, once or (``values`` a sequence) many times; its rows, and how many.

    Raises: sqlalchemy.exc.DBAPIError, as SQLAlchemy would.
    """
    if not connection.in_transaction():
        connection.begin()  # what nobody has begun would not be committed either
    dialect = connection.dialect
    cursor: Any = connection.connection.cursor()
    try:
        if isinstance(values, Mapping):
            dialect.do_execute(cursor, statement, cast("dict[str, Any]", values))
        else:
            dialect.do_executemany(cursor, statement, cast("list[dict[str, Any]]", values))
        if cursor.description is None:
            return (), cursor.rowcount
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()], cursor.rowcount
    except dialect.loaded_dbapi.Error as problem:
        raise sa.exc.DBAPIError.instance(
            statement, cast("Any", values), problem, dialect.loaded_dbapi.Error, dialect=dialect
        ) from problem
    finally:
        cursor.close()


@lru_cache(maxsize=1024)
def _percent_named(statement: str) -> str:
    """Return the statement as psycopg takes it."""
    return _NAME.sub(r"%(\1)s", statement.replace("%", "%%"))
