# SPDX-License-Identifier: Apache-2.0
"""The day's backup, made beside the work of the window once its hour has come, tried by restoring it, and told."""

from __future__ import annotations

import logging
from collections.abc import Callable

from qcdesk import config
from qcdesk.gui.problems import Teller, Told, sort
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.watching import Standing
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import BackedUp
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases

NAME = "backup"
_log = logging.getLogger(__name__)
PAUSE_US = 3_600_000_000
"""After one that failed: a full disk is not filled again every minute."""


class DailyBackup:
    """Asked every minute; makes one at most at a time, and none before the workspace has its first people."""

    def __init__(
        self,
        standing: Standing,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        tell: Teller,
        notice: Notice,
        settings: Callable[[], config.Settings],
    ) -> None:
        self._standing = standing
        self._use = use
        self._tasks = tasks
        self._words = words
        self._tell = tell
        self._notice = notice
        self._settings = settings
        self._running = False
        self._stopped = False
        self._not_before = 0

    def tick(self) -> None:
        """Make the day's backup if a folder is set and it is due."""
        now = self._settings()
        if not now.backup_folder:
            self._standing.take_back(NAME)
            return
        if self._running or self._stopped:
            return
        if 0 < self._not_before - self._use.clock.now() <= PAUSE_US:  # a clock put right ends the pause
            return
        self._running = True

        def make() -> BackedUp | None:
            keeping = self._use.keeping
            if not keeping.head()[0]:
                return None
            return keeping.backup_if_due(now.backup_folder, now.backup_hour, now.backup_keep, self._go_on)

        self._tasks.render(make, self._made, self._failed)

    def again(self) -> None:
        """Try once more after one that failed, now."""
        self._not_before = 0
        self.tick()

    def stop(self) -> None:
        """The window closes: what is half made is left out, and made when a window is next open."""
        self._stopped = True

    def _go_on(self, _done: int, _total: int) -> bool:
        return not self._stopped

    def _made(self, done: BackedUp | None) -> None:
        self._running = False
        if done is None:
            return  # not due; what failed before stays until one is made
        self._standing.take_back(NAME)
        self._notice(
            self._words.say(
                "The day's backup is made in {folder}, and was restored for trial.", folder=done.folder
            )
        )

    def _failed(self, cause: Exception) -> None:
        self._running = False
        if isinstance(cause, Trouble) and cause.code == "cancelled":
            return
        self._not_before = self._use.clock.now() + PAUSE_US
        problem = sort(cause, self._tell, self._words)
        _log.warning("backup: %s", cause, exc_info=cause if problem.kind == "bug" else None)
        say = self._words.say
        told = Told(say("The day's backup was not made. {fact}", fact=problem.told.fact), problem.told.way)
        self._standing.tell(NAME, told, say("Try again"), self.again)
