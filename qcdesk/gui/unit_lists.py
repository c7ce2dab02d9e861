# SPDX-License-Identifier: Apache-2.0
"""Unit numbers as one types them: ``1-80`` or ``7, 9, 12-20``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qcdesk.domain.inputs import BadInput

MOST_UNITS = 1_000_000
_RANGE = re.compile(r"([0-9]{1,9})(?:\s*[-–]\s*([0-9]{1,9}))?")


def parse_units(text: str, field: str) -> tuple[int, ...]:
    """Return the units that a text names; none for an empty one. Raises: BadInput ``units``."""
    found: dict[int, None] = {}
    for piece in text.split(",") if text.strip() else ():
        match = _RANGE.fullmatch(piece.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not 0 < first <= last or len(found) + last - first >= MOST_UNITS:
            raise BadInput("units", facts={"value": text[:60]}, where={"field": field})
        found.update(dict.fromkeys(range(first, last + 1)))
    return tuple(found)


def written_units(units: Iterable[int]) -> str:
    """Return units the way they are typed, runs joined."""
    runs: list[list[int]] = []
    for unit in sorted(set(units)):
        if runs and unit == runs[-1][1] + 1:
            runs[-1][1] = unit
        else:
            runs.append([unit, unit])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
