# SPDX-License-Identifier: Apache-2.0
"""Acceptance by variables from the command line: published lots, and one sentence for what cannot be judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import Console
from tests.statistics.test_variables import CASES, FIGURES

CONSOLE = Console()
TEMPERATURES = "197\n188\n184\n205\n201\n"


@pytest.mark.parametrize("name", CASES)
def test_lots_worked_out_elsewhere_are_judged_alike_through_the_command_line(
    name: str, tmp_path: Path
) -> None:
    case: dict[str, Any] = CASES[name]
    file = tmp_path / "sample.csv"
    file.write_text("value\n" + "\n".join(map(str, case["data"])), encoding="utf-8")
    limits = [part for name, key in (("--lsl", "LSL"), ("--usl", "USL"), ("--sigma", "sigma")) if case[key] is not None
              for part in (name, str(case[key]))]  # fmt: skip
    ran = CONSOLE("variables", str(file), "--lot-size", str(case["lot"]), "--level", case["level"], "--aql", case["aql"],
                  "--severity", case["severity"], "--method", case["method"], *limits, "--json")  # fmt: skip
    data = ran.data
    assert (data["code_letter"], data["n"], data["m_percent"]) == (
        case["code_letter"],
        case["n"],
        case["M_percent"],
    )
    assert data["k"] == pytest.approx(case["k"], abs=1e-4)
    assert (data["mean"], data["sd"]) == (
        pytest.approx(case["mean"], abs=1e-6),
        pytest.approx(case["s"], abs=1e-6),
    )
    for key, published in (("quality_lower", case.get("QL")), ("quality_upper", case.get("QU"))):
        assert data[key] == (None if published is None else pytest.approx(published, abs=1e-6))
    assert data["accept"] is (case["decision_M"] == "accept")
    assert ran.status == (0 if data["accept"] else 1)


def test_values_come_from_standard_input_and_a_letter_says_the_plan() -> None:
    ran = CONSOLE("variables", "-", "--code-letter", "d", "--aql", "1.0", "--usl", "209", given=TEMPERATURES)
    assert ran.status == 0 and "The batch is acceptable." in ran.out
    assert "too few values to tell whether they are normal" in ran.out


def test_two_limits_are_taken_together() -> None:
    data = CONSOLE("variables", "-", "--code-letter", "D", "--aql", "1.0", "--usl", "209", "--lsl", "180", "--json",
                   given=TEMPERATURES).data  # fmt: skip
    assert data["form"] == "M" and data["percent"] == pytest.approx(2.799209, abs=1e-6)
    out = CONSOLE("variables", "-", "--code-letter", "D", "--aql", "1.0", "--usl", "200", "--lsl", "196",
                  given=TEMPERATURES).out  # fmt: skip
    assert "below the lower limit" in out and "The batch is not acceptable." in out


def test_the_plan_and_its_risk_need_no_values() -> None:
    figures = FIGURES["oc_variables"][0]
    data = CONSOLE("variables", "--n", "5", "--k", "1.53", "--at", *map(str, figures["pd"]), "--json").data
    assert [one["pa"] for one in data["points"]] == pytest.approx(figures["pa"], abs=1e-6)
    ran = CONSOLE("variables", "--code-letter", "B", "--aql", "0.40", "--at", "0.01,0.02", "0.05,0.1")
    assert (
        ran.status == 0
        and "Transcriptions of the standard differ" in ran.out
        and "the arrow of the table" in ran.out
    )
    assert CONSOLE("variables", "--lot-size", "4", "--aql", "1.0", "--json").data["inspect_all"] is True


def test_a_batch_smaller_than_the_sample_is_measured_whole_and_held_to_its_limits() -> None:
    small = ("variables", "-", "--lot-size", "3", "--aql", "1.0", "--usl", "9")
    asked = CONSOLE("variables", "--lot-size", "3", "--aql", "1.0", "--json").data
    assert (asked["n"], asked["table_n"], asked["k"], asked["inspect_all"]) == (3, 4, None, True)
    good, bad = CONSOLE(*small, given="7\n8\n9"), CONSOLE(*small, given="7\n8\n9.01")
    assert (good.status, bad.status) == (0, 1)
    assert "1 value of 3 lies outside the limits: reject." in bad.out
    assert CONSOLE(*small[:-2], given="7\n8\n9").status == 2


def test_values_that_do_not_look_normal_and_close_calls_are_warned_of() -> None:
    values = "\n".join(["1.0"] * 12 + ["1.1"] * 7 + ["50"])
    ran = CONSOLE("variables", "-", "--code-letter", "H", "--aql", "1.0", "--usl", "100", given=values)
    assert "do not look normal" in ran.out
    close = CONSOLE(
        "variables", "-", "--code-letter", "D", "--aql", "1.0", "--usl", "208.47", given=TEMPERATURES
    )
    assert "close call" in close.out


@pytest.mark.parametrize(
    ("arguments", "values", "code"),
    [("--code-letter D --aql 1.0 --usl 9", "1\nabc\n3\n4\n5\n", "number"),
     ("--code-letter D --aql 1.0 --usl 9", "1\nNaN\n3\n4\n5\n", "number"),
     ("--code-letter D --aql 1.0 --usl 9", "1\n1e999\n3\n4\n5\n", "number"),
     ("--code-letter D --aql 1.0 --usl 9", "1\ninf\n3\n4\n5\n", "number"),
     ("--code-letter D --aql 1.0 --usl 9", "", "file_empty"),
     ("--code-letter D --aql 1.0 --usl 9", "5\n5\n5\n5\n5\n", "readings_constant"),
     ("--code-letter D --aql 1.0 --usl 9", "5\n6\n", "readings_wrong_count"),
     ("--code-letter D --aql 1.0 --usl 9 --lsl 10", TEMPERATURES, "readings_limits_crossed"),
     ("--code-letter D --aql 1.0", TEMPERATURES, "readings_no_limit"),
     ("--code-letter D --aql 1.0 --usl nan", TEMPERATURES, "number"),
     ("--code-letter D --aql 1.1 --usl 9", TEMPERATURES, "unknown_aql"),
     ("--code-letter A --aql 1.0 --usl 9", TEMPERATURES, "unknown_letter"),
     ("--lot-size 1 --aql 1.0 --usl 9", TEMPERATURES, "lot_too_small"),
     ("--lot-size 3 --aql 1.0 --usl 9", TEMPERATURES, "readings_wrong_count"),
     ("--code-letter D --lot-size 40 --aql 1.0 --usl 9", TEMPERATURES, "letter_unclear"),
     ("--code-letter D --usl 9", TEMPERATURES, "missing"),
     ("--code-letter D --aql 1.0 --usl 9 --method R", TEMPERATURES, "range_left_out"),
     ("--code-letter D --aql 1.0 --usl 9 --method t", TEMPERATURES, "unknown_method"),
     ("--code-letter D --aql 1.0 --usl 9 --method sigma", "1\n2\n", "readings_sigma_missing"),
     ("--code-letter D --aql 1.0 --usl 9 --method sigma --sigma 0", "1\n2\n", "readings_not_above"),
     ("--code-letter D --aql 1.0 --usl 9 --sigma 1", TEMPERATURES, "readings_sigma_not_used"),
     ("--code-letter D --aql 1.0 --usl 9 --form m", TEMPERATURES, "unknown_kind"),
     ("--n 5 --aql 1.0", "", "letter_unclear"),
     ("--code-letter D --aql 1.0 --usl 9 --at 2", TEMPERATURES, "share_outside"),
     ("--code-letter D --aql 1.0 --usl 9 --at 0,1", TEMPERATURES, "comma_unclear"),
     ("--n 5 --k 1.53 --at 0.01 0,1", "", "comma_unclear"),
     ("--code-letter D --aql 1.0 --usl 9 --severity loose", TEMPERATURES, "unknown_severity"),
     ("--lot-size 40 --level S-1 --aql 1.0 --usl 9", TEMPERATURES, "unknown_level"),
     ("more.csv --code-letter D --aql 1.0 --usl 9", TEMPERATURES, "one_file"),
     ("--code-letter D --aql 1.0 --usl 9", "a,b\n1,2\n", "columns_unclear")],
)  # fmt: skip
def test_what_cannot_be_judged_is_refused_in_one_sentence(arguments: str, values: str, code: str) -> None:
    file = [] if "--n" in arguments else ["-"]
    ran = CONSOLE("variables", *file, *arguments.split(), "--json", given=values)
    assert (ran.status, ran.error["code"]) == (2, code)
    assert ran.err.count("\n") == 1 and "…" not in ran.err


def test_an_own_plan_without_qualities_has_nothing_to_say() -> None:
    assert CONSOLE("variables", "--n", "5", "--k", "1.53", "--json").error["code"] == "file_or_at"
    assert (
        CONSOLE("variables", "--n", "5", "--k", "1", "--at", "0.1", "--method", "R", "--json").error["code"]
        == "range_left_out"
    )
