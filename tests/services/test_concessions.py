# SPDX-License-Identifier: Apache-2.0
"""Concessions as people work with them: who asks, who approves, what they cover, how long, and a supplier's budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from qcdesk.checker.certificates import read as read_code
from qcdesk.domain.anchors import Lost
from qcdesk.domain.certificates import printed_code
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.refusals import (
    AlreadyCertified,
    AskedForConcession,
    BudgetSpent,
    CertificateVoid,
    ChangedMeanwhile,
    ConcessionExpired,
    ConcessionOpen,
    CriticalConceded,
    Held,
    MissingRole,
    MoreThanReleased,
    NoConcession,
    NotReleased,
    OutsiderNeeded,
    QuantitiesDiffer,
    ReadsOnly,
    ReleaseStopped,
    ReworkersMissing,
    SeenEventLost,
    SupplierBlocked,
    SuspectCheck,
    TwoNeeded,
    Unverified,
    WrongState,
)
from qcdesk.domain.splitting import Piece
from qcdesk.exchange.stored_files import store_file
from qcdesk.services.concessions import Wish
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.ports import Problem
from qcdesk.services.rows import LANES, Lane
from qcdesk.services.waiting_times import waiting
from qcdesk.store import verification
from qcdesk.store.readers.all_readers import SqlReaders
from tests.workspace import PRODUCT, House, refused, standing

DONE: Lane = "done"
BAD = dict.fromkeys(range(1, 9), "SCR")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Give a workspace where three more people may approve: Minh and Nga have no hand in the goods."""
    house = standing(tmp_path)
    for login, name in (("minh", "Trần Minh"), ("nga", "Phạm Nga"), ("lan", "Lê Lan")):
        house.enrol(login, name, "concession", "inspector", "releaser")
    yield house
    house.database.dispose()


def rejected(house: House, **fields: Any) -> str:  # noqa: ANN401 - any other field
    """Return a batch of a supplier that Linh and Som rejected for scratches."""
    batch = house.batch(**fields)
    house.check("linh", batch, BAD)
    house.check("som", batch, BAD)
    assert house.state(batch) == "rejected"
    return batch


def read(house: House) -> SqlReaders:
    """Return the lists."""
    return SqlReaders(house.database.reading, house.use.look)


def problems(house: House) -> tuple[Problem, ...]:
    """Return what a verification of the whole workspace finds."""
    return verification.verify(house.database).problems


def wish(house: House, quantity: int = 20, days: int = 30, **fields: Any) -> Wish:  # noqa: ANN401 - any other field
    """Return what is asked for: scratches that do not matter inside."""
    until = house.clock.today() + timedelta(days=days)
    return Wish(quantity, until, "scratches, hidden once mounted", "mail of 3 November", **fields)


def conceded(house: House, **fields: Any) -> str:  # noqa: ANN401 - any other field
    """Return a batch that Lan asked for, and Minh and Nga released under concession."""
    batch = rejected(house, **fields)
    house.use.request_concession(house.hands["lan"], batch, wish(house))
    house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch)
    return batch


def test_two_who_did_not_ask_release_under_concession_and_it_verifies(house: House) -> None:
    batch = conceded(house)
    assert house.state(batch) == "released_under_concession"
    with house.use.look() as uow:
        assert uow.batch_verifies(uow.batch(batch).id)
    (row,) = read(house).concessions(house.clock.today())
    assert (row.number, row.standing, row.codes, row.asked_by) == (batch, "approved", ("SCR",), "Lê Lan")
    assert set(row.answered_by) == {"Trần Minh", "Phạm Nga"}
    house.use.ship_batch(house.sittings["linh"], batch, 20, "ACME")
    (row,) = read(house).concessions(house.clock.today())
    assert (row.standing, row.shipped) == ("used_up", 20)
    assert problems(house) == ()


def test_only_a_rejected_batch_is_asked_for_and_once_at_a_time(house: House) -> None:
    accepted = house.accepted()
    refused(WrongState, lambda: house.use.request_concession(house.hands["lan"], accepted, wish(house)))
    batch = rejected(house)
    refused(
        NoConcession, lambda: house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch)
    )
    house.use.request_concession(house.hands["lan"], batch, wish(house))
    refused(ConcessionOpen, lambda: house.use.request_concession(house.hands["minh"], batch, wish(house)))
    house.use.refuse_concession(house.hands["minh"], batch, "the customer sees it")
    house.use.request_concession(house.hands["nga"], batch, wish(house))
    assert [r.standing for r in read(house).concessions(house.clock.today())] == ["asked", "refused"]
    house.use.approve_concession(house.hands["minh"], house.hands["lan"], batch)
    refused(WrongState, lambda: house.use.approve_concession(house.hands["minh"], house.hands["lan"], batch))


def test_a_critical_is_never_conceded(house: House) -> None:
    batch = house.rejected()
    refused(CriticalConceded, lambda: house.use.request_concession(house.hands["lan"], batch, wish(house)))


def test_a_critical_that_comes_to_light_after_it_was_asked_for_is_not_conceded(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, hands = rejected(house), house.hands
    house.use.request_concession(hands["lan"], batch, wish(house))
    monkeypatch.setattr(type(house.begin()), "critical_units", lambda *_: (3,))
    said = refused(CriticalConceded, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))
    assert (said.batch, said.units) == (batch, (3,))


def test_what_is_asked_for_is_there_was_found_and_lies_ahead(house: House) -> None:
    batch, lan = rejected(house), house.hands["lan"]
    assert refused(
        QuantitiesDiffer, lambda: house.use.request_concession(lan, batch, wish(house, 21))
    ).concession
    for wrong in (
        wish(house, days=-1),
        replace(wish(house), deviation=" "),
        replace(wish(house), reference=""),
        wish(house, codes=("WLD",)),
        wish(house, consent="0" * 64),
    ):
        with pytest.raises(BadInput):
            house.use.request_concession(lan, batch, wrong)


def test_who_asked_does_not_approve_nor_one_alone_nor_without_the_role(house: House) -> None:
    batch, hands = rejected(house), house.hands
    house.enrol("thu", "Vũ Thu", "inspector")
    house.use.request_concession(hands["lan"], batch, wish(house))
    for by, other, kind in (
        ("lan", "minh", AskedForConcession),
        ("minh", "lan", AskedForConcession),
        ("minh", "minh", TwoNeeded),
        ("minh", "thu", MissingRole),
        ("linh", "som", OutsiderNeeded),
    ):
        said = refused(
            kind,
            lambda by=by, other=other: house.use.approve_concession(hands[by], hands[other], batch),  # type: ignore[misc]
        )
        if isinstance(said, AskedForConcession):
            assert "Phạm Nga" in said.who_can and "Trần Minh" not in said.who_can, (
                "whoever tries it needs another"
            )
    assert house.state(batch) == "rejected"
    refused(MissingRole, lambda: house.use.refuse_concession(hands["thu"], batch, "no"))


def test_whoever_only_reads_neither_asks_nor_takes_back_what_was_asked(house: House) -> None:
    batch, other, hands = rejected(house), rejected(house), house.hands
    house.enrol("thu", "Vũ Thu", "auditor")
    refused(ReadsOnly, lambda: house.use.request_concession(hands["thu"], batch, wish(house)))
    house.enrol("mai", "Hồ Mai", "inspector", "auditor")
    house.use.request_concession(hands["mai"], other, wish(house))
    house.use.take_role(hands["linh"], "mai", "inspector")
    refused(ReadsOnly, lambda: house.use.refuse_concession(hands["mai"], other, "no need"))


def test_goods_of_another_family_than_ones_own_are_not_conceded(house: House) -> None:
    house.product = house.use.save_product(house.sittings["linh"], replace(house.product, family="Covers"))
    house.approve()
    batch, hands = rejected(house), house.hands
    house.enrol("thu", "Vũ Thu", "inspector")
    house.use.grant_role(hands["linh"], hands["som"], "thu", RoleGrant("concession", families=("Cables",)))
    house.use.request_concession(hands["lan"], batch, wish(house))
    said = refused(MissingRole, lambda: house.use.approve_concession(hands["minh"], hands["thu"], batch))
    assert (said.person, said.family) == ("Vũ Thu", "Covers")


def test_two_approve_the_batch_as_both_were_shown_that_it_stands(house: House) -> None:
    batch, hands = rejected(house), house.hands
    house.use.request_concession(hands["lan"], batch, wish(house))
    with house.use.look() as uow:
        shown = uow.batch(batch).shown
    house.use.stop_batch(house.sittings["som"], batch, "other", "wait")
    refused(
        ChangedMeanwhile,
        lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch, seen=shown),
    )


def test_no_more_is_conceded_than_is_left_of_it(house: House) -> None:
    batch, hands = rejected(house), house.hands
    house.use.request_concession(hands["lan"], batch, wish(house))
    house.use.split_batch(hands["linh"], hands["som"], batch, (Piece("", 12, "sort"),), 8, "12 are better")
    said = refused(QuantitiesDiffer, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))
    assert (said.given, said.there) == (20, 8)


def test_nothing_is_conceded_of_what_a_broken_promise_holds_back(house: House) -> None:
    hands, linh, supplier = house.hands, house.sittings["linh"], house.supplier.supplier
    house.use.open_action(linh, NewAction(supplier, "Scratched covers", ("SCR",), PRODUCT))
    due = house.clock.today() + timedelta(days=60)
    house.use.make_promise(linh, "CA-1", "No lot is rejected", due, PromiseTest("accepted"))
    batch = rejected(house)
    house.use.request_concession(hands["lan"], batch, wish(house))
    said = refused(ReleaseStopped, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))
    assert (said.batch, said.action, said.defect) == (batch, "CA-1", "SCR")
    house.use.decide_stop(hands["linh"], hands["som"], "CA-1", "looked through")
    house.use.approve_concession(hands["minh"], hands["nga"], batch)


def test_a_stopped_batch_is_not_conceded(house: House) -> None:
    batch = rejected(house)
    house.use.request_concession(house.hands["lan"], batch, wish(house))
    house.use.stop_batch(house.sittings["som"], batch, "other", "wait")
    refused(Held, lambda: house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch))


def test_goods_on_their_way_to_rework_are_neither_asked_for_nor_conceded(house: House) -> None:
    asked, plain, hands = rejected(house), rejected(house), house.hands
    house.use.request_concession(hands["lan"], asked, wish(house))
    for batch in (asked, plain):
        house.use.dispose_batch(hands["linh"], hands["som"], batch, "rework", "polish")
    refused(ReworkersMissing, lambda: house.use.request_concession(hands["lan"], plain, wish(house)))
    refused(ReworkersMissing, lambda: house.use.approve_concession(hands["minh"], hands["nga"], asked))


def test_goods_of_a_blocked_supplier_are_not_conceded(house: House) -> None:
    batch, hands = rejected(house), house.hands
    house.use.request_concession(hands["lan"], batch, wish(house))
    house.use.set_supplier_status(hands["linh"], None, house.supplier.code, "blocked", "cracks again")
    refused(SupplierBlocked, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))


def test_nothing_is_conceded_over_a_check_in_doubt(house: House) -> None:
    hands = house.hands
    house.enrol("thu", "Vũ Thu", "inspector")
    with house.use.look() as uow:
        since = uow.head_seq() + 1
    batch = house.batch()
    for login in ("linh", "thu"):
        house.check(login, batch, BAD)
    house.use.request_concession(hands["lan"], batch, wish(house))
    house.use.revoke_key(hands["linh"], hands["som"], "thu", "suspect", since)
    with house.use.look() as uow:
        held = uow.batch(batch).held
    if held:
        house.use.lift_hold(hands["linh"], hands["som"], batch, "looked at")
    said = refused(SuspectCheck, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))
    assert (said.batch, said.person) == (batch, "Vũ Thu")


def test_nothing_is_conceded_that_does_not_verify_or_of_which_something_is_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, hands = rejected(house), house.hands
    house.use.request_concession(hands["lan"], batch, wish(house))
    with monkeypatch.context() as patch:
        patch.setattr(type(house.begin()), "lost", lambda _: Lost("missing", 900, 1, last=80, since=80))
        refused(SeenEventLost, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))
    with monkeypatch.context() as patch:
        patch.setattr(type(house.begin()), "batch_verifies", lambda *_, **__: False)
        refused(Unverified, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))
    assert house.state(batch) == "rejected"


def test_it_ships_no_more_than_it_covers_and_not_after_its_last_day(house: House) -> None:
    batch = rejected(house)
    house.use.request_concession(house.hands["lan"], batch, wish(house, 15, days=2))
    house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch)
    refused(MoreThanReleased, lambda: house.use.ship_batch(house.sittings["linh"], batch, 16, "ACME"))
    house.use.ship_batch(house.sittings["linh"], batch, 5, "ACME")
    yesterday = house.clock.today() + timedelta(days=2)
    house.clock.forward(days=3)
    for on in (None, yesterday):
        refused(
            ConcessionExpired,
            lambda on=on: house.use.ship_batch(house.sittings["linh"], batch, 5, "ACME", on),  # type: ignore[misc]
        )
    (row,) = read(house).concessions(house.clock.today())
    assert (row.standing, row.shipped) == ("expired", 5)


def test_what_was_not_conceded_waits_in_quarantine_once_the_others_have_left(house: House) -> None:
    linh, today, care = house.sittings["linh"], house.clock.today(), read(house).care
    batch = rejected(house, ship_by=today + timedelta(days=9))
    house.use.request_concession(house.hands["lan"], batch, wish(house, 15))
    house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch)

    def lanes() -> dict[Lane, list[str]]:
        pages = {which: read(house).lane(which, house.id("som")) for which in (*LANES, DONE)}
        assert all(page.total == len(page.rows) for page in pages.values())
        listed = {row.number: row.lane for row in read(house).batches(None, None, 10)}
        found = {which: [row.number for row in page.rows] for which, page in pages.items() if page.rows}
        assert {number: which for which, numbers in found.items() for number in numbers} == listed
        return found

    house.use.ship_batch(linh, batch, 14, "ACME")
    assert lanes() == {"ready_to_ship": [batch]}
    assert [row.wants for row in care.queue(today)] == ["ship"]
    house.clock.forward(seconds=300)
    house.use.ship_batch(linh, batch, 1, "ACME")
    assert lanes() == {"quarantined": [batch]}
    (card,) = read(house).lane("quarantined", house.id("som")).rows
    (waits,) = care.queue(today)
    assert (card.note, waits.wants, waits.takes_two, care.queue_length()) == ("rest", "dispose", True, 1)
    assert (waits.person, waits.since) == ("Nguyễn Thị Linh", card.since)
    assert house.clock.now() - card.since < 300_000_000, "since the last of the others left"
    assert set(waits.people) == {"Nguyễn Thị Linh", "สมชาย ศรีสุข", "Trần Minh", "Phạm Nga", "Lê Lan"}
    (foreseen,) = waiting((waits,), (), house.clock.now()).forecasts
    assert foreseen.outlook == "stopped", "nothing leaves before somebody says what becomes of it"
    assert lanes() == {"quarantined": [batch]}
    page = read(house).batch(read(house).batch_by_number(batch), house.id("som"), house.clock.now())
    assert page.not_conceded == page.header.quantity - 15
    house.rejected(number="R-1")
    house.rejected(number="R-0", ship_by=today + timedelta(days=1))
    first = read(house).lane("quarantined", house.id("som"), None, 1)
    second = read(house).lane("quarantined", house.id("som"), first.after, 1)
    third = read(house).lane("quarantined", house.id("som"), second.after, 1)
    assert [row.number for row in (*first.rows, *second.rows, *third.rows)] == ["R-0", batch, "R-1"]
    assert (first.total, third.after) == (3, None)
    assert [row.number for row in care.queue(today)] == ["R-0", batch, "R-1"]
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "scrap", "no use")
    assert lanes() == {"quarantined": ["R-0", "R-1"], "done": [batch]}
    assert problems(house) == ()


def test_conceded_goods_of_which_the_rest_was_split_off_are_done_once_they_left(house: House) -> None:
    batch, hands = rejected(house), house.hands
    house.use.request_concession(hands["lan"], batch, wish(house, 15))
    house.use.approve_concession(hands["minh"], hands["nga"], batch)
    with house.use.look() as uow:
        rest = uow.batch(batch).still_here - 15
    house.use.split_batch(hands["linh"], hands["som"], batch, (Piece("P-1", rest, "sort"),), 15, "sort them")
    house.use.ship_batch(house.sittings["linh"], batch, 15, "ACME")
    assert [row.number for row in read(house).lane(DONE, house.id("som")).rows] == [batch]
    assert [row.number for row in read(house).lane("quarantined", house.id("som")).rows] == ["P-1"]
    page = read(house).batch(read(house).batch_by_number(batch), house.id("som"), house.clock.now())
    assert page.not_conceded == 0


def test_an_expired_request_is_not_approved(house: House) -> None:
    batch = rejected(house)
    house.use.request_concession(house.hands["lan"], batch, wish(house, days=1))
    house.clock.forward(days=3)
    refused(
        ConcessionExpired,
        lambda: house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch),
    )


def test_beyond_the_budget_nothing_is_conceded(house: House) -> None:
    hands, supplier = house.hands, house.supplier.supplier
    for by, other, kind in (("linh", "linh", TwoNeeded), ("linh", "nga", MissingRole)):
        refused(
            kind,
            lambda by=by, other=other: house.use.set_concession_budget(  # type: ignore[misc]
                hands[by], hands[other], supplier, Decimal(5), 12, "agreed"
            ),
        )
    for percent, months in ((Decimal("5.005"), 12), (Decimal(101), 12), (Decimal(5), 121)):
        with pytest.raises(BadInput):
            house.use.set_concession_budget(hands["linh"], hands["som"], supplier, percent, months, "agreed")
    many = house.batch(quantity=160)
    house.use.set_concession_budget(hands["linh"], hands["som"], supplier, Decimal("12.5"), 6, "agreed")
    first = rejected(house)
    spent = refused(BudgetSpent, lambda: house.use.request_concession(hands["lan"], first, wish(house)))
    assert (spent.received, spent.conceded, spent.asked) == (20, 0, 20)  # nobody has looked at the others
    begun = house.start("linh", many)
    house.record("linh", begun)
    house.sign("linh", begun)
    spent = refused(BudgetSpent, lambda: house.use.request_concession(hands["lan"], first, wish(house)))
    assert spent.received == 20, "one person lifts nothing, whatever this one signs"
    house.check("som", many)
    house.use.request_concession(hands["lan"], first, wish(house))
    house.use.approve_concession(hands["minh"], hands["nga"], first)
    second = rejected(house)
    spent = refused(BudgetSpent, lambda: house.use.request_concession(hands["lan"], second, wish(house, 6)))
    assert (spent.received, spent.conceded, spent.asked) == (200, 20, 6)
    house.use.request_concession(hands["lan"], second, wish(house, 5))
    house.use.set_concession_budget(hands["linh"], hands["som"], supplier, Decimal("12"), 6, "less")
    refused(BudgetSpent, lambda: house.use.approve_concession(hands["minh"], hands["nga"], second))
    (row,) = read(house).conceded(house.clock.today())
    assert (row.units, row.received, row.conceded, row.left) == (20, 200, 20, 4)


def test_goods_registered_and_called_off_lift_no_budget(house: House) -> None:
    hands, supplier = house.hands, house.supplier.supplier
    house.use.set_concession_budget(hands["linh"], hands["som"], supplier, Decimal(50), 6, "agreed")
    batch = rejected(house)
    house.use.request_concession(hands["lan"], batch, wish(house, 10))
    house.use.set_concession_budget(hands["linh"], hands["som"], supplier, Decimal(10), 6, "less")
    large = house.batch(quantity=1_000)
    spent = refused(BudgetSpent, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))
    assert (spent.received, spent.asked) == (20, 10)
    house.use.cancel_batch(house.sittings["linh"], large, "typed twice")
    refused(BudgetSpent, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))
    (row,) = read(house).conceded(house.clock.today())
    assert (row.received, row.left) == (20, 2)
    large = house.batch(quantity=1_000)
    house.check("linh", large)
    signed = house.check("som", large)
    assert read(house).conceded(house.clock.today())[0].received == 1_020
    house.use.retract_check(hands["som"], signed.fact.check, "the wrong lot")
    spent = refused(BudgetSpent, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))
    assert (spent.received, spent.asked) == (20, 10), "a verdict that was taken back lifts nothing"
    assert problems(house) == ()


def test_whoever_had_a_part_in_a_concession_takes_no_independent_place(house: House) -> None:
    batch, hands = rejected(house), house.hands
    house.use.request_concession(hands["lan"], batch, wish(house))
    house.use.refuse_concession(hands["minh"], batch, "no")
    house.use.dispose_batch(hands["linh"], hands["som"], batch, "rework", "polish")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Bình"),))
    house.check("minh", batch)
    assert refused(AskedForConcession, lambda: house.start("lan", batch)).part == "asked"
    house.check("nga", batch)
    refused(AskedForConcession, lambda: house.use.release_batch(hands["lan"], batch))
    house.use.release_batch(hands["som"], batch)


def test_two_insiders_need_the_customers_consent_where_nobody_else_is(tmp_path: Path) -> None:
    small = standing(tmp_path)
    batch = rejected(small)
    lan = small.enrol("lan", "Lê Lan", "planner")
    kept = store_file(small.database.folder / "files", b"%PDF-1.7 we agree")
    small.use.request_concession(lan, batch, wish(small))
    refused(
        OutsiderNeeded, lambda: small.use.approve_concession(small.hands["linh"], small.hands["som"], batch)
    )
    small.use.refuse_concession(lan, batch, "no consent yet")
    small.use.request_concession(lan, batch, wish(small, consent=kept))
    small.use.approve_concession(small.hands["linh"], small.hands["som"], batch)
    assert small.state(batch) == "released_under_concession"
    assert problems(small) == ()
    small.database.dispose()


def test_a_certificate_under_concession_says_so_and_covers_no_more_than_was_conceded(house: House) -> None:
    batch = rejected(house)
    lan, som = house.hands["lan"], house.hands["som"]
    refused(NotReleased, lambda: house.use.issue_certificate(som, batch))
    house.use.request_concession(lan, batch, wish(house, 15))
    refused(NotReleased, lambda: house.use.issue_certificate(som, batch))
    approved = house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch)
    fact = house.use.issue_certificate(som, batch)
    assert (fact.verdict, fact.quantity, fact.record) == ("released_under_concession", 15, approved.record)
    said = read_code(printed_code(fact.code, fact.sig))
    assert (said.verdict, said.quantity, said.record) == (fact.verdict, 15, approved.record)
    with house.use.look() as uow:
        given = uow.given_concession(fact.round)
        assert given is not None and fact.release == given.event
        assert said.event == uow.event_hash(given.event)
    assert problems(house) == ()
    refused(AlreadyCertified, lambda: house.use.issue_certificate(som, batch))


def test_nothing_is_certified_after_the_last_day_of_a_concession(house: House) -> None:
    batch = conceded(house)
    house.clock.forward(days=400)
    house.sit("som")
    refused(ConcessionExpired, lambda: house.use.issue_certificate(house.hands["som"], batch))
    assert problems(house) == ()


def test_no_certificate_after_a_release_under_concession_was_taken_back(house: House) -> None:
    certified, plain = conceded(house), conceded(house)
    number = house.use.issue_certificate(house.hands["som"], certified).certificate
    for batch in (certified, plain):
        house.use.withdraw_batch(house.hands["linh"], batch, "the customer complains")
    refused(NotReleased, lambda: house.use.issue_certificate(house.hands["som"], plain))
    refused(CertificateVoid, lambda: house.use.print_certificate(house.sittings["linh"], number))
    assert problems(house) == ()


def test_a_release_under_concession_whose_record_is_lost_is_not_certified(house: House) -> None:
    batch = conceded(house)
    with house.use.look() as uow:
        given = uow.given_concession(uow.batch(batch).round or "")
        assert given is not None
        signed = {s.record for s in uow.sign_offs(uow.batch(batch).round or "")}
        assert given.record not in signed
    with house.database.engine.connect() as connection:
        for (name,) in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("DELETE FROM record WHERE sha256 = ?", (given.record,))
        connection.commit()
    refused(Unverified, lambda: house.use.issue_certificate(house.hands["som"], batch))


def test_a_release_under_concession_is_taken_back_like_any_other(house: House) -> None:
    batch = conceded(house)
    house.use.withdraw_batch(house.hands["linh"], batch, "the customer complains")
    assert house.state(batch) == "withdrawn"
    assert problems(house) == ()
