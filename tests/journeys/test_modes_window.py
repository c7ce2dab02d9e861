# SPDX-License-Identifier: Apache-2.0
"""Two people take a batch through the window where the second check is split, and where it is a review."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qcdesk.domain.procedures import Characteristic
from qcdesk.gui.screens.runner.review_parts import ClaimButton
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.workspace import House, content

WELD = Characteristic("WLD", "Weld section", "attribute", "major", mode="review", destructive=True)
PULL = Characteristic(
    "PUL", "Pull force", "variable", "major", "N", lower=Decimal(90), mode="review", destructive=True
)


def begin(hands: Hands, number: str, words: str) -> None:
    hands.open_batch(number)
    hands.act(words)
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()


def main(hands: Hands) -> None:
    hands.click(hands.program.running.runner_view.main)
    hands.settle()


def test_batch_whose_second_check_is_split_goes_through_the_window(hands: Hands, house: House) -> None:
    bore = replace(content("x").characteristics[0], mode="split")
    house.approve(defects_mode="split", characteristics=(bore,))
    number = house.batch("DA-7", 60)
    hands.sign_in("linh")
    begin(hands, number, "Make the first check")
    hands.inspect({1: "Scratch"})
    hands.sign("linh")
    hands.until(lambda: hands.here == "board", "the board after signing")
    hands.settle()

    hands.switch("som")
    hands.open_batch(number)
    assert hands.reads("Split: an own sample, some units in common")
    hands.act("Make the second check")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    assert hands.reads("Second check, own sample")
    page = hands.program.running.runner.page
    assert page is not None
    fresh = page.units[-1].unit
    assert fresh > len(page.units)
    hands.inspect({fresh: "Scratch"})
    hands.sign("som")
    hands.until(lambda: hands.here == "comparison", "the comparison")
    hands.settle()
    for words in ("second sample only", "Each sample by itself", f"Unit {fresh}", "only สมชาย ศรีสุข had it"):
        assert hands.reads(words), words
    assert house.state(number) == "accepted"
    found = verify(house.database)
    assert found.ok, found.problems


def test_batch_whose_test_destroys_the_units_goes_through_a_review(hands: Hands, house: House) -> None:
    house.approve(defects=(), characteristics=(PULL, WELD))
    number = house.batch("DA-8", 60)
    hands.sign_in("linh")
    begin(hands, number, "Make the first check")
    hands.inspect({2: "Weld section"}, {u: "84" if u == 4 else "103" for u in range(1, 60)})
    hands.see("Leave the numbers on what is left: the second person may measure it again.")
    hands.sign("linh")
    hands.until(lambda: hands.here == "board", "the board after signing")
    hands.settle()

    hands.switch("som")
    hands.open_batch(number)
    hands.see("Nothing here is inspected twice")
    hands.act("Make the second check")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.see("2 of 2 left")
    assert hands.reads("Review of the first check")
    second = hands.all(ClaimButton)[1]
    second.setFocus()
    QTest.keyClick(second, Qt.Key.Key_Return)
    hands.see("6 below the lower limit")
    hands.measure("95")
    hands.see("You measured 95 N.")
    QTest.keyClick(hands.program.running.runner_view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    hands.see("1 of 2 left")
    main(hands)
    hands.see("All 2 are opened")
    main(hands)
    hands.see("All 2 finds are opened.")
    hands.sign("som")
    hands.until(lambda: hands.here == "comparison", "the comparison")
    hands.settle()
    assert hands.reads("Nothing here is inspected twice")
    assert hands.reads("What was reviewed")
    found = verify(house.database)
    assert found.ok, found.problems


def test_signature_is_refused_until_all_is_opened_and_leads_back_to_it(hands: Hands, house: House) -> None:
    house.approve(defects=(), characteristics=(WELD,))
    number = house.batch("DA-9", 60)
    house.check("linh", number, {3: "WLD"})
    started = house.start("som", number)
    hands.sign_in("som")
    hands.program.running.open("runner", started.check)
    hands.see("1 of 1 left")
    hands.program.running.signing.open(started.check, hands.program.running.runner.go_to)
    hands.see("Signing as")
    hands.settle()
    assert not hands.program.running.sign_sheet.sign.isEnabled()
    hands.press("Open it")
    hands.see("Weld section")
    main(hands)
    main(hands)
    hands.sign("som")
    hands.until(lambda: hands.here == "comparison", "the comparison")
