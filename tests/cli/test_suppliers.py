# SPDX-License-Identifier: Apache-2.0
"""Suppliers by commands."""

from __future__ import annotations

from tests.cli.shops import Shop, problem, rule


def test_a_supplier_is_added_changed_and_listed(shop: Shop) -> None:
    added = shop.good("supplier", "add", "VN-1", "--name", "Đặng Cơ Khí", "--country", "VN", who="an")[
        "supplier"
    ]
    assert added["name"] == "Đặng Cơ Khí" and added["id"]
    changed = shop.good("supplier", "change", "VN-1", "--contact", "Ms Hoa", who="binh")["supplier"]
    assert (changed["contact"], changed["country"], changed["id"]) == ("Ms Hoa", "VN", added["id"])
    assert {s["code"] for s in shop.good("supplier", "list")["suppliers"]} == {"ACME", "VN-1"}


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
