# SPDX-License-Identifier: Apache-2.0
"""Certificates by commands: issued with the first print, copies numbered, void ones listed, and checked elsewhere."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from pathlib import Path

from PIL import Image

from qcdesk import config
from qcdesk.checker.certificates import PREFIX, read_sheet, read_withdrawn
from qcdesk.cli.doors import Doors, Workspace
from qcdesk.i18n import load
from qcdesk.reports import pages
from qcdesk.services.ports import Progress
from tests.cli.console import Console
from tests.cli.shops import Shop, off_paper, problem, rule


def nowhere(location: str, *, create: bool = False, progress: Progress | None = None) -> Workspace:
    """Where no workspace is."""
    raise AssertionError(location, create, progress)


def released(shop: Shop) -> Shop:
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    shop.good("batch", "release", "B-1", who="binh")
    return shop


def test_the_first_print_is_issued_and_the_next_is_a_copy(shop: Shop, tmp_path: Path) -> None:
    pdf = str(tmp_path / "certificate.pdf")
    first = released(shop).good("report", "certificate", "B-1", "-o", pdf, who="binh")
    assert (first["certificate"], first["copy"], first["pages"]) == (1, 0, 1)
    assert "Copy" not in pages.text(Path(pdf).read_bytes())[0]
    assert (
        shop.good("report", "certificate", "B-1", "-o", pdf, "--second-lang", "zh_CN", who="an")["copy"] == 1
    )
    said = pages.text(Path(pdf).read_bytes())[0]
    chinese = load("zh_CN", config.resource("translations")).say("Released by")
    for part in (
        "Copy 1",
        "No. 000001",
        "B-1",
        "Inspected independently by",
        "Released by",
        chinese,
        "Trần Bình",
    ):
        assert part in said
    wrong = shop("report", "certificate", "B-1", "-o", pdf, "--second-lang", "xx", who="an")
    assert problem(wrong) == "unknown_kind"
    mailed = shop.folder / "certificate.eml"
    shop.good("report", "certificate", "B-1", "-o", str(mailed), "--second-lang", "vi", who="an")
    mail = message_from_bytes(mailed.read_bytes(), policy=policy.default)
    (enclosed,) = mail.iter_attachments()
    assert enclosed.get_filename() == "certificate.pdf" and enclosed.get_content().startswith(b"%PDF")
    told = mail.get_body(("plain",))
    assert told is not None and "is enclosed" in told.get_content() and "Xưởng Một" in mail["Subject"]
    (row,) = shop.good("certificate", "list")["certificates"]
    assert (row["batch"], row["printed"], row["void_since"]) == ("B-1", 3, None)


def test_a_batch_that_is_not_released_prints_nothing(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    assert (
        rule(shop("report", "certificate", "B-1", "-o", str(tmp_path / "c.pdf"), who="binh"))
        == "not-released"
    )
    assert not (tmp_path / "c.pdf").exists()


def test_a_void_certificate_prints_nothing_and_is_listed(shop: Shop, tmp_path: Path) -> None:
    released(shop).good("report", "certificate", "B-1", "-o", str(tmp_path / "c.pdf"), who="binh")
    shop.good("batch", "withdraw", "B-1", "--why", "recall", who="binh")
    ran = shop("report", "certificate", "B-1", "-o", str(tmp_path / "again.pdf"), who="binh")
    assert rule(ran) == "certificate-withdrawn"
    assert not (tmp_path / "again.pdf").exists()
    listed = tmp_path / "void.json"
    assert shop.good("certificate", "withdrawn-list", "--to", str(listed), who="an")["void"] == 1
    assert read_withdrawn(listed.read_bytes()).numbers == {1}
    assert shop.good("certificate", "list")["certificates"][0]["void_since"]


def test_a_release_label_that_is_scanned_proves_itself(shop: Shop, tmp_path: Path) -> None:
    released(shop)
    file, other = tmp_path / "label.pdf", tmp_path / "other.pdf"
    shop.good("report", "label", "B-1", "-o", str(other))
    assert [one for one in off_paper(other.read_bytes())[0] if one.startswith(PREFIX)] == []
    shop.good("report", "certificate", "B-1", "-o", str(tmp_path / "c.pdf"), who="binh")
    shop.good("report", "label", "B-1", "-o", str(file))
    (code,) = off_paper(file.read_bytes())[0]
    picture = tmp_path / "label.png"
    drawn = pages.render_page(file.read_bytes(), 0, 300)
    Image.frombytes("RGBX", (drawn.width, drawn.height), drawn.pixels).convert("L").save(picture)
    said = shop.good("verify", code)
    assert (said["batch"], said["certificate"], said["issued"]) == ("B-1", 1, "stands")
    assert shop.good("batch", "show", code) == shop.good("batch", "show", "B-1")
    assert [one["code"] for one in shop("verify", str(other)).data["problems"]] == ["paper_bare"]
    sheet, listed = tmp_path / "people.json", tmp_path / "list.json"
    shop.good("people-sheet", "--to", str(sheet), who="an")
    shop.good("certificate", "withdrawn-list", "--to", str(listed), who="an")
    told = Console(Doors(open_workspace=nowhere, read_paper=off_paper))
    given = ("--anchor", str(sheet), "--anchor", str(listed))
    assert told("verify", str(picture), *given, "--json").data["ok"]
    assert "signed by Trần Bình" in told("verify", code, *given).out
    alone = told("verify", code, *given[:2], "--json")
    assert (alone.status, alone.data["problems"][0]["code"]) == (1, "certificate_unlisted")
    assert "whether the site knows it" in alone.data["problems"][0]["problem"]
    checked = told("certificate", "check", code, "--people", str(sheet), "--json")
    assert (checked.status, checked.data["problems"]) == (1, [alone.data["problems"][0]["problem"]])
    for shown in (
        told("verify", code, *given[:2]).out,
        told("certificate", "check", code, "--people", str(sheet)).out,
    ):
        assert "Whether this holds cannot be told from the code alone." in shown
        assert "The signature of Trần Bình in the code holds" in shown and "DOES NOT HOLD" not in shown
    forged = told("verify", PREFIX + "0" + code[len(PREFIX) + 1 :], *given[:2], "--json")
    assert forged.status != 0, "what is wrong stays wrong"
    bare = told("verify", code)
    assert bare.status == 1 and "people sheet" in bare.out and "B-1" in bare.out
    assert bare.out.startswith("Whether this holds cannot be told from the code alone.")
    (why,) = told("verify", code, "--json").data["problems"]
    assert why["code"] == "certificate_elsewhere" and why["problem"] in bare.out
    assert problem(told("verify", code[:-3], "--json")) == "certificate_code"
    shop.good("batch", "withdraw", "B-1", "--why", "recall", who="binh")
    void = shop("verify", code)
    assert (void.status, void.data["issued"]) == (1, "void")
    assert [one["code"] for one in void.data["problems"]] == ["certificate_void"]


def test_a_people_sheet_is_written_by_whoever_signs_it(shop: Shop, tmp_path: Path) -> None:
    assert problem(shop("people-sheet", "--to", str(tmp_path / "p.json"))) == "as_needed"
    made = shop.good("people-sheet", "--to", str(tmp_path / "p.json"), who="an")
    sheet = read_sheet((tmp_path / "p.json").read_bytes())
    assert sheet.fingerprint == made["fingerprint"] and len(sheet.people) == 2


def test_a_sheet_that_was_touched_is_refused(shop: Shop, tmp_path: Path) -> None:
    shop.good("people-sheet", "--to", str(tmp_path / "p.json"), who="an")
    said = json.loads((tmp_path / "p.json").read_text("utf-8"))
    (tmp_path / "p.json").write_text(json.dumps({**said, "at": 0}), "utf-8")
    ran = shop("certificate", "check", "QC1:ABC", "--people", str(tmp_path / "p.json"))
    assert problem(ran) == "certificate_sheet"


def test_certificates_of_many_batches_go_into_a_folder_and_what_fails_is_named(
    shop: Shop, tmp_path: Path
) -> None:
    released(shop)
    shop.batch("B-2")
    one, folder = str(tmp_path / "one.pdf"), tmp_path / "papers"
    shop.good("report", "certificate", "B-1", "-o", one, who="binh")
    ran = shop(
        "report", "certificate", "B-2", "B-1", "B-9", "-o", str(folder), "--second-lang", "vi", who="an"
    )
    assert ran.status == 1
    assert [(paper["batch"], Path(paper["file"]).name) for paper in ran.data["papers"]] == [
        ("B-1", "certificate-000001-1-B-1.pdf")
    ]
    assert {one["batch"]: one["problem"] for one in ran.data["failed"]} == {
        "B-2": "not-released", "B-9": "unknown_batch"
    }  # fmt: skip
    assert "Copy 1" in pages.text((folder / "certificate-000001-1-B-1.pdf").read_bytes())[0]
    again = shop.good("report", "certificate", "--all", "-o", str(folder), who="an")
    assert [Path(paper["file"]).name for paper in again["papers"]] == ["certificate-000001-2-B-1.pdf"]
    assert problem(shop("report", "certificate", "-o", one, who="an")) == "missing"


def test_reports_of_many_batches_go_into_a_folder(shop: Shop, tmp_path: Path) -> None:
    released(shop)
    ran = shop("report", "inspection", "B-1", "B-9", "-o", str(tmp_path / "papers"))
    (paper,) = ran.data["papers"]
    assert (paper["batch"], ran.status) == ("B-1", 1)
    assert "B-1" in pages.text(Path(paper["file"]).read_bytes())[0]


def test_a_certificate_of_analysis_is_the_same_certificate_with_each_result(
    shop: Shop, tmp_path: Path
) -> None:
    pdf = str(tmp_path / "analysis.pdf")
    first = released(shop).good("report", "analysis", "B-1", "-o", pdf, who="binh")
    assert (first["certificate"], first["copy"]) == (1, 0)
    said = " ".join(" ".join(pages.text(Path(pdf).read_bytes())).split())
    for part in (
        "Certificate of analysis",
        "No. 000001",
        "Scratch SCR Major 3 0",
        "Inspected independently by",
    ):
        assert part in said
    assert shop.good("report", "certificate", "B-1", "-o", pdf, who="an")["copy"] == 0
    assert shop.good("verify", pdf)["ok"]
    assert shop.good("report", "analysis", "B-1", "-o", pdf, who="an")["copy"] == 1
    assert shop.good("verify", pdf)["ok"] and shop.good("verify")["ok"]
    (row,) = shop.good("certificate", "list")["certificates"]
    assert (row["printed"], row["analyses"]) == (1, 2)
    shop.good("batch", "hold", "B-1", "--why", "Wrong colour", "--kind", "other", who="an")
    assert rule(shop("report", "analysis", "B-1", "-o", pdf, who="an")) == "held"


def test_a_batch_that_is_not_released_has_no_certificate_of_analysis(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    ran = shop("report", "analysis", "B-1", "-o", str(tmp_path / "c.pdf"), who="binh")
    assert rule(ran) == "not-released" and not (tmp_path / "c.pdf").exists()
