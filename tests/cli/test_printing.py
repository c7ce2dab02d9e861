# SPDX-License-Identifier: Apache-2.0
"""A report goes to a printer by command: the bytes that are told, once the printer took them, copy by copy."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from qcdesk import config
from qcdesk.checker import papers
from qcdesk.i18n import load
from qcdesk.reports import pages
from qcdesk.services.tell_prints import Prints
from qcdesk.services.trouble import Trouble
from tests.cli.shops import Shop, problem
from tests.cli.test_printed import listed
from tests.journeys.lives import pdf_text
from tests.reports.queue import fake_queue

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a spooler instead of lp")


def released(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    shop.good("batch", "release", "B-1", who="binh")


def test_each_copy_goes_to_the_printer_as_the_bytes_that_are_told(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(shop)
    sent = fake_queue(tmp_path, monkeypatch)
    data = shop.good(
        "print", "B-1", "--report", "certificate", "--printer", "Office", "--copies", "2", who="binh"
    )
    assert (data["job"], data["printer"], data["report"]) == ("Office-7", "Office", "certificate")
    assert [(one["job"], one["copy"], one["pages"]) for one in data["jobs"]] == [
        ("Office-7", n, 1) for n in (0, 1)
    ]
    newest, first = listed(shop)
    assert [one["digest"] for one in (first, newest)] == [one["digest"] for one in data["jobs"]]
    assert (newest["document"], newest["way"], newest["copy"], newest["by"]) == (
        "certificate", "printed", 1, "Trần Bình",
    )  # fmt: skip
    content = sent.read_bytes()
    assert sha256(content).hexdigest() == newest["digest"] and papers.check(content).holds
    said = (sent.parent / "said").read_text().splitlines()
    assert said[:4] == ["-d", "Office", "-t", "Certificate of conformity 000001, copy 1"]
    assert "media=A4" in said and said[-1] == "-"


def test_a_report_is_printed_in_two_languages_and_on_the_paper_that_is_asked_for(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(shop)
    sent = fake_queue(tmp_path, monkeypatch)
    asked = ("--lang", "vi", "--second-lang", "zh_CN", "--paper", "Letter", "--unit", "2")
    shop.good("print", "B-1", "--report", "first-article", "--printer", "Office", *asked)
    folder, text = config.resource("translations"), "".join(pdf_text(sent.read_bytes()).split())
    for language in ("vi", "zh_CN"):
        assert "".join(load(language, folder).say("First-article report").split()) in text
    assert "media=Letter" in (sent.parent / "said").read_text()
    assert listed(shop)[0]["languages"] == ["vi", "zh_CN"]
    shop.good(
        "print", "B-1", "--report", "label", "--printer", "Zebra", "--stock", "roll-60x40", "--copies", "3"
    )
    assert "media=Custom.60x40mm" in (sent.parent / "said").read_text()
    assert pages.page_count(sent.read_bytes()) == 3
    newest = listed(shop)[0]
    assert (newest["document"], newest["way"]) == ("label", "printed")


REPORTS: dict[str, tuple[str, ...]] = {
    "inspection": ("B-1",), "stickers": ("B-1", "--all"), "instruction": ("IP-204", "--version", "1"),
    "scorecard": ("ACME", "--months", "6"),
}  # fmt: skip


def test_reports_of_every_kind_are_printed_at_the_printer_they_were_printed_at_last(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_station: Path
) -> None:
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    sent = fake_queue(tmp_path, monkeypatch)
    shop.good("print", "B-1", "--report", "inspection", "--printer", "Zebra", who="an")
    for report, asked in REPORTS.items():
        data = shop.good("print", asked[0], "--report", report, *asked[1:], who="an")
        assert data["printer"] == ("Zebra" if report == "inspection" else "Office"), "else the usual one"
        assert sent.read_bytes().startswith(b"%PDF")
    assert shop.good("print", "--report", "scoreboard", who="an")["jobs"][0]["copy"] is None
    assert config.load_settings().paper_habits["inspection"]["printer"] == "Zebra"
    said = shop("print", "ACME", "--report", "scorecard", text=True).out
    assert "is sent to Office." in said or "are sent to Office." in said


def test_what_cannot_be_printed_is_refused_with_the_printers_there_are(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.batch()
    fake_queue(tmp_path, monkeypatch, "Office Zebra")
    label = ("print", "B-1", "--report", "label")
    ran = shop(*label, "--printer", "Attic")
    assert problem(ran) == "unknown_printer" and "Office or Zebra" in ran.err
    for more, code in (
        (("--unit", "2"), "not_of_report"),
        (("--round", "1"), "not_of_report"),
        (("--copies", "0"), "quantity_too_small"),
        (("--copies", "1001"), "too_large"),
    ):
        assert problem(shop(*label, *more)) == code, more
    assert problem(shop("print", "B-1", "--report", "poem")) == "unknown_kind"
    assert problem(shop("print", "B-1", "--report", "scoreboard")) == "not_of_report"
    assert (
        shop("print", "B-1", "--report", "scoreboard")
        .error["message"]
        .startswith("This report takes nothing for ID.")
    )
    assert problem(shop("print", "--report", "label")) == "missing"
    assert problem(shop("print", "B-9", "--report", "label")) == "unknown_batch"
    assert listed(shop) == []


def test_without_a_usual_printer_one_has_to_be_named(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.batch()
    fake_queue(tmp_path, monkeypatch, "Attic Zebra")
    ran = shop("print", "B-1", "--report", "label")
    assert problem(ran) == "printer_needed" and "Attic or Zebra" in ran.err


@pytest.mark.parametrize(("names", "code"), [("", "no_printers"), (None, "no_printing")])
def test_where_nothing_can_be_printed_it_is_said_in_two_sentences(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: str | None, code: str
) -> None:
    if names is None:
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        fake_queue(tmp_path, monkeypatch, names)
    ran = shop("print", "B-1", "--report", "label", "--printer", "Office")
    assert (ran.status, ran.data["error"]["code"]) == (4, code)
    assert ran.err.count("\n") == 1 and "qcdesk report" in ran.err


@pytest.mark.parametrize("printer", ["nobody", "late"])
def test_what_the_printer_does_not_take_is_not_told_however_late_it_fails(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printer: str
) -> None:
    released(shop)
    fake_queue(tmp_path, monkeypatch)
    ran = shop("print", "B-1", "--report", "certificate", "--printer", printer, who="binh")
    assert (ran.status, ran.data["error"]["code"]) == (4, "printer")
    assert shop("report", "label", "B-1", "--printer", printer).status == 4
    assert listed(shop) == []
    shop.good("report", "label", "B-1", "--printer", "Zebra")
    assert [one["way"] for one in listed(shop)] == ["label_printer"]


def test_what_the_printer_took_and_the_log_did_not_is_said(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.batch()
    fake_queue(tmp_path, monkeypatch)

    def fails(*_: Any) -> None:  # noqa: ANN401
        raise Trouble("disk_full")

    monkeypatch.setattr(Prints, "note", fails)
    ran = shop("print", "B-1", "--report", "label", "--printer", "Office")
    assert (ran.status, ran.data["error"]["code"]) == (4, "printed_untold")
    assert "Destroy what comes out of the printer" in ran.err
