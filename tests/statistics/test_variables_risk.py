# SPDX-License-Identifier: Apache-2.0
"""The risk of plans by variables: published curves, and designs that keep both risks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcdesk.statistics.risk_models import BadPlan
from qcdesk.statistics.variables_risk import acceptance_by_k, design_by_variables
from qcdesk.statistics.variables_tables import METHODS, Method
from tests.statistics.test_risk import FIGURES as RISKS
from tests.statistics.test_variables import FIGURES


def test_the_curve_equals_that_of_another_program() -> None:
    for figures in FIGURES["oc_variables"]:
        for p, pa in zip(figures["pd"], figures["pa"], strict=True):
            assert acceptance_by_k(figures["n"], figures["k"], p) == pytest.approx(pa, abs=1e-8)


@pytest.mark.parametrize(
    "case", [c for c in RISKS["two_point_designs"] if "k_R" in c], ids=lambda c: c["type"]
)
def test_designs_equal_those_of_another_program(case: dict[str, Any]) -> None:
    method: Method = "sigma" if case["type"].endswith("_known") else "s"
    (p1, pa1), (p2, beta) = case["prp"], case["crp"]
    found = design_by_variables(p1, 1 - pa1, p2, beta, method)
    assert found.n == case["n"] and found.k == pytest.approx(case["k_R"], abs=2e-6)


def test_the_design_of_a_packages_introduction() -> None:
    """AccSamplingDesign (R), introduction: sigma known, 2.5 % bad 95 and 10 % bad 10 times in 100: n = 19, k = 1.579.

    Open at: cran.r-project.org/web/packages/AccSamplingDesign/vignettes/introduction.html.
    """
    found = design_by_variables(0.025, 0.05, 0.10, 0.10, "sigma")
    assert found.n == 19 and found.k == pytest.approx(1.579, abs=5e-3)


@given(
    st.integers(2, 300),
    st.floats(-1, 4),
    st.floats(1e-4, 0.999),
    st.floats(1e-4, 0.999),
    st.sampled_from(METHODS),
)
def test_more_bad_ones_never_pass_more_often(n: int, k: float, one: float, other: float, method: Any) -> None:  # noqa: ANN401
    good, bad = sorted((one, other))
    assert 0 <= acceptance_by_k(n, k, bad, method) <= acceptance_by_k(n, k, good, method) + 1e-9 <= 1 + 2e-9


def test_the_ends_are_certain() -> None:
    for method in METHODS:
        assert (acceptance_by_k(5, 1.5, 0, method), acceptance_by_k(5, 1.5, 1, method)) == (1, 0)


@given(
    st.floats(0.001, 0.1),
    st.floats(2, 8),
    st.floats(0.01, 0.2),
    st.floats(0.01, 0.2),
    st.sampled_from(METHODS),
)
@settings(max_examples=15, deadline=None)
def test_a_design_keeps_both_risks_with_fewer_units_than_it_would_count(
    p1: float,
    times: float,
    alpha: float,
    beta: float,
    method: Any,  # noqa: ANN401
) -> None:
    found = design_by_variables(p1, alpha, min(0.9, p1 * times), beta, method)
    assert found.producer_risk <= alpha + 1e-6 and found.consumer_risk <= beta
    assert found.n == 2 or design_by_variables(p1, alpha, min(0.9, p1 * times), beta / 2, method).n >= found.n


@pytest.mark.parametrize(
    ("code", "n", "k", "p"),
    [("share_outside", 5, 1.0, 1.1), ("share_outside", 5, 1.0, float("nan")), ("sample_too_small", 1, 1.0, 0.1),
     ("sample_too_large", 10**6, 1.0, 0.1), ("k_outside", 5, float("inf"), 0.1)],
)  # fmt: skip
def test_what_is_no_plan_has_no_curve(code: str, n: int, k: float, p: float) -> None:
    with pytest.raises(BadPlan, match=code):
        acceptance_by_k(n, k, p)


@pytest.mark.parametrize(
    ("code", "points"),
    [("risk_outside", (0.01, 0.0, 0.05, 0.1)), ("share_outside", (0.0, 0.05, 0.05, 0.1)),
     ("risks_crossed", (0.01, 0.6, 0.05, 0.5)),
     ("points_crossed", (0.05, 0.05, 0.05, 0.1)), ("no_plan", (0.01, 0.05, 0.010001, 0.1))],
)  # fmt: skip
def test_points_that_no_plan_keeps_are_refused(code: str, points: tuple[float, float, float, float]) -> None:
    with pytest.raises(BadPlan, match=code):
        design_by_variables(*points)
