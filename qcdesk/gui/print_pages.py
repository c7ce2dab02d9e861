# SPDX-License-Identifier: Apache-2.0
"""Adds the page on which papers of many batches are made in one go."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qcdesk.gui.screens.print_many.presenter import Kept, PrintManyPresenter
from qcdesk.gui.screens.print_many.view import PrintManyView
from qcdesk.gui.shell import Shell

MANY: Final = "many"
"""Under which name it is remembered what was chosen last."""


def add_print_page(shell: Shell) -> None:
    """Add the page; its way back leads to the board."""
    view = PrintManyView(shell.words, shell.languages)

    def keep(habit: dict[str, str]) -> None:
        settings = shell.settings()
        shell.change_settings(replace(settings, paper_habits={**settings.paper_habits, MANY: habit}))

    presenter = PrintManyPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        shell.ask,
        shell.changes,
        Kept(lambda: shell.settings().paper_habits.get(MANY, {}), keep),
        lambda: shell.open("board"),
    )
    view.searched.connect(presenter.search)
    view.today_wanted.connect(presenter.released_today)
    view.toggled.connect(presenter.take)
    view.all_wanted.connect(lambda taken: presenter.take_all(taken=taken))
    view.print_wanted.connect(presenter.print)
    view.again_wanted.connect(presenter.again)
    view.cancelled.connect(presenter.cancel)
    view.back_wanted.connect(presenter.leave)
    view.retry_wanted.connect(presenter.reload)
    shell.add("print_many", view, presenter, place="board")
