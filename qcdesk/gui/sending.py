# SPDX-License-Identifier: Apache-2.0
"""Mail that goes out by the house's own server: asked about once, handed over beside the work, never lost.

A mail that the server did not take is still here: it stays above every page until it went, was saved or given up. To
whom it goes is read by who wrote it alone; everybody else reads that there is one. A paper in it is put on record when
the server has all of the mail but its end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, Protocol, TypeVar

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import CopyTaken
from qcdesk.gui.asking import Answers, Ask, Asking, Question, Who
from qcdesk.gui.company_passwords import CERTIFICATE, certificate_asked
from qcdesk.gui.on_its_way import OnItsWay
from qcdesk.gui.problems import Problem, Teller, Told, sort
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Failed, Tasks
from qcdesk.gui.watching import Standing
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.posts import Handing, MailServer
from qcdesk.services.sittings import Sitting
from qcdesk.services.tell_prints import TRIES, InMail
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases

T = TypeVar("T")
_log = logging.getLogger(__name__)
_ASKS: Final = ("mail_password_needed", "mail_login")
"""Problems that a password can solve."""
_ASKS_CERTIFICATE: Final = ("company_password_needed", "company_password")
"""Problems that the password of the company's certificate can solve."""
_OF_OTHERS: Final = "mails"

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
    """What is asked about before a mail goes. ``text`` empty: it is made of the language; ``files``: what goes along.

    ``signs``: what goes along is signed where this station signs whatever leaves.
    """

    title: str
    to: str
    subject: str
    language: str = ""
    text: str = ""
    files: str = ""
    signs: bool = False


class Send(Protocol):
    """Hands a mail over that was asked about."""

    def __call__(
        self,
        make: Callable[[str], bytes],
        to: str,
        name: str,
        went: Callable[[str], None] = ...,
        *,
        paper: InMail | None = None,
    ) -> None:
        """Hand it over.

        Args: make: returns it, to an address; on the thread of the database. name: as a file. went: it was taken, or
            saved as a file that another program sends; to whom. paper: what is in it and put on record; ``make`` takes
            it as it leaves.
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

        The answers are ``to``, ``subject`` and, where the draft has them, ``language`` and ``text``; where the company's
        certificate needs it, ``CERTIFICATE``.
        """

    def many(self, left: Callable[[], Sequence[str]], stop: Callable[[], None]) -> Callable[[], None]:
        """Know of mails that a page hands over one after the other; return what says that it is done with them.

        Args: left: what they bring and to whom, of those that have not gone. stop: hands over no more of them.
        """


@dataclass(frozen=True)
class _Many:
    """Mails of a page. ``owner``: the person who has them sent."""

    owner: str
    left: Callable[[], Sequence[str]]
    stop: Callable[[], None]


@dataclass(frozen=True)
class _Mail:
    """``owner``: the person who wrote it, in whose ``sitting`` it was sent."""

    key: str
    owner: str
    sitting: Sitting
    make: Callable[[str], bytes]
    to: str
    name: str
    went: Callable[[str], None]
    paper: InMail | None


def _nothing_more(_to: str) -> None:
    """Nothing is to be done once it went."""


@dataclass(frozen=True)
class Around:
    """What of a window shows mails on their way and those left.

    ``save_as``: asks where a file of this name goes. ``who``: is signed in now, or None.
    """

    bar: Bar
    standing: Standing
    words: Catalogue
    ask: Ask
    tell: Teller
    notice: Notice
    save_as: Callable[[str], str]
    who: Callable[[], Who | None]


class Sending:
    """See ``Mailing``. It outlives the window: another language, and with it another window, loses no mail.

    Several mails may be on their way; the first of them is shown, and cancelling stops all. What whoever is signed in
    did not write is only counted.
    """

    def __init__(self, use: UseCases, tasks: Tasks) -> None:
        self._use, self._tasks = use, tasks
        self._ways: dict[str, tuple[_Mail, OnItsWay]] = {}
        self._left: dict[str, tuple[_Mail, Exception]] = {}
        self._count = 0
        self._stopped: Callable[[], None] | None = None
        self._closing: list[tuple[Sitting, Callable[[], None]]] = []
        self._many: dict[str, _Many] = {}

    def move(self, around: Around) -> None:
        """Go on in a window: show there what is on its way, and what did not go; a page of the one before is gone."""
        self._stop_many()
        self._around, self._words, self._ask = around, around.words, around.ask
        self.look()

    def look(self) -> None:
        """Show what whoever is signed in now wrote, and how many mails of others are still here."""
        bar, standing = self._around.bar, self._around.standing
        if any(self._own(mail) for mail, _ in self._ways.values()):
            bar.follow(self._how_far)
        else:
            bar.end()
        for mail, cause in self._left.values():
            if self._own(mail):
                self._show_left(mail, cause)
            else:
                standing.take_back(mail.key)
        others, count = sum(not self._own(mail) for mail in self._mails()), self._words.count
        if not others:
            standing.take_back(_OF_OTHERS)
            return
        fact = count("{n} mail has not gone yet.", "{n} mails have not gone yet.", others)
        way = count(
            "Whoever wrote it sees it again after signing in.",
            "Whoever wrote them sees them again after signing in.",
            others,
        )
        standing.tell(_OF_OTHERS, Told(fact, way), "", lambda: None)

    @property
    def unsent(self) -> tuple[str, ...]:
        """The keys of all mails that are on their way or did not go."""
        many = (f"{key} {name}" for key, one in self._many.items() for name in one.left())
        return (*self._ways, *self._left, *many)

    @property
    def own(self) -> dict[str, str]:
        """Those of whoever is signed in: to whom, and as which file, by their keys."""
        who = self._around.who()
        mine = {key: one for key, one in self._many.items() if who is not None and one.owner == who.person}
        many = {f"{key} {name}": name for key, one in mine.items() for name in one.left()}
        return many | {mail.key: self._words.say("{file} for {to}", file=mail.name, to=mail.to)
                for mail in self._mails() if self._own(mail)}  # fmt: skip

    @property
    def savable(self) -> bool:
        """Whether whoever is signed in can save any of them as files."""
        return any(map(self._own, self._mails()))

    def _mails(self) -> tuple[_Mail, ...]:
        return tuple(mail for mail, _ in (*self._ways.values(), *self._left.values()))

    def many(self, left: Callable[[], Sequence[str]], stop: Callable[[], None]) -> Callable[[], None]:
        """See ``Mailing``."""
        who = self._around.who()
        if who is None:
            raise LookupError("nobody is signed in")
        self._count += 1
        key = f"mails {self._count}"
        self._many[key] = _Many(who.person, left, stop)

        def done() -> None:
            self._many.pop(key, None)

        return done

    def _stop_many(self) -> None:
        for one in self._many.values():
            one.stop()
        self._many.clear()

    def _own(self, mail: _Mail) -> bool:
        who = self._around.who()
        return who is not None and who.person == mail.owner

    def _sitting(self, mail: _Mail) -> Sitting:
        """Return the sitting in which a mail goes: whoever wrote it may have signed in anew."""
        who = self._around.who()
        return who.sitting if who is not None and who.person == mail.owner else mail.sitting

    def ask(
        self,
        draft: Callable[[], Draft],
        take: Callable[[Answers], T],
        go: Callable[[T, Send], None],
        failed: Failed,
    ) -> None:
        """See ``Mailing``."""

        def known() -> tuple[MailServer, Draft, list[Question]]:
            server = self._use.post.server()
            if server is None:
                raise BadInput("mail_none")
            drafted, secrets = draft(), list[Question]()
            if self._use.post.asks():
                secrets.append(password_asked(self._words))
            if drafted.signs and self._use.company.asks():
                secrets.append(certificate_asked(self._words))
            return server, drafted, secrets

        def work(answers: Answers, _hands: tuple[Hand, ...]) -> tuple[T, str | None]:
            return take(answers), answers.get(GIVEN) or None

        def taken(found: tuple[T, str | None]) -> None:
            go(found[0], partial(self._send, found[1]))

        self._tasks.run(known, lambda found: self._ask(self._asking(*found), work, taken), failed)

    def _asking(self, server: MailServer, draft: Draft, secrets: list[Question]) -> Asking:
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
        questions += secrets
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
        *,
        paper: InMail | None = None,
    ) -> None:
        who = self._around.who()
        if who is None:
            raise LookupError("nobody is signed in")
        self._count += 1
        key = f"mail {self._count}"
        self._begin(_Mail(key, who.person, who.sitting, make, to, name, went, paper), password)

    def when_gone(self, sitting: Sitting, close: Callable[[], None]) -> None:
        """Close a sitting once no mail that was sent in it is on its way: what goes is put on record in it."""
        self._closing.append((sitting, close))
        self._close_sittings()

    def _close_sittings(self) -> None:
        used = [mail.sitting for mail, _ in self._ways.values()]
        waiting, self._closing = self._closing, []
        for sitting, close in waiting:
            if any(one is sitting for one in used):
                self._closing.append((sitting, close))
            else:
                close()

    def cancel(self) -> None:
        """Stop what is on its way of whoever is signed in, as far as it is not too late."""
        for mail, way in self._ways.values():
            if self._own(mail):
                way.stop()

    def _begin(self, mail: _Mail, password: str | None) -> None:
        mail = replace(mail, sitting=self._sitting(mail))
        way = OnItsWay(self._words, self._words.say("Sending the mail to {to} …", to=mail.to))
        self._ways[mail.key] = (mail, way)
        self.look()
        self._hand_over(mail, password, way, TRIES)

    def _hand_over(self, mail: _Mail, password: str | None, way: OnItsWay, tries: int) -> None:
        """Hand over all but its end, put its paper on record, then tell the end; anew where another took its number."""
        run, render = self._tasks.run, self._tasks.render

        def failed(cause: Exception) -> None:
            self._failed(mail, cause)

        def dropped(handing: Handing, cause: Exception) -> None:
            handing.drop()
            if not isinstance(cause, CopyTaken):
                failed(cause)
            elif tries > 1:
                self._hand_over(mail, password, way, tries - 1)
            else:
                failed(Trouble("locked"))

        def begun(handing: Handing) -> None:
            if mail.key not in self._ways:  # given up meanwhile
                handing.drop()
                return

            def end(_: None) -> None:
                render(handing.end, lambda _: self._went(mail, handing.to), failed)

            if mail.paper is None:
                end(None)
            else:
                tell = mail.paper.tell
                run(lambda: tell(mail.sitting), end, lambda cause: dropped(handing, cause))

        def made(content: bytes) -> None:
            render(lambda: self._use.post.begin(content, "", password, way.watch), begun, failed)

        run(lambda: _made(mail, mail.sitting), made, failed)

    def _how_far(self) -> tuple[str, float | None]:
        own = (way for mail, way in self._ways.values() if self._own(mail))
        first = next(own, None)
        return ("", None) if first is None else first.how_far()

    def _ended(self, mail: _Mail) -> None:
        self._ways.pop(mail.key, None)

    def _shown(self) -> None:
        """Show what is left of them; what waits for all to be stopped goes on."""
        self.look()
        self._close_sittings()
        if self._stopped is not None and not any(self._own(mail) for mail, _ in self._ways.values()):
            go_on, self._stopped = self._stopped, None
            go_on()

    def _went(self, mail: _Mail, to: str) -> None:
        self._ended(mail)
        if self._own(mail):
            self._around.notice(self._words.say("The mail server took the mail for {to}.", to=to))
        self._shown()
        mail.went(to)

    def _failed(self, mail: _Mail, cause: Exception) -> None:
        given_up = mail.key not in self._ways
        self._ended(mail)
        if given_up:
            return
        problem = sort(cause, self._around.tell, self._words)
        if problem.kind in ("trouble", "bug"):
            _log.warning("mail: %s", cause, exc_info=cause if problem.kind == "bug" else None)
        self._left[mail.key] = (mail, cause)
        self._shown()

    def _show_left(self, mail: _Mail, cause: Exception) -> None:
        say, problem = self._words.say, sort(cause, self._around.tell, self._words)
        fact = say("The mail to {to} is still here. {fact}", to=mail.to, fact=problem.told.fact)
        way = problem.told.way
        if mail.paper is not None and mail.paper.told:
            way = self._words.run_on(
                (way, say("The server had all of it before, so its paper stands in the print log already."))
            )
        told = Told(fact, way)
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
        if isinstance(problem.cause, BadInput) and problem.cause.code in _ASKS_CERTIFICATE:
            questions.append(replace(certificate_asked(self._words), only=("now", "again", "save")))
        asking = Asking(
            say("The mail to {to}", to=mail.to),
            self._words.run_on((problem.told.fact, problem.told.way)),
            say("Go on"),
            tuple(questions),
            secret=False,
            recorded=False,
        )

        def go(answers: Answers) -> None:
            if mail.paper is not None and answers.get(CERTIFICATE):
                mail.paper.password = answers[CERTIFICATE]
            if answers["now"] == "again":
                self._taken_back(mail)
                self._begin(replace(mail, to=answers["to"]), answers.get(GIVEN) or None)
            elif answers["now"] == "save":
                self._save(mail)
            else:
                self._taken_back(mail)
                self._around.notice(say("The mail to {to} was given up.", to=mail.to))

        self._ask(asking, lambda answers, _hands: answers, go)

    def _save(self, mail: _Mail) -> None:
        """Write it as a file that a mail program opens and sends."""
        path = self._around.save_as(mail.name)

        def saved(file: str) -> None:
            self._around.notice(self._words.say("Saved as {file}.", file=file))

        def failed(cause: Exception) -> None:
            self._left[mail.key] = (mail, cause)
            self._show_left(mail, cause)

        if path:
            self._write(mail, lambda: path, saved, failed)

    def _write(
        self, mail: _Mail, path: Callable[[], str], saved: Callable[[str], None], failed: Failed
    ) -> None:
        """Put its paper on record, then write it; what another printed meanwhile is made anew."""
        sitting = self._sitting(mail)

        def leaves() -> bytes:
            for _ in range(TRIES):
                content = _made(mail, sitting)
                try:
                    if mail.paper is not None:
                        mail.paper.tell(sitting)
                except CopyTaken:
                    continue
                return content
            raise Trouble("locked")

        def write(content: bytes) -> str:
            file = path()
            self._use.letters.save(content, file)
            return file

        def written(file: str) -> None:
            self._taken_back(mail)
            saved(file)
            mail.went(mail.to)

        self._tasks.run(leaves, lambda content: self._tasks.render(lambda: write(content), written, failed),
                        failed)  # fmt: skip

    # Before the window closes, or another workspace is entered ------------------------------------------------------

    def save_all(self, folder: str, saved: Callable[[], None], failed: Failed) -> None:
        """Stop what is on its way and write every mail of whoever is signed in into a folder; no file is replaced.

        What goes all the same before it can be stopped is not written.
        """

        def each() -> None:
            mail = next((one for one, _ in self._left.values() if self._own(one)), None)
            if mail is None:
                self.look()
                saved()
            else:
                name = mail.name
                self._write(mail, lambda: _free(Path(folder), name), lambda _: each(), failed)

        self.cancel()
        self._stopped = each
        self._shown()

    def give_up(self) -> None:
        """Give all of them up; what is on its way is stopped, as far as it is not too late."""
        self._stop_many()
        for _, way in self._ways.values():
            way.stop()
        for mail, _ in tuple(self._left.values()):
            self._taken_back(mail)
        self._ways.clear()
        self._close_sittings()
        self.look()


def _made(mail: _Mail, sitting: Sitting) -> bytes:
    """Return a mail with its paper as that leaves; on the thread of the database."""
    if mail.paper is not None:
        mail.paper.ready(sitting)
    return mail.make(mail.to)


def _free(folder: Path, name: str) -> str:
    """Return the path of a new file: of this name, or with a number where there is one."""
    path, count = folder / name, 1
    while path.exists():
        count += 1
        path = folder / f"{Path(name).stem} {count}{Path(name).suffix}"
    return str(path)
