# SPDX-License-Identifier: Apache-2.0
"""The answer in one sentence, what was looked at beside it, and below every finding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from qcdesk.gui import shapes, theme
from qcdesk.gui.screens.verification.rows import Answer, FindingRow
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Fact, add, column, emptied, row
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel, Table
from qcdesk.gui.widgets.notices import Progress
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue

_LOOKS: Final[dict[str, tuple[Shape, Role]]] = {
    "unknown": ("empty", "text2"),
    "holds": ("tick", "text2"),
    "broken": ("octagon", "reject"),
    "stopped": ("dashed", "text2"),
}


class _Mark(QWidget):
    """The shape of the answer, large."""

    def __init__(self) -> None:
        super().__init__()
        self._look: tuple[Shape, Role] = _LOOKS["unknown"]
        self.setFixedSize(QSize(56, 56))

    def show_answer(self, how: str) -> None:
        self._look = _LOOKS[how]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape, role = self._look
        t = theme.current()
        shapes.paint(painter, shape, QRectF(4, 4, 48, 48), t.colour(role), t.colour("surface"))


class VerificationView(DeskPage):
    """``anchors_chosen`` carries the files of anchors to check against, ``folder_chosen`` where to save one."""

    check_wanted = Signal()
    cancelled = Signal()
    anchors_chosen = Signal(object)
    code_wanted = Signal()
    slip_wanted = Signal()
    folder_chosen = Signal(str)
    batch_wanted = Signal(str)
    void_wanted = Signal(str)
    restore_wanted = Signal()
    rebuild_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(
            words,
            say("Does everything hold?"),
            say(
                "Every line of the log is read again: its signature, its place, and what the tables made of it."
            ),
            back=say("Log"),
        )
        self.anchoring = Button(say("Check against an anchor"), "framed", icon="link")
        self.anchoring.clicked.connect(self._choose_anchors)
        self.checking = Button(say("Check everything"), "filled", icon="shield-check")
        self.checking.clicked.connect(self.check_wanted)
        for button in (self.anchoring, self.checking):
            self.acts.addWidget(button)
        self.progress = Progress(say("Stop"))
        self.progress.cancelled.connect(self.cancelled)
        self.card = Card(padding=20)
        self._mark = _Mark()
        self.headline = Text("", theme.PAGE, 600, wrap=True)
        self.line = Text("", theme.BODY, 400, "text2", wrap=True)
        texts = column(4)
        add(texts, self.headline, self.line)
        top = row(20)
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        self._facts = row(32)
        add(self.card.body, top, self._facts)
        self.keeping = self._keeping_card()
        self.found = Card(say("What does not hold"))
        quiet = Cell(role="text2")
        self.model: RowsModel[FindingRow] = RowsModel(
            (
                Column(say("Event"), lambda r: r.event, look=lambda _: quiet, number=True, wide=90),
                Column(say("Batch"), lambda r: r.number, wide=170),
                Column(
                    say("What"),
                    lambda r: r.problem,
                    look=lambda _: Cell("octagon", "reject", 500),
                    wide=0,
                ),
            )
        )
        self.table = Table(self.model, say("What does not hold"))
        self.table.opened.connect(self._opened)
        self.table.clicked.connect(lambda _: self._opened(self.table.current_row()))
        self.found.body.addWidget(self.table, 1)
        self.restoring = Button(say("Sign what was lost"), icon="pen-line")
        self.restoring.clicked.connect(self.restore_wanted)
        self.voiding = Button(say("Declare an event void"), icon="ban")
        self.voiding.clicked.connect(self._void)
        self.rebuilding = Button(say("Write the tables anew"), icon="rotate-ccw")
        self.rebuilding.clicked.connect(self.rebuild_wanted)
        acts = row(10)
        add(acts, self.restoring, self.voiding, self.rebuilding, None)
        self.found.body.addLayout(acts)
        self.rest = QWidget()
        add(self.body, self.progress, self.card, self.keeping)
        self.body.addWidget(self.found, 1)
        self.body.addWidget(self.rest, 1)

    def _keeping_card(self) -> Card:
        say = self.words.say
        card = Card(
            say("The log's head, kept elsewhere"),
            say("A cut end or an older copy shows only against an anchor from outside."),
            padding=20,
        )
        self.slip = Button(say("Closing slip"), icon="printer")
        self.slip.clicked.connect(self.slip_wanted)
        self.saving = Button(say("Save an anchor to a folder"), icon="folder-open")
        self.saving.clicked.connect(self._choose_folder)
        self.typing = Button(say("Type a code off paper"), icon="scan-line")
        self.typing.clicked.connect(self.code_wanted)
        line = row(10)
        add(line, self.slip, self.saving, self.typing, None)
        add(card.body, line)
        return card

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.words.say("Save an anchor to a folder"))
        if folder:
            self.folder_chosen.emit(folder)

    def _choose_anchors(self) -> None:
        say = self.words.say
        files, _ = QFileDialog.getOpenFileNames(
            self, say("Check against an anchor"), "", say("Anchors (*.json);;All files (*)")
        )
        if files:
            self.anchors_chosen.emit(tuple(files))

    def _void(self) -> None:
        line = self.table.current_row()
        self.void_wanted.emit(line.event if isinstance(line, FindingRow) else "")

    def _opened(self, line: object) -> None:
        if isinstance(line, FindingRow) and line.batch:
            self.batch_wanted.emit(line.batch)

    def _allow(self, allowed: bool) -> None:
        for button in (self.anchoring, self.typing):
            button.setEnabled(allowed)

    def show_running(self, how_far: Callable[[], tuple[str, float | None]]) -> None:
        """Show that it runs; ``how_far`` is asked again and again."""
        self.checking.set_working(self.words.say("Checking …"))
        self._allow(False)
        self.progress.follow(how_far)

    def show_answer(self, answer: Answer) -> None:
        """Show what came out."""
        self.progress.end()
        self.checking.set_working(None)
        self._allow(True)
        self._mark.show_answer(answer.how)
        self.headline.setText(answer.headline)
        self.line.setText(answer.line)
        emptied(self._facts)
        for name, value in answer.facts:
            self._facts.addWidget(Fact(name, value))
        self._facts.addStretch(1)
        self.model.show_rows(answer.findings)
        self.found.setVisible(bool(answer.findings))
        self.restoring.setVisible(answer.lost)
        self.rebuilding.setVisible(answer.tables)
        self.rest.setVisible(not answer.findings)
