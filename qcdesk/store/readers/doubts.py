# SPDX-License-Identifier: Apache-2.0
"""What wants explaining about keys: uses of the recovery sheet, and what keys in doubt have signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sa

from qcdesk.domain.log import Event
from qcdesk.services.rows import RecoveryUseRow, SuspectReleaseRow
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, asked, names_of

SHOWN_US = 90 * 86_400 * 1_000_000
"""How long a use of the recovery sheet is shown at every login (trust.md §5.1)."""

_USES = sa.text(
    "SELECT l.seq, l.at, l.person, e.body FROM line l JOIN event e ON e.seq = l.seq"
    " WHERE l.type = 'recovery.used' AND l.at >= :since ORDER BY l.seq DESC"
)
_KEYS_IN_DOUBT = sa.text(
    "SELECT person, suspect_from, until_seq FROM person_key WHERE suspect_from IS NOT NULL ORDER BY from_seq"
)
_RELEASED = sa.text(
    "SELECT DISTINCT b.id, b.number, b.released, b.shipped, k.person, k.suspect_from, k.key,"
    " coalesce(k.until_seq, k.suspect_from) AS revoked,"
    " (SELECT at FROM line WHERE seq = coalesce(k.until_seq, k.suspect_from)) AS at"
    " FROM person_key k JOIN line l ON l.person = k.person AND l.seq >= k.suspect_from"
    " AND (k.until_seq IS NULL OR l.seq <= k.until_seq)"
    " JOIN batch b ON b.id = l.batch AND b.state IN ('released', 'released_under_concession')"
    " WHERE k.suspect_from IS NOT NULL ORDER BY b.number, k.suspect_from"
)
_PLACES = sa.text(
    "SELECT s.place FROM round r JOIN sign_off s ON s.round = r.id"
    " WHERE r.batch = :batch AND s.key = :key AND s.seq >= :since AND s.standing = 1"
    " ORDER BY s.seq"
)


def recovery_uses(connect: Connect, now: int) -> tuple[RecoveryUseRow, ...]:
    """Return the uses of the recovery sheet that are still shown at every login, newest first."""
    with connect() as connection:
        names = names_of(connection)
        found = []
        for row in asked(connection, _USES, since=now - SHOWN_US):
            body = Event.from_bytes(bytes(row["body"])).body
            about = str(body["person"])
            found.append(
                RecoveryUseRow(
                    seq=row["seq"],
                    at=row["at"],
                    act=str(body["act"]),
                    by=names.get(row["person"], row["person"]),
                    person=names.get(about, about),
                )
            )
        return tuple(found)


def released_in_doubt(connection: sa.Connection) -> Sequence[sa.RowMapping]:
    """Return rows of released batches that keys in doubt have touched, with the end of such a key and its moment."""
    return asked(connection, _RELEASED)


def suspect_releases(connect: Connect) -> tuple[SuspectReleaseRow, ...]:
    """Return the released batches that a key in doubt has touched."""
    with connect() as connection:
        names = names_of(connection)
        return tuple(
            SuspectReleaseRow(
                batch=row["id"],
                number=row["number"],
                person=names.get(row["person"], row["person"]),
                suspect_from=row["suspect_from"],
                places=tuple(
                    one["place"]
                    for one in asked(
                        connection, _PLACES, batch=row["id"], key=row["key"], since=row["suspect_from"]
                    )
                ),
                released=row["released"],
                shipped=row["shipped"],
            )
            for row in released_in_doubt(connection)
        )


_JUMPS = sa.text("SELECT seq, station, ahead FROM clock_jump ORDER BY seq")
_CORRECTIONS = sa.text("SELECT seq FROM clock_correction ORDER BY seq")


def by_wrong_clock(connection: sa.Connection) -> Callable[[Row], bool]:
    """Return what tells of a line of the index whether its station's clock was known to be ahead (trust.md §8.7)."""
    jumps = asked(connection, _JUMPS)
    corrections = [int(row["seq"]) for row in asked(connection, _CORRECTIONS)] if jumps else []

    def suspect(line: Row) -> bool:
        corrected = max((seq for seq in corrections if seq < line["seq"]), default=0)
        ahead = [
            row["ahead"]
            for row in jumps
            if row["station"] == line["station"] and corrected < row["seq"] < line["seq"]
        ]
        return bool(ahead) and ahead[-1] > 0

    return suspect


def in_doubt(connection: sa.Connection) -> Callable[[Row], bool]:
    """Return what tells of a line of the index whether its person's key was in doubt then."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in asked(connection, _KEYS_IN_DOUBT):
        until = row["until_seq"] if row["until_seq"] is not None else 2**62
        spans.setdefault(row["person"], []).append((row["suspect_from"], until))
    return lambda line: any(
        since <= line["seq"] <= until for since, until in spans.get(line["person"] or "", ())
    )
