# SPDX-License-Identifier: Apache-2.0
"""The print log by command: who had which paper, which way, which copy; nobody is named there without a secret."""

from __future__ import annotations

from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path
from typing import Any

from qcdesk.cli.doors import Doors
from tests.cli.console import Console, Ran
from tests.cli.shops import Shop, problem
from tests.cli.test_leaving import Kept, ring
from tests.company_files import PASSWORD, company_file

__all__ = ["ring"]


def listed(shop: Shop, *more: str) -> list[dict[str, Any]]:
    papers: list[dict[str, Any]] = shop.good("report", "list", *more)["papers"]
    return papers


def without_secret(shop: Shop, *arguments: str) -> Ran:
    """Run a command that names a person, and give it no password."""
    return Console(Doors(open_workspace=shop.open))("--workspace", shop.workspace, "--as", "an", *arguments)


def test_what_left_is_listed_the_newest_first_and_by_batch(shop: Shop, tmp_path: Path) -> None:
    assert listed(shop) == []
    assert shop("report", "list", text=True).out == "No paper was printed so far.\n"
    shop.batch("B-1")
    shop.batch("B-2")
    pdf, zpl = tmp_path / "label.pdf", tmp_path / "label.zpl"
    first = shop.good("report", "label", "B-1", "-o", str(pdf), "--second-lang", "th")
    shop.good("report", "label", "B-2", "-o", str(zpl), "--format", "zpl")
    shop.good("report", "label", "B-1", "-o", str(pdf))
    board = shop.good("report", "scoreboard", "-o", str(tmp_path / "board.eml"))
    newest, again, roll, oldest = listed(shop)
    assert (newest["document"], newest["way"], newest["batch"]) == ("figures", "mailed", None)
    assert newest["digest"] == board["digest"]
    assert (roll["way"], roll["batch"], roll["copy"]) == ("label_printer", "B-2", 0)
    assert roll["digest"] == sha256(zpl.read_bytes()).hexdigest()
    assert (oldest["languages"], oldest["copy"], oldest["digest"]) == (["en", "th"], 0, first["digest"])
    assert (again["name"], again["copy"], again["state"], again["by"]) == ("B-1", 1, "quarantine", None)
    assert again["station"] == "bench 1" and again["at"] and again["event"] > oldest["event"]
    assert listed(shop, "--batch", "B-1") == [again, oldest]
    said = shop("report", "list", "--batch", "B-2", text=True).out
    for part in ("Printed by", "Labels", "For a label printer", "nobody signed in"):
        assert part in said
    assert problem(shop("report", "list", "--batch", "B-9")) == "unknown_batch"
    both = shop("report", "list", "--batch", "B-1", "--supplier", "ACME")
    assert problem(both) == "prints_of_one"
    assert listed(shop, "--supplier", "ACME") == []
    assert problem(shop("report", "list", "--supplier", "NOBODY")) == "unknown_supplier"
    assert problem(shop("report", "list", "--audit", "A-9")) == "unknown_audit"


def test_whoever_is_named_with_a_secret_stands_in_the_log_and_nobody_without(
    shop: Shop, tmp_path: Path
) -> None:
    shop.batch()
    paper = ("report", "label", "B-1", "-o", str(tmp_path / "label.pdf"))
    shop.good(*paper, who="an")
    assert listed(shop)[0]["by"] == "An Nguyễn"
    ran = without_secret(shop, *paper)
    assert ran.status == 0 and "names this workstation and not an" in ran.out
    assert listed(shop)[0]["by"] is None
    wrong = shop(*paper, who="an", words=("wrong",))
    assert wrong.status == 3 and len(listed(shop)) == 2
    folder = str(tmp_path / "papers")
    shop.batch("B-2")
    shop.good("report", "label", "B-1", "B-2", "-o", folder, who="binh")
    assert [one["by"] for one in listed(shop)[:2]] == ["Trần Bình"] * 2


def test_the_digest_that_is_told_is_of_what_leaves_with_the_companys_signature(
    shop: Shop, ring: Kept, tmp_path: Path
) -> None:
    company = tmp_path / "company.p12"
    company.write_bytes(company_file())
    pdf, mail = tmp_path / "board.pdf", tmp_path / "board.eml"
    shop.good("signature", "use", str(company), words=(PASSWORD,))
    shop.good("report", "scoreboard", "-o", str(pdf), "--pades")
    assert listed(shop)[0]["digest"] == sha256(pdf.read_bytes()).hexdigest()
    shop.good("signature", "use", str(company), "--always", words=(PASSWORD,))
    for file in (pdf, mail):
        shop.good("report", "scoreboard", "-o", str(file))
    (enclosed,) = message_from_bytes(mail.read_bytes(), policy=policy.default).iter_attachments()
    mailed, saved = listed(shop)[:2]
    assert mailed["digest"] == sha256(enclosed.get_content()).hexdigest()
    assert saved["digest"] == sha256(pdf.read_bytes()).hexdigest()
