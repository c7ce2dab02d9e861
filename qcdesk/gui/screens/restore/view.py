# SPDX-License-Identifier: Apache-2.0
"""Left which backup and where to, right what the copy holds and what it lacks; below the one key that restores it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QLayout, QStackedWidget, QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.restore.rows import DoneRow, SeenRow
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Fact, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chips import ShapeMark
from qcdesk.gui.widgets.forms import LineField, TextField
from qcdesk.gui.widgets.notices import EmptyState, Progress
from qcdesk.gui.widgets.pages import DeskPage, Form
from qcdesk.gui.widgets.text import Text, text_width
from qcdesk.i18n import Catalogue

SOON_MS = 400
"""After the last letter typed, the backup is looked at."""
HINT_LINE = 380
"""How wide a hint may be, in pixels, to stand on one line beside the button that chooses."""
_LOOKS: Final[dict[str, tuple[Shape, Role]]] = {
    "whole": ("tick", "text2"),
    "lacks": ("triangle", "attention"),
    "unknown": ("dashed", "text2"),
}


class RestoreView(DeskPage):
    """``look_wanted`` and ``restore_wanted`` carry the fields."""

    look_wanted = Signal(object)
    restore_wanted = Signal(object)
    cancelled = Signal()
    enter_wanted = Signal()

    def __init__(self, words: Catalogue, *, back: bool = True) -> None:
        say = words.say
        super().__init__(
            words,
            say("Restore a backup"),
            say("It is put where nothing is yet. No workspace is written over, and the backup stays as it is."),
            back=say("Back") if back else "",
        )  # fmt: skip
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.stack.addWidget(self._asking())
        self.stack.addWidget(self._after())
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(lambda: self.look_wanted.emit(self.form.values()))
        self.form.changed.connect(self._touched)

    def _asking(self) -> QWidget:
        say = self.words.say
        page = QWidget()
        layout = column(14)
        page.setLayout(layout)
        columns = row(14)
        columns.addWidget(self._form_card(), 1)
        columns.addWidget(self._seen_card(), 1)
        layout.addLayout(columns, 1)
        self.progress = Progress(say("Stop"))
        self.progress.cancelled.connect(self.cancelled)
        self.button = Button(say("Restore this backup"), "filled", icon="rotate-ccw", height=52, size=17)
        self.button.clicked.connect(self.restore)
        low = row(20)
        low.addWidget(self.progress, 1)
        low.addStretch(0)
        low.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(low)
        return page

    def _form_card(self) -> Card:
        say = self.words.say
        card = Card(say("Which backup, and where to"))
        self.form = Form({"workspace": "target"})
        self.form.lines.setSpacing(4)
        self.backup = LineField(
            say("Backup"),
            say("Its folder, or the folder in which all of them lie: then the newest is taken"),
            most=1_000,
        )
        self.target = LineField(say("Where to"), say("A new or empty folder on this computer"), most=1_000)
        self.anchors = TextField(
            say("Kept of the log elsewhere (if you have it)"),
            say("Anchor's file, scanned report or slip, or a code: one on each line"),
            height=60,
        )
        self.replaces = LineField(
            say("The old workspace, damaged or not (if it is still there)"),
            say("What it holds beyond the backup is named; nothing is changed in it"),
            most=1_000,
        )
        for field in (self.backup, self.target, self.anchors, self.replaces):
            if text_width(field.below.text(), theme.LABEL) > HINT_LINE:
                field.make_roomy()
        for code, field, title in (
            ("backup", self.backup, say("Folder of the backup")),
            ("target", self.target, say("Folder to restore to")),
            ("anchors", self.anchors, ""),
            ("replaces", self.replaces, say("Folder of the old workspace")),
        ):
            self.form.know(code, field)
            self.form.put_part(self._chosen(field, title))
        self.form.lines.addStretch(1)
        card.body.addWidget(Scroll(self.form), 1)
        return card

    def _chosen(self, field: LineField | TextField, title: str) -> QLayout:
        choosing = Button(self.words.say("Choose …"), icon="folder-open")
        if isinstance(field, TextField):
            choosing.clicked.connect(self._choose_anchors)
        else:
            choosing.clicked.connect(lambda: self._choose_folder(field, title))
        beside = column(
            0, (0, theme.current().line_box(theme.SECONDARY) + 6, 0, 0)
        )  # at the field, not its name
        add(beside, choosing, None)
        line = row(10)
        line.addWidget(field, 1)
        line.addLayout(beside)
        return line

    def _seen_card(self) -> Card:
        say = self.words.say
        card = Card(say("What this copy holds"))
        self.none = EmptyState(
            say("Choose a backup"),
            say("What it holds and what it lacks is shown here before anything is done."),
            icon="package",
        )
        self.seen = QWidget()
        inner = column(14, (0, 0, 10, 0))
        self.seen.setLayout(inner)
        self.shop = Text("", theme.CARD, 600, wrap=True)
        self._facts = column(8)
        self.mark = ShapeMark("tick", "text2", 24)
        self.lacks = Text("", theme.BODY, 600, wrap=True)
        self._lines = column(6)
        head = row(10)
        head.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.lacks, 1)
        add(inner, self.shop, self._facts, 6, head, self._lines, None)
        self._scroll = Scroll(self.seen)
        card.body.addWidget(self.none, 1)
        card.body.addWidget(self._scroll, 1)
        self._scroll.hide()
        return card

    def _after(self) -> QWidget:
        say = self.words.say
        page = QWidget()
        layout = column(14)
        page.setLayout(layout)
        card = Card(padding=28)
        self.done_mark = ShapeMark("tick", "text2", 54)
        self.headline = Text("", theme.PAGE, 600, wrap=True)
        self.line = Text("", theme.BODY, 400, "text2", wrap=True)
        self._found = column(6)
        card.body.addWidget(self.done_mark, 0, Qt.AlignmentFlag.AlignLeft)
        add(card.body, self.headline, self.line, self._found, 10)
        self.entering = Button(say("Go on to sign in"), "filled", icon="arrow-right", height=52, size=17)
        self.entering.clicked.connect(self.enter_wanted)
        card.body.addWidget(self.entering, 0, Qt.AlignmentFlag.AlignLeft)
        add(layout, card, None)
        return page

    def _touched(self) -> None:
        self.form.clear_wrong()
        self.problems.clear()
        self._soon.start()

    def _choose_folder(self, field: LineField, title: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, title, field.value())
        if folder:
            field.set_value(folder)
            field.changed.emit()

    def _choose_anchors(self) -> None:
        say = self.words.say
        files, _ = QFileDialog.getOpenFileNames(
            self,
            say("Kept of the log elsewhere"),
            "",
            say("Anchors and paper (*.json *.pdf *.png *.jpg);;All files (*)"),
        )
        if files:
            self.anchors.set_value("\n".join(filter(None, (self.anchors.value(), *files))))

    def restore(self) -> None:
        """Hand over what stands in the fields."""
        if self.button.working:
            return
        self.problems.clear()
        self.form.clear_wrong()
        self.restore_wanted.emit(self.form.values())

    def show_form(self, values: Mapping[str, str]) -> None:
        """Show the fields, filled as far as anything is known."""
        self._idle()
        self.problems.clear()
        self.form.fill(values)
        self.stack.setCurrentIndex(0)
        self.form.focus_first()

    def _idle(self) -> None:
        self._soon.stop()
        self.progress.end()
        self.button.set_working(None)
        self.form.setEnabled(True)

    def show_seen(self, seen: SeenRow | None) -> None:
        """Show what a backup holds and lacks, or that none was looked at."""
        self.none.setVisible(seen is None)
        self._scroll.setVisible(seen is not None)
        if seen is None:
            return
        self.shop.setText(seen.headline)
        self.shop.setVisible(bool(seen.headline))
        emptied(self._facts)
        for first in range(0, len(seen.facts), 2):
            pair = row(14)
            for name, value in seen.facts[first : first + 2]:
                pair.addWidget(Fact(name, value, wrap=True), 1)
            if len(seen.facts[first : first + 2]) == 1:
                pair.addStretch(1)
            self._facts.addLayout(pair)
        self.mark.show_state(*_LOOKS[seen.how])
        self.lacks.setText(seen.lacks)
        self.lacks.set_role("attention" if seen.how == "lacks" else "text")
        emptied(self._lines)
        for line in seen.lines:
            self._lines.addWidget(Text(line, theme.BODY, 400, "text2", wrap=True))

    def show_running(self, how_far: Callable[[], tuple[str, float | None]]) -> None:
        """Show that it runs; ``how_far`` is asked again and again."""
        self.button.set_working(self.words.say("Restoring …"))
        self.form.setEnabled(False)
        self.progress.follow(how_far)

    def show_done(self, done: DoneRow) -> None:
        """Show what came out."""
        self._idle()
        self.problems.clear()
        self.done_mark.show_state(*(("tick", "text2") if done.holds else ("octagon", "reject")))
        self.headline.setText(done.headline)
        self.line.setText(done.line)
        emptied(self._found)
        for line in done.lines:
            self._found.addWidget(Text(line, theme.BODY, 400, "text", wrap=True))
        self.stack.setCurrentIndex(1)
        self.entering.set_working(None)
        self.entering.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entering(self, entering: bool) -> None:
        """Show that the restored workspace is being opened."""
        self.entering.set_working(self.words.say("Opening it …") if entering else None)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, beside its field where it has one."""
        self._idle()
        told = problem.told
        line = self.words.say("{fact} {way}", fact=told.fact, way=told.way) if told.way else told.fact
        if problem.kind == "input" and self.form.show_wrong(problem.field, line):
            return
        self.problems.show_problem(problem)
