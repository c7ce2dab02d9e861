# SPDX-License-Identifier: Apache-2.0
"""Suppliers by commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shops import Shop, problem, rule


def test_a_supplier_is_added_changed_and_listed(shop: Shop) -> None:
    added = shop.good("supplier", "add", "VN-1", "--name", "Đặng Cơ Khí", "--country", "VN", who="an")[
        "supplier"
    ]
    assert added["name"] == "Đặng Cơ Khí" and added["id"]
    changed = shop.good("supplier", "change", "VN-1", "--contact", "Ms Hoa", who="binh")["supplier"]
    assert (changed["contact"], changed["country"], changed["id"]) == ("Ms Hoa", "VN", added["id"])
    assert {s["code"] for s in shop.good("supplier", "list")["suppliers"]} == {"ACME", "VN-1"}


@pytest.mark.parametrize("name", ["重庆 ACME", "Đặng Cơ Khí", "ACME Steel"])
def test_a_supplier_called_as_another_one_is_saved_and_the_other_is_named(shop: Shop, name: str) -> None:
    shop.good("supplier", "add", "FIRST", "--name", name, who="an")
    add = ("supplier", "add", "AGAIN", "--name", name)
    said = shop(*add, who="an", text=True).out
    assert f"FIRST {name} could be the same supplier." in said
    alone = shop.good("supplier", "add", "ALONE", "--name", "Unlike any", who="an")
    assert alone["alike"] == []
    third = shop.good("supplier", "add", "THIRD", "--name", name, who="an")
    assert {"FIRST", "AGAIN"} <= set(third["alike"])


def test_numbers_that_do_not_check_are_said_where_they_are_saved(shop: Shop) -> None:
    numbers = ("--country", "VN", "--tax-number", "hello", "--gln", "1234567890123")
    said = shop("supplier", "add", "ODD", "--name", "Odd", *numbers, who="an", text=True).out
    assert "GLN 1234567890123: its check digit is wrong, or it has not 13 digits." in said
    assert "Tax number hello: not as this country forms them." in said


def test_a_code_is_given_once(shop: Shop) -> None:
    assert rule(shop("supplier", "add", "ACME", "--name", "Another", who="an")) == "already-there"


def test_a_supplier_shows_batches_and_only_compared_defects(shop: Shop) -> None:
    shop.batch()
    shop.check("an", "B-1", {"unit": 2, "defect": "SCR"})
    before = shop.good("supplier", "show", "ACME")
    assert before["batch_total"] == 1 and before["defect_total"] == 0
    shop.check("binh", "B-1", {"unit": 2, "defect": "SCR"})
    after = shop.good("supplier", "show", "ACME")
    assert after["defect_total"] >= 1 and after["defects"][0]["code"] == "SCR"


def test_an_unknown_supplier_is_bad_input(shop: Shop) -> None:
    ran = shop("supplier", "show", "NOBODY")
    assert problem(ran) == "unknown_supplier" and "NOBODY" in ran.err


def test_a_name_finds_its_supplier(shop: Shop) -> None:
    assert shop.good("supplier", "show", "重庆 ACME")["supplier"]["code"] == "ACME"
    assert "重庆 ACME" in shop("supplier", "list", text=True).out


def test_supplier_from_whom_there_are_batches_is_called_otherwise_by_two(shop: Shop) -> None:
    shop.batch()
    (code,) = (s["code"] for s in shop.good("supplier", "list")["suppliers"])
    change = ("supplier", "change", code, "--name", "Other Steel")
    assert rule(shop(*change, who="binh")) == "two-needed"
    assert shop.good(*change, who="binh", beside=("an",))["supplier"]["name"] == "Other Steel"


def test_a_supplier_is_blocked_by_one_and_delivers_again_by_two(shop: Shop) -> None:
    blocked = shop.good("supplier", "status", "ACME", "blocked", "--why", "cracks again", who="an")
    assert blocked["standing"]["status"] == "blocked" and blocked["standing"]["reason"] == "cracks again"
    shop.batch()
    for who in ("an", "binh"):
        shop.check(who, "B-1")
    assert rule(shop("batch", "release", "B-1", who="binh")) == "supplier-blocked"
    back = ("supplier", "status", "ACME", "approved", "--why", "moulds mended")
    assert rule(shop(*back, who="an")) == "two-needed"
    assert rule(shop("supplier", "status", "ACME", "blocked", "--why", "x", who="an")) == "status-stands"
    assert problem(shop("supplier", "status", "ACME", "gold", "--why", "x", who="an")) == "unknown_kind"
    assert shop.good(*back, who="an", beside=("binh",))["standing"]["status"] == "approved"
    assert "Approved since" in shop("supplier", "show", "ACME", text=True).out
    assert shop.good("batch", "release", "B-1", who="binh")["state"] == "released"


def test_contacts_numbers_and_certificates_stand_in_the_record(shop: Shop, tmp_path: Path) -> None:
    changed = shop.good("supplier", "change", "ACME", "--country", "VN", "--tax-number", "0100233488", "--gln",
                        "5901234123457", "--product", "PH-204", who="an")["supplier"]  # fmt: skip
    assert (changed["remarks"], changed["products"]) == ([], ["PH-204"])
    odd = shop.good("supplier", "change", "ACME", "--tax-number", "123", "--gln", "5901234123458", who="an")
    assert odd["supplier"]["remarks"] == ["gln", "tax_number"]
    assert "its check digit is wrong" in shop("supplier", "show", "ACME", text=True).out
    assert problem(shop("supplier", "change", "ACME", "--product", "NONE", who="an")) == "unknown_product"
    contact = ("supplier", "add-contact", "ACME", "--name", "Ms Hoa", "--language", "vi", "--mail")
    assert problem(shop(*contact, "hoa at acme", who="an")) == "no_mail_address"
    assert shop.good(*contact, "hoa@acme.example", who="an")["supplier"]["contacts"][0]["language"] == "vi"
    copy = tmp_path / "iso.pdf"
    copy.write_bytes(b"%PDF-1.4 a copy")
    paper = (
        "supplier",
        "add-certificate",
        "ACME",
        "--kind",
        "ISO 9001",
        "--until",
        "2020-01-31",
        "--file",
        str(copy),
    )
    assert shop.good(*paper, who="an")["supplier"]["certificates"][0]["sha256"]
    shown = shop("supplier", "show", "ACME", text=True).out
    assert "ISO 9001, lapsed on" in shown and "hoa@acme.example" in shown
    assert problem(shop("supplier", "remove-contact", "ACME", "--name", "Nobody", who="an")) == "not_listed"
    shop.good("supplier", "remove-contact", "ACME", "--name", "Ms Hoa", who="an")
    kept = shop.good("supplier", "remove-certificate", "ACME", "--kind", "ISO 9001", who="an")["supplier"]
    assert (kept["contacts"], kept["certificates"], kept["gln"]) == ([], [], "5901234123458")
    assert shop.good("verify")["problems"] == []


def test_suppliers_that_are_one_are_merged_and_taken_apart_by_two_planners(shop: Shop) -> None:
    shop.good("supplier", "add", "ACME-2", "--name", "Acme Chongqing", who="an")
    merge = ("supplier", "merge", "ACME-2", "ACME", "--why", "one firm, two names")
    assert problem(shop(*merge, who="an")) == "with_needed"
    told = shop.good(*merge, who="an", beside=("binh",))
    assert [(one["supplier"], one["same_as"], one["reason"]) for one in told["same"]] == [
        ("ACME-2", "ACME", "one firm, two names")
    ]
    assert shop.good("supplier", "show", "ACME")["same"] == told["same"]
    assert "Acme Chongqing is the same as" in shop("supplier", "show", "ACME", text=True).out
    shop.good("supplier", "status", "ACME-2", "blocked", "--why", "cracks", who="an")
    assert shop.good("supplier", "show", "ACME")["held_back_by"] == ["Acme Chongqing"]
    shop.good("supplier", "status", "ACME-2", "approved", "--why", "mended", who="an", beside=("binh",))
    assert rule(shop(*merge, who="an", beside=("binh",))) == "supplier-merged"
    circle = ("supplier", "merge", "ACME", "ACME-2", "--why", "the other way")
    assert rule(shop(*circle, who="an", beside=("binh",))) == "supplier-merged"
    itself = ("supplier", "merge", "ACME", "ACME", "--why", "itself")
    assert problem(shop(*itself, who="an", beside=("binh",))) == "same_supplier"
    apart = ("supplier", "unmerge", "ACME-2", "--why", "two firms")
    assert shop.good(*apart, who="an", beside=("binh",))["same"] == []
    assert problem(shop(*apart, who="an", beside=("binh",))) == "not_merged"


def test_certificates_that_lapse_are_listed_and_their_copies_saved_while_they_are_what_was_kept(
    shop: Shop, tmp_path: Path
) -> None:
    scan, out = tmp_path / "scan.pdf", tmp_path / "out.pdf"
    scan.write_bytes(b"%PDF-1.7 certificate")
    add = ("supplier", "add-certificate", "ACME", "--kind", "ISO 9001", "--until", "2026-03-20")
    shop.good(*add, "--file", str(scan), who="an")
    shop.good("supplier", "add-certificate", "ACME", "--kind", "RoHS", "--until", "2027-01-01", who="an")
    (one,) = shop.good("supplier", "certificates")["certificates"]
    said = one["certificate"]
    assert (one["supplier"], said["kind"], said["until"], one["lapsed"]) == (
        "ACME",
        "ISO 9001",
        "2026-03-20",
        False,
    )
    assert len(shop.good("supplier", "certificates", "--days", "999")["certificates"]) == 2
    assert "ISO 9001 of 重庆 ACME lapses on" in shop("supplier", "certificates", text=True).out
    save = ("supplier", "certificate", "ACME", "--kind", "ISO 9001", "-o", str(out))
    sha256 = shop.good(*save)["sha256"]
    assert out.read_bytes() == scan.read_bytes()
    assert problem(shop(*save)) == "file_exists"
    assert problem(shop("supplier", "certificate", "ACME", "--kind", "RoHS", "-o", str(out))) == "not_listed"
    (kept,) = shop.folder.rglob(sha256)
    kept.write_bytes(b"%PDF-1.7 another one")
    out.unlink()
    refused = shop(*save)
    assert refused.status not in (0, 2, 3) and not out.exists()
