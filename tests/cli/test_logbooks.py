# SPDX-License-Identifier: Apache-2.0
"""What two people sign about the log itself, by commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shops import Shop, rule


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A new workspace with its first two people."""
    made = Shop(tmp_path)
    made.init()
    return made


def test_a_true_time_years_off_is_refused_until_two_say_that_they_mean_it(shop: Shop) -> None:
    clock = ("log", "clock", "--why", "battery", "--true-time", "2036-03-02T08:00:00+00:00")
    ran = shop(*clock, who="an", beside=("binh",))
    assert rule(ran) == "time-far"
    assert "3652 days from what the clock here reads" in ran.err and "--knowing" in ran.err
    named = shop.good(*clock, "--knowing", who="an", beside=("binh",))["true_time"]
    assert named.startswith("2036-03-02T08:00:00")


def test_a_true_time_near_the_clock_asks_nothing(shop: Shop) -> None:
    shop.good("log", "clock", "--why", "by the radio", "--true-time", "2026-03-02T10:00:00+00:00", who="an",
              beside=("binh",))  # fmt: skip
