# SPDX-License-Identifier: Apache-2.0
"""The small window that stands while a workspace of an earlier version is brought up to this one."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.cards import Plane, add, column
from qcdesk.gui.widgets.notices import Progress
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue

WIDTH = 560
HALF_A_SECOND = 0.5


class UpgradeDoor(QWidget):
    """What is done and why, and how far it is; there is nothing to press."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        say = words.say
        self._words = words
        title = say("Bringing the workspace up to this version")
        self.setWindowTitle("qcdesk")
        self.setAccessibleName(title)
        self.setFixedWidth(WIDTH)
        plane = Plane("surface", radius=0)
        inner = column(12, (32, 28, 32, 32))
        plane.setLayout(inner)
        self.progress = Progress()
        add(
            inner,
            Text(title, theme.PAGE, 600, wrap=True),
            Text(
                say("It is backed up and verified first. This happens once for each new version."),
                theme.BODY,
                400,
                "text2",
                wrap=True,
            ),
            8,
            self.progress,
        )
        whole = column(0)
        whole.addWidget(plane)
        self.setLayout(whole)
        self.progress.show()
        self.step(0.0)
        self.setFixedHeight(whole.totalHeightForWidth(WIDTH))  # as many lines as the language takes

    def step(self, share: float) -> None:
        """Say how far it is; ``share`` from 0 to 1."""
        self.progress.step(self._words.say("{percent} % done", percent=int(share * 100)), share)


class Bringing(QObject):
    """Shows the same over a window in which another workspace is opened; told on the thread that opens it.

    Build and close it on the thread of the window. It shows nothing before it takes half a second.
    """

    _far = Signal(int, int)

    def __init__(self, words: Catalogue, after: float = HALF_A_SECOND) -> None:
        super().__init__()
        self._words, self._after = words, after
        self._begun, self._over = 0.0, False
        self.door: UpgradeDoor | None = None
        self._far.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def told(self, done: int, total: int) -> bool:
        """It is so far now; it goes on in any case."""
        self._far.emit(done, total)
        return True

    def close(self) -> None:
        """It is done, or went wrong."""
        self._over = True
        if self.door is not None:
            self.door.close()
            self.door = None

    def _show(self, done: int, total: int) -> None:
        self._begun = self._begun or time.monotonic()
        if self._over or time.monotonic() - self._begun < self._after:
            return
        if self.door is None:
            self.door = UpgradeDoor(self._words)
            self.door.setWindowModality(Qt.WindowModality.ApplicationModal)
            self.door.show()
        self.door.step(done / total)
