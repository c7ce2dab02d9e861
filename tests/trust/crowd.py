# SPDX-License-Identifier: Apache-2.0
"""A crowd at one workspace, each in a process of its own: takes whatever work there is, all at the same batches.

    python -m tests.trust.crowd LOCATION PROCESSES TRIES SEED [STOP]

Standard output carries what everybody says, and at the end of each a line ``end SLOWEST REFUSED``: the longest that
one thing took, in milliseconds, and how often a rule said no. With STOP everybody goes on until there is a file of
that name, bears with trouble, says ``trouble CODE`` and tries again a moment later.
"""

from __future__ import annotations

import os
import random
import sys
import time
import traceback

from qcdesk.services.trouble import Trouble
from qcdesk.store.database import Database
from tests.trust.working import LOGINS, Worker
from tests.workspace import connect


def say(line: str) -> None:
    """Write a line outside, whole: it is shorter than what a pipe takes in one piece."""
    os.write(1, f"{line}\n".encode())


def sat_down(location: str, number: int, chance: random.Random, stop: str) -> Worker:
    """Return somebody who has opened the workspace and signed in; with ``stop``, as soon as that can be done.

    Opening already asks the server: whoever comes late may come while it is down.
    """
    database: Database | None = None
    while True:
        try:
            database = database or connect(location, durable=True)
            return Worker(database, LOGINS[number % len(LOGINS)], say, chance, station=f"bench {number}")
        except Trouble as trouble:
            if not stop:
                raise
            say(f"trouble {trouble.code}")
            time.sleep(0.05)


def work(location: str, number: int, tries: int, seed: int, stop: str) -> None:
    """Do so many things, or go on until told to stop."""
    try:
        chance = random.Random(seed + number)
        worker = sat_down(location, number, chance, stop)
        slowest = 0.0
        for _ in range(tries):
            begun = time.monotonic()
            try:
                worker.turn()
            except Trouble as trouble:
                if not stop:
                    raise
                say(f"trouble {trouble.code}")
                time.sleep(0.05)
            slowest = max(slowest, time.monotonic() - begun)
            if stop and os.path.exists(stop):
                break
        say(f"end {slowest * 1_000:.0f} {worker.refused.total()}")
    except BaseException:
        say("error " + " / ".join(traceback.format_exc().splitlines()[-4:])[:3_000])
    finally:
        os._exit(0)


def main(location: str, processes: int, tries: int, seed: int, stop: str) -> None:
    """Fork everybody, and wait for all."""
    for number in range(processes):
        if os.fork() == 0:
            work(location, number, tries, seed, stop)
    for _ in range(processes):
        os.wait()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), "".join(sys.argv[5:]))
