# SPDX-License-Identifier: Apache-2.0
"""Which public keys must have signed an event: those known before it, and those that it brings itself.

The rule: a person's own key signs acts, outside of a session; a session's key signs entries, inside of it; and a
workstation's key signs only what has no person, only the types of `STATION_TYPES`, and only for that workstation. Whoever
replays the log asks the same.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from qcdesk.domain.events import ACT_TYPES, ENTRY_TYPES, STATION_TYPES
from qcdesk.domain.log import RECOVERY, Event

SHEET_STANDS_IN: tuple[str, ...] = (
    "person.enrolled",
    "key.enrolled",
    "key.revoked",
    "person.unlocked",
    "person.lifted",
    "recovery.used",
)
"""The acts on which the recovery sheet may stand in for one signature (trust.md §5.1)."""


class Signer(NamedTuple):
    """Whose key it is: a person's (``session`` None), a person's in a session, or a workstation's."""

    person: str | None
    session: str | None = None
    station: str | None = None


Known = tuple[Signer, bytes]
"""Whose a key is, and its public half."""


def brought_by(event: Event) -> dict[str, Known]:
    """Return keys that an event enrols itself (proof of possession): key id -> whose, and the public key."""
    body = event.body
    if event.type == "workspace.opened":
        people = body["people"]
        assert isinstance(people, list)
        return {
            str(p["key"]): (Signer(str(p["person"])), bytes.fromhex(str(p["public_key"])))
            for p in people
            if isinstance(p, dict)
        }
    changed = event.type == "key.changed" and body["person"] == event.by
    if changed or event.type in ("person.enrolled", "key.enrolled"):
        return {str(body["key"]): (Signer(str(body["person"])), bytes.fromhex(str(body["public_key"])))}
    return {}


def sheet_brought_by(event: Event) -> dict[str, Known]:
    """Return the key of the recovery sheet that an event makes good, under its id; empty for most events."""
    name = {"workspace.opened": "recovery_public_key", "recovery.used": "public_key"}.get(event.type)
    return sheet_key(bytes.fromhex(str(event.body[name]))) if name else {}


def sheet_key(public_key: bytes) -> dict[str, Known]:
    """Return a recovery sheet's key as it is known: by its id, and as nobody's."""
    return {sha256(public_key).hexdigest()[:32]: (Signer(RECOVERY), public_key)}


def ended_by(event: Event) -> tuple[str, ...]:
    """Return the ids of people's keys that others end by an event (those that ended before among them)."""
    name = {"key.revoked": "key", "key.enrolled": "lost"}.get(event.type)
    key = event.body[name] if name else None
    return (key,) if isinstance(key, str) else ()


def signer_of(event: Event) -> Signer | None:
    """Return whose key must have signed an event, by its envelope; None when nobody may sign such a one."""
    if (event.type in STATION_TYPES) != (event.by is None):
        return None
    if event.type in (ENTRY_TYPES if event.session is None else ACT_TYPES):
        return None
    if event.by is not None:
        return Signer(event.by, event.session)
    return None if event.co or event.session is not None else Signer(None, None, event.station)


def public_keys(event: Event, known: Callable[[str], Known | None]) -> dict[str, bytes] | None:
    """Return the public key of every signature on an event, or None when one is unknown or another's.

    The recovery sheet's key is nobody's: it signs beside a person, and only where it may stand in. A key that is
    enrolled has signed itself (proof of possession).
    Args: known: whose a key is that is active before this event.
    """
    own = brought_by(event)
    found: dict[str, bytes] = {}
    for key, signer in ((event.key, signer_of(event)), *((c.key, Signer(c.person)) for c in event.co)):
        entry = own.get(key) or known(key)
        if entry is None or signer is None or entry[0] != signer:
            return None
        if signer.person == RECOVERY and (key == event.key or event.type not in SHEET_STANDS_IN):
            return None
        found[key] = entry[1]
    return found if own.keys() <= found.keys() else None


KEY_ROWS = (
    "SELECT person, NULL AS session, NULL AS station, public_key FROM person_key WHERE key = {k} AND {person_key}"
    " UNION ALL SELECT person, id, NULL, public_key FROM session WHERE key = {k} AND {session}"
    " UNION ALL SELECT NULL, NULL, station, public_key FROM station_key WHERE key = {k} AND {station_key}"
)
"""A question to the tables for a key: whose it is; filled in with when each kind counts as active."""
