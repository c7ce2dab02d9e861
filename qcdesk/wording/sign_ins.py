# SPDX-License-Identifier: Apache-2.0
"""What whoever signs in is told: tries that failed, and what was signed last in that person's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qcdesk.i18n import Catalogue
from qcdesk.services.rows import FailedTryRow, SignedRow, SignInNotice
from qcdesk.wording import ages, events
from qcdesk.wording.spelling import Told, in_a_row

MOST_TIMES = 5
"""Of more tries only the newest are told by their times."""


def tries(notice: SignInNotice, words: Catalogue, today: date) -> Told:
    """Return how many tries failed that were not seen yet, and what to do about them."""
    told = notice.failed[-MOST_TIMES:]
    when = _times(told, words, today)
    if len(told) < len(notice.failed):
        when = words.say("the last {times}", times=when)
    fact = words.count(
        "{n} try failed in your name: {when}.",
        "{n} tries failed in your name: {when}.",
        len(notice.failed),
        when=when,
    )
    way = words.say("If that was not you, change your password and tell somebody who looks after the shop.")
    if notice.signed is not None:
        way = words.say("{signed} {way}", signed=signed(notice.signed, words, today), way=way)
    return Told(fact, way)


def signed(last: SignedRow, words: Catalogue, today: date) -> str:
    """Return what was signed last, when and where."""
    what = events.line(last.kind, {}, words)
    when = ages.near(last.at, today, words)
    if last.station:
        when = words.say("{times} at {station}", times=when, station=last.station)
    if last.number:
        return words.say(
            "Last signed by you, {when}, {number}: {what}", when=when, number=last.number, what=what
        )
    return words.say("Last signed by you, {when}: {what}", when=when, what=what)


def _times(failed: Sequence[FailedTryRow], words: Catalogue, today: date) -> str:
    stations = dict.fromkeys(row.station for row in failed)
    if len(stations) == 1 and failed[0].station:
        times = in_a_row((ages.near(row.at, today, words) for row in failed), words)
        return words.say("{times} at {station}", times=times, station=failed[0].station)
    return in_a_row((_time(row, words, today) for row in failed), words)


def _time(row: FailedTryRow, words: Catalogue, today: date) -> str:
    near = ages.near(row.at, today, words)
    return words.say("{times} at {station}", times=near, station=row.station) if row.station else near
