# SPDX-License-Identifier: Apache-2.0
"""Two checks are matched by unit and defect code; tallies are compared by counts only."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.comparison import CaughtByOne, compare
from qcdesk.domain.sampling import BY_SERIOUSNESS, Claimed, ClassRule, DefectClass, SamplingPlan, plans_for

PLAN = plans_for(
    [ClassRule("major", "aql", Decimal("1.0")), ClassRule("minor", "aql", Decimal("2.5"))], 2000, "normal"
)
assert PLAN.n == 125


def majors(*units: int, code: str = "SCR") -> list[Claimed]:
    return [Claimed(unit, code, "major") for unit in units]


def test_units_found_by_both_by_one_and_by_neither_are_told_apart() -> None:
    found = compare(majors(*range(1, 10)), majors(*range(3, 13)), PLAN)
    total = found.total
    assert (total.both, total.first_only, total.second_only, total.neither) == (7, 2, 3, 113)
    assert found.grid()[:13] == (*["first"] * 2, *["both"] * 7, *["second"] * 3, "neither")
    assert len(found.grid()) == 125


def test_kappa_and_estimate_are_those_of_the_units() -> None:
    total = compare(majors(*range(1, 10)), majors(*range(3, 13)), PLAN).total
    # Observed 120 of 125; by chance (9 x 10 + 116 x 115) of 125 x 125.
    assert (total.kappa, total.kappa_reason) == ("0.715262", None)
    assert total.agreement_percent == "96.000000"
    assert total.estimate is not None
    assert (total.estimate.first, total.estimate.second, total.estimate.both) == (9, 10, 7)
    assert total.estimate.missed == "0.750000"
    assert total.estimate.missed_low <= Decimal(total.estimate.missed) <= total.estimate.missed_high
    assert total.estimate.batch == "192.000000"  # 0.75 + 1875 x 12.75 / 125
    assert (total.estimate.reliable, total.estimate.reason) == (True, None)


def test_marks_match_only_by_unit_and_code() -> None:
    found = compare(majors(4, 5), [*majors(4), *majors(5, code="DENT")], PLAN)
    assert (found.total.both, found.total.first_only, found.total.second_only) == (2, 0, 0)
    assert (found.total.both_marks, found.total.first_only_marks, found.total.second_only_marks) == (1, 1, 1)
    assert found.units[1].state == "both"
    assert (found.units[1].both_codes, found.units[1].first_codes) == ((), ("SCR",))
    assert found.caught_by_one == (
        CaughtByOne(5, "DENT", "major", 1, "second"),
        CaughtByOne(5, "SCR", "major", 1, "first"),
    )


def test_each_class_is_compared_for_itself() -> None:
    found = compare(
        [Claimed(1, "SCR", "major"), Claimed(2, "DOT", "minor")],
        [Claimed(1, "DOT", "minor"), Claimed(2, "DOT", "minor")],
        PLAN,
    )
    major, minor = found.of("major"), found.of("minor")
    assert major is not None
    assert minor is not None
    assert (major.both, major.first_only, major.second_only) == (0, 1, 0)
    assert (minor.both, minor.first_only, minor.second_only) == (1, 0, 1)
    assert (found.total.both, found.total.first_only, found.total.second_only) == (2, 0, 0)
    assert found.of("critical") is None


def test_a_critical_claimed_without_a_rule_is_compared_too_and_listed_first() -> None:
    found = compare(majors(1), [Claimed(9, "SHARP", "critical")], PLAN)
    assert [c.defect_class for c in found.classes] == ["critical", "major", "minor"]
    assert found.caught_by_one[0] == CaughtByOne(9, "SHARP", "critical", 1, "second")


def test_nothing_found_by_both_has_no_kappa_and_an_estimate_not_to_lean_on() -> None:
    total = compare([], [], PLAN).total
    assert (total.kappa, total.kappa_reason) == (None, "no_variation")
    assert total.agreement_percent == "100.000000"
    assert total.estimate is not None
    assert (total.estimate.reliable, total.estimate.reason) == (False, "nothing_found")


def test_a_unit_that_one_left_out_says_nothing_about_either() -> None:
    found = compare(majors(1, 2), majors(1), PLAN, not_compared=[2, 3])
    assert (found.total.both, found.total.first_only, found.total.neither) == (1, 0, 122)
    assert found.total.estimate is not None
    assert found.total.estimate.sample == 123
    assert found.grid()[:4] == ("both", "not_compared", "not_compared", "neither")
    assert found.caught_by_one == ()


def test_a_sample_left_out_whole_has_neither_kappa_nor_estimate() -> None:
    total = compare([], [], PLAN, not_compared=range(1, 126)).total
    assert (total.kappa_reason, total.estimate, total.estimate_reason) == ("no_units", None, "no_units")


def test_units_that_joined_the_sample_do_not_speak_for_the_batch() -> None:
    found = compare(majors(1, 126), majors(1, 127), PLAN, 127)
    assert (found.total.both, found.total.first_only, found.total.second_only) == (1, 1, 1)
    assert found.total.estimate is not None
    estimate = found.total.estimate
    assert (estimate.sample, estimate.first, estimate.second, estimate.both) == (125, 1, 1, 1)


def test_of_tallied_goods_only_counts_are_compared() -> None:
    found = compare(
        [Claimed(None, "SCR", "major", 4), Claimed(None, "DOT", "minor", 1)],
        [Claimed(None, "SCR", "major", 3), Claimed(None, "DENT", "major", 2)],
        PLAN,
        tally=True,
    )
    total = found.total
    assert (total.first_count, total.second_count) == (5, 5)
    assert (total.both, total.kappa, total.estimate) == (None, None, None)
    assert (total.kappa_reason, total.estimate_reason) == ("tally", "tally")
    assert found.caught_by_one == (
        CaughtByOne(None, "DENT", "major", 2, "second"),
        CaughtByOne(None, "SCR", "major", 1, "first"),
        CaughtByOne(None, "DOT", "minor", 1, "first"),
    )
    assert found.grid() == ()


@pytest.mark.parametrize("unit", [None, 0, 126])
def test_a_claim_outside_the_sample_is_refused(unit: int | None) -> None:
    with pytest.raises(ValueError, match="not in a sample"):
        compare([Claimed(unit, "SCR", "major")], [], PLAN)


classes: st.SearchStrategy[DefectClass] = st.sampled_from(BY_SERIOUSNESS)
checks = st.lists(
    st.builds(
        Claimed, st.integers(1, 125), st.sampled_from(["SCR", "DENT", "DOT"]), classes, st.integers(1, 3)
    ),
    max_size=25,
)


@given(checks, checks)
def test_every_unit_is_in_exactly_one_state_and_turning_the_two_round_turns_the_result(
    one: list[Claimed], other: list[Claimed]
) -> None:
    found, turned = compare(one, other, PLAN), compare(other, one, PLAN)
    for a, b in zip((found.total, *found.classes), (turned.total, *turned.classes), strict=True):
        assert a.both is not None
        assert a.first_only is not None
        assert a.second_only is not None
        assert a.neither is not None
        assert a.both + a.first_only + a.second_only + a.neither == PLAN.n
        assert (a.both, a.first_only, a.second_only) == (b.both, b.second_only, b.first_only)
        assert a.kappa == b.kappa
    assert found.grid().count("both") == found.total.both
    assert found.grid().count("first") == found.total.first_only
    assert len(found.caught_by_one) == (found.total.first_only_marks or 0) + (
        found.total.second_only_marks or 0
    )


@given(checks, checks)
def test_a_comparison_holds_nothing_that_a_signed_record_could_not(
    one: list[Claimed], other: list[Claimed]
) -> None:
    for value in leaves(dataclasses.asdict(compare(one, other, PLAN))):
        assert value is None or isinstance(value, (int, str))


def leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, (list, tuple)):
        return [leaf for one in value for leaf in leaves(one)]
    return [value]


def test_a_plan_of_another_size_sets_the_sample() -> None:
    small: SamplingPlan = plans_for([ClassRule("major", "zero", n=13)], 300, "normal")
    assert len(compare([], [], small).grid()) == 13
