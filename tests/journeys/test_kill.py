# SPDX-License-Identifier: Apache-2.0
"""A process is killed again and again at its work: what it acknowledged is there, nothing is half done."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.verification import verify
from tests.workspace import House

ROOT = Path(__file__).parents[2]
ACKNOWLEDGED = 200
"""How many entries and signatures the killed processes acknowledge together, at least."""


def killed_run(folder: Path, at: int, after: int, wait: float) -> list[str]:
    """Let a worker acknowledge ``after`` lines, wait a moment (seconds), kill it; all lines that it had written."""
    command = [sys.executable, "-m", "tests.journeys.killed_worker", str(folder), str(at)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as worker:
        assert worker.stdout is not None
        lines: list[str] = []
        while len(lines) < after:
            line = worker.stdout.readline()
            assert line, "the worker ended by itself"
            lines.append(line.strip())
        time.sleep(wait)
        worker.kill()
        rest = worker.stdout.read()
    complete = rest[: rest.rfind("\n") + 1]  # a line cut off by the kill was not acknowledged
    return [*lines, *complete.split("\n")[:-1]]


def look_after_kill(house: House, said: list[str]) -> None:
    """Hold what every killed process has acknowledged so far against what is there."""
    uow = house.use.look()
    assert isinstance(uow, SqlUnitOfWork)
    with uow:
        for line in said:
            match line.split():
                case ["batch", number]:
                    assert uow.batch(number).number == number
                case ["check", started]:
                    assert uow.check(started).id == started
                case ["unit", started, unit]:
                    assert int(unit) in uow.work(started).done_units()
                case ["signed", started]:
                    assert uow.check(started).state == "signed"
        for number in uow.batch_numbers():
            batch = uow.batch(number)
            if batch.round is None:
                assert batch.state == "registered"
                continue
            standing = uow.round(batch.round)
            for check in standing.checks:
                work = uow.work(check.id)
                measured = {m.unit for m in work.measured}
                found = {f.unit for f in work.findings}
                assert measured == work.done_units()  # one save is whole or not there
                assert found == work.done_units() & {3}
                assert check.state in ("open", "signed")
            both = [c for c in standing.checks if c.state == "signed"]
            assert (len(both) == 2) == (standing.compared is not None)
            assert (standing.compared is not None) == (batch.state == "accepted")
    assert verify(house.database).problems == ()


def run_and_kill(house: House, acknowledged: int, seed: int) -> int:
    """Kill workers until so many entries and signatures were acknowledged; how many were killed."""
    chance = random.Random(seed)
    said: list[str] = []
    kills = 0
    while sum(line.startswith(("unit", "signed")) for line in said) < acknowledged:
        house.clock.forward(seconds=1_000)
        after, wait = chance.randint(2, 40), chance.uniform(0, 0.02)
        said += killed_run(house.database.folder, house.clock.at, after, wait)
        kills += 1
        look_after_kill(house, said)
    return kills


@pytest.mark.skipif(sys.platform == "win32", reason="there is no signal that cannot be caught")
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(house: House) -> None:
    assert run_and_kill(house, ACKNOWLEDGED, 20260302) >= 5
    house.clock.forward(seconds=1_000)
    batch = house.batch()
    house.check("linh", batch)
    house.check("som", batch)
    assert house.state(batch) == "accepted"


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="there is no signal that cannot be caught")
@pytest.mark.parametrize("seed", range(10))
def test_nothing_is_lost_over_many_kills(house: House, seed: int) -> None:
    run_and_kill(house, 1_000, seed)
