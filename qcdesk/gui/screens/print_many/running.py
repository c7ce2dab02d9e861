# SPDX-License-Identifier: Apache-2.0
"""Many papers one after the other: each step makes one of them whole, on the thread of the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Final

from qcdesk.domain.events import CertificateIssued, Leaving
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import NotReleased, Refusal
from qcdesk.gui.screens.print_many.rows import CERTIFIED, Outcome, Pair, Wish
from qcdesk.i18n import Catalogue
from qcdesk.services.labels import LabelWish
from qcdesk.services.letters import Mail
from qcdesk.services.ports import Hand, PrintJob
from qcdesk.services.posts import Handing
from qcdesk.services.prints import Print
from qcdesk.services.rows import BatchListRow
from qcdesk.services.sittings import Sitting
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.wording.paper_mail import MAIL, mail_with
from qcdesk.wording.readers import words_for

WAYS: Final[dict[str, Leaving]] = {
    "printer": "printed",
    "mails": "mailed",
    "send": "mailed",
    "folder": "saved",
}


class Run:
    """``stop`` may be called from any thread: nothing more is begun, and only what is on record already is finished."""

    def __init__(
        self,
        use: UseCases,
        sitting: Sitting,
        wish: Wish,
        pairs: Sequence[Pair],
        words: Catalogue,
        releaser: Hand | None = None,
        certified: Collection[str] = (),
        password: str | None = None,
        opens: str | None = None,
    ) -> None:
        """``words``: in the language of mails. ``releaser``: who has signed to certify these batches, ``certified``.

        ``password``: of the mail server, ``opens``: of the company's certificate, where no keyring keeps them.
        """
        self._password, self._opens = password, opens
        self._use, self._sitting, self._wish, self._words = use, sitting, wish, words
        self._releaser, self._certified = releaser, frozenset(certified)
        self._issued: list[CertificateIssued] = []
        self._pairs = tuple(pairs)
        self._stopped = Event()
        self._of: dict[PrintJob, Pair] = {}
        self._recorded: set[PrintJob] = set()
        self._refused: list[Outcome] = []
        languages = wish.language or words.language, wish.second
        self._papers = use.printing.in_language(*languages).many(self._jobs())

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Whether it was stopped."""
        return self._stopped.is_set()

    def issued(self) -> tuple[CertificateIssued, ...]:
        """Return the certificates that were issued since this was asked last."""
        taken, self._issued = tuple(self._issued), []
        return taken

    def told(self, outcome: Outcome) -> Refusal | Trouble | None:
        """Put on record that a paper is sent now; return why not, where it cannot be."""
        return self._why_not(outcome, lambda paper: self._use.prints.tell(self._sitting, paper, "mailed"))

    def can_be_told(self, outcome: Outcome) -> Refusal | Trouble | None:
        """Look whether a paper can be told before a printer gets it; return why not."""
        return self._why_not(outcome, lambda paper: self._use.prints.require_tellable(self._sitting, paper))

    def printed(self, outcome: Outcome) -> Refusal | Trouble | None:
        """Put on record that a printer took a paper; return what could not be, for the paper is out."""
        if not self._use.printers.takes(dict(self._wish.printers).get(outcome.pair.kind, "")):
            return Trouble("printer")
        return self._why_not(
            outcome, lambda paper: self._use.prints.tell_sent(self._sitting, paper, "printed")
        )

    @staticmethod
    def _why_not(outcome: Outcome, act: Callable[[Print], object]) -> Refusal | Trouble | None:
        assert isinstance(outcome.pdf, Print)
        try:
            act(outcome.pdf)
        except (Refusal, Trouble) as wrong:
            return wrong
        return None

    def post(self, outcome: Outcome) -> Handing:
        """Hand a mail with a paper to the server but for its end, unless all is stopped meanwhile.

        Raises: as the port ``Post``.
        """
        mail = replace(self._mail(outcome.pdf, outcome.title), to=self._wish.to)
        content, password = self._use.letters.mail(mail), self._password
        return self._use.post.begin(content, "", password, lambda _done, _total: not self.stopped)

    def step(self) -> tuple[tuple[Outcome, ...], bool]:
        """Make the next paper; return what came of it and of those before that were refused, and whether that was all."""
        while not self._stopped.is_set() or self._recorded:
            try:
                job, made = next(self._papers)
            except StopIteration:
                return self._taken(), True
            kept = job in self._recorded
            self._recorded.discard(job)
            if self._stopped.is_set() and not kept:
                continue
            return (*self._taken(), self._finished(job, made, kept)), False
        self._papers.close()
        return self._taken(), True

    def _taken(self) -> tuple[Outcome, ...]:
        taken, self._refused = tuple(self._refused), []
        return taken

    def _jobs(self) -> Iterator[PrintJob]:
        for pair in self._pairs:
            if self._stopped.is_set():
                return
            try:
                job = self._job(pair)
            except (Refusal, BadInput, Trouble) as wrong:
                self._refused.append(Outcome(pair, wrong))
                continue
            self._of[job] = pair
            if job.certificate:
                self._recorded.add(job)
            yield job

    def _job(self, pair: Pair) -> PrintJob:
        """Return what is to be drawn, once it is on record where it has to be."""
        row, use = pair.row, self._use
        if pair.kind in CERTIFIED:
            there = use.certificate_of(row.batch)
            issued = self._issue(row) if there is None else there.number
            results = pair.kind == "analysis"
            printed = use.print_certificate(self._sitting, issued, results=results)
            return PrintJob(
                row.batch,
                row.number,
                certificate=printed.number,
                copy=printed.copy,
                results=results,
            )
        if pair.kind == "labels":
            wish = LabelWish(None, self._wish.stock, self._wish.copies)
            return PrintJob(row.batch, row.number, label=wish)
        use.look_at_first(self._sitting, row.batch, "report")
        return PrintJob(row.batch, row.number, self._sitting.person)

    def _finished(self, job: PrintJob, made: Print | Refusal | BadInput | Trouble, kept: bool) -> Outcome:
        pair = self._of[job]
        if not isinstance(made, Print):
            return Outcome(pair, made)
        if self._wish.where == "printer":
            return Outcome(pair, pdf=made, title=job.file, kept=kept)
        way = WAYS[self._wish.where]
        try:
            leaves = self._use.prints.leaving(made, way, self._opens)
            if self._wish.where == "send":
                return Outcome(pair, pdf=leaves, title=job.file)
            self._use.prints.tell(self._sitting, leaves, way)
            self._write(leaves, job.file)
        except (Refusal, BadInput, Trouble) as wrong:
            return Outcome(pair, wrong)
        return Outcome(pair)

    def _issue(self, row: BatchListRow) -> int:
        """Issue the certificate of a batch that has none. Raises: as the use case; NotReleased."""
        if self._releaser is None or row.batch not in self._certified:
            raise NotReleased(row.number, row.state)
        fact = self._use.issue_certificate(self._releaser, row.batch)
        self._issued.append(fact)
        return fact.certificate

    def _write(self, pdf: bytes, name: str) -> None:
        use, path = self._use, Path(self._wish.folder) / name
        if self._wish.where == "mails":
            use.letters.save(use.letters.mail(self._mail(pdf, name)), f"{path}{MAIL}")
        else:
            use.printing.save(pdf, f"{path}.pdf")

    def _mail(self, pdf: bytes, name: str) -> Mail:
        use, chosen = self._use, self._wish.mail_language
        words = words_for(chosen) if chosen else self._words
        return mail_with(pdf, name, use.read.shop().name, use.clock.now(), words)
