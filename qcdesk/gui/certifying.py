# SPDX-License-Identifier: Apache-2.0
"""Printing a certificate, from wherever one is: issued with the secret the first time, after that a copy on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qcdesk.domain.events import CertificateIssued
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.changes import Changes
from qcdesk.gui.problems import Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.certify_batch import ToPrint
from qcdesk.services.ports import Certificate, Hand
from qcdesk.services.sittings import Sitting
from qcdesk.services.use_cases import UseCases

Show = Callable[[str, ToPrint], None]
"""Shows the paper of a batch's certificate: batch, which print."""


@dataclass(frozen=True, slots=True)
class _Batch:
    id: str
    number: str
    quantity: int
    unit: str
    conceded: bool


class Certifying:
    """Asks before anything is put on record: issuing is signed, and each print after the first is counted."""

    def __init__(
        self,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        ask: Ask,
        who: WhoNow,
        changes: Changes,
        show: Show,
    ) -> None:
        self._use = use
        self._tasks = tasks
        self._words = words
        self._ask = ask
        self._who = who
        self._changes = changes
        self._show = show

    def print_certificate(self, batch: str, problems: Problems) -> None:
        """Ask for the first certificate of a released batch, or for a copy of the one it has."""
        person = self._who().person

        def find() -> tuple[Certificate | None, _Batch]:
            page = self._use.read.batch(batch, person, self._use.clock.now())
            known = _Batch(batch, page.header.number, page.released, page.header.unit,
                           page.state == "released_under_concession")  # fmt: skip
            return self._use.certificate_of(batch), known

        def ask(found: tuple[Certificate | None, _Batch]) -> None:
            there, known = found
            if there is None:
                self._ask_to_issue(known)
            else:
                self._ask_for_copy(there, known)

        self._tasks.run(find, ask, problems.show)

    def _ask_to_issue(self, batch: _Batch) -> None:
        say, sitting = self._words.say, self._who().sitting
        what = {"n": batch.quantity, "unit": batch.unit, "number": batch.number}
        asking = Asking(
            say("Certificate of {number}", number=batch.number),
            say(
                "I certify {n} {unit} of batch {number} as RELEASED UNDER CONCESSION. The code on the certificate is "
                "signed with my key.",
                **what,
            )
            if batch.conceded
            else say(
                "I certify {n} {unit} of batch {number} as released. The code on the certificate is signed "
                "with my key.",
                **what,
            ),
            say("Issue and print"),
            questions=(self._form(),),
            note=say("It takes the next number. Each print after this one says which copy it is."),
        )

        def work(answers: Answers, hands: tuple[Hand, ...]) -> tuple[CertificateIssued | None, ToPrint]:
            fact = self._use.issue_certificate(hands[0], batch.id)
            return fact, self._counted(answers, sitting, fact.certificate)

        self._ask(asking, work, lambda made: self._made(batch.id, *made))

    def _ask_for_copy(self, there: Certificate, batch: _Batch) -> None:
        say, sitting = self._words.say, self._who().sitting
        asking = Asking(
            say("Certificate {number} again", number=f"{there.number:06d}"),
            say("Batch {number} has its certificate. A print after the first one of its form says which copy it is.",
                number=batch.number)
            if there.printed or there.analyses
            else say("Batch {number} has its certificate, and no print of it was made yet.", number=batch.number),
            say("Print it"),
            questions=(self._form(),),
            note=say("That it is printed is put on record under your name."),
            secret=False,
        )  # fmt: skip

        def work(answers: Answers, _hands: tuple[Hand, ...]) -> tuple[CertificateIssued | None, ToPrint]:
            return None, self._counted(answers, sitting, there.number)

        self._ask(asking, work, lambda made: self._made(batch.id, *made))

    def _form(self) -> Question:
        say = self._words.say
        return Question(
            "form",
            say("What stands on it"),
            "choice",
            choices=(
                ("conformity", say("Certificate of conformity: that it conforms, on one page")),
                ("analysis", say("Certificate of analysis: each result with its limits")),
            ),
            value="conformity",
        )

    def _counted(self, answers: Answers, sitting: Sitting, number: int) -> ToPrint:
        return self._use.print_certificate(sitting, number, results=answers["form"] == "analysis")

    def _made(self, batch: str, fact: CertificateIssued | None, printed: ToPrint) -> None:
        if fact is not None:
            self._changes.tell(fact)
        self._show(batch, printed)
