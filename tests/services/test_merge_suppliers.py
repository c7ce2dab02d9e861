# SPDX-License-Identifier: Apache-2.0
"""Suppliers that are one: read together, held back together, and what they were before once they are taken apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from qcdesk.domain.events import BatchSaved, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.refusals import (
    BudgetSpent,
    ChangedMeanwhile,
    InspectionDiscontinued,
    MissingRole,
    ReleaseStopped,
    SupplierBlocked,
    SupplierIsAnother,
    TwoNeeded,
)
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.switching import Switching
from qcdesk.services.concessions import Wish
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.figure_rows import FigureRow
from qcdesk.services.merge_suppliers import alikes_of, likeness
from qcdesk.services.rows import SupplierPage
from qcdesk.services.scorecards import scorecard
from qcdesk.services.supplier_comparisons import compared
from qcdesk.store import figures
from qcdesk.store.readers import SqlReaders
from qcdesk.store.verification import verify
from tests.workspace import PROCEDURE, PRODUCT, House, refused

RULES = (
    ClassRule("critical", "zero", Decimal("4.0")),
    ClassRule("major", "aql", Decimal("4.0")),
    ClassRule("minor", "aql", Decimal("6.5")),
)
DUE = date(2099, 1, 1)


@pytest.fixture
def shop(house: House) -> House:
    """Return a house with three suppliers; its procedure switches."""
    house.approve(switching=Switching(), rules=RULES, characteristics=())
    for code in ("S2", "S3"):
        house.use.save_supplier(house.sittings["linh"], SupplierSaved("", code, f"Works {code}"))
    return house


def supplier(house: House, code: str) -> str:
    with house.use.look() as uow:
        return uow.supplier(code).supplier


def merge(house: House, code: str = "S2", same_as: str = "S1") -> None:
    house.use.merge_suppliers(house.hands["linh"], house.hands["som"], code, same_as, "one firm, two names")


def unmerge(house: House, code: str = "S2") -> None:
    house.use.unmerge_suppliers(house.hands["linh"], house.hands["som"], code, "two firms after all")


def lot(house: House, number: str, code: str, bad: int = 0) -> None:
    """Check a lot of a supplier to its verdict, with dents on so many units."""
    house.batch(number, supplier=supplier(house, code))
    found = dict.fromkeys(range(1, bad + 1), "DEN")
    house.check("linh", number, found)
    house.check("som", number, found)


def read(house: House) -> SqlReaders:
    return SqlReaders(house.database.reading, house.use.look)


def page(house: House, code: str) -> SupplierPage:
    return read(house).supplier(supplier(house, code))


def rows(house: House, code: str) -> tuple[FigureRow, ...]:
    return read(house).figures(supplier(house, code)).rows


def whole(house: House) -> None:
    """Hold the log against the rules written apart, and the figures against a full recount."""
    found = verify(house.database)
    assert found.problems == () and not found.remarks
    with house.database.reading() as connection:
        assert figures.differing(connection) == 0


def test_two_planners_say_that_suppliers_are_one_and_two_take_them_apart(shop: House) -> None:
    linh, som = shop.hands["linh"], shop.hands["som"]
    shop.enrol("minh", "Trần Văn Minh", "inspector", "releaser")
    minh = shop.hands["minh"]
    said = refused(TwoNeeded, lambda: shop.use.merge_suppliers(linh, linh, "S2", "S1", "one firm"))
    assert said.act == "merge_suppliers"
    refused(MissingRole, lambda: shop.use.merge_suppliers(linh, minh, "S2", "S1", "one firm"))
    with pytest.raises(BadInput, match="missing"):
        shop.use.merge_suppliers(linh, som, "S2", "S1", " ")
    with pytest.raises(BadInput, match="unknown_supplier"):
        shop.use.merge_suppliers(linh, som, "S2", "S77", "one firm")
    with pytest.raises(BadInput, match="not_merged"):
        unmerge(shop)
    merge(shop)
    (one,) = page(shop, "S1").same
    assert page(shop, "S2").same == (one,) and page(shop, "S3").same == ()
    assert (one.code, one.root_code, one.merge.reason) == ("S2", "S1", "one firm, two names")
    assert one.merge.by == ("Nguyễn Thị Linh", "สมชาย ศรีสุข")
    refused(TwoNeeded, lambda: shop.use.unmerge_suppliers(linh, linh, "S2", "no"))
    refused(MissingRole, lambda: shop.use.unmerge_suppliers(linh, minh, "S2", "no"))
    refused(
        ChangedMeanwhile, lambda: shop.use.unmerge_suppliers(linh, som, "S2", "no", seen=one.merge.seq - 1)
    )
    shop.use.unmerge_suppliers(linh, som, "S2", "two firms", seen=one.merge.seq)
    assert page(shop, "S1").same == page(shop, "S2").same == ()
    merge(shop)
    whole(shop)


def test_there_are_no_chains_and_no_circles(shop: House) -> None:
    with pytest.raises(BadInput, match="same_supplier"):
        merge(shop, "S2", "S2")
    merge(shop)
    for code, same_as, act in (
        ("S2", "S3", "merge"), ("S2", "S1", "merge"), ("S3", "S2", "into"), ("S1", "S3", "has"), ("S1", "S2", "into"),
    ):  # fmt: skip
        said = refused(SupplierIsAnother, lambda c=code, s=same_as: merge(shop, c, s))  # type: ignore[misc]
        assert said.act == act
    merge(shop, "S3", "S1")
    unmerge(shop, "S2")
    merge(shop, "S2", "S1")
    whole(shop)


def test_new_batches_come_from_the_one_that_a_supplier_is_the_same_as(shop: House) -> None:
    merge(shop)
    two = supplier(shop, "S2")
    said = refused(SupplierIsAnother, lambda: shop.batch("NEW-1", supplier=two))
    assert (said.act, said.supplier, said.other) == ("batch", "S2 Works S2", f"S1 {shop.supplier.name}")
    shop.batch("NEW-2")
    with shop.use.look() as uow:
        saved = uow.batch("NEW-2").saved
    refused(
        SupplierIsAnother,
        lambda: shop.use.register_batch(shop.sittings["linh"], replace(saved, supplier=two)),
    )
    unmerge(shop)
    shop.batch("NEW-1", supplier=two)
    merge(shop)
    with shop.use.look() as uow:
        before = uow.batch("NEW-1").saved
    changed: BatchSaved = replace(before, note="as it came")
    shop.use.register_batch(shop.sittings["linh"], changed)  # what came before stays its own
    whole(shop)


def test_a_block_of_one_keeps_the_goods_of_each_from_being_released(shop: House) -> None:
    for number, code in (("A-1", "S1"), ("B-1", "S2"), ("C-1", "S3")):
        lot(shop, number, code)
    merge(shop, "S2", "S1")
    merge(shop, "S3", "S1")
    shop.use.set_supplier_status(shop.hands["linh"], None, "S3", "blocked", "cracks")
    for number in ("A-1", "B-1", "C-1"):
        said = refused(SupplierBlocked, lambda n=number: shop.use.release_batch(shop.hands["som"], n))  # type: ignore[misc]
        assert said.supplier == "Works S3"
    unmerge(shop, "S2")
    shop.use.release_batch(shop.hands["som"], "B-1")
    refused(SupplierBlocked, lambda: shop.use.release_batch(shop.hands["som"], "A-1"))
    whole(shop)


def test_lots_of_either_decide_a_promise_and_what_comes_again_holds_back_both(shop: House) -> None:
    linh = shop.sittings["linh"]
    lot(shop, "B-0", "S2")
    shop.use.open_action(linh, NewAction(supplier(shop, "S2"), "Dents", ("DEN",), PRODUCT))
    test = PromiseTest("rate", "DEN", percent=Decimal("0.5"), lots=2)
    shop.use.make_promise(linh, "CA-1", "No more dents", DUE, test)
    lot(shop, "A-1", "S1")
    merge(shop)

    def lots() -> tuple[str, ...]:
        return shop.use.corrective_action("CA-1").promises[0].decision.lots

    assert lots() == ()  # what came before they were one decides nothing
    lot(shop, "A-2", "S1")
    assert lots() == ("A-2",)
    assert [one.name for one in shop.use.corrective_actions("S1")] == ["CA-1"]
    lot(shop, "A-3", "S1", bad=8)
    now = shop.use.corrective_action("CA-1")
    assert (now.state, now.promises[0].decision.state, lots()) == ("reopened", "broken", ("A-2", "A-3"))
    for number in ("A-2", "B-0"):
        refused(ReleaseStopped, lambda n=number: shop.use.release_batch(shop.hands["som"], n))  # type: ignore[misc]
    whole(shop)
    unmerge(shop)
    assert lots() == ()
    shop.use.release_batch(shop.hands["som"], "B-0")
    refused(ReleaseStopped, lambda: shop.use.release_batch(shop.hands["som"], "A-2"))
    whole(shop)


def test_own_lots_decide_a_promise_again_once_suppliers_are_taken_apart(shop: House) -> None:
    linh = shop.sittings["linh"]
    shop.use.open_action(linh, NewAction(supplier(shop, "S1"), "Dents", ("DEN",), PRODUCT))
    test = PromiseTest("rate", "DEN", percent=Decimal("0.5"), lots=2)
    shop.use.make_promise(linh, "CA-1", "No more dents", DUE, test)
    shop.batch("B-1", supplier=supplier(shop, "S2"))
    shop.batch("B-2", supplier=supplier(shop, "S2"))
    merge(shop)
    for number, code in (("B-1", ""), ("B-2", ""), ("A-1", "S1"), ("A-2", "S1")):
        if code:
            shop.batch(number)
        for login in ("linh", "som"):
            shop.check(login, number)
    assert shop.use.corrective_action("CA-1").promises[0].decision.lots == ("B-1", "B-2")
    unmerge(shop)
    assert shop.use.corrective_action("CA-1").promises[0].decision.lots == ("A-1", "A-2")
    shop.use.close_action(shop.hands["linh"], "CA-1", "two lots without dents")
    whole(shop)


def test_suppliers_merged_again_are_held_against_their_lots_as_if_never_taken_apart(shop: House) -> None:
    linh = shop.sittings["linh"]
    shop.use.open_action(linh, NewAction(supplier(shop, "S1"), "Dents", ("DEN",), PRODUCT))
    test = PromiseTest("rate", "DEN", percent=Decimal("0.5"), lots=1)
    shop.use.make_promise(linh, "CA-1", "No more dents", DUE, test)
    shop.batch("B-1", supplier=supplier(shop, "S2"))
    merge(shop)
    found = dict.fromkeys(range(1, 9), "DEN")
    for login in ("linh", "som"):
        shop.check(login, "B-1", found)

    def decided() -> tuple[str, tuple[str, ...]]:
        decision = shop.use.corrective_action("CA-1").promises[0].decision
        return decision.state, decision.lots

    assert decided() == ("broken", ("B-1",))
    unmerge(shop)
    assert decided() == ("open", ())
    lot(shop, "A-1", "S1")
    assert decided() == ("kept", ("A-1",))
    merge(shop)
    assert decided() == ("broken", ("B-1",))
    whole(shop)
    unmerge(shop)
    merge(shop, "S1", "S2")  # the other way round it is the same two
    assert decided() == ("broken", ("B-1",))
    whole(shop)


def test_each_budget_of_concessions_holds_for_what_came_from_either(shop: House) -> None:
    for login, name in (("minh", "Trần Minh"), ("nga", "Phạm Nga"), ("lan", "Lê Lan")):
        shop.enrol(login, name, "concession", "inspector", "releaser")
    hands = shop.hands
    lot(shop, "A-1", "S1", bad=8)
    lot(shop, "B-1", "S2", bad=8)
    lot(shop, "B-2", "S2")
    shop.use.set_concession_budget(hands["linh"], hands["som"], "S1", Decimal(30), 12, "agreed")
    until = shop.clock.today() + timedelta(days=30)
    merge(shop)
    for number, quantity in (("A-1", 18), ("B-1", 1)):
        wish = Wish(quantity, until, "dents, hidden once mounted", "mail of 3 November")
        shop.use.request_concession(hands["lan"], number, wish)
    shop.use.approve_concession(
        hands["minh"], hands["nga"], "A-1"
    )  # 18 of 60 is 30 percent of what both sent
    said = refused(BudgetSpent, lambda: shop.use.approve_concession(hands["minh"], hands["nga"], "B-1"))
    assert (said.received, said.conceded) == (60, 18)
    whole(shop)
    unmerge(shop)
    shop.use.approve_concession(hands["minh"], hands["nga"], "B-1")  # of S2 nobody has said how much
    whole(shop)


def test_lots_are_inspected_as_the_strictest_of_them_is(shop: House) -> None:
    linh, som = shop.hands["linh"], shop.hands["som"]
    shop.use.set_severity(linh, som, "S2", PRODUCT, "major", "tightened", "a complaint")
    merge(shop)
    lot(shop, "A-1", "S1")

    def severity(number: str) -> str:
        with shop.use.look() as uow:
            pinned = uow.round(uow.batch(number).round or "").opened.severities
            return next(one.severity for one in pinned if one.defect_class == "major")

    assert severity("A-1") == "tightened"
    shop.use.release_batch(som, "A-1")
    unmerge(shop)
    lot(shop, "A-2", "S1")
    assert severity("A-2") == "normal"
    shop.use.ship_batch(shop.sittings["som"], "A-1", 1, "Buyer")
    whole(shop)


def test_nothing_opens_where_inspection_of_one_of_them_is_discontinued(shop: House) -> None:
    for n in range(1, 8):
        lot(shop, f"B-{n}", "S2", bad=8 if n < 3 else 5)
    with shop.use.look() as uow:
        known = uow.severities(supplier(shop, "S2"), PRODUCT, PROCEDURE)
    shop.batch("A-1")
    merge(shop)
    assert known["major"].state.severity == "discontinued"
    refused(InspectionDiscontinued, lambda: shop.start("linh", "A-1"))
    unmerge(shop)
    shop.check("linh", "A-1")
    whole(shop)


def test_pages_and_figures_add_up_what_is_one_and_give_it_back(shop: House) -> None:
    lot(shop, "A-1", "S1", bad=1)
    lot(shop, "B-1", "S2", bad=2)
    before = {code: (rows(shop, code), page(shop, code)) for code in ("S1", "S2", "S3")}
    each = read(shop).figures_of_each()
    merge(shop)
    both = page(shop, "S1")
    assert [b.number for b in both.batches] == ["B-1", "A-1"] and both.batch_total == 2
    assert both.defect_total == page(shop, "S2").defect_total == 3
    assert rows(shop, "S1") == rows(shop, "S2") and rows(shop, "S1") != before["S1"][0]
    received = {r.amount for r in rows(shop, "S1") if r.name == "received"}
    assert received == {40}
    now = read(shop).figures_of_each()
    assert supplier(shop, "S2") not in now and now[supplier(shop, "S1")] == rows(shop, "S1")
    columns = compared(replace(shop.use, read=read(shop)), ("S2", "S3", "S1")).suppliers
    assert [one.supplier.code for one in columns] == ["S1", "S3"]
    assert columns[0].card == scorecard(rows(shop, "S1"))
    behind = read(shop).behind(supplier(shop, "S2"), {("received", "")})
    assert [one.number for one in behind] == ["B-1", "A-1"]
    unmerge(shop)
    assert {code: (rows(shop, code), page(shop, code)) for code in before} == before
    assert read(shop).figures_of_each() == each
    whole(shop)


@pytest.mark.parametrize("seed", range(3))
def test_figures_of_what_is_one_are_the_sum_of_each_whatever_is_said_and_undone(
    shop: House, seed: int
) -> None:
    chance, codes = Random(seed), ("S1", "S2", "S3")
    said: dict[str, str] = {}
    for n in range(24):
        act = chance.choice(("lot", "merge", "unmerge"))
        code, other = chance.sample(codes, 2)
        try:
            if act == "lot":
                lot(shop, f"L-{n}", code, bad=chance.randrange(3))
            elif act == "merge":
                merge(shop, code, other)
                said[code] = other
            else:
                unmerge(shop, code)
                del said[code]
        except (SupplierIsAnother, BadInput):
            continue
        with shop.database.reading() as connection:
            own = {
                code: {
                    (r.month, r.name, r.code): r.amount
                    for r in connection.exec_driver_sql(
                        "SELECT month, name, code, amount FROM figure WHERE product = '*' AND supplier ="
                        f" '{supplier(shop, code)}'"
                    )
                }
                for code in codes
            }
        for code in codes:
            root = said.get(code, code)
            same = [one for one in codes if said.get(one, one) == root]
            summed: dict[tuple[str, str, str], int] = {}
            for one in same:
                for key, amount in own[one].items():
                    summed[key] = summed.get(key, 0) + amount
            assert {(r.month, r.name, r.code): r.amount for r in rows(shop, code)} == summed
    whole(shop)


def test_who_reads_like_a_supplier_is_offered_first() -> None:
    acme = SupplierSaved("", "A", "Acme Metals Co., Ltd.", tax_number="0301234567", gln="")
    same_number = SupplierSaved("", "B", "Quite Another", tax_number="0301234567")
    in_latin = SupplierSaved("", "C", "阿克梅", name_latin="ACME METALS CO., LTD.")
    other_form = SupplierSaved("", "D", "Acme Metals Company Limited")
    nobody = SupplierSaved("", "E", "Zeta Metals Ltd")
    assert [likeness(acme, one) for one in (same_number, in_latin, other_form, nobody)] == [3, 2, 1, 0]
    order = alikes_of(acme, (nobody, other_form, in_latin, same_number))
    assert [one.code for one in order] == ["B", "C", "D"]
    assert likeness(SupplierSaved("", "F", "Co., Ltd."), SupplierSaved("", "G", "Limited")) == 0


def test_a_chinese_name_is_offered_in_traditional_and_in_simplified_characters() -> None:
    there = SupplierSaved("", "A", "重庆精密 Ltd")
    assert likeness(there, SupplierSaved("", "B", "重慶精密")) == 1
    assert likeness(there, SupplierSaved("", "C", "重庆东方")) == 0
    assert likeness(there, SupplierSaved("", "D", "Zhong Qing Jing Mi")) == 0


def test_a_planner_of_one_family_only_says_it_too(shop: House) -> None:
    linh, som = shop.hands["linh"], shop.hands["som"]
    shop.enrol("mai", "Mai", "inspector")
    shop.use.grant_role(linh, som, "mai", RoleGrant("planner", families=("Cables",)))
    shop.use.merge_suppliers(linh, shop.hands["mai"], "S2", "S1", "one firm")
    whole(shop)
