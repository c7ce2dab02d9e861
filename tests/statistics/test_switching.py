# SPDX-License-Identifier: Apache-2.0
"""The switching rules: what tightens, what eases, what stops inspection, and what counts for nothing."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.switching import LotResult, SeverityState, Switching, after_lot
from qcdesk.statistics.sampling import plan_for
from qcdesk.statistics.sampling_tables import AQLS
from qcdesk.statistics.switching import (
    EDITIONS,
    BadLot,
    Conditions,
    Edition,
    Lot,
    Reason,
    Rules,
    Standing,
    Step,
    Taken,
    decided,
    judge,
    observe,
    resume,
    review,
    rules_of,
    run,
    start,
    tighter_ac,
)

HISTORIES: dict[str, Any] = json.loads(
    Path(__file__).with_name("data").joinpath("switching.json").read_text(encoding="utf-8")
)
ISO = rules_of("iso2859-1:1999")
Z14 = rules_of("z1.4")
OLD = rules_of("mil-std-105e")


def single(found: int, ac: int = 3, re: int | None = None, name: str = "", *, again: bool = False) -> Lot:
    return Lot((Taken(ac, ac + 1 if re is None else re, found),), name, resubmitted=again)


def history(rules: Rules, text: str, conditions: Conditions = Conditions()) -> list[Step]:  # noqa: B008 - frozen
    """Run lots written one letter each: a accepted, r not accepted, x not accepted and resubmitted, b between."""
    lots = {"a": single(0), "r": single(9), "x": single(9, again=True), "b": single(2, 1, 4)}
    return list(
        run(
            [Lot(lots[c].samples, str(i), lots[c].resubmitted) for i, c in enumerate(text, 1)],
            rules,
            conditions,
        )
    )


def states(steps: list[Step]) -> str:
    return "".join(step.after.state[0] for step in steps)


@pytest.mark.parametrize("one", HISTORIES["histories"], ids=lambda one: one["name"])
def test_histories_worked_out_by_the_clauses(one: dict[str, Any]) -> None:
    rules = rules_of(one["standard"])
    standing = start(rules)
    for before, _, ac, re, found, outcome, score, after in one["rows"]:
        assert standing.state == before
        step = observe(standing, single(found, ac, re), rules)
        standing = step.after
        assert (step.outcome, step.score, standing.state) == (outcome, score, after)


def test_two_of_five_consecutive_lots_tighten_and_say_which() -> None:
    steps = history(ISO, "raaar")
    assert states(steps) == "nnnnt"
    assert steps[-1].after.reason == Reason("two_of_five", ("1", "5"), (("of", 5),))
    assert states(history(ISO, "raaaar")) == "nnnnnn"
    assert states(history(ISO, "rr")) == "nt"


def test_the_window_begins_anew_after_a_switch() -> None:
    assert states(history(ISO, "rraaaaar")) == "nttttt" + "nn"


def test_five_accepted_in_a_row_end_tightened_inspection() -> None:
    steps = history(ISO, "rr" + "aaaar" + "aaaaa")
    assert states(steps) == "nt" + "ttttt" + "ttttn"
    assert steps[-1].after.reason.because == "five_accepted"
    assert steps[-1].after.reason.lots == ("8", "9", "10", "11", "12")


def test_five_not_accepted_in_all_discontinue_though_not_in_a_row() -> None:
    steps = history(ISO, "rr" + "rarararar")
    assert states(steps) == "nt" + "ttttttttd"
    assert steps[-1].after.reason == Reason("five_not_accepted", ("3", "5", "7", "9", "11"))


def test_the_count_of_not_accepted_begins_with_each_tightened_inspection() -> None:
    assert states(history(ISO, "rrrrrraaaaa" + "rr" + "rrrr"))[-1] == "t"


def test_ten_lots_on_tightened_inspection_discontinue_by_the_older_standard() -> None:
    steps = history(OLD, "rr" + "aaaar" * 2)
    assert states(steps) == "nt" + "t" * 9 + "d"
    assert steps[-1].after.reason == Reason("ten_on_tightened", ("12",), (("lots", 10),))
    assert states(history(OLD, "rr" + "rrrrr"))[-1] == "t"
    assert states(history(OLD, "rr" + "rrrrr" + "aaaaa"))[-1] == "n"


def test_when_to_discontinue_can_be_chosen() -> None:
    assert states(history(rules_of("z1.4", discontinue="ten_lots"), "rr" + "aaaar" * 2))[-1] == "d"
    assert states(history(rules_of("mil-std-105e", discontinue="five_not_accepted"), "rrrrrrr"))[-1] == "d"


def test_a_lot_while_discontinued_counts_for_nothing() -> None:
    steps = history(ISO, "rr" + "rrrrr" + "aaaaaa")
    assert [step.counted for step in steps[-6:]] == [False] * 6
    assert states(steps)[-1] == "d"
    assert steps[-1].after == steps[6].after


def test_inspection_goes_on_only_tightened_after_corrective_action() -> None:
    stopped = history(ISO, "rr" + "rrrrr")[-1].after
    again = resume(stopped, ISO)
    assert (again.state, again.reason.because, again.failed) == ("tightened", "corrective_action", ())
    with pytest.raises(ValueError, match="not discontinued"):
        resume(again, ISO)
    with pytest.raises(ValueError, match="discontinued"):
        decided(stopped, "normal", ISO)
    assert decided(stopped, "tightened", ISO).state == "tightened"


def test_a_resubmitted_lot_counts_for_nothing() -> None:
    steps = history(ISO, "rxxx")
    assert states(steps) == "nnnn"
    assert [step.counted for step in steps] == [True, False, False, False]
    assert steps[-1].after == steps[0].after


def test_the_score_grows_by_three_where_a_tighter_aql_would_accept_and_falls_to_zero_where_not() -> None:
    scores = [step.score for step in run([single(found, 3) for found in (0, 2, 3, 0, 4, 1)], ISO)]
    assert scores == [3, 6, 0, 3, 0, 3]


def test_the_score_grows_by_two_with_an_acceptance_number_of_zero_or_one() -> None:
    assert [step.score for step in run([single(0, 0), single(1, 1), single(2, 1), single(0, 0)], ISO)] == [
        2,
        4,
        0,
        2,
    ]


@pytest.mark.parametrize("ac", [2, 3, 5, 7, 10, 14, 21, 30, 44])
def test_one_aql_step_tighter_is_the_cell_to_the_left(ac: int) -> None:
    """ISO 2859-1:1999, table 2-A: of every plan of that Ac that stands in its own letter's row."""
    lefts = set()
    for lot, level in (
        (8, "II"),
        (8, "III"),
        (15, "III"),
        (25, "III"),
        (50, "III"),
        (1200, "II"),
        (600_000, "II"),
    ):
        for left, aql in pairwise(AQLS):
            plan, other = plan_for(lot, level, aql), plan_for(lot, level, left)
            if plan.stages[0].ac == ac and not plan.arrow:
                assert not other.arrow
                lefts.add(other.stages[0].ac)
    assert lefts == {tighter_ac(ac)}


def test_an_acceptance_number_of_no_table_is_refused_where_the_score_needs_it() -> None:
    with pytest.raises(BadLot) as refused:
        observe(start(ISO), single(0, 4), ISO)
    assert refused.value.code == "ac_not_tabled"
    assert refused.value.facts["known"] == (0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 44)
    assert observe(start(Z14), single(0, 4), Z14).after.state == "normal"


def double(*found: int | None) -> Lot:
    """A double plan: accept at 1 and 4, reject at 3 and 5."""
    padded = (*found, None)[:2]
    return Lot((Taken(1, 3, padded[0]), Taken(4, 5, padded[1])))


def test_a_double_plan_scores_where_the_first_sample_accepts() -> None:
    rules = rules_of("iso2859-1:1999", "double")
    steps = run([double(0), double(1), double(2, 1), double(0), double(3)], rules)
    assert [step.score for step in steps] == [3, 6, 0, 3, 0]
    assert [step.decided_at for step in steps] == [1, 1, 2, 1, 1]


def test_a_multiple_plan_scores_where_the_third_sample_accepts() -> None:
    """Ac 3 beside: ISO 2859-1:1999, table 4-A."""
    limits = ((None, 3), (0, 3), (1, 4), (2, 5), (4, 5))

    def multiple(*found: int) -> Lot:
        padded = (*found, *[None] * 5)[:5]
        return Lot(tuple(Taken(ac, re, one) for (ac, re), one in zip(limits, padded, strict=True)))

    rules = rules_of("iso2859-1:1999", "multiple")
    steps = run([multiple(0, 0), multiple(1, 0, 0), multiple(1, 1, 0, 0), multiple(3)], rules)
    assert [(step.outcome, step.decided_at, step.score) for step in steps] == [
        ("A", 2, 3), ("A", 3, 6), ("A", 4, 0), ("R", 1, 0)
    ]  # fmt: skip


def test_where_the_table_sends_to_the_single_plan_that_one_scores() -> None:
    rules = rules_of("iso2859-1:1999", "double")
    assert [step.score for step in run([single(0, 0), single(0, 0)], rules)] == [2, 4]


def test_a_score_of_thirty_brings_reduced_inspection_where_production_is_steady_and_it_is_approved() -> None:
    steps = history(ISO, "a" * 10)
    assert [step.score for step in steps] == list(range(3, 31, 3))
    assert steps[-1].after.state == "reduced"
    assert steps[-1].after.reason == Reason("score", ("10",), (("score", 30),))
    for conditions, waits in (
        (Conditions(steady=False), ("steady",)),
        (Conditions(approved=False), ("approved",)),
        (Conditions(steady=False, approved=False), ("steady", "approved")),
    ):
        kept = history(ISO, "a" * 11, conditions)[-1].after
        assert (kept.state, kept.waits, kept.score) == ("normal", waits, 33)


def test_approval_that_comes_later_brings_reduced_inspection_between_two_lots() -> None:
    waiting = history(ISO, "a" * 12, Conditions(approved=False))[-1].after
    assert review(waiting, ISO, Conditions(approved=False)) == waiting
    eased = review(waiting, ISO, Conditions())
    assert (eased.state, eased.reason.because) == ("reduced", "score")
    assert review(start(ISO), ISO, Conditions()) == start(ISO)


def test_ten_accepted_in_a_row_bring_reduced_inspection_by_the_other_standard() -> None:
    assert states(history(Z14, "a" * 10)) == "n" * 9 + "r"
    assert states(history(Z14, "a" * 9 + "r" + "a" * 10)) == "n" * 19 + "r"
    assert states(history(Z14, "rr" + "aaaaa" + "a" * 10)) == "n" + "ttttt" + "n" * 10 + "r"


def test_a_limit_number_can_stand_before_reduced_inspection() -> None:
    rules = rules_of("z1.4", limit_numbers=True)

    def lots(limit: int | None) -> list[Lot]:
        return [Lot(single(1).samples, limit=limit) for _ in range(10)]

    assert run(lots(9), rules)[-1].after.state == "normal"
    assert run(lots(10), rules)[-1].after.state == "reduced"
    with pytest.raises(BadLot, match="limit_missing"):
        run(lots(None), rules)


@pytest.mark.parametrize("edition", ["z1.4", "mil-std-105e"])
def test_a_count_between_accepts_the_lot_and_ends_reduced_inspection(edition: str) -> None:
    steps = history(rules_of(edition), "a" * 10 + "b")
    assert (steps[-1].outcome, states(steps)[-1]) == ("A*", "n")
    assert steps[-1].after.reason == Reason("between", ("11",), (("found", 2),))


def test_a_count_between_is_known_to_reduced_inspection_of_the_older_standards_alone() -> None:
    for rules, text in ((Z14, "b"), (ISO, "a" * 10 + "b"), (Z14, "rrb")):
        with pytest.raises(BadLot, match="between_needs_reduced"):
            history(rules, text)


def test_a_double_plan_with_a_count_between_after_its_last_sample_accepts() -> None:
    """MIL-STD-105E, table III-C: 3/8 and 8/12 beside Ac 7, Re 10."""
    rules = rules_of("z1.4", "double")
    lot = Lot((Taken(3, 8, 5), Taken(8, 12, 5)))
    assert judge(lot, rules, "reduced") == ("A*", 2)
    with pytest.raises(BadLot, match="undecided"):
        judge(Lot((Taken(3, 8, 5), Taken(8, 12, None))), rules, "reduced")


def test_a_lot_not_accepted_ends_reduced_inspection() -> None:
    steps = history(ISO, "a" * 10 + "r")
    assert steps[-1].after.reason == Reason("not_accepted", ("11",))
    assert (states(steps)[-1], steps[-1].after.score) == ("n", 0)


def test_irregular_production_or_withdrawn_approval_ends_reduced_inspection() -> None:
    eased = history(ISO, "a" * 10)[-1].after
    for conditions, because in (
        (Conditions(steady=False), "irregular"),
        (Conditions(approved=False), "not_approved"),
    ):
        assert review(eased, ISO, conditions).reason.because == because
        after = observe(eased, single(0), ISO, conditions).after
        assert (after.state, after.reason.because) == ("normal", because)
    assert review(eased, ISO, Conditions()) == eased


def test_a_decision_begins_a_state_anew() -> None:
    standing = history(ISO, "aaar")[-1].after
    fresh = decided(standing, "normal", ISO)
    assert fresh == Standing("normal", Reason("decided"), score=0)


@pytest.mark.parametrize(
    ("code", "lot"),
    [
        ("no_sample", Lot(())),
        ("no_sample", Lot((Taken(1, 2, None),))),
        ("negative", single(-1)),
        ("negative", single(0, -1)),
        ("ac_above_re", single(0, 3, 3)),
        ("found_after_end", double(0, 1)),
        ("undecided", double(2)),
        ("undecided", Lot((Taken(1, 4, 2),))),
    ],
)
def test_figures_that_cannot_be_are_refused(code: str, lot: Lot) -> None:
    with pytest.raises(BadLot) as refused:
        observe(start(ISO), lot, rules_of("iso2859-1:1999", "double"))
    assert refused.value.code == code
    assert code in str(refused.value)


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("unknown_edition", ("iso3951",)),
        ("unknown_type", ("z1.4", "triple")),
        ("unknown_discontinue", ("z1.4", "single", "never")),
    ],
)
def test_rules_that_nobody_wrote_are_refused(code: str, arguments: tuple[str, ...]) -> None:
    with pytest.raises(BadLot) as refused:
        rules_of(*arguments)
    assert refused.value.code == code and refused.value.facts["known"]


ALLOWED = {
    "normal": {"normal", "tightened", "reduced"},
    "tightened": {"tightened", "normal", "discontinued"},
    "reduced": {"reduced", "normal"},
    "discontinued": {"discontinued"},
}


@given(st.sampled_from(EDITIONS), st.text("arx", max_size=60), st.booleans(), st.booleans())
def test_states_change_only_as_the_rules_allow(edition: str, text: str, steady: bool, approved: bool) -> None:
    rules = rules_of(edition)
    before = start(rules)
    for step, lot in zip(history(rules, text, Conditions(steady, approved)), text, strict=True):
        after = step.after
        assert step.before == before.state
        assert after.state in ALLOWED[before.state]
        assert step.changed is (after.state != before.state)
        assert (after.score is None) is not (rules.scores and after.state == "normal")
        if lot == "x" or before.state == "discontinued":
            assert after == before
        if lot == "r" and step.counted:
            assert after.in_a_row == 0 and after.state != "reduced"
        if after.state == "reduced":
            assert steady and approved
        if step.changed:
            assert after.lots == after.in_a_row == 0 and not (after.recent or after.failed or after.totals)
        before = after


@given(st.sampled_from(EDITIONS), st.text("ar", max_size=40), st.lists(st.integers(0, 40), max_size=6))
def test_resubmitted_lots_change_nothing_wherever_they_come(
    edition: str, text: str, places: list[int]
) -> None:
    rules = rules_of(edition)
    mixed = list(text)
    for place in places:
        mixed.insert(min(place, len(mixed)), "x")

    def ends(steps: list[Step]) -> list[tuple[object, ...]]:
        return [(s.before, s.outcome, s.score, s.after.state, s.after.in_a_row) for s in steps if s.counted]

    assert ends(history(rules, "".join(mixed))) == ends(history(rules, text))


@given(
    st.sampled_from(EDITIONS),
    st.lists(st.tuples(st.sampled_from((0, 1, 2, 3, 5)), st.integers(-3, 2), st.booleans()), max_size=60),
)
def test_the_rules_of_a_workspace_which_are_written_apart_come_to_the_same(
    edition: Edition, lots: list[tuple[int, int, bool]]
) -> None:
    """``qcdesk.domain.switching`` keeps the state of a supplier in the log; two readings of one text."""
    rules, kept = rules_of(edition), Switching(edition=edition, reduced="beforehand")
    standing, state = start(rules), SeverityState("major")
    for number, (ac, off, good) in enumerate(lots):
        before = standing.state
        if before == "discontinued" or state.severity == "discontinued":
            break
        gap = before == "reduced" and rules.knows_between
        lot = single(0 if good else max(0, ac + off), ac, ac + 3 if gap else None, str(number))
        step = observe(standing, lot, rules)
        result = LotResult(
            number=str(number),
            verdict="rejected" if step.outcome == "R" else "accepted",
            inspected=state.severity,
            ac=ac,
            tighter=ac >= 2 and lot.found <= tighter_ac(ac),
            between=step.outcome == "A*",
        )
        standing, state = step.after, after_lot(state, kept, result)
        assert (standing.state, standing.score or 0) == (state.severity, state.score)
        assert step.changed is state.changed
        if step.changed:
            assert (standing.reason.because, standing.reason.lots) == (
                state.reason.because,
                state.reason.lots,
            )
