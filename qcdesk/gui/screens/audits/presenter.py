# SPDX-License-Identifier: Apache-2.0
"""Begins audits, saves each answer as it is given, and has them signed, reviewed and settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from qcdesk.domain.audit_templates import Question as Asked
from qcdesk.domain.audit_templates import said
from qcdesk.domain.audits import Answer, Value
from qcdesk.domain.corrective import CorrectiveAction, about_audit
from qcdesk.domain.inputs import BadInput
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.collation import by_words
from qcdesk.gui.given_files import read_given
from qcdesk.gui.listing import ListedPresenter, ListedView
from qcdesk.gui.picked_files import FROM_FILE, kept_picture
from qcdesk.gui.printed import save_paper, show_printed
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.screens.audits.rows import QuestionRow, Shown, role_of
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import Catalogue
from qcdesk.services import taken_audits
from qcdesk.services.audit_rows import AuditListRow, AuditPage
from qcdesk.services.letters import ATTACHMENT_BYTES
from qcdesk.services.ports import Hand, Printing
from qcdesk.services.prints import Print, PrintsOf
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import audits as wording
from qcdesk.wording.audits import action_about

MOST_SHOWN = 4
"""Photos of one question that the page shows; the report has the same."""
_VALUES: dict[str, Value] = {"yes": "yes", "partly": "partly", "no": "no", "not_applicable": "not_applicable"}


class AuditView(Protocol):
    """One audit."""

    def show_audit(self, shown: Shown, at: str) -> None: ...
    def show_photos(self, code: str, pictures: Sequence[tuple[str, bytes]]) -> None: ...
    def show_printed(self, papers: Sequence[Happening]) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class AuditsPresenter(ListedPresenter[AuditListRow]):
    """The list; an audit is begun in a sheet, or brought back from where it was answered."""

    closed_first = True

    def __init__(
        self,
        view: ListedView[AuditListRow],
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        notice: Notice,
        audit: Callable[[str], None],
    ) -> None:
        super().__init__(view, tasks, problems)
        self._use, self._words = use, words
        self._who, self._ask, self._notice, self._audit = who, ask, notice, audit

    def read(self, closed: bool) -> Sequence[AuditListRow]:
        return [row for row in self._use.read.audits() if closed or row.state != "closed"]

    def texts(self, row: AuditListRow) -> Iterable[str]:
        return row.name, row.supplier_name, row.supplier_code, row.title, row.auditor_name, row.reviewer_name

    def choose(self, row: AuditListRow) -> None:
        """Open an audit."""
        self._audit(row.id)

    def begin(self) -> None:
        """Ask whom to audit by what."""

        def load() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
            suppliers = by_words((r.supplier.supplier, r.supplier.name) for r in self._use.read.suppliers())
            rows = self._use.read.audit_templates()
            return suppliers, by_words((r.code, r.title) for r in rows if r.in_use is not None)

        self._tasks.run(load, self._begin, self._problems.show)

    def _begin(self, found: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
        suppliers, templates = found
        say = self._words.say
        if not templates:
            self._notice(say("No template is approved yet: write one, and let another planner approve it."))
            return
        asking = Asking(
            say("Begin an audit"),
            say(
                "You are the auditor: you answer every question and sign; somebody else reviews the evidence."
            ),
            say("Begin"),
            questions=(
                Question("supplier", say("Supplier"), "choice", tuple(suppliers)),
                Question("template", say("Audit template"), "choice", tuple(templates)),
            ),
            secret=False,
        )
        self._ask(
            asking,
            lambda values, _hands: (
                self._use.audits.open(self._who().sitting, values["supplier"], values["template"]).audit
            ),
            self._audit,
        )


class AuditPresenter:
    """One audit: what somebody may do in it follows from where it stands and who asks."""

    def __init__(
        self,
        view: AuditView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        notice: Notice,
        show_action: Callable[[str], None],
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._who, self._ask, self._notice = problems, who, ask, notice
        self._show_action = show_action
        self._actions: tuple[CorrectiveAction, ...] = ()
        self._audit = ""
        self._at = ""
        self._page: AuditPage | None = None
        self._away: date | None = None

    def open(self, audit: str) -> None:
        """Show an audit at its first question without an answer."""
        self._audit, self._at = audit, ""
        self.reload()

    def reload(self) -> None:
        """Load it anew, as whoever is signed in may see it."""
        audit, person = self._audit, self._who().person

        def load() -> tuple[AuditPage, tuple[CorrectiveAction, ...], date | None]:
            page = self._use.audits.page(audit, person)
            away = self._use.audits.away_since(audit)
            if page.outcome is None:
                return page, (), away
            return page, about_audit(self._use.corrective_actions(page.supplier.supplier), page.name), away

        self._tasks.run(load, lambda found: self._loaded(*found), self._problems.show, latest="audit")

    def _loaded(
        self, page: AuditPage, actions: tuple[CorrectiveAction, ...], away: date | None = None
    ) -> None:
        self._page, self._actions, self._away = page, actions, away
        own = self._own(page)
        left = [q.code for q in page.asked() if q.code not in own]
        at = self._at
        if page.state in ("open", "signed") and (not at or at in own):
            at = left[0] if left else at
        self._view.show_audit(self._shown(page, own, len(left)), at)
        of = PrintsOf(document="audit", subject=page.id)
        show_printed(self._view, self._use, self._tasks, self._words, self._problems, of)

    def _own(self, page: AuditPage) -> Mapping[str, Answer]:
        if page.state in ("reviewed", "closed"):
            return page.counting
        return page.first if page.auditor == self._who().person else page.second

    def _asks(self, page: AuditPage) -> bool:
        mine = page.auditor == self._who().person
        return (page.state == "open" and mine) or (page.state == "signed" and not mine)

    def _shown(self, page: AuditPage, own: Mapping[str, Answer], left: int) -> Shown:
        words, say, asks = self._words, self._words.say, self._asks(page)
        both = self._who().person in (page.auditor, page.reviewer)
        act = ""
        if asks and not left:
            act = say("Sign: I audited") if page.state == "open" else say("Sign: I reviewed the evidence")
        elif page.state == "reviewed" and both:
            act = say("Settle together")
        result, make_up = "", tuple[str, ...]()
        content, outcome = page.content, page.outcome
        if outcome is not None:
            result = wording.sentence(outcome, content.pass_percent, content.conditional_percent, words)
            called = {one.code: said(one.title, words.language) for one in content.sections}
            make_up = tuple(
                say("{code} {percent} (weight {weight})", code=called.get(one.code) or one.code,
                    percent=wording.percent(one.part, words), weight=one.weight)
                for one in outcome.sections
            )  # fmt: skip
        asked = page.asked()
        seen = asked if asks or own else ()
        return Shown(
            title=say("{audit} · {supplier}", audit=page.name, supplier=page.supplier.name),
            note=say("{title} ({template} v{version}), audited by {auditor}", title=said(content.title, words.language),
                     template=page.template, version=page.version, auditor=page.auditor_name),
            state=self._state(page),
            result=result,
            role=role_of(outcome.result) if outcome is not None else "text",
            make_up=make_up,
            questions=tuple(self._row(page, question, own) for question in seen),
            asks=asks,
            act=act,
            printable=page.state == "closed",
            progress=say("{done} of {all} answered", done=len(asked) - left, all=len(asked)) if asks else "",
            takeable=page.state == "open" and asks,
            finding=self._finding(page),
        )  # fmt: skip

    def _finding(self, page: AuditPage) -> str:
        if self._actions:
            return self._words.say("Open {action}", action=self._actions[0].name)
        found = page.outcome is not None and page.outcome.findings
        return self._words.say("Ask for corrective action") if found else ""

    def _state(self, page: AuditPage) -> str:
        say, mine = self._words.say, page.auditor == self._who().person
        if page.state == "open" and not mine:
            return say("{auditor} is still answering; what is answered is shown after the review.",
                       auditor=page.auditor_name)  # fmt: skip
        if page.state == "open" and self._away is not None:
            return wording.away(page.name, self._away, self._words)
        if page.state == "signed" and mine:
            return say(
                "Signed. Somebody else now answers a drawn part and every critical question from your evidence."
            )
        if page.state == "signed":
            return say("Answer from the evidence; the auditor's answers are shown once you have signed.")
        if page.state == "reviewed":
            return say("Some answers differ: auditor and reviewer settle together what is true.")
        return say("Answer what you see; each answer is saved at once.")

    def _row(self, page: AuditPage, question: Asked, own: Mapping[str, Answer]) -> QuestionRow:
        words, code = self._words, question.code
        section = next(s for s in page.content.sections if question in s.questions)
        answer = own.get(code)
        told = wording.answer(answer, question, words) if answer else ""
        differs = code in page.differences
        if differs and page.state == "reviewed":
            told = words.say(
                "{first} / {second}",
                first=wording.answer(page.first[code], question, words),
                second=wording.answer(page.second[code], question, words),
            )
        note, files = page.evidence.get(code, ("", answer.files if answer else ()))
        shown = [note] if note else [answer.note] if answer and answer.note and not self._asks(page) else []
        if files:
            shown.append(words.count("{n} photo or file", "{n} photos or files", len(files)))
        return QuestionRow(
            code=code,
            section=said(section.title, words.language),
            text=said(question.text, words.language),
            guidance=said(question.guidance, words.language),
            critical=question.critical,
            points=question.points,
            answer=told,
            note=answer.note if answer else "",
            evidence=" · ".join(shown),
            photos=files,
            differs=differs,
        )

    def answer(self, code: str, value: str, note: str) -> None:
        """Save an answer at once, and go on to the next question without one."""
        page = self._page
        assert page is not None, "only an audit that is shown is answered"
        before = self._own(page).get(code)
        said = (before.files, before.names) if before is not None else ((), ())
        try:
            answer = self._answer_of(code, value, note)
            self._save(replace(answer, files=said[0], names=said[1]))
        except BadInput as bad:
            self._problems.show(bad)

    @staticmethod
    def _answer_of(code: str, value: str, note: str) -> Answer:
        if value in _VALUES:
            return Answer(code, _VALUES[value], None, note)
        if not (value.isascii() and value.isdigit() and len(value) <= 3):
            raise BadInput("points_missing", facts={"code": code}, where={"field": "points"})
        return Answer(code, "points", int(value), note)

    def _save(self, answer: Answer) -> None:
        audit, sitting = self._audit, self._who().sitting
        self._at = answer.question
        self._tasks.run(
            lambda: self._use.audits.answer(sitting, audit, [answer]),
            lambda _: self.reload(),
            self._problems.show,
        )

    def photo(self, code: str, path: str) -> None:
        """Keep a photo beside the answer of a question."""
        self._keep(code, path, lambda: kept_picture(self._use.files, f"{FROM_FILE}{Path(path)}"))

    def file(self, code: str, path: str) -> None:
        """Keep any file beside the answer of a question, as it is."""
        self._keep(code, path, lambda: self._use.files.keep_file(read_given(path, ATTACHMENT_BYTES)))

    def _keep(self, code: str, path: str, keep: Callable[[], str | None]) -> None:
        page = self._page
        assert page is not None, "only an audit that is shown is answered"
        before, audit, sitting = self._own(page).get(code), self._audit, self._who().sitting
        if before is None:
            self._notice(self._words.say("Answer the question first; its evidence stands beside the answer."))
            return

        def work() -> object:
            kept = keep()
            said = Answer(code, before.value, before.points, before.note, before.files, names=before.names)
            answer = said.with_file(kept, Path(path).name) if kept else said
            return self._use.audits.answer(sitting, audit, [answer])

        self._at = code
        self._tasks.run(work, lambda _: self.reload(), self._problems.show)

    def save_evidence(self, code: str, place: int, path: str) -> None:
        """Save a piece of evidence of a question as a file, as it was kept."""
        page = self._page
        if page is None:
            return
        own = self._own(page).get(code)
        _note, files = page.evidence.get(code, ("", own.files if own else ()))

        def work() -> None:
            self._use.letters.save(self._use.files.read(files[place]), path)

        told = self._words.say("{file} is written.", file=Path(path).name)
        self._tasks.run(work, lambda _: self._notice(told), self._problems.show)

    def take(self, path: str) -> None:
        """Write the open audit as a file, to answer it where the supplier works, without a network."""
        audit, sitting = self._audit, self._who().sitting

        def work() -> str:
            taken = self._use.audits.take(sitting, audit)
            self._use.letters.save(taken_audits.to_file(taken, {}), path)
            return taken.name

        def done(name: str) -> None:
            self._notice(self._words.say("{audit} is in {file}.", audit=name, file=Path(path).name))
            self.reload()

        self._tasks.run(work, done, self._problems.show)

    def ask_for_action(self) -> None:
        """Open a corrective action about everything that was found; where there is one, go to it."""
        page, say = self._page, self._words.say
        if page is None or page.outcome is None:
            return
        if self._actions:
            self._show_action(self._actions[0].id)
            return
        new = action_about(page, self._words)
        asking = Asking(
            say("Ask for corrective action"),
            self._words.count(
                "{n} finding becomes one corrective action, with its own promises and days.",
                "{n} findings become one corrective action, with its own promises and days.",
                len(page.outcome.findings),
            ),
            say("Open the action"),
            (
                Question("title", say("What it is about"), value=new.title),
                Question("finding", say("What was found"), "text", value=new.finding),
            ),
            note=say("Nothing is sent yet; write the mail once it is open."),
            secret=False,
        )

        def work(values: Answers, _hands: tuple[Hand, ...]) -> str:
            asked = replace(new, title=values["title"], finding=values["finding"])
            return self._use.open_action(self._who().sitting, asked).action

        self._ask(asking, work, self._show_action)

    def photos(self, code: str, names: Sequence[str]) -> None:
        """Show the evidence of a question; each photo is held against its hash."""
        called = self._page.names if self._page is not None else {}
        self._tasks.run(
            lambda: [(called.get(name, ""), self._use.files.read(name)) for name in names[:MOST_SHOWN]],
            lambda found: self._view.show_photos(code, found),
            self._problems.show,
            latest="audit_photos",
        )

    def act(self) -> None:
        """Have what can be signed now signed."""
        page, say = self._page, self._words.say
        if page is None:
            return
        audit = self._audit
        if page.state == "open":
            asking = Asking(
                say("I audited"),
                say("You sign all {n} answers of {audit}. Nothing is answered afterwards; somebody else reviews the "
                    "evidence.", n=len(page.content.questions), audit=page.name),
                say("Sign"),
            )  # fmt: skip
            self._ask(
                asking,
                lambda _, hands: self._use.audits.sign(hands[0], audit, seen_record=page.record),
                lambda _: self._done(
                    say("{audit} is signed; somebody else reviews its evidence.", audit=page.name)
                ),
            )
        elif page.state == "signed":
            asking = Asking(
                say("I reviewed the evidence"),
                say("You sign your {n} answers from the evidence of {audit}. Where both say the same, it is closed.",
                    n=len(page.sample), audit=page.name),
                say("Sign"),
            )  # fmt: skip
            self._ask(
                asking,
                lambda _, hands: self._use.audits.review(hands[0], audit),
                lambda _: self._done(say("The review of {audit} is signed.", audit=page.name)),
            )
        elif page.state == "reviewed":
            self._settle(page)

    def _settle(self, page: AuditPage) -> None:
        say, audit = self._words.say, self._audit
        known = {q.code: q for q in page.content.questions}
        asking = Asking(
            say("Settle together"),
            say("Auditor and reviewer sign what is true of each question that they answered otherwise."),
            say("Sign and close"),
            questions=tuple(self._difference(page, known[code]) for code in page.differences),
            other=True,
        )

        def work(values: Answers, hands: tuple[Hand, ...]) -> object:
            settled = [self._answer_of(code, values[code], "") for code in page.differences]
            return self._use.audits.settle(hands[0], hands[1], audit, settled)

        self._ask(asking, work, lambda _: self._done(say("{audit} is closed.", audit=page.name)))

    def _difference(self, page: AuditPage, question: Asked) -> Question:
        code, words = question.code, self._words
        told = words.say(
            "{code} {text} ({auditor}: {first}; {reviewer}: {second})",
            code=code,
            text=said(question.text, words.language),
            auditor=page.auditor_name,
            first=wording.answer(page.first[code], question, words),
            reviewer=page.reviewer_name,
            second=wording.answer(page.second[code], question, words),
        )
        if question.points:
            return Question(code, told)
        choices = tuple((value, words.say(wording.ANSWERS[value])) for value in ("yes", "partly", "no"))
        return Question(code, told, "choice", choices)

    def _done(self, line: str) -> None:
        self._notice(line)
        self.reload()

    def print_to(self, path: str) -> None:
        """Write the report of a closed audit."""
        audit, sitting = self._audit, self._who().sitting

        def make(printing: Printing) -> Print:
            return printing.audit(audit, sitting.person)

        save_paper(
            self._use, self._tasks, self._words, self._problems, self._ask, sitting, make, path, self._done
        )
