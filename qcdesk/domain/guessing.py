# SPDX-License-Identifier: Apache-2.0
"""Failed tries at a secret: how long the next one waits, and when a person is locked (trust.md §5.3).

The count is what the log says, so that no restart and no other workstation begins it anew. A row of failures ends with
any act or sign-in of the person's own key, which only the secret opens, and with an unlocking by somebody else; being
a co-signer ends none. A lock ends by time, by somebody else or with the recovery sheet: after it a new row begins.
"""

from __future__ import annotations

from dataclasses import dataclass

TRIES_TO_LOCK = 10
LOCK_SECONDS = 12 * 3600
LONGEST_WAIT_SECONDS = 300
_SECOND_US = 1_000_000


def wait_after(in_a_row: int) -> int:
    """Return the seconds until the next try after so many failures in a row: 0, 0, 1, 2, 4 … 300."""
    return 0 if in_a_row < 2 else min(2 ** (in_a_row - 2), LONGEST_WAIT_SECONDS)


@dataclass(frozen=True)
class Moment:
    """A point in time as one workstation saw it.

    ``at``: microseconds UTC. ``steady``: microseconds that a clock nobody can set has counted since ``start``, the id
    of a start of that machine (or of the program, where the machine does not tell).
    """

    at: int
    station: str
    start: str
    steady: int

    def since(self, earlier: Moment) -> int:
        """Return the microseconds gone by since an earlier moment, never less than 0.

        On one machine that was not started anew meanwhile only the steady clock counts: setting the time changes
        nothing. Otherwise there is only the time of day; then a clock set ahead shortens a wait, and the log shows it.
        """
        if (self.station, self.start) == (earlier.station, earlier.start):
            return max(0, self.steady - earlier.steady)
        return max(0, self.at - earlier.at)


@dataclass(frozen=True)
class Tries:
    """The row of failures in which a person stands: how many, and when the last one was."""

    in_a_row: int = 0
    last: Moment | None = None

    @property
    def left(self) -> int:
        """How many more failures lock the person."""
        return max(0, TRIES_TO_LOCK - self.in_a_row)

    @property
    def wait(self) -> int:
        """Seconds that had to pass after the last failure."""
        return LOCK_SECONDS if self.in_a_row >= TRIES_TO_LOCK else wait_after(self.in_a_row)

    def remaining(self, now: Moment) -> int:
        """Return the seconds that still have to pass, rounded up; 0 when the next try may be made."""
        if self.last is None:
            return 0
        left = self.wait * _SECOND_US - now.since(self.last)
        return max(0, -(-left // _SECOND_US))

    def remaining_unlocking(self, now: Moment) -> int:
        """Return the seconds until the next try by whoever brings the recovery sheet: the waits, without the lock."""
        if self.last is None:
            return 0
        left = wait_after(self.in_a_row) * _SECOND_US - now.since(self.last)
        return max(0, -(-left // _SECOND_US))

    def locked(self, now: Moment) -> bool:
        """Tell whether a lock stands."""
        return self.in_a_row >= TRIES_TO_LOCK and self.remaining(now) > 0

    def failed(self, now: Moment) -> Tries:
        """Return the row after one more failure; a lock that is over began no row."""
        over = self.in_a_row >= TRIES_TO_LOCK and not self.locked(now)
        return Tries(1 if over else self.in_a_row + 1, now)
