# SPDX-License-Identifier: Apache-2.0
"""Secrets by commands: wrong ones wait, another person unlocks, passwords, keys and badges change."""

from __future__ import annotations

import pytest

from tests.cli.console import Ran
from tests.cli.shops import Shop, problem, rule
from tests.workspace import secret

NEW = "another sentence of four"


def tried(shop: Shop, word: str, *arguments: str, who: str = "an", more: str = "") -> Ran:
    """Run a command with a secret of one's own choosing."""
    return shop(*arguments, who=who, words=(word, *more.splitlines()))


def wrong(shop: Shop, times: int, who: str = "an") -> Ran:
    """Try a wrong password so many times, waiting before each."""
    ran = None
    for _ in range(times):
        shop.clock.forward(seconds=300)
        ran = tried(shop, "not this one", "person", "disable", "binh", "--why", "x", who=who)
        assert rule(ran) == "wrong-secret"
    assert ran is not None
    return ran


def test_a_wrong_password_says_what_follows(shop: Shop) -> None:
    ran = wrong(shop, 4)
    assert ran.err == (
        "Wrong password for an. Next try in 4 seconds. After 6 more, another person must unlock you.\n"
    )
    assert ran.status == 3


def test_before_the_wait_is_over_nothing_is_tried(shop: Shop) -> None:
    wrong(shop, 6)
    ran = shop("person", "disable", "binh", "--why", "x", who="an")
    assert rule(ran) == "try-later"


def test_another_person_unlocks_who_is_locked(shop: Shop) -> None:
    wrong(shop, 10)
    assert rule(shop("person", "take", "an", "--role", "planner", who="an")) == "locked"
    assert rule(shop("person", "unlock", "an", who="an")) == "locked"
    assert shop.good("person", "unlock", "an", who="binh")["person"]["login"] == "an"
    shop.good("person", "take", "an", "--role", "planner", who="an")
    assert rule(shop("person", "unlock", "an", who="binh")) == "not-locked"
    assert rule(shop("person", "unlock", "binh", who="binh")) == "unlock-own"


def test_the_recovery_sheet_unlocks_who_is_alone_and_a_new_sheet_is_given_once(empty: Shop) -> None:
    code = empty.init()["recovery"]
    wrong(empty, 10)
    empty.clock.forward(seconds=300)
    unlocking = ("person", "unlock", "an", "--recovery")
    ran = empty(*unlocking, who="an", given=code + "\n")
    assert ran.status == 0 and ran.data["recovery"] != code
    empty.good("person", "take", "an", "--role", "planner", who="an")
    assert rule(empty(*unlocking, who="an", given=code + "\n")) == "wrong-sheet"


def test_a_password_is_changed_by_the_old_one(shop: Shop) -> None:
    assert rule(shop("person", "password", "an", words=("not this one", NEW))) == "wrong-secret"
    assert problem(shop("person", "password", "an", words=(secret("an"), "password12"))) == "secret_common"
    shop.good("person", "password", "an", words=(secret("an"), NEW))
    shop.clock.forward(seconds=300)
    assert rule(shop("person", "take", "an", "--role", "planner", who="an")) == "wrong-secret"
    shop.clock.forward(seconds=300)
    shop.good("person", "take", "an", "--role", "planner", who="an", words=(NEW,))
    assert problem(shop("person", "password", "an", words=())) == "secret_needed"


def test_a_key_is_changed_under_the_same_password(shop: Shop) -> None:
    shop.good("person", "change-key", "an", words=(secret("an"),))
    shop.good("person", "take", "an", "--role", "planner", who="an")


def test_a_badge_takes_its_person_and_one_other_and_is_told_once(shop: Shop) -> None:
    words = (secret("an"), secret("binh"), "583920")
    told = shop.good("person", "badge", "an", "issue", who="an", beside=("binh",), words=words)
    code = told["badge"]["code"]
    assert len(code.replace("-", "")) == 28
    assert code not in shop("person", "list").out
    ran = shop("person", "badge", "an", "issue", who="an", beside=("binh",), words=words, text=True)
    assert "Print it" in ran.out
    assert problem(shop("person", "badge", "an", "issue", who="an", words=words)) == "with_needed"
    same = (secret("an"), secret("an"), "583920")
    assert rule(shop("person", "badge", "an", "issue", who="an", beside=("an",), words=same)) == "two-needed"


@pytest.mark.parametrize(("pin", "code"), [("12345", "pin_form"), ("123456", "pin_common")])
def test_a_badge_takes_a_good_pin(shop: Shop, pin: str, code: str) -> None:
    words = (secret("an"), secret("binh"), pin)
    assert problem(shop("person", "badge", "an", "issue", who="an", beside=("binh",), words=words)) == code


def test_a_badge_is_nobody_elses_to_issue(shop: Shop) -> None:
    shop.third("chi", "inspector")
    words = (secret("an"), secret("binh"), "583920")
    ran = shop("person", "badge", "chi", "issue", who="an", beside=("binh",), words=words)
    assert problem(ran) == "badge_person"


def test_anybody_stops_a_lost_badge_with_a_reason(shop: Shop) -> None:
    words = (secret("an"), secret("binh"), "583920")
    shop.good("person", "badge", "an", "issue", who="an", beside=("binh",), words=words)
    assert problem(shop("person", "badge", "an", "stop", who="binh")) == "missing"
    shop.good("person", "badge", "an", "stop", "--why", "lost", who="binh")
    assert rule(shop("person", "badge", "an", "stop", "--why", "lost", who="binh")) == "no-badge"


def test_a_maker_without_a_key_has_no_password(shop: Shop) -> None:
    shop.good("person", "maker", "Phạm Anh", who="an")
    assert problem(shop("person", "password", "Phạm Anh", words=("x", NEW))) == "unknown_login"


def test_the_list_of_people_says_who_is_locked(shop: Shop) -> None:
    wrong(shop, 10)
    people = {p["login"]: p["locked"] for p in shop.good("person", "list")["people"]}
    assert people == {"an": True, "binh": False}
