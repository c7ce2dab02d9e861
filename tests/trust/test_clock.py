# SPDX-License-Identifier: Apache-2.0
"""The clock set back and on, on both engines: time never runs back unsigned, and what is doubtful says so."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from qcdesk.domain.refusals import ClockBlocked, TwoNeeded
from qcdesk.store.database import Database
from qcdesk.store.verification import verify
from tests.store.conftest import clock, database, house, location
from tests.workspace import Bench, HandClock, House

__all__ = ["clock", "database", "house", "location"]
"""Both engines, as the tests of the store have them."""

MINUTE, HOUR, DAY, YEAR = 60, 3_600, 86_400, 31_557_600
BACK = {"a minute": MINUTE, "an hour": HOUR, "2 days": 2 * DAY, "10 years": 10 * YEAR}


def lines(database: Database) -> list[tuple[str, int]]:
    """Return kind and time of every line of the log."""
    with database.reading() as connection:
        found = connection.exec_driver_sql("SELECT type, at FROM line ORDER BY seq").all()
    return [(kind, at) for kind, at in found]


def never_back(database: Database) -> None:
    """Hold that time ran back nowhere but where two people named the true time."""
    for (_, before), (kind, after) in pairwise(lines(database)):
        assert after >= before or kind == "clock.corrected"


def behind_marks(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM clock_behind").scalar_one())


def suspect(house: House, batch: str) -> list[bool]:
    """Return for each signature of the standing round whether its clock is suspect."""
    with house.use.look() as uow:
        return [s.clock_suspect for s in uow.sign_offs(uow.batch(batch).round or "")]


def bench_of(house: House) -> Bench:
    bench = house.use.workstation
    assert isinstance(bench, Bench)
    return bench


def set_clock(house: House, seconds: int) -> None:
    """Set this station's clock on (or back), while the clock that nobody sets goes on as before."""
    bench = bench_of(house)
    bench.steady_us = house.clock.at if bench.steady_us is None else bench.steady_us
    house.clock.forward(seconds=seconds)


def set_back(house: House, seconds: int) -> None:
    started = house.start("linh", house.batch())
    house.record("linh", started)
    set_clock(house, -seconds)
    if seconds <= 2 * MINUTE:
        house.sign("linh", started)
        assert behind_marks(house.database) == 0
    else:
        with pytest.raises(ClockBlocked):
            house.sign("linh", started)
        with pytest.raises(ClockBlocked):
            house.use.suspend(house.hands["linh"], "som", "no act but the next")
        house.batch()  # an entry goes on, and is marked
        assert behind_marks(house.database) == 1
        set_clock(house, seconds)  # set right again
        house.sign("linh", started)
    never_back(house.database)
    assert verify(house.database).ok


@pytest.mark.parametrize("how_far", BACK)
def test_clock_set_back_blocks_acts_until_it_is_right(house: House, how_far: str) -> None:
    set_back(house, BACK[how_far])


def test_clock_set_on_by_ten_years_is_noted_and_what_follows_is_suspect(
    house: House, figures: Callable[[str], None]
) -> None:
    set_on(house, 10 * YEAR)
    figures("clock: back a minute, an hour, 2 days, 10 years and on 10 years, on both engines")


def set_on(house: House, seconds: int) -> None:
    batch = house.batch()
    house.check("linh", batch)
    good = house.clock.at
    set_clock(house, seconds)
    house.check("som", batch)
    assert suspect(house, batch) == [False, True]
    assert [kind for kind, _ in lines(house.database)].count("clock.jumped") == 1
    never_back(house.database)
    # The clock is set right: now the log is ahead of it, and only two people can say what the time is.
    house.clock.at = good
    linh, som = house.hands["linh"], house.hands["som"]
    with pytest.raises(ClockBlocked):
        house.use.release_batch(som, batch)
    with pytest.raises(TwoNeeded):
        house.use.correct_clock(linh, linh, house.clock.at, "by the radio clock")
    house.use.correct_clock(linh, som, house.clock.at, "by the radio clock")
    house.use.release_batch(som, batch)
    assert suspect(house, batch) == [False, True, False]
    kinds = [kind for kind, _ in lines(house.database)]
    assert kinds.index("clock.corrected") < kinds.index("batch.released")
    never_back(house.database)
    assert verify(house.database).ok


def test_clock_that_comes_back_is_believed_again_and_a_new_start_alone_is_not_enough(house: House) -> None:
    batch = house.batch()
    set_clock(house, 10 * MINUTE)
    house.check("linh", batch)
    bench_of(house).start = "start 2"  # the machine was started anew, its clock as wrong as before
    bench_of(house).steady_us = 0
    house.database.clock_jumped = False
    house.check("som", batch)
    assert suspect(house, batch) == [True, True]


def test_a_small_step_is_nobodys_business(house: House, clock: HandClock) -> None:
    batch = house.batch()
    set_clock(house, 100)
    clock.tick = 0
    house.check("linh", batch)
    assert suspect(house, batch) == [False]


@pytest.mark.long
@pytest.mark.parametrize("seconds", [MINUTE, 2 * MINUTE + 30, HOUR, DAY, 2 * DAY, YEAR, 10 * YEAR, 50 * YEAR])
def test_clock_set_back_and_on_by_any_length(
    house: House, seconds: int, figures: Callable[[str], None]
) -> None:
    set_back(house, seconds)
    if seconds > 2 * MINUTE:
        bench_of(house).steady_us = None
        house.database.clock_start = None
        set_on(house, seconds)
    figures(f"clock: back and on by {seconds} s")
