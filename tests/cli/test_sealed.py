# SPDX-License-Identifier: Apache-2.0
"""A paper proves itself: what its file says without a workspace, and whatever was done to it is told."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from qcdesk.checker import canonical, papers, sealing
from qcdesk.checker import command as checker
from qcdesk.cli.doors import Doors, Workspace
from qcdesk.domain.anchors import Anchor
from qcdesk.services.ports import Progress
from qcdesk.wording.checked_papers import shown
from tests.cli.console import Console, Ran
from tests.cli.shops import Shop, off_paper

Evidence = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """A house with three papers: the certificate of B-1 and its report, and the certificate of B-2."""

    shop: Shop
    certificate: bytes
    report: bytes
    other: bytes


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("sealed")
    shop = Shop(folder).ready()
    made = []
    for number in ("B-1", "B-2"):
        shop.batch(number)
        shop.check("an", number)
        shop.check("binh", number)
        shop.good("batch", "release", number, who="binh")
        shop.good("report", "certificate", number, "-o", str(folder / "paper.pdf"), who="binh")
        made.append((folder / "paper.pdf").read_bytes())
    shop.good("report", "inspection", "B-1", "-o", str(folder / "paper.pdf"), who="an")
    return Desk(shop, made[0], (folder / "paper.pdf").read_bytes(), made[1])


def verified(content: bytes, folder: Path, *more: str, text: bool = False) -> Ran:
    """Verify a paper where no workspace is."""

    def nowhere(location: str, *, create: bool = False, progress: Progress | None = None) -> Workspace:
        raise AssertionError(location, create, progress)

    (folder / "paper.pdf").write_bytes(content)
    told = Console(Doors(open_workspace=nowhere, read_paper=off_paper))
    return told("verify", str(folder / "paper.pdf"), *more, *([] if text else ["--json"]))


def codes(ran: Ran) -> list[str]:
    return [one["code"] for one in ran.data["problems"]]


def refused(content: bytes) -> set[str]:
    return {one.code for one in papers.check(content).findings}


def parts(content: bytes) -> tuple[bytes, Evidence]:
    found = sealing.unsealed(content)
    assert found is not None and found.whole
    return found.pdf, json.loads(found.evidence)


def forged(desk: Desk, content: bytes, change: Callable[[Evidence], None], pdf: bytes | None = None) -> bytes:
    """Return a paper as somebody makes it who has the workstation's key."""
    print_, evidence = parts(content)
    pdf = pdf or print_
    change(evidence)
    rows = [papers._row(one) for one in evidence["lines"]]
    evidence["said"] |= {"bytes": len(pdf), "sha256": sha256(pdf).hexdigest(), "lines": papers.digest(rows)}
    said = canonical.write(evidence["said"])
    station = desk.shop.workstation.hand(evidence["said"]["vault"])
    evidence["seal"] = {"key": station.key, "sig": station.sign("paper", said).hex()}
    return sealing.sealed(pdf, canonical.write(evidence))


def say(evidence: Evidence, **said: object) -> None:
    evidence["said"] |= said


def leave_out(evidence: Evidence, at: int) -> None:
    del evidence["lines"][at]


def change(evidence: Evidence, at: int) -> None:
    one = evidence["lines"][at]
    one["body"] = one["body"].replace('"app":"', '"app":"x', 1)


# What it says -------------------------------------------------------------------------------------------------------


def test_a_certificate_tells_who_signed_it_where_no_workspace_is(desk: Desk, tmp_path: Path) -> None:
    ran = verified(desk.certificate, tmp_path)
    assert ran.status == 0 and ran.data["ok"] and ran.data["problems"] == []
    assert (ran.data["batch"], ran.data["quantity"], ran.data["state"]) == ("B-1", 20, "released")
    signed = [(one["place"], one["name"]) for one in ran.data["signatures"]]
    assert signed[:3] == [("first", "An Nguyễn"), ("second", "Trần Bình"), ("release", "Trần Bình")]
    said = verified(desk.certificate, tmp_path, text=True).out
    for sentence in (
        "two different people",
        "Nothing in this file was changed",
        "What this file cannot tell",
    ):
        assert sentence in said


def test_a_report_carries_its_evidence_and_its_records(desk: Desk, tmp_path: Path) -> None:
    assert verified(desk.report, tmp_path).status == 0
    _, evidence = parts(desk.report)
    said = evidence["said"]
    assert said["document"] == "inspection" and len(evidence["records"]) == len(said["records"]) >= 3


def test_the_same_print_and_evidence_give_the_same_bytes(desk: Desk) -> None:
    found = sealing.unsealed(desk.certificate)
    assert found is not None
    assert sealing.sealed(found.pdf, found.evidence) == sealing.sealed(found.pdf, found.evidence)


def test_a_viewer_opens_it_and_finds_the_attachment(desk: Desk) -> None:
    with pypdfium2.PdfDocument(desk.certificate) as opened:
        assert len(opened) == 1 and opened.count_attachments() == 1
        assert opened.get_attachment(0).get_name() == sealing.NAME


def test_it_carries_nothing_of_another_batch_and_nothing_of_the_supplier(desk: Desk) -> None:
    _, evidence = parts(desk.other)
    of_first = parts(desk.certificate)[1]["said"]["batch"]
    text = json.dumps(evidence)
    types = {json.loads(one["body"])["type"] for one in evidence["lines"]}
    assert of_first not in text and '"B-1"' not in text
    assert not {one for one in types if one.startswith(("supplier.", "complaint.", "touch."))}


def test_a_report_while_a_second_check_is_awaited_carries_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.shop.batch("B-3")
    desk.shop.check("an", "B-3")
    early = tmp_path / "early.pdf"
    told = desk.shop.good("report", "inspection", "B-3", "-o", str(early), who="an")
    assert not told["sealed"] and not sealing.has_seal(early.read_bytes())
    said = " ".join(off_paper(early.read_bytes())[1].split())
    assert "This print carries no evidence of its own: a check of the batch is not signed" in said


def test_the_checker_by_itself_reads_a_paper(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "paper.pdf").write_bytes(desk.certificate)
    assert checker.main([str(tmp_path / "paper.pdf")]) == 0
    assert "signed by Trần Bình" in capsys.readouterr().out
    (tmp_path / "paper.pdf").write_bytes(desk.certificate + b" ")
    assert checker.main([str(tmp_path / "paper.pdf"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "paper_changed"


# What came another way ----------------------------------------------------------------------------------------------


def test_the_people_sheet_of_the_site_speaks_for_the_people(desk: Desk, tmp_path: Path) -> None:
    sheet = str(tmp_path / "people.json")
    desk.shop.good("people-sheet", "--to", sheet, who="an")
    ran = verified(desk.certificate, tmp_path, "--anchor", sheet)
    assert ran.status == 0 and not any("made anew" in one for one in ran.data["unknown"])


def test_the_people_sheet_of_another_site_is_told(desk: Desk, tmp_path: Path) -> None:
    other = Shop(tmp_path / "other")
    other.init()
    other.good("people-sheet", "--to", str(tmp_path / "people.json"), who="an")
    ran = verified(desk.certificate, tmp_path, "--anchor", str(tmp_path / "people.json"))
    assert ran.status == 1 and "paper_sheet_other" in codes(ran)


def test_an_anchor_with_another_event_at_that_place_is_told(desk: Desk, tmp_path: Path) -> None:
    said = parts(desk.certificate)[1]["said"]
    anchor = {"vault": said["vault"], "seq": said["seq"], "hash": "0" * 64, "at": 1, "key": "", "sig": ""}
    (tmp_path / "anchor.json").write_text(json.dumps(anchor), "utf-8")
    ran = verified(desk.certificate, tmp_path, "--anchor", str(tmp_path / "anchor.json"))
    assert ran.status == 1 and codes(ran) == ["anchor_differs"]


def test_the_workspace_tells_that_the_release_was_withdrawn_since(desk: Desk, tmp_path: Path) -> None:
    shop = desk.shop
    shop.batch("B-4")
    shop.check("an", "B-4")
    shop.check("binh", "B-4")
    early, late = tmp_path / "early.pdf", tmp_path / "late.pdf"
    shop.good("report", "inspection", "B-4", "-o", str(early), who="an")
    shop.good("batch", "release", "B-4", who="binh")
    shop.good("report", "certificate", "B-4", "-o", str(late), who="binh")
    assert "older state" in shop.good("verify", str(early))["remarks"][0]
    assert "same of it" in shop.good("verify", str(late))["remarks"][0]
    shop.good("batch", "withdraw", "B-4", "--why", "recall", who="binh")
    ran = shop("verify", str(late))
    assert ran.status == 1 and codes(ran) == ["paper_withdrawn", "certificate_void"]
    assert verified(late.read_bytes(), tmp_path).status == 0


def test_the_workspace_tells_whether_these_very_bytes_left(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(desk.certificate)
    told = desk.shop.good("verify", str(file))
    assert "is in the print log: Certificate of conformity 000001, event" in told["remarks"][-1]
    assert f"event {told['print']}." in told["remarks"][-1]
    print_, evidence = parts(desk.certificate)
    packed = zlib.compress(canonical.write(evidence), 1)
    file.write_bytes(print_ + sealing._tail(print_, packed, len(canonical.write(evidence))))
    anew = desk.shop.good("verify", str(file))
    assert anew["print"] is None and "no file of these very bytes" in anew["remarks"][-1]
    assert not verified(file.read_bytes(), tmp_path).data["remarks"]


# What was done to it ------------------------------------------------------------------------------------------------


def test_a_paper_without_evidence_says_so(desk: Desk, tmp_path: Path) -> None:
    ran = verified(parts(desk.certificate)[0], tmp_path)
    assert ran.status == 1 and codes(ran) == ["paper_bare"]


def scanned(content: bytes) -> bytes:
    """Return a PDF whose only page is a picture of a paper's first one."""
    with pypdfium2.PdfDocument(content) as opened:
        picture = opened[0].render(scale=200 / 72).to_pil().convert("RGB")
    out = BytesIO()
    picture.save(out, "PDF", resolution=200)
    return out.getvalue()


def test_a_certificate_scanned_to_pdf_is_answered_by_its_code_alone(desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(scanned(desk.certificate))
    told = Console(Doors(open_workspace=desk.shop.open, read_paper=off_paper))
    home = told("--workspace", desk.shop.workspace, "verify", str(scan), "--json").data
    assert (home["issued"], home["certificate"]) == ("stands", 1)
    assert "no evidence" in home["remarks"][0]
    away = verified(scan.read_bytes(), tmp_path)
    assert away.status == 1 and away.data["batch"] == "B-1" and not away.data["ok"]
    # Pages with words are no scan: there the code proves nothing of them.
    assert codes(desk.shop("verify", str(bare_file(desk, tmp_path)))) == ["paper_bare"]


def test_a_picture_of_a_log_s_code_says_whose_code_it_is(desk: Desk, tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(desk.report) as opened:
        opened[0].render(scale=200 / 72).to_pil().save(tmp_path / "page.png")
    ran = Console(Doors(open_workspace=desk.shop.open, read_paper=off_paper))(
        "verify", str(tmp_path / "page.png"), "--json"
    )
    assert ran.status == 2 and ran.error["code"] == "code_of_log" and "verify --anchor" in ran.err


@pytest.mark.parametrize("kind", [("first-article", "B-1"), ("instruction", "IP-204")])
def test_every_signed_paper_bears_the_log_s_last_event_as_a_code(
    desk: Desk, tmp_path: Path, kind: tuple[str, str]
) -> None:
    file = tmp_path / "made.pdf"
    desk.shop.good("report", *kind, "-o", str(file))
    (code,), words = off_paper(file.read_bytes())
    head = Anchor.read(code).head
    assert (
        f"event {head.seq} ({head.hash[:16]}" in " ".join(words.split()) and "qcdesk verify --anchor" in words
    )
    assert verified(file.read_bytes(), tmp_path).status == 0


def bare_file(desk: Desk, folder: Path) -> Path:
    file = folder / "bare.pdf"
    file.write_bytes(parts(desk.certificate)[0])
    return file


@pytest.mark.parametrize("spelled", [sealing.NAME.encode(), sealing.NAME.encode("utf-16-be").hex().encode()])
@pytest.mark.parametrize("packed", [False, True])
def test_what_another_program_saved_anew_with_its_attachment_was_changed(
    spelled: bytes, *, packed: bool
) -> None:
    body = b"1 0 << /F (%s) >>" % spelled
    if packed:
        body = b"<< /Type /ObjStm /Filter /FlateDecode /N 1 >>\nstream\n%s\nendstream" % zlib.compress(body)
    assert refused(b"%PDF-1.7\n2 0 obj\n" + body) == {"paper_changed"}


def spread(length: int, count: int) -> Iterator[int]:
    return iter(range(length // (2 * count), length, length // count))


def touched(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_bytes_have_one_spelling_in_the_evidence(desk: Desk) -> None:
    pdf, evidence = parts(desk.report)
    seal = {**evidence["seal"], "sig": evidence["seal"]["sig"].upper()}
    lines = [{**evidence["lines"][0], "sig": evidence["lines"][0]["sig"].upper()}, *evidence["lines"][1:]]
    for other in ({"seal": seal}, {"lines": lines}):
        assert refused(sealing.sealed(pdf, canonical.write({**evidence, **other}))) == {"paper_evidence"}


def test_every_touched_byte_of_the_print_is_told(desk: Desk) -> None:
    """Text, pictures, fonts, metadata, tables of objects: 80 places all over."""
    for content in (desk.certificate, desk.report):
        length = len(parts(content)[0])
        for place in spread(length, 40):
            assert refused(touched(content, place)) <= {"paper_pages", "paper_changed"} != set(), place
            assert refused(touched(content, place)), place


def test_every_touched_byte_behind_the_print_is_told(desk: Desk) -> None:
    begin = len(parts(desk.certificate)[0])
    for place in spread(len(desk.certificate) - begin, 30):
        assert refused(touched(desk.certificate, begin + place)) & {"paper_changed", "paper_bare"}, place


def test_what_is_appended_is_told(desk: Desk) -> None:
    """A note, a form, a layer, another page: whatever a later section of the file puts on top."""
    layers = (
        b"9 0 obj\n<< /Type /Annot /Subtype /FreeText /Contents (2000) /Rect [0 0 99 99] >>\nendobj\n",
        b"9 0 obj\n<< /Type /OCG /Name (layer) >>\nendobj\n",
        b"9 0 obj\n<< /FT /Tx /T (quantity) /V (2000) >>\nendobj\n",
        b" ",
        b"\n",
        b"%%EOF\n",
        desk.other,
        desk.certificate,
    )
    for layer in layers:
        later = desk.certificate + layer + b"trailer\n<< /Root 4 0 R /Prev 1 >>\nstartxref\n1\n%%EOF\n"
        assert refused(later) == {"paper_changed"}
    assert refused(desk.certificate[:-1]) == {"paper_changed"}


def test_pages_that_another_program_wrote_are_told(desk: Desk, tmp_path: Path) -> None:
    """A page less, a page more, another order, a page of another report: saved anew, with and without the evidence."""
    evidence = canonical.write(parts(desk.certificate)[1])
    for case in range(4):
        with pypdfium2.PdfDocument(desk.certificate) as opened, pypdfium2.PdfDocument(desk.other) as other:
            if case in (0, 1):
                opened.import_pages(other)
            if case in (1, 2):
                opened.new_page(200, 200)
            if case in (0, 3):
                opened.del_page(0) if case == 0 else opened.import_pages(opened, [0])
            opened.save(tmp_path / "anew.pdf")
        anew = (tmp_path / "anew.pdf").read_bytes()
        assert refused(anew) == {"paper_changed"}, "the attachment is still in it, or was left"
        try:
            assert refused(sealing.sealed(anew, evidence)) == {"paper_pages"}
        except sealing.CannotSeal:
            continue


def test_pages_of_another_report_under_this_evidence_are_told(desk: Desk) -> None:
    papers_ = (desk.certificate, desk.report, desk.other)
    for one in papers_:
        for another in papers_:
            if one is not another:
                mixed = sealing.sealed(parts(one)[0], canonical.write(parts(another)[1]))
                assert refused(mixed) == {"paper_pages"}


def test_events_that_were_changed_left_out_or_swapped_are_told(desk: Desk) -> None:
    pdf, evidence = parts(desk.certificate)
    lines = evidence["lines"]
    for at in range(len(lines) - 1):
        swapped = [dict(one) for one in lines]
        swapped[at]["sig"], swapped[at + 1]["sig"] = lines[at + 1]["sig"], lines[at]["sig"]
        for changed in (lines[:at] + lines[at + 1 :], swapped):
            again = sealing.sealed(pdf, canonical.write({**evidence, "lines": changed}))
            assert refused(again) == {"paper_lines"}


def test_what_the_seal_says_cannot_be_changed_without_its_key(desk: Desk) -> None:
    pdf, evidence = parts(desk.certificate)
    for name, value in {
        "quantity": 2000,
        "number": "B-9",
        "state": "accepted",
        "copy": 1,
        "at": 1,
        "round": 2,
    }.items():
        again = {**evidence, "said": {**evidence["said"], name: value}}
        assert "paper_seal" in refused(sealing.sealed(pdf, canonical.write(again))), name


def test_a_workstation_that_lies_is_told_by_what_people_signed(desk: Desk) -> None:
    """Whoever has its key may seal what they like, and not sign for anybody."""
    wanted: dict[str, dict[str, Any]] = {
        "paper_quantity": {"quantity": 2000},
        "paper_number": {"number": "B-9"},
        "paper_state": {"state": "released_under_concession"},
        "paper_certificate": {"copy": 7},
    }
    for code, said in wanted.items():
        assert code in refused(forged(desk, desk.certificate, partial(say, **said)))
    types = [json.loads(one["body"])["type"] for one in parts(desk.certificate)[1]["lines"]]
    for at, kind in enumerate(types):
        if kind in ("check.signed", "batch.released", "round.opened", "round.compared", "certificate.issued"):
            assert refused(forged(desk, desk.certificate, partial(leave_out, at=at))), kind
        found = refused(forged(desk, desk.certificate, partial(change, at=at)))
        assert found & {"event_signature", "event_key"}, kind


def test_a_page_that_shows_another_verdict_than_was_signed_is_told(desk: Desk) -> None:
    answer = papers.check(desk.report)
    codes_, text = off_paper(desk.report)
    assert shown(answer, codes_, text) == []
    found = shown(answer, codes_, text.replace("Accepted and released", "Rejected"))
    assert {one.code for one in found} == {"paper_text"}
    assert all("Accepted and released" in str(one.facts["value"]) for one in found)


def test_a_page_that_shows_other_goods_than_were_signed_is_told(desk: Desk, tmp_path: Path) -> None:
    """The page of B-2, and with it the code of B-2, sealed by a workstation that lies, over the events of B-1."""
    mixed = forged(desk, desk.certificate, lambda _: None, parts(desk.other)[0])
    assert refused(mixed) == set()
    ran = verified(mixed, tmp_path)
    assert ran.status == 1 and set(codes(ran)) == {"paper_text", "paper_code"}


# Papers of one unit, and of a procedure -------------------------------------------------------------------------------


def test_a_first_article_report_proves_who_inspected(desk: Desk, tmp_path: Path) -> None:
    desk.shop.good("report", "first-article", "B-1", "-o", str(tmp_path / "made.pdf"))
    ran = verified((tmp_path / "made.pdf").read_bytes(), tmp_path)
    assert ran.data["problems"] == []
    assert (ran.data["document"], ran.data["batch"]) == ("first_article", "B-1")
    assert [one["place"] for one in ran.data["signatures"]][:2] == ["first", "second"]


def test_a_work_instruction_proves_who_wrote_it_and_who_else_approved_it(desk: Desk, tmp_path: Path) -> None:
    desk.shop.good("report", "instruction", "IP-204", "-o", str(tmp_path / "made.pdf"))
    content = (tmp_path / "made.pdf").read_bytes()
    ran = verified(content, tmp_path)
    assert ran.data["problems"] == []
    assert (ran.data["document"], ran.data["about"], ran.data["state"]) == (
        "instruction",
        "IP-204",
        "approved",
    )
    signed = [(one["place"], one["name"]) for one in ran.data["signatures"]]
    assert signed == [("written", "An Nguyễn"), ("approved", "Trần Bình")]
    assert "written by one person and approved by another" in verified(content, tmp_path, text=True).out
    lies: tuple[dict[str, Any], ...] = (
        {"state": "draft"},
        {"number": "OTHER"},
        {"subject": "IP-204 2"},
        {"subject": "IP-204"},
    )
    for lie in lies:
        assert refused(forged(desk, content, partial(say, **lie))) & {"paper_state", "paper_subject"}, lie
    assert "same of it" in desk.shop.good("verify", str(tmp_path / "made.pdf"))["remarks"][0]
