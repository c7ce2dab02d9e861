# SPDX-License-Identifier: Apache-2.0
"""What the sign sheet shows, in words that are ready to show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountRow:
    """A box under "What you found": name, number, what is allowed, and whether it rejects."""

    name: str
    count: str
    allowed: str
    rejects: bool = False


@dataclass(frozen=True, slots=True)
class SigningRow:
    """Everything above the fold of the sheet. ``refused`` says why it cannot be signed yet.

    ``refused``: the fact, the words of the way on, and the unit it leads to (0: nowhere).
    """

    title: str
    note: str
    meaning: str
    statement: str
    facts: tuple[tuple[str, str], ...]
    found_title: str
    verdict: str
    rejected: bool
    counts: tuple[CountRow, ...]
    remark: str
    record: str
    act: str
    back: str
    person: str
    person_note: str
    refused: tuple[str, str, int] | None = None
