# SPDX-License-Identifier: Apache-2.0
"""What a customer's checker needs to know of this site: who signs (the people sheet), and its certificates.

Both are JSON files signed as kind ``head`` by an administrator or a releaser; ``checker/certificates.py`` reads them.
The list names every certificate that the log holds, with the SHA-256 of what its code signs, and those that are void: a
releaser's key alone makes a code, and only the log knows whether two have inspected anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC
from hashlib import sha256

import sqlalchemy as sa

from qcdesk.domain.canonical import Json, encode
from qcdesk.domain.log import event_hash
from qcdesk.domain.refusals import MissingRole
from qcdesk.domain.times import to_datetime
from qcdesk.services.ports import Hand

SHEET = "qcdesk-people-1"
WITHDRAWN = "qcdesk-withdrawn-2"
RIGHTS = ("administrator", "releaser")


def people_sheet(connection: sa.Connection, hand: Hand, at: int) -> bytes:
    """Return the people sheet: every act that brought or ended a key (the recovery sheet too) or gave or took a role.

    Without what two people have declared void. Raises: MissingRole.
    """
    _require_right(connection, hand, at)
    query = (
        "SELECT e.body, e.sig FROM event e JOIN line l ON l.seq = e.seq WHERE l.act = 1 AND"
        " (l.type IN ('workspace.opened', 'recovery.used') OR l.type LIKE 'person.%'"
        " OR l.type LIKE 'key.%' OR l.type LIKE 'role.%')"
        " AND e.seq NOT IN (SELECT event_no FROM voided) ORDER BY e.seq"
    )
    rows = [(bytes(body), bytes(sig)) for body, sig in connection.execute(sa.text(query))]
    lines: list[Json] = [{"body": body.decode(), "sig": sig.hex()} for body, sig in rows]
    hashes: list[Json] = [event_hash(body, sig).hex() for body, sig in rows]
    head = _head(connection, at)
    return _file(SHEET, {**head, "lines": lines}, _signed(hand, {**head, "lines": hashes}))


def withdrawn_list(connection: sa.Connection, hand: Hand, at: int) -> tuple[bytes, int]:
    """Return the list of certificates, and how many of them are void. Raises: MissingRole."""
    _require_right(connection, hand, at)
    query = (
        "SELECT w.number, b.number AS batch, w.at FROM certificate_withdrawn w JOIN batch b ON b.id = w.batch"
        " ORDER BY w.number"
    )
    found: Sequence[sa.RowMapping] = connection.execute(sa.text(query)).mappings().all()
    void: list[Json] = [{"number": row["number"], "batch": row["batch"], "at": row["at"]} for row in found]
    known = connection.exec_driver_sql(
        "SELECT number, code FROM certificate WHERE seq NOT IN (SELECT event_no FROM voided) ORDER BY number"
    )
    issued: list[Json] = [
        {"number": int(number), "code": sha256(bytes.fromhex(code)).hexdigest()} for number, code in known
    ]
    body = {**_head(connection, at), "withdrawn": void, "issued": issued}
    return _file(WITHDRAWN, body, _signed(hand, body)), len(void)


def _require_right(connection: sa.Connection, hand: Hand, at: int) -> None:
    """Refuse whoever nobody would believe: an auditor, an inspector, and whose right has ended."""
    day = to_datetime(at, UTC).date().isoformat()
    held = connection.execute(_RIGHT, {"person": hand.person, "key": hand.key, "day": day}).first()
    if held is None:
        name = connection.execute(_NAME, {"person": hand.person}).scalar()
        raise MissingRole(str(name or ""), RIGHTS[0])


_NAME = sa.text("SELECT name FROM person WHERE id = :person")
_RIGHT = sa.text(
    "SELECT 1 FROM role_grant g JOIN person p ON p.id = g.person JOIN person_key k ON k.person = p.id"
    " WHERE g.person = :person AND g.role IN ('administrator', 'releaser') AND (g.until IS NULL OR g.until >= :day)"
    " AND p.status = 'active' AND k.key = :key AND k.until_seq IS NULL"
)


def _head(connection: sa.Connection, at: int) -> dict[str, Json]:
    vault = connection.exec_driver_sql("SELECT vault FROM workspace").scalar_one()
    seq, digest = connection.exec_driver_sql("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").one()
    return {"vault": str(vault), "seq": int(seq), "hash": bytes(digest).hex(), "at": at}


def _signed(hand: Hand, body: dict[str, Json]) -> dict[str, Json]:
    return {"key": hand.key, "sig": hand.sign("head", encode(body)).hex()}


def _file(form: str, body: dict[str, Json], signed: dict[str, Json]) -> bytes:
    said = {"format": form, **body, **signed}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
