# SPDX-License-Identifier: Apache-2.0
"""The verdict with its reason and the next step, then unit by unit, then what both probably missed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from qcdesk.gui import status, theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.comparison.rows import (
    AgreementRow,
    CheckerRow,
    EstimateRow,
    LegendRow,
    MissedRow,
    PageRow,
    SampleRow,
    VerdictRow,
)
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Plane, Rule, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chips import IconLine, ShapeMark, StatusChip
from qcdesk.gui.widgets.measured import MeasuredCard
from qcdesk.gui.widgets.notices import EmptyState, ProblemArea
from qcdesk.gui.widgets.people import PersonLine
from qcdesk.gui.widgets.photo_sheet import show_large
from qcdesk.gui.widgets.pictures import CellMark, CirclesPicture, FoundBy, IntervalBar, ShareBar, UnitGrid
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue

LEGEND_A_ROW = 4
NOTE_PX = 280


class ComparisonView(QWidget):
    """Two checks side by side. ``act_wanted`` carries the next step's name."""

    back_wanted = Signal()
    report_wanted = Signal()
    act_wanted = Signal(str)
    unit_wanted = Signal(int)
    photo_wanted = Signal(str)
    second_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        say = words.say
        outer = column(0)
        self.setLayout(outer)
        page = QWidget()
        layout = column(12, (28, 18, 28, 18))
        page.setLayout(layout)
        outer.addWidget(Scroll(page))
        head = row(12)
        self._back = Button("", "text", icon="arrow-left", height=32, flush=True)
        self._back.clicked.connect(self.back_wanted)
        self._subject = Text("", theme.BODY, 400, "text2")
        titles = column(0)
        titles.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._severities = Text("", theme.BODY, 400, "text2", wrap=True)
        self._heading = IconLine("", icon="info", size=theme.BODY, weight=600)
        self._heading.hide()
        add(
            titles,
            Text(say("Two checks, side by side"), 28, 600),
            self._subject,
            self._severities,
            self._heading,
        )
        report = Button(say("Inspection report"), icon="file-text")
        report.clicked.connect(self.report_wanted)
        head.addLayout(titles, 1)
        head.addWidget(report, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(head)
        self.problems = ProblemArea(say("Try again"), say("Copy the report"))
        layout.addWidget(self.problems)
        self.verdict = _Verdict()
        self.verdict.button.clicked.connect(lambda: self.act_wanted.emit(self.verdict.act))
        layout.addWidget(self.verdict)
        self._samples_card = Card(say("Each sample by itself"), say("both must accept"))
        self._samples = row(20)
        self._samples_card.body.addLayout(self._samples)
        layout.addWidget(self._samples_card)
        columns = row(16)
        layout.addLayout(columns, 1)
        left, right = column(12), column(12)
        columns.addLayout(left, 2)
        columns.addLayout(right, 1)
        self._grid_card = Card(say("Unit by unit"))
        self._legend = column(4)
        self.grid = UnitGrid()
        self.grid.opened.connect(self.unit_wanted)
        self._tally = EmptyState(say("These goods cannot be told apart"), icon="layers")
        self._told = Text("", theme.BODY, 500)
        self.grid.told.connect(self._told.setText)
        add(self._grid_card.body, self._legend, 4, self.grid, 4, self._told, self._tally)
        left.addWidget(self._grid_card)
        self._missed = Card(say("What one caught and the other missed"), " ")
        self._missed_rows = column(0)
        self._missed.body.addLayout(self._missed_rows)
        self._missed.body.addStretch(1)
        left.addWidget(self._missed, 1)
        self._alone = Card(say("Found where the other did not look"), " ")
        self._alone_rows = column(0)
        self._alone.body.addLayout(self._alone_rows)
        left.addWidget(self._alone)
        self.measured = MeasuredCard(words)
        left.addWidget(self.measured)
        people = Card(padding=18)
        self._people = row(20)
        people.body.addLayout(self._people)
        left.addWidget(people)
        self._estimate = _Estimate(words)
        self._agreement = _Agreement(words)
        right.addWidget(self._estimate, 1)
        right.addWidget(self._agreement)
        self._second = Button(say("What does the second check buy?"), "text", icon="arrow-right", height=36)
        self._second.clicked.connect(self.second_wanted)
        self._second.hide()
        right.addWidget(self._second, 0, Qt.AlignmentFlag.AlignLeft)

    def show_page(self, page: PageRow) -> None:
        """Show everything."""
        self._second.show()
        self._back.setText(page.back)
        self._subject.setText(page.subject)
        self._severities.setText(page.severities)
        self._severities.setVisible(bool(page.severities))
        self._heading.show_line(page.heading, icon="info")
        self._heading.setVisible(bool(page.heading))
        self.verdict.show_verdict(page.verdict)
        self._samples_card.setVisible(bool(page.samples))
        emptied(self._samples)
        for place, sample in enumerate(page.samples):
            if place:
                self._samples.addWidget(Rule(vertical=True))
            self._samples.addWidget(_Sample(sample), 1)
        self._show_legend(page.legend)
        self.grid.setVisible(bool(page.units))
        self._told.setVisible(bool(page.units))
        self._told.setText(page.units_hint)
        self._tally.setVisible(not page.units)
        self.grid.show_units(page.units, "; ".join(f"{each.count} {each.words}" for each in page.legend))
        self._missed.note.setText(page.missed_note)
        self._show_missed(page.missed, page.nothing_missed)
        self._alone.setVisible(bool(page.alone))
        self._alone.heading.setText(page.alone_title)
        self._alone.note.setText(page.alone_note)
        emptied(self._alone_rows)
        for place, each in enumerate(page.alone):
            if place:
                self._alone_rows.addWidget(Rule())
            self._alone_rows.addWidget(
                _Line(
                    each.found,
                    (each.unit, each.defect_class, each.defect, each.place),
                    each.why,
                    "attention" if each.doubted else "text2",
                    (each.photo, self._words.say("See"), self.photo_wanted.emit),
                    photos=any(one.photo for one in page.alone),
                )
            )
        self.measured.show_pairs(page.measured, (page.people[0].name, page.people[1].name))
        emptied(self._people)
        for place, person in enumerate(page.people):
            if place:
                self._people.addWidget(Rule(vertical=True))
            self._people.addWidget(_Checker(person), 1)
        self._estimate.show_estimate(page.estimate)
        self._agreement.show_agreement(page.agreement, self._words)

    def show_learnt(self, lines: Sequence[str]) -> None:
        """Say beside the signed estimate what earlier rounds tell of it; nothing for whom it is not for."""
        self._estimate.show_learnt("\n".join(lines))

    def show_photo(self, content: bytes) -> None:
        """Show the photo of a defect as large as the window allows."""
        say = self._words.say
        show_large(
            self.window(),
            content,
            say("Photo of the defect"),
            none=say("No photo of it"),
            back=say("Back to the comparison"),
        )

    def show_problem(self, problem: Problem) -> None:
        """Show a problem above the verdict."""
        self.verdict.button.set_working(None)
        self.problems.show_problem(problem)

    def _show_legend(self, legend: Sequence[LegendRow]) -> None:
        emptied(self._legend)
        for start in range(0, len(legend), LEGEND_A_ROW):
            line = row(18)
            for each in legend[start : start + LEGEND_A_ROW]:
                part = row(8)
                add(part, CellMark(each.found), Text(each.count, 18, 700), secondary(each.words))
                line.addLayout(part)
            line.addStretch(1)
            self._legend.addLayout(line)

    def _show_missed(self, rows: Sequence[MissedRow], nothing: str) -> None:
        emptied(self._missed_rows)
        if not rows:
            self._missed_rows.addWidget(Text(nothing, theme.BODY, 400, "text2"))
        for place, each in enumerate(rows):
            if place:
                self._missed_rows.addWidget(Rule())
            self._missed_rows.addWidget(
                _Line(
                    each.found,
                    (each.unit, each.defect_class, each.defect, each.place),
                    each.missed,
                    "attention",
                    (each.photo, self._words.say("See"), self.photo_wanted.emit),
                    photos=any(one.photo for one in rows),
                )
            )


class _Verdict(Plane):
    """Accepted, rejected and disagreed differ in shape, frame and next step."""

    def __init__(self) -> None:
        super().__init__("surface", "line", frame_px=2)
        self.act = ""
        layout = row(20, (26, 14, 20, 14))
        self.setLayout(layout)
        self._mark = ShapeMark("tick", "text2", 46)
        self._title = Text("", 26, 600)
        self._reason = Text("", theme.BODY, 400, "text2", wrap=True)
        said = column(0)
        add(said, self._title, self._reason)
        right = Qt.AlignmentFlag.AlignRight
        self._next = Text("", theme.SECONDARY, 400, "text2", align=right)
        self._note = Text("", theme.SECONDARY, 400, "text2", align=right, wrap=True)
        self._note.setMaximumWidth(NOTE_PX)
        following = column(0)
        add(following, None, self._next, self._note, None)
        self.button = Button("", "filled", height=54, size=17)
        layout.addWidget(self._mark)
        layout.addLayout(said, 1)
        layout.addLayout(following)
        layout.addWidget(self.button)

    def show_verdict(self, verdict: VerdictRow) -> None:
        look = status.look(verdict.state)
        self.set_roles("surface", look.role if look.role != "text2" else "edge")
        self._mark.show_state(look.shape, look.role)
        self._title.setText(verdict.title)
        self._reason.setText(verdict.reason)
        self._next.setText(verdict.next_title)
        self._note.setText(verdict.next_note)
        self.act = verdict.act
        self.button.setText(verdict.act_words)
        self.button.set_icon(verdict.act_icon)
        self.button.setVisible(bool(verdict.act))
        self.setAccessibleName(f"{verdict.title}. {verdict.reason}")


class _Line(QWidget):
    """A defect that only one has: unit, class, name, place, why, its photo (``photos``: a line beside it has one)."""

    def __init__(
        self,
        found: FoundBy,
        told: tuple[str, str, str, str],
        why: str,
        role: theme.Role,
        photo: tuple[str, str, Callable[[str], object]],
        *,
        photos: bool,
    ) -> None:
        super().__init__()
        unit, defect_class, defect, where = told
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(12)
        parts: tuple[tuple[QWidget, int], ...] = (
            (CellMark(found), 20),
            (Text(unit, theme.BODY, 600), 84),
            (Text(defect_class, 14, 400, "text2"), 60),
            (Text(defect, theme.BODY, 500), 110),
            (Text(where, 14, 400, "text2"), 60),
            (Text(why, 14, 500, role, align=Qt.AlignmentFlag.AlignRight), 230),
        )
        for place, (part, wide) in enumerate(parts):
            grid.addWidget(part, 0, place)
            grid.setColumnMinimumWidth(place, wide)
        grid.setColumnStretch(3, 2)
        grid.setColumnStretch(4, 3)
        grid.setColumnStretch(5, 2)
        key, see, opened = photo
        grid.setColumnMinimumWidth(6, 84 if photos else 0)
        if key:
            button = Button(see, "text", icon="image", height=30, size=14)
            button.clicked.connect(lambda: opened(key))
            grid.addWidget(button, 0, 6)
        self.setAccessibleName(f"{unit}, {defect}, {why}")


class _Sample(QWidget):
    """One sample judged by itself."""

    def __init__(self, sample: SampleRow) -> None:
        super().__init__()
        layout = column(2)
        self.setLayout(layout)
        head = row(10)
        look = status.look("rejected" if sample.rejected else "normal")
        chip = StatusChip(sample.verdict, look.shape, look.role, size=theme.BODY)
        add(head, Text(sample.title, theme.BODY, 600), secondary(sample.note, "text3"), None, chip)
        add(layout, head, 2)
        for said, rejects in sample.classes:
            layout.addWidget(
                Text(said, theme.BODY, 500 if rejects else 400, "reject" if rejects else "text2")
            )
        layout.addStretch(1)
        self.setAccessibleName(f"{sample.title}: {sample.verdict}")


class _Checker(QWidget):
    def __init__(self, person: CheckerRow) -> None:
        super().__init__()
        whole, layout = column(4), row(10)
        self.setLayout(whole)
        whole.addLayout(layout)
        right = Qt.AlignmentFlag.AlignRight
        counts = column(0)
        add(
            counts,
            Text(person.found, theme.BODY, 600, align=right),
            Text(person.found_note, 13, 400, "text2", align=right),
        )
        layout.addWidget(PersonLine(person.name, person.note, side=38), 1)
        layout.addLayout(counts)
        for told in person.marks:
            whole.addWidget(Text(told, theme.SECONDARY, 500, "attention", wrap=True))


class _Estimate(Card):
    def __init__(self, words: Catalogue) -> None:
        super().__init__(words.say("What both probably missed"))
        self._circles, self._bar = CirclesPicture(), IntervalBar()
        self._sentence = Text("", 21, 600, wrap=True)
        self._how = secondary("", wrap=True)
        self._rule = Rule()
        self._meaning = Text("", theme.BODY, 600, wrap=True)
        self._learnt = secondary("", wrap=True)
        self._learnt.hide()
        add(
            self.body,
            self._circles,
            4,
            self._sentence,
            self._bar,
            self._how,
            4,
            self._rule,
            4,
            self._meaning,
            self._learnt,
            None,
        )

    def show_learnt(self, told: str) -> None:
        """Show what earlier rounds tell, under the signed figure."""
        self._learnt.setText(told)
        self._learnt.setVisible(bool(told))

    def show_estimate(self, estimate: EstimateRow) -> None:
        first, both, second = estimate.counts
        self._circles.setVisible(estimate.circles)
        self._circles.show_counts(estimate.names, estimate.notes, first, both, second, estimate.sentence)
        self._sentence.setText(estimate.sentence)
        self._bar.setVisible(estimate.interval is not None)
        if estimate.interval is not None:
            self._bar.show_interval(*estimate.interval, estimate.sentence)
        self._how.setText(estimate.how)
        self._meaning.setText(estimate.meaning)
        self._rule.setVisible(bool(estimate.meaning))
        self.show_learnt("")


class _Agreement(Card):
    def __init__(self, words: Catalogue) -> None:
        super().__init__(words.say("Agreement"))
        self._state = StatusChip("", "tick", "text2", size=14, weight=500)
        add(self.head, self._state)
        self._count = Text("", theme.SUBJECT, 700)
        self._said = Text("", theme.BODY - 1, 400, "text2", wrap=True)
        self._bar = ShareBar()
        line = row(10)
        line.addWidget(self._count)
        line.addWidget(self._said, 1, Qt.AlignmentFlag.AlignVCenter)
        add(self.body, line, self._bar)

    def show_agreement(self, agreement: AgreementRow, words: Catalogue) -> None:
        self._count.setText(agreement.count)
        self._said.setText(agreement.words)
        self._bar.setVisible(agreement.share is not None)
        if agreement.share is not None:
            self._bar.show_share(agreement.share, agreement.words, agreement.floor, agreement.floor_words)
        self._state.setVisible(bool(agreement.state))
        if agreement.state:
            look = status.look(agreement.state)
            self._state.show_state(
                agreement.state_words or status.word(agreement.state, words), look.shape, look.role
            )
