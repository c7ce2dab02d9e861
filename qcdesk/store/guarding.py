# SPDX-License-Identifier: Apache-2.0
"""The two functions that SQLite's triggers call, registered by this program alone.

In any other program an insert into the log, or a write to a projection, fails with "no such function".
"""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any

from qcdesk.domain.canonical import NotCanonical
from qcdesk.domain.log import GENESIS, BadEvent, Event, Kind, event_hash
from qcdesk.store.keys_of import KEY_ROWS, Known, Signer, public_keys, sheet_key

Verify = Callable[[bytes, Kind, bytes, bytes], bool]
"""verify(public_key, kind, body, sig)"""


def guard(connection: Any, writing: local, verify: Verify) -> None:  # noqa: ANN401 - the driver's own connection
    """Register ``qc_verify`` and ``qc_writing`` on a connection.

    Args: writing: of this thread: ``on`` while the program writes, ``signed`` the hash it has signed just now.
    """

    def qc_writing() -> int:
        return int(getattr(writing, "on", False))

    def qc_verify(
        seq: int, body: bytes, sig: bytes, stored: bytes, prev: bytes | None, last: int | None
    ) -> int:
        if getattr(writing, "signed", None) == stored:
            return 1  # signed by a key of this library, and chained by this very transaction, a moment ago
        try:
            event = Event.from_bytes(bytes(body))
        except (NotCanonical, BadEvent):
            return 0
        if event.seq != seq or seq != (last or 0) + 1 or event.prev != (prev or GENESIS):
            return 0
        if event_hash(bytes(body), bytes(sig)) != stored or _vault(connection) not in (None, event.vault):
            return 0
        known = public_keys(event, lambda key: _key(connection, key))
        return int(
            known is not None
            and verify(known[event.key], "event", bytes(body), bytes(sig))
            and all(verify(known[c.key], "cosign", event.cosign_bytes(), c.sig) for c in event.co)
        )

    connection.create_function("qc_writing", 0, qc_writing)
    connection.create_function("qc_verify", 6, qc_verify)


def _vault(connection: Any) -> str | None:  # noqa: ANN401
    row = connection.execute("SELECT vault FROM workspace").fetchone()
    return row[0] if row else None


def _key(connection: Any, key: str) -> Known | None:  # noqa: ANN401
    row = connection.execute(_ACTIVE, {"k": key}).fetchone()
    if row is not None:
        return Signer(row[0], row[1], row[2]), bytes.fromhex(row[3])
    sheet = connection.execute("SELECT public_key FROM recovery_sheet WHERE until_seq IS NULL").fetchone()
    return sheet_key(bytes.fromhex(sheet[0])).get(key) if sheet else None


_ACTIVE = KEY_ROWS.format(
    k=":k", person_key="until_seq IS NULL", session="closed IS NULL", station_key="until_seq IS NULL"
)
