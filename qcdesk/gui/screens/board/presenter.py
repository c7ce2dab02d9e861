# SPDX-License-Identifier: Apache-2.0
"""What waits for the person signed in, the lanes page by page, and the search over all batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from qcdesk.gui.asking import WhoNow
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.board.notes import Note, board_notes, foreseen, held_back, stops_to_decide
from qcdesk.gui.screens.board.rows import WaitCard
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.lists import LaneCard
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.rows import LANES, MOST_COUNTED, BatchListRow, BoardCardRow, Lane, LanePage, WaitingRow
from qcdesk.services.searching import folded, found
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages

Pages = Sequence[tuple[str, str]]
"""Pages of the window: name, words."""
BUTTONS: Final = {
    "start_first": mark("Start first check"),
    "start_second": mark("Start second check"),
    "continue_check": mark("Continue"),
    "decide": mark("Decide"),
    "release": mark("Look and release"),
    "approve_procedure": mark("Read and approve"),
    "confirm_rework": mark("Confirm rework"),
}
_NOTES: Final[dict[str, tuple[str, Role]]] = {
    "maker": (mark("not yours: you made units"), "text2"),
    "yours": (mark("your own first check"), "text2"),
    "needs_third": (mark("needs a third person"), "attention"),
    "rejected": (mark("rejected"), "reject"),
    "rework": (mark("waits for rework"), "text2"),
    "rest": (mark("rest not conceded"), "reject"),
}


class BoardView(Protocol):
    """The board."""

    def show_day(self, day: str) -> None: ...
    def show_person(self, name: str, role: str) -> None: ...
    def show_waiting(self, cards: Sequence[WaitCard], others: str = "") -> None: ...
    def show_notes(self, notes: Sequence[Note]) -> None: ...
    def show_lane(self, lane: str, cards: Sequence[LaneCard], total: int) -> None: ...
    def add_to_lane(self, lane: str, cards: Sequence[LaneCard]) -> None: ...
    def show_results(self, rows: Sequence[BatchListRow] | None, pages: Pages = ()) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class BoardWays:
    """Where the board leads. ``pages``, by name and words, are searched, too; ``page`` opens one by its name.

    ``action``: a corrective action.
    """

    start: Callable[[str], None]
    batch: Callable[[str], None]
    comparison: Callable[[str], None]
    procedures: Callable[[], None]
    page: Callable[[str], None] = lambda _: None
    action: Callable[[str], None] = lambda _: None
    pages: tuple[tuple[str, str], ...] = ()


class BoardPresenter:
    """One load fills the board; each further page of a lane is asked for when one nears its end."""

    def __init__(
        self,
        view: BoardView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ways: BoardWays,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._ways = ways
        self._after: dict[str, str | None] = {}
        self._asked: set[str] = set()
        self._danger: frozenset[str] = frozenset()
        self._held: dict[str, str] = {}

    def open(self) -> None:
        """Show the board of the person signed in."""
        who = self._who()
        self._view.show_results(None)
        self._view.show_person(who.name, who.role)
        self._view.show_day(ages.long_day(self._use.clock.today(), self._words))
        self.reload()

    def reload(self) -> None:
        """Load what waits and the first page of every lane."""
        person, today = self._who().person, self._use.clock.today()

        def load() -> tuple[
            tuple[WaitingRow, ...], dict[Lane, LanePage], frozenset[str], dict[str, str], list[WaitCard]
        ]:
            read = self._use.read
            danger = frozenset(one.row.batch for one in foreseen(self._use).in_danger)
            lanes = {lane: read.lane(lane, person) for lane in LANES}
            held = held_back(self._use, lanes["to_release"].rows)
            return (
                read.waiting(person, today), lanes, danger, held, stops_to_decide(self._use, person, self._words),
            )  # fmt: skip

        self._tasks.run(load, lambda found: self._show(*found), self._problems.show, latest="board")
        self._tasks.run(
            lambda: board_notes(self._use, person, self._words),
            self._view.show_notes,
            self._problems.show,
            latest="board_notes",
        )

    def _show(
        self,
        waiting: tuple[WaitingRow, ...],
        lanes: dict[Lane, LanePage],
        danger: frozenset[str],
        held: dict[str, str],
        stops: list[WaitCard],
    ) -> None:
        self._danger, self._held = danger, held
        others = sum(page.total for lane, page in lanes.items() if lane != "ready_to_ship")
        said = self._words.count("{n} batch waits for others.", "{n} batches wait for others.", others)
        if any(page.total > MOST_COUNTED for page in lanes.values()):
            said = self._words.say("More than {n} batches wait for others.", n=MOST_COUNTED)
        self._view.show_waiting(
            [*stops, *(self._card(row) for row in waiting)],
            said if others else self._words.say("Register a batch to begin."),
        )
        self._asked.clear()
        for lane, page in lanes.items():
            self._after[lane] = page.after
            self._view.show_lane(lane, [self._lane_card(row) for row in page.rows], page.total)

    def more(self, lane: Lane) -> None:
        """Load the next page of a lane."""
        after = self._after.get(lane)
        if after is None or lane in self._asked:
            return
        self._asked.add(lane)
        person = self._who().person

        def load() -> tuple[LanePage, dict[str, str]]:
            page = self._use.read.lane(lane, person, after)
            return page, held_back(self._use, page.rows)

        def show(found: tuple[LanePage, dict[str, str]]) -> None:
            page, held = found
            self._asked.discard(lane)
            self._held |= held
            if self._after.get(lane) == after:  # else the board was loaded anew meanwhile
                self._after[lane] = page.after
                self._view.add_to_lane(lane, [self._lane_card(row) for row in page.rows])

        self._tasks.run(load, show, self._problems.show)

    def search(self, text: str) -> None:
        """Show the batches and the pages that match, as one types."""
        asked = text.strip()
        if not asked:
            self._tasks.run(
                lambda: None, lambda _: self._view.show_results(None), self._problems.show, latest="search"
            )
            return
        self._tasks.run(
            lambda: (self._use.read.search(asked), self._pages(asked)),
            lambda found: self._view.show_results(*found),
            self._problems.show,
            latest="search",
        )

    def enter(self, text: str) -> None:
        """Open the batch that was scanned or typed whole; else the only batch, or the only page, that matches."""
        asked = text.strip()
        if not asked:
            return

        def find() -> Callable[[], None] | None:
            rows = self._use.read.search(asked)
            exact = [row for row in rows if row.number.casefold() == asked.casefold()]
            left, pages = exact or rows, self._pages(asked)
            called = [page for page in pages if page[1].casefold() == asked.casefold()]
            if called and not exact:
                left, pages = [], called
            if len(left) == 1 and (exact or not pages):
                batch = left[0].batch
                return lambda: self._ways.batch(batch)
            if not left and len(pages) == 1:
                name = pages[0][0]
                return lambda: self._ways.page(name)
            return None

        self._tasks.run(find, lambda go: go() if go else None, self._problems.show)

    def _pages(self, asked: str) -> Pages:
        """Return the pages whose words answer what was typed."""
        return [(name, words) for name, words in self._ways.pages if found(folded([words]), asked)]

    def act(self, act: str, subject: str) -> None:
        """Do what a waiting card offers."""
        if act in ("start_first", "start_second", "continue_check", "decide"):
            self._ways.start(subject)
        elif act == "release":
            self._ways.comparison(subject)
        elif act == "approve_procedure":
            self._ways.procedures()
        elif act == "decide_stop":
            self._ways.action(subject)
        else:
            self._ways.batch(subject)

    # words ------------------------------------------------------------------------------------------------------

    def _card(self, row: WaitingRow) -> WaitCard:
        say, today = self._words.say, self._use.clock.today()
        age = ages.waits(row.since, self._use.clock.now(), self._words)
        if row.done is not None and row.of:  # of a review alone there are no units
            age = say("{done} of {total} units", done=row.done, total=row.of)
        due = ages.ship_by(row.ship_by, today, self._words) if row.ship_by else ""
        late = row.ship_by is not None and row.ship_by <= today
        button = say(BUTTONS[row.act]) if row.act in BUTTONS else say("Open", context="button")
        return WaitCard(
            row.act, row.subject, row.act, row.title, row.product, row.supplier, age, due, late, button
        )

    def _lane_card(self, row: BoardCardRow) -> LaneCard:
        why, role = self._why(row)
        if row.batch in self._danger and row.ship_by is not None and row.ship_by > self._use.clock.today():
            why, role = self._words.say("likely to be late"), "attention"
        if action := self._held.get(row.batch):
            why, role = self._words.say("held back by {action}", action=action), "hold"
        if row.stands:
            why = self._words.say("{place} · {why}", place=row.stands, why=why)
        return LaneCard(
            row.batch,
            row.number,
            self._when(row.ship_by),
            row.ship_by is not None and row.ship_by <= self._use.clock.today(),
            row.product,
            row.supplier,
            why,
            role,
        )

    def _when(self, ship_by: date | None) -> str:
        return ages.near_day(ship_by, self._use.clock.today(), self._words) if ship_by else ""

    def _why(self, row: BoardCardRow) -> tuple[str, Role]:
        say = self._words.say
        if row.note == "stopped":
            return (
                say("stopped by {name}", name=row.note_person) if row.note_person else say("stopped")
            ), "hold"
        if row.note == "released":
            at = ages.near(row.since, self._use.clock.today(), self._words)
            return say("released {time}", time=at), "text2"
        if row.note in _NOTES:
            words, role = _NOTES[row.note]
            return say(words), role
        return ages.waits(row.since, self._use.clock.now(), self._words), "text2"
