# SPDX-License-Identifier: Apache-2.0
"""Rows of keys that end, keys that follow them, the recovery sheet, and of batches that a suspect key touched."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.batches import SIGNATURE_HOLD
from qcdesk.domain.log import RECOVERY, Event
from qcdesk.store.projection.batches import move, put_hold
from qcdesk.store.projection.changes import Change, Inherit, Put, Row, Set, project


@project.register
def _(fact: events.KeyRevoked, event: Event) -> Iterator[Change]:
    if fact.suspect_from is not None:
        yield Set("person_key", {"key": fact.key}, {"suspect_from": fact.suspect_from})
    yield Set("person_key", {"key": fact.key, "until_seq": None}, {"until_seq": event.seq, "ended": fact.why})
    yield from close_sessions(fact.sessions, event)


@project.register
def _(fact: events.KeyEnrolled, event: Event) -> Iterator[Change]:
    if fact.lost is not None:
        yield Set("person_key", {"key": fact.lost}, {"until_seq": event.seq, "ended": "lost"})
    yield from close_sessions(fact.sessions, event)
    yield key_vouched_for(fact.key, fact.person, fact.public_key, event)


@project.register
def _(fact: events.RecoveryUsed, event: Event) -> Iterator[Change]:
    yield Set("recovery_sheet", {"until_seq": None}, {"until_seq": event.seq})
    yield Put("recovery_sheet", sheet_row(fact.public_key, event))


@project.register
def _(fact: events.PersonRenamed, event: Event) -> Iterator[Change]:
    yield Set("person", {"id": fact.person}, {"name": fact.name})
    yield from namesakes(fact.person, fact.another_than, event)


@project.register
def _(fact: events.BatchQuarantined, event: Event) -> Iterator[Change]:
    yield from put_hold(fact.batch, fact.hold, SIGNATURE_HOLD, "", event)


@project.register
def _(fact: events.RoundReopened, event: Event) -> Iterator[Change]:
    for check in fact.checks:
        yield Set("checking", {"id": check}, {"state": "retracted", "reason": fact.reason})
        yield Set("sign_off", {"checking": check}, {"standing": 0})
    yield from move(fact.batch, "registered", event.at)


def key_row(key: str, person: str, public_key: bytes, event: Event) -> Row:
    """Return the row of a key that begins."""
    return {
        "key": key,
        "person": person,
        "public_key": public_key.hex(),
        "from_seq": event.seq,
        "until_seq": None,
        "ended": None,
        "suspect_from": None,
        "by_sheet": None,
    }


def key_vouched_for(key: str, person: str, public_key: bytes, event: Event) -> Change:
    """Return the row of a key for which others vouched: marked where the recovery sheet was one of them.

    Who came by the sheet vouches for nobody as a second person would: a key takes over the latest mark of those who
    vouched for it (trust.md §5.1).
    """
    row = key_row(key, person, public_key, event)
    vouched = {event.by or "", *(c.person for c in event.co)} - {person}
    if RECOVERY in vouched:
        return Put("person_key", {**row, "by_sheet": event.at})
    return Inherit("person_key", row, "by_sheet", tuple(sorted(vouched)))


def sheet_row(public_key: bytes, event: Event) -> Row:
    """Return the row of a recovery sheet that begins."""
    return {"public_key": public_key.hex(), "from_seq": event.seq, "until_seq": None}


def namesakes(person: str, others: tuple[str, ...], event: Event) -> Iterator[Change]:
    """Yield that two people have stated a person to be another one than those with a like name."""
    for other in others:
        yield Put("namesake", {"person": person, "other": other, "seq": event.seq}, over=True)


def close_sessions(sessions: tuple[str, ...], event: Event) -> Iterator[Change]:
    """Yield that sittings end with the key that certified them."""
    for session in sessions:
        yield Set("session", {"id": session}, {"closed": event.seq})
