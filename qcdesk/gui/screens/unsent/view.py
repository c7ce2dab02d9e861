# SPDX-License-Identifier: Apache-2.0
"""The sheet that names mails that have not gone; Escape and the filled button stay."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Plane, add, column, row
from qcdesk.gui.widgets.notices import ProblemArea
from qcdesk.gui.widgets.sheets import Sheet
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue

WIDE, HIGH, LINE, ROOM = 800, 310, 26, 110
"""In pixels: the sheet without a line, a line, and room for what went wrong."""


class UnsentSheet(Sheet):
    """Three ways: stay, save them as files, give them up."""

    stayed = Signal()
    save_wanted = Signal()
    given_up = Signal()

    def __init__(self, window: QWidget, words: Catalogue) -> None:
        super().__init__(window, width=WIDE, height=HIGH)
        self._high = HIGH
        say = words.say
        layout = column(12, (36, 30, 36, 26))
        self.body.addLayout(layout)
        self._title = Text("", 25, 600, wrap=True)
        self._says = Text("", theme.BODY, 400, "text2", wrap=True)
        plane = self._plane = Plane("sunken", radius=theme.R_CARD)
        inner = column(0, (20, 14, 20, 14))
        plane.setLayout(inner)
        self._lines = Text("", theme.BODY, 500, wrap=True)
        inner.addWidget(self._lines)
        self.problem = ProblemArea(say("Try again"), say("Copy the report"))
        self.problem.try_again.connect(self.save_wanted)
        self.problem.report_wanted.connect(lambda text: QGuiApplication.clipboard().setText(text))
        self.staying = Button(say("Stay"), "filled", height=52, size=17)
        self.saving = Button(say("Save them as files …"), icon="download", height=52, size=17)
        self.giving_up = Button(say("Give them up"), "hold", height=52, size=17)
        self.staying.clicked.connect(self.stayed)
        self.saving.clicked.connect(self.save_wanted)
        self.giving_up.clicked.connect(self.given_up)
        low = row(14)
        add(low, self.giving_up, None, self.saving, self.staying)
        add(layout, self._title, self._says, plane, None, self.problem, low)

    def show_unsent(self, title: str, says: str, lines: tuple[str, ...], *, savable: bool) -> None:
        """Say what has not gone, and whether it can be saved by who asks."""
        self._title.setText(title)
        self._says.setText(says)
        self._lines.setText("\n".join(lines))
        self._plane.setVisible(bool(lines))
        self._high = HIGH + LINE * len(lines)
        self.wish(WIDE, self._high)
        self._place()
        self.saving.setVisible(savable)
        self.problem.clear()

    def show_working(self, working: bool) -> None:
        """Hold the buttons while files are written."""
        self.hold(working)
        for button in (self.staying, self.saving, self.giving_up):
            button.setEnabled(not working)

    def show_problem(self, problem: Problem) -> None:
        """Say what kept them from being saved."""
        self.wish(WIDE, self._high + ROOM)
        self._place()
        self.problem.show_problem(problem)

    def open(self) -> None:
        super().open()
        self.staying.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.staying.isEnabled():
            self.stayed.emit()
        event.accept()
