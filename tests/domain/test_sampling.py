# SPDX-License-Identifier: Apache-2.0
"""Each class has its own plan and counts its own first units; what a finding counts for; what rejects."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import (
    BY_SERIOUSNESS,
    Claimed,
    ClassPlan,
    ClassRule,
    ClassVerdict,
    DefectClass,
    SamplingPlan,
    judge,
    overall,
    plans_for,
    union_of,
)
from qcdesk.statistics.sampling_tables import AQLS

CRITICAL = ClassRule("critical", "aql", Decimal("0.10"))
MAJOR = ClassRule("major", "aql", Decimal("1.5"))
MINOR = ClassRule("minor", "aql", Decimal("4.0"))


def plan_of(**n_and_ac: tuple[int, int]) -> SamplingPlan:
    """A plan by hand: n and Ac of each class, percent nonconforming."""
    classes = tuple(
        ClassPlan(c, *n_and_ac[c], n_and_ac[c][1] + 1, False, "percent", ClassRule(c, "all"))
        for c in BY_SERIOUSNESS
        if c in n_and_ac
    )
    return SamplingPlan(1000, "normal", classes, max(n for n, _ in n_and_ac.values()))


def verdict_of(verdicts: tuple[ClassVerdict, ...], defect_class: DefectClass) -> ClassVerdict:
    return next(v for v in verdicts if v.defect_class == defect_class)


def counted(plan: SamplingPlan, *claims: Claimed) -> dict[str, int]:
    return {v.defect_class: v.counted for v in judge(plan, claims)}


# Plans


def test_each_class_has_its_own_sample_after_arrows_and_the_largest_leads() -> None:
    plan = plans_for([MINOR, CRITICAL, MAJOR], 1000, "normal")
    assert [(c.defect_class, c.n, c.ac) for c in plan.classes] == [
        ("critical", 125, 0),  # J points down to K
        ("major", 80, 3),
        ("minor", 80, 7),
    ]
    assert plan.n == 125
    assert plan.classes[0].table is not None
    assert plan.classes[0].table.arrow


def test_a_critical_is_never_accepted_whatever_its_table_says() -> None:
    loose = plans_for([ClassRule("critical", "aql", Decimal(10))], 1000, "normal").classes[0]
    assert loose.table is not None
    assert loose.table.ac == 14
    assert (loose.n, loose.ac, loose.re) == (80, 0, 1)


def test_after_rework_the_plan_is_tightened() -> None:
    normal = plans_for([MAJOR], 1000, "normal").classes[0]
    tightened = plans_for([MAJOR], 1000, "tightened").classes[0]
    assert (normal.n, normal.ac, tightened.n, tightened.ac) == (80, 3, 80, 2)


@pytest.mark.parametrize(
    ("rule", "n", "inspect_all"),
    [
        (ClassRule("major", "zero", n=20), 20, False),
        (ClassRule("major", "zero", n=900), 500, True),
        (ClassRule("major", "zero"), 500, True),
        (ClassRule("major", "zero", Decimal("1.5")), 50, False),
        (ClassRule("major", "all"), 500, True),
    ],
)
def test_zero_acceptance_and_all_accept_none(rule: ClassRule, n: int, inspect_all: bool) -> None:
    plan = plans_for([rule], 500, "normal").classes[0]
    assert (plan.n, plan.ac, plan.re, plan.inspect_all) == (n, 0, 1, inspect_all)


def test_a_single_unit_can_be_inspected_whole_but_has_no_aql_plan() -> None:
    assert plans_for([ClassRule("major", "all")], 1, "normal").n == 1
    with pytest.raises(BadInput) as refused:
        plans_for([MAJOR], 1, "normal")
    assert (refused.value.code, refused.value.where) == ("lot_too_small", {"field": "quantity"})


@pytest.mark.parametrize(
    ("rules", "code", "field"),
    [
        ([], "missing", "rules"),
        ([MAJOR, MAJOR], "twice", "rules"),
        ([ClassRule("major", "aql")], "missing", "aql"),
        ([ClassRule("major", "aql", Decimal(2))], "unknown_aql", "aql"),
        ([ClassRule("major", "aql", Decimal("1.0"), "IV")], "unknown_level", "level"),  # type: ignore[arg-type]
        ([ClassRule("major", "some")], "unknown_rule_kind", "kind"),  # type: ignore[arg-type]
        ([ClassRule("Major", "all")], "unknown_class", "class"),  # type: ignore[arg-type]
        ([ClassRule("major", "zero", n=0)], "too_small", "n"),
        ([ClassRule("major", "aql", Decimal("1.0"), n=5)], "n_needs_zero_rule", "n"),
        ([ClassRule("major", "zero", Decimal("1.0"), n=5)], "aql_not_used", "aql"),
        ([ClassRule("major", "all", Decimal("1.0"))], "aql_not_used", "aql"),
        ([ClassRule("major", "all", plan_type="double")], "samples_need_aql", "plan_type"),
        ([replace(CRITICAL, plan_type="multiple")], "samples_need_aql", "plan_type"),
        ([replace(MAJOR, plan_type="triple")], "unknown_type", "plan_type"),  # type: ignore[arg-type]
    ],
)
def test_rules_that_give_no_plan_are_refused(rules: list[ClassRule], code: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        plans_for(rules, 100, "normal")
    assert (refused.value.code, refused.value.where) == (code, {"field": field})


def test_a_batch_of_nothing_has_no_plan() -> None:
    with pytest.raises(BadInput) as refused:
        plans_for([ClassRule("major", "all")], 0, "normal")
    assert refused.value.code == "too_small"


@given(st.integers(2, 600_000), st.sampled_from(AQLS), st.sampled_from(AQLS))
def test_no_class_takes_more_than_the_sample_or_the_sample_more_than_the_batch(
    lot: int, one: Decimal, other: Decimal
) -> None:
    rules = [ClassRule("major", "aql", one), ClassRule("minor", "aql", other), CRITICAL]
    plan = plans_for(rules, lot, "normal")
    assert all(1 <= c.n <= plan.n <= lot for c in plan.classes)
    assert plan.inspect_all is any(c.inspect_all for c in plan.classes)
    assert plan.of("critical") == plan.classes[0]


def test_a_class_without_a_rule_has_no_plan() -> None:
    assert plans_for([MAJOR], 100, "normal").of("minor") is None


# Judgement


def test_a_class_accepts_at_ac_and_rejects_at_re() -> None:
    plan = plan_of(major=(80, 2))
    two = [Claimed(unit, "SCR", "major") for unit in (1, 2)]
    assert judge(plan, two)[0].verdict == "accepted"
    assert judge(plan, [*two, Claimed(3, "SCR", "major")])[0].verdict == "rejected"


def test_live_judgement_tells_how_many_more_are_allowed() -> None:
    live = judge(plan_of(major=(80, 5)), [Claimed(unit, "SCR", "major") for unit in range(1, 5)])[0]
    assert (live.counted, live.ac, live.re, live.left) == (4, 5, 6, 1)


def test_a_class_counts_only_its_own_first_units() -> None:
    plan = plan_of(major=(50, 0), minor=(80, 0))
    major, minor = judge(plan, [Claimed(51, "SCR", "major"), Claimed(51, "DOT", "minor")])
    assert (major.counted, major.beyond, major.verdict) == (0, 1, "accepted")
    # The unit counts once, in the most serious class that counts there.
    assert (minor.counted, minor.beyond, minor.verdict) == (1, 0, "rejected")


def test_a_critical_counts_beyond_its_own_first_units() -> None:
    verdicts = judge(plan_of(critical=(20, 0), major=(80, 3)), [Claimed(79, "SHARP", "critical")])
    assert verdict_of(verdicts, "critical").verdict == "rejected"


def test_a_critical_rejects_even_without_a_rule_for_the_class() -> None:
    verdicts = judge(plan_of(major=(80, 3)), [Claimed(5, "SHARP", "critical")])
    assert [v.defect_class for v in verdicts] == ["critical", "major"]
    assert overall(verdicts) == "rejected"


def test_a_claim_of_a_class_without_a_rule_is_not_passed_over() -> None:
    with pytest.raises(BadInput) as refused:
        judge(plan_of(major=(80, 3)), [Claimed(5, "DOT", "minor")])
    assert refused.value.code == "class_without_rule"


def test_percent_nonconforming_counts_a_unit_once_in_its_most_serious_class() -> None:
    plan = plan_of(critical=(80, 0), major=(80, 3), minor=(80, 5))
    found = counted(
        plan,
        Claimed(7, "SCR", "major", 3),
        Claimed(7, "DENT", "major"),
        Claimed(7, "DOT", "minor", 9),
        Claimed(8, "DOT", "minor", 2),
    )
    assert found == {"critical": 0, "major": 1, "minor": 1}


def test_per_100_items_counts_every_nonconformity() -> None:
    plan = plans_for([MAJOR, ClassRule("minor", "aql", Decimal(15))], 1000, "normal")
    found = counted(
        plan, Claimed(7, "SCR", "major"), Claimed(7, "DOT", "minor", 9), Claimed(8, "DOT", "minor")
    )
    assert found == {"major": 1, "minor": 10}


def test_a_tally_counts_as_given() -> None:
    plan = plan_of(major=(80, 3), minor=(80, 5))
    found = counted(plan, Claimed(None, "SCR", "major", 2), Claimed(None, "DENT", "major", 1))
    assert found == {"major": 3, "minor": 0}


def test_one_class_that_rejects_rejects_the_whole() -> None:
    plan = plan_of(major=(80, 3), minor=(80, 0))
    assert overall(judge(plan, [Claimed(1, "DOT", "minor")])) == "rejected"
    assert overall(judge(plan, [Claimed(1, "SCR", "major")])) == "accepted"


def test_nothing_judged_is_not_accepted() -> None:
    with pytest.raises(ValueError, match="nothing"):
        overall([])


def test_a_count_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="count"):
        judge(plan_of(major=(80, 3)), [Claimed(1, "SCR", "major", 0)])


# Union


def test_the_union_holds_a_nonconformity_once_with_the_larger_count_and_graver_class() -> None:
    first = [Claimed(3, "SCR", "minor", 1), Claimed(3, "SCR", "minor", 1), Claimed(9, "DENT", "major")]
    second = [Claimed(3, "SCR", "major", 1), Claimed(4, "SCR", "minor", 1)]
    assert union_of(first, second) == (
        Claimed(3, "SCR", "major", 2),
        Claimed(4, "SCR", "minor", 1),
        Claimed(9, "DENT", "major", 1),
    )


def test_the_union_of_tallies_holds_the_larger_count_per_code() -> None:
    first = [Claimed(None, "SCR", "major", 4), Claimed(None, "DOT", "minor", 1)]
    second = [Claimed(None, "SCR", "major", 3), Claimed(None, "DENT", "major", 2)]
    assert counted(plan_of(major=(80, 3), minor=(80, 3)), *union_of(first, second)) == {
        "major": 6,
        "minor": 1,
    }


claims = st.lists(
    st.builds(
        Claimed,
        st.integers(1, 20),
        st.sampled_from(["SCR", "DENT", "DOT"]),
        st.sampled_from(BY_SERIOUSNESS),
        st.integers(1, 3),
    ),
    max_size=15,
)


@given(claims, claims)
def test_the_union_is_the_same_whoever_was_first_and_never_milder_than_either(
    one: list[Claimed], other: list[Claimed]
) -> None:
    plan = plan_of(critical=(20, 0), major=(12, 3), minor=(16, 4))
    union = union_of(one, other)
    assert union == union_of(other, one) == union_of(union)
    if overall(judge(plan, union)) == "accepted":
        assert "critical" not in {c.defect_class for c in (*one, *other)}
        assert (
            verdict_of(judge(plan, union), "major").counted >= verdict_of(judge(plan, one), "major").counted
        )


@given(claims)
def test_every_unit_within_the_sample_counts_exactly_once(found: list[Claimed]) -> None:
    plan = plan_of(critical=(20, 0), major=(20, 3), minor=(20, 4))
    assert sum(counted(plan, *found).values()) == len({c.unit for c in found})
