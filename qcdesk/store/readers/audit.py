# SPDX-License-Identifier: Apache-2.0
"""The audit trail: who did what and when, within the blind rule for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from qcdesk.services.ports import UnitOfWork
from qcdesk.services.rows import AuditPage, AuditRow
from qcdesk.store.mapping import Row
from qcdesk.store.readers import board
from qcdesk.store.readers.asking import MANY, Connect, Look, asked, in_lots, last_day, names_of
from qcdesk.store.readers.doubts import doubts
from qcdesk.store.readers.happenings import told
from qcdesk.store.readers.numbers import closed_from
from qcdesk.store.readers.sight import WALKED, Sight
from qcdesk.store.readers.signing_in import station_names
from qcdesk.store.readers.trying import might_be_second, trying

_LINE = "SELECT l.seq, l.type, l.person, l.session, l.at, l.act, l.station, l.batch, l.round, l.checking FROM line l"
_FILTERS = {
    "batch": "(l.batch = :batch OR l.seq IN (SELECT seq FROM reported_defect WHERE batch = :batch))",
    "of": "l.person = :of",
    "since": "l.at >= :since",
    "until": "l.at < :until",
    "before": "l.seq < :before",
}
_KINDS = ", ".join(f"'{kind}'" for kind in WALKED)
_WALK = f"{_LINE} WHERE l.batch IS NOT NULL AND l.type IN ({_KINDS})"
_WALK_ALL = sa.text(f"{_WALK} ORDER BY l.seq")
_WALK_SOME = sa.text(f"{_WALK} AND l.batch IN :batches ORDER BY l.seq").bindparams(
    sa.bindparam("batches", expanding=True)
)


_NUMBERS = sa.text("SELECT id, number FROM batch WHERE id IN :batches").bindparams(
    sa.bindparam("batches", expanding=True)
)


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
        lines = _lines(connection, _wanted(connection, tried, batch, of, since))
        return tuple(row for _, row in _rows(connection, tried, person, lines))


def audit_page(
    connect: Connect,
    look: Look,
    person: str,
    *,
    batch: str | None = None,
    of: str | None = None,
    since: int | None = None,
    until: int | None = None,
    before: int | None = None,
    limit: int = 200,
) -> AuditPage:
    """Return one page of the trail, newest first; see the port.

    A page is full but at the end of the trail: one that was shorter by what may not be seen would count it.
    """
    with look() as uow, connect() as connection:
        tried = trying(uow)
        wanted = _wanted(connection, tried, batch, of, since, until=until, before=before)
        found: list[tuple[int, AuditRow]] = []
        while True:
            lines = _lines(connection, wanted, newest=limit)
            found += _rows(connection, tried, person, lines)[::-1]
            if len(found) > limit or len(lines) < limit:
                break
            wanted["before"] = lines[0]["seq"]
        more = len(found) > limit
        rows = tuple(row for _, row in found[:limit])
        return AuditPage(rows, found[limit - 1][0] if more else None)


def _wanted(
    connection: sa.Connection,
    tried: UnitOfWork,
    batch: str | None,
    of: str | None,
    since: int | None,
    **further: int | None,
) -> dict[str, object]:
    wanted: dict[str, object] = {"since": since, **further}
    if batch is not None:
        wanted["batch"] = tried.batch(board.meant(connection, batch)).id
    if of is not None:
        wanted["of"] = tried.person(of).id
    return {name: value for name, value in wanted.items() if value is not None}


def _lines(connection: sa.Connection, wanted: dict[str, object], newest: int | None = None) -> Sequence[Row]:
    """Return lines of the index, oldest first: all that are wanted, or the newest of them."""
    where = " AND ".join(_FILTERS[name] for name in wanted)
    query = f"{_LINE} WHERE {where}" if where else _LINE
    if newest is None:
        return asked(connection, sa.text(f"{query} ORDER BY l.seq"), **wanted)
    return asked(connection, sa.text(f"{query} ORDER BY l.seq DESC LIMIT :most"), **wanted, most=newest)[::-1]


def _rows(
    connection: sa.Connection, tried: UnitOfWork, person: str, lines: Sequence[Row]
) -> list[tuple[int, AuditRow]]:
    """Return lines as this person may read them, each with its place in the log."""
    who, on = tried.person(person).id, last_day(connection)
    about = {line["batch"] for line in lines if line["batch"] is not None}
    sights = _Sights(connection, about, who, tried, on)
    closed = closed_from(connection, tried, who, on)
    names, numbers = names_of(connection), _numbers(connection, about)
    stations = station_names(connection)
    doubtful = doubts(connection)
    return [
        (
            line["seq"],
            AuditRow(
                seq=line["seq"] if line["seq"] < closed else None,
                at=line["at"],
                kind=line["type"],
                act=bool(line["act"]),
                person=line["person"] or "",
                session=line["session"],
                station=line["station"],
                batch=line["batch"],
                facts=facts,
                name=names.get(line["person"] or "", ""),
                number=numbers.get(line["batch"] or "", ""),
                suspect=doubtful.suspect(line),
                clock_suspect=doubtful.clock_suspect(line),
                clock_behind=doubtful.clock_behind(line),
                by_sheet=doubtful.by_sheet(line),
                station_name=stations.get(line["station"], ""),
            ),
        )
        for line, facts in told(connection, lines, sights, names)
    ]


def _numbers(connection: sa.Connection, batches: set[str]) -> dict[str, str]:
    """Return what people call some batches, by id."""
    lots = in_lots(sorted(batches))
    return {row["id"]: row["number"] for lot in lots for row in asked(connection, _NUMBERS, batches=lot)}


class _Sights(Mapping[str | None, Sight]):
    """One person's sight of every batch, made when it is asked for."""

    def __init__(
        self, connection: sa.Connection, about: set[str], person: str, uow: UnitOfWork, on: date
    ) -> None:
        self._lines: dict[str | None, list[Row]] = {}
        if len(about) > MANY:
            walked = iter(asked(connection, _WALK_ALL))
        else:
            lots = in_lots(sorted(about))
            walked = (line for lot in lots for line in asked(connection, _WALK_SOME, batches=lot))
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
