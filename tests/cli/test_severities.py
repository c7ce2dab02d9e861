# SPDX-License-Identifier: Apache-2.0
"""Severities by commands: listed with their reasons, set by two, shown with batch and supplier."""

from __future__ import annotations

from tests.cli.shops import Shop, problem, rule

SET = ("severity", "set", "PH-204", "major")


def test_a_severity_is_set_by_two_with_a_reason_and_shown_with_batch_and_supplier(shop: Shop) -> None:
    shop.procedure("IP-204", switching={"edition": "iso2859-1:1999"})
    of = ("--supplier", "ACME", "--reason", "a complaint")
    assert rule(shop(*SET, "tightened", *of, who="an")) == "two-needed"
    done = shop.good(*SET, "tightened", *of, who="an", beside=("binh",))
    assert (done["severity"], done["because"], done["procedure"]) == ("tightened", "decided", "IP-204")
    shop.batch()
    batch = shop.good("batch", "show", "B-1", who="an")
    [major] = [one for one in batch["severities"] if one["class"] == "major"]
    assert major["message"] == "Tightened: decided: a complaint (signed by An Nguyễn and Trần Bình)."
    listed = shop.good("severity", "list", "--product", "PH-204")
    shown = shop.good("supplier", "show", "ACME")
    assert listed["changes"] == shown["changes"] and listed["changes"][0]["because"] == "decided"
    assert [one["severity"] for one in listed["severities"]] == ["tightened"]
    assert "Tightened" in shop("severity", "list", "--supplier", "ACME", text=True).out


def test_what_does_not_switch_or_is_no_severity_is_refused(shop: Shop) -> None:
    reason = ("--reason", "why")
    two = {"who": "an", "beside": ("binh",)}
    assert rule(shop(*SET, "tightened", *reason, **two)) == "severity-not-set"  # type: ignore[arg-type]
    assert problem(shop(*SET, "loose", *reason, **two)) == "unknown_severity"  # type: ignore[arg-type]
    assert problem(shop("severity", "set", "PH-204", "big", "normal", *reason, **two)) == "unknown_class"  # type: ignore[arg-type]
    assert "No severity has switched yet." in shop("severity", "list", text=True).out
