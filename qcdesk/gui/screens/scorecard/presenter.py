# SPDX-License-Identifier: Apache-2.0
"""Reads a supplier's figures and scores them; weights are changed on the spot, and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.events import SupplierSaved
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.scored import measure_card
from qcdesk.gui.screens.scorecard.rows import CauseLine, FigureLine, Shown
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.corrective_actions import by_names
from qcdesk.services.figure_rows import SupplierFigures
from qcdesk.services.scorecards import (
    CODES,
    FEWEST,
    HEAVIEST,
    NO_SHARES,
    WEIGHTS,
    Code,
    Measure,
    causes,
    scorecard,
)
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import scorecards
from qcdesk.wording.corrective import Urgent, most_urgent
from qcdesk.wording.spelling import listed


class ScorecardView(Protocol):
    """The page."""

    def choose(self, figure: str) -> None: ...
    def show_card(self, shown: Shown) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class ScorecardWays:
    """``paper`` shows a sheet, ``back`` leads to the supplier, ``weights`` are those kept, ``keep`` keeps others."""

    paper: Callable[[ChartSheet, str], None]
    back: Callable[[str], None]
    weights: Callable[[], Mapping[str, int]]
    keep: Callable[[Mapping[str, int]], None]


@dataclass(frozen=True)
class Read:
    """What was read of a supplier."""

    supplier: SupplierSaved
    figures: SupplierFigures
    actions: tuple[CorrectiveAction, ...]
    urgent: Urgent | None = None


class ScorecardPresenter:
    """A newer supplier drops an older answer."""

    def __init__(
        self,
        view: ScorecardView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        ways: ScorecardWays,
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._ways = problems, ways
        self._supplier = ""
        self._read: Read | None = None
        self._shown: Shown | None = None

    @property
    def supplier(self) -> str:
        """The id of the supplier that is shown."""
        return self._supplier

    def open(self, supplier: str = "", figure: str = "") -> None:
        """Show the card of a supplier, by id, at a figure; none: of the last one, anew."""
        if figure:
            self._view.choose(figure)
        if supplier:
            self._supplier = supplier
        asked, use = self._supplier, self._use

        def work() -> Read:
            one = use.read.supplier(asked).supplier
            actions = use.corrective_actions(one.supplier)
            with use.look() as uow:
                named = by_names(uow, actions)
            today = use.clock.today()
            urgent = most_urgent(named, one.name, today, self._words)
            return Read(one, use.read.figures(one.supplier, today=today), actions, urgent)

        self._tasks.run(work, self._loaded, self._problems.show, latest="scorecard")

    def _loaded(self, read: Read) -> None:
        self._read = read
        self._show()

    def _show(self) -> None:
        if self._read is not None:
            self._shown = shown_of(self._read, weights_of(self._ways.weights()), self._words)
            self._view.show_card(self._shown)

    def weigh(self, code: str, weight: int) -> None:
        """Let a figure weigh so much from now on."""
        if code in CODES and 0 <= weight <= HEAVIEST:
            self._ways.keep({**self._ways.weights(), code: weight})
            self._show()

    def weigh_as_usual(self) -> None:
        """Let all figures weigh what they usually do."""
        self._ways.keep({})
        self._show()

    def print_sheet(self) -> None:
        """Show the card as paper shows it."""
        if self._shown is not None and self._shown.sheet is not None:
            self._ways.paper(self._shown.sheet, self._words.say("Back to the scorecard"))

    def back(self) -> None:
        """Go back to the supplier."""
        self._ways.back(self._supplier)


def weights_of(kept: Mapping[str, int]) -> dict[Code, int]:
    """Return the weights that are kept and are of a figure."""
    return {code: kept[code] for code in CODES if code in kept}


def shown_of(read: Read, weights: Mapping[Code, int], words: Catalogue) -> Shown:
    """Return the page of a supplier."""
    one, names = read.supplier, read.figures.names
    urgent = read.urgent.text if read.urgent is not None else ""
    card = scorecard(read.figures.rows, weights, actions=read.actions)
    found = causes(read.figures.rows, card.months)
    period = scorecards.period(card, words)
    recorded = [each for each in card.measures if each.of or each.waiting]
    absent = [scorecards.short_name(each.code, words) for each in card.measures if each not in recorded]
    return Shown(
        one.supplier,
        one.name,
        words.say("{code} · {period}", code=one.code, period=period) if period else one.code,
        scorecards.headline(card, words, urgent),
        bool(urgent) or any(scorecards.worse(each) for each in card.measures),
        read.urgent is not None and read.urgent.loud,
        scorecards.total(card, words) if card.months else "",
        tuple(figure_line(each, words) for each in recorded),
        words.say("Nothing recorded: {figures}.", figures=listed(absent, words)) if absent else "",
        all(weights.get(code, usual) == usual for code, usual in WEIGHTS.items()),
        tuple(
            CauseLine(each.code, names.get(each.code, each.code), each.count, each.reported) for each in found
        ),
        scorecards.sheet_of(card, found, names, one.code, one.name, words, urgent, one.supplier),
    )


def figure_line(one: Measure, words: Catalogue) -> FigureLine:
    """Return a figure as its card shows it."""
    weighs = one.of and one.code not in NO_SHARES
    card = measure_card(one, words)
    if not card.worse:  # else its word takes the room
        card = replace(card, corner=scorecards.weight(one, words))
    past = scorecards.past_picture(one, words)
    alike = past is None and len(one.months) >= FEWEST and len({month.share for month in one.months}) == 1
    return FigureLine(card, one.weight if weighs else None, past, alike)
