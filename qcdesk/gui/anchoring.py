# SPDX-License-Identifier: Apache-2.0
"""Keeping the log's head outside the database, from wherever one is: a closing slip, or a file in a folder."""

from __future__ import annotations

from collections.abc import Callable

from qcdesk.domain.anchors import Anchor
from qcdesk.gui.asking import AskSecret
from qcdesk.gui.problems import Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases


class Anchoring:
    """Has the head signed by whoever is at work; the signature says nothing but which event was the last one."""

    def __init__(
        self,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        ask_secret: AskSecret,
        notice: Notice,
        show_slip: Callable[[Anchor], None],
    ) -> None:
        self._use = use
        self._tasks = tasks
        self._words = words
        self._ask_secret = ask_secret
        self._notice = notice
        self._show_slip = show_slip

    def slip(self) -> None:
        """Sign the head and show the slip, to be printed and filed away from this computer."""
        self._sign(self._words.say("Make the slip"), self._show_slip)

    def keep(self, folder: str, problems: Problems) -> None:
        """Sign the head and write its file into a folder: a stick, a share, a folder that is mailed."""

        def kept(file: str) -> None:
            self._notice(self._words.say("The anchor is kept in {file}.", file=file))

        def write(anchor: Anchor) -> None:
            self._tasks.render(lambda: self._use.keeping.keep_anchor(anchor, folder), kept, problems.show)

        self._sign(self._words.say("Sign and save"), write)

    def _sign(self, button: str, done: Callable[[Anchor], None]) -> None:
        said = self._words.say("I say which event is the last one of the log now, and with which hash.")

        def act(hands: tuple[Hand, ...]) -> Anchor:
            return self._use.keeping.anchor(hands[0])

        self._ask_secret(said, act, done, button=button)
