# SPDX-License-Identifier: Apache-2.0
"""A line that nobody signed and two declare void takes nothing from a batch that does not rest on it (trust.md §7)."""

from __future__ import annotations

from qcdesk.domain.events import DefectReported, Recorded
from qcdesk.store.verification import verify
from tests.forging import forged
from tests.store.conftest import (
    clock,
    database,
    house,
    location,
    made_house,
    postgresql_house,
    postgresql_server,
    sqlite_house,
    sqlite_template,
)
from tests.workspace import House

__all__ = [
    "clock",
    "database",
    "house",
    "location",
    "made_house",
    "postgresql_house",
    "postgresql_server",
    "sqlite_house",
    "sqlite_template",
]
"""Both engines, as the tests of the store have them."""


def about(house: House, number: str) -> tuple[str, str]:
    """Return a batch's id and its present round's."""
    with house.use.look() as uow:
        batch = uow.batch(number)
        return batch.id, batch.round or ""


def reported(batch: str) -> DefectReported:
    """Return a note about a batch."""
    return DefectReported("a" * 32, "customer", "SCR", "Scratch", "minor", batch=batch, stops=True)


def test_note_nobody_signed_takes_no_release_away(house: House) -> None:
    number = house.released()
    house.use.ship_batch(house.sittings["som"], number, 10, "Customer")
    linh, som = house.hands["linh"], house.hands["som"]
    note = forged(house, reported(about(house, number)[0]), "som")
    assert {p.event for p in verify(house.database).problems} == {note}
    assert house.use.void_event(linh, som, note, "nobody signed it").batch is None
    assert verify(house.database).problems == ()
    with house.use.look() as uow:
        batch = uow.batch(number)
    assert (batch.state, batch.released, batch.shipped) == ("released", 20, 10)
    house.use.ship_batch(house.sittings["som"], number, 10, "Customer")
    assert verify(house.database).problems == ()


def test_note_nobody_signed_leaves_a_certificate_standing(house: House) -> None:
    number = house.released()
    certificate = house.use.issue_certificate(house.hands["som"], number).certificate
    note = forged(house, reported(about(house, number)[0]), "linh")
    house.use.void_event(house.hands["linh"], house.hands["som"], note, "nobody signed it")
    assert verify(house.database).problems == ()
    with house.use.look() as uow:
        assert uow.certificate(certificate).withdrawn is None


def test_only_what_is_of_the_present_round_and_before_its_release_begins_it_anew(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    number = house.accepted()
    batch, round_ = about(house, number)
    for of_round, state in (("0" * 32, "accepted"), (round_, "registered")):
        line = forged(house, Recorded("c" * 32, batch, of_round), "som")
        house.use.void_event(linh, som, line, "nobody signed it")
        assert house.state(number) == state
    released = house.released()
    line = forged(house, Recorded("c" * 32, *about(house, released)), "som")
    house.use.void_event(linh, som, line, "nobody signed it")
    assert house.state(released) == "released"
