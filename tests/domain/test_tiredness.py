# SPDX-License-Identifier: Apache-2.0
"""Tiredness is told by what falls off with the hours, and before haste and misses that it explains."""

from __future__ import annotations

from dataclasses import replace

from qcdesk.domain.concerns import ComparedCheck, hurried, misses_all
from qcdesk.domain.tiredness import in_rows, tired, tired_first

MINUTE = 60 * 1_000_000
DAY = 24 * 60 * MINUTE


def day(number: int, found: tuple[int, ...], seconds: int = 1_500) -> list[ComparedCheck]:
    """A day of checks of 25 minutes with 5 minutes between; of 4 units that the other found, so many are found."""
    return [
        ComparedCheck(
            100 * number + place,
            number * DAY + (place + 1) * 30 * MINUTE,
            "linh",
            "b",
            "IP",
            50,
            seconds,
            both,
            4,
            both,
        )
        for place, both in enumerate(found)
    ]


def days(found: tuple[int, ...], many: int) -> list[ComparedCheck]:
    return [check for number in range(many) for check in day(number, found)]


def test_a_row_ends_with_a_pause() -> None:
    checks = day(0, (4, 4, 4))
    rested = replace(checks[2], at=checks[2].at + 10 * MINUTE)
    assert [row.before for row in in_rows(checks)["linh"]] == [0, 1, 2]
    assert [row.before for row in in_rows([*checks[:2], rested])["linh"]] == [0, 1, 0]


def test_a_check_is_late_after_two_hours_or_five_checks() -> None:
    assert [row.late for row in in_rows(day(0, (4,) * 6))["linh"]] == [False] * 4 + [True] * 2


def test_who_finds_less_after_hours_is_told_as_tired_with_the_numbers() -> None:
    (told,) = tired(days((4, 4, 4, 4, 1), 6))
    assert (told.kind, told.person) == ("tired", "linh")
    assert int(told.facts["late"]) / int(told.facts["late_of"]) == 0.25
    assert told.facts["fresh"] == told.facts["fresh_of"]


def test_who_finds_as_much_or_less_all_day_is_not_tired() -> None:
    assert tired(days((4, 4, 4, 4, 4), 30)) == []
    assert tired(days((1, 1, 1, 1, 1), 30)) == []
    assert tired(days((1, 1, 1, 1, 4), 30)) == []


def test_who_hurries_after_hours_is_tired_too() -> None:
    checks = [
        replace(check, seconds=600, at=check.at - 15 * MINUTE) if place % 5 == 4 else check
        for place, check in enumerate(days((4, 4, 4, 4, 4), 15))
    ]
    (told,) = tired(checks)
    assert (told.facts["late_pace"], told.facts["fresh_pace"]) == ("12.0", "30.0")


def test_tiredness_stands_before_the_misses_that_it_explains() -> None:
    checks = days((4, 4, 4, 4, 0), 8)
    missing = [*misses_all([check for check in checks if not check.both])]
    assert missing
    kept = tired_first(missing, checks)
    assert {one.kind for one in kept} == {"tired"}


def test_haste_in_a_fresh_check_is_asked_about_beside_tiredness() -> None:
    others = [replace(check, seq=check.seq + 50, person="som") for check in day(0, (4,) * 6)]
    fast = replace(day(20, (4,))[0], seconds=100)
    checks = [*days((4, 4, 4, 4, 0), 8), fast, *others]
    kept = tired_first(hurried(checks), checks)
    assert [one.kind for one in kept] == ["tired", "hurried"]
