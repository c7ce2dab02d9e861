# SPDX-License-Identifier: Apache-2.0
"""What each check finds, by a command: with the permissions of the page, and with what ``estimate`` takes."""

from __future__ import annotations

from tests.cli.shops import Shop, problem, rule

BOTH = {"unit": 3, "defect": "CRK"}


def test_owner_is_told_what_checks_missed_and_a_colleague_only_the_own(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1", BOTH)
    shop.check("binh", "B-1", BOTH, {"unit": 2, "defect": "CRK"}, {"unit": 1, "defect": "CRK"})
    told = shop.good("detection", who="an")
    assert (told["everybody"], told["rounds"], told["settled"], told["missed"]) == (True, 1, 3, 2)
    assert told["missed_low"] < told["missed_share"] < told["missed_high"]
    assert told["tells"] is False
    assert [one["person"] for one in told["people"]] == sorted(one["person"] for one in told["people"])
    assert {one["code"]: one["missed"] for one in told["codes"]} == {"CRK": 2}
    assert [pair["kappa"] is not None for pair in told["pairs"]] == [True]
    assert told["all_pairs"]["units"] == told["pairs"][0]["units"]
    assert told["people"][0]["learnt"]["all"] is None
    assert "not enough to tell" in shop("detection", "--class", "critical", who="an", text=True).out
    assert problem(shop("detection", "--class", "big", who="an")) == "unknown_class"
    assert problem(shop("detection")) == "as_needed"

    shop.third("chi", "inspector")
    assert shop.good("detection", who="chi")["rounds"] == 0
    assert rule(shop("detection", "--person", "an", who="chi")) == "others-checks"
