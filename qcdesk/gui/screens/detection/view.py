# SPDX-License-Identifier: Apache-2.0
"""What each check finds: the sentence, the share missed month by month, and the tables with the batches behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.detection.model import lines_model
from qcdesk.gui.screens.detection.rows import LISTINGS, Batches, Choices, Detected, LineRow, Listing
from qcdesk.gui.widgets.buttons import Button, Segments
from qcdesk.gui.widgets.cards import Card, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.forms import ChoiceField
from qcdesk.gui.widgets.lists import ROW, Table
from qcdesk.gui.widgets.narrow_forms import NarrowForm
from qcdesk.gui.widgets.notices import HALF_A_SECOND_MS, EmptyState
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import Places
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue, mark
from qcdesk.wording import states

START: Final[Mapping[str, str]] = {
    "period": "y1",
    "product": "",
    "procedure": "",
    "class": "",
    "code": "",
    "person": "",
}
"""What stands in the fields when nobody has chosen anything yet."""
PERIODS: Final = (
    ("d90", mark("Last 90 days")),
    ("y1", mark("Last 12 months")),
    ("y2", mark("Last 24 months")),
    ("all", mark("All there is")),
)
_WORDS: Final[Mapping[Listing, str]] = {
    "people": mark("By person"),
    "classes": mark("By class"),
    "codes": mark("By defect"),
    "pairs": mark("Pairs"),
    "escapes": mark("Escapes"),
}
_UNSORTED: Final = ("people", "pairs", "escapes")
"""Tables in the order of the names, and no other: nobody is ranked."""
_ROW_PX = 34


class _Answer(QWidget):
    """Asks for no more height than its parts need at least: else what scrolls would be as high as they like to be."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else super().heightForWidth(width)


class DetectionView(DeskPage):
    """``changed`` carries what stands in the fields; ``behind_wanted`` a table and its row, ``month_wanted`` a point."""

    changed = Signal(object)
    behind_wanted = Signal(str, object)
    month_wanted = Signal(int)
    comparison_wanted = Signal(object)
    print_wanted = Signal(str, str)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, say("What each check finds"))
        self.printing = Button(say("Print"), icon="printer")
        self.printing.clicked.connect(lambda: self.print_wanted.emit(self._last, self._about()))
        self.printing.setEnabled(False)
        add(self.acts, self.printing)
        self.places = Places(words, "detection")
        self.body.addWidget(self.places)
        self.words_card = Card(padding=16)
        self.words_card.body.setSpacing(2)
        self.sentence = Text("", theme.PAGE, 600, wrap=True, lines=2)
        self.more = Text("", theme.BODY, 400, "text2", wrap=True, lines=3)
        add(self.words_card.body, self.sentence, self.more)
        self.body.addWidget(self.words_card)
        columns = row(14)
        self.body.addLayout(columns, 1)
        columns.addWidget(self._choices_card())
        self.answers = QStackedWidget()
        self.answers.addWidget(self._answer())
        nothing = Card(padding=18)
        self.nothing = EmptyState(
            say("No defect is settled in what you chose"),
            say("A defect counts once both have signed, and a third person decided where they disagreed."),
            icon="chart-column",
        )
        nothing.body.addWidget(self.nothing, 1)
        self.answers.addWidget(nothing)
        columns.addWidget(self.answers, 1)
        self._late = QTimer(self, singleShot=True, interval=HALF_A_SECOND_MS)
        self._late.timeout.connect(self._say_working)
        self._last: Listing = "people"

    # cards ----------------------------------------------------------------------------------------------------------

    def _choices_card(self) -> QWidget:
        say = self.words.say
        self.form = NarrowForm(apart_px=6)
        every = (("", say("All")),)
        classes = [(code, states.defect_class(code, self.words)) for code in BY_SERIOUSNESS]
        self.form.put_row(
            ("period", ChoiceField(say("Period"), [(code, say(word)) for code, word in PERIODS]))
        )
        self.form.put_row(("person", ChoiceField(say("Whose checks"), (("", say("Everybody")),))))
        self.form.put_row(("product", ChoiceField(say("Product"), every)))
        self.form.put_row(
            ("procedure", ChoiceField(say("Procedure"), every)),
            ("class", ChoiceField(say("Class"), (*every, *classes))),
        )
        self.form.put_row(("code", ChoiceField(say("Defect"), every)))
        self.seen_by = secondary("", "text3", wrap=True)
        self.form.put_part(self.seen_by)
        self.form.fill(START)
        self.form.changed.connect(lambda: self.changed.emit(self.values()))
        return self.form.card(say("What is shown"), 300, 14)

    def _answer(self) -> QWidget:
        say = self.words.say
        holder = _Answer()
        lines = column(12)
        holder.setLayout(lines)
        self.chart_card = Card(padding=12)
        self.chart = ChartView()
        self.chart.setMinimumHeight(theme.current().px(196))
        self.chart.chosen.connect(lambda _panel, place: self.month_wanted.emit(place))
        self.chart_card.body.addWidget(self.chart, 1)
        self.table_card = Card(padding=12)
        head = row(12)
        self._tabs_place = row(0)
        self.tabs: Segments | None = None
        self.heading = Text("", theme.BODY, 600)
        self.leaving = Button(say("Back to the table"), "text", icon="arrow-left", height=34, size=14)
        self.leaving.clicked.connect(lambda: self._show_listing(self._last))
        self.heading.hide()
        self.leaving.hide()
        head.addLayout(self._tabs_place)
        head.addWidget(self.leaving)
        head.addWidget(self.heading)
        head.addStretch(1)
        self.table_card.body.addLayout(head)
        self.tables: dict[Listing, Table] = {}
        self.stack = QStackedWidget()
        for listing in LISTINGS:
            table = Table(lines_model(listing, self.words), say("Rows"), row_px=_ROW_PX)
            table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            table.horizontalHeader().setFixedHeight(30)
            if listing in _UNSORTED:
                table.setSortingEnabled(False)
            table.opened.connect(lambda picked, of=listing: self._open(of, picked))
            table.clicked.connect(lambda index: self._tell(index.data(ROW)))
            table.selectionModel().currentRowChanged.connect(self._moved)
            self.tables[listing] = table
            self.stack.addWidget(table)
        self.stack.setMinimumHeight(theme.current().px(98))
        self.table_card.body.addWidget(self.stack, 1)
        foot = row(12)
        self.told = Text("", theme.SECONDARY, 400, "text2", wrap=True, lines=2)
        self.opening = Button("", "text", icon="arrow-right", height=34, size=14)
        self.opening.clicked.connect(self._open_chosen)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.opening)
        self.table_card.body.addLayout(foot)
        lines.addWidget(self.chart_card, 4)
        lines.addWidget(self.table_card, 5)
        return Scroll(holder)

    # behaviour ------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {**START, **self.form.values()}

    def clear(self) -> None:
        """Show nothing of what was chosen or found, as for somebody else."""
        self.show_choices(Choices((), (), (), ()))
        self.form.fill({**START, "period": self.form.values()["period"]})
        self.seen_by.setText("")
        for table in self.tables.values():
            table.rows.show_rows(())
        self.chart.show_picture(None)
        self.words_card.hide()
        self.answers.hide()
        self.printing.setEnabled(False)
        self._look_at(self._last)

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong; nothing is on its way any more."""
        self._late.stop()
        super().show_problem(problem)

    @property
    def listing(self) -> Listing:
        """The table in view."""
        return LISTINGS[self.stack.currentIndex()]

    def _about(self) -> str:
        """Return what was chosen, in words."""
        chosen = []
        for code in START:
            field = self.form.field(code)
            assert isinstance(field, ChoiceField)
            if field.value() and field.isVisibleTo(self):
                chosen.append(field.edit.currentText())
        return " · ".join(chosen)

    def _open(self, listing: Listing, picked: object) -> None:
        if not isinstance(picked, LineRow):
            return
        if listing == "batches":
            self.comparison_wanted.emit(picked)
        elif listing != "escapes":
            self.behind_wanted.emit(listing, picked)

    def _open_chosen(self) -> None:
        self._open(self.listing, self.tables[self.listing].current_row())

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._tell(now.data(ROW))

    def _tell(self, picked: object) -> None:
        """Say what the chosen row comes to, and offer what is behind it."""
        say = self.words.say
        if not isinstance(picked, LineRow):
            self.told.setText(say("Choose a row, or a point of the picture, for the batches behind it."))
            self.told.set_role("text3")
            self.opening.hide()
            return
        self.told.setText(picked.told)
        self.told.set_role("text2")
        self.opening.setText(
            say("Open the comparison") if self.listing == "batches" else say("Batches behind it")
        )
        self.opening.setVisible(self.listing != "escapes")

    # setters --------------------------------------------------------------------------------------------------------

    def show_choices(self, choices: Choices) -> None:
        """Offer what there is."""
        say = self.words.say
        every = (("", say("All")),)
        for code, offered in (
            ("product", choices.products or every),
            ("procedure", choices.procedures or every),
            ("code", choices.codes or every),
            ("person", choices.people or (("", say("Your own checks")),)),
        ):
            field = self.form.field(code)
            assert isinstance(field, ChoiceField)
            field.set_choices(offered)
            if field.edit.currentIndex() < 0:
                field.edit.setCurrentIndex(0)
        self.seen_by.setText(
            say(
                "Evidence for the owner and the quality manager; in the order of the names, nobody is ranked."
            )
            if choices.people
            else say("You see your own checks. Those of others are for the owner and the quality manager.")
        )

    def show_working(self) -> None:
        """An answer is on its way; where it takes long, say so."""
        self._late.start()

    def _say_working(self) -> None:
        self.sentence.setText(self.words.say("Reading and counting …"))
        self.sentence.set_role("text3")

    def show_answer(self, answer: Detected) -> None:
        """Show the sentence, the picture and the tables."""
        say = self.words.say
        self._late.stop()
        self.problems.clear()
        self.sentence.setText(answer.sentence)
        self.sentence.set_role("text")
        self.more.setText(self.words.run_on(answer.more))
        there = answer.picture is not None
        self.printing.setEnabled(there)
        self.words_card.setVisible(there)
        self.answers.setCurrentIndex(0 if there else 1)
        self.answers.show()
        self.chart.show_picture(answer.picture)
        for listing, rows in answer.lists.items():
            self.tables[listing].rows.show_rows(rows)
        shown = tuple(one for one in _WORDS if not (answer.own and one in _UNSORTED))
        emptied(self._tabs_place)
        self.tabs = Segments(tuple((one, say(_WORDS[one])) for one in shown), say("Rows"))
        self.tabs.chosen.connect(self._show_listing)
        self._tabs_place.addWidget(self.tabs)
        self._show_listing(self._last if self._last in shown else shown[0])

    def _show_listing(self, listing: str) -> None:
        self._last = next(one for one in LISTINGS if one == listing)
        self._look_at(self._last)
        if self.tabs is not None:
            self.tabs.choose(self._last)

    def _look_at(self, listing: Listing) -> None:
        behind = listing == "batches"
        self.heading.setVisible(behind)
        self.leaving.setVisible(behind)
        if self.tabs is not None:
            self.tabs.setVisible(not behind)
        self.stack.setCurrentIndex(LISTINGS.index(listing))
        self._tell(self.tables[listing].current_row())

    def show_batches(self, batches: Batches) -> None:
        """Show the batches behind a row or a point, in the place of the table."""
        self.tables["batches"].rows.show_rows(batches.rows)
        self.heading.setText(batches.heading)
        self._look_at("batches")
        self.tables["batches"].setFocus(Qt.FocusReason.OtherFocusReason)
