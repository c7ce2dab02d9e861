# SPDX-License-Identifier: Apache-2.0
"""Many processes at the same few batches at once: never two in one place, never one person twice, nobody locked out.

Fifty processes (eight in the everyday run) of four people take whatever work there is, so that several reach for the
same place, and several processes even for the same person. All of it goes on at both engines. Afterwards every round
is looked at with plain SQL, every acknowledged act must be there, and the whole verifies. Whatever is not a rule's "no"
fails the proof: above all nobody may be told that somebody else is writing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcdesk.store.database import Database
from tests.store.conftest import Server, in_memory
from tests.trust.working import Ledger, lay_house
from tests.workspace import connect

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the crowd is forked")

WRONG = {
    "two standing checks in one place": "SELECT round, place FROM checking WHERE state IN ('open', 'signed')"
    " GROUP BY round, place HAVING count(*) > 1",
    "two standing signatures in one place": "SELECT round, place FROM sign_off WHERE standing = 1"
    " GROUP BY round, place HAVING count(*) > 1",
    "one person twice in a round": "SELECT round, person FROM sign_off WHERE standing = 1"
    " AND place IN ('first', 'second', 'third') GROUP BY round, person HAVING count(*) > 1",
    "the first person released": "SELECT r.round FROM sign_off r JOIN sign_off f ON f.round = r.round"
    " AND f.person = r.person WHERE r.place = 'release' AND f.place = 'first'",
    "accepted without two signatures": "SELECT b.number FROM batch b WHERE b.state IN ('accepted', 'released')"
    " AND (SELECT count(DISTINCT s.person) FROM sign_off s WHERE s.round = b.round AND s.standing = 1"
    " AND s.place IN ('first', 'second')) <> 2",
}
"""What must not be, and the statement that would find it."""


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A workspace for four people: a folder in memory where there is one, then a database on a real server."""
    if request.param == "sqlite":
        with tempfile.TemporaryDirectory(prefix="qcdesk-crowd-", dir=in_memory() or tmp_path) as folder:
            lay_house(folder)
            yield folder
        return
    server: Server = request.getfixturevalue("postgresql_server")
    name, address = server.fresh()
    lay_house(address)
    yield address
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def crowd(location: str, processes: int, tries: int) -> tuple[Ledger, int, int]:
    """Let the crowd in; what was said, the slowest thing in milliseconds, and how often a rule said no."""
    command = [sys.executable, "-m", "tests.trust.crowd", location, str(processes), str(tries), "5"]
    ledger, slowest, refused, ended = Ledger(), 0, 0, 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if line.startswith("end "):
                ended += 1
                slowest, refused = max(slowest, int(line.split()[1])), refused + int(line.split()[2])
            else:
                ledger.hear(line)
    assert ended == processes
    return ledger, slowest, refused


def hold(database: Database, ledger: Ledger) -> int:
    """Hold what is there against the rules and against what was said; how many signatures there are."""
    assert not ledger.unknown
    ledger.compare(database)
    with database.reading() as connection:
        for what, query in WRONG.items():
            assert not connection.exec_driver_sql(query).all(), what
        return int(connection.exec_driver_sql("SELECT count(*) FROM sign_off").scalar_one())


def let_in(location: str, processes: int, tries: int) -> str:
    """Let a crowd in and look at what it left; a line of figures."""
    ledger, slowest, refused = crowd(location, processes, tries)
    database = connect(location)
    try:
        signatures = hold(database, ledger)
        engine = database.dialect
    finally:
        database.dispose()
    assert signatures > 0
    assert refused > 0
    return (
        f"at once, {engine}: {processes} processes x {tries} tries, {len(ledger.did)} commits, {signatures} signatures,"
        f" {refused} times a rule said no, slowest {slowest} ms: 0 double places, 0 same person twice, 0 locked out"
    )


def test_nobody_gets_a_place_twice_and_nobody_is_locked_out(location: str) -> None:
    assert let_in(location, 8, 25)


@pytest.mark.long
def test_crowd_of_fifty(location: str, figures: Callable[[str], None]) -> None:
    figures(let_in(location, 50, 200))
