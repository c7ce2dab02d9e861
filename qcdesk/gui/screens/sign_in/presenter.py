# SPDX-License-Identifier: Apache-2.0
"""The wall, the search in it, and the secret; whoever signs in lands on a neutral page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from qcdesk.gui.asking import Who
from qcdesk.gui.persons import roles_by_person
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.sign_in.rows import TileRow
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Sitting
from qcdesk.services.rows import PersonRow, WallRow
from qcdesk.services.searching import folded, found
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages


class SignInView(Protocol):
    """The wall of names."""

    def show_station(self, station: str, clock: str) -> None: ...
    def show_people(self, people: Sequence[TileRow]) -> None: ...
    def show_matches(self, people: Sequence[TileRow]) -> None: ...
    def show_chosen(self, person: TileRow) -> None: ...
    def show_neutral(self) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class SignInPresenter:
    """Keeps nothing of the last person."""

    def __init__(
        self,
        view: SignInView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        station: str,
        signed_in: Callable[[Who], None],
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._station = station
        self._signed_in = signed_in
        self._tiles: tuple[TileRow, ...] = ()
        self._columns: dict[str, str] = {}
        self._logins: dict[str, str] = {}

    def open(self) -> None:
        """Show a neutral wall and load who can sign in."""
        self._view.show_working(False)
        self._view.show_neutral()
        self.tick()

        def load() -> tuple[tuple[WallRow, ...], tuple[PersonRow, ...]]:
            return self._use.read.wall(), self._use.read.people()

        self._tasks.run(load, lambda both: self._show(*both), self._problems.show, latest="wall")

    def tick(self) -> None:
        """Show the time."""
        now = self._use.clock.now()
        day = ages.weekday(ages.local(now).date(), self._words, self._use.clock.today())
        self._view.show_station(self._station, self._words.say("{day} {time}", day=day, time=ages.clock(now)))

    def _show(self, wall: tuple[WallRow, ...], people: tuple[PersonRow, ...]) -> None:
        roles = roles_by_person(people, self._words)
        signing = [row for row in wall if row.status == "active"]
        self._tiles = tuple(
            TileRow(row.person, row.name, roles.get(row.person, ""), row.staff) for row in signing
        )
        self._columns = {row.person: folded((row.name, row.login, row.staff)) for row in signing}
        self._logins = {row.person: row.login for row in signing}
        self._view.show_people(self._tiles)

    def search(self, text: str) -> None:
        """Show the names that a search finds, accents or not; an empty search shows all."""
        if not text.strip():
            self._view.show_matches(self._tiles)
            return
        self._view.show_matches([t for t in self._tiles if found(self._columns[t.person], text)])

    def enter(self, text: str) -> None:
        """Choose the only name that is left, or the one whose login or staff number was scanned."""
        named = [t for t in self._tiles if text.strip() and text.strip() in (self._logins[t.person], t.staff)]
        left = named or [t for t in self._tiles if text.strip() and found(self._columns[t.person], text)]
        if len(left) == 1:
            self._view.show_chosen(left[0])

    def give(self, person: str, secret: str) -> None:
        """Open the key and a sitting; the button shows meanwhile that it works."""
        login = self._logins.get(person)
        tile = next((t for t in self._tiles if t.person == person), None)
        if login is None or tile is None:
            return
        self._view.show_working(True)

        def open_sitting() -> Sitting:
            return self._use.open_sitting(self._use.open_hand(login, secret))

        def opened(sitting: Sitting) -> None:
            self._view.show_working(False)
            self._view.show_neutral()
            self._signed_in(Who(sitting, login, tile.name, tile.role, tile.staff))

        self._tasks.run(open_sitting, opened, self._problems.show)
