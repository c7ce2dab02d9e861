# SPDX-License-Identifier: Apache-2.0
"""Loads the questions, and puts down what somebody says to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qcdesk.gui.asking import Ask, Asking, Question, WhoNow
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.screens.explaining.view import QuestionRow
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import ConcernRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages, concerns

PERIOD_US = 90 * 86_400 * 1_000_000
"""How far back is looked: a quarter of a year."""


class ExplainingView(Protocol):
    """The page."""

    def show_rows(self, rows: Sequence[QuestionRow]) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class ExplainingPresenter:
    """One list; an explanation is asked for in a sheet."""

    def __init__(
        self,
        view: ExplainingView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        notice: Notice,
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._who, self._ask, self._notice = problems, who, ask, notice
        self._rows: dict[str, ConcernRow] = {}
        self._since = 0

    def open(self) -> None:
        """Show the questions of the last quarter."""
        person = self._who().sitting.person
        since = self._since = self._use.clock.now() - PERIOD_US

        def read() -> tuple[ConcernRow, ...]:
            return self._use.read.concerns(person, since)

        self._tasks.run(read, self._loaded, self._problems.show, latest="explaining")

    def _loaded(self, rows: tuple[ConcernRow, ...]) -> None:
        self._rows = {row.concern.key: row for row in rows}
        today = self._use.clock.today()
        self._view.show_rows(
            [
                QuestionRow(
                    key=row.concern.key,
                    when=f"{ages.local(row.concern.at).date().isoformat()} {ages.clock(row.concern.at)}",
                    what=concerns.question(row, self._words, today),
                    batch=row.concern.batch or "",
                    number=row.number,
                    explained=row.explained.by if row.explained else "",
                    note=row.explained.note if row.explained else "",
                )
                for row in rows
            ]
        )

    def explain(self, key: str) -> None:
        """Ask for the explanation and put it down."""
        row, say = self._rows[key], self._words.say
        since = self._since
        asking = Asking(
            say("Put down the explanation"),
            concerns.question(row, self._words, self._use.clock.today()),
            say("Put it down"),
            questions=(Question("note", say("What is the explanation?"), "text"),),
            secret=False,
        )
        self._ask(
            asking,
            lambda values, _hands: self._use.explain_concern(
                self._who().sitting, key, values["note"], since=since
            ),
            lambda _: self._explained(),
        )

    def _explained(self) -> None:
        self._notice(self._words.say("The explanation is put down."))
        self.open()
