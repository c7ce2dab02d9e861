# SPDX-License-Identifier: Apache-2.0
"""How far a long run is: the progress of its parts as that of the whole, and a "no" as trouble."""

from __future__ import annotations

from qcdesk.services.ports import Progress
from qcdesk.services.trouble import Trouble


class Step:
    """One part of a long run: turns its own progress into the whole's, and a "no" into trouble."""

    def __init__(self, progress: Progress | None, start: int, end: int) -> None:
        self._progress, self._start, self._end = progress, start, end

    def told(self, done: int, total: int) -> bool:
        """Pass progress on; returns False to cancel."""
        if self._progress is None:
            return True
        share = done / total if total else 1
        return self._progress(int((self._start + (self._end - self._start) * share) * 10), 1_000)

    def __call__(self, done: int, total: int) -> None:
        """Pass progress on. Raises: Trouble: ``cancelled``."""
        if not self.told(done, total):
            raise Trouble("cancelled")


class Steps:
    """The whole of a long run, in percent."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress

    def part(self, start: int, end: int) -> Step:
        """Return the part from one percentage to another."""
        return Step(self._progress, start, end)

    def done(self) -> None:
        """Say that it is done; a "no" comes too late."""
        if self._progress is not None:
            self._progress(1_000, 1_000)
