# SPDX-License-Identifier: Apache-2.0
"""Estimates from numbers, against published figures."""

from __future__ import annotations

import pytest

from tests.cli.console import Console

CONSOLE = Console()


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


def test_people_read_both_ends_of_every_estimate() -> None:
    asked = (
        "estimate",
        "--first",
        "12",
        "--second",
        "12",
        "--both",
        "12",
        "--sample",
        "12",
        "--lot-size",
        "1800",
    )
    data, said = CONSOLE(*asked, "--json").data, CONSOLE(*asked).out
    low, high = data["batch_escape_low"], data["batch_escape_high"]
    assert f"about 1788 bad units are probably left unfound; {low} to {high}." in said
    alone = ("estimate", "--first", "346", "--second", "184", "--both", "49")
    data, said = CONSOLE(*alone, "--json").data, CONSOLE(*alone).out
    assert f"about 802 units; {data['missed_low']} to {data['missed_high']}." in said


def test_known_defects_without_a_slash_are_asked_for_in_a_whole_sentence() -> None:
    ran = CONSOLE("estimate", "--first", "9", "--second", "10", "--both", "7", "--sample", "125",
                  "--known-first", "36/40", "--known-second", "", "--json")  # fmt: skip
    assert ran.status == 2 and ran.error["code"] == "learnt_unclear"
    assert "?" not in ran.error["message"]
