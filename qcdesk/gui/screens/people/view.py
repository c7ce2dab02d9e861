# SPDX-License-Identifier: Apache-2.0
"""The people at the left; at the right one of them with what can be done, or the form that enrols another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from qcdesk.domain.people import ROLE_SETS, ROLES
from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.screens.people.model import people_model
from qcdesk.gui.screens.people.rows import HeldRow, KeyLine, OfferedAct, PersonCard
from qcdesk.gui.widgets.buttons import ActionRow, Button
from qcdesk.gui.widgets.cards import Card, Fact, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chips import IconLine, ShapeMark, StatusChip
from qcdesk.gui.widgets.forms import Check, ChoiceField, LineField
from qcdesk.gui.widgets.notices import EmptyState
from qcdesk.gui.widgets.pages import DeskPage, Editor, Form, SearchedList
from qcdesk.gui.widgets.people import PersonLine
from qcdesk.gui.widgets.secret_line import SecretLine
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import PersonRow
from qcdesk.wording import states
from qcdesk.wording.secrets import of_new

SPOKEN = (("en", "English"), ("vi", "Tiếng Việt"), ("zh_CN", "中文"), ("th", "ไทย"))
OWN_CHOICE = "own"
URGENT = "unlock"


class PeopleView(DeskPage):
    """``act_wanted`` carries an act and what it is about (a role, a procedure); ``enrol_wanted`` fields, password
    and the PIN of a first badge, each of them twice; an empty PIN: no badge now.
    """

    asked = Signal(str)
    chosen = Signal(object)
    add_wanted = Signal()
    maker_wanted = Signal()
    act_wanted = Signal(str, str)
    enrol_wanted = Signal(object, object, object)
    left = Signal()

    def __init__(self, words: Catalogue, today: Callable[[], date]) -> None:
        say = words.say
        super().__init__(
            words,
            say("People"),
            say("Two who are here enrol another. Nobody can be given anything by one alone."),
        )
        self.maker = Button(say("List a maker"), icon="user")
        self.maker.clicked.connect(self._list_maker)
        self.adding = Button(say("Enrol a person"), "filled", icon="user-plus")
        self.adding.clicked.connect(self._add)
        add(self.acts, self.maker, self.adding)
        self.list = SearchedList(
            people_model(words, today),
            say("People"),
            words,
            hint=say("Search name, login or number"),
            meaning=say("Nobody is here yet"),
            next_words=say("Two people open the shop together."),
            icon="users",
            row_px=60,
        )
        self.list.asked.connect(self.asked)
        self.list.chosen.connect(self._choose)
        columns = row(14)
        self.body.addLayout(columns, 1)
        columns.addWidget(self.list, 2)
        self.side = Card(padding=20)
        self.side.setMinimumWidth(theme.current().px(430))
        columns.addWidget(self.side, 1)
        self.nothing = EmptyState(
            say("Choose a person"), say("What they may do is shown and changed here."), icon="users"
        )
        self.shown = QWidget()
        self._acts: QVBoxLayout = column(8)
        self.shown.setLayout(self._acts)
        self.scroll_person = Scroll(self.shown)
        self.enrolling = self._enrol_form()
        self.enrolling.setMinimumWidth(theme.current().px(430))
        self.side.body.addWidget(self.nothing, 1)
        self.side.body.addWidget(self.scroll_person, 1)
        columns.addWidget(self.enrolling, 1)
        self._now = ""
        self.show_nothing()

    def _enrol_form(self) -> Editor:
        say = self.words.say
        form = Form()
        form.put(("name", LineField(say("Name"), say("As its owner writes it, in their own script"))))
        form.put(
            ("login", LineField(say("Login"), say("Small letters and digits"))),
            ("staff", LineField(say("Staff number"), say("Empty: the next free one"))),
        )
        sets = [(code, say(states.ROLE_SET_WORDS[code])) for code in ROLE_SETS]
        self.role_set = ChoiceField(say("May do"), [*sets, (OWN_CHOICE, say("Chosen one by one"))])
        form.put(("set", self.role_set))
        self.role_set.changed.connect(self._set_chosen)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(0)
        self.roles: dict[str, Check] = {}
        for place, role in enumerate(ROLES):
            word = states.role(role, self.words)
            check = Check(word[:1].upper() + word[1:])
            check.clicked.connect(self._role_chosen)
            form.know(f"role_{role}", check)
            self.roles[role] = check
            grid.addWidget(check, place // 2, place % 2)
        form.put_part(grid)
        form.put_part(Text(say("Works in"), theme.SECONDARY, 500, "text2"))
        spoken = row(10)
        for code, name in SPOKEN:
            check = Check(name)
            form.know(f"language_{code}", check)
            spoken.addWidget(check)
        form.put_part(spoken)
        self.another = Check(say("This is another person than the one of the like name"))
        self.another.hide()
        form.know("another", self.another)
        form.put_part(self.another)
        form.put_part(
            Text(
                say("Now the new person types, unseen by the others:"),
                theme.SECONDARY,
                600,
                "text",
                wrap=True,
            )
        )
        self.secret = SecretLine(say("Their own password"), say("Show what I typed"), of_new(self.words))
        self.secret.make_roomy()
        self.again = SecretLine(say("The same once more"), say("Show what I typed"))
        self.pin = SecretLine(
            say("PIN of their badge, if they take one now"),
            say("Show what I typed"),
            say("6 digits; empty: no badge now"),
        )
        self.pin_again = SecretLine(say("The same 6 digits once more"), say("Show what I typed"))
        for line in self._hidden:
            form.put_part(line)
            line.changed.connect(form.changed)
        form.lines.addStretch(1)
        editor = Editor(form, self.words, save=say("Go on: two sign"), choose="", way="", icon="user-plus")
        editor.save_wanted.connect(
            lambda values: self.enrol_wanted.emit(
                values,
                (self.secret.secret(), self.again.secret()),
                (self.pin.secret(), self.pin_again.secret()),
            )
        )
        editor.left.connect(self._leave)
        return editor

    def _set_chosen(self) -> None:
        chosen = ROLE_SETS.get(self.role_set.value())
        if chosen is not None:
            for code, check in self.roles.items():
                check.setChecked(code in chosen)

    def _role_chosen(self) -> None:
        held = {code for code, check in self.roles.items() if check.isChecked()}
        fitting = next((name for name, roles in ROLE_SETS.items() if held == set(roles)), OWN_CHOICE)
        self.role_set.set_value(fitting)

    def _may_leave(self) -> bool:
        return not self.enrolling.isVisibleTo(self) or self.enrolling.may_leave()

    def _choose(self, picked: object) -> None:
        if self._may_leave():
            self.chosen.emit(picked)

    def _list_maker(self) -> None:
        if self._may_leave():
            self.maker_wanted.emit()

    def _add(self) -> None:
        if self._may_leave():
            self.list.mark_row(lambda _: False)
            self.add_wanted.emit()

    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    def forget(self) -> None:
        """Empty the fields of password and PIN."""
        for line in self._hidden:
            line.forget()

    @property
    def _hidden(self) -> tuple[SecretLine, ...]:
        return self.secret, self.again, self.pin, self.pin_again

    def hideEvent(self, event: QHideEvent) -> None:
        self.forget()
        super().hideEvent(event)

    def show_rows(self, rows: Sequence[PersonRow], *, searching: bool) -> None:
        """Show the people that match."""
        self.list.show_rows(rows, searching=searching)
        self.list.mark_row(lambda picked: bool(self._now) and picked.person.id == self._now)

    def show_nothing(self) -> None:
        """Show that nobody is chosen."""
        self._now = ""
        self._show_side(person=False)
        self.nothing.show()

    def _show_side(self, *, person: bool, enrol: bool = False) -> None:
        self.forget()
        self.enrolling.show_nothing()
        self.enrolling.setVisible(enrol)
        self.side.setVisible(not enrol)
        self.scroll_person.setVisible(person)
        self.nothing.setVisible(not person)
        self.adding.set_kind("framed" if enrol else "filled")
        self.problems.clear()

    def show_person(self, card: PersonCard) -> None:
        """Show one person and what can be done."""
        say = self.words.say
        self._now = card.person
        self._show_side(person=True)
        self.side.setAccessibleName(card.name)
        emptied(self._acts)
        head = row(10)
        head.addWidget(PersonLine(card.name, card.about, side=52, size=theme.CARD, ground="sunken"), 1)
        self._acts.addLayout(head)
        state = row(0)
        add(state, StatusChip(card.status, card.shape, card.status_role), None)
        self._acts.addLayout(state)
        facts = column(6)
        add(
            facts,
            Fact(say("Enrolled by") if card.can_sign or card.suspended else say("Listed"), card.enrolled),
        )
        if card.languages:
            facts.addWidget(Fact(say("Works in"), card.languages))
        self._acts.addLayout(facts)
        if card.keys:
            self._acts.addWidget(Text(say("Key and badge"), theme.SECONDARY, 600, "text2"))
        for line in card.keys:
            self._acts.addWidget(_KeyLine(line))
        for each in card.acts:
            if each.act == URGENT:  # somebody waits for it
                self._key_act(each)
        self._acts.addSpacing(6)
        if card.can_sign or card.suspended:
            self._held(say("May do"), card.roles, "take_role", say("Nothing at all, for now."))
            self._held(
                say("Qualified for"), card.qualifications, "disqualify", say("No procedure that asks for it.")
            )
        self._acts.addSpacing(6)
        for act, word, note, icon in self._offered(card):
            button = ActionRow(word, note, icon=icon, kind="hold" if act == "suspend" else "framed")
            button.clicked.connect(lambda _=False, a=act: self.act_wanted.emit(a, ""))
            self._acts.addWidget(button)
        if card.acts:
            self._acts.addSpacing(4)
            self._acts.addWidget(Text(say("Key and badge"), theme.SECONDARY, 600, "text2"))
        for each in card.acts:
            if each.act != URGENT:
                self._key_act(each)
        self._acts.addStretch(1)

    def _key_act(self, each: OfferedAct) -> None:
        button = ActionRow(each.words, each.note, icon=each.icon, kind="hold" if each.stops else "framed")
        button.clicked.connect(lambda: self.act_wanted.emit(each.act, ""))
        self._acts.addWidget(button)

    def _offered(self, card: PersonCard) -> list[tuple[str, str, str, str]]:
        say = self.words.say
        two = say("Two of you sign, one an administrator.")
        change = ("change", say("Change the languages"), "", "pencil")
        rename = ("rename", say("Change the name"), two, "pencil")
        if card.suspended:
            return [("lift", say("Lift the suspension"), two, "rotate-ccw"), rename, change]
        if not card.can_sign:
            return [rename, change]
        return [
            ("grant", say("Give a role"), two, "plus"),
            ("qualify", say("Qualify for a procedure"), two, "badge-check"),
            rename,
            change,
            (
                "suspend",
                say("Suspend at once"),
                say("One administrator is enough. Two lift it."),
                "octagon-pause",
            ),
        ]

    def _held(self, heading: str, held: Sequence[HeldRow], act: str, none: str) -> None:
        say = self.words.say
        self._acts.addWidget(Text(heading, theme.SECONDARY, 600, "text2"))
        if not held:
            self._acts.addWidget(secondary(none, "text3"))
        for each in held:
            line = row(6)
            texts = column(0)
            if each.over:
                mark = IconLine(each.words, shape="triangle", role="attention", size=theme.BODY, weight=600)
            else:
                mark = IconLine(each.words, shape="tick", role="text2", size=theme.BODY, weight=500)
            texts.addWidget(mark)
            if each.note:
                under = row(0, (26, 0, 0, 0))
                under.addWidget(secondary(each.note, "attention" if each.over else "text3"))
                texts.addLayout(under)
            line.addLayout(texts, 1)
            take = Button(say("Take away"), "text", height=32, size=13)
            take.setAccessibleDescription(each.words)
            take.clicked.connect(lambda _=False, code=each.code: self.act_wanted.emit(act, code))
            line.addWidget(take, 0, Qt.AlignmentFlag.AlignVCenter)
            self._acts.addLayout(line)

    def show_enrolling(self) -> None:
        """Show the empty form for another person."""
        self._now = ""
        self._show_side(person=False, enrol=True)
        self.another.hide()
        values = {"set": "inspector", "role_inspector": "yes"}
        self.enrolling.edit(self.words.say("Enrol a person"), values)
        self.enrolling.form.focus_first()

    def show_like_name(self, words: str) -> None:
        """Ask whether it is another person."""
        self.another.setText(words)
        self.another.setAccessibleName(words)
        self.another.show()

    def show_working(self, working: bool) -> None:
        """Show that the password is being looked at."""
        self.enrolling.show_working(working)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, beside its field where it has one."""
        if not self.enrolling.isVisibleTo(self):
            self.problems.show_problem(problem)
            return
        told = problem.told
        line = self.words.say("{fact} {way}", fact=told.fact, way=told.way) if told.way else told.fact
        hidden = {"secret": self.secret, "again": self.again, "pin": self.pin, "pin_again": self.pin_again}
        secret = hidden.get(problem.field)
        if problem.kind == "input" and secret is not None:
            self.enrolling.show_working(False)
            secret.show_wrong(line)
            secret.control.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.enrolling.show_problem(problem)


class _KeyLine(QWidget):
    """A shape and words that may take a second line."""

    def __init__(self, line: KeyLine) -> None:
        super().__init__()
        layout = row(8)
        self.setLayout(layout)
        layout.addWidget(ShapeMark(line.shape, line.role, 18), 0, Qt.AlignmentFlag.AlignTop)
        strong = line.role != "text2"
        text = Text(line.words, theme.SECONDARY, 600 if strong else 400, line.role, wrap=True)
        layout.addWidget(text, 1)
        self.setAccessibleName(line.words)
