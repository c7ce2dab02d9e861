# SPDX-License-Identifier: Apache-2.0
"""The risk of plans from the command line: the figures of other programs, one plain sentence where none can be."""

from __future__ import annotations

from math import comb
from typing import Any

import pytest

from tests.cli.console import Console
from tests.statistics.test_risk import FIGURES

CONSOLE = Console()
JOINED = {p["id"]: p for p in FIGURES["plans"]}


def numbers(values: list[int | None]) -> str:
    return ",".join("-" if value is None else str(value) for value in values)


def asked(figures: dict[str, Any], *more: str) -> dict[str, Any]:
    """Ask for the curve of a plan of the figures."""
    return CONSOLE("oc", "--n", numbers(figures["n"]), "--ac", numbers(figures["Ac"]), "--re", numbers(figures["Re"]),
                   *more, "--json").data  # fmt: skip


@pytest.mark.parametrize("name", JOINED)
def test_the_curves_of_other_programs_come_through_the_command_line(name: str) -> None:
    figures = JOINED[name]
    at = ["--at", *map(str, FIGURES["p"])]
    stream = asked(figures, *at)
    rate = asked(figures, "--basis", "per-100", *at)
    lot = asked(figures, "--lot-size", str(figures["N"]), *at)
    assert [stream["distribution"], rate["distribution"], lot["distribution"]] == [
        "binomial",
        "poisson",
        "hypergeometric",
    ]
    for i in range(len(FIGURES["p"])):
        assert stream["points"][i]["pa"] == pytest.approx(figures["Pa_binomial"][i], abs=1e-6)
        assert rate["points"][i]["pa"] == pytest.approx(figures["Pa_poisson"][i], abs=1e-6)
        if "ATI" in figures:
            assert lot["points"][i]["aoq"] == pytest.approx(figures["AOQ_finite"][i], abs=1e-6)
            assert lot["points"][i]["ati"] == pytest.approx(figures["ATI"][i], abs=1e-6)
        else:
            assert lot["points"][i]["asn"] == pytest.approx(figures["ASN_uncurtailed"][i], abs=1e-6)
    assert stream["aoql"] == pytest.approx(figures["AOQL_large_lot"], abs=1e-6)
    assert stream["aoql_p"] == pytest.approx(figures["p_at_AOQL"], abs=1e-5)
    assert stream["producers_point"]["p"] == pytest.approx(figures["p_at_Pa"]["0.95"], abs=1e-6)
    assert stream["consumers_point"]["p"] == pytest.approx(figures["p_at_Pa"]["0.1"], abs=1e-6)
    whole = asked(
        figures,
        "--lot-size",
        str(figures["N"]),
        "--at",
        *(repr(d / figures["N"]) for d in figures["hyper_D"]),
    )
    for one, pa, d in zip(whole["points"], figures["Pa_hypergeometric"], figures["hyper_D"], strict=True):
        assert one["pa"] == pytest.approx(pa, abs=1e-6) and one["bad"] == pytest.approx(d)


def test_zero_acceptance_comes_through_the_command_line() -> None:
    for lot, quality, _, beta, n, _ in FIGURES["c0_designs_hypergeometric"]["rows"]:
        data = CONSOLE("oc", "--lq", str(quality), "--beta", str(beta), "--lot-size", str(lot), "--json").data
        assert data["plan"]["stages"] == [{"n": n, "ac": 0, "re": 1, "cumulative_n": n}]


def test_a_plan_of_the_tables_is_found_by_lot_level_and_aql() -> None:
    """MIL-STD-105E, table X-J-1: AQL 1.0 passes 95 % at 1.03 percent; here in the batch of 1,000, units whole."""
    data = CONSOLE("oc", "--lot-size", "1000", "--level", "II", "--aql", "1.0", "--json").data
    assert data["plan"]["stages"][0]["n"] == 80 and data["plan"]["source"]["table"] == "2-A"
    assert data["producers_point"] == {"p": 0.01, "pa": pytest.approx(0.9608, abs=1e-4), "bad": 10}
    double = CONSOLE(
        "oc", "--lot-size", "1200", "--aql", "2.5", "--type", "double", "--standard", "z1.4", "--json"
    ).data
    assert [one["n"] for one in double["plan"]["stages"]] == [50, 50]


def test_a_lot_smaller_than_its_samples_is_judged_whole() -> None:
    """The arrow leads to 3 and 3 units; a lot of 4 has but one left for the second sample."""
    data = CONSOLE(
        "oc", "--lot-size", "4", "--aql", "10", "--type", "double", "--at", "0.5", "1", "--json"
    ).data
    assert data["plan"]["stages"][-1]["cumulative_n"] == 4
    assert [one["pa"] for one in data["points"]] == [0, 0]


def test_an_aql_above_ten_counts_defects() -> None:
    data = CONSOLE("oc", "--lot-size", "8", "--aql", "100", "--json").data
    assert (data["basis"], data["distribution"]) == ("per_100", "poisson")
    assert "defects per 100 units" in data["sentences"][0]


def test_curtailment_changes_the_sample_and_not_the_chance() -> None:
    plan = ("--n", "50,50", "--ac", "2,6", "--re", "5,7", "--at", "0.05", "--json")
    none, both = (CONSOLE("oc", *plan, "--curtail", how).data["points"][0] for how in ("none", "both"))
    assert none["pa"] == both["pa"] and both["asn"] < none["asn"]


def test_the_answer_for_people_says_it_in_words() -> None:
    out = CONSOLE("oc", "--n", "80", "--ac", "2", "--lot-size", "1000", "--at", "0.08").out
    assert "A batch with 8 % bad units passes this plan 3 times in 100." in out
    assert "hypergeometric" in out


def test_a_share_of_the_batch_is_warned_of_with_its_numbers() -> None:
    data = CONSOLE("oc", "--share", "10", "--lot-size", "500", "--json").data
    assert data["plan"]["stages"][0]["n"] == 50 and "bad plan" in data["warning"]
    assert [row["n"] for row in data["compared"]] == [5, 20, 50, 100, 500]


def test_all_of_the_batch_leaves_nothing_to_chance() -> None:
    ran = CONSOLE("oc", "--share", "100", "--lot-size", "40", "--at", "0.025")
    assert "Every unit is inspected" in ran.out and "never passes" in ran.out and "bad plan" not in ran.out


def test_the_whole_curve_has_as_many_points_as_asked() -> None:
    assert len(CONSOLE("oc", "--n", "80", "--ac", "2", "--points", "200", "--json").data["points"]) == 200


@pytest.mark.parametrize(
    ("arguments", "code"),
    [("--n 80 --ac 2 --lot-size 1", "lot_too_small"), ("--lot-size 0 --aql 1.0", "lot_too_small"),
     ("--lot-size 1000 --aql 1.1", "unknown_aql"), ("--n 80 --ac 2 --lot-size 50", "sample_above_lot"),
     ("--n 80 --ac nan", "quantity"), ("--n 80 --ac 2 --at nan", "number"), ("--n 80 --ac 2 --at inf", "number"),
     ("--n 80 --ac 2 --at 1.5", "share_outside"), ("--n 80 --ac 2 --at -0.1", "number_below_zero"),
         ("--n 80 --ac 2 --at 0,1", "comma_unclear"),
     ("--n 0 --ac 0", "sample_too_small"),
     ("--n 80,80 --ac 2", "stages_differ"), ("--n 80,80 --ac 4,2", "ac_falls"), ("--n 5 --ac -", "ac_missing"),
     ("--n 80 --ac 2 --aql 1.0", "plan_unclear"), ("--lot-size 80", "plan_unclear"),
     ("--lot-size 80 --aql 1.0 --ac 1", "option_without"), ("--share 10", "lot_size_needed"),
     ("--share 0 --lot-size 9", "percent_outside"), ("--lot-size 100 --lq 0.01 --ac 1", "ac_reaches_limit"),
     ("--lot-size 100 --lq 0.1 --re 1", "option_without"), ("--n 80 --ac 2 --basis units", "unknown_kind"),
     ("--n 80 --ac 2 --curtail all", "unknown_kind"), ("--n 80 --ac 2 --points 1", "too_few_points"),
     ("--n 80 --ac 2 --points 20000", "too_many_points"), ("--n 9999999 --ac 2", "sample_too_large"),
     ("--lot-size 100 --lq 0.1 --ac 1,2", "stages_differ"),
     ("--lot-size 90 --aql 100 --basis percent", "option_without")],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence(arguments: str, code: str) -> None:
    ran = CONSOLE("oc", *arguments.split(), "--json")
    assert (ran.status, ran.error["code"]) == (2, code)
    assert ran.err.count("\n") == 1 and "…" not in ran.err


def test_the_average_sample_in_a_batch_is_counted_for_that_batch() -> None:
    """13 bad of 114: the second 50 are drawn when the first hold 2 or 3 of them, counted in whole ways."""
    ways = sum(comb(13, x) * comb(101, 50 - x) for x in (2, 3))
    plan = ["oc", "--n", "50,50", "--ac", "1,4", "--re", "4,5", "--lot-size", "114", "--at", "0.11403508772"]
    data = CONSOLE(*plan, "--json").data
    assert data["points"][0]["asn_of_batch"] == pytest.approx(50 + 50 * ways / comb(114, 50), abs=1e-6)
    assert data["averages_distribution"] == "binomial" and data["points"][0]["asn"] == pytest.approx(
        57.29, abs=0.01
    )
    out = CONSOLE(*plan).out
    assert " 54.5 " in out and "The average sample is for this one batch." in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [("--n 5 --ac 7", "ac_above_sample", "7 or fewer"), ("--n 50,50 --ac 4,1", "ac_falls", "falls to 1 in sample 2"),
     ("--n 50 --ac 1 --at 8", "share_outside", "8 is no share")],
)  # fmt: skip
def test_figures_that_make_no_plan_are_named_as_typed(arguments: str, code: str, says: str) -> None:
    ran = CONSOLE("oc", *arguments.split(), "--json")
    assert (ran.status, ran.error["code"]) == (2, code) and says in ran.err


def test_a_batch_inspected_whole_lets_nothing_bad_out() -> None:
    assert (
        "nothing bad leaves the inspection" in CONSOLE("oc", "--n", "50", "--ac", "1", "--lot-size", "50").out
    )


def test_a_comma_between_digits_is_a_list_only_beside_a_point() -> None:
    points = CONSOLE("oc", "--n", "80", "--ac", "2", "--at", "0.01,0.05", "--json").data["points"]
    assert [one["p"] for one in points] == [0.01, 0.05]
    said = CONSOLE("oc", "--n", "80", "--ac", "2", "--at", "0,1").err
    assert "Write one with a point, 0.1, and several with a space between, 0 1." in said
