# SPDX-License-Identifier: Apache-2.0
"""Guessing at the screen: however often restarted, from however many workstations, with whatever clock (trust.md §5.3).

What counts is how many secrets are looked at, not how many are typed: a wait or a lock refuses before.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Lock

import pytest

from qcdesk.domain.guessing import LOCK_SECONDS, STRANGE_TRIES, TRIES_TO_LOCK
from qcdesk.domain.refusals import Locked, TryLater, WrongSecret
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.signing.keyring import Ed25519Keys
from qcdesk.store.verification import verify
from tests.workspace import Bench, House, secret, standing, use_of

WRONG = "a guess, and a wrong one"
HOUR = 3600


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Open a house of two people."""
    made = standing(tmp_path / "house", procedure=False)
    yield made
    made.database.dispose()


class Guesser:
    """Tries wrong secrets and counts those that were looked at; each ``program`` is a start of the program anew."""

    def __init__(self, house: House) -> None:
        """Begin with nothing tried."""
        self.house, self.looked, self.typed = house, 0, 0
        self._starts = 0

    def program(
        self, station: str = "bench 1", *, start: str = "start 1", steady_us: int | None = None
    ) -> UseCases:
        """Start the program at a workstation that was introduced long ago."""
        self._starts += 1
        workstation = Bench(self.house.clock, station)
        workstation.start, workstation.steady_us = start, steady_us
        return use_of(
            self.house.database, self.house.clock, salt=f"{station} {self._starts}", workstation=workstation
        )

    def introduce(self, *stations: str) -> None:
        """Let Som sign in at workstations."""
        for station in stations:
            use = self.program(station)
            use.close_sitting(use.open_sitting(use.open_hand("som", secret("som"))))

    def guess(self, use: UseCases, login: str = "linh") -> None:
        """Type one wrong secret."""
        self.typed += 1
        try:
            use.open_hand(login, WRONG)
        except WrongSecret:
            self.looked += 1
        except (TryLater, Locked):
            return


def guessed(house: House, hours: int, chance: random.Random, *, stations: int, typed: int) -> Guesser:
    """Guess for so many hours, restarting the program each time, at random workstations and moments."""
    guesser = Guesser(house)
    names = [f"bench {n}" for n in range(1, stations + 1)]
    guesser.introduce(*names)
    for _ in range(typed):
        guesser.guess(guesser.program(chance.choice(names)))
        house.clock.forward(seconds=chance.randrange(2 * hours * HOUR // typed))
    return guesser


def bound(hours: int) -> int:
    """Return how many guesses are looked at at most: ten, and ten more after each lock."""
    return TRIES_TO_LOCK * (1 + -(-hours * HOUR // LOCK_SECONDS))


def test_a_day_of_guessing_from_three_workstations_looks_at_thirty_secrets_at_most(house: House) -> None:
    guesser = guessed(house, 20, random.Random(1), stations=3, typed=300)
    assert TRIES_TO_LOCK <= guesser.looked <= bound(20) < guesser.typed
    assert verify(house.database).ok


def test_who_guesses_beside_a_working_owner_is_looked_at_thirty_times_a_day_at_most(house: House) -> None:
    """The owner signs in every ten minutes at the own workstation, and is never kept out there."""
    guesser = Guesser(house)
    names = ["bench 2", "bench 3", "bench 4"]
    guesser.introduce(*names)
    guesser.program(names[0]).open_hand("linh", secret("linh"))  # one of them is known to the owner
    for round_ in range(60):
        house.clock.forward(seconds=600)
        house.use.open_sitting(house.use.open_hand("linh", secret("linh")))
        for n in range(3):
            guesser.guess(guesser.program(names[(round_ + n) % 3]))
    assert STRANGE_TRIES <= guesser.looked <= 30 < guesser.typed
    house.clock.forward(days=1)
    before = guesser.looked
    for _ in range(2):
        house.clock.forward(seconds=600)
        guesser.guess(guesser.program(names[1]))
    assert guesser.looked == before + 2
    assert verify(house.database).ok


def test_an_owner_who_mistypes_at_the_own_workstation_is_not_kept_out_by_who_guesses_elsewhere(
    house: House,
) -> None:
    house.use.open_sitting(house.use.open_hand("linh", secret("linh")))
    guesser = Guesser(house)
    guesser.introduce("bench 2")
    for _ in range(2 * STRANGE_TRIES):
        house.clock.forward(seconds=300)
        guesser.guess(guesser.program("bench 2"))
        house.use.open_sitting(house.use.open_hand("linh", secret("linh")))
    with pytest.raises(TryLater):
        guesser.program("bench 2").open_hand("linh", secret("linh"))
    guesser.guess(guesser.program())
    house.use.open_sitting(house.use.open_hand("linh", secret("linh")))


@pytest.mark.long
def test_a_month_of_guessing(house: House, figures: Callable[[str], None]) -> None:
    hours = 30 * 24
    guesser = guessed(house, hours, random.Random(2), stations=5, typed=20_000)
    assert guesser.looked <= bound(hours)
    assert verify(house.database).ok
    figures(f"guesses typed in 30 days at 5 workstations: {guesser.typed}; looked at: {guesser.looked}")


def test_a_restart_resets_neither_the_wait_nor_the_count(house: House) -> None:
    guesser = Guesser(house)
    for expected in range(1, 8):
        house.clock.forward(seconds=300)
        guesser.guess(guesser.program())
        assert guesser.looked == expected
        with house.use.look() as uow:
            assert uow.tries(house.id("linh")).in_a_row == expected
    with pytest.raises(TryLater):
        guesser.program().open_hand("linh", secret("linh"))


def test_another_workstation_shares_the_wait_and_the_count(house: House) -> None:
    guesser = Guesser(house)
    guesser.introduce("bench 2", "bench 3")
    for n in range(10):
        house.clock.forward(seconds=300)
        guesser.guess(guesser.program(f"bench {n % 3 + 1}"))
    for n in range(3):
        with pytest.raises(Locked):
            guesser.program(f"bench {n + 1}").open_hand("linh", secret("linh"))


@pytest.mark.parametrize("hours", [1, 13, 24 * 365])
def test_a_clock_set_ahead_shortens_no_wait_and_no_lock(house: House, hours: int) -> None:
    steady = 0
    guesser = Guesser(house)
    for _ in range(TRIES_TO_LOCK):
        steady += 300_000_000
        guesser.guess(guesser.program(steady_us=steady))
    house.clock.forward(seconds=hours * HOUR)
    for _ in range(20):
        guesser.guess(guesser.program(steady_us=steady))
        house.clock.forward(seconds=hours * HOUR)
    assert guesser.looked == TRIES_TO_LOCK
    steady += LOCK_SECONDS * 1_000_000
    guesser.program(steady_us=steady).open_hand("linh", secret("linh"))


def test_a_clock_set_back_lets_nobody_guess_off_the_record(house: House) -> None:
    guesser = Guesser(house)
    house.clock.forward(days=-400)
    for _ in range(50):
        house.clock.forward(seconds=300)
        guesser.guess(guesser.program())
    assert guesser.looked == TRIES_TO_LOCK
    with house.database.reading() as connection:
        noted = connection.exec_driver_sql(
            "SELECT count(*) FROM line WHERE type = 'auth.failed'"
        ).scalar_one()
    assert noted == TRIES_TO_LOCK
    assert verify(house.database).ok


def test_a_machine_started_anew_with_its_clock_ahead_gains_what_the_log_then_shows(house: House) -> None:
    """Not stopped, but evident: from there on every event bears the time that was set."""
    guesser = Guesser(house)
    for _ in range(TRIES_TO_LOCK):
        house.clock.forward(seconds=300)
        guesser.guess(guesser.program(start="first", steady_us=house.clock.at))
    before = house.clock.at
    house.clock.forward(seconds=LOCK_SECONDS)
    guesser.guess(guesser.program(start="second", steady_us=0))
    assert guesser.looked == TRIES_TO_LOCK + 1
    with house.database.reading() as connection:
        at = connection.exec_driver_sql("SELECT max(at) FROM line").scalar_one()
    assert at - before >= LOCK_SECONDS * 1_000_000


def test_many_who_guess_at_once_are_counted_one_by_one(house: House) -> None:
    guesser, together, counting = Guesser(house), 8, Lock()
    programs = [guesser.program() for _ in range(together)]
    barrier = Barrier(together)

    def run(use: UseCases) -> int:
        looked = 0
        for _ in range(10):
            barrier.wait()
            try:
                use.open_hand("linh", WRONG)
            except WrongSecret:
                looked += 1
            except (TryLater, Locked):
                continue
            finally:
                with counting:
                    house.clock.forward(seconds=20)
        return looked

    with ThreadPoolExecutor(together) as pool:
        looked = sum(pool.map(run, programs))
    with house.use.look() as uow:
        assert uow.tries(house.id("linh")).in_a_row == looked
    assert looked < TRIES_TO_LOCK + together
    with pytest.raises((TryLater, Locked)):
        house.use.open_hand("linh", secret("linh"))
    assert verify(house.database).ok


def test_a_lock_cannot_be_used_to_lock_out_the_shop(house: House) -> None:
    """Whoever locks everybody but one leaves the one who unlocks all; badge and PIN wait with the password."""
    for login, name in (("minh", "Trần Văn Minh"), ("lan", "王兰")):
        house.enrol(login, name)
    guesser = Guesser(house)
    for login in ("linh", "minh", "lan"):
        for _ in range(TRIES_TO_LOCK):
            house.clock.forward(seconds=300)
            guesser.guess(guesser.program(), login)
        with pytest.raises(Locked):
            house.use.open_hand(login, secret(login))
    som = house.use.open_hand("som", secret("som"))
    for login in ("linh", "minh", "lan"):
        house.use.unlock(som, login)
        house.use.open_hand(login, secret(login))
    assert verify(house.database).ok


def test_when_all_are_locked_time_ends_it(house: House) -> None:
    guesser = Guesser(house)
    for login in ("linh", "som"):
        for _ in range(TRIES_TO_LOCK):
            house.clock.forward(seconds=300)
            guesser.guess(guesser.program(), login)
    house.clock.forward(seconds=LOCK_SECONDS)
    for login in ("linh", "som"):
        house.use.open_hand(login, secret(login))


def test_a_refused_try_never_reaches_the_key(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    guesser = Guesser(house)
    for _ in range(6):
        house.clock.forward(seconds=300)
        guesser.guess(guesser.program())

    def opened(*_: object) -> object:
        raise AssertionError("a secret was looked at")

    monkeypatch.setattr(Ed25519Keys, "open", opened)
    for word in (WRONG, secret("linh")):
        with pytest.raises(TryLater):
            guesser.program().open_hand("linh", word)


def test_a_disk_that_takes_nothing_gives_no_free_guesses(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(house.clock)
    use = use_of(house.database, house.clock, salt="full", workstation=bench)

    def full(*_: object) -> object:
        raise Trouble("disk_full")

    monkeypatch.setattr(type(house.begin()), "note", full)
    looked = 0
    for _ in range(60):
        house.clock.forward(seconds=300)
        try:
            use.open_hand("linh", WRONG)
        except Trouble:
            looked += 1
        except Locked:
            continue
    assert looked == TRIES_TO_LOCK
