# SPDX-License-Identifier: Apache-2.0
"""The rows of each list that goes out, by SQL that both engines read, within the blind rule."""

# ruff: noqa: S608 - the queries are put together from parts that stand here; values are always bound

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from qcdesk.services.export_rows import Cell, ExportKind, ExportTable
from qcdesk.store.database import Database
from qcdesk.store.readers.sight import WORDS

PAGE = 1_000

# What was found shows once a comparison came after it, or when nobody is looking at the goods any more.
_LOOKED_AT = "('registered', 'first_check', 'awaiting_second', 'second_check')"


def _settled(batch: str, seq: str) -> str:
    # The state first: it answers for nearly all batches, and is found by its key.
    return (
        f"(EXISTS (SELECT 1 FROM batch rest WHERE rest.id = {batch} AND rest.state NOT IN {_LOOKED_AT})"
        f" OR EXISTS (SELECT 1 FROM comparison later WHERE later.batch = {batch} AND later.seq > {seq}))"
    )


def _knows(check: str) -> str:
    """Tell in SQL whether a check is the person's own, or a first check that this person has put down to have seen."""
    return (
        f"EXISTS (SELECT 1 FROM checking mine WHERE mine.id = {check} AND (mine.person = :person"
        " OR (mine.place = 'first' AND (EXISTS (SELECT 1 FROM first_seen fs WHERE fs.round = mine.round"
        " AND fs.person = :person) OR EXISTS (SELECT 1 FROM place_given_up gu WHERE gu.round = mine.round"
        " AND gu.person = :person)))))"
    )


def _open(batch: str, seq: str, check: str) -> str:
    return f"({_settled(batch, seq)} OR {_knows(check)})"


_REVIEWED = "EXISTS (SELECT 1 FROM audit_step done WHERE done.audit = q.audit AND done.step = 'reviewed')"
"""What auditor and reviewer answered of an audit, each for themselves, is told once both have signed."""
_LAST_OF_CHECK = "(SELECT max(own.seq) FROM line own WHERE own.batch = k.batch AND own.checking = k.id)"
_WORDS = ", ".join(f"'{kind}'" for kind in sorted(WORDS))

_QUERIES: dict[ExportKind, str] = {
    "suppliers": (
        "SELECT code, name, name_latin, country, address, contact, note, source, more FROM supplier ORDER BY seq, id"
    ),
    "products": "SELECT code, name, revision, unit, family, picture, note, source FROM product ORDER BY seq, id",
    "people": (
        "SELECT login, name, staff, status, languages, since, id AS person FROM person ORDER BY seq, id"
    ),
    "roles": (
        "SELECT p.login, p.name, g.role, g.families, g.until FROM role_grant g JOIN person p ON p.id = g.person"
        " ORDER BY p.seq, p.id, g.role"
    ),
    "qualifications": (
        "SELECT p.login, p.name, q.procedure, q.until FROM qualification q JOIN person p ON p.id = q.person"
        " ORDER BY p.seq, p.id, q.procedure"
    ),
    "catalogue": "SELECT code, name, defect_class AS class, names, note, retired, source FROM defect_code ORDER BY code",
    "instruments": "SELECT number, kind, calibrated_until, blocked, note FROM instrument ORDER BY number",
    "procedures": (
        "SELECT v.code, v.version, v.state, a.name AS author, b.name AS approved_by, v.approved_at, v.hash, v.content"
        " FROM procedure_version v JOIN person a ON a.id = v.author LEFT JOIN person b ON b.id = v.approved_by"
        " ORDER BY v.code, v.version"
    ),
    "batches": (
        "SELECT b.number, p.code AS product, p.revision, s.code AS supplier, s.name AS supplier_name, b.quantity,"
        ' b.order_no AS "order", b.made_on, b.ship_by, b.line, b.note, b.source, b.state, b.held, b.round_no,'
        " b.next_severity, b.released, b.shipped, b.registered_at, r.name AS registered_by, b.id AS batch"
        " FROM batch b JOIN product p ON p.id = b.product LEFT JOIN supplier s ON s.id = b.supplier"
        " LEFT JOIN person r ON r.id = b.registered_by ORDER BY b.seq, b.id"
    ),
    "makers": (
        "SELECT b.number AS batch, p.name AS person, p.staff, m.units, 'maker' AS did FROM batch_maker m"
        " JOIN batch b ON b.id = m.batch JOIN person p ON p.id = m.person"
        " UNION ALL SELECT b.number, p.name, p.staff, '[]', 'reworker' FROM batch_reworker m"
        " JOIN batch b ON b.id = m.batch JOIN person p ON p.id = m.person ORDER BY 1, 5, 2"
    ),
    "rounds": (
        # After a first round the pinned sample names units on which a critical was claimed before.
        "SELECT b.number AS batch, r.no AS round, l.at AS opened_at,"
        f" CASE WHEN r.no = 1 OR {_settled('r.batch', 'r.seq')} THEN r.opened END AS opened,"
        " c.outcome, c.body AS compared,"
        " d.outcome AS decided, d.body AS decision, r.id FROM round r JOIN batch b ON b.id = r.batch"
        " JOIN line l ON l.seq = r.seq LEFT JOIN comparison c ON c.round = r.id LEFT JOIN decision d ON d.round = r.id"
        " ORDER BY r.seq"
    ),
    "checks": (
        "SELECT b.number AS batch, r.no AS round, k.place, p.name AS person, p.staff, k.state, k.started_at,"
        f' CASE WHEN {_open("k.batch", _LAST_OF_CHECK, "k.id")} THEN k.reason END AS reason, k.id AS "check"'
        " FROM checking k JOIN batch b ON b.id = k.batch JOIN round r ON r.id = k.round"
        " JOIN person p ON p.id = k.person ORDER BY k.seq"
    ),
    "units": (
        "SELECT b.number AS batch, r.no AS round, k.place, u.unit, u.not_done FROM unit_result u"
        " JOIN checking k ON k.id = u.checking JOIN round r ON r.id = k.round JOIN batch b ON b.id = k.batch"
        f" WHERE {_open('k.batch', 'u.seq', 'k.id')} ORDER BY k.seq, u.unit"
    ),
    "findings": (
        "SELECT b.number AS batch, r.no AS round, k.place, p.name AS person, f.unit, f.code, f.defect_class AS class,"
        ' f.count, f.place AS "where", f.note, f.photo, f.at, f.withdrawn, f.id, f.seq AS event FROM finding f'
        " JOIN checking k ON k.id = f.checking JOIN round r ON r.id = f.round JOIN batch b ON b.id = f.batch"
        f" JOIN person p ON p.id = k.person WHERE {_open('f.batch', 'f.seq', 'k.id')} ORDER BY f.seq, f.id"
    ),
    "measurements": (
        "SELECT b.number AS batch, r.no AS round, k.place, p.name AS person, m.unit, m.characteristic, m.typed,"
        " m.value, m.measure, m.inside, m.defect_class AS class, i.number AS instrument, m.calibrated_until, m.at,"
        " m.reason, m.replaced, m.id, m.seq AS event FROM reading m JOIN checking k ON k.id = m.checking"
        " JOIN round r ON r.id = m.round JOIN batch b ON b.id = m.batch JOIN person p ON p.id = k.person"
        " LEFT JOIN instrument i ON i.id = m.instrument OR i.number = m.instrument"
        f" WHERE {_open('m.batch', 'm.seq', 'k.id')} ORDER BY m.seq, m.id"
    ),
    "sign_offs": (
        "SELECT b.number AS batch, r.no AS round, s.place, p.name AS person, p.staff, s.meaning, s.verdict, s.at,"
        " s.record, s.maker, s.standing, s.key, s.seq AS event FROM sign_off s JOIN batch b ON b.id = s.batch"
        " JOIN round r ON r.id = s.round JOIN person p ON p.id = s.person"
        f" WHERE {_settled('s.batch', 's.seq')} OR {_knows('s.checking')} ORDER BY s.seq"
    ),
    "holds": (
        "SELECT b.number AS batch, h.kind, p.name AS person, h.at,"
        f" CASE WHEN h.person = :person OR {_settled('h.batch', 'h.seq')} THEN h.reason END AS reason,"
        " l.at AS lifted_at FROM hold h JOIN batch b ON b.id = h.batch LEFT JOIN person p ON p.id = h.person"
        " LEFT JOIN line l ON l.seq = h.lifted ORDER BY h.seq"
    ),
    "shipments": (
        'SELECT b.number AS batch, s.quantity, s.to_whom AS "to", s.on_day AS "on", s.document, p.name AS person'
        " FROM shipment s JOIN batch b ON b.id = s.batch LEFT JOIN person p ON p.id = s.person ORDER BY s.seq"
    ),
    "defects": (
        "SELECT b.number AS batch, s.code AS supplier, p.code AS product, d.code, d.defect_class AS class, d.count,"
        " d.found_on, d.note, d.source, d.reference, d.name, d.at, d.id FROM reported_defect d"
        " LEFT JOIN batch b ON b.id = d.batch LEFT JOIN supplier s ON s.id = d.supplier"
        " LEFT JOIN product p ON p.id = d.product ORDER BY d.seq"
    ),
    "supplier_statuses": (
        "SELECT s.code AS supplier, t.status, t.reason, t.at, p.name AS person, o.name AS beside, t.seq AS event"
        " FROM supplier_status t JOIN supplier s ON s.id = t.supplier JOIN person p ON p.id = t.person"
        " LEFT JOIN person o ON o.id = t.other ORDER BY t.seq"
    ),
    "supplier_merges": (
        "SELECT s.code AS supplier, r.code AS same_as, m.reason, m.at, p.name AS person, o.name AS beside,"
        " l.at AS undone_at, m.seq AS event FROM supplier_merge m JOIN supplier s ON s.id = m.supplier"
        " JOIN supplier r ON r.id = m.root JOIN person p ON p.id = m.person JOIN person o ON o.id = m.other"
        " LEFT JOIN line l ON l.seq = m.undone ORDER BY m.seq"
    ),
    "severities": (
        "SELECT s.code AS supplier, v.product, v.procedure, v.defect_class AS class, v.severity, v.changed,"
        " b.number AS batch, l.at, p.name AS person, o.name AS beside, v.state, v.seq AS event FROM severity v"
        " JOIN line l ON l.seq = v.seq JOIN person p ON p.id = v.person LEFT JOIN supplier s ON s.id = v.supplier"
        " LEFT JOIN batch b ON b.id = v.batch LEFT JOIN person o ON o.id = v.other ORDER BY v.seq, v.defect_class"
    ),
    "dispositions": (
        "SELECT b.number AS batch, r.no AS round, d.kind, d.terms, d.quantity, p.name AS person, o.name AS confirmed_by,"
        " l.at, d.reason, d.seq AS event FROM disposition d JOIN batch b ON b.id = d.batch JOIN line l ON l.seq = d.seq"
        " JOIN person p ON p.id = d.person JOIN person o ON o.id = d.confirmed_by LEFT JOIN round r ON r.id = d.round"
        " ORDER BY d.seq"
    ),
    "concessions": (
        "SELECT b.number AS batch, r.no AS round, c.quantity, c.until_day AS until, c.consent, p.name AS person, c.at,"
        " c.body AS asked, a.answer, a.quantity AS conceded, a.reason, q.name AS answered_by, o.name AS beside,"
        " a.at AS answered_at, a.record, c.id, c.seq AS event FROM concession c JOIN batch b ON b.id = c.batch"
        " JOIN round r ON r.id = c.round JOIN person p ON p.id = c.person"
        " LEFT JOIN concession_answer a ON a.concession = c.id LEFT JOIN person q ON q.id = a.person"
        " LEFT JOIN person o ON o.id = a.other ORDER BY c.seq"
    ),
    "concession_budgets": (
        "SELECT s.code AS supplier, g.per_10000, g.months, g.reason, l.at, p.name AS person, o.name AS beside,"
        " g.seq AS event FROM concession_budget g JOIN supplier s ON s.id = g.supplier JOIN line l ON l.seq = g.seq"
        " JOIN person p ON p.id = g.person JOIN person o ON o.id = g.other ORDER BY g.seq"
    ),
    "corrective_actions": (
        "SELECT a.number, s.code AS supplier, a.product, p.name AS person, a.at, a.body AS opened, a.id, a.seq AS event"
        " FROM corrective_action a JOIN supplier s ON s.id = a.supplier JOIN person p ON p.id = a.person"
        " ORDER BY a.number"
    ),
    "corrective_action_steps": (
        "SELECT a.number, d.kind, d.about, p.name AS person, d.at, d.body AS said, d.seq AS event FROM action_said d"
        " JOIN corrective_action a ON a.id = d.action JOIN person p ON p.id = d.person ORDER BY d.seq"
    ),
    "promises": (
        "SELECT a.number, m.no, m.words, m.due, m.test, r.no AS replaces, m.at, m.id, m.seq AS event FROM promise m"
        " JOIN corrective_action a ON a.id = m.action LEFT JOIN promise r ON r.id = m.replaces ORDER BY m.seq"
    ),
    "release_stops": (
        "SELECT s.code AS supplier, t.product, t.code, a.number AS corrective_action, b.number AS batch, l.at,"
        " d.at AS decided_at, t.seq AS event FROM release_stop t JOIN supplier s ON s.id = t.supplier"
        " JOIN corrective_action a ON a.id = t.action LEFT JOIN batch b ON b.id = t.lot JOIN line l ON l.seq = t.seq"
        " LEFT JOIN line d ON d.seq = t.decided ORDER BY t.seq"
    ),
    "audit_templates": (
        "SELECT t.code, t.version, p.name AS author, l.at, q.name AS approved_by, m.at AS approved_at, t.hash,"
        " t.body AS content, t.seq AS event FROM audit_template t JOIN person p ON p.id = t.author"
        " JOIN line l ON l.seq = t.seq LEFT JOIN audit_template_approved a ON a.code = t.code AND a.version = t.version"
        " AND a.hash = t.hash LEFT JOIN person q ON q.id = a.person LEFT JOIN line m ON m.seq = a.seq ORDER BY t.seq"
    ),
    "audits": (
        "SELECT a.no, s.code AS supplier, a.template, a.version, p.name AS auditor, l.at, a.hash, a.id, a.seq AS event"
        " FROM audit a JOIN supplier s ON s.id = a.supplier JOIN person p ON p.id = a.auditor"
        " JOIN line l ON l.seq = a.seq ORDER BY a.no"
    ),
    "audit_answers": (
        "SELECT a.no, q.question, q.place, p.name AS person, q.value, q.points, l.at, q.body AS answer, q.seq AS event"
        " FROM audit_answer q JOIN audit a ON a.id = q.audit JOIN person p ON p.id = q.person"
        f" JOIN line l ON l.seq = q.seq WHERE q.person = :person OR {_REVIEWED} ORDER BY q.seq, q.question"
    ),
    "audit_steps": (
        "SELECT a.no, s.step, p.name AS person, o.name AS beside, s.differences, l.at, s.body AS said, s.seq AS event"
        " FROM audit_step s JOIN audit a ON a.id = s.audit JOIN person p ON p.id = s.person"
        " JOIN line l ON l.seq = s.seq LEFT JOIN person o ON o.id = s.other ORDER BY s.seq"
    ),
    "complaints": (
        "SELECT c.number AS complaint, c.said_as, c.received, p.name AS person, c.at, c.body AS taken, c.seq AS event"
        " FROM complaint c JOIN person p ON p.id = c.person ORDER BY c.number"
    ),
    "complaint_steps": (
        "SELECT s.complaint, s.type, b.number AS batch, p.name AS person, s.at, s.body AS said, s.seq AS event"
        " FROM complaint_step s JOIN person p ON p.id = s.person LEFT JOIN batch b ON b.id = s.batch ORDER BY s.seq"
    ),
    "touches": (
        'SELECT b.number AS batch, t.order_no AS "order", t.kind, p.name AS person, t.at, u.at AS undone_at,'
        " q.name AS undone_by, t.seq AS event FROM touch t LEFT JOIN batch b ON b.id = t.batch"
        " JOIN person p ON p.id = t.person LEFT JOIN touch u ON u.undoes = t.seq LEFT JOIN person q ON q.id = u.person"
        " WHERE t.undoes IS NULL ORDER BY t.seq"
    ),
    "owner_figures": (
        "SELECT f.month, f.repeat_orders, f.referrals, p.name AS person, l.at, f.seq AS event FROM owner_figure f"
        " JOIN person p ON p.id = f.person JOIN line l ON l.seq = f.seq ORDER BY f.seq"
    ),
    "nonconformities": (
        "SELECT n.number AS nonconformity, b.number AS batch, n.quantity, p.name AS person, n.at, n.body AS opened,"
        " n.seq AS event FROM nonconformity n JOIN batch b ON b.id = n.batch JOIN person p ON p.id = n.person"
        " ORDER BY n.number"
    ),
    "nonconformity_steps": (
        "SELECT s.nonconformity, s.type, p.name AS person, s.at, s.body AS said, s.seq AS event"
        " FROM nonconformity_step s JOIN person p ON p.id = s.person ORDER BY s.seq"
    ),
    "imports": (
        "SELECT i.kind, i.file, i.sha256, i.rows, i.mapping_sha256, p.name AS person, i.at FROM imported i"
        " LEFT JOIN person p ON p.id = i.person ORDER BY i.seq"
    ),
    "events": (
        "SELECT e.seq, l.at, l.type, p.name AS person, l.act, l.station, l.session, b.number AS batch,"
        " CASE WHEN shown.yes = 1 THEN e.body END AS body, CASE WHEN shown.yes = 1 THEN e.sig END AS sig, e.hash"
        " FROM event e JOIN line l ON l.seq = e.seq LEFT JOIN person p ON p.id = l.person"
        " LEFT JOIN batch b ON b.id = l.batch JOIN (SELECT l.seq, CASE"
        f" WHEN l.type IN ('check.recorded', 'check.signed') AND NOT {_open('l.batch', 'l.seq', 'l.checking')} THEN 0"
        f" WHEN l.type = 'check.resolved' AND NOT ({_knows('l.checking')} OR EXISTS (SELECT 1 FROM decision d"
        " WHERE d.round = l.round)) THEN 0"
        " WHEN l.type = 'round.opened' AND (SELECT r.no FROM round r WHERE r.id = l.round) > 1"
        f" AND NOT {_settled('l.batch', 'l.seq')} THEN 0"
        f" WHEN l.type IN ({_WORDS}) AND NOT (l.person = :person OR {_settled('l.batch', 'l.seq')}) THEN 0"
        " WHEN l.type = 'audit.answered' AND NOT l.person = :person AND EXISTS (SELECT 1 FROM audit_answer q"
        " WHERE q.seq = l.seq AND NOT EXISTS (SELECT 1 FROM audit_step s WHERE s.audit = q.audit"
        " AND s.step = 'reviewed')) THEN 0"
        " ELSE 1 END AS yes FROM line l) shown ON shown.seq = e.seq"
        " WHERE shown.yes = 1 OR l.type NOT IN ('check.recorded', 'check.resolved') ORDER BY e.seq"
    ),
    "left_out": (
        "SELECT b.number AS batch, r.no AS round, k.place, k.state FROM checking k JOIN batch b ON b.id = k.batch"
        " JOIN round r ON r.id = k.round"
        f" WHERE NOT {_open('k.batch', 'k.seq', 'k.id')} ORDER BY k.seq"
    ),
}
# Numbers of events, and what holds them: later ones would count what a check has saved that is still hidden.
_CLOSED_FROM = (
    "SELECT min(seq) FROM (SELECT (SELECT l.seq FROM line l WHERE l.batch = k.batch AND l.checking = k.id"
    " AND l.type = 'check.recorded' ORDER BY l.seq LIMIT 1) AS seq"
    " FROM batch b JOIN round r ON r.batch = b.id JOIN checking k ON k.round = r.id"
    f" WHERE b.state IN {_LOOKED_AT} AND NOT {_knows('k.id')}"
    " AND NOT EXISTS (SELECT 1 FROM round later JOIN comparison c ON c.round = later.id"
    " WHERE later.batch = b.id AND later.no >= r.no)) AS hidden"
)
_NUMBERS = frozenset(("event", "seq"))
_CHAINED = frozenset(("body", "sig", "hash"))
_TIMES = frozenset(
    (
        "at",
        "opened_at",
        "started_at",
        "registered_at",
        "lifted_at",
        "approved_at",
        "since",
        "undone_at",
        "answered_at",
        "decided_at",
    )
)


class SqlExportReader:
    """See the port ``ExportRows``. Each list is read as one moment saw it."""

    def __init__(self, database: Database) -> None:
        """Remember where to read."""
        self._database = database

    def table(self, kind: ExportKind, person: str | None) -> ExportTable:
        """See the port."""
        headers, turn = _HEADERS.get(kind, (None, None))
        named = self._headers(kind, person)
        return ExportTable(headers or named, self._rows(kind, person, named, turn))

    def _headers(self, kind: ExportKind, person: str | None) -> tuple[str, ...]:
        with self._database.reading() as connection:
            empty = sa.text(f"SELECT * FROM ({_QUERIES[kind]}) AS listed LIMIT 0")
            return tuple(connection.execute(empty, _said(kind, person)).keys())

    def _rows(
        self, kind: ExportKind, person: str | None, headers: tuple[str, ...], turn: _Turn | None
    ) -> Iterator[Sequence[Cell]]:
        times = tuple(header in _TIMES for header in headers)
        number = next((i for i, header in enumerate(headers) if header in _NUMBERS), None)
        telling = tuple(
            i for i, h in enumerate(headers) if i == number or (kind == "events" and h in _CHAINED)
        )
        with self._database.reading() as connection:
            closed = (
                connection.execute(sa.text(_CLOSED_FROM), {"person": person or ""}).scalar()
                if telling
                else None
            )
            found = connection.execution_options(stream_results=True).execute(
                sa.text(_QUERIES[kind]), _said(kind, person)
            )
            for part in found.partitions(PAGE):
                for row in part:
                    cells = [_cell(value, time) for value, time in zip(row, times, strict=True)]
                    if closed is not None and number is not None and row[number] >= closed:
                        for place in telling:
                            cells[place] = None
                    yield turn(dict(zip(headers, cells, strict=True))) if turn else cells


_Turn = Callable[[Mapping[str, Cell]], Sequence[Cell]]


def _said(kind: ExportKind, person: str | None) -> dict[str, str]:
    return {"person": person or ""} if ":person" in _QUERIES[kind] else {}


def _cell(value: Any, time: bool) -> Cell:  # noqa: ANN401 - a column of any type
    if time and value is not None:
        seconds, rest = divmod(int(value), 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
    if isinstance(value, bytes | memoryview):
        raw = bytes(value)
        return raw.decode() if raw[:1] == b"{" and len(raw) > 64 else raw.hex()
    assert value is None or isinstance(value, str | int)
    return value


_CATALOGUE = (
    *("code", "name", "class", "name_vi", "name_zh_CN", "name_th", "note"),
    *("retired", "source", "other_names"),
)


def _catalogue(row: Mapping[str, Cell]) -> Sequence[Cell]:
    """Give the names by language a column each, as an import takes them; others stay together."""
    names = {n["language"]: n["name"] for n in json.loads(str(row["names"]))}
    ours = [names.pop(tag, None) for tag in ("vi", "zh_CN", "th")]
    others = json.dumps(names, ensure_ascii=False) if names else None
    head = [row["code"], row["name"], row["class"]]
    return [*head, *ours, row["note"], row["retired"], row["source"], others]


def _said_over(*names: str) -> tuple[tuple[str, ...], _Turn]:
    """Return how steps go out: without the event over which one was signed, where no such numbers are told."""

    def turn(row: Mapping[str, Cell]) -> Sequence[Cell]:
        said = json.loads(str(row["said"]))
        if row["event"] is None:
            said.pop("over", None)
        kept = {**row, "said": json.dumps(said, ensure_ascii=False)}
        return [kept[name] for name in names]

    return names, turn


_HEADERS: dict[ExportKind, tuple[tuple[str, ...], _Turn]] = {
    "catalogue": (_CATALOGUE, _catalogue),
    "nonconformity_steps": _said_over("nonconformity", "type", "person", "at", "said", "event"),
    "audit_steps": _said_over("no", "step", "person", "beside", "differences", "at", "said", "event"),
}
