# SPDX-License-Identifier: Apache-2.0
"""The two functions that SQLite's triggers call, registered by this program alone.

In any other program an insert into the log, or a write to a projection, fails with "no such function".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qcdesk.domain.canonical import NotCanonical
from qcdesk.domain.log import GENESIS, BadEvent, Event, event_hash
from qcdesk.store.keys_of import public_keys

if TYPE_CHECKING:
    from qcdesk.store.database import Database


def guard(connection: Any, database: Database) -> None:  # noqa: ANN401 - the driver's own connection
    """Register ``qc_verify`` and ``qc_writing`` on a connection."""

    def qc_writing() -> int:
        return int(getattr(database.writing, "on", False))

    def qc_verify(
        seq: int, body: bytes, sig: bytes, stored: bytes, prev: bytes | None, last: int | None
    ) -> int:
        if getattr(database.writing, "signed", None) == stored:
            return 1  # signed and chained by this very transaction a moment ago
        try:
            event = Event.from_bytes(bytes(body))
        except (NotCanonical, BadEvent):
            return 0
        if event.seq != seq or seq != (last or 0) + 1 or event.prev != (prev or GENESIS):
            return 0
        if event_hash(bytes(body), bytes(sig)) != stored:
            return 0
        known = public_keys(event, lambda key: _key(connection, key))
        return int(
            known is not None
            and database.verify(known[event.key], "event", bytes(body), bytes(sig))
            and all(database.verify(known[c.key], "cosign", event.cosign_bytes(), c.sig) for c in event.co)
        )

    connection.create_function("qc_writing", 0, qc_writing)
    connection.create_function("qc_verify", 6, qc_verify)


def _key(connection: Any, key: str) -> tuple[str, bytes] | None:  # noqa: ANN401
    row = connection.execute(
        "SELECT person, public_key FROM person_key WHERE key = ? AND until_seq IS NULL"
        " UNION ALL SELECT person, public_key FROM session WHERE key = ? AND closed IS NULL",
        (key, key),
    ).fetchone()
    return (row[0], bytes.fromhex(row[1])) if row else None
