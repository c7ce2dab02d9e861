# SPDX-License-Identifier: Apache-2.0
"""Reads a supplier's figures, scores them, and leads from a code to the lots behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.scorecard.rows import CauseLine, FigureLine, LotLine, Shown
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.scorecards import causes, scorecard
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import scorecards


class ScorecardView(Protocol):
    """The page."""

    def show_card(self, shown: Shown) -> None: ...
    def show_lots(self, name: str, lots: Sequence[LotLine]) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class ScorecardPresenter:
    """A newer supplier drops an older answer."""

    def __init__(
        self,
        view: ScorecardView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        paper: Callable[[ChartSheet, str], None],
        back: Callable[[str], None],
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._paper, self._back = problems, paper, back
        self._supplier = ""
        self._shown: Shown | None = None

    def open(self, supplier: str = "") -> None:
        """Show the card of a supplier, by id; none: of the last one, anew."""
        if supplier:
            self._supplier = supplier
        asked, use, words = self._supplier, self._use, self._words
        self._tasks.run(
            lambda: shown_of(use, asked, words), self._loaded, self._problems.show, latest="scorecard"
        )

    def _loaded(self, shown: Shown) -> None:
        self._shown = shown
        self._view.show_card(shown)

    def lots(self, cause: CauseLine) -> None:
        """Show the lots in which a code was found."""
        asked, use = self._supplier, self._use

        def work() -> tuple[LotLine, ...]:
            found: dict[str, LotLine] = {}
            for one in BY_SERIOUSNESS:
                for lot in use.read.lots_behind(asked, f"found.{one}", cause.code):
                    before = found[lot.batch].count if lot.batch in found else 0
                    found[lot.batch] = LotLine(lot.batch, lot.number, lot.month, lot.amount + before)
            return tuple(sorted(found.values(), key=lambda lot: (lot.month, lot.number), reverse=True))

        self._tasks.run(
            work,
            lambda lots: self._view.show_lots(cause.name, lots),
            self._problems.show,
            latest="scorecard_lots",
        )

    def print_sheet(self) -> None:
        """Show the card as paper shows it."""
        if self._shown is not None and self._shown.sheet is not None:
            self._paper(self._shown.sheet, self._words.say("Back to the scorecard"))

    def back(self) -> None:
        """Go back to the supplier."""
        self._back(self._supplier)


def shown_of(use: UseCases, supplier: str, words: Catalogue) -> Shown:
    """Return the page of a supplier."""
    one = use.read.supplier(supplier).supplier
    read = use.read.figures(one.supplier)
    card = scorecard(read.rows, actions=use.corrective_actions(one.supplier))
    found = causes(read.rows, card.months)
    period = scorecards.period(card, words)
    return Shown(
        one.supplier,
        one.name,
        words.say("{code} · {period}", code=one.code, period=period) if period else one.code,
        scorecards.headline(card, words),
        scorecards.total(card, words),
        tuple(
            FigureLine(
                scorecards.cells(each, words),
                scorecards.worse(each),
                each.of > 0,
                scorecards.past_picture(each, words),
            )
            for each in card.measures
        ),
        tuple(
            CauseLine(each.code, read.names.get(each.code, each.code), each.count, each.reported)
            for each in found
        ),
        scorecards.causes_picture(found, read.names, words),
        scorecards.sheet_of(card, found, read.names, one.code, one.name, words),
    )
