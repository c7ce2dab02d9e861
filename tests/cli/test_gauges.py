# SPDX-License-Identifier: Apache-2.0
"""Gauge and agreement studies from tables: the manual's figures through the command, bad tables in one sentence."""

from __future__ import annotations

import pytest

from tests.cli.console import Console
from tests.statistics.test_gauge_accuracy import FIVE_PARTS, ONE_MASTER
from tests.statistics.test_gauge_studies import ROWS

CONSOLE = Console()
STUDY = "part,operator,value\n" + "".join(f"{p},{o},{x}\n" for p, o, x in ROWS)
LONG = "part,appraiser,rating,standard\n" + "".join(
    f"{part},{person},{said},{'ok' if part < 4 else 'bad'}\n"
    for person, word in (("Ann", ("ok", "ok", "ok", "bad", "bad")), ("Bob", ("ok", "bad", "ok", "bad", "ok")))
    for part, said in enumerate(word, 1)
    for _ in range(2)
)


def test_a_gauge_study_has_the_fields_of_the_contract() -> None:
    """AIAG, Measurement Systems Analysis: GRR 0.302373, 27.9 % of the study, ndc 4; interaction pooled."""
    data = CONSOLE("msa", "gauge-rr", "-", "--json", given=STUDY).data
    assert (data["model"], data["ndc"], data["alpha"]) == ("reduced", 4, 0.25)
    assert data["components"]["gage_rr"]["sd"] == pytest.approx(0.302373, abs=2e-6)
    assert (
        data["percent_study"]
        == data["components"]["gage_rr"]["percent_study"]
        == pytest.approx(27.9, abs=0.06)
    )
    assert data["other_model"]["components"]["interaction"]["clamped"] is True
    assert data["other_model"]["warnings"] == ["interaction_below_zero"]


def test_tolerance_and_alpha_are_settings() -> None:
    data = CONSOLE("msa", "gauge-rr", "-", "--tolerance", "8", "--alpha", "1", "--json", given=STUDY).data
    assert data["model"] == "full"
    assert data["percent_tolerance"] == pytest.approx(600 * data["components"]["gage_rr"]["sd"] / 8)
    assert "stands as zero" in CONSOLE("msa", "gauge-rr", "-", "--alpha", "1", given=STUDY).out


def test_columns_may_be_named_otherwise_and_stand_anywhere() -> None:
    other = "who;what;mm\n" + "".join(f"{o};{p};{x}\n" for p, o, x in ROWS)
    data = CONSOLE("msa", "gauge-rr", "-", "--part", "what", "--operator", "1", "--value", "mm", "--json",
                   given=other).data  # fmt: skip
    assert data["ndc"] == 4
    ran = CONSOLE("msa", "gauge-rr", "-", "--json", given=other)
    assert (ran.status, ran.error["code"]) == (2, "columns_unclear")


def test_a_nested_study_has_parts_of_each_operators_own() -> None:
    rows = "part,operator,value\n" + "".join(
        f"{p},{o},{x}\n" for (p, o), x in zip([(p, o) for o in "AB" for p in "12" for _ in "xy"],
                                              (1, 3, 5, 7, 2, 4, 10, 12), strict=True)
    )  # fmt: skip
    data = CONSOLE("msa", "gauge-rr", "-", "--nested", "--json", given=rows).data
    assert data["model"] == "nested" and data["components"]["part"]["variance"] == pytest.approx(19)


def test_agreement_takes_one_row_a_judgement() -> None:
    data = CONSOLE("msa", "agreement", "-", "--good", "ok", "--json", given=LONG).data
    assert [e["right"]["percent"] for e in data["effectiveness"]] == [100, 60]
    assert data["effectiveness"][1]["missed"]["percent"] == 50
    assert data["cohen"][0]["first"] == "Ann" and -1 <= data["cohen"][0]["kappa"] <= 1
    assert data["fleiss"]["raters"] == 4 and data["within"][0]["alike"]["percent"] == 100


def test_agreement_takes_one_column_a_person_too() -> None:
    wide = "part,Ann,Bob,standard\n1,ok,ok,ok\n2,ok,bad,ok\n3,ok,ok,ok\n4,bad,bad,bad\n5,bad,ok,bad\n"
    data = CONSOLE("msa", "agreement", "-", "--json", given=wide).data
    long = CONSOLE("msa", "agreement", "-", "--json", given=LONG).data
    assert data["cohen"][0]["kappa"] == pytest.approx(long["cohen"][0]["kappa"])
    assert data["fleiss"]["raters"] == 2 and data["trials"] == 1
    assert "Bob: 3 of 5 parts right" in CONSOLE("msa", "agreement", "-", given=wide).out


def test_ordered_categories_are_weighted() -> None:
    grades = "a,b\n" + "".join(f"{x},{y}\n" for x, y in ((1, 2), (2, 2), (3, 3), (4, 3), (1, 1), (3, 4)))
    one = CONSOLE("msa", "agreement", "-", "--json", given=grades).data["cohen"][0]
    assert one["quadratic"]["kappa"] > one["linear"]["kappa"] > one["kappa"]


def test_bias_and_linearity_of_the_manual() -> None:
    column = "\n".join(map(str, ONE_MASTER))
    data = CONSOLE("msa", "bias", "-", "--reference", "6", "--json", given=column).data
    assert data["t"] == pytest.approx(0.1218, abs=5e-5) and data["shown"] is False
    rows = "reference,value\n" + "".join(f"{r},{x}\n" for r, values in FIVE_PARTS.items() for x in values)
    line = CONSOLE("msa", "linearity", "-", "--json", given=rows).data
    assert line["slope"]["value"] == pytest.approx(-0.131667, abs=1e-6) and line["zero_inside"] is False
    assert "not zero" in CONSOLE("msa", "linearity", "-", given=rows).out
    assert "No bias" in CONSOLE("msa", "bias", "-", "--reference", "6", given=column).out


@pytest.mark.parametrize(
    ("arguments", "given", "code"),
    [
        (["gauge-rr", "-"], "part,operator,value\n1,A,2\n", "readings_too_few"),
        (["gauge-rr", "-"], STUDY + "1,A,0.3\n", "readings_unbalanced"),
        (["gauge-rr", "-"], STUDY.replace("0.29", "nan"), "number"),
        (["gauge-rr", "-", "--tolerance", "0"], STUDY, "readings_not_above"),
        (["gauge-rr", "-", "--part", "colour"], STUDY, "no_such_column"),
        (["agreement", "-"], "a,b\nok,ok\nok,ok\n", "readings_too_few"),
        (["agreement", "-"], "a,b\nok,\nok,bad\n", "text_missing"),
        (["agreement", "-", "--good", "fine"], LONG, "readings_unknown"),
        (["agreement", "-"], LONG + "1,Ann,ok,bad\n", "readings_standard_twice"),
        (["bias", "-", "--reference", "6"], "1\n2\n", "readings_too_few"),
        (["linearity", "-"], "a,b\n1,2\n", "columns_unclear"),
    ],
)
def test_a_study_that_is_none_is_one_sentence(arguments: list[str], given: str, code: str) -> None:
    ran = CONSOLE("msa", *arguments, "--json", given=given)
    assert (ran.status, ran.error["code"]) == (2, code)
    assert ran.err.count("\n") == 1 and "…" not in ran.err


def test_a_rater_of_one_category_has_no_kappa_and_no_interval_of_no_width() -> None:
    given = "part,operator,result\n" + "".join(f"{i},x,ok\n{i},y,bad\n" for i in range(5))
    pair = CONSOLE("msa", "agreement", "-", "--json", given=given).data["cohen"][0]
    assert (pair["kappa"], pair["low"], pair["high"], pair["reason"]) == (None, None, None, "constant")
    said = CONSOLE("msa", "agreement", "-", given=given).out
    assert "Everybody judged 0 of 5 parts alike, between 0 and 52 %." in said
    assert "there is no kappa where one of them put every part into the same category" in said
    assert "between -1.00 and -1.00" not in said and "0.00 and 0.00" not in said


def test_kappa_of_all_together_is_said_with_its_interval() -> None:
    rows = ((1, "a", "a"), (2, "a", "b"), (3, "b", "b"), (4, "b", "b"), (5, "a", "a"))
    given = "part,operator,result\n" + "".join(f"{i},x,{one}\n{i},y,{two}\n" for i, one, two in rows)
    data = CONSOLE("msa", "agreement", "-", "--json", given=given).data["fleiss"]
    said = CONSOLE("msa", "agreement", "-", given=given).out
    assert (
        f"All together: kappa {data['kappa']:.2f}, between {data['low']:.2f} and {data['high']:.2f}." in said
    )


def test_without_a_tolerance_there_is_no_column_of_it() -> None:
    given = "part,operator,value\n" + "".join(
        f"{p},{o},{p + o / 10 + t / 100}\n" for p in (1, 2, 3) for o in (1, 2) for t in (1, 2)
    )
    assert "tolerance" not in CONSOLE("msa", "gauge-rr", "-", given=given).out
    assert "% tolerance" in CONSOLE("msa", "gauge-rr", "-", "--tolerance", "5", given=given).out


def test_the_part_that_was_measured_unequally_is_named_with_who_measured_it() -> None:
    said = CONSOLE("msa", "gauge-rr", "-", given=STUDY + "1,A,0.3\n").err
    assert "equally often: look at part 1, measured by B." in said
