# SPDX-License-Identifier: Apache-2.0
"""Certificate and mail server of this station: each is tried before it is kept, and nothing of it is half kept.

What is tried waits for files, keyrings and servers, so it is never done on the thread of the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

from qcdesk.config import Settings
from qcdesk.domain.inputs import BadInput
from qcdesk.gui.on_its_way import OnItsWay
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.company_signatures import CompanyCertificate
from qcdesk.services.letters import Mail
from qcdesk.services.posts import MailServer, Security, server_named
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.wording.leaving import certificate_lines

SOON: Final = timedelta(days=30)
"""Before its end a certificate is said to need a successor."""


class CertificateView(Protocol):
    """The card of the certificate."""

    def show_certificate(self, file: str, *, always: bool) -> None: ...
    def show_lines(self, line: str, soon: str) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class MailView(Protocol):
    """The card of the mail server."""

    def show_server(self, line: str, values: Mapping[str, str], *, kept: bool) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_keeping(self, *, keeps: bool) -> None: ...
    def follow(self, how_far: Callable[[], tuple[str, float | None]]) -> None: ...
    def show_sent(self, line: str) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class CertificatePresenter:
    """One certificate at most; its password lies in the system's keyring."""

    def __init__(
        self,
        view: CertificateView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        notice: Notice,
        settings: Callable[[], Settings],
        change_settings: Callable[[Settings], None],
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._notice = problems, notice
        self._settings, self._change = settings, change_settings

    def open(self) -> None:
        """Show what is kept, and look whether it still stands."""
        now = self._settings()
        self._show(now)
        if now.company_file:
            self._tasks.render(
                lambda: self._use.company.look(now.company_file), self._said, self._problems.show, latest="company"
            )  # fmt: skip

    def _show(self, now: Settings) -> None:
        self._view.show_working(False)
        self._view.show_certificate(now.company_file, always=now.company_signs)
        none = self._words.say("This station does not sign for the company.")
        self._view.show_lines("" if now.company_file else none, "")

    def use(self, file: str, password: str, *, always: bool) -> None:
        """Open a certificate, then keep its place in the settings and its password in the keyring."""
        if not file:
            self._problems.show(BadInput("missing", where={"field": "company_file"}))
            return
        path = str(Path(file).expanduser().absolute())
        before = self._settings().company_file

        def enter() -> CompanyCertificate:
            seen = self._use.company.enter(path, password)
            if before != path:
                self._use.company.forget(before)
            return seen

        def kept(seen: CompanyCertificate) -> None:
            self._change(replace(self._settings(), company_file=path, company_signs=always))
            self._show(self._settings())
            self._said(seen)
            self._notice(self._words.say("This station signs with {file}.", file=Path(path).name))

        self._view.show_working(True)
        self._tasks.render(enter, kept, self._failed)

    def always(self, *, wanted: bool) -> None:
        """Sign whatever leaves, or only what one asks for; of a certificate that is not kept yet, it waits for that."""
        now = self._settings()
        if now.company_file:
            self._change(replace(now, company_signs=wanted))

    def remove(self) -> None:
        """Forget the certificate and its password; the file of it stays where it is."""
        file = self._settings().company_file
        self._change(replace(self._settings(), company_file="", company_signs=False))
        self._show(self._settings())
        self._tasks.render(
            lambda: self._use.company.forget(file),
            lambda _: self._notice(self._words.say("This station does not sign for the company.")),
            self._problems.show,
        )

    def _failed(self, cause: Exception) -> None:
        self._view.show_working(False)
        self._problems.show(cause)

    def _said(self, seen: CompanyCertificate) -> None:
        left = timedelta(microseconds=seen.until - self._use.clock.now())
        soon = ""
        if left < SOON:
            soon = self._words.count(
                "It stands for {n} more day. Ask its issuer for the next one.",
                "It stands for {n} more days. Ask its issuer for the next one.",
                left.days,
            )
        self._view.show_lines(self._words.run_on(certificate_lines(seen, self._words)), soon)


class MailPresenter:
    """One server at most; the password of its login lies in the system's keyring."""

    def __init__(
        self,
        view: MailView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        notice: Notice,
        settings: Callable[[], Settings],
        change_settings: Callable[[Settings], None],
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._notice = problems, notice
        self._settings, self._change = settings, change_settings
        self._way: OnItsWay | None = None

    def open(self) -> None:
        """Show the server that is kept."""
        if self._way is None:
            self._show()

    def _show(self) -> None:
        self._view.show_working(False)
        self._view.show_sent("")
        server, say = self._kept(), self._words.say
        if server is None:
            self._view.show_server(say("This station sends mail by no server."), {}, kept=False)
            return
        line = say(
            "This station sends mail from {sender} by {server}, port {port}.",
            sender=server.sender,
            server=server.host,
            port=server.port,
        )
        values = {
            "server": server.host,
            "port": str(server.port),
            "security": server.security,
            "mail_user": server.user,
            "sender": server.sender,
        }
        self._view.show_server(line, values, kept=True)
        if server.user:
            self._tasks.render(
                self._use.post.asks,
                lambda asks: self._view.show_keeping(keeps=not asks),
                self._problems.show,
                latest="keyring",
            )

    def _kept(self) -> MailServer | None:
        now = self._settings()
        if not now.mail_server:
            return None
        security: Security = "tls" if now.mail_security == "tls" else "starttls"
        return MailServer(now.mail_server, now.mail_port, security, now.mail_user, now.mail_sender)

    def use(self, values: Mapping[str, str]) -> None:
        """Reach a server, look at its certificate and log in; then keep it. A login that stays needs no password."""
        try:
            chosen = server_named(
                *(values[one] for one in ("server", "port", "security", "mail_user", "sender"))
            )
        except BadInput as bad:
            self._problems.show(bad)
            return
        before = self._kept()
        same = before is not None and (before.host, before.user) == (chosen.host, chosen.user)
        password = None if same and not values["mail_password"] else values["mail_password"]
        post = self._use.post

        def enter() -> None:
            post.enter(chosen, password, keep=bool(values["keep"]))
            if before is not None and not same:
                post.forget(before)

        def kept(_: None) -> None:
            self._change(
                replace(
                    self._settings(),
                    mail_server=chosen.host,
                    mail_port=chosen.port,
                    mail_security=chosen.security,
                    mail_user=chosen.user,
                    mail_sender=chosen.sender,
                )
            )
            self._end()
            self._show()
            self._notice(self._words.say("{server} answers, and lets us in.", server=chosen.host))

        self._begin(self._words.say("Reaching {server} …", server=chosen.host))
        self._tasks.render(enter, kept, self._failed)

    def remove(self) -> None:
        """Forget the server and the password of its login."""
        before = self._kept()
        self._change(replace(self._settings(), mail_server="", mail_user="", mail_sender=""))
        self._show()
        if before is not None:
            self._tasks.render(
                lambda: self._use.post.forget(before),
                lambda _: self._notice(self._words.say("This station sends mail by no server.")),
                self._problems.show,
            )

    def attempt(self, to: str, password: str) -> None:
        """Send a mail for trial; with a password that was typed, else with the one that is kept."""
        if self._way is not None:
            return
        use, say, way = self._use, self._words.say, self._begin(self._words.say("Reaching the mail server …"))
        now = use.clock.now()

        def send() -> str:
            mail = Mail("", to, "", "", say("Trial mail of qcdesk"),
                        say("This mail was sent for trial. Who reads it can be sent papers by this station.") + "\n",
                        now, f"trial-{now}", self._words.language)  # fmt: skip
            return use.post.send(use.letters.mail(mail), to, password or None, way.watch)

        def sent(went: str) -> None:
            self._end()
            self._view.show_sent(say("The mail server took the mail for {to}.", to=went))

        self._tasks.render(send, sent, self._failed)

    def cancel(self) -> None:
        """Stop the mail that is on its way; as long as the server is only tried, its answer is waited for."""
        if self._way is not None:
            self._way.stop()

    def _begin(self, words: str) -> OnItsWay:
        self._way = way = OnItsWay(self._words, words)
        self._view.show_sent("")
        self._view.show_working(True)
        self._view.follow(way.how_far)
        return way

    def _end(self) -> None:
        self._way = None
        self._view.show_working(False)

    def _failed(self, cause: Exception) -> None:
        self._end()
        if isinstance(cause, Trouble) and cause.code == "mail_stopped":
            self._view.show_sent(self._words.say("Nothing was sent."))
            return
        self._problems.show(cause)
