# SPDX-License-Identifier: Apache-2.0
"""What a customer's checker needs to know of this site: who signs (the people sheet), and which certificates are void.

Both are JSON files signed as kind ``head`` by who made them; ``checker/certificates.py`` reads them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import sqlalchemy as sa

from qcdesk.domain.canonical import Json, encode
from qcdesk.domain.log import event_hash
from qcdesk.services.ports import Hand

SHEET = "qcdesk-people-1"
WITHDRAWN = "qcdesk-withdrawn-1"


def people_sheet(connection: sa.Connection, hand: Hand, at: int) -> bytes:
    """Return the people sheet: every act that brought or ended a key, or gave or took a role, from the first event on."""
    query = (
        "SELECT e.body, e.sig FROM event e JOIN line l ON l.seq = e.seq WHERE l.act = 1 AND"
        " (l.type = 'workspace.opened' OR l.type LIKE 'person.%' OR l.type LIKE 'key.%' OR l.type LIKE 'role.%')"
        " ORDER BY e.seq"
    )
    rows = [(bytes(body), bytes(sig)) for body, sig in connection.execute(sa.text(query))]
    lines: list[Json] = [{"body": body.decode(), "sig": sig.hex()} for body, sig in rows]
    hashes: list[Json] = [event_hash(body, sig).hex() for body, sig in rows]
    head = _head(connection, at)
    return _file(SHEET, {**head, "lines": lines}, _signed(hand, {**head, "lines": hashes}))


def withdrawn_list(connection: sa.Connection, hand: Hand, at: int) -> tuple[bytes, int]:
    """Return the list of void certificates, and how many there are."""
    query = (
        "SELECT w.number, b.number AS batch, w.at FROM certificate_withdrawn w JOIN batch b ON b.id = w.batch"
        " ORDER BY w.number"
    )
    found: Sequence[sa.RowMapping] = connection.execute(sa.text(query)).mappings().all()
    void: list[Json] = [{"number": row["number"], "batch": row["batch"], "at": row["at"]} for row in found]
    body = {**_head(connection, at), "withdrawn": void}
    return _file(WITHDRAWN, body, _signed(hand, body)), len(void)


def _head(connection: sa.Connection, at: int) -> dict[str, Json]:
    vault = connection.exec_driver_sql("SELECT vault FROM workspace").scalar_one()
    seq, digest = connection.exec_driver_sql("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").one()
    return {"vault": str(vault), "seq": int(seq), "hash": bytes(digest).hex(), "at": at}


def _signed(hand: Hand, body: dict[str, Json]) -> dict[str, Json]:
    return {"key": hand.key, "sig": hand.sign("head", encode(body)).hex()}


def _file(form: str, body: dict[str, Json], signed: dict[str, Json]) -> bytes:
    said = {"format": form, **body, **signed}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
