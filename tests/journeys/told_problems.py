# SPDX-License-Identifier: Apache-2.0
"""What can be said back to whoever acts, where it takes the most room: a refusal, bad input, trouble, a bug."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import ClockBlocked, Locked, Refusal, WrongSecret
from qcdesk.gui.problems import Offer, Problem, Told, sort
from qcdesk.i18n import Catalogue
from qcdesk.services.trouble import Trouble
from qcdesk.wording import problems, troubles
from tests.wording.examples import every_refusal, example

WAITS = WrongSecret("linh", "badge", wait=30, left=6)
LOCKED = Locked("Nguyễn Thị Linh", 900, ("สมชาย ศรีสุข", "王敏", "Trần Văn Huy"))
CLOCK = ClockBlocked(10_800)
SCRIPTS_OF_THEIR_OWN = ("zh_CN", "th")
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
COMMAND = re.compile(r"qcdesk( [a-z-]+)+|log restored --from")


def told(cause: Exception, words: Catalogue) -> Problem:
    """Return a problem as a screen is given it."""

    def tell(known: Exception) -> Told:
        assert isinstance(known, Refusal | BadInput | Trouble)
        said = problems.tell(known, words, you="Nguyễn Thị Linh")
        return Told(said.fact, said.way)

    return sort(cause, tell, words)


def blocked_clock(words: Catalogue) -> Problem:
    """Return the refusal that offers the most beside it."""
    offer = Offer(words.say("Correct the clock with two people"), lambda _settled: None)
    return replace(told(CLOCK, words), offer=offer)


def _longest(causes: list[Exception], words: Catalogue) -> Problem:
    told_all = [told(cause, words) for cause in causes]
    return max(told_all, key=lambda one: len(one.told.fact) + len(one.told.way))


def longest_refusal(words: Catalogue) -> Problem:
    """Return the refusal with the most words in this language."""
    return _longest([example(cls) for cls in every_refusal()], words)


def longest_trouble(words: Catalogue) -> Problem:
    """Return the trouble with the most words in this language."""
    return _longest([Trouble(code) for code in troubles.known_codes()], words)


def bug(words: Catalogue) -> Problem:
    """Return what is said of the program's own mistake."""
    return told(LookupError("a mistake"), words)


def wrong_at(field: str, words: Catalogue) -> Problem:
    """Return bad input of a field."""
    long = BadInput(
        "number", facts={"typed": "1,234.5", "point": "1234.5", "comma": "1234,5"}, where={"field": field}
    )
    return told(long, words)


def english_left(window: QWidget, language: str, lacking: Iterable[str] = ()) -> set[str]:
    """Return what stands in English where the language has a script of its own.

    Args: lacking: sentences that translators have not translated yet, which another test tells of.
    """
    if language not in SCRIPTS_OF_THEIR_OWN:
        return set()
    known = [re.compile(r".+".join(map(re.escape, re.split(r"{[^}]*}", one)))) for one in lacking]
    kinds: tuple[type[QLabel] | type[QAbstractButton], ...] = (QLabel, QAbstractButton)
    texts = [one.text() for kind in kinds for one in window.findChildren(kind) if one.isVisible()]
    english = {text for text in texts if ENGLISH.search(COMMAND.sub("", text))}
    return {f"English: {text}" for text in english if not any(one.search(text) for one in known)}


def every_problem(words: Catalogue) -> dict[str, Problem]:
    """Return one problem of each kind, by what it is."""
    made: dict[str, Callable[[], Problem]] = {
        "waits": lambda: told(WAITS, words),
        "locked": lambda: told(LOCKED, words),
        "clock": lambda: blocked_clock(words),
        "refusal": lambda: longest_refusal(words),
        "trouble": lambda: longest_trouble(words),
        "bug": lambda: bug(words),
    }
    return {name: make() for name, make in made.items()}
