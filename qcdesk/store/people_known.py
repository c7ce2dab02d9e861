# SPDX-License-Identifier: Apache-2.0
"""Who people are and what they may, which keys, badges and sittings they have, how often they failed."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain.guessing import STRANGE_TRIES, TRIES_TO_LOCK, Moment, Tries
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import RECOVERY
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import SheetNotHere
from qcdesk.services.ports import (
    KnownKey,
    SealedBadge,
    SealedKey,
)
from qcdesk.store import mapping
from qcdesk.store.answers import Answers
from qcdesk.store.keys_of import sheet_key
from qcdesk.store.statements import Rows


class PeopleKnown(Answers):
    """The questions of the port ``UnitOfWork`` about people and their keys."""

    def people(self) -> tuple[Person, ...]:
        """See the port."""
        rows = (
            self._rows(f"{_GRANTS} ORDER BY seq, role"),
            self._rows(f"{_HELD} ORDER BY procedure"),
            self._rows(f"{_PERSON} ORDER BY seq, id"),
        )
        before, people = getattr(self._database.known, "people", (None, ()))
        if before is None or any(a is not b for a, b in zip(before, rows, strict=True)):
            people = tuple(_people(*rows))
            self._database.known.people = rows, people
        return people

    def person(self, person: str) -> Person:
        """See the port."""
        if person == RECOVERY:
            raise SheetNotHere()
        found = next((p for p in self.people() if person in (p.id, p.login)), None)
        if found is None:
            raise BadInput("unknown_person", facts={"person": person}, where={"field": "person"})
        return found

    def keys_of(self, person: str) -> tuple[KnownKey, ...]:
        """See the port."""
        rows = self._rows(
            "SELECT key, person, from_seq, until_seq, ended, suspect_from FROM person_key WHERE person = :p"
            " ORDER BY from_seq",
            p=person,
        )
        return tuple(KnownKey(**row) for row in rows)

    def open_sessions(self, person: str) -> tuple[str, ...]:
        """See the port."""
        rows = self._rows(
            "SELECT id FROM session WHERE person = :p AND closed IS NULL ORDER BY opened", p=person
        )
        return tuple(row["id"] for row in rows)

    def touched(self, person: str, since: int, until: int | None) -> tuple[str, ...]:
        """See the port."""
        rows = self._rows(
            "SELECT batch, min(seq) AS first FROM line WHERE person = :p AND seq >= :s AND seq <= :u"
            " AND batch IS NOT NULL GROUP BY batch ORDER BY min(seq)",
            p=person,
            s=since,
            u=until if until is not None else self.head_seq(),
        )
        return tuple(row["batch"] for row in rows)

    def recovery_key(self) -> str:
        """See the port."""
        public = self._scalar("SELECT public_key FROM recovery_sheet WHERE until_seq IS NULL")
        return next(iter(sheet_key(bytes.fromhex(public)))) if public else ""

    def sealed(self, login: str) -> SealedKey:
        """See the port."""
        row = self._row(
            "SELECT s.key, s.person, k.public_key, s.sealed FROM person p"
            " JOIN person_key k ON k.person = p.id AND k.until_seq IS NULL"
            " JOIN sealed_key s ON s.key = k.key WHERE p.login = :login",
            login=login,
        )
        if row is None:
            for known in self._rows(f"{_PERSON} WHERE login = :login", login=login):
                self.person(known["id"]).require_active()  # whoever has gone is told so
            raise BadInput("unknown_login", facts={"login": login}, where={"field": "login"})
        return SealedKey(row["key"], row["person"], bytes.fromhex(row["public_key"]), row["sealed"])

    def sealed_badge(self, badge: str) -> SealedBadge | None:
        """See the port."""
        row = self._row(_BADGE, b=badge)
        if row is None:
            return None
        return SealedBadge(
            row["id"], row["person"], row["key"], bytes.fromhex(row["public_key"]), row["sealed"]
        )

    def badges(self, person: str) -> tuple[str, ...]:
        """See the port."""
        rows = self._rows(
            "SELECT id FROM badge WHERE person = :p AND stopped IS NULL ORDER BY issued", p=person
        )
        return tuple(row["id"] for row in rows)

    def station_key(self, station: str) -> str | None:
        """See the port."""
        found = self._scalar("SELECT key FROM station_key WHERE station = :s AND active = 1", s=station)
        return None if found is None else str(found)

    def knows_station_key(self, key: str) -> bool:
        """See the port."""
        return self._scalar("SELECT 1 FROM station_key WHERE key = :k", k=key) is not None

    def tries(self, person: str) -> Tries:
        """See the port."""
        row = self._row(_LAST_TRY, p=person)
        if row is None:
            return Tries()
        ended = (
            _UNLOCKED_SINCE
            if row["in_a_row"] >= TRIES_TO_LOCK
            else f"{_UNLOCKED_SINCE} UNION ALL {_ACTED_SINCE}"
        )
        if self._scalar(f"SELECT 1 FROM ({ended}) AS ended LIMIT 1", p=person, s=row["seq"]) is not None:  # noqa: S608
            return Tries()
        at = row["at"] if row["tried"] is None else row["tried"]
        return Tries(row["in_a_row"], Moment(at, row["station"], row["start"], row["steady"]))

    def strange_tries(self, person: str) -> tuple[Moment, ...]:
        """See the port."""
        rows = self._rows(_STRANGE_TRIES, p=person, most=2 * STRANGE_TRIES)
        return tuple(
            Moment(
                row["at"] if row["tried"] is None else row["tried"],
                row["station"],
                row["start"],
                row["steady"],
            )
            for row in rows
        )

    def acted_at(self, person: str, station: str) -> bool:
        """See the port."""
        return self._scalar(_ACTED_AT, p=person, t=station) is not None

    def standing_lock(self, person: str) -> int | None:
        """See the port."""
        found = self._scalar(
            "SELECT seq FROM person_lock WHERE person = :p AND unlocked IS NULL ORDER BY seq DESC LIMIT 1",
            p=person,
        )
        return None if found is None else int(found)


def _people(grants: Rows, held: Rows, rows: Rows) -> Iterator[Person]:
    """Yield everybody with roles and qualifications."""
    granted: dict[str, list[mapping.Row]] = {}
    qualified: dict[str, list[mapping.Row]] = {}
    for row in grants:
        granted.setdefault(row["person"], []).append(row)
    for row in held:
        qualified.setdefault(row["person"], []).append(row)
    for row in rows:
        yield mapping.person(row, granted.get(row["id"], ()), qualified.get(row["id"], ()))


_PERSON = (
    "SELECT id, login, name, staff, status, languages, CASE WHEN status = 'listed' OR EXISTS ("
    "SELECT 1 FROM person_key k WHERE k.person = person.id AND k.until_seq IS NULL) THEN NULL ELSE ("
    "SELECT k.ended FROM person_key k WHERE k.person = person.id ORDER BY k.from_seq DESC LIMIT 1) END AS ended"
    " FROM person"
)
_GRANTS = "SELECT person, role, families, until FROM role_grant"
_HELD = "SELECT person, procedure, until FROM qualification"
_BADGE = (
    "SELECT s.id, s.person, s.key, k.public_key, s.sealed FROM badge b JOIN sealed_badge s ON s.id = b.id"
    " JOIN person_key k ON k.key = b.key AND k.until_seq IS NULL WHERE b.id = :b AND b.stopped IS NULL"
)
_LAST_TRY = (
    "SELECT seq, at, station, in_a_row, start, steady, tried FROM failed_try WHERE person = :p"
    " ORDER BY seq DESC LIMIT 1"
)
_STRANGE_TRIES = (
    "SELECT f.at, f.station, f.start, f.steady, f.tried FROM failed_try f WHERE f.person = :p"
    " AND NOT EXISTS (SELECT 1 FROM line l WHERE l.person = :p AND l.act = 1 AND l.station = f.station"
    " AND l.seq > f.seq)"
    " AND NOT EXISTS (SELECT 1 FROM person_lock k WHERE k.person = :p AND k.unlocked > f.seq)"
    " ORDER BY f.seq DESC LIMIT :most"
)
_ACTED_AT = "SELECT 1 FROM line WHERE person = :p AND act = 1 AND station = :t LIMIT 1"
_UNLOCKED_SINCE = "SELECT seq FROM person_lock WHERE person = :p AND unlocked > :s"
_ACTED_SINCE = "SELECT seq FROM line WHERE person = :p AND act = 1 AND seq > :s"
