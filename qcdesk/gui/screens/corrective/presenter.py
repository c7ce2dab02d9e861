# SPDX-License-Identifier: Apache-2.0
"""Corrective actions: the lists, and one action with all that is done in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Protocol, cast

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.corrective import STEPS, CorrectiveAction, step_of
from qcdesk.domain.events import ActionClosed, ActionOpened, StopDecided
from qcdesk.domain.numbers import parse_quantity, parse_reading
from qcdesk.domain.promises import TEST_KINDS, PromiseTest, TestKind
from qcdesk.domain.sampling import BY_SERIOUSNESS, DefectClass
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.collation import by_words
from qcdesk.gui.given_files import file_asked, kept_file, read_given, saving
from qcdesk.gui.listing import ListedPresenter, ListedView
from qcdesk.gui.printed import save_paper, show_printed
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.promises import ActionRow, PromiseRow, in_ledger
from qcdesk.gui.records import Notice
from qcdesk.gui.screens.corrective.mails import ActionMails
from qcdesk.gui.screens.corrective.model import LotRow, StepRow
from qcdesk.gui.sending import Mailing
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.audit_rows import AuditListRow
from qcdesk.services.corrective_actions import NewAction, by_names, rate_classes, rate_codes
from qcdesk.services.letters import ATTACHMENT_BYTES, Due, MailRead
from qcdesk.services.ports import Hand, Printing, UnitOfWork
from qcdesk.services.prints import Print, PrintsOf
from qcdesk.services.promise_decisions import also_shown_by
from qcdesk.services.repeated_defects import inspection_of
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import corrective as wording
from qcdesk.wording import states
from qcdesk.wording.ages import minute, on_day
from qcdesk.wording.spelling import day, in_a_row

Choices = tuple[tuple[str, str], ...]
_Loaded = tuple[
    CorrectiveAction,
    CorrectiveAction,
    str,
    dict[str, str],
    Choices,
    Choices,
    Choices,
    tuple[DefectClass, ...],
    tuple[str, ...],
    str,
]
_KINDS: dict[TestKind, str] = {
    "rate": mark("A defect on at most so many percent of units over the next lots"),
    "certificate": mark("A document is received"),
    "accepted": mark("The next lot, or first article, is accepted and shows none of its codes"),
}


class ActionsView(ListedView[ActionRow], Protocol):
    """The lists."""

    def show_promises(self, rows: Sequence[PromiseRow]) -> None: ...


class ActionsPresenter(ListedPresenter[ActionRow]):
    """Loads the actions and the ledger of promises, and opens a new action."""

    def __init__(
        self,
        view: ActionsView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        notice: Notice,
        show: Callable[[str], None],
    ) -> None:
        super().__init__(view, tasks, problems)
        self._view, self._use, self._words = view, use, words
        self._who, self._ask, self._notice, self._show = who, ask, notice, show
        self._every: Sequence[ActionRow] = ()
        self._codes: dict[str, tuple[str, ...]] = {}

    def read(self, closed: bool) -> Sequence[ActionRow]:
        names = {row.supplier.supplier: row.supplier.name for row in self._use.read.suppliers()}
        found = self._use.corrective_actions()
        with self._use.look() as uow:
            named = by_names(uow, found)
        self._codes = {one.id: one.codes for one in found}
        self._every = [ActionRow(a, names.get(a.supplier, "")) for a in named]
        return [row for row in self._every if closed or row.action.state != "closed"]

    def texts(self, row: ActionRow) -> Iterable[str]:
        codes = self._codes.get(row.action.id, ())
        return row.action.name, row.action.title, row.supplier, *row.action.codes, *codes

    def beside(self) -> Sequence[PromiseRow]:
        return in_ledger(self._every, self._use.clock.today())

    def show_beside(self, found: object) -> None:
        self._view.show_promises(cast("Sequence[PromiseRow]", found))

    def choose(self, row: ActionRow | PromiseRow) -> None:
        """Open an action, or the one in which a promise was made."""
        self._show(row.action.id)

    def save_calendar(self, file: str) -> None:
        """Write the days of promises that nothing has decided as a calendar."""
        say = self._words.say

        def work() -> int:
            found = self._use.corrective_actions()
            with self._use.look() as uow:
                named = by_names(uow, found)
            dues = [
                Due(p.id, p.due, say("{action}: {words}", action=a.name, words=p.words),
                    wording.test_words(p.test, self._words, a.codes))
                for a in named
                for p in a.promises
                if p.decision.state == "open" and not p.replaced
            ]  # fmt: skip
            title = say("Promises of suppliers")
            self._use.letters.save(self._use.letters.calendar(title, dues, self._use.clock.now()), file)
            return len(dues)

        def done(count: int) -> None:
            self._notice(self._words.count("{n} day is saved.", "{n} days are saved.", count))

        self._tasks.run(work, done, self._problems.show)

    def add(self) -> None:
        """Ask what a new action is about."""

        def load() -> tuple[Choices, Choices]:
            suppliers = tuple(
                by_words((r.supplier.code, r.supplier.name) for r in self._use.read.suppliers())
            )
            with self._use.look() as uow:
                return suppliers, products_of(uow)

        self._tasks.run(load, lambda found: self._ask_new(*found), self._problems.show)

    def _ask_new(self, choices: Choices, products: Choices) -> None:
        say = self._words.say
        asking = Asking(
            say("Open a corrective action"),
            say("It gets the next number. Nothing is sent yet; write the mail once it is open."),
            say("Open the action"),
            (
                Question("supplier", say("Supplier"), "choice", choices, value=choices[0][0] if choices else ""),
                Question("title", say("What it is about")),
                Question("codes", say("Defect codes"), hint=say("Several with a comma between")),
                Question("product", say("Product"), "choice", (("", say("all that is supplied")), *products),
                         optional=True),
                Question("finding", say("What was found"), "text", optional=True),
                file_asked(self._words),
            ),
            secret=False,
        )  # fmt: skip

        def act(answers: Answers, _hands: tuple[Hand, ...]) -> ActionOpened:
            codes = tuple(code.strip() for code in answers["codes"].split(",") if code.strip())
            new = NewAction(
                answers["supplier"], answers["title"], codes, answers["product"], answers["finding"],
                kept_file(self._use, answers),
            )  # fmt: skip
            return self._use.open_action(self._who().sitting, new)

        self._ask(asking, act, lambda fact: self._show(fact.action))


def products_of(uow: UnitOfWork) -> Choices:
    """Return every product as a choice: its code, and its name beside it."""
    return tuple(by_words((one.code, f"{one.code} · {one.name}") for one in uow.products()))


def percent_of(typed: str) -> Decimal:
    """Take a percentage, with a point or a comma."""
    return parse_reading(typed, where={"field": "percent"}).decimal


class LedgerView(Protocol):
    """What one supplier promised, and its audits."""

    def show_ledger(self, title: str, note: str, promises: Sequence[PromiseRow]) -> None: ...
    def show_audits(self, rows: Sequence[AuditListRow]) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class LedgerPresenter:
    """Shows every promise of a supplier with what the lots made of it, and every audit."""

    def __init__(
        self, view: LedgerView, use: UseCases, tasks: Tasks, words: Catalogue, problems: Problems
    ) -> None:
        self._view, self._use, self._tasks, self._words, self._problems = view, use, tasks, words, problems
        self.supplier = ""

    def open(self, supplier: str) -> None:
        """Show the ledger of a supplier, by id."""
        self.supplier = supplier
        self.reload()

    def reload(self) -> None:
        """Load it anew."""
        supplier, use = self.supplier, self._use

        def load() -> tuple[str, tuple[CorrectiveAction, ...], tuple[AuditListRow, ...]]:
            found = use.corrective_actions(supplier)
            with use.look() as uow:
                return uow.supplier(supplier).name, by_names(uow, found), use.read.audits(supplier)

        self._tasks.run(
            load, lambda found: self._loaded(*found), self._problems.show, latest="supplier_ledger_page"
        )

    def _loaded(
        self, name: str, actions: tuple[CorrectiveAction, ...], audits: tuple[AuditListRow, ...]
    ) -> None:
        title = self._words.say("Promises and audits of {name}", name=name)
        note = wording.ledger(actions, self._use.clock.today(), self._words)
        rows = in_ledger([ActionRow(one, name) for one in actions], self._use.clock.today())
        self._view.show_ledger(title, note, rows)
        self._view.show_audits(audits)


class ActionView(Protocol):
    """One action."""

    def show_head(self, name: str, title: str, note: str, *, closed: bool, fixed: bool) -> None: ...
    def show_stop(self, line: str, way: str) -> None: ...
    def show_steps(self, rows: Sequence[StepRow]) -> None: ...
    def show_promises(self, rows: Sequence[PromiseRow]) -> None: ...
    def show_lots(self, rows: Sequence[LotRow], note: str) -> None: ...
    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None: ...
    def show_printed(self, papers: Sequence[Happening]) -> None: ...
    def show_told(self, lines: Sequence[tuple[str, str]], files: Sequence[tuple[str, str]]) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class ActionPresenter:
    """Shows one action; every act asks in a sheet what it needs, and the page is loaded anew."""

    def __init__(
        self,
        view: ActionView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        notice: Notice,
        mailing: Mailing,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._ask = ask
        self._notice = notice
        self._now: CorrectiveAction | None = None
        self.mails = ActionMails(
            use, tasks, words, problems, who, ask, mailing, lambda: self._now, self._done
        )
        self._names: dict[str, str] = {}
        self._able: Choices = ()
        self._products: Choices = ()
        self._codes: Choices = ()
        self._classes: tuple[DefectClass, ...] = ()
        self._of = ""

    def open(self, action: str) -> None:
        """Show an action by its id or number."""
        self._of = action
        self.reload()

    def reload(self) -> None:
        """Load it anew."""

        today = self._use.clock.today()

        def load() -> _Loaded:
            found = self._use.corrective_action(self._of)
            with self._use.look() as uow:
                people = uow.people()
                able = tuple((p.id, p.name) for p in people if p.can_sign(today))
                names = {p.id: p.name for p in people}
                called = {one.code: one.name for one in uow.defect_codes()}
                codes = tuple(
                    (code, f"{code} · {called[code]}" if code in called else code)
                    for code in rate_codes(uow, found)
                )
                [named] = by_names(uow, [found])
                return (
                    found,
                    named,
                    uow.supplier(found.supplier).name,
                    names,
                    able,
                    products_of(uow),
                    codes,
                    rate_classes(uow, found),
                    also_shown_by(uow, found),
                    self._words.run_on(self._inspected(uow, found, named)),
                )

        self._tasks.run(
            load, lambda found: self._loaded(*found), self._problems.show, latest="corrective_action"
        )

    def _inspected(self, uow: UnitOfWork, found: CorrectiveAction, named: CorrectiveAction) -> Iterator[str]:
        """Yield, once each, how the goods are inspected that came with a defect again, while it is open."""
        said = (
            wording.inspected(called, now, self._words)
            for stop, called in zip(found.stops, named.stops, strict=True)
            if (now := inspection_of(uow, stop)).tells(stop, found)
        )
        yield from dict.fromkeys(said)

    def _loaded(
        self,
        action: CorrectiveAction,
        named: CorrectiveAction,
        supplier: str,
        names: dict[str, str],
        able: Choices,
        products: Choices,
        codes: Choices,
        classes: tuple[DefectClass, ...],
        older: tuple[str, ...],
        inspected: str,
    ) -> None:
        say, words, today = self._words.say, self._words, self._use.clock.today()
        self._now, self._names, self._able = action, names, able
        self._products, self._codes, self._classes = products, codes, classes
        note = say("{state} · {supplier} · {about}", state=say(wording.STATES[action.state]), supplier=supplier,
                   about=wording.about(named, words))  # fmt: skip
        self._view.show_head(
            action.name, action.title, note, closed=action.state == "closed", fixed=action.fixed
        )
        standing = [stop for stop in named.stops if stop.decided is None]
        line = way = ""
        if standing:
            again = in_a_row(tuple(stop.code for stop in standing), words)
            shown = mark(
                "{codes} came again with {batch}. Nothing of {product} from this supplier is released."
            )
            reported = mark("Reported again: {codes}. Nothing of {product} from this supplier is released.")
            line = say(shown if standing[-1].number else reported, codes=again, batch=standing[-1].number,
                       product=standing[-1].product)  # fmt: skip
            way = words.run_on((say("Two releasers decide about it."), inspected))
        self._view.show_stop(line, way)
        said = {one.step: one for one in action.steps}
        self._view.show_steps(
            [
                StepRow(step, said.get(step), names.get(said[step].person or "", "") if step in said else "")
                for step in STEPS
            ]
        )
        self._view.show_promises([PromiseRow(named, p, supplier) for p in named.promises])
        self._view.show_lots(
            [LotRow(action, named.codes, p, lot) for p, lot in action.lots()],
            wording.lots_needed(action, words),
        )
        facts = [
            (say("Supplier"), supplier),
            (say("Defects"), in_a_row(named.codes, words)),
            (say("Product"), named.product or say("all that is supplied")),
            (say("Leads it"), names.get(action.owner, "")),
            (
                say("Opened"),
                say("{at} by {name}", at=on_day(action.at, words, today), name=names.get(action.person, "")),
            ),
            (say("What was found"), action.finding),
            (say("Since then also shown by"), wording.also_shown(older, words)),
        ]
        self._view.show_facts([(name, value) for name, value in facts if value])
        told = []
        for one in reversed(action.told):
            if one.kind == "sent":
                head = say("Written for {who}, {at}", who=one.who, at=minute(one.at, words, today))
            else:
                head = say("Answer of {who}, {day}", who=one.who or supplier, day=day(one.on, words))
            told.append((head, one.text))
        self._view.show_told(told, [(one.name, one.sha256) for one in action.files()])
        of = PrintsOf(document="corrective", subject=action.id)
        show_printed(self._view, self._use, self._tasks, words, self._problems, of)

    def _done(self, line: str) -> None:
        self._notice(line)
        self.reload()

    def step(self, name: str) -> None:
        """Ask what stands in a discipline now."""
        action, say = self._now, self._words.say
        if action is None or action.state == "closed":
            return
        step = step_of(name)
        said = next((one for one in action.steps if one.step == step), None)
        due_now = said.due.isoformat() if said and said.due else ""
        yes_no = (("", say("not yet")), ("yes", say("done")))
        nobody = say("whoever opened it") if step == "D1" else say("whoever leads it")
        asking = Asking(
            say("{step} {title}", step=step, title=say(wording.STEPS[step])),
            say("What was said before stays in the log."),
            say("Save the step"),
            (
                Question("text", say("What is said"), "text", value=said.text if said else ""),
                Question("person", say("Who leads it") if step == "D1" else say("Who sees to it"), "choice",
                         (("", nobody), *self._able),
                         value=said.person or "" if said else "", optional=True),
                Question("due", say("Due"), "day", value=due_now, optional=True),
                Question("done", say("Is it done?"), "choice", yes_no, value="yes" if said and said.done else "",
                         optional=True),
                file_asked(self._words),
            ),
            note=say("Kept beside it: {files}.", files=in_a_row(tuple(f.name for f in said.attachments), self._words))
            if said and said.attachments else "",
            secret=False,
        )  # fmt: skip

        def act(answers: Answers, _hands: tuple[Hand, ...]) -> str:
            due = date.fromisoformat(answers["due"]) if answers["due"] else None
            self._use.say_step(self._who().sitting, action.id, step, text=answers["text"], due=due,
                               person=answers["person"] or None, done=answers["done"] == "yes",
                               attachments=kept_file(self._use, answers))  # fmt: skip
            return step

        self._ask(asking, act, lambda one: self._done(say("{step} is saved.", step=one)))

    def answer_file(self, file: str) -> None:
        """Read an answer from a file, and ask whether it is right."""

        def read() -> tuple[MailRead, bytes]:
            content = read_given(file, ATTACHMENT_BYTES)
            return self._use.letters.read(Path(file).name, content), content

        self._tasks.run(
            read, lambda found: self._ask_answer(found[0], Path(file).name, found[1]), self._problems.show
        )

    def answer(self) -> None:
        """Ask for an answer that is typed."""
        self._ask_answer(MailRead("", "", ""), "", b"")

    def _ask_answer(self, read: MailRead, name: str, content: bytes) -> None:
        action, say = self._now, self._words.say
        if action is None:
            return
        documents = [p for p in action.promises if p.test.kind == "certificate" and p.received is None]
        about = (
            ("", say("an answer in words")),
            *((str(p.no), wording.test_words(p.test, self._words, action.codes)) for p in documents),
        )
        asking = Asking(
            say("An answer about {name}", name=action.name),
            say("It is put down as it came, with its files."),
            say("Put it down"),
            (
                Question("sender", say("Who answered"), value=read.sender, optional=True),
                Question("text", say("Answer"), "text", value=read.text),
                Question("on", say("Came on"), "day", value=self._use.clock.today().isoformat()),
                *(
                    (Question("promise", say("Which promised paper it is"), "choice", about, optional=True),)
                    if documents
                    else ()
                ),
                *(() if content else (file_asked(self._words),)),
            ),
            secret=False,
        )  # fmt: skip

        def act(answers: Answers, _hands: tuple[Hand, ...]) -> str:
            files = [(name, content)] if content else []
            files += [(e.name, e.content) for e in read.enclosures]
            kept = tuple(Attachment(n, self._use.files.keep_file(c), len(c)) for n, c in files)
            no = answers.get("promise", "")
            self._use.record_reply(
                self._who().sitting, action.id, sender=answers["sender"], text=answers["text"],
                received=date.fromisoformat(answers["on"]), promise=int(no) if no else None,
                attachments=(*kept, *kept_file(self._use, answers)),
            )  # fmt: skip
            return action.name

        self._ask(asking, act, lambda _: self._done(say("The answer is put down.")))

    def promise(self) -> None:
        """Ask what was promised and how it is decided; nobody types in whether it was kept."""
        action, say = self._now, self._words.say
        if action is None:
            return
        able = TEST_KINDS if action.about_goods else ("certificate",)
        kinds = tuple((kind, say(_KINDS[kind])) for kind in able)
        classes = (
            ("", say("the code above")),
            *((c, states.defect_class(c, self._words)) for c in self._classes),
        )
        broken = [p for p in action.promises if p.decision.state == "broken" and not p.replaced]
        replaced = (
            ("", say("none")),
            *((str(p.no), say("{no}: {text}", no=p.no, text=p.words)) for p in broken),
        )
        one = Question("replaces", say("In place of a broken one"), "choice", replaced, optional=True)
        instead = (one,) if broken else ()
        rate, first = ("test", "rate"), self._codes[0][0] if self._codes else ""
        in_a_month = (self._use.clock.today() + timedelta(days=30)).isoformat()
        asking = Asking(
            say("A promise in {name}", name=action.name),
            say("The lots that come decide it, or the document: nobody types in whether it was kept."),
            say("Put the promise down"),
            (
                Question("promise", say("Their words"), "text"),
                Question("due", say("By which day"), "day", value=in_a_month),
                Question("test", say("How it is decided"), "choice", kinds, value=able[0]),
                Question("code", say("Defect code"), "choice", self._codes, value=first, only=rate),
                Question("class", say("Or of a class"), "choice", classes, only=rate, optional=True),
                Question("percent", say("At most percent of units"), only=rate),
                Question("lots", say("Over how many lots"), only=rate),
                Question("document", say("Name of the document"), only=("test", "certificate")),
                Question("product", say("Of which product"), "choice", self._promised_of(action),
                         only=("test", "accepted"), optional=True),
                *instead,
            ),
            secret=False,
        )  # fmt: skip

        def act(answers: Answers, _hands: tuple[Hand, ...]) -> str:
            kind: TestKind = next(one for one in TEST_KINDS if one == answers["test"])
            which = next((c for c in BY_SERIOUSNESS if c == answers["class"]), None)
            percent: Decimal | None = None
            lots = 0
            if kind == "rate":
                percent = percent_of(answers["percent"])
                lots = parse_quantity(answers["lots"], least=1, where={"field": "lots"})
            code = answers["code"].strip() if kind == "rate" and which is None else ""
            test = PromiseTest(kind, code, which if kind == "rate" else None, percent, lots,
                               product=answers["product"] if kind == "accepted" else "",
                               document=answers["document"].strip() if kind == "certificate" else "")  # fmt: skip
            old = answers.get("replaces", "")
            fact = self._use.make_promise(self._who().sitting, action.id, answers["promise"],
                                          date.fromisoformat(answers["due"]), test,
                                          replaces=int(old) if old else None)  # fmt: skip
            return str(fact.no)

        self._ask(asking, act, lambda no: self._done(say("Promise {no} is put down.", no=no)))

    def _promised_of(self, action: CorrectiveAction) -> Choices:
        """Return the products whose next lot may be promised."""
        if action.product:
            return (("", action.product),)
        return (("", self._words.say("whatever comes next")), *self._products)

    def save_file(self, sha256: str, path: str) -> None:
        """Save a file that stands beside the action as it was kept; it has to fit its hash."""
        told = self._words.say("{file} is written.", file=Path(path).name)
        self._tasks.run(saving(self._use, sha256, path), lambda _: self._notice(told), self._problems.show)

    def close(self) -> None:
        """Sign that the action is over; refused before its promises have passed."""
        action, say = self._now, self._words.say
        if action is None:
            return
        asking = Asking(
            say("Close {name}", name=action.name),
            say(
                "It closes only if every promise has passed its test. If the defect comes again, it opens by itself."
            ),
            say("Sign and close it"),
            (Question("reason", say("What shows that it is fixed"), "text"),),
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> ActionClosed:
            return self._use.close_action(hands[0], action.id, answers["reason"])

        self._ask(asking, act, lambda _: self._done(say("{name} is closed.", name=action.name)))

    def decide_stop(self) -> None:
        """Let two releasers decide that goods may be released again."""
        action, say = self._now, self._words.say
        if action is None:
            return
        asking = Asking(
            say("Let goods be released again"),
            say("A defect came again after {name}. Both sign that goods of this supplier may be released.",
                name=action.name),
            say("Sign and let them go"),
            (Question("reason", say("Why"), "text"),),
            other=True,
        )  # fmt: skip

        def act(answers: Answers, hands: tuple[Hand, ...]) -> tuple[StopDecided, ...]:
            return self._use.decide_stop(hands[0], hands[1], action.id, answers["reason"])

        self._ask(asking, act, lambda _: self._done(say("Goods may be released again.")))

    def print_to(self, file: str) -> None:
        """Write the paper of the action as it stands now."""
        action = self._now
        if action is None:
            return

        def make(printing: Printing) -> Print:
            return printing.eight_d(action.id)

        sitting = self._who().sitting
        save_paper(
            self._use, self._tasks, self._words, self._problems, self._ask, sitting, make, file, self._done
        )
