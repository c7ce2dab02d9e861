# SPDX-License-Identifier: Apache-2.0
"""The page on which a version of a procedure is written; what the sampling means is said while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.procedures import texts
from qcdesk.gui.screens.procedures.characteristic_form import WRONG_FIELDS, CharacteristicForm
from qcdesk.gui.screens.procedures.rows import Choices, ClassText, Written
from qcdesk.gui.screens.procedures.view import EXAMPLE_LOT, plan_line
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Rule, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.forms import Check, ChoiceField, DateField, Field, LineField, TextField
from qcdesk.gui.widgets.notices import RefusalPanel
from qcdesk.gui.widgets.pages import DeskPage, Form
from qcdesk.gui.widgets.picture_field import PictureField
from qcdesk.gui.widgets.repeated import LinesEditor
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue
from qcdesk.statistics.sampling_tables import AQLS, LEVELS, STANDARDS
from qcdesk.wording import modes, samples, severities, states

LANGUAGES = (("en", "English"), ("vi", "Tiếng Việt"), ("zh_CN", "中文"), ("th", "ไทย"))
_RULE_FIELDS = ("rules", "aql", "level", "n", "kind", "class", "plan_type", "standard")
_USUAL_RULE = {"level": "II", "standard": STANDARDS[0], "plan_type": "single"}
_LINES_OF = {"step": "steps", "defect": "defects", "characteristic": "characteristics"}


class WritingView(DeskPage):
    """``save_wanted`` carries everything that stands in the fields."""

    save_wanted = Signal(object)
    explain_wanted = Signal(object, str)
    explore_wanted = Signal(str, object, str)
    """A class, the fields of the rules by class, and the example lot."""
    left = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, back=say("Procedures"))
        self._dirty = False
        self._choices = Choices((), (), ())
        self.leaving = Button(say("Back, change nothing"), "text")
        self.leaving.clicked.connect(self.left)
        self.saving = Button(say("Save the draft"), "filled", icon="check")
        self.saving.clicked.connect(self.save)
        add(self.acts, self.leaving, self.saving)
        self.back.clicked.disconnect()
        self.back.clicked.connect(self._back)
        self.unsaved = RefusalPanel(
            say("What you changed is not saved."), say("Save the draft, or go back without it.")
        )
        self.unsaved.hide()
        self.body.addWidget(self.unsaved)
        columns = row(14)
        self.body.addLayout(columns, 1)
        holder = QWidget()
        left = column(14, (0, 0, 6, 0))
        holder.setLayout(left)
        self.scroll_left = Scroll(holder)
        columns.addWidget(self.scroll_left, 2)
        add(left, self._what_card(), self._steps_card(), self._defects_card(), self._measured_card(), None)
        side = QWidget()
        right = column(14, (0, 0, 6, 0))
        side.setLayout(right)
        scroll = Scroll(side)
        scroll.setMinimumWidth(theme.current().px(430))
        columns.addWidget(scroll, 1)
        add(right, self._sampling_card(), self._options_card(), None)
        self.form.changed.connect(self._touched)
        for lines in (self.products, self.steps, self.defects, self.characteristics):
            lines.changed.connect(self._touched)

    # cards ----------------------------------------------------------------------------------------------------------

    def _what_card(self) -> Card:
        say = self.words.say
        card = Card(say("What it is about"))
        self.form = Form({"reference": "code"})
        self.form.put(
            ("code", LineField(say("Number"), say("Such as IP-204; it stays for good"))),
            ("title", LineField(say("Title"))),
            shares=(1, 2),
        )
        self.owner = ChoiceField(say("Owner"), (), say("Who keeps it right"))
        self.form.put(
            ("owner", self.owner),
            ("review_by", DateField(say("Review by"), say("After that day nobody can start under it"))),
        )
        self.products = LinesEditor(
            self.words, self._product_line, add_word=say("Add a product"), none_words=say("No product yet.")
        )
        note = TextField(say("Note"), height=64)
        self.form.know("note", note)
        add(card.body, self.form, self.products, note)
        return card

    def _product_line(self) -> Form:
        form = Form()
        form.put(("product", ChoiceField(self.words.say("For these products"), self._choices.products)))
        return form

    def _steps_card(self) -> Card:
        say = self.words.say
        card = Card(say("Work instruction"), say("shown beside the unit"))
        self.steps = LinesEditor(
            self.words,
            self._step_line,
            add_word=say("Add a step"),
            none_words=say("No steps yet. Inspectors see what to look at, and how."),
            movable=True,
            ruled=True,
        )
        card.body.addWidget(self.steps)
        return card

    def _step_line(self) -> Form:
        say = self.words.say
        form = Form()
        form.put(
            ("title", LineField(say("Step"))),
            ("language", ChoiceField(say("Written in"), LANGUAGES)),
            shares=(3, 1),
        )
        form.put(("text", TextField(say("What to do"), height=68)))
        picture = PictureField(say("Picture"), say("Choose a picture"), say("Leave it out"))
        form.put(("picture", picture))
        return form

    def _defects_card(self) -> Card:
        say = self.words.say
        card = Card(say("Defects"), say("each becomes a key"))
        self.defects = LinesEditor(
            self.words,
            self._defect_line,
            add_word=say("Add a defect"),
            none_words=say("No defect yet. They come from the catalogue of defect codes."),
            movable=True,
        )
        self.defects_mode = ChoiceField(
            say("Second check of the defects"), modes.choices(self.words, destructive=False)
        )
        self.defects_mode.below.hide()
        self._defects_meaning = secondary("", wrap=True)
        self.form.know("defects_mode", self.defects_mode)
        self.defects_mode.changed.connect(self._settle_modes)
        add(card.body, self.defects, 4, Rule(), 2, self.defects_mode, self._defects_meaning)
        return card

    def _classes(self) -> list[tuple[str, str]]:
        return [(code, states.defect_class(code, self.words)) for code in BY_SERIOUSNESS]

    def _defect_line(self) -> Form:
        say = self.words.say
        form = Form()
        code = ChoiceField(say("Defect"), self._choices.defects)
        form.put(("code", code), ("class", ChoiceField(say("Class here"), self._classes())), shares=(3, 1))
        return form

    def _measured_card(self) -> Card:
        say = self.words.say
        card = Card(say("Characteristics"), say("measured, or judged one by one"))
        self.characteristics = LinesEditor(
            self.words,
            self._characteristic_line,
            add_word=say("Add a characteristic"),
            none_words=say("None yet."),
            movable=True,
            ruled=True,
        )
        card.body.addWidget(self.characteristics)
        return card

    def _characteristic_line(self) -> Form:
        return CharacteristicForm(self.words, tally=self._counted())

    def _counted(self) -> bool:
        tally = self.form.field("tally")
        return isinstance(tally, Check) and tally.isChecked()

    def _sampling_card(self) -> Card:
        say = self.words.say
        card = Card(say("Sampling"))
        kinds = (
            ("", say("Not inspected")),
            ("aql", say("AQL")),
            ("zero", say("c = 0")),
            ("all", say("100 %")),
        )
        books = [
            (each, word) for each, word in zip(STANDARDS, (say("ISO 2859-1"), say("ANSI Z1.4")), strict=True)
        ]
        self.rules: dict[str, Form] = {}
        for place, code in enumerate(BY_SERIOUSNESS):
            form = Form()
            kind = ChoiceField(states.defect_class(code, self.words), kinds)
            aql = ChoiceField(say("AQL"), [("", say("none")), *((str(a), str(a)) for a in AQLS)])
            level = ChoiceField(say("Level"), [(each, each) for each in LEVELS])
            n = LineField(say("Fixed number of units; empty: what the AQL asks for"))
            form.put(("kind", kind), ("aql", aql), ("level", level), shares=(6, 4, 4))
            form.put(("n", n))
            standard = ChoiceField(say("Standard"), books)
            if code == "critical":  # one critical rejects: there is nothing for a second sample
                form.put(("standard", standard))
            else:
                types = [(each, say(told)) for each, told in samples.PLAN_TYPE_CHOICES.items()]
                samples_field = ChoiceField(say("Samples"), types)
                form.put(("plan_type", samples_field), ("standard", standard), shares=(7, 5))
            for control in form.controls():
                if not isinstance(control, Check):
                    control.below.hide()
                if isinstance(control, ChoiceField):
                    control.make_narrow(3)
            form.changed.connect(lambda c=code: self._rule_changed(c))
            self.rules[code] = form
            if place:
                card.body.addWidget(Rule())
            card.body.addWidget(form)
        self.switching = ChoiceField(
            say("Severity switches by"),
            [(code, say(told)) for code, told in (*severities.EDITIONS.items(), (texts.OFF, severities.OFF))],
        )
        self.reduced = ChoiceField(
            say("Reduced inspection, once the lots allow it"),
            [(code, say(told)) for code, told in severities.REDUCED.items()],
        )
        for choice in (self.switching, self.reduced, self.defects_mode):
            choice.make_narrow(20)
        self.form.know("switching", self.switching)
        self.form.know("reduced", self.reduced)
        self.switching.changed.connect(self._settle_switching)
        add(card.body, Rule(), self.switching, self.reduced)
        self.rules_wrong = Text("", theme.LABEL, 600, "reject", wrap=True)
        self.rules_wrong.hide()
        self.lot = LineField(say("For a lot of"), say("Try other sizes; it is not saved"))
        self.lot.set_value(EXAMPLE_LOT)
        self.lot.changed.connect(self._explain)
        self.plans = column(8)
        ground = column(8, (0, 8, 0, 0))
        add(ground, Rule(), self.lot, self.plans)
        card.body.addWidget(self.rules_wrong)
        card.body.addLayout(ground)
        return card

    def _options_card(self) -> Card:
        say = self.words.say
        card = Card(say("How it is checked"))
        for code, line in (
            ("tally", say("Count only: units cannot be told apart")),
            ("not_done", say("A unit may be left out with a reason; it weighs like a nonconforming one")),
            ("maker_first", say("A maker may make the first check")),
            ("qualification", say("Only qualified people may inspect")),
            ("curtail", say("A check may end as soon as it must reject")),
            ("photo_critical", say("A photo of every critical defect")),
            ("photo_major", say("A photo of every major defect")),
            ("photo_minor", say("A photo of every minor defect")),
        ):
            check = Check(line)
            self.form.know(code, check)
            if code == "tally":
                check.toggled.connect(lambda _: self._settle_modes())
            card.body.addWidget(check)
        floor = LineField(
            say("A third decides below this kappa, in %"),
            say("Agreement beyond chance, from 10 bad units on; empty: never"),
        )
        self.form.know("floor", floor)
        card.body.addWidget(floor)
        return card

    # behaviour ------------------------------------------------------------------------------------------------------

    def _settle_modes(self) -> None:
        """Say what the second person does; goods that are only counted leave no choice."""
        counted = self._counted()
        self.defects_mode.setVisible(not counted)
        self._defects_meaning.setText(
            self.words.say(modes.TALLY_MEANING)
            if counted
            else modes.meaning(self.defects_mode.value(), self.words)
        )
        for form in self.characteristics.forms():
            if isinstance(form, CharacteristicForm):
                form.show_tally(counted)

    def _settle_switching(self) -> None:
        """Ask about reduced inspection where severity switches."""
        self.reduced.setVisible(self.switching.value() != texts.OFF)

    def _touched(self) -> None:
        self._dirty = True

    def _back(self) -> None:
        self.unsaved.setVisible(self._dirty)
        if not self._dirty:
            self.left.emit()

    def _rule_changed(self, code: str) -> None:
        self._touched()
        self._settle_rule(code)
        self._explain()

    def _settle_rule(self, code: str) -> None:
        form = self.rules[code]
        values = form.values()
        kind, fixed = values["kind"], bool(values["n"])
        form.field("aql").setVisible(kind in ("aql", "zero") and not (kind == "zero" and fixed))
        form.field("level").setVisible(kind in ("aql", "zero") and not (kind == "zero" and fixed))
        form.field("n").setVisible(kind == "zero")
        if code != "critical":
            form.field("plan_type").setVisible(kind == "aql")
        form.field("standard").setVisible(kind in ("aql", "zero") and not (kind == "zero" and fixed))

    def _explain(self) -> None:
        self.explain_wanted.emit({code: form.values() for code, form in self.rules.items()}, self.lot.value())

    def show_choices(self, choices: Choices) -> None:
        """Offer what there is."""
        self._choices = choices
        self.owner.set_choices(choices.owners)

    def write(self, heading: str, note: str, written: Written, *, new: bool) -> None:
        """Show the fields of a version."""
        self.show_title(heading, note)
        self.problems.clear()
        self.unsaved.hide()
        self.show_working(False)
        self.form.fill(written.values)
        code = self.form.field("code")
        code.setEnabled(new)
        for line_code, form in self.rules.items():
            form.fill({**_USUAL_RULE, **written.rules.get(line_code, {})})
            kind = form.field("kind")
            if isinstance(kind, ChoiceField) and not kind.value():
                kind.edit.setCurrentIndex(0)
            aql = form.field("aql")
            if isinstance(aql, ChoiceField) and not aql.value():
                aql.edit.setCurrentIndex(0)
            self._settle_rule(line_code)
        for lines, held in (
            (self.products, written.products),
            (self.steps, written.steps),
            (self.defects, written.defects),
            (self.characteristics, written.characteristics),
        ):
            lines.fill(held)
        self._settle_modes()
        self._settle_switching()
        self._dirty = False
        self.scroll_left.verticalScrollBar().setValue(0)
        self._explain()
        if new:
            self.form.focus_first()

    def show_step_picture(self, place: int, content: bytes) -> None:
        """Show the kept picture of a step."""
        forms = self.steps.forms()
        if place < len(forms):
            picture = forms[place].field("picture")
            if isinstance(picture, PictureField):
                picture.show_bytes(content)

    def show_lot(self, lines: Sequence[ClassText], wrong: str) -> None:
        """Say what the rules mean for the example lot."""
        self.lot.show_wrong(wrong)
        emptied(self.plans)
        for line in lines:
            self.plans.addWidget(plan_line(line, self.words, self._explore))

    def _explore(self, defect_class: str) -> None:
        rules = {code: form.values() for code, form in self.rules.items()}
        self.explore_wanted.emit(defect_class, rules, self.lot.value())

    def take_rule(self, defect_class: str, rule: Mapping[str, str]) -> None:
        """Take a plan that was chosen elsewhere as the rule of a class; all else stays as it was written."""
        self.rules[defect_class].fill({**_USUAL_RULE, **rule})
        self._rule_changed(defect_class)

    def written(self) -> Written:
        """Return everything that stands in the fields."""
        return Written(
            self.form.values(),
            {code: form.values() for code, form in self.rules.items()},
            tuple(self.products.values()),
            tuple(self.steps.values()),
            tuple(self.defects.values()),
            tuple(self.characteristics.values()),
        )

    def save(self) -> None:
        """Hand over what stands in the fields."""
        if self.saving.working:
            return
        self.problems.clear()
        self.unsaved.hide()
        self.form.clear_wrong()
        self.rules_wrong.hide()
        for lines in self._lines().values():
            lines.show_wrong("")
        self.save_wanted.emit(self.written())

    def _lines(self) -> Mapping[str, LinesEditor]:
        return {
            "products": self.products,
            "steps": self.steps,
            "defects": self.defects,
            "characteristics": self.characteristics,
        }

    def show_working(self, working: bool) -> None:
        """Show that it is being saved."""
        self.saving.set_working(self.words.say("Saving …") if working else None)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, beside where it stands."""
        self.show_working(False)
        told = problem.told
        line = self.words.say("{fact} {way}", fact=told.fact, way=told.way) if told.way else told.fact
        lines = self._lines().get(_LINES_OF.get(problem.field, problem.field))
        if problem.kind == "input" and self._wrong_characteristic(problem, line):
            return
        if problem.kind == "input" and lines is not None:
            lines.show_wrong(line)
            lines.adding.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scroll_left.ensureWidgetVisible(lines.wrong)
        elif problem.kind == "input" and problem.field in _RULE_FIELDS:
            self.rules_wrong.setText(line)
            self.rules_wrong.show()
        elif problem.kind != "input" or not self.form.show_wrong(problem.field, line):
            self.problems.show_problem(problem)

    def _wrong_characteristic(self, problem: Problem, line: str) -> bool:
        """Say it at the field of the characteristic that it is about, where it names one."""
        cause = problem.cause
        if problem.field != "characteristics" or not isinstance(cause, BadInput):
            return False
        named = next(
            (
                form
                for form in self.characteristics.forms()
                if form.values()["code"] == cause.facts.get("code")
            ),
            None,
        )
        if named is None or not named.show_wrong(WRONG_FIELDS.get(cause.code, "code"), line):
            return False
        field = named.field(WRONG_FIELDS.get(cause.code, "code"))
        if isinstance(field, Field):
            field.below.show()
        self.scroll_left.ensureWidgetVisible(field)
        return True
