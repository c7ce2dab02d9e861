# SPDX-License-Identifier: Apache-2.0
"""What the replay counts anew of two checks is what the program compares, whatever the two found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.checker.rules import comparing
from qcdesk.checker.rules.state import Check, Plan, Round
from qcdesk.domain.codec import to_data
from qcdesk.domain.comparison import compare
from qcdesk.domain.sampling import Claimed, ClassRule, DefectClass, plans_for

RULES = (
    ClassRule("critical", "zero", n=12),
    ClassRule("major", "zero", n=12),
    ClassRule("minor", "zero", n=5),
)
PLAN = plans_for(RULES, 40, "normal")
CODES: dict[str, DefectClass] = {"CRK": "critical", "DEN": "major", "BUR": "major", "SCR": "minor"}
CLAIMS = st.dictionaries(
    st.tuples(st.integers(1, 14), st.sampled_from(sorted(CODES))), st.integers(1, 3), max_size=14
)
COUNTS = st.dictionaries(st.sampled_from(sorted(CODES)), st.integers(1, 9))
LEFT_OUT = st.sets(st.integers(1, 14), max_size=3)


def round_of(*, tally: bool) -> Round:
    """Return a round of twelve drawn units and two that joined."""
    plans = [Plan(p.defect_class, p.n, p.ac, p.re, p.basis) for p in PLAN.classes]
    return Round(
        id="r", no=1, hash="", code="", version=1, procedure_hash="", sample=list(range(1, 15)), plans=plans,
        drawn=12, opened={}, header={}, limits={}, tally=tally, qualification_required=False,
        maker_may_check_first=False, not_done_allowed=True, floor=None, classes={**CODES},
    )  # fmt: skip


def check(claims: dict[tuple[int | None, str], int], left_out: set[int]) -> Check:
    """Return a check that claims this."""
    found = {str(i): (u, c, str(CODES[c]), n) for i, ((u, c), n) in enumerate(claims.items())}
    units = {u: "broken" if u in left_out else None for u in range(1, 15)}
    return Check("c", "first", "p", findings=found, units=units)


def claimed(claims: dict[tuple[int | None, str], int]) -> list[Claimed]:
    """Return the same for the program."""
    return [Claimed(u, c, CODES[c], n) for (u, c), n in claims.items()]


def tallied(counts: dict[str, int]) -> dict[tuple[int | None, str], int]:
    """Return counts as claims on no unit."""
    return {(None, code): n for code, n in counts.items()}


@given(CLAIMS, CLAIMS, LEFT_OUT, LEFT_OUT)
def test_units_are_compared_alike(
    a: dict[tuple[int | None, str], int], b: dict[tuple[int | None, str], int], x: set[int], y: set[int]
) -> None:
    program = compare(claimed(a), claimed(b), PLAN, 14, not_compared=x | y)
    own = comparing.compared(round_of(tally=False), 40, check(a, x), check(b, y))
    assert comparing.same(to_data(program), own)
    assert not comparing.same(to_data(program), {**own, "sample": 13})


@given(COUNTS, COUNTS)
def test_tallies_are_compared_alike(a: dict[str, int], b: dict[str, int]) -> None:
    mine, others = tallied(a), tallied(b)
    program = compare(claimed(mine), claimed(others), PLAN, 14, tally=True)
    own = comparing.compared(round_of(tally=True), 40, check(mine, set()), check(others, set()))
    assert comparing.same(to_data(program), own)


def test_more_drawn_than_there_is_has_no_figures() -> None:
    with pytest.raises(comparing.NoFigures):
        comparing.compared(round_of(tally=False), 11, check({}, set()), check({}, set()))


def test_agreement_is_held_against_the_floor_beyond_chance_and_only_from_ten_units_on() -> None:
    few = {"both": 4, "first_only": 3, "second_only": 2, "kappa": "0.100000"}
    enough = {**few, "second_only": 3}
    assert not comparing.below_floor(60, {"total": few})
    assert comparing.below_floor(60, {"total": enough})
    assert not comparing.below_floor(10, {"total": enough})
    assert not comparing.below_floor(None, {"total": enough})
    assert not comparing.below_floor(60, {"total": {**enough, "kappa": None}})
