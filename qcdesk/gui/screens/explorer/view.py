# SPDX-License-Identifier: Apache-2.0
"""What a plan lets through: the sentence, the fields beside its curve, and what other plans would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.explorer.charting import BESIDE
from qcdesk.gui.screens.explorer.model import plans_model
from qcdesk.gui.screens.explorer.plans import FIELDS_OF, WAYS, Way
from qcdesk.gui.screens.explorer.rows import Choices, Explored, PlanRow
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Rule, Scroll, add, column, row
from qcdesk.gui.widgets.chips import Icon
from qcdesk.gui.widgets.curve_view import CurveView, dashed_pen
from qcdesk.gui.widgets.forms import ChoiceField, LineField
from qcdesk.gui.widgets.lists import ROW, Table
from qcdesk.gui.widgets.narrow_forms import NarrowForm
from qcdesk.gui.widgets.notices import HALF_A_SECOND_MS, EmptyState, RefusalPanel, TroublePanel
from qcdesk.gui.widgets.pages import DeskPage
from qcdesk.gui.widgets.plan_fields import show_plan_fields
from qcdesk.gui.widgets.text import Text, paint_line, secondary, text_width
from qcdesk.i18n import Catalogue
from qcdesk.statistics.sampling_stages import PLAN_TYPES
from qcdesk.statistics.sampling_tables import AQLS, LEVELS, SEVERITIES, STANDARDS
from qcdesk.wording import states

START: Mapping[str, str] = {
    "way": "aql",
    "lot_size": "1800",
    "aql": "1.5",
    "level": "II",
    "severity": "normal",
    "plan_type": "single",
    "standard": "iso2859-1:1999",
    "n": "",
    "ac": "",
    "re": "",
    "counts": "percent",
    "share": "10",
    "limit": "5",
    "limit_risk": "10",
    "good": "1",
    "good_risk": "5",
    "bad": "6.5",
    "bad_risk": "10",
    "samples": "single",
    "procedure": "",
    "class": "major",
    "supplier": "",
}
"""What stands in the fields when nobody has chosen anything yet."""
_ROW_PX = 36


class ChartKey(QWidget):
    """Which line is which plan: a piece of each line with its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Name the lines, the solid one first."""
        self._lines = tuple(lines)
        self.setAccessibleName(", ".join(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = sum(text_width(words, theme.SECONDARY, 600) + 56 for words in self._lines)
        return QSize(wide, theme.current().line_box(theme.SECONDARY))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme.current().line_box(theme.SECONDARY))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = t.line_box(theme.SECONDARY)
        right = float(self.width())
        wides = [
            text_width(each, theme.SECONDARY, 400 if i else 600) + 2.0 for i, each in enumerate(self._lines)
        ]
        shown = len(wides)  # where room is short, the last ones go
        while shown > 1 and sum(wides[:shown]) + 54 * shown - 14 > right:
            shown -= 1
        for place, words in reversed(list(enumerate(self._lines[:shown]))):
            wide = min(wides[place], right - 40)
            left = right - wide
            ink = t.colour("text" if not place else "text2")
            box = QRectF(left, 0, wide, high)
            paint_line(painter, words, box, theme.SECONDARY, 600 if not place else 400, ink)
            dash = BESIDE[(place - 1) % len(BESIDE)] if place else "solid"
            painter.setPen(dashed_pen(dash, "edge" if place else "action", 1.8 if place else 3.0))
            painter.drawLine(round(left - 34), high // 2, round(left - 8), high // 2)
            right = left - 54


class ExplorerView(DeskPage):
    """``changed`` carries everything that stands in the fields; ``taken`` the fields of a plan of the table."""

    changed = Signal(object)
    taken = Signal(object)
    kept = Signal()
    cleared = Signal()
    use_wanted = Signal()
    print_wanted = Signal()
    second_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, say("What a plan lets through"), back=say("Procedures"))
        self.using = Button(say("Use in procedure"), "filled", icon="check")
        self.using.clicked.connect(self.use_wanted)
        self.keeping = Button(say("Keep beside"), icon="columns-2")
        self.keeping.clicked.connect(self.kept)
        self.printing = Button(say("Print"), icon="printer")
        self.printing.clicked.connect(self.print_wanted)
        add(self.acts, self.keeping, self.printing, self.using)
        self.about = Text("", theme.BODY, 400, "text2")
        self.page_note.hide()
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.beside.addWidget(self.about, 1)
        line = self.beside.parent()  # where room is short, the title goes before what it is about
        if isinstance(line, QBoxLayout):
            line.setStretchFactor(self.beside, 1)
            line.setStretch(line.count() - 1, 0)
        self.refused = RefusalPanel()
        self.refused.hide()
        self.body.addWidget(self.refused)
        self.body.addWidget(self._words_card())
        columns = row(14)
        self.body.addLayout(columns, 1)
        columns.addWidget(self._plan_card())
        columns.addWidget(self._answers(), 1)
        self._late = QTimer(self, singleShot=True, interval=HALF_A_SECOND_MS)
        self._late.timeout.connect(self._say_working)
        self._way: Way = "aql"
        self.book.hide()
        for line in (*self.more, self.others):
            line.hide()
        self.fill(START)

    # cards ----------------------------------------------------------------------------------------------------------

    def _words_card(self) -> Card:
        card = Card(padding=18)
        card.body.setSpacing(2)
        self.sentence = Text("", theme.PAGE, 600, wrap=True, lines=3)
        self.more = [Text("", theme.CARD - 1, 400, wrap=True, lines=2) for _ in range(3)]
        self.warning = TroublePanel()
        self.warning.hide()
        add(card.body, self.sentence, *self.more, self.warning)
        return card

    def _plan_card(self) -> QWidget:
        say = self.words.say
        self.form = NarrowForm({"lot": "lot_size", "rules": "n"})
        ways = {
            "aql": say("By AQL"),
            "zero": say("c = 0: one bad unit rejects"),
            "given": say("A plan by n, Ac and Re"),
            "share": say("A share of the lot"),
            "all": say("100 %"),
            "limit": say("Isolated lot, limiting quality"),
            "points": say("Designed from two points"),
        }
        severities = {
            "normal": say("Normal"),
            "tightened": say("Tightened"),
            "reduced": say("Reduced"),
        }
        books = list(zip(STANDARDS, (say("ISO 2859-1"), say("ANSI Z1.4")), strict=True))
        types = {"single": say("Single"), "double": say("Double"), "multiple": say("Multiple")}
        self.form.put_row(("way", ChoiceField(say("Kind of plan"), [(way, ways[way]) for way in WAYS])))
        self.form.put_row(
            ("lot_size", LineField(say("Batch size"))),
            ("aql", ChoiceField(say("AQL"), [(str(each), str(each)) for each in AQLS])),
        )
        self.form.put_row(
            ("level", ChoiceField(say("Level"), [(each, each) for each in LEVELS])),
            ("severity", ChoiceField(say("Severity"), [(each, severities[each]) for each in SEVERITIES])),
        )
        self.form.put_row(
            ("plan_type", ChoiceField(say("Samples"), [(each, types[each]) for each in PLAN_TYPES])),
            ("standard", ChoiceField(say("Standard"), books)),
        )
        self.form.put_row(
            ("n", LineField(say("Sample size n"))),
            ("ac", LineField(say("Allowed, Ac"))),
            ("re", LineField(say("Rejects, Re"))),
        )
        counts = (("percent", say("Bad units")), ("per_100", say("Every defect")))
        self.form.put_row(("counts", ChoiceField(say("It counts"), counts)))
        self.form.put_row(("share", LineField(say("Share of the lot, %"))))
        self.form.put_row(
            ("limit", LineField(say("Limiting quality, %"))),
            ("limit_risk", LineField(say("May pass, %"))),
        )
        self.form.put_row(
            ("good", LineField(say("Good: bad units, %"))), ("good_risk", LineField(say("May fail, %")))
        )
        self.form.put_row(
            ("bad", LineField(say("Bad: bad units, %"))), ("bad_risk", LineField(say("May pass, %")))
        )
        kinds = (("single", say("Single")), ("double", say("Double")), ("zero", say("c = 0")))
        self.form.put_row(("samples", ChoiceField(say("Cheapest of kind"), kinds)))
        self.hint = secondary("", "text3", wrap=True)
        self.form.put_part(self.hint)
        self.form.put_part(Rule())
        classes = [(code, states.defect_class(code, self.words)) for code in BY_SERIOUSNESS]
        self.form.put_row(
            ("procedure", ChoiceField(say("In procedure"))), ("class", ChoiceField(say("Class"), classes))
        )
        self.form.put_row(("supplier", ChoiceField(say("Real lots of"))))
        self.source = secondary("", "text3", wrap=True)
        self.others = secondary("", "text2", wrap=True)
        line = row(8)
        self.book = Icon("book-open", "text3", 16)
        line.addWidget(self.book, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.source, 1)
        self.form.put_part(self.others)
        self.form.put_part(line)
        self.form.lines.addStretch(1)
        self.form.changed.connect(self._touched)
        return self.form.card(say("Plan"), 348, 16)

    def _answers(self) -> QWidget:
        say = self.words.say
        holder = QWidget()
        answers = column(14)
        holder.setLayout(answers)
        self.chart_card = Card(say("How often a batch passes"), padding=18)
        self.key = ChartKey()
        self.chart_card.note.hide()
        self.chart_card.head.addWidget(self.key)
        self.chart = CurveView(say("How often a batch passes"))
        self.chart.setMinimumHeight(theme.current().px(190))
        self.empty = EmptyState(
            say("No plan yet"), say("Fill in the fields on the left; the curve follows."), icon="chart-column"
        )
        self.empty.hide()
        self.chart_card.body.addWidget(self.chart, 1)
        self.chart_card.body.addWidget(self.empty, 1)
        self.table_card = Card(say("Choose with the work in view"), " ", padding=16)
        self.clearing = Button(say("Leave out what was kept"), "text", height=30, size=13)
        self.clearing.clicked.connect(self.cleared)
        self.clearing.hide()
        self.table_card.head.addWidget(self.clearing)
        second = Button(say("What does a second check buy?"), "text", height=30, size=13)
        second.clicked.connect(self.second_wanted)
        self.table_card.head.addWidget(second)
        self.table = Table(plans_model(self.words), say("Plans to compare"), row_px=_ROW_PX)
        self.table.clicked.connect(lambda index: self._take(index.data(ROW)))
        self.table.opened.connect(self._take)
        if any("\n" in each.heading for each in self.table.rows.columns):
            self.table.horizontalHeader().setFixedHeight(2 * theme.current().line_box(theme.LABEL) + 8)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table_card.body.addWidget(self.table)
        answers.addWidget(self.chart_card, 1)
        answers.addWidget(self.table_card)
        return Scroll(holder)

    # behaviour ------------------------------------------------------------------------------------------------------

    def _touched(self) -> None:
        self._settle()
        self.changed.emit(self.values())

    def _take(self, picked: object) -> None:
        if isinstance(picked, PlanRow) and not picked.here:
            self.taken.emit(picked.fields)

    def values(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return self.form.values()

    def fill(self, values: Mapping[str, str]) -> None:
        """Show values; what is not named stays."""
        self.form.fill({**self.form.values(), **values})
        self._settle()

    def _settle(self) -> None:
        """Show the fields of the way that is chosen, and no others."""
        say = self.words.say
        values = self.form.values()
        self._way = next((way for way in WAYS if way == values["way"]), "aql")
        show_plan_fields(self.form, FIELDS_OF, self._way)
        hints = {
            "aql": say("Severity follows from the lots before; a procedure states the AQL.")
            if values["severity"] != "normal"
            else "",
            "zero": say("Without n, the AQL says how many."),
            "given": say("Of several samples write all numbers, apart by spaces: 80 80."),
            "limit": say("For a lot that stands alone, without others before it."),
            "points": say("Without a batch size, for any large batch."),
        }
        if values["class"] == "critical":
            hints["aql"] = say("No critical is accepted; the AQL only says how many units.")
        self.hint.setText(hints.get(self._way, ""))
        self.hint.setVisible(bool(hints.get(self._way)))

    def show_choices(self, choices: Choices) -> None:
        """Offer what there is."""
        for code, offered in (("procedure", choices.procedures), ("supplier", choices.suppliers)):
            field = self.form.field(code)
            assert isinstance(field, ChoiceField)
            field.set_choices(offered)
            if not field.value():
                field.edit.setCurrentIndex(0)

    def show_head(self, back: str, note: str, use: str) -> None:
        """Say where the way back leads, what the plan is for, and what the button does."""
        self.back.setText(back)
        self.about.setText(note)
        self.using.setText(use)

    def show_working(self) -> None:
        """An answer is being computed; where it takes long, say so."""
        self._late.start()

    def _say_working(self) -> None:
        self.sentence.setText(self.words.say("Computing the plan …"))
        self.sentence.set_role("text3")

    def show_answer(self, answer: Explored) -> None:
        """Show what the plan does."""
        self._late.stop()
        self.form.unmark()
        self.sentence.setText(answer.sentence)
        self.sentence.set_role("text")
        for line, text in zip(self.more, (*answer.more, "", "", ""), strict=False):
            line.setText(text)
            line.setVisible(bool(text))
        self.warning.show_words(answer.warning, "")
        self.warning.setVisible(bool(answer.warning))
        self.source.setText(answer.source)
        self.book.show()
        self.others.setText(answer.others)
        self.others.setVisible(bool(answer.others))
        self.chart.show_curves(answer.chart)
        self.chart.show()
        self.key.show()
        self.table_card.show()
        self.empty.hide()
        say = self.words.say
        names = [each.name for each in answer.rows]
        self.key.show_lines([say("this plan, {plan}", plan=names[0]), *names[1:]] if names else [])
        self.table.rows.show_rows(answer.rows)
        head = self.table.horizontalHeader().height()
        self.table.setFixedHeight(head + _ROW_PX * max(1, len(answer.rows)) + 2)
        self._mark_here()
        self.table_card.note.setText(answer.time_note)
        self.clearing.setVisible(any(each.kept for each in answer.rows))
        self.refused.hide()

    def _mark_here(self) -> None:
        proxy = self.table.model()
        for place in range(proxy.rowCount()):
            found = proxy.index(place, 0).data(ROW)
            if isinstance(found, PlanRow) and found.here:
                flags = QItemSelectionModel.SelectionFlag
                self.table.selectionModel().setCurrentIndex(
                    proxy.index(place, 0), flags.ClearAndSelect | flags.Rows
                )

    def show_wrong(self, field: str, fact: str) -> None:
        """Say what is wrong, and mark its field; the last good plan stays in view, told as what it is."""
        self._late.stop()
        marked = self.form.mark(field, fact)
        self.refused.setVisible(not marked)
        self.refused.show_words(fact, "")
        self.sentence.set_role("text3")
        for line in self.more:
            line.hide()
        self.sentence.setText(self.words.say("Below stands the plan before what is marked."))
        if not self.table.rows.rowCount():
            self.sentence.setText(self.words.say("No plan yet"))
            self.chart.hide()
            self.key.hide()
            self.table_card.hide()
            self.empty.show()

    def show_refused(self, fact: str, way: str) -> None:
        """Say why the plan cannot be used."""
        self.refused.show_words(fact, way)
        self.refused.show()

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong."""
        self._late.stop()
        self.problems.show_problem(problem)
