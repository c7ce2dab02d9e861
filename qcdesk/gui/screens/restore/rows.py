# SPDX-License-Identifier: Apache-2.0
"""What the page about restoring shows, in words that are ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A backup that was looked at. ``lacks``: the sentence about what is not in it, ``lines``: by batch and act."""

    headline: str
    facts: tuple[tuple[str, str], ...]
    how: Literal["whole", "lacks", "unknown"]
    lacks: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoneRow:
    """A backup that was restored. ``holds``: whether the copy verified without a finding."""

    holds: bool
    headline: str
    line: str
    lines: tuple[str, ...] = ()
