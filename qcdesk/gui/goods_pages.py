# SPDX-License-Identifier: Apache-2.0
"""Adds the pages about goods that were not accepted to the window."""

from __future__ import annotations

from qcdesk.gui.screens.concessions.presenter import ConcessionsPresenter
from qcdesk.gui.screens.concessions.view import ConcessionsView
from qcdesk.gui.shell import Shell


def add_goods_pages(shell: Shell) -> None:
    """Add the concessions, beside the defect codes."""
    view = ConcessionsView(shell.words, shell.use.clock.today)

    def told(line: str) -> None:
        shell.window.notice.tell(line)

    presenter = ConcessionsPresenter(
        view, shell.use, shell.tasks, shell.words, shell.problems(view), shell.ask, told
    )
    view.places.wanted.connect(lambda page: shell.open(page))
    view.batch_wanted.connect(lambda batch: shell.open("batch", batch))
    view.budget_wanted.connect(presenter.set_budget)
    view.kept_wanted.connect(presenter.save_file)
    view.retry_wanted.connect(presenter.open)
    shell.add("concessions", view, presenter, place="defect_codes")
