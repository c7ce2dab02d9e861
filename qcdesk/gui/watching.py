# SPDX-License-Identifier: Apache-2.0
"""What is said when the window opens and stays: the log lacks what was seen here, or did not hold when checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from qcdesk.domain.anchors import Lost
from qcdesk.domain.refusals import SeenEventLost
from qcdesk.gui.problems import Teller, Told
from qcdesk.gui.tasks import Failed, Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import LastVerified
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages, health

LOST, BROKEN = "lost", "broken"


class Standing(Protocol):
    """The place above every page for what stays until it is settled."""

    def tell(
        self, name: str, told: Told, act: str, go: Callable[[], None], *, loud: bool = False
    ) -> None: ...
    def take_back(self, name: str) -> None: ...


class Watching:
    """Looks when the window opens, and again after each verification and each change of person."""

    def __init__(
        self,
        standing: Standing,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        tell: Teller,
        look_closer: Callable[[], None],
        failed: Failed,
    ) -> None:
        self._standing = standing
        self._use = use
        self._tasks = tasks
        self._words = words
        self._tell = tell
        self._look_closer = look_closer
        self._failed = failed

    def look(self) -> None:
        """Hold what this station saw against the log, and remember how the last verification here ended."""
        keeping = self._use.keeping
        self._tasks.run(
            lambda: (keeping.lost(), keeping.last_verified()),
            lambda both: self._show(*both),
            self._failed,
            latest="watching",
        )

    def _show(self, lost: Lost | None, last: LastVerified | None) -> None:
        say = self._words.say
        if lost is None:
            self._standing.take_back(LOST)
        else:
            told = self._tell(SeenEventLost(lost.kind, lost.seq, lost.at, lost.last, lost.since))
            self._standing.tell(LOST, told, say("Look at the log"), self._look_closer, loud=True)
        if last is None or not last.problems:
            self._standing.take_back(BROKEN)
        elif lost is None or last.first is None or not last.first.code.startswith("seen_"):
            self._standing.tell(
                BROKEN, self._broken(last), say("Check everything"), self._look_closer, loud=True
            )

    def _broken(self, last: LastVerified) -> Told:
        fact = self._words.count(
            "When everything was checked {day}, {n} thing did not hold.",
            "When everything was checked {day}, {n} things did not hold.",
            last.problems,
            day=ages.near(last.at, self._use.clock.today(), self._words),
        )
        first = health.problem(last.first.code, last.first.facts, self._words) if last.first else ""
        return Told(fact, first)
