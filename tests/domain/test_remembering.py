# SPDX-License-Identifier: Apache-2.0
"""What is remembered is what would be worked out, once, and never more than there is room for."""

from __future__ import annotations

import pytest

from qcdesk.domain.remembering import Remembered


class Counting:
    """Counts the letters of a word, and how often it was asked."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.asked: list[str] = []

    def __call__(self, word: str) -> int:
        """Return how many letters it has. Raises: ValueError: none."""
        self.asked.append(word)
        if not word.strip():
            raise ValueError(word)
        return len(word)


def test_thing_is_worked_out_once() -> None:
    counting = Counting()
    remembered = Remembered(8, counting)
    assert [remembered("four"), remembered("four")] == [4, 4]
    assert counting.asked == ["four"]


def test_what_was_put_is_not_worked_out() -> None:
    counting = Counting()
    remembered = Remembered(8, counting)
    remembered.put("four", 4)
    assert remembered("four") == 4
    assert counting.asked == []


def test_what_cannot_be_worked_out_is_asked_again() -> None:
    counting = Counting()
    remembered = Remembered(8, counting)
    for _ in range(2):
        with pytest.raises(ValueError, match=" "):
            remembered(" ")
    assert counting.asked == [" ", " "]


def test_oldest_go_first() -> None:
    counting = Counting()
    remembered = Remembered(8, counting)
    for word in ("one", "two"):
        remembered(word)
    remembered.put("one", 3)  # the youngest again
    assert [remembered("six"), remembered("one"), remembered("two")] == [3, 3, 3]
    assert counting.asked == ["one", "two", "six", "two"]


def test_longer_than_there_is_room_for_is_not_kept() -> None:
    counting = Counting()
    remembered = Remembered(8, counting)
    assert [remembered("ninepence"), remembered("ninepence")] == [9, 9]
    assert remembered("four") == remembered("four") == 4
    assert counting.asked == ["ninepence", "ninepence", "four"]
