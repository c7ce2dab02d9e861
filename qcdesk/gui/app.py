# SPDX-License-Identifier: Apache-2.0
"""Starts Qt, loads the look, and catches what nobody expected: every bug is logged and offered as a report."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from qcdesk import config
from qcdesk.gui import theme
from qcdesk.gui.problems import bug_report

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
    config.show_offscreen_without_display()  # without a display Qt ends the process instead of raising
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    qInstallMessageHandler(_qt_says)
    app = QApplication(list(arguments))
    app.setApplicationName("qcdesk")
    app.setApplicationDisplayName("qcdesk")
    scale = min(2.0, max(0.8, theme.system_text_scale() * settings.text_percent / 100))
    theme.install(app, settings.theme, scale)
    return app


def run(app: QApplication, begin: Callable[[], None]) -> int:
    """Show the first window by ``begin`` and serve until the last is closed; return the exit status."""
    begin()
    return app.exec()
