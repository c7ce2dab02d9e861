# SPDX-License-Identifier: Apache-2.0
"""The window where the workspace could not be opened: what is wrong with it, and a backup in its place."""

from __future__ import annotations

from pathlib import Path

from qcdesk import config
from qcdesk.gui.main_window import MainWindow
from qcdesk.gui.problems import Problems, Teller
from qcdesk.gui.screens.restore.presenter import RestorePresenter, RestoreWays, backups_of
from qcdesk.gui.screens.restore.view import RestoreView
from qcdesk.gui.shell import Enter
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.logs import masked
from qcdesk.services.ports import Workspaces

PAGE = "restore"


class Doorstep(MainWindow):
    """One page. "Try again" opens the same workspace once more: a disk may be plugged in, a lock may be gone."""

    def __init__(
        self,
        cause: Exception,
        workspaces: Workspaces,
        settings: config.Settings,
        words: Catalogue,
        tasks: Tasks,
        tell: Teller,
        enter: Enter,
    ) -> None:
        super().__init__((), words, mode=settings.mode)
        self.view = view = RestoreView(words, back=False)
        problems = Problems(tell, words, view)

        def known() -> dict[str, str]:
            here = workspaces.location
            old = {"replaces": here} if "://" not in here and Path(here).is_dir() else {}
            return backups_of(settings) | old

        self.restoring = presenter = RestorePresenter(
            view, workspaces, tasks, words, problems, RestoreWays(back=lambda: None, enter=enter), known
        )
        view.look_wanted.connect(presenter.look)
        view.restore_wanted.connect(presenter.restore)
        view.cancelled.connect(presenter.cancel)
        view.enter_wanted.connect(presenter.enter)
        view.retry_wanted.connect(lambda: enter(workspaces.location, problems.show))
        self.closing.connect(presenter.cancel)
        view.show_title(
            words.say("This workspace cannot be opened"),
            words.say(
                "{location}. Restore a backup beside it; nothing in it is changed.",
                location=masked(workspaces.location),
            ),
        )
        self.add_page(PAGE, view, alone=True)
        presenter.open()
        self.show_page(PAGE)
        problems.show(cause)
