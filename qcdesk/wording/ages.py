# SPDX-License-Identifier: Apache-2.0
"""How long something waits, and when: spans, clock times and days the way one says them at work."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from qcdesk.domain.times import from_datetime, to_datetime
from qcdesk.i18n import Catalogue, mark
from qcdesk.wording.spelling import day

_WEEKDAYS: Final = (
    mark("Mon {day}"),
    mark("Tue {day}"),
    mark("Wed {day}"),
    mark("Thu {day}"),
    mark("Fri {day}"),
    mark("Sat {day}"),
    mark("Sun {day}"),
)
_LONG_WEEKDAYS: Final = (
    mark("Monday {day}"),
    mark("Tuesday {day}"),
    mark("Wednesday {day}"),
    mark("Thursday {day}"),
    mark("Friday {day}"),
    mark("Saturday {day}"),
    mark("Sunday {day}"),
)


def local(us: int) -> datetime:
    """Return a time of the log (microseconds UTC) as it reads on the clock here."""
    return to_datetime(us, UTC).astimezone()


def begins(on: date) -> int:
    """Return when a day begins on the clock here, as a time of the log."""
    return from_datetime(datetime.combine(on, time()).astimezone())


def clock(us: int, *, seconds: bool = False) -> str:
    """Return the time of day here: ``12:58``."""
    return local(us).strftime("%H:%M:%S" if seconds else "%H:%M")


def span(seconds: int, words: Catalogue) -> str:
    """Return a length of time: ``3 h 20 min``, ``2 days 4 h``, ``45 s``."""
    minutes, hours = seconds // 60, seconds // 3600
    if seconds < 60:
        return words.say("{n} s", n=max(0, seconds))
    if minutes < 60:
        return words.say("{n} min", n=minutes)
    if hours < 24:
        left = minutes - hours * 60
        return words.say("{h} h {min} min", h=hours, min=left) if left else words.say("{h} h", h=hours)
    return words.count("{n} day", "{n} days", hours // 24)


def waits(since: int, now: int, words: Catalogue) -> str:
    """Return how long something has waited: ``waits 3 h 20 min``."""
    seconds = (now - since) // 1_000_000
    if seconds < 60:
        return words.say("since just now")
    return words.say("waits {span}", span=span(seconds, words))


def weekday(on: date, words: Catalogue, today: date | None = None) -> str:
    """Return a day with its weekday: ``Fri 20 Nov``."""
    return words.say(_WEEKDAYS[on.weekday()], day=day(on, words, today))


def long_day(on: date, words: Catalogue) -> str:
    """Return a day for a heading: ``Wednesday 18 Nov``."""
    return words.say(_LONG_WEEKDAYS[on.weekday()], day=day(on, words, on))


def near_day(on: date, today: date, words: Catalogue) -> str:
    """Return a day seen from today: ``Today``, ``Yesterday``, else with its weekday."""
    if on == today:
        return words.say("Today")
    if on == today - timedelta(days=1):
        return words.say("Yesterday")
    if on == today + timedelta(days=1):
        return words.say("Tomorrow")
    return weekday(on, words, today)


def ship_by(on: date, today: date, words: Catalogue) -> str:
    """Return by when goods must leave, as on a card: ``Ship by tomorrow``."""
    days = (on - today).days
    if days == 0:
        return words.say("Ship by today")
    if days == 1:
        return words.say("Ship by tomorrow")
    if days < 0:
        return words.count("{n} day late", "{n} days late", -days)
    return words.say("Ship by {day}", day=weekday(on, words, today))


def near(us: int, today: date, words: Catalogue) -> str:
    """Return a time seen from today: ``12:58`` today, else with its day."""
    at = local(us)
    if at.date() == today:
        return clock(us)
    return words.say("{day} {time}", day=near_day(at.date(), today, words), time=clock(us))


def minute(us: int, words: Catalogue, today: date | None = None) -> str:
    """Return a time where nobody needs its second: ``31 Jul 2026 08:09``; without the year when that is this one."""
    at = local(us)
    return words.say("{day} {time}", day=day(at.date(), words, today), time=clock(us))


def on_day(us: int, words: Catalogue, today: date | None = None) -> str:
    """Return the day of a time of the log, as it is here: ``31 Jul 2026``."""
    return day(local(us).date(), words, today)


def until(on: date, today: date, words: Catalogue) -> str:
    """Return how far a due day is: ``in 2 days``, ``today``, ``3 days late``."""
    days = (on - today).days
    if days == 0:
        return words.say("today")
    if days > 0:
        return words.count("in {n} day", "in {n} days", days)
    return words.count("{n} day late", "{n} days late", -days)


def gone_by(on: date, today: date, words: Catalogue) -> str:
    """Return what is odd about goods that are to leave by a day that is past already; empty: it is not."""
    if on >= today:
        return ""
    return words.say(
        "Its ship-by day, {day}, is past already: look whether it is right.", day=day(on, words, today)
    )
