# SPDX-License-Identifier: Apache-2.0
"""The mail that asks a supplier for corrective action: written as a file, or sent; kept with the action either way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.inputs import BadInput
from qcdesk.gui.asking import Answers, Ask, Asking, Question, Who, WhoNow
from qcdesk.gui.problems import Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.sending import Draft, Mailing, Send
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue
from qcdesk.services.letters import Mail
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases
from qcdesk.wording.paper_mail import MAIL
from qcdesk.wording.supplier_mail import mail_about


class ActionMails:
    """``now`` is the action in view; ``done`` says a line and loads it anew."""

    def __init__(
        self,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        mailing: Mailing,
        now: Callable[[], CorrectiveAction | None],
        done: Notice,
    ) -> None:
        self._use, self._tasks, self._words, self._problems = use, tasks, words, problems
        self._who, self._ask, self._mailing, self._now, self._done = who, ask, mailing, now, done

    def write(self, file: str) -> None:
        """Ask to whom, show the text, and write the mail as a file that the shop's mail program sends."""
        action, say = self._now(), self._words.say
        if action is None:
            return
        who = self._who()
        if Path(file).exists():
            self._problems.show(BadInput("file_exists", facts={"file": Path(file).name}))
            return

        def ready(drafted: Mail) -> None:
            asking = Asking(
                say("Write the mail about {name}", name=action.name),
                say("It is written as a file and kept with the action. Your mail program opens and sends it."),
                say("Write the mail"),
                (
                    Question("to", say("To"), value=drafted.to, optional=True,
                             hint=say("Mail address; empty: the mail program asks")),
                    Question("from", say("From"), optional=True, hint=say("Your own mail address")),
                    Question("language", say("Language of the mail"), "choice", tuple(LANGUAGE_NAMES.items()),
                             value=drafted.language,
                             hint=say("What the contact reads. In another one the text below is written anew, unless"
                                      " you change it.")),
                    Question("text", say("Text"), "text", value=drafted.text),
                ),
                secret=False,
            )  # fmt: skip

            def act(answers: Answers, _hands: tuple[Hand, ...]) -> str:
                mail = self._mail(action, who, drafted, answers)
                content = self._use.letters.mail(mail)
                self._record(action, who, mail, Path(file).name, content)
                self._use.letters.save(content, file)
                return Path(file).name

            self._ask(asking, act, lambda name: self._done(say("{file} is written.", file=name)))

        self._tasks.run(lambda: mail_about(self._use, who.person, action.id), ready, self._problems.show)

    def send(self) -> None:
        """Ask to whom, show the text, and hand the mail to the server; it is kept with the action once it was taken."""
        action, say = self._now(), self._words.say
        if action is None:
            return
        who, name = self._who(), f"{action.name}{MAIL}"
        drafts: list[Mail] = []

        def draft() -> Draft:
            made = mail_about(self._use, who.person, action.id)
            drafts.append(made)
            return Draft(
                say("Send the mail about {name}", name=action.name), made.to, made.subject, made.language, made.text
            )  # fmt: skip

        def take(answers: Answers) -> Mail:
            mail = self._mail(action, who, drafts[-1], answers)
            self._use.letters.mail(mail)
            return mail

        def go(mail: Mail, send: Send) -> None:
            def make(to: str) -> bytes:
                return self._use.letters.mail(replace(mail, to=to))

            def went(to: str) -> None:
                self._tasks.run(
                    lambda: self._record(action, who, replace(mail, to=to), name, make(to)),
                    lambda _: self._done(
                        say("The mail to {to} is kept with {name}.", to=to, name=action.name)
                    ),
                    self._problems.show,
                )

            send(make, mail.to, name, went)

        self._mailing.ask(draft, take, go, self._problems.show)

    def _mail(self, action: CorrectiveAction, who: Who, drafted: Mail, answers: Answers) -> Mail:
        """Return the mail as it was answered; in another language its text is made anew, unless somebody changed it."""
        own = answers["text"] if answers["text"].strip() != drafted.text.strip() else None
        mail = mail_about(self._use, who.person, action.id, to=answers["to"], sender=answers.get("from", ""),
                          language=answers["language"], text=own)  # fmt: skip
        subject = answers.get("subject", drafted.subject)
        return mail if subject == drafted.subject else replace(mail, subject=subject)

    def _record(self, action: CorrectiveAction, who: Who, mail: Mail, name: str, content: bytes) -> None:
        kept = Attachment(name, self._use.files.keep_file(content), len(content))
        self._use.record_sent(who.sitting, action.id, to=mail.to or mail.to_name, language=mail.language,
                              subject=mail.subject, text=mail.text, attachments=(kept,))  # fmt: skip
