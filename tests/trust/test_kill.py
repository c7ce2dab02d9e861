# SPDX-License-Identifier: Apache-2.0
"""Processes killed with -9 at their work, several at once: nothing acknowledged is lost, nothing is half done.

Three people work at once on one SQLite workspace, in processes of their own: they register, record findings with
photos and readings, sign and release. Each says outside, before and after every commit, which events are in it. They
are killed one after the other at random moments, so that those still alive meet the journal of the dead. After each
round of kills what was said is held against what is there, and the whole workspace is verified.

A killed process leaves the system's caches alone: what a power cut does is another proof (``power_cuts``).
"""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.conftest import in_memory
from tests.trust.working import Ledger, copy_house, lay_house, stray_files
from tests.workspace import connect

ROOT = Path(__file__).parents[2]
ROUNDS_A_HOUSE = 8

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="neither fork nor a signal that cannot be caught"
)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory, where there is one: a kill leaves all that was written, synced or not."""
    with tempfile.TemporaryDirectory(prefix="qcdesk-kill-", dir=in_memory()) as folder:
        yield Path(folder)


def kill_many(place: Path, kills: int, seed: int) -> tuple[int, str]:
    """Kill until so many have died, with a fresh workspace now and then; how many, and a line of figures."""
    lay_house(str(place / "template"))
    chance = random.Random(seed)
    killed = acknowledged = unknown = photos = orphans = houses = 0
    command = [sys.executable, "-m", "tests.trust.forking"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        while killed < kills:
            houses += 1
            folder = copy_house(place / "template", place / f"house-{houses}")
            ledger, database = Ledger(), connect(str(folder), durable=True)
            for _ in range(ROUNDS_A_HOUSE):
                print(folder, chance.getrandbits(32), file=parent.stdin, flush=True)
                for line in parent.stdout:
                    if line.startswith("ended"):
                        killed += int(line.split()[1])
                        break
                    ledger.hear(line)
                ledger.compare(database)
                assert stray_files(folder / "files") == []
            database.dispose()
            acknowledged += len(ledger.did)
            unknown += len(ledger.unknown)
            names = [p.name for p in (folder / "files").iterdir()] if (folder / "files").is_dir() else []
            orphans += sum(name.endswith(".part") for name in names)
            photos += len(names)
        parent.stdin.close()
    assert acknowledged > kills
    assert unknown
    assert photos > orphans
    return killed, (
        f"kill -9: {killed} kills, {acknowledged} acknowledged transactions, {unknown} cut before they were"
        f" acknowledged, {photos - orphans} photos, {orphans} unfinished photo files: 0 lost, 0 half, 0 taken for content"
    )


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(place: Path) -> None:
    killed, _ = kill_many(place, 200, 20260302)
    assert killed >= 200


@pytest.mark.long
def test_nothing_is_lost_over_many_kills(place: Path, figures: Callable[[str], None]) -> None:
    killed, line = kill_many(place, 1_000, 7)
    assert killed >= 1_000
    figures(line)


def test_a_lost_event_would_be_noticed(place: Path) -> None:
    lay_house(str(place / "house"))
    ledger, database = Ledger(), connect(str(place / "house"))
    ledger.compare(database)
    gone = hashlib.sha256(b"never written").hexdigest()
    ledger.hear(f"did {gone}")
    with pytest.raises(AssertionError, match="gone"):
        ledger.compare(database)
    with database.reading() as connection:
        there = bytes(connection.exec_driver_sql("SELECT hash FROM event LIMIT 1").scalar_one()).hex()
    half = Ledger()
    half.hear(f"will {there} {gone}")
    with pytest.raises(AssertionError, match="half"):
        half.compare(database)
    database.dispose()
