# SPDX-License-Identifier: Apache-2.0
"""Who explains an event that breaks a rule: two who did not sign it and have nothing of it."""

from __future__ import annotations

import pytest

from qcdesk.domain.explaining import begins_anew, concerned_by
from qcdesk.domain.log import CoSignature, Event


def event(kind: str, person: str | int = "named") -> Event:
    co = (CoSignature("other", "key", b""),)
    return Event(
        "id", "vault", 9, b"", 1, 1, "bench", "app", kind, "signer", "key", None, {"person": person}, co
    )


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("badge.stopped", {"signer", "other"}),
        ("role.granted", {"signer", "other", "named"}),
        ("key.enrolled", {"signer", "other", "named"}),
        ("check.signed", set()),
    ],
)
def test_signers_and_whoever_has_something_of_it_are_none_of_the_two(kind: str, who: set[str]) -> None:
    assert concerned_by(event(kind)) == who


def test_event_that_names_no_person_is_about_its_signers() -> None:
    assert concerned_by(event("role.granted", 7)) == {"signer", "other"}


@pytest.mark.parametrize(
    ("kind", "anew"),
    [("check.signed", True), ("batch.lifted", True), ("certificate.issued", True), ("batch.held", False)],
)
def test_what_a_release_rests_on_begins_anew(kind: str, anew: bool) -> None:
    assert begins_anew(kind) is anew
