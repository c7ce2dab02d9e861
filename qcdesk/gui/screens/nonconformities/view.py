# SPDX-License-Identifier: Apache-2.0
"""The list of nonconformities; one with what was found, what was decided of the goods, and its steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qcdesk.gui import theme
from qcdesk.gui.screens.nonconformities.model import Today, nonconformities_model
from qcdesk.gui.widgets.acted import ActsCard, StepsCard
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Facts, add, column, emptied, row
from qcdesk.gui.widgets.kept_files import KeptFiles
from qcdesk.gui.widgets.listed import ListedPage
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.photo_row import PhotoRow
from qcdesk.gui.widgets.places import DEFECTS
from qcdesk.gui.widgets.printed import PrintedPapers
from qcdesk.gui.widgets.text import Text
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.nonconformity_rows import NonconformityStepRow
from qcdesk.wording import nonconformities

ACTS: Final = (
    ("contain", mark("Say how it is contained"), "octagon-pause"),
    ("note", mark("Put down a note"), "pencil"),
    ("link", mark("Link a corrective action"), "link"),
    ("unlink", mark("Undo a link"), "undo-2"),
    ("due", mark("Another due day"), "clock"),
    ("hand_over", mark("Hand over"), "users"),
    ("close", mark("Close it"), "check"),
    ("reopen", mark("Open it again"), "rotate-ccw"),
)
"""What can be done about a nonconformity: its code, its words, its icon."""
PHOTO_PX: Final = 120


class NonconformitiesView(ListedPage):
    """``opened`` carries the row of a nonconformity."""

    def __init__(self, words: Catalogue, today: Today) -> None:
        say = words.say
        super().__init__(
            words,
            say("Nonconformities"),
            say("Each has one owner; somebody other than who opened it closes it."),
            nonconformities_model(words, today),
            "nonconformities",
            DEFECTS,
            hint=say("Search number, batch or words"),
            meaning=say("No nonconformity is open"),
            next_words=say(
                "One is opened on the page of a batch that is stopped, rejected, or was found amiss."
            ),
            row_px=52,
        )


class NonconformityView(DeskPage):
    """``acted`` carries the code of an act; ``print_wanted`` a file; ``batch_wanted``: the batch it is of.

    ``kept_wanted``: the SHA-256 of a kept file, and where to save it.
    """

    acted = Signal(str)
    batch_wanted = Signal()
    print_wanted = Signal(str)
    kept_wanted = Signal(str, str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, back=say("Nonconformities"))
        self._name = ""
        self.batch = Button(say("See the batch"), icon="package")
        self.batch.clicked.connect(self.batch_wanted)
        self.paper = Button(say("Save as PDF"), icon="printer")
        self.paper.clicked.connect(self._print)
        add(self.acts, self.batch, self.paper)
        columns = row(14)
        self.body.addLayout(columns, 1)
        left, right = column(14), column(14)
        columns.addLayout(left, 2)
        side = QWidget()
        side.setLayout(right)
        side.setFixedWidth(theme.current().px(380))
        columns.addWidget(side)
        self.found = Card(say("What was found"))
        self.what = Text("", theme.CARD, 400, wrap=True)
        self.defects = column(4)
        self.photos = PhotoRow(words, PHOTO_PX)
        self.found.body.addWidget(self.what)
        self.found.body.addLayout(self.defects)
        self.found.body.addWidget(self.photos)
        left.addWidget(self.found)
        self.decided = Card(say("What was decided of the goods"))
        self.decisions = column(6)
        self.decided.body.addLayout(self.decisions)
        left.addWidget(self.decided)
        self.done: StepsCard[NonconformityStepRow] = StepsCard(
            words,
            lambda one: nonconformities.step(one, words),
            say("What is done about it stands here."),
        )
        left.addWidget(self.done)
        left.addStretch(1)
        stands = Card(say("How far it is"))
        self.stands = Text("", theme.CARD, 600, wrap=True)
        self.facts = Facts()
        add(stands.body, self.stands, self.facts)
        self.kept = KeptFiles(words)
        self.kept.wanted.connect(self.kept_wanted)
        self.printed = PrintedPapers(words)
        add(stands.body, self.kept, self.printed)
        right.addWidget(stands)
        self.acts_card = ActsCard(
            words,
            ACTS,
            say("Its batch is being checked: nothing is put down until both checks are compared."),
        )
        self.acts_card.acted.connect(self.acted)
        right.addWidget(self.acts_card)
        right.addStretch(1)

    def show_head(self, name: str, about: str, of_batch: str) -> None:
        """Show which one it is, and of which batch."""
        self._name = name
        self.show_title(self.words.say("{number} {about}", number=name, about=about), of_batch)

    def show_standing(self, stands: str, facts: Sequence[tuple[str, str]], *, late: bool) -> None:
        """Show where it stands, and what is said of it."""
        self.stands.setText(stands)
        self.stands.set_role("attention" if late else "text")
        self.facts.show_facts(facts)

    def show_files(self, files: Sequence[tuple[str, str]]) -> None:
        """Show every file that stands beside it, by name and SHA-256."""
        self.kept.show_files(files)

    def show_printed(self, papers: Sequence[Happening]) -> None:
        """Show which of its papers left, folded."""
        self.printed.show_papers(papers)

    def show_found(self, what: str, defects: Sequence[str], counted: str = "") -> None:
        """Show what is wrong in words, what was found of each code, and how these numbers go together."""
        self.what.setText(what)
        self.what.setVisible(bool(what))
        emptied(self.defects)
        for line in defects:
            self.defects.addWidget(Text(line, theme.BODY, 600, wrap=True))
        if counted:
            self.defects.addWidget(Text(counted, theme.SECONDARY, 400, "text2", wrap=True))

    def show_photos(self, pictures: Sequence[bytes]) -> None:
        """Show the photos of what was found."""
        self.photos.show_photos(pictures)

    def show_decided(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show what was decided of the goods, and when."""
        emptied(self.decisions)
        for what, when in lines:
            self.decisions.addWidget(Text(what, theme.BODY, 400, wrap=True))
            self.decisions.addWidget(Text(when, theme.SECONDARY, 400, "text2"))
        if not lines:
            nothing = self.words.say("Nothing was decided of the goods yet.")
            self.decisions.addWidget(Text(nothing, theme.BODY, 400, "text2", wrap=True))

    def show_acts(self, codes: Sequence[str], first: str) -> None:
        """Show what can be done now; ``first`` is the next step."""
        self.acts_card.show_acts(codes, first)

    def show_steps(self, rows: Sequence[NonconformityStepRow]) -> None:
        """Show what was done, oldest first."""
        self.done.show_steps(rows)

    def _print(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.words.say("Save as PDF"), f"{self._name}.pdf", "PDF (*.pdf)"
        )
        if path:
            self.print_wanted.emit(path)
