# SPDX-License-Identifier: Apache-2.0
"""What the page about verification shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One thing that does not hold: number of the event ("" where there is none), batch, sentence."""

    event: str
    batch: str
    number: str
    problem: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came out, headline first."""

    how: Literal["unknown", "holds", "broken", "stopped"]
    headline: str
    line: str
    facts: tuple[tuple[str, str], ...] = ()
    findings: tuple[FindingRow, ...] = ()
    lost: bool = False
    tables: bool = False
    """Whether rows of tables are among the findings: two people can have them written anew."""
