# SPDX-License-Identifier: Apache-2.0
"""Loads what waits, and leads to a batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.use_cases import UseCases
from qcdesk.services.waiting_times import Forecast, Waiting, since_when, waiting
from qcdesk.wording import waits


class WaitingView(Protocol):
    """The page."""

    def show_waiting(self, found: Waiting, headline: str, pace: str) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class WaitingPresenter:
    """A newer load drops an older answer."""

    def __init__(
        self,
        view: WaitingView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        batch: Callable[[str], None],
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._batch = problems, batch

    def open(self) -> None:
        """Show what waits now."""
        use, words = self._use, self._words

        def load() -> Waiting:
            now, care = use.clock.now(), use.read.care
            queue = care.queue(use.clock.today())
            return waiting(queue, care.signed_at(since_when(now)), now, care.queue_length())

        self._tasks.run(
            load,
            lambda found: self._view.show_waiting(
                found, waits.headline(found, words), waits.pace(found, words)
            ),
            self._problems.show,
            latest="waiting",
        )

    def choose(self, one: Forecast) -> None:
        """Open a batch."""
        self._batch(one.row.batch)
