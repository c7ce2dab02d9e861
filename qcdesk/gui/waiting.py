# SPDX-License-Identifier: Apache-2.0
"""The wait after a wrong secret, counted down second by second in the words that were shown first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qcdesk.domain.refusals import Locked, TryLater, WrongSecret
from qcdesk.gui.problems import Problems, Told

Count = Callable[[Told | None, bool], None]
"""Shows other words for the problem that stands there (None: it is over), and whether another second is counted."""


class Waiting:
    """Shows a failure; where it says how long to wait, ``second`` is called each second and says how long it is now.

    What counts is the log: whoever tries too early, or late enough by another clock, is told by the next answer.
    """

    def __init__(self, problems: Problems, count: Count) -> None:
        self._problems = problems
        self._count = count
        self._cause: WrongSecret | TryLater | Locked | None = None
        self._left = 0

    def show(self, cause: Exception) -> None:
        """Show what failed, and begin to count where there is something to wait for."""
        self._cause, self._left = None, 0
        self._problems.show(cause)
        if isinstance(cause, WrongSecret):
            self._left = cause.wait or 0
        elif isinstance(cause, TryLater | Locked):
            self._left = cause.seconds
        if self._left and isinstance(cause, WrongSecret | TryLater | Locked):
            self._cause = cause
            self._count(self._problems.told(cause), True)

    def end(self) -> None:
        """Count no more: something else is shown."""
        self._cause, self._left = None, 0

    def second(self) -> None:
        """One second has passed."""
        cause = self._cause
        if cause is None:
            self._count(None, False)
            return
        self._left -= 1
        if self._left <= 0:
            self._cause = None
        if isinstance(cause, WrongSecret):
            self._count(self._problems.told(_wrong(cause, self._left)), self._left > 0)
        elif self._left > 0:
            self._count(self._problems.told(replace(cause, seconds=self._left)), True)
        else:
            self._count(None, False)


def _wrong(cause: WrongSecret, wait: int) -> WrongSecret:
    return replace(cause, wait=wait)
