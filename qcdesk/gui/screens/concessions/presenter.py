# SPDX-License-Identifier: Apache-2.0
"""Loads the concessions and the budgets, and lets two planners set a budget."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from qcdesk.domain.events import ConcessionBudget, SupplierSaved
from qcdesk.domain.numbers import parse_quantity, parse_reading
from qcdesk.gui.asking import Answers, Ask, Asking, Question
from qcdesk.gui.given_files import saving
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.concession_rows import ConcededRow, ConcessionRow
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases

Loaded = tuple[tuple[ConcessionRow, ...], tuple[ConcededRow, ...]]


class ConcessionsView(Protocol):
    """Two tables."""

    def show_rows(self, rows: tuple[ConcessionRow, ...], totals: tuple[ConcededRow, ...]) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class ConcessionsPresenter:
    """All that were asked for, newest first, and what each supplier has used."""

    def __init__(
        self,
        view: ConcessionsView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        ask: Ask,
        notice: Notice,
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._ask, self._notice = problems, ask, notice

    def open(self) -> None:
        """Show them."""
        today = self._use.clock.today()

        def load() -> Loaded:
            return self._use.read.concessions(today), self._use.read.conceded(today)

        def show(loaded: Loaded) -> None:
            self._view.show_rows(*loaded)

        self._tasks.run(load, show, self._problems.show, latest="concessions")

    def save_file(self, sha256: str, path: str) -> None:
        """Save a customer's signed consent as it was kept; it has to fit its hash."""
        told = self._words.say("{file} is written.", file=Path(path).name)
        self._tasks.run(saving(self._use, sha256, path), lambda _: self._notice(told), self._problems.show)

    def set_budget(self) -> None:
        """Ask two planners for a supplier's budget."""

        def suppliers() -> tuple[SupplierSaved, ...]:
            with self._use.look() as uow:
                return uow.suppliers()

        self._tasks.run(suppliers, self._ask_budget, self._problems.show)

    def _ask_budget(self, suppliers: tuple[SupplierSaved, ...]) -> None:
        say = self._words.say
        choices = tuple((one.supplier, f"{one.code} · {one.name}") for one in suppliers)
        asking = Asking(
            say("Budget for concessions"),
            say(
                "We say how much of a supplier's goods may be conceded. Beyond it every concession is refused."
            ),
            say("Set the budget"),
            (
                Question("supplier", say("Supplier"), "choice", choices, choices[0][0] if choices else ""),
                Question("percent", say("Percent of the units received")),
                Question("months", say("In how many months"), value="12"),
                Question("reason", say("Reason"), "text"),
            ),
            note=say("Two planners sign."),
            other=True,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> ConcessionBudget:
            return self._use.set_concession_budget(
                hands[0],
                hands[1],
                answers["supplier"],
                parse_reading(answers["percent"], where={"field": "percent"}).decimal,
                parse_quantity(answers["months"], where={"field": "months"}),
                answers["reason"],
            )

        def done(_fact: ConcessionBudget) -> None:
            self.open()
            self._notice(say("The budget is set."))

        self._ask(asking, act, done)
