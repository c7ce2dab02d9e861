# SPDX-License-Identifier: Apache-2.0
"""Checks a paper from its file, or the code that was scanned off it, and says what it proves in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from qcdesk.checker import papers
from qcdesk.checker.certificates import PREFIX, Unreadable, read
from qcdesk.checker.company_seals import CHANGED
from qcdesk.checker.findings import Finding
from qcdesk.checker.papers import Answer
from qcdesk.domain.inputs import BadInput
from qcdesk.gui.given_files import read_given
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.papers.rows import How, PaperRow, SignerRow
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.checked_papers import Issued, Since, issued, since
from qcdesk.services.company_signatures import CompanySigned
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import checked_papers as wording
from qcdesk.wording.leaving import signed_lines

LONGEST = 50_000_000
BARE = "paper_bare"
NO_PICTURE: Final = ("picture_kind", "not_a_picture")
_PDF = b"%PDF"
_HOW: Final[dict[Issued, How]] = {
    "elsewhere": "unknown",
    "never": "broken",
    "void": "broken",
    "stands": "holds",
}


class PapersView(Protocol):
    """The page."""

    def show_nothing(self) -> None: ...
    def show_working(self, name: str) -> None: ...
    def show_paper(self, paper: PaperRow) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class PapersPresenter:
    """A newer paper drops the answer about an older one. Nothing is written, and nobody has to be signed in."""

    def __init__(
        self, view: PapersView, use: UseCases, tasks: Tasks, words: Catalogue, problems: Problems
    ) -> None:
        self._view, self._use, self._tasks, self._words, self._problems = view, use, tasks, words, problems

    def open(self) -> None:
        """Begin without a paper: what the last reader looked at is gone."""
        self._view.show_nothing()

    def check(self, file: str) -> None:
        """Check a file: a PDF, or a picture of a certificate."""
        name = Path(file).name
        self._run(name, lambda: self._of_file(file, name))

    def scan(self, code: str) -> None:
        """Say what a code says that was scanned off a paper, or typed."""
        if code.strip():
            name = self._words.say("Scanned off the paper")
            self._run(name, lambda: self._of_code(code, name))

    def _run(self, name: str, look: Callable[[], PaperRow]) -> None:
        self._view.show_working(name)

        def failed(cause: Exception) -> None:
            self._view.show_nothing()
            self._problems.show(cause)

        self._tasks.run(look, self._view.show_paper, failed, latest="paper")

    def _of_file(self, file: str, name: str) -> PaperRow:
        content = read_given(file, LONGEST)
        company = self._use.company.read(content) if content.startswith(_PDF) else None
        return self._with_company(self._of_content(content, name, company), company)

    def _with_company(self, paper: PaperRow, company: CompanySigned | None) -> PaperRow:
        """Return an answer that also says what a company's signature says."""
        if company is None:
            return paper
        lines = tuple(signed_lines(company, self._words))
        heading = self._words.say("The company's signature")
        return replace(paper, lists=(*paper.lists, (heading, lines))) if lines else paper

    def _of_content(self, content: bytes, name: str, company: CompanySigned | None) -> PaperRow:
        answer = papers.check(content) if content.startswith(_PDF) else None
        if answer is not None and company is not None and company.found == "changed":
            findings = [*answer.findings, Finding.of(None, CHANGED)]
            return self._answered(answer, [one for one in findings if one.code != BARE], Since(()), name)
        if answer is not None and not (answer.holds or [f.code for f in answer.findings] == [BARE]):
            return self._answered(answer, list(answer.findings), Since(()), name)
        codes, text = self._on_paper(content)
        if answer is None or not answer.holds:
            code = next((one for one in codes if one.startswith(PREFIX)), "")
            if answer is None or not code:
                return self._of_code(code, name) if code else self._bare(name, pdf=answer is not None)
            return self._of_scan(answer, code, text, name)
        came = self._since(answer, sha256(content).hexdigest())
        found = [*wording.shown(answer, codes, text), *(came.found if came is not None else ())]
        return self._answered(answer, found, came, name)

    def _on_paper(self, content: bytes) -> tuple[tuple[str, ...], str]:
        """Return what codes and text a file bears that may be no paper at all."""
        try:
            return self._use.files.on_paper(content)
        except BadInput as bad:
            if bad.code in NO_PICTURE:
                raise BadInput("paper_kind") from bad
            raise

    def _of_scan(self, answer: Answer, code: str, text: str, name: str) -> PaperRow:
        """Return what the code says of a PDF without evidence: of a scan, and of no pages that carry words."""
        if text.strip():
            return self._answered(answer, list(answer.findings), Since(()), name)
        paper = self._of_code(code, name)
        bare = tuple(wording.sentence(one, self._words) for one in answer.findings)
        how: How = "unknown" if paper.how == "holds" else paper.how
        lists = ((self._words.say("What this file cannot tell"), bare), *paper.lists)
        return replace(paper, how=how, lists=lists)

    def _since(self, answer: Answer, digest: str) -> Since | None:
        """Return what this workspace says of its own paper; None: it is another's, or nobody has opened this one."""
        if not self._use.is_opened:
            return None
        with self._use.look() as uow:
            return since(uow, answer, digest) if uow.vault == answer.said["vault"] else None

    # words ----------------------------------------------------------------------------------------------------------

    def _bare(self, name: str, *, pdf: bool) -> PaperRow:
        say = self._words.say
        line = (
            say("It carries no evidence and no code of a certificate, so nothing can be said of it.")
            if pdf
            else say(
                "No code of a certificate was found on this picture. Take it again, closer and in even light."
            )
        )
        return PaperRow("unknown", name, say("This paper proves nothing by itself"), line)

    def _answered(self, answer: Answer, found: list[Finding], came: Since | None, name: str) -> PaperRow:
        words, say = self._words, self._words.say
        remarks = tuple(wording.remarks(came, words)) if came is not None else ()
        facts: tuple[tuple[str, str], ...] = ()
        signers: tuple[SignerRow, ...] = ()
        unknown: list[str] = []
        if answer.holds:
            facts = tuple((label, str(value)) for label, value in wording.said_of(answer, words))
            signers = tuple(SignerRow(*one[:4]) for one in wording.signatures(answer, words))
            unknown = wording.unknown(answer, words, sheet=False, workspace=came is not None, window=True)
        lists = [(say("What this file cannot tell"), tuple(unknown))]
        if found:
            problems = tuple(wording.sentence(one, words) for one in found)
            lists.insert(0, (say("What does not hold"), problems))
            return PaperRow(
                "broken",
                name,
                say("This paper does not hold"),
                say("Do not rely on it. Ask the site for another print."),
                facts,
                signers,
                tuple(one for one in lists if one[1]),
            )
        lists.insert(0, (say("What it proves"), (*wording.proven(answer, words, read=True), *remarks)))
        older = came is not None and came.now is not None and not came.same
        how: How = "unknown" if older or not signers else "holds"
        headline = say("This paper holds")
        two = wording.two_people(answer, words)
        line = two[0] if two else say("It shows what was signed, and nothing in it was changed.")
        if older:
            headline, line = say("This paper holds, and is not the newest"), remarks[0]
        elif not signers:
            headline = say("Unchanged, and signed by nobody")
            line = say("These are figures of a program. No person stands for them.")
        return PaperRow(how, name, headline, line, facts, signers, tuple(lists))

    def _of_code(self, code: str, name: str) -> PaperRow:
        """Say what the code of a certificate says; whether it was issued, only the site that issued it knows."""
        words, say = self._words, self._words.say
        try:
            said = read(code)
        except Unreadable as bad:
            raise BadInput("certificate_code", facts={"file": name}, where={"field": "code"}) from bad
        stands: Issued = "elsewhere"
        if self._use.is_opened:
            with self._use.look() as uow:
                stands = issued(uow, said)
        headline, line = wording.ISSUED[stands]
        told = wording.not_proven(stands, words) if stands == "elsewhere" else say(line)
        return PaperRow(
            _HOW[stands],
            name,
            say(headline),
            told,
            tuple(wording.code_says(said, words)),
            (),
            ((say("What is left to you"), (wording.compare(words),)),),
        )
