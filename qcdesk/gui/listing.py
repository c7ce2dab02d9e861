# SPDX-License-Identifier: Apache-2.0
"""A list of records that are open or closed: load, search, show closed ones too; the same for every kind of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from qcdesk.gui.finding import Finding
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.tasks import Tasks

RowT = TypeVar("RowT")
Shown = TypeVar("Shown", contravariant=True)


class ListedView(Protocol[Shown]):
    """A list that can be searched."""

    def show_rows(self, rows: Sequence[Shown], *, searching: bool, closed: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class ListedPresenter(Generic[RowT]):
    """What such a list does; a kind of record says how its rows are read and found."""

    def __init__(self, view: ListedView[RowT], tasks: Tasks, problems: Problems) -> None:
        self._listed, self._tasks, self._problems = view, tasks, problems
        self._all: Finding[RowT] = Finding()
        self._asked, self._closed = "", False

    closed_first = False
    """Whether closed ones are shown from the start."""

    # what a kind of record says ---------------------------------------------------------------------------------

    def read(self, closed: bool) -> Sequence[RowT]:
        """Return the open rows, or all; runs on the thread of the database."""
        raise NotImplementedError

    def texts(self, row: RowT) -> Iterable[str]:
        """Return what a row is found by."""
        raise NotImplementedError

    def beside(self) -> object:
        """Return what else is loaded with the list; runs on the thread of the database."""
        return None

    def show_beside(self, found: object) -> None:
        """Show what was loaded with the list."""

    # what all of them do ----------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the open ones, or all where closed ones say the most."""
        self._closed = self.closed_first
        self.reload()

    def other_ones(self) -> None:
        """Show closed ones too, or no longer."""
        self._closed = not self._closed
        self.reload()

    def reload(self) -> None:
        """Load the list anew."""
        closed = self._closed

        def load() -> tuple[Finding[RowT], object]:
            return Finding(self.read(closed), self.texts), self.beside()

        self._tasks.run(load, self._loaded, self._problems.show, latest=f"{id(self)}")

    def _loaded(self, found: tuple[Finding[RowT], object]) -> None:
        self._all, beside = found
        self.show_beside(beside)
        self.search(self._asked)

    def search(self, text: str) -> None:
        """Narrow the list."""
        self._asked = text
        self._listed.show_rows(self._all.matching(text), searching=bool(text.strip()), closed=self._closed)
