# SPDX-License-Identifier: Apache-2.0
"""Left what will be done and what is to be filled in, right who does it, with the secret where it is signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from qcdesk.domain.log import RECOVERY
from qcdesk.gui import theme
from qcdesk.gui.asking import Asking, Question
from qcdesk.gui.density import Metrics
from qcdesk.gui.problems import Problem, Told
from qcdesk.gui.screens.ask.rows import Rows
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Plane, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.forms import Check, ChoiceField, DateField, Field, LineField, TextField
from qcdesk.gui.widgets.notices import ProblemArea
from qcdesk.gui.widgets.people import PersonLine
from qcdesk.gui.widgets.scans import Scans
from qcdesk.gui.widgets.secret_line import SecretLine
from qcdesk.gui.widgets.secret_ways import SecretWays
from qcdesk.gui.widgets.sheets import Sheet, SidePlane
from qcdesk.gui.widgets.text import Text, line_count, secondary, text_width
from qcdesk.i18n import Catalogue

LONGEST_PATH = 4096
HINT_LINE = 380
"""How wide a hint may be, in pixels, to stand on one line."""
SAYS_LINE, SAYS_STEP = 520, 24
"""How wide and high a line is of what will be done, in pixels."""
MANY = 4
"""More lines of it than this, and the two that have room, are not kept in view."""
NAME_LINE = 460
"""How wide the name of a field may be, in pixels, to stand on one line even beside a wide side."""
SIDE, WIDEST_SIDE, SIDE_MARGIN = 360, 480, 28


class AskSheet(Sheet):
    """``given`` carries the answers, and (login, secret) of each who signs; what was typed is then forgotten."""

    given = Signal(object, object)
    badge_scanned = Signal(str)
    second_passed = Signal()

    def __init__(self, window: QWidget, words: Catalogue, metrics: Metrics) -> None:
        super().__init__(window, width=980, height=600)
        self._words = words
        self._m = metrics
        self._asking: Asking | None = None
        self._mine = ""
        self._fields: list[tuple[Question, Filled]] = []
        both = row(0)
        self.body.addLayout(both)
        left = column(8, (32, 26, 28, 22))
        both.addLayout(left, 1)
        side = SidePlane()
        side.setFixedWidth(SIDE)
        self._side = side
        both.addWidget(side)
        self._title = Text("", 25, 600, wrap=True)
        says = Plane("action_soft", radius=theme.R_CARD)
        inner = column(0, (18, 12, 18, 12))
        says.setLayout(inner)
        self._says = Text("", 16, 500, "text", wrap=True)
        inner.addWidget(self._says)
        self._note = secondary("", wrap=True)
        form = QWidget()
        self._form: QVBoxLayout = column(10, (2, 2, 6, 2))
        form.setLayout(self._form)
        self._plane, self._above, self._within = says, column(8), column(8)
        what = QWidget()
        inside = column(8, (0, 0, 4, 0))
        what.setLayout(inside)
        inside.addLayout(self._within)
        inside.addWidget(form, 1)
        add(left, self._title, 4, self._above)
        self._scroll = Scroll(what)
        left.addWidget(self._scroll, 1)
        self._put_sentence(self._above)
        self._build_side(side)
        left.addWidget(self.problem)

    def _build_side(self, side: QWidget) -> None:
        say = self._words.say
        layout = column(6, (SIDE_MARGIN, 14, SIDE_MARGIN, 12))
        side.setLayout(layout)
        self._as = Text("", theme.SECONDARY, 500, "text2")
        self._person = PersonLine(side=48, ground="surface", size=17)
        self.secret = SecretWays(self._words, self._m, say("Your password"), folding=True)
        self._also = Text(say("And signed by"), theme.SECONDARY, 500, "text2")
        self.other = ChoiceField(say("Second person"))
        self.other.caption.hide()  # what stands above it says the same; a keypad needs the room
        self.other.changed.connect(self._other_chosen)
        self.other_secret = SecretWays(
            self._words, self._m, say("The second person's password"), folding=True
        )
        self.secret.entered.connect(self._go_on)
        self.other_secret.entered.connect(self.give)
        self._scans = Scans(self)
        self._scans.scanned.connect(self.badge_scanned)
        self.problem = ProblemArea(say("Try again"), say("Copy the report"))
        self.problem.second.connect(self.second_passed)
        self.problem.try_again.connect(self._once_more)
        self.button = Button("", "filled", height=max(56, self._m.key_least), size=17)
        self.button.clicked.connect(self.give)
        self.back = Button(say("Back, change nothing"), "text", height=max(44, self._m.mm(11)))
        self.back.clicked.connect(self.close_sheet)
        add(layout, self._as, self._person, 6, self.secret, 8, self._also, self.other, self.other_secret)
        add(layout, None, 8, self.button, self.back)

    def show_asking(
        self,
        asking: Asking,
        name: str,
        note: str,
        others: Sequence[tuple[str, str]],
        *,
        pin: bool = False,
    ) -> None:
        """Show what is asked, of whom, and who could be the second person; ``pin``: the sitting has one."""
        self._asking = asking
        rooms = {
            "text": 150,
            "rows": 290,
            "people": 34 * max((len(q.choices) for q in asking.questions), default=0) + 30,
        }
        needs = sum(rooms.get(question.kind, 84) for question in asking.questions)
        signed = 340 + (220 if asking.other else 40 if asking.secret else 0)
        if asking.secret:
            signed += 170 if pin else 0
        lines = line_count(asking.says, theme.CARD, 500, SAYS_LINE) - 2  # two have room
        self.wish(980, min(740, max(signed, 250 + needs + SAYS_STEP * max(0, lines))))
        self._put_sentence(self._within if lines > MANY else self._above)
        self._scroll.verticalScrollBar().setValue(0)
        self._title.setText(asking.title)
        self._says.setText(asking.says)
        self._note.setText(asking.note)
        self._note.setVisible(bool(asking.note))
        say = self._words.say
        unsigned = say("Put on record by") if asking.recorded else say("Done by, and not put on record")
        self._as.setText(say("Signing as") if asking.secret else unsigned)
        self._person.show_person(name, note)
        self.secret.setVisible(asking.secret)
        for part in (self._also, self.other, self.other_secret):
            part.setVisible(asking.other)
        self.secret.offer(pin=pin)
        self.other_secret.offer(pin=False)
        self.other.set_choices(others)
        self.other.set_value("")
        self._show_choose("")
        self.button.set_kind("hold" if asking.stops else "filled")
        self.button.setText(asking.button)
        wants = self.button.minimumSizeHint().width() + 2 * SIDE_MARGIN  # no word of the act is cut
        self._side.setFixedWidth(max(SIDE, min(WIDEST_SIDE, wants)))
        self.problem.clear()
        self._build_form(asking.questions)

    def _put_sentence(self, place: QVBoxLayout) -> None:
        """Keep what will be done in view above the form; said in many lines, it is read through with the form."""
        place.addWidget(self._plane)
        place.addWidget(self._note)

    def _build_form(self, questions: Sequence[Question]) -> None:
        emptied(self._form)
        self._fields = []
        for question in questions:
            made = self._field(question)
            self._fields.append((question, made))
            self._form.addWidget(made)
            if isinstance(made, Field) and text_width(question.hint, theme.LABEL) > HINT_LINE:
                made.make_roomy()
            if isinstance(made, Field) and text_width(question.words, theme.SECONDARY, 500) > NAME_LINE:
                made.make_wordy()
            if isinstance(made, ChoiceField):
                made.changed.connect(self._show_asked)
            if isinstance(made, Rows):
                made.changed.connect(self._show_ready)
        self._form.addStretch(1)
        self._show_asked()
        self._show_ready()

    def _show_asked(self) -> None:
        """Show the questions that are asked with what is chosen now."""
        for question, made in self._fields:
            made.setVisible(self._is_asked(question))

    def _show_ready(self) -> None:
        """Let the button be pressed only while what stands in lines adds up; what is missing is said under them."""
        self.button.setEnabled(all(made.judged.ready for _, made in self._fields if isinstance(made, Rows)))

    def _is_asked(self, question: Question) -> bool:
        if not question.only:
            return True
        code, *wanted = question.only
        return any(one.code == code and made.value() in wanted for one, made in self._fields)

    def _field(self, question: Question) -> Filled:
        hint = question.hint
        if question.kind == "text":
            text = TextField(question.words, hint)
            text.set_value(question.value)
            return text
        if question.kind == "choice":
            choice = ChoiceField(question.words, question.choices, hint)
            choice.make_narrow(12)  # its longest words would push the form out of the sheet
            choice.set_value(question.value)
            return choice
        if question.kind == "day":
            day = DateField(question.words, hint, optional=question.optional)
            day.set_value(date.fromisoformat(question.value) if question.value else None)
            return day
        if question.kind == "people":
            return _People(question)
        if question.kind == "secret":
            hidden = _Hidden(question.words, self._words.say("Show what I typed"), hint)
            hidden.edit.returnPressed.connect(self._go_on)
            return hidden
        if question.rows is not None:
            return Rows(question, question.rows, self._words)
        if question.kind == "file":
            return _File(question, self._words.say("Choose a file"))
        line = LineField(question.words, hint)
        line.set_value(question.value)
        line.edit.returnPressed.connect(self._go_on)
        return line

    def open(self) -> None:
        super().open()
        self._forget()
        open_ = (made for asked, made in self._fields if asked.kind != "choice" or not asked.value)
        first = next(open_, None)  # what is chosen beforehand is seldom changed: whoever signs only types
        if isinstance(first, Field):
            first.control.setFocus(Qt.FocusReason.PopupFocusReason)
        elif self._asking is not None and self._asking.secret:
            self.secret.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        self._forget()
        super().close_sheet()

    def _forget(self) -> None:
        self.secret.clear()
        self.other_secret.clear()
        for _question, made in self._fields:
            if isinstance(made, _Hidden):
                made.forget()

    def offer_ways(self, pin: bool) -> None:
        """Ask for the PIN of the sitting, or (it is gone) for the password."""
        self.secret.offer(pin=pin)

    def show_badge(self, login: str, code: str) -> None:
        """Say whose badge was read (empty: of who is signed in), and ask for its PIN."""
        self.problem.clear()
        if login:
            self.other.set_value(login)
            self._make_room()
            self.other_secret.read_badge(code)
        elif self._asking is None or not self._asking.password:
            self._make_room()
            self.secret.read_badge(code)

    def _make_room(self) -> None:
        """A keypad has come."""
        self.wish(980, 752)
        self._place()

    def count(self, told: Told | None, counting: bool) -> None:
        """Say the wait in other words; None: it is over."""
        self.problem.count(told, counting)

    def _other_chosen(self) -> None:
        self._show_choose("")
        say, sheet = self._words.say, self.other.value() == RECOVERY
        self.other_secret.offer(pin=False)
        self.other_secret.password.setPlaceholderText(
            say("The code of the recovery sheet") if sheet else say("The second person's password")
        )

    def _show_choose(self, wrong: str) -> None:
        """Say that the second person was not chosen; empty: there is nothing to say, and no room is kept for it."""
        self.other.show_wrong(wrong)
        self.other.below.setVisible(bool(wrong))

    def _once_more(self) -> None:
        """What kept it is settled: the secret is asked for again, or the button is pressed."""
        next_ = self.secret if self._asking is not None and self._asking.secret else self.button
        next_.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        """Return goes to the next thing that is still empty, and at the end presses the button."""
        asking = self._asking
        if asking is None:
            return
        empty = (m for q, m in self._fields if not q.optional and not str(m.value() or ""))
        field = next((made for made in empty if isinstance(made, Field)), None)
        if field is not None:
            field.control.setFocus(Qt.FocusReason.TabFocusReason)
        elif asking.secret and not self.secret.filled():
            self.secret.setFocus(Qt.FocusReason.TabFocusReason)
        elif asking.other and not self.other.value():
            self.other.control.setFocus(Qt.FocusReason.TabFocusReason)
        elif asking.other and not self.other_secret.filled():
            self.other_secret.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.give()

    def fill(self, code: str, value: str) -> None:
        """Fill in the line, text, choice or day of a question."""
        for question, made in self._fields:
            if question.code == code and isinstance(made, DateField):
                made.set_value(date.fromisoformat(value))
            if question.code == code and isinstance(made, LineField | TextField | ChoiceField | Rows):
                made.set_value(value)
        self._show_asked()

    def answers(self) -> dict[str, str]:
        """Return what was filled in, by question."""
        given: dict[str, str] = {}
        for question, made in self._fields:
            value = made.value() if self._is_asked(question) else ""
            given[question.code] = value.isoformat() if isinstance(value, date) else str(value or "")
        return given

    def give(self) -> None:
        """Hand answers and secrets over, and forget the secrets; what is missing is said in its place."""
        asking = self._asking
        if asking is None or not self.button.isEnabled():
            return
        missing = [
            made
            for question, made in self._fields
            if not question.optional and self._is_asked(question) and not str(made.value() or "")
        ]
        for made in missing:
            if isinstance(made, Field):
                made.show_wrong(self._words.say("This is needed."))
        if missing:
            return
        if asking.secret and not self.secret.filled():
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if asking.other and not self.other.value():
            self._show_choose(self._words.say("Choose who signs with you."))
            return
        if asking.other and not self.other_secret.filled():
            self.other_secret.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        secrets = [("", self.secret.take())] if asking.secret else []
        if asking.other:
            secrets.append((self.other.value(), self.other_secret.take()))
        answers = self.answers()
        self._forget()
        self.given.emit(answers, tuple(secrets))

    def show_working(self, working: bool) -> None:
        """Show that it is being done."""
        self.button.set_working(self._words.say("One moment …") if working else None)
        if not working:
            self._show_ready()
        self.secret.setEnabled(not working)
        self.other_secret.setEnabled(not working)
        self.back.setEnabled(not working)
        self.hold(working)
        if working:
            self.problem.clear()

    def show_problem(self, problem: Problem) -> None:
        """Say why it was not done."""
        self.show_working(False)
        told = problem.told
        line = self._words.say("{fact} {way}", fact=told.fact, way=told.way) if told.way else told.fact
        for question, made in self._fields:
            if problem.field == question.code and isinstance(made, Field):
                made.show_wrong(line)
                made.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.problem.show_problem(problem)
        if self._asking is not None and self._asking.secret:
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)


class _People(QWidget):
    """Some of several people."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        layout = column(4)
        self.setLayout(layout)
        layout.addWidget(Text(question.words, theme.SECONDARY, 500, "text2"))
        self._checks: list[tuple[str, Check]] = []
        chosen = question.value.split(",")
        for code, name in question.choices:
            check = Check(name)
            check.setChecked(code in chosen)
            self._checks.append((code, check))
            layout.addWidget(check)

    def value(self) -> str:
        """Return the codes that are chosen, joined by a comma."""
        return ",".join(code for code, check in self._checks if check.isChecked())


class _File(LineField):
    """A file of this computer: chosen, or its path typed."""

    def __init__(self, question: Question, choosing: str) -> None:
        super().__init__(question.words, question.hint, most=LONGEST_PATH)
        self._offered = question.value
        line = row(8)
        self._column.insertLayout(1, line)
        self.button = Button(choosing, icon="folder-open", height=36)
        self.button.clicked.connect(self.choose)
        line.addWidget(self.edit, 1)
        line.addWidget(self.button)

    def choose(self) -> None:
        """Let a file be chosen."""
        path, _ = QFileDialog.getOpenFileName(self, self.name, "", self._offered)
        if path:
            self.set_value(path)
            self.show_wrong("")


class _Hidden(SecretLine):
    """A secret that is asked for like anything else."""

    def value(self) -> str:
        """Return what was typed, as typed."""
        return self.secret()


Filled = LineField | TextField | ChoiceField | DateField | Rows | _People | _Hidden
