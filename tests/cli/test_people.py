# SPDX-License-Identifier: Apache-2.0
"""People by commands: what takes two, what takes one, and who is refused."""

from __future__ import annotations

from typing import Any

from tests.cli.shops import Shop, problem, rule


def people(shop: Shop) -> dict[str, dict[str, Any]]:
    return {p["login"]: p for p in shop.good("person", "list")["people"]}


def test_the_first_two_hold_every_role_but_auditor(shop: Shop) -> None:
    roles = {r["role"] for r in people(shop)["binh"]["roles"]}
    assert roles == {"inspector", "arbiter", "releaser", "concession", "planner", "administrator"}


def test_enrolling_takes_two_and_the_new_persons_secret(shop: Shop) -> None:
    args = ("person", "add", "chi", "--name", "王敏", "--role", "inspector", "--role", "releaser")
    assert problem(shop(*args, who="an")) == "with_needed"
    assert problem(shop(*args, who="an", beside=("binh",))) == "secret_needed"
    data = shop.good(*args, who="an", beside=("binh",), new="chi")["person"]
    assert (data["login"], data["name"], data["status"]) == ("chi", "王敏", "active")
    assert [r["role"] for r in data["roles"]] == ["inspector", "releaser"] and data["staff"]


def test_a_login_is_given_once(shop: Shop) -> None:
    ran = shop(
        "person", "add", "an", "--name", "Chi", "--role", "inspector", who="an", beside=("binh",), new="chi"
    )
    assert (
        rule(ran) == "already-enrolled"
        and ran.err == "The login an belongs to An Nguyễn. Choose another one.\n"
    )


def test_a_name_that_reads_like_another_is_stated_to_be_another_person(shop: Shop) -> None:
    args = ("person", "add", "an2", "--name", "Аn Nguyễn", "--role", "inspector")  # the A is Cyrillic
    assert rule(shop(*args, who="an", beside=("binh",), new="an2")) == "look-alike"
    shop.good(*args, "--another-person", who="an", beside=("binh",), new="an2")


def test_nobody_grants_alone(shop: Shop) -> None:
    shop.third("chi", "inspector")
    args = ("person", "grant", "chi", "--role", "arbiter")
    assert rule(shop(*args, who="an", beside=("an",))) == "grant-alone"
    granted = shop.good(*args, "--until", "2026-12-31", who="an", beside=("chi",))["person"]
    assert granted["roles"][-1] == {"role": "arbiter", "families": [], "until": "2026-12-31"}


def test_one_administrator_takes_a_role_away(shop: Shop) -> None:
    shop.third("chi", "inspector", "releaser")
    taken = shop.good("person", "take", "chi", "--role", "releaser", who="binh")["person"]
    assert [r["role"] for r in taken["roles"]] == ["inspector"]
    assert rule(shop("person", "take", "an", "--role", "planner", who="chi")) == "role"


def test_the_last_administrator_stays(shop: Shop) -> None:
    shop.good("person", "take", "binh", "--role", "administrator", who="an")
    assert rule(shop("person", "take", "an", "--role", "administrator", who="an")) == "last-administrator"


def test_a_qualification_that_the_procedure_asks_for_is_needed(shop: Shop) -> None:
    shop.procedure(qualification_required=True)
    shop.batch()
    ran = shop("check", "start", "B-1", who="an")
    assert rule(ran) == "not-qualified" and ran.err.startswith("You have no qualification for IP-204.")
    done = shop.good("person", "qualify", "an", "--procedure", "IP-204", "--until", "2026-06-30", who="an",
                     beside=("binh",))["person"]  # fmt: skip
    assert done["qualifications"] == [{"procedure": "IP-204", "until": "2026-06-30"}]
    shop.good("person", "disqualify", "an", "--procedure", "IP-204", who="binh")
    assert people(shop)["an"]["qualifications"] == []


def test_suspending_takes_one_and_lifting_takes_two(shop: Shop) -> None:
    shop.third("chi", "administrator", "inspector")
    assert shop.good("person", "disable", "chi", "--why", "left", who="an")["person"]["status"] == "suspended"
    ran = shop("check", "start", shop.batch(), who="chi")
    assert rule(ran) == "not-active"
    assert rule(shop("person", "lift", "chi", who="an", beside=("an",))) == "two-needed"
    assert shop.good("person", "lift", "chi", who="an", beside=("binh",))["person"]["status"] == "active"


def test_a_maker_is_listed_without_a_key(shop: Shop) -> None:
    data = shop.good("person", "maker", "Lê Hoà", "--staff", "77", who="an")["person"]
    assert (data["login"], data["status"], data["staff"]) == (None, "listed", "77")


def test_an_unknown_person_or_role_is_bad_input(shop: Shop) -> None:
    assert problem(shop("person", "disable", "nobody", "--why", "x", who="an")) == "unknown_person"
    ran = shop("person", "grant", "an", "--role", "boss", who="an", beside=("binh",))
    assert problem(ran) == "unknown_role" and "inspector" in ran.err


def test_a_weak_secret_is_refused(empty: Shop) -> None:
    from qcdesk.cli.doors import Doors
    from tests.cli.console import Console

    ran = Console(Doors(open_workspace=empty.open))(
        *("--workspace", empty.workspace, "--secret-stdin", "init", "--owner", "an", "--name", "An"),
        *("--second", "binh", "--second-name", "Bình", "--json"),
        given="short\nalso short\n",
    )
    assert problem(ran) == "secret_short" and "short" in ran.err and "also" not in ran.err


def test_people_read_a_tidy_list(shop: Shop) -> None:
    lines = shop("person", "list", text=True).out.splitlines()
    assert lines[0].split() == [
        "Login",
        "Name",
        "Staff",
        "no.",
        "State",
        "Roles",
        "Qualified",
        "for",
        "Remarks",
    ]
    assert any("An Nguyễn" in line and "administrator" in line for line in lines)
