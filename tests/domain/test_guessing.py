# SPDX-License-Identifier: Apache-2.0
"""Waits double from one second to five minutes, ten failures lock for twelve hours, and no clock shortens a wait."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.guessing import LOCK_SECONDS, TRIES_TO_LOCK, Moment, Tries, wait_after

SECOND = 1_000_000
HOUR = 3600 * SECOND


def moment(at: int = 0, steady: int | None = None, station: str = "a", start: str = "1") -> Moment:
    return Moment(at, station, start, at if steady is None else steady)


def test_waits_are_those_promised() -> None:
    assert [wait_after(n) for n in range(12)] == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert wait_after(1000) == 300


def test_ten_in_a_row_lock_for_twelve_hours() -> None:
    assert (TRIES_TO_LOCK, LOCK_SECONDS) == (10, 12 * 3600)
    nine, ten = Tries(9, moment()), Tries(10, moment())
    assert not nine.locked(moment())
    assert ten.locked(moment())
    assert ten.remaining(moment()) == LOCK_SECONDS
    assert ten.locked(moment(12 * HOUR - 1))
    assert not ten.locked(moment(12 * HOUR))


def test_nobody_waits_who_never_failed() -> None:
    assert Tries().remaining(moment()) == 0
    assert Tries().left == 10


def test_a_wait_is_rounded_up_to_whole_seconds() -> None:
    row = Tries(4, moment())
    assert row.remaining(moment()) == 4
    assert row.remaining(moment(1)) == 4
    assert row.remaining(moment(3 * SECOND + 1)) == 1
    assert row.remaining(moment(4 * SECOND)) == 0


def test_a_failure_adds_to_the_row_and_begins_a_new_one_after_a_lock() -> None:
    assert Tries(4, moment()).failed(moment(9)) == Tries(5, moment(9))
    assert Tries(10, moment()).failed(moment(9)).in_a_row == 11
    assert Tries(10, moment()).failed(moment(12 * HOUR)).in_a_row == 1


@pytest.mark.parametrize("jump", [-10 * HOUR, -HOUR, HOUR, 12 * HOUR, 10**12 * SECOND])
def test_setting_the_clock_neither_shortens_nor_lengthens_a_wait_on_the_same_machine(jump: int) -> None:
    row = Tries(10, moment(20 * HOUR, steady=0))
    assert row.remaining(moment(max(0, 20 * HOUR + jump), steady=HOUR)) == LOCK_SECONDS - 3600


@given(
    at=st.integers(0, 10**15),
    back=st.integers(0, 10**15),
    tries=st.integers(1, 30),
    start=st.sampled_from("12"),
)
def test_no_clock_makes_anybody_wait_longer_than_the_rule(at: int, back: int, tries: int, start: str) -> None:
    row = Tries(tries, moment(at, steady=at))
    now = moment(max(0, at - back), steady=max(0, at - back), start=start)
    assert 0 <= row.remaining(now) <= row.wait


def test_on_another_machine_or_after_a_new_start_the_time_of_day_counts() -> None:
    row = Tries(10, moment(HOUR, steady=50 * HOUR))
    for now in (moment(2 * HOUR, steady=0, start="2"), moment(2 * HOUR, steady=0, station="b")):
        assert row.remaining(now) == LOCK_SECONDS - 3600
