# SPDX-License-Identifier: Apache-2.0
"""Who found which defect in settled rounds: evidence for whoever looks after the shop, and for each of the own checks.

Settled: both signed and compared, a third decided where they disagreed, every one of these signatures stands, and no
event of the round is void. A rejection by one of the two settles the batch, not who was right.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from qcdesk.domain.codec import from_data
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.refusals import OthersChecks
from qcdesk.domain.sampling import BY_SERIOUSNESS, DefectClass
from qcdesk.services.detection import learnt
from qcdesk.services.detection_rows import DetectionPage, LearntRow, SettledMark, SettledRow
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, Look, asked, in_lots, last_day, names_of

MOST_LEARNT = 500  # rounds of a person, the newest before the one that is asked about
_IN_FORCE = """(k.outcome <> 'disagreed' OR d.round IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM sign_off s WHERE s.round = r.id AND s.place IN ('first', 'second', 'third')
        AND s.standing = 0)
    AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.batch = r.batch AND NOT EXISTS (SELECT 1 FROM round n
        WHERE n.batch = r.batch AND n.no > r.no AND n.seq < v.event_no))"""
_SETTLED = f"""
SELECT r.id, r.no, b.id AS batch, b.number, b.product, k.body, l.at, d.body AS decided
FROM comparison k JOIN line l ON l.seq = k.seq JOIN round r ON r.id = k.round JOIN batch b ON b.id = r.batch
LEFT JOIN decision d ON d.round = r.id
WHERE l.at >= :since AND l.at < :until AND {_IN_FORCE}{{which}} ORDER BY k.seq DESC LIMIT :most
"""  # noqa: S608 - fixed text
_BY = " AND EXISTS (SELECT 1 FROM sign_off o WHERE o.round = r.id AND o.place IN ('first', 'second') AND o.person = :of)"
_ALL, _OWN = sa.text(_SETTLED.format(which="")), sa.text(_SETTLED.format(which=_BY))
_SIGNED = sa.text(
    "SELECT s.round, s.place, s.person, e.body FROM sign_off s LEFT JOIN event e ON e.seq = s.seq AND s.place = 'first'"
    " WHERE s.place IN ('first', 'second') AND s.round IN :rounds"
).bindparams(sa.bindparam("rounds", expanding=True))
_CONTENT = sa.text("SELECT content FROM procedure_version WHERE code = :code AND version = :version")
_COMPARED = sa.text(
    "SELECT l.at, s.place, s.person FROM comparison k JOIN line l ON l.seq = k.seq JOIN sign_off s ON s.round = k.round"
    " WHERE k.round = :round AND s.place IN ('first', 'second')"
)
_PRODUCTS = sa.text("SELECT id, code, name FROM product")
_CODES = sa.text("SELECT code, name FROM defect_code")


def detection(
    connect: Connect, look: Look, person: str, since: int, until: int, of: str = "", most: int = 5_000
) -> DetectionPage:
    """Return the newest settled rounds of a period; see the port.

    Raises: OthersChecks: ``of`` is somebody else, whose finding is no business of a colleague's.
    """
    with look() as uow, connect() as connection:
        reader = uow.person(person)
        everybody = reader.looks_after_checks(last_day(connection))
        if of and of != reader.id and not everybody:
            raise OthersChecks(reader.name)
        whose = of if everybody else reader.id
        asked_for: dict[str, object] = {"since": since, "until": until, "most": most + 1}
        found = asked(connection, _OWN if whose else _ALL, **asked_for, **({"of": whose} if whose else {}))
        products = {row["id"]: (row["code"], row["name"]) for row in asked(connection, _PRODUCTS)}
        names = {row["code"]: row["name"] for row in asked(connection, _CODES)}
        rows = tuple(
            _rows(connection, found[:most], {key: code for key, (code, _) in products.items()}, names)
        )
        if not everybody:
            rows = tuple(_own(row, reader.id) for row in rows)
        there = {row.product for row in rows}
        people = {one for row in rows for one in (row.first, row.second)} - {""}
        known = names_of(connection)
        marked = {mark.code for row in rows for mark in row.marks}
        return DetectionPage(
            reader.id,
            everybody,
            rows,
            len(found) > most,
            _named((one, known.get(one, one)) for one in people),
            _named((code, name) for code, name in products.values() if code in there),
            _named((code, names.get(code, code)) for code in marked),
        )


def learnt_before(connect: Connect, look: Look, round_id: str, person: str) -> tuple[LearntRow, ...]:
    """Return how well the two people of a round find, from what was settled before it; see the port."""
    with look() as uow, connect() as connection:
        if not uow.person(person).looks_after_checks(last_day(connection)):
            return ()
        two = {row["place"]: row for row in asked(connection, _COMPARED, round=round_id)}
        if len(two) != 2:
            return ()
        before: dict[str, tuple[SettledRow, ...]] = {}
        for place, row in two.items():
            found = asked(connection, _OWN, of=row["person"], since=0, until=row["at"], most=MOST_LEARNT)
            before[place] = tuple(_rows(connection, found, {}, {}))
    of = {place: row["person"] for place, row in two.items()}
    return tuple(
        LearntRow(name, *(learnt(before[place], of[place], name or "") for place in ("first", "second")))
        for name in (None, *BY_SERIOUSNESS)
    )


def _named(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs, key=lambda pair: (pair[1].casefold(), pair[0])))


def _rows(
    connection: sa.Connection, found: Sequence[Row], products: Mapping[str, str], names: dict[str, str]
) -> Iterator[SettledRow]:
    """Yield the rounds; ``names`` takes up what the procedures call the codes that no catalogue has."""
    signed: dict[str, dict[str, Row]] = {}
    for lot in in_lots([row["id"] for row in found]):
        for one in asked(connection, _SIGNED, rounds=lot):
            signed.setdefault(one["round"], {})[one["place"]] = one
    classes: dict[tuple[str, int], dict[str, DefectClass]] = {}
    for row in found:
        compared, two = json.loads(row["body"])["comparison"], signed.get(row["id"], {})
        if compared["total"]["both"] is None or len(two) != 2:
            continue  # a tally says of no unit who found it
        # Two of its fields are asked for: reading thousands of events back whole takes four times as long.
        fact = json.loads(bytes(two["first"]["body"]))["body"]
        version = fact["procedure"], fact["version"]
        if version not in classes:
            (known,) = asked(connection, _CONTENT, code=version[0], version=version[1])
            content = from_data(ProcedureContent, json.loads(known["content"]))
            classes[version] = content.classes_by_code()
            for code, name in content.names_by_code().items():
                names.setdefault(code, name)
        yield SettledRow(
            row["batch"],
            row["number"],
            row["no"],
            row["at"],
            products.get(row["product"], row["product"]),
            version[0],
            two["first"]["person"],
            two["second"]["person"],
            _looked_at(compared["total"]),
            tuple((one["defect_class"], _looked_at(one)) for one in compared["classes"]),
            tuple(_marks(compared, row["decided"], classes[version])),
        )


def _looked_at(counts: Mapping[str, Any]) -> int:
    return int(counts["both"] + counts["first_only"] + counts["second_only"] + counts["neither"])


def _marks(
    compared: Mapping[str, Any], decided: str | None, classes: Mapping[str, DefectClass]
) -> Iterator[SettledMark]:
    settled = {
        (one["unit"], one["code"]): bool(one["holds"])
        for one in (json.loads(decided)["resolutions"] if decided else ())
    }
    for unit in compared["units"]:
        if unit["state"] == "not_compared":
            continue
        for which in ("both", "first", "second"):
            for code in unit[f"{which}_codes"]:
                again = settled.get((unit["unit"], code)) if which != "both" else None
                yield SettledMark(
                    unit["unit"],
                    code,
                    classes.get(code, unit["defect_class"]),
                    which != "second",
                    which != "first",
                    again is not False,
                    again is not None,
                )


def _own(row: SettledRow, person: str) -> SettledRow:
    """Return a round as one of its two people may see it: not how the other finds."""
    mine = row.first == person
    return replace(
        row,
        first=row.first if mine else "",
        second="" if mine else row.second,
        marks=tuple(
            replace(m, first=m.first if mine else None, second=None if mine else m.second) for m in row.marks
        ),
    )
