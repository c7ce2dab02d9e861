# SPDX-License-Identifier: Apache-2.0
"""What wants explaining: each question with the case that asks it and the one just beside that does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from qcdesk.domain.concerns import (
    ComparedCheck,
    ComparedPair,
    StationLine,
    all_pass,
    echoes,
    hastened,
    hurried,
    misses_all,
    never_differ,
    quick_changes,
    signed_together,
)

SECOND = 1_000_000
numbers = count(1)


def check(
    person: str, seconds: int = 600, *, found: int = 0, other: int = 0, both: int = 0, units: int = 20
) -> ComparedCheck:
    seq = next(numbers)
    return ComparedCheck(
        seq, seq * SECOND, person, f"batch {seq}", "IP-204", units, seconds, found, other, both
    )


def pair(both: int, one_only: int = 0, people: tuple[str, str] = ("linh", "som")) -> ComparedPair:
    seq = next(numbers)
    return ComparedPair(seq, seq * SECOND, f"batch {seq}", *people, both, one_only)


def others(n: int) -> Iterable[ComparedCheck]:
    return (check("som", 600) for _ in range(n))


def test_check_much_faster_than_the_others_wants_explaining() -> None:
    fast = check("linh", 119)
    (told,) = hurried([*others(5), fast])
    assert (told.person, told.batch) == ("linh", fast.batch)
    assert (told.facts["usual"], told.facts["units"]) == ("30.0", "20")


def test_a_fifth_of_the_usual_time_is_just_not_asked_about() -> None:
    assert hurried([*others(5), check("linh", 120)]) == []


def test_pace_is_not_compared_with_too_few_others_or_on_few_units() -> None:
    assert hurried([*others(4), check("linh", 10)]) == []
    assert hurried([*others(5), check("linh", 10, units=9)]) == []


def test_own_other_checks_do_not_count_as_the_others() -> None:
    assert hurried([*(check("linh", 600) for _ in range(9)), check("linh", 10)]) == []


def test_a_fast_habit_is_one_question_a_month() -> None:
    month = 30 * 86_400
    base = [*others(5)]
    fast = [replace(check("linh", 10), at=(1_000 + day * month // 10) * SECOND) for day in range(11)]
    assert [told.seq for told in hurried([*base, *fast])] == [fast[0].seq, fast[10].seq]


def test_a_check_in_a_quarter_of_the_own_time_wants_explaining_once_the_own_time_is_known() -> None:
    before = [check("linh", 600) for _ in range(20)]
    (told,) = hastened([*before, check("linh", 149)])
    assert (told.facts["own"], told.facts["usual"]) == ("7.5", "30.0")
    assert hastened([*before, check("linh", 150)]) == []
    assert hastened([*before[1:], check("linh", 10)]) == []


def test_two_who_never_differ_on_many_units_want_explaining_once() -> None:
    (told,) = never_differ([pair(100), pair(100), pair(3)])
    assert {told.person, told.other} == {"linh", "som"}
    assert told.facts == {"units": "200", "batches": "2"}


def test_one_difference_begins_the_count_anew() -> None:
    assert never_differ([pair(199), pair(1, one_only=1), pair(199)]) == []


def test_pairs_are_counted_apart_but_in_either_order() -> None:
    assert never_differ([pair(100), pair(100, people=("linh", "tu"))]) == []
    assert len(never_differ([pair(100), pair(100, people=("som", "linh"))])) == 1


def test_people_who_differ_beside_others_are_sooner_asked_why_they_do_not_here() -> None:
    """Each differs on one in four beside Tu: half as often would be beyond belief after 114 units."""
    beside = [pair(30, 10, (who, "tu")) for who in ("linh", "som") for _ in range(5)]
    assert len(never_differ([*beside, pair(120)])) == 1
    assert never_differ([*beside, pair(100)]) == []


def test_people_who_find_all_there_is_may_never_differ() -> None:
    beside = [pair(1_000, 0, (who, "tu")) for who in ("linh", "som")]
    assert [told for told in never_differ([*beside, pair(500)]) if told.other == "linh"] == []


def test_a_second_who_finds_just_what_the_first_found_wants_explaining_whoever_is_first() -> None:
    as_first = [pair(20, 10, ("som", "linh")) for _ in range(5)]
    others = [pair(20, 10, ("linh", "tu")) for _ in range(5)]
    repeating = [pair(22, 0, (first, "som")) for first in ("linh", "tu", "linh", "tu")]
    (told,) = echoes([*as_first, *others, *repeating])
    assert (told.person, told.other) == ("som", "")
    broken = [
        pair(22, place == 2, (first, "som")) for place, first in enumerate(("linh", "tu", "linh", "tu"))
    ]
    assert echoes([*as_first, *others, *broken]) == []
    assert echoes(repeating) == []


def test_finding_nothing_where_the_other_found_more_than_can_be_missed_wants_explaining() -> None:
    """Who finds half misses 17 units in a row 8 times in a million."""
    (told,) = misses_all([check("linh", other=1) for _ in range(17)])
    assert told.person == "linh"
    assert told.facts == {"checks": "17", "units": "17"}
    assert misses_all([check("linh", other=1) for _ in range(16)]) == []


def test_who_is_known_to_find_most_is_asked_sooner() -> None:
    known = [check("linh", found=10, other=10, both=9) for _ in range(30)]
    assert len(misses_all([*known, *(check("linh", other=2) for _ in range(4))])) == 1


def test_clean_batches_say_nothing_and_one_find_begins_anew() -> None:
    assert misses_all([check("linh") for _ in range(50)]) == []
    sixteen = [check("linh", other=1) for _ in range(16)]
    assert (
        misses_all([*sixteen, check("linh", found=1, other=1), *(check("linh", other=1) for _ in range(16))])
        == []
    )


def test_a_streak_without_a_find_is_held_against_what_others_find() -> None:
    usual = [check("som", found=number % 2) for number in range(100)]
    streak = [check("linh") for _ in range(60)]
    (told,) = all_pass([*usual, *streak])
    assert told.person == "linh"
    assert 36 <= int(told.facts["usual"]) <= 50
    assert all_pass([*usual, *streak[:20]]) == []
    assert all_pass([*(check("som") for _ in range(100)), *streak]) == []


def test_two_signatures_within_seconds_at_one_workstation_want_explaining() -> None:
    one = replace(check("linh"), at=0, station="Bench 1")
    other = replace(check("som"), at=30 * SECOND, station="Bench 1")
    (told,) = signed_together([one, other])
    assert (told.person, told.other, told.facts["seconds"]) == ("som", "linh", "30")
    assert signed_together([one, replace(other, at=31 * SECOND)]) == []
    assert signed_together([one, replace(other, station="Bench 2")]) == []
    assert signed_together([one, replace(other, person="linh")]) == []


def line(seq: int, second: int, person: str, station: str = "Bench 1", *, opens: bool = False) -> StationLine:
    return StationLine(seq, second * SECOND, station, person, opens)


def test_change_of_person_within_a_minute_wants_explaining() -> None:
    (told,) = quick_changes([line(1, 0, "linh"), line(2, 60, "som", opens=True)])
    assert (told.person, told.other, told.facts["seconds"]) == ("som", "linh", "60")


def test_later_changes_other_stations_and_the_same_person_do_not() -> None:
    assert quick_changes([line(1, 0, "linh"), line(2, 61, "som", opens=True)]) == []
    assert quick_changes([line(1, 0, "linh"), line(2, 5, "som", "Bench 2", opens=True)]) == []
    assert quick_changes([line(1, 0, "linh"), line(2, 5, "linh", opens=True)]) == []
