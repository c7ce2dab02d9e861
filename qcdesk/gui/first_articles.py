# SPDX-License-Identifier: Apache-2.0
"""Choosing the unit of a first-article report; then its very pages are shown."""

from __future__ import annotations

from collections.abc import Callable

from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.problems import Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.rows import ComparisonPage
from qcdesk.services.use_cases import UseCases

Show = Callable[[str, int], None]
"""Shows the report: batch, sample number of the unit."""


class FirstArticles:
    """Offers the units that were looked at; the first one that was measured stands chosen."""

    def __init__(
        self, use: UseCases, tasks: Tasks, words: Catalogue, ask: Ask, who: WhoNow, show: Show
    ) -> None:
        self._use = use
        self._tasks = tasks
        self._words = words
        self._ask = ask
        self._who = who
        self._show = show

    def ask_for_unit(self, batch: str, problems: Problems) -> None:
        """Ask of which unit, and show its report; where there is but one, it is not asked for."""
        person = self._who().person

        def asked(page: ComparisonPage) -> None:
            if len(page.units) == 1:
                self._show(batch, page.units[0])
            else:
                self._ask(self._asking(page), self._unit, lambda unit: self._show(batch, unit))

        self._tasks.run(
            lambda: self._use.read.comparison(batch, person, self._use.clock.now()), asked, problems.show
        )

    def _asking(self, page: ComparisonPage) -> Asking:
        say = self._words.say
        measured = sorted({row.unit for row in (*page.first_measured, *page.second_measured)})
        return Asking(
            say("First-article report {number}", number=page.header.number),
            say(
                "It says of one unit what both found of each characteristic. Lines are to be filled in by hand."
            ),
            say("Show the report"),
            (
                Question(
                    "unit",
                    say("Which unit"),
                    "choice",
                    choices=tuple(
                        (str(unit), say("{unit} · measured", unit=unit) if unit in measured else str(unit))
                        for unit in page.units
                    ),
                    value=str(measured[0] if measured else page.units[0]),
                    hint=say("The sample number, as on its sticker."),
                ),
            ),
            secret=False,
            recorded=False,
        )

    @staticmethod
    def _unit(answers: Answers, _hands: tuple[Hand, ...]) -> int:
        return int(answers["unit"])
