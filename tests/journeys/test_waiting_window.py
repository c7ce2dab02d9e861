# SPDX-License-Identifier: Apache-2.0
"""Waiting through the window: what waits for whom, what will miss its day, and how long a batch was in each state."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.driving import Hands
from tests.workspace import House


def test_what_will_miss_its_day_stands_on_the_board_and_the_page_says_whom_it_waits_for(
    hands: Hands, house: House
) -> None:
    for number in range(1, 5):
        house.released(number=f"OLD-{number}")
        house.clock.forward(days=2)
    soon = house.clock.today() + timedelta(days=1)
    for number in range(1, 4):
        house.batch(f"NEW-{number}", ship_by=soon)
    house.check("linh", "NEW-1")
    hands.sign_in("som")
    hands.see("NEW-3 and NEW-1 will probably miss their ship-by days.")
    hands.program.running.open("waiting")
    hands.settle()
    hands.see("NEW-3 and NEW-1 will probably miss their ship-by days.")
    hands.see("Foreseen from 12 signatures on 8 days of work (1.5 a day)")
    hands.open_batch("NEW-1")
    hands.see("Time in each state")
