# SPDX-License-Identifier: Apache-2.0
"""Which public keys must have signed an event: those known before it, and those that it brings itself."""

from __future__ import annotations

from collections.abc import Callable

from qcdesk.domain.log import Event


def brought_by(event: Event) -> dict[str, tuple[str, bytes]]:
    """Return keys that an event enrols itself: key id -> person and public key (proof of possession)."""
    if event.type == "workspace.opened":
        people = event.body["people"]
        assert isinstance(people, list)
        return {
            str(p["key"]): (str(p["person"]), bytes.fromhex(str(p["public_key"])))
            for p in people
            if isinstance(p, dict)
        }
    if event.type == "person.enrolled":
        body = event.body
        return {str(body["key"]): (str(body["person"]), bytes.fromhex(str(body["public_key"])))}
    return {}


def public_keys(event: Event, known: Callable[[str], tuple[str, bytes] | None]) -> dict[str, bytes] | None:
    """Return the public key of every signature on an event, or None when one is unknown or another person's.

    Args: known: person and public key of a key that is active before this event.
    """
    own = brought_by(event)
    found: dict[str, bytes] = {}
    for key, person in ((event.key, event.by), *((c.key, c.person) for c in event.co)):
        entry = own.get(key) or known(key)
        if entry is None or entry[0] != person:
            return None
        found[key] = entry[1]
    return found
