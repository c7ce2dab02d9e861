# SPDX-License-Identifier: Apache-2.0
"""Starts Qt, loads the look, and catches what nobody expected: every bug is logged and offered as a report."""

from __future__ import annotations

import gc
import logging
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType

from PySide6.QtCore import QEventLoop, QLocale, QObject, Qt, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from qcdesk import config
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.gui import collation, theme
from qcdesk.gui.asking import Who
from qcdesk.gui.doorstep import Doorstep
from qcdesk.gui.master_pages import add_master_pages
from qcdesk.gui.problems import Told, bug_report
from qcdesk.gui.sending import Sending
from qcdesk.gui.tasks import Tasks, ThreadTasks, WhileOpen
from qcdesk.gui.upgrade_door import HALF_A_SECOND, Bringing, UpgradeDoor
from qcdesk.gui.wiring import AddPages, Running, Speaks
from qcdesk.i18n import Catalogue, language_for, load
from qcdesk.services.ports import Progress, Workspaces
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import problems as told_problems

OpenOther = Callable[[str, Progress], UseCases]
_log = logging.getLogger(__name__)


class Bugs(QObject):
    """The net under everything: an exception nobody caught, in the window or in a thread.

    ``caught`` carries the report on the thread of the window.
    """

    caught = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Catch from now on."""
        sys.excepthook = self._main
        threading.excepthook = self._thread

    def remove(self) -> None:
        """Leave things as they were."""
        sys.excepthook, threading.excepthook = self._before

    def tell(self, cause: BaseException) -> None:
        """Log a bug and offer its report."""
        _log.error("bug", exc_info=cause)
        self.caught.emit(bug_report(cause))

    def _main(self, kind: type[BaseException], cause: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, cause, trace)
            return
        self.tell(cause)

    def _thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.tell(args.exc_value)


def _qt_says(kind: QtMsgType, _context: object, message: str) -> None:
    level = logging.WARNING if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg) else logging.DEBUG
    _log.log(level, "qt: %s", message)


def create(arguments: Sequence[str], settings: config.Settings) -> QApplication:
    """Return the application with fonts, tokens and the person's text size; without a display, off screen."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there  # it told how far a workspace is brought
    config.show_offscreen_without_display()  # without a display Qt ends the process instead of raising
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    qInstallMessageHandler(_qt_says)
    app = QApplication(list(arguments))
    app.setApplicationName("qcdesk")
    app.setApplicationDisplayName("qcdesk")
    scale = min(2.0, max(0.8, theme.system_text_scale() * settings.text_percent / 100))
    theme.install(app, settings.theme, scale)
    return app


class Upgrading:
    """Shows how far a workspace of an earlier version is brought up to this one, before there is a window.

    Nothing is made before there is anything to tell, and nothing shown before it takes half a second.
    """

    def __init__(self, settings: config.Settings, words: Catalogue, after: float = HALF_A_SECOND) -> None:
        self._settings, self._words, self._after = settings, words, after
        self._begun = 0.0
        self.door: UpgradeDoor | None = None

    def told(self, done: int, total: int) -> bool:
        """It is so far now; it goes on in any case."""
        self._begun = self._begun or time.monotonic()
        if self.door is None and time.monotonic() - self._begun >= self._after:
            create(["qcdesk"], self._settings)
            self.door = UpgradeDoor(self._words)
            self.door.show()
        if self.door is not None:
            self.door.step(done / total)
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return True

    def close(self) -> None:
        """It is done, or went wrong."""
        if self.door is not None:
            self.door.close()
            self.door = None


class Program:
    """The window and what outlives it: the threads, the net under bugs, and a new window when a setting asks."""

    def __init__(
        self,
        use: UseCases,
        settings: config.Settings,
        words: Catalogue,
        *,
        add_pages: AddPages = add_master_pages,
        keep_settings: Callable[[config.Settings], None] = config.save_settings,
        load_words: Callable[[str], Catalogue] | None = None,
        tasks: ThreadTasks | None = None,
        workspaces: Workspaces | None = None,
        open_other: OpenOther | None = None,
    ) -> None:
        self._use = use
        self._words = words
        self._add_pages = add_pages
        self._keep_settings = keep_settings
        self._load_words = load_words
        self._workspaces, self._open_other = workspaces, open_other
        self.tasks = tasks or ThreadTasks()
        self._bugs = Bugs()
        self._bugs.caught.connect(self._caught)
        self._send()
        self.running = self._window(settings, None)

    def _send(self) -> None:
        """Send mails for this workspace from now on."""
        self._posting = WhileOpen(self.tasks)
        self._sending = Sending(self._use, self._posting)

    def _window(
        self, settings: config.Settings, who: Who | None, speaks: Speaks | None = None, own_language: str = ""
    ) -> Running:
        collation.speak(self._words.language)
        running = Running(
            self._use,
            settings,
            self._words,
            self.tasks,
            add_pages=self._add_pages,
            sending=self._sending,
            keep_settings=self._keep_settings,
            restart=self._restart,
            who=who,
            speaks=speaks,
            own_language=own_language,
            workspaces=self._workspaces if self._open_other is not None else None,
            enter=self._enter,
        )
        running.window.closing.connect(running.close)
        return running

    def begin(self) -> None:
        """Show the first page."""
        self._bugs.install()
        self.running.window.show()
        self.running.begin()

    def end(self) -> None:
        """Wait for the last write."""
        self._bugs.remove()
        self._posting.end()
        self.tasks.close()

    def _caught(self, report: str) -> None:
        self.running.show_bug(report)

    def _restart(self) -> None:
        QTimer.singleShot(0, self._renew)  # the page that asked is still in its own signal

    def _renew(self) -> None:
        old = self.running
        if self._load_words is not None:
            self._words = self._load_words(old.speaks.language)
        # Who changes the settings goes on there; every other page may hold what a new window has to read anew.
        page = "settings" if old.who is not None and old.window.here == "settings" else "board"
        self._show(self._window(old.settings, old.who, old.speaks, old.own_language), page)

    def _enter(self, location: str, failed: Callable[[Exception], None]) -> None:
        """Open another workspace at its sign-in; whoever is signed in here is not any more."""
        assert self._open_other is not None
        running, open_other = self.running, self._open_other

        def enter() -> None:
            running.end_sitting()
            _enter_by(open_other, location, self._words, self.tasks, self._entered, failed)

        if running.unsent.may_go(enter, lambda: failed(Trouble("cancelled"))):
            enter()

    def _entered(self, location: str, use: UseCases) -> None:
        self._use = use
        self._posting.end()
        self._send()
        settings = self.running.settings
        if self._workspaces is not None and self._workspaces.remembers(location):
            settings = replace(settings, workspace=location)
            self._keep_settings(settings)
        self._show(self._window(settings, None))

    def _show(self, new: Running, page: str = "board") -> None:
        old, self.running = self.running, new
        old.who = None
        old.window.may_close = lambda: True  # what was not sent is in the new one
        self.running.window.setGeometry(old.window.geometry())
        self.running.window.show()
        self.running.begin(page)
        old.window.close()
        old.window.deleteLater()


class AtTheDoor:
    """A program whose workspace could not be opened: it shows why, and goes on in one that was restored."""

    def __init__(
        self,
        cause: Exception,
        settings: config.Settings,
        words: Catalogue,
        workspaces: Workspaces,
        open_other: OpenOther,
        *,
        keep_settings: Callable[[config.Settings], None] = config.save_settings,
        load_words: Callable[[str], Catalogue] | None = None,
        tasks: ThreadTasks | None = None,
    ) -> None:
        self._settings, self._words, self._workspaces = settings, words, workspaces
        self._open_other, self._keep_settings, self._load_words = open_other, keep_settings, load_words
        self.tasks = tasks or ThreadTasks()
        self.program: Program | None = None
        self.window = Doorstep(cause, workspaces, settings, words, self.tasks, self._tell, self._enter)

    def _tell(self, cause: Exception) -> Told:
        assert isinstance(cause, Refusal | BadInput | Trouble)
        said = told_problems.tell(cause, self._words)
        return Told(said.fact, said.way)

    def begin(self) -> None:
        """Show why, and what can be done."""
        self.window.show()

    def end(self) -> None:
        """Wait for the last write."""
        if self.program is not None:
            self.program.end()
        else:
            self.tasks.close()

    def _enter(self, location: str, failed: Callable[[Exception], None]) -> None:
        _enter_by(self._open_other, location, self._words, self.tasks, self._entered, failed)

    def _entered(self, location: str, use: UseCases) -> None:
        if self._workspaces.remembers(location):
            self._settings = replace(self._settings, workspace=location)
            self._keep_settings(self._settings)
        self.program = Program(
            use,
            self._settings,
            self._words,
            keep_settings=self._keep_settings,
            load_words=self._load_words,
            tasks=self.tasks,
            workspaces=self._workspaces,
            open_other=self._open_other,
        )
        self.program.running.window.setGeometry(self.window.geometry())
        self.program.begin()
        self.window.close()


def _enter_by(
    open_other: OpenOther,
    location: str,
    words: Catalogue,
    tasks: Tasks,
    entered: Callable[[str, UseCases], None],
    failed: Callable[[Exception], None],
) -> None:
    """Open another workspace beside the window, and show how far it is where it has to be brought up to this version."""
    bringing = Bringing(words)

    def done(use: UseCases) -> None:
        bringing.close()
        entered(location, use)

    def went_wrong(cause: Exception) -> None:
        bringing.close()
        failed(cause)

    tasks.run(lambda: open_other(location, bringing.told), done, went_wrong)


def words_for(language: str) -> Catalogue:
    """Return the catalogue of a language chosen here, or of the system's."""
    return load(language_for(language or QLocale.system().name()), config.resource("translations"))


def run(
    use: UseCases,
    settings: config.Settings,
    words: Catalogue,
    arguments: Sequence[str] = (),
    *,
    workspaces: Workspaces | None = None,
    open_other: OpenOther | None = None,
) -> int:
    """Open the window over a workspace and serve until it is closed; return the exit status.

    Args: workspaces: the places of workspaces. open_other: opens another one in this window.
    """
    app = create(["qcdesk", *arguments], settings)

    program = Program(
        use, settings, words, load_words=words_for, workspaces=workspaces, open_other=open_other
    )
    program.begin()
    gc.freeze()  # what stands now stays to the end: looking through it for what may go would hold the window up
    status = app.exec()
    program.end()
    return status


def run_at_the_door(
    cause: Exception,
    settings: config.Settings,
    words: Catalogue,
    workspaces: Workspaces,
    open_other: OpenOther,
) -> int:
    """Say why the workspace could not be opened, offer to restore a backup, and go on there; the exit status."""
    app = create(["qcdesk"], settings)
    door = AtTheDoor(cause, settings, words, workspaces, open_other, load_words=words_for)
    door.begin()
    status = app.exec()
    door.end()
    return status
