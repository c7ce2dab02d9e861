# SPDX-License-Identifier: Apache-2.0
"""The audit trail: who did what and when, within the blind rule for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from qcdesk.services.ports import UnitOfWork
from qcdesk.services.rows import AuditRow
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, Look, asked, last_day, names_of
from qcdesk.store.readers.happenings import told
from qcdesk.store.readers.sight import WALKED, Sight
from qcdesk.store.readers.trying import might_be_second, trying

_LINE = "SELECT l.seq, l.type, l.person, l.session, l.at, l.act, l.station, l.batch, l.round, l.checking FROM line l"
_ALL = sa.text(f"{_LINE} WHERE l.at >= :since ORDER BY l.seq")
_OF_BATCH = sa.text(f"{_LINE} WHERE l.batch = :batch AND l.at >= :since ORDER BY l.seq")
_OF_PERSON = sa.text(
    f"{_LINE} JOIN person p ON p.id = l.person WHERE (p.id = :of OR p.login = :of) AND l.at >= :since ORDER BY l.seq"
)
_OF_BOTH = sa.text(
    f"{_LINE} JOIN person p ON p.id = l.person"
    " WHERE l.batch = :batch AND (p.id = :of OR p.login = :of) AND l.at >= :since ORDER BY l.seq"
)
_KINDS = ", ".join(f"'{kind}'" for kind in WALKED)
_WALK = f"{_LINE} WHERE l.batch IS NOT NULL AND l.type IN ({_KINDS})"
_WALK_ALL = sa.text(f"{_WALK} ORDER BY l.seq")
_WALK_BATCH = sa.text(f"{_WALK} AND l.batch = :batch ORDER BY l.seq")


def audit(
    connect: Connect,
    look: Look,
    person: str,
    *,
    batch: str | None = None,
    of: str | None = None,
    since: int | None = None,
) -> tuple[AuditRow, ...]:
    """Return the trail, oldest first. ``batch``: id or number; ``of``: a person's id or login.

    Raises: BadInput ``unknown_batch``, ``unknown_person``.
    """
    with look() as uow, connect() as connection:
        tried = trying(uow)
        who = tried.person(person).id
        about = tried.batch(batch).id if batch is not None else None
        someone = tried.person(of).id if of is not None else None
        lines = _lines(connection, about, someone, since or 0)
        sights = _Sights(connection, about, who, tried, last_day(connection))
        found = told(connection, lines, sights, names_of(connection))
        return tuple(
            AuditRow(
                seq=line["seq"],
                at=line["at"],
                kind=line["type"],
                act=bool(line["act"]),
                person=line["person"] or "",
                session=line["session"],
                station=line["station"],
                batch=line["batch"],
                facts=facts,
            )
            for line, facts in found
        )


def _lines(connection: sa.Connection, batch: str | None, of: str | None, since: int) -> Sequence[Row]:
    if batch is not None and of is not None:
        return asked(connection, _OF_BOTH, batch=batch, of=of, since=since)
    if batch is not None:
        return asked(connection, _OF_BATCH, batch=batch, since=since)
    if of is not None:
        return asked(connection, _OF_PERSON, of=of, since=since)
    return asked(connection, _ALL, since=since)


class _Sights(Mapping[str | None, Sight]):
    """One person's sight of every batch, made when it is asked for."""

    def __init__(
        self, connection: sa.Connection, batch: str | None, person: str, uow: UnitOfWork, on: date
    ) -> None:
        walked = (
            asked(connection, _WALK_ALL) if batch is None else asked(connection, _WALK_BATCH, batch=batch)
        )
        self._lines: dict[str | None, list[Row]] = {}
        for line in walked:
            self._lines.setdefault(line["batch"], []).append(line)
        self._person = person
        self._second: Callable[[str], bool] = lambda which: might_be_second(uow, which, person, on)
        self._made: dict[str | None, Sight] = {}

    def __getitem__(self, batch: str | None) -> Sight:
        if batch not in self._made:
            self._made[batch] = Sight(
                self._lines.get(batch, ()), self._person, lambda: batch is None or self._second(batch)
            )
        return self._made[batch]

    def __iter__(self) -> Iterator[str | None]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)
