# SPDX-License-Identifier: Apache-2.0
"""Nothing is left behind unasked: mails that have not gone are stayed with, saved as files, or given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.tasks import Failed
from qcdesk.i18n import Catalogue

MOST: Final = 6
"""Mails that are named; of more, how many."""


class UnsentView(Protocol):
    """The sheet."""

    def show_unsent(self, title: str, says: str, lines: tuple[str, ...], *, savable: bool) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def open(self) -> None: ...
    def close_sheet(self) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class Mails(Protocol):
    """The mails that have not gone; ``own`` are those of whoever is signed in, in words, by their keys."""

    @property
    def unsent(self) -> tuple[str, ...]: ...
    @property
    def own(self) -> Mapping[str, str]: ...
    @property
    def savable(self) -> bool: ...
    def save_all(self, folder: str, saved: Callable[[], None], failed: Failed) -> None: ...
    def give_up(self) -> None: ...


def _stays() -> None:
    """Nothing is to be done when one stays."""


class UnsentPresenter:
    """One question at a time; whoever stays finds everything as it was."""

    def __init__(
        self,
        view: UnsentView,
        mails: Mails,
        words: Catalogue,
        problems: Problems,
        folder: Callable[[], str],
    ) -> None:
        """``folder``: asks where files go; empty: nowhere."""
        self._view, self._mails, self._words = view, mails, words
        self._problems, self._folder = problems, folder
        self._go_on: Callable[[], object] = _stays
        self._stay: Callable[[], None] = _stays

    def may_go(self, go_on: Callable[[], object], stay: Callable[[], None] = _stays) -> bool:
        """Tell whether nothing waits; else ask, and call one of the two when it is answered."""
        if not self._mails.unsent:
            return True
        self._go_on, self._stay = go_on, stay
        self._show()
        self._view.open()
        return False

    def stay(self) -> None:
        """Go back to where one was."""
        stay, self._stay, self._go_on = self._stay, _stays, _stays
        self._view.close_sheet()
        stay()

    def save(self) -> None:
        """Write the own ones into a folder; those of others are asked about once more."""
        folder = self._folder()
        if not folder:
            return
        self._view.show_working(True)

        def saved() -> None:
            if self._mails.unsent:
                self._show()
            else:
                self._leave()

        self._mails.save_all(folder, saved, self._failed)

    def give_up(self) -> None:
        """Let them go, and go on."""
        self._mails.give_up()
        self._leave()

    def _leave(self) -> None:
        go_on, self._go_on, self._stay = self._go_on, _stays, _stays
        self._view.close_sheet()
        go_on()

    def _failed(self, cause: Exception) -> None:
        self._show()
        self._problems.show(cause)

    def _show(self) -> None:
        count = self._words.count
        all_of_them, own = len(self._mails.unsent), tuple(self._mails.own.values())
        others, more = all_of_them - len(own), len(own) - MOST
        lines = list(own[:MOST])
        if more > 0:
            lines.append(count("{n} more", "{n} more", more))
        if own and others:
            lines.append(
                count("{n} of somebody who is not signed in", "{n} of people who are not signed in", others)
            )
        title = count("{n} mail has not gone yet", "{n} mails have not gone yet", all_of_them)
        if own:
            says = count(
                "It is not sent later by itself: left behind now, it is gone.",
                "They are not sent later by themselves: left behind now, they are gone.",
                all_of_them,
            )
        else:
            says = count(
                "Whoever wrote it can save it after signing in. Until then it can only wait, or be given up.",
                "Whoever wrote them can save them after signing in. Until then they can only wait, or be given up.",
                all_of_them,
            )
        self._view.show_unsent(title, says, tuple(lines), savable=self._mails.savable)
        self._view.show_working(False)
