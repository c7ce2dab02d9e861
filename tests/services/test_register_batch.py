# SPDX-License-Identifier: Apache-2.0
"""What is registered makes sense by itself, and a number is there once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcdesk.domain.events import BatchSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import AlreadyThere, Unverified
from qcdesk.store.proofs import Proofs
from tests.workspace import House, refused


def new(house: House, **fields: object) -> BatchSaved:
    saved = BatchSaved("", "DA-9", house.product.product, 20, supplier=house.supplier.supplier)
    return replace(saved, **fields)  # type: ignore[arg-type]


def test_a_batch_that_contradicts_itself_is_neither_registered_nor_made_of_a_sound_one(house: House) -> None:
    sitting = house.sittings["linh"]
    sound = house.use.register_batch(sitting, new(house, number="DA-1"))
    for wrong in (new(house, quantity=1), replace(sound, line="Line 2"), replace(sound, supplier=None)):
        with pytest.raises(BadInput):
            house.use.register_batch(sitting, wrong)


def test_a_number_is_there_once(house: House) -> None:
    sitting = house.sittings["linh"]
    house.use.register_batch(sitting, new(house))
    other = house.use.register_batch(sitting, new(house, number="DA-8"))
    for again in (new(house), replace(other, number="DA-9")):
        said = refused(AlreadyThere, lambda again=again: house.use.register_batch(sitting, again))  # type: ignore[misc]
        assert (said.kind, said.value) == ("batch", "DA-9")


def test_what_does_not_verify_is_not_shipped_and_what_left_is_put_down(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.approve()
    batch = house.released()
    monkeypatch.setattr(Proofs, "batch_verifies", lambda *_: False)
    sitting = house.sittings["linh"]
    said = refused(Unverified, lambda: house.use.ship_batch(sitting, batch, 5, "Brookfield"))
    with house.use.look() as uow:
        assert (said.batch, said.whole) == (uow.batch(batch).number, False)
    assert house.use.ship_unreleased(sitting, batch, 5, "Brookfield", "gone already").quantity == 5
