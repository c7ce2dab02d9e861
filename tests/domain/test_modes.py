# SPDX-License-Identifier: Apache-2.0
"""Split (trust.md §8.3): each sample is a full one, the overlap counts for both, only there can the two disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain import drawing
from qcdesk.domain.codec import to_data
from qcdesk.domain.events import Finding, RoundOpened, UnitResult
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.judging import Sides, compare_sides, outcome_of, require_complete
from qcdesk.domain.modes import both_saw, looked_for_on, looks_for, rank, units_for
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.refusals import Incomplete
from qcdesk.domain.rounds import Work
from qcdesk.domain.staging import claims_of, judge_check
from tests.domain.cases import content, opened

SEED = bytes(range(16))
SPLIT = content(defects_mode="split", characteristics=())
CODES = {"CRK": "critical", "DEN": "major", "SCR": "minor"}


def split_round(overlap: int | None = None, joined: int = 0) -> RoundOpened:
    """A round of 500 in which all is split; with a fixed overlap, the first units of the sample are common."""
    base = opened(SPLIT)
    n = base.plan.n
    sample = tuple(range(1, n + joined + 1))
    if overlap is None:
        fresh, common = drawing.draw_fresh(SEED, 500, n, sample)
    else:
        fresh, common = tuple(range(401, 401 + n - overlap)), tuple(range(1, overlap + 1))
    return replace(base, sample=sample, fresh=fresh, overlap=common)


ROUND = split_round()
N = ROUND.plan.n
FULL = split_round(overlap=N)


def work(of: RoundOpened, place: str, claims: list[tuple[int, str]]) -> Work:
    """A complete check of a place that claims these codes on these units."""
    findings = tuple(
        Finding(f"{i}", unit, code, CODES[code])  # type: ignore[arg-type]
        for i, (unit, code) in enumerate(claims)
    )
    return Work(results=tuple(UnitResult(u) for u in units_for(of, place)), findings=findings)  # type: ignore[arg-type]


def outcome(of: RoundOpened, first: Work, second: Work) -> tuple[str, tuple[str, ...]]:
    sides = Sides(claims_of(of, first), claims_of(of, second), of)
    found, reasons, _ = outcome_of(of, sides, sides, compare_sides(of, first, second))
    return found, reasons


def claims_on(units: tuple[int, ...]) -> st.SearchStrategy[list[tuple[int, str]]]:
    return st.lists(
        st.tuples(st.sampled_from(units), st.sampled_from(sorted(CODES))), max_size=12, unique=True
    )


first_claims = claims_on(units_for(ROUND, "first"))
second_claims = claims_on(units_for(ROUND, "second"))


def test_each_person_has_a_sample_of_full_size() -> None:
    assert len(units_for(ROUND, "first")) == len(units_for(ROUND, "second")) == N


def test_overlap_and_fresh_units_fill_every_rank_once() -> None:
    assert sorted(rank(ROUND, unit) for unit in units_for(ROUND, "second")) == list(range(1, N + 1))


def test_fresh_units_are_units_of_the_batch_that_the_first_had_not() -> None:
    assert not set(ROUND.fresh) & set(ROUND.sample)
    assert len(set(ROUND.units)) == len(ROUND.units)
    assert all(1 <= unit <= 500 for unit in ROUND.units)


def test_what_joined_the_sample_is_looked_at_by_both() -> None:
    later = split_round(joined=3)
    for unit in (N + 1, N + 2, N + 3):
        assert both_saw(later, unit, "CRK")


def test_the_second_sample_is_incomplete_without_its_fresh_units() -> None:
    with pytest.raises(Incomplete) as refused:
        require_complete(ROUND, work(ROUND, "first", []), "second")
    assert set(refused.value.units) >= set(range(N + 1, N + len(ROUND.fresh) + 1))
    require_complete(ROUND, work(ROUND, "second", []), "second")


def test_a_defect_that_only_one_could_see_is_no_disagreement() -> None:
    alone = next(u for u in range(1, N + 1) if u not in ROUND.overlap)
    assert outcome(ROUND, work(ROUND, "first", [(alone, "CRK")]), work(ROUND, "second", [])) == (
        "rejected",
        ("union",),
    )
    fresh = N + 1
    assert outcome(ROUND, work(ROUND, "first", []), work(ROUND, "second", [(fresh, "CRK")])) == (
        "rejected",
        ("union",),
    )


def test_a_critical_of_one_on_a_unit_that_both_saw_is_a_disagreement() -> None:
    common = ROUND.overlap[0]
    found, reasons = outcome(ROUND, work(ROUND, "first", [(common, "CRK")]), work(ROUND, "second", []))
    assert found == "disagreed"
    assert "critical_by_one" in reasons


def test_only_units_that_both_saw_are_compared() -> None:
    alone = next(u for u in range(1, N + 1) if u not in ROUND.overlap)
    compared = compare_sides(
        ROUND, work(ROUND, "first", [(alone, "SCR")]), work(ROUND, "second", [(N + 1, "SCR")])
    )
    total = compared.total
    assert (total.both, total.first_only, total.second_only) == (0, 0, 0)
    assert total.neither == len(ROUND.overlap)
    assert total.estimate is not None and total.estimate.sample == len(ROUND.overlap)


@given(first_claims, second_claims)
def test_split_never_accepts_what_either_sample_alone_rejects(
    first: list[tuple[int, str]], second: list[tuple[int, str]]
) -> None:
    one, other = work(ROUND, "first", first), work(ROUND, "second", second)
    if outcome(ROUND, one, other)[0] == "accepted":
        assert judge_check(ROUND, one, "first")[1] == "accepted"
        assert judge_check(ROUND, other, "second")[1] == "accepted"


@given(claims_on(units_for(FULL, "first")), claims_on(units_for(FULL, "first")))
def test_split_with_full_overlap_is_blind(
    first: list[tuple[int, str]], second: list[tuple[int, str]]
) -> None:
    blind = opened(content(characteristics=()))
    assert outcome(FULL, work(FULL, "first", first), work(FULL, "second", second)) == outcome(
        blind, work(blind, "first", first), work(blind, "second", second)
    )


@given(first_claims, second_claims)
def test_only_what_both_looked_at_is_disputed(
    first: list[tuple[int, str]], second: list[tuple[int, str]]
) -> None:
    sides = Sides(
        claims_of(ROUND, work(ROUND, "first", first)), claims_of(ROUND, work(ROUND, "second", second)), ROUND
    )
    for claim in sides.disputed():
        assert looks_for(ROUND, "first", claim.unit, claim.code)
        assert looks_for(ROUND, "second", claim.unit, claim.code)


@given(
    st.integers(1, 400).flatmap(lambda lot: st.tuples(st.just(lot), st.integers(1, lot))),
    st.binary(min_size=16, max_size=16),
)
def test_overlap_and_fresh_units_make_a_full_sample_of_any_batch(sizes: tuple[int, int], seed: bytes) -> None:
    lot, n = sizes
    sample = drawing.draw(seed, lot, n)
    fresh, overlap = drawing.draw_fresh(seed, lot, n, sample)
    assert len(fresh) + len(overlap) == n
    assert not set(fresh) & set(sample)
    assert list(overlap) == sorted(set(overlap))
    assert len(overlap) >= min(n, drawing.LEAST_COMMON)
    assert 3 * len(overlap) >= n


def test_counted_goods_cannot_be_split() -> None:
    with pytest.raises(BadInput) as refused:
        content(tally=True, characteristics=(), defects_mode="split").require_complete()
    assert refused.value.code == "tally_is_blind"


def test_a_blind_procedure_is_spelled_as_before_there_were_modes() -> None:
    spelled = to_data(content())
    assert "defects_mode" not in spelled
    assert to_data(SPLIT)["defects_mode"] == "split"


def test_mixed_modes_let_the_second_look_at_every_blind_unit_and_at_the_fresh_ones() -> None:
    mixed = replace(
        ROUND,
        procedure=replace(ROUND.procedure, content=content(defects_mode="split")),
    )
    assert units_for(mixed, "second") == tuple(range(1, len(mixed.units) + 1))
    alone = next(u for u in range(1, N + 1) if u not in ROUND.overlap)
    assert not both_saw(mixed, alone, "DEN")
    assert both_saw(mixed, alone, "DIA")
    assert not looks_for(mixed, "second", N + 1, "DIA")
    assert looked_for_on(mixed, "second", N + 1) == ("CRK", "DEN", "SCR")
    assert looked_for_on(mixed, "second", alone) == ()
    assert looked_for_on(mixed, "first", alone) == ("CRK", "DEN", "SCR")


def test_what_is_reviewed_is_looked_for_by_the_first_alone() -> None:
    seal = Characteristic("SEAL", "Seal", "attribute", mode="review", destructive=True)
    reviewed = replace(ROUND, procedure=replace(ROUND.procedure, content=content(characteristics=(seal,))))
    assert "SEAL" in looked_for_on(reviewed, "first", 1)
    assert "SEAL" not in looked_for_on(reviewed, "second", 1)
