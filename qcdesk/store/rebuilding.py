# SPDX-License-Identifier: Apache-2.0
"""The tables as events make them, in memory: what verifying, and whatever is about to be printed, is held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qcdesk.store.projection import Add, Change, Drop, Inherit, Put, Row, Set
from qcdesk.store.tables import COLUMNS, PROJECTIONS

Key = tuple[Any, ...]


class Replay:
    """The projections as the log alone makes them, in memory."""

    def __init__(self) -> None:
        """Begin with empty tables."""
        self.tables: dict[str, dict[Key, Row]] = {name: {} for name in PROJECTIONS}

    def apply(self, change: Change) -> None:
        """Apply one change as the database would."""
        rows = self.tables[change.table]
        match change:
            case Put(table, row, over, keep):
                key = tuple(row[k] for k in COLUMNS[table][0])
                kept = rows.get(key)
                fresh = {k: v for k, v in row.items() if k not in keep} if kept else row
                rows[key] = {**kept, **fresh} if over and kept else dict(row)
            case Set(_, where, values):
                for row in self._where(change.table, where):
                    row.update(values)
            case Add(_, where, column, amount):
                for row in self._where(change.table, where):
                    before = row[column]
                    assert isinstance(before, int)
                    row[column] = before + amount
            case Inherit(table, _, column, people):
                marks = [row[column] for row in rows.values() if row["person"] in people]
                self.apply(change.with_value(max((m for m in marks if isinstance(m, int)), default=None)))
            case Drop(table, where):
                for row in list(self._where(table, where)):
                    del rows[tuple(row[k] for k in COLUMNS[table][0])]

    def taken_out(self, table: str, check: str) -> dict[Key, Row]:
        """Return the rows of a check, which are no longer here afterwards."""
        rows = self.tables[table]
        keys = [key for key, row in rows.items() if row["checking"] == check]
        return {key: rows.pop(key) for key in keys}

    def _where(self, table: str, where: Row) -> Iterator[Row]:
        rows, key = self.tables[table], COLUMNS[table][0]
        if all(k in where for k in key):
            row = rows.get(tuple(where[k] for k in key))
            if row is not None and all(row[k] == v for k, v in where.items()):
                yield row
            return
        for row in rows.values():
            if all(row[k] == v for k, v in where.items()):
                yield row


def same_rows(
    wanted: Iterable[Row], found: Iterable[Mapping[str, Any]], key: tuple[str, ...], columns: tuple[str, ...]
) -> bool:
    """Tell whether the rows of a table are those that are wanted, looking at some of its columns."""
    return _by_key(wanted, key, columns) == _by_key(found, key, columns)


def _by_key(
    rows: Iterable[Mapping[str, Any]], key: tuple[str, ...], columns: tuple[str, ...]
) -> dict[Key, tuple[Any, ...]]:
    return {tuple(row[k] for k in key): tuple(row[c] for c in columns) for row in rows}
