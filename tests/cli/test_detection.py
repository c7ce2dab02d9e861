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


def test_escape_rates_of_procedure_plan_and_pair_count_each_batch_that_went_out_once(shop: Shop) -> None:
    for number in ("B-1", "B-2"):
        shop.batch(number)
        shop.check("an", number)
        shop.check("binh", number)
        shop.good("batch", "release", number, who="binh")
    for _ in range(2):
        shop.good(
            "complaint", "add", "--customer", "Nova", "--words", "It rattles.", "--batch", "B-1", who="an"
        )
    for number in ("1", "2"):
        shop.good("complaint", "judge", number, "--about", "rattles", "--why", "x", "--escape", who="an")
    found = shop.good("detection", who="an")["escapes"]
    assert [(one["of"], one["went_out"], one["escaped"]) for one in found["pair"]] == [
        (["An Nguyễn", "Trần Bình"], 2, 1)
    ]
    assert found["procedure"][0]["of"] == ["IP-204", 1]
    assert found["procedure"][0]["low"] < 0.5 < found["procedure"][0]["high"]
    assert found["plan"][0]["tells"] is False
    assert "50 % (1.3 to 99" in shop("detection", who="an", text=True).out
    shop.third("chi", "inspector")
    assert shop.good("detection", who="chi")["escapes"] == {"procedure": [], "plan": [], "pair": []}
