# SPDX-License-Identifier: Apache-2.0
"""The clock set back a minute, an hour, two days, ten years, and on ten years: the log's time never runs back.

A clock that is behind the log by more than two minutes stops every act until it is set right or two people have named
the true time; entries go on, with the time of the last event beside what the clock said. A time from the future that
got in is mended the same way, and the order of events stays that of their numbers.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import ClockBlocked
from qcdesk.i18n import Catalogue
from qcdesk.services.record_entries import Entries, NewReading, NewResult
from qcdesk.services.trouble import Trouble
from qcdesk.store.verification import verify
from qcdesk.wording import troubles
from tests.workspace import Bench, House, standing

DAY_S = 86_400
YEAR_S = 365 * DAY_S
BACK_S = {"a minute": 60, "an hour": 3_600, "two days": 2 * DAY_S, "ten years": 10 * YEAR_S}
BLOCKS_S = 120
LATEST_SIGNED_US = 2**53 - 1
EARLIEST_US, LATEST_US = 1_000_000_000_000_000, 4_000_000_000_000_000  # 2001 and 2096


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A workspace at work, with one check that waits for being signed and one that is open."""
    made = standing(tmp_path / "house")
    made.record("linh", made.start("linh", made.batch("SIGN")))
    made.start("linh", made.batch("OPEN"))
    yield made
    made.database.dispose()


def check_of(house: House, number: str) -> str:
    """Return the open check of a batch."""
    with house.use.look() as look:
        standing = look.round(look.batch(number).round or "")
    return next(c.id for c in standing.checks if c.state == "open")


def sign(house: House) -> None:
    """Sign the check that waits."""
    house.use.sign_check(house.hands["linh"], house.sittings["linh"], check_of(house, "SIGN"))


def save(house: House, unit: int) -> None:
    """Put a unit on record in the open check."""
    house.use.record(
        house.sittings["linh"],
        Entries(
            check_of(house, "OPEN"),
            (NewResult(unit),),
            readings=(NewReading(unit, "DIA", "12.03", reason="again"),),
        ),
    )


def times(house: House) -> list[tuple[str, int, int]]:
    """Return type, time and what the clock said of every event, in order."""
    with house.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT json_extract(body, '$.type'), json_extract(body, '$.at'), json_extract(body, '$.clock')"
            " FROM event ORDER BY seq"
        ).all()
    return [(str(kind), int(at), int(clock)) for kind, at, clock in rows]


def require_order(house: House) -> None:
    """Hold that time runs back only where two people said so, and that everything verifies."""
    events = times(house)
    for before, after in itertools.pairwise(events):
        assert after[1] >= before[1] or after[0] == "clock.corrected"
    assert verify(house.database).problems == ()


def correct(house: House, seconds: int) -> None:
    """Let two people name the true time: so many seconds after what the clock says."""
    house.use.correct_clock(
        house.hands["linh"], house.hands["som"], house.clock.at + seconds * 1_000_000, "battery was empty"
    )


@pytest.mark.parametrize("back", BACK_S)
def test_clock_set_back_stops_acts_and_leaves_entries(house: House, back: str) -> None:
    last = times(house)[-1][1]
    house.clock.forward(seconds=-BACK_S[back])
    save(house, 1)
    assert times(house)[-1][1] == last
    assert times(house)[-1][2] < last
    if BACK_S[back] <= BLOCKS_S:
        sign(house)
        assert house.state("SIGN") == "awaiting_second"
    else:
        before = times(house)
        with pytest.raises(ClockBlocked) as refused:
            sign(house)
        assert refused.value.seconds > BLOCKS_S
        assert times(house) == before
        house.clock.forward(seconds=BACK_S[back])  # set right
        sign(house)
    require_order(house)


@pytest.mark.parametrize("back", [b for b, seconds in BACK_S.items() if seconds > BLOCKS_S])
def test_two_people_name_the_true_time_and_work_goes_on(house: House, back: str) -> None:
    house.clock.forward(seconds=-BACK_S[back])
    correct(house, 1)
    sign(house)
    assert house.state("SIGN") == "awaiting_second"
    require_order(house)


def test_time_from_the_future_is_mended_by_two(house: House) -> None:
    house.clock.forward(seconds=10 * YEAR_S)
    sign(house)
    future = times(house)[-1][1]
    house.clock.forward(seconds=-10 * YEAR_S)
    save(house, 1)
    assert times(house)[-1][1] == future
    with pytest.raises(ClockBlocked):
        house.check("som", "SIGN")
    house.clock.forward(seconds=60)
    correct(house, 1)
    assert times(house)[-1][1] < future
    house.sign("som", house.start("som", "SIGN"))
    assert house.state("SIGN") == "accepted"
    require_order(house)


@pytest.mark.parametrize("years", [10, 300, 5_000])
def test_clock_set_ahead_loses_nothing_and_work_goes_on_once_it_is_right(house: House, years: int) -> None:
    before = times(house)
    house.clock.forward(seconds=years * YEAR_S)
    if house.clock.at <= LATEST_SIGNED_US:
        sign(house)
        assert house.state("SIGN") == "awaiting_second"
        return
    acts: tuple[Callable[[], None], ...] = (lambda: sign(house), lambda: save(house, 1))
    for act in acts:
        with pytest.raises(Trouble) as told:
            act()
        assert told.value.code == "clock_far"
        assert "Set the clock right" in str(troubles.tell(told.value, Catalogue()))
    with pytest.raises(
        Trouble
    ):  # a wrong secret is not tried, so nothing has to be kept that could not be signed
        house.use.open_hand("linh", "not this one")
    assert times(house) == before
    house.clock.forward(seconds=-years * YEAR_S)
    sign(house)
    assert house.state("SIGN") == "awaiting_second"
    require_order(house)


def test_two_people_cannot_name_a_time_that_no_signed_number_holds(house: House) -> None:
    with pytest.raises(BadInput):
        correct(house, 300 * YEAR_S)
    require_order(house)


def test_clock_ahead_of_the_steady_one_is_put_down_and_marks_what_follows(house: House) -> None:
    sign(house)
    bench = house.use.workstation
    assert isinstance(bench, Bench)
    bench.steady_us = house.clock.at  # it stands still, while the other is set ahead
    house.clock.forward(seconds=3_600)
    save(house, 1)
    assert [kind for kind, _, _ in times(house)][-2:] == ["clock.jumped", "check.recorded"]
    house.check("som", "SIGN")
    with house.use.look() as look:
        standing = look.batch("SIGN").round or ""
        assert [s.clock_suspect for s in look.sign_offs(standing)] == [False, True]
    require_order(house)


def wander(house: House, steps: int, seed: int) -> str:
    """Set the clock at random between acts and entries; a line of figures."""
    chance, blocked, corrected = random.Random(seed), 0, 0
    for number in range(steps):
        jump = chance.choice((1, 60, 119, 121, 3_600, 2 * DAY_S, 10 * YEAR_S)) * chance.choice((-1, 1))
        house.clock.at = min(max(house.clock.at + jump * 1_000_000, EARLIEST_US), LATEST_US)
        last = times(house)[-1][1]
        behind = (last - house.clock.at) // 1_000_000 > BLOCKS_S + 2
        save(house, 1 + number % 8)
        assert times(house)[-1][1] >= last
        shop = house.use.look()
        with shop:
            current = shop.shop()
        try:
            house.use.change_shop(house.hands["linh"], current)
        except ClockBlocked:
            blocked += 1
            correct(house, 1)
            corrected += 1
            house.use.change_shop(house.hands["linh"], current)
        else:
            assert not behind
    require_order(house)
    return f"clock: set {steps} times, {blocked} acts stopped, {corrected} times corrected by two: time never ran back"


@pytest.mark.long
def test_clock_that_wanders(house: House, figures: Callable[[str], None]) -> None:
    line = wander(house, 500, 1)
    require_order(house)
    figures(line)
