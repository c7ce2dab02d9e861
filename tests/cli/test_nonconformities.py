# SPDX-License-Identifier: Apache-2.0
"""Nonconformities by commands: the whole way of one, and what is refused."""

from __future__ import annotations

from qcdesk import config
from qcdesk.i18n import load
from tests.cli.shops import Shop, off_paper, problem, rule

SCRATCHED = {"unit": 1, "defect": "SCR"}
SAID = ("--quantity", "6", "--containment", "set apart in cage 2", "--due", "2030-01-01")
OPEN = ("nonconformity", "open", "B-1", *SAID)


def rejected(shop: Shop) -> None:
    shop.procedure("IP-204", rules=[{"defect_class": name, "kind": "zero", "n": 5}
                                    for name in ("critical", "major", "minor")])  # fmt: skip
    shop.batch()
    for who in ("an", "binh"):
        shop.check(who, "B-1", SCRATCHED)


def test_one_goes_from_its_opening_to_what_was_decided_by_commands(shop: Shop) -> None:
    rejected(shop)
    opened = shop.good(*OPEN, "--code", "SCR", who="an")
    assert (opened["nonconformity"], opened["owner"], opened["of"], opened["closed"]) == (
        "NC-1", "An Nguyễn", 20, False)  # fmt: skip
    assert [(d["code"], d["units"]) for d in opened["defects"]] == [("SCR", 1)]
    note = shop.folder / "mould.txt"
    note.write_text("mould 7", "utf-8")
    shop.good("nonconformity", "note", "NC-1", "the mould was worn", "--attach", str(note), who="binh")
    saving = ("nonconformity", "file", "NC-1")
    again = shop.folder / "again.txt"
    assert shop.good(*saving, "mould.txt", "-o", str(again))["name"] == "mould.txt"
    assert again.read_text("utf-8") == "mould 7"
    assert problem(shop(*saving, "mould.txt", "-o", str(again))) == "file_exists"
    assert problem(shop(*saving, "other.txt", "-o", str(again) + "2")) == "no_such_file"
    shop.good("nonconformity", "contain", "nc-1", "stock looked through", who="binh")
    given = shop.good("nonconformity", "hand-over", "1", "--to", "binh", "--why", "knows it", who="an")
    assert (given["owner"], given["hand_overs"], given["containment"]) == (
        "Trần Bình", 1, "stock looked through")  # fmt: skip
    later = shop.good(
        "nonconformity", "due", "NC-1", "2031-02-03", "--why", "supplier answers late", who="an"
    )
    assert (later["due"], later["overdue"]) == ("2031-02-03", False)
    action = ("supplier", "corrective-action", "open", "ACME", "--title", "Scratches", "--code", "SCR")
    shop.good(*action, who="an")
    linked = shop.good("nonconformity", "link", "NC-1", "CA-1", who="an")
    assert linked["actions"] == [{"action": "CA-1", "title": "Scratches"}]
    assert shop.good("nonconformity", "link", "NC-1", "CA-1", "--undo", who="an")["actions"] == []
    assert problem(shop("nonconformity", "close", "NC-1", who="binh")) == "missing"
    shop.good(
        "batch",
        "dispose",
        "B-1",
        "--disposition",
        "return",
        "--why",
        "back to the maker",
        who="an",
        beside=("binh",),
    )
    assert rule(shop("nonconformity", "close", "NC-1", who="an")) == "nonconformity-own"
    closed = shop.good("nonconformity", "close", "NC-1", who="binh")
    [decided] = closed["decided"]
    assert (closed["closed"], decided["kind"], decided["closed_over"]) == (True, "return", True)
    assert shop.good("nonconformity", "list")["nonconformities"] == []
    assert "No nonconformity is open." in shop("nonconformity", "list", text=True).out
    assert rule(shop("nonconformity", "note", "NC-1", "more", who="an")) == "nonconformity"
    shop.good("nonconformity", "reopen", "NC-1", "--why", "more came", "--due", "2032-01-01", who="binh")
    for only in (("--owner", "binh"), ("--batch", "B-1"), ("--supplier", "ACME")):
        [listed] = shop.good("nonconformity", "list", *only)["nonconformities"]
        assert listed["nonconformity"] == "NC-1"
    shown = shop("nonconformity", "show", "NC-1", text=True).out
    assert "SCR Scratch" in shown and "Return of 20 units to the supplier was decided" in shown
    told = [e["text"] for e in shop.good("batch", "timeline", "B-1", who="an")["entries"]]
    assert "Nonconformity NC-1 was opened; 6 are affected." in told
    assert shop.good("verify")["ok"]


def test_what_cannot_be_is_refused_and_nothing_is_saved(shop: Shop) -> None:
    rejected(shop)
    assert problem(shop(*OPEN, "--code", "SCR", "--quantity", "21", who="an")) == "affected_outside"
    assert problem(shop(*OPEN, "--code", "SCR", "--due", "2020-01-01", who="an")) == "day_past"
    asked = ("--quantity", "21", "--until", "2099-01-01", "--deviation", "thin", "--reference", "K-7")
    told = shop("concession", "request", "B-1", *asked, who="an", text=True).err
    assert "A concession is asked for 21 units of batch B-1, and 20 are there." in told
    assert problem(shop(*OPEN, "--code", "DEN", who="an")) == "code_not_claimed"
    assert problem(shop(*OPEN, who="an")) == "missing"
    assert problem(shop(*OPEN, "--code", "SCR", "--owner", "nobody", who="an")) == "unknown_person"
    assert problem(shop("nonconformity", "show", "NC-1")) == "unknown_nonconformity"
    assert problem(shop("nonconformity", "show", "one")) == "nonconformity_number"
    shop.batch("B-2")
    wet = ("nonconformity", "open", "B-2", *SAID, "--what", "wet boxes")
    assert rule(shop(*wet, who="an")) == "nothing-nonconforming"
    shop.check("an", "B-2", SCRATCHED)
    assert rule(shop(*wet, who="an")) == "nonconformity-blind"
    assert shop.good("nonconformity", "list", "--all")["nonconformities"] == []


def test_two_together_are_about_no_more_units_than_there_are(shop: Shop) -> None:
    rejected(shop)
    shop.good(*OPEN, "--code", "SCR", "--quantity", "15", who="an")
    assert problem(shop(*OPEN, "--code", "SCR", who="an")) == "affected_together"
    told = shop(*OPEN, "--code", "SCR", who="an", text=True).err
    assert "Together with NC-1, 21 units would be affected by SCR: the batch has 20." in told


def test_the_report_tells_what_is_wrong_what_was_done_and_what_was_decided(shop: Shop) -> None:
    rejected(shop)
    shop.good(*OPEN, "--code", "SCR", who="an")
    file = shop.folder / "nc.pdf"
    assert problem(shop("report", "nonconformity", "NC-2", "-o", str(file))) == "unknown_nonconformity"
    before = shop.good("report", "nonconformity", "NC-1", "-o", str(file))
    _, text = off_paper(file.read_bytes())
    assert before["pages"] == 1 and "Open, due" in text and "Nothing was decided of the goods yet." in text
    return_it = ("batch", "dispose", "B-1", "--disposition", "return", "--why", "worn mould")
    shop.good(*return_it, who="an", beside=("binh",))
    shop.good("nonconformity", "close", "NC-1", "--why", "the supplier took it back", who="binh")
    file.unlink()
    shop.good("report", "nonconformity", "NC-1", "-o", str(file), "--paper", "Letter", "--second-lang", "vi")
    _, text = off_paper(file.read_bytes())
    for said in ("SCR Scratch, major: 1 unit", "6 units of 20 affected", "set apart in cage 2", "(event ",
                 "Return of 20 units to the supplier was decided by An Nguyễn and Trần Bình: worn mould",
                 "Closed by Trần Bình", load("vi", config.resource("translations")).say("Containment")):  # fmt: skip
        assert said in " ".join(text.split()), text
