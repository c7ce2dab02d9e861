# SPDX-License-Identifier: Apache-2.0
"""Double and multiple plans in sentences."""

from __future__ import annotations

from decimal import Decimal

from qcdesk.domain.sampling import Claimed, ClassRule, judge, plans_for
from qcdesk.i18n import Catalogue
from qcdesk.statistics.sampling_stages import PLAN_TYPES
from qcdesk.wording import samples

WORDS = Catalogue("en")
DOUBLE = plans_for(
    (ClassRule("major", "aql", Decimal("2.5"), standard="z1.4", plan_type="double"),), 500, "normal"
)
MULTIPLE = plans_for(
    (ClassRule("major", "aql", Decimal("1.5"), standard="z1.4", plan_type="multiple"),), 500, "normal"
)


def test_every_plan_type_has_its_words() -> None:
    assert set(samples.PLAN_TYPES) == set(samples.PLAN_TYPE_CHOICES) == set(PLAN_TYPES)


def test_a_plan_names_its_samples_in_turn() -> None:
    told = samples.stages(DOUBLE.classes[0], WORDS)
    assert told == "32 units, accepts 1, rejects 4; then 32 more units, accepts 4, rejects 5"
    assert samples.stages(MULTIPLE.classes[0], WORDS).startswith("13 units, not accepted yet, rejects ")
    assert (samples.type_of(DOUBLE), samples.type_of(MULTIPLE)) == ("double", "multiple")


def test_the_next_sample_says_why_it_is_taken() -> None:
    found = [Claimed(unit, "DEN", "major") for unit in (3, 9)]
    classes = judge(DOUBLE, found, looked=range(1, 33))
    assert samples.needed(classes, DOUBLE, 32, WORDS) == (
        "Major: 2 found, accept at 1, reject at 4: take the second sample, 32 more units.",
    )
    assert samples.needed(judge(DOUBLE, (), looked=range(1, 33)), DOUBLE, 0, WORDS) == ()


def test_a_sample_that_cannot_accept_yet_says_so() -> None:
    classes = judge(MULTIPLE, (), looked=range(1, 14))
    assert samples.needed(classes, MULTIPLE, 13, WORDS)[0].startswith(
        "Major: 0 found, not accepted yet, reject at "
    )


def test_a_class_that_counts_fewer_units_says_so_while_a_check_runs() -> None:
    plan = plans_for(
        (
            ClassRule("critical", "zero", n=5),
            ClassRule("major", "zero", n=13),
            ClassRule("minor", "zero", n=20),
        ),
        500,
        "normal",
    )
    assert [samples.live(one, 20, WORDS) for one in judge(plan, ())] == [
        "0 allowed · 1 reject",  # a critical counts on every unit
        "first 13: 0 allowed · 1 reject",
        "0 allowed · 1 reject",
    ]


def test_a_class_of_several_samples_says_where_it_stands_while_a_check_runs() -> None:
    two = [Claimed(unit, "DEN", "major") for unit in (3, 9)]
    told = [
        samples.live(judge(DOUBLE, found, looked=range(1, looked + 1))[0], 64, WORDS)
        for found, looked in ((two, 20), (two, 32), ((), 32), (two, 64))
    ]
    assert told == [
        "sample 1: 1 allowed · 4 reject",
        "sample 2: 4 allowed · 5 reject",
        "accepted at sample 1",
        "accepted at sample 2",
    ]
    none_yet = judge(MULTIPLE, (), looked=())[0]
    assert samples.live(none_yet, 91, WORDS).startswith("sample 1: not accepted yet · ")


def test_an_ended_sample_says_what_it_came_to() -> None:
    assert samples.ended("Major", 1, 32, 2, 1, 4, "undecided", WORDS) == (
        "Major, first sample: 2 found in 32 units (accepted at 1, rejected at 4): undecided."
    )
    assert samples.ended("Major", 2, 64, 1, 4, 5, "undecided", WORDS, whole=False) == (
        "Major, second sample: 1 found so far, accepts 4, rejects 5 in 64 units in all: undecided."
    )
    assert samples.ended("Major", 2, 64, 5, 4, 5, "rejected", WORDS).endswith(": rejected.")
    assert samples.ended("Major", 1, 13, 0, None, 2, "undecided", WORDS) == (
        "Major, first sample: 0 found in 13 units (not accepted yet, rejected at 2): undecided."
    )
