# SPDX-License-Identifier: Apache-2.0
"""The bare driver: the same facts in the same folder, as durably as ours, with nothing around them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qcdesk.store.database import Database

SCHEMA = """
CREATE TABLE event (seq INTEGER PRIMARY KEY, body BLOB NOT NULL, sig BLOB NOT NULL, hash BLOB NOT NULL UNIQUE);
CREATE TABLE record (sha256 TEXT PRIMARY KEY, document BLOB NOT NULL);
CREATE TABLE checking (id TEXT PRIMARY KEY, person TEXT NOT NULL, place TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE finding (id INTEGER PRIMARY KEY, checking TEXT NOT NULL, unit INTEGER NOT NULL, code TEXT NOT NULL);
"""


def require_durable(database: Database) -> None:
    """Make sure that our side waits for the disk exactly as the bare side does."""
    with database.engine.connect() as connection:
        for pragma, needed in (("journal_mode", "truncate"), ("synchronous", 3)):
            found = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()
            assert found == needed, f"{pragma} is {found}: the two sides are not to be compared"


class Bare:
    """A database of four tables with the settings of ours, and a key."""

    def __init__(self, folder: Path, name: str) -> None:
        """Create it in the folder in which ours lies."""
        self.connection: Any = sqlite.connect(str(folder / f"{name}.sqlite"), isolation_level=None)
        for pragma in ("journal_mode=TRUNCATE", "synchronous=EXTRA", "fullfsync=ON"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.executescript(SCHEMA)
        self._key = Ed25519PrivateKey.generate()
        self._seq, self._prev = 0, bytes(32)

    def open_check(self, check: str, person: str, place: str) -> None:
        """Put a running check there."""
        self.connection.execute("INSERT INTO checking VALUES (?, ?, ?, 'open')", (check, person, place))

    def sign(self, check: str, person: str, body: Mapping[str, object], document: bytes) -> None:
        """Sign a check off: guard, state, record, chained and signed event; one durable transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        state = self.connection.execute(
            "SELECT state FROM checking WHERE id = ? AND person = ?", (check, person)
        ).fetchone()
        assert state == ("open",)
        self.connection.execute("UPDATE checking SET state = 'signed' WHERE id = ?", (check,))
        digest = hashlib.sha256(document).hexdigest()
        self.connection.execute("INSERT INTO record VALUES (?, ?)", (digest, document))
        self._append(body)
        self.connection.execute("COMMIT")

    def find(self, check: str, unit: int, code: str, body: Mapping[str, object]) -> None:
        """Put a defect on record: the row and its chained, signed event; one durable transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(
            "INSERT INTO finding (checking, unit, code) VALUES (?, ?, ?)", (check, unit, code)
        )
        self._append(body)
        self.connection.execute("COMMIT")

    def insert_only(self, check: str, unit: int, code: str) -> None:
        """Insert one row durably: the least that any program can do."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(
            "INSERT INTO finding (checking, unit, code) VALUES (?, ?, ?)", (check, unit, code)
        )
        self.connection.execute("COMMIT")

    def _append(self, body: Mapping[str, object]) -> None:
        self._seq += 1
        document = json.dumps(
            {"seq": self._seq, "prev": self._prev.hex(), "body": body}, sort_keys=True
        ).encode()
        signature = self._key.sign(document)
        self._prev = hashlib.sha256(document + signature).digest()
        self.connection.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?)", (self._seq, document, signature, self._prev)
        )

    def signed(self) -> set[tuple[str, str, str]]:
        """Return who signed which check in which place."""
        query = "SELECT id, person, place FROM checking WHERE state = 'signed'"
        return set(self.connection.execute(query).fetchall())

    def found(self) -> list[tuple[int, str]]:
        """Return unit and code of every finding, in order."""
        found: list[tuple[int, str]] = self.connection.execute(
            "SELECT unit, code FROM finding ORDER BY id"
        ).fetchall()
        return found

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
