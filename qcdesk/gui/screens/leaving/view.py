# SPDX-License-Identifier: Apache-2.0
"""Left the company's certificate, right the mail server and a mail for trial; each is kept once it was tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from qcdesk.gui import theme
from qcdesk.gui.problems import Problem
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, Rule, add, column, row
from qcdesk.gui.widgets.chips import IconLine
from qcdesk.gui.widgets.forms import Check, ChoiceField, LineField
from qcdesk.gui.widgets.notices import ProblemArea, Progress
from qcdesk.gui.widgets.pages import YES, DeskPage, Form
from qcdesk.gui.widgets.secret_line import SecretLine
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue
from qcdesk.services.posts import PORTS


class LeavingCard(Card):
    """What is kept, the form of what is to be, its key, and the way to keep nothing.

    ``touched``: something is being filled in. ``again``: what met with trouble is tried once more.
    """

    touched = Signal()
    removed = Signal()
    password: SecretLine

    def __init__(self, words: Catalogue, heading: str, note: str, act: str, icon: str) -> None:
        super().__init__(heading, note)
        self.words = words
        self.line = Text("", theme.BODY, 400, "text2", wrap=True)
        self.problems = ProblemArea(words.say("Try again"), words.say("Copy the report"))
        self.problems.try_again.connect(self._again)
        self.problems.report_wanted.connect(lambda text: QGuiApplication.clipboard().setText(text))
        self.form = Form()
        self.form.changed.connect(self._changed)
        self.using = Button(act, icon=icon)
        self.removing = Button(words.say("Remove"), icon="trash-2")
        self.removing.clicked.connect(self.removed)
        keys = row(10)
        add(keys, self.using, self.removing, None)
        add(self.body, self.line, self.problems, self.form, keys)
        self._last: Callable[[], None] = self.problems.clear
        self._pressed: Button | None = None

    def try_to(self, act: Callable[[], None], pressed: Button) -> None:
        """Do something that may meet with trouble, and again when that is asked for."""
        self._last, self._pressed = act, pressed
        self.problems.clear()
        self.form.clear_wrong()
        self.password.show_wrong("")
        act()

    def return_focus(self, *, working: bool) -> None:
        """A key that takes no press loses the focus; whoever pressed it gets it back there."""
        if working:
            return
        if self._pressed is not None and self.isVisible():
            self._pressed.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pressed = None

    def settle(self, *, kept: bool) -> None:
        """What stands in the form is what is kept."""
        self.problems.clear()
        self.password.show_wrong("")
        self.using.set_kind("framed")
        self.removing.setVisible(kept)

    def show_problem(self, problem: Problem) -> None:
        """Say what is wrong, and mark its field."""
        self.problems.show_problem(problem)
        again = self.words.say("Look at this again")
        if problem.field.endswith("_password"):
            self.password.show_wrong(again)
            self.password.edit.setFocus()
        elif problem.field:
            self.form.show_wrong(problem.field, again)

    def _again(self) -> None:
        self.problems.clear()
        self._last()

    def _changed(self) -> None:
        self.using.set_kind("filled")
        self.touched.emit()


class CertificateCard(LeavingCard):
    """``wanted`` carries the file, its password and whether all is signed; ``always_wanted`` the last alone."""

    wanted = Signal(str, str, bool)
    always_wanted = Signal(bool)

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(
            words,
            say("Company's certificate"),
            say("signs papers for the company"),
            say("Use this certificate"),
            "shield-check",
        )
        self.file = LineField(
            say("File of the certificate"), say("With its key, as .p12 or .pfx; it stays where it is"), most=1_000
        )  # fmt: skip
        choosing = Button(say("Choose …"), icon="folder-open", height=self.file.edit.sizeHint().height())
        choosing.clicked.connect(self._choose)
        line = row(10)
        line.addWidget(self.file, 1)
        line.addWidget(choosing, 0, Qt.AlignmentFlag.AlignVCenter)
        self.form.know("company_file", self.file)
        self.form.put_part(line)
        self.password = SecretLine(
            say("Password of the certificate"), say("Show it"), say("Kept in the keyring of this computer alone")
        )  # fmt: skip
        self.form.put_part(self.password)
        self.always = Check(say("Sign every PDF that leaves, without being asked"))
        self.always.clicked.connect(self.always_wanted)
        self.form.put_part(self.always)
        self.soon = IconLine("", shape="triangle", role="attention")
        self.soon.hide()
        self.body.insertWidget(2, self.soon)
        self.password.changed.connect(self.form.changed)
        self.using.clicked.connect(lambda: self.try_to(self._use, self.using))
        self.body.addStretch(1)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.words.say("File of the certificate"), self.file.value(), "PKCS#12 (*.p12 *.pfx)"
        )
        if path:
            self.file.set_value(path)
            self.file.changed.emit()
            self.password.edit.setFocus()

    def _use(self) -> None:
        self.wanted.emit(self.file.value(), self.password.secret(), self.always.isChecked())

    def show_certificate(self, file: str, *, always: bool) -> None:
        """Show which file is kept."""
        self.file.set_value(file)
        self.password.forget()
        self.always.setChecked(always)
        self.settle(kept=bool(file))

    def show_lines(self, line: str, soon: str) -> None:
        """Show whose it is and until when it stands, and that this is soon."""
        self.line.setText(line)
        self.line.setVisible(bool(line))
        self.soon.show_line(soon, shape="triangle", role="attention")
        self.soon.setVisible(bool(soon))

    def show_working(self, working: bool) -> None:
        """Show that it is being tried."""
        self.using.set_working(self.words.say("Trying it …") if working else None)
        self.removing.setEnabled(not working)
        self.return_focus(working=working)


class MailCard(LeavingCard):
    """``wanted`` carries the fields, ``trial_wanted`` the address that a mail for trial goes to, and a password."""

    wanted = Signal(object)
    trial_wanted = Signal(str, str)
    cancelled = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(
            words, say("Mail server"), say("takes the mails that this station sends"), say("Use this server"), "send"
        )  # fmt: skip
        self.port = LineField(say("Port"), most=5)
        self.security = ChoiceField(
            say("Encryption"), (("starttls", say("STARTTLS")), ("tls", say("TLS from the first byte on")))
        )
        self.security.changed.connect(self._usual_port)
        self.form.put(
            ("server", LineField(say("Mail server"), say("Such as mail.example.com"))),
            ("security", self.security),
            ("port", self.port),
            shares=(5, 5, 2),
        )
        self.origin = LineField(say("Mail address that mail is from"))
        self.origin.below.hide()
        self.form.put(("sender", self.origin))
        self.user = LineField(say("Login at the mail server"), say("Empty: none is made"))
        self.form.know("mail_user", self.user)
        self.password = SecretLine(say("Password"), say("Show it"))
        self.password.below.hide()
        self.keeping = Check(say("Keep it in the keyring"))
        self.form.know("keep", self.keeping)
        secret = column(4)
        add(secret, self.password, self.keeping, None)
        login = row(12)
        login.addWidget(self.user, 1, Qt.AlignmentFlag.AlignTop)
        login.addLayout(secret, 1)
        self.form.put_part(login)
        for field in (self.user, self.password):
            field.edit.setFixedHeight(44)
        self.password.changed.connect(self.form.changed)
        self.using.clicked.connect(lambda: self.try_to(self._use, self.using))
        self.to = LineField(say("Mail address for a trial"))
        self.to.below.hide()
        self.to.changed.connect(self._show_ready)
        self.trying = Button(say("Send a trial"), height=self.to.edit.sizeHint().height())
        self.trying.clicked.connect(lambda: self.try_to(self._try, self.trying))
        line = row(10)
        line.addWidget(self.to, 1)
        line.addWidget(self.trying, 0, Qt.AlignmentFlag.AlignBottom)
        self.progress = Progress(say("Cancel"))
        self.progress.cancelled.connect(self.cancelled)
        self.sent = IconLine("", shape="tick", role="text2")
        self.sent.hide()
        self.rule = Rule()
        low = column(8)
        add(low, self.rule, line, self.progress, self.sent)
        self.body.addSpacing(6)
        self.body.addLayout(low)
        self.body.addStretch(1)
        self._kept = self._working = False

    def _usual_port(self) -> None:
        if self.port.value() in {"", *map(str, PORTS.values())}:
            self.port.set_value(str(next(n for code, n in PORTS.items() if code == self.security.value())))

    def _use(self) -> None:
        self.wanted.emit({**self.form.values(), "mail_password": self.password.secret()})

    def _try(self) -> None:
        self.trial_wanted.emit(self.to.value(), self.password.secret())

    def show_server(self, line: str, values: Mapping[str, str], *, kept: bool) -> None:
        """Show which server is kept."""
        self.line.setText(line)
        usual = {"security": "starttls", "port": str(PORTS["starttls"]), "keep": YES}
        self.form.fill({**usual, **values})
        self.password.forget()
        self._kept = kept
        self.settle(kept=kept)
        self._show_ready()

    def show_working(self, working: bool) -> None:
        """Show that a server is being reached."""
        self._working = working
        if not working:
            self.progress.end()
        self.using.setEnabled(not working)
        self.removing.setEnabled(not working)
        self._show_ready()
        self.return_focus(working=working)

    def show_keeping(self, *, keeps: bool) -> None:
        """Show whether the keyring has the password of the server that is kept."""
        self.form.fill({**self.form.values(), "keep": YES if keeps else ""})

    def follow(self, how_far: Callable[[], tuple[str, float | None]]) -> None:
        """Show how far it is, again and again; under half a second nothing."""
        self.progress.follow(how_far)

    def show_sent(self, line: str) -> None:
        """Say what came of the mail for trial."""
        self.sent.show_line(line, shape="tick", role="text2")
        self.sent.setVisible(bool(line))

    def _show_ready(self) -> None:
        for part in (self.rule, self.to, self.trying):
            part.setVisible(self._kept)
        self.trying.setEnabled(bool(self.to.value()) and not self._working)


class LeavingView(DeskPage):
    """Two cards; only the one that is being filled in has a dark key."""

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        super().__init__(
            words,
            say("Signature and mail"),
            say("Of this station. Passwords lie in the keyring of this computer, in no file of qcdesk."),
            back=say("Back to the settings"),
        )
        self.certificate, self.mail = CertificateCard(words), MailCard(words)
        self.certificate.touched.connect(lambda: self.mail.using.set_kind("framed"))
        self.mail.touched.connect(lambda: self.certificate.using.set_kind("framed"))
        columns = row(14)
        columns.addWidget(self.certificate, 1)
        columns.addWidget(self.mail, 1)
        self.body.addLayout(columns, 1)
