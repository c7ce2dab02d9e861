# SPDX-License-Identifier: Apache-2.0
"""Adds the page on which a paper is checked, for whoever is signed in and whoever is not."""

from __future__ import annotations

from qcdesk.gui.screens.papers.presenter import PapersPresenter
from qcdesk.gui.screens.papers.view import PapersView
from qcdesk.gui.shell import Shell


def add_paper_page(shell: Shell) -> None:
    """Add the page; its way back leads to the board, to the wall, or to the first start of who only checks papers."""
    view = PapersView(shell.words)
    problems = shell.problems(view)
    presenter = PapersPresenter(view, shell.use, shell.tasks, shell.words, problems)

    def back() -> None:
        if shell.sitting() is not None:
            shell.open("board")
            return
        shell.tasks.run(
            lambda: shell.use.is_opened,
            lambda there: shell.open("sign_in") if there else shell.window.show_page("set_up"),
            problems.show,
        )

    view.file_given.connect(presenter.check)
    view.code_given.connect(presenter.scan)
    view.retry_wanted.connect(presenter.open)
    view.back_wanted.connect(back)
    shell.add("check_paper", view, presenter, alone=True)
