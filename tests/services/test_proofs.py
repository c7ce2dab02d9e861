# SPDX-License-Identifier: Apache-2.0
"""What proves a corrective action: the first lots that came after a promise, as their first verdicts stand now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.events import ComplaintTaken, DefectReported, SupplierSaved
from qcdesk.domain.procedures import ProcedureDefect
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.refusals import NotFixed, ReleaseStopped
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.splitting import Piece
from qcdesk.services.corrective_actions import NewAction
from qcdesk.store.verification import verify
from tests.workspace import PRODUCT, House, refused

RULES = (
    ClassRule("critical", "zero", Decimal("4.0")),
    ClassRule("major", "aql", Decimal("4.0")),
    ClassRule("minor", "aql", Decimal("6.5")),
)
DUE = date(2099, 1, 1)
ACCEPTED = PromiseTest("accepted")


@pytest.fixture
def shop(house: House) -> House:
    """Return a house with a corrective action about dents of its supplier."""
    house.approve(rules=RULES, characteristics=())
    house.use.open_action(
        house.sittings["linh"], NewAction(house.supplier.supplier, "Dents on covers", ("DEN",), PRODUCT)
    )
    return house


def rate(lots: int, percent: str = "0.5") -> PromiseTest:
    return PromiseTest("rate", "DEN", percent=Decimal(percent), lots=lots)


def promise(house: House, test: PromiseTest) -> None:
    house.use.make_promise(house.sittings["linh"], "CA-1", "No more dents", DUE, test)


def judge(house: House, number: str, bad: int = 0) -> str:
    """Check a lot to its verdict, with dents on so many units; the first check."""
    found = dict.fromkeys(range(1, bad + 1), "DEN")
    first = house.check("linh", number, found)
    house.check("som", number, found)
    return first.fact.check


def lot(house: House, number: str, bad: int = 0) -> str:
    house.batch(number)
    return judge(house, number, bad)


def action(house: House) -> CorrectiveAction:
    return house.use.corrective_action("CA-1")


def decided(house: House) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return where the promise stands, the lots that count, and those passed over."""
    found = action(house).promises[0].decision
    return found.state, tuple(o.number for o in found.counted), tuple(o.number for o in found.passed_over)


def close(house: House) -> None:
    house.use.close_action(house.hands["linh"], "CA-1", "as promised")


def decide_stop(house: House) -> None:
    house.use.decide_stop(house.hands["linh"], house.hands["som"], "CA-1", "those lots are of the old mould")


def retract(house: House, check: str) -> None:
    house.use.retract_check(house.hands["linh"], check, "wrong gauge")


def whole(house: House) -> None:
    assert verify(house.database).problems == ()


def test_a_lot_held_back_keeps_the_promise_open_however_many_later_ones_were_inspected(shop: House) -> None:
    promise(shop, rate(1))
    shop.batch("LOT-1")
    lot(shop, "LOT-2")
    lot(shop, "LOT-3")
    assert decided(shop) == ("open", ("LOT-1",), ())
    refused(NotFixed, lambda: close(shop))
    judge(shop, "LOT-1", bad=8)
    assert (action(shop).state, decided(shop)) == ("reopened", ("broken", ("LOT-1",), ()))
    assert [stop.number for stop in action(shop).stops] == ["LOT-1"]
    whole(shop)


def test_a_lot_that_can_have_no_verdict_any_more_is_passed_over(shop: House) -> None:
    promise(shop, ACCEPTED)
    shop.batch("LOT-1")
    lot(shop, "LOT-2")
    assert decided(shop)[0] == "open"
    shop.use.cancel_batch(shop.sittings["linh"], "LOT-1", "entered twice")
    assert decided(shop) == ("kept", ("LOT-2",), ("LOT-1",))
    close(shop)
    whole(shop)


def test_cancelling_the_lot_that_held_it_open_says_at_once_that_the_promise_is_broken(shop: House) -> None:
    promise(shop, ACCEPTED)
    shop.batch("LOT-1")
    lot(shop, "LOT-2", bad=8)
    assert action(shop).state == "open"
    shop.use.cancel_batch(shop.sittings["linh"], "LOT-1", "entered twice")
    assert (action(shop).state, [stop.number for stop in action(shop).stops]) == ("reopened", ["LOT-2"])
    whole(shop)


def test_a_check_taken_back_opens_a_closed_action_until_the_lot_is_inspected_anew(shop: House) -> None:
    promise(shop, rate(1))
    check = lot(shop, "LOT-1")
    close(shop)
    since = action(shop).since
    retract(shop, check)
    now = action(shop)
    assert (now.state, now.since, now.stops, decided(shop)[0]) == ("reopened", since, (), "open")
    refused(NotFixed, lambda: close(shop))
    judge(shop, "LOT-1")
    close(shop)
    assert action(shop).state == "closed"
    whole(shop)


def test_a_withdrawn_release_proves_nothing(shop: House) -> None:
    promise(shop, rate(1))
    lot(shop, "LOT-1")
    shop.use.release_batch(shop.hands["som"], "LOT-1")
    close(shop)
    shop.use.withdraw_batch(shop.hands["som"], "LOT-1", "a customer found dents")
    assert (action(shop).state, decided(shop)[0]) == ("reopened", "open")
    shop.use.dispose_batch(shop.hands["linh"], shop.hands["som"], "LOT-1", "return", "taken back")
    assert decided(shop)[0] == "kept", "no dent was found in what was inspected of it"
    promise(shop, ACCEPTED)
    whole(shop)


def test_a_lot_withdrawn_and_sent_back_was_not_accepted(shop: House) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1")
    shop.use.release_batch(shop.hands["som"], "LOT-1")
    assert decided(shop)[0] == "kept"
    shop.use.withdraw_batch(shop.hands["som"], "LOT-1", "a customer found dents")
    shop.use.dispose_batch(shop.hands["linh"], shop.hands["som"], "LOT-1", "return", "taken back")
    assert decided(shop) == ("broken", ("LOT-1",), ())
    whole(shop)


def test_a_lot_that_had_to_be_sorted_was_a_bad_lot(shop: House) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1", bad=8)
    assert decided(shop)[0] == "broken"
    shop.use.dispose_batch(shop.hands["linh"], shop.hands["som"], "LOT-1", "sort", "dents apart")
    shop.enrol("lan", "Lê Lan")
    shop.use.record_rework(shop.sittings["linh"], "LOT-1", (shop.id("lan"),), "sorted")
    judge(shop, "LOT-1")
    assert decided(shop)[0] == "broken"
    whole(shop)


def test_a_lot_with_the_actions_own_code_is_not_accepted_as_promised(shop: House) -> None:
    promise(shop, ACCEPTED)
    shop.batch("LOT-1", 200)
    judge(shop, "LOT-1", bad=1)
    with shop.use.look() as uow:
        assert uow.batch("LOT-1").state == "accepted"
    assert (action(shop).state, decided(shop)[0]) == ("reopened", "broken")
    refused(NotFixed, lambda: close(shop))
    whole(shop)


def test_parts_of_one_delivery_are_one_lot_and_one_bad_part_rejects_it(shop: House) -> None:
    promise(shop, rate(2))
    hands = shop.hands
    shop.batch("LOT-1", 60)
    shop.use.stop_batch(shop.sittings["linh"], "LOT-1", "other", "two pallets are wet")
    pieces = (Piece("P-1", 20, "inspect"), Piece("P-2", 20, "inspect"), Piece("P-3", 20, "return"))
    shop.use.split_batch(hands["linh"], hands["som"], "LOT-1", pieces, 0, "wet ones apart")
    for part in ("P-1", "P-2"):
        shop.use.lift_hold(hands["linh"], hands["som"], part, "dry")
    judge(shop, "P-1")
    assert decided(shop) == ("open", ("LOT-1",), ())
    judge(shop, "P-2")
    found = action(shop).promises[0].decision
    with shop.use.look() as uow:
        units = [len(uow.round(uow.batch(part).round or "").opened.sample) for part in ("P-1", "P-2")]
    assert (found.state, found.lots, found.units) == ("open", ("LOT-1",), sum(units))
    lot(shop, "LOT-2", bad=8)
    assert decided(shop) == ("broken", ("LOT-1", "LOT-2"), ())
    whole(shop)


OTHER = (ProcedureDefect("BUR", "Burr", "major"), ProcedureDefect("CRK", "Crack", "critical"))


def unstable(house: House, number: str, *, second: bool = False) -> None:
    """Have dents found on two units by the first of the two alone; the second finds none, or never looks."""
    house.batch(number)
    house.check("linh", number, dict.fromkeys(range(1, 9), "DEN"))
    if second:
        house.check("som", number)


def send_back(house: House, number: str) -> None:
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], number, "return", "not wanted")


def test_a_lot_in_which_nobody_looked_for_it_proves_nothing(shop: House) -> None:
    promise(shop, ACCEPTED)
    promise(shop, rate(1))
    shop.approve(rules=RULES, characteristics=(), defects=OTHER)
    lot(shop, "LOT-1")
    assert decided(shop) == ("open", (), ("LOT-1",))
    refused(NotFixed, lambda: close(shop))
    shop.approve(rules=RULES, characteristics=())
    lot(shop, "LOT-2")
    assert decided(shop) == ("kept", ("LOT-2",), ("LOT-1",))
    close(shop)
    assert action(shop).state == "closed"
    whole(shop)


def test_a_lot_in_which_nobody_looked_for_it_counts_once_it_is_told_to_show_it(shop: House) -> None:
    promise(shop, ACCEPTED)
    shop.approve(rules=RULES, characteristics=(), defects=OTHER)
    lot(shop, "LOT-1")
    with shop.use.look() as uow:
        batch = uow.batch("LOT-1").id
    report(shop, batch=batch)
    assert (action(shop).state, decided(shop)) == ("reopened", ("broken", ("LOT-1",), ()))
    whole(shop)


@pytest.mark.parametrize("second", [False, True])
@pytest.mark.parametrize("test", [ACCEPTED, rate(1)])
def test_goods_sent_back_before_two_judged_them_count_by_what_a_signed_check_found(
    shop: House, second: bool, test: PromiseTest
) -> None:
    promise(shop, test)
    unstable(shop, "LOT-1", second=second)
    if not second:
        shop.use.stop_batch(shop.sittings["linh"], "LOT-1", "other", "dents")
    assert decided(shop) == ("open", ("LOT-1",), ()), "a further check of it can be made"
    assert action(shop).promises[0].decision.bad == 0, "until then nothing of the first is told"
    send_back(shop, "LOT-1")
    found = action(shop).promises[0].decision
    assert (decided(shop), found.bad) == (("broken", ("LOT-1",), ()), 8 if test.kind == "rate" else 0)
    whole(shop)


@pytest.mark.parametrize("test", [ACCEPTED, rate(1)])
def test_what_one_had_found_stands_though_both_find_none_when_they_do_it_again(
    shop: House, test: PromiseTest
) -> None:
    promise(shop, test)
    unstable(shop, "LOT-1", second=True)
    shop.use.do_again(shop.hands["linh"], shop.hands["som"], "LOT-1", "dents or marks of the light")
    assert decided(shop) == ("open", ("LOT-1",), ())
    judge(shop, "LOT-1")
    assert shop.state("LOT-1") == "accepted"
    found = action(shop).promises[0].decision
    assert (decided(shop), found.bad) == (("broken", ("LOT-1",), ()), 1 if test.kind == "rate" else 0)
    assert found.counted[0].shows(("DEN",)) == ("DEN",)
    assert [stop.number for stop in action(shop).stops] == ["LOT-1"]
    whole(shop)


def test_goods_done_again_after_closing_are_a_repeat_by_what_one_had_found(shop: House) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1")
    close(shop)
    unstable(shop, "LOT-2", second=True)
    shop.use.do_again(shop.hands["linh"], shop.hands["som"], "LOT-2", "dents or marks of the light")
    assert action(shop).state == "closed"
    judge(shop, "LOT-2")
    assert (action(shop).state, [stop.number for stop in action(shop).stops]) == ("reopened", ["LOT-2"])
    whole(shop)


def test_goods_that_went_away_unjudged_after_closing_are_a_repeat_by_what_a_signed_check_found(
    shop: House,
) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1")
    close(shop)
    unstable(shop, "LOT-2")
    shop.use.stop_batch(shop.sittings["linh"], "LOT-2", "other", "dents")
    assert action(shop).state == "closed"
    shop.use.dispose_batch(shop.hands["linh"], shop.hands["som"], "LOT-2", "scrap", "not wanted")
    assert (action(shop).state, [stop.number for stop in action(shop).stops]) == ("reopened", ["LOT-2"])
    whole(shop)


def test_a_good_part_does_not_undo_what_one_of_two_found_in_the_whole(shop: House) -> None:
    promise(shop, ACCEPTED)
    unstable(shop, "LOT-1", second=True)
    hands = shop.hands
    pieces = (Piece("P-1", 18, "sort"), Piece("P-2", 2, "scrap"))
    shop.use.split_batch(hands["linh"], hands["som"], "LOT-1", pieces, 0, "dents apart")
    shop.enrol("lan", "Lê Lan")
    shop.use.record_rework(shop.sittings["linh"], "P-1", (shop.id("lan"),), "sorted")
    judge(shop, "P-1")
    assert (action(shop).state, decided(shop)) == ("reopened", ("broken", ("LOT-1",), ()))
    assert [stop.number for stop in action(shop).stops] == ["LOT-1"]
    whole(shop)


def test_a_check_taken_back_shows_nothing_of_goods_that_went_away(shop: House) -> None:
    promise(shop, ACCEPTED)
    shop.batch("LOT-1")
    taken = shop.check("linh", "LOT-1", {1: "DEN"}).fact.check
    retract(shop, taken)
    shop.use.stop_batch(shop.sittings["linh"], "LOT-1", "other", "wet")
    send_back(shop, "LOT-1")
    assert decided(shop) == ("open", (), ("LOT-1",))
    whole(shop)


def test_what_left_uninspected_counts_once_a_report_says_that_it_shows_it(shop: House) -> None:
    promise(shop, ACCEPTED)
    shop.batch("LOT-1")
    shop.use.ship_unreleased(shop.sittings["linh"], "LOT-1", 20, "Nova", "urgent")
    assert decided(shop) == ("open", (), ("LOT-1",))
    with shop.use.look() as uow:
        batch = uow.batch("LOT-1").id
    report(shop, batch=batch)
    assert (action(shop).state, decided(shop)) == ("reopened", ("broken", ("LOT-1",), ()))
    whole(shop)


def complain(house: House, number: str, about: str, *, escape: bool = True) -> None:
    """Take a complaint about a released batch and judge it."""
    if "tam" not in house.sittings:
        house.enrol("tam", "Vũ Tâm", "arbiter")
    care, tam = house.use.care, house.sittings["tam"]
    said = ComplaintTaken(0, "Kim", "", "en", "spoken", "dented", house.clock.today(), "")
    said = care.take_complaint(tam, said, (number,))
    care.judge(tam, said.complaint, escape=escape, about=about, reason="a customer saw it")


def report(house: House, **fields: Any) -> None:  # noqa: ANN401 - any field of a report
    said = DefectReported("", "market", "DEN", "Dent", "major", supplier=house.supplier.supplier)
    house.use.report_defect(house.sittings["linh"], replace(said, **fields))


def test_an_escape_on_a_lot_that_proved_a_closed_action_opens_it_and_stops_releases(shop: House) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1")
    shop.use.release_batch(shop.hands["som"], "LOT-1")
    close(shop)
    complain(shop, "LOT-1", "rattles")
    assert action(shop).state == "closed", "it is about another defect"
    complain(shop, "LOT-1", "DEN")
    assert (action(shop).state, [stop.number for stop in action(shop).stops]) == ("reopened", ["LOT-1"])
    assert decided(shop)[0] == "broken"
    whole(shop)


@pytest.mark.parametrize("said", ["den", "Dent", " DEN "])
def test_what_is_said_by_the_name_of_a_code_or_in_another_case_is_said_of_that_code(
    shop: House, said: str
) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1")
    shop.use.release_batch(shop.hands["som"], "LOT-1")
    close(shop)
    complain(shop, "LOT-1", said)
    assert (action(shop).state, len(action(shop).stops)) == ("reopened", 1)
    report(shop, code=said)
    with shop.use.look() as uow:
        assert [one.code for one in uow.reported(["market"])] == ["DEN"]
    whole(shop)


def test_an_escape_makes_a_lot_show_the_code_while_the_action_is_open(shop: House) -> None:
    promise(shop, rate(2))
    lot(shop, "LOT-1")
    shop.use.release_batch(shop.hands["som"], "LOT-1")
    complain(shop, "LOT-1", "DEN")
    assert action(shop).promises[0].decision.bad == 1
    lot(shop, "LOT-2")
    assert (action(shop).state, decided(shop)[0]) == ("reopened", "broken")
    whole(shop)


def test_a_defect_reported_on_a_lot_counts_as_shown_by_it(shop: House) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1")
    close(shop)
    with shop.use.look() as uow:
        batch = uow.batch("LOT-1").id
    report(shop, batch=batch)
    assert (action(shop).state, decided(shop)[0]) == ("reopened", "broken")
    assert len(action(shop).stops) == 1
    whole(shop)


@pytest.mark.parametrize(
    ("days", "code", "state"), [(1, "DEN", "reopened"), (0, "DEN", "closed"), (1, "BUR", "closed")]
)
def test_a_report_of_what_was_found_after_closing_opens_the_action(
    shop: House, days: int, code: str, state: str
) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1")
    close(shop)
    report(shop, code=code, found_on=shop.clock.today() + timedelta(days=days))
    assert (action(shop).state, action(shop).stops) == (state, ())
    if state == "reopened":
        refused(NotFixed, lambda: close(shop))
    whole(shop)


def test_a_report_on_a_product_that_names_no_batch_stops_the_next_lot_until_two_decide(shop: House) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1")
    close(shop)
    later = {"product": shop.product.product, "found_on": shop.clock.today() + timedelta(days=1)}
    for _ in range(2):
        report(shop, **later)
    now = action(shop)
    assert now.state == "reopened"
    assert [(s.lot, s.number, s.tightens, s.decided) for s in now.stops] == [(None, "", "rounds", None)]
    lot(shop, "LOT-2")
    with shop.use.look() as uow:
        assert uow.rounds(uow.batch("LOT-2").id)[-1].opened.plan.severity == "tightened"
    refused(ReleaseStopped, lambda: shop.use.release_batch(shop.hands["som"], "LOT-2"))
    decide_stop(shop)
    shop.use.release_batch(shop.hands["som"], "LOT-2")
    report(shop, **later)
    assert len(action(shop).stops) == 1, "the action is open"
    whole(shop)


def test_what_the_first_found_stays_hidden_while_the_second_may_sign_though_all_goods_left(
    shop: House,
) -> None:
    promise(shop, ACCEPTED)
    shop.batch("LOT-1")
    shop.check("linh", "LOT-1", {1: "DEN"})
    shop.use.ship_unreleased(shop.sittings["linh"], "LOT-1", 20, "Nova", "urgent")
    said = action(shop).promises[0].decision
    assert [lot.shows(("DEN",)) for lot in (*said.counted, *said.passed_over)] == [()]
    assert (said.state, action(shop).stops) == ("open", ())
    shop.check("som", "LOT-1", {1: "DEN"})
    assert (action(shop).state, decided(shop)[0]) == ("reopened", "broken")
    whole(shop)


def test_a_lot_rejected_for_it_after_two_let_the_goods_go_stops_them_again(shop: House) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1")
    close(shop)
    lot(shop, "LOT-2", bad=8)
    decide_stop(shop)
    lot(shop, "LOT-3")
    assert [one.number for one in action(shop).stops if one.decided is None] == []
    lot(shop, "LOT-4", bad=8)
    assert [one.number for one in action(shop).stops if one.decided is None] == ["LOT-4"]
    refused(ReleaseStopped, lambda: shop.use.release_batch(shop.hands["som"], "LOT-3"))
    promise(shop, ACCEPTED)
    lot(shop, "LOT-5")
    decide_stop(shop)
    close(shop)
    whole(shop)


def test_a_first_action_that_nobody_called_fixed_stops_nothing(shop: House) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1", bad=8)
    found = [one.number for one in action(shop).stops]
    assert found == ["LOT-1"], "its promise broke"
    whole(shop)


def test_nothing_is_fixed_over_a_lot_that_was_just_rejected_for_it_however_much_was_allowed(
    shop: House,
) -> None:
    promise(shop, rate(1, "90"))
    lot(shop, "LOT-1", bad=4)
    assert (decided(shop)[0], action(shop).fixed, action(shop).rejected()) == ("kept", False, "LOT-1")
    said = refused(NotFixed, lambda: close(shop))
    assert said.facts()["rejected"] == "LOT-1"
    promise(shop, ACCEPTED)
    lot(shop, "LOT-2")
    close(shop)
    whole(shop)


@pytest.mark.parametrize("whose", ["another supplier's", "the own line's"])
def test_goods_of_somebody_else_are_no_repeat_of_a_supplier(shop: House, whose: str) -> None:
    promise(shop, ACCEPTED)
    lot(shop, "LOT-1")
    close(shop)
    care, linh = shop.use.care, shop.sittings["linh"]
    shop.released(number="LOT-2")
    if whose == "the own line's":
        shop.enrol("press", "Võ Văn Ép", "inspector")
        shop.released(number="OTHER-1", makers=[shop.id("press")])
    else:
        other = shop.use.save_supplier(linh, SupplierSaved("", "S9", "Nam Phát Mould"))
        shop.released(number="OTHER-1", supplier=other.supplier)
    with shop.use.look() as uow:
        batches = tuple(uow.batch(number).id for number in ("LOT-2", "OTHER-1"))
    taken = ComplaintTaken(0, "Nova", "", "en", "spoken", "Dents.", shop.clock.today(), "")
    care.take_complaint(linh, taken, batches)
    care.judge(linh, 1, escape=True, about="DEN", reason="seen on a photo")
    assert [(action(shop).state, stop.number) for stop in action(shop).stops] == [("reopened", "LOT-2")]
    whole(shop)


def test_what_one_product_shows_fixes_nothing_that_is_about_all_goods(shop: House) -> None:
    new = NewAction(shop.supplier.supplier, "Dents everywhere", ("DEN",))
    shop.use.open_action(shop.sittings["linh"], new)
    for test in (PromiseTest("accepted", product=PRODUCT), ACCEPTED):
        shop.use.make_promise(shop.sittings["linh"], "CA-2", "No more dents", DUE, test)
        lot(shop, f"LOT-{test.product or 'ALL'}")
        if test.product:
            said = refused(NotFixed, lambda: shop.use.close_action(shop.hands["linh"], "CA-2", "as promised"))
            assert said.facts()["narrow"] is True
    shop.use.close_action(shop.hands["linh"], "CA-2", "as promised")
    whole(shop)


@pytest.mark.parametrize("seed", range(3))
def test_verdicts_and_retractions_in_any_order_are_decided_as_a_plain_recount_decides(
    shop: House, seed: int
) -> None:
    random = Random(seed)
    promise(shop, rate(2, "12"))
    numbers = [f"LOT-{no}" for no in range(1, 5)]
    stood: dict[str, tuple[str, int, int]] = {}
    checks: dict[str, str] = {}
    retracted: set[str] = set()
    for number in numbers:
        shop.batch(number)
    for _ in range(7):
        number = random.choice(numbers)
        if number in checks and number not in retracted:
            retract(shop, checks[number])
            retracted.add(number)
            stood.pop(number, None)
            checks.pop(number)
        elif number not in checks and number not in stood:
            bad = random.choice((0, 0, 2, 8))
            checks[number] = judge(shop, number, bad)
            with shop.use.look() as uow:
                found = uow.batch(number)
            with shop.use.look() as uow:
                standing = uow.round(found.round or "")
                units = len(standing.opened.sample)
            stood[number] = (found.state, bad, units)
        first = [stood.get(number) for number in numbers[:2]]
        state = "open"
        if None not in first:
            known = [one for one in first if one is not None]
            percent = 100 * sum(bad for _, bad, _ in known) / sum(units for _, _, units in known)
            state = "kept" if percent <= 12 else "broken"
        assert decided(shop)[:2] == (state, ("LOT-1", "LOT-2"))
    whole(shop)
