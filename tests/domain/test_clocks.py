# SPDX-License-Identifier: Apache-2.0
"""Which time an event is given, and when a clock is not believed."""

from __future__ import annotations

import pytest

from qcdesk.domain.clocks import (
    Reading,
    ahead_seconds,
    behind_seconds,
    require_near,
    require_not_behind,
    time_of,
)
from qcdesk.domain.refusals import ClockBlocked, TimeFar

S = 1_000_000
NOW = 1_700_000_000 * S


def test_time_is_never_below_the_last_events() -> None:
    assert time_of(Reading(NOW, 0), None) == NOW
    assert time_of(Reading(NOW, 0), NOW - S) == NOW
    assert time_of(Reading(NOW, 0), NOW + 90 * S) == NOW + 90 * S


def test_the_servers_clock_is_the_one_that_all_share() -> None:
    assert time_of(Reading(NOW, 0, NOW + 5 * S), None) == NOW + 5 * S


def test_up_to_two_minutes_behind_is_believed_and_more_is_not() -> None:
    require_not_behind(Reading(NOW, 0), NOW + 120 * S)
    with pytest.raises(ClockBlocked) as refused:
        require_not_behind(Reading(NOW, 0), NOW + 121 * S)
    assert refused.value.seconds == 121
    assert behind_seconds(Reading(NOW, 0, NOW + 300 * S), None) == 300


def test_ahead_of_the_steady_clock_or_of_the_server_by_more_than_two_minutes_is_a_jump() -> None:
    start = Reading(NOW, 1_000 * S)
    assert ahead_seconds(Reading(NOW + 60 * S, 1_060 * S), start) == 0
    assert ahead_seconds(Reading(NOW + 180 * S, 1_060 * S), start) == 0
    assert ahead_seconds(Reading(NOW + 181 * S, 1_060 * S), start) == 121
    assert ahead_seconds(Reading(NOW + 60 * S, 1_060 * S, NOW - 90 * S), start) == 150


def test_a_true_time_more_than_a_day_from_the_clock_has_to_be_meant() -> None:
    for off in (0, 86_400 * S, -86_400 * S):
        require_near(NOW + off, NOW)
    for off in (86_400 * S + 1, -86_400 * S - 1, 10 * 365 * 86_400 * S):
        with pytest.raises(TimeFar) as refused:
            require_near(NOW + off, NOW)
        assert (refused.value.named, refused.value.reads) == (NOW + off, NOW)
