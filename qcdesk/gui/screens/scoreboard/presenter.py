# SPDX-License-Identifier: Apache-2.0
"""Reads the scoreboard, and takes what the owner counts of a month: typed, or from a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qcdesk.domain.events import OwnerFigures
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_quantity
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.scoreboard.rows import BoardRow, FigureRow
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.widgets.measure_cards import MeasureCard
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.ports import Hand, ImportResult
from qcdesk.services.scoreboards import HouseFigure, Scoreboard, read_scoreboard
from qcdesk.services.scorecards import FEWEST
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import scoreboards as wording


@dataclass(frozen=True)
class ScoreboardWays:
    """Where the page leads: to paper, to a line that says what was done, and to a file that a person picks."""

    paper: Callable[[ChartSheet, str], None]
    told: Callable[[str], None]
    file: Callable[[], str]


class ScoreboardView(Protocol):
    """The page."""

    def show_board(self, board: BoardRow) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class ScoreboardPresenter:
    """A newer load drops an older answer."""

    def __init__(
        self,
        view: ScoreboardView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        ways: ScoreboardWays,
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._who, self._ask, self._ways = problems, who, ask, ways
        self._sheet: ChartSheet | None = None

    def open(self) -> None:
        """Show it as it stands."""
        use, words = self._use, self._words
        self._tasks.run(
            lambda: board_row(read_scoreboard(use), words),
            self._loaded,
            self._problems.show,
            latest="scoreboard",
        )

    def _loaded(self, board: BoardRow) -> None:
        self._sheet = board.sheet
        self._view.show_board(board)

    def print_sheet(self) -> None:
        """Show it as paper shows it."""
        if self._sheet is not None:
            self._ways.paper(self._sheet, self._words.say("Back to the scoreboard"))

    def say_figures(self) -> None:
        """Ask for repeat orders and referrals of a month."""
        say, who = self._words.say, self._who()
        asking = Asking(
            say("Repeat orders and referrals"),
            say("What is counted by hand of a month. What is said last of a month counts."),
            say("Put it down"),
            (
                Question("month", say("Month"), value=self._use.clock.today().isoformat()[:7]),
                Question("repeat_orders", say("Repeat orders")),
                Question("referrals", say("Customers who came by referral")),
            ),
            secret=False,
        )

        def act(answers: Answers, _hands: tuple[Hand, ...]) -> str:
            counts = [
                parse_quantity(answers[field], least=0, where={"field": field})
                for field in ("repeat_orders", "referrals")
            ]
            self._use.care.say_figures(who.sitting, (OwnerFigures(answers["month"].strip(), *counts),))
            return answers["month"].strip()

        def done(month: str) -> None:
            self.open()
            self._ways.told(say("{month} is put down.", month=month))

        self._ask(asking, act, done)

    def import_list(self) -> None:
        """Take months from a file: all its rows or none."""
        file = self._ways.file()
        if not file:
            return
        hand, use = self._who().sitting.hand, self._use

        def work() -> ImportResult:
            result = use.importing(hand, "figures", file)
            if result.errors:
                first = result.errors[0]
                facts = {**first.facts, "value": first.value}
                raise BadInput(first.problem, facts=facts, where={"file": Path(file).name, "row": first.row})
            return result

        def done(result: ImportResult) -> None:
            self.open()
            line = self._words.say(
                "{created} months are new, {updated} changed, {unchanged} as before.",
                created=result.created,
                updated=result.updated,
                unchanged=result.unchanged,
            )
            self._ways.told(line)

        self._tasks.run(work, done, self._problems.show)


def board_row(board: Scoreboard, words: Catalogue) -> BoardRow:
    """Return the page."""
    moved = sorted(board.figures, key=lambda one: (not one.worse, not one.moved, one.chart is None))
    return BoardRow(
        wording.headline(board, words),
        wording.sentences(board, words),
        tuple(
            FigureRow(_card(one, words), picture, picture is None and len(one.months) >= FEWEST)
            for one in board.figures
            for picture in (wording.past_picture(one, words),)
        ),
        moved[0].code,
        any(one.worse for one in board.figures),
        wording.sheet_of(board, words),
    )


def _card(one: HouseFigure, words: Catalogue) -> MeasureCard:
    points = tuple(month.share for month in one.months)
    main = one.chart.main if one.chart is not None else None
    low, high = (tuple(main.lcl), tuple(main.ucl)) if main is not None else ((), ())
    outside = frozenset(
        place
        for place, (least, point, most) in enumerate(zip(low, points, high, strict=False))
        if not least <= point <= most
    )
    return MeasureCard(
        one.code,
        words.say(wording.NAMES[one.code]),
        wording.value(one, words),
        words.say(wording.UNITS[one.code]) if one.last else "",
        wording.interval(one, words),
        wording.made_of(one, words),
        wording.word(one, words),
        one.worse,
        points,
        low,
        high,
        outside,
        "" if one.moved else wording.so_far(one, words),  # its word takes the room
    )
