# SPDX-License-Identifier: Apache-2.0
"""Histories of lots from a table: what the switching rules make of them, and how bad tables are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import Console

CONSOLE = Console()
HISTORIES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "statistics" / "data" / "switching.json").read_text(encoding="utf-8")
)


def answer(text: str, *options: str) -> dict[str, Any]:
    return CONSOLE("switching", "-", *options, "--json", given=text).data


@pytest.mark.parametrize("one", HISTORIES["histories"], ids=lambda one: one["name"])
def test_histories_worked_out_by_the_clauses(one: dict[str, Any]) -> None:
    rows = ["n,ac,re,nonconforming", *(",".join(map(str, row[1:5])) for row in one["rows"])]
    data = answer("\n".join(rows), "--standard", one["standard"], "--type", "single")
    got = [[lot["state_before"], lot["outcome"], lot["score"], lot["state_after"]] for lot in data["lots"]]
    assert got == [[row[0], row[5], row[6], row[7]] for row in one["rows"]]


def test_a_change_says_why_in_a_sentence_and_by_code() -> None:
    text = "lot,n,ac,re,nonconforming\nB-1,80,2,3,4\nB-2,80,2,3,0\nB-3,80,2,3,3\n"
    data = answer(text)
    assert data["lots"][2]["reason"] == {
        "code": "two_of_five", "lots": ["B-1", "B-3"], "figures": {"of": 3}
    }  # fmt: skip
    assert (data["state"], data["lots"][0]["reason"]) == ("tightened", None)
    told = CONSOLE("switching", "-", given=text).out
    assert (
        "After lot B-3: Inspection is tightened: of 3 lots in a row, two were not accepted: B-1, B-3." in told
    )


def test_a_history_through_every_state() -> None:
    bad, good = "80,2,3,3,,\n", "80,2,3,0,,\n"
    text = "n,ac,re,nonconforming,resumed,resubmitted\n" + bad * 7 + "80,2,3,0,yes,\n" + good * 4 + good * 10
    data = answer(text)
    assert "".join(lot["state_after"][0] for lot in data["lots"]) == "nttttt" + "d" + "tttt" + "n" * 10 + "r"
    assert data["lots"][7]["changed_before"]["code"] == "corrective_action"
    assert (
        "Before lot 8: Inspection is tightened: corrective action was taken."
        in CONSOLE("switching", "-", given=text).out
    )


def test_resubmitted_lots_do_not_count() -> None:
    data = answer("n,ac,re,nonconforming,resubmitted\n80,2,3,3,no\n80,2,3,5,yes\n80,2,3,5,yes\n")
    assert [lot["counted"] for lot in data["lots"]] == [True, False, False]
    assert data["state"] == "normal"


def test_double_plans_give_a_figure_for_each_sample() -> None:
    text = "n,ac,re,nonconforming\n80 80,1 4,3 5,0\n80 80,1/4,3/5,2/1\n80 80,1 4,3 5,2 4\n"
    data = answer(text, "--type", "double")
    assert [(lot["outcome"], lot["decided_at"], lot["score"]) for lot in data["lots"]] == [
        ("A", 1, 3), ("A", 2, 0), ("R", 2, 0)
    ]  # fmt: skip


def test_multiple_plans_may_have_no_acceptance_number_yet() -> None:
    data = answer("ac,re,nonconforming\n# 0 1 2 4,3 3 4 5 5,0 0\n", "--type", "multiple")
    assert (data["lots"][0]["outcome"], data["lots"][0]["score"]) == ("A", 3)


def test_reduced_inspection_waits_for_what_is_missing() -> None:
    text = "ac,re,nonconforming\n" + "3,4,0\n" * 11
    data = answer(text, "--not-approved")
    assert (data["state"], data["waits"]) == ("normal", ["approved"])
    assert "it waits for approval" in CONSOLE("switching", "-", "--not-approved", given=text).out
    data = answer("ac,re,nonconforming,steady\n" + "3,4,0,\n" * 10 + "2,3,0,\n2,3,0,no\n")
    assert (data["lots"][10]["state_before"], data["state"]) == ("reduced", "normal")
    assert data["lots"][11]["changed_before"]["code"] == "irregular"


def test_limit_numbers_stand_in_a_column() -> None:
    text = "ac,re,nonconforming,limit\n" + "3,4,1,9\n" * 10
    assert answer(text, "--standard", "z1.4")["state"] == "normal"
    assert answer(text.replace(",9", ",10"), "--standard", "z1.4")["state"] == "reduced"


def test_when_to_discontinue_can_be_chosen() -> None:
    text = "ac,re,nonconforming\n" + "2,3,3\n" * 2 + ("2,3,0\n" * 4 + "2,3,3\n") * 2
    assert answer(text, "--discontinue", "ten-lots")["state"] == "discontinued"
    assert answer(text, "--standard", "MIL-STD-105E")["state"] == "discontinued"
    assert answer(text)["state"] == "tightened"


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("ac,re\n2,3\n", "missing", 2),
        ("ac,re,nonconforming\n2,3,\n", "missing", 2),
        ("ac,re,nonconforming\n2,3,x\n", "quantity", 2),
        ("ac,re,nonconforming\n2,3,0\n2,3,-1\n", "quantity", 3),
        ("ac,re,nonconforming\n3,3,0\n", "lot_ac_above_re", 2),
        ("ac,re,nonconforming\n1,4,2\n", "lot_between_needs_reduced", 2),
        ("ac,re,nonconforming\n4,5,2\n", "lot_ac_not_tabled", 2),
        ("ac,re,nonconforming\n1 4,3,2\n", "lot_samples_differ", 2),
        ("ac,re,nonconforming,resumed\n1,2,0,yes\n", "lot_not_discontinued", 2),
        ("ac,re,nonconforming,steady\n1,2,0,maybe\n", "unknown_kind", 2),
        ("ac,re,nonconforming,colour\n1,2,0,red\n", "unknown_kind", 1),
        ("n,ac,re,nonconforming\n0,1,2,0\n", "quantity_too_small", 2),
    ],
)
def test_a_bad_row_is_named(text: str, code: str, row: int) -> None:
    ran = CONSOLE("switching", "-", "--json", given=text)
    assert (ran.status, ran.error["code"]) == (2, code)
    assert ran.error["where"]["row"] == row and "cannot be taken as it is" not in ran.err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ac,re,nonconforming\n1 4,3 5,2\n", "lot_undecided"),
        ("ac,re,nonconforming\n1 4,3 5,0 1\n", "lot_found_after_end"),
    ],
)
def test_samples_that_decide_nothing_or_too_much_are_refused(text: str, code: str) -> None:
    ran = CONSOLE("switching", "-", "--type", "double", "--json", given=text)
    assert (ran.status, ran.error["code"]) == (2, code)


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [("--standard", "iso3951", "unknown_standard"), ("--type", "triple", "unknown_type"),
     ("--discontinue", "never", "unknown_kind")],
)  # fmt: skip
def test_rules_that_are_not_here_say_what_is(option: str, value: str, code: str) -> None:
    ran = CONSOLE("switching", "-", option, value, "--json", given="ac,re,nonconforming\n1,2,0\n")
    assert (ran.status, ran.error["code"]) == (2, code) and "“" in ran.err


def test_a_history_of_headings_alone_is_refused() -> None:
    ran = CONSOLE("switching", "-", "--json", given="n,ac,re,nonconforming\n")
    assert ran.status == 2 and ran.error["code"] == "no_rows"
