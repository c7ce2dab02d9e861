# SPDX-License-Identifier: Apache-2.0
"""What a second check buys is told with its interval and with what it assumes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.simulating import SECOND_CHECKS, Imagined, Simulated
from qcdesk.i18n import Catalogue
from qcdesk.statistics.misses import Share
from qcdesk.wording import second_checks

EN = Catalogue()
RULE = ClassRule("major", "aql", Decimal("1.0"))
ONE = Simulated(Imagined(100, 0.04, 0.8, 0.75, "blind", RULE), Share.of(25, 100), 3, 16_000, 5)


def test_how_often_a_batch_ships_is_told_with_its_interval() -> None:
    said = second_checks.shipped(ONE, EN)
    assert said == "With a second blind check, same units, such a batch ships 25 times in 100 (17 to 35)."


def test_every_way_of_checking_has_its_name_and_primed_its_assumption() -> None:
    assert set(second_checks.NAMES) == set(SECOND_CHECKS)
    primed = replace(ONE, of=replace(ONE.of, mode="primed"))
    lines = second_checks.told([ONE, primed], EN)
    assert len(lines) == 4
    assert "the second 75 %" in lines[2]
    assert "finds 0 % of what the first missed" in lines[3]
    assert second_checks.told([], EN) == ()


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (37, 12, "Of 100 such batches, 37 ship after one check and 12 after a second, blind one: 25 fewer"),
        (1, 13, "Of 100 such batches, 1 ships after one check and 13 after a second, blind one: 12 more"),
    ],
)  # fmt: skip
def test_what_a_second_check_buys_is_a_sentence(one: int, two: int, said: str) -> None:
    single = replace(ONE, of=replace(ONE.of, mode="single"), shipped=Share.of(one, 100), units=8_000)
    assert (
        second_checks.bought(single, replace(ONE, shipped=Share.of(two, 100)), EN)
        == f"{said}, for 67 hours more over 100 batches."
    )


@pytest.mark.parametrize(
    ("one", "two", "lots", "said"),
    [
        (0, 0, 1, "0 (0 to 98) ship after one check and 0 (0 to 98) after a second, blind one: 1 played batch does not"),
        (37, 37, 100, "37 (28 to 47) ship after one check and 37 (28 to 47) after a second, blind one: 100 played "),
    ],
)  # fmt: skip
def test_what_the_intervals_do_not_tell_apart_is_not_told_as_a_gain(
    one: int, two: int, lots: int, said: str
) -> None:
    of = replace(ONE.of, lots=lots)
    single = replace(ONE, of=replace(of, mode="single"), shipped=Share.of(one, lots))
    second = replace(ONE, of=of, shipped=Share.of(two, lots))
    assert f"Of 100 such batches, {said}" in second_checks.bought(single, second, EN)


def test_nothing_left_to_stop_is_told_only_where_enough_batches_show_it() -> None:
    none = replace(ONE, of=replace(ONE.of, lots=20_000), shipped=Share.of(0, 20_000))
    assert second_checks.bought(none, none, EN).startswith("None of 20,000 such batches ships")


@pytest.mark.parametrize(
    ("size", "rate", "lots", "said"),
    [
        (1_000, 0.04, 100, "each batch of 1000 has 4 % bad units"),
        (5, 0.04, 100, "each batch of 5 has 0 or 1 bad units, 4 % on average"),
        (5, 0.04, 1, "each batch of 5 has 0 % bad units"),
    ],
)
def test_no_share_of_bad_units_is_told_that_was_not_played(
    size: int, rate: float, lots: int, said: str
) -> None:
    assert second_checks.quality(replace(ONE.of, lot_size=size, bad_rate=rate, lots=lots), EN) == said


def test_where_few_ship_of_more_batches_is_spoken() -> None:
    of = replace(ONE.of, lots=1_000, mode="single")
    single = Simulated(of, Share.of(20, 1_000), 0, 80_000, 0)
    blind = Simulated(replace(of, mode="blind"), Share.of(4, 1_000), 0, 160_000, 0)
    assert second_checks.bought(single, blind, EN).startswith(
        "Of 1000 such batches, 20 ship after one check and 4 after"
    )
    assert second_checks.compared(single, replace(blind, of=replace(of, mode="split")), EN) == (
        "A blind second person on other units: 4 of 1000 ship, for 667 hours more over 1000 batches."
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(60, "1 minute"), (5_000, "83 minutes"), (15_120, "4.2 hours"), (240_000, "67 hours")],
)
def test_time_is_told_in_the_unit_that_says_most(seconds: float, said: str) -> None:
    assert second_checks.lasting(seconds, EN) == said
