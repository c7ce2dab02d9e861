# SPDX-License-Identifier: Apache-2.0
"""Adds the pages of nonconformities to the window, and gives the page of a batch its way to open one."""

from __future__ import annotations

from qcdesk.gui.screens.nonconformities.presenter import (
    NonconformitiesPresenter,
    NonconformityPresenter,
    NonconformityWays,
    OpeningPresenter,
)
from qcdesk.gui.screens.nonconformities.view import NonconformitiesView, NonconformityView
from qcdesk.gui.shell import Shell


def add_nonconformity_pages(shell: Shell) -> None:
    """Add the list, beside the defect codes, and the page of one."""
    words = shell.words
    listed, one = NonconformitiesView(words, shell.use.clock.today), NonconformityView(words)
    ways = _ways(shell)
    every = NonconformitiesPresenter(listed, shell.use, shell.tasks, shell.problems(listed), ways)
    listed.opened.connect(every.choose)
    shell.add_list("nonconformities", listed, every, place="defect_codes")
    single = NonconformityPresenter(
        one, shell.use, shell.tasks, words, shell.problems(one), shell.who, shell.ask, ways
    )
    one.acted.connect(single.act)
    one.kept_wanted.connect(single.save_file)
    one.batch_wanted.connect(single.see_batch)
    one.print_wanted.connect(single.print_to)
    one.back_wanted.connect(lambda: shell.open("nonconformities"))
    one.retry_wanted.connect(single.reload)
    shell.add("nonconformity", one, single, place="defect_codes")


def opening(shell: Shell) -> OpeningPresenter:
    """Return what opens a nonconformity on the batch in view."""
    return OpeningPresenter(shell.use, shell.tasks, shell.words, shell.who, shell.ask, _ways(shell))


def _ways(shell: Shell) -> NonconformityWays:
    return NonconformityWays(
        nonconformity=lambda number: shell.open("nonconformity", number),
        batch=lambda batch: shell.open("batch", batch),
        told=lambda line: shell.window.notice.tell(line),
    )
