# SPDX-License-Identifier: Apache-2.0
"""Plays the ``sqlite3`` shell on a file, in a process of its own: ``python -m tests.trust.sqlite_shell FILE < SCRIPT``.

It stands in where that program is not installed: the interpreter's own ``sqlite3`` module knows as little of our
functions as the shell does, so it is as good an attacker. Statements end with a line that holds only ``;``, and one
that fails does not stop the next, as in the shell.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DONE = "all statements were tried"


def tried(file: Path, statements: list[str]) -> int:
    """Run statements on a file as the shell would, one after the other; how many the shell refused."""
    shell = shutil.which("sqlite3")
    command = (
        [shell, "-batch", str(file)]
        if shell
        else [sys.executable, "-m", "tests.trust.sqlite_shell", str(file)]
    )
    script = "".join(f"{s}\n;\n" for s in [*statements, f"SELECT '{DONE}'"])
    ran = subprocess.run(
        command, input=script, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120
    )
    assert DONE in ran.stdout, ran.stderr[-2_000:]
    return sum(1 for line in ran.stderr.splitlines() if "error" in line.lower())


def main(file: str) -> None:
    """Run what stands on standard input."""
    connection = sqlite3.connect(file, isolation_level=None)
    for statement in sys.stdin.read().split("\n;\n"):
        try:
            for row in connection.execute(statement):
                print("|".join(str(value) for value in row))
        except (sqlite3.Error, sqlite3.Warning) as problem:
            print(f"Error: {problem}", file=sys.stderr)
    connection.close()


if __name__ == "__main__":
    main(sys.argv[1])
