# SPDX-License-Identifier: Apache-2.0
"""What the page of a checked paper shows, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["holds", "unknown", "broken"]


@dataclass(frozen=True, slots=True)
class SignerRow:
    """Who signed, as what, with which staff number, and when."""

    place: str
    name: str
    staff: str
    at: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """The answer about a paper. ``name``: of the file, or where it came from; ``lists``: headings with their lines."""

    how: How
    name: str
    headline: str
    line: str
    facts: tuple[tuple[str, str], ...] = ()
    signers: tuple[SignerRow, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
