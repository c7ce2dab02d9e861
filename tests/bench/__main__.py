# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmarks by hand: ``python -m tests.bench [--tiny] [--rounds N] [--events N] [--folder FOLDER] [NAME ...]``.

Prints ratios taken within one run; only ratios carry from one machine to another. Ordinary tests assert none of them.
Studies count instead of timing: how often figures about simulated goods and people are right.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import (
    analysis,
    audit,
    board,
    coverage,
    curves,
    entry,
    felt,
    figures,
    honest,
    papers,
    plans,
    report,
    sign_off,
    spc,
    start,
)
from tests.bench.measuring import Bench, Line, Size, Study, load_average, table

BENCHES: tuple[Bench, ...] = (
    sign_off.BENCH,
    entry.BENCH,
    felt.BENCH,
    board.BENCH,
    report.BENCH,
    papers.BENCH,
    start.BENCH,
    audit.BENCH,
    plans.BENCH,
    curves.BENCH,
    spc.BENCH,
    analysis.BENCH,
    figures.BENCH,
)
STUDIES: tuple[Study, ...] = (coverage.STUDY, honest.STUDY)


def measured(bench: Bench, size: Size, beside: str | None = None) -> list[Line]:
    """Run one benchmark in a fresh folder (below ``beside``), which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="qcdesk-bench-", dir=beside, ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)  # PostgreSQL runs as a user of its own when root starts it
        with patch.dict(os.environ, QCDESK_STATION_FOLDER=name):
            return bench.run(Path(name), size)


def main(arguments: list[str]) -> int:
    """Run what is asked for and print one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Benchmarks, by hand.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which; all unless named")
    parser.add_argument("--tiny", action="store_true", help="only show that they run")
    parser.add_argument("--rounds", type=int, help="rounds of the small things")
    parser.add_argument("--runs", type=int, help="runs of each setting of a study")
    parser.add_argument("--events", type=int, help="events of the long log")
    parser.add_argument("--folder", help="where to work: its disk is the one that is measured")
    given = parser.parse_args(arguments)
    known = {bench.name: bench for bench in BENCHES}
    studies = {study.name: study for study in STUDIES}
    if unknown := [name for name in given.names if name not in {**known, **studies}]:
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join({**known, **studies})}")
    size = Size.tiny() if given.tiny else Size()
    size = replace(
        size,
        rounds=given.rounds or size.rounds,
        events=given.events or size.events,
        runs=given.runs or size.runs,
    )
    asked = given.names or [*known, *studies]
    print(f"{os.cpu_count()} processors, load {load_average():.1f}, {size.rounds} rounds")
    lines: list[Line] = []
    for name in (name for name in asked if name in known):
        print(f"… {name}: {known[name].says}", flush=True)
        lines += measured(known[name], size, given.folder)
    if lines:
        print("\n" + table(lines))
    for name in (name for name in asked if name in studies):
        print(f"\n… {name}: {studies[name].says}\n\n{studies[name].run(size)}", flush=True)
    print(f"\nload {load_average():.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
