# SPDX-License-Identifier: Apache-2.0
"""Taking a place in a round, from wherever one is: what it would cost later is pointed out before."""

from __future__ import annotations

from collections.abc import Callable

from qcdesk.domain.refusals import NobodyLeft
from qcdesk.gui.asking import Ask, Asking, WhoNow
from qcdesk.gui.changes import Changes
from qcdesk.gui.problems import Problems, Teller
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.start_check import Started
from qcdesk.services.use_cases import UseCases


class Starting:
    """Starts a check or goes on with one's own, then opens its page."""

    def __init__(
        self,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        ask: Ask,
        tell: Teller,
        who: WhoNow,
        changes: Changes,
        opened: Callable[[Started], None],
    ) -> None:
        self._use = use
        self._tasks = tasks
        self._words = words
        self._ask = ask
        self._tell = tell
        self._who = who
        self._changes = changes
        self._opened = opened

    def start(self, batch: str, problems: Problems) -> None:
        """Take the place that is free; where nobody may be left for the next one, ask first."""
        sitting = self._who().sitting

        def failed(cause: Exception) -> None:
            if isinstance(cause, NobodyLeft):
                self._point_out(batch, cause)
            else:
                problems.show(cause)

        self._tasks.run(lambda: self._use.start_check(sitting, batch), self._begin, failed)

    def _point_out(self, batch: str, cause: NobodyLeft) -> None:
        say, told, sitting = self._words.say, self._tell(cause), self._who().sitting
        asking = Asking(
            say("Before you take this place"),
            told.fact,
            say("Go on anyway"),
            note=told.way,
            secret=False,
            stops=True,
        )
        self._ask(asking, lambda _a, _h: self._use.start_check(sitting, batch, knowing=True), self._begin)

    def _begin(self, started: Started) -> None:
        if not started.resumed:
            self._changes.tell(started)
        self._opened(started)
