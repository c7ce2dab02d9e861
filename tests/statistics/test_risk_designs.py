# SPDX-License-Identifier: Apache-2.0
"""Plans found from risks are those that others found, keep both risks, and none smaller does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcdesk.statistics.risk import Stages, acceptance
from qcdesk.statistics.risk_averages import average_sample
from qcdesk.statistics.risk_designs import (
    design,
    limiting_quality_plan,
    share_compared,
    share_of_lot,
    zero_acceptance,
)
from qcdesk.statistics.risk_models import BadPlan, Lot, Stream, model_for
from tests.statistics.test_risk import FIGURES


def test_zero_acceptance_samples_equal_those_of_other_programs() -> None:
    for lot, quality, bad, beta, n, pa in FIGURES["c0_designs_hypergeometric"]["rows"]:
        plan = zero_acceptance(quality, beta, lot)
        assert (plan.n, plan.ac) == ((n,), (0,))
        assert acceptance(plan, Lot(lot), bad / lot) == pytest.approx(pa, abs=1e-9)
    for quality, beta, n in FIGURES["c0_designs_binomial"]["rows"]:
        assert zero_acceptance(quality, beta).n == (n,)


@pytest.mark.parametrize(
    "case", [c for c in FIGURES["two_point_designs"] if "c" in c], ids=lambda c: c["type"]
)
def test_single_plans_from_two_points_equal_those_of_other_programs(case: dict[str, object]) -> None:
    (p1, pa1), (p2, beta) = case["prp"], case["crp"]  # type: ignore[misc]
    lot = case.get("N")
    found = design(p1, 1 - pa1, p2, beta, lot, per_item=case["type"] == "poisson")  # type: ignore[arg-type,has-type]
    assert (found.single.plan.n[0], found.single.plan.ac[0]) == (case["n"], case["c"])


@given(st.floats(0.001, 0.1), st.floats(3, 10), st.floats(0.01, 0.2), st.floats(0.01, 0.2), st.booleans())
@settings(max_examples=25, deadline=None)
def test_a_design_keeps_both_risks_and_one_unit_less_does_not(
    p1: float, times: float, alpha: float, beta: float, per_item: bool
) -> None:
    p2 = p1 * times
    found = design(p1, alpha, p2, beta, per_item=per_item)
    model = model_for(None, per_item=per_item)
    single = found.single.plan
    assert found.single.meets and acceptance(single, model, p2) <= beta
    for ac in range((single.ac[0] or 0) + 1):
        smaller = Stages.single(max(1, single.n[0] - 1), ac)
        assert (
            acceptance(smaller, model, p2) > beta
            or 1 - acceptance(smaller, model, p1) > alpha
            or single.n[0] == 1
        )
    assert found.zero.plan.ac == (0,) and found.zero.consumer_risk <= beta
    if found.double is not None:
        assert found.double.meets
        assert found.double.average == pytest.approx(average_sample(found.double.plan, model, p1))


def test_a_double_plan_costs_less_than_the_single_one() -> None:
    found = design(0.01, 0.05, 0.05, 0.1)
    assert found.double is not None and found.double.average < found.single.average == 132
    assert found.zero.plan.n == (45,) and not found.zero.meets


def test_a_limiting_quality_plan_keeps_its_risk_and_one_unit_less_does_not() -> None:
    plan = limiting_quality_plan(0.05, 0.1, 1, 500)
    assert (
        acceptance(plan, Lot(500), 0.05) <= 0.1 < acceptance(Stages.single(plan.n[0] - 1, 1), Lot(500), 0.05)
    )
    assert limiting_quality_plan(0.05, 0.1, 1, None, per_item=True).n[0] == 78


def test_a_share_of_the_lot_is_rounded_up_and_exact() -> None:
    assert [share_of_lot(lot, 10).n[0] for lot in (2, 50, 55, 150)] == [1, 5, 6, 15]
    assert share_of_lot(7, 100).n == (7,)


def test_the_same_share_passes_the_same_goods_most_differently() -> None:
    """Ten percent, four percent bad: hypergeometric chances of drawing none of 2, 8, 40 and 200."""
    rows = share_compared(10, 0.04)
    assert [(row.lot_size, row.n) for row in rows] == [(50, 5), (200, 20), (1000, 100), (5000, 500)]
    assert [row.pa for row in rows] == pytest.approx([0.8082, 0.4236, 0.0135, 0.0], abs=5e-5)


@pytest.mark.parametrize(
    ("code", "arguments"),
    [("points_crossed", (0.05, 0.05, 0.05, 0.1)),
     ("risk_outside", (0.01, 0.0, 0.05, 0.1)), ("risk_outside", (0.01, 0.05, 0.05, 1.0)),
     ("risks_crossed", (0.01, 0.5, 0.05, 0.5)), ("share_outside", (0.01, 0.05, 1.5, 0.1)),
     ("no_plan", (0.01, 0.05, 0.0100001, 0.05)), ("lot_too_small", (0.01, 0.05, 0.1, 0.1, 1))],
)  # fmt: skip
def test_points_that_no_plan_can_keep_are_refused(code: str, arguments: tuple[float, ...]) -> None:
    with pytest.raises(BadPlan, match=code):
        design(*arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "arguments"),
    [("ac_reaches_limit", (0.02, 0.1, 2, 100)), ("risk_outside", (0.02, 0.0, 0, 100)),
     ("share_outside", (0.0, 0.1, 0, 100)), ("share_outside", (1.2, 0.1, 0, 100)),
     ("ac_below_zero", (0.1, 0.1, -1, 100))],
)  # fmt: skip
def test_a_limiting_quality_that_cannot_be_is_refused(
    code: str, arguments: tuple[float, float, int, int]
) -> None:
    with pytest.raises(BadPlan, match=code):
        limiting_quality_plan(*arguments)


@pytest.mark.parametrize("percent", [0.0, -1.0, 101.0, float("nan")])
def test_a_share_that_is_none_is_refused(percent: float) -> None:
    with pytest.raises(BadPlan, match="percent_outside"):
        share_of_lot(100, percent)


def test_the_stream_is_the_default() -> None:
    assert acceptance(zero_acceptance(0.01), Stream(), 0.01) <= 0.1
