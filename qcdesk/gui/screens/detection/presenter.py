# SPDX-License-Identifier: Apache-2.0
"""Reads the settled rounds of a period once, and counts anew whenever something else is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from qcdesk.gui.asking import WhoNow
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.detection.figures import FOREVER, answer_of, batches_behind, choices_of, since_of
from qcdesk.gui.screens.detection.printing import sheet_of
from qcdesk.gui.screens.detection.rows import Batches, Choices, Detected, LineRow, Listing
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.care_rows import WentOutRow
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.detection_rows import DetectionPage
from qcdesk.services.use_cases import UseCases


class DetectionView(Protocol):
    """The page."""

    def values(self) -> dict[str, str]: ...
    def clear(self) -> None: ...
    def show_choices(self, choices: Choices) -> None: ...
    def show_working(self) -> None: ...
    def show_answer(self, answer: Detected) -> None: ...
    def show_batches(self, batches: Batches) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class DetectionWays:
    """Where one goes from here: to a round's ``comparison``, and to ``paper`` with a sheet to print."""

    comparison: Callable[[str, int], None]
    paper: Callable[[ChartSheet, str], None]


class DetectionPresenter:
    """A newer question drops an older answer."""

    def __init__(
        self,
        view: DetectionView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ways: DetectionWays,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._ways = ways
        self._page: DetectionPage | None = None
        self._answer: Detected | None = None
        self._went_out: tuple[WentOutRow, ...] = ()
        self._period = ""
        self._reader = ""

    def open(self) -> None:
        """Read the rounds of the period anew; what somebody saw and chose who sat here before is taken away at once."""
        person = self._who().person
        if self._reader not in ("", person):
            self._view.clear()
        self._reader = person
        self._read()

    def _read(self) -> None:
        fields, person, today = self._view.values(), self._who().person, self._use.clock.today()
        self._page, self._answer, self._period = None, None, fields["period"]
        since = since_of(fields, today)
        self._view.show_working()

        def load() -> tuple[DetectionPage, tuple[WentOutRow, ...]]:
            page = self._use.read.detection(person, since, FOREVER)
            return page, self._use.read.care.went_out(since) if page.everybody else ()

        self._tasks.run(
            load,
            lambda found: self._loaded(*found),
            self._problems.show,
            latest="detection",
        )

    def _loaded(self, page: DetectionPage, went_out: tuple[WentOutRow, ...]) -> None:
        self._page, self._went_out = page, went_out
        self._view.show_choices(choices_of(page, self._words))
        self._count()

    def changed(self, fields: Mapping[str, str]) -> None:
        """Something else was chosen."""
        if fields["period"] != self._period:
            self._read()
        elif self._page is not None:
            self._count()

    def _count(self) -> None:
        page, fields, words = self._page, self._view.values(), self._words
        went_out = self._went_out
        assert page is not None
        self._tasks.render(
            lambda: answer_of(page, fields, words, went_out), self._counted, self._problems.show, latest="detection_count"
        )  # fmt: skip

    def _counted(self, answer: Detected) -> None:
        self._answer = answer
        self._view.show_answer(answer)

    def batches(self, listing: Listing, row: LineRow) -> None:
        """Show the batches behind a row."""
        self._behind(listing, row, "")

    def batches_of_month(self, place: int) -> None:
        """Show the batches behind a point of the picture, counted from 0."""
        if self._answer is not None and place < len(self._answer.months):
            self._behind("batches", None, self._answer.months[place])

    def _behind(self, listing: Listing, row: LineRow | None, month: str) -> None:
        if self._page is not None:
            fields, today = self._view.values(), self._use.clock.today()
            self._view.show_batches(
                batches_behind(self._page, fields, listing, row, month, today, self._words)
            )

    def comparison(self, row: LineRow) -> None:
        """Open the comparison of a batch's round."""
        self._ways.comparison(row.batch, row.round_no)

    def print_sheet(self, listing: Listing, about: str) -> None:
        """Show the page as paper shows it; ``about``: what was chosen, in words."""
        if self._answer is None:
            return
        sheet = sheet_of(self._answer, listing, about, self._words)
        if sheet is not None:
            self._ways.paper(sheet, self._words.say("Back to what each check finds"))
