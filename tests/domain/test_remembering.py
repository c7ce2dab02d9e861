# SPDX-License-Identifier: Apache-2.0
"""What is remembered is what would be worked out, once, and never more than there is room for."""

from __future__ import annotations

import pytest

from qcdesk.domain.remembering import Remembered


class Spelling:
    """Spells small numbers out, and counts how often it was asked."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.asked: list[int] = []

    def __call__(self, number: int) -> str:
        """Return the word. Raises: KeyError: too large."""
        self.asked.append(number)
        return {1: "one", 2: "two", 3: "three"}[number]


def test_thing_is_worked_out_once() -> None:
    spelling = Spelling()
    remembered = Remembered(2, spelling)
    assert [remembered(1), remembered(1)] == ["one", "one"]
    assert spelling.asked == [1]


def test_what_was_put_is_not_worked_out() -> None:
    spelling = Spelling()
    remembered = Remembered(2, spelling)
    remembered.put(1, "one")
    assert remembered(1) == "one"
    assert spelling.asked == []


def test_what_cannot_be_worked_out_is_asked_again() -> None:
    spelling = Spelling()
    remembered = Remembered(2, spelling)
    for _ in range(2):
        with pytest.raises(KeyError):
            remembered(4)
    assert spelling.asked == [4, 4]


def test_oldest_goes_first() -> None:
    spelling = Spelling()
    remembered = Remembered(2, spelling)
    for number in (1, 2):
        remembered(number)
    remembered.put(1, "one")  # the youngest again
    assert [remembered(3), remembered(1), remembered(2)] == ["three", "one", "two"]
    assert spelling.asked == [1, 2, 3, 2]
