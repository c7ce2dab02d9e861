# SPDX-License-Identifier: Apache-2.0
"""What every page of the running window is built from, handed around as one frozen thing.

Only the functions that add pages take the whole of it (``app``, ``master_pages``); a presenter takes the pieces it
needs, since screens may not know the window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from qcdesk import config
from qcdesk.gui.asking import Ask, AskSecret, ShowOnce, SittingNow, WhoNow
from qcdesk.gui.changes import Changes
from qcdesk.gui.listing import ListedPresenter
from qcdesk.gui.main_window import MainWindow
from qcdesk.gui.problems import Place, Problems
from qcdesk.gui.sending import Mailing
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.widgets.listed import ListedPage
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.ports import Workspaces
from qcdesk.services.use_cases import UseCases

Enter = Callable[[str, Callable[[Exception], None]], None]
"""enter(location, failed): open another workspace in this window, at its sign-in"""


class Open(Protocol):
    """Opens a page by name: ``open("batch", batch_id)``, ``open("supplier", code)``, ``open("report", batch_id)``."""

    def __call__(self, name: str, *args: object) -> None:
        """Fill and show the page."""


class Opened(Protocol):
    """Fills a page before it is shown."""

    @property
    def open(self) -> Callable[..., None]:
        """Fill it with what one comes for."""


@dataclass(frozen=True)
class Shell:
    """The running window.

    ``problems`` makes the teller for a page (``shell.problems(view).show`` is a task's ``failed``).
    ``sitting`` is who is signed in now; pages other than sign-in and set-up are only opened while somebody is.
    ``changes`` is told every fact that a use case returned; pages that show it listen (``object``: all).
    ``settings`` returns the settings as they are now, ``change_settings`` keeps new ones and shows them at once.
    ``mailing`` has a mail asked about and handed to the house's own server.
    ``look_again`` looks anew at what is said above every page until it is settled.
    ``look_at_locks`` looks anew who is locked.
    ``workspaces`` are the places of workspaces (None: this window keeps to the one it has); ``enter`` opens another one
    at its sign-in, and tells what fails on the way.
    ``languages`` are those that can be chosen: English, and what has a catalogue. ``own_language`` is what whoever is
    signed in chose for every station (empty: as the station), ``speak`` chooses another one and shows the window in it
    at once.
    """

    window: MainWindow
    use: UseCases
    tasks: Tasks
    words: Catalogue
    problems: Callable[[Place], Problems]
    changes: Changes
    settings: Callable[[], config.Settings]
    change_settings: Callable[[config.Settings], None]
    languages: tuple[str, ...]
    own_language: Callable[[], str]
    speak: Callable[[str], None]
    sitting: SittingNow
    who: WhoNow
    ask_secret: AskSecret
    ask: Ask
    show_once: ShowOnce
    mailing: Mailing
    open: Open
    look_again: Callable[[], None]
    look_at_locks: Callable[[], None]
    workspaces: Workspaces | None
    enter: Enter

    def add(
        self, name: str, view: QWidget, presenter: Opened, *, place: str = "", alone: bool = False
    ) -> None:
        """Add a page that its presenter fills when it opens, and hold both."""
        self.window.add_page(name, view, place=place, alone=alone)
        self.window.on_open(name, presenter.open)
        self.window.keep(presenter)

    def later(self, add: Callable[[Shell], None], *names: str) -> None:
        """Add pages when the first of them is opened: all of them at once would keep the first page waiting."""
        self.window.later(names, lambda: add(self))

    def add_list(
        self, name: str, view: ListedPage, presenter: ListedPresenter[Any], *, place: str = ""
    ) -> None:
        """Add the page of a list, with its search, its neighbours and its closed ones."""
        view.asked.connect(presenter.search)
        view.which.connect(presenter.other_ones)
        view.retry_wanted.connect(presenter.reload)
        view.places.wanted.connect(lambda page: self.open(page))
        self.add(name, view, presenter, place=place)

    def paper(self, page: str, back: str) -> Callable[[ChartSheet, str], None]:
        """Return what shows a sheet on a page for paper, whose way back in these words leads to the page ``back``."""
        return lambda sheet, words: self.open(page, sheet, words, lambda: self.window.show_page(back))
