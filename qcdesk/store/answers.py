# SPDX-License-Identifier: Apache-2.0
"""Questions to the database inside one transaction, each asked once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import StoredEvent
from qcdesk.store import mapping
from qcdesk.store.database import Database, translated
from qcdesk.store.known_rows import KnownRows
from qcdesk.store.statements import Rows, asked_of


class Misused(Exception):
    """A mistake of ours: the unit of work is used as it must not be. Raised whatever the interpreter leaves out."""


class Answers:
    """What a transaction has found out so far: nothing changes in it but by what it writes itself.

    The parts of the unit of work that read are made of it; each question is put to the database once.
    """

    def __init__(self, database: Database) -> None:
        """Nothing is open yet."""
        self._database = database
        self._open: sa.Connection | None = None
        self._known = KnownRows()
        self._events: dict[Hashable, tuple[StoredEvent, ...]] = {}
        self._good_events: dict[tuple[int, bytes, bytes, bytes], bool] = {}

    @property
    def vault(self) -> str:
        """See the port."""
        found = self._scalar("SELECT vault FROM workspace")
        if found is None:
            raise BadInput("no_workspace")
        return str(found)

    def head_seq(self) -> int:
        """See the port."""
        return int(self._scalar("SELECT max(seq) AS seq FROM event") or 0)

    @property
    def _connection(self) -> sa.Connection:
        if self._open is None:
            raise Misused("outside of its with-block")
        return self._open

    def _forget(self) -> None:
        self._known = KnownRows()
        self._events.clear()
        self._good_events.clear()

    def _changed(self, *tables: str) -> None:
        """Forget what was read of tables that this transaction has written."""
        self._known.changed(frozenset(tables))
        if "event" in tables:
            self._events.clear()
            self._good_events.clear()

    def _head_row(self) -> mapping.Row | None:
        """Return number, hash and time of the last event."""
        return self._row(HEAD)

    def _rows(self, query: str, **parameters: object) -> Rows:
        values = tuple(parameters.items())
        rows = self._known.get(query, values)
        if rows is None:
            with translated():
                rows = asked_of(self._connection, query, parameters)
            self._known.put(query, values, rows)
        return rows

    def _row(self, query: str, **parameters: object) -> mapping.Row | None:
        found = self._rows(query, **parameters)
        return found[0] if found else None

    def _scalar(self, query: str, **parameters: object) -> Any:  # noqa: ANN401 - a column of any type
        row = self._row(query, **parameters)
        return next(iter(row.values())) if row is not None else None

    def _stored(self, where: str, **parameters: object) -> tuple[StoredEvent, ...]:
        asked = (where, *parameters.items())
        found = self._events.get(asked)
        if found is None:
            found = stored_events(
                self._rows(f"SELECT seq, body, sig, hash FROM event WHERE {where} ORDER BY seq", **parameters)  # noqa: S608
            )
            self._events[asked] = found
        return found


def stored_events(rows: Iterable[mapping.Row]) -> tuple[StoredEvent, ...]:
    """Return rows of the log as stored events."""
    return tuple(StoredEvent(r["seq"], bytes(r["body"]), bytes(r["sig"]), bytes(r["hash"])) for r in rows)


@dataclass(frozen=True)
class Part:
    """Some of many values, for one IN list."""

    names: str
    values: dict[str, object]


def parts(values: Sequence[object]) -> list[Part]:
    """Return values in parts small enough for one statement."""
    unique = list(dict.fromkeys(values))
    found = []
    for start in range(0, len(unique), 500):
        some = {f"v{i}": value for i, value in enumerate(unique[start : start + 500])}
        found.append(Part(", ".join(f":{name}" for name in some), {**some}))
    return found


HEAD = (  # a line that somebody forged into the log may stand in no index; the chain goes on from it all the same
    "SELECT e.seq, e.hash, (SELECT at FROM line ORDER BY seq DESC LIMIT 1) AS at FROM event e"
    " ORDER BY e.seq DESC LIMIT 1"
)
