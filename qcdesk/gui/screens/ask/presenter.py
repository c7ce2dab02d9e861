# SPDX-License-Identifier: Apache-2.0
"""Has things filled in and signed: opens the keys on the thread of the database, does the act, shows what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from qcdesk.domain.log import RECOVERY
from qcdesk.domain.refusals import BadgeOfAnother, PinOver, WrongSecret
from qcdesk.gui.asking import Answers, Asking, Once, Secret, ShowOnce, WhoNow
from qcdesk.gui.collation import in_order
from qcdesk.gui.hands import open_named, open_own
from qcdesk.gui.problems import Problem, Problems, Told
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.waiting import Waiting
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import CodeCard, Hand, Sheet
from qcdesk.services.use_cases import UseCases

T = TypeVar("T")
Secrets = Sequence[tuple[str, Secret]]
"""(login, secret) of each who signs; an empty login is the person signed in, ``RECOVERY`` the recovery sheet."""


class AskView(Protocol):
    """The sheet."""

    def show_asking(
        self, asking: Asking, name: str, note: str, others: Sequence[tuple[str, str]], *, pin: bool
    ) -> None: ...
    def offer_ways(self, pin: bool) -> None: ...
    def show_badge(self, login: str, code: str) -> None: ...
    def count(self, told: Told | None, counting: bool) -> None: ...
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
        show_once: ShowOnce,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._others_failed = others_failed
        self._show_once = show_once
        self._waiting = Waiting(problems, view.count)
        self._asking: Asking | None = None
        self._others: dict[str, tuple[str, str]] = {}
        self._work: Callable[[Answers, tuple[Hand, ...]], object] | None = None
        self._done: Callable[[Any], None] | None = None

    def ask(
        self, asking: Asking, work: Callable[[Answers, tuple[Hand, ...]], T], done: Callable[[T], None]
    ) -> None:
        """Open the sheet; where two sign, with everybody who could be the second."""
        self._work, self._done, self._asking, self._others = work, done, asking, {}
        if not asking.other:
            self._show(asking)
            return

        def enrolled() -> list[tuple[str, str, str]]:
            if asking.by_log:  # also whom the tables say to be suspended: they may be what is wrong
                people = (row.person for row in self._use.read.people())
                return in_order(((p.login, p.id, p.name) for p in people if p.login), lambda one: one[2])
            return in_order(((r.login, r.person, r.name) for r in self._use.read.wall()), lambda one: one[2])

        def loaded(wall: list[tuple[str, str, str]]) -> None:
            own = self._who().person
            self._others = {
                login: (person, name)
                for login, person, name in wall
                if person != own and person not in asking.but
            }
            if asking.sheet:
                self._others[RECOVERY] = ("", self._words.say("The recovery sheet"))
            self._show(asking)

        self._tasks.run(enrolled, loaded, self._others_failed)

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
        who, others = self._who(), dict(self._others)
        by_log = self._asking is not None and self._asking.by_log
        self._waiting.end()
        self._view.show_working(True)

        def opened(login: str, secret: Secret) -> Hand:
            if not login:
                return open_own(self._use, who, secret)
            return open_named(self._use, login, *others[login], secret, by_log=by_log)

        def act() -> tuple[object, str]:
            hands = tuple(opened(login, secret) for login, secret in secrets)
            result = work(answers, hands)
            return result, next((hand.next_code for hand in hands if isinstance(hand, Sheet)), "")

        self._tasks.run(act, lambda both: self._succeeded(*both), self._failed)

    def badge(self, code: str) -> None:
        """Ask for the PIN of a badge that was scanned: the own one's, or the one of who signs beside."""
        asking, who = self._asking, self._who()
        if asking is None or not asking.secret:
            return

        def find() -> str:
            person = self._use.person_of_badge(code)
            person.require_active()
            if person.id == who.person:
                return ""
            if not any(person.id == other for other, _name in self._others.values()):
                raise BadgeOfAnother(who.name, person.name)
            return person.login or ""

        self._tasks.run(
            find, lambda login: self._view.show_badge(login, code), self._problems.show, latest="badge"
        )

    def second(self) -> None:
        """One more second of a wait is over."""
        self._waiting.second()

    def _show(self, asking: Asking) -> None:
        who = self._who()
        self._waiting.end()
        others = [(login, name) for login, (_person, name) in self._others.items()]
        pin = who.has_pin and not asking.password
        self._view.show_asking(asking, who.name, who.role, others, pin=pin)
        self._view.open()

    def _failed(self, cause: Exception) -> None:
        if isinstance(cause, PinOver) or (isinstance(cause, WrongSecret) and cause.pin_left == 0):
            self._view.offer_ways(False)
        self._waiting.show(cause)

    def _succeeded(self, result: object, new_sheet: str) -> None:
        done, self._done, self._work = self._done, None, None
        self._view.show_working(False)
        self._view.close_sheet()

        def go_on() -> None:
            if done is not None:
                done(result)

        if new_sheet:
            self._show_once(self._new_sheet(new_sheet), go_on)
        else:
            go_on()

    def _new_sheet(self, code: str) -> Once:
        say = self._words.say
        card = CodeCard(
            say("Recovery sheet"),
            say("Stands in for one missing signature"),
            say("Close it away with somebody outside the daily work."),
            code,
            say("The sheet before this one was used, and its code opens nothing any more."),
        )
        return Once(
            say("The recovery sheet was used: here is the next one"),
            say("The old code opens nothing any more. This one is shown once. Print it and close it away."),
            say("I have put it away"),
            card,
        )
