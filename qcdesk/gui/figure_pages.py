# SPDX-License-Identifier: Apache-2.0
"""Adds the pages of suppliers' figures to the window."""

from __future__ import annotations

from qcdesk.gui.screens.scorecard.presenter import ScorecardPresenter
from qcdesk.gui.screens.scorecard.view import ScorecardView
from qcdesk.gui.shell import Shell


def add_figure_pages(shell: Shell) -> None:
    """Add the scorecard of a supplier."""
    view = ScorecardView(shell.words)
    presenter = ScorecardPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.paper("scorecard_paper", "scorecard"),
        lambda supplier: shell.open("supplier", supplier),
    )
    view.cause_wanted.connect(presenter.lots)
    view.batch_wanted.connect(lambda batch: shell.open("batch", batch))
    view.print_wanted.connect(presenter.print_sheet)
    view.back_wanted.connect(presenter.back)
    view.retry_wanted.connect(presenter.open)
    shell.add("scorecard", view, presenter, place="suppliers")
