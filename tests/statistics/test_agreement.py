# SPDX-License-Identifier: Apache-2.0
"""Kappa equals published and hand-made figures, and says why where it does not exist."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.agreement import WEIGHTS, BadRatings, agreement, agreement_on_units, crossed

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
counts = st.integers(0, 200)


THREE = ((75, 1, 4), (5, 4, 1), (0, 0, 10))


def test_kappa_of_three_categories_equals_the_hand_computed_one() -> None:
    # Observed 0.89; by chance 0.80 x 0.80 + 0.10 x 0.05 + 0.10 x 0.15 = 0.66.
    found = agreement(THREE)
    assert found.kappa == Fraction(23, 34)
    assert found.share == Fraction(89, 100)


def test_the_standard_error_equals_the_delta_method_done_by_numbers() -> None:
    """Var(kappa) = (sum p g^2 - (sum p g)^2) / n, g the derivative of kappa by each cell's share."""
    cells = [(i, j, THREE[i][j] / 100) for i in range(3) for j in range(3)]
    step = 1e-6
    slopes = []
    for i, j, _ in cells:
        up, down = ({(a, b): p + (s if (a, b) == (i, j) else 0) for a, b, p in cells} for s in (step, -step))
        slopes.append((kappa_of(up) - kappa_of(down)) / (2 * step))
    mean = sum(p * g for (_, _, p), g in zip(cells, slopes, strict=True))
    square = sum(p * g * g for (_, _, p), g in zip(cells, slopes, strict=True))
    assert agreement(THREE).se == pytest.approx(((square - mean**2) / 100) ** 0.5, rel=1e-6)


def kappa_of(share: dict[tuple[int, int], float]) -> float:
    rows = [sum(p for (i, _), p in share.items() if i == k) for k in range(3)]
    columns = [sum(p for (_, j), p in share.items() if j == k) for k in range(3)]
    chance = sum(r * c for r, c in zip(rows, columns, strict=True))
    return (sum(share[k, k] for k in range(3)) - chance) / (1 - chance)


def test_kappa_of_two_people_equals_a_published_example() -> None:
    """Wikipedia, Cohen's kappa, first example: 20 both, 5 and 10 by one, 15 neither: 0.70, by chance 0.50, kappa 0.4.

    Open at: en.wikipedia.org/wiki/Cohen's_kappa.
    """
    found = agreement_on_units(20, 5, 10, 15)
    assert (found.n, found.agreed, found.kappa) == (50, 35, Fraction(2, 5))


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference figures are not beside this checkout")
def test_kappa_equals_the_reference_file() -> None:
    cases = json.loads((REFERENCE / "msa.json").read_text(encoding="utf-8"))["cohen"]
    for case in cases:
        found = agreement(case["table"])
        assert found.share is not None
        assert float(100 * found.share) == pytest.approx(case["agreement_percent"])
        for weights in WEIGHTS:
            found, wanted = agreement(case["table"], weights=weights), case[weights]
            assert found.kappa is not None
            assert found.se_chance is not None
            assert float(found.kappa) == pytest.approx(wanted["kappa"], abs=1e-6)
            assert found.se == pytest.approx(wanted["ase"], abs=1e-6)
            assert (found.low, found.high) == pytest.approx(tuple(wanted["ci95"]), abs=1e-6)
            assert float(found.kappa) / found.se_chance == pytest.approx(wanted["z_H0"], abs=1e-6)


def test_the_standard_errors_equal_published_ones() -> None:
    """Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd edition 2003, section 18.1.

    Open at (table): stattutorials.com/SAS/TUTORIAL-KAPPA.htm; the errors also come by numbers, as tested above.
    """
    found = agreement(THREE)
    assert (found.kappa, found.se, found.se_chance) == pytest.approx((0.676, 0.088, 0.076), abs=5e-4)


def test_two_categories_are_weighted_alike_however_they_are_weighted() -> None:
    table = ((20, 5), (10, 15))
    assert len({agreement(table, weights=weights).kappa for weights in WEIGHTS}) == 1


def test_near_misses_of_ordered_categories_count_as_half_agreed() -> None:
    near, far = ((5, 5, 0), (0, 5, 5), (0, 0, 5)), ((5, 0, 5), (5, 5, 0), (0, 0, 5))
    kappas = [agreement(table, weights="linear").kappa for table in (near, far)]
    assert kappas[0] is not None
    assert kappas[1] is not None
    assert kappas[0] > kappas[1]


def test_ratings_are_crossed_over_every_category_also_an_unused_one() -> None:
    assert crossed("aab", "abb", "abc") == ((1, 1, 0), (0, 1, 0), (0, 0, 0))


@pytest.mark.parametrize(
    ("first", "second", "categories", "code"),
    [
        ("ab", "a", "ab", "lengths_differ"),
        ("ab", "ax", "ab", "unknown_category"),
        ("aa", "aa", "a", "too_few_categories"),
        ("ab", "ab", "aba", "category_twice"),
    ],
)
def test_ratings_that_cannot_be_crossed_are_refused(
    first: str, second: str, categories: str, code: str
) -> None:
    with pytest.raises(BadRatings) as refused:
        crossed(first, second, categories)
    assert refused.value.code == code


def test_kappa_does_not_exist_when_both_use_one_category_only() -> None:
    for found in (agreement_on_units(0, 0, 0, 80), agreement_on_units(80, 0, 0, 0)):
        assert (found.kappa, found.se, found.reason) == (None, None, "no_variation")
        assert found.share == 1


def test_kappa_does_not_exist_without_units() -> None:
    found = agreement_on_units(0, 0, 0, 0)
    assert (found.kappa, found.share, found.reason) == (None, None, "no_units")


def test_kappa_is_zero_when_one_person_calls_everything_good() -> None:
    found = agreement_on_units(0, 0, 6, 74)
    assert found.kappa == 0
    assert found.constant
    assert found.share == Fraction(74, 80)
    assert not agreement_on_units(1, 0, 5, 74).constant


@pytest.mark.parametrize("table", [((1, 2),), ((1, -1), (0, 3)), ((1, 2), (3,))])
def test_a_table_that_is_not_square_or_counts_below_zero_is_refused(
    table: tuple[tuple[int, ...], ...],
) -> None:
    with pytest.raises(ValueError, match="square"):
        agreement(table)


@given(counts, counts, counts, counts)
def test_kappa_is_symmetric_and_never_above_1(both: int, first: int, second: int, neither: int) -> None:
    found, turned = (
        agreement_on_units(both, first, second, neither),
        agreement_on_units(both, second, first, neither),
    )
    assert found.kappa == turned.kappa
    assert (found.kappa is None) == (found.reason is not None)
    if found.kappa is not None:
        assert found.low is not None
        assert found.high is not None
        assert -1 <= found.low <= found.kappa <= found.high <= 1
        assert (found.kappa == 1) == (first == second == 0)
