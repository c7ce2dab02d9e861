# SPDX-License-Identifier: Apache-2.0
"""What a printed paper takes along of the log, so that it proves itself; ``checker/papers.py`` reads it.

The lines of what it is about (a batch, a nonconformity with its batch, a corrective action, an audit, a procedure), and
those of the house that the signatures rest on. Left out is what is another party's: other batches, suppliers, complaints,
calls, who received what; of a batch also the corrective actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

import sqlalchemy as sa

from qcdesk.checker import lines as checked
from qcdesk.checker import papers, sealing
from qcdesk.checker.lines import Row
from qcdesk.checker.walk import records_of
from qcdesk.domain.canonical import Json, encode
from qcdesk.domain.log import event_hash
from qcdesk.services.ports import PaperFacts, StationHand


def sealed_paper(
    connection: sa.Connection, pdf: bytes, facts: PaperFacts, station: StationHand
) -> bytes | None:
    """Return a print with its evidence, sealed by the workstation; None: a check runs that not everybody may see.

    What is sealed is the log as it stood when the paper was filled in: later lines are left out.
    """
    if not is_open_to_all(connection, facts.document, facts.subject):
        return None
    seq, digest = connection.execute(_HEAD, {"last": facts.seq or None}).one()
    rows = [row for row in _lines(connection, facts) if row.seq <= seq]
    of_batch = facts.document in papers.OF_BATCHES
    records = _records(connection, rows) if of_batch else [facts.record.encode()] if facts.record else []
    vault = str(connection.exec_driver_sql("SELECT vault FROM workspace").scalar_one())
    said: dict[str, Json] = {
        "at": facts.at,
        "bytes": len(pdf),
        "copy": facts.copy,
        "document": facts.document,
        "hash": bytes(digest).hex(),
        "lines": papers.digest(rows),
        "number": facts.number,
        "records": [sha256(document).hexdigest() for document in records],
        "seq": int(seq),
        "sha256": sha256(pdf).hexdigest(),
        "state": facts.state,
        "vault": vault,
    }
    if of_batch:
        said |= {
            "batch": facts.subject,
            "certificate": facts.certificate,
            "quantity": facts.quantity,
            "round": facts.round_no,
        }
    else:
        said["subject"] = facts.subject
    evidence: dict[str, Json] = {
        "format": papers.FORMAT,
        "lines": [{"body": row.body.decode(), "sig": row.sig.hex()} for row in rows],
        "records": [document.decode() for document in records],
        "said": said,
        "seal": {"key": station.key, "sig": station.sign("paper", encode(said)).hex()},
    }
    return sealing.sealed(pdf, encode(evidence))


def is_open_to_all(connection: sa.Connection, document: str, subject: str) -> bool:
    """Tell whether every check that a paper's evidence would hold may be seen by anybody."""
    batch = _batch_of(connection, document, subject)
    return batch is None or connection.execute(_STATE, {"b": batch}).scalar() in papers.SEEN_BY_ALL


def _batch_of(connection: sa.Connection, document: str, subject: str) -> str | None:
    if document == "nonconformity":
        return str(connection.execute(_OF_NONCONFORMITY, {"n": int(subject)}).scalar())
    return subject if document in papers.OF_BATCHES else None


def _lines(connection: sa.Connection, facts: PaperFacts) -> list[Row]:
    """Return the lines of what a paper is about, and of the house as far as they name it."""
    own = _own(connection, facts)
    named: set[str] = {facts.subject}
    for row in own:
        _names(checked.said_by(row), named)
    of_house = _rows(connection, _PEOPLE, {})
    named |= _instruments(of_house, named)
    house = [row for row in of_house if _is_asked(row, named)]
    found = {row.seq: row for row in (*own, *house)}
    for row in _rows(connection, _VOID, {}):
        said = checked.said_by(row)
        about = found.get(int(said.get("number") or 0))
        if about is not None and about.hash.hex() == said.get("hash"):
            found[row.seq] = row
    sittings = sorted({line.session for line in map(_read, found.values()) if line and line.session})
    for first in range(0, len(sittings), _PART):
        part = {"s": sittings[first : first + _PART]}
        found |= {row.seq: row for row in _rows(connection, _SITTINGS, part)}
    return [found[seq] for seq in sorted(found)]


def _own(connection: sa.Connection, facts: PaperFacts) -> list[Row]:
    """Return the lines of a batch and of those it was split from until then, and the other lines of the subject."""
    own = []
    batch = _batch_of(connection, facts.document, facts.subject)
    if batch is not None:
        own += _rows(connection, _OWN, {"b": batch})
        own += _rows(connection, _ORIGINS, {"b": batch})
    if facts.document not in papers.OF_OTHERS:
        return own
    query, field = _ABOUT[facts.document]
    subject = facts.subject
    if facts.document == "instruction":
        subject, _ = papers.version_of(subject)
    about = [row for row in _rows(connection, query, {}) if _says(row, field, subject)]
    if facts.document == "audit":
        codes = {str(checked.said_by(row).get("template")) for row in about} - {"None"}
        about += [
            row for row in _rows(connection, _TEMPLATES, {}) if checked.said_by(row).get("code") in codes
        ]
    return [*own, *about]


def _says(row: Row, field: str, subject: str) -> bool:
    return str(checked.said_by(row).get(field)) == subject


def _rows(connection: sa.Connection, query: sa.TextClause, named: Mapping[str, str | list[str]]) -> list[Row]:
    return [
        Row(int(seq), bytes(body), bytes(sig), event_hash(bytes(body), bytes(sig)))
        for seq, body, sig in connection.execute(query, named)
    ]


def _read(row: Row) -> checked.Line | None:
    try:
        return checked.read(row)
    except checked.BadLine:
        return None


def _instruments(rows: Iterable[Row], named: set[str]) -> set[str]:
    """Return the ids of the instruments that ever had a number which is named: a reading says the number it read."""
    said = (line.body for row in rows if (line := _read(row)) is not None and line.type == "instrument.saved")
    return {str(body["instrument"]) for body in said if body["number"] in named}


def _is_asked(row: Row, named: set[str]) -> bool:
    """Tell whether a line of the house is about everybody, or about something that the batch's lines name."""
    line = _read(row)
    by = _NAMED_BY.get(line.type) if line is not None else None
    return line is not None and (by is None or line.body.get(by) in named)


def _names(said: Json, named: set[str]) -> None:
    """Collect every word that stands alone in what a line says: ids and codes are among them."""
    if isinstance(said, str):
        named.add(said)
    elif isinstance(said, dict):
        for item in said.values():
            _names(item, named)
    elif isinstance(said, list):
        for item in said:
            _names(item, named)


def _records(connection: sa.Connection, rows: Iterable[Row]) -> Sequence[bytes]:
    wanted = dict.fromkeys(
        record
        for row in rows
        if (line := _read(row)) is not None
        for record in records_of(line.type, line.body)
    )
    found = (connection.execute(_RECORD, {"r": record}).scalar() for record in wanted)
    return [bytes(document) for document in found if document is not None]


_NAMED_BY = {
    "person.listed": "person",
    "product.saved": "product",
    "procedure.drafted": "code",
    "procedure.approved": "code",
    "procedure.retired": "code",
    "procedure.grace": "code",
    "defect_code.saved": "code",
    "instrument.saved": "instrument",
}
"""Type -> the field that says what it is about; whatever else is taken along is about everybody."""
_PART = 500
_LINE = "SELECT e.seq, e.body, e.sig FROM event e"
_OTHERS = (
    " AND l.type <> 'batch.shipped' AND l.type NOT LIKE 'complaint.%'"
    " AND l.type NOT LIKE 'touch.%' AND l.type NOT LIKE 'action.%' AND l.type NOT LIKE 'promise.%'"
    " AND l.type NOT LIKE 'nonconformity.%' AND l.type NOT LIKE 'defect.%'"
)
_HEAD = sa.text(
    "SELECT seq, hash FROM event WHERE seq <= COALESCE(CAST(:last AS BIGINT), seq) ORDER BY seq DESC LIMIT 1"
)
_OF_NONCONFORMITY = sa.text("SELECT batch FROM nonconformity WHERE number = :n")
_ABOUT = {
    "nonconformity": (
        sa.text(f"{_LINE} JOIN line l ON l.seq = e.seq WHERE l.type LIKE 'nonconformity.%'"),
        "nonconformity",
    ),
    "corrective": (
        sa.text(
            f"{_LINE} JOIN line l ON l.seq = e.seq WHERE l.type LIKE 'action.%' OR l.type LIKE 'promise.%'"
            " OR l.type = 'defect.repeated'"
        ),
        "action",
    ),
    "audit": (sa.text(f"{_LINE} JOIN line l ON l.seq = e.seq WHERE l.type LIKE 'audit.%'"), "audit"),
    "instruction": (sa.text(f"{_LINE} JOIN line l ON l.seq = e.seq WHERE l.type LIKE 'procedure.%'"), "code"),
}
"""Document -> the lines of its kind, and the field that says which one they are about."""
_TEMPLATES = sa.text(f"{_LINE} JOIN line l ON l.seq = e.seq WHERE l.type LIKE 'audit_template.%'")
_STATE = sa.text("SELECT state FROM batch WHERE id = :b")
_OWN = sa.text(
    f"{_LINE} LEFT JOIN line l ON l.seq = e.seq WHERE (e.seq IN (SELECT seq FROM line WHERE batch = :b){_OTHERS})"  # noqa: S608
    " OR e.seq IN (SELECT event_no FROM voided WHERE batch = :b)"
)
_ORIGINS = sa.text(
    f"{_LINE} JOIN line l ON l.seq = e.seq JOIN batch_origin o ON o.origin = l.batch"
    f" WHERE o.batch = :b AND l.seq <= o.seq{_OTHERS}"
)
_PEOPLE = sa.text(
    f"{_LINE} JOIN line l ON l.seq = e.seq WHERE l.batch IS NULL AND (l.type IN"
    " ('workspace.opened', 'recovery.used', 'shop.changed', 'station.introduced', 'clock.corrected', 'product.saved',"
    " 'procedure.drafted', 'procedure.approved', 'procedure.retired', 'procedure.grace', 'defect_code.saved',"
    " 'instrument.saved')"
    " OR (l.type LIKE 'person.%' AND l.type <> 'person.unlocked')"
    " OR l.type LIKE 'key.%' OR l.type LIKE 'role.%' OR l.type LIKE 'qualification.%')"
)
_SITTINGS = sa.text(
    f"{_LINE} WHERE e.seq IN (SELECT opened FROM session WHERE id IN :s)"  # noqa: S608
    " OR e.seq IN (SELECT closed FROM session WHERE id IN :s)"
).bindparams(sa.bindparam("s", expanding=True))
_VOID = sa.text(f"{_LINE} WHERE e.seq IN (SELECT seq FROM voided WHERE hash <> '')")  # noqa: S608
_RECORD = sa.text("SELECT document FROM record WHERE sha256 = :r")
