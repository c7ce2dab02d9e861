# SPDX-License-Identifier: Apache-2.0
"""Saving what may read like something that is there, or takes two: a person says so, or a second one signs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from qcdesk.domain.refusals import ReadsLike, TwoNeeded
from qcdesk.gui.asking import Ask, Asking
from qcdesk.gui.problems import Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand

T = TypeVar("T")


def save_or_ask(
    tasks: Tasks,
    words: Catalogue,
    ask: Ask,
    problems: Problems,
    work: Callable[[bool, Hand | None], T],
    done: Callable[[T], None],
    stop: Callable[[], None],
) -> None:
    """Do the work; where it is refused because it reads like something that is there, ask and do it again.

    Where it is refused because it takes two, both sign and it is done again.
    Args: work: gets whether a person has said that it is another one, and the second person's hand; runs on the thread
        of the database. stop: called before the question, when nothing is under way any more.
    """

    def failed(cause: Exception) -> None:
        if isinstance(cause, TwoNeeded):
            stop()
            told = problems.told(cause)
            title = words.say("It takes two")
            both = Asking(title, told.fact, words.say("Sign and save"), note=told.way, other=True)
            ask(both, lambda _answers, hands: work(True, hands[1]), done)
            return
        if not isinstance(cause, ReadsLike):
            problems.show(cause)
            return
        stop()
        told = problems.told(cause)
        asking = Asking(
            words.say("Is it another one?"),
            told.fact,
            words.say("Save it as another one"),
            note=told.way,
            secret=False,
            stops=True,
        )
        ask(asking, lambda _answers, _hands: work(True, None), done)

    tasks.run(lambda: work(False, None), done, failed)
