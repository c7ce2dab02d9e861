# SPDX-License-Identifier: Apache-2.0
"""Sampling plans from the command line, as the contract has them, against published figures."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from qcdesk.statistics.sampling_stages import PLAN_TYPES
from qcdesk.statistics.sampling_tables import AQLS, LETTERS, SEVERITIES, STANDARDS
from tests.cli.console import Console
from tests.statistics.test_sampling import LOTS, published

CONSOLE = Console()


def test_a_plan_has_the_fields_of_the_contract() -> None:
    """ISO 2859-1:1999, tables 1 and 2-A: lot 1000, level II, AQL 1.0 is J, n 80, Ac 2."""
    data = CONSOLE("sample", "--lot-size", "1000", "--level", "II", "--aql", "1.0", "--json").data
    assert (data["code_letter"], data["plan_letter"], data["inspect_all"]) == ("J", "J", False)
    assert data["stages"] == [{"n": 80, "ac": 2, "re": 3, "cumulative_n": 80, "table_n": 80}]
    assert data["source"] == {
        "standard": "iso2859-1:1999", "edition": "ISO 2859-1:1999", "table": "2-A", "rests_on": "several"
    }  # fmt: skip
    assert (data["type"], data["used_type"], data["whole_lot_stage"]) == ("single", "single", None)
    assert data["aql"] == 1.0 and data["raw"] == {"aql": "1.0"}


def test_an_arrow_changes_letter_and_numbers_together() -> None:
    data = CONSOLE("sample", "--lot-size", "20", "--aql", "1.0", "--json").data
    assert (data["code_letter"], data["plan_letter"]) == ("C", "E")
    assert [(one["n"], one["ac"], one["re"]) for one in data["stages"]] == [(13, 0, 1)]


def test_a_sample_as_large_as_the_lot_inspects_all() -> None:
    data = CONSOLE("sample", "--lot-size", "5", "--aql", "1.0", "--json").data
    assert data["inspect_all"] is True and data["stages"][0]["n"] == 5
    assert CONSOLE("sample", "--lot-size", "5", "--aql", "1.0").out.startswith("Inspect all 5 units.")


def test_a_table_is_answered_row_by_row(tmp_path: Path) -> None:
    file = tmp_path / "lots.csv"
    file.write_text("lot-size;aql;severity\n1000;1.0;normal\n\n1000;1.0;tightened\n", encoding="utf-8")
    plans = CONSOLE("sample", "--from", str(file), "--json").data["plans"]
    assert [(p["severity"], p["stages"][0]["ac"]) for p in plans] == [("normal", 2), ("tightened", 1)]


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_cell_of_the_tables_is_answered_as_published(standard: str) -> None:
    cells = list(product(PLAN_TYPES, SEVERITIES, LETTERS, range(len(AQLS))))
    rows = (f"{','.join(map(str, LOTS[letter]))},{AQLS[i]},{sev},{kind}" for kind, sev, letter, i in cells)
    text = "lot-size,level,aql,severity,type\n" + "\n".join(rows)
    plans = CONSOLE("sample", "--standard", standard, "--from", "-", "--json", given=text).data["plans"]
    for (kind, severity, letter, index), plan in zip(cells, plans, strict=True):
        used, plan_letter, numbers = published(standard, kind, severity, letter, index)
        assert (plan["code_letter"], plan["plan_letter"], plan["used_type"]) == (letter, plan_letter, used)
        assert tuple((one["table_n"], one["ac"], one["re"]) for one in plan["stages"]) == numbers


def test_options_fill_what_the_table_leaves_out(tmp_path: Path) -> None:
    file = tmp_path / "lots.csv"
    file.write_text("lot_size,level\n1000,\n1000,I\n", encoding="utf-8")
    plans = CONSOLE("sample", "--from", str(file), "--aql", "1.0", "--json").data["plans"]
    assert [p["code_letter"] for p in plans] == ["J", "G"]


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("lot_size,aql\n1000,1.1\n", "unknown_aql", 2),
        ("lot_size,aql\n1000,1.0\n1,1.0\n", "lot_too_small", 3),
        ("lot_size,aql\n1000\n", "row_width", 2),
        ("lot_size,colour\n1000,red\n", "unknown_kind", 1),
        ("lot_size,lot_size\n1,2\n", "header_twice", 1),
        ("lot_size,aql\n0,1.0\n", "lot_too_small", 2),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, text: str, code: str, row: int) -> None:
    file = tmp_path / "lots.csv"
    file.write_text(text, encoding="utf-8")
    ran = CONSOLE("sample", "--from", str(file), "--json")
    assert ran.status == 2 and ran.error["code"] == code
    assert ran.error["where"]["file"] == "lots.csv" and ran.error["where"]["row"] == row
    assert ran.err.startswith("lots.csv, row ")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file_empty"),
        ("\n\n", "file_empty"),
        ("lot_size,aql\n", "no_rows"),
        ("aql\n" + "1.0\n" * 100_001, "too_many_rows"),
    ],
)
def test_a_table_of_nothing_or_of_too_much_is_refused(text: str, code: str) -> None:
    ran = CONSOLE("sample", "--from", "-", "--lot-size", "100", "--json", given=text)
    assert (ran.status, ran.error["code"]) == (2, code)


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "lots.csv"
    file.write_bytes("lot_size,aql\n1000,1.0é\n".encode("latin-1"))
    ran = CONSOLE("sample", "--from", str(file), "--json")
    assert ran.error["code"] == "table_not_utf8" and "--encoding" not in ran.err


def test_an_option_beside_a_column_of_the_same_is_refused_and_not_ignored(tmp_path: Path) -> None:
    file = tmp_path / "lots.csv"
    file.write_text("lot_size,aql,type\n1000,1.0,single\n", encoding="utf-8")
    for option, value in (("--aql", "2.5"), ("--type", "single"), ("--lot-size", "5")):
        ran = CONSOLE("sample", "--from", str(file), option, value, "--json")
        assert (ran.status, ran.error["code"]) == (2, "option_and_column")


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [("--severity", "loose", "unknown_severity"), ("--type", "triple", "unknown_type"),
     ("--standard", "iso3951", "unknown_standard"), ("--level", "IV", "unknown_level")],
)  # fmt: skip
def test_what_is_not_here_says_what_is(option: str, value: str, code: str) -> None:
    ran = CONSOLE("sample", "--lot-size", "1000", "--aql", "1.0", option, value, "--json")
    assert ran.status == 2 and ran.error["code"] == code and "“" in ran.err


def test_a_multiple_plan_says_where_it_cannot_accept_yet() -> None:
    """MIL-STD-105E, table IV-A, letter K, AQL 0.40."""
    plan = ("sample", "--lot-size", "3000", "--aql", "0.40", "--type", "multiple", "--standard", "z1.4")
    data = CONSOLE(*plan, "--json").data
    assert [one["ac"] for one in data["stages"]] == [None, None, 0, 0, 1, 1, 2]
    assert [one["re"] for one in data["stages"]] == [2, 2, 2, 3, 3, 3, 3]
    assert [one["cumulative_n"] for one in data["stages"]] == [32, 64, 96, 128, 160, 192, 224]
    assert data["source"]["table"] == "IV-A" and data["source"]["rests_on"] == "two"
    told = CONSOLE(*plan).out.splitlines()
    assert told[0] == (
        "Sample 1: take 32 units out of 3000 at random. Reject with 2 or more; it is too early to accept."
    )
    assert told[2].startswith(
        "Sample 3: take 32 more units, 96 in all. Accept only when nothing bad is found;"
    )
    assert "Two transcriptions" in told[-1]


def test_a_plan_of_another_type_than_asked_for_says_so() -> None:
    plan = ("sample", "--lot-size", "3000", "--aql", "0.10", "--type", "double")
    data = CONSOLE(*plan, "--json").data
    assert (data["type"], data["used_type"], data["source"]["table"]) == ("double", "single", "2-A")
    assert CONSOLE(*plan).out.startswith("The table has no such plan here and points to single sampling.\n")


def test_reduced_inspection_with_a_gap_says_what_lies_between() -> None:
    plan = ("sample", "--lot-size", "3000", "--aql", "1.0", "--severity", "reduced", "--standard", "z1.4")
    data = CONSOLE(*plan, "--json").data
    assert [(one["n"], one["ac"], one["re"]) for one in data["stages"]] == [(50, 1, 4)]
    assert "In between, accept this lot and inspect the next one at normal severity." in CONSOLE(*plan).out


def test_samples_that_reach_the_lot_say_that_none_is_left() -> None:
    plan = (
        "sample",
        "--lot-size",
        "10",
        "--level",
        "III",
        "--aql",
        "6.5",
        "--type",
        "multiple",
        "--standard",
        "z1.4",
    )
    data = CONSOLE(*plan, "--json").data
    assert [one["n"] for one in data["stages"]] == [2, 2, 2, 2, 2, 0, 0]
    assert (data["inspect_all"], data["whole_lot_stage"]) == (False, 5)
    told = CONSOLE(*plan).out
    assert "Sample 5: take the 2 units that are left." in told and "Sample 7: no unit is left." in told


def test_a_table_may_mix_types_and_severities(tmp_path: Path) -> None:
    file = tmp_path / "lots.csv"
    file.write_text(
        "lot_size,aql,type,severity,standard\n3000,1.0,double,normal,z1.4\n3000,1.0,multiple,reduced,z1.4\n",
        encoding="utf-8",
    )
    plans = CONSOLE("sample", "--from", str(file), "--json").data["plans"]
    assert [len(plan["stages"]) for plan in plans] == [2, 7]
    assert plans[0]["stages"][0] == {"n": 80, "ac": 1, "re": 4, "cumulative_n": 80, "table_n": 80}
    assert "80 80" in CONSOLE("sample", "--from", str(file)).out


def test_a_disputed_plan_says_so() -> None:
    told = CONSOLE("sample", "--lot-size", "3000", "--aql", "2.5", "--severity", "reduced").out
    assert "Transcriptions of the standard differ on this plan" in told
