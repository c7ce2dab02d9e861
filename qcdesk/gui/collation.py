# SPDX-License-Identifier: Apache-2.0
"""The order in which the reader looks for words: ă after a, เ after its consonant, pinyin, LOT-9 before LOT-10."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cmp_to_key
from typing import TypeVar

from PySide6.QtCore import QCollator, QLocale

ItemT = TypeVar("ItemT")


def _collator(language: str) -> QCollator:
    made = QCollator(QLocale(language))
    made.setNumericMode(True)
    return made


class _Reader:
    """Whose order it is: one window stands at a time, in one language."""

    def __init__(self) -> None:
        self.collator = _collator("en")

    def speak(self, language: str) -> None:
        self.collator = _collator(language)

    def compare(self, left: str, right: str) -> int:
        return self.collator.compare(left, right)


_reader = _Reader()


def speak(language: str) -> None:
    """Order words as in a language from now on."""
    _reader.speak(language if QLocale(language).language() != QLocale.Language.C else "en")


def before(left: str, right: str) -> bool:
    """Tell whether the reader looks for one word before another."""
    return _reader.compare(left, right) < 0


def in_order(items: Iterable[ItemT], words: Callable[[ItemT], str]) -> list[ItemT]:
    """Return items in the order in which the reader looks for their words."""
    by_words = cmp_to_key(_reader.compare)
    return sorted(items, key=lambda item: by_words(words(item)))
