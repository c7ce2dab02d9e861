# SPDX-License-Identifier: Apache-2.0
"""Unit by unit or by tally: left look, middle do, right measure, bottom judge and go. Nothing ever moves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QStackedWidget, QWidget

from qcdesk.gui import theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.problems import Problem
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
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.buttons import Button, IconButton
from qcdesk.gui.widgets.cards import Card, add, column, emptied, row
from qcdesk.gui.widgets.charts import LimitsBar, RunChart
from qcdesk.gui.widgets.chips import Icon, IconLine
from qcdesk.gui.widgets.keys import FloorKey, Keypad
from qcdesk.gui.widgets.notices import EmptyState, ProblemArea, RefusalPanel, TroublePanel
from qcdesk.gui.widgets.people import Avatar
from qcdesk.gui.widgets.photo_sheet import show_large
from qcdesk.gui.widgets.product import ProductPicture
from qcdesk.gui.widgets.reading import ReadingField
from qcdesk.gui.widgets.strips import JudgementStrip, ProgressCells, UnitStrip
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue

KEYS_A_ROW = 4


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
        self._characteristic = ""
        self._missing = 0
        self._shown_step = StepRow("", "", "")
        self._shown_claim: ClaimRow | None = None
        outer = column(0)
        self.setLayout(outer)
        self.head = _Head(words)
        self.head.close_key.clicked.connect(self.left)
        self.head.switch.clicked.connect(self.person_menu_wanted)
        self.head.stickers.clicked.connect(self.stickers_wanted)
        outer.addWidget(self.head)
        inner = column(10, (16, 12, 16, 14))
        outer.addLayout(inner, 1)
        self.problems = ProblemArea(words.say("Try again"), words.say("Copy the report"))
        inner.addWidget(self.problems)
        self._parts = QStackedWidget()
        inner.addWidget(self._parts, 1)
        work = QWidget()
        middle = row(14)
        work.setLayout(middle)
        self._left, self._middle = QStackedWidget(), QStackedWidget()
        self.claims, self.claim = ClaimList(words, metrics), ClaimPart(words)
        self.claims.setFixedWidth(292)
        self.claims.chosen.connect(self.claim_wanted)
        self.claims.another_wanted.connect(self.another_unit_wanted)
        self.claim.larger_wanted.connect(self._show_claim_larger)
        add_pages(self._left, self._look_card(), self.claims)
        add_pages(self._middle, self._do_part(), self.claim)
        self._left.setFixedWidth(292)
        middle.addWidget(self._left)
        middle.addWidget(self._middle, 1)
        middle.addWidget(self._measure_card())
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
        self._step_title = Text("", theme.CARD, 600, wrap=True, lines=2)
        self._step_text = Text("", theme.BODY, 400, wrap=True, lines=6)
        self._earlier = IconButton("chevron-left", say("Step before"), side=36, framed=False)
        self._later = IconButton("chevron-right", say("Next step"), side=36, framed=False)
        self._earlier.clicked.connect(lambda: self.step_wanted.emit(-1))
        self._later.clicked.connect(lambda: self.step_wanted.emit(1))
        steps = row(4)
        add(steps, self._step, None, self._earlier, self._later)
        self._hint = IconLine(say("Tap the picture to mark the place"), icon="map-pin")
        self.photo = FloorKey(say("Photo"), self._m, icon="camera", centred=True)
        self.larger = FloorKey(say("Larger"), self._m, icon="maximize-2", centred=True)
        self.photo.clicked.connect(lambda: self._choose_photo())
        self.larger.clicked.connect(self._show_larger)
        keys = row(self._m.key_gap)
        add(keys, self.photo, self.larger)
        card.body.addWidget(self.picture, 1)
        add(card.body, steps, self._step_title, self._step_text)
        card.body.addStretch(0)
        add(card.body, self._hint, keys)
        return card

    def _do_part(self) -> QWidget:
        part = QWidget()
        layout = column(6)
        part.setLayout(layout)
        title = row(12)
        self._unit = Text("", theme.SUBJECT, 700)
        self._of = Text("", 17, 400, "text2")
        self._done = Text("", theme.BODY, 400, "text2")
        title.addWidget(self._unit)
        title.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        title.addStretch(1)
        title.addWidget(self._done, 0, Qt.AlignmentFlag.AlignBottom)
        self.cells = ProgressCells()
        self.units = UnitStrip(self._m)
        self.units.gone_to.connect(self.unit_wanted)
        self._only = IconLine("", icon="scan-line", size=theme.BODY, weight=600)
        self._only.hide()
        self._classes = column(6)
        add(layout, title, self._only, self.cells, self.units)
        layout.addLayout(self._classes, 1)
        self._keys: dict[str, FloorKey] = {}
        self._shape: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
        return part

    def _measure_card(self) -> QWidget:
        say = self._words.say
        card = Card(padding=14)
        card.setFixedWidth(308)
        self._measure_pages = QStackedWidget()
        card.body.addWidget(self._measure_pages)
        nothing = EmptyState(say("Nothing to measure on this unit"), icon="ruler")
        self._measure_pages.addWidget(nothing)
        page = QWidget()
        layout = column(6)
        page.setLayout(layout)
        self._name = Text("", theme.CARD, 600)
        self._progress = secondary()
        self._limits = Text("", theme.SECONDARY, 600)
        self.reading = ReadingField(say("Reading"))
        self.reading.entered.connect(self._entered)
        self.reading.refused.connect(self.reading_refused)
        self.reading.edited.connect(self._edited)
        self._verdict = Text("", theme.BODY - 1, 500, "text2")
        self.bar, self.chart = LimitsBar(), RunChart()
        self._run_words = secondary()
        self._warning = TroublePanel()
        self._warning.way.set_role("attention")
        self._warning.hide()
        self.instrument = Button("", "text", icon="radio", height=34, size=14, flush=True)
        self.instrument.clicked.connect(self.instrument_wanted)
        self.type_it = FloorKey(say("Type it"), self._m, icon="keyboard", centred=True)
        self.type_it.clicked.connect(lambda: self.show_keypad(True))
        self.keep = FloorKey(say("Keep it"), self._m, centred=True)
        self.again = FloorKey(say("Measure again"), self._m, centred=True)
        self.keep.clicked.connect(lambda: self.kept.emit(self._characteristic))
        self.again.clicked.connect(lambda: self.measured_again.emit(self._characteristic))
        line = row(8)
        add(line, self._progress, None, self._limits)
        self._plot = QWidget()
        plot = column(6)
        self._plot.setLayout(plot)
        add(plot, self._verdict, self.bar, self._run_words, self.chart, self._warning)
        plot.addStretch(1)
        keys = row(self._m.key_gap)
        add(plot, self.instrument, keys)
        add(keys, self.type_it, self.keep, self.again)
        self._pad = QWidget()
        pad = column(8)
        self._pad.setLayout(pad)
        self.keypad = Keypad(self._m, say("Delete digit"), decimal=".")
        self.keypad.typed.connect(self.reading.type_sign)
        self.keypad.erased.connect(self.reading.erase)
        self.take = FloorKey(say("Take this reading"), self._m, kind="main", icon="check")
        self.take.clicked.connect(self.reading.enter)
        add(pad, None, self.keypad, self.take)
        add(layout, self._name, line, self.reading)
        layout.addWidget(self._plot, 1)
        layout.addWidget(self._pad, 1)
        self._pad.hide()
        self.keep.hide()
        self.again.hide()
        self._measure_pages.addWidget(page)
        return card

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
        add(card.body, self._last_title, 14, self._last_steps, 10, self._last_note, 10, self._last_missing)
        add(card.body, None, back)
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
        self._unit.setText(units.title)
        self._of.setText(units.of)
        self._done.setText(units.done)
        self._only.setVisible(units.only is not None)
        self._only.show_line(units.only or "", icon="scan-line")
        self.cells.show()
        self.units.show()
        said = f"{units.title} {units.of}, {units.done}"
        self.cells.show_cells(units.strip, units.here, said)
        self.units.show_units(units.cells, units.here, said)

    def show_tally(self, title: str, of: str, done: str) -> None:
        """Show that units are not told apart: counts only."""
        self._unit.setText(title)
        self._of.setText(of)
        self._done.setText(done)
        self.cells.hide()
        self.units.hide()

    def show_classes(self, classes: Sequence[ClassRow]) -> None:
        """Show the defect keys. Where only counts changed no key is rebuilt, so none can slip under a thumb."""
        shape = tuple((c.defect_class, c.note, tuple((k.code, k.name) for k in c.keys)) for c in classes)
        if shape != self._shape:
            self._shape = shape
            self._build_keys(classes)
        for each in classes:
            for key in each.keys:
                self._keys[key.code or each.defect_class].set_count(key.count)

    def _build_keys(self, classes: Sequence[ClassRow]) -> None:
        emptied(self._classes)
        self._keys.clear()
        for each in classes:
            critical = each.defect_class == "critical"
            head = row(8)
            add(head, Text(each.name, theme.BODY, 600), None)
            if not critical:
                head.addWidget(secondary(each.note, "text3"))
            self._classes.addLayout(head)
            grid = QGridLayout()
            grid.setSpacing(self._m.key_gap)
            for place, key in enumerate(each.keys):
                made = FloorKey(key.name, self._m, icon=key.icon, kind="critical" if critical else "plain")
                made.setFixedHeight(max(self._m.key, 84 if len(classes) <= 3 and len(each.keys) <= 4 else 0))
                if key.code:
                    made.clicked.connect(lambda _=False, c=key.code: self.found.emit(c))
                else:
                    made.clicked.connect(lambda _=False, c=each.defect_class: self.more_codes_wanted.emit(c))
                self._keys[key.code or each.defect_class] = made
                grid.addWidget(made, place // KEYS_A_ROW, place % KEYS_A_ROW)
            if critical and each.note and len(each.keys) < KEYS_A_ROW:
                note = secondary(each.note, wrap=True)
                grid.addWidget(
                    note, 0, len(each.keys), 1, KEYS_A_ROW - len(each.keys), Qt.AlignmentFlag.AlignVCenter
                )
            for place in range(KEYS_A_ROW):
                grid.setColumnStretch(place, 1)
            self._classes.addLayout(grid)
        self._classes.addStretch(1)

    def show_step(self, step: StepRow, *, before: bool, after: bool) -> None:
        """Show a step of the work instruction."""
        self._shown_step = step
        self._step.setText(step.progress)
        self._step_title.setText(step.title)
        self._step_text.setText(step.text)
        self._earlier.setEnabled(before)
        self._later.setEnabled(after)
        self._earlier.setVisible(before or after)
        self._later.setVisible(before or after)
        self.picture.show_picture(step.picture, step.marks, step.title)
        self._hint.setVisible(bool(step.picture))
        self.larger.setEnabled(bool(step.picture))

    def show_measure(self, measure: MeasureRow | None) -> None:
        """Show what is measured now; None: nothing on this unit."""
        self._measure_pages.setCurrentIndex(0 if measure is None else 1)
        if measure is None:
            self._characteristic = ""
            return
        self._characteristic = measure.characteristic
        self._name.setText(measure.name)
        self._progress.setText(measure.progress)
        self._limits.setText(measure.limits_words)
        self.reading.set_unit(measure.unit)
        self.reading.show_reading(measure.typed, measure.verdict)
        out = measure.verdict == "outside"
        self._verdict.setText(measure.verdict_words)
        self._verdict.set_role("reject" if out else "text2")
        value = measure.run[-1] if measure.run and measure.verdict else None
        self.bar.show_reading(measure.limits, value, f"{measure.limits_words} {measure.verdict_words}")
        self.chart.show_run(measure.run, measure.limits, measure.run_words)
        self._run_words.setText(measure.run_words)
        self._warning.setVisible(bool(measure.warning))
        self._warning.show_words("", measure.warning)
        self.instrument.setText(measure.instrument)
        self.instrument.setVisible(bool(measure.instrument))
        self.keep.setVisible(out)
        self.again.setVisible(out)
        self.type_it.setVisible(not out)
        self.show_keypad(False)

    def show_keypad(self, shown: bool) -> None:
        """Put the keypad where the pictures are, or take it away."""
        self._pad.setVisible(shown)
        self._plot.setVisible(not shown)
        if shown:
            self.reading.clear()
            self.reading.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _entered(self, typed: str) -> None:
        self.measured.emit(self._characteristic, typed)

    def _edited(self, _typed: str) -> None:
        if not self._pad.isVisible() and self.reading.hasFocus():
            self._verdict.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits typed anywhere go to the reading: a caliper that acts as a keyboard needs no field."""
        if self._characteristic and event.text() and event.text() in "0123456789.,-":
            self.reading.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reading.type_sign(event.text())
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


class _Head(QWidget):
    """Close, batch, what kind of check, saved, who. Dark where the first check is hidden."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._blind = False
        self.setFixedHeight(64)
        layout = row(12, (16, 8, 16, 8))
        self.setLayout(layout)
        self.close_key = IconButton("x", words.say("Leave this check; it is kept"))
        self._number = Text("", 19, 600)
        self._about = Text("", 14, 400, "text2")
        titles = column(0)
        add(titles, self._number, self._about)
        self._band = QWidget()
        band = row(14)
        self._band.setLayout(band)
        said = column(0)
        self._kind = Text("", 18, 600, "band_text")
        self._kind_note = Text("", 13, 400, "band_text")
        self._closed, self._open = Icon("eye-off", "band_text", 26), Icon("eye", "text", 26)
        add(said, self._kind, self._kind_note)
        add(band, self._closed, self._open, said)
        self.stickers = Button(
            words.say("Print stickers with the sample numbers"), icon="sticky-note", height=44
        )
        self.stickers.hide()
        self._saved = IconLine("", icon="check", size=14, weight=500)
        self._avatar = Avatar("", 40, strong=True)
        self._name = Text("", theme.BODY, 600)
        self._place = Text("", theme.SECONDARY, 400)
        names = column(0)
        add(names, self._name, self._place)
        self.switch = IconButton("users", words.say("Someone else"))
        add(layout, self.close_key)
        layout.addLayout(titles, 4)
        add(layout, self._band, self.stickers)
        layout.addStretch(1)
        add(layout, self._saved, 12, self._avatar, names, self.switch)

    def show_head(self, head: HeadRow) -> None:
        self._blind = head.blind
        ink: Role = "band_text" if head.blind else "text"
        quiet: Role = "band_text" if head.blind else "text2"
        for part, words, role in (
            (self._number, head.number, ink),
            (self._about, head.about, quiet),
            (self._name, head.person, ink),
            (self._place, head.place, ink),
            (self._kind, head.kind, ink),
            (self._kind_note, head.kind_note, quiet),
        ):
            part.setText(words)
            part.set_role(role)
        self._avatar.show_name(head.person)
        self._band.setVisible(bool(head.kind))
        self._closed.setVisible(head.blind)
        self._open.setVisible(not head.blind)
        self.close_key.set_role(ink)
        self.switch.set_role(ink)
        self.show_saved(self._saved.words)
        self.update()

    def show_saved(self, words: str, *, trouble: bool = False) -> None:
        ink: Role = "band_text" if self._blind else "attention" if trouble else "text"
        if trouble:
            self._saved.show_line(words, shape="triangle", role=ink)
        else:
            self._saved.show_line(words, icon="check" if words else "", role=ink)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.colour("band" if self._blind else "surface"))
        if not self._blind:
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), t.colour("line"))
