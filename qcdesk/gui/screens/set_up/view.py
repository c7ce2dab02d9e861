# SPDX-License-Identifier: Apache-2.0
"""The first start: the shop, the first two people with their own passwords, then the recovery code, shown once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStackedWidget, QWidget

from qcdesk.gui import theme
from qcdesk.gui.printers import PrintJob, choose_printer
from qcdesk.gui.problems import Problem
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Plane, Scroll, add, column, row
from qcdesk.gui.widgets.chips import IconLine
from qcdesk.gui.widgets.focus import NO_RING_PROPERTY
from qcdesk.gui.widgets.forms import Field, LineField
from qcdesk.gui.widgets.languages import Languages
from qcdesk.gui.widgets.mark import Mark
from qcdesk.gui.widgets.pages import DeskPage, Form
from qcdesk.gui.widgets.secret_line import SecretLine
from qcdesk.gui.widgets.text import Text, secondary, subject
from qcdesk.i18n import Catalogue
from qcdesk.wording.secrets import of_new

ChoosePrinter = Callable[[QWidget, str], PrintJob | None]


def system_printer(parent: QWidget, title: str) -> PrintJob | None:
    """Open the system's dialog."""
    return choose_printer(parent, title, 1)


class SetUpView(DeskPage):
    """``begin_wanted`` carries the fields and the passwords; ``put_away`` says that the code is kept safe."""

    begin_wanted = Signal(object, object)
    put_away = Signal()
    restore_wanted = Signal()
    paper_wanted = Signal()

    def __init__(
        self,
        words: Catalogue,
        printer: ChoosePrinter = system_printer,
        *,
        restores: bool = False,
        languages: Sequence[str] = ("en",),
    ) -> None:
        super().__init__(words)
        self.languages = Languages(languages)
        self._printer = printer
        self._code = ""
        self._site = ""
        self._shop = ""
        self._restores = restores
        self.page_title.hide()
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.body.setContentsMargins(60, 0, 60, 10)
        self.stack.addWidget(self._people_page())
        self.stack.addWidget(self._code_page())

    def _people_page(self) -> QWidget:
        say = self.words.say
        page = QWidget()
        layout = column(14)
        page.setLayout(layout)
        head = row(16)
        texts = column(2)
        add(
            texts,
            subject(say("Begin, two together")),
            Text(
                say(
                    "Nothing here is good until two people have looked at it, so two people open it. "
                    "Each types a password that the other does not see."
                ),
                16,
                400,
                "text2",
                wrap=True,
            ),
        )
        head.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        head.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self.form = Form({"second": "second_login", "login": "first_login", "name": "first_name"})
        holder = QWidget()
        inner = column(14, (0, 0, 8, 0))
        holder.setLayout(inner)
        shop = Card(say("Your shop"))
        self.form.know(
            "shop",
            name := LineField(
                say("Name of the shop"), say("At the head of every report; it can be changed later")
            ),
        )
        shop.body.addWidget(name)
        inner.addWidget(shop)
        both = row(14)
        inner.addLayout(both)
        self.secrets: dict[str, SecretLine] = {}
        for place, heading in (("first", say("First person")), ("second", say("Second person"))):
            both.addWidget(self._person_card(place, heading), 1)
        add(
            inner,
            IconLine(
                say(
                    "At first both may do everything: inspect, decide, release, approve, enrol. Nobody does it alone."
                ),
                icon="users",
            ),
            None,
        )
        self._scroll = Scroll(holder)
        layout.addWidget(self._scroll, 1)
        self.button = Button(say("Open the shop"), "filled", height=52, size=17)
        self.button.clicked.connect(self.begin)
        low = row(14)
        if self._restores:
            self.restoring = Button(say("Restore a backup"), icon="rotate-ccw", height=52, size=17)
            self.restoring.clicked.connect(self.restore_wanted)
            before = say("Your shop worked with qcdesk before, on another disk or computer")
            low.addWidget(self.restoring)
            low.addWidget(secondary(before, wrap=True), 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            low.addStretch(1)
        self.checking_paper = Button(say("Check a paper"), icon="file-text", height=52, size=17)
        self.checking_paper.clicked.connect(self.paper_wanted)
        add(low, self.checking_paper, self.button)
        layout.addLayout(low)
        return page

    def _person_card(self, place: str, heading: str) -> Card:
        say = self.words.say
        card = Card(heading)
        name = LineField(say("Name"), say("As you write it, in your own script"))
        login = LineField(say("Login"), say("Short: small letters and digits"))
        secret = SecretLine(
            say("Password"),
            say("Show what I typed"),
            of_new(self.words),
        )
        again = SecretLine(say("The same once more"), say("Show what I typed"))
        pin = SecretLine(
            say("PIN of your badge, if you take one"),
            say("Show what I typed"),
            say("6 digits; empty: none now"),
        )
        pin_again = SecretLine(say("The same 6 digits once more"), say("Show what I typed"))
        self.form.know(f"{place}_name", name)
        self.form.know(f"{place}_login", login)
        self.secrets[f"{place}_secret"] = secret
        self.secrets[f"{place}_again"] = again
        self.secrets[f"{place}_pin"] = pin
        self.secrets[f"{place}_pin_again"] = pin_again
        lines: tuple[tuple[Field, Field], ...] = ((name, login), (secret, again), (pin, pin_again))
        for parts in lines:
            pair = row(12)
            for part in parts:
                part.make_roomy()
                pair.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
            card.body.addLayout(pair)
        return card

    def _code_page(self) -> QWidget:
        say = self.words.say
        page = QWidget()
        layout = column(16)
        page.setLayout(layout)
        add(
            layout,
            None,
            subject(say("The recovery code, shown this once")),
            Text(
                say(
                    "Where only one of you is left who can sign, this code stands in for the other: to enrol "
                    "somebody, to give a new key, to end one, to lift a suspension. It checks and releases nothing. "
                    "Each use is shown to everybody and makes a new code. It is kept nowhere in the program: keep it "
                    "on paper, with somebody outside the daily work."
                ),
                16,
                400,
                "text2",
                wrap=True,
            ),
        )
        plane = Plane("action_soft", radius=theme.R_LANE)
        inner = column(0, (24, 26, 24, 26))
        plane.setLayout(inner)
        self.code = Text("", 34, 700, align=Qt.AlignmentFlag.AlignHCenter)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.code.setProperty(NO_RING_PROPERTY, True)
        inner.addWidget(self.code)
        layout.addWidget(plane)
        self.site = secondary("", wrap=True)
        layout.addWidget(self.site)
        self.printed = secondary("", wrap=True)
        self.print_button = Button(say("Print the code"), icon="printer", height=52, size=17)
        self.print_button.clicked.connect(self._print)
        self.away = Button(say("I have put it away"), "filled", height=52, size=17)
        self.away.clicked.connect(self._put_away)
        low = row(14)
        low.addWidget(self.print_button)
        low.addWidget(self.printed, 1, Qt.AlignmentFlag.AlignVCenter)
        low.addWidget(self.away)
        add(layout, low, None, None)
        return page

    def open_form(self) -> None:
        """Show the empty fields."""
        self.form.fill({})
        self._forget()
        self.stack.setCurrentIndex(0)
        self.form.focus_first()

    def _forget(self) -> None:
        for line in self.secrets.values():
            line.forget()

    def begin(self) -> None:
        """Hand over what was typed."""
        if self.button.working:
            return
        self.problems.clear()
        self.form.clear_wrong()
        for line in self.secrets.values():
            line.show_wrong("")
        values = self.form.values()
        self._shop = values["shop"]
        self.begin_wanted.emit(values, {code: line.secret() for code, line in self.secrets.items()})

    def show_working(self, working: bool) -> None:
        """Show that keys are being made."""
        self.button.set_working(self.words.say("Making the keys …") if working else None)

    def show_code(self, code: str, site: str) -> None:
        """Show the recovery code and the site's fingerprint; the passwords are forgotten."""
        self.show_working(False)
        self._forget()
        self._code, self._site = code, site
        self.site.setText(
            self.words.say(
                "Fingerprint of this workspace: {site}. It stands on every report; another one there means another log.",
                site=site,
            )
        )
        self.code.setText(code)
        self.printed.setText("")
        self.stack.setCurrentIndex(1)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        self._code = ""
        self.code.setText("")
        self.put_away.emit()

    def _print(self) -> None:
        say = self.words.say
        job = self._printer(self, say("Recovery code"))
        if job is None:
            return
        if job.paint(self._sheet(min(300, job.dpi))) and job.end():
            self.printed.setText(say("Sent to the printer. Look that it came out before you go on."))
        else:
            job.abort()
            self.printed.setText(say("The printer does not answer. Write the code down by hand."))

    def _sheet(self, dpi: int) -> QImage:
        """Return the page with the code on it, A4 in a density."""
        say = self.words.say
        scale = dpi / 72
        image = QImage(round(595 * scale), round(842 * scale), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setPen(Qt.GlobalColor.black)
        top = 90.0
        wrap = Qt.TextFlag.TextWordWrap
        for text, size, weight, high in (
            (say("Recovery code of {shop}", shop=self._shop), 20, 600, 40),
            (self._code, 24, 700, 60),
            (
                say(
                    "Keep this sheet in a safe. It was shown and printed once, and is kept nowhere in the program."
                ),
                12,
                400,
                60,
            ),
            (
                say(
                    "Fingerprint of the workspace: {site}. It stands at the foot of every report; where another one "
                    "stands, the report comes out of another log.",
                    site=self._site,
                ),
                12,
                400,
                60,
            ),
            (say("Date, and the names of the two who put it away:"), 12, 400, 30),
        ):
            font = theme.current().font(size, 700 if weight == 700 else 600 if weight == 600 else 400)
            large = type(font)(font)
            large.setPixelSize(round(size * scale))
            painter.setFont(large)
            painter.drawText(QRectF(60 * scale, top * scale, 475 * scale, high * scale), int(wrap), text)
            top += high + 14
        painter.end()
        return image

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, beside its field where it has one."""
        self.show_working(False)
        told = problem.told
        line = self.words.say("{fact} {way}", fact=told.fact, way=told.way) if told.way else told.fact
        secret = self.secrets.get(problem.field)
        if problem.kind == "input" and secret is not None:
            secret.show_wrong(line)
            secret.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(secret)
        elif problem.kind != "input" or not self.form.show_wrong(problem.field, line):
            self.problems.show_problem(problem)
