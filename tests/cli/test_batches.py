# SPDX-License-Identifier: Apache-2.0
"""Batches by commands: registering, looking, stopping and letting go, release and shipment, and the refusals."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import typer
from pysqlite3 import dbapi2 as sqlite

from qcdesk.cli.batches import lift, release
from qcdesk.domain.events import ClockJumped
from qcdesk.domain.refusals import ChangedMeanwhile
from qcdesk.store.keeping import SqlKeeping
from tests.cli.shops import Shop, problem, rule
from tests.workspace import secret

REGISTER = ("batch", "register", "B-1", "--product", "PH-204", "--quantity", "20")


def accepted(shop: Shop) -> Shop:
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    return shop


def test_a_batch_shows_where_it_stands_and_what_may_be_done(shop: Shop) -> None:
    shop.batch("B-1", "--order", "PO-7", "--ship-by", "2026-04-01", "--made-on", "2026-02-01")
    data = shop.good("batch", "show", "B-1", who="an")
    assert (data["batch"], data["state"], data["held"], data["rounds"]) == ("B-1", "registered", False, [])
    assert (data["quantity"], data["supplier"], data["order"], data["ship_by"]) == (
        20,
        "ACME",
        "PO-7",
        "2026-04-01",
    )
    may = {one["act"]: one for one in data["may"]}
    assert may["start"]["allowed"] is True and may["start"]["why_not"] is None
    assert may["release"]["allowed"] is False and may["release"]["why_not"] == "four-eyes"
    assert may["release"]["message"].startswith("Release needs a first check")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ((), "supplier_or_line"),
        (("--supplier", "ACME", "--line", "L1"), "supplier_and_line"),
        (("--supplier", "NOBODY"), "unknown_supplier"),
        (("--supplier", "ACME", "--maker", "nobody"), "unknown_person"),
        (("--supplier", "ACME", "--maker", "an=1-99"), "unit_outside"),
        (("--supplier", "ACME", "--maker", "an=x"), "units"),
        (("--supplier", "ACME", "--ship-by", "tomorrow"), "day"),
        (("--supplier", "ACME", "--made-on", "2030-01-01"), "made_later"),
        (("--supplier", "ACME", "--made-on", "2026-03-01", "--ship-by", "2026-02-01"), "ship_before_made"),
        (("--supplier", "ACME", "--ship-by", "2020-01-01"), "ship_long_ago"),
    ],
)
def test_a_batch_that_says_nothing_sound_is_refused(shop: Shop, more: tuple[str, ...], code: str) -> None:
    assert problem(shop(*REGISTER, *more, who="an")) == code
    assert shop.good("batch", "list")["batches"] == []


def test_a_number_is_given_once(shop: Shop) -> None:
    shop.batch()
    assert rule(shop(*REGISTER, "--supplier", "ACME", who="an")) == "already-there"


def test_batches_are_listed_and_found_without_saying_who_one_is(shop: Shop) -> None:
    shop.batch("B-1")
    shop.batch("B-2")
    listed = shop.good("batch", "list")["batches"]
    assert {b["batch"] for b in listed} == {"B-1", "B-2"} and listed[0]["state"] == "registered"
    assert [b["batch"] for b in shop.good("batch", "list", "--find", "b-2")["batches"]] == ["B-2"]
    assert shop.good("batch", "list", "--state", "accepted")["batches"] == []
    assert problem(shop("batch", "list", "--state", "nice")) == "unknown_state"


def test_an_unknown_batch_is_bad_input(shop: Shop) -> None:
    assert problem(shop("batch", "show", "B-9", who="an")) == "unknown_batch"


def test_without_saying_who_asks_a_batch_shows_its_state_and_no_acts(shop: Shop) -> None:
    shop.batch()
    ran = shop("batch", "show", "B-1")
    assert ran.status == 0
    assert (ran.data["state"], ran.data["may"], ran.data["verdict"]) == ("registered", [], None)
    assert problem(shop("batch", "timeline", "B-1")) == "as_needed"


def test_one_person_stops_and_two_let_go(shop: Shop) -> None:
    accepted(shop)
    held = shop.good("batch", "hold", "B-1", "--kind", "safety", "--why", "sharp edge", who="an")
    assert held["held"] is True and held["hold"]["kind"] == "safety"
    ran = shop("batch", "release", "B-1", who="binh")
    assert rule(ran) == "held"
    assert problem(shop("batch", "lift", "B-1", "--why", "filed", who="an")) == "with_needed"
    assert rule(shop("batch", "lift", "B-1", "--why", "filed", who="an", beside=("an",))) == "two-needed"
    assert shop.good("batch", "lift", "B-1", "--why", "filed", who="an", beside=("binh",))["held"] is False
    assert rule(shop("batch", "lift", "B-1", "--why", "again", who="an", beside=("binh",))) == "not-held"


def test_lifting_takes_releasers(shop: Shop) -> None:
    shop.third("chi", "inspector")
    shop.batch()
    shop.good("batch", "hold", "B-1", "--why", "x", who="chi")
    ran = shop("batch", "lift", "B-1", "--why", "y", who="an", beside=("chi",))
    assert rule(ran) == "role" and "Chi" in ran.err


def test_a_stop_has_a_kind_and_a_reason(shop: Shop) -> None:
    shop.batch()
    assert problem(shop("batch", "hold", "B-1", "--kind", "ugly", "--why", "x", who="an")) == "hold_kind"
    assert problem(shop("batch", "hold", "B-1", "--why", "  ", who="an")) == "missing"


def test_release_needs_both_checks(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1")
    ran = shop("batch", "release", "B-1", who="binh")
    assert rule(ran) == "four-eyes" and ran.err.startswith("Release needs a second, independent check first.")


def test_first_signer_does_not_release(shop: Shop) -> None:
    ran = accepted(shop)("batch", "release", "B-1", who="an")
    assert rule(ran) == "same-person" and "Trần Bình can." in ran.err


def test_never_more_is_shipped_than_was_released(shop: Shop) -> None:
    accepted(shop)
    assert rule(shop("batch", "ship", "B-1", "--quantity", "5", "--to", "X", who="an")) == "state"
    shop.good("batch", "release", "B-1", who="binh")
    shop.good(
        "batch",
        "ship",
        "B-1",
        "--quantity",
        "15",
        "--to",
        "X",
        "--document",
        "D-1",
        "--on",
        "2026-03-02",
        who="an",
    )
    ran = shop("batch", "ship", "B-1", "--quantity", "6", "--to", "X", who="an")
    assert rule(ran) == "more-than-released" and "Ship 5 or fewer." in ran.err


def test_a_release_is_withdrawn_by_a_signer_alone(shop: Shop) -> None:
    accepted(shop)
    shop.good("batch", "release", "B-1", who="binh")
    assert shop.good("batch", "withdraw", "B-1", "--why", "complaint", who="an")["state"] == "withdrawn"


def test_only_an_untouched_batch_is_cancelled(shop: Shop) -> None:
    shop.batch("B-1")
    shop.batch("B-2")
    assert shop.good("batch", "cancel", "B-1", "--why", "typed twice", who="an")["state"] == "cancelled"
    shop.good("check", "start", "B-2", who="an")
    assert rule(shop("batch", "cancel", "B-2", "--why", "x", who="an")) == "state"


def test_what_becomes_of_goods_is_for_rejected_or_held_batches(shop: Shop) -> None:
    shop.batch()
    args = ("batch", "dispose", "B-1", "--why", "x", "--disposition")
    assert rule(shop(*args, "rework", who="an", beside=("binh",))) == "state"
    assert rule(shop(*args, "scrap", who="an", beside=("binh",))) == "state"
    for kind in ("repair", "sort", "return"):
        assert rule(shop(*args, kind, who="an", beside=("binh",))) == "state"
    assert rule(shop(*args, "regrade", "--terms", "B", who="an", beside=("binh",))) == "state"
    assert problem(shop(*args, "eat", who="an", beside=("binh",))) == "unknown_kind"
    shop.good("batch", "hold", "B-1", "--kind", "wrong_goods", "--why", "not ours", who="an")
    sorted_whole = shop(*args, "sort", who="an", beside=("binh",))
    assert rule(sorted_whole) == "state" and "Split off what is still here" in sorted_whole.err
    assert shop.good(*args, "return", who="an", beside=("binh",))["state"] == "returned"


def test_a_rejected_batch_is_repaired_or_regraded_and_says_so(shop: Shop) -> None:
    for number in ("B-1", "B-2"):
        shop.batch(number)
        for who in ("an", "binh"):
            shop.check(who, number, *({"unit": unit, "defect": "SCR"} for unit in range(1, 4)))
    args = ("batch", "dispose", "B-1", "--why", "x", "--disposition")
    assert problem(shop(*args, "regrade", who="an", beside=("binh",))) == "missing"
    assert problem(shop(*args, "repair", "--terms", "B", who="an", beside=("binh",))) == "regraded_for"
    shop.good(*args, "repair", who="an", beside=("binh",))
    told = shop("batch", "show", "B-1", text=True).out
    assert "fit for use, and possibly not what was asked for" in told
    assert shop.good("batch", "show", "B-1")["repaired"]
    other = ("batch", "dispose", "B-2", "--why", "x", "--disposition", "regrade", "--terms", "B, inner parts")
    regraded = shop.good(*other, who="an", beside=("binh",))
    assert (regraded["repaired"], regraded["regraded"]) == (False, "B, inner parts")
    assert "Taken for another grade or use: B, inner parts." in shop("batch", "show", "B-2", text=True).out
    texts = [one["text"] for one in shop.good("batch", "timeline", "B-2", who="an")["entries"]]
    assert "Regraded for B, inner parts: x" in texts


def test_the_timeline_tells_what_happened(shop: Shop) -> None:
    accepted(shop)
    data = shop.good("batch", "timeline", "B-1", who="binh")
    texts = [one["text"] for one in data["entries"]]
    assert "First check signed: it accepts." in texts and "The two checks were compared: accepted." in texts
    assert {one["person"] for one in data["entries"]} == {"An Nguyễn", "Trần Bình"}


def test_the_timeline_of_a_blind_check_says_only_that_it_was_signed(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1", {"unit": 2, "defect": "SCR"})
    for who in ("binh",):
        ran = shop("batch", "timeline", "B-1", who=who)
        assert "First check signed." in [one["text"] for one in ran.data["entries"]]
        assert "SCR" not in ran.out and "rejects" not in ran.out


def test_a_page_reads_well(shop: Shop) -> None:
    text = accepted(shop)("batch", "show", "B-1", who="binh", text=True).out
    assert text.startswith("Batch B-1: Accepted\n20 pcs of PH-204 Housing cover\nFrom 重庆 ACME\n")
    assert "You can: " in text and "Release" in text


def test_a_batch_is_changed_only_before_its_first_check(shop: Shop) -> None:
    shop.batch("B-1", "--order", "PO-7")
    changed = shop.good("batch", "change", "B-1", "--quantity", "30", "--new-number", "B-1a", who="an")
    assert (changed["batch"], changed["quantity"], changed["order"]) == ("B-1a", 30, "PO-7")
    own = shop.good("batch", "change", "B-1a", "--line", "L1", "--maker", "binh", who="an")
    assert (own["supplier"], own["line"], own["makers"]) == (None, "L1", ["Trần Bình"])
    back = shop.good("batch", "change", "B-1a", "--supplier", "ACME", who="an")
    assert (back["supplier"], back["line"]) == ("ACME", None)
    shop.good("check", "start", "B-1a", "--knowing", who="an")
    assert rule(shop("batch", "change", "B-1a", "--quantity", "40", who="an")) == "state"


def test_a_batch_with_a_signature_in_doubt_is_reopened_by_two(shop: Shop) -> None:
    shop.third("chi", "administrator", "inspector", "releaser")
    untouched = shop.batch("B-2")
    shop.check("an", untouched)
    shop.check("binh", untouched)
    batch = shop.batch()
    reopen = ("batch", "reopen", batch, "--why", "the badge was copied")
    assert rule(shop(*reopen, who="an", beside=("chi",))) == "state"
    since = shop.good("verify")["head"]["event"] + 1
    shop.check("an", batch)
    shop.check("binh", batch)
    doubt = ("person", "revoke", "binh", "--why", "suspect", "--from", str(since))
    assert shop.good(*doubt, who="an", beside=("chi",))["held"] == [batch]
    assert rule(shop(*reopen, who="an", beside=("an",))) == "two-needed"
    nothing = shop("batch", "reopen", untouched, "--why", "x", who="an", beside=("chi",))
    assert rule(nothing) == "nothing-suspect"
    assert shop.good(*reopen, who="an", beside=("chi",))["state"] == "registered"


# What is typed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "code", "field"),
    [
        ("Packed \u202ewrongly", "character", "reason"),
        ("Packed\u0007wrongly", "character", "reason"),
        ("w" * 10_001, "too_long", "reason"),
        ("خطأ في التعبئة", "glyph", "reason"),
        ("Nicht gut \U0001f600", "glyph", "reason"),
    ],
)
def test_a_reason_that_would_read_or_print_otherwise_is_refused(
    shop: Shop, why: str, code: str, field: str
) -> None:
    shop.batch()
    ran = shop("batch", "hold", "B-1", "--kind", "safety", "--why", why, who="an")
    assert problem(ran) == code
    assert ran.error["where"] == {"field": field}
    assert ran.err.startswith("Reason ")
    assert shop.good("batch", "show", "B-1")["held"] is False


@pytest.mark.parametrize(
    ("to", "code"), [("Brook\u200bfield", "character"), ("b" * 201, "too_long"), ("شركة", "glyph")]
)
def test_whom_goods_go_to_is_a_name_that_can_be_read_and_printed(shop: Shop, to: str, code: str) -> None:
    accepted(shop).good("batch", "release", "B-1", who="binh")
    ran = shop("batch", "ship", "B-1", "--quantity", "20", "--to", to, who="an")
    assert (problem(ran), ran.error["where"]) == (code, {"field": "to"})


# What is seen is what is signed ---------------------------------------------------------------------------------


def test_at_a_terminal_a_release_shows_what_it_signs(shop: Shop) -> None:
    accepted(shop)
    shown: list[str] = []

    def typed(prompt: str) -> str:
        shown.extend((call.err.getvalue(), prompt))  # type: ignore[attr-defined]
        return secret("binh")

    call = shop.at_terminal("binh", typed)
    release(cast(typer.Context, SimpleNamespace(find_object=lambda _kind: call)), "B-1")
    call.close()
    assert "B-1: Accepted" in shown[0] and "20 pcs of PH-204" in shown[0] and "Round 1" in shown[0]
    assert shown[1] == "Password of binh, to release what stands above: "


def test_another_round_than_the_one_that_was_shown_is_not_released(shop: Shop) -> None:
    accepted(shop)

    def typed(_prompt: str) -> str:
        shop.good("check", "retract", "B-1", "--why", "wrong gauge", who="an")
        shop.check("an", "B-1")
        shop.check("binh", "B-1")
        return secret("binh")

    call = shop.at_terminal("binh", typed)
    with pytest.raises(ChangedMeanwhile):
        release(cast(typer.Context, SimpleNamespace(find_object=lambda _kind: call)), "B-1")
    call.close()
    assert shop.good("batch", "show", "B-1")["state"] == "accepted"


# What came since the last verified head -------------------------------------------------------------------------


def bent(shop: Shop) -> None:
    """Bend a signature that has nothing to do with the batch, and put the rule back that was in the way."""
    connection = sqlite.connect(str(Path(shop.workspace) / "qcdesk.sqlite"))
    (rule_text,) = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'event_no_update'"
    ).fetchone()
    connection.execute("DROP TRIGGER event_no_update")
    connection.execute(
        "UPDATE event SET sig = zeroblob(64) WHERE seq ="
        " (SELECT max(seq) FROM event WHERE CAST(body AS TEXT) LIKE '%supplier.saved%')"
    )
    connection.execute(rule_text)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "elsewhere", [False, True], ids=["from the last head", "at a station that knows none"]
)
def test_nothing_goes_out_by_command_over_a_log_that_does_not_hold_since_it_was_verified(
    shop: Shop, elsewhere: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(shop).batch("B-2")
    shop.check("an", "B-2")
    shop.check("binh", "B-2")
    shop.good("batch", "release", "B-2", who="binh")
    if not elsewhere:
        assert shop.good("verify")["ok"] is True
    shop.good("supplier", "add", "LATE", "--name", "Late and bent", who="an")
    bent(shop)
    paper = str(tmp_path / "p.pdf")
    for number, command in enumerate((
        ("batch", "release", "B-1"),
        ("batch", "ship", "B-2", "--quantity", "20", "--to", "Brookfield"),
        ("report", "certificate", "B-2", "-o", paper),
        ("report", "inspection", "B-2", "-o", paper),
    )):  # fmt: skip
        if elsewhere:
            monkeypatch.setenv("QCDESK_STATION_FOLDER", str(tmp_path / f"station {number}"))
        assert rule(shop(*command, who="binh")) == "unverified", command
    assert not Path(paper).exists()
    assert {b["batch"]: b["state"] for b in shop.good("batch", "list")["batches"]} == {
        "B-1": "accepted", "B-2": "released",
    }  # fmt: skip
    left = ("batch", "left", "B-2", "--quantity", "20", "--to", "Brookfield", "--why", "gone already")
    shop.good(*left, who="an")  # what is a fact is put down all the same


def test_what_holds_goes_out_from_the_last_head_on(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.good("verify")
    accepted(shop)
    monkeypatch.setattr(SqlKeeping, "verify", None)  # nothing but the tail is read
    assert shop.good("batch", "release", "B-1", who="binh")["state"] == "released"


def test_another_stop_than_the_one_that_was_shown_is_not_lifted(shop: Shop) -> None:
    shop.batch("B-1")
    shop.good("batch", "hold", "B-1", "--why", "no order number", "--kind", "paperwork", who="an")
    shown: list[str] = []

    def typed(_prompt: str) -> str:
        if not shown:
            shown.append(call.err.getvalue())  # type: ignore[attr-defined]
            shop.good("batch", "lift", "B-1", "--why", "it has come", who="an", beside=("binh",))
            shop.good("batch", "hold", "B-1", "--why", "sharp edges", "--kind", "safety", who="an")
            return secret("an")
        return secret("binh")

    call = shop.at_terminal("an", typed)
    call.beside = ("binh",)
    with pytest.raises(ChangedMeanwhile):
        lift(cast(typer.Context, SimpleNamespace(find_object=lambda _kind: call)), "B-1", "it is there")
    call.close()
    assert "Stopped by An Nguyễn: Papers" in shown[0]
    assert shop.good("batch", "show", "B-1")["held"] is True


def told_of(shop: Shop, number: str, who: str) -> list[list[str]]:
    """Return the lines of signatures that each command shows of a batch."""
    shows = (("batch", "show", number), ("batch", "timeline", number), ("audit-trail", "--batch", number))
    signed = ("I inspected", "check signed")
    return [
        [line for line in shop(*show, who=who, text=True).out.splitlines() if any(w in line for w in signed)]
        for show in shows
    ]


def test_every_command_says_what_a_key_in_doubt_signed(shop: Shop) -> None:
    shop.third()
    number = shop.batch()
    shop.check("an", number)
    shop.check("binh", number)
    entries = shop.good("audit-trail", "--batch", number, who="binh")["entries"]
    signed = [e["seq"] for e in entries if e["type"] == "check.signed"]
    assert not any(any("in doubt" in line for line in lines) for lines in told_of(shop, number, "an"))
    shop.good(
        "person", "revoke", "binh", "--why", "suspect", "--from", str(signed[1]), who="an", beside=("chi",)
    )
    for lines in told_of(shop, number, "an"):
        assert len(lines) == 2, lines
        assert all(("in doubt" in line) == ("Trần Bình" in line) for line in lines)
    for command in (("batch", "timeline", number), ("audit-trail", "--batch", number)):
        entries = shop.good(*command, who="an")["entries"]
        acts = [e["suspect"] for e in entries if e["type"] == "check.signed"]
        assert acts == [False, True]


def test_every_command_says_what_was_entered_under_a_clock_behind_and_signed_under_one_ahead(
    shop: Shop,
) -> None:
    number = shop.batch()
    started = shop.good("check", "start", number, who="an")
    shop.clock.forward(seconds=-3_600)
    shop.record("an", started["check"], {"units": started["sample"]["units"]})
    shop.clock.forward(seconds=3_600)
    shop.good("check", "sign", started["check"], who="an")
    opened = shop.open(shop.workspace)
    with opened.use.begin() as uow:
        uow.note(ClockJumped(3_600_000_000), shop.workstation.hand(uow.vault))
        uow.commit()
    opened.close()
    shop.check("binh", number)
    for lines in told_of(shop, number, "an"):
        assert len(lines) == 2, lines
        assert all(("Clock suspect" in line) == ("Trần Bình" in line) for line in lines)
        assert all(("the clock stood behind" in line) == ("An Nguyễn" in line) for line in lines)
    page = shop.good("batch", "show", number)["signatures"]
    assert [(s["clock_suspect"], s["clock_behind"]) for s in page] == [(False, True), (True, False)]
    for command in (("batch", "timeline", number), ("audit-trail", "--batch", number)):
        entries = shop.good(*command, who="an")["entries"]
        recorded = [(e["clock_suspect"], e["clock_behind"]) for e in entries if e["type"] == "check.recorded"]
        assert recorded == [(False, True), (True, False)]


def test_goods_of_a_blocked_supplier_are_registered_with_a_remark(shop: Shop) -> None:
    shop.batch("B-1")
    assert shop.good("batch", "show", "B-1")["here"] == 20
    shop.good("supplier", "status", "ACME", "blocked", "--why", "cracks again", who="an")
    told = shop.good(
        "batch", "register", "B-2", "--product", "PH-204", "--quantity", "20", "--supplier", "ACME", who="an"
    )
    [remark] = told["remarks"]
    assert "is blocked: its goods are registered, and none is released" in remark
    assert shop.good("batch", "show", "B-2")["state"] == "registered"


def test_goods_that_should_have_left_already_are_registered_with_a_remark(shop: Shop) -> None:
    register = ("batch", "register", "B-1", "--product", "PH-204", "--quantity", "20", "--supplier", "ACME")
    told = shop.good(*register, "--ship-by", "2026-02-20", who="an")
    assert (
        told["remarks"] == ["Its ship-by day, 20 Feb, is past already: look whether it is right."]
        and told["ship_by"] == "2026-02-20"
    )


def test_a_part_of_nothing_is_refused_by_its_rule(shop: Shop) -> None:
    shop.procedure("IP-204")
    shop.batch("B-1")
    for who in ("an", "binh"):
        shop.check(who, "B-1", {"unit": 1, "defect": "CRK"})
    split = ("batch", "split", "B-1", "--part", "20=scrap", "--part", "0=return", "--why", "two ways")
    ran = shop(*split, who="an", beside=("binh",))
    assert rule(ran) == "part-small", ran.err
    assert "would have 0 units. A part has at least one unit" in ran.err


def test_what_was_scrapped_is_not_here(shop: Shop) -> None:
    shop.procedure("IP-204")
    shop.batch("B-1")
    for who in ("an", "binh"):
        shop.check(who, "B-1", {"unit": 1, "defect": "CRK"})
    shop.good(
        "batch", "dispose", "B-1", "--disposition", "scrap", "--why", "cracked", who="an", beside=("binh",)
    )
    shown = shop.good("batch", "show", "B-1")
    assert (shown["state"], shown["here"]) == ("scrapped", 0)


def test_a_repair_is_recorded_in_its_own_words_and_what_was_to_be_reworked_may_go_back(shop: Shop) -> None:
    shop.procedure("IP-204")
    shop.third("chi", "inspector")
    for number in ("B-1", "B-2"):
        shop.batch(number)
        for who in ("an", "binh"):
            shop.check(who, number, {"unit": 1, "defect": "CRK"})
    send = ("batch", "dispose", "B-1", "--why", "weld", "--disposition")
    shop.good(*send, "repair", who="an", beside=("binh",))
    refused = shop(*send, "sort", who="an", beside=("binh",))
    assert rule(refused) == "state" and "or return or scrap the goods instead." in refused.err
    told = shop("batch", "reworked", "B-1", "--by", "an", who="an", text=True)
    assert told.out.startswith("The repair is recorded."), told.err
    assert rule(shop(*send, "return", who="an", beside=("binh",))) == "state"
    back = ("batch", "dispose", "B-2", "--why", "it goes back", "--disposition")
    shop.good(*back, "rework", who="an", beside=("binh",))
    assert shop.good(*back, "return", who="an", beside=("binh",))["state"] == "returned"
    assert rule(shop("batch", "reworked", "B-2", "--by", "an", who="an")) == "state"
    assert shop.good("verify")["ok"]
