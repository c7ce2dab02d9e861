# SPDX-License-Identifier: Apache-2.0
"""P7: from starting the process to the board painted with rows, against an empty PySide6 window; offscreen.

Whole processes are timed, with the interpreter's own start in both; the file cache is warm and everything compiled.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from qcdesk.store.upgrading import upgrade
from tests.bench.measuring import Bench, Line, Size, compare
from tests.workspace import HandClock, House, connect, secret


def _start(module: str, *arguments: str) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    env.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # an installed program is compiled; the first, warming round does that
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{module}", *arguments],
        env=env,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, f"{module} did not come to its paint: {done.returncode}"


def run(folder: Path, size: Size) -> list[Line]:
    """Start both, in turn."""
    place = folder / "workspace"
    database = connect(str(place), durable=True)
    upgrade(database)
    house = House.ready(database, HandClock())
    for _ in range(20):
        house.batch()
    database.dispose()
    line = compare(
        "P7 start to the board with rows",
        "2.5x, then 1.5x",
        ours=partial(_start, "board_window", str(place), "linh", secret("linh")),
        base=partial(_start, "empty_window"),
        rounds=size.starts,
        warm=int(size.starts > 1),  # one start shows that it still runs
    )
    return [line]


BENCH = Bench("start", "process start to the first useful paint", run)
