# SPDX-License-Identifier: Apache-2.0
"""Complaints: the list, one with all that can be done about it, and touches; each act is asked for in a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, cast

from qcdesk.domain.complaints import JUDGING, Complaint
from qcdesk.domain.events import ComplaintTaken, Fact, TouchKind
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.times import from_datetime, log_day
from qcdesk.durable import written_whole
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.collation import in_order
from qcdesk.gui.listing import ListedPresenter
from qcdesk.gui.persons import workers
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.sending import Draft, Mailing, Send
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue
from qcdesk.services.care_rows import ComplaintPage, ComplaintRow, LinkedRow, ProposalRow, StepRow, TouchRow
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.letters import Mail
from qcdesk.services.ports import Hand
from qcdesk.services.rows import PersonRow
from qcdesk.services.touch_charts import TouchChart, touch_chart
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import complaints as wording
from qcdesk.wording import states
from qcdesk.wording.paper_mail import MAIL
from qcdesk.wording.readers import words_for

Told = Callable[[str, Callable[[], None] | None], None]
"""Says in one line what was done, with the way to undo it, if there is one."""


@dataclass(frozen=True)
class ComplaintWays:
    """Where the screens lead: a complaint by its number, a batch by its id; ``save_as`` asks for a file to write."""

    complaint: Callable[[int], None]
    batch: Callable[[str], None]
    told: Told
    save_as: Callable[[str], str]


class ComplaintsView(Protocol):
    """The list."""

    def show_rows(self, rows: Sequence[ComplaintRow], *, searching: bool, closed: bool) -> None: ...
    def show_proposals(self, lines: Sequence[str]) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class ComplaintsPresenter(ListedPresenter[ComplaintRow]):
    """Loads the list, narrows it, and takes a complaint."""

    def __init__(
        self,
        view: ComplaintsView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        ways: ComplaintWays,
    ) -> None:
        super().__init__(view, tasks, problems)
        self._view, self._use, self._words = view, use, words
        self._who, self._ask, self._ways = who, ask, ways
        self._reader = ""

    def open(self) -> None:
        self._reader = (
            self._who().name
        )  # asked here: whoever loads it on the other thread may have left meanwhile
        super().open()

    def read(self, closed: bool) -> Sequence[ComplaintRow]:
        return self._use.read.care.complaints(closed=closed)

    def texts(self, row: ComplaintRow) -> Iterable[str]:
        taken = row.complaint.taken
        return (wording.number(row.number), taken.customer, taken.words, row.owner_name, *row.numbers)

    def beside(self) -> Sequence[ProposalRow]:
        return self._use.read.care.proposals(self._reader)

    def show_beside(self, found: object) -> None:
        rows = cast("Sequence[ProposalRow]", found)
        self._view.show_proposals([wording.proposal(row, self._words) for row in rows])

    def choose(self, row: ComplaintRow) -> None:
        """Open a complaint."""
        self._ways.complaint(row.number)

    def take(self) -> None:
        """Ask what the customer says, and take it down."""
        self._tasks.run(self._use.read.people, self._ask_for_it, self._problems.show)

    def _ask_for_it(self, people: Sequence[PersonRow]) -> None:
        say, who = self._words.say, self._who()
        asking = Asking(
            say("Take a complaint"),
            say("It stays with one owner until the customer has an answer. Write what the customer says."),
            say("Take the complaint"),
            (
                Question("customer", say("Customer")),
                Question("words", say("Words of the customer"), "text"),
                Question(
                    "said_as",
                    say("How it came"),
                    "choice",
                    (("spoken", say("Spoken")), ("written", say("Written"))),
                    "spoken",
                ),
                Question("contact", say("Contact"), optional=True, hint=say("Mail or telephone")),
                Question(
                    "language", say("Language of the customer"), "choice", tuple(LANGUAGE_NAMES.items()), "en"
                ),
                Question("received", say("Came in on"), "day", value=self._use.clock.today().isoformat()),
                Question("owner", say("Owner"), "choice", workers(people), who.person),
                Question(
                    "call_back",
                    say("Promised call back"),
                    optional=True,
                    hint=say("Such as 2026-03-01 14:00"),
                ),
                Question("batch", say("Batch number"), optional=True),
            ),
            secret=False,
        )

        def act(answers: Answers, _hands: tuple[Hand, ...]) -> ComplaintTaken:
            batch = answers["batch"].strip()
            taken = ComplaintTaken(
                0,
                answers["customer"],
                answers["contact"],
                answers["language"],
                "written" if answers["said_as"] == "written" else "spoken",
                answers["words"],
                date.fromisoformat(answers["received"]),
                answers["owner"],
                typed_time(answers["call_back"]),
            )
            return self._use.care.take_complaint(who.sitting, taken, (batch,) if batch else ())

        def done(taken: ComplaintTaken) -> None:
            self._ways.complaint(taken.complaint)
            self._ways.told(
                say(
                    "{number} is taken. Read it back to the customer.", number=wording.number(taken.complaint)
                ),
                None,
            )

        self._ask(asking, act, done)


class ComplaintView(Protocol):
    """One complaint."""

    def show_head(self, number: str, customer: str) -> None: ...
    def show_said(self, said: str, acknowledged: str) -> None: ...
    def show_standing(
        self, stands: str, owner: str, ages: str, handed: str, missed: str, *, late: bool, often: bool
    ) -> None: ...
    def show_acts(self, codes: Sequence[str], first: str, why_not: str) -> None: ...
    def show_steps(self, rows: Sequence[StepRow]) -> None: ...
    def show_batches(self, rows: Sequence[tuple[str, str, Sequence[str]]]) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class ComplaintPresenter:
    """Shows one complaint, and asks for whatever is done about it."""

    def __init__(
        self,
        view: ComplaintView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        ways: ComplaintWays,
        mailing: Mailing,
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._who, self._ask, self._ways = problems, who, ask, ways
        self._mailing = mailing
        self._number = 0
        self._row: ComplaintRow | None = None
        self._people: Sequence[PersonRow] = ()

    def open(self, number: int) -> None:
        """Show a complaint by its number."""
        self._number, self._row = number, None
        self.reload()

    def reload(self) -> None:
        """Load it anew."""
        number, person, use = self._number, self._who().person, self._use

        def load() -> tuple[ComplaintPage, Sequence[PersonRow]]:
            people = in_order(use.read.people(), lambda row: row.person.name)
            return use.read.care.complaint(number, person, use.clock.now()), people

        self._tasks.run(load, self._show, self._problems.show, latest="complaint")

    def _show(self, found: tuple[ComplaintPage, Sequence[PersonRow]]) -> None:
        page, self._people = found
        words, now = self._words, self._use.clock.now()
        row = self._row = page.row
        one = row.complaint
        self._view.show_head(wording.number(row.number), wording.said(row, words))
        done = one.acknowledged
        self._view.show_said(
            words.say("“{words}”", words=one.taken.words),
            words.say("Read back; {by_whom} acknowledged it: {how}", by_whom=done.by_whom, how=done.how)
            if done
            else words.say("Not read back to the customer yet."),
        )
        self._view.show_standing(
            "\n".join(wording.standing(row, now, words)),
            words.say("Owner: {name}", name=row.owner_name),
            wording.ages(row, now, words),
            wording.hand_overs(row, words),
            wording.missed(row, words),
            late=one.overdue(now),
            often=one.too_often,
        )
        checked = tuple(b.number for b in page.linked if b.being_checked)
        codes, why_not = self._open_to_reader(row, checked)
        self._view.show_acts(codes, _next(one, now), why_not)
        self._view.show_steps(page.steps)
        self._view.show_batches(
            [(b.batch, wording.linked(b, words), self._saw(b)) for b in page.linked],
        )

    def _open_to_reader(self, row: ComplaintRow, checked: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """Return what the reader can do about it now, and who does the rest; ``checked``: its batches in a check."""
        one, me, on = row.complaint, self._who().person, log_day(self._use.clock.now())
        reader = next((r.person for r in self._people if r.person.id == me), None)
        if one.closed or reader is None:
            return (), ""
        has_it, judges = one.is_for(reader, on), reader.has_role(JUDGING, on)
        codes = tuple(
            code
            for code, works in (
                ("acknowledge", has_it and one.acknowledged is None),
                ("call_back", has_it),
                ("link", reader.can_sign(on)),
                ("judge", judges and not checked),
                ("hand_over", has_it),
                ("answer", has_it),
                ("send", has_it),
                ("close", has_it),
            )
            if works
        )
        return codes, wording.done_by_others(row, has_it, judges, self._words, checked)

    def _saw(self, row: LinkedRow) -> tuple[str, ...]:
        if row.closed:
            return (wording.closed_checks(self._words),)
        return tuple(wording.saw(one, self._words) for one in row.saw)

    def act(self, code: str) -> None:
        """Ask for what one of the acts needs, and do it."""
        row = self._row
        if row is None:
            return
        if code == "send":
            self._send(row)
            return
        asking, do = self._asked(code, row)
        if code == "answer":
            file = self._ways.save_as(f"{wording.number(row.number)}.eml")
            if not file:
                return
            do = self._answering(row, file)

        def done(fact: Fact) -> None:
            self.reload()
            undo = None
            if code == "link" and not getattr(fact, "undone", True):
                undo = lambda: self._unlink(row.number, getattr(fact, "batch", ""))  # noqa: E731
            about = getattr(fact, "about", "")
            told = (
                self._words.say(
                    "{number}: judged; it is about {about}.", number=wording.number(row.number), about=about
                )
                if about
                else self._words.say("{number}: put down.", number=wording.number(row.number))
            )
            self._ways.told(told, undo)

        self._ask(asking, lambda answers, _hands: do(answers), done)

    def _unlink(self, number: int, batch: str) -> None:
        self._tasks.run(
            lambda: self._use.care.link(self._who().sitting, number, batch, undone=True),
            lambda _: self.reload(),
            self._problems.show,
        )

    def _asked(self, code: str, row: ComplaintRow) -> tuple[Asking, Callable[[Answers], Fact]]:
        """Return the sheet of an act, and what does it."""
        say, care, sitting, n = self._words.say, self._use.care, self._who().sitting, row.number
        subject, text = "", ""
        if code == "answer":
            subject, text = wording.letter(row, words_for(row.complaint.taken.language))
        made: Mapping[str, tuple[str, str, tuple[Question, ...], Callable[[Answers], Fact]]] = {
            "acknowledge": (
                say("Read back and acknowledged"),
                say("Read the customer's own words back, and put down who said that this is what was meant."),
                (
                    Question("by_whom", say("Acknowledged by")),
                    Question("how", say("How"), hint=say("Such as by phone")),
                ),
                lambda a: care.acknowledge(sitting, n, a["by_whom"], a["how"]),
            ),
            "call_back": (
                say("Call back"),
                say(
                    "Put down the call, or promise another time; a time that passes stands on the owner's board."
                ),
                (
                    Question(
                        "called",
                        say("The customer was called"),
                        "choice",
                        (
                            ("yes", say("Yes, and reached")),
                            ("nobody", say("Yes, and nobody was reached")),
                            ("no", say("No, another time is promised")),
                        ),
                        "yes",
                    ),
                    Question(
                        "said_or_why", say("What was said, or why it is put off"), "text", optional=True
                    ),
                    Question(
                        "call_back",
                        say("Next promised call"),
                        optional=True,
                        hint=say("Such as 2026-03-01 14:00"),
                    ),
                ),
                lambda a: care.call_back(
                    sitting,
                    n,
                    called=a["called"] != "no",
                    reached=a["called"] == "yes",
                    note=a["said_or_why"],
                    next_at=typed_time(a["call_back"]),
                ),
            ),
            "link": (
                say("Link a batch"),
                say("The batch it is about; what both inspectors saw then is shown with it."),
                (Question("batch", say("Batch number")),),
                lambda a: care.link(sitting, n, a["batch"].strip()),
            ),
            "judge": (
                say("Escape or not"),
                say(
                    "An escape was there when the goods left. It counts for the plan, the two and the procedure."
                ),
                (
                    Question(
                        "escape",
                        say("Escape"),
                        "choice",
                        (("yes", say("Yes, it slipped through")), ("no", say("No"))),
                        "yes",
                    ),
                    Question("about", say("What it is about"), hint=say("A defect code, or a word or two")),
                    Question("reason", say("Reason"), "text"),
                ),
                lambda a: care.judge(
                    sitting, n, escape=a["escape"] == "yes", about=a["about"], reason=a["reason"]
                ),
            ),
            "hand_over": (
                say("Hand over"),
                say("The whole record goes along. Hand-overs are counted; more than two are shown in red."),
                (
                    Question("owner", say("To"), "choice", workers(self._people, row.complaint.owner)),
                    Question("reason", say("Reason"), "text"),
                ),
                lambda a: care.hand_over(sitting, n, a["owner"], a["reason"]),
            ),
            "answer": (
                say("Answer by mail"),
                say("A mail file is written, which your mail program opens and sends."),
                (
                    Question("to", say("Mail address"), value=row.complaint.taken.contact),
                    Question("subject", say("Subject"), value=subject),
                    Question("text", say("Text"), "text", value=text),
                ),
                lambda a: care.answer(sitting, n, to=a["to"], subject=a["subject"], text=a["text"]),
            ),
            "close": (
                say("Close the complaint"),
                say("Nothing can be added afterwards; what the customer says then is a new complaint."),
                (Question("outcome", say("Outcome"), "text"),),
                lambda a: care.close(sitting, n, a["outcome"]),
            ),
        }
        title, says, questions, do = made[code]
        return Asking(title, says, title, questions, secret=False), do

    def _answering(self, row: ComplaintRow, file: str) -> Callable[[Answers], Fact]:
        """Return what writes the mail and puts it down."""
        use, sitting = self._use, self._who().sitting

        def do(answers: Answers) -> Fact:
            use.care.require_mine(sitting, row.number)
            mail = self._mail(row, answers)
            content = use.letters.mail(mail)
            with written_whole(Path(file)) as written:
                written.write(content)
            return use.care.answer(sitting, row.number, to=mail.to, subject=mail.subject, text=mail.text)

        return do

    def _mail(self, row: ComplaintRow, answers: Answers) -> Mail:
        key, taken = f"complaint-{row.number}-{row.complaint.answers + 1}", row.complaint.taken
        return Mail(taken.customer, answers["to"], "", "", answers["subject"], answers["text"], self._use.clock.now(),
                    key, taken.language or "en")  # fmt: skip

    def _send(self, row: ComplaintRow) -> None:
        """Ask what the answer says, and hand it to the mail server; it is put down once it was taken."""
        use, sitting, number = self._use, self._who().sitting, wording.number(row.number)
        taken = row.complaint.taken

        def draft() -> Draft:
            subject, text = wording.letter(row, words_for(taken.language))
            return Draft(self._words.say("Send an answer"), taken.contact, subject, text=text)

        def take(answers: Answers) -> Mail:
            use.care.require_mine(sitting, row.number)
            mail = self._mail(row, answers)
            use.letters.mail(mail)
            return mail

        def go(mail: Mail, send: Send) -> None:
            def put_down(_: Fact) -> None:
                self.reload()
                self._ways.told(self._words.say("{number}: put down.", number=number), None)

            def went(to: str) -> None:
                self._tasks.run(
                    lambda: use.care.answer(sitting, row.number, to=to, subject=mail.subject, text=mail.text),
                    put_down,
                    self._problems.show,
                )

            send(lambda to: use.letters.mail(replace(mail, to=to)), mail.to, f"{number}{MAIL}", went)

        self._mailing.ask(draft, take, go, self._problems.show)


def _next(one: Complaint, now: int) -> str:
    """Return the code of the next step."""
    if one.overdue(now):
        return "call_back"
    if one.acknowledged is None:
        return "acknowledge"
    if one.judged is None:
        return "judge"
    return "call_back" if one.call_back is not None else "close"


def typed_time(text: str) -> int | None:
    """Take a time as the clock here reads, such as ``2026-03-01 14:00``. Raises: BadInput: ``call_back_time``."""
    if not text.strip():
        return None
    try:
        return from_datetime(datetime.strptime(text.strip(), "%Y-%m-%d %H:%M").astimezone())
    except ValueError as odd:
        raise BadInput("call_back_time", facts={"value": text}, where={"field": "call_back"}) from odd


class TouchesView(Protocol):
    """Touches with their chart."""

    def show_chart(
        self, chart: TouchChart, sentence: str, wrong: str, picture: ChartPicture | None
    ) -> None: ...
    def show_touches(self, rows: Sequence[TouchRow]) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class TouchesPresenter:
    """Loads touches, and logs one from wherever a batch is in view."""

    def __init__(
        self,
        view: TouchesView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        told: Told,
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._who, self._told = problems, who, told

    def open(self) -> None:
        """Show the newest."""
        self.reload()

    def reload(self) -> None:
        """Load them anew."""
        care, words = self._use.read.care, self._words

        def load() -> tuple[TouchChart, tuple[TouchRow, ...]]:
            return touch_chart(care.touched()), care.touches()

        def show(found: tuple[TouchChart, tuple[TouchRow, ...]]) -> None:
            chart, rows = found
            sentence = wording.touched(chart.average, len(chart.rows), chart.limit, words)
            wrong, picture = wording.too_often(chart.over, words), wording.touch_picture(chart, words)
            self._view.show_chart(chart, sentence, wrong, picture)
            self._view.show_touches(rows)

        self._tasks.run(load, show, self._problems.show, latest="touches")

    def log(self, kind: TouchKind, batch: str | None, order: str = "") -> None:
        """Log a touch on a batch, or on an order; it can be taken back while the line about it stands."""
        say, sitting = self._words.say, self._who().sitting

        def done(made: tuple[int, object]) -> None:
            word = say(states.TOUCH_WORDS[kind])
            line = say("A touch is logged: {kind}.", kind=word)
            if batch is None:
                line = say("A touch on order {order} is logged: {kind}.", order=order, kind=word)
                self.reload()
            self._told(line, lambda: self._undo(made[0]))

        self._tasks.run(lambda: self._use.care.touch(sitting, kind, batch, order), done, self._problems.show)

    def _undo(self, touch: int) -> None:
        self._tasks.run(
            lambda: self._use.care.undo_touch(self._who().sitting, touch),
            lambda _: self.reload(),
            self._problems.show,
        )
