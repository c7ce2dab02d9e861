# SPDX-License-Identifier: Apache-2.0
"""Review (trust.md §8.3): every claim is opened, and what the second says of it can be disputed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.comparison import compare
from qcdesk.domain.events import Finding, Measured, Outcome, Reviewed, RoundOpened, UnitResult
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.judging import Sides, compare_sides, outcome_of, settle, sides_of
from qcdesk.domain.modes import codes_in_review, mode_of_whole, reviewed_alone, units_for
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.refusals import NotReviewed, UnresolvedUnits
from qcdesk.domain.reviewing import Opened, claims_to_review, open_claim, require_reviewed, spoken_of
from qcdesk.domain.rounds import Withdrawal, Work
from qcdesk.domain.staging import claims_of, judge_check
from tests.domain.cases import content, opened

PULL = Characteristic(
    "PUL", "Pull", "variable", "major", "N", lower=Decimal(50), mode="review", destructive=True
)
WELD = Characteristic("WLD", "Weld", "attribute", "critical", mode="review", destructive=True)
ALONE = opened(content(defects=(), characteristics=(PULL, WELD)))
MIXED = opened(content(characteristics=(*content().characteristics, PULL, WELD)))
N = len(ALONE.sample)


def crack(unit: int, code: str = "WLD") -> Finding:
    return Finding(f"{unit}-{code}", unit, code, "critical" if code in ("WLD", "CRK") else "minor")


def pull(unit: int, value: int) -> Measured:
    return Measured(f"{unit}-pull", unit, "PUL", str(value), str(value), "N", value >= 50, "major")


def first(*entries: Finding | Measured) -> Work:
    return Work(
        results=tuple(UnitResult(u) for u in range(1, N + 1)),
        findings=tuple(e for e in entries if isinstance(e, Finding)),
        measured=tuple(e for e in entries if isinstance(e, Measured)),
    )


def second(of: Work, opened_: RoundOpened = ALONE, not_so: frozenset[int] = frozenset()) -> Work:
    """All that is to review, opened; what stands on some units is not so."""
    claims = claims_to_review(opened_, of)
    said = (Opened(c.claim, c.unit not in not_so, "seen" if c.unit in not_so else "") for c in claims)
    return Work(reviewed=tuple(open_claim(claims, one) for one in said))


def outcome(a: Work, b: Work, of: RoundOpened = ALONE) -> tuple[Outcome, tuple[str, ...]]:
    sides = sides_of(of, a, b)
    return outcome_of(of, sides, sides, compare_sides(of, a, b))[:2]


def test_a_procedure_in_which_all_is_reviewed_says_so() -> None:
    assert reviewed_alone(ALONE.procedure.content)
    assert mode_of_whole(ALONE.procedure.content) == "review"
    assert not reviewed_alone(MIXED.procedure.content)
    assert codes_in_review(MIXED.procedure.content) == {"PUL", "WLD"}
    assert units_for(ALONE, "second") == ()


def test_every_defect_and_every_value_out_of_limits_is_to_be_opened_and_nothing_else() -> None:
    work = replace(
        first(crack(2), crack(3), crack(5, "SCR"), pull(4, 48), pull(6, 55)),
        withdrawn=(Withdrawal("3-WLD", "slip"),),
    )
    assert [(c.unit, c.code) for c in claims_to_review(MIXED, work)] == [(2, "WLD"), (4, "PUL")]


def test_a_corrected_reading_is_not_to_be_opened() -> None:
    again = replace(pull(4, 55), id="later", replaces="4-pull")
    assert claims_to_review(ALONE, first(pull(4, 48), again)) == ()


def test_an_unopened_claim_blocks_the_signature() -> None:
    claims = claims_to_review(ALONE, first(crack(2), pull(4, 48)))
    with pytest.raises(NotReviewed) as refused:
        require_reviewed(claims, Work(reviewed=claims[:1]))
    assert refused.value.claims == ((4, "PUL"),)
    require_reviewed(claims, Work(reviewed=claims))


def test_only_a_claim_of_the_first_check_is_opened_and_not_so_needs_a_reason() -> None:
    claims = claims_to_review(ALONE, first(crack(2)))
    with pytest.raises(BadInput) as refused:
        open_claim(claims, Opened("another"))
    assert refused.value.code == "unknown_claim"
    with pytest.raises(BadInput) as refused:
        open_claim(claims, Opened("2-WLD", agrees=False, note="  "))
    assert refused.value.code == "missing"
    assert open_claim(claims, Opened("2-WLD", agrees=False, note=" a scratch ")).note == "a scratch"


def test_what_is_opened_counts_as_the_first_wrote_it() -> None:
    claims = claims_to_review(ALONE, first(replace(crack(2), count=4)))
    assert open_claim(claims, Opened("2-WLD")) == Reviewed("2-WLD", 2, "WLD", "critical", 4)


def test_agreeing_claims_and_not_agreeing_does_not() -> None:
    a = first(pull(3, 48), pull(4, 48))
    assert {c.unit for c in claims_of(ALONE, second(a))} == {3, 4}
    assert {c.unit for c in claims_of(ALONE, second(a, not_so=frozenset({4})))} == {3}


def test_what_is_measured_again_speaks_before_what_was_said() -> None:
    a = first(pull(3, 48), pull(4, 48))
    again = replace(second(a), measured=(replace(pull(4, 61), id="own"),))
    assert {c.unit for c in claims_of(ALONE, again)} == {3}
    worse = replace(second(a, not_so=frozenset({4})), measured=(replace(pull(4, 40), id="own"),))
    assert [c.count for c in claims_of(ALONE, worse) if c.unit == 4] == [1]


def test_a_critical_that_the_second_agrees_with_rejects() -> None:
    a = first(crack(2))
    assert outcome(a, second(a)) == ("rejected", ("critical_both",))


def test_a_critical_that_the_second_does_not_see_is_a_disagreement_for_a_third() -> None:
    a = first(crack(2))
    b = second(a, not_so=frozenset({2}))
    assert outcome(a, b) == ("disagreed", ("verdicts_differ", "critical_by_one"))
    sides = sides_of(ALONE, a, b)
    assert [(c.unit, c.code) for c in sides.disputed()] == [(2, "WLD")]
    with pytest.raises(UnresolvedUnits):
        settle(ALONE, sides, ())


def test_not_agreeing_alone_never_accepts_what_the_first_rejects() -> None:
    a = first(*(pull(u, 40) for u in range(1, 9)))
    assert outcome(a, second(a, not_so=frozenset(range(1, 9))))[0] == "disagreed"


def test_what_only_the_second_finds_again_is_a_disagreement() -> None:
    b = Work(findings=(crack(7),))
    assert outcome(first(), b) == ("disagreed", ("verdicts_differ", "critical_by_one"))


def test_nothing_that_was_reviewed_counts_as_agreement() -> None:
    a = first(*(pull(u, 40) for u in range(1, 9)))
    compared = compare_sides(ALONE, a, second(a))
    assert (compared.total.both, compared.total.first_count, compared.total.kappa) == (0, 0, None)
    assert compared.total.estimate is None
    assert len(compared.not_compared) == N


def test_what_a_check_set_aside_only_opened_is_opened_again() -> None:
    a = first(crack(2))
    aside = second(a)
    b = second(a, not_so=frozenset({2}))
    sides = sides_of(ALONE, a, b, {"second": (aside,)})
    assert [(c.unit, c.code) for c in sides.disputed()] == [(2, "WLD")]


def test_marks_in_review_alone_are_spoken_of() -> None:
    a = first(crack(2), pull(4, 48))
    b = replace(second(a, MIXED), findings=(crack(1, "CRK"), crack(9)))
    assert spoken_of(MIXED, b) == {(2, "WLD"), (4, "PUL"), (9, "WLD")}


UNITS = st.sets(st.integers(1, 12), max_size=8)


@given(UNITS, UNITS, UNITS, UNITS)
def test_a_review_never_accepts_what_either_rejects(
    low: set[int], cracked: set[int], contested: set[int], again: set[int]
) -> None:
    """Whatever the second says of the first's claims, a batch that either person rejects is not accepted."""
    a = first(*(pull(u, 40) for u in sorted(low)), *(crack(u) for u in sorted(cracked)))
    b = replace(
        second(a, not_so=frozenset(contested)),
        measured=tuple(replace(pull(u, 45), id=f"own-{u}") for u in sorted(again)),
    )
    found = outcome(a, b)[0]
    verdicts = {judge_check(ALONE, a)[1], judge_check(ALONE, b, "second")[1]}
    if "rejected" in verdicts:
        assert found != "accepted"
    if cracked - contested:
        assert found == "rejected"


@given(UNITS, UNITS)
def test_who_agrees_with_everything_rejects_exactly_what_the_first_rejects(
    low: set[int], cracked: set[int]
) -> None:
    a = first(*(pull(u, 40) for u in sorted(low)), *(crack(u) for u in sorted(cracked)))
    assert outcome(a, second(a))[0] == judge_check(ALONE, a)[1]


def test_a_blind_round_has_nothing_to_say_of_review() -> None:
    blind = opened()
    work = first(crack(5, "SCR"))
    assert claims_to_review(blind, work) == ()
    assert spoken_of(blind, work) == frozenset()
    assert Sides(claims_of(blind, work), (), blind).disputed()
    assert compare(claims_of(blind, work), (), blind.plan).total.first_only == 1
