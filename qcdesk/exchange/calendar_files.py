# SPDX-License-Identifier: Apache-2.0
"""Due dates as ``.ics`` files for calendars: whole days, each with a name by which a calendar keeps one of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from qcdesk.services.letters import Due

_OCTETS = 75
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def calendar_bytes(title: str, dues: Iterable[Due], at: int) -> bytes:
    """Return a calendar of whole days.

    Args: at: when it was written, microseconds UTC.
    Source: RFC 5545, 3.1 (lines of at most 75 octets), 3.3.11 (what is escaped), 3.6.1.
    """
    stamp = (_EPOCH + timedelta(microseconds=at)).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//qcdesk//due dates//EN", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(title)}"]  # fmt: skip
    for due in dues:
        lines += ["BEGIN:VEVENT", f"UID:{_escaped(due.key)}@qcdesk.invalid", f"DTSTAMP:{stamp}",
                  f"DTSTART;VALUE=DATE:{due.on:%Y%m%d}", f"DTEND;VALUE=DATE:{due.on + timedelta(days=1):%Y%m%d}",
                  f"SUMMARY:{_escaped(due.title)}"]  # fmt: skip
        lines += [f"DESCRIPTION:{_escaped(due.text)}"] if due.text else []
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(folded + "\r\n" for line in lines for folded in _folded(line)).encode()


def _escaped(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(c for c in text if c >= " " and c != "\x7f")


def _folded(line: str) -> Iterable[str]:
    """Yield a line in pieces of at most 75 octets that split no character; all but the first begin with a space."""
    piece, used = "", 0
    for character in line:
        size = len(character.encode())
        if used + size > _OCTETS:
            yield piece
            piece, used = " ", 1
        piece, used = piece + character, used + size
    yield piece
