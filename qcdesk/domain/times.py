# SPDX-License-Identifier: Apache-2.0
"""Times as the log keeps them, integer microseconds UTC, to and from what people and files write.

Nothing here reads a clock or a time zone setting: both are arguments.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from qcdesk.domain.inputs import BadInput

MICROSECOND = timedelta(microseconds=1)
SECOND_US = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RFC_3339 = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,6}))?"
    r"(?:([Zz])|([+-])([0-9]{2}):([0-9]{2}))"
)


def to_datetime(us: int, zone: tzinfo) -> datetime:
    """Return the time in a zone. ``us``: microseconds since 1970-01-01 UTC; exact, without floats."""
    return (_EPOCH + us * MICROSECOND).astimezone(zone)


def from_datetime(moment: datetime) -> int:
    """Return microseconds since 1970-01-01 UTC.

    Raises: ValueError: the time has no zone, so it names no moment.
    """
    if moment.utcoffset() is None:
        raise ValueError("a time without a zone")
    return (moment - _EPOCH) // MICROSECOND


def local_date(us: int, zone: tzinfo) -> date:
    """Return the calendar day on which the moment falls in a zone."""
    return to_datetime(us, zone).date()


def log_day(us: int) -> date:
    """Return the day by which it is decided what has lapsed: the one in UTC, in which the log keeps its times.

    A workstation's own day would move with its time zone, which anybody sets without a trace: a day more for every role,
    qualification, procedure and instrument that ended yesterday.
    """
    return local_date(us, UTC)


def to_rfc3339(us: int, zone: tzinfo) -> str:
    """Return the time with the zone's offset, all six decimals: ``2026-03-01T09:15:02.004000+07:00``.

    Offsets with seconds (local mean times before about 1920) have no such spelling; the time is then in UTC.
    """
    moment = to_datetime(us, zone)
    offset = moment.utcoffset()
    if offset is None or offset % timedelta(minutes=1):
        moment = to_datetime(us, UTC)
    return moment.isoformat(timespec="microseconds")


def parse_rfc3339(text: str, *, where: dict[str, object] | None = None) -> int:
    """Return microseconds UTC of an RFC 3339 time: seconds and offset (or Z) are there, at most six decimals.

    Raises: BadInput: ``time``: anything else, a day or hour that does not exist, a leap second.
    """
    match = _RFC_3339.fullmatch(text)
    if match is None:
        raise BadInput("time", facts={"value": text}, where=where)
    year, month, day, hour, minute, second = (int(match[i]) for i in range(1, 7))
    fraction = int((match[7] or "").ljust(6, "0"))
    offset = timedelta(0)
    if match[9] is not None:
        hours, minutes = int(match[10]), int(match[11])
        if hours > 23 or minutes > 59:
            raise BadInput("time", facts={"value": text}, where=where)
        offset = timedelta(hours=hours, minutes=minutes) * (-1 if match[9] == "-" else 1)
    try:
        moment = datetime(year, month, day, hour, minute, second, fraction, tzinfo=timezone(offset))
    except ValueError:
        raise BadInput("time", facts={"value": text}, where=where) from None
    return from_datetime(moment)
