# SPDX-License-Identifier: Apache-2.0
"""A batch through both checks by commands alone, with every way out, and what is refused on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shops import CONTENT, SAMPLE, Shop, problem, rule

SCRATCH = {"unit": 2, "defect": "SCR", "class": "major", "note": "vết xước"}


def test_starting_gives_the_sample_to_draw(shop: Shop) -> None:
    shop.batch()
    data = shop.good("check", "start", "B-1", who="an")
    sample = data["sample"]
    assert (data["place"], data["blind"], data["resumed"]) == ("first", False, False)
    assert sample["units"] == [1, 2, 3] and sample["n"] == SAMPLE
    assert len(set(sample["positions"])) == SAMPLE and all(1 <= u <= 20 for u in sample["positions"])
    assert {
        "class": "major",
        "n": 3,
        "ac": 0,
        "re": 1,
        "inspect_all": False,
        "stages": [{"n": 3, "cumulative_n": 3, "ac": 0, "re": 1}],
    } in sample["classes"]


def test_starting_again_goes_on_with_ones_own_check(shop: Shop) -> None:
    shop.batch()
    first = shop.good("check", "start", "B-1", who="an")
    again = shop.good("check", "start", "B-1", who="an")
    assert again["resumed"] is True and again["check"] == first["check"]
    assert again["sample"]["positions"] == first["sample"]["positions"]


def test_a_plan_is_shown_without_drawing(shop: Shop) -> None:
    shop.batch()
    data = shop.good("check", "start", "B-1", "--plan")
    assert data["check"] is None and data["sample"]["n"] == SAMPLE and data["sample"]["positions"] == []
    assert shop.good("batch", "show", "B-1", who="an")["state"] == "registered"


def test_two_people_accept_and_one_releases(shop: Shop) -> None:
    shop.batch()
    first = shop.check("an", "B-1")
    assert first["state"] == "awaiting_second"
    assert first["sign_off"]["place"] == "first" and first["sign_off"]["by"] == "an"
    assert len(first["sign_off"]["digest"]) == 64 and first["sign_off"]["at"][10] == "T"
    started = shop.good("check", "start", "B-1", who="binh")
    assert started["place"] == "second" and started["blind"] is True
    second = shop.check("binh", "B-1")
    assert second["state"] == "accepted"
    released = shop.good("batch", "release", "B-1", who="binh")
    assert released["state"] == "released" and released["released"] == 20
    shipped = shop.good("batch", "ship", "B-1", "--quantity", "20", "--to", "ACME", who="an")
    assert shipped["shipped"] == 20


def test_first_person_cannot_make_the_second_check(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1")
    ran = shop("check", "start", "B-1", who="an")
    assert rule(ran) == "same-person" and "Trần Bình can." in ran.err


def test_a_maker_cannot_make_the_second_check_or_release(shop: Shop) -> None:
    shop.third()
    shop.batch("B-1", "--maker", "binh=7")
    shop.check("an", "B-1")
    ran = shop("check", "start", "B-1", who="binh")
    assert rule(ran) == "maker" and ran.err.startswith("You made unit 7, so you cannot check this batch.")
    shop.check("chi", "B-1")
    assert rule(shop("batch", "release", "B-1", who="binh")) == "maker"


def test_a_maker_of_the_own_line_checks_first_only_where_allowed(shop: Shop) -> None:
    shop.good("batch", "register", "B-1", "--product", "PH-204", "--quantity", "20", "--line", "L1", "--maker", "an",
              who="an")  # fmt: skip
    assert rule(shop("check", "start", "B-1", who="an")) == "maker-first"


def test_makers_of_the_own_line_are_named_first(shop: Shop) -> None:
    shop.good("batch", "register", "B-1", "--product", "PH-204", "--quantity", "20", "--line", "L1", who="an")
    assert rule(shop("check", "start", "B-1", who="an")) == "makers-missing"


def test_nobody_enters_into_somebody_elses_check(shop: Shop) -> None:
    shop.batch()
    check = shop.good("check", "start", "B-1", who="an")["check"]
    assert rule(shop("check", "record", check, "-", who="binh", given='{"unit": 1}')) == "not-your-check"
    assert rule(shop("check", "sign", check, who="binh")) == "not-your-check"


def test_missing_units_block_the_signature(shop: Shop) -> None:
    shop.batch()
    check = shop.good("check", "start", "B-1", who="an")["check"]
    done = shop.record("an", check, {"unit": 1})
    assert (done["recorded"], done["done"], done["missing"]) == (1, 1, [2, 3])
    ran = shop("check", "sign", check, who="an")
    assert rule(ran) == "incomplete" and ran.err == "2 units have no result: 2, 3. Go to 2.\n"


def test_a_file_is_saved_whole_or_not_at_all(shop: Shop) -> None:
    shop.batch()
    check = shop.good("check", "start", "B-1", who="an")["check"]
    lines = '{"unit": 1}\n{"unit": 2, "defect": "SCR"}\n{"unit": 9}\n'
    ran = shop("check", "record", check, "-", who="an", given=lines)
    assert problem(ran) == "unit_not_drawn" and ran.error["where"] == {"file": "-", "row": 3}
    shown = shop.good("check", "show", check, who="an")
    assert shown["done"] == 0 and shown["findings"] == []


def test_a_finding_keeps_its_words_and_can_be_withdrawn(shop: Shop) -> None:
    shop.batch()
    check = shop.good("check", "start", "B-1", who="an")["check"]
    done = shop.record("an", check, SCRATCH)
    shown = shop.good("check", "show", "B-1", who="an")
    assert shown["findings"][0]["note"] == "vết xước" and shown["findings"][0]["class"] == "major"
    shop.record("an", check, {"withdraw": done["finding_ids"][0], "reason": "dust"})
    assert shop.good("check", "show", check, who="an")["findings"][0]["withdrawn"] == "dust"


def test_a_unit_is_left_out_only_where_the_procedure_allows(shop: Shop) -> None:
    shop.batch()
    check = shop.good("check", "start", "B-1", who="an")["check"]
    ran = shop("check", "record", check, "-", who="an", given='{"unit": 1}\n{"unit": 2, "not_done": "lost"}')
    assert rule(ran) == "not-done" and ran.error["where"] == {"file": "-", "row": 2}


def test_another_meaning_is_not_signed(shop: Shop) -> None:
    shop.batch()
    check = shop.good("check", "start", "B-1", who="an")["check"]
    shop.record("an", check, {"units": "1-3"})
    assert problem(shop("check", "sign", check, "--meaning", "I release", who="an")) == "meaning"
    assert (
        shop.good("check", "sign", check, "--meaning", "I inspected", who="an")["state"] == "awaiting_second"
    )


def disagreed(shop: Shop, number: str = "B-1") -> None:
    shop.batch(number)
    shop.check("an", number, SCRATCH)
    assert shop.check("binh", number)["state"] == "disagreed"


def test_a_third_person_settles_what_is_disputed(shop: Shop) -> None:
    shop.third()
    disagreed(shop)
    started = shop.good("check", "start", "B-1", who="chi")
    assert started["place"] == "third" and started["blind"] is False
    assert rule(shop("check", "sign", started["check"], who="chi")) == "unresolved"
    recorded = shop.record(
        "chi", started["check"], {"unit": 2, "defect": "SCR", "holds": False, "note": "dust"}
    )
    assert recorded["resolutions"] == 1
    assert shop.good("check", "show", started["check"], who="chi")["comes_to"] == "accepted"
    decided = shop.good("check", "sign", started["check"], "--meaning", "I decide", who="chi")
    assert decided["sign_off"]["place"] == "third" and decided["state"] == "accepted"
    assert shop.good("batch", "release", "B-1", who="chi")["state"] == "released"


def test_the_third_person_records_only_decisions(shop: Shop) -> None:
    shop.third()
    disagreed(shop)
    check = shop.good("check", "start", "B-1", who="chi")["check"]
    assert problem(shop("check", "record", check, "-", who="chi", given='{"unit": 2}')) == "is_third"
    ran = shop("check", "record", check, "-", who="chi", given='{"unit": 1, "defect": "SCR", "holds": true}')
    assert problem(ran) == "not_disputed"


def test_one_of_the_two_cannot_decide(shop: Shop) -> None:
    shop.third()
    disagreed(shop)
    ran = shop("check", "start", "B-1", who="binh")
    assert rule(ran) == "same-person" and "Chi can." in ran.err


def test_either_of_the_two_rejects_after_all(shop: Shop) -> None:
    disagreed(shop)
    data = shop.good("check", "reject-after-all", "B-1", "--why", "seen now", who="binh")
    assert data["state"] == "rejected"
    assert shop.good("batch", "show", "B-1", who="an")["state"] == "rejected"


def test_both_do_it_again_once_on_a_fresh_sample(shop: Shop) -> None:
    disagreed(shop)
    assert problem(shop("check", "again", "B-1", "--why", "light", who="an")) == "with_needed"
    shop.good("check", "again", "B-1", "--why", "light", who="an", beside=("binh",))
    shop.check("an", "B-1", SCRATCH)
    assert shop.check("binh", "B-1")["state"] == "disagreed"
    ran = shop("check", "again", "B-1", "--why", "light", who="an", beside=("binh",))
    assert rule(ran) == "again-once"


def test_a_signed_check_is_taken_back_by_a_new_record(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1")
    data = shop.good("check", "retract", "B-1", "--why", "wrong lamp", who="an")
    assert data["then"] == "new_round"
    assert shop.check("an", "B-1")["state"] == "awaiting_second"
    assert [r["no"] for r in shop.good("batch", "show", "B-1", who="an")["rounds"]] == [1, 2]


def test_a_check_set_aside_frees_its_place(shop: Shop) -> None:
    shop.batch()
    check = shop.good("check", "start", "B-1", who="an")["check"]
    shop.record("an", check, {"unit": 1})
    assert shop.good("check", "set-aside", check, "--why", "ill", who="binh")["place"] == "first"
    assert rule(shop("check", "record", check, "-", who="an", given='{"unit": 2}')) == "check-closed"
    assert shop.good("check", "start", "B-1", who="binh")["place"] == "first"


def test_the_last_possible_second_person_keeps_the_place(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1")
    assert rule(shop("check", "give-up", "B-1", "--why", "owner", who="binh")) == "last-second"
    shop.third()
    shop.good("check", "give-up", "B-1", "--why", "owner", who="binh")
    assert rule(shop("check", "start", "B-1", who="binh")) == "gave-up-place"


def test_rejected_goods_are_scrapped_by_two_and_stay_found(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1", SCRATCH)
    shop.check("binh", "B-1", SCRATCH)
    assert shop.good("batch", "place", "B-1", "Cage 2", who="an")["stands"] == "Cage 2"
    args = ("batch", "dispose", "B-1", "--disposition", "scrap", "--why", "bent")
    assert problem(shop(*args, who="an")) == "with_needed"
    assert shop.good(*args, who="an", beside=("binh",))["state"] == "scrapped"
    assert rule(shop("batch", "place", "B-1", "Cage 3", who="an")) == "state"
    told = [one["text"] for one in shop.good("batch", "timeline", "B-1", who="an")["entries"]]
    assert "The goods stand here: Cage 2" in told and "Scrapped: bent" in told


def test_rejected_goods_go_different_ways_by_two_and_add_up(shop: Shop) -> None:
    shop.batch()
    args = ("batch", "split", "B-1", "--why", "bent", "--part")
    assert rule(shop(*args, "20=scrap", who="an", beside=("binh",))) == "state"
    shop.check("an", "B-1", SCRATCH)
    shop.check("binh", "B-1", SCRATCH)
    assert problem(shop(*args, "20=scrap", who="an")) == "with_needed"
    two: dict[str, Any] = {"who": "an", "beside": ("binh",)}
    for wrong in ("20", "20=sell", "20=scrap;colour=red"):
        assert problem(shop(*args, wrong, **two)) == "parts_form"
    assert problem(shop(*args, "20=regrade", **two)) == "missing"
    assert problem(shop(*args, "20=inspect", **two)) == "inspects_untouched"
    assert problem(shop(*args, "20=scrap;units=3", **two)) == "unit_not_critical"
    for parts in (("19=scrap",), ("19=scrap", "--keep", "2"), ("10=sort", "--part", "9=scrap")):
        assert rule(shop(*args, *parts, **two)) == "quantities"
    assert rule(shop(*args, "20=sort", "--part", "0=scrap", **two)) == "part-small"
    assert rule(shop(*args, "20=scrap;number=B-1", **two)) == "already-there"
    assert rule(shop(*args, "20=scrap", who="an", beside=("an",))) in ("self-confirm", "two-needed")
    data = shop.good(
        *args, "10=regrade;terms=B, inner parts", "--part", "4=return;number=B-1X", "--keep", "6", **two
    )
    assert (data["state"], data["here"]) == ("rejected", 6)
    assert [(p["number"], p["quantity"], p["way"]) for p in data["parts"]] == [
        ("B-1/1", 10, "regrade"),
        ("B-1X", 4, "return"),
    ]
    part = shop.good("batch", "show", "B-1/1", who="an")["part_of"]
    assert (part["number"], part["of"], part["terms"]) == ("B-1", 20, "B, inner parts")
    assert rule(shop("check", "start", "B-1/1", who="an")) == "reworkers-missing"
    told = [one["text"] for one in shop.good("batch", "timeline", "B-1X", who="an")["entries"]]
    assert told[-1] == "Split into B-1/1 (10), B-1X (4); 6 stay: bent"
    shop.good("verify")


def test_rework_leads_to_a_tightened_round_of_two_people(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1", SCRATCH)
    assert shop.check("binh", "B-1", SCRATCH)["state"] == "rejected"
    args = ("batch", "dispose", "B-1", "--disposition", "rework", "--why", "polish")
    assert problem(shop(*args, who="an")) == "with_needed"
    shop.good(*args, who="an", beside=("binh",))
    shop.good("person", "maker", "Đỗ Em", "--staff", "77", who="an")
    done = shop.good("batch", "reworked", "B-1", "--by", "77", "--note", "polished", who="an")
    assert done["next_severity"] == "tightened"
    shop.check("an", "B-1")
    assert shop.check("binh", "B-1")["state"] == "accepted"
    assert shop.good("batch", "release", "B-1", who="binh")["state"] == "released"


def test_readings_are_taken_as_typed_and_need_a_calibrated_instrument(shop: Shop) -> None:
    variable = {"code": "DIA", "name": "Bore", "kind": "variable", "class": "major", "unit": "mm", "nominal": "12",
                "lower": "11.98", "upper": "12.05"}  # fmt: skip
    shop.procedure(characteristics=[variable])
    shop.good("instrument", "add", "C-03", "--kind", "caliper", "--until", "2026-02-01", who="an")
    shop.good("instrument", "add", "C-07", "--kind", "caliper", "--until", "2027-02-02", who="an")
    shop.batch()
    check = shop.good("check", "start", "B-1", who="an")["check"]
    reading = {"unit": 1, "characteristic": "DIA", "value": "12,030", "instrument": "C-03"}
    ran = shop("check", "record", check, "-", who="an", given=json.dumps(reading))
    assert rule(ran) == "instrument-overdue" and ran.error["where"] == {"file": "-", "row": 1}
    assert "Use C-07, good until 2 Feb 2027." in ran.err
    shop.record("an", check, *({**reading, "unit": u, "instrument": "C-07"} for u in (1, 2, 3)))
    shown = shop.good("check", "show", check, who="an")["readings"][0]
    assert shown["raw"] == "12,030" and shown["value"] == "12.03" and shown["inside"] is True
    assert shop.good("check", "sign", check, who="an")["state"] == "awaiting_second"


def test_tallied_goods_are_counted(shop: Shop) -> None:
    shop.procedure(tally=True)
    shop.batch()
    check = shop.good("check", "start", "B-1", who="an")["check"]
    done = shop.record("an", check, {"tallied": 3}, {"defect": "SCR", "count": 1})
    assert done["tallied"] == 3 and done["findings"] == 1
    assert shop.good("check", "sign", check, who="an")["state"] == "awaiting_second"


def test_a_photo_is_kept_with_its_finding(shop: Shop, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (8, 8), "red").save(tmp_path / "a.png")
    file = tmp_path / "lines.jsonl"
    file.write_text(json.dumps({**SCRATCH, "photo": "a.png"}), encoding="utf-8")
    shop.batch()
    check = shop.good("check", "start", "B-1", who="an")["check"]
    shop.good("check", "record", check, str(file), who="an")
    assert len(shop.good("check", "show", check, who="an")["findings"][0]["photo"]) == 64


def test_a_wrong_secret_changes_nothing(shop: Shop) -> None:
    shop.batch()
    from qcdesk.cli.doors import Doors
    from tests.cli.console import Console

    ran = Console(Doors(open_workspace=shop.open))(
        "--workspace",
        shop.workspace,
        "--as",
        "an",
        "--secret-stdin",
        "check",
        "start",
        "B-1",
        "--json",
        given="wrong\n",
    )
    assert rule(ran) == "wrong-secret" and ran.err.startswith("Wrong password for an.")
    assert shop.good("batch", "show", "B-1", who="an")["state"] == "registered"


@pytest.mark.parametrize(("who", "code"), [("", "as_needed"), ("nobody", "unknown_login")])
def test_who_acts_has_to_be_known(shop: Shop, who: str, code: str) -> None:
    shop.batch()
    assert problem(shop("check", "start", "B-1", who=who)) == code


def test_every_line_can_be_said_at_length(shop: Shop) -> None:
    """A stretched language meets every placeholder of the sentences on the way."""
    shop.batch()
    shop.check("an", "B-1", SCRATCH)
    shop.check("binh", "B-1", {"unit": 1, "defect": "CRK"})
    for command in (("batch", "show"), ("batch", "timeline"), ("compare",)):
        ran = shop("--lang", "x-long", *command, "B-1", who="an", text=True)
        assert ran.status in (0, 1) and "~" in ran.out and "{" not in ran.out


def test_words_for_people_name_what_comes_next(shop: Shop) -> None:
    shop.batch()
    told = shop("check", "start", "B-1", who="an", text=True).out
    assert told.startswith("First check of batch B-1\n") and "3 units in the sample" in told
    shop.record("an", "B-1", {"units": "1-3"})
    signed = shop("check", "sign", "B-1", who="an", text=True).out
    assert "Major: 0 found, 0 allowed, 1 reject." in signed and "Stickers off" in signed


def test_somebody_else_at_the_place_is_named(shop: Shop) -> None:
    shop.third()
    shop.batch()
    shop.check("an", "B-1")
    shop.good("check", "start", "B-1", who="binh")
    ran = shop("check", "start", "B-1", who="chi")
    assert rule(ran) == "place-taken" and ran.err.startswith("Trần Bình is making the second check.")


def test_who_reworked_makes_no_second_check_and_no_release(shop: Shop) -> None:
    shop.third()
    shop.batch()
    shop.check("an", "B-1", SCRATCH)
    shop.check("binh", "B-1", SCRATCH)
    shop.good("batch", "dispose", "B-1", "--disposition", "rework", "--why", "x", who="an", beside=("binh",))
    shop.good("batch", "reworked", "B-1", "--by", "binh", who="an")
    shop.check("an", "B-1")
    assert rule(shop("check", "start", "B-1", who="binh")) == "reworker"
    shop.check("chi", "B-1")
    assert rule(shop("batch", "release", "B-1", who="binh")) == "reworker"


def test_rework_that_leaves_nobody_is_pointed_out_with_the_name(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1", SCRATCH)
    shop.check("binh", "B-1", SCRATCH)
    shop.good("batch", "dispose", "B-1", "--disposition", "rework", "--why", "x", who="an", beside=("binh",))
    args = ("batch", "reworked", "B-1", "--by", "an", "--by", "binh")
    ran = shop(*args, who="an")
    assert rule(ran) == "nobody-left"
    assert rule(shop(*args, "--knowing", who="an")) == "two-needed"
    shop.good(*args, "--knowing", who="an", beside=("binh",))


def test_taking_the_first_place_that_leaves_nobody_is_pointed_out(shop: Shop) -> None:
    shop.batch("B-1", "--maker", "binh")
    ran = shop("check", "start", "B-1", who="an")
    assert rule(ran) == "nobody-left"
    assert shop.good("check", "start", "B-1", "--knowing", who="an")["place"] == "first"


def test_who_has_seen_the_first_check_makes_no_second(shop: Shop, tmp_path: Path) -> None:
    shop.third("chi", "auditor")
    shop.batch()
    shop.check("an", "B-1", SCRATCH)
    shop.good("report", "inspection", "B-1", "-o", str(tmp_path / "early.pdf"), who="chi")
    shop.good("person", "grant", "chi", "--role", "inspector", who="an", beside=("binh",))
    assert rule(shop("check", "start", "B-1", who="chi")) == "seen-first"
    seen = shop.good("audit-trail", "--person", "chi", who="an")["entries"]
    assert "The first check was seen before the second was signed." in [one["text"] for one in seen]


DOUBLE = [
    {"class": "critical", "kind": "zero", "n": 5},
    {"class": "major", "kind": "aql", "aql": 6.5, "plan_type": "double"},  # 8 and 8 of 60
]


def test_a_double_plan_asks_for_its_second_sample_by_command(shop: Shop) -> None:
    shop.procedure(rules=DOUBLE)
    shop.good(
        "batch", "register", "B-1", "--product", "PH-204", "--quantity", "60", "--supplier", "ACME", who="an"
    )
    started = shop.good("check", "start", "B-1", who="an")
    assert (started["sample"]["units"], started["sample"]["of"]) == (list(range(1, 9)), 16)
    assert [s["re"] for s in started["sample"]["classes"][1]["stages"]] == [3, 4]
    check = started["check"]
    answer = shop.record("an", check, {"units": list(range(1, 9))}, SCRATCH)
    assert answer["next"] == [
        "Major: 1 found, accept at 0, reject at 3: take the second sample, 8 more units."
    ]
    assert (answer["missing"], answer["asked"], answer["may_end"]) == (list(range(9, 17)), 16, False)
    assert answer["classes"][1]["verdict"] == "undecided"
    refused = shop("check", "sign", check, who="an")
    assert rule(refused) == "incomplete" and "9" in refused.err
    shop.record("an", check, {"units": list(range(9, 17))})
    signed = shop.good("check", "sign", check, who="an")
    assert (signed["classes"][1]["stage"], signed["classes"][1]["verdict"]) == (2, "accepted")


def test_a_double_plan_that_cannot_be_is_refused_by_its_reason(shop: Shop) -> None:
    content = {**CONTENT, "rules": DOUBLE, "tally": True}
    told = shop(
        "procedure", "add", "-", who="an", given=json.dumps({"procedure": "IP-9", "content": content})
    )
    assert problem(told) == "samples_are_blind"
    assert "_" not in told.err


def test_goods_are_not_parted_while_they_are_checked_nor_out_of_sight(shop: Shop) -> None:
    two: dict[str, Any] = {"who": "an", "beside": ("binh",)}
    shop.good("person", "maker", "Đỗ Em", "--staff", "77", who="an")
    made = ("batch", "register", "B-1", "--product", "PH-204", "--line", "L1", "--quantity", "20")
    shop.good(*made, "--maker", "77", who="an")
    shop.good("batch", "hold", "B-1", "--why", "a crack at the bench", who="binh")
    args = ("batch", "split", "B-1", "--why", "cracked", "--part")
    assert problem(shop(*args, "10=scrap", "--keep", "10", **two)) == "keeps_rejected"
    assert problem(shop(*args, "20=return", **two)) == "returns_nowhere"
    shop.good("batch", "lift", "B-1", "--why", "a hair", **two)
    shop.good("check", "start", "B-1", who="binh")
    scrap = ("batch", "dispose", "B-1", "--disposition", "scrap", "--why", "cracked")
    for act in ((*args, "20=scrap"), scrap):
        assert rule(shop(*act, **two)) == "state"
    shop.batch("B-2")
    for who in ("an", "binh"):
        shop.check(who, "B-2", {"unit": 1, "defect": "CRK"})
    args = ("batch", "split", "B-2", "--why", "cracked", "--part")
    assert rule(shop(*args, "10=sort", "--part", "10=scrap", **two)) == "critical-nowhere"
    assert shop.good("batch", "show", "B-2")["state"] == "rejected"
