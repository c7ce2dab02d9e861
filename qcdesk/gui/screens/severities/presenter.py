# SPDX-License-Identifier: Apache-2.0
"""Loads where the severities of a supplier or a product stand, and lets two people set one otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from qcdesk.domain.events import SeveritySet
from qcdesk.domain.severity_runs import SeverityRun
from qcdesk.domain.switching import SET_TO, SetTo
from qcdesk.gui.asking import Answers, Ask, Asking, Question
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.ports import Hand
from qcdesk.services.severity_rows import SeverityPage, SeverityRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import severities, states
from qcdesk.wording.chart_pictures import severity_picture


class SeveritiesView(Protocol):
    """Two tables."""

    def show_page(self, heading: str, note: str, page: SeverityPage) -> None: ...
    def show_run(self, picture: ChartPicture) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class SeveritiesPresenter:
    """Of a supplier (by id), or of a product (by code)."""

    def __init__(
        self,
        view: SeveritiesView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        ask: Ask,
        notice: Notice,
        batch: Callable[[str], None],
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._ask = ask
        self._notice = notice
        self._batch = batch
        self._lots: tuple[str, ...] = ()
        self._of: tuple[str, str, str] = ("supplier", "", "")

    def open(self, kind: str, key: str, name: str) -> None:
        """Show those of a ``supplier`` or a ``product``; ``name`` stands over them."""
        self._of = (kind, key, name)
        self.reload()

    @property
    def came_from(self) -> tuple[str, ...]:
        """The page that leads here."""
        kind, key, _ = self._of
        return ("products",) if kind == "product" else ("supplier", key)

    def reload(self) -> None:
        """Load them anew."""
        kind, key, name = self._of

        def load() -> SeverityPage:
            if kind == "product":
                return self._use.read.severities(product=key)
            return self._use.read.severities(supplier=key)

        def show(page: SeverityPage) -> None:
            self._view.show_page(self._words.say("Severity of inspection"), name, page)

        self._tasks.run(load, show, self._problems.show, latest="severities")

    def run(self, row: SeverityRow) -> None:
        """Draw how the severity of a class went, lot by lot."""
        stands = row.stands

        def load() -> SeverityRun:
            return self._use.read.severity_run(row.supplier, row.product, row.procedure, stands.defect_class)

        def show(run: SeverityRun) -> None:
            self._lots = run.lots
            names = (*run.lots[:-1], self._words.say("next lot"))
            self._view.show_run(severity_picture(run.severities, self._words, names=names))

        self._tasks.run(load, show, self._problems.show, latest="severity_run")

    def lot(self, _panel: int, index: int) -> None:
        """Open the batch of a lot in the run; what is no lot leads nowhere."""
        if number := self._lots[index]:
            self._tasks.run(lambda: self._use.read.batch_by_number(number), self._batch, self._problems.show)

    def set(self, row: SeverityRow) -> None:
        """Let two planners set another severity; one may leave reduced inspection."""
        say, stands = self._words.say, row.stands
        reachable = [to for to in SET_TO if severities.may_set(row, to)]
        name = states.defect_class(stands.defect_class, self._words)
        one = stands.severity == "reduced"
        asking = Asking(
            say("{class_word} of {product}: another severity", class_word=name, product=row.product),
            severities.sentence(stands.severity, stands.reason, stands.by, self._words),
            say("Set the severity"),
            (
                Question(
                    "to",
                    say("From the next lot on"),
                    "choice",
                    tuple((to, severities.step(stands.severity, to, self._words)) for to in reachable),
                    value=reachable[0],
                ),
                Question("reason", say("Reason"), "text"),
            ),
            other=not one,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> SeveritySet:
            to: SetTo = next(to for to in SET_TO if to == answers["to"])
            other = hands[1] if len(hands) > 1 else None
            return self._use.set_severity(
                hands[0],
                other,
                row.supplier_code or None,
                row.product,
                stands.defect_class,
                to,
                answers["reason"],
                seen=row.seq,
            )

        def done(fact: SeveritySet) -> None:
            self.reload()
            said = severities.state(fact.severity, self._words)
            self._notice(
                say("{class_word} of {product}: {state}.", class_word=name, product=row.product, state=said)
            )

        self._ask(asking, act, done)
