# SPDX-License-Identifier: Apache-2.0
"""The list of procedures, and the page on which one version is read, approved or retired."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from qcdesk.gui import theme
from qcdesk.gui.screens.procedures.model import procedures_model
from qcdesk.gui.screens.procedures.rows import ClassText, LookedFor, VersionText
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Fact, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chips import StatusChip
from qcdesk.gui.widgets.forms import LineField
from qcdesk.gui.widgets.notices import RefusalPanel
from qcdesk.gui.widgets.pages import DeskPage, SearchedList
from qcdesk.gui.widgets.picture_field import PicturePreview
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import ProcedureListRow

EXAMPLE_LOT = "1800"


class ProceduresView(DeskPage):
    """``opened`` carries the row of a version."""

    opened = Signal(object)
    add_wanted = Signal()
    asked = Signal(str)
    explore_wanted = Signal()

    def __init__(self, words: Catalogue, today: Callable[[], date]) -> None:
        say = words.say
        super().__init__(
            words,
            say("Procedures"),
            say("How each product is inspected. One person writes, another approves."),
        )
        self.adding = Button(say("Write a procedure"), "filled", icon="plus")
        self.adding.clicked.connect(self.add_wanted)
        self.exploring = Button(say("What a plan lets through"), icon="chart-column")
        self.exploring.clicked.connect(self.explore_wanted)
        add(self.acts, self.exploring, self.adding)
        self.list = SearchedList(
            procedures_model(words, today),
            say("Procedures"),
            words,
            hint=say("Search number, title, product or owner"),
            meaning=say("No procedure yet"),
            next_words=say("Nothing can be inspected before a procedure is written and approved."),
            act=say("Write a procedure"),
            icon="clipboard-list",
        )
        self.list.asked.connect(self.asked)
        self.list.chosen.connect(self.opened)
        self.list.opened.connect(self.opened)
        self.list.add_wanted.connect(self.add_wanted)
        self.body.addWidget(self.list, 1)

    def show_rows(self, rows: Sequence[ProcedureListRow], *, searching: bool) -> None:
        """Show the versions that match."""
        self.list.show_rows(rows, searching=searching)


class ProcedureView(DeskPage):
    """One version, whole. ``lot_asked`` follows the example lot; ``explore_wanted`` carries a class and the lot."""

    approve_wanted = Signal()
    edit_wanted = Signal()
    retire_wanted = Signal()
    grace_wanted = Signal()
    print_wanted = Signal()
    lot_asked = Signal(str)
    explore_wanted = Signal(str, str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, back=say("Procedures"))
        self.page_title.hide()
        self.name = Text("", theme.SUBJECT, 700)
        self.state = StatusChip("", "dashed", "text2", size=17)
        add(self.beside, self.name, self.state)
        self.retiring = Button(say("Retire"), "text")
        self.retiring.clicked.connect(self.retire_wanted)
        self.gracing = Button(say("Use it until a day"), icon="calendar")
        self.gracing.clicked.connect(self.grace_wanted)
        self.changing = Button(say("Change the draft"), icon="pencil")
        self.changing.clicked.connect(self.edit_wanted)
        self.approving = Button(say("Approve"), "filled", icon="check")
        self.approving.clicked.connect(self.approve_wanted)
        self.printing = Button(say("Print"), icon="printer")
        self.printing.clicked.connect(self.print_wanted)
        add(self.acts, self.retiring, self.printing, self.gracing, self.changing, self.approving)
        self.refused = RefusalPanel()
        self.refused.hide()
        self.body.addWidget(self.refused)
        columns = row(14)
        self.body.addLayout(columns, 1)
        text = Card()
        self.text = column(6, (0, 0, 12, 0))
        holder = QWidget()
        holder.setLayout(self.text)
        text.body.addWidget(Scroll(holder), 1)
        columns.addWidget(text, 2)
        side = column(14)
        columns.addLayout(side, 1)
        sampling = Card(say("What it means"))
        self.lot = LineField(say("For a lot of"), say("Try other sizes; nothing is saved"))
        self.lot.set_value(EXAMPLE_LOT)
        self.lot.changed.connect(lambda: self.lot_asked.emit(self.lot.value()))
        self.plans = column(8)
        add(sampling.body, self.lot, self.plans)
        facts = Card(say("Facts"))
        inner = QWidget()
        self.facts = column(12)
        inner.setLayout(self.facts)
        facts.body.addWidget(Scroll(inner), 1)
        for card in (sampling, facts):
            card.setMinimumWidth(theme.current().px(400))
        side.addWidget(sampling)
        side.addWidget(facts, 1)
        self._previews: dict[str, list[PicturePreview]] = {}

    def lot_size(self) -> str:
        """Return the example lot as typed."""
        return self.lot.value()

    def show_lot(self, lines: Sequence[ClassText], wrong: str) -> None:
        """Say what the rules mean for the example lot."""
        self.lot.show_wrong(wrong)
        emptied(self.plans)
        for line in lines:
            self.plans.addWidget(plan_line(line, self.words, self._explore))

    def _explore(self, defect_class: str) -> None:
        self.explore_wanted.emit(defect_class, self.lot.value())

    def show_version(self, version: VersionText) -> None:
        """Show a version."""
        say = self.words.say
        self.show_title(version.heading, version.about)
        self.problems.clear()
        self.name.setText(version.heading)
        self.state.show_state(version.state, version.shape, version.role)
        self.approving.setVisible(version.may_approve)
        self.gracing.setVisible(version.overdue)
        self.retiring.setVisible(version.approved or version.draft)
        self.changing.setText(say("Change the draft") if version.draft else say("Write the next version"))
        self.refused.show_words(version.refused, version.who_can)
        self.refused.setVisible(bool(version.refused))
        self._previews = {}
        emptied(self.text)
        self._section(say("Work instruction"))
        for number, step in enumerate(version.steps, start=1):
            line = row(14)
            words = column(1)
            add(words, Text(say("{n}. {title}", n=number, title=step.title), theme.BODY, 600, wrap=True))
            if step.text:
                words.addWidget(Text(step.text, theme.BODY, 400, "text2", wrap=True))
            words.addStretch(1)
            line.addLayout(words, 1)
            if step.picture:
                preview = PicturePreview(180, 124, takes=False)
                self._previews.setdefault(step.picture, []).append(preview)
                line.addWidget(preview, 0, Qt.AlignmentFlag.AlignTop)
            self.text.addLayout(line)
            self.text.addSpacing(6)
        if not version.steps:
            self.text.addWidget(secondary(say("No steps are written down."), "text3"))
        for heading, found, none in (
            (say("Defects on the keys"), version.defects, say("None.")),
            (
                say("Characteristics"),
                version.characteristics,
                say("Nothing is measured or judged one by one."),
            ),
        ):
            self._section(heading)
            if not found:
                self.text.addWidget(secondary(none, "text3"))
            else:
                self.text.addWidget(_looked_for(found))
        self._section(say("How it is checked"))
        for option in version.options:
            self.text.addWidget(Text(option, theme.BODY, 400, "text2", wrap=True))
        if version.note:
            self._section(say("Note"))
            self.text.addWidget(Text(version.note, theme.BODY, 400, "text2", wrap=True))
        self.text.addStretch(1)
        emptied(self.facts)
        for name, value in version.facts:
            self.facts.addWidget(Fact(name, value, wrap=True))
        self.facts.addStretch(1)

    def show_picture(self, picture: str, content: bytes) -> None:
        """Show the picture of a step."""
        for preview in self._previews.get(picture, ()):
            preview.show_bytes(content)

    def _section(self, heading: str) -> None:
        if self.text.count():
            self.text.addSpacing(16)
        self.text.addWidget(Text(heading, theme.CARD, 600))


def plan_line(line: ClassText, words: Catalogue, explore: Callable[[str], None]) -> QWidget:
    """Return a class with its rule, what it becomes, and the way to what that lets through."""
    holder = QWidget()
    layout = column(0)
    holder.setLayout(layout)
    exploring = Button(words.say("What does it let through?"), "text", height=30, size=13, flush=True)
    exploring.clicked.connect(lambda: explore(line.code))
    top = row(10)
    add(top, Text(line.defect_class, theme.BODY, 600), None, exploring)
    add(layout, top, secondary(line.rule, "text3"), Text(line.plan, theme.BODY, 400, "text2", wrap=True))
    holder.setAccessibleName(f"{line.defect_class}: {line.plan}")
    return holder


def _looked_for(found: Sequence[LookedFor]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    place = 0
    for each in found:
        grid.addWidget(Text(each.code, theme.BODY, 600), place, 0)
        grid.addWidget(Text(each.name, theme.BODY), place, 1)
        grid.addWidget(Text(each.defect_class, theme.BODY, 400, "text2"), place, 2)
        if each.limits:
            grid.addWidget(Text(each.limits, theme.BODY, 400, "text2"), place, 3)
        place += 1
        if each.second:
            grid.addWidget(secondary(each.second), place, 1, 1, 4)
            place += 1
    grid.setColumnStretch(4, 1)
    return holder
