# SPDX-License-Identifier: Apache-2.0
"""A wait runs down in the words that were shown first, and is over when it is over."""

from __future__ import annotations

from qcdesk.domain.refusals import ChangedMeanwhile, TryLater, WrongSecret
from qcdesk.gui.problems import Problems, Told
from qcdesk.gui.waiting import Waiting
from tests.gui.screens.conftest import EN, Remembers, tell


def counted(cause: Exception, seconds: int) -> list[tuple[Told | None, bool]]:
    said: list[tuple[Told | None, bool]] = []
    waiting = Waiting(Problems(tell, EN, Remembers()), lambda told, on: said.append((told, on)))
    waiting.show(cause)
    for _ in range(seconds):
        waiting.second()
    return said


def test_wait_after_a_wrong_pin_ends_in_try_again() -> None:
    ways = [(told.way if told else "", on) for told, on in counted(WrongSecret("som", "pin", 2, 7), 2)]
    after = "After 7 more, another person must unlock you."
    assert ways == [
        (f"Next try in 2 seconds. {after}", True),
        (f"Next try in 1 second. {after}", True),
        (f"Try again. {after}", False),
    ]


def test_refusal_of_an_early_try_goes_away_when_its_time_has_come() -> None:
    said = counted(TryLater("Som", 1), 1)
    assert said[-1] == (None, False)


def test_nothing_is_counted_where_nothing_is_waited_for() -> None:
    assert counted(ChangedMeanwhile("DA-1"), 0) == []
    assert counted(WrongSecret("som", "password", 0, 9), 0) == []
