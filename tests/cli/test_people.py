# SPDX-License-Identifier: Apache-2.0
"""People by commands: what takes two, what takes one, and who is refused."""

from __future__ import annotations

from typing import Any

from tests.cli.shops import Shop, problem, rule
from tests.workspace import secret


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


def recover(shop: Shop, *arguments: str, code: str, new: str = "") -> Any:  # noqa: ANN401
    """Run a command that An signs with the recovery sheet: the code is the line after An's secret."""
    return shop(*arguments, "--recovery", who="an", given=code + "\n" + (f"{secret(new)}\n" if new else ""))


def test_everybody_chooses_their_own_language_by_the_command_too(shop: Shop) -> None:
    shop.good("person", "read-in", "vi", who="an")
    shop.good("person", "read-in", "station", who="an")
    assert problem(shop("person", "read-in", "fr", who="an")) == "unknown_kind"


def test_the_sheet_stands_in_for_the_one_who_forgot_and_a_new_sheet_is_given_once(empty: Shop) -> None:
    code = empty.init()["recovery"]
    ran = recover(empty, "person", "new-key", "binh", code=code, new="other")
    assert ran.status == 0, ran.err
    assert ran.data["recovery"] != code and ran.data["person"]["status"] == "active"
    assert rule(recover(empty, "person", "new-key", "binh", code=code, new="other")) == "wrong-sheet"
    ran = empty(
        "person", "change", "an", "--language", "vi", who="binh"
    )  # by the password that was forgotten
    assert rule(ran) == "wrong-secret"


def test_a_person_gone_is_followed_by_a_new_one_who_is_marked(empty: Shop) -> None:
    code = empty.init()["recovery"]
    add = ("person", "add", "chi", "--name", "Chi Lê", "--role", "owner")
    assert rule(recover(empty, *add, code=code, new="chi")) == "sheet-not-needed"
    code = recover(empty, "person", "revoke", "binh", "--why", "left", code=code).data["recovery"]
    assert rule(empty("person", "disable", "an", "--why", "x", who="an")) == "last-administrator"
    assert recover(empty, *add, code=code, new="chi").status == 0
    found = people(empty)
    assert found["chi"]["recovery_sheet"] and not found["an"]["recovery_sheet"]
    assert (found["binh"]["status"], found["binh"]["enrolled_by"]) == ("revoked", ["An Nguyễn", "Trần Bình"])
    line = next(x for x in empty("person", "list", text=True).out.splitlines() if "Chi" in x)
    assert "Enrolled by way of the recovery sheet of" in line


def test_the_sheet_grants_nothing_and_a_wrong_code_says_so(empty: Shop) -> None:
    code = empty.init()["recovery"]
    lift = ("person", "lift", "binh")
    assert rule(recover(empty, *lift, code=code)) == "not-suspended"
    assert problem(recover(empty, *lift, code=code[:-1])) == "recovery_code"
    ran = empty("person", "grant", "binh", "--role", "auditor", "--recovery", who="an", given=code)
    assert ran.status == 2, "no such option there"


def test_a_key_is_ended_by_its_person_or_by_two_others(shop: Shop) -> None:
    shop.third("chi", "inspector", "releaser")
    revoke = ("person", "revoke", "chi", "--why")
    assert problem(shop(*revoke, "lost", who="an")) == "with_needed"
    assert problem(shop(*revoke, "gone", who="an", beside=("binh",))) == "why_revoked"
    assert problem(shop(*revoke, "suspect", who="an", beside=("binh",))) == "suspect_from"
    shop.good(*revoke, "lost", who="chi")
    assert rule(shop(*revoke, "lost", who="an", beside=("binh",))) == "key-ended"
    assert rule(shop("batch", "register", "B-7", "--product", "PH-204", "--quantity", "20", "--supplier", "ACME",
                     who="chi")) == "not-active"  # fmt: skip
    given = shop.good("person", "new-key", "chi", who="an", beside=("binh",), new="chi")["person"]
    assert given["status"] == "active" and [r["role"] for r in given["roles"]] == ["inspector", "releaser"]


def test_a_key_in_doubt_holds_the_batch_and_blocks_its_release(shop: Shop) -> None:
    shop.third("chi", "inspector", "releaser")
    since = shop.good("db", "status")["head"]["event"] + 1
    batch = shop.batch()
    shop.check("an", batch)
    shop.check("chi", batch)
    done = shop.good(
        "person", "revoke", "chi", "--why", "suspect", "--from", str(since), who="an", beside=("binh",)
    )
    assert done["held"] == [batch] and done["released"] == []
    shop.good("batch", "lift", batch, "--why", "looked at", who="an", beside=("binh",))
    assert rule(shop("batch", "release", batch, who="binh")) == "suspect"
    assert shop.may("binh", batch)["reopen_round"]["allowed"]


def test_two_people_order_a_fresh_check_of_what_a_key_in_doubt_signed(shop: Shop) -> None:
    shop.third("chi", "inspector", "releaser")
    since = shop.good("db", "status")["head"]["event"] + 1
    batch = shop.batch()
    shop.check("an", batch)
    shop.check("chi", batch)
    reopen = ("batch", "reopen", batch, "--why", "the badge was copied")
    assert rule(shop(*reopen, who="an", beside=("binh",))) == "nothing-suspect"
    assert shop.may("an", batch)["reopen_round"]["why_not"] == "nothing-suspect"
    shop.good("person", "revoke", "chi", "--why", "suspect", "--from", str(since), who="an", beside=("binh",))
    assert problem(shop(*reopen, who="an")) == "with_needed"
    assert rule(shop(*reopen, who="an", beside=("an",))) == "two-needed"
    assert shop.good(*reopen, who="an", beside=("binh",))["state"] == "registered"
    shop.good("batch", "lift", batch, "--why", "looked at", who="an", beside=("binh",))
    shop.check("an", batch)
    shop.check("binh", batch)
    shop.good("batch", "release", batch, who="binh")
    assert rule(shop(*reopen, who="an", beside=("binh",))) == "state"


def test_a_name_takes_two_and_languages_one(shop: Shop) -> None:
    shop.third("chi", "inspector")
    change = ("person", "change", "chi", "--name")
    assert problem(shop(*change, "Chi Lê", who="an")) == "with_needed"
    assert rule(shop(*change, "Тrần Bình", who="an", beside=("binh",))) == "look-alike"  # the T is Cyrillic
    assert shop.good(*change, "Chi Lê", who="an", beside=("binh",))["person"]["name"] == "Chi Lê"
    assert shop.good("person", "change", "chi", "--language", "vi", who="an")["person"]["languages"] == ["vi"]


def test_a_listed_maker_who_is_enrolled_stays_the_same_person(shop: Shop) -> None:
    maker = shop.good("person", "maker", "Lê Hoà", "--staff", "77", who="an")["person"]["id"]
    add = ("person", "add", "hoa", "--name", "Lê Hòa", "--role", "inspector")
    assert rule(shop(*add, who="an", beside=("binh",), new="hoa")) == "look-alike"
    made = shop.good(*add, "--listed", "77", who="an", beside=("binh",), new="hoa")["person"]
    assert (made["id"], made["staff"], made["status"]) == (maker, "77", "active")
