# SPDX-License-Identifier: Apache-2.0
"""The order in which the reader looks for words: ă after a, เ after its consonant, pinyin, LOT-9 before LOT-10."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cmp_to_key
from typing import TypeVar, cast

from PySide6.QtCore import QCollator, QLocale

ItemT = TypeVar("ItemT")


def _collator(language: str) -> QCollator:
    made = QCollator(QLocale(language))
    made.setNumericMode(True)
    return made


class _Reader:
    """Whose order it is: one window stands at a time, in one language."""

    def __init__(self) -> None:
        self.speak("en")

    def speak(self, language: str) -> None:
        self.language, self.collator = language, _collator(language)

    def compare(self, left: str, right: str) -> int:
        return self.collator.compare(left, right)


_reader = _Reader()


def speak(language: str) -> None:
    """Order words as in a language from now on."""
    _reader.speak(language if QLocale(language).language() != QLocale.Language.C else "en")


def before(left: object, right: object) -> bool:
    """Tell whether the reader looks for one thing before another: words as words, what has several parts part by part."""
    if isinstance(left, str) and isinstance(right, str):
        return _reader.compare(left, right) < 0
    if isinstance(left, tuple) and isinstance(right, tuple):
        for one, other in zip(left, right, strict=False):
            if before(one, other) or before(other, one):
                return before(one, other)
        return len(left) < len(right)
    return cast("float", left) < cast("float", right)  # or two days, or two of whatever has an order


def in_order(items: Iterable[ItemT], words: Callable[[ItemT], str]) -> list[ItemT]:
    """Return items in the order in which the reader looks for their words; it may run off the window's thread."""
    by_words = cmp_to_key(
        _collator(_reader.language).compare
    )  # what Qt compares with is no two threads' at once
    return sorted(items, key=lambda item: by_words(words(item)))


def by_words(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what can be chosen, code and words, in the order in which the reader looks for the words."""
    return in_order(choices, lambda choice: choice[1])
