# SPDX-License-Identifier: Apache-2.0
"""Verdicts (trust.md §8.3): missing is not good, the union is judged, disagreement comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.comparison import Comparison, compare
from qcdesk.domain.events import Finding, Measured, Resolution, Reviewed, UnitResult
from qcdesk.domain.judging import (
    Sides,
    compare_sides,
    outcome_of,
    require_complete,
    seen_of,
    settle,
    sides_of,
)
from qcdesk.domain.refusals import Incomplete, NotDoneNotAllowed, NotReviewed, PhotosMissing, UnresolvedUnits
from qcdesk.domain.rounds import Withdrawal, Work
from qcdesk.domain.sampling import Claimed, DefectClass
from qcdesk.domain.staging import claims_of, judge_check
from tests.domain.cases import content, opened

OPENED = opened()  # lot 500: critical n = 80 c = 0, major n = 50 Ac 1, minor n = 50 Ac 5
N = len(OPENED.sample)


def finding(unit: int | None, code: str, defect_class: DefectClass, count: int = 1) -> Finding:
    return Finding(f"{unit}-{code}", unit, code, defect_class, count)


def reading(unit: int, value: str, *, inside: bool = True, replaces: str | None = None) -> Measured:
    return Measured(f"{unit}-{value}", unit, "DIA", value, value, "mm", inside, "major", replaces=replaces)


def whole(*findings: Finding) -> Work:
    return Work(
        results=tuple(UnitResult(u) for u in range(1, N + 1)),
        findings=findings,
        measured=tuple(reading(u, "12.00") for u in range(1, N + 1)),
    )


def test_a_unit_without_a_result_blocks_the_signature() -> None:
    work = whole()
    short = Work(results=work.results[:-2], measured=work.measured)
    with pytest.raises(Incomplete) as refused:
        require_complete(OPENED, short)
    assert refused.value.units == (N - 1, N)


@pytest.mark.parametrize("tally", [False, True])
def test_a_planned_photo_that_is_missing_blocks_the_signature(tally: bool) -> None:
    planned = opened(content(photo_classes=("critical",), tally=tally, characteristics=()))
    bare = finding(None if tally else 3, "CRK", "critical")
    work = whole(bare, finding(None if tally else 4, "DEN", "major"))
    work = replace(work, measured=(), tallied=len(planned.sample) if tally else 0)
    with pytest.raises(PhotosMissing) as refused:
        require_complete(planned, work)
    assert refused.value.findings == ((bare.unit, "CRK"),)
    require_complete(planned, replace(work, findings=(replace(bare, photo="ab" * 32), *work.findings[1:])))
    require_complete(planned, replace(work, withdrawn=(Withdrawal(bare.id, "slip"),)))


def test_a_reading_not_taken_blocks_the_signature() -> None:
    work = whole()
    with pytest.raises(Incomplete) as refused:
        require_complete(OPENED, Work(results=work.results, measured=work.measured[1:]))
    assert refused.value.readings == ((1, "DIA"),)


def test_a_complete_check_may_be_signed() -> None:
    require_complete(OPENED, whole())


def test_leaving_a_unit_out_is_refused_unless_the_procedure_allows_it() -> None:
    work = whole()
    skipped = Work(results=(*work.results[:-1], UnitResult(N, "broken")), measured=work.measured[:-1])
    with pytest.raises(NotDoneNotAllowed):
        require_complete(OPENED, skipped)
    require_complete(opened(content(not_done_allowed=True)), skipped)


def test_a_claim_in_review_that_was_not_opened_blocks_the_signature() -> None:
    claim = Reviewed("c" * 32, 3, "DIA", "major")
    with pytest.raises(NotReviewed) as refused:
        require_complete(OPENED, whole(), "second", (claim,))
    assert refused.value.claims == ((3, "DIA"),)
    require_complete(OPENED, replace(whole(), reviewed=(claim,)), "second", (claim,))


def test_a_tally_is_complete_when_every_drawn_unit_was_counted() -> None:
    tallied = opened(content(tally=True, characteristics=()))
    with pytest.raises(Incomplete):
        require_complete(tallied, Work(tallied=len(tallied.sample) - 1))
    require_complete(tallied, Work(tallied=len(tallied.sample)))


def test_a_withdrawn_finding_claims_nothing_and_stays_in_the_work() -> None:
    found = finding(3, "DEN", "major")
    work = Work(findings=(found,), withdrawn=(Withdrawal(found.id, "slip"),))
    assert claims_of(OPENED, work) == ()
    assert work.findings == (found,)


def test_a_reading_out_of_limits_is_a_claim_until_it_is_corrected() -> None:
    bad = reading(4, "12.06", inside=False)
    assert claims_of(OPENED, Work(measured=(bad,))) == (Claimed(4, "DIA", "major"),)
    corrected = Work(measured=(bad, reading(4, "12.01", replaces=bad.id)))
    assert claims_of(OPENED, corrected) == ()


def test_the_verdict_is_computed_from_the_findings() -> None:
    assert judge_check(OPENED, whole())[1] == "accepted"
    assert judge_check(OPENED, whole(finding(1, "CRK", "critical")))[1] == "rejected"


LEAVES_OUT = opened(content(not_done_allowed=True))


def leaving_out(units: int, *findings: Finding) -> Work:
    """A check of all units but the first so many."""
    work = whole(*findings)
    results = tuple(UnitResult(r.unit, "no time" if r.unit <= units else None) for r in work.results)
    return replace(work, results=results, measured=tuple(m for m in work.measured if m.unit > units))


@pytest.mark.parametrize("units", [0, 1, 2, 6, N])
def test_a_unit_left_out_weighs_against_every_class_like_a_nonconforming_one(units: int) -> None:
    """A plan that asks for n units accepts on n units: of one that was left out nobody knows that it conforms."""
    classes, verdict = judge_check(LEAVES_OUT, leaving_out(units))
    for one in classes:
        assert one.counted == 0
        assert (one.verdict == "accepted") == (min(units, one.n) <= one.ac)  # type: ignore[operator]
    assert (verdict == "accepted") == (units == 0)


def test_a_unit_left_out_on_which_something_was_found_weighs_once() -> None:
    judged = {
        c.defect_class: c for c in judge_check(LEAVES_OUT, leaving_out(1, finding(1, "DEN", "major")))[0]
    }
    assert (judged["major"].counted, judged["major"].verdict) == (1, "accepted")


def test_what_one_left_out_is_not_accepted_on_the_other_ones_word() -> None:
    """Neither by the union nor by a third person: two are to have looked at every unit of the sample."""
    lazy, careful = leaving_out(N), whole()
    both, between = sides_of(LEAVES_OUT, lazy, careful), compare_sides(LEAVES_OUT, lazy, careful)
    assert outcome_of(LEAVES_OUT, both, both, between)[:2] == ("disagreed", ("verdicts_differ",))
    assert settle(LEAVES_OUT, both, ())[0] == "rejected"


def sides(first: list[Claimed], second: list[Claimed]) -> Sides:
    return Sides(tuple(first), tuple(second))


def outcome(first: list[Claimed], second: list[Claimed]) -> tuple[str, tuple[str, ...]]:
    both = sides(first, second)
    found, reasons, _ = outcome_of(OPENED, both, both, compared(first, second))
    return found, reasons


def judge_all(claims: tuple[Claimed, ...]) -> bool:
    work = whole(*(finding(c.unit, c.code, c.defect_class, c.count) for c in claims))
    return judge_check(OPENED, work)[1] == "accepted"


def compared(first: list[Claimed], second: list[Claimed]) -> Comparison:
    return compare(first, second, OPENED.plan, N)


DENTS = [Claimed(u, "DEN", "major") for u in (1, 2, 3)]


def test_both_accept_but_their_union_rejects() -> None:
    plan = OPENED.plan.of("major")
    assert plan is not None
    one, other = DENTS[: plan.ac], DENTS[plan.ac : plan.ac + plan.re]
    assert judge_all(tuple(one)) and judge_all(tuple(other[: plan.ac]))
    assert outcome(one, other[: plan.ac]) == ("rejected", ("union",))


def test_clean_checks_accept() -> None:
    assert outcome([], []) == ("accepted", ("union",))


def test_a_critical_claimed_by_one_disagrees_even_though_only_one_rejects() -> None:
    found, reasons = outcome([Claimed(5, "CRK", "critical")], [])
    assert found == "disagreed"
    assert "critical_by_one" in reasons


def test_a_critical_claimed_by_both_rejects() -> None:
    crack = [Claimed(5, "CRK", "critical")]
    assert outcome(crack, crack) == ("rejected", ("critical_both",))


def test_verdicts_that_differ_disagree() -> None:
    found, reasons = outcome(DENTS, [])
    assert (found, reasons) == ("disagreed", ("verdicts_differ",))


def test_a_low_agreement_disagrees_only_from_ten_bad_units_on() -> None:
    strict = opened(content(agreement_floor_percent=90))
    minors = [Claimed(u, "SCR", "minor") for u in range(60, 70)]  # beyond the minor's own n: nothing counts
    few, many = minors[:4], minors
    for first, expected in ((few, "accepted"), (many, "disagreed")):
        both = sides(first, [])
        result = outcome_of(strict, both, both, compare(first, [], strict.plan, N))
        assert result[0] == expected


def test_the_third_settles_every_disputed_claim_and_the_union_is_judged_again() -> None:
    both = sides([Claimed(5, "CRK", "critical")], [])
    with pytest.raises(UnresolvedUnits) as refused:
        settle(OPENED, both, ())
    assert refused.value.units == (5,)
    said = Resolution(5, "CRK", "critical", 1, holds=False)
    assert settle(OPENED, both, (said,))[0] == "accepted"
    said = Resolution(5, "CRK", "critical", 1, holds=True)
    assert settle(OPENED, both, (said,))[0] == "rejected"


def test_the_third_cannot_settle_away_what_both_found() -> None:
    both = sides(DENTS, DENTS)
    said = tuple(Resolution(c.unit, c.code, c.defect_class, 1, holds=False) for c in DENTS)
    assert settle(OPENED, both, said)[0] == "rejected"


codes = st.sampled_from([("CRK", "critical"), ("DEN", "major"), ("SCR", "minor")])
claims = st.lists(st.builds(lambda u, c: Claimed(u, c[0], c[1]), st.integers(1, N), codes), max_size=12)


@given(claims, claims)
def test_no_round_is_accepted_whose_union_rejects(first: list[Claimed], second: list[Claimed]) -> None:
    found, _ = outcome(first, second)
    union_accepts = judge_all(sides(first, second).union())
    assert found != "accepted" or union_accepts


@given(claims, claims)
def test_who_was_first_makes_no_difference(first: list[Claimed], second: list[Claimed]) -> None:
    assert outcome(first, second) == outcome(second, first)


TALLIED = opened(content(tally=True, characteristics=()))  # major Ac 1, minor Ac 5


def test_of_counted_goods_the_difference_of_the_counts_is_disputed() -> None:
    sides = Sides((Claimed(None, "SCR", "minor", 7), Claimed(None, "DEN", "major", 1)),
                  (Claimed(None, "SCR", "minor", 3), Claimed(None, "DEN", "major", 1)), TALLIED)  # fmt: skip
    assert sides.disputed() == (Claimed(None, "SCR", "minor", 4),)


@pytest.mark.parametrize(("holds", "verdict", "counted"), [(True, "rejected", 7), (False, "accepted", 3)])
def test_the_third_settles_by_how_many_one_counted_more(holds: bool, verdict: str, counted: int) -> None:
    sides = Sides((Claimed(None, "SCR", "minor", 7),), (Claimed(None, "SCR", "minor", 3),), TALLIED)
    with pytest.raises(UnresolvedUnits):
        settle(TALLIED, sides, ())
    settled, classes = settle(TALLIED, sides, (Resolution(None, "SCR", "minor", 4, holds),))
    assert settled == verdict
    assert next(c.counted for c in classes if c.defect_class == "minor") == counted


def test_the_third_may_settle_away_what_only_one_counted() -> None:
    sides = Sides((Claimed(None, "SCR", "minor", 7),), (), TALLIED)
    assert sides.disputed() == (Claimed(None, "SCR", "minor", 7),)
    assert settle(TALLIED, sides, (Resolution(None, "SCR", "minor", 7, False),))[0] == "accepted"


def test_seen_tells_units_readings_and_seconds() -> None:
    seen = seen_of(OPENED, whole(), 1_000_000, 61_000_000)
    assert (seen.units, seen.of, seen.not_done, seen.readings, seen.seconds) == (N, N, 0, N, 60)
