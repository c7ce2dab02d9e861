# SPDX-License-Identifier: Apache-2.0
"""Whose key must have signed an event: a person's, a session's inside of it, a workstation's only what has no person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcdesk.domain.events import ACT_TYPES, ENTRY_TYPES, STATION_TYPES, all_facts
from qcdesk.domain.log import GENESIS, CoSignature, Event
from qcdesk.store.keys_of import Known, Signer, brought_by, public_keys, signer_of

LINH, SOM = "1" * 32, "2" * 32
KEYS: dict[str, Known] = {
    "a" * 32: (Signer(LINH), b"linh"),
    "b" * 32: (Signer(LINH, "s1"), b"session"),
    "c" * 32: (Signer(None, None, "bench 1"), b"bench"),
    "d" * 32: (Signer(SOM), b"som"),
}
PERSON, SESSION, STATION, OTHER = KEYS


def event(**changes: object) -> Event:
    plain = Event(
        "0" * 32, "9" * 32, 1, GENESIS, 1, 1, "bench 1", "qcdesk", "batch.released", LINH, PERSON, None, {}
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


NOTED = event(type="auth.failed", by=None, key=STATION)


@pytest.mark.parametrize(
    "good",
    [
        event(),
        event(type="batch.saved", key=SESSION, session="s1"),
        *(replace(NOTED, type=kind) for kind in sorted(STATION_TYPES)),
        event(co=(CoSignature(SOM, OTHER, bytes(64)),)),
    ],
    ids=lambda e: e.type,
)
def test_each_key_signs_what_is_its_own(good: Event) -> None:
    found = public_keys(good, KEYS.get)
    assert found is not None
    assert found[good.key] == KEYS[good.key][1]


@pytest.mark.parametrize(
    "bad",
    [
        event(key=SESSION),
        event(key=SESSION, session="s2"),
        event(session="s1"),
        event(by=SOM),
        event(key="e" * 32),
        event(key=STATION),
        event(type="auth.failed"),
        event(by=None, key=STATION),
        replace(NOTED, station="bench 2"),
        replace(NOTED, session="s1"),
        replace(NOTED, key=PERSON),
        replace(NOTED, key=SESSION, session="s1"),
        replace(NOTED, by=LINH),
        replace(NOTED, co=(CoSignature(SOM, OTHER, bytes(64)),)),
        event(co=(CoSignature(LINH, OTHER, bytes(64)),)),
        event(co=(CoSignature(LINH, SESSION, bytes(64)),)),
        event(co=(CoSignature("bench 1", STATION, bytes(64)),)),
    ],
)
def test_no_key_signs_what_is_anothers(bad: Event) -> None:
    assert public_keys(bad, KEYS.get) is None


@pytest.mark.parametrize("kind", sorted(set(all_facts()) - STATION_TYPES))
def test_a_workstation_signs_no_other_kind(kind: str) -> None:
    assert signer_of(replace(NOTED, type=kind)) is None


def test_a_changed_key_comes_with_its_own_signature_and_for_its_person_alone() -> None:
    body = {"person": LINH, "old_key": PERSON, "key": "f" * 32, "public_key": "ab" * 32, "seal": "0" * 64}
    change = event(type="key.changed", body=body, co=(CoSignature(LINH, "f" * 32, bytes(64)),))
    assert public_keys(change, KEYS.get) == {PERSON: b"linh", "f" * 32: bytes.fromhex("ab" * 32)}
    assert brought_by(replace(change, by=SOM)) == {}


@pytest.mark.parametrize("kind", sorted(ACT_TYPES))
def test_no_session_signs_an_act(kind: str) -> None:
    assert signer_of(event(type=kind)) == Signer(LINH)
    assert signer_of(event(type=kind, session="s1")) is None


@pytest.mark.parametrize("kind", sorted(ENTRY_TYPES))
def test_no_entry_is_made_outside_of_a_session(kind: str) -> None:
    assert signer_of(event(type=kind, session="s1")) == Signer(LINH, "s1")
    assert signer_of(event(type=kind)) is None
