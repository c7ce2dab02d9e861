# SPDX-License-Identifier: Apache-2.0
"""How readers ask: fixed statements, values by name, rows by column; nothing is written through these connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date
from itertools import islice
from typing import TypeAlias, TypeVar

import sqlalchemy as sa

from qcdesk.domain.times import to_datetime
from qcdesk.services.ports import UnitOfWork

Connect: TypeAlias = Callable[[], AbstractContextManager[sa.Connection]]
Look: TypeAlias = Callable[[], UnitOfWork]
T = TypeVar("T")
MANY = 500  # values in one IN list: below what any driver refuses


def asked(connection: sa.Connection, statement: sa.TextClause, **values: object) -> Sequence[sa.RowMapping]:
    """Return the rows of a fixed statement."""
    return connection.execute(statement, values).mappings().all()


def first(connection: sa.Connection, statement: sa.TextClause, **values: object) -> sa.RowMapping | None:
    """Return the first row, or None."""
    return connection.execute(statement, values).mappings().first()


def number(connection: sa.Connection, statement: sa.TextClause, **values: object) -> int:
    """Return the one number that a statement counts."""
    return int(connection.execute(statement, values).scalar_one())


def in_lots(values: Sequence[T]) -> Iterator[list[T]]:
    """Cut a long list into lists that fit into one statement."""
    several = iter(values)
    while lot := list(islice(several, MANY)):
        yield lot


def day_of(now: int) -> date:
    """Return the local day of a moment in microseconds UTC."""
    return to_datetime(now, UTC).astimezone().date()


_NAMES = sa.text("SELECT id, name FROM person")


def names_of(connection: sa.Connection) -> dict[str, str]:
    """Return everybody's name by id."""
    return {row["id"]: row["name"] for row in asked(connection, _NAMES)}


_LAST = sa.text("SELECT at FROM line ORDER BY seq DESC LIMIT 1")


def last_day(connection: sa.Connection) -> date:
    """Return the local day of the newest event.

    History is shown by the rules of that day: whoever has lost a place by date alone since then sees less, not more.
    """
    row = first(connection, _LAST)
    return day_of(row["at"]) if row else date.min


_KIN = sa.text("SELECT kin FROM supplier_kin WHERE supplier = :supplier ORDER BY since, kin")


def kin_of(connection: sa.Connection, supplier: str) -> list[str]:
    """Return a supplier and whoever it is the same as, itself first; also what is none (``*``, own goods)."""
    return [
        supplier,
        *(row["kin"] for row in asked(connection, _KIN, supplier=supplier) if row["kin"] != supplier),
    ]
