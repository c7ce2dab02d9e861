# SPDX-License-Identifier: Apache-2.0
"""A batch's whole life in a workspace of exactly two, by commands alone: from ``init`` to the certificate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qcdesk.cli.doors import Doors
from qcdesk.domain.people import FOUNDER_ROLES
from tests.cli.console import Console, Ran
from tests.cli.shops import CONTENT, Shop, off_paper, rule
from tests.workspace import secret

PIN = "583920"
AN, BINH = "An Nguyễn", "Trần Bình"


def refused(ran: Ran, expected: str, *way_on: str) -> None:
    """Expect a refusal by its rule, whose sentences name who can or what to do."""
    assert rule(ran) == expected
    for piece in way_on:
        assert piece in ran.err, ran.err


def state(shop: Shop, batch: str) -> tuple[str, bool]:
    """Return where a batch stands, and whether somebody stopped it."""
    page = shop.good("batch", "show", batch, who="binh")
    return page["state"], page["hold"] is not None


def test_a_batch_lives_from_init_to_the_certificate_by_commands(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    sheet = they_open_the_workspace(shop)
    one_writes_the_other_approves(shop)
    batch = shop.batch("LIFE-1")
    an_checks_and_goes_no_further(shop, batch)
    binh_stops_it_before_the_second_check(shop, batch)
    they_disagree_and_do_it_again(shop, batch)
    they_reject_it_and_send_it_to_rework(shop, batch)
    binh_loses_a_badge(shop)
    an_is_locked_and_binh_lets_her_in(shop)
    sheet = binh_forgets_the_password(shop, batch, sheet)
    sheet = an_goes_and_chi_comes_with_the_sheet(shop, batch, sheet)
    chi_checks_second_lifts_with_binh_and_releases(shop, batch)
    it_is_printed_shipped_and_withdrawn(shop, batch, tmp_path)
    assert shop.good("verify")["ok"]


def they_open_the_workspace(shop: Shop) -> str:
    data = shop.init()
    roles = {p["login"]: {r["role"] for r in p["roles"]} for p in shop.good("person", "list")["people"]}
    assert roles == {"an": set(FOUNDER_ROLES), "binh": set(FOUNDER_ROLES)}
    shop.good("product", "add", "PH-204", "--name", "Housing cover", who="an")
    shop.good("supplier", "add", "ACME", "--name", "重庆 ACME", who="an")
    return str(data["recovery"])


def one_writes_the_other_approves(shop: Shop) -> None:
    text = json.dumps({"procedure": "IP-204", "content": CONTENT})
    shop.good("procedure", "add", "-", who="an", given=text)
    shown = shop.good("procedure", "show", "IP-204")["hash"]
    refused(shop("procedure", "approve", "IP-204", "--hash", shown, who="an"), "author-approves", "can")
    shop.approve("IP-204", "binh")


def an_checks_and_goes_no_further(shop: Shop, batch: str) -> None:
    started = shop.good("check", "start", batch, who="an")
    refused(shop("check", "sign", started["check"], who="an"), "incomplete", "Go to 1.")
    refused(shop("check", "start", batch, who="binh"), "place-taken", "set aside")
    shop.record("an", started["check"], {"units": started["sample"]["units"]})
    shop.good("check", "sign", started["check"], who="an")
    refused(shop("check", "start", batch, who="an"), "same-person", f"{BINH} can.")
    refused(shop("batch", "release", batch, who="an"), "four-eyes", "says who can make it")


def binh_stops_it_before_the_second_check(shop: Shop, batch: str) -> None:
    shop.good("batch", "hold", batch, "--kind", "paperwork", "--why", "another order number", who="binh")
    assert state(shop, batch) == ("awaiting_second", True)
    refused(
        shop("batch", "lift", batch, "--why", "it is right", who="binh", beside=("binh",)),
        "two-needed",
        "Ask another person to sign with you.",
    )
    refused(
        shop("check", "give-up", batch, "--why", "I want to see it", who="binh"),
        "last-second",
        "enrol or qualify",
    )
    refused(shop("compare", batch, who="binh"), "blind", "It opens when the second is signed.")


def they_disagree_and_do_it_again(shop: Shop, batch: str) -> None:
    shop.check("binh", batch, {"unit": 1, "defect": "SCR"})
    assert state(shop, batch) == ("disagreed", True)
    refused(shop("check", "start", batch, who="an"), "same-person", "enrol or qualify one")
    again = ("check", "again", batch, "--why", "bad light")
    refused(shop(*again, who="an", beside=("an",)), "two-needed")
    shop.good(*again, who="an", beside=("binh",))
    shop.check("binh", batch)
    shop.check("an", batch, {"unit": 1, "defect": "SCR"})
    assert state(shop, batch) == ("disagreed", True)
    refused(
        shop(*again, who="an", beside=("binh",)),
        "again-once",
        "A third person decides, or one of the two rejects.",
    )


def they_reject_it_and_send_it_to_rework(shop: Shop, batch: str) -> None:
    shop.good("check", "reject-after-all", batch, "--why", "the scratch is there", who="binh")
    refused(shop("batch", "release", batch, who="binh"), "four-eyes", "After rework it is inspected again.")
    rework = ("batch", "dispose", batch, "--disposition", "rework", "--why", "polish")
    refused(shop(*rework, who="an", beside=("an",)), "self-confirm", "Ask another person to sign with you.")
    shop.good(*rework, who="an", beside=("binh",))
    refused(
        shop("batch", "reworked", batch, "--by", "binh", who="an"),
        "nobody-left",
        "somebody rework who checks nothing",
    )
    shop.good("person", "maker", "Lê Hoà", "--staff", "77", who="an")
    shop.good("batch", "reworked", batch, "--by", "77", who="an")
    assert state(shop, batch) == ("registered", True)


def binh_loses_a_badge(shop: Shop) -> None:
    words = (secret("binh"), secret("an"), PIN)
    issued = shop.good("person", "badge", "binh", "issue", who="binh", beside=("an",), words=words)
    assert issued["badge"]["code"]
    shop.good("person", "badge", "binh", "stop", "--why", "lost on the way home", who="an")
    refused(
        shop("person", "badge", "binh", "stop", "--why", "again", who="an"),
        "no-badge",
        "There is nothing to stop.",
    )


def an_is_locked_and_binh_lets_her_in(shop: Shop) -> None:
    for _ in range(10):
        shop.clock.forward(seconds=301)
        assert (
            rule(shop("batch", "cancel", "LIFE-1", "--why", "x", who="an", words=("a guess",)))
            == "wrong-secret"
        )
    refused(
        shop("batch", "cancel", "LIFE-1", "--why", "x", who="an"), "locked", f"{BINH} can unlock at once."
    )
    shop.good("person", "unlock", "an", who="binh")


def binh_forgets_the_password(shop: Shop, batch: str, sheet: str) -> str:
    started = shop.good("check", "start", batch, who="binh")
    shop.record("binh", started["check"], {"units": started["sample"]["units"]})
    words = (secret("an"), secret("an"), secret("binh"))
    refused(
        shop("person", "new-key", "binh", who="an", beside=("an",), words=words),
        "two-needed",
        "the recovery sheet",
    )
    new = shop.good(
        "person", "new-key", "binh", "--recovery", who="an", words=(secret("an"), sheet, secret("binh"))
    )
    used_up = shop(
        "person", "new-key", "binh", "--recovery", who="an", words=(secret("an"), sheet, secret("binh"))
    )
    refused(used_up, "wrong-sheet", "take the newest one")
    shop.good("check", "sign", started["check"], who="binh")  # what was entered is there
    return str(new["recovery"])


def an_goes_and_chi_comes_with_the_sheet(shop: Shop, batch: str, sheet: str) -> str:
    leave = ("person", "revoke", "an", "--why", "left")
    refused(shop(*leave, who="binh", beside=("binh",)), "two-needed", "the recovery sheet")
    sheet = str(shop.good(*leave, "--recovery", who="binh", words=(secret("binh"), sheet))["recovery"])
    refused(shop("check", "start", batch, who="an"), "not-active", "the recovery sheet stands in")
    refused(shop("check", "start", batch, who="binh"), "same-person", "enrol or qualify one")
    roles = [part for role in FOUNDER_ROLES for part in ("--role", role)]
    words = (secret("binh"), sheet, secret("chi"))
    enrolled = shop.good(
        "person", "add", "chi", "--name", "王敏", *roles, "--recovery", who="binh", words=words
    )
    sheet = str(enrolled["recovery"])
    words = (secret("binh"), sheet, secret("dan"))
    refused(
        shop(
            "person",
            "add",
            "dan",
            "--name",
            "Dan",
            "--role",
            "inspector",
            "--recovery",
            who="binh",
            words=words,
        ),
        "sheet-not-needed",
        "can.",
    )
    return sheet


def chi_checks_second_lifts_with_binh_and_releases(shop: Shop, batch: str) -> None:
    shop.check("chi", batch)
    assert state(shop, batch) == ("accepted", True)
    refused(shop("batch", "release", batch, who="chi"), "held", "lift it")
    shop.good("batch", "lift", batch, "--why", "the number is right now", who="chi", beside=("binh",))
    refused(shop("batch", "release", batch, who="binh"), "same-person", "王敏 can.")
    shop.good("batch", "release", batch, who="chi")


def it_is_printed_shipped_and_withdrawn(shop: Shop, batch: str, folder: Path) -> None:
    for kind in ("inspection", "certificate"):
        paper = folder / f"{kind}.pdf"
        shop.good("report", kind, batch, "-o", str(paper), who="chi")
        assert paper.read_bytes().startswith(b"%PDF")
    sheet, list_ = folder / "people.json", folder / "list.json"
    shop.good("people-sheet", "--to", str(sheet), who="binh")
    shop.good("certificate", "withdrawn-list", "--to", str(list_), who="binh")
    buyer = Console(Doors(open_workspace=shop.open, read_paper=off_paper))
    with_both = ("--people", str(sheet), "--withdrawn", str(list_))
    held = buyer("certificate", "check", str(folder / "certificate.pdf"), *with_both)
    assert held.status == 0, held.out  # signed by somebody whom the sheet's third use let in
    ship: tuple[Any, ...] = ("batch", "ship", batch, "--to", "ACME", "--quantity")
    shop.good(*ship, "15", who="binh")
    refused(shop(*ship, "6", who="binh"), "more-than-released", "Ship 5 or fewer.")
    shop.good("batch", "withdraw", batch, "--why", "ACME found a scratch", who="binh")
    refused(shop(*ship, "5", who="binh"), "state", "Only a released batch is shipped.")
