# SPDX-License-Identifier: Apache-2.0
"""Time in the demonstration: some weeks of working hours that end now, and the clock that runs through them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from qcdesk.domain.times import from_datetime, local_date, to_datetime
from qcdesk.services.ports import Clock

MINUTE_US = 60 * 1_000_000
DAY_BEGINS = timedelta(hours=7, minutes=30)
DAY_MINUTES = 540
TODAY_MINUTES = 300  # the last shift ends now, whatever the hour is
SUNDAY = 6

SetTime = Callable[[int], None]
"""Sets the clock to microseconds UTC; never back."""


class StoryClock:
    """A clock that runs through the weeks of a story and goes over to the real one when it is told.

    Each reading moves it on a little, so that no two acts stand at the same moment.
    """

    STEP_US = 41_000

    def __init__(self, real: Clock) -> None:
        """Begin with the real time."""
        self._real = real
        self._at: int | None = None

    def set_time(self, us: int) -> None:
        """Go on to a moment; one that is past already is passed over, so that time never runs back."""
        self._at = us if self._at is None else max(self._at, us)

    def catch_up(self) -> None:
        """Go by the real time from here on."""
        self._at = None

    def now(self) -> int:
        """Return microseconds since 1970 UTC, never in the future."""
        if self._at is None:
            return self._real.now()
        self._at = min(self._at + self.STEP_US, self._real.now())
        return self._at

    def today(self) -> date:
        """Return the local day of the story."""
        return self._real.today() if self._at is None else local_date(self._at, _zone_at(self._at))


@dataclass(frozen=True)
class Shift:
    """Working time: first minute of the story that falls in it, its beginning in microseconds UTC."""

    first_minute: int
    begins: int


class Calendar:
    """Maps the working minutes of the story to moments: weekdays and Saturdays, and a last shift that ends now."""

    def __init__(self, now: int, days: int) -> None:
        """Lay out the shifts.

        Args: now: microseconds UTC. days: calendar days before today.
        """
        here = to_datetime(now, _zone_at(now))
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
        shifts: list[Shift] = []
        minute = 0
        for back in range(days, 0, -1):
            day = midnight - timedelta(days=back)
            if day.weekday() == SUNDAY:
                continue
            shifts.append(Shift(minute, from_datetime(day + DAY_BEGINS)))
            minute += DAY_MINUTES
        shifts.append(Shift(minute, now - (TODAY_MINUTES + 1) * MINUTE_US))
        self._shifts = tuple(shifts)
        self.today = minute
        self.minutes = minute + TODAY_MINUTES

    def at(self, minute: float) -> int:
        """Return the moment of a working minute of the story, in microseconds UTC."""
        shift = self._shifts[max(0, bisect_right([s.first_minute for s in self._shifts], minute) - 1)]
        return shift.begins + round((minute - shift.first_minute) * MINUTE_US)


def _zone_at(us: int) -> tzinfo:
    return datetime.fromtimestamp(us / 1_000_000, UTC).astimezone().tzinfo or UTC
