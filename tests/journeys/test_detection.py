# SPDX-License-Identifier: Apache-2.0
"""The owner sees what each check finds and goes to the batch behind it; an inspector sees the own checks alone."""

from __future__ import annotations

from qcdesk.gui.screens.detection.view import DetectionView
from tests.journeys.driving import Hands
from tests.workspace import House


def test_owner_goes_from_what_was_missed_to_the_batch_and_a_colleague_does_not(
    hands: Hands, house: House
) -> None:
    house.enrol("tu", "Trần Tú", "inspector")
    house.enrol("minh", "Lê Minh", "inspector")
    batch = house.batch()
    house.check("tu", batch, {1: "DEN"})
    house.check("minh", batch, {1: "DEN", 2: "SCR"})

    hands.sign_in("linh")
    hands.program.running.open("analysis")
    hands.press("What each check finds")
    hands.see("Of 2 settled defects the first checks missed 1: not enough to tell how often")
    view = hands.all(DetectionView)[0]
    view.tables["people"].selectRow(1)
    hands.see("Trần Tú: 1 of 2 settled defects missed, not enough to tell")
    hands.press("Batches behind it")
    view.tables["batches"].selectRow(0)
    hands.press("Open the comparison")
    hands.until(lambda: hands.here == "comparison", "the comparison")
    hands.see(batch)

    hands.switch("tu")
    hands.program.running.open("detection")
    hands.see("You missed 1 of 2 settled defects")
    assert not hands.reads("Lê Minh")
