# SPDX-License-Identifier: Apache-2.0
"""A destructive test by commands alone: reviewed and released, contested and decided, and what is refused on the way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.shops import SAMPLE, Shop, problem, rule

PULL: dict[str, Any] = {
    "code": "PUL", "name": "Pull force", "kind": "variable", "class": "major", "unit": "N", "lower": 50,
    "mode": "review", "destructive": True,
}  # fmt: skip
WELD: dict[str, Any] = {
    "code": "WLD", "name": "Weld section", "kind": "attribute", "class": "critical", "mode": "review", "destructive": True
}  # fmt: skip
RULES = [{"class": "critical", "kind": "zero", "n": 3}, {"class": "major", "kind": "zero", "n": 3}]


@pytest.fixture
def torn(shop: Shop) -> Shop:
    """A shop that tears what it inspects: nothing is looked at twice."""
    shop.procedure(defects=[], characteristics=[PULL, WELD], rules=RULES)
    shop.batch()
    return shop


def first(shop: Shop, *lines: dict[str, Any], low: int | None = None) -> None:
    """Sign a first check, with one pull force too low."""
    units = range(1, SAMPLE + 1)
    pulls = [{"unit": u, "characteristic": "PUL", "value": 48 if u == low else 61} for u in units]
    shop.check("an", "B-1", *pulls, *lines)


def second(shop: Shop, who: str = "binh") -> str:
    return str(shop.good("check", "start", "B-1", who=who)["check"])


def test_a_destructive_test_from_the_procedure_to_the_release(torn: Shop) -> None:
    first(torn)
    check = second(torn)
    shown = torn.good("check", "show", check, who="binh")
    assert (shown["of"], shown["reviews"]) == (0, [])
    assert torn.good("check", "review", check, who="binh")["left"] == []
    assert torn.good("check", "sign", check, who="binh")["state"] == "accepted"
    assert torn.good("batch", "release", "B-1", who="binh")["state"] == "released"
    assert torn.good("verify")["problems"] == []


def test_an_unopened_claim_blocks_the_signature(torn: Shop) -> None:
    first(torn, low=2)
    check = second(torn)
    ran = torn("check", "sign", check, who="binh")
    assert rule(ran) == "not-reviewed"
    assert ran.err.startswith("1 claim of the first check is not opened yet: 2 PUL.")


def test_claims_are_listed_opened_and_agreed_with(torn: Shop) -> None:
    first(torn, {"unit": 3, "defect": "WLD", "note": "a pore"}, low=2)
    check = second(torn)
    pull, weld = torn.good("check", "review", check, who="binh")["reviews"]
    assert (pull["unit"], pull["code"], pull["raw"], pull["agrees"]) == (2, "PUL", "48", None)
    assert (weld["unit"], weld["code"], weld["note"], weld["kind"]) == (3, "WLD", "a pore", "finding")
    opened = torn.good(
        "check", "review", check, "--claim", pull["claim"], "--claim", weld["claim"], who="binh"
    )
    assert (opened["opened"], opened["left"]) == (2, [])
    assert [r["agrees"] for r in torn.good("check", "show", check, who="binh")["reviews"]] == [True, True]
    assert torn.good("check", "sign", check, who="binh")["state"] == "rejected"


def test_a_second_who_does_not_agree_sends_it_to_a_third(torn: Shop) -> None:
    torn.third()
    first(torn, {"unit": 3, "defect": "WLD", "note": "a pore"})
    check = second(torn)
    (weld,) = torn.good("check", "review", check, who="binh")["reviews"]
    said = ("--claim", weld["claim"], "--not-so", "a mark of the saw")
    told = torn("check", "review", check, *said, who="binh", text=True)
    assert told.status == 0 and "not so" in told.out
    signed = torn.good("check", "sign", check, who="binh")
    assert (signed["state"], signed["reasons"]) == ("disagreed", ["verdicts_differ", "critical_by_one"])
    third = second(torn, "chi")
    torn.record("chi", third, {"unit": 3, "defect": "WLD", "holds": False, "note": "cut again beside it"})
    assert torn.good("check", "sign", third, who="chi")["state"] == "accepted"
    assert torn.good("verify")["problems"] == []


def test_lines_of_a_file_open_claims_and_measure_again(torn: Shop) -> None:
    first(torn, low=2)
    check = second(torn)
    (pull,) = torn.good("check", "review", check, who="binh")["reviews"]
    saved = torn.record(
        "binh",
        check,
        {"claim": pull["claim"], "agrees": False, "note": "the clamp slipped"},
        {"unit": 2, "characteristic": "PUL", "value": 57},
    )
    assert (saved["reviewed"], saved["readings"], saved["units"], saved["missing"]) == (1, 1, 0, [])
    (after,) = torn.good("check", "review", check, who="binh")["reviews"]
    assert (after["agrees"], after["said"], after["own"]) == (False, "the clamp slipped", "57")


def test_lines_that_open_nothing_or_say_no_reason_are_refused(torn: Shop) -> None:
    first(torn, low=2)
    check = second(torn)
    (pull,) = torn.good("check", "review", check, who="binh")["reviews"]
    for line, code in (
        ({"claim": "0" * 32}, "unknown_claim"),
        ({"claim": pull["claim"], "agrees": False}, "missing"),
        ({"claim": pull["claim"], "agrees": "no"}, "missing"),
        ({"claim": pull["claim"], "holds": True}, "line_kind"),
    ):
        ran = torn("check", "record", check, "-", who="binh", given=json.dumps(line))
        assert problem(ran) == code
    assert problem(torn("check", "review", check, "--claim", "0" * 32, who="binh")) == "unknown_claim"


def test_nobody_but_the_second_person_reviews(torn: Shop) -> None:
    torn.third()
    first(torn, low=2)
    check = second(torn)
    for who in ("an", "chi"):
        assert rule(torn("check", "review", check, who=who)) == "not-your-check"


def test_a_review_of_what_is_not_destroyed_is_refused(shop: Shop) -> None:
    ran = shop("procedure", "add", "-", who="an", given=json.dumps(
        {"procedure": "IP-300", "content": {
            "title": "Pull", "products": ["PH-204"], "owner": "An", "review_by": "2027-01-01", "rules": RULES,
            "characteristics": [{**PULL, "destructive": False}]}}))  # fmt: skip
    assert problem(ran) == "review_needs_destructive"


def test_the_second_of_a_split_records_the_own_units_by_command(shop: Shop) -> None:
    """The fresh units have numbers beyond the first person's sample."""
    shop.procedure(defects_mode="split", rules=[{"class": "critical", "kind": "zero", "n": 8},
                                                {"class": "major", "kind": "zero", "n": 8}])  # fmt: skip
    shop.batch()
    shop.check("an", "B-1")
    started = shop.good("check", "start", "B-1", who="binh")
    units = started["sample"]["units"]
    assert max(units) > 8 and len(units) == 8
    alone = next(u for u in range(1, 9) if u not in units)
    ran = shop("check", "record", started["check"], "-", who="binh", given=json.dumps({"unit": alone}))
    assert problem(ran) == "unit_not_drawn"
    shop.record("binh", started["check"], {"units": units})
    assert shop.good("check", "sign", started["check"], who="binh")["state"] == "accepted"
