# SPDX-License-Identifier: Apache-2.0
"""Papers of every kind prove what was signed, and whatever is done to one of them is refused with what differs."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from qcdesk.checker import canonical, papers, sealing
from qcdesk.i18n import Catalogue
from qcdesk.reports import pages
from qcdesk.wording.checked_papers import said_of, shown
from qcdesk.wording.page_texts import Pages
from tests.cli.shops import Shop, off_paper
from tests.cli.test_sealed import (
    Desk,
    change,
    forged,
    leave_out,
    parts,
    refused,
    say,
    spread,
    touched,
    verified,
)
from tests.wording.lies_on_paper import LIES
from tests.wording.printed_records import PRINTED, Records, made, words_of
from tests.wording.tampered_papers import copies, hold

_TIME = re.compile(r"\d\d:\d\d:(\d\d) [+-]\d\d:\d\d")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    return made(tmp_path_factory.mktemp("records"))


@pytest.mark.parametrize(
    ("document", "state", "signed"),
    [
        ("nonconformity", "closed", [("opened", "An Nguyễn"), ("closed", "Trần Bình")]),
        ("corrective", "open", [("opened", "An Nguyễn")]),
        ("audit", "passed", [("audited", "An Nguyễn"), ("reviewed", "Trần Bình"), ("settled", "Trần Bình")]),
        ("figures", "", []),
    ],
)
def test_a_signed_record_on_paper_tells_who_signed_it_where_no_workspace_is(
    records: Records, tmp_path: Path, document: str, state: str, signed: list[tuple[str, str]]
) -> None:
    ran = verified(records.papers[document], tmp_path)
    assert ran.data["problems"] == []
    assert (ran.data["document"], ran.data["state"]) == (document, state)
    assert [(one["place"], one["name"]) for one in ran.data["signatures"]] == signed


def test_every_touched_byte_of_a_record_on_paper_is_told(records: Records) -> None:
    for content in records.papers.values():
        for place in spread(len(content), 15):
            told = {"paper_pages", "paper_changed", "paper_bare"}
            assert refused(touched(content, place)) & told, place


def test_a_workstation_that_lies_about_a_record_is_told_by_what_people_signed(records: Records) -> None:
    lies: dict[str, list[dict[str, Any]]] = {
        "nonconformity": [{"state": "open"}, {"number": "NC-2"}, {"subject": "2"}, {"subject": "x"}],
        "corrective": [{"state": "closed"}, {"number": "CA-2"}, {"subject": "another"}],
        "audit": [{"state": "failed"}, {"number": "A-2"}, {"subject": "another"}],
    }
    shop = Desk(records.shop, b"", b"", b"")
    for document, changes in lies.items():
        content = records.papers[document]
        for lie in changes:
            found = refused(forged(shop, content, partial(say, **lie)))
            assert found & {"paper_state", "paper_subject"}, lie
        lines = parts(content)[1]["lines"]
        types = [json.loads(one["body"])["type"] for one in lines]
        signs = {
            "nonconformity.closed",
            "nonconformity.opened",
            "action.opened",
            "audit.signed",
            "audit.reviewed",
            "audit.closed",
            "audit_template.approved",
        }
        for at, kind in enumerate(types):
            if kind in signs & {k for k in types if k.partition(".")[0] in (_OWN[document])}:
                assert refused(forged(shop, content, partial(leave_out, at=at))), kind
                found = refused(forged(shop, content, partial(change, at=at)))
                assert found & {"event_signature", "event_key"}, kind


_OWN = {"nonconformity": ("nonconformity",), "corrective": ("action",), "audit": ("audit", "audit_template")}


def test_evidence_of_one_record_does_not_carry_the_pages_of_another(records: Records) -> None:
    for one, content in records.papers.items():
        for another, other in records.papers.items():
            if one != another:
                mixed = sealing.sealed(parts(content)[0], canonical.write(parts(other)[1]))
                assert refused(mixed) == {"paper_pages"}


def test_a_record_on_paper_brings_nothing_of_another_record(records: Records) -> None:
    own = {
        "nonconformity": {"batch", "check", "round", "nonconformity", "certificate"},
        "corrective": {"action", "promise"},
        "audit": {"audit", "audit_template"},
        "figures": set[str](),
    }
    of_records = {"batch", "check", "round", "nonconformity", "certificate", "action", "promise", "audit",
                  "audit_template", "supplier", "complaint", "touch"}  # fmt: skip
    for document in own:
        content = records.papers[document]
        lines = parts(content)[1]["lines"]
        kinds = {json.loads(one["body"])["type"].partition(".")[0] for one in lines}
        assert kinds & of_records <= own[document], document


def test_figures_say_that_nobody_signed_them_and_are_there_to_read(records: Records, tmp_path: Path) -> None:
    said = verified(records.papers["figures"], tmp_path, text=True).out
    assert "no person has signed them" in said and "two different people" not in said
    _, evidence = parts(records.papers["figures"])
    (figures,) = evidence["records"]
    assert json.loads(figures)["rows"] and evidence["said"]["state"] == ""


def test_the_workspace_tells_that_a_record_went_on_since(records: Records, tmp_path: Path) -> None:
    early = tmp_path / "early.pdf"
    early.write_bytes(records.papers["nonconformity"])
    assert "same of it" in records.shop.good("verify", str(early))["remarks"][0]
    again = ("--why", "more came", "--due", "2032-01-01")
    records.shop.good("nonconformity", "reopen", "NC-1", *again, who="binh")
    assert "Closed then, Open today" in records.shop.good("verify", str(early))["remarks"][0]


def test_a_page_of_a_record_that_does_not_name_who_signed_is_told(records: Records) -> None:
    content = records.papers["audit"]
    answer, text = papers.check(content), words_of(content)
    found = shown(answer, (), text.replace("Trần Bình", "Trần Bính"))
    assert found and all(one.code == "paper_text" and "Trần Bình" in str(one.facts["value"]) for one in found)


# Every kind of paper, and whatever may be done to one ------------------------------------------------------------------


def test_papers_of_every_kind_hold_as_they_were_printed(records: Records) -> None:
    assert len(records.papers) == 10
    for document, content in records.papers.items():
        answer = papers.check(content)
        assert answer.findings == (), document
        found = off_paper(content)[0] if answer.code else ()
        assert shown(answer, found, words_of(content)) == [], document


@pytest.mark.parametrize(("first", "second"), [("en", "vi"), ("zh_CN", "en"), ("th", "zh_CN"), ("vi", "en")])
def test_what_was_printed_holds_in_any_two_languages(
    records: Records, tmp_path: Path, first: str, second: str
) -> None:
    for document in ("nonconformity", "corrective", "audit", "instruction"):
        in_two = ("--language", first, "--second-lang", second)
        records.shop.good(
            "report", *PRINTED[document], "-o", str(tmp_path / "paper.pdf"), *in_two, who="binh"
        )
        answer = papers.check((tmp_path / "paper.pdf").read_bytes())
        said = "\n".join(pages.text((tmp_path / "paper.pdf").read_bytes()))
        assert shown(answer, (), said) == [], document


def test_every_signed_record_bears_one_square_code(records: Records) -> None:
    for document in ("nonconformity", "corrective", "audit", "instruction"):
        bearing = [one for one in records.papers.values() if papers.check(one).said["document"] == document]
        assert bearing, document
        assert all(len(off_paper(one)[0]) == 1 for one in bearing), document


def test_whatever_is_done_to_a_copy_is_refused_with_what_differs(records: Records) -> None:
    assert hold(copies(records, 4, random.Random(8))) >= 160


@pytest.mark.long
def test_whatever_is_done_to_thousands_of_copies_is_refused(records: Records) -> None:
    assert sum(hold(copies(records, 20, random.Random(seed))) for seed in range(10)) >= 4_000


@pytest.mark.parametrize("document", list(LIES))
def test_pages_that_say_otherwise_than_was_signed_are_refused_though_the_workstation_seals_them(
    records: Records, document: str
) -> None:
    content = records.papers[document]
    answer, flat = papers.check(content), " ".join(words_of(content).split())
    found_codes = (answer.code,) if answer.code else ()
    for signed, lie in LIES[document]:
        assert signed in flat, signed
        found = shown(answer, found_codes, flat.replace(signed, lie))
        assert {one.code for one in found} == {"paper_text"}, (signed, lie)


def test_a_text_that_is_cut_in_its_place_has_to_stand_whole_at_the_end() -> None:
    page = Pages("Unit 1 Scratch on… [1] by first Long texts [1] Note Scratch on the ﬃne face")
    assert page.show(("Unit 1", "Scratch on the ffine face", "by first"))
    assert not page.show(("Unit 1", "Scratch on the other face", "by first"))
    assert not Pages("Unit 1 Scratch on… by first").show(("Unit 1", "Scratch on the face", "by first"))


def test_a_page_far_behind_is_held_like_the_first(tmp_path: Path) -> None:
    shop = Shop(tmp_path).ready()
    text = "Wipe the face with a dry cloth and look again. " * 25
    shop.procedure(
        steps=[{"title": f"Side {no}", "text": f"Turn it to side {no}. {text}"} for no in range(160)]
    )
    shop.good("report", "instruction", "IP-204", "-o", str(tmp_path / "long.pdf"))
    content = (tmp_path / "long.pdf").read_bytes()
    answer, read = papers.check(content), pages.text(content)
    assert len(read) > 50 and shown(answer, (), "\n".join(read)) == []
    far = next(no for no, page in enumerate(read) if "side 155." in page)
    assert far > 50
    lied = [page.replace("side 155.", "side 165.") if no == far else page for no, page in enumerate(read)]
    (found,) = shown(answer, (), "\n".join(lied))
    assert found.code == "paper_text" and "side 155" in str(found.facts["value"])
    last = sealing.sealed(
        parts(content)[0].replace(b"/Rotate 0", b"/Rotate 9"), canonical.write(parts(content)[1])
    )
    assert refused(last) == {"paper_pages"}


@pytest.mark.parametrize("document", ["nonconformity", "audit"])
def test_no_time_of_an_act_can_be_another_on_the_pages(records: Records, document: str) -> None:
    answer, text = papers.check(records.papers[document]), words_of(records.papers[document])
    times = list(_TIME.finditer(text))
    assert len(times) >= 4
    for found in times:
        later = f"{(int(found[1]) + 1) % 60:02d}"
        assert shown(answer, (), text[: found.start(1)] + later + text[found.end(1) :]), found[0]


def test_lines_that_no_such_paper_of_this_program_has_are_refused(records: Records) -> None:
    def unfinished(evidence: dict[str, Any]) -> None:
        kinds = [json.loads(one["body"])["type"] for one in evidence["lines"]]
        leave_out(evidence, kinds.index("audit.closed"))
        say(evidence, state="")

    content = records.papers["audit"]
    again = forged(Desk(records.shop, b"", b"", b""), content, unfinished)
    answer = papers.check(again)
    assert answer.holds
    assert [one.code for one in shown(answer, (), words_of(again))] == ["paper_evidence"]


def test_the_code_of_another_batch_on_the_pages_is_told(records: Records) -> None:
    for document in ("certificate", "analysis"):
        answer, text = papers.check(records.papers[document]), words_of(records.papers[document])
        for codes_ in ((), ("QCDESK:OTHER",), (answer.code, answer.code[:-1] + "0")):
            assert [one.code for one in shown(answer, codes_, text)] == ["paper_code"], document


def test_a_certificate_says_which_of_the_two_it_is_and_not_the_other(records: Records) -> None:
    desk = Desk(records.shop, b"", b"", b"")
    for document, form in (("certificate", "conformity"), ("analysis", "analysis")):
        content = records.papers[document]
        answer, text = papers.check(content), words_of(content)
        assert said_of(answer, Catalogue())[0] == ("Paper", f"Certificate of {form} 000001")
        assert shown(answer, (answer.code,), text) == []
        of_earlier_version = papers.check(forged(desk, content, partial(say, document=papers.EITHER)))
        assert of_earlier_version.holds and shown(of_earlier_version, (answer.code,), text) == []
        assert refused(forged(desk, content, partial(say, copy=1))) == {"paper_certificate"}
    # No print of analysis was counted before that of conformity was made; the other way round the pages tell.
    lied = forged(desk, records.papers["certificate"], partial(say, document="analysis"))
    assert refused(lied) == {"paper_certificate"}
    lied = forged(desk, records.papers["analysis"], partial(say, document="conformity"))
    (found,) = shown(papers.check(lied), (papers.check(lied).code,), words_of(lied))
    assert refused(lied) == set() and found.facts["value"] == "Certificate of conformity"


@pytest.mark.parametrize(("language", "second"), [("vi", ""), ("zh_CN", "th")])
def test_papers_in_other_languages_and_in_two_hold_and_lies_in_them_do_not(
    records: Records, tmp_path: Path, language: str, second: str
) -> None:
    commands = {
        "nonconformity": ("nonconformity", "NC-1", "cage 2"),
        "corrective": ("8d", "CA-1", "New trays"),
        "audit": ("audit", "A-1", "GENERAL v1"),
        "instruction": ("instruction", "IP-204", "10.05"),
        "first_article": ("first-article", "B-2", "10.02"),
        "inspection": ("inspection", "B-2", "10.015"),
        "found": ("inspection", "B-1", "SCR"),
        "certificate": ("certificate", "B-2", "AQL 4.0"),
        "analysis": ("analysis", "B-2", "10.01, 10.01"),
    }
    other_form = {"certificate": "analysis", "analysis": "conformity"}
    spoken = ("--lang", language, *(("--second-lang", second) if second else ()))
    for document, (command, number, signed) in commands.items():
        records.shop.good("report", command, number, "-o", str(tmp_path / "paper.pdf"), *spoken, who="binh")
        content = (tmp_path / "paper.pdf").read_bytes()
        answer, text = papers.check(content), " ".join(words_of(content).split())
        found = (answer.code,) if answer.code else ()
        assert answer.holds and shown(answer, found, text) == [], document
        assert signed in text and shown(answer, found, text.replace(signed, "9" * len(signed))), document
        if document in other_form:
            lied = replace(answer, said={**answer.said, "document": other_form[document]})
            assert [one.code for one in shown(lied, found, text)] == ["paper_text"], document
