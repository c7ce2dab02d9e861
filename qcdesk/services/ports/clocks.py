# SPDX-License-Identifier: Apache-2.0
"""Where time and new ids come from."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Clock(Protocol):
    """The one place where time comes from."""

    def now(self) -> int:
        """Return microseconds since 1970 UTC."""

    def today(self) -> date:
        """Return the local day."""


class Ids(Protocol):
    """Where new ids come from."""

    def new(self) -> str:
        """Return a fresh id: 32 lower-case hexadecimal digits."""
