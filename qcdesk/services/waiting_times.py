# SPDX-License-Identifier: Apache-2.0
"""Which batches will miss their day: from the queue as it stands and the pace at which people really sign.

A batch needs signatures until it may leave: of the first check, of the second, of the release; one that was disagreed
on, of the decision and the release. Whoever works takes the earliest ship-by first, as the board has it, so before a
batch leaves, those of all batches before it are needed too. The pace is that of signatures over the days of work of the
last eight weeks; ``statistics.paces`` says from it by when so many are given. What is rejected on the way comes again,
and is not foreseen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from qcdesk.domain.times import to_datetime
from qcdesk.services.care_rows import QueueRow
from qcdesk.statistics.paces import Pace, chance_later, days_until, pace_of

Outlook = Literal["late", "likely_late", "tight", "in_time", "no_day", "stopped", "unknown"]
"""``late``: its day is past. ``likely_late``: as likely as not, or more. ``tight``: one in ten or more. ``stopped``: it
is held or rejected, or two people must decide first, so nothing is foreseen. ``unknown``: too little was signed yet."""
SIGNATURES: Final = {
    "registered": 3, "first_check": 3, "awaiting_second": 2, "second_check": 2, "disagreed": 2, "accepted": 1,
    "released": 0, "released_under_concession": 0,
}  # fmt: skip
"""How many signatures a batch needs before it may leave; no state that is not here goes on by itself."""
WATCHED_DAYS: Final = 56
CONFIDENCE: Final = 0.9
LIKELY: Final = 0.5
TIGHT: Final = 0.1
_FARTHEST: Final = 3_650
_QUARTER: Final = 900_000_000


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is foreseen of a batch; ``low``, ``middle``, ``high``: days on which it may leave, with its interval.

    ``ahead``: signatures that are needed before it may leave, its own among them. ``chance_late``: 0 … 1.
    """

    row: QueueRow
    outlook: Outlook
    ahead: int = 0
    low: date | None = None
    middle: date | None = None
    high: date | None = None
    chance_late: float | None = None

    @property
    def in_danger(self) -> bool:
        """Tell whether it will probably miss its day, or has missed it."""
        return self.outlook in ("late", "likely_late")


@dataclass(frozen=True, slots=True)
class WaitedFor:
    """A person that batches wait for: how many, how many for nobody else, and since when the longest."""

    name: str
    batches: int
    alone: int
    since: int


@dataclass(frozen=True)
class Waiting:
    """The queue with its forecasts, the pace behind them (None: too little was signed), and who is waited for.

    ``total``: how many batches wait in all; where they are more than the forecasts, those are of the first ones.
    """

    forecasts: tuple[Forecast, ...]
    pace: Pace | None
    people: tuple[WaitedFor, ...]
    total: int

    @property
    def in_danger(self) -> tuple[Forecast, ...]:
        """Return the batches that will probably miss their day, or have missed it."""
        return tuple(one for one in self.forecasts if one.in_danger)


@dataclass(frozen=True)
class _Calendar:
    """The days on which people work, from those on which they signed, as seen from now."""

    pace: Pace | None
    idle: frozenset[int]
    now: datetime

    @property
    def left_today(self) -> float:
        """The part of today that is left; none where nobody works on such a day."""
        if self.now.weekday() in self.idle:
            return 0.0
        gone = self.now.hour * 3600 + self.now.minute * 60 + self.now.second
        return 1 - gone / 86_400

    def days_to(self, day: date) -> float:
        """Return how many days of work there are to the end of a day."""
        today = self.now.date()
        whole = (today + timedelta(days=n) for n in range(1, min((day - today).days, _FARTHEST) + 1))
        return self.left_today + sum(1 for each in whole if each.weekday() not in self.idle)

    def day_after(self, days: float) -> date:
        """Return the day on which so many days of work are over."""
        day, left = self.now.date(), days - self.left_today
        for _ in range(_FARTHEST):
            if left <= 0 and day.weekday() not in self.idle:
                break
            day += timedelta(days=1)
            left -= day.weekday() not in self.idle
        return day


def waiting(
    queue: Sequence[QueueRow], signed_at: Sequence[int], now: int, total: int | None = None
) -> Waiting:
    """Return the queue with what is foreseen of each batch.

    Args: queue: as the board has it, the earliest ship-by first. signed_at: times of signatures that stand, of the last
        ``WATCHED_DAYS`` at least. now: microseconds UTC. total: how many wait in all, where the queue may be cut.
    """
    calendar = _calendar(signed_at, now)
    ahead, found = 0, []
    for row in queue:
        needed = None if row.held or row.takes_two else SIGNATURES.get(row.state)
        if needed is not None:
            ahead += needed
        found.append(_forecast(row, needed, ahead, calendar))
    return Waiting(tuple(found), calendar.pace, waited_for(queue), max(len(queue), total or 0))


def since_when(now: int) -> int:
    """Return from when on signatures are asked for."""
    return now - (WATCHED_DAYS + 1) * 86_400_000_000


def waited_for(queue: Iterable[QueueRow]) -> tuple[WaitedFor, ...]:
    """Return whom batches wait for, who keeps most of them waiting first."""
    named: dict[str, list[QueueRow]] = {}
    for row in queue:
        for name in row.people:
            named.setdefault(name, []).append(row)
    found = [
        WaitedFor(
            name,
            len(rows),
            sum(1 for row in rows if len(row.people) == 1 and not row.takes_two),
            min(row.open_since or row.since for row in rows),
        )
        for name, rows in named.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.alone, -one.batches, one.since, one.name)))


def _forecast(row: QueueRow, needed: int | None, ahead: int, calendar: _Calendar) -> Forecast:
    today, pace = calendar.now.date(), calendar.pace
    late = row.ship_by is not None and row.ship_by < today
    if needed is None:
        return Forecast(row, "late" if late else "stopped")
    if needed == 0:
        return Forecast(row, "late" if late else "in_time" if row.ship_by else "no_day", 0)
    if pace is None:
        return Forecast(row, "late" if late else "unknown", ahead)
    days = days_until(ahead, pace, CONFIDENCE)
    low, middle, high = (calendar.day_after(each) for each in (days.low, days.middle, days.high))
    if row.ship_by is None:
        return Forecast(row, "no_day", ahead, low, middle, high)
    chance = 1.0 if late else chance_later(ahead, pace, calendar.days_to(row.ship_by))
    outlook: Outlook = "late" if late else "in_time"
    if not late and chance >= TIGHT:
        outlook = "likely_late" if chance >= LIKELY else "tight"
    return Forecast(row, outlook, ahead, low, middle, high, chance)


def _by_day(signed_at: Iterable[int]) -> Counter[date]:
    """Count by the day here. Wherever that is, a day begins on a quarter of an hour: one of each is asked its day."""
    quarters = Counter(at // _QUARTER for at in signed_at)
    found = Counter[date]()
    for quarter, n in quarters.items():
        found[to_datetime(quarter * _QUARTER, UTC).astimezone().date()] += n
    return found


def _calendar(signed_at: Sequence[int], now: int) -> _Calendar:
    """Return the days of work: a weekday that came twice or more and on which nobody ever signed is none."""
    here = to_datetime(now, UTC).astimezone()
    today = here.date()
    signed = _by_day(signed_at)
    begun = max(min(signed, default=today), today - timedelta(days=WATCHED_DAYS))
    watched = [begun + timedelta(days=n) for n in range((today - begun).days)]  # today is not over
    came = Counter(day.weekday() for day in watched)
    worked = {day.weekday() for day in watched if signed[day]}
    idle = frozenset(day for day, times in came.items() if times > 1 and day not in worked)
    pace = pace_of([signed[day] for day in watched if day.weekday() not in idle])
    return _Calendar(pace, idle, here)
