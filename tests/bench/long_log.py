# SPDX-License-Identifier: Apache-2.0
"""Writes a workspace with a very long log: months of checks, every line signed, every table as the program would have it.

Written past the program, straight into the file, so that a million events take minutes.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from qcdesk.checker.lines import Row
from qcdesk.domain.log import StoredEvent
from qcdesk.signing.verifying import verify
from qcdesk.store import mapping
from qcdesk.store.database import FILE_NAME, open_database
from qcdesk.store.projection import changes
from qcdesk.store.rebuilding import Replay
from qcdesk.store.tables import COLUMNS
from qcdesk.store.upgrading import upgrade
from tests.checker.book import Book, name_of

SAVES = 20
"""Entries of one check; with both checks a batch comes to some fifty lines."""
PART = 20_000


def write(folder: Path, events: int) -> Path:
    """Make a workspace whose log has about so many events; the folder."""
    database = open_database(str(folder), verify)
    upgrade(database)
    database.dispose()
    db = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("BEGIN")
    rules = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in rules:
        db.execute(f"DROP TRIGGER {name}")
    _fill(db, events)
    for _, sql in rules:
        db.execute(sql)
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.close()
    return folder


def _fill(db: sqlite3.Connection, events: int) -> None:
    book, replay, number = Book(), Replay(), 0
    book.opened()
    while book.seq < events:
        number += 1
        _batch(book, f"B-{number}")
        if len(book.rows) > PART:
            _store(db, book.rows, replay)
            book.rows.clear()
            for table in ("line", "unit_result", "finding", "reading"):  # never changed by what comes later
                _put(db, table, replay)
                replay.tables[table].clear()
    _store(db, book.rows, replay)
    for table in COLUMNS:
        _put(db, table, replay)
    db.execute(_SEALS)
    db.executemany("INSERT INTO record (sha256, document) VALUES (?, ?)", book.records.items())


def _batch(book: Book, number: str) -> None:
    batch = book.batch(number)
    round_ = book.round(batch, number=number)
    checks = book.both(batch, round_, ((1, "DEN"),), ((1, "DEN"),), saves=SAVES)
    book.release("bo", batch, round_, checks)
    day = datetime.fromtimestamp(book.at / 1_000_000, UTC).date().isoformat()
    book.entry("an", "batch.shipped", {"batch": batch, "shipment": name_of("ship", batch), "quantity": 20, "to": "ACME",
               "on": day, "document": ""})  # fmt: skip


def _store(db: sqlite3.Connection, rows: list[Row], replay: Replay) -> None:
    db.executemany("INSERT INTO event (seq, body, sig, hash) VALUES (?, ?, ?, ?)", rows)
    for row in rows:
        event = StoredEvent(*row).event()
        for change in changes(event, mapping.fact_of(event)):
            replay.apply(change)


def _put(db: sqlite3.Connection, table: str, replay: Replay) -> None:
    columns = COLUMNS[table][1]
    marks = ", ".join("?" * len(columns))
    found = ([row[c] for c in columns] for row in replay.tables[table].values())
    db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", found)


_SEALS = (  # each key that is active has its seal; nobody opens these
    "INSERT INTO sealed_key (key, person, public_key, sealed)"
    " SELECT key, person, public_key, 'of the long log' FROM person_key WHERE until_seq IS NULL"
)
