# SPDX-License-Identifier: Apache-2.0
"""Control charts and capability from tables: published figures through the command, bad tables in one sentence."""

from __future__ import annotations

import math

import pytest

from qcdesk.cli import columns
from qcdesk.statistics.run_rules import RULES
from qcdesk.wording.processes import RULE_WORDS
from tests.cli.console import Console

CONSOLE = Console()
# NIST/SEMATECH e-Handbook, sections 6.3.3.1 (defects on wafers) and 6.3.2.2 (flow rates).
WAFERS = [str(x) for x in (16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16,
                           31, 13)]  # fmt: skip
FLOW_RATES = ["49.6", "47.6", "49.9", "51.3", "47.8", "51.2", "52.6", "52.4", "53.6", "52.1"]
GROUPED = "sample,diameter\n" + "".join(
    f"{g},{x}\n" for g in range(1, 6) for x in (5 + g / 10, 5.2, 4.9 - g / 20)
)


def lines(values: list[str], heading: str = "x") -> str:
    return "\n".join([heading, *values]) + "\n"


def test_a_counts_chart_has_the_fields_of_the_contract() -> None:
    """NIST/SEMATECH e-Handbook, section 6.3.3.1: centre 16, limits 4 and 28; wafer 24 is beyond."""
    data = CONSOLE("spc", "-", "--chart", "c", "--rules", "shewhart", "--json", given=lines(WAFERS)).data
    assert (data["center"], data["sigma"], data["ucl"][0], data["lcl"][0]) == (16, 4, 28, 4)
    assert len(data["points"]) == 25
    assert [(v["index"], v["rule"], v["members"]) for v in data["violations"]] == [(24, "S1", [24])]


def test_single_values_have_their_moving_ranges_beside() -> None:
    data = CONSOLE("spc", "-", "--chart", "i-mr", "--json", given=lines(FLOW_RATES)).data
    assert data["ucl"][0] == pytest.approx(55.8041, rel=5e-4) and data["estimator"] == "moving_range"
    assert data["beside"]["name"] == "moving_range" and data["beside"]["first"] == 2
    assert len(data["beside"]["points"]) == 9


def test_people_read_which_rule_a_point_breaks() -> None:
    ran = CONSOLE("spc", "-", "--chart", "c", "--rules", "shewhart", given=lines(WAFERS))
    assert ran.status == 0 and "Point 24: beyond a limit.\n" in ran.out


def test_subgroups_are_named_cut_or_rows() -> None:
    named = CONSOLE("spc", "-", "--chart", "xbar-r", "--json", given=GROUPED).data
    column = lines([row.split(",")[1] for row in GROUPED.split()[1:]])
    cut = CONSOLE("spc", "-", "--chart", "xbar-r", "--subgroup", "3", "--json", given=column).data
    cells = [row.split(",")[1] for row in GROUPED.split()[1:]]
    wide = "a;b;c\n" + "".join(";".join(cells[i : i + 3]) + "\n" for i in range(0, 15, 3))
    rows = CONSOLE("spc", "-", "--chart", "xbar-r", "--json", given=wide).data
    assert named["ucl"] == pytest.approx(cut["ucl"]) and rows["ucl"] == pytest.approx(cut["ucl"])
    assert named["names"] == ["1", "2", "3", "4", "5"]


def test_rows_of_several_lengths_have_limits_of_their_own() -> None:
    data = CONSOLE(
        "spc", "-", "--chart", "xbar-s", "--json", given="1.0,1.2,1.1\n1.3,1.1,\n0.9,1.0,1.2\n"
    ).data
    assert data["ucl"][1] > data["ucl"][0] == pytest.approx(data["ucl"][2])


@pytest.mark.parametrize("chart", ["p", "np", "u", "laney-p", "laney-u"])
def test_sizes_are_a_number_or_a_column(chart: str) -> None:
    by_number = CONSOLE("spc", "-", "--chart", chart, "--size", "50", "--json", given=lines(WAFERS, "d")).data
    table = "d,size\n" + "".join(f"{x},50\n" for x in WAFERS)
    by_column = CONSOLE("spc", "-", "--chart", chart, "--json", given=table).data
    assert by_number["ucl"] == pytest.approx(by_column["ucl"])
    assert ("sigma_z" in by_number) == chart.startswith("laney")


def test_frozen_limits_are_phase_two() -> None:
    data = CONSOLE("spc", "-", "--chart", "i-mr", "--center", "50", "--sigma", "2", "--json",
                   given=lines(FLOW_RATES)).data  # fmt: skip
    assert (data["phase"], data["estimator"], data["ucl"][0]) == (2, "given", 56)


def test_limits_rest_on_the_first_points_without_those_left_out() -> None:
    data = CONSOLE("spc", "-", "--chart", "c", "--first", "24", "--leave-out", "3,24", "--json",
                   given=lines(WAFERS)).data  # fmt: skip
    assert data["estimated_from"] == 22 and data["center"] == pytest.approx((400 - 13 - 28 - 31) / 22)


def test_ewma_and_cusum_take_their_settings() -> None:
    """NIST/SEMATECH e-Handbook, section 6.3.2.4, limits with weight 0.3 and s 2.0539; Montgomery's h is in k's units."""
    data = CONSOLE("spc", "-", "--chart", "ewma", "--lambda", "0.3", "--center", "50", "--sigma", "2.0539", "--json",
                   given=lines(FLOW_RATES * 2)).data  # fmt: skip
    assert data["ucl"][-1] == pytest.approx(52.5884, abs=2e-4)
    sums = CONSOLE("spc", "-", "--chart", "cusum", "--center", "50", "--sigma", "1", "--interval", "4", "--json",
                   given=lines(FLOW_RATES)).data  # fmt: skip
    assert sums["ucl"][0] == 4 and sums["beside"]["lcl"][0] == -4 and sums["center"] == 50


def test_rare_events_chart() -> None:
    given = lines(["3", "11", "7", "19", "2"])
    without = CONSOLE("spc", "-", "--chart", "g", "--json", given=given).data
    with_event = CONSOLE("spc", "-", "--chart", "g", "--event-counted", "--json", given=given).data
    assert without["sigma"] == pytest.approx(math.sqrt(8.4 * 9.4))
    assert with_event["sigma"] == pytest.approx(math.sqrt(8.4 * 7.4))


@pytest.mark.parametrize(
    ("arguments", "given", "code"),
    [
        (["--chart", "pie"], "1\n2\n", "unknown_kind"),
        (["--chart", "i-mr"], "x\n1\nabc\n", "number"),
        (["--chart", "i-mr"], "x\n1\nNaN\n", "number"),
        (["--chart", "i-mr"], "x\n1\ninf\n", "number"),
        (["--chart", "i-mr"], "x\n4\n4\n4\n", "readings_constant"),
        (["--chart", "i-mr"], "x\n4\n", "readings_too_few"),
        (["--chart", "i-mr", "--rules", "mine"], "x\n4\n5\n", "readings_unknown"),
        (["--chart", "i-mr", "--estimator", "guess"], "x\n4\n5\n", "readings_unknown"),
        (["--chart", "i-mr", "--sigma=-1"], "x\n4\n5\n", "readings_not_above"),
        (["--chart", "i-mr", "--width", "99"], "x\n4\n5\n", "readings_outside"),
        (["--chart", "i-mr"], "a,b\n4,5\n", "columns_unclear"),
        (["--chart", "xbar-r"], "x\n4\n5\n", "subgroup_needed"),
        (["--chart", "xbar-r", "--subgroup", "3"], "x\n4\n5\n", "readings_uneven"),
        (["--chart", "xbar-r", "--subgroup", "2"], "x\n4\n5\n", "readings_too_few"),
        (["--chart", "p"], "d\n4\n5\n", "size_needed"),
        (["--chart", "p", "--size", "3"], "d\n4\n5\n", "readings_above_size"),
        (["--chart", "c"], "d\n-4\n5\n", "readings_negative"),
        (["--chart", "c"], "d\n0\n0\n", "readings_constant"),
        (["--chart", "c"], "d\n4.5\n5\n", "readings_not_whole"),
        (["--chart", "c", "--sigma", "2"], "d\n4\n5\n", "option_not_here"),
        (["--chart", "i-mr", "--lambda", "0.2"], "x\n4\n5\n", "option_not_here"),
        (["--chart", "cusum", "--width", "3"], "x\n4\n5\n", "option_not_here"),
        (["--chart", "ewma", "--lambda", "2"], "x\n4\n5\n", "readings_outside"),
    ],
)
def test_what_no_chart_can_be_drawn_of_is_one_sentence(arguments: list[str], given: str, code: str) -> None:
    ran = CONSOLE("spc", "-", *arguments, "--json", given=given)
    assert (ran.status, ran.error["code"]) == (2, code)
    assert ran.err.count("\n") == 1 and "…" not in ran.err and "_" not in ran.err


def test_more_rows_than_are_taken_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns.Table.read, "__kwdefaults__", {"gaps": False, "most": 9})
    ran = CONSOLE("spc", "-", "--chart", "i-mr", "--json", given=lines(FLOW_RATES))
    assert (ran.status, ran.error["code"]) == (2, "too_many_rows")


def test_every_rule_has_words() -> None:
    assert RULE_WORDS.keys() == RULES.keys()


def test_capability_has_the_fields_of_the_contract() -> None:
    data = CONSOLE(
        "capability", "-", "--lsl", "45", "--usl", "57", "--json", given=lines(FLOW_RATES * 2)
    ).data
    for name in ("cp", "cpk", "pp", "ppk", "cpm"):
        assert data[name]["low"] < data[name]["value"] < data[name]["high"]
    assert data["ppm_expected"] > 0 == data["ppm_observed"] and data["target"] == 51
    assert data["estimator"] == "moving_range"


def test_one_limit_has_no_cp() -> None:
    data = CONSOLE("capability", "-", "--usl", "57", "--json", given=lines(FLOW_RATES * 2)).data
    assert data["cp"] is None and data["pp"] is None and data["cpm"] is None
    assert data["cpk"] == data["cpu"] and data["cpl"] is None


def test_subgroups_give_the_deviation_within() -> None:
    data = CONSOLE("capability", "-", "--lsl", "45", "--usl", "57", "--subgroup", "5", "--estimator", "pooled-sd",
                   "--json", given=lines(FLOW_RATES * 2)).data  # fmt: skip
    assert (data["estimator"], data["df_within"]) == ("pooled_sd", 16)


def test_values_that_are_not_normal_are_said_to_be_and_taken_by_percentiles() -> None:
    skewed = lines([f"{math.exp(i / 15):.4f}" for i in range(60)])
    ran = CONSOLE("capability", "-", "--usl", "99", "--method", "johnson", given=skewed)
    assert "do not look normal" in ran.out and "By percentiles" in ran.out
    data = CONSOLE("capability", "-", "--usl", "99", "--method", "johnson", "--json", given=skewed).data
    assert data["non_normal"]["method"] == "johnson" and data["normality"]["doubtful"] is True


@pytest.mark.parametrize(
    ("arguments", "given", "code"),
    [
        ([], lines(FLOW_RATES * 2), "readings_no_limit"),
        (["--lsl", "9", "--usl", "8"], lines(FLOW_RATES * 2), "readings_limits_crossed"),
        (["--lsl", "nan"], lines(FLOW_RATES * 2), "number"),
        (["--usl", "60"], lines(FLOW_RATES), "readings_too_few"),
        (["--usl", "60"], lines(["5"] * 20), "readings_constant"),
        (["--usl", "60", "--target", "70"], lines(FLOW_RATES * 2), "readings_outside"),
        (["--usl", "60", "--method", "magic"], lines(FLOW_RATES * 2), "unknown_kind"),
        (["--usl", "60", "--method", "percentile"], lines(FLOW_RATES * 2), "readings_too_few"),
        (["--usl", "60", "--confidence", "2"], lines(FLOW_RATES * 2), "readings_outside"),
    ],
)
def test_a_capability_that_cannot_be_told_is_one_sentence(
    arguments: list[str], given: str, code: str
) -> None:
    ran = CONSOLE("capability", "-", *arguments, "--json", given=given)
    assert (ran.status, ran.error["code"]) == (2, code)
    assert ran.err.count("\n") == 1 and "…" not in ran.err and "_" not in ran.err


def test_every_panel_that_breaks_a_rule_stands_in_the_violations() -> None:
    falling = lines([str(10 - i * 0.9) for i in range(12)])
    asked = ("spc", "-", "--chart", "cusum", "--center", "10", "--sigma", "1")
    data = CONSOLE(*asked, "--json", given=falling).data
    assert data["in_control"] is False and data["panel"] == "upper"
    assert {v["panel"] for v in data["violations"]} == {"lower"}
    assert data["violations"] == data["beside"]["violations"]
    said = CONSOLE(*asked, given=falling).out
    assert "Upper sum: limit 5." in said and "Lower sum: limit -5." in said


@pytest.mark.parametrize("chart", ["c", "g"])
def test_counts_that_are_all_equal_are_drawn_and_said(chart: str) -> None:
    alike = CONSOLE("spc", "-", "--chart", chart, given=lines(["5"] * 30))
    assert alike.status == 0 and "All points are equal" in alike.out
    assert CONSOLE("spc", "-", "--chart", chart, "--json", given=lines(["5"] * 30)).data["all_alike"] is True
    assert "All points are equal" not in CONSOLE("spc", "-", "--chart", chart, given=lines(WAFERS)).out


def test_percentiles_come_first_and_say_that_they_have_no_interval() -> None:
    skewed = lines([str(round(math.exp(i / 20), 6)) for i in range(80)])
    said = CONSOLE("capability", "-", "--usl", "99", "--method", "johnson", given=skewed).out
    assert said.index("By percentiles") < said.index("These two have no interval") < said.index("\nPpk ")
    assert "--method johnson" not in said
