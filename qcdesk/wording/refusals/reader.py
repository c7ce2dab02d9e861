# SPDX-License-Identifier: Apache-2.0
"""To whom a refusal is told, and the register of what tells each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from qcdesk.i18n import Catalogue
from qcdesk.wording.spelling import Told, day, in_a_row, is_name, numbers


@dataclass(frozen=True)
class Reader:
    """Who reads: the language, whose name is "you" (None: whoever the refusal is about), and the day."""

    words: Catalogue
    you: str | None = None
    today: date | None = None

    def is_you(self, person: str) -> bool:
        """Tell whether the person a refusal is about is the one who reads it."""
        return self.you is None or self.you == person or not is_name(person)

    def day(self, on: date) -> str:
        """Return a day as one says it."""
        return day(on, self.words, self.today)

    def can(self, names: Sequence[str]) -> str:
        """Return who can instead."""
        known = [name for name in names if is_name(name)]
        if known:
            return self.words.say("{names} can.", names=in_a_row(known, self.words))
        return self.words.say("Another person has to do it; two people together can enrol or qualify one.")

    def units(self, units: Iterable[int]) -> str:
        """Return unit numbers in a row."""
        return numbers(units, self.words)


@singledispatch
def in_words(refusal: object, to: Reader) -> Told:
    """Return a refusal in words: each subject's module registers its own."""
    return Told(to.words.say("A rule does not allow this; nothing was changed."))
