# SPDX-License-Identifier: Apache-2.0
"""The pages on the way of a batch: its own page, one's check, the comparison, the decision; and the ways between them."""

from __future__ import annotations

from collections.abc import Callable

from qcdesk.domain.sampling import ClassRule
from qcdesk.gui.certifying import Certifying
from qcdesk.gui.first_articles import FirstArticles
from qcdesk.gui.labelling import Labelling
from qcdesk.gui.nonconformity_pages import opening
from qcdesk.gui.problems import Teller
from qcdesk.gui.screens.analysis.rows import Origin as AnalysisOrigin
from qcdesk.gui.screens.batch.presenter import BatchPresenter, BatchWays
from qcdesk.gui.screens.batch.view import BatchView
from qcdesk.gui.screens.comparison.presenter import ComparisonPresenter, ComparisonWays
from qcdesk.gui.screens.comparison.view import ComparisonView
from qcdesk.gui.screens.decision.presenter import DecisionPresenter, DecisionWays
from qcdesk.gui.screens.decision.view import DecisionView
from qcdesk.gui.screens.runner.presenter import RunnerPresenter, RunnerWays
from qcdesk.gui.screens.runner.view import RunnerView
from qcdesk.gui.screens.second_check.presenter import Origin
from qcdesk.gui.shell import Shell
from qcdesk.gui.starting import Starting
from qcdesk.services.rows import BatchPage


class BatchPages:
    """The pages between which a day of inspection goes on; all stand from the beginning.

    ``sign`` opens the sheet on which a check is signed; ``lock`` shows the wall; ``copy`` keeps a report for others.
    """

    def __init__(
        self,
        shell: Shell,
        starting: Starting,
        tell: Teller,
        *,
        sign: Callable[[str, Callable[[int], None]], None],
        lock: Callable[[], None],
        copy: Callable[[str], None],
    ) -> None:
        self._shell, self._starting, self._tell, self._copy = shell, starting, tell, copy
        self._batch()
        self._runner(sign, lock)
        self._comparison()
        self._decision()

    def _told(self, line: str) -> None:
        self._shell.window.notice.tell(line)

    def _batch(self) -> None:
        shell = self._shell
        use, tasks, words, ask, who = shell.use, shell.tasks, shell.words, shell.ask, shell.who
        view = self.view = BatchView(words)
        problems = shell.problems(view)
        opened = opening(shell)
        certifying = Certifying(
            use,
            tasks,
            words,
            ask,
            who,
            shell.changes,
            lambda batch, printed: shell.open("certificate", batch, printed),
        )
        labelling = Labelling(use, tasks, words, ask, lambda batch, wish: shell.open("labels", batch, wish))
        first_articles = FirstArticles(
            use, tasks, words, ask, who, lambda batch, unit: shell.open("first_article", batch, unit)
        )
        ways = BatchWays(
            start=lambda batch: self._starting.start(batch, problems),
            comparison=lambda batch, no: shell.open("comparison", batch, no),
            report=lambda batch: shell.open("report", batch),
            stickers=lambda batch: shell.open("stickers", batch),
            first_article=lambda batch: first_articles.ask_for_unit(batch, problems),
            labels=lambda batch: labelling.print_labels(batch, problems),
            certificate=lambda batch: certifying.print_certificate(batch, problems),
            change=lambda batch: shell.open("register", batch),
            told=self._told,
            charts=self._charts_from,
            amiss=lambda batch: opened.open(batch, problems),
            nonconformity=lambda number: shell.open("nonconformity", number),
        )
        presenter = self.presenter = BatchPresenter(
            view, use, tasks, words, problems, self._tell, ask, shell.changes, who, ways
        )
        view.act_wanted.connect(presenter.act)
        view.back_wanted.connect(lambda: shell.open("board"))
        view.problems.try_again.connect(presenter.reload)
        view.problems.report_wanted.connect(self._copy)
        shell.add("batch", view, presenter, place="board")

    def _charts_from(self, page: BatchPage) -> None:
        """Show the charts of a batch's product; the way back leads to the batch."""
        of, number = page.header, page.header.number
        back = ("batch", page.batch)
        self._shell.open("analysis", AnalysisOrigin(of.product_code, "", of.product_name, back, number))

    def _runner(self, sign: Callable[[str, Callable[[int], None]], None], lock: Callable[[], None]) -> None:
        shell = self._shell
        view = self.runner_view = RunnerView(shell.words, shell.window.metrics())
        ways = RunnerWays(
            leave=lambda batch: shell.open("batch", batch),
            sign=sign,
            stickers=lambda batch, check: shell.open("stickers", batch, check),
            told=self._told,
        )
        presenter = self.runner = RunnerPresenter(
            view,
            shell.use,
            shell.tasks,
            shell.words,
            shell.problems(view),
            shell.ask,
            shell.changes,
            shell.who,
            ways,
        )
        view.left.connect(presenter.leave)
        view.person_menu_wanted.connect(lock)
        view.found.connect(presenter.found)
        view.more_codes_wanted.connect(presenter.more_codes)
        view.unit_wanted.connect(presenter.go_to_index)
        view.place_tapped.connect(presenter.tapped)
        view.photo_dropped.connect(presenter.photo)
        view.photo_left_out.connect(presenter.no_photo)
        view.stickers_wanted.connect(presenter.stickers)
        view.step_wanted.connect(presenter.turn_step)
        view.measured.connect(presenter.measured)
        view.reading_refused.connect(presenter.refuse_reading)
        view.kept.connect(presenter.keep_reading)
        view.measured_again.connect(presenter.measure_again)
        view.instrument_wanted.connect(presenter.choose_instrument)
        view.go_to_missing.connect(presenter.go_to)
        view.stop_wanted.connect(presenter.stop)
        view.undo_wanted.connect(presenter.undo)
        view.not_done_wanted.connect(presenter.not_done)
        view.go_on.connect(presenter.go_on)
        view.claim_wanted.connect(presenter.open_claim)
        view.another_unit_wanted.connect(presenter.another_unit)
        view.problems.try_again.connect(presenter.try_again)
        view.problems.report_wanted.connect(self._copy)
        shell.add("runner", view, presenter, alone=True)

    def _second_check(self, rule: ClassRule, lot: int) -> None:
        back = self._shell.words.say("The comparison")
        fields = {"lot_size": str(lot), "class": rule.defect_class}
        origin = Origin(fields, rule, back, lambda: self._shell.window.show_page("comparison"))
        self._shell.open("second_check", origin)

    def _comparison(self) -> None:
        shell = self._shell
        view = ComparisonView(shell.words)
        problems = shell.problems(view)
        ways = ComparisonWays(
            batch=lambda batch: shell.open("batch", batch),
            report=lambda batch: shell.open("report", batch),
            start=lambda batch: self._starting.start(batch, problems),
            told=self._told,
            second=self._second_check,
        )
        presenter = ComparisonPresenter(
            view,
            shell.use,
            shell.tasks,
            shell.words,
            problems,
            self._tell,
            shell.ask,
            shell.changes,
            shell.who,
            ways,
        )
        view.back_wanted.connect(presenter.back)
        view.report_wanted.connect(presenter.report)
        view.act_wanted.connect(presenter.act)
        view.photo_wanted.connect(presenter.photo)
        view.second_wanted.connect(presenter.second_check)
        view.problems.try_again.connect(presenter.reload)
        view.problems.report_wanted.connect(self._copy)
        shell.add("comparison", view, presenter, place="board")

    def _decision(self) -> None:
        shell = self._shell
        view = DecisionView(shell.words, shell.window.metrics())
        ways = DecisionWays(
            batch=lambda batch: shell.open("batch", batch),
            comparison=lambda batch: shell.open("comparison", batch),
            told=self._told,
        )
        presenter = DecisionPresenter(
            view,
            shell.use,
            shell.tasks,
            shell.words,
            shell.problems(view),
            shell.ask,
            shell.changes,
            shell.who,
            ways,
        )
        view.back_wanted.connect(presenter.back)
        view.settled.connect(presenter.settle)
        view.sign_wanted.connect(presenter.sign)
        view.problems.try_again.connect(presenter.reload)
        view.problems.report_wanted.connect(self._copy)
        shell.add("decision", view, presenter, place="board")
