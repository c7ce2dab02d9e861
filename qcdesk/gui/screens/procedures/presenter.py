# SPDX-License-Identifier: Apache-2.0
"""Procedures: found, read, approved by somebody other than the author, retired, and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, Protocol

from qcdesk.domain.events import GraceGranted, ProcedureApproved, ProcedureDrafted, ProcedureRetired
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.procedures import ProcedureContent, ProcedureVersion
from qcdesk.domain.refusals import Refusal
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.switching import EDITIONS
from qcdesk.gui import status
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.collation import by_words, in_order
from qcdesk.gui.finding import Finding
from qcdesk.gui.picked_files import kept_picture
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.screens.procedures import texts
from qcdesk.gui.screens.procedures.model import standing
from qcdesk.gui.screens.procedures.rows import Choices, ClassText, Line, StepText, VersionText, Written
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.rows import ProcedureListRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import inputs, marks, modes, problems
from qcdesk.wording.spelling import day, in_a_row

REVIEW_AFTER: Final = timedelta(days=365)
USUAL_GRACE: Final = timedelta(days=14)
_ORDER: Final = {"overdue": 0, "draft": 1, "approved": 2, "retired": 3}


class ProceduresView(Protocol):
    """The list."""

    def show_rows(self, rows: Sequence[ProcedureListRow], *, searching: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class ProceduresPresenter:
    """Shows what is overdue or waits for approval first."""

    def __init__(
        self,
        view: ProceduresView,
        use: UseCases,
        tasks: Tasks,
        problems: Problems,
        open_version: Callable[[str, int], None],
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._problems = problems
        self._open = open_version
        self._all: Finding[ProcedureListRow] = Finding()
        self._asked = ""

    def open(self) -> None:
        """Load and show the list."""
        today = self._use.clock.today()

        def load() -> Finding[ProcedureListRow]:
            newest = sorted(self._use.read.procedures(today), key=lambda row: -row.version.version)
            by_code = in_order(newest, lambda row: row.version.code)
            rows = sorted(by_code, key=lambda row: _ORDER[standing(row)])
            return Finding(rows, _found_by)

        self._tasks.run(load, self._loaded, self._problems.show, latest="procedures")

    def _loaded(self, rows: Finding[ProcedureListRow]) -> None:
        self._all = rows
        self.search(self._asked)

    def search(self, text: str) -> None:
        """Narrow the list."""
        self._asked = text
        self._view.show_rows(self._all.matching(text), searching=bool(text.strip()))

    def choose(self, row: ProcedureListRow) -> None:
        """Open a version."""
        self._open(row.version.code, row.version.version)


def _found_by(row: ProcedureListRow) -> tuple[str, ...]:
    content = row.version.content
    return row.version.code, content.title, content.owner, row.author_name, *content.products


class ProcedureView(Protocol):
    """One version to be read."""

    def lot_size(self) -> str: ...
    def show_version(self, version: VersionText) -> None: ...
    def show_lot(self, lines: Sequence[ClassText], wrong: str) -> None: ...
    def show_picture(self, picture: str, content: bytes) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class ProcedurePresenter:
    """What is approved is the text that was shown: its hash goes into the signature."""

    def __init__(
        self,
        view: ProcedureView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        notice: Notice,
        write: Callable[[str], None],
        instruction: Callable[[str, int], None] = lambda _code, _version: None,
    ) -> None:
        self._instruction = instruction
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._ask = ask
        self._notice = notice
        self._write = write
        self._row: ProcedureListRow | None = None

    def print(self) -> None:
        """Show the version that stands there as a work instruction on paper."""
        if self._row is not None:
            self._instruction(self._row.version.code, self._row.version.version)

    def open(self, code: str, version: int | None = None) -> None:
        """Show a version, the newest unless named."""
        today = self._use.clock.today()

        def load() -> tuple[ProcedureListRow, tuple[Person, ...]]:
            rows = [row for row in self._use.read.procedures(today) if row.version.code == code]
            wanted = [row for row in rows if version in (None, row.version.version)]
            if not wanted:
                raise BadInput("unknown_procedure", facts={"procedure": code}, where={"field": "procedure"})
            newest = max(wanted, key=lambda row: row.version.version)
            return newest, tuple(row.person for row in self._use.read.people())

        self._tasks.run(load, lambda found: self._show(*found), self._problems.show, latest="procedure")

    def _show(self, row: ProcedureListRow, people: Sequence[Person]) -> None:
        say, today = self._words.say, self._use.clock.today()
        self._row = row
        version, content = row.version, row.version.content
        look = status.look(standing(row))
        me = next((one for one in people if one.id == self._who().person), None)
        refused = who_can = ""
        if version.state == "draft" and me is not None:
            refused, who_can = self._refused(version, me, people, today)
        facts = [
            (say("Products"), in_a_row(content.products, self._words)),
            (say("Owner"), content.owner),
            (say("Review by"), day(content.review_by, self._words, today)),
            (say("Written by"), row.author_name),
            (say("Second check"), modes.second_check(content, self._words)),
        ]
        if row.approved_by_name:
            approved = (row.approved_by_name, *marks.of_version(version, self._words))
            facts.append((say("Approved by"), " · ".join(approved)))
        defects, characteristics = texts.looked_for(content, self._words)
        self._view.show_version(
            VersionText(
                heading=say("{code} v{version}", code=version.code, version=version.version),
                about=content.title,
                state=status.word(standing(row), self._words),
                shape=look.shape,
                role=look.role,
                facts=tuple(facts),
                steps=tuple(StepText(s.title, s.text, s.picture or "") for s in content.steps),
                defects=defects,
                characteristics=characteristics,
                options=texts.option_words(content, self._words),
                note=content.note,
                may_approve=version.state == "draft" and not refused,
                approved=version.state == "approved",
                overdue=row.overdue,
                draft=version.state == "draft",
                refused=refused,
                who_can=who_can,
            )
        )
        self.explain(self._view.lot_size())
        for picture in dict.fromkeys(step.picture for step in content.steps if step.picture):
            self._bring(picture)

    def _bring(self, picture: str) -> None:
        def show(content: bytes) -> None:
            self._view.show_picture(picture, content)

        self._tasks.run(lambda: self._use.files.read(picture), show, self._problems.show)

    def _refused(
        self, version: ProcedureVersion, me: Person, people: Sequence[Person], today: date
    ) -> tuple[str, str]:
        """Return why this person cannot approve, and who can."""
        try:
            version.require_approvable(me, version.hash, today)
        except (Refusal, BadInput) as no:
            told = problems.tell(no, self._words, you=me.name, today=today)
            able = [one.name for one in people if one.id != version.author and one.has_role("planner", today)]
            if able and isinstance(no, Refusal):
                return told.fact, self._words.say(
                    "{names} can approve it.", names=in_a_row(able, self._words)
                )
            return told.fact, told.way
        return "", ""

    @property
    def code(self) -> str:
        """The procedure that is shown."""
        return self._row.version.code if self._row is not None else ""

    def explain(self, lot: str) -> None:
        """Say what the rules mean for a lot."""
        if self._row is not None:
            self._view.show_lot(*explained(self._row.version.content.rules, lot, self._words))

    def approve(self) -> None:
        """Sign that this text was read and is right."""
        row = self._row
        if row is None:
            return
        say, version = self._words.say, row.version

        def act(answers: Answers, hands: tuple[Hand, ...]) -> ProcedureApproved:
            return self._use.approve_procedure(
                hands[0],
                version.code,
                version.version,
                version.hash,
                open_batches="re_inspect" if answers.get("open") == "re_inspect" else "continue",
            )

        def done(approved: ProcedureApproved) -> None:
            self.open(approved.code, approved.version)
            self._notice(say("{code} v{version} is approved.", code=approved.code, version=approved.version))

        said = say(
            "I have read {code} v{version} as it stands here, and approve it. Earlier versions end with it.",
            code=version.code,
            version=version.version,
        )
        choices = (
            ("continue", say("They go on under the version they began with")),
            ("re_inspect", say("They are inspected anew; what was signed no longer counts")),
        )
        asking = Asking(
            say("Approve {code} v{version}", code=version.code, version=version.version),
            said,
            say("Approve {code} v{version}", code=version.code, version=version.version),
            (Question("open", say("Batches under inspection now"), "choice", choices, "continue"),)
            if version.version > 1
            else (),
        )
        self._ask(asking, act, done)

    def grant_grace(self) -> None:
        """Let rounds open although the review is overdue, until a day: two planners."""
        row = self._row
        if row is None:
            return
        say, version = self._words.say, row.version
        until = self._use.clock.today() + USUAL_GRACE
        asking = Asking(
            say("Let {code} v{version} be used until a day", code=version.code, version=version.version),
            say("Its review is overdue. Until that day rounds open under it; then it is reviewed or waits."),
            say("Let it be used"),
            (
                Question("until", say("Until"), "day", value=until.isoformat()),
                Question("reason", say("Reason"), "text"),
            ),
            other=True,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> GraceGranted:
            until = date.fromisoformat(answers["until"])
            return self._use.grant_grace(
                hands[0], hands[1], version.code, until, answers["reason"], version.version
            )

        def done(granted: GraceGranted) -> None:
            self.open(version.code, version.version)
            self._notice(say("It can be used until {day}.", day=day(granted.until, self._words)))

        self._ask(asking, act, done)

    def retire(self) -> None:
        """End a version: nobody starts under it any more."""
        row = self._row
        if row is None:
            return
        say, version = self._words.say, row.version
        asking = Asking(
            say("Retire {code} v{version}", code=version.code, version=version.version),
            say("From now on nobody starts an inspection under this version. Checks that run go on."),
            say("Retire {code} v{version}", code=version.code, version=version.version),
            (Question("reason", say("Reason"), "text"),),
            stops=True,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> ProcedureRetired:
            return self._use.retire_procedure(hands[0], version.code, answers["reason"], version.version)

        def done(retired: ProcedureRetired) -> None:
            self.open(retired.code, retired.version)
            self._notice(say("{code} v{version} is retired.", code=retired.code, version=retired.version))

        self._ask(asking, act, done)

    def edit(self) -> None:
        """Change the draft, or begin the next version."""
        if self._row is not None:
            self._write(self._row.version.code)


class WritingView(Protocol):
    """The fields of a version."""

    def show_choices(self, choices: Choices) -> None: ...
    def write(self, heading: str, note: str, written: Written, *, new: bool) -> None: ...
    def take_rule(self, defect_class: str, rule: Line) -> None: ...
    def show_step_picture(self, place: int, content: bytes) -> None: ...
    def show_lot(self, lines: Sequence[ClassText], wrong: str) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class WritingPresenter:
    """Writes a new procedure, its next version, or the draft there is."""

    def __init__(
        self,
        view: WritingView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        notice: Notice,
        opened: Callable[[str, int], None],
        back: Callable[[str], None],
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._notice = notice
        self._opened = opened
        self._back = back
        self._code = ""
        self._names: dict[str, str] = {}
        self._before: ProcedureContent | None = None

    @property
    def code(self) -> str:
        """The procedure that is written; empty: a new one."""
        return self._code

    def open(self, code: str = "", rules: Mapping[str, Line] | None = None) -> None:
        """Show the newest version's fields, or empty ones.

        Args: rules: of some classes, in the place of those that stand there; not saved yet.
        """
        today = self._use.clock.today()
        self._code = code

        def load() -> tuple[Choices, ProcedureVersion | None, dict[str, str]]:
            say, read = self._words.say, self._use.read
            versions = [row.version for row in read.procedures(today) if row.version.code == code]
            newest = max(versions, key=lambda version: version.version, default=None)
            products = {row.code: row.name for row in read.products()}
            owners = [row.person.name for row in read.people() if row.person.status == "active"]
            codes = read.defect_codes()
            held = {d.code: d.name for d in newest.content.defects} if newest else {}
            defects = {row.code: row.name for row in codes if not row.retired or row.code in held}
            if newest:
                owners += [newest.content.owner]
                products = {**{each: each for each in newest.content.products}, **products}
            return (
                Choices(
                    tuple(
                        by_words(
                            (each, say("{code} · {name}", code=each, name=name))
                            for each, name in products.items()
                        )
                    ),
                    tuple(by_words((name, name) for name in dict.fromkeys(owners))),
                    tuple(
                        by_words(
                            (each, say("{code} · {name}", code=each, name=name))
                            for each, name in {**held, **defects}.items()
                        )
                    ),
                ),
                newest,
                {**held, **{row.code: row.name for row in codes}},
            )

        def show(found: tuple[Choices, ProcedureVersion | None, dict[str, str]]) -> None:
            self._show(*found)
            for defect_class, rule in (rules or {}).items():
                self._view.take_rule(defect_class, rule)

        self._tasks.run(load, show, self._problems.show, latest="writing")

    def _show(self, choices: Choices, newest: ProcedureVersion | None, names: dict[str, str]) -> None:
        say, today = self._words.say, self._use.clock.today()
        self._names, self._before = names, newest.content if newest else None
        self._view.show_choices(choices)
        review = (today + REVIEW_AFTER).isoformat()
        if newest is None:
            empty = Written(
                {
                    "owner": self._who().name,
                    "review_by": review,
                    "switching": EDITIONS[0],
                    "reduced": "by_two",
                },
                {
                    "critical": {"kind": "zero", "level": "II", "aql": "1.5"},
                    "major": {"kind": "aql", "level": "II", "aql": "1.5"},
                    "minor": {"kind": "aql", "level": "II", "aql": "4.0"},
                },
            )
            note = say("Another planner approves it before anybody can inspect by it.")
            self._view.write(say("New procedure"), note, empty, new=True)
            return
        written = texts.fields_of(newest.code, newest.content)
        version = newest.version if newest.state == "draft" else newest.version + 1
        if newest.state != "draft":
            written = replace(written, values={**written.values, "review_by": review})
        note = (
            say("The draft is rewritten whole. Another planner approves it.")
            if newest.state == "draft"
            else say("Version {version} stays in force until this one is approved.", version=newest.version)
        )
        self._view.write(
            say("Write {code} v{version}", code=newest.code, version=version), note, written, new=False
        )
        for place, step in enumerate(newest.content.steps):
            if step.picture:
                self._bring(place, step.picture)

    def _bring(self, place: int, picture: str) -> None:
        def show(content: bytes) -> None:
            self._view.show_step_picture(place, content)

        self._tasks.run(lambda: self._use.files.read(picture), show, self._problems.show)

    def explain(self, rules: Mapping[str, Line], lot: str) -> None:
        """Say what the rules mean for a lot, while they are written."""
        try:
            taken = texts.rules_of(rules)
        except BadInput as bad:
            self._view.show_lot((), inputs.tell(bad, self._words).fact)
            return
        self._view.show_lot(*explained(taken, lot, self._words))

    def save(self, written: Written) -> None:
        """Save the draft; pictures chosen just now are kept first."""
        code = self._code or written.values["code"]
        names, before = self._names, self._before

        def work() -> ProcedureDrafted:
            if not self._code:
                uow = self._use.look()
                with uow:
                    if uow.taken("procedure", code):
                        raise BadInput("twice", facts={"value": code}, where={"field": "reference"})
            pictures = [kept_picture(self._use.files, line["picture"]) for line in written.steps]
            content = texts.content_of(written, names, pictures, before, self._words.figure(","))
            return self._use.draft_procedure(self._who().sitting, code, content)

        self._view.show_working(True)
        self._tasks.run(work, self._saved, self._problems.show)

    def _saved(self, drafted: ProcedureDrafted) -> None:
        self._view.show_working(False)
        self._opened(drafted.code, drafted.version)
        self._notice(
            self._words.say(
                "{code} v{version} is saved as a draft. Another planner approves it.",
                code=drafted.code,
                version=drafted.version,
            )
        )

    def leave(self) -> None:
        """Change nothing."""
        self._back(self._code)


def explained(rules: Sequence[ClassRule], lot: str, words: Catalogue) -> tuple[tuple[ClassText, ...], str]:
    """Return what rules mean for a lot, or what is wrong with them."""
    try:
        return texts.lot_words(rules, lot, words), ""
    except BadInput as bad:
        return (), inputs.tell(bad, words).fact
