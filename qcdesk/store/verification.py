# SPDX-License-Identifier: Apache-2.0
"""Verifying a workspace: the chain, every signature, every record and file, and every projection row from the log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from qcdesk.domain.codec import BadData
from qcdesk.domain.events import EventVoided
from qcdesk.domain.log import GENESIS, Event, StoredEvent
from qcdesk.services.ports import Problem, Progress, Verified
from qcdesk.store import mapping
from qcdesk.store.chain import EventProblem, check_event
from qcdesk.store.database import Database
from qcdesk.store.guarding import Verify
from qcdesk.store.keys_of import Known, Signer, brought_by, ended_by, sheet_brought_by
from qcdesk.store.projection import Add, Change, Drop, Put, Row, Set, changes
from qcdesk.store.tables import COLUMNS, PROJECTIONS

PAGE = 2_000
Key = tuple[Any, ...]


class Replay:
    """The projections as the log alone makes them, in memory."""

    def __init__(self) -> None:
        """Begin with empty tables."""
        self.tables: dict[str, dict[Key, Row]] = {name: {} for name in PROJECTIONS}

    def apply(self, change: Change) -> None:
        """Apply one change as the database would."""
        rows = self.tables[change.table]
        match change:
            case Put(table, row, over, keep):
                key = tuple(row[k] for k in COLUMNS[table][0])
                kept = rows.get(key)
                fresh = {k: v for k, v in row.items() if k not in keep} if kept else row
                rows[key] = {**kept, **fresh} if over and kept else dict(row)
            case Set(_, where, values):
                for row in self._where(change.table, where):
                    row.update(values)
            case Add(_, where, column, amount):
                for row in self._where(change.table, where):
                    before = row[column]
                    assert isinstance(before, int)
                    row[column] = before + amount
            case Drop(table, where):
                for row in list(self._where(table, where)):
                    del rows[tuple(row[k] for k in COLUMNS[table][0])]

    def _where(self, table: str, where: Row) -> Iterator[Row]:
        rows, key = self.tables[table], COLUMNS[table][0]
        if all(k in where for k in key):
            row = rows.get(tuple(where[k] for k in key))
            if row is not None and all(row[k] == v for k, v in where.items()):
                yield row
            return
        for row in rows.values():
            if all(row[k] == v for k, v in where.items()):
                yield row


class KnownKeys:
    """Which keys are active, as the log alone says."""

    def __init__(self) -> None:
        """Begin with none."""
        self._keys: dict[str, Known] = {}
        self._sheet: dict[str, Known] = {}

    def __call__(self, key: str, _seq: int) -> Known | None:
        """Return whose it is and the public key, or None."""
        return self._keys.get(key) or self._sheet.get(key)

    def learn(self, event: Event) -> None:
        """Take up the keys that a good event brings, and drop those that it ends."""
        for key in ended_by(event):
            gone = self._keys.get(key)
            if gone is not None:  # the sittings that it certified end with it
                self._keys = {
                    k: known for k, known in self._keys.items() if known[0].person != gone[0].person
                }
        self._keys.update(brought_by(event))
        self._sheet = sheet_brought_by(event) or self._sheet
        if event.type == "session.opened" and event.by is not None:
            signer = Signer(event.by, str(event.body["session"]))
            self._keys[str(event.body["key"])] = (signer, bytes.fromhex(str(event.body["public_key"])))
        elif event.type == "station.introduced":  # its key signs station events only: see `keys_of`
            signer = Signer(None, None, str(event.body["station"]))
            for old in [key for key, known in self._keys.items() if known[0] == signer]:
                del self._keys[old]
            self._keys[str(event.body["key"])] = (signer, bytes.fromhex(str(event.body["public_key"])))
        elif event.type in ("session.closed", "key.changed"):  # the key that signed this signs no more
            self._keys.pop(event.key, None)


def verify(database: Database, progress: Progress | None = None) -> Verified:
    """Check everything; see the port ``Keeping``. A cancelled run says so as a problem.

    The log only grows, so it is read page by page while others write; tables are compared with it at one moment.
    """
    walk = Walk(database.verify, progress)
    with database.reading() as connection:
        walk.total = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
    while not walk.cancelled:
        with database.reading() as connection:
            page = _page(connection, walk.read)
            walk.take(page)
            if len(page) < PAGE or walk.cancelled:
                break
    if not walk.cancelled:
        with database.reading() as connection:
            while page := _page(connection, walk.read):  # what came in since, and then nothing more can
                walk.take(page)
            if not walk.cancelled:
                walk.problems.extend(_compare(connection, walk.replay))
                walk.problems.extend(_records(connection, walk.replay))
        if not walk.cancelled:
            walk.problems.extend(_files(database.folder / "files", walk.replay))
            if progress is not None:
                progress(walk.done, walk.done)
    standing = (p for p in walk.problems if p.event not in walk.voided or p.code not in VOIDABLE)
    return Verified(walk.done, tuple(standing), (walk.last, walk.prev.hex()))


VOIDABLE = frozenset(("event_form", "event_hash", "event_key", "event_signature", "row_extra"))
"""What is wrong with a line that nobody signed, and with a row it brought: explained once two people declared it void."""


class Walk:
    """Going through the log once, in order: each event by itself, its place in the chain, what it makes of the tables."""

    def __init__(self, check: Verify, progress: Progress | None) -> None:
        """Begin before event 1. ``check`` verifies a signature."""
        self._check, self._progress = check, progress
        self.replay, self._keys = Replay(), KnownKeys()
        self.problems: list[Problem] = []
        self.prev, self.last, self.done, self.total = GENESIS, 0, 0, 0
        self.read = -(2**62)  # below any number a row could have
        self._vault: str | None = None
        self.voided: set[int] = set()
        self._failed: dict[int, str] = {}
        self.cancelled = False

    def take(self, page: list[StoredEvent]) -> None:
        """Take a page of the log; stops when cancelled."""
        for stored in page:
            self._take(stored)
            self.done += 1
            self.read = stored.seq
            if self.done % 200 == 0 and self._progress is not None:
                self.cancelled = not self._progress(self.done, max(self.total, self.done))
                if self.cancelled:
                    self.problems.append(Problem(stored.seq, None, "cancelled", {}))
                    return

    def _take(self, stored: StoredEvent) -> None:
        problem = check_event(stored, self._keys, self._check)
        if problem is not EventProblem.NONE:
            self.problems.append(Problem(stored.seq, None, f"event_{problem.value}", {}))
            self._failed[stored.seq] = stored.hash.hex()
            self.prev, self.last = stored.hash, stored.seq
            return
        event = stored.event()
        batch = event.body.get("batch")
        where = batch if isinstance(batch, str) else None
        self._vault = self._vault or event.vault
        if event.seq != self.last + 1 or event.prev != self.prev:
            self.problems.append(Problem(stored.seq, where, "chain_broken", {"after": str(self.last)}))
        if event.vault != self._vault:
            self.problems.append(Problem(stored.seq, where, "other_vault", {}))
        self.prev, self.last = stored.hash, stored.seq
        try:
            fact = mapping.fact_of(event)
        except (KeyError, BadData):
            self.problems.append(Problem(stored.seq, where, "event_unknown", {"type": event.type}))
            return
        strength = "station" if event.by is None else "act" if event.session is None else "entry"
        if strength != fact.STRENGTH:
            self.problems.append(Problem(stored.seq, where, "event_strength", {"type": event.type}))
        if isinstance(fact, EventVoided) and self._failed.get(fact.number) == fact.hash:
            self.voided.add(fact.number)
        self._keys.learn(event)
        for change in changes(event, fact):
            self.replay.apply(change)


def _page(connection: sa.Connection, after: int) -> list[StoredEvent]:
    rows = connection.execute(_PAGE, {"after": after, "limit": PAGE})
    return [StoredEvent(seq, bytes(body), bytes(sig), bytes(digest)) for seq, body, sig, digest in rows]


_PAGE = sa.text("SELECT seq, body, sig, hash FROM event WHERE seq > :after ORDER BY seq LIMIT :limit")


def _compare(connection: sa.Connection, replay: Replay) -> Iterator[Problem]:
    """Hold every row of every projection against what the log makes of it."""
    for table, (key, columns) in COLUMNS.items():
        expected = dict(replay.tables[table])
        names = ", ".join(columns)
        for found in connection.exec_driver_sql(f"SELECT {names} FROM {table}"):  # noqa: S608 - our own names
            row = dict(zip(columns, found, strict=True))
            wanted = expected.pop(tuple(row[k] for k in key), None)
            if wanted is None:
                yield _row_problem("row_extra", table, row, key)
            elif wanted != row:
                wrong = sorted(c for c in columns if wanted[c] != row[c])
                yield _row_problem("row_differs", table, row, key, ", ".join(wrong))
        for wanted in expected.values():
            yield _row_problem("row_missing", table, wanted, key)


def _row_problem(code: str, table: str, row: Row, key: tuple[str, ...], columns: str = "") -> Problem:
    batch = row.get("batch") if table != "batch" else row.get("id")
    seq = row.get("seq")
    return Problem(
        seq if isinstance(seq, int) else None,
        batch if isinstance(batch, str) else None,
        code,
        {"table": table, "key": " ".join(str(row[k]) for k in key), "columns": columns},
    )


def _records(connection: sa.Connection, replay: Replay) -> Iterator[Problem]:
    for row in replay.tables["sign_off"].values():
        found = connection.execute(
            sa.text("SELECT document FROM record WHERE sha256 = :s"), {"s": row["record"]}
        ).scalar()
        code = None
        if found is None:
            code = "record_missing"
        elif hashlib.sha256(bytes(found)).hexdigest() != row["record"]:
            code = "record_damaged"
        if code is not None:
            seq, batch = row["seq"], row["batch"]
            yield Problem(
                seq if isinstance(seq, int) else None, str(batch), code, {"record": str(row["record"])}
            )


def _files(folder: Path, replay: Replay) -> Iterator[Problem]:
    wanted: dict[str, Row] = {}
    for row in replay.tables["finding"].values():
        if row["photo"]:
            wanted[str(row["photo"])] = row
    for digest, row in wanted.items():
        path = folder / digest
        seq, batch = row["seq"], row["batch"]
        where = (seq if isinstance(seq, int) else None, str(batch))
        if not path.is_file():
            yield Problem(*where, "file_missing", {"file": digest})
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield Problem(*where, "file_damaged", {"file": digest})
