# SPDX-License-Identifier: Apache-2.0
"""Concessions by commands: asked for, approved by two others, refused, listed, and held to a supplier's budget."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from qcdesk.cli.doors import Doors
from qcdesk.reports import pages
from qcdesk.reports.codes import read_paper
from tests.cli.console import Console
from tests.cli.shops import Shop, problem, rule

SCRATCHED = {"unit": 1, "defect": "SCR"}


def rejected(shop: Shop, number: str) -> str:
    """Return a batch that both rejected for a scratch."""
    shop.batch(number)
    for who in ("an", "binh"):
        shop.check(who, number, SCRATCHED)
    return number


def asking(shop: Shop, number: str, *more: str) -> tuple[str, ...]:
    """Return the command that asks for a concession."""
    until = (shop.clock.today() + timedelta(days=30)).isoformat()
    said = ("--until", until, "--deviation", "hidden once mounted", "--reference", "mail of 3 May")
    return ("concession", "request", number, "--quantity", "20", *said, *more)


def test_a_concession_is_asked_for_approved_by_two_others_and_listed(shop: Shop) -> None:
    for login in ("chi", "dung"):
        shop.third(login, "concession")
    number = rejected(shop, "B-1")
    assert rule(shop("concession", "approve", number, who="chi", beside=("dung",))) == "no-concession"
    asked = shop.good(*asking(shop, number), who="an")
    assert (asked["state"], asked["codes"], asked["asked_by"]) == ("asked", ["SCR"], "An Nguyễn")
    assert rule(shop(*asking(shop, number), who="binh")) == "concession-open"
    assert rule(shop("concession", "approve", number, who="chi", beside=("an",))) == "asked-concession"
    done = shop.good("concession", "approve", number, who="chi", beside=("dung",))
    assert (done["state"], done["answered_by"]) == ("approved", ["Chi", "Dung"])
    shown = shop.good("batch", "show", number)["concession"]
    assert (shown["quantity"], shown["state"], shown["deviation"]) == (20, "approved", "hidden once mounted")
    assert [(s["meaning"], s["name"]) for s in shown["signatures"]] == [
        ("concession_asked_by", "An Nguyễn"),
        *(("concession_approved_by", name) for name in ("Chi", "Dung")),
    ]
    told = shop("batch", "show", number, text=True).out
    assert "RELEASED UNDER CONCESSION" in told and "Concession approved by" in told
    shop.good("batch", "ship", number, "--quantity", "20", "--to", "ACME", who="an")
    listed = shop.good("concession", "list", "--state", "used_up")
    assert [one["batch"] for one in listed["concessions"]] == [number]
    assert [(one["supplier"], one["units"]) for one in listed["suppliers"]] == [("ACME", 20)]
    assert "No budget is set; 20 units were conceded." in shop("concession", "list", text=True).out
    assert problem(shop("concession", "list", "--state", "gone")) == "unknown_state"


def test_what_goes_beyond_the_budget_is_refused_with_its_figures(shop: Shop) -> None:
    number = rejected(shop, "B-1")
    of = ("--percent", "10", "--months", "6", "--why", "agreed")
    assert shop.good("concession", "budget", "ACME", *of, who="an", beside=("binh",))["left"] == 2
    ran = shop(*asking(shop, number), who="an")
    assert rule(ran) == "concession-budget"
    assert "10 % of 20 received in 6 months, of which 0 are conceded" in ran.err
    shop.batch("B-2", "--quantity", "1000")  # which nobody began to inspect, and which may yet be called off
    shop.good("check", "start", "B-2", who="an")  # one alone makes nothing of it
    assert "10 % of 20 received" in shop(*asking(shop, number), who="an").err
    assert "0 of 20 received" in shop("supplier", "score", "ACME", who="an", text=True).out
    wrong = shop("concession", "budget", "ACME", "--percent", "110", "--why", "x", who="an", beside=("binh",))
    assert problem(wrong) == "budget_percent"


def test_a_concession_is_refused_and_the_batch_stays_rejected(shop: Shop) -> None:
    number = rejected(shop, "B-1")
    assert problem(shop(*asking(shop, number, "--code", "CRK"), who="an")) == "code_not_claimed"
    shop.good(*asking(shop, number), who="an")
    assert shop.good("concession", "refuse", number, "--why", "it shows", who="binh")["state"] == "refused"
    assert shop.good("batch", "show", number)["state"] == "rejected"


def test_only_rejected_goods_without_a_critical_are_asked_for_and_no_more_than_there_are(shop: Shop) -> None:
    shop.batch("B-0")
    assert rule(shop(*asking(shop, "B-0"), who="an")) == "state"
    number = rejected(shop, "B-1")
    assert rule(shop(*asking(shop, number, "--quantity", "21"), who="an")) == "quantities"
    yesterday = (shop.clock.today() - timedelta(days=1)).isoformat()
    assert problem(shop(*asking(shop, number, "--until", yesterday), who="an")) == "day_past"
    for name in ("--deviation", "--reference"):
        assert problem(shop(*asking(shop, number, name, " "), who="an")) == "missing"
    shop.batch("B-2")
    for who in ("an", "binh"):
        shop.check(who, "B-2", {"unit": 1, "defect": "CRK"})
    assert rule(shop(*asking(shop, "B-2"), who="an")) == "concession-critical"
    assert shop.good("concession", "list")["concessions"] == []


def test_two_approve_who_may_one_from_outside_and_never_what_is_stopped_or_over(shop: Shop) -> None:
    for login in ("chi", "dung"):
        shop.third(login, "concession")
    shop.third("em", "inspector")
    number = rejected(shop, "B-1")
    assert shop.good(*asking(shop, number), who="chi")["state"] == "asked"
    approving = ("concession", "approve", number)
    assert rule(shop(*approving, who="an", beside=("binh",))) == "concession-outsider"
    assert rule(shop(*approving, who="dung", beside=("em",))) == "role"
    assert rule(shop(*approving, who="dung", beside=("dung",))) == "two-needed"
    assert rule(shop("concession", "refuse", number, "--why", "no", who="em")) == "role"
    shop.good("batch", "hold", number, "--kind", "other", "--why", "wait", who="an")
    assert rule(shop(*approving, who="dung", beside=("an",))) == "held"
    shop.good("batch", "lift", number, "--why", "looked at", who="an", beside=("binh",))
    shop.clock.forward(days=31)
    assert rule(shop(*approving, who="dung", beside=("an",))) == "concession-expired"
    assert shop.good("batch", "show", number)["state"] == "rejected"


def test_the_customers_consent_keeps_its_name_and_is_saved_out_again(shop: Shop, tmp_path: Path) -> None:
    number = rejected(shop, "B-1")
    saving = ("concession", "consent", number, "-o", str(tmp_path / "again.pdf"))
    assert problem(shop(*saving)) == "no_consent"
    consent = tmp_path / "consent of may.pdf"
    consent.write_bytes(b"%PDF-1.7 we take them")
    asked = shop.good(*asking(shop, number, "--consent", str(consent)), who="an")
    assert asked["consent_name"] == "consent of may.pdf"
    assert shop.good(*saving)["name"] == "consent of may.pdf"
    assert (tmp_path / "again.pdf").read_bytes() == consent.read_bytes()
    assert problem(shop(*saving)) == "file_exists"


def test_no_more_leaves_than_was_conceded_and_nothing_after_the_last_day(shop: Shop, tmp_path: Path) -> None:
    for login in ("chi", "dung"):
        shop.third(login, "concession")
    number = rejected(shop, "B-1")
    shop.good(*asking(shop, number, "--quantity", "15"), who="an")
    shop.good("concession", "approve", number, who="chi", beside=("dung",))
    shipping = ("batch", "ship", number, "--to", "ACME", "--quantity")
    assert rule(shop(*shipping, "16", who="an")) == "more-than-released"
    shop.good(*shipping, "5", who="an")
    shop.clock.forward(days=31)
    assert rule(shop(*shipping, "5", who="an")) == "concession-expired"
    printing = ("report", "certificate", number, "-o", str(tmp_path / "certificate.pdf"))
    assert rule(shop(*printing, who="binh")) == "concession-expired"
    assert shop.good("concession", "list", "--state", "expired")["concessions"][0]["shipped"] == 5


def test_what_was_conceded_and_stays_goes_back_once_its_release_is_withdrawn_and_the_refusal_says_so(
    shop: Shop,
) -> None:
    for login in ("chi", "dung"):
        shop.third(login, "concession")
    number = rejected(shop, "B-1")
    shop.good(*asking(shop, number, "--quantity", "15"), who="an")
    shop.good("concession", "approve", number, who="chi", beside=("dung",))
    shop.clock.forward(days=31)
    way = "Withdraw its release"
    late = shop("batch", "ship", number, "--to", "ACME", "--quantity", "5", who="an")
    assert rule(late) == "concession-expired" and way in late.err
    back = ("batch", "dispose", number, "--disposition", "return", "--why", "not wanted")
    shop.good("batch", "hold", number, "--kind", "other", "--why", "wait", who="an")
    held = shop(*back, who="an", beside=("binh",))
    assert rule(held) == "state" and "withdraw the release first" in held.err
    shop.good("batch", "withdraw", number, "--why", "its days are over", who="an")
    shop.good(*back, who="an", beside=("binh",))
    assert shop.good("batch", "show", number)["state"] == "returned"


def test_what_a_shipped_concession_left_goes_back_or_is_split_and_is_not_sorted_as_a_whole(
    shop: Shop,
) -> None:
    for login in ("chi", "dung"):
        shop.third(login, "concession")
    for number, shipped in (("B-1", "15"), ("B-2", "5")):
        rejected(shop, number)
        shop.good(*asking(shop, number, "--quantity", "15"), who="an")
        shop.good("concession", "approve", number, who="chi", beside=("dung",))
        shop.good("batch", "ship", number, "--to", "ACME", "--quantity", shipped, who="an")
    dispose = ("batch", "dispose", "B-1", "--why", "not wanted", "--disposition")
    sorted_whole = shop(*dispose, "sort", who="an", beside=("binh",))
    assert rule(sorted_whole) == "state" and "Split off what is still here" in sorted_whole.err
    assert shop.good(*dispose, "return", who="an", beside=("binh",))["state"] == "returned"
    split = ("batch", "split", "B-2", "--why", "not wanted", "--part")
    here = shop.good("batch", "show", "B-2")["here"]
    alone = shop(*split, f"{here}=scrap", who="an", beside=("binh",))
    assert rule(alone) == "state" and "conceded and not shipped yet" in alone.err
    shop.good(*split, f"{here - 10}=sort", "--keep", "10", who="an", beside=("binh",))
    assert (shop.good("batch", "show", "B-2")["state"], shop.good("batch", "show", "B-2")["here"]) == (
        "released_under_concession",
        10,
    )


def test_whoever_had_a_part_in_a_concession_takes_no_independent_place(shop: Shop) -> None:
    for login in ("chi", "dung"):
        shop.third(login, "concession", "inspector", "releaser")
    number = rejected(shop, "B-1")
    shop.good(*asking(shop, number), who="chi")
    shop.good("concession", "refuse", number, "--why", "it shows", who="dung")
    shop.good(
        "batch", "dispose", number, "--disposition", "rework", "--why", "polish", who="an", beside=("binh",)
    )
    shop.good("batch", "reworked", number, "--by", "dung", who="an")
    shop.check("an", number)
    assert rule(shop("check", "start", number, who="chi")) == "asked-concession"
    shop.check("binh", number)
    assert rule(shop("batch", "release", number, who="chi")) == "asked-concession"
    shop.good("batch", "release", number, who="binh")


def test_a_budget_is_set_by_two_planners(shop: Shop) -> None:
    shop.third("chi", "concession")
    of = ("concession", "budget", "ACME", "--percent", "10", "--why", "agreed")
    assert rule(shop(*of, who="an", beside=("an",))) == "two-needed"
    assert rule(shop(*of, who="an", beside=("chi",))) == "role"
    assert problem(shop(*of, "--months", "121", who="an", beside=("binh",))) == "budget_months"


def test_a_certificate_under_concession_says_so_on_paper_and_to_whoever_checks_it(
    shop: Shop, tmp_path: Path
) -> None:
    for login in ("chi", "dung"):
        shop.third(login, "concession")
    number = rejected(shop, "B-1")
    pdf = tmp_path / "certificate.pdf"
    printing = ("report", "certificate", number, "-o", str(pdf))
    assert rule(shop(*printing, who="binh")) == "not-released"
    shop.good(*asking(shop, number, "--quantity", "15"), who="an")
    shop.good("concession", "approve", number, who="chi", beside=("dung",))
    shop.good(*printing, who="binh")
    text = " ".join(pages.text(pdf.read_bytes())[0].split())
    for part in ("RELEASED UNDER CONCESSION", "hidden once mounted", "15 pcs", "Chi", "Dung", "An Nguyễn"):
        assert part in text
    (row,) = shop.good("certificate", "list")["certificates"]
    assert (row["verdict"], row["quantity"]) == ("released_under_concession", 15)

    sheet, listed = str(tmp_path / "people.json"), str(tmp_path / "list.json")
    shop.good("people-sheet", "--to", sheet, who="an")
    shop.good("certificate", "withdrawn-list", "--to", listed, who="an")
    checking = ("certificate", "check", str(pdf), "--people", sheet, "--withdrawn", listed)

    def buyer(word: str) -> Console:
        """Return the console of somebody with no workspace; ``word``: what the paper says in the verdict's place."""

        def reading(content: bytes) -> tuple[tuple[str, ...], str]:
            found = read_paper(content)
            return found.codes, found.text.replace("RELEASED UNDER CONCESSION", word)

        return Console(Doors(open_workspace=Console().doors.open_workspace, read_paper=reading))

    good = buyer("RELEASED UNDER CONCESSION")
    assert good(*checking, "--json").data["verdict"] == "released_under_concession"
    assert "RELEASED UNDER CONCESSION" in good(*checking).out and good(*checking).status == 0
    forged = buyer("Accepted and released")(*checking, "--json")
    assert forged.status == 1 and "the verdict" in forged.data["problems"][0]

    shop.good("batch", "withdraw", number, "--why", "recall", who="binh")
    assert rule(shop(*printing, who="binh")) == "certificate-withdrawn"
