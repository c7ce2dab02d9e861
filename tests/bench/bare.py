# SPDX-License-Identifier: Apache-2.0
"""The bare driver: the same facts in the same folder, as durably as ours, with nothing around them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
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
SETTINGS = (
    "journal_mode=TRUNCATE",
    "synchronous=EXTRA",
    "fullfsync=ON",
    "foreign_keys=ON",
    "cell_size_check=ON",
    "secure_delete=ON",
    "mmap_size=0",
)
WHOLE = """
ALTER TABLE checking ADD COLUMN round TEXT NOT NULL DEFAULT '';
ALTER TABLE checking ADD COLUMN batch TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX checking_once ON checking (round, person) WHERE state IN ('open', 'signed');
CREATE TABLE batch (id TEXT PRIMARY KEY, state TEXT NOT NULL, since INTEGER NOT NULL);
CREATE INDEX batch_queue ON batch (state, since, id) WHERE state <> 'done';
CREATE TABLE sign_off (
    seq INTEGER PRIMARY KEY, batch TEXT NOT NULL, round TEXT NOT NULL, place TEXT NOT NULL, person TEXT NOT NULL,
    checking TEXT NOT NULL, meaning TEXT NOT NULL, verdict TEXT NOT NULL, record TEXT NOT NULL, at INTEGER NOT NULL,
    UNIQUE (round, place)
);
CREATE UNIQUE INDEX sign_off_once ON sign_off (round, person);
CREATE TABLE comparison (round TEXT PRIMARY KEY, outcome TEXT NOT NULL, body TEXT NOT NULL);
"""
"""What a sign-off leaves beside its event and record, as the design asks of any database that holds one.

The batch moves on (trust.md §8) in an index from which the board's next page is read (speed.md §4.3); the sign-off is a
row, once for each place of a round, and there is one standing check of a person in a round (trust.md §7).
"""


@dataclass(frozen=True)
class Act:
    """A check that is signed off: of whom, in which round of which batch, where the batch stands afterwards."""

    check: str
    person: str
    place: str
    round: str
    batch: str
    state: str
    meaning: str = "I inspected"
    verdict: str = "accepted"


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
        for pragma in SETTINGS:
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


class BareWhole(Bare):
    """The same with all that a sign-off leaves: see ``WHOLE``."""

    def __init__(self, folder: Path, name: str) -> None:
        """Create it in the folder in which ours lies."""
        super().__init__(folder, name)
        self.connection.executescript(WHOLE)

    def open(self, act: Act, state: str) -> None:
        """Put a running check there, and its batch in this state; where the batch is there, it comes to it."""
        self.connection.execute(
            "INSERT INTO checking VALUES (?, ?, ?, 'open', ?, ?)",
            (act.check, act.person, act.place, act.round, act.batch),
        )
        self.connection.execute(
            "INSERT INTO batch VALUES (?, ?, 1) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
            (act.batch, state),
        )

    def sign_off(
        self,
        act: Act,
        body: Mapping[str, object],
        document: bytes,
        compared: Mapping[str, object] | None = None,
    ) -> None:
        """Sign a check off with all that it leaves, a second one with the comparison; one durable transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        state = self.connection.execute(
            "SELECT state FROM checking WHERE id = ? AND person = ?", (act.check, act.person)
        ).fetchone()
        assert state == ("open",)
        digest = hashlib.sha256(document).hexdigest()
        self.connection.execute("INSERT INTO record VALUES (?, ?)", (digest, document))
        self._append(body)
        self.connection.execute(
            "INSERT INTO sign_off VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._seq,
                act.batch,
                act.round,
                act.place,
                act.person,
                act.check,
                act.meaning,
                act.verdict,
                digest,
                self._seq,
            ),
        )
        self.connection.execute("UPDATE checking SET state = 'signed' WHERE id = ?", (act.check,))
        if compared is not None:
            self._append(compared)
            self.connection.execute(
                "INSERT INTO comparison VALUES (?, ?, ?)", (act.round, act.state, json.dumps(compared))
            )
        self.connection.execute(
            "UPDATE batch SET state = ?, since = ? WHERE id = ?", (act.state, self._seq, act.batch)
        )
        self.connection.execute("COMMIT")

    def acts(self) -> set[Act]:
        """Return every sign-off with where its batch stands now."""
        rows = self.connection.execute(
            "SELECT s.checking, s.person, s.place, s.round, s.batch, b.state, s.meaning, s.verdict FROM sign_off s"
            " JOIN batch b ON b.id = s.batch JOIN checking c ON c.id = s.checking WHERE c.state = 'signed'"
        )
        return {Act(*row) for row in rows}
