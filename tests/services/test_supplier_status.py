# SPDX-License-Identifier: Apache-2.0
"""Nothing of a blocked supplier is released, whoever forgets to ask; two releasers let it deliver again."""

from __future__ import annotations

import pytest

from qcdesk.domain.refusals import ChangedMeanwhile, MissingRole, SupplierBlocked, TwoNeeded, Unverified
from qcdesk.services import settle_round
from qcdesk.store.verification import verify
from tests.workspace import House, refused


def test_goods_of_a_blocked_supplier_wait_until_two_releasers_let_it_deliver_again(house: House) -> None:
    house.approve()
    number = house.accepted()
    linh, som = house.hands["linh"], house.hands["som"]
    house.enrol("minh", "Trần Văn Minh", "inspector")
    blocked = house.use.set_supplier_status(house.hands["minh"], None, "S1", "blocked", "cracks again")
    with house.use.look() as uow:
        standing = uow.supplier_standing(blocked.supplier)
    assert (standing.status, standing.reason, standing.by) == ("blocked", "cracks again", ("Trần Văn Minh",))
    said = refused(SupplierBlocked, lambda: house.use.release_batch(som, number))
    assert said.reason == "cracks again"
    assert said.who_can == ("Nguyễn Thị Linh", "สมชาย ศรีสุข")
    with pytest.raises(TwoNeeded):
        house.use.set_supplier_status(linh, None, "S1", "approved", "moulds mended")
    with pytest.raises(MissingRole):
        house.use.set_supplier_status(linh, house.hands["minh"], "S1", "conditional", "moulds mended")
    with pytest.raises(ChangedMeanwhile):
        house.use.set_supplier_status(linh, som, "S1", "conditional", "moulds mended", seen=0)
    house.use.set_supplier_status(linh, som, "S1", "conditional", "moulds mended", seen=standing.seq)
    house.use.release_batch(som, number)
    assert verify(house.database).problems == ()


def test_what_is_released_past_the_program_is_refused_by_the_database(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.approve()
    number = house.accepted()
    house.use.set_supplier_status(house.hands["linh"], None, "S1", "blocked", "cracks again")
    monkeypatch.setattr(settle_round, "require_supplier_free", lambda uow, batch, on: None)
    with pytest.raises(SupplierBlocked):
        house.use.release_batch(house.hands["som"], number)
    if house.database.dialect == "sqlite":
        with house.database.engine.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER batch_supplier_not_blocked")
        house.use.release_batch(house.hands["som"], number)
        assert "rule_supplier_blocked" in {p.code for p in verify(house.database).problems}
        with pytest.raises(Unverified):
            house.use.ship_batch(house.sittings["som"], number, 1, "ACME", house.clock.today(), "")
