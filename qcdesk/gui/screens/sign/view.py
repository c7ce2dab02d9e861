# SPDX-License-Identifier: Apache-2.0
"""The sheet on which a person signs: left what is signed, in words; right who signs, with the secret."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from qcdesk.gui import theme
from qcdesk.gui.density import Metrics
from qcdesk.gui.problems import Problem, Told
from qcdesk.gui.screens.sign.rows import CountRow, SigningRow
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Plane, Rule, Scroll, add, column, emptied, row
from qcdesk.gui.widgets.chips import IconLine
from qcdesk.gui.widgets.notices import ProblemArea, RefusalPanel
from qcdesk.gui.widgets.people import PersonLine
from qcdesk.gui.widgets.scans import Scans
from qcdesk.gui.widgets.secret_ways import SecretWays
from qcdesk.gui.widgets.sheets import Sheet, SidePlane
from qcdesk.gui.widgets.text import Text, secondary
from qcdesk.i18n import Catalogue

MANY_FACTS = 8
ROOMY_PX = 760
SIDE, WIDEST_SIDE, SIDE_MARGIN = 360, 460, 28


class SignSheet(Sheet):
    """``signed`` carries the secret, once. The default is never Sign: the focus stands in the secret."""

    signed = Signal(object)
    go_wanted = Signal(int)
    badge_scanned = Signal(str)
    second_passed = Signal()

    def __init__(self, window: QWidget, words: Catalogue, metrics: Metrics) -> None:
        super().__init__(window, height=736)
        self._words = words
        self._m = metrics
        self._leads_to = 0
        both = row(0)
        self.body.addLayout(both)
        self._left = column(4, (32, 16, 28, 14))
        both.addLayout(self._left, 1)
        side = SidePlane()
        side.setFixedWidth(SIDE)
        self._side = side
        both.addWidget(side)
        self._what()
        self._who(side)

    def _what(self) -> None:
        say = self._words.say
        self._title = Text("", 27, 600)
        self._note = Text("", theme.BODY, 400, "text2")
        self._says = Plane("action_soft", radius=theme.R_CARD)
        says = column(4, (20, 14, 20, 16))
        self._says.setLayout(says)
        self._meaning = Text("", 26, 600, "action", wrap=True)
        self._statement = Text("", 16, 400, "text", wrap=True)
        add(
            says,
            Text(say("What your signature says"), theme.SECONDARY, 500, "text2"),
            self._meaning,
            self._statement,
        )
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(20)
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(1, 1)
        self._found = Text("", theme.BODY, 600)
        self._verdict = IconLine("", shape="tick", size=theme.BODY, weight=500)
        line = row(8)
        add(line, self._found, None, self._verdict)
        self._counts = row(10)
        self._remark = IconLine("", icon="info")
        self._record = secondary("", "text3")
        self._refused = RefusalPanel()
        self._refused.hide()
        self._refused.acted.connect(lambda: self.go_wanted.emit(self._leads_to))
        self._problem = ProblemArea(say("Try again"), say("Copy the report"))
        self._problem.second.connect(self.second_passed)
        self._problem.try_again.connect(lambda: self._secret.setFocus(Qt.FocusReason.OtherFocusReason))
        self._problem.report_wanted.connect(lambda text: QGuiApplication.clipboard().setText(text))
        what = QWidget()
        inside = column(4)
        what.setLayout(inside)
        add(inside, self._title, self._note, 4, self._says, 4, self._facts, 4, Rule(), line)
        add(inside, self._counts, self._remark, None)
        self._left.addWidget(Scroll(what), 1)  # a long refusal takes of its room, and covers nothing of it
        add(self._left, self._refused, self._problem, self._record)

    def _who(self, side: QWidget) -> None:
        say = self._words.say
        layout = column(10, (SIDE_MARGIN, 26, SIDE_MARGIN, 26))
        side.setLayout(layout)
        self._person = PersonLine(side=52, ground="surface", size=18)
        self._secret = SecretWays(self._words, self._m, say("Your password"))
        self._secret.given.connect(self.signed)
        self._secret.entered.connect(self._secret.give)
        self._scans = Scans(self)
        self._scans.scanned.connect(self.badge_scanned)
        self.sign = Button("", "filled", icon="pen-line", height=max(64, self._m.key_least), size=19)
        self.sign.clicked.connect(self._secret.give)
        self.back = Button("", "text", height=max(48, self._m.mm(12)))
        self.back.clicked.connect(self.close_sheet)
        add(layout, Text(say("Signing as"), theme.SECONDARY, 500, "text2"), self._person, 8, self._secret)
        self._hint = secondary(
            say("It is asked again for every signature. Nobody can sign for you."), wrap=True
        )
        add(layout, self._hint, None, self.sign, self.back)

    # setters ----------------------------------------------------------------------------------------------------

    def show_signing(self, signing: SigningRow) -> None:
        """Show exactly what is being signed."""
        self._title.setText(signing.title)
        self._note.setText(signing.note)
        self._meaning.setText(signing.meaning)
        self._statement.setText(signing.statement)
        emptied(self._facts)
        roomy = len(signing.facts) < MANY_FACTS and self._host.height() >= ROOMY_PX
        self._facts.setVerticalSpacing(8 if roomy else 2)
        for place, (name, value) in enumerate(signing.facts):
            self._facts.addWidget(Text(name, theme.BODY, 400, "text3"), place, 0)
            self._facts.addWidget(Text(value, theme.BODY, 500), place, 1)
        self._found.setText(signing.found_title)
        self._verdict.show_line(
            signing.verdict,
            shape="octagon" if signing.rejected else "tick" if signing.verdict else None,
            role="reject" if signing.rejected else "text2",
        )
        emptied(self._counts)
        for count in signing.counts:
            self._counts.addWidget(_Count(count), 1)
        self._remark.show_line(signing.remark, icon="info" if signing.remark else "")
        self._record.setText(signing.record)
        self._person.show_person(signing.person, signing.person_note)
        self.sign.setText(signing.act)
        wants = self.sign.minimumSizeHint().width() + 2 * SIDE_MARGIN  # no word of the act is cut
        self._side.setFixedWidth(max(SIDE, min(WIDEST_SIDE, wants)))
        self.back.setText(signing.back)
        refused = signing.refused
        self._refused.setVisible(refused is not None)
        if refused is not None:
            fact, way, self._leads_to = refused
            self._refused.show_words(fact, "" if self._leads_to else way, way if self._leads_to else "")
        self.sign.setEnabled(refused is None)
        self._hint.show()
        self._secret.setEnabled(refused is None)
        self._clear_problem()

    def offer_ways(self, pin: bool) -> None:
        """Ask for the PIN of the sitting where one stands, else for the password."""
        self._secret.offer(pin=pin)
        self._hint.setVisible(not pin)

    def show_badge(self, code: str) -> None:
        """Say that the badge was read, and ask for its PIN."""
        self._secret.read_badge(code)
        self._hint.hide()
        self._clear_problem()

    def count(self, told: Told | None, counting: bool) -> None:
        """Say the wait in other words; None: it is over."""
        self._problem.count(told, counting)
        self._remark.setVisible(self._problem.panel is None)

    def _clear_problem(self) -> None:
        self._problem.clear()
        self._remark.show()

    def open(self) -> None:
        super().open()
        self._secret.clear()
        self._secret.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        self._secret.clear()
        super().close_sheet()

    def show_working(self, working: bool) -> None:
        """Show that the signature is being made."""
        if working:
            self._clear_problem()
        self.sign.set_working(self._words.say("Signing …") if working else None)
        self._secret.setEnabled(not working)
        self.back.setEnabled(not working)
        self.hold(working)

    def show_problem(self, problem: Problem) -> None:
        """Say why it was not signed, below what was to be signed; the remark gives way to it."""
        self.show_working(False)
        self._hint.hide()
        self._remark.hide()
        self._problem.show_problem(problem)
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)


class _Count(Plane):
    def __init__(self, count: CountRow) -> None:
        super().__init__("reject_soft" if count.rejects else "canvas", radius=theme.R_FIELD)
        layout = column(0, (16, 8, 16, 8))
        self.setLayout(layout)
        line = row(10)
        role: theme.Role = "reject" if count.rejects else "text"
        line.addWidget(Text(count.count, 29, 700, role))
        line.addWidget(Text(count.allowed, theme.SECONDARY, 400, role if count.rejects else "text2"), 1)
        add(layout, Text(count.name, theme.BODY, 400, role if count.rejects else "text2"), line)
        self.setAccessibleName(f"{count.name}: {count.count}, {count.allowed}")
