# SPDX-License-Identifier: Apache-2.0
"""Failed tries at a secret: how long the next one waits, and when a person is locked (trust.md §5.3).

The count is what the log says, so that no restart and no other workstation begins it anew. A row of failures ends with
any act or sign-in of the person's own key, which only the secret opens, and with an unlocking by somebody else; being
a co-signer ends none. A lock ends by time, by somebody else or with the recovery sheet: after it a new row begins.

Failures at a workstation where the person has not acted since go on counting for a day, though the person works
elsewhere: else whoever guesses beside a working owner would begin anew with each of the owner's acts. Once there are
``STRANGE_TRIES`` of them, no further secret is looked at where the person never acted, nor where ``OWN_SLIPS`` of them
were; the person goes on at the own workstation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

TRIES_TO_LOCK = 10
TRIES_SHOWN_US = 90 * 86_400 * 1_000_000
"""How long failed tries are shown that nobody has said to have seen."""
LOCK_SECONDS = 12 * 3600
LONGEST_WAIT_SECONDS = 300
STRANGE_TRIES = 20
OWN_SLIPS = 3
DAY_SECONDS = 24 * 3600
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


def strange_wait(failures: Sequence[Moment], now: Moment, *, known: bool) -> int:
    """Return the seconds until the next try at this workstation, for what failed where the person has not acted since.

    Args: failures: when and where, in any order. known: whether the person ever acted at this workstation.
    """
    day = DAY_SECONDS * _SECOND_US
    left = sorted(day - gone for gone in (now.since(one) for one in failures) if gone < day)
    here = [one for one in failures if one.station == now.station and now.since(one) < day]
    if len(left) < STRANGE_TRIES or (known and len(here) < OWN_SLIPS):
        return 0
    return -(-left[len(left) - STRANGE_TRIES] // _SECOND_US)
