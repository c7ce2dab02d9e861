# SPDX-License-Identifier: Apache-2.0
"""Whether one line of the log is what it says: canonical, hashed, signed by keys that were active then."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from qcdesk.domain.canonical import NotCanonical
from qcdesk.domain.log import BadEvent, StoredEvent, event_hash
from qcdesk.store.guarding import Verify
from qcdesk.store.keys_of import Known, public_keys


class EventProblem(Enum):
    """What is wrong with a line of the log."""

    NONE = ""
    FORM = "form"
    HASH = "hash"
    KEY = "key"
    SIGNATURE = "signature"


KnownKey = Callable[[str, int], Known | None]
"""Whose a key is that was active at an event number, and its public half."""


def check_event(stored: StoredEvent, known: KnownKey, verify: Verify) -> EventProblem:
    """Return what is wrong with a stored event by itself; its place in the chain is not looked at."""
    if event_hash(stored.body, stored.sig) != stored.hash:
        return EventProblem.HASH
    try:
        event = stored.event()
    except (NotCanonical, BadEvent):
        return EventProblem.FORM
    if event.seq != stored.seq:
        return EventProblem.FORM
    keys = public_keys(event, lambda key: known(key, event.seq))
    if keys is None:
        return EventProblem.KEY
    if not verify(keys[event.key], "event", stored.body, stored.sig):
        return EventProblem.SIGNATURE
    if event.co:
        bare = event.cosign_bytes()
        if not all(verify(keys[c.key], "cosign", bare, c.sig) for c in event.co):
            return EventProblem.SIGNATURE
    return EventProblem.NONE
