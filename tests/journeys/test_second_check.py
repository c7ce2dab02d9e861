# SPDX-License-Identifier: Apache-2.0
"""What a second check buys is asked from the comparison and from a plan, and from the keys of its place."""

from __future__ import annotations

from PySide6.QtTest import QTest

from qcdesk.gui.screens.second_check.view import SecondCheckView
from qcdesk.gui.widgets.forms import LineField
from tests.journeys.driving import Hands
from tests.workspace import House


def test_what_a_second_check_buys_is_asked_where_one_meets_it(hands: Hands, house: House) -> None:
    batch = house.accepted()
    hands.sign_in("linh")
    hands.program.running.open("second_check")
    hands.settle()
    (page,) = hands.all(SecondCheckView)
    for field, typed in (("lots", "30"), ("lot_size", "500")):
        control = page.form.field(field)
        assert isinstance(control, LineField)
        control.edit.selectAll()
        QTest.keyClicks(control.edit, typed)
    hands.see(" ship after one check and ")
    hands.see("50 units of 500; accept with 1 bad or fewer")
    hands.program.running.open("comparison", batch)
    hands.press("What does the second check buy?")
    hands.until(lambda: hands.here == "second_check", "the page")
    hands.settle()
    assert (page.values()["lot_size"], page.values()["lots"]) == ("20", "30")
    hands.press("The comparison")
    hands.until(lambda: hands.here == "comparison", "the comparison again")
    hands.program.running.open("explorer")
    hands.see("Look at 125 units of 1800.")
    hands.press("What does a second check buy?")
    hands.until(lambda: hands.here == "second_check", "the page again")
    hands.see("125 units of 1800; accept with 5 bad or fewer")
    assert page.values()["aql"] == "1.5"
    hands.until(lambda: not hands.program.tasks.busy, "the last of the batches")
    hands.press("Print")
    hands.see("Back to the second check")
