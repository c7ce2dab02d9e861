# SPDX-License-Identifier: Apache-2.0
"""What the readings and findings of a product say: the sentence, the chart, the points that broke a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.analysis.model import lines_model
from qcdesk.gui.screens.analysis.rows import (
    Analysed,
    Choice,
    Choices,
    Chosen,
    LineRow,
    Listed,
    Listing,
    Nothing,
)
from qcdesk.gui.widgets.buttons import Button, Segments
from qcdesk.gui.widgets.cards import Card, add, column, emptied, row
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.gui.widgets.forms import ChoiceField, DateField, Field
from qcdesk.gui.widgets.lists import ROW, Table
from qcdesk.gui.widgets.narrow_forms import NarrowForm
from qcdesk.gui.widgets.notices import HALF_A_SECOND_MS, EmptyState, TroublePanel
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.places import Places
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue, mark

START: Final[Mapping[str, str]] = {
    "product": "",
    "what": "",
    "supplier": "",
    "period": "all",
    "since": "",
    "until": "",
    "place": "first",
    "kind": "",
    "rules": "nelson",
    "limits": "own",
    "base_since": "",
    "base_until": "",
    "look": "time",
}
"""What stands in the fields when nobody has chosen anything yet."""
PERIODS: Final = (
    ("all", mark("All there is")),
    ("d30", mark("Last 30 days")),
    ("d90", mark("Last 90 days")),
    ("y1", mark("Last 12 months")),
    ("year", mark("This year")),
    ("days", mark("From one day to another")),
)
_LISTINGS: Final[tuple[Listing, ...]] = ("broken", "points", "figures", "causes", "lots")
_ROW_PX = 34
_PANEL_PX = 140  # of each panel of a chart, with its words and its share of the axis


class AnalysisView(DeskPage):
    """``changed`` carries everything that stands in the fields; ``spotted`` the point of the chart that is chosen."""

    changed = Signal(object)
    spotted = Signal(object)
    batch_wanted = Signal(str)
    freeze_wanted = Signal()
    forget_wanted = Signal()
    print_wanted = Signal(str)
    acted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, say("Analysis"))
        self.freezing = Button(say("Use these limits from here on"), icon="lock")
        self.freezing.clicked.connect(self.freeze_wanted)
        self.freezing.hide()
        self.forgetting = Button(say("Forget the kept limits"), icon="x")
        self.forgetting.clicked.connect(self.forget_wanted)
        self.forgetting.hide()
        self.printing = Button(say("Print"), icon="printer")
        self.printing.clicked.connect(lambda: self.print_wanted.emit(self._listing))
        keeps = self.printing.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # the keys below stay where they are
        self.printing.setSizePolicy(keeps)
        add(self.acts, self.freezing, self.printing, self.forgetting)
        self.places = Places(words, "analysis")
        self.body.addWidget(self.places)
        self.body.addWidget(self._words_card())
        columns = row(14)
        self.body.addLayout(columns, 1)
        columns.addWidget(self._choices_card())
        self.answers = QStackedWidget()
        self.answers.addWidget(self._answer())
        nothing = Card(padding=18)
        self._nothing = column(0)
        nothing.body.addLayout(self._nothing, 1)
        self.answers.addWidget(nothing)
        columns.addWidget(self.answers, 1)
        self._late = QTimer(self, singleShot=True, interval=HALF_A_SECOND_MS)
        self._late.timeout.connect(self._say_working)
        self._sentence = ""
        self._chosen: Chosen | None = None
        self._lists: dict[Listing, Listed] = {}
        self._filling = False
        self._of_readings = True
        self._looks: tuple[str, ...] = ()
        self._look = "time"
        self.fill(START)
        self.words_card.hide()
        self.printing.hide()
        self.answers.setCurrentIndex(1)

    # cards ----------------------------------------------------------------------------------------------------------

    def _words_card(self) -> Card:
        self.words_card = card = Card(padding=14)
        card.body.setSpacing(2)
        self.sentence = Text("", theme.PAGE, 600, wrap=True, lines=2)
        self.more = [Text("", theme.BODY, 400, "text2", wrap=True, lines=2) for _ in range(4)]
        self.warning = TroublePanel()
        add(card.body, self.sentence, *self.more, self.warning)
        for part in (*self.more, self.warning):
            part.hide()
        return card

    def _choices_card(self) -> QWidget:
        say = self.words.say
        self.form = NarrowForm(apart_px=6)
        self.form.setStyleSheet(
            "QComboBox, QDateEdit { min-height: 24px; padding-top: 5px; padding-bottom: 5px; }"
        )
        self.form.put_row(("product", ChoiceField(say("Product"))))
        self.form.put_row(("what", ChoiceField(say("What is charted"))))
        self.form.put_row(("supplier", ChoiceField(say("Supplier"))))
        periods = [(code, say(word)) for code, word in PERIODS]
        checks = (
            ("first", say("First check")),
            ("second", say("Second check")),
            ("both", say("Both checks")),
        )
        self.form.put_row(("period", ChoiceField(say("Period"), periods)))
        none = say("no end")
        self.form.put_row(
            ("since", DateField(say("From"), optional=True, none_words=none)),
            ("until", DateField(say("Up to and with"), optional=True, none_words=none)),
        )
        self.form.put_row(("place", ChoiceField(say("Readings of"), checks)))
        rules = (
            ("nelson", say("Nelson, 8 rules")),
            ("we", say("Western Electric, 4")),
            ("shewhart", say("Beyond a limit only")),
        )
        self.form.put_row(("kind", ChoiceField(say("Chart"))))
        self.form.put_row(("rules", ChoiceField(say("Rules"), rules)))
        self.form.put_row(("limits", ChoiceField(say("Control limits"))))
        self.form.put_row(
            ("base_since", DateField(say("Limits from"), optional=True, none_words=none)),
            ("base_until", DateField(say("Up to and with"), optional=True, none_words=none)),
        )
        self.form.changed.connect(self._touched)
        return self.form.card(say("What is shown"), 338, 14)

    def _answer(self) -> QWidget:
        say = self.words.say
        holder = QWidget()
        lines = column(12)
        holder.setLayout(lines)
        self.chart_card = Card(" ", " ", padding=14)
        self.chart_card.head.setSpacing(10)
        self.chart_card.heading.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.chart_card.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.chart_card.head.setStretch(1, 0)  # what is beside the title begins right after it
        self.chart_card.head.setStretchFactor(self.chart_card.note, 1)
        self.looks: Segments | None = None
        self._looks_place = row(0)
        self.chart_card.head.addLayout(self._looks_place)
        self.chart = ChartView()
        self.chart.setMinimumHeight(theme.current().px(190))
        self.chart.chosen.connect(lambda panel, index: self.spotted.emit((panel, index)))
        self.chart_card.body.addWidget(self.chart, 1)
        self.table_card = Card(padding=12)
        head = row(12)
        self._tabs_place = row(0)
        self.tabs: Segments | None = None
        self.told = Text("", theme.SECONDARY, 400, "text3", wrap=True, lines=2)
        self.opening = Button(say("Open the batch"), height=34, size=14)
        self.opening.clicked.connect(self._open_chosen)
        head.addLayout(self._tabs_place)
        head.addWidget(self.told, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.opening)
        self.opening.hide()
        self.table_card.body.addLayout(head)
        self.tables: dict[Listing, Table] = {}
        self.stack = QStackedWidget()
        for listing in _LISTINGS:
            table = Table(lines_model(listing, self.words), say("Rows of the chart"), row_px=_ROW_PX)
            table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            table.horizontalHeader().setFixedHeight(30)
            table.opened.connect(self._opened)
            table.clicked.connect(lambda index: self._picked(index.data(ROW)))
            table.selectionModel().currentRowChanged.connect(self._moved)
            self.tables[listing] = table
            self.stack.addWidget(table)
        self.stack.setMinimumHeight(theme.current().px(96))
        self.stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.table_card.body.addWidget(self.stack, 1)
        lines.addWidget(self.chart_card, 3)
        lines.addWidget(self.table_card, 2)
        return holder

    def _hint(self) -> str:
        return self.words.say(
            "Press a point for what is behind it. The wheel enlarges, a double click shows all."
        )

    # behaviour ------------------------------------------------------------------------------------------------------

    def _touched(self) -> None:
        self._settle()
        self.changed.emit(self.values())

    def values(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {**self.form.values(), "look": self._look}

    def fill(self, values: Mapping[str, str]) -> None:
        """Show values; what is not named stays."""
        self._look = values.get("look", self._look)
        self.form.fill({**self.form.values(), **values})
        self._settle()

    def _settle(self) -> None:
        """Show the fields that matter for what is chosen, and no others."""
        values = self.form.values()
        over_time = self._look == "time"
        shown = {
            "since": values["period"] == "days",
            "until": values["period"] == "days",
            "place": self._of_readings,
            "kind": over_time,
            "rules": over_time and values["kind"] not in ("ewma", "cusum"),
            "limits": over_time,
            "base_since": over_time and values["limits"] == "period",
            "base_until": over_time and values["limits"] == "period",
        }
        for code, visible in shown.items():
            control = self.form.field(code)
            assert isinstance(control, Field)
            control.setVisible(visible)

    def show_choices(self, choices: Choices) -> None:
        """Offer what there is."""
        for code, offered in (
            ("product", choices.products),
            ("what", choices.whats),
            ("supplier", choices.suppliers),
        ):
            self._offer(code, offered)
        say = self.words.say
        limits = [("own", say("From these points")), ("period", say("From an earlier period"))]
        self._offer("limits", [*limits, ("kept", choices.kept)] if choices.kept else limits)

    def show_back(self, words: str) -> None:
        """Say where the way back leads; an empty text: nowhere."""
        self.back.setText(words)
        self.back.setVisible(bool(words))

    def show_kinds(
        self, kinds: Sequence[Choice], looks: Sequence[Choice], look: str, *, readings: bool
    ) -> None:
        """Offer the charts of what is chosen, and the ways to look at it; one of them is in view."""
        self._of_readings, self._look = readings, look
        self._offer("kind", kinds)
        if tuple(code for code, _ in looks) != self._looks:
            self._looks = tuple(code for code, _ in looks)
            emptied(self._looks_place)
            self.looks = Segments(tuple(looks), self.words.say("How it is looked at"))
            self.looks.chosen.connect(self._look_at)
            self._looks_place.addWidget(self.looks)
        if self.looks is not None:
            self.looks.choose(look)
        self._settle()

    def _offer(self, code: str, offered: Sequence[Choice]) -> None:
        field = self.form.field(code)
        assert isinstance(field, ChoiceField)
        field.set_choices(offered)
        if field.edit.currentIndex() < 0:
            field.edit.setCurrentIndex(0)

    def _look_at(self, look: str) -> None:
        if look != self._look:
            self._look = look
            self._touched()

    def _opened(self, picked: object) -> None:
        if isinstance(picked, LineRow) and picked.batch:
            self.batch_wanted.emit(picked.batch)
        elif isinstance(picked, LineRow):
            self._picked(picked)

    def _picked(self, picked: object) -> None:
        if isinstance(picked, LineRow) and not self._filling:
            if picked.spot is not None:
                self.spotted.emit(picked.spot)
            elif picked.batch:
                self.show_chosen(
                    Chosen((0, 0), picked.cells[0], picked.broken, picked.batch, picked.number, marked=False)
                )

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._filling and self.tables[self._listing].hasFocus():
            self._picked(now.data(ROW))

    @property
    def _listing(self) -> Listing:
        return _LISTINGS[self.stack.currentIndex()]

    def _open_chosen(self) -> None:
        if self._chosen is not None and self._chosen.batch:
            self.batch_wanted.emit(self._chosen.batch)

    # setters --------------------------------------------------------------------------------------------------------

    def show_working(self) -> None:
        """An answer is on its way; where it takes long, say so."""
        self._late.start()

    def _say_working(self) -> None:
        self.sentence.setText(self.words.say("Reading and computing …"))
        self.sentence.set_role("text3")
        self.words_card.show()

    def _say_last(self) -> None:
        """Say what the chart in view came to, as something that is not what was asked for now."""
        self.sentence.setText(self._sentence)
        self.sentence.set_role("text3")
        self.words_card.setVisible(bool(self._sentence))

    def show_answer(self, answer: Analysed) -> None:
        """Show the chart with its words and rows."""
        self._late.stop()
        self.problems.clear()
        self.form.unmark()
        self.words_card.show()
        self._sentence = answer.sentence
        self.sentence.setText(answer.sentence)
        self.sentence.set_role("text")
        for line, text in zip(self.more, (*answer.more, "", "", "", ""), strict=False):
            line.setText(text)
            line.setVisible(bool(text))
        self.warning.show_words(answer.warning, "")
        self.warning.setVisible(bool(answer.warning))
        self.chart_card.heading.setText(answer.title)
        self.chart_card.note.setText(answer.note)
        self.chart_card.note.setToolTip(answer.note)
        self.chart.setMinimumHeight(theme.current().px(max(190, _PANEL_PX * len(answer.picture.panels))))
        self.chart.show_picture(replace(answer.picture, title=""))
        self.chart.setAccessibleName(answer.title)
        self.chart.setAccessibleDescription(answer.sentence)
        self.show_lists(answer.lists)
        self.show_chosen(None)
        self.freezing.setVisible(answer.freezing)
        self.forgetting.setVisible(answer.forgetting)
        self.printing.show()
        self.answers.setCurrentIndex(0)

    def show_lists(self, lists: Sequence[Listed], which: Listing | None = None) -> None:
        """Show the tables below the chart, the first of them or ``which`` in view."""
        self._filling = True
        self._lists = {one.listing: one for one in lists}
        for one in lists:
            self.tables[one.listing].rows.show_rows(one.rows)
        self._filling = False
        emptied(self._tabs_place)
        self.tabs = Segments(tuple((one.listing, one.word) for one in lists), self.words.say("Rows"))
        self.tabs.chosen.connect(self._show_listing)
        self._tabs_place.addWidget(self.tabs)
        filled = next((one for one in lists if one.rows), lists[0])
        self._show_listing(which or filled.listing)

    def _show_listing(self, listing: str) -> None:
        shown = next(one for one in _LISTINGS if one == listing)
        if self.tabs is not None:
            self.tabs.choose(shown)
        self.stack.setCurrentIndex(_LISTINGS.index(shown))
        if self._chosen is None:
            self.told.setText(self._lists[shown].note)

    def show_chosen(self, chosen: Chosen | None) -> None:
        """Say what the chosen point is and offer its batch; None: nothing is chosen."""
        self._chosen = chosen
        self.told.setText(chosen.words if chosen else self._lists[self._listing].note)
        self.told.setToolTip(chosen.words if chosen else "")
        self.told.set_role("text" if chosen else "text3")
        self.told.set_weight(600 if chosen and chosen.broken else 400)
        self.opening.setVisible(bool(chosen and chosen.batch))
        self.opening.setEnabled(bool(chosen and chosen.batch))
        if chosen is not None and chosen.batch:
            self.opening.setText(self.words.say("Open {batch}", batch=chosen.number))
        if chosen is None:
            self.chart.unmark()
        else:
            self._mark(chosen)
            if chosen.marked:
                self.chart.mark(*chosen.spot)

    def _mark(self, chosen: Chosen) -> None:
        """Show the row of the chosen point as the chosen one; no signal."""
        proxy = self.tables[self._listing].model()
        selection = self.tables[self._listing].selectionModel()
        self._filling = True
        for place in range(proxy.rowCount()):
            found = proxy.index(place, 0).data(ROW)
            if isinstance(found, LineRow) and found.spot == chosen.spot and found.batch == chosen.batch:
                flags = QItemSelectionModel.SelectionFlag
                selection.setCurrentIndex(proxy.index(place, 0), flags.ClearAndSelect | flags.Rows)
                break
        else:
            selection.clear()
        self._filling = False

    def show_nothing(self, nothing: Nothing) -> None:
        """Say why there is no chart, and what comes next."""
        self._late.stop()
        self.problems.clear()
        self.form.unmark()
        self._sentence = ""
        self.words_card.hide()
        self.freezing.hide()
        self.forgetting.setVisible(nothing.forgetting)
        self.printing.hide()
        emptied(self._nothing)
        empty = EmptyState(nothing.fact, nothing.way, nothing.act, icon="chart-column")
        empty.button.set_icon("")
        empty.acted.connect(self.acted)
        self._nothing.addWidget(empty, 1)
        self.answers.setCurrentIndex(1)

    def show_wrong(self, field: str, fact: str) -> None:
        """Say what is wrong beside its field; the last chart stays in view."""
        self._late.stop()
        self.form.mark(field, fact)
        self._say_last()

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong; the last chart stays in view."""
        self._late.stop()
        self._say_last()
        self.problems.show_problem(problem)
