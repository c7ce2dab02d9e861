# SPDX-License-Identifier: Apache-2.0
"""Lists of master data with the record beside them: load, search, choose, add, save; the same for every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from qcdesk.gui.another import save_or_ask
from qcdesk.gui.asking import Ask
from qcdesk.gui.finding import Finding
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand

RowT = TypeVar("RowT")
Values = Mapping[str, str]
"""What stands in the fields, by field; days are ISO, yes is ``yes`` and no is empty."""
Notice = Callable[[str], None]
"""Says in one line what was done."""


class RecordsView(Protocol):
    """A list and, beside it, the record that is edited."""

    def show_rows(self, rows: Sequence[object], *, searching: bool) -> None:
        """Show the rows that match, or that there is none."""

    def edit(self, heading: str, values: Values) -> None:
        """Show a record's fields to be changed."""

    def show_nothing(self) -> None:
        """Show that no record is chosen."""

    def show_working(self, working: bool) -> None:
        """Show that it is being saved."""

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, beside its field where it has one."""


class RecordsPresenter(Generic[RowT]):
    """What a list of records does; a kind of record says how it is read, found, shown and saved."""

    def __init__(
        self, view: RecordsView, tasks: Tasks, words: Catalogue, problems: Problems, notice: Notice, ask: Ask
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._notice = notice
        self._ask = ask
        self._all: Finding[RowT] = Finding()
        self._asked = ""
        self._chosen: RowT | None = None

    # what a kind of record says ---------------------------------------------------------------------------------

    def read(self) -> Sequence[RowT]:
        """Return all rows; runs on the thread of the database."""
        raise NotImplementedError

    def texts(self, row: RowT) -> Iterable[str]:
        """Return what a row is found by."""
        raise NotImplementedError

    def values(self, row: RowT | None) -> Values:
        """Return what stands in the fields; None: of a new record."""
        raise NotImplementedError

    def heading(self, row: RowT | None) -> str:
        """Return the title over the fields."""
        raise NotImplementedError

    def record(self, values: Values, before: RowT | None) -> RowT:
        """Return the record that the fields say; BadInput beside its field."""
        raise NotImplementedError

    def keep(self, record: RowT, another: bool, other: Hand | None) -> RowT:
        """Save it, signed by another person too where it takes two; runs on the thread of the database."""
        raise NotImplementedError

    def said(self, record: RowT) -> str:
        """Return the line that says it is saved."""
        raise NotImplementedError

    # what all of them do ----------------------------------------------------------------------------------------

    @property
    def chosen(self) -> RowT | None:
        """The record that is edited; None: a new one, or none."""
        return self._chosen

    def open(self) -> None:
        """Show the list with nothing chosen."""
        self._asked = ""
        self._chosen = None
        self._view.show_nothing()
        self.reload()

    def reload(self) -> None:
        """Load the list anew; what is being edited stays."""
        self._tasks.run(
            lambda: Finding(self.read(), self.texts), self._loaded, self._problems.show, latest=f"{id(self)}"
        )

    def _loaded(self, rows: Finding[RowT]) -> None:
        self._all = rows
        self._show()

    def _show(self) -> None:
        self._view.show_rows(self._all.matching(self._asked), searching=bool(self._asked.strip()))

    def search(self, text: str) -> None:
        """Narrow the list as one types."""
        self._asked = text
        self._show()

    def choose(self, row: RowT) -> None:
        """Show a record's fields."""
        self._chosen = row
        self._view.edit(self.heading(row), self.values(row))

    def add(self) -> None:
        """Show the empty fields of a new record."""
        self._chosen = None
        self._view.edit(self.heading(None), self.values(None))

    def leave(self) -> None:
        """Change nothing; show the record as it is kept."""
        if self._chosen is None:
            self._view.show_nothing()
        else:
            self.choose(self._chosen)

    def save(self, values: Values) -> None:
        """Save what the fields say."""
        before = self._chosen
        self._view.show_working(True)
        save_or_ask(
            self._tasks,
            self._words,
            self._ask,
            self._problems,
            lambda another, other: self.keep(self.record(values, before), another, other),
            self._saved,
            lambda: self._view.show_working(False),
        )

    def _saved(self, record: RowT) -> None:
        self._view.show_working(False)
        self._notice(self.said(record))
        self.choose(record)
        self.reload()
