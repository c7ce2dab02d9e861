# SPDX-License-Identifier: Apache-2.0
"""Fleiss' kappa equals published figures, and says why where it does not exist."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.agreement import BadRatings
from qcdesk.statistics.fleiss import counted, several_agreement

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
TEN = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)


def test_kappa_of_several_equals_a_published_example() -> None:
    """Wikipedia, Fleiss' kappa, worked example: ten subjects, 14 raters, 5 categories: kappa 0.210.

    Open at: en.wikipedia.org/wiki/Fleiss'_kappa.
    """
    found = several_agreement(TEN)
    assert found.kappa == pytest.approx(0.20993, abs=1e-5)
    assert [round(float(c.used), 3) for c in found.categories] == [0.143, 0.2, 0.279, 0.15, 0.229]


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference figures are not beside this checkout")
def test_kappa_of_several_equals_the_reference_file() -> None:
    sets = json.loads((REFERENCE / "datasets.json").read_text(encoding="utf-8"))
    for case in json.loads((REFERENCE / "msa.json").read_text(encoding="utf-8"))["fleiss"]:
        data = sets[case["data"]["dataset"]]["data"]
        names = sorted(case["per_category"])
        rows = list(zip(*(data[rater] for rater in case["data"]["raters"]), strict=True))
        found = several_agreement(counted(rows, names))
        assert (found.n, found.raters) == (case["subjects"], case["raters"])
        assert found.share is not None
        assert float(100 * found.share) == pytest.approx(case["all_agree_percent"])
        assert found.kappa == pytest.approx(case["kappa"], abs=1e-6)
        assert found.se_chance == pytest.approx(case["se_H0"], abs=1e-6)
        assert found.z == pytest.approx(case["z"], abs=1e-6)
        reach = found.chance_low, found.chance_high
        assert reach == pytest.approx(tuple(case["ci95_using_se_H0"]), abs=1e-6)
        for name, category in zip(names, found.categories, strict=True):
            assert category.kappa == pytest.approx(case["per_category"][name], abs=1e-6)


def test_the_standard_error_is_near_the_one_that_leaves_out_each_unit_in_turn() -> None:
    """The jackknife, done by numbers: another way to the same variance, equal but for terms of order 1/n."""
    table = [row for row in TEN for _ in range(20)]
    kappas = [float(several_agreement(table[:i] + table[i + 1 :]).kappa or 0) for i in range(0, 200, 20)]
    mean = sum(kappas) / 10
    jackknife = (199 / 200 * 20 * sum((k - mean) ** 2 for k in kappas)) ** 0.5
    assert several_agreement(table).se == pytest.approx(jackknife, rel=0.01)


def test_kappa_of_several_does_not_exist_without_units_or_variation() -> None:
    assert several_agreement(()).reason == "no_units"
    found = several_agreement([(3, 0)] * 5)
    assert found.reason == "no_variation"
    assert found.kappa is None
    assert found.share == 1


def test_a_category_that_nobody_used_has_no_kappa() -> None:
    found = several_agreement([(3, 0, 0), (0, 3, 0), (2, 1, 0)])
    assert found.categories[2].kappa is None
    assert found.kappa == several_agreement([(3, 0), (0, 3), (2, 1)]).kappa


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([(3, 0), (2, 0)], "raters_differ"),
        ([(1, 0), (0, 1)], "too_few_raters"),
        ([(3,)], "too_few_categories"),
        ([(3, 0), (3,)], "not_square"),
        ([(4, -1)], "not_square"),
    ],
)
def test_a_table_that_says_no_agreement_is_refused(table: list[tuple[int, ...]], code: str) -> None:
    with pytest.raises(BadRatings) as refused:
        several_agreement(table)
    assert refused.value.code == code


def test_a_category_that_is_not_among_the_given_is_refused() -> None:
    with pytest.raises(BadRatings, match="unknown_category"):
        counted([("good", "bad"), ("good", "odd")], ("good", "bad"))


@given(st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=1, max_size=12))
def test_kappa_of_several_is_1_when_all_agree_and_does_not_know_who_said_it(ratings: list[list[int]]) -> None:
    found = several_agreement(counted(ratings, (0, 1, 2)))
    turned = several_agreement(counted([row[::-1] for row in ratings], (0, 1, 2)))
    assert found == turned
    if found.kappa is None:
        assert found.reason == "no_variation"
    else:
        assert (found.kappa == 1) == (found.all_agreed == found.n)
        if found.se is not None:
            assert found.low is not None
            assert found.high is not None
            assert -1 <= found.low <= float(found.kappa) <= found.high <= 1


@given(
    st.lists(st.tuples(st.sampled_from([(2, 0), (1, 1), (0, 2)]), st.integers(1, 5)), min_size=1, max_size=6)
)
def test_units_judged_alike_may_stand_in_one_row(groups: list[tuple[tuple[int, int], int]]) -> None:
    rows, times = [row for row, _ in groups], [n for _, n in groups]
    one_by_one = several_agreement([row for row, n in groups for _ in range(n)])
    together = several_agreement(rows, times=times)
    assert (together.n, together.kappa, together.share) == (one_by_one.n, one_by_one.kappa, one_by_one.share)
    assert (together.se or 0) == pytest.approx(one_by_one.se or 0)
    with pytest.raises(BadRatings):
        several_agreement(rows, times=[*times, 1])
