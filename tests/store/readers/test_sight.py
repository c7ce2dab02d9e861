# SPDX-License-Identifier: Apache-2.0
"""Sight is drawn from the index of the log alone: who may read which event while a round is not compared."""

from __future__ import annotations

from typing import Any

import pytest

from qcdesk.store.readers.sight import Sight


def line(seq: int, kind: str, person: str = "", round_id: str = "r1", check: str = "") -> dict[str, Any]:
    return {"seq": seq, "type": kind, "person": person, "round": round_id, "checking": check}


FIRST = [
    line(2, "round.opened", "a"),
    line(3, "check.started", "a", check="c1"),
    line(4, "check.recorded", "a", check="c1"),
    line(5, "check.signed", "a", check="c1"),
]
SECOND = [
    line(7, "check.started", "b", check="c2"),
    line(8, "check.recorded", "b", check="c2"),
    line(9, "check.signed", "b", check="c2"),
    line(10, "round.compared", "b"),
]


def sight(person: str, *lines: dict[str, Any], second: bool = True) -> Sight:
    return Sight(lines, person, lambda: second)


@pytest.mark.parametrize("person", ["b", "c"])
def test_entry_of_a_first_check_is_closed_to_others_until_compared(person: str) -> None:
    assert not sight(person, *FIRST).entry(FIRST[2])
    assert not sight(person, *FIRST, *SECOND[:3]).entry(FIRST[2])
    assert sight(person, *FIRST, *SECOND).entry(FIRST[2])


def test_entry_of_a_second_check_is_closed_to_the_first_person_until_compared() -> None:
    assert not sight("a", *FIRST, *SECOND[:2]).entry(SECOND[1])
    assert sight("b", *FIRST, *SECOND[:2]).entry(SECOND[1])
    assert sight("a", *FIRST, *SECOND).entry(SECOND[1])


def test_words_in_a_round_are_open_to_author_and_first_person_only() -> None:
    for person, may_read in (("a", True), ("w", True), ("b", False), ("c", False)):
        assert sight(person, *FIRST, second=False).words(6, "w") is may_read


@pytest.mark.parametrize("kind", ["first.seen", "place.given_up"])
def test_words_open_with_a_look_that_is_on_record(kind: str) -> None:
    looked = line(6, kind, "c")
    assert sight("c", *FIRST, looked).words(7, "w")
    assert not sight("b", *FIRST, looked).words(7, "w")


def test_look_at_one_round_does_not_open_the_next() -> None:
    later = line(12, "round.opened", "a", "r2")
    lines = (*FIRST, line(6, "first.seen", "c"), line(11, "check.retracted", "a"), later)
    assert not sight("c", *lines).words(13, "w")
    assert sight("c", *lines).words(7, "w")


def test_words_between_rounds_are_open_to_whoever_could_not_be_second() -> None:
    assert not sight("b", second=True).words(1, "w")
    assert sight("b", second=False).words(1, "w")


def test_words_after_a_comparison_are_open_until_rework_closes_them_again() -> None:
    lines = (*FIRST, *SECOND, line(20, "batch.reworked", "a"))
    assert sight("c", *lines).words(15, "w")
    assert sight("c", *lines).words(6, "w")
    assert not sight("c", *lines).words(21, "w")


def test_first_place_goes_to_whoever_took_it_last_before_the_signature() -> None:
    lines = (
        *FIRST[:2],
        line(4, "check.set_aside", "a", check="c1"),
        line(5, "check.started", "d", check="c3"),
    )
    assert sight("d", *lines).words(6, "w")
    assert not sight("a", *lines).words(6, "w")


def test_settled_claims_show_once_the_third_has_decided() -> None:
    settled = line(12, "check.resolved", "t", check="c4")
    lines = (*FIRST, *SECOND, line(11, "check.started", "t", check="c4"), settled)
    assert not sight("a", *lines).entry(settled)
    assert sight("t", *lines).entry(settled)
    assert sight("a", *lines, line(13, "round.decided", "t", check="c4")).entry(settled)
