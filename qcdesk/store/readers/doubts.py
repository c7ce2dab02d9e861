# SPDX-License-Identifier: Apache-2.0
"""What makes a signature doubtful: the recovery sheet, a key in doubt, a wrong clock; and who used the sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qcdesk.domain.log import Event
from qcdesk.services.rows import RecoveryUseRow, SuspectReleaseRow
from qcdesk.store.inspections import STOOD_ON
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
_BY_SHEET = sa.text("SELECT person, from_seq, by_sheet FROM person_key WHERE by_sheet IS NOT NULL")
_BEHIND = sa.text("SELECT seq FROM clock_behind")
_SIGNED_BEHIND = sa.text(
    "SELECT g.seq FROM clock_behind b JOIN line x ON x.seq = b.seq JOIN round r ON r.batch = x.batch"  # noqa: S608
    f" JOIN sign_off g ON g.round = r.id WHERE {STOOD_ON}"
)


@dataclass(frozen=True)
class Doubts:
    """What tells of a line of the index, by its number, person, station and whether it is an act, why it is doubtful."""

    suspect: Callable[[Row], bool]
    """Whether its person's key was in doubt then."""
    clock_suspect: Callable[[Row], bool]
    """Whether its station's clock was known to be ahead (trust.md §8.7)."""
    clock_behind: Callable[[Row], bool]
    """Whether it came while its station's clock stood behind the log, or signs what came then."""
    by_sheet: Callable[[Row], int | None]
    """When whoever signed the act came by the recovery sheet (trust.md §5.1)."""


def doubts(connection: sa.Connection) -> Doubts:
    """Return what tells of every line why it is doubtful."""
    return Doubts(
        _in_doubt(connection), _by_wrong_clock(connection), _behind(connection), _by_sheet(connection)
    )


def _by_wrong_clock(connection: sa.Connection) -> Callable[[Row], bool]:
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


def _in_doubt(connection: sa.Connection) -> Callable[[Row], bool]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in asked(connection, _KEYS_IN_DOUBT):
        until = row["until_seq"] if row["until_seq"] is not None else 2**62
        spans.setdefault(row["person"], []).append((row["suspect_from"], until))
    return lambda line: any(
        since <= line["seq"] <= until for since, until in spans.get(line["person"] or "", ())
    )


def _behind(connection: sa.Connection) -> Callable[[Row], bool]:
    marked = {int(row["seq"]) for row in asked(connection, _BEHIND)}
    if marked:
        marked |= {int(row["seq"]) for row in asked(connection, _SIGNED_BEHIND)}
    return lambda line: line["seq"] in marked


def _by_sheet(connection: sa.Connection) -> Callable[[Row], int | None]:
    born: dict[str, list[tuple[int, int]]] = {}
    for row in asked(connection, _BY_SHEET):
        born.setdefault(row["person"], []).append((row["from_seq"], row["by_sheet"]))

    def used(line: Row) -> int | None:
        keys = born.get(line["person"] or "", ()) if line["act"] else ()
        return max((at for since, at in keys if since <= line["seq"]), default=None)

    return used
