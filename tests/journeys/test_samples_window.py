# SPDX-License-Identifier: Apache-2.0
"""Two people take a batch through the window by a double plan: to the second sample and to both verdicts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qcdesk.domain.sampling import ClassRule
from qcdesk.store.verification import verify
from tests.journeys.driving import Hands
from tests.workspace import House

# Lot 60, level II: code E, 8 and 8 units; major accepts 0 and 3, rejects 3 and 4.
RULES = (
    ClassRule("critical", "zero", n=5),
    ClassRule("major", "aql", Decimal("6.5"), plan_type="double"),
    ClassRule("minor", "aql", Decimal("10"), plan_type="double"),
)
ONE = {3: "Dent"}
FOUR = {3: "Dent", 9: "Dent", 10: "Dent", 11: "Dent"}


def begin(hands: Hands, number: str, words: str) -> None:
    hands.open_batch(number)
    hands.act(words)
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()


def main(hands: Hands) -> None:
    hands.click(hands.program.running.runner_view.main)
    hands.settle()


def both_samples(hands: Hands, defects: dict[int, str]) -> None:
    """Go through the first sample, be told why the second is needed, and go through that."""
    hands.see("of 8")
    hands.inspect(defects)
    hands.see("One more sample is needed: 8 units")
    hands.see("Major: 1 found, accept at 0, reject at 3: take the second sample, 8 more units.")
    hands.see("Their numbers in the batch: ")
    assert hands.program.running.runner_view.head.stickers.isVisible()
    hands.click(hands.program.running.runner_view.undo)  # undo leads back over it
    hands.settle()
    assert hands.program.running.runner.unit_in_hand == 8
    main(hands)
    hands.see("One more sample is needed: 8 units")
    main(hands)
    assert hands.program.running.runner.unit_in_hand == 9
    hands.see("of 16")
    strip = hands.program.running.runner_view.strip
    assert "Major: 1 found, sample 2: 3 allowed · 4 reject" in strip.accessibleName()
    assert "Minor: 0 found, accepted at sample 1" in strip.accessibleName()
    hands.inspect(defects)


@pytest.mark.parametrize(("defects", "state"), [(ONE, "accepted"), (FOUR, "rejected")])
def test_batch_goes_to_its_second_sample_in_the_window(
    hands: Hands, house: House, defects: dict[int, str], state: str
) -> None:
    house.approve(rules=RULES, characteristics=())
    number = house.batch("DA-7", 60)
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.see("8, up to 16 units")
    hands.act("Make the first check")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    both_samples(hands, defects)
    hands.sign("linh")
    hands.until(lambda: hands.here == "board", "the board after signing")
    hands.settle()

    hands.switch("som")
    begin(hands, number, "Make the second check")
    both_samples(hands, defects)
    hands.sign("som")
    hands.until(lambda: hands.here == "comparison", "the comparison")
    hands.settle()
    assert hands.reads("16 units, the same for both")
    assert house.state(number) == state
    found = verify(house.database)
    assert found.ok, found.problems


def test_check_left_before_the_second_sample_asks_for_it_again(hands: Hands, house: House) -> None:
    house.approve(rules=RULES, characteristics=())
    number = house.batch("DA-8", 60)
    hands.sign_in("linh")
    begin(hands, number, "Make the first check")
    hands.inspect(ONE)
    hands.see("One more sample is needed: 8 units")
    hands.program.running.open("board")
    hands.settle()
    check = house.start("linh", number).check
    hands.program.running.open("runner", check)
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    hands.see("One more sample is needed: 8 units")
    main(hands)
    assert hands.program.running.runner.unit_in_hand == 9


def test_check_that_must_reject_may_end_in_the_window(hands: Hands, house: House) -> None:
    house.approve(rules=RULES, characteristics=(), curtail=True)
    number = house.batch("DA-9", 60)
    hands.sign_in("linh")
    begin(hands, number, "Make the first check")
    hands.inspect({1: "Dent", 2: "Dent", 4: "Dent"})
    hands.see("This check can end here")
    assert hands.reads("Go on looking")
    hands.sign("linh")
    hands.until(lambda: hands.here == "board", "the board after signing")
    assert house.state(number) == "awaiting_second"
