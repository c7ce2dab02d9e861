# SPDX-License-Identifier: Apache-2.0
"""Sets suppliers side by side, those that one asks for or those with most on record, and shows it on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.interval_tables import IntervalTable
from qcdesk.services.scorecards import CODES
from qcdesk.services.supplier_comparisons import Comparison, compared
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import supplier_comparisons


@dataclass(frozen=True)
class Shown:
    """The whole page. ``suppliers``: the ids of its rows. ``table`` None: nothing was recorded of anybody."""

    headline: str
    left_out: str
    table: IntervalTable | None
    suppliers: tuple[str, ...]
    apart: tuple[str, ...]
    weights: str


class SuppliersCompareView(Protocol):
    """The page."""

    def show_comparison(self, shown: Shown) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class SuppliersComparePresenter:
    """A newer choice drops an older answer."""

    def __init__(
        self,
        view: SuppliersCompareView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        paper: Callable[[ChartSheet, str], None],
        weights: Callable[[], Mapping[str, int]],
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._paper, self._weights = problems, paper, weights
        self._asked: tuple[str, ...] = ()
        self._found: Comparison | None = None

    def open(self) -> None:
        """Compare anew."""
        self.choose(" ".join(self._asked))

    def choose(self, codes: str) -> None:
        """Compare suppliers by their codes, a space or comma between; none: those with most on record."""
        self._asked = tuple(codes.replace(",", " ").split())
        kept = self._weights()
        asked, use = self._asked, self._use
        weights = {code: kept[code] for code in CODES if code in kept}
        self._tasks.run(
            lambda: compared(use, asked, weights), self._loaded, self._problems.show, latest="compare"
        )

    def _loaded(self, found: Comparison) -> None:
        self._found, words = found, self._words
        self._view.show_comparison(
            Shown(
                supplier_comparisons.headline(found, words),
                supplier_comparisons.left_out(found, words),
                supplier_comparisons.table_of(found, words),
                tuple(one.supplier.supplier for one in found.suppliers),
                supplier_comparisons.apart_lines(found, words),
                supplier_comparisons.weights_line(found, words),
            )
        )

    def print_sheet(self) -> None:
        """Show the comparison as paper shows it."""
        if self._found is None:
            return
        sheet = supplier_comparisons.sheet_of(self._found, self._words)
        if sheet is not None:
            self._paper(sheet, self._words.say("Back to the comparison"))
