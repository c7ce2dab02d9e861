# SPDX-License-Identifier: Apache-2.0
"""Waiting by commands: what waits for whom, the time in each state, and which batches will miss their day."""

from __future__ import annotations

from tests.cli.shops import Shop, problem


def test_what_waits_for_whom_is_said_with_the_time_in_each_state(shop: Shop) -> None:
    shop.procedure("IP-204")
    shop.batch("B-1", "--ship-by", "2026-03-20")
    shop.check("an", "B-1")
    shop.clock.forward(days=3)
    found = shop.good("batch", "waiting")
    [one] = found["batches"]
    assert (one["batch"], one["waits_for"], one["people"], one["left_by"]) == (
        "B-1",
        "second",
        ["Trần Bình"],
        "An Nguyễn",
    )
    assert (one["outlook"], found["pace"], one["seconds"] > 3 * 86_400) == ("unknown", None, True)
    [person] = found["people"]
    assert (person["person"], person["batches"], person["alone"]) == ("Trần Bình", 1, 1)
    assert "1 batch waits." in shop("batch", "waiting", text=True).out
    assert [row["state"] for row in shop.good("batch", "waiting", "B-1")["states"]] == [
        "registered",
        "first_check",
        "awaiting_second",
    ]
    assert "Waiting for second check" in shop("batch", "waiting", "B-1", text=True).out
    assert problem(shop("batch", "waiting", "B-9")) == "unknown_batch"


def test_a_batch_that_will_miss_its_day_is_said_so_with_its_interval(shop: Shop) -> None:
    shop.procedure("IP-204")
    for number in ("B-1", "B-2", "B-3"):
        shop.batch(number)
        shop.check("an", number)
        shop.check("binh", number)
        shop.good("batch", "release", number, who="binh")
        shop.clock.forward(days=2)
    day = shop.clock.today().isoformat()
    for number in ("B-4", "B-5", "B-6"):
        shop.batch(number, "--ship-by", day)
    found = {one["batch"]: one for one in shop.good("batch", "waiting")["batches"]}
    last = found["B-6"]
    assert (last["outlook"], last["signatures_ahead"]) == ("likely_late", 9)
    assert last["late_percent"] > 90
    assert day < last["leaves"]["low"] <= last["leaves"]["middle"] <= last["leaves"]["high"]
    assert found["B-1"]["waits_for"] == "ship"
    assert "B-6 will probably miss" in shop("batch", "waiting", text=True).out.replace(
        "B-4, B-5 and B-6", "B-6"
    )
    shop.clock.forward(days=1)
    assert "late" in {one["outlook"] for one in shop.good("batch", "waiting")["batches"]}
