# SPDX-License-Identifier: Apache-2.0
"""What proves a corrective action, asked of either engine: lots in order, what is told of them, what opens it again."""

from __future__ import annotations

from datetime import date

from qcdesk.domain.events import DefectReported
from qcdesk.domain.promises import PromiseTest
from qcdesk.services.corrective_actions import NewAction
from qcdesk.store.verification import verify
from tests.workspace import PRODUCT, House


def test_lots_are_walked_in_the_order_of_their_registration_and_what_is_told_of_one_counts(
    house: House,
) -> None:
    house.approve(characteristics=())
    linh = house.sittings["linh"]
    house.use.open_action(linh, NewAction(house.supplier.supplier, "Dents", ("DEN",), PRODUCT))
    house.use.make_promise(linh, "CA-1", "No more", date(2099, 1, 1), PromiseTest("accepted"))
    for number in ("LOT-1", "LOT-2", "LOT-3"):
        house.batch(number)
    with house.use.look() as uow:
        found = tuple(uow.deliveries(house.supplier.supplier, 0, PRODUCT))
        assert [one.number for one in found] == ["LOT-1", "LOT-2", "LOT-3"]
        later = uow.deliveries(house.supplier.supplier, found[0].seq, "")
        assert [one.number for one in later] == ["LOT-2", "LOT-3"]
        assert uow.delivery_of(found[1].batch) == found[1]
    for login in ("linh", "som"):
        house.check(login, "LOT-1")
    with house.use.look() as uow:
        kinds = [one.kind for one in uow.happened(found[0].batch)]
    assert kinds == ["opened", "judged"]
    house.use.close_action(house.hands["linh"], "CA-1", "one lot without dents")
    said = DefectReported("", "market", "DEN", "Dent", "major", batch=found[0].batch)
    house.use.report_defect(linh, said)
    now = house.use.corrective_action("CA-1")
    assert (now.state, now.promises[0].decision.state, len(now.stops)) == ("reopened", "broken", 1)
    assert verify(house.database).problems == ()
