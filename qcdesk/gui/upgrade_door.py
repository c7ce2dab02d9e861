# SPDX-License-Identifier: Apache-2.0
"""The small window that stands while a workspace of an earlier version is brought up to this one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.widgets.cards import Plane, add, column
from qcdesk.gui.widgets.notices import Progress
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue

WIDTH = 560


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
