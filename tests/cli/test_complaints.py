# SPDX-License-Identifier: Apache-2.0
"""Complaints and touches by commands: the whole way of one, what is refused, and the chart of touches."""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

from qcdesk.domain.times import from_datetime
from qcdesk.wording.readers import words_for
from qcdesk.wording.spelling import rfc3339
from tests.cli.shops import Shop, problem, rule

ADD = ("complaint", "add", "--customer", "Nova", "--words", "It rattles.", "--contact", "a@nova.example")


def test_a_complaint_goes_from_its_first_word_to_its_end_by_commands(shop: Shop) -> None:
    shop.procedure("IP-204")
    shop.batch()
    taken = shop.good(*ADD, "--batch", "B-1", "--call-back", "2030-01-01T10:00:00+00:00", who="an")
    assert (taken["complaint"], taken["owner"], taken["acknowledged"]) == ("C-1", "An Nguyễn", False)
    handed = shop.good("complaint", "hand-over", "C-1", "--to", "binh", "--why", "knows the goods", who="an")
    assert (handed["owner"], handed["hand_overs"], handed["too_many_hand_overs"]) == ("Trần Bình", 1, False)
    assert rule(shop("complaint", "close", "C-1", "--outcome", "x", who="binh")) == "complaint"
    read_back = ("complaint", "acknowledge", "C-1", "--by", "Ms Nova", "--how", "by phone")
    assert problem(shop(*read_back, "--on", "2020-01-01", who="binh")) == "acknowledged_when"
    shop.good(*read_back, who="binh")
    escape = ("complaint", "judge", "1", "--about", "rattles", "--why", "loose", "--escape")
    ran = shop(*escape, who="binh")
    assert rule(ran) == "complaint"
    assert "No batch of complaint C-1 was ever released or shipped, so nothing escaped." in ran.err
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    shop.good("batch", "release", "B-1", who="binh")
    judged = shop.good(*escape, who="binh")
    assert (judged["escape"], judged["proposed_to"]) == (True, ["IP-204"])
    assert "rattles" in shop("complaint", "proposals", text=True).out
    shop.good("complaint", "call-back", "C-1", "--called", "a new one comes", "--reached", who="binh")
    mail = shop.folder / "answer.eml"
    written = shop.good("complaint", "answer", "C-1", "-o", str(mail), who="binh")
    assert (written["answers"], written["file"]) == (1, str(mail))
    letter = message_from_bytes(mail.read_bytes(), policy=policy.default)
    assert letter["To"].addresses[0].addr_spec == "a@nova.example" and "> It rattles." in letter.get_content()
    shop.good("complaint", "close", "C-1", "--outcome", "a new one was sent", who="binh")
    assert shop.good("complaint", "list")["complaints"] == []
    [closed] = shop.good("complaint", "list", "--all")["complaints"]
    assert (closed["outcome"], closed["stands"]) == ("a new one was sent", "Closed")
    [linked] = shop.good("complaint", "show", "C-1", who="an")["linked"]
    assert (linked["batch"], [(one["person"], one["found"]) for one in linked["saw"]]) == (
        "B-1",
        [("An Nguyễn", []), ("Trần Bình", [])],
    )
    assert rule(shop("complaint", "link", "C-1", "B-1", "--undo", who="an")) == "complaint"
    told = [e["text"] for e in shop.good("batch", "timeline", "B-1", who="an")["entries"]]
    assert "Complaint C-1 is about this batch." in told
    assert shop.good("verify")["ok"]


def test_the_answer_is_drafted_in_the_language_of_the_customer(shop: Shop) -> None:
    shop.good(*ADD, "--language", "th", who="an")
    mail = shop.folder / "answer.eml"
    shop.good("complaint", "answer", "C-1", "-o", str(mail), who="an")
    letter = message_from_bytes(mail.read_bytes(), policy=policy.default)
    thai = words_for("th")
    said = thai.say("Dear {customer},", customer="Nova")
    assert letter["Content-Language"] == "th" and said in letter.get_content() and "Dear" not in said
    assert letter["Subject"] == thai.say("Your complaint {number}", number="C-1")


def test_what_cannot_be_is_refused_and_nothing_is_saved(shop: Shop) -> None:
    shop.procedure("IP-204")
    shop.batch()
    assert (
        problem(shop(*ADD, "--batch", "B-1", "--received", "2020-01-01", who="an"))
        == "complaint_before_batch"
    )
    assert problem(shop(*ADD, "--received", "2036-01-01", who="an")) == "complaint_ahead"
    assert problem(shop(*ADD, "--received", "2006-01-01", who="an")) == "complaint_long_ago"
    assert problem(shop(*ADD, "--call-back", "2020-01-01T10:00:00+00:00", who="an")) == "call_back_past"
    assert problem(shop(*ADD, "--owner", "nobody", who="an")) == "unknown_person"
    assert problem(shop(*ADD, "--language", "xx", who="an")) == "unknown_kind"
    assert problem(shop("complaint", "show", "C-1")) == "unknown_complaint"
    assert problem(shop("complaint", "show", "seven")) == "complaint_number"
    assert "No complaint is open." in shop("complaint", "list", text=True).out
    assert problem(
        shop("complaint", "figures", "2026-13", "--repeat-orders", "1", "--referrals", "0", who="an")
    ) == ("month")


def test_a_complaint_is_as_old_as_the_day_it_came_in_and_waits_since_something_was_done_for_the_customer(
    shop: Shop,
) -> None:
    day = 86_400

    def days(found: dict[str, Any]) -> tuple[int, int]:
        return found["age_days"], found["waiting_seconds"] // day

    shop.clock.forward(days=10)  # the 12th
    assert days(shop.good(*ADD, "--received", "2026-03-03", who="an")) == (9, 9)
    assert "9 days old, waits 9 days" in shop("complaint", "list", text=True).out
    assert "9 days old, waits 9 days" in shop("complaint", "show", "C-1", text=True).out
    shop.good("complaint", "hand-over", "C-1", "--to", "binh", "--why", "knows the goods", who="an")
    read_back = ("complaint", "acknowledge", "C-1", "--by", "Ms Nova", "--how", "by phone")
    assert days(shop.good(*read_back, "--on", "2026-03-06", who="an")) == (9, 6)
    assert days(shop.good("complaint", "call-back", "C-1", "--called", "soon", "--reached", who="an")) == (
        9,
        0,
    )
    shop.clock.forward(days=2)
    judge = ("complaint", "judge", "C-1", "--about", "x", "--why", "y", "--no-escape")
    assert days(shop.good(*judge, who="an")) == (11, 2)
    assert days(shop.good("complaint", "call-back", "C-1", "--called", "soon", "--reached", who="an")) == (
        11,
        0,
    )
    shop.good("complaint", "close", "C-1", "--outcome", "a new one was sent", who="an")
    shop.clock.forward(days=5)
    assert days(shop.good("complaint", "show", "C-1", who="an")) == (11, 0)
    assert "Took 11 days" in shop("complaint", "show", "C-1", text=True).out


def test_a_call_that_reached_nobody_does_not_count_as_made(shop: Shop) -> None:
    shop.good(*ADD, "--call-back", "2030-01-01T10:00:00+00:00", who="an")
    shop.good("complaint", "acknowledge", "C-1", "--by", "Ms Nova", "--how", "by phone", who="an")
    shop.good("complaint", "judge", "C-1", "--about", "x", "--why", "y", "--no-escape", who="an")
    call, close = ("complaint", "call-back", "C-1"), ("complaint", "close", "C-1", "--outcome", "explained")
    for half in (("--called", "soon"), ("--reached",)):
        assert problem(shop(*call, *half, who="an")) == "missing"
    shop.good(*call, "--called", "no answer", "--not-reached", who="an")
    assert "Called, and reached nobody: no answer" in shop("complaint", "show", "C-1", text=True).out
    assert rule(shop(*close, who="an")) == "complaint"
    shop.good(*call, "--called", "soon", "--reached", who="an")
    shop.good(*close, who="an")
    assert shop.good("verify")["ok"]


def test_a_promised_call_back_is_shown_before_it_is_overdue(shop: Shop) -> None:
    promised = from_datetime(datetime(2026, 3, 12, 10).astimezone())
    shop.good(*ADD, "--call-back", rfc3339(promised), who="an")

    def told() -> list[str]:
        return [shop("complaint", *which, text=True).out for which in (("list",), ("show", "C-1"))]

    assert all("Not acknowledged yet" in out and "Calls back 12 Mar 10:00" in out for out in told())
    shop.good("complaint", "acknowledge", "C-1", "--by", "Ms Nova", "--how", "by phone", who="an")
    assert all("Calls back 12 Mar 10:00" in out for out in told())
    shop.clock.forward(days=12)
    assert all("Calls back" not in out and "Call back overdue for" in out for out in told())


def test_no_command_links_a_complaint_to_a_batch_while_it_is_being_checked(shop: Shop) -> None:
    shop.procedure("IP-204")
    shop.batch()
    shop.good(*ADD, who="an")
    shop.good("check", "start", "B-1", who="an")
    ran = shop("complaint", "link", "C-1", "B-1", who="binh")
    assert rule(ran) == "nonconformity-blind"
    assert "Batch B-1 is being checked" in ran.err
    assert rule(shop(*ADD, "--batch", "B-1", who="binh")) == "nonconformity-blind"
    assert [c["batches"] for c in shop.good("complaint", "list")["complaints"]] == [[]]


def test_touches_are_logged_undone_and_charted(shop: Shop) -> None:
    shop.procedure("IP-204")
    for n in range(1, 9):
        shop.batch(number=f"B-{n}")
        shop.good("check", "start", f"B-{n}", who="an")
    shop.batch(number="B-9")  # nobody has worked on it yet
    assert problem(shop("touch", "add", "letter", "--batch", "B-1", who="an")) == "unknown_kind"
    assert problem(shop("touch", "add", "call", who="an")) == "touch_of_nothing"
    chase = ("touch", "add", "chase", "--batch", "B-3")
    touch = shop.good(*chase, who="an")["touch"]
    for _ in range(8):
        shop.good(*chase, who="an")
    assert rule(shop("touch", "undo", str(touch), who="binh")) == "touch-not-undone"
    shop.good("touch", "undo", str(touch), who="an")
    chart = shop.good("touch", "chart")["chart"]
    assert (chart["average"], chart["ucl"]) == (1.0, 4.0)
    assert [b["batch"] for b in chart["batches"] if b["too_often"]] == ["B-3"]
    assert "Something is wrong with B-3 (8 times)" in shop("touch", "chart", text=True).out
    assert len(shop.good("touch", "list", "--batch", "B-3")["touches"]) == 8


def test_no_command_judges_a_complaint_while_its_batch_is_being_checked(shop: Shop) -> None:
    shop.procedure("IP-204")
    shop.batch()
    shop.good(*ADD, "--batch", "B-1", who="an")
    shop.good("check", "start", "B-1", who="an")
    judge = ("complaint", "judge", "C-1", "--about", "rattles", "--why", "loose", "--no-escape")
    assert rule(shop(*judge, who="binh")) == "nonconformity-blind"


def test_only_its_owner_or_who_manages_complaints_goes_on_with_one_by_commands(shop: Shop) -> None:
    shop.third("chi", "inspector")
    shop.good(*ADD, who="an")
    read_back = ("complaint", "acknowledge", "C-1", "--by", "Ms Nova", "--how", "by phone")
    ran = shop(*read_back, who="chi")
    assert rule(ran) == "complaint-owner"
    assert "An Nguyễn has complaint C-1, and goes on with it. It can be handed over by its owner" in ran.err
    call = ("complaint", "call-back", "C-1", "--called", "soon", "--reached")
    close = ("complaint", "close", "C-1", "--outcome", "x")
    mail = ("complaint", "answer", "C-1", "-o", str(shop.folder / "no.eml"))
    give = ("complaint", "hand-over", "C-1", "--to", "chi", "--why", "knows the goods")
    assert {rule(shop(*act, who="chi")) for act in (call, close, mail, give)} == {"complaint-owner"}
    assert not (shop.folder / "no.eml").exists()
    judge = ("complaint", "judge", "C-1", "--about", "rattles", "--no-escape", "--why")
    assert rule(shop(*judge, "loose", who="chi")) == "role"
    shop.good(*give, who="binh")  # who manages complaints
    shop.good(*read_back, who="chi")
    ran = shop(*read_back, who="chi")
    assert rule(ran) == "complaint" and "was acknowledged by Ms Nova already" in ran.err
    shop.good(*judge, "loose", who="an")
    assert "was said of complaint C-1 already" in shop(*judge, "once more", who="an").err
    leaks = ("complaint", "judge", "C-1", "--about", "leaks", "--no-escape", "--why")
    assert "for the same reason" in shop(*leaks, "loose", who="an").err
    shop.good(*leaks, "she meant the lid", who="binh")


def test_an_age_from_a_day_alone_is_said_in_days_and_a_wait_since_a_time_in_hours(shop: Shop) -> None:
    shop.good(*ADD, who="an")
    assert "Less than a day old, waits less than a day" in shop("complaint", "list", text=True).out
    shop.good("complaint", "acknowledge", "C-1", "--by", "Ms Nova", "--how", "by phone", who="an")
    assert re.search("Less than a day old, waits [0-9]+ s ", shop("complaint", "list", text=True).out)
    shop.clock.forward(days=1)
    assert "1 day old, waits 1 day" in shop("complaint", "list", text=True).out
