# SPDX-License-Identifier: Apache-2.0
"""Figures by supplier, product and month, kept in the transaction of the event that changes them.

Every lot, and every defect that was reported from outside, counts what it counts *now*: after an event that concerns it,
what it counted before is taken out again and what it counts is put in. So nothing is ever added twice, and a lot whose
round was taken back or declared void leaves no trace. The totals hold three sums of each: of the supplier and product,
of the supplier (product ``*``), and of all (both ``*``).

Parts of a lot that was split count what becomes of them, in the month in which the lot was received; they were received
with it, and an inspection of what was sorted or reworked is not the original one.

Only what is settled counts (trust.md §8.2): the original inspection of a lot with its final verdict, as in ``lots``.

What the owner's scoreboard counts (``house.…``) is kept in the same way, each in the month in which it happened.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from itertools import islice
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from qcdesk.domain.events import BatchSaved, ComplaintJudged, DefectReported, DefectsReported, Fact
from qcdesk.domain.log import Event
from qcdesk.domain.sampling import Claimed, union_of
from qcdesk.domain.times import log_day, to_datetime
from qcdesk.store.database import Database, begin_writing, translated
from qcdesk.store.long_runs import Step
from qcdesk.store.projection import Add, Change, Drop, Set
from qcdesk.store.readers.analysis import as_decided
from qcdesk.store.readers.lots import FINAL, ORIGINAL
from qcdesk.store.statements import asked_of, run, run_many

Part: TypeAlias = tuple[str, str, str, str, str]
"""Supplier (empty: own goods), product, month (``2026-03``), name, code of a defect (empty: none)."""
Parts: TypeAlias = dict[Part, int]
Told: TypeAlias = Callable[[int], None]
"""told(how many more lots or reports are counted)"""
ALL: Final = "*"
SHOWN: Final = "shown"
"""Of a code: in how many lots it was found, however often in each."""
BATCHES: Final = "batches"
RECEIVED: Final = "received"
"""Units of lots on which two came to a verdict that stands, as budgets of concessions count them."""
HALF_A_DAY: Final = 12 * 3_600_000_000
"""A check that took longer lay unfinished overnight, and says nothing of how fast units are inspected."""
PAGE: Final = 500

QUIET: Final = frozenset(
    (
        *(
            "round.opened",
            "check.started",
            "check.recorded",
            "check.resolved",
            "check.set_aside",
            "check.signed",
        ),
        *("place.given_up", "first.seen", "batch.held", "batch.lifted"),
        *("certificate.issued", "certificate.printed", "certificate.withdrawn", "concern.explained"),
        *("paper.printed", "paper.noted"),
    )
)
"""Events about a batch that no figure follows: whatever else names a batch has it counted anew."""


def follow(connection: sa.Connection, event: Event, fact: Fact, brought: Iterable[Change]) -> None:
    """Bring the figures to what they are after an event whose rows are written. ``brought``: those rows."""
    match fact:
        case DefectReported():
            _replace(connection, [fact.report], _of_reports(connection, [fact.report]))
            return
        case DefectsReported():
            reports = [one.report for one in fact.rows]
            for some in _pages(reports):
                _replace(connection, some, _of_reports(connection, some))
            return
        case BatchSaved(seen=seen) if seen != 0:  # what was reported of it may be another supplier's now
            found = asked_of(connection, _REPORTS_OF, {"batch": fact.batch})
            reports = [row["id"] for row in found]
            _replace(connection, reports, _of_reports(connection, reports))
        case ComplaintJudged():  # it names no batch: those that it is linked with count, or no longer
            linked = asked_of(connection, _LINKED, {"complaint": fact.complaint})
            for some in _pages(row["batch"] for row in linked):
                _replace(connection, some, of_lots(connection, some))
            return
    if event.type not in QUIET and (batches := sorted(_concerned(event, brought))):
        for some in _pages(_with_origins(connection, batches)):
            _replace(connection, some, of_lots(connection, some))


def _with_origins(connection: sa.Connection, batches: Sequence[str]) -> list[str]:
    """Return batches with what they are parts of: that counts as received once there is a verdict on a part."""
    those = {"those": json.dumps(list(batches))}
    found = asked_of(connection, _ORIGINS[connection.dialect.name], those)
    return sorted({*batches, *(row["origin"] for row in found)})


def _concerned(event: Event, brought: Iterable[Change]) -> set[str]:
    """Return the batches that an event names, or of which it changes a row: a new procedure sends several back."""
    found = {event.body.get("batch")}
    for change in brought:
        row = change.where if isinstance(change, (Set, Add, Drop)) else change.row
        found.add(row.get("id" if change.table == "batch" else "batch"))
    return {batch for batch in found if isinstance(batch, str)}


def refill(connection: sa.Connection, told: Told | None = None) -> None:
    """Count everything anew, within a transaction that may write."""
    told = told or _nobody
    if connection.dialect.name == "postgresql":
        run(connection, _COUNT, {"sources": None, "parts": "[]"})
        for sources, counted in _everything(connection):
            run(connection, _COUNT, {"sources": "[]", "parts": _as_json(counted)})
            told(len(sources))
        return
    run(connection, "DELETE FROM figure")
    run(connection, "DELETE FROM figure_part")
    for sources, counted in _everything(connection):
        if rows := list(_rows(counted)):
            run_many(connection, _INSERT, rows)
        told(len(sources))
    run(connection, _TOTAL_ALL)


def complete(connection: sa.Connection, told: Told | None = None) -> None:
    """Add what programs before the fifth schema did not count, and what those before the seventh counted otherwise.

    Within a transaction that may write.

    That needs no defect: what was found in which lot is kept, so millions of them are not read again.
    """
    told = told or _nobody
    if connection.dialect.name == "sqlite":
        for table in ("figure", "figure_part"):
            run(connection, f"DELETE FROM {table} WHERE {_NEW}")  # noqa: S608 - our own text
        run(connection, _SHOWN)
        for batches in _ids(connection, "batch"):
            if rows := list(_rows(_lists(connection, batches)[1])):
                run_many(connection, _INSERT, rows)
            told(len(batches))
        run(connection, _TOTAL_NEW)
        return
    for batches in _ids(connection, "batch"):
        _, counted = _lists(connection, batches)
        for source, parts in _kept(connection, batches).items():
            now = counted.setdefault(source, {})
            for part, amount in parts.items():
                if not _is_new(part[3]):
                    now[part] = amount
                if part[3].startswith("found."):
                    now[*part[:3], SHOWN, part[4]] = 1
        _replace(connection, batches, counted)
        told(len(batches))


def _is_new(name: str) -> bool:
    return name in _NEW_NAMES or name.startswith(_NEW_KINDS)


def fill(database: Database, *, anew: bool = False, lists: bool = False, step: Step | None = None) -> None:
    """Fill what figures of a workspace are lacking: of an earlier program, or restored from one.

    Args: anew: count all. lists: count anew what needs no defect. step: is told how far it is.
    """
    with translated():
        connection = database.take()
        try:
            begin_writing(connection)
            [found] = asked_of(connection, _LACKING)
            if anew or lists or found["all_of_it"] or found["lists"]:
                database.writing.on = True
                (refill if anew or found["all_of_it"] else complete)(connection, _counting(connection, step))
                connection.commit()
        finally:
            database.writing.on = False
            database.rest(connection)


def _counting(connection: sa.Connection, step: Step | None) -> Told | None:
    """Return what adds up how many are counted, and tells how far that is."""
    if step is None:
        return None
    tell, done, total = step.told, 0, int(asked_of(connection, _SOURCES)[0]["n"])

    def told(more: int) -> None:
        nonlocal done
        done += more
        tell(done, total)

    return told


def _nobody(_more: int) -> None:
    """Tell nobody."""


def differing(connection: sa.Connection) -> int:
    """Return how many figures are not what a full recount makes them: of single lots, and in the totals."""
    wrong, totals = 0, Counter[Part]()
    known = int(asked_of(connection, "SELECT count(*) AS n FROM figure_part")[0]["n"])
    seen = 0
    for sources, counted in _everything(connection):
        kept = _kept(connection, sources)
        seen += sum(map(len, kept.values()))
        for source in sources:
            wrong += len(dict(counted.get(source, {}).items() ^ kept.get(source, {}).items()))
        for parts in counted.values():
            for part, amount in parts.items():
                for level in _levels(part):
                    totals[level] += amount
    rows = asked_of(connection, "SELECT supplier, product, month, name, code, amount FROM figure")
    there = {_part(row): row["amount"] for row in rows}
    return wrong + known - seen + len(dict(totals.items() ^ there.items()))


def of_lots(connection: sa.Connection, batches: Sequence[str]) -> dict[str, Parts]:
    """Return what lots count, by batch."""
    those = {"those": json.dumps(list(batches))}
    dialect = connection.dialect.name
    lots, counted = _lists(connection, batches)
    escaped = _escaped(connection, those)
    for lot in lots.values():
        if lot["state"] == "cancelled":
            continue
        if not lot["part"]:
            _add(counted, lot, month_of(lot["registered_at"]), "lots")
        if lot["released_at"] is not None:
            _add(counted, lot, month_of(lot["released_at"]), "released", lot["released"])
        out = [at for at in (lot["released_at"], lot["conceded_at"]) if at is not None]
        if out:
            _add(counted, lot, month_of(min(out)), "out")
            _add(counted, lot, month_of(min(out)), "escaped", int(lot["id"] in escaped))
        ended = min(out, default=lot["ended_at"])
        if lot["ship_by"] and ended is not None:
            _add(counted, lot, month_of(ended), "due")
            _add(
                counted,
                lot,
                month_of(ended),
                "late",
                int(not out or log_day(ended).isoformat() > lot["ship_by"]),
            )
    rounds = {row["id"]: row for row in asked_of(connection, _ROUNDS[dialect], {**those, "tally": TALLY})}
    if rounds:
        claims: dict[str, dict[tuple[str, str], list[Claimed]]] = {}
        of_rounds = {"those": json.dumps(list(rounds))}
        for row in asked_of(connection, _CLAIMS[dialect], of_rounds):
            check = claims.setdefault(row["round"], {}).setdefault((row["place"], row["id"]), [])
            check.append(Claimed(row["unit"], row["code"], row["defect_class"], row["count"]))
        for one in rounds.values():
            _count_round(counted, lots[one["batch"]], one, claims.get(one["id"], {}))
    return counted


def _lists(
    connection: sa.Connection, batches: Sequence[str]
) -> tuple[dict[str, Mapping[str, Any]], dict[str, Parts]]:
    """Return lots, and what they count of lists and the owner's scoreboard, whatever became of them; each part, too."""
    those, dialect = {"those": json.dumps(list(batches))}, connection.dialect.name
    lots = {row["id"]: row for row in asked_of(connection, _LOTS[dialect], those)}
    counted: dict[str, Parts] = {}
    for lot in lots.values():
        _add(counted, lot, month_of(lot["at"]), BATCHES)
        if lot["received"] and not lot["part"]:  # counted once, whatever it was split into
            _add(counted, lot, month_of(lot["registered_at"]), RECEIVED, lot["quantity"])
    for row in asked_of(connection, _DISPOSED[dialect], those):
        lot = lots[row["batch"]]  # as a share of what was received, so in the month in which it was
        if lot["received"] or row["name"] == "touches":
            _add(counted, lot, month_of(lot["registered_at"]), row["name"], row["quantity"])
    for row in asked_of(connection, _HOUSE[dialect], those):
        _count_house(counted, lots[row["batch"]], row)
    return lots, counted


def _escaped(connection: sa.Connection, those: Mapping[str, str]) -> set[str]:
    """Return the lots of which a complaint that is linked with them was last judged to be an escape."""
    linked: dict[tuple[int, str], bool] = {}
    judged: dict[int, bool] = {}
    for row in asked_of(connection, _COMPLAINED[connection.dialect.name], those):
        said = json.loads(row["body"])
        if row["batch"] is None:
            judged[row["complaint"]] = said["escape"]
        else:
            linked[row["complaint"], row["batch"]] = not said["undone"]
    return {batch for (complaint, batch), stands in linked.items() if stands and judged.get(complaint)}


def month_of(at: int) -> str:
    """Return the month of a moment, in which the log keeps its times."""
    return to_datetime(at, UTC).date().isoformat()[:7]


def _count_round(
    counted: dict[str, Parts],
    lot: Mapping[str, Any],
    one: Mapping[str, Any],
    checks: Mapping[tuple[str, str], Sequence[Claimed]],
) -> None:
    """Add what the original inspection of a lot came to, in the month in which it began."""
    month = month_of(one["started_at"])
    decided = json.loads(one["decided"]) if one["decided"] else None
    together = union_of(*checks.values()) if checks else ()
    outcome = one["outcome"]
    if decided is not None:
        outcome = decided["outcome"]
        together = as_decided(together, checks, decided["resolutions"])
    _add(counted, lot, month, "decided")
    _add(counted, lot, month, "accepted", int(outcome == "accepted"))
    units = {claim.unit for claim in together}
    if one["tallied"] is None:
        _add(counted, lot, month, "inspected", max(one["looked"], len(units)))
        _add(counted, lot, month, "nonconforming", len(units))
        for name in {claim.defect_class for claim in together}:
            bad = {claim.unit for claim in together if claim.defect_class == name}
            _add(counted, lot, month, f"nonconforming.{name}", len(bad))
    for claim in together:
        _add(counted, lot, month, f"found.{claim.defect_class}", claim.count, claim.code)
    for code in {claim.code for claim in together if claim.count}:
        _add(counted, lot, month, SHOWN, 1, code)


def _count_house(counted: dict[str, Parts], lot: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    """Add something that happened in the house; ``since`` and ``n`` are what the statement says of its kind."""
    month, name, took = month_of(row["at"]), row["name"], row["at"] - row["since"]
    match name:
        case "house.released":
            _add(counted, lot, month, name)
            _add(counted, lot, month, "house.turnaround", minutes_of(took))
            _add(counted, lot, month, "house.waiting", minutes_of(max(0, took - int(row["n"] or 0))))
        case "house.units":
            if row["n"] and took <= HALF_A_DAY:
                _add(counted, lot, month, name, int(row["n"]))
                _add(counted, lot, month, "house.minutes", max(1, minutes_of(took)))
        case _:
            _add(counted, lot, month, name)


def minutes_of(us: int) -> int:
    """Return a length of time in whole minutes."""
    return round(us / MINUTE)


def _add(
    counted: dict[str, Parts], lot: Mapping[str, Any], month: str, name: str, amount: int = 1, code: str = ""
) -> None:
    if amount:
        parts = counted.setdefault(lot["id"], {})
        part = lot["supplier"] or "", lot["product"], month, name, code
        parts[part] = parts.get(part, 0) + amount


def _of_reports(connection: sa.Connection, reports: Sequence[str]) -> dict[str, Parts]:
    """Return what defects count that were reported from outside, each in the month in which it was found."""
    those = {"those": json.dumps(list(reports))}
    counted: dict[str, Parts] = {}
    for row in asked_of(connection, _REPORTED[connection.dialect.name], those):
        month = (row["found_on"] or "")[:7] or month_of(row["at"])
        _add(counted, row, month, f"reported.{row['defect_class']}", row["count"], row["code"])
    return counted


def _replace(connection: sa.Connection, sources: Sequence[str], counted: Mapping[str, Parts]) -> None:
    """Take out what some sources counted, and put in what they count now; nothing is written where nothing changed."""
    before = _kept(connection, sources)
    changed = [s for s in sources if before.get(s, {}) != counted.get(s, {})]
    if not changed:
        return
    now = {s: counted[s] for s in changed if s in counted}
    those = json.dumps(changed)
    if connection.dialect.name == "postgresql":
        run(connection, _COUNT, {"sources": those, "parts": _as_json(now)})
        return
    gone = [s for s in changed if s in before]
    if gone:
        run(connection, _TOTAL, {"those": json.dumps(gone), "sign": -1})
        run(
            connection,
            "DELETE FROM figure_part WHERE source IN (SELECT value FROM json_each(:those))",
            {"those": those},
        )
    if rows := list(_rows(now)):
        run_many(connection, _INSERT, rows)
        run(connection, _TOTAL, {"those": those, "sign": 1})
    if gone:
        run(connection, "DELETE FROM figure WHERE amount = 0")


def _kept(connection: sa.Connection, sources: Sequence[str]) -> dict[str, Parts]:
    those = {"those": json.dumps(list(sources))}
    kept: dict[str, Parts] = {}
    for row in asked_of(connection, _KEPT[connection.dialect.name], those):
        kept.setdefault(row["source"], {})[_part(row)] = row["amount"]
    return kept


def _everything(connection: sa.Connection) -> Iterator[tuple[list[str], dict[str, Parts]]]:
    """Yield every lot and every report with what it counts, some at a time."""
    for table, counts in (("batch", of_lots), ("reported_defect", _of_reports)):
        for sources in _ids(connection, table):
            yield sources, counts(connection, sources)


def _ids(connection: sa.Connection, table: str) -> Iterator[list[str]]:
    """Yield the ids of a table in their order, some at a time."""
    page = f"SELECT id FROM {table} WHERE id > :after ORDER BY id LIMIT {PAGE}"  # noqa: S608 - our own names
    after = ""
    while found := asked_of(connection, page, {"after": after}):
        after = found[-1]["id"]
        yield [row["id"] for row in found]


def _part(row: Mapping[str, Any]) -> Part:
    return row["supplier"], row["product"], row["month"], row["name"], row["code"]


def _levels(part: Part) -> tuple[Part, Part, Part]:
    """Return where a part is summed up."""
    supplier, _, *rest = part
    month, name, code = rest
    return part, (supplier, ALL, month, name, code), (ALL, ALL, month, name, code)


def _rows(counted: Mapping[str, Parts]) -> Iterator[dict[str, object]]:
    for source, parts in counted.items():
        for (supplier, product, month, name, code), amount in parts.items():
            yield {
                "source": source,
                "supplier": supplier,
                "product": product,
                "month": month,
                "name": name,
                "code": code,
                "amount": amount,
            }


def _as_json(counted: Mapping[str, Parts]) -> str:
    rows = [[source, *part, amount] for source, parts in counted.items() for part, amount in parts.items()]
    return json.dumps(rows, ensure_ascii=False)


def _pages(values: Iterable[str]) -> Iterator[list[str]]:
    several = iter(values)
    while page := list(islice(several, PAGE)):
        yield page


MINUTE: Final = 60_000_000
TALLY: Final = '%"tally":true%'
_THOSE: Final = {
    "sqlite": "SELECT value FROM json_each(:those)",
    "postgresql": "SELECT jsonb_array_elements_text(CAST(:those AS jsonb))",
}


def _each(statement: str) -> dict[str, str]:
    return {dialect: statement.replace("THOSE", those) for dialect, those in _THOSE.items()}


# CROSS JOIN keeps the order that is written: from the lots that are asked for.
_LOTS = _each(
    "SELECT b.id, b.supplier, p.code AS product, b.quantity, b.state, b.ship_by, b.released, b.registered_at AS at,"
    " coalesce((SELECT min(o.registered_at) FROM batch_origin g JOIN batch o ON o.id = g.origin WHERE g.batch = b.id),"
    " b.registered_at) AS registered_at,"
    " EXISTS (SELECT 1 FROM batch_part t WHERE t.batch = b.id) AS part,"
    " EXISTS (SELECT 1 FROM received_lot v WHERE v.id IN (SELECT b.id UNION ALL"
    " SELECT g.origin FROM batch_origin g WHERE g.batch = b.id)) AS received,"
    " (SELECT min(s.at) FROM sign_off s JOIN round r ON r.id = s.round WHERE r.batch = b.id AND s.place = 'release')"
    " AS released_at,"
    " (SELECT min(a.at) FROM concession_answer a WHERE a.batch = b.id AND a.answer = 'approved') AS conceded_at,"
    " CASE WHEN b.state IN ('returned', 'scrapped') THEN b.lane_since END AS ended_at"
    " FROM batch b JOIN product p ON p.id = b.product WHERE b.id IN (THOSE)"
)
_ORIGINS = _each("SELECT origin FROM batch_origin WHERE batch IN (THOSE)")
_TYPED_REWORKS = (
    "(SELECT count(*) FROM touch t WHERE t.batch = k.batch AND t.kind = 'rework' AND +t.undoes IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM touch u WHERE u.undoes = t.seq))"
)
"""A rework that is on record is a touch once, whether somebody logged it as one or not."""
_DISPOSED = _each(
    "SELECT d.batch, 'disposed.' || d.kind AS name, d.quantity FROM disposition d WHERE d.batch IN (THOSE)"  # noqa: S608 - fixed text
    " UNION ALL SELECT t.batch, 'disposed.' || t.way, t.quantity FROM batch_part t"
    " WHERE t.batch IN (THOSE) AND t.way <> 'inspect'"
    " UNION ALL SELECT a.batch, 'conceded', a.quantity FROM concession_answer a"
    " WHERE a.batch IN (THOSE) AND a.answer = 'approved'"
    " UNION ALL SELECT t.batch, 'touches', count(*) FROM touch t WHERE t.batch IN (THOSE) AND +t.undoes IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM touch u WHERE u.undoes = t.seq) GROUP BY t.batch"
    f" UNION ALL SELECT k.batch, 'touches', count(DISTINCT k.seq) - {_TYPED_REWORKS} FROM batch_reworker k"
    " JOIN line l ON l.seq = k.seq WHERE k.batch IN (THOSE) AND l.type = 'batch.reworked'"
    f" GROUP BY k.batch HAVING count(DISTINCT k.seq) > {_TYPED_REWORKS}"
)
_COMPLAINED = _each(
    "SELECT s.complaint, s.batch, s.body FROM complaint_step s WHERE s.type IN ('complaint.linked', 'complaint.judged')"
    " AND s.complaint IN (SELECT l.complaint FROM complaint_step l WHERE l.batch IN (THOSE)) ORDER BY s.seq"
)
_ROUNDS = _each(
    "SELECT r.id, b.id AS batch, c.started_at, CASE k.outcome WHEN 'disagreed' THEN 'rejected' ELSE k.outcome END"  # noqa: S608 - fixed text
    " AS outcome, (SELECT d.body FROM decision d WHERE d.round = r.id) AS decided,"
    " CASE WHEN r.opened LIKE :tally THEN 1 END AS tallied,"
    " (SELECT count(DISTINCT u.unit) FROM checking o JOIN unit_result u ON u.checking = o.id WHERE o.round = r.id"
    " AND o.state = 'signed' AND o.place IN ('first', 'second') AND u.not_done IS NULL) AS looked"
    " FROM batch b CROSS JOIN round r CROSS JOIN comparison k CROSS JOIN checking c"
    " WHERE b.id IN (THOSE) AND r.batch = b.id AND k.round = r.id AND c.round = r.id"
    f" AND c.state = 'signed' AND c.place = 'first' AND {FINAL.format(x='')}"
    f" AND {ORIGINAL}"
    " AND (r.no = 1 OR NOT EXISTS (SELECT 1 FROM round r1 JOIN comparison k1 ON k1.round = r1.id"
    f" WHERE r1.batch = b.id AND r1.no < r.no AND {FINAL.format(x='1')}))"
)
# When it happened, since when it was under way, and of how much it is: of a release what checks took before it.
_HOUSE = _each(
    "SELECT r.batch, 'house.settled' AS name, l.at, l.at AS since, 1 AS n FROM round r CROSS JOIN comparison k"
    " JOIN line l ON l.seq = k.seq WHERE r.batch IN (THOSE) AND k.round = r.id"
    " UNION ALL SELECT d.batch, 'house.rework', l.at, l.at, 1 FROM disposition d JOIN line l ON l.seq = d.seq"
    " WHERE d.batch IN (THOSE) AND d.kind IN ('rework', 'repair', 'sort')"
    " UNION ALL SELECT r.batch, 'house.released', g.at, b.registered_at, (SELECT sum(s.at - c.started_at) FROM round o"
    " JOIN checking c ON c.round = o.id JOIN sign_off s ON s.seq = c.signed WHERE o.batch = r.batch AND s.at <= g.at)"
    " FROM batch b CROSS JOIN round r CROSS JOIN sign_off g"
    " WHERE b.id IN (THOSE) AND r.batch = b.id AND g.round = r.id AND g.place = 'release'"
    " AND NOT EXISTS (SELECT 1 FROM round e CROSS JOIN sign_off f"
    " WHERE e.batch = r.batch AND f.round = e.id AND f.place = 'release' AND f.seq < g.seq)"
    " UNION ALL SELECT r.batch, 'house.units', s.at, c.started_at,"
    " (SELECT count(*) FROM unit_result u WHERE u.checking = c.id AND u.not_done IS NULL)"
    " FROM round r CROSS JOIN comparison k CROSS JOIN checking c JOIN sign_off s ON s.seq = c.signed"
    " WHERE r.batch IN (THOSE) AND k.round = r.id AND c.round = r.id AND c.place <> 'third' AND s.standing = 1"
)
_FOUND_IN: Final = (
    "c.round IN (THOSE) AND c.state IN ('signed', 'set_aside') AND c.place IN ('first', 'second')"
)
_CLAIMS = _each(
    "SELECT c.round, c.id, c.place, f.unit, f.code, f.defect_class, f.count"  # noqa: S608 - fixed text
    f" FROM checking c CROSS JOIN finding f WHERE {_FOUND_IN} AND f.checking = c.id AND f.withdrawn IS NULL"
    " UNION ALL SELECT c.round, c.id, c.place, m.unit, m.characteristic, m.defect_class, 1"
    f" FROM checking c CROSS JOIN reading m WHERE {_FOUND_IN} AND m.checking = c.id AND m.inside = 0 AND m.replaced = 0"
)
_REPORTED = _each(
    "SELECT x.id, COALESCE(x.supplier, b.supplier) AS supplier, COALESCE(p.code, '') AS product, x.found_on, x.at,"
    " x.code, x.defect_class, x.count FROM reported_defect x LEFT JOIN batch b ON b.id = x.batch"
    " LEFT JOIN product p ON p.id = COALESCE(x.product, b.product) WHERE x.id IN (THOSE)"
)
_REPORTS_OF = "SELECT id FROM reported_defect WHERE batch = :batch"
_LINKED = "SELECT DISTINCT batch FROM complaint_step WHERE complaint = :complaint AND batch IS NOT NULL"
_KEPT = _each(
    "SELECT source, supplier, product, month, name, code, amount FROM figure_part WHERE source IN (THOSE)"
)
# All of them, or only what earlier programs did not count, or counted otherwise.
_SOURCES = "SELECT (SELECT count(*) FROM batch) + (SELECT count(*) FROM reported_defect) AS n"
_OF_ALL = "SELECT 1 FROM figure WHERE supplier = '*' AND product = '*'"
_LACKING = (
    f"SELECT NOT EXISTS ({_OF_ALL}) AND EXISTS (SELECT 1 FROM reported_defect)"  # noqa: S608 - our own text
    f" OR NOT EXISTS ({_OF_ALL} AND name IN ('batches', 'lots')) AND EXISTS (SELECT 1 FROM batch) AS all_of_it,"
    f" NOT EXISTS ({_OF_ALL} AND name = 'batches') AND EXISTS (SELECT 1 FROM batch) AS lists"
)
_INSERT = (
    "INSERT INTO figure_part (source, supplier, product, month, name, code, amount)"
    " VALUES (:source, :supplier, :product, :month, :name, :code, :amount)"
)
_LEVEL = "SELECT {} AS supplier, {} AS product, month, name, code, amount FROM figure_part WHERE {}"
_SUM = (
    "INSERT INTO figure (supplier, product, month, name, code, amount)"
    " SELECT supplier, product, month, name, code, sum(amount) * {} FROM ({}) WHERE 1 GROUP BY 1, 2, 3, 4, 5"
    " ON CONFLICT (supplier, product, name, month, code) DO UPDATE SET amount = figure.amount + excluded.amount"
)


def _total(sign: str, which: str) -> str:
    levels = (("supplier", "product"), ("supplier", f"'{ALL}'"), (f"'{ALL}'", f"'{ALL}'"))
    return _SUM.format(sign, " UNION ALL ".join(_LEVEL.format(*level, which) for level in levels))


_TOTAL = _total(":sign", "source IN (SELECT value FROM json_each(:those))")
_TOTAL_ALL = _total("1", "1")
_NEW_NAMES: Final = (BATCHES, SHOWN, RECEIVED, "conceded", "touches")
_NEW_KINDS: Final = ("house.", "disposed.")
_NEW = f"(name IN {_NEW_NAMES} OR " + " OR ".join(f"name LIKE '{kind}%'" for kind in _NEW_KINDS) + ")"
_TOTAL_NEW = _total("1", _NEW)
_SHOWN = (
    "INSERT INTO figure_part (source, supplier, product, month, name, code, amount)"
    " SELECT DISTINCT source, supplier, product, month, 'shown', code, 1 FROM figure_part WHERE name LIKE 'found.%'"
)
_COUNT = "SELECT qc_count(CAST(:sources AS jsonb), CAST(:parts AS jsonb))"
