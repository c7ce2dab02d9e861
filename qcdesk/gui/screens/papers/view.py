# SPDX-License-Identifier: Apache-2.0
"""Left where a paper is dropped, chosen or scanned, right what it proves: a shape, a sentence, who signed what."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QStackedWidget, QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.papers.rows import How, PaperRow, SignerRow
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Facts, Rule, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chips import Icon, ShapeMark
from qcdesk.gui.widgets.forms import LineField
from qcdesk.gui.widgets.notices import HALF_A_SECOND_MS, EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue

LOOKS: Final[dict[How, tuple[Shape, Role]]] = {
    "holds": ("tick", "accept"),
    "unknown": ("triangle", "attention"),
    "broken": ("octagon", "reject"),
}
LONGEST_CODE: Final = 2_000


class PapersView(DeskPage):
    """``file_given`` carries a file that was dropped or chosen, ``code_given`` what a scanner typed."""

    file_given = Signal(str)
    code_given = Signal(str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(
            words,
            say("Check a paper"),
            say("A printed report or certificate is checked from its file alone. Nothing is kept of it."),
            back=say("Back"),
        )
        self.setAcceptDrops(True)
        columns = row(14)
        self.body.addLayout(columns, 1)
        columns.addWidget(self._giving())
        self.answers = QStackedWidget()
        columns.addWidget(self.answers, 1)
        self.answers.addWidget(self._nothing())
        self.answers.addWidget(self._answer())
        self.answers.addWidget(Card(padding=20))  # empty: a paper is being read, nothing stands of the last
        self._late = QTimer(self, singleShot=True, interval=HALF_A_SECOND_MS)
        self._late.timeout.connect(self._say_working)
        self._name = ""

    def _giving(self) -> Card:
        say = self.words.say
        card = Card(padding=20)
        card.setFixedWidth(340)
        drop = column(8)
        centre = Qt.AlignmentFlag.AlignHCenter
        too = say("A photo of a certificate's square code will do, too.")
        drop.addWidget(Icon("file-text", "action", 44, ground="action_soft"), 0, centre)
        add(
            drop,
            Text(say("Drop a PDF here"), theme.CARD, 600, align=centre),
            Text(too, theme.SECONDARY, 400, "text2", align=centre, wrap=True),
        )
        self.choosing = Button(say("Choose a file …"), "filled", icon="folder-open", height=48)
        self.choosing.clicked.connect(self._choose)
        self.code = LineField(
            say("Or scan the square code of a certificate"),
            say("The scanner types it here"),
            most=LONGEST_CODE,
        )
        self.code.edit.returnPressed.connect(self._scanned)
        self.code.make_roomy()
        add(card.body, 12, drop, 8, self.choosing, 8, Rule(), 8, self.code, None)
        return card

    def _nothing(self) -> Card:
        say = self.words.say
        card = Card(padding=20)
        self.none = EmptyState(
            say("No paper was looked at yet"),
            say("What it proves is said here, who signed it, and what no file can tell."),
            icon="shield-check",
        )
        card.body.addWidget(self.none, 1)
        return card

    def _answer(self) -> QWidget:
        page = QWidget()
        inner = column(14, (0, 0, 10, 0))
        page.setLayout(inner)
        self.verdict = Card(padding=20)
        self.mark = ShapeMark("tick", "accept", 44)
        self.name = Text("", theme.SECONDARY, 400, "text3", lines=1, wrap=True)
        self.headline = Text("", theme.PAGE, 600, wrap=True)
        self.line = Text("", theme.BODY, 400, "text2", wrap=True)
        texts = column(4)
        add(texts, self.name, self.headline, self.line)
        top = row(18)
        top.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        self.verdict.body.addLayout(top)
        self._facts = column(8)
        self.verdict.body.addLayout(self._facts)
        self.signed = Card(self.words.say("Who signed"), padding=20)
        self._signers = QGridLayout()
        self._signers.setHorizontalSpacing(18)
        self._signers.setVerticalSpacing(8)
        self._signers.setColumnStretch(1, 1)
        self.signed.body.addLayout(self._signers)
        self.said = Card(padding=20)
        self._lists = column(6)
        self.said.body.addLayout(self._lists)
        add(inner, self.verdict, self.signed, self.said, None)
        return Scroll(page)

    # what is given ---------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.file_given.emit(event.mimeData().urls()[0].toLocalFile())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.code.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        say = self.words.say
        file, _ = QFileDialog.getOpenFileName(
            self, say("Check a paper"), "", say("Papers (*.pdf *.png *.jpg *.jpeg);;All files (*)")
        )
        if file:
            self.file_given.emit(file)

    def _scanned(self) -> None:
        code = self.code.value()
        self.code.set_value("")
        self.code_given.emit(code)

    # setters --------------------------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Show that nothing was looked at yet."""
        self._idle()
        self.code.set_value("")
        self.answers.setCurrentIndex(0)

    def show_working(self, name: str) -> None:
        """Show that a paper is being looked at, where that takes longer than a moment."""
        self._name = name
        self.problems.clear()
        self.choosing.setEnabled(False)
        self.answers.setCurrentIndex(2)
        self._late.start()

    def _say_working(self) -> None:
        self.choosing.set_working(self.words.say("Looking at it …"))

    def _idle(self) -> None:
        self._late.stop()
        self.choosing.set_working(None)
        self.choosing.setEnabled(True)
        self.code.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_paper(self, paper: PaperRow) -> None:
        """Show what a paper proves."""
        self._idle()
        shape, role = LOOKS[paper.how]
        self.mark.show_state(shape, role)
        self.name.setText(paper.name)
        self.headline.setText(paper.headline)
        self.headline.set_role(role)
        self.line.setText(paper.line)
        emptied(self._facts)
        if paper.facts:
            facts = Facts()
            facts.show_facts(paper.facts)
            add(self._facts, 6, facts)
        self._show_signers(paper.signers)
        emptied(self._lists)
        for heading, lines in paper.lists:
            self._lists.addWidget(Text(heading, theme.CARD, 600, wrap=True))
            for line in lines:
                self._lists.addWidget(Text(line, theme.BODY, 400, "text2", wrap=True))
            self._lists.addSpacing(10)
        self.said.setVisible(bool(paper.lists))
        self.answers.setCurrentIndex(1)
        self.verdict.setAccessibleName(self.words.say("{fact}. {line}", fact=paper.headline, line=paper.line))

    def _show_signers(self, signers: tuple[SignerRow, ...]) -> None:
        emptied(self._signers)
        for line, one in enumerate(signers):
            parts = (
                secondary(one.place),
                Text(one.name, theme.BODY, 600, wrap=True),
                secondary(one.staff),
                secondary(one.at),
            )
            for place, part in enumerate(parts):
                self._signers.addWidget(part, line, place, Qt.AlignmentFlag.AlignVCenter)
        self.signed.setVisible(bool(signers))

    def show_problem(self, problem: Problem) -> None:
        """Say what cannot be read, beside the field of the code where it is about one."""
        told = problem.told
        line = self.words.say("{fact} {way}", fact=told.fact, way=told.way) if told.way else told.fact
        if problem.kind == "input" and problem.field == "code":
            self.code.show_wrong(line)
            return
        super().show_problem(problem)
