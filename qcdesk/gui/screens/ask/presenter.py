# SPDX-License-Identifier: Apache-2.0
"""Has things filled in and signed: opens the keys on the thread of the database, does the act, shows what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from qcdesk.gui.asking import Answers, Asking, WhoNow
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases

T = TypeVar("T")
Secrets = Sequence[tuple[str, str]]
"""(login, secret) of each who signs; an empty login is the person signed in."""


class AskView(Protocol):
    """The sheet."""

    def show_asking(
        self, asking: Asking, name: str, note: str, others: Sequence[tuple[str, str]]
    ) -> None: ...
    def open(self) -> None: ...
    def close_sheet(self) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class AskPresenter:
    """One sheet for everything that takes a reason, a choice or a signature."""

    def __init__(
        self,
        view: AskView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        others_failed: Callable[[Exception], None],
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._others_failed = others_failed
        self._work: Callable[[Answers, tuple[Hand, ...]], object] | None = None
        self._done: Callable[[Any], None] | None = None

    def ask(
        self, asking: Asking, work: Callable[[Answers, tuple[Hand, ...]], T], done: Callable[[T], None]
    ) -> None:
        """Open the sheet; where two sign, with everybody who could be the second."""
        self._work, self._done = work, done
        if not asking.other:
            self._show(asking, ())
            return
        self._tasks.run(
            self._use.read.wall,
            lambda wall: self._show(
                asking,
                tuple((row.login, row.name) for row in wall if row.person != self._who().person),
            ),
            self._others_failed,
        )

    def ask_secret(
        self,
        meaning: str,
        work: Callable[[tuple[Hand, ...]], T],
        done: Callable[[T], None],
        *,
        other: bool = False,
        button: str = "",
    ) -> None:
        """Ask for one or two secrets only."""
        say = self._words.say
        asking = Asking(button or say("Sign"), meaning, button or say("Sign"), other=other)
        self.ask(asking, lambda _answers, hands: work(hands), done)

    def give(self, answers: Answers, secrets: Secrets) -> None:
        """Open the keys and do the act."""
        work = self._work
        if work is None:
            return
        login = self._who().login
        named = tuple((name or login, secret) for name, secret in secrets)
        self._view.show_working(True)

        def act() -> object:
            return work(answers, tuple(self._use.open_hand(name, secret) for name, secret in named))

        self._tasks.run(act, self._succeeded, self._problems.show)

    def _show(self, asking: Asking, others: tuple[tuple[str, str], ...]) -> None:
        who = self._who()
        self._view.show_asking(asking, who.name, who.role, others)
        self._view.open()

    def _succeeded(self, result: object) -> None:
        done, self._done, self._work = self._done, None, None
        self._view.show_working(False)
        self._view.close_sheet()
        if done is not None:
            done(result)
