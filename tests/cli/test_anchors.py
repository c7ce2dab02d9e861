# SPDX-License-Identifier: Apache-2.0
"""Anchors by commands: signed, kept in a folder, printed, and held against the log."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from qcdesk.reports.pages import page_count, text
from tests.cli.shops import Shop, problem, rule


def test_an_anchor_is_kept_in_a_folder_and_fits(shop: Shop, tmp_path: Path) -> None:
    made = shop.good("anchor", "--to", str(tmp_path / "stick"), who="an")
    assert json.loads(Path(made["file"]).read_text())["hash"] == made["hash"]
    told = shop("verify", "--anchor", made["file"], "--anchor", made["code"], text=True)
    assert told.status == 0 and "all 2 anchors given fit" in told.out


def test_an_anchor_asks_for_the_secret(shop: Shop, tmp_path: Path) -> None:
    assert problem(shop("anchor", "--to", str(tmp_path))) == "as_needed"


def test_the_closing_slip_bears_what_can_be_typed(shop: Shop, tmp_path: Path) -> None:
    pdf = tmp_path / "slip.pdf"
    shop.good("anchor", "slip", "-o", str(pdf), who="binh")
    said = " ".join(" ".join(text(pdf.read_bytes())).split())
    code = shop.good("anchor", who="an")["code"]
    assert page_count(pdf.read_bytes()) == 1 and code.split(" · ")[2] in said and "Trần Bình" in said


def test_an_older_copy_does_not_hold_and_releases_nothing(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    shutil.copytree(shop.workspace, tmp_path / "kept")
    shop.good("batch", "release", "B-1", who="binh")
    made = shop.good("anchor", "--to", str(tmp_path / "stick"), who="an")
    shutil.rmtree(shop.workspace)
    shutil.copytree(tmp_path / "kept", shop.workspace)
    ran = shop("verify", "--anchor", made["file"])
    assert ran.status == 1
    assert {p["code"] for p in ran.data["problems"]} == {"anchor_missing", "seen_missing"}
    assert "the log ends at" in shop("batch", "list").err  # whatever is asked of it, it says how old it is
    refused = shop("batch", "release", "B-1", who="binh")
    assert rule(refused) == "event-lost"
    assert "two people sign what was lost" in refused.err


def test_what_is_no_anchor_is_said(shop: Shop) -> None:
    assert problem(shop("verify", "--anchor", "nothing")) == "not_an_anchor"
