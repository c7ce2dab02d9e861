# SPDX-License-Identifier: Apache-2.0
"""Audits by commands: the general template, answers in a file taken along, two signatures, and the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from qcdesk.bootstrap import GENERAL_TEMPLATE
from qcdesk.config import resource
from qcdesk.exchange.audit_files import read_template
from tests.cli.shops import Shop, problem, rule

AUDIT = ("supplier", "audit")


def in_use(shop: Shop) -> None:
    written = shop.good(*AUDIT, "template", "general", who="an")
    assert (written["template"], written["version"], written["questions"]) == ("GENERAL", 1, 40)
    assert rule(shop(*AUDIT, "template", "approve", "GENERAL", who="an")) == "audit-template-author"
    approve = (*AUDIT, "template", "approve", "GENERAL", "--hash", written["hash"])
    shop.good(*approve, who="binh")
    assert rule(shop(*approve, who="binh")) == "audit-template-state"


def test_a_template_goes_out_and_comes_in_again_without_loss(shop: Shop, tmp_path: Path) -> None:
    in_use(shop)
    before = shop.good(*AUDIT, "template", "export", "GENERAL", str(tmp_path / "t.xlsx"))
    for name in ("t.xlsx", "t.json"):
        shop.good(*AUDIT, "template", "export", "GENERAL", str(tmp_path / name))
        again = shop.good(*AUDIT, "template", "import", name[2:].upper(), str(tmp_path / name), who="an")
        assert again["hash"] == before["hash"]
    broken = tmp_path / "b.csv"
    broken.write_text("row,code,weight,text_en\nsection,A,much,Goods\n", "utf-8")
    assert problem(shop(*AUDIT, "template", "import", "B", str(broken), who="an")) == "not_a_template"
    listed = shop.good(*AUDIT, "template", "list")["templates"]
    assert [(one["code"], one["state"]) for one in listed] == [
        ("GENERAL", "approved"),
        ("JSON", "draft"),
        ("XLSX", "draft"),
    ]


def test_an_answer_given_here_says_that_the_audit_was_taken_along(shop: Shop, tmp_path: Path) -> None:
    in_use(shop)
    shop.good(*AUDIT, "open", "ACME", "GENERAL", who="an")
    answer = (*AUDIT, "answer", "A-1", "ORG-1", "yes", "--note", "seen")
    assert shop.good(*answer, who="an")["away_since"] is None
    shop.good(*AUDIT, "take", "A-1", str(tmp_path / "visit.json"), who="an")
    assert shop.good(*answer, who="an")["away_since"] == "2026-03-02"
    assert "A-1 was taken along on" in shop(*answer, who="an", text=True).out


def test_an_audit_answered_in_a_file_is_signed_reviewed_settled_and_printed(
    shop: Shop, tmp_path: Path
) -> None:
    in_use(shop)
    assert shop.good(*AUDIT, "open", "ACME", "GENERAL", who="an")["audit"] == "A-1"
    taken = tmp_path / "visit.json"
    assert shop.good(*AUDIT, "take", "A-1", str(taken), who="an")["questions"] == 40
    assert rule(shop(*AUDIT, "sign", "A-1", who="an")) == "audit-incomplete"
    codes = [one.code for one in read_template(str(resource(GENERAL_TEMPLATE))).questions]
    points, left = {"PRO-5": "7"}, 40
    for code in codes:
        said = "no" if code == "BAD-3" else points.get(code, "yes")
        left = shop.good(*AUDIT, "answer", str(taken), code, said, "--note", f"seen {code}")["left"]
    assert left == 0
    assert problem(shop(*AUDIT, "answer", str(taken), "PRO-5", "yes")) == "wrong_answer"
    assert rule(shop(*AUDIT, "bring", str(taken), who="binh")) == "audit-not-yours"
    assert shop.good(*AUDIT, "bring", str(taken), who="an")["answers"] == 40
    assert shop.good(*AUDIT, "bring", str(taken), who="an")["answers"] == 0
    shop.good(*AUDIT, "answer", str(taken), "ORG-2", "partly", "--note", "second day")
    shop.good(*AUDIT, "answer", "A-1", "BAD-3", "partly", "--note", "seen here", who="an")
    shop.good(*AUDIT, "answer", str(taken), "BAD-3", "yes", "--note", "second day")
    known = shop.good(*AUDIT, "answer", "A-1", "BAD-3", "partly", "--note", "seen here", who="an")
    assert known["away_since"] is None  # it was brought back, and could go on elsewhere
    back = shop.good(*AUDIT, "bring", str(taken), who="an")
    here, there = {"answer": "partly", "note": "seen here"}, {"answer": "yes", "note": "second day"}
    assert (back["answers"], back["collisions"]) == (1, [{"question": "BAD-3", "here": here, "file": there}])
    told = shop(*AUDIT, "bring", str(taken), who="an", text=True).out
    assert "BAD-3" in told and "Here: Partly (seen here). In the file: Yes (second day)" in told
    for code, true in (("ORG-2", "yes"), ("BAD-3", "no")):
        shop.good(*AUDIT, "answer", "A-1", code, true, "--note", f"seen {code}", who="an")
    plan = tmp_path / "exit plan.png"
    Image.new("RGB", (80, 60), "red").save(plan)
    shop.good(*AUDIT, "answer", "A-1", "ORG-1", "yes", "--note", "seen", "--photo", str(plan), who="an")
    saving = (*AUDIT, "file", "A-1", "ORG-1", "exit plan.png", "-o", str(tmp_path / "again.png"))
    assert shop.good(*saving, who="an")["name"] == "exit plan.png"
    assert (tmp_path / "again.png").stat().st_size
    assert problem(shop(*saving)) == "no_such_file"  # nobody is told before the review
    away = (*AUDIT, "answer", "A-1", "LEG-1", "not_applicable")
    assert problem(shop(*away, who="an")) == "critical_needs_note"
    assert problem(shop(*AUDIT, "answer", "A-1", "PRO-5", "77", who="an")) == "points_range"
    shop.good(*AUDIT, "sign", "A-1", who="an")
    assert rule(shop(*AUDIT, "bring", str(taken), who="an")) == "audit-moved-on"
    assert rule(shop(*AUDIT, "answer", "A-1", "ORG-1", "no", who="an")) == "audit-reviewer"
    assert rule(shop(*AUDIT, "take", "A-1", str(tmp_path / "again.json"), who="binh")) == "audit-blind"
    seen = shop.good(*AUDIT, "show", "A-1", who="binh")
    assert seen["score"] is None and len(seen["sample"]) == 15  # 7 critical, 8 drawn
    assert all("auditor" not in one and one["note"] for one in seen["answers"])
    assert rule(shop("report", "audit", "A-1", "-o", str(tmp_path / "early.pdf"))) == "audit-state"
    for code in seen["sample"]:
        said = "partly" if code == "LEG-3" else "no" if code == "BAD-3" else points.get(code, "yes")
        shop.good(*AUDIT, "answer", "A-1", code, said, who="binh")
    assert problem(shop(*AUDIT, "ask", "A-1", who="an")) == "no_findings"
    assert shop.good(*AUDIT, "review", "A-1", who="binh")["differences"] == ["LEG-3"]
    pair = {"who": "an", "beside": ("binh",)}
    assert rule(shop(*AUDIT, "settle", "A-1", "LEG-1=no", **pair)) == "audit-not-settled"  # type: ignore[arg-type]
    done = shop.good(*AUDIT, "settle", "A-1", "LEG-3=partly", **pair)
    assert (done["result"], done["findings"]) == ("conditional", ["LEG-3", "PRO-5", "BAD-3"])
    assert done["message"].endswith("and a critical question is met only in part.")
    assert shop.good(*AUDIT, "list", "--supplier", "ACME")["audits"][0]["result"] == "conditional"
    assert "Passed under conditions" in shop(*AUDIT, "show", "A-1", text=True).out
    assert problem(shop(*AUDIT, "ask", "A-7", who="an")) == "unknown_audit"
    asked = shop.good(*AUDIT, "ask", "A-1", who="an")
    assert (asked["action"], asked["codes"]) == ("CA-1", ["A-1/LEG-3", "A-1/PRO-5", "A-1/BAD-3"])
    again = shop(*AUDIT, "ask", "A-1", who="an")
    assert problem(again) == "finding_asked" and "CA-1 asks for A-1/LEG-3 already" in again.err
    promise = (
        "supplier",
        "corrective-action",
        "promise",
        "CA-1",
        "Doors stay open",
        "--due",
        "2099-01-01",
        "--test",
    )
    assert problem(shop(*promise, "accepted", who="an")) == "promise_of_audit"
    assert (
        problem(shop(*promise, "rate", "--code", "SCR", "--percent", "1", "--lots", "1", who="an"))
        == "promise_of_audit"
    )
    shop.good(*promise, "certificate", "--document", "Photos of the doors", who="an")
    printed = shop.good("report", "audit", "A-1", "-o", str(tmp_path / "audit.pdf"), "--second-lang", "th")
    assert printed["pages"] >= 3
    for of in (("--audit", "A-1"), ("--supplier", "ACME")):
        (told,) = shop.good("report", "list", *of)["papers"]
        assert (told["document"], told["name"], told["digest"]) == ("audit", "A-1", printed["digest"])
    assert shop.good("verify")["ok"]


@pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b'{"qcdesk_audit": 1}', b"\xff"])
def test_what_is_no_audit_taken_along_is_refused(shop: Shop, tmp_path: Path, payload: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(payload)
    assert problem(shop(*AUDIT, "bring", str(file), who="an")) == "not_an_audit"
