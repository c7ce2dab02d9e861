# SPDX-License-Identifier: Apache-2.0
"""Adds the pages on which papers are printed: one of any kind, and those of many batches in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from qcdesk.gui.screens.print_many.presenter import Kept, PrintManyPresenter
from qcdesk.gui.screens.print_many.view import PrintManyView
from qcdesk.gui.screens.report.habits import Habits
from qcdesk.gui.screens.report.papers import ReportWays
from qcdesk.gui.screens.report.presenter import ReportPresenter
from qcdesk.gui.screens.report.view import ReportView
from qcdesk.gui.shell import Shell

MANY: Final = "many"
"""Under which name it is remembered what was chosen last."""
PAPERS: Final = {
    "report": "board",
    "stickers": "board",
    "first_article": "board",
    "instruction": "procedures",
    "labels": "board",
    "certificate": "board",
    "slip": "log",
    "chart": "procedures",
    "scorecard_paper": "suppliers",
    "scoreboard_paper": "complaints",
    "analysis_chart": "analysis",
}
"""The names under which the page for one paper stands, each with its place on the rail."""


def add_printed_pages(shell: Shell) -> None:
    """Add the page for one paper, under the name of each kind and in the place from which it is come to."""
    view = ReportView(shell.words, languages=shell.languages)
    ways = ReportWays(
        batch=lambda batch: shell.open("batch", batch),
        check=lambda check: shell.open("runner", check),
        log=lambda: shell.open("log"),
        procedure=lambda code: shell.open("procedure", code),
    )
    presenter = ReportPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        lambda line: shell.window.notice.tell(line),
        ways,
        Habits(lambda kind: _habit(shell, kind), lambda kind, habit: _keep(shell, kind, habit)),
        shell.mailing,
        shell.ask,
    )
    view.turned.connect(presenter.turn)
    view.zoomed.connect(presenter.zoom)
    view.language_wanted.connect(presenter.speak)
    view.second_wanted.connect(presenter.speak_beside)
    view.size_wanted.connect(presenter.cut)
    view.print_wanted.connect(presenter.print_pages)
    view.save_wanted.connect(presenter.save)
    view.mail_wanted.connect(presenter.send)
    view.zpl_wanted.connect(presenter.save_zpl)
    view.sending_wanted.connect(presenter.send_zpl)
    view.cancelled.connect(presenter.cancel)
    view.back_wanted.connect(presenter.leave)
    view.retry_wanted.connect(presenter.again)
    opens: dict[str, Callable[..., None]] = {
        "report": presenter.open,
        "stickers": presenter.open_stickers,
        "first_article": presenter.open_first_article,
        "instruction": presenter.open_instruction,
        "labels": presenter.open_labels,
        "certificate": presenter.open_certificate,
        "slip": presenter.open_slip,
    }
    for name, place in PAPERS.items():
        shell.window.add_page(name, view, place=place)
        shell.window.on_open(name, opens.get(name, presenter.open_chart))
    shell.window.keep(presenter)


def _habit(shell: Shell, kind: str) -> dict[str, str]:
    return shell.settings().paper_habits.get(kind, {})


def _keep(shell: Shell, kind: str, habit: dict[str, str]) -> None:
    settings = shell.settings()
    shell.change_settings(replace(settings, paper_habits={**settings.paper_habits, kind: habit}))


def add_print_page(shell: Shell) -> None:
    """Add the page; its way back leads to the board."""
    view = PrintManyView(shell.words, shell.languages)

    presenter = PrintManyPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.who,
        shell.ask,
        shell.changes,
        shell.mailing,
        Kept(lambda: _habit(shell, MANY), lambda habit: _keep(shell, MANY, habit)),
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
