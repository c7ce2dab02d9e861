# SPDX-License-Identifier: Apache-2.0
"""Kappa equals published and hand-made figures, and says why where it does not exist."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.agreement import agreement, agreement_on_units

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


def test_kappa_of_two_people_equals_the_hand_computed_one() -> None:
    # 20 both, 5 and 10 by one, 15 neither: observed 0.70, by chance 0.50.
    found = agreement_on_units(20, 5, 10, 15)
    assert (found.n, found.agreed, found.kappa) == (50, 35, Fraction(2, 5))


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference figures are not beside this checkout")
def test_kappa_equals_the_reference_file() -> None:
    cases = json.loads((REFERENCE / "msa.json").read_text(encoding="utf-8"))["cohen"]
    for case in cases:
        found = agreement(case["table"])
        assert found.kappa is not None
        assert found.share is not None
        assert float(found.kappa) == pytest.approx(case["unweighted"]["kappa"], abs=1e-6)
        assert found.se == pytest.approx(case["unweighted"]["ase"], abs=1e-6)
        assert (found.low, found.high) == pytest.approx(tuple(case["unweighted"]["ci95"]), abs=1e-6)
        assert float(100 * found.share) == pytest.approx(case["agreement_percent"])


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
    assert found.share == Fraction(74, 80)


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
