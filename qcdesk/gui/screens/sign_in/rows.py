# SPDX-License-Identifier: Apache-2.0
"""What the sign-in screen shows, in words that are ready to show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TileRow:
    """A name on the wall."""

    person: str
    name: str
    role: str
    staff: str = ""
