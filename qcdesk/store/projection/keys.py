# SPDX-License-Identifier: Apache-2.0
"""Rows of workstations' keys, failed tries and locks, changed keys and badges."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.changes import Change, Put, Row, Set, project
from qcdesk.store.projection.revocations import key_row

_SECOND_US = 1_000_000


@project.register
def _(fact: events.StationIntroduced, event: Event) -> Iterator[Change]:
    yield Set("station_key", {"station": fact.station, "active": 1}, {"until_seq": event.seq, "active": 0})
    yield Put(
        "station_key",
        {
            "key": fact.key,
            "station": fact.station,
            "name": fact.name,
            "public_key": fact.public_key.hex(),
            "from_seq": event.seq,
            "until_seq": None,
            "active": 1,
        },
    )


@project.register
def _(fact: events.AuthFailed, event: Event) -> Iterator[Change]:
    yield Put(
        "failed_try",
        {
            "seq": event.seq,
            "person": fact.person,
            "station": event.station,
            "at": event.at,
            "way": fact.way,
            "in_a_row": fact.in_a_row,
            "start": fact.start,
            "steady": fact.steady,
            "tried": fact.tried,
        },
    )


@project.register
def _(fact: events.AuthLocked, event: Event) -> Iterator[Change]:
    yield Put(
        "person_lock",
        {
            "seq": event.seq,
            "person": fact.person,
            "station": event.station,
            "at": event.at,
            "until": event.at + fact.seconds * _SECOND_US,
            "unlocked": None,
            "unlocked_by": None,
        },
    )


@project.register
def _(fact: events.ClockJumped, event: Event) -> Iterator[Change]:
    yield Put("clock_jump", {"seq": event.seq, "station": event.station, "at": event.at, "ahead": fact.ahead})


@project.register
def _(fact: events.PersonUnlocked, event: Event) -> Iterator[Change]:
    yield Set(
        "person_lock",
        {"seq": fact.lock, "person": fact.person},
        {"unlocked": event.seq, "unlocked_by": event.by},
    )


@project.register
def _(_fact: events.SecretChanged, _event: Event) -> Iterator[Change]:
    yield from ()  # the seal is kept beside the log; the event's own line is all


@project.register
def _(fact: events.KeyChanged, event: Event) -> Iterator[Change]:
    old: Row = {"key": fact.old_key, "person": fact.person}
    yield Set("person_key", old, {"until_seq": event.seq, "ended": "changed"})
    yield Put("person_key", key_row(fact.key, fact.person, fact.public_key, event))
    yield from _stopped(fact.stops, fact.person, event)


@project.register
def _(fact: events.BadgeIssued, event: Event) -> Iterator[Change]:
    yield from _stopped(fact.stops, fact.person, event)
    yield Put(
        "badge",
        {
            "id": fact.badge,
            "person": fact.person,
            "key": fact.key,
            "seal": fact.seal,
            "issued": event.seq,
            "stopped": None,
        },
    )


@project.register
def _(fact: events.BadgeStopped, event: Event) -> Iterator[Change]:
    yield from _stopped((fact.badge,), fact.person, event)


def _stopped(badges: tuple[str, ...], person: str, event: Event) -> Iterator[Change]:
    for badge in badges:
        yield Set("badge", {"id": badge, "person": person}, {"stopped": event.seq})
