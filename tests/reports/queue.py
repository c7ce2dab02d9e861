# SPDX-License-Identifier: Apache-2.0
"""A print queue of this system that keeps what it is sent: the program ``lp`` of a folder of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SCRIPT = """#!/bin/sh
[ "$2" = nobody ] && exit 1
printf '%s\\n' "$@" > "{said}"
cat > "{sent}"
"""


def fake_queue(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the queue before the system's own; return the file in which it keeps what came last.

    A printer called ``nobody`` takes nothing. The arguments stand in ``said`` beside the file.
    """
    place = folder / "queue"
    place.mkdir()
    program = place / "lp"
    program.write_text(SCRIPT.format(said=place / "said", sent=place / "sent"))
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")
    return place / "sent"
