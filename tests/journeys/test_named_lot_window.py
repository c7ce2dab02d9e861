# SPDX-License-Identifier: Apache-2.0
"""A report names a lot that is called as a batch: whoever knows says so with one key, and a complaint is about it."""

from __future__ import annotations

from qcdesk.domain.events import DefectReported
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.workspace import House


def test_a_named_lot_is_taken_as_a_complaint_with_one_key_and_once(hands: Hands, house: House) -> None:
    number = house.batch("A1001")
    report = DefectReported("", "FDA recalls", "SCR", "Scratch", "major", supplier=house.supplier.supplier,
                            reference="F-1", note="Lots: A1001, A1002")  # fmt: skip
    house.use.report_defect(house.sittings["linh"], report)
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.see("Whether it is that lot, somebody who knows the supplier says.")
    hands.press("It is the lot of the report")
    sheet = hands.program.running.ask_sheet
    hands.until(sheet.isVisible, "the sheet")
    hands.see("FDA recalls · F-1 · SCR")
    hands.press("Take it as a complaint")
    hands.until(lambda: not sheet.isVisible(), "the sheet to close")
    hands.settle()
    hands.until(lambda: not hands.reads("It is the lot of the report"), "the key to go")
    with house.use.look() as uow:
        batch, taken = uow.batch(number), uow.complaint(1)
    assert (taken.batches, taken.taken.customer, taken.owner) == (
        (batch.id,),
        "FDA recalls",
        house.id("linh"),
    )
    assert "F-1" in taken.taken.words
    assert verify(house.database).problems == ()
