# SPDX-License-Identifier: Apache-2.0
"""The one file: it runs with a bare Python from any folder, and the same sources give the same bytes."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

from qcdesk.checker import FILE, packing
from qcdesk.checker.sources import DATABASE
from tests.checker.logs import opened


def run(file: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start it with nothing of this environment: -I leaves out our paths, -S every installed library."""
    command = [sys.executable, "-I", "-S", str(file), *arguments]
    return subprocess.run(
        command, cwd=file.parent, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_the_file_alone_finds_what_the_package_finds(played: Path, damaged: Path, tmp_path: Path) -> None:
    file = tmp_path / FILE
    packing.write(file)
    good = run(file, str(played))
    assert good.returncode == 0, good.stderr
    assert "plain Python" in good.stdout, "no library was there to help"
    with opened(damaged) as db:
        db.execute("UPDATE event SET sig = zeroblob(64) WHERE seq = 20")
    bad = run(file, str(damaged), "--json")
    assert bad.returncode == 1
    assert {"event_hash"} <= {p["code"] for p in json.loads(bad.stdout)["problems"]}
    with sqlite3.connect(damaged / DATABASE) as db:
        db.execute("DROP TRIGGER event_no_delete")
    bare = run(file, str(damaged))
    assert "The database lacks one of its own rules or tables (trigger event_no_delete)." in bare.stdout


def test_the_same_sources_give_the_same_bytes() -> None:
    assert packing.packed() == packing.packed()
