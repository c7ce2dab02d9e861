# SPDX-License-Identifier: Apache-2.0
"""Sampling plans and estimates from numbers, against published figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.console import Console

CONSOLE = Console()


def test_a_plan_has_the_fields_of_the_contract() -> None:
    """ISO 2859-1:1999, tables 1 and 2-A: lot 1000, level II, AQL 1.0 is J, n 80, Ac 2."""
    data = CONSOLE("sample", "--lot-size", "1000", "--level", "II", "--aql", "1.0", "--json").data
    assert (data["code_letter"], data["plan_letter"], data["inspect_all"]) == ("J", "J", False)
    assert data["stages"] == [{"n": 80, "ac": 2, "re": 3, "cumulative_n": 80}]
    assert data["source"] == {"standard": "iso2859-1:1999", "table": "2-A"}
    assert data["aql"] == 1.0 and data["raw"] == {"aql": "1.0"}


def test_an_arrow_changes_letter_and_numbers_together() -> None:
    data = CONSOLE("sample", "--lot-size", "20", "--aql", "1.0", "--json").data
    assert (data["code_letter"], data["plan_letter"]) == ("C", "E")
    assert data["stages"] == [{"n": 13, "ac": 0, "re": 1, "cumulative_n": 13}]


def test_a_sample_as_large_as_the_lot_inspects_all() -> None:
    data = CONSOLE("sample", "--lot-size", "5", "--aql", "1.0", "--json").data
    assert data["inspect_all"] is True and data["stages"][0]["n"] == 5
    assert CONSOLE("sample", "--lot-size", "5", "--aql", "1.0").out.startswith("Inspect all 5 units.")


def test_a_table_is_answered_row_by_row(tmp_path: Path) -> None:
    file = tmp_path / "lots.csv"
    file.write_text("lot-size;aql;severity\n1000;1.0;normal\n\n1000;1.0;tightened\n", encoding="utf-8")
    plans = CONSOLE("sample", "--from", str(file), "--json").data["plans"]
    assert [(p["severity"], p["stages"][0]["ac"]) for p in plans] == [("normal", 2), ("tightened", 1)]


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
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, text: str, code: str, row: int) -> None:
    file = tmp_path / "lots.csv"
    file.write_text(text, encoding="utf-8")
    ran = CONSOLE("sample", "--from", str(file), "--json")
    assert ran.status == 2 and ran.error["code"] == code
    assert ran.error["where"]["file"] == "lots.csv" and ran.error["where"]["row"] == row
    assert ran.err.startswith("lots.csv, row ")


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
    [("--severity", "loose", "unknown_severity"), ("--type", "double", "unknown_type"),
     ("--standard", "iso3951", "unknown_standard"), ("--level", "IV", "unknown_level")],
)  # fmt: skip
def test_what_is_not_here_says_what_is(option: str, value: str, code: str) -> None:
    ran = CONSOLE("sample", "--lot-size", "1000", "--aql", "1.0", option, value, "--json")
    assert ran.status == 2 and ran.error["code"] == code and "“" in ran.err


def test_an_estimate_is_chapmans() -> None:
    """12, 9 and 5 found: total 20.667, missed 4.667 (Seber 1982, 3.1)."""
    data = CONSOLE("estimate", "--first", "12", "--second", "9", "--both", "5", "--json").data
    assert data["missed_estimate"] == pytest.approx(4.666667)
    assert data["missed_low"] <= data["missed_estimate"] <= (data["missed_high"] or 1e9)
    assert (data["both"], data["first_only"], data["second_only"]) == (5, 7, 4)
    assert data["verdict"] is None and data["kappa"] is None and data["reliable"] is True


def test_with_sample_and_lot_the_whole_batch_is_estimated() -> None:
    data = CONSOLE("estimate", "--first", "9", "--second", "10", "--both", "7", "--sample", "125",
                   "--lot-size", "1800", "--json").data  # fmt: skip
    assert data["batch_escape_low"] <= data["batch_escape_estimate"] <= data["batch_escape_high"]
    assert -1 <= data["kappa"] <= 1


def test_an_estimate_that_is_not_dependable_says_why() -> None:
    data = CONSOLE("estimate", "--first", "3", "--second", "4", "--both", "0", "--json").data
    assert data["reliable"] is False and data["reason"] == "no_overlap" and data["missed_high"] is None


@pytest.mark.parametrize(
    ("counts", "code"),
    [(("5", "4", "6"), "both_above_one"), (("90", "40", "0", "--sample", "80"), "found_above_sample"),
     (("9", "9", "9", "--lot-size", "80"), "missing"),
     (("9", "9", "9", "--sample", "90", "--lot-size", "80"), "sample_above_lot"), (("-1", "4", "6"), "quantity")],
)  # fmt: skip
def test_counts_that_cannot_be_are_refused(counts: tuple[str, ...], code: str) -> None:
    ran = CONSOLE(
        "estimate", f"--first={counts[0]}", "--second", counts[1], "--both", counts[2], *counts[3:], "--json"
    )
    assert ran.status == 2 and ran.error["code"] == code
