# SPDX-License-Identifier: Apache-2.0
"""One day of a workspace, recorded: laid, worked in by four people with photos, backed up, a paper saved.

    python -m tests.trust.recorded_day FOLDER SEED FILE

plays it below an empty folder, which stands for a disk, and leaves what the disk was asked in FILE.
"""

from __future__ import annotations

import hashlib
import pickle
import random
import sys
from pathlib import Path
from typing import Any

from qcdesk import bootstrap
from qcdesk.reports.inspection import write
from qcdesk.store.backups import back_up
from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.unit_of_work import SqlUnitOfWork
from tests.trust.recording import Recorder
from tests.trust.working import LOGINS, Worker
from tests.workspace import HandClock, House, cheap_keys, connect

TURNS = 70
WORKSPACE = "workspace"
PAPER = "paper.pdf"


def state_of(database: Database) -> bytes:
    """Return one hash over every row of every table."""
    digest = hashlib.sha256()
    with database.reading() as connection:
        driver: Any = (
            connection.connection.driver_connection
        )  # asked of nearly a hundred tables after each cut
        tables = driver.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        for (table,) in tables:
            digest.update(table.encode())
            for row in driver.execute(f'SELECT * FROM "{table}"'):
                digest.update(repr(row).encode())
    return digest.digest()


def play(root: Path, seed: int) -> Recorder:
    """Play the day."""
    recorder = Recorder(root)
    folder = root / WORKSPACE
    bootstrap.open_workspace(str(folder), create=True, keys=cheap_keys(), clock=HandClock()).close()
    database = connect(str(folder), durable=True)
    recorder.mark("laid", state_of(database))
    plain = SqlUnitOfWork.commit

    def commit(uow: SqlUnitOfWork) -> None:
        plain(uow)
        recorder.mark("committed", state_of(database))

    SqlUnitOfWork.commit = commit  # type: ignore[method-assign, assignment]
    chance, clock = random.Random(seed), HandClock()
    house = House.ready(database, clock)
    house.enrol("minh", "Trần Văn Minh", "inspector", "releaser")
    house.enrol("lan", "王兰", "inspector")
    people = [Worker(database, login, lambda _: None, chance, clock=clock) for login in LOGINS]
    for turn in range(TURNS):
        chance.choice(people).turn()
        if turn == TURNS // 2:
            made = back_up(database, root / "backups", clock.now())
            recorder.mark("backup", made.folder.encode())
            paper = b"%PDF-1.4 " + chance.randbytes(9_000)
            write(paper, root / PAPER)
            recorder.mark("paper", hashlib.sha256(paper).digest())
    assert (folder / FILE_NAME).is_file()
    database.dispose()
    return recorder


if __name__ == "__main__":
    _, place, number, out = sys.argv
    Path(out).write_bytes(pickle.dumps(play(Path(place), int(number)).ops))
