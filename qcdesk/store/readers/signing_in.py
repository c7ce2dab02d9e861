# SPDX-License-Identifier: Apache-2.0
"""What is shown at a sign-in (failed tries, what one signed last), and who is locked, with which key and badge."""

from __future__ import annotations

import sqlalchemy as sa

from qcdesk.domain.guessing import TRIES_TO_LOCK, Moment
from qcdesk.services.rows import FailedTryRow, LockRow, PersonKeysRow, SignedRow, SignInNotice, TriedRow
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, Look, asked, first

_SIGN_INS = sa.text(
    "SELECT seq, at, station FROM line WHERE person = :p AND type = 'session.opened' ORDER BY seq DESC LIMIT 2"
)
_LANGUAGE = sa.text("SELECT language FROM person_language WHERE person = :p ORDER BY seq DESC LIMIT 1")
_FAILED = sa.text(
    "SELECT f.seq, f.at, f.station, f.way FROM failed_try f"
    " WHERE f.person = :p AND f.seq > :after AND f.at >= :since ORDER BY f.seq"
)
_TRIED = sa.text(
    "SELECT f.seq, f.at, f.person, f.station, f.in_a_row, p.name FROM failed_try f JOIN person p ON p.id = f.person"
    " WHERE f.seq > :after AND f.at >= :since ORDER BY f.seq"
)
_SIGNED = sa.text(
    "SELECT l.seq, l.at, l.type, l.station, b.number FROM line l LEFT JOIN batch b ON b.id = l.batch"
    " WHERE l.person = :p AND l.act = 1 AND l.type NOT IN ('session.opened', 'station.introduced')"
    " AND l.seq < :before ORDER BY l.seq DESC LIMIT 1"
)
_STATIONS = sa.text("SELECT station, name FROM station_key WHERE active = 1")
_LOCKS = sa.text(
    "SELECT k.seq, k.person, p.name, p.login, k.station, k.at, k.until, k.unlocked, u.name AS by_name,"
    " l.at AS unlocked_at FROM person_lock k JOIN person p ON p.id = k.person"
    " LEFT JOIN person u ON u.id = k.unlocked_by LEFT JOIN line l ON l.seq = k.unlocked"
    " WHERE k.at >= :since ORDER BY k.seq DESC"
)
_KEYS = sa.text(
    "SELECT p.id, p.name, p.login, p.status, k.key, l.at AS since, b.id AS badge, i.at AS badge_since"
    " FROM person p JOIN person_key k ON k.person = p.id AND k.until_seq IS NULL JOIN line l ON l.seq = k.from_seq"
    " LEFT JOIN badge b ON b.key = k.key AND b.stopped IS NULL LEFT JOIN line i ON i.seq = b.issued"
    " ORDER BY p.seq, p.id"
)


def reading_language(connect: Connect, person: str) -> str:
    """Return in which language somebody chose to read, the last time; empty: in that of the workstation."""
    with connect() as connection:
        found = first(connection, _LANGUAGE, p=person)
    return (found["language"] or "") if found else ""


def sign_in_notice(connect: Connect, person: str, after: int, since: int) -> SignInNotice:
    """Return what a person is shown who has just signed in; see the port."""
    with connect() as connection:
        sign_ins = asked(connection, _SIGN_INS, p=person)
        now = sign_ins[0]["seq"] if sign_ins else 2**62
        before = sign_ins[1] if len(sign_ins) > 1 else None
        names = station_names(connection)
        failed = asked(connection, _FAILED, p=person, after=after, since=since)
        signed = first(connection, _SIGNED, p=person, before=now)
    return SignInNotice(
        before_at=before["at"] if before else None,
        before_station=names.get(before["station"], "") if before else "",
        failed=tuple(FailedTryRow(f["at"], names.get(f["station"], ""), f["way"]) for f in failed),
        signed=SignedRow(
            signed["at"],
            signed["type"],
            names.get(signed["station"], ""),
            signed["number"] or "",
        )
        if signed
        else None,
        failed_to=failed[-1]["seq"] if failed else 0,
    )


def tried(connection: sa.Connection, after: int, since: int) -> tuple[TriedRow, ...]:
    """Return runs of failed tries, newest first; see the port."""
    runs: list[list[Row]] = []
    last: dict[str, list[Row]] = {}
    for row in asked(connection, _TRIED, after=after, since=since):
        run = last.get(row["person"])
        if run is None or row["in_a_row"] <= run[-1]["in_a_row"]:
            run = last[row["person"]] = []
            runs.append(run)
        run.append(row)
    names = station_names(connection) if runs else {}
    found = []
    for run in runs:
        newest, stations = run[-1], {row["station"] for row in run}
        found.append(
            TriedRow(
                newest["person"],
                newest["name"],
                len(run),
                newest["in_a_row"],
                names.get(newest["station"], "") if len(stations) == 1 else "",
                newest["at"],
                newest["seq"],
            )
        )
    return tuple(sorted(found, key=lambda each: -each.seq))


def locks(connect: Connect, look: Look, now: Moment, since: int = 0) -> tuple[LockRow, ...]:
    """Return locks, newest first; see the port."""
    with connect() as connection:
        rows, names = asked(connection, _LOCKS, since=since), station_names(connection)
    seen: set[str] = set()
    found = []
    uow = look()
    with uow:
        for row in rows:
            newest = row["person"] not in seen
            seen.add(row["person"])
            found.append(
                LockRow(
                    person=row["person"],
                    name=row["name"],
                    login=row["login"] or "",
                    station=names.get(row["station"], ""),
                    at=row["at"],
                    until=row["until"],
                    unlocked_at=row["unlocked_at"],
                    unlocked_by=row["by_name"] or "",
                    stands=newest and row["unlocked"] is None and uow.tries(row["person"]).locked(now),
                )
            )
    return tuple(found)


def person_keys(connect: Connect, look: Look, now: Moment) -> tuple[PersonKeysRow, ...]:
    """Return everybody who has a key; see the port."""
    with connect() as connection:
        rows = asked(connection, _KEYS)
    uow = look()
    with uow:
        tries = {row["id"]: uow.tries(row["id"]) for row in rows}
    return tuple(
        PersonKeysRow(
            person=row["id"],
            name=row["name"],
            login=row["login"] or "",
            status=row["status"],
            key=row["key"],
            key_since=row["since"],
            badge=row["badge"],
            badge_since=row["badge_since"],
            failed=min(tries[row["id"]].in_a_row, TRIES_TO_LOCK),
            locked_seconds=tries[row["id"]].remaining(now) if tries[row["id"]].locked(now) else 0,
        )
        for row in rows
    )


def station_names(connection: sa.Connection) -> dict[str, str]:
    """Return what people call each workstation, by id; empty where it was introduced without a name."""
    return {row["station"]: row["name"] for row in asked(connection, _STATIONS)}
