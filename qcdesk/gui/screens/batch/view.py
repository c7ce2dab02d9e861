# SPDX-License-Identifier: Apache-2.0
"""One batch: number and state, its way, what happened, what you can do, and what you cannot and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.batch.rows import PageRow, RefusedRow
from qcdesk.gui.widgets.buttons import ActionRow, Button
from qcdesk.gui.widgets.cards import Card, Fact, Plane, Rule, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chips import Icon, IconLine, ShapeMark, StatusChip
from qcdesk.gui.widgets.notices import Panel, ProblemArea
from qcdesk.gui.widgets.people import PersonLine
from qcdesk.gui.widgets.printed import PrintedPapers
from qcdesk.gui.widgets.product import ProductPicture
from qcdesk.gui.widgets.strips import WaySteps
from qcdesk.gui.widgets.text import Text, letters, secondary, subject, title
from qcdesk.gui.widgets.timeline import Timeline
from qcdesk.i18n import Catalogue

LONG_FACT = 20  # characters; what is longer reads as a sentence


class BatchView(QWidget):
    """``act_wanted`` carries the name of what is to be done."""

    back_wanted = Signal()
    act_wanted = Signal(str)

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        say = words.say
        outer = column(12, (28, 18, 28, 18))
        self.setLayout(outer)
        self._head(outer)
        self.problems = ProblemArea(say("Try again"), say("Copy the report"))
        self._hold = Panel(shape="square", role="hold", ground="hold_soft", fact="")
        self._hold.hide()
        add(outer, self.problems, self._hold)
        columns = row(16)
        outer.addLayout(columns, 1)
        left = column(14)
        columns.addLayout(left, 5)
        way = Card(padding=20)
        self._way = WaySteps()
        way.body.addWidget(self._way)
        left.addWidget(way)
        lower = row(14)
        left.addLayout(lower, 1)
        lower.addWidget(self._facts_card(), 10)
        lower.addWidget(self._happened_card(), 11)
        side = Card()
        side.setFixedWidth(400)
        self._doing = QWidget()
        self._acts = column(8)
        self._doing.setLayout(self._acts)
        side.body.setContentsMargins(4, 8, 4, 8)
        inner = column(0, (16, 8, 16, 8))
        self._doing.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(inner)
        inner.addWidget(self._doing)
        side.body.addWidget(Scroll(holder))
        columns.addWidget(side)

    def _head(self, outer: QVBoxLayout) -> None:
        self._back = Button("", "text", icon="arrow-left", height=32, flush=True)
        self._back.clicked.connect(self.back_wanted)
        self._number = subject()
        self._state = StatusChip("", "empty", "text2", size=17)
        self._about = Text("", 16, 400, "text2")
        name = row(14)
        add(name, self._number, self._state, None)
        left = column(2)
        left.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._heading = IconLine("", icon="info", size=theme.BODY, weight=600)
        self._heading.hide()
        add(left, name, self._about, self._heading)
        right_side = Qt.AlignmentFlag.AlignRight
        self._ship_label = Text(self._words.say("Ship by"), 14, 400, "text2", align=right_side)
        self._ship = Text("", 19, 600, align=right_side)
        self._ship_in = IconLine("", size=14)
        right = column(0)
        add(right, None, self._ship_label, self._ship)
        right.addWidget(self._ship_in, 0, right_side)
        line = row(12)
        line.addLayout(left, 1)
        line.addLayout(right)
        outer.addLayout(line)

    def _facts_card(self) -> Card:
        say = self._words.say
        card = Card(say("Facts"))
        self._facts = QGridLayout()
        self._facts.setVerticalSpacing(12)
        self._facts.setHorizontalSpacing(12)
        self._facts.setColumnStretch(0, 1)
        self._facts.setColumnStretch(1, 1)
        self._limits = QGridLayout()
        self._limits.setVerticalSpacing(8)
        self._limits.setHorizontalSpacing(12)
        self._limits.setColumnStretch(1, 1)
        self._limits_title = secondary(say("What is allowed in the sample"))
        page = QWidget()
        layout = column(card.body.spacing(), (0, 0, 8, 0))
        page.setLayout(layout)
        add(layout, self._facts, 4, Rule(), 4, self._limits_title, self._limits, 6)
        self.picture = ProductPicture(say("No picture of this product"))
        self.picture.hide()
        layout.addWidget(self.picture, 1)
        layout.addStretch(0)
        card.body.addWidget(Scroll(page), 1)
        return card

    def _happened_card(self) -> Card:
        say = self._words.say
        card = Card(say("What happened"), " ")
        self._happened = card
        self.timeline = Timeline(say("What happened"))
        page = QWidget()
        layout = column(0, (0, 0, 8, 0))
        page.setLayout(layout)
        add(layout, self.timeline, None)
        card.body.addWidget(Scroll(page), 1)
        self.printed = PrintedPapers(self._words)
        card.body.addWidget(self.printed)
        self._blind = Plane("canvas", radius=theme.R_BUTTON)
        line = row(12, (12, 10, 12, 10))
        self._blind.setLayout(line)
        self._blind_words = secondary("", wrap=True)
        line.addWidget(Icon("eye-off", "text2", 20))
        line.addWidget(self._blind_words, 1)
        card.body.addWidget(self._blind)
        return card

    def show_page(self, page: PageRow) -> None:
        """Show everything."""
        self._back.setText(page.back)
        self._number.setText(page.number)
        self._state.show_code(page.state, self._words)
        self._about.setText(page.about)
        if page.conceded:
            self._heading.show_line(page.heading, shape="open_tick", role="attention")
        else:
            self._heading.show_line(page.heading, icon="info")
        self._heading.setVisible(bool(page.heading))
        self._ship_label.setVisible(bool(page.ship_by))
        self._ship.setText(page.ship_by)
        if page.late:
            self._ship_in.show_line(page.ship_in, shape="triangle", role="attention")
        else:
            self._ship_in.show_line(page.ship_in)
        self._way.show_steps(page.steps, page.step, page.step_mark)
        self._hold.setVisible(bool(page.hold))
        self._hold.show_words(page.hold, page.hold_note)
        emptied(self._facts)
        place = 0
        for fact in page.facts:
            long = fact.wide or letters(fact.value) > LONG_FACT
            made = Fact(fact.name, fact.value, fact.note, wrap=long)
            if long:  # a sentence takes the whole width, else it would squeeze its neighbours
                place += place % 2
                self._facts.addWidget(made, place // 2, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
                place += 2
                continue
            self._facts.addWidget(made, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
            place += 1
        emptied(self._limits)
        self._limits_title.setVisible(bool(page.limits))
        for place, limit in enumerate(page.limits):
            self._limits.addWidget(Text(limit.defect_class, theme.BODY, 600), place, 0)
            self._limits.addWidget(Text(limit.allowed, theme.BODY, 400, wrap=True), place, 1)
            basis = Text(
                limit.basis, theme.SECONDARY, 400, "text2", align=Qt.AlignmentFlag.AlignRight, wrap=True
            )
            self._limits.addWidget(basis, place, 2)
        self.picture.setVisible(bool(page.picture))
        self.picture.show_picture(page.picture, (), page.about)
        self._happened.note.setText(page.round)
        self.timeline.show_lines(page.happened)
        self.printed.show_papers(page.printed)
        self._blind.setVisible(bool(page.blind_note))
        self._blind_words.setText(page.blind_note)
        self._show_acts(page)

    def show_problem(self, problem: Problem) -> None:
        """Show a problem above the page."""
        self.problems.show_problem(problem)

    def _show_acts(self, page: PageRow) -> None:
        say = self._words.say
        emptied(self._acts)
        self._acts.addWidget(title(say("What you can do")))
        for allowed in page.allowed:
            made = ActionRow(allowed.words, allowed.note, icon=allowed.icon, kind=allowed.kind)
            made.clicked.connect(lambda _=False, a=allowed.act: self.act_wanted.emit(a))
            self._acts.addWidget(made)
        if not page.allowed:
            self._acts.addWidget(secondary(say("Nothing now: it waits for someone else."), wrap=True))
        if page.refused:
            add(self._acts, 10, Text(say("What you cannot do, and why"), theme.BODY - 1, 500, "text2"))
        for refused in page.refused:
            self._acts.addWidget(self._refused(refused))
        self._acts.addStretch(1)

    def _refused(self, refused: RefusedRow) -> QWidget:
        plane = Plane("sunken", radius=theme.R_FIELD)
        layout = row(14, (16, 12, 16, 12))
        plane.setLayout(layout)
        layout.addWidget(ShapeMark("barred", "text2", 22), 0, Qt.AlignmentFlag.AlignTop)
        said = column(1)
        add(said, Text(refused.fact, theme.BODY, 600, wrap=True), secondary(refused.why, wrap=True))
        if refused.who:
            add(said, 6, Text(self._words.say("Who can"), theme.LABEL, 500, "text3"))
        for who in refused.who:
            line = row(8)
            line.addWidget(PersonLine(who.name, who.note, side=36, ground="surface", size=14), 1)
            said.addLayout(line)
        layout.addLayout(said, 1)
        plane.setAccessibleName(f"{refused.fact}. {refused.why}")
        return plane
