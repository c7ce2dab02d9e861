# SPDX-License-Identifier: Apache-2.0
"""What wants explaining, drawn from the index of the log, from compared rounds, and from what was signed in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

import sqlalchemy as sa

from qcdesk.domain.codec import from_data
from qcdesk.domain.concerns import (
    ComparedCheck,
    ComparedPair,
    Concern,
    StationLine,
    all_pass,
    echoes,
    hastened,
    hurried,
    misses_all,
    never_differ,
    quick_changes,
    signed_together,
)
from qcdesk.domain.events import CheckSigned, ConcernExplained
from qcdesk.domain.guessing import TRIES_TO_LOCK
from qcdesk.domain.log import Event
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.reading_habits import ReadingLine, reading_habits
from qcdesk.domain.refusals import MissingRole
from qcdesk.domain.tiredness import tired_first
from qcdesk.services.rows import ConcernRow, Explanation
from qcdesk.store import mapping
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, Look, asked, in_lots, last_day, names_of
from qcdesk.store.readers.doubts import released_in_doubt
from qcdesk.store.readers.happenings import facts_of
from qcdesk.store.readers.signing_in import tried

TOLD = (
    "first.seen",
    "place.given_up",
    "recovery.used",
    "auth.locked",
    "clock.jumped",
    "clock.corrected",
    "person.suspended",
    "key.revoked",
    "log.voided",
    "workspace.restored",
    "tables.rebuilt",
    "batch.shipped_unreleased",
    "check.retracted",
    "batch.withdrawn",
)
"""Events that are questions by themselves: they stay on the list until somebody has put down an explanation."""

_COMPARED = sa.text(
    "SELECT c.seq, c.batch, c.round, c.body, l.at FROM comparison c JOIN line l ON l.seq = c.seq"
    " WHERE l.at >= :since ORDER BY c.seq"
)
_SIGNED = sa.text(
    "SELECT s.round, s.place, e.seq, e.body FROM sign_off s JOIN event e ON e.seq = s.seq"
    " WHERE s.place IN ('first', 'second') AND s.round IN :rounds"
).bindparams(sa.bindparam("rounds", expanding=True))
_MEASURED = sa.text(
    "SELECT r.checking, r.batch, r.unit, r.characteristic, r.typed, r.at, r.seq, c.person FROM reading r"
    " JOIN checking c ON c.id = r.checking WHERE r.replaced = 0 AND r.checking IN :checks ORDER BY r.seq, r.unit"
).bindparams(sa.bindparam("checks", expanding=True))
_CONTENT = sa.text("SELECT content FROM procedure_version WHERE code = :code AND version = :version")
_STATIONS = sa.text(
    "SELECT seq, at, station, person, type FROM line WHERE at >= :since AND person IS NOT NULL ORDER BY seq"
)
_TOLD = sa.text(
    "SELECT l.seq, l.at, l.type, l.person, l.batch, e.body FROM line l JOIN event e ON e.seq = l.seq"
    " WHERE l.type IN :kinds ORDER BY l.seq"
).bindparams(sa.bindparam("kinds", expanding=True))
_TAKEN_BACK = sa.text(
    "SELECT r.seq, r.at, r.batch, t.person, count(*) AS checks FROM sign_off r JOIN round o ON o.batch = r.batch"
    " JOIN sign_off t ON t.round = o.id JOIN checking c ON c.id = t.checking"
    " WHERE r.place = 'release' AND r.at >= :since AND t.seq < r.seq AND t.verdict = 'rejected'"
    " AND c.state = 'retracted' GROUP BY r.seq, r.at, r.batch, t.person ORDER BY r.seq, t.person"
)
_EXPLAINED = sa.text(
    "SELECT l.at, l.person, e.body FROM line l JOIN event e ON e.seq = l.seq"
    " WHERE l.type = 'concern.explained' ORDER BY l.seq"
)
_NUMBERS = sa.text("SELECT id, number FROM batch WHERE id IN :batches").bindparams(
    sa.bindparam("batches", expanding=True)
)


def concerns(connect: Connect, look: Look, person: str, since: int) -> tuple[ConcernRow, ...]:
    """Return what wants explaining, newest first; what has an explanation carries it.

    Of what is counted (pace, agreement, streaks) and of what is explained, only what came since a moment.

    Raises: MissingRole: only administrators and auditors look at this.
    """
    with look() as uow, connect() as connection:
        reader, on = uow.person(person), last_day(connection)
        if not (reader.has_role("administrator", on) or reader.has_role("auditor", on)):
            raise MissingRole(reader.name, "administrator")
        names = names_of(connection)
        checks, pairs, readings = _compared(connection, since)
        found = [
            *tired_first(
                [
                    *hurried(checks),
                    *hastened(checks),
                    *never_differ(pairs),
                    *echoes(pairs),
                    *misses_all(checks),
                    *all_pass(checks),
                    *signed_together(checks),
                    *reading_habits(readings),
                ],
                checks,
            ),
            *quick_changes(_stations(connection, since)),
            *_tried(connection, since),
            *_taken_back(connection, since),
            *_told(connection, names),
            *_in_doubt(connection),
        ]
        rows = _rows(connection, found, names)
        return tuple(row for row in rows if row.explained is None or row.concern.at >= since)


def _rows(
    connection: sa.Connection, found: list[Concern], names: Mapping[str, str]
) -> tuple[ConcernRow, ...]:
    explained = _explained(connection, names)
    about = sorted({each.batch for each in found if each.batch})
    numbers = {
        row["id"]: row["number"] for lot in in_lots(about) for row in asked(connection, _NUMBERS, batches=lot)
    }
    rows = (
        ConcernRow(
            concern=each,
            name=names.get(each.person, ""),
            other_name=names.get(each.other, ""),
            number=numbers.get(each.batch or "", ""),
            explained=explained.get(each.key),
        )
        for each in found
    )
    return tuple(sorted(rows, key=lambda row: (row.explained is not None, -row.concern.seq)))


def _compared(
    connection: sa.Connection, since: int
) -> tuple[list[ComparedCheck], list[ComparedPair], list[ReadingLine]]:
    rounds = {row["round"]: row for row in asked(connection, _COMPARED, since=since)}
    signed: dict[str, dict[str, tuple[int, str, int, CheckSigned, str]]] = {}
    for lot in in_lots(list(rounds)):
        for row in asked(connection, _SIGNED, rounds=lot):
            event = Event.from_bytes(bytes(row["body"]))
            fact = mapping.fact_of(event)
            assert isinstance(fact, CheckSigned)
            signed.setdefault(row["round"], {})[row["place"]] = (
                row["seq"],
                event.by or "",
                event.at,
                fact,
                event.station,
            )
    checks, pairs = [], []
    measured: dict[str, tuple[CheckSigned, str]] = {}
    for round_id, row in rounds.items():
        total = json.loads(row["body"])["comparison"]["total"]
        two = signed.get(round_id, {})
        if total["both"] is None or len(two) != 2:
            continue  # a tally is not compared unit by unit
        both, alone = total["both"], {"first": total["first_only"], "second": total["second_only"]}
        for place, other in (("first", "second"), ("second", "first")):
            seq, by, at, fact, station = two[place]
            measured[fact.check] = fact, two[other][3].check
            checks.append(
                ComparedCheck(
                    seq,
                    at,
                    by,
                    row["batch"],
                    fact.procedure,
                    fact.seen.units,
                    fact.seen.seconds,
                    both + alone[place],
                    both + alone[other],
                    both,
                    station,
                    two[other][1],
                )
            )
        first, second = two["first"][1], two["second"][1]
        one_only = alone["first"] + alone["second"]
        pairs.append(ComparedPair(row["seq"], row["at"], row["batch"], first, second, both, one_only))
    return checks, pairs, list(_readings(connection, measured))


def _readings(
    connection: sa.Connection, measured: Mapping[str, tuple[CheckSigned, str]]
) -> Iterator[ReadingLine]:
    """Yield the readings that stand in these checks, each with the limits of the version it was taken by."""
    contents: dict[tuple[str, int], ProcedureContent] = {}
    for lot in in_lots(list(measured)):
        for row in asked(connection, _MEASURED, checks=lot):
            fact, other = measured[row["checking"]]
            version = fact.procedure, fact.version
            if version not in contents:
                (known,) = asked(connection, _CONTENT, code=version[0], version=version[1])
                contents[version] = from_data(ProcedureContent, json.loads(known["content"]))
            limits = next(c for c in contents[version].characteristics if c.code == row["characteristic"])
            yield ReadingLine(
                seq=row["seq"],
                at=row["at"],
                person=row["person"],
                batch=row["batch"],
                check=row["checking"],
                other_check=other,
                characteristic=f"{fact.procedure} {row['characteristic']}",
                unit=row["unit"],
                value=Decimal(row["typed"].strip().replace(",", ".")),
                lower=limits.lower,
                upper=limits.upper,
            )


def _stations(connection: sa.Connection, since: int) -> Iterator[StationLine]:
    for row in asked(connection, _STATIONS, since=since):
        yield StationLine(
            row["seq"], row["at"], row["station"], row["person"], row["type"] == "session.opened"
        )


def _tried(connection: sa.Connection, since: int) -> Iterator[Concern]:
    """Yield runs of failed tries, once for each; of one that led to a lock the lock itself asks.

    A run that goes on is another question: an explanation says nothing of what came after it.
    """
    for row in tried(connection, 0, since):
        if row.in_a_row < TRIES_TO_LOCK:
            facts = {"tries": str(row.tries), "station": row.station}
            yield Concern(f"tried:{row.seq}", "tried", row.seq, row.at, row.person, facts=facts)


def _taken_back(connection: sa.Connection, since: int) -> Iterator[Concern]:
    """Yield releases of batches of which checks that rejected were taken back, once for each who took some back."""
    for row in asked(connection, _TAKEN_BACK, since=since):
        yield Concern(
            f"taken_back:{row['seq']}:{row['person']}",
            "taken_back",
            row["seq"],
            row["at"],
            row["person"],
            batch=row["batch"],
            facts={"checks": str(row["checks"])},
        )


def _in_doubt(connection: sa.Connection) -> Iterator[Concern]:
    """Yield released batches that a key in doubt has touched, until their release is taken back (trust.md §5.5)."""
    for row in released_in_doubt(connection):
        yield Concern(
            f"in_doubt:{row['key']}:{row['id']}",
            "in_doubt",
            row["revoked"],
            row["at"],
            row["person"],
            batch=row["id"],
            facts={"since": str(row["suspect_from"])},
        )


def _told(connection: sa.Connection, names: Mapping[str, str]) -> Iterator[Concern]:
    for row in asked(connection, _TOLD, kinds=list(TOLD)):
        facts = facts_of(row["type"], Event.from_bytes(bytes(row["body"])).body, names)
        facts.pop("reason", None)  # words about goods are read where the blind rule looks after them
        yield _event(row, facts)


def _event(row: Row, facts: dict[str, str]) -> Concern:
    return Concern(
        f"event:{row['seq']}",
        "event",
        row["seq"],
        row["at"],
        row["person"] or "",
        batch=row["batch"],
        facts={**facts, "type": row["type"]},
    )


def _explained(connection: sa.Connection, names: Mapping[str, str]) -> dict[str, Explanation]:
    found = {}
    for row in asked(connection, _EXPLAINED):
        fact = mapping.fact_of(Event.from_bytes(bytes(row["body"])))
        assert isinstance(fact, ConcernExplained)
        found[fact.concern] = Explanation(names.get(row["person"], ""), row["at"], fact.note)
    return found
