# SPDX-License-Identifier: Apache-2.0
"""From the words of a period to the times it goes from and up to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from qcdesk.gui.screens.analysis.rows import Fields

_BACK = {"d30": 30, "d90": 90, "y1": 365}


def period_of(fields: Fields, today: date) -> tuple[int | None, int | None]:
    """Return since and until of what is shown, microseconds UTC, the second exclusive; None: open."""
    chosen = fields.get("period", "all")
    if chosen == "days":
        return span(fields, "since", "until")
    if chosen == "year":
        return start_of(date(today.year, 1, 1)), None
    return (start_of(today - timedelta(days=_BACK[chosen])) if chosen in _BACK else None), None


def base_of(fields: Fields) -> tuple[int | None, int | None] | None:
    """Return since and until of the points that limits come from; None: from those that are shown."""
    return span(fields, "base_since", "base_until") if fields.get("limits") == "period" else None


def span(fields: Fields, since: str, until: str) -> tuple[int | None, int | None]:
    """Return the times of two days that are both part of a period."""
    first, last = day_of(fields.get(since, "")), day_of(fields.get(until, ""))
    return (
        None if first is None else start_of(first),
        None if last is None else start_of(last + timedelta(days=1)),
    )


def crossed(fields: Fields) -> str:
    """Return the field of a last day that lies before its first one; empty where none does."""
    spans = []
    if fields.get("period") == "days":
        spans.append(("since", "until"))
    if fields.get("limits") == "period":
        spans.append(("base_since", "base_until"))
    for first, last in spans:
        if fields.get(first) and fields.get(last) and fields[last] < fields[first]:
            return last
    return ""


def day_of(text: str) -> date | None:
    """Return a day that stands in a field."""
    return date.fromisoformat(text) if text else None


def start_of(day: date) -> int:
    """Return when a day begins here, microseconds UTC."""
    return int(datetime.combine(day, time()).astimezone().timestamp()) * 1_000_000
