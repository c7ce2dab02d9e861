# SPDX-License-Identifier: Apache-2.0
"""Adds the pages of the place "Analysis" to the window."""

from __future__ import annotations

from dataclasses import replace

from qcdesk.gui.screens.analysis.presenter import AnalysisPresenter, AnalysisWays
from qcdesk.gui.screens.analysis.view import AnalysisView
from qcdesk.gui.screens.detection.presenter import DetectionPresenter, DetectionWays
from qcdesk.gui.screens.detection.view import DetectionView
from qcdesk.gui.screens.second_check.presenter import SecondCheckPresenter
from qcdesk.gui.screens.second_check.view import SecondCheckView
from qcdesk.gui.shell import Shell


def add_analysis_pages(shell: Shell) -> None:
    """Add the charts, and the pages beside them."""
    shell.later(_charts, "analysis")
    shell.later(_detection, "detection")
    shell.later(_second_check, "second_check")


def _charts(shell: Shell) -> None:
    view = AnalysisView(shell.words)
    presenter = AnalysisPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        AnalysisWays(
            batch=lambda batch: shell.open("batch", batch),
            back=lambda page: shell.open(*page),
            paper=shell.paper("analysis_chart", "analysis"),
            kept=lambda: shell.settings().chart_limits,
            keep=lambda kept: shell.change_settings(
                replace(shell.settings(), chart_limits={name: list(span) for name, span in kept.items()})
            ),
            notice=lambda line, undo: shell.window.notice.tell(line, undo),
        ),
    )
    view.changed.connect(presenter.changed)
    view.spotted.connect(presenter.spotted)
    view.batch_wanted.connect(presenter.batch)
    view.freeze_wanted.connect(presenter.freeze)
    view.forget_wanted.connect(presenter.forget)
    view.print_wanted.connect(presenter.print_sheet)
    view.acted.connect(presenter.all_there_is)
    view.back_wanted.connect(presenter.back)
    view.retry_wanted.connect(presenter.again)
    view.places.wanted.connect(lambda page: shell.open(page))
    shell.add("analysis", view, presenter)


def _detection(shell: Shell) -> None:
    view = DetectionView(shell.words)
    presenter = DetectionPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        DetectionWays(
            comparison=lambda batch, no: shell.open("comparison", batch, no),
            paper=shell.paper("analysis_chart", "detection"),
        ),
    )
    view.places.wanted.connect(lambda page: shell.open(page))
    view.changed.connect(presenter.changed)
    view.behind_wanted.connect(presenter.batches)
    view.month_wanted.connect(presenter.batches_of_month)
    view.comparison_wanted.connect(presenter.comparison)
    view.print_wanted.connect(presenter.print_sheet)
    view.retry_wanted.connect(presenter.open)
    shell.add("detection", view, presenter, place="analysis")


def _second_check(shell: Shell) -> None:
    view = SecondCheckView(shell.words)
    presenter = SecondCheckPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        shell.paper("analysis_chart", "second_check"),
    )
    view.places.wanted.connect(lambda page: shell.open(page))
    view.changed.connect(presenter.changed)
    view.stop_wanted.connect(presenter.stop)
    view.on_wanted.connect(presenter.play_on)
    view.print_wanted.connect(presenter.print_sheet)
    view.back_wanted.connect(presenter.back)
    view.retry_wanted.connect(presenter.again)
    shell.window.closing.connect(presenter.stop)
    shell.add("second_check", view, presenter, place="analysis")
