# SPDX-License-Identifier: Apache-2.0
"""Fixed SQL as the driver takes it: the sentence is looked at once, so that running it costs what the driver costs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

_NAME = re.compile(r"(?<![:\w]):(\w+)")


def run(
    connection: sa.Connection, statement: str, values: Mapping[str, Any] | None = None
) -> sa.CursorResult[Any]:
    """Run a statement whose values are named ``:so``.

    No text is parsed or compiled on the way, which is most of what a statement costs on a local file. Quoted text in
    a statement must therefore hold no colon before a letter.
    """
    if connection.dialect.paramstyle == "pyformat":
        statement = _percent_named(statement)
    return connection.exec_driver_sql(statement, dict(values) if values else {})


def run_many(connection: sa.Connection, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement once for each row of values; see ``run``."""
    if connection.dialect.paramstyle == "pyformat":
        statement = _percent_named(statement)
    connection.exec_driver_sql(statement, [dict(row) for row in rows])


def asked_of(
    connection: sa.Connection, statement: str, values: Mapping[str, Any] | None = None
) -> Sequence[Mapping[str, Any]]:
    """Return the rows that a statement finds, each by the names of its columns."""
    found = run(connection, statement, values)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


@lru_cache(maxsize=1024)
def _percent_named(statement: str) -> str:
    """Return the statement as psycopg takes it."""
    return _NAME.sub(r"%(\1)s", statement.replace("%", "%%"))
