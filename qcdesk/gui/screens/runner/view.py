# SPDX-License-Identifier: Apache-2.0
"""Unit by unit or by tally: left look, middle do, right measure, bottom judge and go. Nothing ever moves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QSizePolicy, QStackedWidget, QWidget

from qcdesk.gui import theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.runner.heads import Head
from qcdesk.gui.screens.runner.look_parts import StepWords
from qcdesk.gui.screens.runner.measure_parts import MeasurePart
from qcdesk.gui.screens.runner.review_parts import ClaimList, ClaimPart
from qcdesk.gui.screens.runner.rows import (
    ActsRow,
    ClaimRow,
    ClassRow,
    HeadRow,
    LastRow,
    MeasureRow,
    ReviewRow,
    StepRow,
    UnitsRow,
    VerdictRow,
)
from qcdesk.gui.screens.runner.unit_parts import UnitPart
from qcdesk.gui.widgets.buttons import Button, IconButton
from qcdesk.gui.widgets.cards import Card, Scroll, Tall, add, column, emptied, row
from qcdesk.gui.widgets.chips import Icon, IconLine
from qcdesk.gui.widgets.keys import FloorKey
from qcdesk.gui.widgets.notices import ProblemArea, RefusalPanel
from qcdesk.gui.widgets.photo_sheet import show_large
from qcdesk.gui.widgets.product import ProductPicture
from qcdesk.gui.widgets.strips import JudgementStrip
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue


class RunnerView(QWidget):
    """One check. The second person sees the same places and keys, under a dark band that says it in words."""

    left = Signal()
    person_menu_wanted = Signal()
    found = Signal(str)
    more_codes_wanted = Signal(str)
    unit_wanted = Signal(int)
    place_tapped = Signal(float, float)
    photo_dropped = Signal(str)
    photo_left_out = Signal()
    step_wanted = Signal(int)
    measured = Signal(str, str)
    reading_refused = Signal(object)
    kept = Signal(str)
    measured_again = Signal(str)
    stop_wanted = Signal()
    undo_wanted = Signal()
    not_done_wanted = Signal()
    go_on = Signal()
    instrument_wanted = Signal()
    go_to_missing = Signal(int)
    stickers_wanted = Signal()
    claim_wanted = Signal(int)
    another_unit_wanted = Signal()

    def __init__(self, words: Catalogue, metrics: Metrics) -> None:
        super().__init__()
        self._words = words
        self._m = metrics
        self._missing = 0
        self._shown_step = StepRow("", "", "")
        self._shown_claim: ClaimRow | None = None
        outer = column(0)
        self.setLayout(outer)
        self.head = Head(words)
        self.head.close_key.clicked.connect(self.left)
        self.head.switch.clicked.connect(self.person_menu_wanted)
        self.head.stickers.clicked.connect(self.stickers_wanted)
        outer.addWidget(self.head)
        inner = column(10, (16, 12, 16, 14))
        outer.addLayout(inner, 1)
        self.problems = ProblemArea(words.say("Try again"), words.say("Copy the report"))
        inner.addWidget(self.problems)
        self._parts = QStackedWidget()
        self._parts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        inner.addWidget(self._parts, 1)
        work = QWidget()
        middle = row(14)
        work.setLayout(middle)
        self._left, self._middle = QStackedWidget(), QStackedWidget()
        self.unit, self.measure = UnitPart(metrics), MeasurePart(words, metrics)
        self.unit.units.gone_to.connect(self.unit_wanted)
        self.unit.defects.found.connect(self.found)
        self.unit.defects.more_wanted.connect(self.more_codes_wanted)
        self.measure.measured.connect(self.measured)
        self.measure.kept.connect(self.kept)
        self.measure.measured_again.connect(self.measured_again)
        self.measure.instrument_wanted.connect(self.instrument_wanted)
        self.measure.reading.refused.connect(self.reading_refused)
        self.claims, self.claim = ClaimList(words, metrics), ClaimPart(words)
        self.claims.setFixedWidth(292)
        self.claims.chosen.connect(self.claim_wanted)
        self.claims.another_wanted.connect(self.another_unit_wanted)
        self.claim.larger_wanted.connect(self._show_claim_larger)
        add_pages(self._left, self._look_card(), self.claims)
        add_pages(self._middle, self.unit, Tall(self.claim))
        self._left.setFixedWidth(292)
        middle.addWidget(self._left)
        middle.addWidget(self._middle, 1)
        middle.addWidget(self.measure)
        self._parts.addWidget(work)
        self._parts.addWidget(self._last_card())
        self.strip = JudgementStrip()
        inner.addWidget(self.strip)
        inner.addLayout(self._bottom())

    # parts ------------------------------------------------------------------------------------------------------

    def _look_card(self) -> QWidget:
        say = self._words.say
        card = Card(padding=14)
        self.picture = ProductPicture(say("No picture of this product"))
        self.picture.tapped.connect(self.place_tapped)
        self.picture.dropped.connect(self.photo_dropped)
        self._step = secondary("", "text3")
        self._step_words = StepWords()
        self._earlier = IconButton("chevron-left", say("Step before"), side=36, framed=False)
        self._later = IconButton("chevron-right", say("Next step"), side=36, framed=False)
        self._earlier.clicked.connect(lambda: self.step_wanted.emit(-1))
        self._later.clicked.connect(lambda: self.step_wanted.emit(1))
        steps = row(4)
        add(steps, self._step, None, self._earlier, self._later)
        self._hint = IconLine(say("Tap the picture to mark the place"), icon="map-pin")
        self.photo = FloorKey(say("Photo"), self._m, icon="camera", centred=True, yields=True)
        self.larger = FloorKey(say("Larger"), self._m, icon="maximize-2", centred=True, yields=True)
        self.photo.clicked.connect(lambda: self._choose_photo())
        self.larger.clicked.connect(self._show_larger)
        keys = row(self._m.key_gap)
        add(keys, self.photo, self.larger)
        card.body.addWidget(self.picture, 1)
        add(card.body, steps, self._step_words)
        card.body.addStretch(0)
        add(card.body, self._hint, keys)
        return Tall(card)

    def _last_card(self) -> QWidget:
        say = self._words.say
        card = Card(padding=40)
        self._last_title = Text("", theme.SUBJECT, 700, wrap=True)
        self._last_steps = column(14)
        self._last_note = Text("", 16, 400, "text2", wrap=True)
        self._last_missing = RefusalPanel()
        self._last_missing.acted.connect(lambda: self.go_to_missing.emit(self._missing))
        self._back_to_units = Button(say("Back to the units"), icon="arrow-left", height=self._m.key_least)
        self._back_to_units.clicked.connect(lambda: self.go_to_missing.emit(0))
        back = row(0)
        add(back, self._back_to_units, None)
        told = QWidget()
        words = column(0, (0, 0, 16, 0))
        told.setLayout(words)
        add(words, self._last_title, 14, self._last_steps, 10, self._last_note, None)
        card.body.addWidget(Scroll(told), 1)
        add(card.body, 10, self._last_missing, back)
        return card

    def _bottom(self) -> QGridLayout:
        say = self._words.say
        grid = QGridLayout()
        grid.setSpacing(self._m.key_gap)
        self.stop = FloorKey(say("Stop batch"), self._m, icon="octagon-pause", kind="hold", size=17)
        self.undo = FloorKey(say("Undo"), self._m, icon="undo-2", size=17)
        self.skip = FloorKey(
            say("Not done"), self._m, icon="circle-slash", note=say("give a reason"), size=17
        )
        self.main = FloorKey("", self._m, icon="check", kind="main", size=21)
        self.stop.clicked.connect(self.stop_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.skip.clicked.connect(self.not_done_wanted)
        self.main.clicked.connect(self.go_on)
        for place, (key, stretch) in enumerate(
            ((self.stop, 14), (self.undo, 17), (self.skip, 15), (self.main, 54))
        ):
            grid.addWidget(key, 0, place)
            grid.setColumnStretch(place, stretch)
        return grid

    # setters ----------------------------------------------------------------------------------------------------

    def show_head(self, head: HeadRow) -> None:
        """Show batch and person; a blind check is said so in words."""
        self.head.show_head(head)

    def show_saved(self, words: str, *, trouble: bool = False) -> None:
        """Show when the last entry was saved: only after its commit."""
        self.head.show_saved(words, trouble=trouble)

    def show_stickers(self, offered: bool) -> None:
        """Offer the stickers while the sample has still to be gathered."""
        self.head.stickers.setVisible(offered)

    def show_units(self, units: UnitsRow) -> None:
        """Show the unit in hand."""
        self.unit.show_units(units)

    def show_tally(self, title: str, of: str, done: str) -> None:
        """Show that units are not told apart: counts only."""
        self.unit.show_tally(title, of, done)

    def show_classes(self, classes: Sequence[ClassRow]) -> None:
        """Show the defect keys."""
        self.unit.show_classes(classes)

    def show_step(self, step: StepRow, *, before: bool, after: bool) -> None:
        """Show a step of the work instruction."""
        self._shown_step = step
        self._step.setText(step.progress)
        self._step_words.show_words(step.title, step.text)
        self._earlier.setEnabled(before)
        self._later.setEnabled(after)
        self._earlier.setVisible(before or after)
        self._later.setVisible(before or after)
        self.picture.show_picture(step.picture, step.marks, step.title)
        self._hint.setVisible(bool(step.picture))
        self.larger.setEnabled(bool(step.picture))

    def show_measure(self, measure: MeasureRow | None) -> None:
        """Show what is measured now; None: nothing on this unit."""
        self.measure.show_measure(measure)

    def show_verdict(self, verdict: VerdictRow) -> None:
        """Show the verdict so far."""
        self.strip.show_judgement(verdict.words, rejected=verdict.rejected, classes=verdict.classes)

    def show_acts(self, acts: ActsRow) -> None:
        """Show what the bottom keys do now."""
        self.undo.set_note(acts.undo)
        self.undo.setEnabled(acts.can_undo)
        self.skip.setEnabled(acts.can_skip)
        self.skip.setText(acts.skip_words or self._words.say("Not done"))
        self.skip.set_icon("circle-slash" if not acts.skip_words else "ban")
        self.skip.set_note(acts.skip)
        self.main.setText(acts.main)
        self.main.set_icon(acts.main_icon)
        self.main.setEnabled(acts.can_go_on)

    def show_last(self, last: LastRow | None) -> None:
        """Show the last page in the place of the units; None: the units."""
        self._parts.setCurrentIndex(0 if last is None else 1)
        if last is None:
            return
        self._last_title.setText(last.title)
        emptied(self._last_steps)
        for step in last.steps:
            line = row(14)
            line.addWidget(Icon("check", "text2", 26), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Text(step, 20, 500, wrap=True), 1)
            self._last_steps.addLayout(line)
        self._last_note.setText(last.note)
        self._back_to_units.setText(last.back or self._words.say("Back to the units"))
        self._missing = last.go_to
        self._last_missing.setVisible(bool(last.missing))
        self._last_missing.show_words(last.missing, "", last.go_words)

    def show_review(self, review: ReviewRow | None) -> None:
        """Show the claims of the first person in the place of instruction and keys; None: the units."""
        for part in (self._left, self._middle):
            part.setCurrentIndex(0 if review is None else 1)
        self._shown_claim = review.claim if review is not None else None
        if review is not None:
            self.claims.show_review(review)
            self.claim.show_claim(review)

    def show_pending(self, place: tuple[float, float] | None, words: str) -> None:
        """Show the place and the photo that go with the next defect."""
        self.picture.show_tap(place)
        hint = words or self._words.say("Tap the picture to mark the place")
        self._hint.show_line(hint, icon="map-pin")
        self._hint.setVisible(bool(words) or bool(self._shown_step.picture))

    def show_problem(self, problem: Problem) -> None:
        """Show a problem above the work."""
        self.problems.show_problem(problem)

    def clear_problem(self) -> None:
        """The last try went well."""
        self.problems.clear()

    # inside -----------------------------------------------------------------------------------------------------

    def ask_photo(self, name: str) -> None:
        """Ask for the photo that the procedure plans of this defect."""
        if not self._choose_photo(self._words.say("The procedure asks for a photo: {name}", name=name)):
            self.photo_left_out.emit()

    def _choose_photo(self, title: str = "") -> bool:
        """Let a photo be chosen; False: none was."""
        say = self._words.say
        path, _ = QFileDialog.getOpenFileName(
            self, title or say("Choose a photo"), "", say("Pictures (*.png *.jpg *.jpeg)")
        )
        if path:
            self.photo_dropped.emit(path)
        return bool(path)

    def _show_larger(self) -> None:
        show_large(
            self.window(),
            self._shown_step.picture,
            self._shown_step.title,
            none=self._words.say("No picture of this product"),
            back=self._words.say("Back to the unit"),
            marks=self._shown_step.marks,
            height=self._m.key_least,
        )

    def _show_claim_larger(self) -> None:
        claim = self._shown_claim
        if claim is not None and claim.photo:
            show_large(
                self.window(),
                claim.photo,
                claim.name,
                none=self._words.say("No photo of it"),
                back=self._words.say("Back to the review"),
                height=self._m.key_least,
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits typed anywhere go to the reading: a caliper that acts as a keyboard needs no field."""
        if self.measure.characteristic and event.text() and event.text() in "0123456789.,-":
            self.measure.reading.setFocus(Qt.FocusReason.OtherFocusReason)
            self.measure.reading.type_sign(event.text())
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.main.click()
        else:
            super().keyPressEvent(event)


def add_pages(stack: QStackedWidget, *pages: QWidget) -> None:
    """Put pages on a stack, in order."""
    for page in pages:
        stack.addWidget(page)
