# SPDX-License-Identifier: Apache-2.0
"""The log checked by itself beside the work: what is new when the window opens, and all of it once a day."""

from __future__ import annotations

import logging
from collections.abc import Callable

from qcdesk import config
from qcdesk.gui.problems import Teller, Told, sort
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.watching import Standing
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Verified
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases

NAME = "checking"
_log = logging.getLogger(__name__)
PAUSE_US = 3_600_000_000
"""After one that could not be made: the same disk is not asked again every minute."""


class CheckingAlone:
    """One run at a time, which stops at the next page of the log when the window closes.

    A finding is kept at this station by the run itself, so releases and prints are refused from then on; ``checked`` is
    called after each run, to say it above every page.
    """

    def __init__(
        self,
        standing: Standing,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        tell: Teller,
        checked: Callable[[], None],
        settings: Callable[[], config.Settings],
    ) -> None:
        self._standing = standing
        self._use = use
        self._tasks = tasks
        self._words = words
        self._tell = tell
        self._checked = checked
        self._settings = settings
        self._running = False
        self._stopped = False
        self._not_before = 0

    def begin(self) -> None:
        """Check what came since the last head that held, as the window opens."""
        self._run(lambda: self._use.keeping.verify_tail(self._go_on))

    def tick(self) -> None:
        """Check the whole log when its hour has come."""
        if not 0 < self._not_before - self._use.clock.now() <= PAUSE_US:  # a clock put right ends the pause
            self._run(lambda: self._use.keeping.verify_if_due(self._settings().backup_hour, self._go_on))

    def again(self) -> None:
        """Try once more after one that could not be made."""
        self._not_before = 0
        self.begin()

    def stop(self) -> None:
        """The window closes: what was read so far says nothing."""
        self._stopped = True

    def _run(self, check: Callable[[], Verified | None]) -> None:
        if self._running or self._stopped:
            return
        self._running = True

        def work() -> Verified | None:
            return check() if self._use.keeping.head()[0] else None  # nobody has opened the workspace yet

        self._tasks.render(work, self._done, self._failed)

    def _go_on(self, _done: int, _total: int) -> bool:
        return not self._stopped

    def _done(self, found: Verified | None) -> None:
        self._running = False
        if found is not None:
            self._standing.take_back(NAME)
            self._checked()

    def _failed(self, cause: Exception) -> None:
        self._running = False
        self._not_before = self._use.clock.now() + PAUSE_US
        if isinstance(cause, Trouble) and cause.code == "cancelled":
            return
        problem = sort(cause, self._tell, self._words)
        _log.warning("checking the log: %s", cause, exc_info=cause if problem.kind == "bug" else None)
        say = self._words.say
        told = Told(say("The log was not checked. {fact}", fact=problem.told.fact), problem.told.way)
        self._standing.tell(NAME, told, say("Try again"), self.again)
