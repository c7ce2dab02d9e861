# SPDX-License-Identifier: Apache-2.0
"""A mail that another thread hands to a server: how far it is, and whether it is to go on."""

from __future__ import annotations

from threading import Event

from qcdesk.i18n import Catalogue


class OnItsWay:
    """``watch`` is called by the thread that sends, the rest by the window."""

    def __init__(self, words: Catalogue, begins: str) -> None:
        """Take the words for the time until the server takes something."""
        self._words, self._begins = words, begins
        self._stopped = Event()
        self._far: tuple[int, int] = (0, 0)

    def stop(self) -> None:
        """Stop it, unless it is too late."""
        self._stopped.set()

    def watch(self, done: int, total: int) -> bool:
        """See ``Watch``."""
        self._far = (done, total)
        return not self._stopped.is_set()

    def how_far(self) -> tuple[str, float | None]:
        """Return what is done now, and which share of it."""
        say, (done, total) = self._words.say, self._far
        if self._stopped.is_set():
            return say("Stopping …"), None
        if not done:
            return self._begins, None
        if done == total:
            return say("Waiting for the answer of the mail server …"), 1.0
        return say("Handing over the mail, {percent} % …", percent=100 * done // total), done / total
