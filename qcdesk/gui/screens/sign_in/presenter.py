# SPDX-License-Identifier: Apache-2.0
"""The wall, the search in it, badge or password; whoever signs in lands on a neutral page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from qcdesk.domain.people import Person
from qcdesk.gui.asking import Who
from qcdesk.gui.collation import in_order
from qcdesk.gui.persons import role_of, roles_by_person
from qcdesk.gui.problems import Problem, Problems, Told
from qcdesk.gui.screens.sign_in.rows import TileRow
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.waiting import Waiting
from qcdesk.i18n import Catalogue
from qcdesk.services.pin_sittings import PinSitting
from qcdesk.services.ports import Hand
from qcdesk.services.rows import PersonRow, WallRow
from qcdesk.services.searching import folded, found
from qcdesk.services.sittings import Sitting
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages

CODE_SIGNS = 20
"""A text of this many letters and digits that finds nobody is a badge's code typed by hand, whole or not."""


class SignInView(Protocol):
    """The wall of names."""

    def show_station(self, station: str, clock: str) -> None: ...
    def show_people(self, people: Sequence[TileRow]) -> None: ...
    def show_matches(self, people: Sequence[TileRow]) -> None: ...
    def show_chosen(self, person: TileRow) -> None: ...
    def show_badge(self, person: TileRow) -> None: ...
    def show_choosing_pin(self, caption: str) -> None: ...
    def show_neutral(self) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...
    def count(self, told: Told | None, counting: bool) -> None: ...


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
        begun: Callable[[], None] = lambda: None,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._station = station
        self._signed_in = signed_in
        self._begun = begun
        self._waiting = Waiting(problems, view.count)
        self._tiles: tuple[TileRow, ...] = ()
        self._columns: dict[str, str] = {}
        self._logins: dict[str, str] = {}
        self._visit = 0
        self._badge = ""
        self._badge_of: TileRow | None = None
        self._wants_pin = False
        self._hand: Hand | None = None
        self._pin = ""

    def open(self) -> None:
        """Show a neutral wall and load who can sign in."""
        self._forget()
        self._wants_pin = False
        self._view.show_working(False)
        self._view.show_neutral()
        self.tick()

        def load() -> tuple[tuple[WallRow, ...], tuple[PersonRow, ...]]:
            return self._use.read.wall(), self._use.read.people()

        self._tasks.run(load, lambda both: self._show(*both), self._problems.show, latest="wall")

    def _forget(self) -> None:
        """Somebody else, or the same one anew: an answer that is still under way opens nothing any more."""
        self._visit += 1
        self._waiting.end()
        self._badge, self._badge_of, self._hand, self._pin = "", None, None, ""

    def tick(self) -> None:
        """Show the time."""
        now = self._use.clock.now()
        day = ages.weekday(ages.local(now).date(), self._words, self._use.clock.today())
        self._view.show_station(self._station, self._words.say("{day} {time}", day=day, time=ages.clock(now)))

    def second(self) -> None:
        """One more second of a wait is over."""
        self._waiting.second()

    def _show(self, wall: tuple[WallRow, ...], people: tuple[PersonRow, ...]) -> None:
        roles = roles_by_person(people, self._words)
        signing = in_order((row for row in wall if row.status == "active"), lambda row: row.name)
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
        """Choose the only name that is left, or whose login, staff number or badge was typed."""
        named = [t for t in self._tiles if text.strip() and text.strip() in (self._logins[t.person], t.staff)]
        left = named or [t for t in self._tiles if text.strip() and found(self._columns[t.person], text)]
        if len(left) == 1:
            self._view.show_chosen(left[0])
        elif not left and sum(sign.isalnum() for sign in text) >= CODE_SIGNS:
            self.scan(text)

    def chosen(self, _person: str) -> None:
        """A name was chosen: whatever was begun for somebody else is over."""
        self._forget()

    # the badge ------------------------------------------------------------------------------------------------------

    def scan(self, code: str) -> None:
        """Find whose badge was scanned, and ask that person for the PIN."""
        self._forget()
        visit = self._visit

        def find() -> Person:
            person = self._use.person_of_badge(code)
            person.require_active()
            return person

        def found_(person: Person) -> None:
            if visit != self._visit:
                return
            tile = next((t for t in self._tiles if t.person == person.id), None)
            if tile is None:  # enrolled since the wall was drawn
                tile = TileRow(person.id, person.name, role_of(person, self._words), person.staff or "")
            self._logins[person.id] = person.login or ""
            self._badge, self._badge_of = code, tile
            self._view.show_badge(tile)

        def unknown(cause: Exception) -> None:
            if visit == self._visit:
                self._view.show_neutral()
                self._problems.show(cause)

        self._tasks.run(find, found_, unknown, latest="badge")

    # the secret -----------------------------------------------------------------------------------------------------

    def wish_pin(self, wanted: bool) -> None:
        """Whether a PIN is chosen for the sitting after the password."""
        self._wants_pin = wanted

    def give(self, person: str, secret: str) -> None:
        """Open the key by password, and a sitting; the button shows meanwhile that it works."""
        login = self._logins.get(person)
        tile = next((t for t in self._tiles if t.person == person), None)
        if login is None or tile is None:
            return
        visit, wants_pin = self._visit, self._wants_pin

        def open_key() -> tuple[Hand, Sitting | None]:
            hand = self._use.open_hand(login, secret)
            return hand, None if wants_pin else self._use.open_sitting(hand)

        def opened(both: tuple[Hand, Sitting | None]) -> None:
            hand, sitting = both
            if visit != self._visit:
                self._drop(sitting)
            elif sitting is not None:
                self._lands(sitting, tile, None)
            else:
                self._view.show_working(False)
                self._hand, self._badge_of = hand, tile
                self._begun()
                self._view.show_choosing_pin(self._words.say("Choose 6 digits for this sitting"))

        self._view.show_working(True)
        self._tasks.run(open_key, opened, lambda cause: self._failed(visit, cause))

    def give_pin(self, pin: str) -> None:
        """Take six digits: the PIN of the badge that was scanned, or the one chosen for this sitting."""
        if self._hand is not None:
            self._choose(self._hand, pin)
            return
        tile, code, visit = self._badge_of, self._badge, self._visit
        if tile is None:
            return

        def open_key() -> tuple[Sitting, PinSitting]:
            hand = self._use.open_badge(code, pin)
            # the PIN that was just typed goes on opening the key until the person leaves
            return self._use.open_sitting(hand), self._use.begin_pin_sitting(hand, pin)

        def opened(both: tuple[Sitting, PinSitting]) -> None:
            if visit != self._visit:
                both[1].end()
                self._drop(both[0])
            else:
                self._lands(both[0], tile, both[1])

        self._view.show_working(True)
        self._tasks.run(open_key, opened, lambda cause: self._failed(visit, cause))

    def _choose(self, hand: Hand, pin: str) -> None:
        say, tile, visit = self._words.say, self._badge_of, self._visit
        if tile is None:
            return
        if not self._pin:
            self._pin = pin
            self._view.show_choosing_pin(say("The same 6 digits once more"))
            return
        chosen, self._pin = self._pin, ""
        if chosen != pin:
            self._view.show_choosing_pin(say("They differ. Choose 6 digits again"))
            return

        def begin() -> tuple[Sitting, PinSitting]:
            begun = self._use.begin_pin_sitting(hand, pin)
            return self._use.open_sitting(hand), begun

        def opened(both: tuple[Sitting, PinSitting]) -> None:
            if visit != self._visit:
                both[1].end()
                self._drop(both[0])
            else:
                self._lands(both[0], tile, both[1])

        def failed(cause: Exception) -> None:
            if visit == self._visit:
                self._view.show_working(False)
                self._view.show_choosing_pin(say("Choose 6 digits for this sitting"))
                self._problems.show(cause)

        self._view.show_working(True)
        self._tasks.run(begin, opened, failed)

    def without_pin(self) -> None:
        """Go on without a PIN: every signature takes the password."""
        hand, tile, visit = self._hand, self._badge_of, self._visit
        if hand is None or tile is None:
            return

        def opened(sitting: Sitting) -> None:
            if visit != self._visit:
                self._drop(sitting)
            else:
                self._lands(sitting, tile, None)

        self._view.show_working(True)
        self._tasks.run(
            lambda: self._use.open_sitting(hand), opened, lambda cause: self._failed(visit, cause)
        )

    def _failed(self, visit: int, cause: Exception) -> None:
        if visit == self._visit:
            self._waiting.show(cause)

    def _drop(self, sitting: Sitting | None) -> None:
        if sitting is not None:
            self._tasks.run(lambda: self._use.close_sitting(sitting), lambda _: None, self._problems.show)

    def _lands(self, sitting: Sitting, tile: TileRow, pin: PinSitting | None) -> None:
        login = self._logins[tile.person]
        self._forget()
        self._wants_pin = False
        self._view.show_working(False)
        self._view.show_neutral()
        self._signed_in(Who(sitting, login, tile.name, tile.role, tile.staff, pin))
