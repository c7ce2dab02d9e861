# SPDX-License-Identifier: Apache-2.0
"""Mail that goes out by the house's own server: asked about once, handed over beside the work, never lost.

A mail that the server did not take is still here: it stays above every page until it went, was saved or given up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Protocol, TypeVar

from qcdesk.domain.inputs import BadInput
from qcdesk.gui.asking import Answers, Ask, Asking, Question
from qcdesk.gui.on_its_way import OnItsWay
from qcdesk.gui.problems import Problem, Teller, Told, sort
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Failed, Tasks
from qcdesk.gui.watching import Standing
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.posts import MailServer
from qcdesk.services.use_cases import UseCases

T = TypeVar("T")
_log = logging.getLogger(__name__)
_ASKS: Final = ("mail_password_needed", "mail_login")
"""Problems that a password can solve."""


GIVEN: Final = "mail_password"
"""What the question for a password is called."""


def password_asked(words: Catalogue) -> Question:
    """Return the question for a password that no keyring keeps."""
    hint = words.say("For this time only; it is not kept")
    return Question(GIVEN, words.say("Password of the mail server"), "secret", hint=hint)


class Bar(Protocol):
    """Where it is shown how far a mail is."""

    def follow(self, how_far: Callable[[], tuple[str, float | None]]) -> None: ...
    def end(self) -> None: ...


@dataclass(frozen=True)
class Draft:
    """What is asked about before a mail goes. ``text`` empty: it is made of the language; ``files``: what goes along."""

    title: str
    to: str
    subject: str
    language: str = ""
    text: str = ""
    files: str = ""


class Send(Protocol):
    """Hands a mail over that was asked about."""

    def __call__(
        self, make: Callable[[str], bytes], to: str, name: str, went: Callable[[str], None] = ...
    ) -> None:
        """Hand it over.

        Args: make: returns it, to an address. name: as a file. went: it was taken, or saved as a file that another
            program sends; to whom.
        """


class Mailing(Protocol):
    """What a presenter needs to have a mail asked about and sent."""

    def ask(
        self,
        draft: Callable[[], Draft],
        take: Callable[[Answers], T],
        go: Callable[[T, Send], None],
        failed: Failed,
    ) -> None:
        """Show what goes to whom; ``take`` (thread of the database) refuses in the sheet what cannot go.

        The answers are ``to``, ``subject`` and, where the draft has them, ``language`` and ``text``.
        """


@dataclass(frozen=True)
class _Mail:
    key: str
    make: Callable[[str], bytes]
    to: str
    name: str
    went: Callable[[str], None]


def _nothing_more(_to: str) -> None:
    """Nothing is to be done once it went."""


@dataclass(frozen=True)
class Around:
    """What of a window shows mails on their way and those left. ``save_as``: asks where a file of this name goes."""

    bar: Bar
    standing: Standing
    words: Catalogue
    ask: Ask
    tell: Teller
    notice: Notice
    save_as: Callable[[str], str]


class Sending:
    """See ``Mailing``. It outlives the window: another language, and with it another window, loses no mail.

    Several mails may be on their way; the first of them is shown, and cancelling stops all.
    """

    def __init__(self, use: UseCases, tasks: Tasks) -> None:
        self._use, self._tasks = use, tasks
        self._ways: dict[str, OnItsWay] = {}
        self._left: dict[str, tuple[_Mail, Exception]] = {}
        self._count = 0

    def move(self, around: Around) -> None:
        """Go on in a window: show there what is on its way, and what did not go."""
        self._around, self._words, self._ask = around, around.words, around.ask
        if self._ways:
            around.bar.follow(self._how_far)
        for mail, cause in self._left.values():
            self._show_left(mail, cause)

    def ask(
        self,
        draft: Callable[[], Draft],
        take: Callable[[Answers], T],
        go: Callable[[T, Send], None],
        failed: Failed,
    ) -> None:
        """See ``Mailing``."""

        def known() -> tuple[MailServer, Draft, bool]:
            server = self._use.post.server()
            if server is None:
                raise BadInput("mail_none")
            return server, draft(), self._use.post.asks()

        def work(answers: Answers, _hands: tuple[Hand, ...]) -> tuple[T, str | None]:
            return take(answers), answers.get(GIVEN) or None

        def taken(found: tuple[T, str | None]) -> None:
            go(found[0], partial(self._send, found[1]))

        self._tasks.run(known, lambda found: self._ask(self._asking(*found), work, taken), failed)

    def _asking(self, server: MailServer, draft: Draft, asks: bool) -> Asking:
        say = self._words.say
        questions = [
            Question("to", say("Recipient"), value=draft.to, hint=say("Mail address")),
            Question("subject", say("Subject"), value=draft.subject),
        ]
        if draft.language:
            anew = say(
                "What the contact reads. In another one the text below is written anew, unless you change it."
            )
            questions.append(
                Question("language", say("Language of the mail"), "choice", tuple(LANGUAGE_NAMES.items()),
                         value=draft.language, hint=anew if draft.text else "")
            )  # fmt: skip
        if draft.text:
            questions.append(Question("text", say("Text"), "text", value=draft.text))
        if asks:
            questions.append(password_asked(self._words))
        return Asking(
            draft.title,
            say(
                "It goes from {sender} by {server}. You are told when the server has taken it.",
                sender=server.sender,
                server=server.host,
            ),
            say("Send the mail"),
            tuple(questions),
            note=say("Enclosed: {files}.", files=draft.files) if draft.files else say("Nothing is enclosed."),
            secret=False,
        )

    def _send(
        self,
        password: str | None,
        make: Callable[[str], bytes],
        to: str,
        name: str,
        went: Callable[[str], None] = _nothing_more,
    ) -> None:
        self._count += 1
        self._begin(_Mail(f"mail {self._count}", make, to, name, went), password)

    def cancel(self) -> None:
        """Stop what is on its way, as far as it is not too late."""
        for way in self._ways.values():
            way.stop()

    def _begin(self, mail: _Mail, password: str | None) -> None:
        way = OnItsWay(self._words, self._words.say("Sending the mail to {to} …", to=mail.to))
        self._ways[mail.key] = way
        self._around.bar.follow(self._how_far)
        self._tasks.render(
            lambda: self._use.post.send(mail.make(mail.to), "", password, way.watch),
            lambda went: self._went(mail, went),
            lambda cause: self._failed(mail, cause),
        )

    def _how_far(self) -> tuple[str, float | None]:
        return next(iter(self._ways.values())).how_far() if self._ways else ("", None)

    def _ended(self, mail: _Mail) -> None:
        self._ways.pop(mail.key, None)
        if not self._ways:
            self._around.bar.end()

    def _went(self, mail: _Mail, to: str) -> None:
        self._ended(mail)
        self._taken_back(mail)
        self._around.notice(self._words.say("The mail server took the mail for {to}.", to=to))
        mail.went(to)

    def _failed(self, mail: _Mail, cause: Exception) -> None:
        self._ended(mail)
        problem = sort(cause, self._around.tell, self._words)
        if problem.kind in ("trouble", "bug"):
            _log.warning("mail: %s", cause, exc_info=cause if problem.kind == "bug" else None)
        self._left[mail.key] = (mail, cause)
        self._show_left(mail, cause)

    def _show_left(self, mail: _Mail, cause: Exception) -> None:
        say, problem = self._words.say, sort(cause, self._around.tell, self._words)
        fact = say("The mail to {to} is still here. {fact}", to=mail.to, fact=problem.told.fact)
        told = Told(fact, problem.told.way)
        self._around.standing.tell(mail.key, told, say("What now …"), lambda: self._what_now(mail, problem))

    def _taken_back(self, mail: _Mail) -> None:
        self._left.pop(mail.key, None)
        self._around.standing.take_back(mail.key)

    def _what_now(self, mail: _Mail, problem: Problem) -> None:
        """Ask what is to become of a mail that did not go."""
        say, again = self._words.say, ("now", "again")
        questions = [
            Question(
                "now",
                say("What now?"),
                "choice",
                (("again", say("Send it again")), ("save", say("Save as mail")), ("drop", say("Give it up"))),
                value="again",
            ),
            Question("to", say("Recipient"), value=mail.to, only=again),
        ]
        if isinstance(problem.cause, BadInput) and problem.cause.code in _ASKS:
            questions.append(replace(password_asked(self._words), only=again))
        asking = Asking(
            say("The mail to {to}", to=mail.to),
            f"{problem.told.fact} {problem.told.way}",
            say("Go on"),
            tuple(questions),
            secret=False,
            recorded=False,
        )

        def go(answers: Answers) -> None:
            if answers["now"] == "again":
                self._taken_back(mail)
                self._begin(
                    _Mail(mail.key, mail.make, answers["to"], mail.name, mail.went),
                    answers.get(GIVEN) or None,
                )
            elif answers["now"] == "save":
                self._save(mail)
            else:
                self._taken_back(mail)
                self._around.notice(say("The mail to {to} was given up.", to=mail.to))

        self._ask(asking, lambda answers, _hands: answers, go)

    def _save(self, mail: _Mail) -> None:
        """Write it as a file that a mail program opens and sends."""
        path = self._around.save_as(mail.name)
        if not path:
            return

        def saved(_: None) -> None:
            self._taken_back(mail)
            self._around.notice(self._words.say("Saved as {file}.", file=path))
            mail.went(mail.to)

        self._tasks.render(
            lambda: self._use.letters.save(mail.make(mail.to), path),
            saved,
            lambda cause: self._failed(mail, cause),
        )
