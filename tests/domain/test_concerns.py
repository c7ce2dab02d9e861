# SPDX-License-Identifier: Apache-2.0
"""What wants explaining: each question with the case that asks it and the one just beside that does not."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from qcdesk.domain.concerns import (
    ComparedCheck,
    ComparedPair,
    StationLine,
    hurried,
    misses_all,
    never_differ,
    quick_changes,
)

SECOND = 1_000_000
numbers = count(1)


def check(
    person: str, seconds: int = 600, *, found: int = 0, other: int = 0, units: int = 20
) -> ComparedCheck:
    seq = next(numbers)
    return ComparedCheck(seq, seq * SECOND, person, f"batch {seq}", "IP-204", units, seconds, found, other)


def pair(both: int, one_only: int = 0, people: tuple[str, str] = ("linh", "som")) -> ComparedPair:
    seq = next(numbers)
    return ComparedPair(seq, seq * SECOND, f"batch {seq}", *people, both, one_only)


def others(n: int) -> Iterable[ComparedCheck]:
    return (check("som", 600) for _ in range(n))


def test_check_much_faster_than_the_others_wants_explaining() -> None:
    fast = check("linh", 199)
    (told,) = hurried([*others(5), fast])
    assert (told.person, told.batch) == ("linh", fast.batch)
    assert (told.facts["usual"], told.facts["units"]) == ("30.0", "20")


def test_a_third_of_the_usual_time_is_just_not_asked_about() -> None:
    assert hurried([*others(5), check("linh", 200)]) == []


def test_pace_is_not_compared_with_too_few_others_or_on_few_units() -> None:
    assert hurried([*others(4), check("linh", 10)]) == []
    assert hurried([*others(5), check("linh", 10, units=9)]) == []


def test_own_other_checks_do_not_count_as_the_others() -> None:
    assert hurried([*(check("linh", 600) for _ in range(9)), check("linh", 10)]) == []


def test_two_who_never_differ_on_many_units_want_explaining_once() -> None:
    (told,) = never_differ([pair(10), pair(10), pair(3)])
    assert {told.person, told.other} == {"linh", "som"}
    assert told.facts == {"units": "20", "batches": "2"}


def test_one_difference_begins_the_count_anew() -> None:
    assert never_differ([pair(19), pair(1, one_only=1), pair(19)]) == []


def test_pairs_are_counted_apart_but_in_either_order() -> None:
    assert never_differ([pair(10), pair(10, people=("linh", "tu"))]) == []
    assert len(never_differ([pair(10), pair(10, people=("som", "linh"))])) == 1


def test_finding_nothing_five_times_where_the_other_found_something_wants_explaining() -> None:
    (told,) = misses_all([check("linh", other=1) for _ in range(5)])
    assert told.person == "linh"
    assert misses_all([check("linh", other=1) for _ in range(4)]) == []


def test_clean_batches_say_nothing_and_one_find_begins_anew() -> None:
    assert misses_all([check("linh") for _ in range(50)]) == []
    four = [check("linh", other=1) for _ in range(4)]
    assert (
        misses_all([*four, check("linh", found=1, other=1), *[check("linh", other=1) for _ in range(4)]])
        == []
    )


def line(seq: int, second: int, person: str, station: str = "Bench 1", *, opens: bool = False) -> StationLine:
    return StationLine(seq, second * SECOND, station, person, opens)


def test_change_of_person_within_a_minute_wants_explaining() -> None:
    (told,) = quick_changes([line(1, 0, "linh"), line(2, 60, "som", opens=True)])
    assert (told.person, told.other, told.facts["seconds"]) == ("som", "linh", "60")


def test_later_changes_other_stations_and_the_same_person_do_not() -> None:
    assert quick_changes([line(1, 0, "linh"), line(2, 61, "som", opens=True)]) == []
    assert quick_changes([line(1, 0, "linh"), line(2, 5, "som", "Bench 2", opens=True)]) == []
    assert quick_changes([line(1, 0, "linh"), line(2, 5, "linh", opens=True)]) == []
