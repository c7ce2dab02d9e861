# SPDX-License-Identifier: Apache-2.0
"""Scorecards by commands: what both signed counts, each figure with its interval, and the page on paper."""

from __future__ import annotations

from pathlib import Path

from qcdesk import config
from qcdesk.i18n import load
from qcdesk.reports.pages import page_count, text
from tests.cli.shops import Shop, problem


def lots(shop: Shop, *bad: bool) -> None:
    for number, one in enumerate(bad, 1):
        shop.batch(f"B-{number}")
        for who in ("an", "binh"):
            shop.check(who, f"B-{number}", *([{"unit": 2, "defect": "SCR"}] if one else []))


def test_a_score_is_of_what_both_have_signed(shop: Shop) -> None:
    lots(shop, True, False)
    shop.batch("B-3")
    shop.check("an", "B-3", {"unit": 1, "defect": "CRK"})
    scored = shop.good("supplier", "score", "ACME")
    metrics = scored["metrics"]
    accepted = metrics["acceptance"]
    assert (accepted["count"], accepted["of"], accepted["word"]) == (1, 2, "too_few")
    assert accepted["low"] < 0.5 < accepted["high"] and metrics["critical"]["count"] == 0
    assert metrics["major"]["count"] == 1 and round(metrics["major"]["per_million"]) == 166_667
    assert metrics["promises"] | {"share": None, "word": "nothing"} == metrics["promises"]
    assert [(one["code"], one["found"]) for one in scored["causes"]] == [("SCR", 1)]
    assert scored["score"]["low"] < scored["score"]["share"] < scored["score"]["high"]
    heavy = shop.good("supplier", "score", "ACME", "--weight", "acceptance=100")
    assert heavy["score"]["share"] < scored["score"]["share"]
    assert heavy["metrics"]["acceptance"]["weight"] == 100
    assert "nothing recorded" in shop("supplier", "score", "ACME", text=True).out


def test_a_weight_that_is_none_is_bad_input(shop: Shop) -> None:
    for wrong in ("acceptance=101", "acceptance=x", "looks=1", "acceptance"):
        ran = shop("supplier", "score", "ACME", "--weight", wrong)
        assert problem(ran) == "weight" and "acceptance" in ran.err


def test_the_scorecard_is_one_page(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "card.pdf"
    assert problem(shop("report", "scorecard", "ACME", "-o", str(file))) == "no_figures"
    lots(shop, True)
    shop.good("report", "scorecard", "ACME", "-o", str(file), "--second-lang", "zh_CN")
    assert shop.good("verify", str(file))["ok"]
    assert page_count(file.read_bytes()) == 1
    said = " ".join(text(file.read_bytes())[0].split())
    assert "Scorecard of 重庆 ACME" in said and "0.0 %" in said and "Nothing recorded: " in said
    assert load("zh_CN", config.resource("translations")).say("Scorecard of {name}", name="").strip() in said


def test_suppliers_are_compared_without_a_rank(shop: Shop) -> None:
    lots(shop, True, False)
    compared = shop.good("supplier", "compare")["metrics"]
    assert set(compared["acceptance"]["suppliers"]) == {"ACME"}
    assert compared["acceptance"]["alike"] == [["ACME"]]
    assert shop.good("supplier", "compare", "--supplier", "ACME")["left_out"] == 0
    assert problem(shop("supplier", "compare", "--supplier", "NOBODY")) == "unknown_supplier"
    assert problem(shop("supplier", "compare", "--weight", "acceptance=x")) == "weight"


def test_suppliers_stand_side_by_side_on_one_page(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "side.pdf"
    assert problem(shop("report", "suppliers", "-o", str(file))) == "no_figures_of_any"
    lots(shop, True, False)
    shop.good("report", "suppliers", "-o", str(file), "--weight", "acceptance=7", "--second-lang", "vi")
    assert page_count(file.read_bytes()) == 1
    said = " ".join(text(file.read_bytes())[0].split())
    assert "Suppliers side by side" in said and "重庆 ACME" in said and "50.0 %" in said
    assert "this is no ranking" in said and "Lots accepted at first 7" in said


def test_a_supplier_whose_lots_are_all_good_has_a_scorecard(shop: Shop, tmp_path: Path) -> None:
    lots(shop, False)
    file = tmp_path / "card.pdf"
    shop.good("report", "scorecard", "ACME", "-o", str(file))
    assert page_count(file.read_bytes()) == 1
    assert "100.0 %" in " ".join(text(file.read_bytes())[0].split())
