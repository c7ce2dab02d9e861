# SPDX-License-Identifier: Apache-2.0
"""Miss and false-alarm shares: counted per person, class and code, over time, with exact intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.misses import Look, Share, misses

LOOKS = [
    Look("anna", 1, "major", "SCR", true=True, called=True, count=8),
    Look("anna", 2, "major", "SCR", true=True, called=False, count=2),
    Look("anna", 2, "minor", "DIR", true=True, called=False),
    Look("anna", 2, "minor", "DIR", true=False, called=True, count=3),
    Look("anna", 1, "minor", "DIR", true=False, called=False, count=97),
    Look("ben", 9, "major", "SCR", true=True, called=True, truth="seeded"),
]


def test_a_person_is_told_by_what_was_there_and_what_was_not() -> None:
    anna, ben = misses(LOOKS)
    assert (anna.key, anna.missed.hits, anna.missed.n) == (("anna",), 3, 11)
    assert (anna.alarms.hits, anna.alarms.n) == (3, 100)
    assert (ben.missed.hits, ben.missed.n, ben.missed.value) == (0, 1, 0.0)
    assert (ben.alarms.value, ben.alarms.low, ben.alarms.high) == (None, 0.0, 1.0)


def test_classes_and_codes_and_kinds_of_truth_are_told_apart() -> None:
    found = {each.key: each for each in misses(LOOKS, by=("code", "defect_class"))}
    assert found["SCR", "major"].missed.n == 11
    assert found["DIR", "minor"].missed.hits == 1
    assert [each.key for each in misses(LOOKS, by=("truth",))] == [("seeded",), ("settled",)]


def test_stretches_of_time_are_told_apart_in_order() -> None:
    found = misses(LOOKS, period=lambda at: "later" if at > 1 else "first")
    assert [(each.key[0], each.period) for each in found] == [
        ("anna", "first"),
        ("anna", "later"),
        ("ben", "later"),
    ]
    assert (found[0].missed.hits, found[0].missed.n) == (0, 8)


def test_the_interval_of_a_share_is_the_exact_one() -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I: 81 of 263.

    Open at: studylib.net/doc/7960426.
    """
    share = Share.of(81, 263)
    assert (share.low, share.high) == pytest.approx((0.2527, 0.3676), abs=5e-5)


def test_a_count_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="count"):
        misses([Look("anna", 1, "major", "SCR", true=True, called=True, count=0)])


@given(
    st.lists(
        st.builds(
            Look,
            st.sampled_from("ab"),
            st.integers(0, 9),
            st.sampled_from(["major", "minor"]),
            st.sampled_from("xy"),
            st.booleans(),
            st.booleans(),
            st.just("settled"),
            st.integers(1, 9),
        )
    )
)
def test_the_parts_add_up_to_the_whole(looks: list[Look]) -> None:
    whole, parts = misses(looks, by=()), misses(looks, by=("person", "code"), period=str)
    assert sum(m.missed.hits for m in whole) == sum(m.missed.hits for m in parts)
    assert sum(m.alarms.n for m in whole) == sum(m.alarms.n for m in parts)
