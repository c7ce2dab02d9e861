# SPDX-License-Identifier: Apache-2.0
"""What every event's body is, and the words that several of them share."""

from __future__ import annotations

from typing import ClassVar, Literal

Strength = Literal["act", "entry", "station", "either"]
"""``either``: what the program says in the wake of an event, by whichever key signed that."""
Place = Literal["first", "second", "third"]
Outcome = Literal["accepted", "rejected", "disagreed"]
Verdict = Literal["accepted", "rejected"]


class Fact:
    """Base of everything that can stand in the log."""

    TYPE: ClassVar[str] = ""
    STRENGTH: ClassVar[Strength] = "entry"
