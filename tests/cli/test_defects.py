# SPDX-License-Identifier: Apache-2.0
"""Defects reported from outside, by command."""

from __future__ import annotations

from tests.cli.shops import Shop, problem


def test_a_report_from_outside_counts_for_the_supplier(shop: Shop) -> None:
    shop.good("catalogue", "add", "BRK", "--name", "Broken", "--class", "major", who="an")
    args = ("defect", "report", "BRK", "--source", "Khách hàng", "--supplier", "ACME", "--count", "3")
    told = shop.good(*args, "--found-on", "2026-02-01", "--reference", "KH-7", who="an")["defect"]
    assert (told["class"], told["count"], told["name"]) == ("major", 3, "Broken")
    defects = shop.good("supplier", "show", "ACME")["defects"]
    assert [(d["code"], d["count"], d["source"]) for d in defects] == [("BRK", 3, "Khách hàng")]


def test_a_code_that_nobody_knows_needs_its_name_and_class(shop: Shop) -> None:
    assert problem(shop("defect", "report", "XXX", "--source", "A", who="an")) == "unknown_defect"
    assert (
        problem(shop("defect", "report", "XXX", "--source", "A", "--name", "X", "--class", "big", who="an"))
        == "defect_class"
    )
    slip = ("defect", "report", "XXX", "--source", "A", "--class", "minor")
    assert problem(shop(*slip, who="an")) == "unknown_defect"
    assert shop.good(*slip, "--name", "Bent pin", who="an")["defect"]["name"] == "Bent pin"


def test_no_code_of_a_defect_reads_like_what_an_audit_found(shop: Shop) -> None:
    ran = shop("catalogue", "add", "A-1/LEG", "--name", "Leg", "--class", "major", who="an")
    assert problem(ran) == "code_of_audit"


def test_a_report_by_the_name_of_a_code_is_on_that_code_and_says_so(shop: Shop) -> None:
    shop.procedure("IP-204")
    args = ("defect", "report", "scratch", "--source", "A", "--product", "PH-204")
    ran = shop(*args, who="an", text=True)
    assert "“scratch” is taken as SCR." in ran.out


def test_a_code_that_the_procedure_of_the_batch_lists_is_taken_with_its_name_and_class(shop: Shop) -> None:
    shop.batch("B-1")
    told = shop.good("defect", "report", "SCR", "--source", "A", "--batch", "B-1", who="an")["defect"]
    assert (told["name"], told["class"]) == ("Scratch", "major")
    shop.check("an", "B-1")
    later = shop.good("defect", "report", "SCR", "--source", "B", "--batch", "B-1", who="an")["defect"]
    assert later["name"] == "Scratch"
    goods = shop.good("defect", "report", "SCR", "--source", "C", "--product", "PH-204", who="an")["defect"]
    assert goods["class"] == "major"
    assert problem(shop("defect", "report", "SCR", "--source", "D", who="an")) == "unknown_defect"
