# SPDX-License-Identifier: Apache-2.0
"""Clocks: which time an event is given, and when a clock is not believed (trust.md §8.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qcdesk.domain.canonical import INTEGER_LIMIT
from qcdesk.domain.refusals import ClockBlocked, TimeFar

SECOND_US = 1_000_000
TOLERANCE_US = 120 * SECOND_US
"""A clock that is off by up to two minutes is believed."""
BEHIND_US = TOLERANCE_US
_EPOCH = date(1970, 1, 1).toordinal()
LATEST_US = INTEGER_LIMIT - 1
"""The last moment that a signed number can hold: in the year 2255."""
FAR_US = 24 * 3_600 * SECOND_US
"""A true time that is farther than a day from what the clock reads is asked about: it may be a slip in the year."""


@dataclass(frozen=True)
class Reading:
    """What the clocks read at one moment, in microseconds.

    ``wall``: this station's clock, UTC. ``steady``: a clock of this station that nobody sets and that counts sleep,
    from any beginning. ``server``: the database server's clock, UTC; None where there is no server. ``start``: which
    start of the machine the steady clock counts from.
    """

    wall: int
    steady: int
    server: int | None = None
    start: str = ""

    @property
    def believed(self) -> int:
        """The time that an event is given: the server's, which all stations share, where there is one."""
        return self.wall if self.server is None else self.server


def earliest_day(at: int) -> date:
    """Return the earliest day that an honest calendar on earth can have shown at a moment, in microseconds UTC."""
    return date.fromordinal(_EPOCH + (at - 12 * 3_600 * SECOND_US - TOLERANCE_US) // (86_400 * SECOND_US))


def time_of(reading: Reading, last: int | None) -> int:
    """Return an event's time: never below the last one's (None: there is none yet)."""
    return reading.believed if last is None else max(reading.believed, last)


def behind_seconds(reading: Reading, last: int | None) -> int:
    """Return by how much the clock is behind what it must be, in seconds; 0 within the tolerance."""
    floor = max(t for t in (last, reading.server, reading.wall) if t is not None)
    behind = floor - reading.wall
    return behind // SECOND_US if behind > TOLERANCE_US else 0


def require_not_behind(reading: Reading, last: int | None) -> None:
    """Refuse an act while the clock is blocked: more than two minutes behind the last event (or the server)."""
    seconds = behind_seconds(reading, last)
    if seconds:
        raise ClockBlocked(seconds)


def ahead_seconds(reading: Reading, start: Reading) -> int:
    """Return by how much the clock is ahead of the server, or of a steady clock since start; 0 within the tolerance."""
    passed = reading.steady - start.steady
    ahead = reading.wall - (start.wall + passed)
    if reading.server is not None:
        ahead = max(ahead, reading.wall - reading.server)
    return ahead // SECOND_US if ahead > TOLERANCE_US else 0


def require_near(true_time: int, wall: int) -> None:
    """Refuse a true time, in microseconds UTC, that is far from what the clock reads: whoever means it says so."""
    if abs(true_time - wall) > FAR_US:
        raise TimeFar(true_time, wall)
