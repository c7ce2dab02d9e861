# SPDX-License-Identifier: Apache-2.0
"""A small shop to test with: an empty workspace with its first two people, signed in with cheap keys."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from qcdesk.services import enrol_people, sittings
from qcdesk.services.enrol_people import Founder
from qcdesk.services.ports import Hand, Sitting
from qcdesk.signing.keyring import Ed25519Keys
from qcdesk.signing.seals import Cost
from qcdesk.signing.verifying import verify
from qcdesk.store.database import Database, open_database
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.upgrading import upgrade

TODAY = date(2026, 11, 20)
CHEAP = Cost(8, 1, 1)


@dataclass
class CountedIds:
    """Ids in order, so that a test repeats itself."""

    counter: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new(self) -> str:
        return f"{next(self.counter):032x}"

    def seed(self) -> str:
        return f"{next(self.counter):032x}"


@dataclass
class StandingClock:
    """A clock that moves a second at every look."""

    at: int = int(datetime(2026, 11, 20, 8, tzinfo=UTC).timestamp()) * 1_000_000

    def now(self) -> int:
        self.at += 1_000_000
        return self.at

    def today(self) -> date:
        return TODAY


@dataclass
class SmallShop:
    """The workspace, its two people's hands and sittings."""

    database: Database
    clock: StandingClock
    ids: CountedIds
    keys: Ed25519Keys
    first: Hand
    second: Hand
    sitting: Sitting
    other: Sitting

    def begin(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.database, self.clock, self.ids, "test station", write=True)

    def look(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.database, self.clock, self.ids, "test station", write=False)

    def events(self) -> list[str]:
        """Return the types of all events in order."""
        with self.database.reading() as connection:
            return [r[0] for r in connection.exec_driver_sql("SELECT type FROM line ORDER BY seq")]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with self.database.reading() as connection:
            return [tuple(r) for r in connection.exec_driver_sql(query)]


@contextmanager
def small_shop(location: Path | str, files: Path | None = None) -> Iterator[SmallShop]:
    """Open an empty workspace with Lan and Somchai in it."""
    clock, ids, keys = StandingClock(), CountedIds(), Ed25519Keys(CHEAP, floor=CHEAP)
    database = open_database(str(location), verify, files=files)
    try:
        upgrade(database)

        def begin() -> SqlUnitOfWork:
            return SqlUnitOfWork(database, clock, ids, "test station", write=True)

        _, (first, second) = enrol_people.open_workspace(
            begin(),
            keys,
            ids,
            vault=ids.new(),
            shop="Đặng & 重庆",
            owner=Founder("lan", "Nguyễn Thị Lan", "correct horse battery lan", "1001"),
            second=Founder("somchai", "สมชาย ใจดี", "correct horse battery som", "1002"),
        )
        sitting = sittings.open_sitting(begin(), keys, ids, first)
        other = sittings.open_sitting(begin(), keys, ids, second)
        yield SmallShop(database, clock, ids, keys, first, second, sitting, other)
    finally:
        database.dispose()
