# SPDX-License-Identifier: Apache-2.0
"""The inspection report by command, within the blind rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcdesk import config
from qcdesk.i18n import load
from qcdesk.reports import pages
from tests.cli.shops import Shop, problem, rule
from tests.journeys.lives import pdf_text
from tests.reports.queue import fake_queue
from tests.reports.zpl_drawn import drawn


def test_the_report_of_a_released_batch_is_written(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    shop.good("batch", "release", "B-1", who="binh")
    file = tmp_path / "report.pdf"
    data = shop.good("report", "inspection", "B-1", "-o", str(file), who="an")
    assert Path(data["file"]) == file and data["pages"] >= 1 and len(data["digest"]) == 64
    assert file.read_bytes().startswith(b"%PDF")


def test_whoever_may_still_be_second_gets_no_report_of_the_first(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    shop.check("an", "B-1", {"unit": 2, "defect": "SCR"})
    file = tmp_path / "report.pdf"
    assert rule(shop("report", "inspection", "B-1", "-o", str(file), who="binh")) == "blind"
    assert not file.exists()


def test_only_known_paper_is_printed_on(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    ran = shop("report", "inspection", "B-1", "-o", str(tmp_path / "a.pdf"), "--paper", "A3", who="an")
    assert problem(ran) == "unknown_kind" and "A4 or Letter" in ran.err


def test_a_report_is_written_in_the_language_that_is_asked_for_whatever_the_command_speaks(
    shop: Shop, tmp_path: Path
) -> None:
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    file, words = tmp_path / "report.pdf", load("vi", config.resource("translations"))
    title = words.say("Inspection report")
    ran = shop("report", "inspection", "B-1", "-o", str(file), "--language", "vi", who="an")
    assert ran.status == 0
    assert title in pdf_text(file.read_bytes())
    shop.good("report", "inspection", "B-1", "-o", str(file), who="an")
    assert title not in pdf_text(file.read_bytes())
    ran = shop("report", "inspection", "B-1", "-o", str(file), "--language", "xx", who="an")
    assert problem(ran) == "unknown_kind"


def test_a_label_says_the_state_of_now_and_a_held_batch_gets_none_of_release(
    shop: Shop, tmp_path: Path
) -> None:
    shop.batch()
    file = tmp_path / "label.pdf"

    def label(*more: str) -> str:
        shop.good("report", "label", "B-1", "-o", str(file), "--second-lang", "th", *more)
        return pdf_text(file.read_bytes())

    assert "Not released" in label()
    assert rule(shop("report", "label", "B-1", "-o", str(file), "--kind", "release")) == "state"
    assert rule(shop("report", "label", "B-1", "-o", str(file), "--kind", "hold")) == "not-held"
    assert rule(shop("report", "label", "B-1", "-o", str(file), "--kind", "sample")) == "state"
    shop.check("an", "B-1")
    assert "Sample" in label("--kind", "sample", "--stock", "a4-24", "--start", "3", "--copies", "2")
    shop.check("binh", "B-1")
    shop.good("batch", "release", "B-1", who="binh")
    assert "Released" in label()
    assert rule(shop("report", "label", "B-1", "-o", str(file), "--kind", "quarantine")) == "state"
    shop.good("batch", "hold", "B-1", "--why", "Wrong colour", "--kind", "other", who="an")
    told = label()
    assert "Quarantined" in told and "Released" not in told and "colour" not in told
    for kind in ("release", "quarantine"):
        assert rule(shop("report", "label", "B-1", "-o", str(file), "--kind", kind)) == "held"


def test_a_label_for_a_label_printer_is_written_as_zpl(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    file = str(tmp_path / "label.zpl")
    shop.good("report", "label", "B-1", "-o", file)
    assert Path(file).read_bytes().startswith(b"^XA"), "the name's ending is the wish"
    data = shop.good(
        "report", "label", "B-1", "-o", file, "--format", "zpl", "--copies", "4", "--density", "300"
    )
    content = Path(file).read_bytes()
    assert content.startswith(b"^XA") and b"^PQ4" in content and data["bytes"] == len(content)
    for wrong, code in (
        (("--stock", "a4-24"), "zpl_is_for_rolls"),
        (("--density", "90"), "unknown_kind"),
        (("--copies", "2000"), "too_large"),
        (("--stock", "a3"), "unknown_kind"),
    ):
        assert problem(shop("report", "label", "B-1", "-o", file, "--format", "zpl", *wrong)) == code


def test_labels_of_many_batches_go_to_a_label_printer_in_one_file(shop: Shop, tmp_path: Path) -> None:
    for number in ("B-1", "B-2"):
        shop.batch(number)
    file, asked = tmp_path / "labels.zpl", ("-o", str(tmp_path / "labels.zpl"), "--format", "zpl")
    refused = shop("report", "label", "B-1", "B-2", *asked, "--stock", "a4-24")
    assert problem(refused) == "zpl_is_for_rolls" and not file.exists()
    none = shop("report", "label", "B-8", "B-9", *asked)
    assert (none.status, none.data["bytes"], file.exists()) == (1, 0, False)
    ran = shop("report", "label", "B-1", "B-9", "B-2", *asked, "--copies", "3")
    assert (ran.status, ran.data["batches"]) == (1, ["B-1", "B-2"])
    assert ran.data["failed"] == [{"batch": "B-9", "problem": "unknown_batch"}]
    printed = [drawn(one + b"^XZ\n") for one in file.read_bytes().split(b"^XZ\n")[:-1]]
    assert [(one.codes(), one.copies) for one in printed] == [({"B-1"}, 3), ({"B-2"}, 3)]
    told = shop.good("report", "list")["papers"]
    assert [(one["batch"], one["way"]) for one in told] == [
        ("B-2", "label_printer"),
        ("B-1", "label_printer"),
    ]


def test_what_was_released_on_a_day_is_printed_into_a_folder(shop: Shop, tmp_path: Path) -> None:
    for number in ("B-1", "B-2"):
        shop.batch(number)
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    shop.good("batch", "release", "B-1", who="binh")
    today, folder = shop.clock.today().isoformat(), tmp_path / "papers"
    for kind, who in (("analysis", "binh"), ("inspection", "an"), ("label", "")):
        made = shop.good("report", kind, "--released-on", today, "-o", str(folder), who=who)
        assert [paper["batch"] for paper in made["papers"]] == ["B-1"]
    names = sorted(file.name.split("-")[0] for file in folder.iterdir())
    assert names == ["analysis", "inspection", "labels"]
    assert shop.good("report", "label", "--released-on", "2020-01-01", "-o", str(folder))["papers"] == []
    both = shop.good("report", "label", "B-1", "B-2", "-o", str(folder))["papers"]
    assert [paper["batch"] for paper in both] == ["B-1", "B-2"]
    assert problem(shop("report", "label", "--released-on", "today", "-o", str(folder))) == "day"


def test_a_logo_that_is_drawn_is_printed_as_vectors_and_one_that_could_run_something_is_refused(
    shop: Shop, tmp_path: Path
) -> None:
    shop.batch()
    file, paper = tmp_path / "logo.svg", tmp_path / "fai.pdf"
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'
    file.write_text(f"{head}<script/></svg>")
    assert problem(shop("shop", "set", "--logo", str(file), who="an")) == "drawing_active"
    file.write_text(f'{head}<path fill="#c02020" d="M0 0h20v10z"/></svg>')
    shop.good("shop", "set", "--logo", str(file), who="an")
    shop.good("report", "instruction", "IP-204", "-o", str(paper))
    drawn = pages.render_page(paper.read_bytes(), 0, 72).pixels
    assert bytes((0x20, 0x20, 0xC0)) in drawn and b"/Subtype /Image" not in paper.read_bytes()


def test_labels_are_sent_to_the_queue_of_a_label_printer(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.batch()
    sent = fake_queue(tmp_path, monkeypatch)
    assert problem(shop("report", "label", "B-1")) == "missing"
    data = shop.good("report", "label", "B-1", "--printer", "Zebra", "--copies", "3")
    assert b"^PQ3" in sent.read_bytes() and data["bytes"] == len(sent.read_bytes())
    refused = shop("report", "label", "B-1", "--printer", "nobody")
    assert (refused.status, refused.err) == (4, "The printer does not answer. Check it, then print again.\n")


def test_a_procedure_is_written_as_a_work_instruction(shop: Shop, tmp_path: Path) -> None:
    file, code = tmp_path / "instruction.pdf", shop.good("procedure", "list")["procedures"][0]["procedure"]
    shop.good("report", "instruction", code, "-o", str(file))
    assert "evidence" not in shop("report", "instruction", code, "-o", str(file), text=True).out
    text = " ".join(pdf_text(file.read_bytes()).split())
    assert "Housing cover" in text and "Scratch" in text and "Approved by" in text
    ran = shop("report", "instruction", code, "-o", str(file), "--version", "9")
    assert problem(ran) == "unknown_procedure"


def test_a_first_article_report_is_of_a_unit_that_both_have_inspected(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    file = tmp_path / "article.pdf"
    shop.check("an", "B-1", {"unit": 2, "defect": "SCR"})
    for who in ("an", "binh"):  # the first check is nobody's before the second is signed, not even on paper
        ran = shop("report", "first-article", "B-1", "-o", str(file), who=who)
        assert ran.status == 3 and not file.exists()
    shop.check("binh", "B-1", {"unit": 2, "defect": "SCR"})
    shop.good("report", "first-article", "B-1", "-o", str(file), "--unit", "2")
    text = " ".join(pdf_text(file.read_bytes()).split())
    assert "Found on it: Scratch (SCR), Major." in text and "Part number accountability" in text
    shop.good("report", "first-article", "B-1", "-o", str(file))
    assert "No defect of the list was found on it." in " ".join(pdf_text(file.read_bytes()).split())
    ran = shop("report", "first-article", "B-1", "-o", str(file), "--unit", "99")
    assert problem(ran) == "unit_not_drawn"
