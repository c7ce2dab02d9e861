# SPDX-License-Identifier: Apache-2.0
"""A warmed-up process that forks workers and kills them at random moments, so that a worker costs milliseconds.

Each line on standard input asks for one round: ``FOLDER SEED``. Standard output carries what the workers say and
then ``ended KILLED``. A line is written in one call below the size that a pipe takes whole, so none is ever cut.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback

from tests.trust.working import LOGINS, Worker
from tests.workspace import connect

WORKERS = 3
LONGEST = 40
"""How often the workers speak together, at most, before the first is killed: twice for each commit."""


def say(line: str) -> None:
    """Write a line outside, whole or not at all."""
    os.write(1, f"{line}\n".encode())


def work(folder: str, login: str, seed: int, ticks: int) -> None:
    """Work until killed, with a byte into ``ticks`` for each line said; any error is told, and fails the proof."""

    def tell(line: str) -> None:
        say(line)
        os.write(ticks, b".")

    try:
        worker = Worker(connect(folder, durable=True), login, tell, random.Random(seed))
        while True:
            worker.turn()
    except BaseException:
        say("error " + " / ".join(traceback.format_exc().splitlines()[-4:])[:3_000])
    finally:
        os._exit(1)


def a_round(folder: str, seed: int) -> int:
    """Fork workers, let them work for a moment, kill them one by one; how many died of it."""
    chance = random.Random(seed)
    heard, ticks = os.pipe()
    born = []
    for login in chance.sample(LOGINS, WORKERS):
        child = os.fork()
        if child == 0:
            work(folder, login, chance.getrandbits(32), ticks)
        born.append(child)
    os.close(ticks)
    for _ in range(chance.randint(0, LONGEST)):
        if not os.read(heard, 1):
            break
    time.sleep(chance.uniform(0, 0.02))
    killed = 0
    for child in born:
        os.kill(child, signal.SIGKILL)
        time.sleep(chance.uniform(0, 0.02))  # the others go on beside the dead one's journal
    os.close(heard)
    for child in born:
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    return killed


def main() -> None:
    """Answer requests until standard input ends."""
    for line in sys.stdin:
        folder, seed = line.split()
        say(f"ended {a_round(folder, int(seed))}")


if __name__ == "__main__":
    main()
