# SPDX-License-Identifier: Apache-2.0
"""Power cut at any moment: every acknowledged act, photo, backup and paper is there, and nothing is half done.

How the model is built. One process plays a day of a workspace, from the empty folder on: schema, set-up, four people
who record findings with photos, sign and release, a backup, a saved paper. It runs the program's own code on the
program's own driver; ``recording.py`` writes down, inside that driver and around Python's file calls, each write,
truncation, sync, rename, deletion and sync of a folder, in order, and a mark with the state of all tables whenever a
commit has returned. A cut is a random place in that list. ``disks.py`` builds the disk as it may be found then: what
was synced is there; of what was not, nothing, all, or a random part is, in any order, torn at sectors of 512 bytes,
with zeros where a file grew and its bytes did not arrive; a name that was created, renamed or deleted without a later
sync of its folder may be back as it was, each name by itself, which is less than any journaling file system keeps.
Then the real driver opens the disk, rolls back what must be, and all rows of all tables must be those of the last
acknowledged commit or of the one under way; photos, backup and paper must be whole; now and then the whole is verified.

What it cannot show. A disk that lies about a sync, writes a sector into its neighbour or loses what it had: only a
second disk helps there. A sector that holds neither the old nor the new bytes. Systems other than the one that runs
the test (Windows syncs no folders), and PostgreSQL, whose own sync order is its makers' business; that its commits
survive a killed server is another proof (``postmaster``).
"""

from __future__ import annotations

import bisect
import hashlib
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcdesk import bootstrap
from qcdesk.store.manifests import read_manifest
from qcdesk.store.verification import verify
from tests.store.conftest import in_memory
from tests.trust.disks import Disk, Luck
from tests.trust.recorded_day import PAPER, WORKSPACE, state_of
from tests.trust.recording import Op
from tests.workspace import HandClock, cheap_keys, connect

ROOT = Path(__file__).parents[2]
VERIFY_EVERY = 25

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"),
    reason="the driver's C interface and /proc are asked for what happens",
)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory, where there is one: the disk is simulated."""
    with tempfile.TemporaryDirectory(prefix="qcdesk-power-", dir=in_memory()) as folder:
        yield Path(folder)


def record(place: Path, seed: int) -> tuple[str, list[Op]]:
    """Record a day; the folder that stood for the disk, and what it was asked."""
    root, out = place / f"disk-{seed}", place / "ops"
    root.mkdir()
    command = [sys.executable, "-m", "tests.trust.recorded_day", str(root), str(seed), str(out)]
    subprocess.run(command, check=True, cwd=ROOT)
    ops: list[Op] = pickle.loads(out.read_bytes())
    shutil.rmtree(root)
    return str(root), ops


class Acknowledged:
    """What had been acknowledged at each place of the list."""

    def __init__(self, ops: list[Op]) -> None:
        """Read the marks."""
        marks = [(at, op) for at, op in enumerate(ops) if op.kind == "mark"]
        self.laid = next(at for at, op in marks if op.path == "laid")
        self._states = [(at, op.data) for at, op in marks if op.path in ("laid", "committed")]
        self._backup = next((at, op.data.decode()) for at, op in marks if op.path == "backup")
        self._paper = next((at, op.data) for at, op in marks if op.path == "paper")

    def states(self, at: int) -> set[bytes]:
        """Return the states of all tables that a cut before the op at this place may leave."""
        after = bisect.bisect_left(self._states, at, key=lambda s: s[0])
        return {state for _, state in self._states[max(after - 1, 0) : after + 1]}

    def backup(self, at: int) -> str | None:
        """Return the folder of the backup that must be there."""
        return self._backup[1] if self._backup[0] < at else None

    def paper(self, at: int) -> bytes | None:
        """Return the hash of the paper that must be there."""
        return self._paper[1] if self._paper[0] < at else None


def look(found: Path, at: int, acknowledged: Acknowledged, *, thorough: bool) -> None:
    """Start anew after a cut, as the program would, and hold what is there against what was acknowledged."""
    folder = found / WORKSPACE
    if at <= acknowledged.laid:  # nothing was promised yet; laying it again must do
        bootstrap.open_workspace(str(folder), create=True, keys=cheap_keys(), clock=HandClock()).close()
    database = connect(str(folder), durable=True)
    try:
        assert state_of(database) in acknowledged.states(at)
        with database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            photos = connection.exec_driver_sql("SELECT DISTINCT photo FROM finding WHERE photo IS NOT NULL")
            for digest in photos.scalars().all():
                assert hashlib.sha256((folder / "files" / digest).read_bytes()).hexdigest() == digest
        if thorough:
            assert verify(database).problems == ()
    finally:
        database.dispose()
    backup, paper = acknowledged.backup(at), acknowledged.paper(at)
    if backup is not None:
        there = found / "backups" / Path(backup).name
        for file in read_manifest(there).files:
            assert hashlib.sha256((there / file.name).read_bytes()).hexdigest() == file.sha256
    if paper is not None:
        assert hashlib.sha256((found / PAPER).read_bytes()).digest() == paper


def cut_many(place: Path, cuts: int, seed: int) -> tuple[int, str]:
    """Cut the power so often, in one recorded day; how often a half-written commit was met, and a line of figures."""
    root, ops = record(place, seed)
    acknowledged, chance = Acknowledged(ops), random.Random(seed)
    early = [
        chance.randrange(acknowledged.laid + 1) for _ in range(cuts // 50)
    ]  # laying it takes most of a second
    later = [chance.randrange(acknowledged.laid + 1, len(ops) + 1) for _ in range(cuts - len(early))]
    disk, done, hot = Disk(root), 0, 0
    for number, at in enumerate(sorted(early + later)):
        for op in ops[done:at]:
            if op.kind != "mark":
                disk.ask(op)
        done, found = at, place / "found"
        disk.write_out(found, Luck(chance))
        journal = found / WORKSPACE / "qcdesk.sqlite-journal"
        hot += journal.is_file() and journal.stat().st_size > 0
        look(found, at, acknowledged, thorough=number % VERIFY_EVERY == 0)
        shutil.rmtree(found)
    commits = sum(op.path == "committed" for op in ops)
    return hot, (
        f"power cuts: {cuts} cuts among {len(ops)} calls of the disk and {commits} commits, {hot} met a journal:"
        " 0 acknowledged lost, 0 half"
    )


def test_nothing_acknowledged_is_lost_in_a_power_cut(place: Path) -> None:
    hot, _ = cut_many(place, 500, 11)
    assert hot > 100


@pytest.mark.long
def test_nothing_is_lost_over_many_power_cuts(place: Path, figures: Callable[[str], None]) -> None:
    for seed in range(5):
        hot, line = cut_many(place, 2_000, seed)
        assert hot > 400
        figures(line)


def test_a_sync_left_out_is_noticed(place: Path) -> None:
    root, ops = record(place, 3)
    acknowledged, chance = Acknowledged(ops), random.Random(3)
    for left_out in ("sync", "sync_folder"):
        disk = Disk(root)
        for op in ops:
            if op.kind not in ("mark", left_out):
                disk.ask(op)
        lost = 0
        for _ in range(10):
            disk.write_out(place / "found", Luck(chance))
            try:
                look(place / "found", len(ops), acknowledged, thorough=False)
            except Exception:
                lost += 1
            shutil.rmtree(place / "found")
        assert lost
