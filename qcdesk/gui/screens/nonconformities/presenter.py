# SPDX-License-Identifier: Apache-2.0
"""Nonconformities: opening one on a batch, the list, and one with all that can be done; each act asks in a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from qcdesk.domain.events import Fact, NonconformityOpened
from qcdesk.domain.nonconformities import BEING_CHECKED, name_of
from qcdesk.domain.numbers import parse_quantity
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.collation import in_order
from qcdesk.gui.given_files import file_asked, kept_file, saving
from qcdesk.gui.listing import ListedPresenter, ListedView
from qcdesk.gui.persons import workers
from qcdesk.gui.printed import save_paper, show_printed
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import Catalogue
from qcdesk.services.nonconformities import NewNonconformity
from qcdesk.services.nonconformity_rows import NonconformityPage, NonconformityRow, NonconformityStepRow
from qcdesk.services.ports import Hand, Printing
from qcdesk.services.prints import Print, PrintsOf
from qcdesk.services.rows import PersonRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import nonconformities as wording
from qcdesk.wording.ages import minute, on_day
from qcdesk.wording.spelling import in_a_row

DAYS = 14
"""Until it is due, unless somebody says otherwise."""
MOST_PHOTOS = 6


@dataclass(frozen=True)
class NonconformityWays:
    """Where the screens lead: a nonconformity by its number, a batch by its id; ``told`` says a line."""

    nonconformity: Callable[[int], None]
    batch: Callable[[str], None]
    told: Notice


class NonconformitiesView(ListedView[NonconformityRow], Protocol):
    """The list."""

    def look_for(self, text: str) -> None: ...


class OpeningPresenter:
    """Asks what is wrong with a batch, and opens a nonconformity; on whichever page one stands."""

    def __init__(
        self, use: UseCases, tasks: Tasks, words: Catalogue, who: WhoNow, ask: Ask, ways: NonconformityWays
    ) -> None:
        self._use, self._tasks, self._words = use, tasks, words
        self._who, self._ask, self._ways = who, ask, ways

    def open(self, batch: str, problems: Problems) -> None:
        """Ask what is wrong with a batch, and open a nonconformity. ``problems``: of the page that it is asked on."""

        def load() -> tuple[str, int, tuple[tuple[str, str], ...], Sequence[PersonRow]]:
            with self._use.look() as uow:
                found = uow.batch(batch)
            findable = self._use.read.nonconformities.findable(found.id)
            people = in_order(self._use.read.people(), lambda row: row.person.name)
            return found.number, found.saved.quantity, findable, people

        self._tasks.run(load, lambda found: self._ask_for_it(batch, *found), problems.show)

    def _ask_for_it(
        self,
        batch: str,
        number: str,
        there: int,
        findable: Sequence[tuple[str, str]],
        people: Sequence[PersonRow],
    ) -> None:
        say, who = self._words.say, self._who()
        known = [say("{code} {name}", code=code, name=name) for code, name in findable]
        due = self._use.clock.today() + timedelta(days=DAYS)
        codes = Question(
            "codes",
            say("Codes that were found"),
            value=", ".join(code for code, _ in findable),
            optional=True,
            hint=say("Found: {codes}", codes=in_a_row(known, self._words)),
        )
        asking = Asking(
            say("Open a nonconformity on {batch}", batch=number),
            say(
                "It gets the next number. Somebody other than you closes it, once it is decided about the goods."
            ),
            say("Open the nonconformity"),
            (
                Question("quantity", say("Units affected"), value=str(there)),
                *((codes,) if findable else ()),
                Question("what", say("What is wrong"), "text", optional=bool(findable)),
                Question("containment", say("What was done at once"), "text"),
                Question("owner", say("Owner"), "choice", workers(people), who.person),
                Question("due", say("Due"), "day", value=due.isoformat()),
                file_asked(self._words),
            ),
            secret=False,
        )

        def act(answers: Answers, _hands: tuple[Hand, ...]) -> NonconformityOpened:
            codes = tuple(code.strip() for code in answers.get("codes", "").split(",") if code.strip())
            new = NewNonconformity(
                batch,
                parse_quantity(answers["quantity"], where={"field": "quantity"}),
                answers["containment"],
                date.fromisoformat(answers["due"]),
                codes,
                answers["what"],
                answers["owner"],
                kept_file(self._use, answers),
            )
            return self._use.nonconformities.open(who.sitting, new)

        def done(opened: NonconformityOpened) -> None:
            self._ways.nonconformity(opened.nonconformity)
            self._ways.told(say("{number} is opened.", number=name_of(opened.nonconformity)))

        self._ask(asking, act, done)


class NonconformitiesPresenter(ListedPresenter[NonconformityRow]):
    """Loads the list and narrows it."""

    def __init__(
        self,
        view: NonconformitiesView,
        use: UseCases,
        tasks: Tasks,
        problems: Problems,
        ways: NonconformityWays,
    ) -> None:
        super().__init__(view, tasks, problems)
        self._view, self._use, self._ways = view, use, ways

    def read(self, closed: bool) -> Sequence[NonconformityRow]:
        return self._use.read.nonconformities.listed(closed=closed)

    def texts(self, row: NonconformityRow) -> Iterable[str]:
        opened = row.nonconformity.opened
        return (
            *(wording.number(row), row.batch_number, row.product, row.supplier_name, row.owner_name),
            *(opened.what, *opened.codes),
        )

    def open(self, look_for: str = "") -> None:
        """Show the open ones; those that match what one looks for."""
        self._asked = look_for
        self._view.look_for(look_for)
        super().open()

    def choose(self, row: NonconformityRow) -> None:
        """Show a nonconformity."""
        self._ways.nonconformity(row.number)


class NonconformityView(Protocol):
    """One nonconformity."""

    def show_head(self, name: str, about: str, of_batch: str) -> None: ...
    def show_standing(self, stands: str, facts: Sequence[tuple[str, str]], *, late: bool) -> None: ...
    def show_files(self, files: Sequence[tuple[str, str]]) -> None: ...
    def show_found(self, what: str, defects: Sequence[str], counted: str = "") -> None: ...
    def show_photos(self, pictures: Sequence[bytes]) -> None: ...
    def show_decided(self, lines: Sequence[tuple[str, str]]) -> None: ...
    def show_acts(self, codes: Sequence[str], first: str) -> None: ...
    def show_steps(self, rows: Sequence[NonconformityStepRow]) -> None: ...
    def show_printed(self, papers: Sequence[Happening]) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class NonconformityPresenter:
    """Shows one nonconformity, and asks for whatever is done about it."""

    def __init__(
        self,
        view: NonconformityView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        ways: NonconformityWays,
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._who, self._ask, self._ways = problems, who, ask, ways
        self._number = 0
        self._page: NonconformityPage | None = None
        self._people: Sequence[PersonRow] = ()

    def open(self, number: int) -> None:
        """Show a nonconformity by its number."""
        self._number, self._page = number, None
        self.reload()

    def reload(self) -> None:
        """Load it anew."""
        number, person, use = self._number, self._who().person, self._use

        def load() -> tuple[NonconformityPage, Sequence[PersonRow], list[bytes]]:
            page = use.read.nonconformities.page(number, person)
            names = list(dict.fromkeys(name for defect in page.defects for name in defect.photos))
            people = in_order(use.read.people(), lambda row: row.person.name)
            return page, people, [use.files.read(name) for name in names[:MOST_PHOTOS]]

        self._tasks.run(load, lambda found: self._show(*found), self._problems.show, latest="nonconformity")

    def see_batch(self) -> None:
        """Show the batch that it is of."""
        if self._page is not None:
            self._ways.batch(self._page.row.batch)

    def print_to(self, file: str) -> None:
        """Write its report."""
        use, number, sitting = self._use, self._number, self._who().sitting

        def make(printing: Printing) -> Print:
            return printing.nonconformity(lambda: use.read.nonconformities.page(number, sitting.person))

        def written(line: str) -> None:
            self._ways.told(line)
            self._show_printed()

        if self._page is not None:
            save_paper(use, self._tasks, self._words, self._problems, self._ask, sitting, make, file, written)

    def save_file(self, sha256: str, path: str) -> None:
        """Save a file that stands beside it as it was kept; it has to fit its hash."""
        told = self._words.say("{file} is written.", file=Path(path).name)
        self._tasks.run(saving(self._use, sha256, path), lambda _: self._ways.told(told), self._problems.show)

    def _show(self, page: NonconformityPage, people: Sequence[PersonRow], photos: list[bytes]) -> None:
        self._page, self._people = page, people
        words, row, view = self._words, page.row, self._view
        say, one, today = words.say, page.row.nonconformity, self._use.clock.today()
        view.show_head(wording.number(row), wording.headed(page, words), wording.of_batch(row, words))
        stands = wording.stands(row, today, words)
        if one.closed is not None and row.closed_at is not None:
            stands = wording.closed_by(one.closed, row.closed_by, minute(row.closed_at, words, today), words)
        facts = [
            (say("Owner"), row.owner_name),
            (say("Affected"), wording.affected(row, words, page.quantity)),
            (say("The goods"), wording.where(page, words)),
            (say("Containment"), one.containment),
            *(
                (say("Corrective action"), say("{action}: {title}", action=a, title=t))
                for a, t in page.actions
            ),
            (
                say("Opened"),
                say("{when} by {name}", when=on_day(row.opened_at, words, today), name=row.opened_by),
            ),
        ]
        view.show_standing(stands, [(n, v) for n, v in facts if v], late=one.overdue(today))
        view.show_files([(file.name, file.sha256) for file in one.files()])
        found = [wording.defect(defect, words) for defect in page.defects]
        view.show_found(one.opened.what, found, wording.counted(page, words))
        view.show_photos(photos)
        view.show_decided(
            [
                (wording.decided(d, words), say("{at} (event {event})", at=minute(d.at, words, today), event=d.event)
                 if d.event else minute(d.at, words, today))
                for d in page.decided
            ]
        )  # fmt: skip
        view.show_acts(*self._acts(page))
        view.show_steps(page.steps)
        self._show_printed()

    def _show_printed(self) -> None:
        of = PrintsOf(document="nonconformity", subject=str(self._number))
        show_printed(self._view, self._use, self._tasks, self._words, self._problems, of)

    def _acts(self, page: NonconformityPage) -> tuple[tuple[str, ...], str]:
        """Return what can be done now, and what is the next step."""
        one = page.row.nonconformity
        if page.batch_state in BEING_CHECKED:
            return (), ""
        if one.closed is not None:
            return ("reopen",), ""
        links = ("link", "unlink") if page.actions else ("link",)
        codes = ("contain", "note", *links, "due", "hand_over")
        if one.opener == self._who().person:
            return codes, ""
        return (*codes, "close"), "close" if page.decided else ""

    def act(self, code: str) -> None:
        """Ask for what one of the acts needs, and do it."""
        page = self._page
        if page is None:
            return
        asking, do = self._asked(code, page)

        def done(_fact: Fact) -> None:
            self.reload()
            self._ways.told(self._words.say("{number}: put down.", number=wording.number(page.row)))

        self._ask(asking, do, done)

    def _asked(
        self, code: str, page: NonconformityPage
    ) -> tuple[Asking, Callable[[Answers, tuple[Hand, ...]], Fact]]:
        """Return the sheet of an act, and what does it."""
        say, use, sitting, n = (
            self._words.say,
            self._use.nonconformities,
            self._who().sitting,
            page.row.number,
        )
        one = page.row.nonconformity
        due = max(one.due, self._use.clock.today()) + timedelta(days=7)
        reason, file = Question("reason", say("Reason"), "text"), file_asked(self._words)
        made: Mapping[str, tuple[str, str, tuple[Question, ...], Callable[[Answers], Fact]]] = {
            "contain": (
                say("Say how it is contained"),
                say("What is done from now on; what was said before stays on record."),
                (Question("containment", say("Containment"), "text", value=one.containment), file),
                lambda a: use.contain(sitting, n, a["containment"], kept_file(self._use, a)),
            ),
            "note": (
                say("Put down a note"),
                say("Whatever belongs to it: a cause, a call, a trial."),
                (Question("note", say("Note"), "text"), file),
                lambda a: use.note(sitting, n, a["note"], kept_file(self._use, a)),
            ),
            "link": (
                say("Link a corrective action"),
                say("The corrective action that puts it right at the supplier."),
                (Question("action", say("Number of the corrective action"), hint=say("Such as CA-3")),),
                lambda a: use.link(sitting, n, a["action"]),
            ),
            "unlink": (
                say("Undo a link"),
                say(
                    "The corrective action does not put it right, after all; that it was linked stays on record."
                ),
                (
                    Question(
                        "action",
                        say("Corrective action"),
                        "choice",
                        tuple((a, say("{action}: {title}", action=a, title=t)) for a, t in page.actions),
                        page.actions[0][0] if page.actions else "",
                    ),
                ),
                lambda a: use.link(sitting, n, a["action"], undone=True),
            ),
            "due": (
                say("Another due day"),
                say("The day by which it is to be closed; the old one stays on record."),
                (Question("due", say("Due"), "day", value=due.isoformat()), reason),
                lambda a: use.put_off(sitting, n, date.fromisoformat(a["due"]), a["reason"]),
            ),
            "hand_over": (
                say("Hand over"),
                say("The whole record goes along."),
                (Question("owner", say("To"), "choice", workers(self._people, one.owner)), reason),
                lambda a: use.hand_over(sitting, n, a["owner"], a["reason"]),
            ),
            "reopen": (
                say("Open it again"),
                say("It was closed too early. Somebody other than you closes it then."),
                (Question("due", say("Due"), "day", value=due.isoformat()), reason),
                lambda a: use.reopen(sitting, n, date.fromisoformat(a["due"]), a["reason"]),
            ),
        }
        if code == "close":
            return self._closing(page)
        title, says, questions, do = made[code]
        return Asking(title, says, title, questions, secret=False), lambda answers, _: do(answers)

    def _closing(self, page: NonconformityPage) -> tuple[Asking, Callable[[Answers, tuple[Hand, ...]], Fact]]:
        say, n = self._words.say, page.row.number
        decided = bool(page.decided)
        says = (
            say("You sign that it is closed over what was decided of the goods.")
            if decided
            else say("Nothing was decided of the goods, so you sign why it is closed all the same.")
        )
        title = say("Close it")
        question = Question("reason", say("Reason"), "text", optional=decided)
        asking = Asking(title, says, title, (question,))
        return asking, lambda answers, hands: self._use.nonconformities.close(hands[0], n, answers["reason"])
