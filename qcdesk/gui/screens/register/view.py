# SPDX-License-Identifier: Apache-2.0
"""What a batch is, where it comes from, when it was made, and who made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Scroll, add, column, row
from qcdesk.gui.widgets.forms import ChoiceField, DateField, EnterGoesOn, LineField, TextField
from qcdesk.gui.widgets.notices import Panel
from qcdesk.gui.widgets.pages import DeskPage, Form
from qcdesk.gui.widgets.repeated import LinesEditor
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue

OWN = "own"
Choices = Sequence[tuple[str, str]]


class RegisterView(DeskPage):
    """``save_wanted`` carries the fields and the makers' lines; ``products_wanted`` leads to the products."""

    save_wanted = Signal(object, object)
    products_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(words, say("Register a batch"), back=say("Back"))
        self._people: Choices = ()
        self._remarks: Mapping[str, str] = {}
        self.no_product = Panel(
            say("There is no product yet."),
            say("A batch is a batch of something."),
            say("Add product"),
            shape="barred",
            role="text2",
            ground="sunken",
        )
        self.no_product.acted.connect(self.products_wanted)
        self.no_product.hide()
        self.body.addWidget(self.no_product)
        columns = row(14)
        self.body.addLayout(columns, 1)
        columns.addWidget(self._what_card(), 3)
        side = column(14)
        columns.addLayout(side, 2)
        side.addWidget(self._makers_card(), 1)

    def _what_card(self) -> Card:
        say = self.words.say
        card = Card(say("The batch"))
        form = self.form = Form({"batch": "number"})
        number = LineField(say("Batch number"), say("Scan the label, or type what stands on it"))
        quantity = LineField(say("Quantity"), say("In whole pieces, plain digits"))
        form.put(("number", number), ("quantity", quantity), shares=(2, 1))
        self.product = ChoiceField(say("Product"), (), say("Number, revision and name"))
        form.put(("product", self.product))
        self.origin = ChoiceField(say("Comes from"), ((OWN, say("Our own line")),))
        self.line = LineField(say("Own line"), say("Line, cell or workshop"))
        form.put(("supplier", self.origin), ("line", self.line), shares=(2, 1))
        self.remark = Text("", theme.SECONDARY, 400, "attention", wrap=True)
        self.remark.hide()
        form.lines.addWidget(self.remark)
        self.origin.changed.connect(self._origin_changed)
        order = LineField(say("Order"), say("Order and line, if there is one"))
        form.put(("order", order))
        none = say("not set")
        form.put(
            ("made_on", DateField(say("Made on"), optional=True, none_words=none)),
            ("ship_by", DateField(say("Ship by"), optional=True, none_words=none)),
        )
        form.put(("note", TextField(say("Note"), height=72)))
        form.lines.addStretch(1)
        card.body.addWidget(Scroll(form), 1)
        self.button = Button(say("Register the batch"), "filled", icon="check")
        self.button.clicked.connect(self.save)
        leave = Button(say("Back, change nothing"), "text")
        leave.clicked.connect(self.back_wanted)
        low = row(10)
        add(low, self.button, leave, None)
        card.body.addLayout(low)
        self._enter = EnterGoesOn((number, quantity))
        self._enter.submitted.connect(lambda: self.product.control.setFocus())
        return card

    def _makers_card(self) -> Card:
        say = self.words.say
        card = Card(say("Who made it"))
        self.why = Text("", theme.SECONDARY, 400, "text2", wrap=True)
        self.makers = LinesEditor(
            self.words,
            self._maker_line,
            add_word=say("Add a maker"),
            none_words=say("Nobody is named yet."),
        )
        holder = QWidget()
        inner = column(10)
        holder.setLayout(inner)
        add(inner, self.why, self.makers, None)
        card.body.addWidget(Scroll(holder), 1)
        return card

    def _maker_line(self) -> Form:
        say = self.words.say
        form = Form()
        form.put(
            ("person", ChoiceField(say("Person"), self._people)),
            ("units", LineField(say("Units, if known"), most=400)),
            shares=(3, 2),
        )
        return form

    def _origin_changed(self) -> None:
        say = self.words.say
        own = self.origin.value() == OWN
        remark = self._remarks.get(self.origin.value(), "")
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        self.line.setEnabled(own)
        if not own:
            self.line.set_value("")
            self.line.show_wrong("")
        self.why.setText(
            say(
                "Whoever made a unit cannot check this batch. For an own line they are named before the first check."
            )
            if own
            else say("For bought goods nobody has to be named, unless one of you worked on them.")
        )

    def show_choices(self, products: Choices, suppliers: Choices, people: Choices) -> None:
        """Offer what there is."""
        self._people = people
        self.product.set_choices(products)
        self.origin.set_choices(((OWN, self.words.say("Our own line")), *suppliers))
        self.no_product.setVisible(not products)

    def show_remarks(self, remarks: Mapping[str, str]) -> None:
        """Say below the supplier what there is to say of one, by its id."""
        self._remarks = remarks

    def edit(
        self, title: str, button: str, values: Mapping[str, str], makers: Sequence[Mapping[str, str]]
    ) -> None:
        """Show a batch to be registered or changed."""
        self.show_title(title)
        self.problems.clear()
        self.show_working(False)
        self.button.setText(button)
        self.form.fill(values)
        self.makers.fill(makers)
        self._origin_changed()
        self.form.focus_first()

    def save(self) -> None:
        """Hand over what stands in the fields."""
        if self.button.working:
            return
        self.problems.clear()
        self.form.clear_wrong()
        self.makers.show_wrong("")
        self.save_wanted.emit(self.form.values(), self.makers.values())

    def show_working(self, working: bool) -> None:
        """Show that it is being saved."""
        self.button.set_working(self.words.say("Saving …") if working else None)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, beside its field where it has one."""
        self.show_working(False)
        told = problem.told
        line = self.words.say("{fact} {way}", fact=told.fact, way=told.way) if told.way else told.fact
        if problem.kind == "input" and problem.field == "makers":
            self.makers.show_wrong(line)
        elif problem.kind != "input" or not self.form.show_wrong(problem.field, line):
            self.problems.show_problem(problem)
