# SPDX-License-Identifier: Apache-2.0
"""Sampling plans: many in one process against bare look-ups, and one command against importing Typer."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from itertools import product
from pathlib import Path

from qcdesk.statistics.sampling import plan_for
from qcdesk.statistics.sampling_stages import PLAN_TYPES
from qcdesk.statistics.sampling_tables import AQLS, SEVERITIES, STANDARDS
from tests.bench.measuring import Bench, Line, Size, compare

ASKED = tuple(product((40, 1_000, 36_000), ("II",), AQLS, SEVERITIES, PLAN_TYPES, STANDARDS))


def _plans(times: int) -> None:
    for _ in range(times):
        for lot, level, aql, severity, plan_type, standard in ASKED:
            plan_for(lot, level, aql, severity, plan_type, standard)


def _look_ups(known: dict[tuple[object, ...], object], times: int) -> None:
    for _ in range(times):
        for lot, level, aql, severity, plan_type, standard in ASKED:
            known[lot, level, aql, severity, plan_type, standard]


def _process(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=Path(__file__).parents[2], check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr


def run(folder: Path, size: Size) -> list[Line]:
    """Look plans up, then start both processes in turn."""
    known: dict[tuple[object, ...], object] = {asked: plan_for(*asked) for asked in ASKED}
    times = max(1, size.rounds // 20)
    return [
        compare(
            "one plan_for call, all tables in turn",
            "10 µs: 100,000 a second",
            ours=partial(_plans, times),
            base=partial(_look_ups, known, times),
            rounds=size.starts,
            per=times * len(ASKED),
        ),
        compare(
            "qcdesk sample, against importing Typer",
            "1.5x",
            ours=partial(_process, "-m", "qcdesk", "sample", "--lot-size", "1000", "--aql", "1.0"),
            base=partial(_process, "-c", "import typer"),
            rounds=size.starts,
        ),
    ]


BENCH = Bench("plans", "sampling plans looked up, and the command that gives one", run)
