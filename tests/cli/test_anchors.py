# SPDX-License-Identifier: Apache-2.0
"""Anchors by commands: signed, kept in a folder, printed, and held against the log."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

from PIL import Image

from qcdesk.cli.doors import Doors
from qcdesk.reports.pages import page_count, text
from tests.cli.console import Console, Ran
from tests.cli.shops import Shop, off_paper, problem, rule
from tests.workspace import Bench


def test_an_anchor_is_kept_in_a_folder_and_fits(shop: Shop, tmp_path: Path) -> None:
    made = shop.good("anchor", "--to", str(tmp_path / "stick"), who="an")
    assert json.loads(Path(made["file"]).read_text())["hash"] == made["hash"]
    told = shop("verify", "--anchor", made["file"], "--anchor", made["code"], text=True)
    assert told.status == 0 and "all 2 anchors given fit" in told.out


def test_without_a_person_the_workstation_signs(shop: Shop, tmp_path: Path) -> None:
    """So a task keeps one every night, with nobody's secret."""
    made = shop.good("anchor", "--to", str(tmp_path / "share"))
    by_an = shop.good("anchor", who="an")
    assert made["key"] != by_an["key"]
    told = shop("verify", "--anchor", made["file"], text=True)
    assert told.status == 0 and "the anchor given fits" in told.out and "no signature" not in told.out


def test_a_workstation_where_nobody_has_signed_in_signs_no_anchor(shop: Shop, tmp_path: Path) -> None:
    shop.workstation = Bench(shop.clock, "bench 9")
    refused = shop("anchor", "--to", str(tmp_path / "share"))
    assert problem(refused) == "station_unknown" and not (tmp_path / "share").exists()


def test_what_nobody_signed_is_said_to_be(shop: Shop) -> None:
    code = shop.good("anchor")["code"]
    told = shop("verify", "--anchor", code, text=True)
    assert told.status == 0 and "1 anchor bears no signature" in told.out


def scanned(shop: Shop, *arguments: str) -> Ran:
    """Verify with a program that reads paper."""
    doors = Doors(open_workspace=shop.open, read_paper=off_paper)
    return Console(doors)("--workspace", shop.workspace, "verify", *arguments, "--json")


def grey() -> bytes:
    """Return a picture of nothing."""
    out = io.BytesIO()
    Image.new("L", (200, 200), 128).save(out, "PNG")
    return out.getvalue()


def test_the_squares_on_slip_and_report_are_read_off_the_paper(shop: Shop, tmp_path: Path) -> None:
    shop.batch()
    shop.check("an", "B-1")
    shop.check("binh", "B-1")
    slip, report = tmp_path / "slip.pdf", tmp_path / "report.pdf"
    shop.good("anchor", "slip", "-o", str(slip))
    shop.good("report", "inspection", "B-1", "-o", str(report), who="an")
    ran = scanned(shop, "--anchor", str(slip), "--anchor", str(report))
    assert (ran.status, ran.data["anchors"], ran.data["unsigned"]) == (0, 2, 0)
    assert "Signed by" in " ".join(text(slip.read_bytes()))


def test_paper_without_such_a_square_is_no_anchor(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "grey.png").write_bytes(grey())
    assert problem(scanned(shop, "--anchor", str(tmp_path / "grey.png"))) == "not_an_anchor"


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


def test_an_own_backup_that_went_on_says_both_that_it_can_be_and_what_to_sign(
    shop: Shop, tmp_path: Path
) -> None:
    shop.batch()
    shutil.copytree(shop.workspace, tmp_path / "kept")
    shop.check("an", "B-1")
    shutil.rmtree(shop.workspace)
    shutil.copytree(tmp_path / "kept", shop.workspace)
    for _ in range(6):
        shop.good("audit-trail", who="binh")
    ran = shop("verify", text=True)
    assert ran.status == 1
    assert "an older copy was put in its place and work went on, or the log was made anew" in ran.out
    (first,) = {found[1] for found in re.finditer(r"sign what was lost, from event (\d+) on", ran.out)}
    told = shop("batch", "list").err
    assert f"a backup of your own was put back, two people sign what was lost, from event {first} on" in told
    assert f"log restored --from {first})" in told
    shop.good("log", "restored", "--from", first, "--why", "the disk broke", who="an", beside=("binh",))
    assert shop.good("verify")["ok"] and shop("batch", "list").err == ""


def test_what_is_no_anchor_is_said(shop: Shop) -> None:
    assert problem(shop("verify", "--anchor", "nothing")) == "not_an_anchor"
