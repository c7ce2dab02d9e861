# SPDX-License-Identifier: Apache-2.0
"""Corrective actions by commands: opened, mailed, answered, promised, and closed only once a lot proves it."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

from pypdfium2 import PdfDocument

from qcdesk import config
from qcdesk.i18n import load
from qcdesk.wording.readers import words_for
from tests.cli.shops import Shop, problem, rule

CA = ("supplier", "corrective-action")
OPEN = (*CA, "open", "ACME", "--title", "Dents on covers", "--code", "SCR", "--product", "PH-204")


def test_a_request_is_written_in_what_the_suppliers_contact_reads_and_to_that_address(
    shop: Shop, tmp_path: Path
) -> None:
    shop.good(*OPEN, who="an")
    contact = ("supplier", "add-contact", "ACME", "--name")
    assert problem(shop(*contact, "Ms Hoa", "--language", "xx", who="an")) == "unknown_kind"
    shop.good(*contact, "Office", who="an")
    shop.good(*contact, "Ms Hoa", "--language", "vi", "--mail", "hoa@acme.example", who="an")
    shop.good(*contact, "Mr Li", "--language", "zh_CN", "--mail", "li@acme.example", who="an")

    def sent(name: str, *more: str) -> tuple[str, str, str]:
        file = tmp_path / f"{name}.eml"
        said = shop.good(*CA, "send", "CA-1", "-o", str(file), *more, who="an")
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        addressed = letter["To"].addresses[0].addr_spec
        assert (said["to"], said["language"]) == (addressed, letter["Content-Language"].replace("-", "_"))
        return addressed, said["language"], letter.get_content()

    for name, more, to, language in (
        ("first", (), "hoa@acme.example", "vi"),
        ("other", ("--to", "Li@acme.example"), "Li@acme.example", "zh_CN"),
        ("said", ("--language", "th"), "hoa@acme.example", "th"),
        ("stranger", ("--to", "x@acme.example"), "x@acme.example", "vi"),
    ):
        found = sent(name, *more)
        assert found[:2] == (to, language)
        words = words_for(language)
        assert words.say("Please answer each of these:") in found[2]
        assert ("Ms Hoa" in found[2]) == (to == "hoa@acme.example")
    assert problem(
        shop(*CA, "send", "CA-1", "-o", str(tmp_path / "no.eml"), "--language", "xx", who="an")
    ) == ("unknown_kind")


def test_an_action_goes_from_the_request_to_a_promise_that_no_lot_has_decided(
    shop: Shop, tmp_path: Path
) -> None:
    opened = shop.good(*OPEN, "--finding", "SCR on 8 of 20 units of B-1", who="an")
    assert (opened["action"], opened["state"], opened["codes"]) == ("CA-1", "open", ["SCR"])
    shop.good(*CA, "step", "CA-1", "d3", "--text", "All stock is sorted", "--due", "2099-01-01", who="an")
    mail = tmp_path / "ca-1.eml"
    shop.good(*CA, "send", "CA-1", "-o", str(mail), "--to", "qc@acme.com", who="an")
    written = mail.read_bytes()
    assert b"To: " in written and b"X-Unsent: 1" in written and b"CA-1" in written
    assert problem(shop(*CA, "send", "CA-1", "-o", str(mail), who="an")) == "file_exists"
    late, past = tmp_path / "late.eml", ("--reply-by", "2020-01-01")
    assert problem(shop(*CA, "send", "CA-1", "-o", str(late), *past, who="an")) == "day_past"
    assert not late.exists()
    answer = tmp_path / "answer.eml"
    answer.write_bytes(b"From: nam@acme.com\r\nSubject: Re: CA-1\r\n\r\nThe mould is polished.\r\n")
    answered = shop.good(*CA, "reply", "CA-1", str(answer), who="an")
    assert [(t["kind"], t["text"]) for t in answered["told"]][1] == ("replied", "The mould is polished.")
    again = tmp_path / "again.eml"
    sent = shop.good(*CA, "file", "CA-1", "ca-1.eml", "-o", str(again))
    assert (
        again.read_bytes() == written and problem(shop(*CA, "file", "CA-1", "x", "-o", "y")) == "no_such_file"
    )
    begins = sent["sha256"][:8]
    assert shop.good(*CA, "file", "CA-1", begins, "-o", str(tmp_path / "third.eml"))["name"] == "ca-1.eml"
    made = (*CA, "promise", "CA-1", "No more dents", "--due", "2099-02-01", "--test", "rate")
    assert problem(shop(*made, "--code", "SCR", "--percent", "0.5", who="an")) == "promise_test"
    done = shop.good(*made, "--code", "SCR", "--percent", "0.5", "--lots", "3", who="an")
    [promise] = done["promises"]
    assert (promise["state"], promise["test"]) == (
        "open",
        "SCR on at most 0.5 % of units over the next 3 lots",
    )
    assert rule(shop(*CA, "close", "CA-1", "--reason", "they said so", who="an")) == "not-fixed"
    two = {"who": "an", "beside": ("binh",)}
    assert problem(shop(*CA, "decide-stop", "CA-1", "--reason", "why", **two)) == "no_stop"  # type: ignore[arg-type]
    days = tmp_path / "days.ics"
    listed = shop.good("supplier", "promise", "list", "-o", str(days))
    assert listed["promises"][0]["action"] == "CA-1" and b"DTSTART;VALUE=DATE:20990201" in days.read_bytes()
    assert done["finding"] == "SCR on 8 of 20 units of B-1"
    assert "What was found: SCR on 8 of 20 units of B-1" in shop(*CA, "show", "CA-1", text=True).out
    assert "Waits for the next 3 lots." in shop(*CA, "show", "CA-1", text=True).out
    paper = tmp_path / "ca-1.pdf"
    assert shop.good("report", "8d", "CA-1", "-o", str(paper), "--second-lang", "th")["pages"] <= 2
    with PdfDocument(paper.read_bytes()) as document:
        said = " ".join(document[0].get_textpage().get_text_range().split())
    assert "Not fixed yet." in said and "All stock is sorted" in said and "Fixed" not in said
    thai = load("th", config.resource("translations"))
    assert "".join(thai.say("Not fixed yet.").split()) in "".join(said.split())
    assert "CA-1" in shop(*CA, "list", "--supplier", "ACME", text=True).out
    assert shop.good(*CA, "list", "--supplier", "ACME", "--overdue")["actions"] == []


def test_what_is_given_wrong_is_refused(shop: Shop, tmp_path: Path) -> None:
    assert problem(shop(*OPEN[:-4], "--code", " ", who="an")) == "missing"
    shop.good(*OPEN, who="an")
    assert problem(shop(*CA, "show", "CA-7")) == "unknown_action"
    assert problem(shop(*CA, "step", "CA-1", "D9", "--text", "x", who="an")) == "unknown_step"
    early = (*CA, "step", "CA-1", "D3", "--text", "x", "--due", "2020-01-01")
    assert problem(shop(*early, who="an")) == "step_day"
    late = (*CA, "promise", "CA-1", "soon", "--due", "2020-01-01", "--test", "accepted")
    assert problem(shop(*late, who="an")) == "promise_day"
    soon = (*CA, "promise", "CA-1", "soon", "--due", "2099-01-01", "--test", "rate")
    few = ("--percent", "0.5", "--lots", "1")
    assert problem(shop(*soon, "--code", "DNE", *few, who="an")) == "code_not_listed"
    assert problem(shop(*soon, "--code", "CRK", *few, who="an")) == "code_of_another"
    assert problem(shop(*soon, "--class", "critical", *few, who="an")) == "class_of_another"
    assert problem(shop(*OPEN, "--code", "DNE", who="an")) == "code_not_listed"
    odd = (*CA, "promise", "CA-1", "soon", "--due", "2099-01-01", "--test", "hope")
    assert problem(shop(*odd, who="an")) == "unknown_kind"
    mail = tmp_path / "odd.eml"
    mail.write_bytes(b"\x00\x01")
    assert problem(shop(*CA, "reply", "CA-1", str(mail), who="an")) == "no_mail"
    assert (
        problem(shop(*CA, "send", "CA-1", "-o", str(tmp_path / "x"), "--to", "nam", who="an"))
        == "mail_address"
    )


def test_what_is_overdue_is_listed_alone(shop: Shop) -> None:
    shop.good(*OPEN, who="an")
    shop.good(*OPEN, who="an")
    day = shop.clock.today().isoformat()
    shop.good(*CA, "step", "CA-2", "D3", "--text", "All stock is sorted", "--due", day, who="an")
    assert shop.good(*CA, "list", "--overdue")["actions"] == []
    shop.clock.forward(days=1)
    assert [one["action"] for one in shop.good(*CA, "list", "--overdue")["actions"]] == ["CA-2"]
    shop.good(*CA, "step", "CA-2", "D3", "--done", who="an")
    assert shop.good(*CA, "list", "--overdue")["actions"] == []


PROMISE = (*CA, "promise", "CA-1", "We keep it", "--due", "2099-01-01", "--test")


def test_an_answer_has_its_day_and_its_promise(shop: Shop) -> None:
    shop.good(*OPEN, who="an")
    answer = (*CA, "reply", "CA-1", "--text", "It is polished.")
    assert problem(shop(*answer, "--received", "2020-01-01", who="an")) == "reply_day"
    assert problem(shop(*answer, "--received", "2099-01-01", who="an")) == "reply_day"
    shop.good(*PROMISE, "accepted", "--product", "PH-204", who="an")
    assert problem(shop(*answer, "--document", "1", who="an")) == "no_document"
    assert problem(shop(*PROMISE, "accepted", "--replaces", "1", who="an")) == "not_broken"
    shown = shop.good(*CA, "show", "CA-1")
    assert shown["told"] == [] and len(shown["promises"]) == 1


def test_a_defect_that_comes_again_stops_the_releases_of_its_supplier_until_two_decide(
    shop: Shop, tmp_path: Path
) -> None:
    shop.good(*OPEN, who="an")
    shop.good(*PROMISE, "certificate", "--document", "Tool report", who="an")
    assert rule(shop(*CA, "close", "CA-1", "--reason", "they said so", who="an")) == "not-fixed"
    came = (*CA, "reply", "CA-1", "--text", "Here it is.", "--document", "1")
    assert problem(shop(*came, who="an")) == "document_not_there"
    report = tmp_path / "tool.txt"
    report.write_text("A new tool is in use.", "utf-8")
    shop.good(*came, "--attach", str(report), who="an")
    close = (*CA, "close", "CA-1", "--reason", "the tool was replaced")
    told = shop(*close, who="binh", text=True).err
    assert rule(shop(*close, who="binh")) == "not-fixed" and "A paper shows nothing of the goods." in told
    shop.good(*PROMISE, "accepted", "--product", "PH-204", who="an")
    shop.batch("B-0")
    for who in ("an", "binh"):
        shop.check(who, "B-0")
    assert rule(shop(*close, who="an")) == "own-paper"
    shop.good(*close, who="binh")
    late = (*CA, "step", "CA-1", "D3", "--text", "sorted")
    assert rule(shop(*late, who="an")) == "action-closed"
    for number, found in (("B-1", []), ("B-2", [{"unit": 1, "defect": "SCR"}])):
        shop.batch(number)
        for who in ("an", "binh"):
            shop.check(who, number, *found)
    assert shop.good(*CA, "show", "CA-1")["state"] == "reopened"
    release = ("batch", "release", "B-1")
    assert rule(shop(*release, who="binh")) == "release-stopped"
    assert "is released until two decide (CA-1)." in shop("supplier", "show", "ACME", text=True).out
    shop.good(*CA, "decide-stop", "CA-1", "--reason", "B-1 is of the new tool", who="an", beside=("binh",))
    assert shop.good(*release, who="binh")["state"] == "released"


def test_a_report_that_names_no_batch_stops_the_next_lot_of_the_product(shop: Shop) -> None:
    shop.good(*OPEN, who="an")
    shop.good(*PROMISE, "accepted", "--product", "PH-204", who="an")
    for number in ("B-0", "B-1"):
        shop.batch(number)
        for who in ("an", "binh"):
            shop.check(who, number)
    shop.good(*CA, "close", "CA-1", "--reason", "the tool was replaced", who="binh")
    said = ("defect", "report", "SCR", "--source", "a customer", "--supplier", "ACME", "--product", "PH-204")
    shop.good(*said, "--found-on", "2099-01-01", who="an")
    assert shop.good(*CA, "show", "CA-1")["stops"][0]["batch"] == ""
    shown = shop(*CA, "show", "CA-1", text=True).out
    assert "SCR was reported again: nothing of Housing cover is released" in shown
    assert rule(shop("batch", "release", "B-1", who="binh")) == "release-stopped"
    assert "SCR was reported again: no Housing cover of" in shop("supplier", "show", "ACME", text=True).out
