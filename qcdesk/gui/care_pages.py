# SPDX-License-Identifier: Apache-2.0
"""Adds the pages of the place "Complaints" to the window, and the keys that log a touch on the batch in view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from qcdesk.domain.events import TouchKind
from qcdesk.gui.screens.complaints.presenter import (
    ComplaintPresenter,
    ComplaintsPresenter,
    ComplaintWays,
    TouchesPresenter,
)
from qcdesk.gui.screens.complaints.view import ComplaintsView, ComplaintView, TouchesView
from qcdesk.gui.screens.scoreboard.presenter import ScoreboardPresenter, ScoreboardWays
from qcdesk.gui.screens.scoreboard.view import ScoreboardView
from qcdesk.gui.screens.waiting.presenter import WaitingPresenter
from qcdesk.gui.screens.waiting.view import WaitingView
from qcdesk.gui.shell import Shell

TOUCH_KEYS: Final[tuple[tuple[str, TouchKind], ...]] = (
    ("F5", "call"),
    ("F6", "message"),
    ("F7", "chase"),
    ("F8", "hand_off"),
    ("F9", "rework"),
)
"""One key logs a touch of its kind."""


def add_care_pages(shell: Shell) -> None:
    """Add complaints and touches, and what one waits for."""
    shell.later(_complaints, "complaints", "complaint")
    shell.later(_touches, "touches")
    shell.later(_waiting, "waiting")
    shell.later(_scoreboard, "scoreboard")


def _complaints(shell: Shell) -> None:
    words = shell.words

    def save_as(name: str) -> str:
        path, _ = QFileDialog.getSaveFileName(shell.window, words.say("Save the mail"), name, "Mail (*.eml)")
        return path

    ways = ComplaintWays(
        complaint=lambda number: shell.open("complaint", number),
        batch=lambda batch: shell.open("batch", batch),
        told=lambda line, undo: shell.window.notice.tell(line, undo),
        save_as=save_as,
    )
    listed, one = ComplaintsView(words, shell.use.clock.now), ComplaintView(words)
    complaints = ComplaintsPresenter(
        listed, shell.use, shell.tasks, words, shell.problems(listed), shell.who, shell.ask, ways
    )
    listed.opened.connect(complaints.choose)
    listed.add_wanted.connect(complaints.take)
    shell.add_list("complaints", listed, complaints)
    complaint = ComplaintPresenter(
        one, shell.use, shell.tasks, words, shell.problems(one), shell.who, shell.ask, ways, shell.mailing
    )
    one.acted.connect(complaint.act)
    one.batch_wanted.connect(lambda batch: shell.open("batch", batch))
    one.back_wanted.connect(lambda: shell.open("complaints"))
    one.retry_wanted.connect(complaint.reload)
    shell.add("complaint", one, complaint, place="complaints")


def _touches(shell: Shell) -> None:
    words = shell.words
    view = TouchesView(words)
    touches = TouchesPresenter(
        view,
        shell.use,
        shell.tasks,
        words,
        shell.problems(view),
        shell.who,
        lambda line, undo: shell.window.notice.tell(line, undo),
    )
    view.batch_wanted.connect(lambda batch: shell.open("batch", batch))
    view.retry_wanted.connect(touches.reload)
    view.places.wanted.connect(lambda page: shell.open(page))
    view.logged.connect(lambda _: view.problems.clear())
    view.logged.connect(lambda kind: touches.log(kind, None, view.order.value()))
    for keys, kind in TOUCH_KEYS:
        shortcut = QShortcut(QKeySequence(keys), view)
        shortcut.activated.connect(lambda k=kind: view.logged.emit(k))
    shell.add("touches", view, touches, place="complaints")


def _scoreboard(shell: Shell) -> None:
    words = shell.words
    view = ScoreboardView(words)
    ways = ScoreboardWays(
        paper=shell.paper("scoreboard_paper", "scoreboard"),
        told=lambda line: shell.window.notice.tell(line),
        file=lambda: QFileDialog.getOpenFileName(
            shell.window, words.say("Import a list"), "", "*.csv *.xlsx *.ods *.json"
        )[0],
    )
    presenter = ScoreboardPresenter(
        view, shell.use, shell.tasks, words, shell.problems(view), shell.who, shell.ask, ways
    )
    view.places.wanted.connect(lambda page: shell.open(page))
    view.print_wanted.connect(presenter.print_sheet)
    view.figures_wanted.connect(presenter.say_figures)
    view.import_wanted.connect(presenter.import_list)
    view.retry_wanted.connect(presenter.open)
    shell.add("scoreboard", view, presenter, place="complaints")


def _waiting(shell: Shell) -> None:
    view = WaitingView(shell.words, shell.use.clock.now, shell.use.clock.today)
    presenter = WaitingPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        lambda batch: shell.open("batch", batch),
    )
    view.opened.connect(presenter.choose)
    view.retry_wanted.connect(presenter.open)
    view.places.wanted.connect(lambda page: shell.open(page))
    shell.add("waiting", view, presenter, place="complaints")


def log_touches(shell: Shell, page: QWidget, batch: Callable[[], str]) -> None:
    """Let the keys log a touch on the batch that a page has in view (empty: none), with a way to undo it."""
    words = shell.words
    view = TouchesView(words)
    view.hide()
    presenter = TouchesPresenter(
        view,
        shell.use,
        shell.tasks,
        words,
        shell.problems(view),
        shell.who,
        lambda line, undo: shell.window.notice.tell(line, undo),
    )
    shell.window.keep((view, presenter))
    for keys, kind in TOUCH_KEYS:
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.activated.connect(lambda k=kind: presenter.log(k, batch()) if batch() else None)
