# SPDX-License-Identifier: Apache-2.0
"""Nothing calls a corrective action fixed while goods show otherwise: later lots, checks and parts count too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.shops import Shop, rule

CA = ("supplier", "corrective-action")
CLOSE = (*CA, "close", "CA-1", "--reason", "as promised")
SCR, CRK = {"unit": 1, "defect": "SCR"}, {"unit": 1, "defect": "CRK"}
ACCEPTED = ("accepted",)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Return a workspace of two people with a product, a supplier and an approved procedure."""
    return Shop(tmp_path).ready()


def asked(shop: Shop, *codes: str, test: Sequence[str] = ACCEPTED) -> Shop:
    """Open an action about these codes, with a promise about the next lot."""
    named = [part for code in codes or ("SCR",) for part in ("--code", code)]
    shop.good(*CA, "open", "ACME", "--title", "Dents", *named, "--product", "PH-204", who="an")
    promised(shop, *test)
    return shop


def promised(shop: Shop, *test: str) -> None:
    words = ("No more", "--due", "2099-01-01", "--test")
    shop.good(*CA, "promise", "CA-1", *words, *test, who="an")


def both(shop: Shop, number: str, *found: dict[str, object]) -> None:
    for who in ("an", "binh"):
        shop.check(who, number, *found)


def lot(shop: Shop, number: str, *found: dict[str, object]) -> None:
    shop.batch(number)
    both(shop, number, *found)


def by_two(shop: Shop, *args: str) -> None:
    shop.good(*args, "--why", "it must go another way", who="an", beside=("binh",))


def refused_again(shop: Shop, stopped: str) -> None:
    """Require that the action is open again, and that nothing is released."""
    shown = shop.good(*CA, "show", "CA-1")
    assert (shown["state"], shown["fixed"]) == ("reopened", False)
    assert rule(shop(*CLOSE, who="binh")) == "not-fixed"
    assert rule(shop("batch", "release", stopped, who="binh")) == "release-stopped"
    assert shop.good("verify")["problems"] == []


def test_a_bad_lot_after_the_promise_was_kept_and_before_anybody_closed_the_action(shop: Shop) -> None:
    lot(asked(shop), "L-1")
    assert shop.good(*CA, "show", "CA-1")["fixed"]
    lot(shop, "L-2", SCR)
    refused_again(shop, "L-1")


def test_a_paper_alone_after_a_defect_came_again(shop: Shop) -> None:
    lot(asked(shop), "L-1")
    shop.good(*CLOSE, who="an")
    lot(shop, "L-2", SCR)
    shop.good(*CA, "decide-stop", "CA-1", "--reason", "a new tool", who="an", beside=("binh",))
    promised(shop, "certificate", "--document", "Tool report")
    report = shop.folder / "tool.txt"
    report.write_text("A new tool is in use.", "utf-8")
    shop.good(*CA, "reply", "CA-1", "--text", "Here", "--document", "2", "--attach", str(report), who="an")
    assert rule(shop(*CLOSE, who="binh")) == "not-fixed"
    promised(shop, "accepted")
    lot(shop, "L-3")
    shop.good(*CLOSE, who="binh")
    assert shop.good("verify")["problems"] == []


def test_a_lot_that_keeps_the_rate_of_one_code_and_shows_another_of_the_action(shop: Shop) -> None:
    rate = ("rate", "--percent", "0.5", "--lots", "1", "--code")
    lot(asked(shop, "SCR", "CRK", test=(*rate, "SCR")), "L-1", CRK)
    told = shop(*CLOSE, who="binh", text=True).err
    assert rule(shop(*CLOSE, who="binh")) == "not-fixed" and "show CRK too" in told
    promised(shop, *rate, "CRK")
    lot(shop, "L-2")
    shop.good(*CLOSE, who="binh")
    assert shop.good("verify")["problems"] == []


@pytest.mark.parametrize("first", [(CRK,), ()], ids=["rejected for another code", "accepted and sorted"])
def test_goods_that_show_it_when_they_are_inspected_again(
    shop: Shop, first: tuple[dict[str, object], ...]
) -> None:
    shop.third("chi", "inspector")
    lot(asked(shop), "L-1")
    shop.good(*CLOSE, who="an")
    lot(shop, "L-2", *first)
    assert shop.good(*CA, "show", "CA-1")["state"] == "closed"
    if not first:
        shop.good("batch", "hold", "L-2", "--why", "scratches", "--kind", "safety", who="an")
    by_two(shop, "batch", "dispose", "L-2", "--disposition", "rework" if first else "sort")
    shop.good("batch", "reworked", "L-2", "--by", "chi", who="an")
    both(shop, "L-2", SCR)
    refused_again(shop, "L-1")


def test_a_part_of_the_lot_that_proved_it_shows_it_when_it_is_sorted(shop: Shop) -> None:
    shop.third("chi", "inspector")
    lot(asked(shop), "L-1")
    shop.good(*CLOSE, who="an")
    shop.good("batch", "hold", "L-1", "--why", "scratches", "--kind", "safety", who="an")
    by_two(shop, "batch", "split", "L-1", "--part", "10=sort", "--part", "10=return")
    shop.good("batch", "reworked", "L-1/1", "--by", "chi", who="an")
    both(shop, "L-1/1", SCR)
    lot(shop, "L-2")
    assert shop.good(*CA, "show", "CA-1")["promises"][0]["state"] == "broken"
    refused_again(shop, "L-2")


def test_the_action_shows_its_lots_in_order_what_is_older_and_that_rounds_are_tightened(shop: Shop) -> None:
    shop.batch("L-0")
    asked(shop)
    shop.batch("L-1")
    shop.good("batch", "cancel", "L-1", "--why", "twice", who="an")
    both(shop, "L-0", SCR)
    shown = shop.good(*CA, "show", "CA-1")
    assert (shown["lots"][0]["batch"], shown["lots"][0]["passed_over"]) == ("L-1", "cancelled")
    assert (shown["state"], shown["also_shown_by"]) == ("open", ["L-0"])
    lot(shop, "L-2", SCR)
    shown = shop.good(*CA, "show", "CA-1")
    assert [(one["batch"], one["shows"]) for one in shown["lots"]] == [("L-1", []), ("L-2", ["SCR"])]
    [stop] = shown["stops"]
    assert (stop["inspection"], shop.good(*CA, "list")["stops"]) == ("rounds", [stop])
    told = shop(*CA, "show", "CA-1", text=True).out
    assert "is tightened until this corrective action is closed." in told
    assert "Since then also shown by L-0, registered before the promise." in told
