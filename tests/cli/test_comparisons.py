# SPDX-License-Identifier: Apache-2.0
"""The two checks side by side: fields, exit status, and that nothing is shown too early."""

from __future__ import annotations

from tests.cli.shops import Shop, rule

SCRATCH = {"unit": 2, "defect": "SCR"}


def test_an_accepted_batch_holds(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    data = shop.good("compare", "B-1", who="an")
    assert (data["both"], data["first_only"], data["second_only"], data["verdict"]) == (0, 0, 0, "accepted")
    assert data["kappa"] is None and data["kappa_reason"] == "no_variation"
    assert data["missed_low"] <= data["missed_estimate"] <= data["missed_high"]
    assert data["reliable"] is False and isinstance(data["batch_escape_estimate"], float)
    assert data["mode"] == "blind" and data["samples"] == [] and data["found_where_one_looked"] == []
    assert data["first_sample_only"] == data["second_sample_only"] == []


def test_a_disagreement_does_not_hold_and_names_what_one_missed(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1", SCRATCH)
    shop.check("binh", "B-1")
    ran = shop("compare", "B-1", who="an")
    assert ran.status == 1 and ran.data["verdict"] == "disagreed" and ran.data["first_only"] == 1
    assert ran.data["reasons"] == ["verdicts_differ"]
    assert ran.data["caught_by_one"] == [
        {"unit": 2, "code": "SCR", "class": "major", "count": 1, "by": "first"}
    ]
    text = shop("compare", "B-1", who="an", text=True).out
    assert "Batch B-1, round 1: Disagreement" in text and "One check accepts, the other rejects." in text
    assert "Caught by one and missed by the other:" in text


def test_both_finding_too_much_rejects(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1", SCRATCH)
    shop.check("binh", "B-1", SCRATCH)
    ran = shop("compare", "B-1", who="an")
    assert ran.status == 1 and ran.data["verdict"] == "rejected" and ran.data["both"] == 1
    assert {c["class"]: (c["counted"], c["ac"], c["verdict"]) for c in ran.data["classes"]}["major"] == (
        1,
        0,
        "rejected",
    )


def test_a_third_persons_decision_is_the_verdict(shop: Shop) -> None:
    shop.third()
    shop.batch()
    shop.check("an", "B-1", SCRATCH)
    shop.check("binh", "B-1")
    check = shop.good("check", "start", "B-1", who="chi")["check"]
    shop.record("chi", check, {**SCRATCH, "holds": False})
    shop.good("check", "sign", check, who="chi")
    data = shop.good("compare", "B-1", who="an")
    assert data["verdict"] == "accepted" and data["outcome"] == "disagreed" and data["decided_by"]


def test_nothing_is_compared_before_the_second_signature(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1", SCRATCH)
    for who in ("an", "binh"):
        ran = shop("compare", "B-1", who=who)
        assert rule(ran) in ("state", "blind") and "SCR" not in ran.out
