# SPDX-License-Identifier: Apache-2.0
"""Double and multiple plans, judged sample by sample; which units a check asks for, and when it may end."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.codec import from_data, to_data
from qcdesk.domain.events import Finding, Resolution, RoundOpened, UnitResult
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.judging import compare_sides, outcome_of, require_complete, seen_of, settle, sides_of
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.refusals import Incomplete
from qcdesk.domain.rounds import Work
from qcdesk.domain.sampling import Claimed, ClassRule, ClassVerdict, DefectClass, judge, overall, plans_for
from qcdesk.domain.staging import asked_of, judge_check, may_end, to_gather
from qcdesk.statistics.sampling_stages import PlanType
from tests.domain.cases import content, opened

# Z1.4, lot 500, level II, code H: AQL 1.5 double is 32 and 32, accept 0 and 3, reject 3 and 4; AQL 4.0 is 32 and 32,
# accept 2 and 6, reject 5 and 7 (table III-A).
DOUBLE = (
    ClassRule("critical", "zero", n=13),
    ClassRule("major", "aql", Decimal("1.5"), standard="z1.4", plan_type="double"),
    ClassRule("minor", "aql", Decimal("4.0"), standard="z1.4", plan_type="double"),
)
MULTIPLE = (ClassRule("major", "aql", Decimal("4.0"), standard="z1.4", plan_type="multiple"),)
CODES: dict[DefectClass, str] = {"critical": "CRK", "major": "DEN", "minor": "SCR"}


def round_of(rules: tuple[ClassRule, ...] = DOUBLE, *, curtail: bool = False) -> RoundOpened:
    """A round of 500 without anything to measure."""
    classes = {rule.defect_class for rule in rules}
    defects = tuple(d for d in content().defects if d.defect_class in classes)
    return opened(content(rules=rules, characteristics=(), defects=defects, curtail=curtail))


def work(upto: int, *found: tuple[int, DefectClass], left_out: tuple[int, ...] = ()) -> Work:
    """A check that went through the first units and found one of a class on some."""
    return Work(
        results=tuple(UnitResult(u, "gone" if u in left_out else None) for u in range(1, upto + 1)),
        findings=tuple(Finding(f"{i}-{unit}", unit, CODES[c], c) for i, (unit, c) in enumerate(found)),
    )


def of(classes: tuple[ClassVerdict, ...], defect_class: DefectClass) -> ClassVerdict:
    return next(one for one in classes if one.defect_class == defect_class)


ROUND = round_of()


def test_plans_pin_every_sample_with_its_numbers() -> None:
    plan = plans_for(DOUBLE, 500, "normal")
    major = plan.of("major")
    assert major is not None and major.table is not None
    assert [(s.n, s.cumulative_n, s.ac, s.re) for s in major.stages] == [(32, 32, 0, 3), (32, 64, 3, 4)]
    assert (major.n, major.ac, major.re, major.table.table, plan.n) == (64, 3, 4, "III-A", 64)
    assert from_data(type(plan), to_data(plan)) == plan


def test_a_single_plan_is_written_as_it_always_was() -> None:
    rule = ClassRule("major", "aql", Decimal("1.5"))
    written = to_data(plans_for((rule,), 500, "normal").classes[0])
    assert "stages" not in written and "plan_type" not in to_data(rule)


@pytest.mark.parametrize("asked", ["double", "multiple"])
def test_where_the_table_has_no_such_plan_one_sample_decides(asked: PlanType) -> None:
    rule = ClassRule("major", "aql", Decimal("0.10"), plan_type=asked)  # Ac 0: use the single plan
    plan = plans_for((rule,), 500, "normal").classes[0]
    assert plan.stages == () and plan.n == plans_for((replace(rule, plan_type="single"),), 500, "normal").n


@pytest.mark.parametrize(
    "rule",
    [
        ClassRule("critical", "aql", Decimal("1.5"), plan_type="double"),
        ClassRule("major", "zero", Decimal("1.5"), plan_type="multiple"),
        ClassRule("major", "all", plan_type="double"),
    ],
)
def test_classes_that_accept_none_take_one_sample(rule: ClassRule) -> None:
    with pytest.raises(BadInput) as refused:
        rule.require_complete()
    assert refused.value.code == "samples_need_aql"


def test_an_unknown_plan_type_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        ClassRule("major", "aql", Decimal("1.5"), plan_type="triple").require_complete()  # type: ignore[arg-type]
    assert refused.value.code == "unknown_type"


@pytest.mark.parametrize(
    "changes",
    [
        {"rules": DOUBLE, "tally": True, "characteristics": ()},
        {"rules": DOUBLE, "defects_mode": "split"},
        {"curtail": True, "defects_mode": "split"},
        {"curtail": True, "tally": True, "characteristics": ()},
        {
            "rules": DOUBLE,
            "characteristics": (
                Characteristic(
                    "PUL", "Pull", "variable", "major", "N", lower=Decimal(5), mode="review", destructive=True
                ),
            ),
        },
    ],
)
def test_checks_that_go_by_their_findings_are_blind_and_unit_by_unit(changes: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        content(**changes).require_complete()
    assert refused.value.code == "samples_are_blind"


# judged sample by sample -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "stage", "verdict"),
    [
        ((), 1, "accepted"),
        ((3,), 2, "accepted"),
        ((3, 9, 11), 1, "rejected"),
        ((3, 40, 41, 64), 2, "rejected"),
        ((40, 41), 1, "accepted"),
    ],
)
def test_a_double_plan_goes_on_only_between_accepting_and_rejecting(
    found: tuple[int, ...], stage: int, verdict: str
) -> None:
    classes, _ = judge_check(ROUND, work(64, *((unit, "major") for unit in found)))
    major = of(classes, "major")
    assert (major.stage, major.verdict) == (stage, verdict)
    assert major.beyond == sum(unit > major.n for unit in found)


def test_what_is_found_past_the_deciding_sample_counts_only_where_it_is_critical() -> None:
    classes, verdict = judge_check(ROUND, work(64, (40, "major"), (41, "major"), (60, "critical")))
    assert (of(classes, "major").counted, of(classes, "major").beyond) == (0, 2)
    assert (of(classes, "critical").verdict, verdict) == ("rejected", "rejected")


def test_a_first_sample_that_cannot_accept_yet_asks_for_the_next() -> None:
    plan = plans_for(MULTIPLE, 500, "normal")
    major = plan.classes[0]
    assert len(major.stages) == 7
    assert judge(plan, (), looked=range(1, major.stages[0].cumulative_n + 1))[0].stage == (
        2 if major.stages[0].ac is None else 1
    )


def test_a_unit_counts_once_in_the_gravest_class_that_still_counts_there() -> None:
    # Major is decided at 32, so that a unit beyond with both counts as minor, where minor goes on to 64.
    found = [(40, "major"), (40, "minor"), *((u, "minor") for u in (1, 2, 3))]
    classes, _ = judge_check(ROUND, work(64, *found))  # type: ignore[arg-type]
    assert (of(classes, "major").stage, of(classes, "major").counted) == (1, 0)
    assert (of(classes, "minor").stage, of(classes, "minor").counted) == (2, 4)
    # Where major goes on itself, the unit is its own.
    classes, _ = judge_check(ROUND, work(64, (4, "major"), *found))  # type: ignore[arg-type]
    assert (of(classes, "major").counted, of(classes, "minor").counted) == (2, 3)


def test_a_unit_left_out_weighs_like_a_nonconforming_one() -> None:
    kept = opened(content(rules=DOUBLE, characteristics=(), not_done_allowed=True))
    classes, _ = judge_check(kept, work(64, (3, "major"), (4, "major"), left_out=(5,)))
    assert (of(classes, "major").verdict, of(classes, "major").counted) == ("rejected", 2)


def _model(steps: list[tuple[int, int | None, int]], bad: set[int]) -> tuple[int, int, str]:
    """The rule of a multiple plan, told anew: count as one goes, stop where one may."""
    for number, (size, ac, re) in enumerate(steps, 1):
        count = len([unit for unit in bad if unit <= size])
        if ac is not None and count <= ac:
            return number, count, "accepted"
        if count >= re or number == len(steps):
            return number, count, "rejected" if count >= re else "accepted"
    raise AssertionError


KINDS: tuple[tuple[PlanType, str, str], ...] = (
    ("double", "normal", "z1.4"),
    ("double", "reduced", "z1.4"),
    ("multiple", "normal", "z1.4"),
    ("multiple", "reduced", "z1.4"),
    ("multiple", "tightened", "iso2859-1:1999"),
    ("double", "normal", "iso2859-1:1999"),
)


@given(
    kind=st.sampled_from(KINDS),
    aql=st.sampled_from(["1.0", "2.5", "4.0", "10"]),
    lot=st.sampled_from([30, 150, 500]),
    bad=st.sets(st.integers(1, 150), max_size=30),
)
def test_judging_follows_the_rule_of_the_tables(
    kind: tuple[PlanType, str, str], aql: str, lot: int, bad: set[int]
) -> None:
    rule = ClassRule("major", "aql", Decimal(aql), "II", None, kind[2], kind[0])  # type: ignore[arg-type]
    plan = plans_for((rule,), lot, kind[1])  # type: ignore[arg-type]
    steps = [(s.cumulative_n, s.ac, s.re) for s in plan.classes[0].samples()]
    bad = {unit for unit in bad if unit <= lot}
    one = judge(plan, [Claimed(unit, "DEN", "major") for unit in bad])[0]
    assert (one.stage or 1, one.counted, one.verdict) == _model(steps, bad)
    assert one.beyond == len(bad) - one.counted


# what a check asks for ---------------------------------------------------------------------------------------------


def test_only_the_first_sample_is_asked_for_at_the_start() -> None:
    assert asked_of(ROUND, Work()) == tuple(range(1, 33)) and len(ROUND.sample) == 64


def test_the_next_sample_is_asked_for_only_at_the_end_of_an_undecided_one() -> None:
    assert len(asked_of(ROUND, work(31, (3, "major")))) == 32
    assert len(asked_of(ROUND, work(32, (3, "major")))) == 64
    assert len(asked_of(ROUND, work(32))) == 32
    assert len(asked_of(ROUND, work(32, (3, "major"), (4, "major"), (5, "major")))) == 32


def test_a_sample_is_gathered_before_it_is_begun_and_only_the_further_one_after_the_first() -> None:
    assert to_gather(round_of(), Work()) == tuple(range(1, 33))
    assert to_gather(round_of(), work(10)) == tuple(range(1, 33))
    asks = work(32, (5, "major"))
    assert to_gather(round_of(), asks) == tuple(range(33, 65))
    begun = work(40, (5, "major"))
    assert to_gather(round_of(), begun) == asked_of(round_of(), begun) == tuple(range(1, 65))


def test_one_class_that_needs_more_leads() -> None:
    assert len(asked_of(ROUND, work(32, (1, "minor"), (2, "minor"), (3, "minor")))) == 64


def test_units_that_joined_the_sample_are_asked_for_from_the_start() -> None:
    joined = replace(ROUND, sample=(*ROUND.sample, 499, 500))
    assert asked_of(joined, Work()) == (*range(1, 33), 65, 66)


def test_a_check_is_whole_once_every_class_is_decided() -> None:
    require_complete(ROUND, work(32))
    with pytest.raises(Incomplete) as refused:
        require_complete(ROUND, work(32, (3, "major")))
    assert refused.value.units == tuple(range(33, 65))
    require_complete(ROUND, work(64, (3, "major")))
    assert seen_of(ROUND, work(64, (3, "major")), 0, 0).of == 64


def test_a_finding_taken_back_takes_the_next_sample_back() -> None:
    require_complete(ROUND, work(40))
    assert len(asked_of(ROUND, work(40))) == 32


EARLY = round_of(curtail=True)


def test_a_check_may_end_early_only_where_the_procedure_lets_it() -> None:
    ended = work(9, (3, "major"), (8, "major"), (9, "major"))
    assert may_end(EARLY, ended) and not may_end(ROUND, ended)
    require_complete(EARLY, ended)
    assert (seen_of(EARLY, ended, 0, 0).units, seen_of(EARLY, ended, 0, 0).of) == (9, 32)
    with pytest.raises(Incomplete):
        require_complete(ROUND, ended)


def test_an_accepting_check_never_ends_early() -> None:
    with pytest.raises(Incomplete):
        require_complete(EARLY, work(31))


def test_the_unit_that_ended_it_needs_its_result() -> None:
    with pytest.raises(Incomplete) as refused:
        require_complete(EARLY, work(8, (3, "major"), (8, "major"), (9, "major")))
    assert refused.value.units == (9,)


FOUND = st.lists(
    st.tuples(st.integers(1, 64), st.sampled_from(sorted(CODES))), max_size=12, unique_by=lambda one: one[0]
)


@given(found=FOUND, upto=st.integers(0, 64))
def test_ending_early_never_changes_the_verdict(found: list[tuple[int, DefectClass]], upto: int) -> None:
    so_far = work(upto, *(one for one in found if one[0] <= upto))
    whole = work(64, *found)
    if may_end(EARLY, so_far):
        assert judge_check(EARLY, whole)[1] == "rejected"
        assert judge_check(ROUND, whole)[1] == "rejected"
    assert judge_check(EARLY, whole)[1] == judge_check(ROUND, whole)[1]


@given(found=FOUND)
def test_going_step_by_step_ends_where_the_whole_sample_would(found: list[tuple[int, DefectClass]]) -> None:
    upto = 0
    while True:
        so_far = work(upto, *(one for one in found if one[0] <= upto))
        asked = len(asked_of(ROUND, so_far))
        if asked == upto:
            break
        assert asked > upto
        upto = asked
    assert judge_check(ROUND, so_far)[1] == overall(
        judge(ROUND.plan, [Claimed(u, CODES[c], c) for u, c in found if u <= upto])
    )


# the two together --------------------------------------------------------------------------------------------------


def together(
    first: Work, second: Work, round_: RoundOpened = ROUND
) -> tuple[str, tuple[str, ...], tuple[ClassVerdict, ...]]:
    sides = sides_of(round_, first, second)
    return outcome_of(round_, sides, sides, compare_sides(round_, first, second))


def test_both_accepting_on_the_first_sample_accepts() -> None:
    outcome, reasons, classes = together(work(32), work(32))
    assert (outcome, reasons, of(classes, "major").stage) == ("accepted", ("union",), 1)


def test_both_who_went_on_are_judged_on_both_samples() -> None:
    outcome, _, classes = together(work(64, (3, "major")), work(64, (3, "major")))
    assert (outcome, of(classes, "major").stage, of(classes, "major").found) == ("accepted", 2, (1, 1))


def test_what_both_found_together_may_reject_though_each_accepts() -> None:
    first = work(64, (1, "minor"), (2, "minor"), (3, "minor"), (40, "minor"))
    second = work(64, (4, "minor"), (5, "minor"), (6, "minor"), (41, "minor"))
    assert together(first, second)[0] == "rejected"


def test_a_union_that_needs_a_sample_not_both_took_is_never_accepted() -> None:
    # Each accepts minor with 2 in the first sample; together they are 3, which decides nothing.
    first, second = work(32, (1, "minor"), (2, "minor")), work(32, (1, "minor"), (3, "minor"))
    outcome, reasons, classes = together(first, second)
    assert (outcome, reasons) == ("disagreed", ("sample_missing",))
    assert (of(classes, "minor").verdict, of(classes, "minor").stage) == ("undecided", 2)
    # One of the two went on and accepts: the other has not looked there.
    outcome, reasons, _ = together(work(64, (1, "minor"), (2, "minor"), (4, "minor")), second)
    assert (outcome, reasons) == ("disagreed", ("sample_missing",))


def test_units_that_only_one_went_to_are_not_compared_and_not_disputed() -> None:
    first = work(64, (1, "minor"), (2, "minor"), (4, "minor"), (50, "minor"))
    second = work(32, (1, "minor"), (3, "minor"))
    comparison = compare_sides(ROUND, first, second)
    assert comparison.not_compared == tuple(range(33, 65))
    assert comparison.total.estimate is not None and comparison.total.estimate.sample == 32
    disputed = {(c.unit, c.code) for c in sides_of(ROUND, first, second).disputed()}
    assert disputed == {(2, "SCR"), (3, "SCR"), (4, "SCR")}


def test_one_early_and_one_whole_check_disagree_where_one_accepts() -> None:
    ended, whole = work(9, (3, "major"), (8, "major"), (9, "major")), work(32)
    outcome, reasons, _ = together(ended, whole, EARLY)
    assert (outcome, reasons) == ("disagreed", ("verdicts_differ",))
    assert compare_sides(EARLY, ended, whole).not_compared == tuple(range(10, 65))


def test_two_early_checks_reject_together() -> None:
    ended = work(9, (3, "major"), (8, "major"), (9, "major"))
    assert together(ended, work(12, (3, "major"), (4, "major"), (12, "major")), EARLY)[0] == "rejected"


def test_a_decision_that_leaves_the_union_undecided_accepts_nothing() -> None:
    sides = sides_of(ROUND, work(32, (1, "minor"), (2, "minor")), work(32, (1, "minor"), (3, "minor")))

    def decided(holds: bool) -> tuple[str, tuple[ClassVerdict, ...]]:
        return settle(
            ROUND, sides, [Resolution(c.unit, c.code, c.defect_class, 1, holds) for c in sides.disputed()]
        )

    outcome, classes = decided(holds=True)
    assert (outcome, of(classes, "minor").verdict) == ("rejected", "undecided")
    assert decided(holds=False)[0] == "accepted"


@given(first=FOUND, second=FOUND)
def test_nothing_is_accepted_that_two_people_did_not_accept(
    first: list[tuple[int, DefectClass]], second: list[tuple[int, DefectClass]]
) -> None:
    def whole(found: list[tuple[int, DefectClass]]) -> Work:
        upto = 32
        while upto < (asked := len(asked_of(ROUND, work(upto, *(f for f in found if f[0] <= upto))))):
            upto = asked
        return work(upto, *(f for f in found if f[0] <= upto))

    one, other = whole(first), whole(second)
    outcome, _, classes = together(one, other)
    own = [judge_check(ROUND, each)[1] for each in (one, other)]
    if outcome == "accepted":
        assert own == ["accepted", "accepted"] and overall(classes) == "accepted"
        reach = min(len(one.results), len(other.results))
        assert all(verdict.n <= reach for verdict in classes)
    if own == ["rejected", "rejected"]:
        assert outcome in ("rejected", "disagreed")  # disagreed only over a critical of one
