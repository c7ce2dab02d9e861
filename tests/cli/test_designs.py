# SPDX-License-Identifier: Apache-2.0
"""The plan designer from the command line: the plans that other programs found, or one sentence why there is none."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from qcdesk.statistics import risk_designs
from qcdesk.statistics.risk_doubles import cheapest_double
from tests.cli.console import Console
from tests.statistics.test_risk import FIGURES

CONSOLE = Console()


@pytest.mark.parametrize(
    "case", [c for c in FIGURES["two_point_designs"] if "c" in c], ids=lambda c: c["type"]
)
def test_designs_come_through_the_command_line(case: dict[str, Any]) -> None:
    how = (
        ["--basis", "per-100"]
        if case["type"] == "poisson"
        else ["--lot-size", str(case["N"])]
        if "N" in case
        else []
    )
    data = CONSOLE("design", "--p1", "0.01", "--p2", "0.05", *how, "--json").data
    stage = data["single"]["stages"][0]
    assert (stage["n"], stage["ac"], data["single"]["meets"]) == (case["n"], case["c"], True)
    assert data["zero"]["stages"][0]["ac"] == 0 and data["double"]["asn"] < stage["n"]


def test_plans_by_variables_come_beside_them_where_asked() -> None:
    data = CONSOLE("design", "--p1", "0.01", "--p2", "0.05", "--measured", "--json").data
    known = {"s": "normal_sigma_unknown", "sigma": "normal_sigma_known"}
    for method, name in known.items():
        case = next(c for c in FIGURES["two_point_designs"] if c["type"] == name)
        assert data["variables"][method]["n"] == case["n"]
        assert data["variables"][method]["k"] == pytest.approx(case["k_R"], abs=1e-5)


def test_a_small_batch_is_told_in_whole_units() -> None:
    """A tenth of two units is none, so the sentence speaks of a batch without bad units."""
    out = CONSOLE("design", "--p1", "0.1", "--p2", "1", "--lot-size", "2").out
    assert "A batch without bad units always passes this plan." in out and "10 %" not in out


def test_the_answer_for_people_names_each_plan() -> None:
    out = CONSOLE("design", "--p1", "0.01", "--p2", "0.05", "--measured").out
    assert (
        "Cheapest double plan:\n" in out
        and "Searched: all double plans that can accept and reject after the first sample" in out
        and "Average sample at the good quality: 96.9." in out
        and "By variables, known standard deviation: 19 units, k = 1.949." in out
    )


def test_a_double_plan_of_a_kind_is_called_that_where_all_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(risk_designs, "cheapest_double", partial(cheapest_double, most_work=500))
    out = CONSOLE("design", "--p1", "0.01", "--p2", "0.05").out
    assert "Cheapest double plan of the kind searched:" in out and "69 units" in out
    assert "All double plans are too many to search here" in out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [("--p1 0.05 --p2 0.01", "points_crossed"), ("--p1 0.01 --p2 0.05 --alpha 0", "risk_outside"),
     ("--p1 0.01 --p2 0.05 --alpha 0.6 --beta 0.6", "risks_crossed"), ("--p1 0.01 --p2 1.5", "share_outside"),
     ("--p1 x --p2 0.05", "number"),
        ("--p1 0.01 --p2 0.05 --basis per-100 --measured", "option_without"), ("--p1 0.01 --p2 0.0100001", "no_plan")],
)  # fmt: skip
def test_two_points_that_no_plan_keeps_are_refused(arguments: str, code: str) -> None:
    ran = CONSOLE("design", *arguments.split(), "--json")
    assert (ran.status, ran.error["code"]) == (2, code) and "…" not in ran.err
