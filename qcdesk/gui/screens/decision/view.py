# SPDX-License-Identifier: Apache-2.0
"""Left every disputed claim with its picture, right what the answers come to, and the signature."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import status, theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.decision.rows import ClaimRow, PageRow
from qcdesk.gui.widgets.buttons import Button, Segments
from qcdesk.gui.widgets.cards import Card, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chips import ShapeMark
from qcdesk.gui.widgets.measured import MeasuredCard, PairPanel
from qcdesk.gui.widgets.notices import ProblemArea
from qcdesk.gui.widgets.photo_sheet import show_large
from qcdesk.gui.widgets.product import ProductPicture
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue


class DecisionView(QWidget):
    """``settled`` carries a claim's key and whether the defect is there."""

    back_wanted = Signal()
    settled = Signal(str, bool)
    sign_wanted = Signal()

    def __init__(self, words: Catalogue, metrics: Metrics) -> None:
        super().__init__()
        self._words = words
        self._m = metrics
        self._answers: dict[str, Segments] = {}
        self._keys: tuple[str, ...] = ()
        outer = column(12, (28, 18, 28, 18))
        self.setLayout(outer)
        self._back = Button("", "text", icon="arrow-left", height=32, flush=True)
        self._back.clicked.connect(self.back_wanted)
        self._title = Text("", 28, 600)
        self._subject = Text("", theme.BODY, 400, "text2")
        outer.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self.problems = ProblemArea(words.say("Try again"), words.say("Copy the report"))
        add(outer, self._title, self._subject, self.problems)
        columns = row(16)
        outer.addLayout(columns, 1)
        claims = QWidget()
        self._claims = column(12, (0, 0, 10, 0))
        claims.setLayout(self._claims)
        self.measured = MeasuredCard(words)
        columns.addWidget(Scroll(claims), 1)
        columns.addWidget(self._outcome_card())

    def _outcome_card(self) -> QWidget:
        say = self._words.say
        card = Card(say("What your answers come to"))
        card.setFixedWidth(380)
        self._progress = Text("", theme.BODY, 500, "text2")
        self._mark = ShapeMark("dashed", "text2", 54)
        self._outcome = Text("", 26, 600, wrap=True)
        self._note = secondary("", wrap=True)
        self.sign = Button("", "filled", icon="pen-line", height=max(56, self._m.key_least), size=17)
        self.sign.clicked.connect(self.sign_wanted)
        add(card.body, self._progress, 12)
        card.body.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignLeft)
        add(card.body, 6, self._outcome, self._note, None)
        hint = say("The outcome is computed from what is true of each unit; nobody chooses it.")
        add(card.body, secondary(hint, wrap=True), 10, self.sign)
        return card

    def show_page(self, page: PageRow) -> None:
        """Show everything; cards stay where they are while only answers change."""
        self._back.setText(page.back)
        self._title.setText(page.title)
        self._subject.setText(page.subject)
        self._progress.setText(page.progress)
        look = status.look(page.outcome or "not_done")
        self._mark.show_state(look.shape, look.role)
        self._outcome.setText(page.outcome_title)
        self._note.setText(page.outcome_note)
        self.sign.setText(page.sign)
        self.sign.setEnabled(bool(page.outcome))
        keys = tuple(claim.key for claim in page.claims)
        if keys != self._keys:
            self._keys = keys
            self._answers.clear()
            self._claims.removeWidget(self.measured)
            emptied(self._claims)
            for claim in page.claims:
                self._claims.addWidget(self._card(claim, page.names))
            self._claims.addWidget(self.measured)
            self._claims.addStretch(1)
        self.measured.show_pairs(page.measured, page.names)
        for claim in page.claims:
            if claim.settled:
                self._answers[claim.key].choose(claim.settled)

    def _card(self, claim: ClaimRow, names: tuple[str, str]) -> QWidget:
        say = self._words.say
        card = Card(padding=18)
        line = row(18)
        picture = ProductPicture(say("No photo of it"))
        picture.setAcceptDrops(False)
        picture.setFixedSize(220, 160)
        picture.show_picture(claim.photo, (), f"{claim.unit} {claim.defect}")
        said = column(3)
        head = row(10)
        if claim.critical:
            head.addWidget(ShapeMark("octagon", "reject", 20))
        add(head, Text(claim.unit, 21, 700), Text(claim.defect, 18, 600), None)
        head.addWidget(Text(claim.defect_class, theme.BODY, 500, "reject" if claim.critical else "text2"))
        add(said, head, Text(claim.claimed, theme.BODY, 400, "text2", wrap=True))
        if claim.note:
            said.addWidget(secondary(claim.note, wrap=True))
        if claim.measured is not None:
            add(said, 6, PairPanel(claim.measured, names, self._words), 6)
        said.addStretch(1)
        answers = Segments(
            (("there", say("It is there")), ("not_there", say("It is not there"))),
            f"{claim.unit} {claim.defect}",
        )
        answers.setMinimumHeight(max(52, self._m.key_least))
        answers.chosen.connect(lambda code, key=claim.key: self.settled.emit(key, code == "there"))
        self._answers[claim.key] = answers
        said.addWidget(answers)
        picture.setVisible(claim.measured is None or bool(claim.photo))
        seen = column(4)
        seen.addWidget(picture)
        if claim.photo:
            larger = Button(say("Larger"), "text", icon="maximize-2", height=36, size=14)
            larger.clicked.connect(lambda: self._show_larger(claim))
            picture.tapped.connect(lambda _x, _y: self._show_larger(claim))
            seen.addWidget(larger, 0, Qt.AlignmentFlag.AlignLeft)
        seen.addStretch(1)
        if claim.measured is None or claim.photo:
            line.addLayout(seen)
        else:
            picture.setParent(card)
        line.addLayout(said, 1)
        card.body.addLayout(line)
        return card

    def _show_larger(self, claim: ClaimRow) -> None:
        say = self._words.say
        show_large(
            self.window(),
            claim.photo,
            claim.defect,
            none=say("No photo of it"),
            back=say("Back to the decision"),
            height=self._m.key_least,
        )

    def answer(self, key: str) -> Segments:
        """Return the two keys of a claim."""
        return self._answers[key]

    def show_problem(self, problem: Problem) -> None:
        """Show a problem above the claims."""
        self.problems.show_problem(problem)
