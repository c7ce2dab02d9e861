# SPDX-License-Identifier: Apache-2.0
"""Print queues of this system that keep what they are sent: the programs of CUPS, in a folder of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SCRIPT = """#!/bin/sh
[ "$2" = nobody ] && exit 1
printf '%s\\n' "$@" > "{said}"
cat > "{sent}"
[ "$2" = late ] && exit 1
echo "request id is $2-7 (0 file(s))"
"""
LISTS = """#!/bin/sh
[ "$1" = -d ] && echo "system default destination: Office"
[ "$1" = -e ] && printf '%s\\n' {names}
[ "$1 $2" = "-a late" ] && echo "late not accepting requests since Monday -"
[ "$1 $2" = "-a Zebra" ] && exit 1
[ "$1 $2" = "-a nobody" ] && exit 1
exit 0
"""


def fake_queue(
    folder: Path, monkeypatch: pytest.MonkeyPatch, names: str = "Office Zebra late nobody"
) -> Path:
    """Put the queues before the system's own; return the file in which they keep what came last.

    A printer called ``nobody`` takes nothing, and one called ``late`` refuses it in the end. The arguments stand in
    ``said`` beside the file. The system's usual one is ``Office``.
    """
    place = folder / "queue"
    place.mkdir()
    program = place / "lp"
    program.write_text(SCRIPT.format(said=place / "said", sent=place / "sent"))
    program.chmod(0o700)
    lists = place / "lpstat"
    lists.write_text(LISTS.format(names=names))
    lists.chmod(0o700)
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")
    return place / "sent"
