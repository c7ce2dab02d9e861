# SPDX-License-Identifier: Apache-2.0
"""Sampling by variables: tables, k, M and verdicts as published, and what holds of every plan."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.readings import BadReadings
from qcdesk.statistics.sampling import NoPlan
from qcdesk.statistics.variables import (
    SEVERITIES,
    judge,
    k_from_m,
    share_beyond,
    variables_letter,
    variables_plan,
)
from qcdesk.statistics.variables_tables import AQLS, LETTERS, METHODS

FIGURES: dict[str, Any] = json.loads(
    Path(__file__).with_name("data").joinpath("variables.json").read_text(encoding="utf-8")
)
CASES = {case["id"]: case for case in FIGURES["decision_cases"]}
TEMPERATURES = [197.0, 188.0, 184.0, 205.0, 201.0]

letters = st.sampled_from(LETTERS)
aqls = st.sampled_from(AQLS)


def test_code_letters_equal_the_published_ones_at_both_ends_of_every_lot_band() -> None:
    for (first, last), row in zip(FIGURES["bands"], FIGURES["letters_by_band"], strict=True):
        for level, letter in zip(FIGURES["levels"], row, strict=True):
            assert variables_letter(first, level) == variables_letter(last or 10**7, level) == letter


@pytest.mark.parametrize("method", METHODS)
def test_every_plan_equals_the_published_one(method: str) -> None:
    compared = printed = 0
    for letter, row in FIGURES["tables"][method]["normal"].items():
        for aql, (n, k, m, k_printed) in zip(FIGURES["aql"], row, strict=True):
            plan = variables_plan(letter, Decimal(aql), "normal", method)
            assert (plan.n, plan.m_percent) == (n, m)
            assert plan.k == pytest.approx(k, abs=1e-4)
            compared += 1
            if k_printed is not None and plan.rests_on == "several":
                assert plan.k == pytest.approx(k_printed, abs=0.02)
                printed += 1
    assert (compared, printed) == ((154, 142) if method == "s" else (44, 0))


def test_every_cell_of_every_table_equals_the_published_one() -> None:
    """Letters × AQLs × severities × both methods: n and M of 924 plans."""
    figures = json.loads(
        Path(__file__).with_name("data").joinpath("variables_plans.json").read_text(encoding="utf-8")
    )
    compared = 0
    for method, severity in product(METHODS, SEVERITIES):
        rows = figures[method]["reduced" if severity == "reduced" else "normal_and_tightened"]
        for aql, row in zip(AQLS, rows[severity == "normal" :], strict=False):
            for letter, cell in zip(LETTERS, row.split(), strict=True):
                plan = variables_plan(letter, aql, severity, method)
                n, m = cell.split(":")
                assert (plan.n, plan.m_percent) == (int(n), float(m)), (method, severity, letter, aql)
                compared += 1
    print(f"Z1.9: {compared} of {2 * 3 * len(LETTERS) * len(AQLS)} plans compared: {figures['source']}")
    assert compared == 2 * 3 * len(LETTERS) * len(AQLS)


def test_doubtful_cells_say_so() -> None:
    doubtful = {(severity, letter, aql) for severity, letter, aql in FIGURES["low_confidence_cells"]}
    for letter in LETTERS:
        for aql in AQLS:
            rests_on = variables_plan(letter, aql).rests_on
            assert (rests_on == "doubtful") is (("normal", letter, str(aql)) in doubtful)
            assert variables_plan(letter, aql, "reduced").rests_on == "one_transcription"
    assert variables_plan("B", Decimal("0.65"), "tightened").rests_on == "doubtful"
    assert variables_plan("J", Decimal("0.10"), "tightened").rests_on == "one_transcription"


@pytest.mark.parametrize("name", CASES)
def test_lots_are_judged_as_worked_out_and_by_another_program(name: str) -> None:
    case = CASES[name]
    letter = variables_letter(case["lot"], case["level"])
    plan = variables_plan(letter, Decimal(case["aql"]), case["severity"], case["method"])
    assert (letter, plan.n, plan.m_percent) == (case["code_letter"], case["n"], case["M_percent"])
    assert plan.k == pytest.approx(case["k"], abs=1e-4)
    limits = case["LSL"], case["USL"]
    found = judge(plan, case["data"], *limits, sigma=case["sigma"], form="M")
    assert found.accept is (case["decision_M"] == "accept")
    by_k = case.get("decision_k") or case["decision_k_separate_limits"]
    assert judge(plan, case["data"], *limits, sigma=case["sigma"], form="k").accept is (by_k == "accept")
    assert found.mean == pytest.approx(case["mean"], abs=1e-8)
    assert found.sd == pytest.approx(case["s"], abs=1e-8)
    assert found.percent == pytest.approx(case["p_percent"], abs=1e-6)
    for index, published in ((found.lower, case.get("QL")), (found.upper, case.get("QU"))):
        assert (index is None) is (published is None)
        assert index is None or index == pytest.approx(published, abs=1e-6)


def test_mil_std_414_operating_temperature_with_one_limit() -> None:
    """MIL-STD-414, example B-1, a single upper limit of 209: n = 5, k = 1.53, mean 195, s = 8.80, accepted.

    Open at: archive.org/details/MIL-STD-414, section B.
    """
    plan = variables_plan(variables_letter(40, "II"), Decimal("1.0"))
    found = judge(plan, TEMPERATURES, upper=209)
    assert (plan.code_letter, plan.n, found.mean) == ("D", 5, 195)
    assert plan.k == pytest.approx(1.53, abs=0.01)
    assert found.sd == pytest.approx(8.80, abs=5e-3)
    assert found.upper == pytest.approx(1.59, abs=5e-3)
    assert found.accept and found.form == "k" and not found.close and found.normality is None


def test_mil_std_414_operating_temperature_with_two_limits() -> None:
    """MIL-STD-414, example B-3, the same with a lower limit of 180: 2.18 % and 0.62 % beyond, 2.80 % of 3.33 % allowed.

    Open at: archive.org/details/MIL-STD-414, section B.
    """
    found = judge(variables_plan("D", Decimal("1.0")), TEMPERATURES, 180, 209)
    assert found.upper_percent == pytest.approx(2.18, abs=5e-3)
    assert found.lower_percent == pytest.approx(0.62, abs=5e-3)
    assert found.percent == pytest.approx(2.80, abs=5e-3)
    assert found.accept and found.form == "M"


@given(letters, aqls, st.sampled_from(METHODS), st.sampled_from(SEVERITIES))
def test_at_its_k_a_plan_estimates_its_m(letter: str, aql: Decimal, method: str, severity: str) -> None:
    plan = variables_plan(letter, aql, severity, method)
    assert share_beyond(plan.k, plan.n, plan.method) * 100 == pytest.approx(plan.m_percent, rel=1e-9)
    assert k_from_m(plan.m_percent / 100, plan.n, plan.method) == plan.k


@given(letters, aqls, st.sampled_from(METHODS))
def test_tightened_asks_for_more_than_normal(letter: str, aql: Decimal, method: str) -> None:
    """Where the cell is sure; a k that is nearly the same with more units is stricter as well."""
    normal, tightened = (variables_plan(letter, aql, one, method) for one in ("normal", "tightened"))
    if "doubtful" not in (normal.rests_on, tightened.rests_on):
        assert tightened.k > normal.k or tightened.n > normal.n


@given(letters, aqls)
def test_an_arrow_leads_down_to_a_letter_with_the_same_plan(letter: str, aql: Decimal) -> None:
    plan = variables_plan(letter, aql)
    assert plan.plan_letter >= letter
    there = variables_plan(plan.plan_letter, aql)
    assert (there.n, there.k, there.plan_letter) == (plan.n, plan.k, plan.plan_letter)


@given(st.lists(st.floats(-50, 50), min_size=5, max_size=5), st.floats(0.1, 20), st.floats(-100, 100))
def test_the_verdict_does_not_hang_on_the_unit_of_measure(
    values: list[float], scale: float, shift: float
) -> None:
    plan = variables_plan("D", Decimal("4.0"))
    if max(values) - min(values) < 1e-3:
        return
    one = judge(plan, values, -20, 20)
    other = judge(plan, [v * scale + shift for v in values], -20 * scale + shift, 20 * scale + shift)
    assert other.percent == pytest.approx(one.percent, abs=1e-6)
    if abs(one.margin) > 1e-6:
        assert other.accept is one.accept


@given(st.floats(-30, 30), st.integers(3, 200), st.sampled_from(METHODS))
def test_an_estimate_is_a_share_that_falls_as_the_mean_moves_in(index: float, n: int, method: Any) -> None:  # noqa: ANN401
    share = share_beyond(index, n, method)
    assert 0 <= share <= 1 and share >= share_beyond(index + 0.5, n, method)
    assert share_beyond(-index, n, method) == pytest.approx(1 - share, abs=1e-9)


def test_a_mean_beyond_its_limit_is_not_taken_for_one_inside() -> None:
    found = judge(variables_plan("D", Decimal("1.0")), TEMPERATURES, upper=190)
    assert found.upper is not None and found.upper < 0 and found.percent > 50 and not found.accept


def test_values_that_are_not_normal_are_told() -> None:
    values = [1.0] * 12 + [1.1] * 7 + [50.0]
    plan = variables_plan("H", Decimal("1.0"))
    found = judge(plan, values, upper=100)
    assert found.normality is not None and found.normality.doubtful()


def test_a_close_call_is_told() -> None:
    plan = variables_plan("D", Decimal("1.0"))
    limit = 195 + (plan.k + 0.01) * math.sqrt(77.5)
    assert judge(plan, TEMPERATURES, upper=limit).close


@pytest.mark.parametrize(
    ("code", "given"),
    [("unknown_letter", ("A", "1.0", "normal", "s")), ("unknown_letter", ("", "1.0", "normal", "s")),
     ("unknown_letter", ("BC", "1.0", "normal", "s")), ("unknown_aql", ("D", "0.065", "normal", "s")),
     ("unknown_aql", ("D", "NaN", "normal", "s")), ("unknown_severity", ("D", "1.0", "loose", "s")),
     ("unknown_method", ("D", "1.0", "normal", "r")), ("range_left_out", ("D", "1.0", "normal", "R"))],
)  # fmt: skip
def test_what_the_tables_do_not_have_is_refused(code: str, given: tuple[str, str, str, str]) -> None:
    letter, aql, severity, method = given
    with pytest.raises(NoPlan) as refused:
        variables_plan(letter, Decimal(aql), severity, method)
    assert refused.value.code == code and refused.value.facts["known"]


def test_a_lot_of_one_and_an_odd_level_have_no_letter() -> None:
    for lot, level, code in ((1, "II", "lot_too_small"), (100, "S-1", "unknown_level")):
        with pytest.raises(NoPlan, match=code):
            variables_letter(lot, level)


@pytest.mark.parametrize(
    ("code", "values", "how"),
    [("no_limit", TEMPERATURES, {}), ("limits_crossed", TEMPERATURES, {"lower": 2, "upper": 1}),
     ("limits_crossed", TEMPERATURES, {"lower": 1, "upper": 1}), ("wrong_count", [1.0] * 4, {"upper": 1}),
     ("constant", [0.1] * 5, {"upper": 1}), ("not_finite", [1.0, 2.0, 3.0, 4.0, math.nan], {"upper": 1}),
     ("not_finite", TEMPERATURES, {"upper": math.inf}), ("not_finite", TEMPERATURES, {"upper": math.nan}),
     ("sigma_not_used", TEMPERATURES, {"upper": 1, "sigma": 1.0})],
)  # fmt: skip
def test_readings_that_cannot_be_judged_are_refused(
    code: str, values: list[float], how: dict[str, float]
) -> None:
    with pytest.raises(BadReadings) as refused:
        judge(variables_plan("D", Decimal("1.0")), values, **how)  # type: ignore[arg-type]
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("code", "sigma"),
    [("sigma_missing", None), ("outside", 0.0), ("outside", math.inf), ("outside", math.nan)],
)
def test_the_sigma_method_needs_a_sigma(code: str, sigma: float | None) -> None:
    plan = variables_plan("D", Decimal("1.0"), "normal", "sigma")
    with pytest.raises(BadReadings) as refused:
        judge(plan, [1.0, 1.0], upper=2.0, sigma=sigma)
    assert refused.value.code == code
    assert judge(plan, [1.0, 1.0], upper=2.0, sigma=0.5).accept
