# SPDX-License-Identifier: Apache-2.0
"""Papers of every kind prove what was signed, and whatever is done to one of them is refused with what differs."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterator
from ctypes import c_ushort
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from qcdesk.bootstrap import GENERAL_TEMPLATE
from qcdesk.checker import canonical, papers, sealing
from qcdesk.config import resource
from qcdesk.exchange.audit_files import read_template
from qcdesk.i18n import Catalogue
from qcdesk.reports import pages
from qcdesk.wording.checked_papers import sentence, shown
from qcdesk.wording.page_texts import Pages
from tests.cli.shops import Shop, off_paper
from tests.cli.test_nonconformities import OPEN, rejected
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
from tests.cli.test_supplier_audits import in_use


@dataclass(frozen=True)
class Records:
    """A house with a paper of every kind: of a released batch, of what was wrong with another one, and of the house."""

    shop: Shop
    papers: dict[str, bytes]


PRINTED = {
    "inspection": ("inspection", "B-2"),
    "found": ("inspection", "B-1"),
    "certificate": ("certificate", "B-2"),
    "analysis": ("analysis", "B-2"),
    "first_article": ("first-article", "B-2"),
    "instruction": ("instruction", "IP-204"),
    "nonconformity": ("nonconformity", "NC-1"),
    "corrective": ("8d", "CA-1"),
    "audit": ("audit", "A-1"),
    "figures": ("scorecard", "ACME"),
}
"""Document -> what the command that prints it is told."""


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    folder = tmp_path_factory.mktemp("records")
    shop = Shop(folder).ready()
    rejected(shop)
    shop.good(*OPEN, "--code", "SCR", who="an")
    action = ("supplier", "corrective-action")
    shop.good(*action, "open", "ACME", "--title", "Scratches", "--code", "SCR", who="an")
    promise = ("promise", "CA-1", "New trays", "--due", "2099-01-01", "--test", "accepted")
    shop.good(*action, *promise, who="binh")
    shop.good("nonconformity", "link", "NC-1", "CA-1", who="an")
    returned = ("--disposition", "return", "--why", "back to the maker")
    shop.good("batch", "dispose", "B-1", *returned, who="an", beside=("binh",))
    shop.good("nonconformity", "close", "NC-1", who="binh")
    in_use(shop)
    audited(shop, folder)
    bore = {
        "code": "DIA",
        "name": "Bore",
        "kind": "variable",
        "unit": "mm",
        "lower": "9.95",
        "upper": "10.05",
    }
    shop.procedure(characteristics=[bore], steps=[{"title": "Wipe the face", "text": "With a dry cloth."}])
    shop.batch("B-2")
    for who, value in (("an", "10.01"), ("binh", "10.02")):
        started = shop.good("check", "start", "B-2", who=who)
        units = started["sample"]["units"]
        measured = (
            {"unit": unit, "characteristic": "DIA", "value": value} for unit in range(1, len(units) + 1)
        )
        shop.record(who, started["check"], {"units": units}, *measured)
        shop.good("check", "sign", started["check"], who=who)
    shop.good("batch", "release", "B-2", who="binh")
    made = {}
    for document, command in PRINTED.items():
        who = "binh" if document in ("inspection", "found", "certificate", "analysis") else ""
        shop.good("report", *command, "-o", str(folder / "paper.pdf"), who=who)
        made[document] = (folder / "paper.pdf").read_bytes()
    return Records(shop, made)


def audited(shop: Shop, folder: Path) -> None:
    """One answers every question, another one the sample; both say the same."""
    audit, taken = ("supplier", "audit"), str(folder / "taken.json")
    shop.good(*audit, "open", "ACME", "GENERAL", who="an")
    shop.good(*audit, "take", "A-1", taken, who="an")
    for question in read_template(str(resource(GENERAL_TEMPLATE))).questions:
        said = "7" if question.code == "PRO-5" else "yes"
        shop.good(*audit, "answer", taken, question.code, said, "--note", "seen")
    shop.good(*audit, "bring", taken, who="an")
    shop.good(*audit, "sign", "A-1", who="an")
    for code in shop.good(*audit, "show", "A-1", who="binh")["sample"]:
        shop.good(*audit, "answer", "A-1", code, "7" if code == "PRO-5" else "yes", who="binh")
    shop.good(*audit, "review", "A-1", who="binh")


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

Copy = tuple[str, bytes, frozenset[str]]
"""A tampered copy: what was done, the file, and what it may be refused with."""
_PRINT = frozenset({"paper_pages", "paper_changed", "paper_bare"})
_TIME = re.compile(r"\d\d:\d\d:(\d\d) [+-]\d\d:\d\d")
_TITLE = re.compile(rb"/Title [(](.)")
_LIES: dict[str, tuple[tuple[str, str], ...]] = {
    "nonconformity": (
        ("6 units of 20", "9 units of 20"),
        ("units of 20 affected", "units of 30 affected"),
        ("Returned to the supplier", "Released"),
        ("Return of 20 units", "Return of 10 units"),
        ("Return of 20 units to the supplier", "Use of 20 units as they are"),
        ("An Nguyễn and Trần Bình: back", "An Nguyễn: back"),
        ("SCR Scratch, major", "SCR Scratch, minor"),
        ("major: 1 unit", "major: 3 units"),
        ("1 Jan 2030", "1 Jan 2031"),
        ("Containment set apart in cage 2", "Containment set apart in cage 3"),
        ("at once: set apart", "at once: not set apart"),
        ("Closed by Trần Bình", "Closed by An Nguyễn"),
        ("Opened 2 Mar 2026", "Opened 3 Mar 2026"),
        ("Signed: Closed over what was decided", "Signed: Closed without a decision"),
        ("Batch B-1", "Batch B-2"),
    ),
    "corrective": (
        ("New trays", "Old trays"),
        ("1 Jan 2099", "1 Jan 2100"),
        ("the next lot is accepted", "the next lot is looked at"),
        ("Scratches", "Cracks"),
        ("Fixed: every promise has passed its test.", "Fixed and closed 2 Mar 2026."),
        ("Opened 2 Mar 2026 by An", "Opened 2 Mar 2026 by Binh"),
        ("SCR on everything", "CRK on everything"),
    ),
    "audit": (
        ("score of 99.3 %", "score of 99.9 %"),
        ("Passed: the", "Failed: the"),
        ("7 of 10", "9 of 10"),
        ("and these people know it. Yes", "and these people know it. No"),
        ("PRO Making 5 of 5 2 96.2 %", "PRO Making 5 of 5 2 99.2 %"),
        ("I audited”: An Nguyễn", "I audited”: Trần Bình"),
        ("evidence”: Trần Bình", "evidence”: Lê Chi"),
        ("GENERAL v1", "GENERAL v2"),
        ("LEG-1 (critical)", "LEG-1"),
        ("without the auditor's answers. 0 were", "without the auditor's answers. 3 were"),
        ("it is recorded. Yes seen", "it is recorded. Yes heard"),
    ),
    "instruction": (
        ("Approved by Trần Bình", "Approved by An Nguyễn"),
        ("version 3", "version 4"),
        ("9.95", "9.90"),
        ("10.05 mm", "10.50 mm"),
        ("SCR Scratch Major", "SCR Scratch Minor"),
        ("With a dry cloth", "With a wet cloth"),
        ("PH-204", "PH-205"),
        ("2027-01-01", "2029-01-01"),
        ("Critical c = 0 in 3 units", "Critical c = 0 in 1 unit"),
    ),
    "first_article": (
        ("PH-204", "PH-205"),
        ("9.95", "9.90"),
        ("10.01 · 10.02", "10.01 · 10.03"),
        ("10.02 Conforms", "10.02 Does not conform"),
        ("batch 000001", "batch 000002"),
        ("of batch B-2", "of batch B-3"),
        ("1 Bore", "1 Pitch"),
        ("Maker 重庆 ACME", "Maker 重庆 ACNE"),
        ("independently by Trần Bình", "independently by Lê Chi"),
        ("No defect of the list was found", "One defect of the list was found"),
    ),
    "certificate": (
        ("Accepted and released", "Rejected"),
        ("B-2", "B-3"),
        ("20 pcs", "30 pcs"),
        ("Trần Bình", "Lê Chi"),
        ("重庆 ACME", "重庆 ACNE"),
        ("Housing cover PH-204", "Housing PH-204"),
        ("version 3", "version 4"),
        ("without seeing what", "seeing what"),
        ("3 of 20 units", "5 of 20 units"),
        ("level II", "level I"),
        ("Major AQL 4.0", "Major AQL 2.5"),
        ("4.0 3 0 0", "4.0 3 0 1"),
        ("Critical fixed sample", "Minor fixed sample"),
        ("staff no. 1002", "staff no. 1003"),
        ("event 141", "event 142"),
        ("No. 000001", "No. 000002"),
    ),
    "analysis": (
        ("Accepted and released", "Rejected"),
        ("B-2", "B-3"),
        ("Trần Bình", "Lê Chi"),
        ("10.01, 10.01, 10.01", "10.01, 10.00, 10.01"),
        ("9.95 – 10.05 mm 6", "9.90 – 10.05 mm 6"),
        ("mm 6 10.01 10.015", "mm 6 10.00 10.015"),
        ("10.015 10.02", "10.012 10.02"),
        ("10.02 Conforms", "10.02 Not measured"),
        ("Scratch SCR", "Dent SCR"),
        ("SCR Major 3 0", "SCR Major 3 1"),
        ("CRK Critical", "CRK Minor"),
    ),
    "inspection": (
        ("Accepted and released", "Rejected"),
        ("B-2", "B-3"),
        ("An Nguyễn", "Lê Chi"),
        ("Two independent checks accept, and", "One check accepts, and"),
        ("judged against the plan", "judged against no plan"),
        ("20 pcs · round 1", "20 pcs · round 2"),
        ("重庆 ACME", "重庆 ACNE"),
        ("approved by Trần Bình, 2026-03-02", "approved by Trần Bình, 2026-03-01"),
        ("3 of 20 units", "5 of 20 units"),
        ("Major AQL 4.0 3 0 0 1", "Major AQL 4.0 3 1 1 2"),
        ("0 0 1 acceptable", "0 0 1 not acceptable"),
        ("10.05 mm 10.015 All", "10.05 mm 10.000 All"),
        ("Limits Mean Each reading Bore 9.95", "Limits Mean Each reading Bore 9.90"),
        ("– 9.95 – 10.05 mm 6", "– 9.90 – 10.05 mm 6"),
        ("6 10.015 0.01 0", "6 10.015 0.02 0"),
        ("All 6 readings are inside", "All 9 readings are inside"),
        ("0 only second 3 neither", "0 only second 5 neither"),
        ("3 of 3 judged alike", "5 of 5 judged alike"),
        ("Neither found anything", "One found nothing"),
        ("event 138", "event 139"),
    ),
    "found": (
        ("Returned to the supplier", "Released"),
        ("The batch goes back", "The batch goes on"),
        ("5 1 0 1 not acceptable", "5 1 1 2 acceptable"),
        ("kappa 1.00 (1.00", "kappa 0.80 (1.00"),
        ("Too few units were found bad", "Enough units were found bad"),
        ("1 Scratch", "1 Dent"),
        ("1 Major Scratch SCR Found by both", "1 Minor Scratch SCR Found by both"),
        ("SCR Found by both", "SCR Only in the first check"),
        ("5 of 20 units were drawn", "9 of 20 units were drawn"),
    ),
}
"""Document -> what somebody who has the workstation's key could usefully print otherwise, and how."""


def copies(records: Records, places: int, chance: random.Random) -> Iterator[Copy]:
    """Yield tampered copies of every paper. ``places``: in how many places of it a byte is changed."""
    made = records.papers
    keyed = Desk(records.shop, b"", b"", b"")
    for document, content in made.items():
        pdf, evidence = parts(content)
        other = made[chance.choice([one for one in made if one != document])]
        for _ in range(places):
            place = chance.randrange(len(pdf))
            yield f"{document}: byte {place} of the print", touched(content, place), _PRINT
            place = chance.randrange(len(pdf), len(content))
            again = touched(content, place)
            if sealing.unsealed(again) != sealing.unsealed(
                content
            ):  # a packed bit may unpack to the same bytes
                yield f"{document}: byte {place} of the attachment", again, _PRINT
        mixed = sealing.sealed(parts(other)[0], canonical.write(evidence))
        yield f"{document}: the pages of another paper", mixed, frozenset({"paper_pages"})
        title = _TITLE.search(pdf)
        assert title is not None, document
        yield f"{document}: its title", touched(content, title.start(1)), _PRINT
        for what, later in (
            ("a file", b"9 0 obj\n<< /Type /Filespec /F (more.json) >>\nendobj\n"),
            (
                "a note",
                b"9 0 obj\n<< /Type /Annot /Subtype /FreeText /Contents (2000) /Rect [0 0 99 99] >>\nendobj\n",
            ),
            ("a section", b"trailer\n<< /Root 4 0 R /Prev 1 >>\nstartxref\n1\n%%EOF\n"),
        ):
            yield f"{document}: {what} behind it", content + later, frozenset({"paper_changed"})
        for what, again in _anew(content, other):
            yield f"{document}: {what}", again, frozenset({"paper_bare", "paper_changed", "paper_pages"})
        for what, again in _drawn_over(content, other):
            yield f"{document}: {what}", again, frozenset({"paper_bare", "paper_changed", "paper_pages"})
        for what, again in _drawn_over(pdf, other):
            mixed = sealing.sealed(again, canonical.write(evidence))
            yield f"{document}: {what}, with its evidence", mixed, frozenset({"paper_pages"})
        said = {**evidence, "said": {**evidence["said"], "at": evidence["said"]["at"] + 1}}
        yield (
            f"{document}: what was sealed",
            sealing.sealed(pdf, canonical.write(said)),
            frozenset({"paper_seal"}),
        )
        if evidence["records"]:
            wrong = {**evidence, "records": [evidence["records"][0] + " ", *evidence["records"][1:]]}
            again = sealing.sealed(pdf, canonical.write(wrong))
            yield f"{document}: a record", again, frozenset({"paper_lines"})
        lines = evidence["lines"]
        at = chance.randrange(1, len(lines))
        swapped = [*lines[: at - 1], {**lines[at - 1], "sig": lines[at]["sig"]}, *lines[at:]]
        again = sealing.sealed(pdf, canonical.write({**evidence, "lines": swapped}))
        yield f"{document}: the signature of line {at}", again, frozenset({"paper_lines"})
        again = forged(keyed, content, partial(change, at=at))
        wanted = frozenset({"event_signature", "event_key"})
        yield f"{document}: line {at}, by whoever has the workstation's key", again, wanted


def _anew(content: bytes, other: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what another program saves: pages more, less, in another order, or turned."""
    for what in ("a page more", "a page less", "another order", "a page of another", "turned"):
        with (
            pypdfium2.PdfDocument(content) as opened,
            pypdfium2.PdfDocument(content) as same,
            pypdfium2.PdfDocument(other) as second,
            pypdfium2.PdfDocument.new() as saved,
        ):
            order = range(len(opened))
            saved.import_pages(same, list(reversed(order)) if what == "another order" else list(order))
            if what == "a page more":
                saved.new_page(200, 200)
            elif what == "a page less":
                saved.new_page(200, 200)
                saved.del_page(0)
            elif what == "a page of another":
                saved.import_pages(second, [0])
            elif what == "turned":
                page = saved[0]
                page.set_rotation(180)
                page.close()
            out = io.BytesIO()
            saved.save(out)
        yield what, out.getvalue()


def _drawn_over(content: bytes, other: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what another program saves that has drawn over the first page and left all else as it was."""
    for what in ("words over it", "a note over it", "another page over it"):
        with pypdfium2.PdfDocument(content) as opened, pypdfium2.PdfDocument(other) as second:
            page = opened[0]
            if what == "words over it":
                words = raw.FPDFPageObj_NewTextObj(opened, b"Helvetica", 24.0)
                spelled = "RELEASED".encode("utf-16-le") + bytes(2)
                assert raw.FPDFText_SetText(words, (c_ushort * 9).from_buffer_copy(spelled))
                raw.FPDFPage_InsertObject(page, words)
                page.gen_content()
            elif what == "a note over it":
                note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_FREETEXT)
                raw.FPDFPage_CloseAnnot(note)
            else:
                form = second.page_as_xobject(0, opened)
                page.insert_obj(form.as_pageobject())
                page.gen_content()
                form.close()
            page.close()
            out = io.BytesIO()
            opened.save(out)
        yield what, out.getvalue()


def words_of(content: bytes) -> str:
    """Return the words of a paper; its codes take longer to read."""
    return "\n".join(pages.text(content))


def hold(made: Iterator[Copy]) -> int:
    """Hold that each copy is refused with what differs, in words; return how many there were."""
    words, count = Catalogue(), 0
    for what, content, wanted in made:
        found = papers.check(content).findings
        assert {one.code for one in found} & wanted, (what, found)
        assert all(sentence(one, words).endswith((".", "!")) for one in found), what
        count += 1
    return count


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
        made = [one for one in records.papers.values() if papers.check(one).said["document"] == document]
        assert made, document
        assert all(len(off_paper(one)[0]) == 1 for one in made), document


def test_whatever_is_done_to_a_copy_is_refused_with_what_differs(records: Records) -> None:
    assert hold(copies(records, 4, random.Random(8))) >= 160


@pytest.mark.long
def test_whatever_is_done_to_thousands_of_copies_is_refused(records: Records) -> None:
    assert sum(hold(copies(records, 20, random.Random(seed))) for seed in range(10)) >= 4_000


@pytest.mark.parametrize("document", list(_LIES))
def test_pages_that_say_otherwise_than_was_signed_are_refused_though_the_workstation_seals_them(
    records: Records, document: str
) -> None:
    content = records.papers[document]
    answer, flat = papers.check(content), " ".join(words_of(content).split())
    found_codes = (answer.code,) if answer.code else ()
    for signed, lie in _LIES[document]:
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
    made = forged(Desk(records.shop, b"", b"", b""), content, unfinished)
    answer = papers.check(made)
    assert answer.holds
    assert [one.code for one in shown(answer, (), words_of(made))] == ["paper_evidence"]


def test_the_code_of_another_batch_on_the_pages_is_told(records: Records) -> None:
    for document in ("certificate", "analysis"):
        answer, text = papers.check(records.papers[document]), words_of(records.papers[document])
        for codes_ in ((), ("QCDESK:OTHER",), (answer.code, answer.code[:-1] + "0")):
            assert [one.code for one in shown(answer, codes_, text)] == ["paper_code"], document


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
    spoken = ("--language", language, *(("--second-lang", second) if second else ()))
    for document, (command, number, signed) in commands.items():
        records.shop.good("report", command, number, "-o", str(tmp_path / "paper.pdf"), *spoken, who="binh")
        content = (tmp_path / "paper.pdf").read_bytes()
        answer, text = papers.check(content), " ".join(words_of(content).split())
        found = (answer.code,) if answer.code else ()
        assert answer.holds and shown(answer, found, text) == [], document
        assert signed in text and shown(answer, found, text.replace(signed, "9" * len(signed))), document
