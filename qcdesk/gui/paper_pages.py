# SPDX-License-Identifier: Apache-2.0
"""Adds the page on which a paper is checked, for whoever is signed in and whoever is not."""

from __future__ import annotations

from qcdesk.gui.screens.papers.presenter import PapersPresenter
from qcdesk.gui.screens.papers.view import PapersView
from qcdesk.gui.shell import Shell


def add_paper_page(shell: Shell) -> None:
    """Add the page; its way back leads to the board, or to the wall."""
    view = PapersView(shell.words)
    presenter = PapersPresenter(view, shell.use, shell.tasks, shell.words, shell.problems(view))
    view.file_given.connect(presenter.check)
    view.code_given.connect(presenter.scan)
    view.retry_wanted.connect(presenter.open)
    view.back_wanted.connect(lambda: shell.open("board" if shell.sitting() is not None else "sign_in"))
    shell.add("check_paper", view, presenter, alone=True)
