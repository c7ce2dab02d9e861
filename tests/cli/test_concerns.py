# SPDX-License-Identifier: Apache-2.0
"""What wants explaining, by commands."""

from __future__ import annotations

from tests.cli.shops import Shop, problem, rule


def test_a_first_check_seen_too_early_is_listed_and_explained_by_somebody_else(shop: Shop) -> None:
    listed = shop.good("concern", "list", who="an")["concerns"]
    hasty = [one for one in listed if one["kind"] == "quick_change"]
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    found = [
        one for one in shop.good("concern", "list", who="an")["concerns"] if one["kind"] == "quick_change"
    ]
    assert len(found) > len(hasty)
    about = {found[0]["person"], found[0]["other"]}
    assert len(about) == 2
    assert (
        rule(shop("concern", "explain", found[0]["key"], "--note", "we share it", who="an")) == "own-concern"
    )


def test_an_unknown_key_is_bad_input(shop: Shop) -> None:
    assert problem(shop("concern", "explain", "hurried:1", "--note", "x", who="an")) == "unknown_concern"


def test_the_owner_is_told_of_failed_tries_at_once(shop: Shop) -> None:
    for _ in range(5):
        shop("audit-trail", who="binh", words=("a guess",))
        shop.clock.forward(seconds=301)
    listed = shop.good("concern", "list", who="an")["concerns"]
    (one,) = [each for each in listed if each["kind"] == "tried"]
    assert (one["person"], one["facts"]["tries"]) == ("Trần Bình", "5")
    assert one["text"].startswith("5 tries in a row failed for Trần Bình")
