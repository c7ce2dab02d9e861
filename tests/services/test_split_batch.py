# SPDX-License-Identifier: Apache-2.0
"""Goods that go different ways: parts that add up, carry the history, and get round none of its rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from qcdesk.domain.events import BatchSplit
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    AlreadyThere,
    AskedForConcession,
    BudgetSpent,
    CertificateStands,
    ChangedMeanwhile,
    CheckRunning,
    CriticalConceded,
    CriticalNowhere,
    Held,
    MadeUnits,
    MoreThanReleased,
    NumberHad,
    PartTooSmall,
    QuantitiesDiffer,
    ReworkersMissing,
    SelfConfirm,
    WrongState,
)
from qcdesk.domain.splitting import Piece
from qcdesk.services.concessions import Wish
from qcdesk.store import figures
from qcdesk.store.verification import verify
from tests.workspace import House, refused, standing

BAD = dict.fromkeys(range(1, 9), "SCR")
THREE = (Piece("", 60, "sort"), Piece("", 30, "return"), Piece("", 10, "scrap"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Give a workspace where three more people may approve a concession."""
    house = standing(tmp_path)
    for login, name in (("minh", "Trần Minh"), ("nga", "Phạm Nga"), ("lan", "Lê Lan")):
        house.enrol(login, name, "concession", "inspector", "releaser")
    yield house
    house.database.dispose()


def rejected(house: House, quantity: int = 100, **fields: Any) -> str:  # noqa: ANN401 - any other field
    """Return a batch that Linh and Som rejected for scratches."""
    batch = house.batch(quantity=quantity, **fields)
    house.check("linh", batch, BAD)
    house.check("som", batch, BAD)
    assert house.state(batch) == "rejected"
    return batch


def split(
    house: House,
    batch: str,
    pieces: Sequence[Piece] = THREE,
    kept: int = 0,
    by: str = "linh",
    other: str = "som",
    **more: Any,  # noqa: ANN401 - where it was shown to stand
) -> BatchSplit:
    """Split a batch; Linh asks and Som confirms."""
    return house.use.split_batch(
        house.hands[by], house.hands[other], batch, pieces, kept, "three ways", **more
    )


def wish(house: House, quantity: int) -> Wish:
    until = house.clock.today() + timedelta(days=30)
    return Wish(quantity, until, "scratched inside, out of sight", "ACME mail of 3 March", ("SCR",))


def found(house: House, batch: str) -> Any:  # noqa: ANN401 - a batch
    with house.use.look() as look:
        return look.batch(batch)


def test_the_parts_are_batches_of_their_own_and_together_all_there_was(house: House) -> None:
    batch = rejected(house, number="L-100")
    fact = split(house, batch)
    assert [(p.number, p.quantity, p.way) for p in fact.parts] == [
        ("L-100/1", 60, "sort"),
        ("L-100/2", 30, "return"),
        ("L-100/3", 10, "scrap"),
    ]
    assert [house.state(p.number) for p in fact.parts] == ["registered", "returned", "scrapped"]
    assert (house.state(batch), found(house, batch).here) == ("split", 0)
    part = found(house, "L-100/1")
    assert (part.rework_ordered, part.next_severity, part.round_no) == (True, "tightened", 1)
    assert part.origins == (found(house, batch).id,)
    assert verify(house.database).ok
    with house.database.reading() as connection:
        assert figures.differing(connection) == 0


def test_what_was_sorted_is_inspected_tightened_by_two_and_released(house: House) -> None:
    batch = rejected(house, number="L-100")
    split(house, batch)
    refused(ReworkersMissing, lambda: house.start("linh", "L-100/1"))
    house.use.record_rework(house.sittings["linh"], "L-100/1", (house.maker("Lê Văn Tám"),))
    house.check("linh", "L-100/1")
    house.check("som", "L-100/1")
    with house.use.look() as look:
        (standing_round,) = look.rounds(found(house, "L-100/1").id)
    assert standing_round.no == 2
    assert standing_round.opened.plan.severity == "tightened"
    house.use.release_batch(house.hands["som"], "L-100/1")
    assert house.state("L-100/1") == "released"
    refused(MoreThanReleased, lambda: house.use.ship_batch(house.sittings["linh"], "L-100/1", 61, "ACME"))
    house.use.ship_batch(house.sittings["linh"], "L-100/1", 60, "ACME")
    assert verify(house.database).ok


def test_quantities_that_do_not_add_up_are_refused_and_nothing_is_kept(house: House) -> None:
    batch = rejected(house)
    for pieces, kept in (
        (THREE[:2], 0),
        (THREE, 1),
        ((*THREE, Piece("", 2, "scrap")), 0),
        ((Piece("", 90, "sort"),), 9),
    ):
        said = refused(QuantitiesDiffer, partial(split, house, batch, pieces, kept))
        assert said.there == 100
    refused(PartTooSmall, lambda: split(house, batch, (Piece("", 100, "sort"), Piece("", 0, "scrap"))))
    for wrong in (
        (),
        (Piece("", 100, "sell"),),  # type: ignore[arg-type]
        (Piece("", 100, "regrade"),),
        (Piece("", 100, "inspect"),),
        (Piece("", 100, "sort", units=(3,)),),
    ):
        with pytest.raises(BadInput):
            split(house, batch, wrong)
    with pytest.raises(BadInput):
        split(house, batch, (Piece("", 102, "sort"),), -2)
    assert house.state(batch) == "rejected"
    assert found(house, batch).here == 100


def test_a_part_of_one_unit_is_inspected_whole_by_two_and_goes_its_way(house: House) -> None:
    batch = rejected(house, number="L-5")
    split(
        house, batch, (Piece("", 97, "scrap"), *(Piece("", 1, way) for way in ("sort", "repair", "return")))
    )
    tam = house.maker("Lê Văn Tám")
    for number, bad in (("L-5/2", {}), ("L-5/3", {1: "SCR"})):
        house.use.record_rework(house.sittings["linh"], number, (tam,))
        house.check("linh", number, bad)
        house.check("som", number, bad)
        with house.use.look() as look:
            plan = look.rounds(look.batch(number).id)[-1].opened.plan
        assert (plan.n, plan.inspect_all, plan.severity) == (1, True, "tightened")
        assert all(
            (one.ac, one.re, one.table) == (0, 1, None) for one in plan.classes if one.rule.aql is not None
        )
    assert [house.state(f"L-5/{n}") for n in (2, 3, 4)] == ["accepted", "rejected", "returned"]
    house.use.release_batch(house.hands["som"], "L-5/2")
    house.use.ship_batch(house.sittings["linh"], "L-5/2", 1, "ACME")
    assert found(house, "L-5/3").repaired and not found(house, "L-5/2").repaired
    dispose(house, "L-5/3", "scrap")
    assert verify(house.database).ok


def test_a_single_unit_that_nobody_had_inspected_is_inspected_as_it_is(house: House) -> None:
    batch = house.batch(number="L-6", quantity=100)
    house.use.stop_batch(house.sittings["som"], batch, "wrong_goods", "one is of another kind")
    split(house, batch, (Piece("", 99, "inspect"), Piece("", 1, "inspect")))
    for number in ("L-6/1", "L-6/2"):
        house.use.lift_hold(house.hands["linh"], house.hands["som"], number, "sorted apart")
        house.check("linh", number)
        house.check("som", number)
        assert house.state(number) == "accepted"
    assert verify(house.database).ok
    with house.database.reading() as connection:
        assert figures.differing(connection) == 0


def test_one_asks_and_another_confirms_what_both_were_shown(house: House) -> None:
    batch = rejected(house)
    shown = found(house, batch).shown
    refused(SelfConfirm, lambda: split(house, batch, other="linh"))
    house.use.stop_batch(house.sittings["som"], batch, "other", "label")
    refused(ChangedMeanwhile, lambda: split(house, batch, seen=shown))
    split(house, batch, seen=found(house, batch).shown)


def test_a_number_that_a_batch_has_or_had_is_no_parts(house: House) -> None:
    batch = rejected(house, number="L-100")
    other = house.batch(number="L-100/1")
    with house.use.look() as look:
        saved = look.batch(other).saved
    house.use.register_batch(house.sittings["linh"], replace(saved, number="L-101"))
    for number in ("L-101", "L-100"):
        refused(AlreadyThere, partial(split, house, batch, (Piece(number, 100, "sort"),)))
    refused(NumberHad, lambda: split(house, batch, (Piece("L-100/1", 100, "sort"),)))
    twice = (Piece("L-9", 50, "sort"), Piece("L-9", 50, "scrap"))
    refused(AlreadyThere, lambda: split(house, batch, twice))
    assert [p.number for p in split(house, batch).parts] == ["L-100/2", "L-100/3", "L-100/4"]


def test_only_what_is_rejected_or_held_is_split_and_never_under_inspection(house: House) -> None:
    begun = house.batch(quantity=100)
    refused(WrongState, lambda: split(house, begun))
    house.check("linh", begun)
    house.use.stop_batch(house.sittings["som"], begun, "other", "label")
    refused(WrongState, lambda: split(house, begun))  # where units went would tell what the first check found
    house.use.lift_hold(house.hands["linh"], house.hands["som"], begun, "right")
    house.check("som", begun)
    refused(WrongState, lambda: split(house, begun))
    house.use.stop_batch(house.sittings["som"], begun, "other", "label")
    split(house, begun)
    assert verify(house.database).ok


def test_what_is_still_here_after_some_was_shipped_is_split_and_never_more_than_that(house: House) -> None:
    shipped = house.released(number="L-5", quantity=100)
    house.use.ship_batch(house.sittings["linh"], shipped, 30, "ACME")
    refused(WrongState, lambda: split(house, shipped))
    house.use.withdraw_batch(house.hands["linh"], shipped, "recall")
    assert refused(QuantitiesDiffer, lambda: split(house, shipped)).there == 70
    split(house, shipped, (Piece("", 60, "sort"), Piece("", 10, "return")))
    assert (house.state(shipped), found(house, shipped).still_here) == ("split", 0)
    refused(WrongState, lambda: split(house, shipped, (Piece("", 30, "sort"),)))
    house.use.record_rework(house.sittings["linh"], "L-5/1", (house.maker("Lê Văn Tám"),))
    house.check("linh", "L-5/1")
    house.check("som", "L-5/1")
    house.use.release_batch(house.hands["som"], "L-5/1")
    assert verify(house.database).ok


def conceded(house: House, number: str, shipped: int) -> str:
    """Return a rejected batch of 100 of which 40 are conceded, and so many of those shipped."""
    batch = rejected(house, number=number)
    house.use.request_concession(house.hands["linh"], batch, wish(house, 40))
    house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch)
    if shipped:
        house.use.ship_batch(house.sittings["linh"], batch, shipped, "ACME")
    return batch


def dispose(house: House, batch: str, kind: str) -> None:
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, kind, "not wanted")


def test_what_a_shipped_concession_left_goes_back_although_its_certificate_stands(house: House) -> None:
    batch = conceded(house, "L-5", 40)
    house.use.issue_certificate(house.hands["som"], batch)
    refused(WrongState, lambda: dispose(house, batch, "rework"))
    said = refused(WrongState, lambda: dispose(house, batch, "sort"))
    assert (said.state, said.act) == ("shipped", "sort")
    dispose(house, batch, "return")
    assert (house.state(batch), found(house, batch).shipped) == ("returned", 40)
    refused(WrongState, lambda: house.use.ship_batch(house.sittings["linh"], batch, 1, "ACME"))
    with house.database.reading() as connection:
        (gone,) = connection.exec_driver_sql("SELECT quantity FROM disposition").scalars()
        assert (gone, figures.differing(connection)) == (60, 0)
    assert verify(house.database).ok


def test_of_a_conceded_batch_what_is_not_conceded_is_split_and_the_rest_is_shipped(house: House) -> None:
    batch = conceded(house, "L-5", 10)
    for kind in ("return", "scrap"):
        assert refused(WrongState, partial(dispose, house, batch, kind)).state == "conceded"
    for pieces, kept, refusal in (
        ((Piece("", 90, "sort"),), 0, WrongState),
        ((Piece("", 61, "sort"),), 29, WrongState),
        ((Piece("", 60, "sort"),), 40, QuantitiesDiffer),
        ((Piece("", 60, "sort"),), 0, QuantitiesDiffer),
    ):
        refused(refusal, partial(split, house, batch, pieces, kept))
    split(house, batch, (Piece("", 20, "scrap"),), 70)
    split(house, batch, (Piece("", 40, "sort"),), 30)
    refused(WrongState, lambda: split(house, batch, (Piece("", 2, "sort"),), 28))
    ship = partial(house.use.ship_batch, house.sittings["linh"], batch)
    assert refused(MoreThanReleased, lambda: ship(31, "ACME")).left == 30
    ship(30, "ACME")
    refused(WrongState, lambda: dispose(house, batch, "scrap"))
    assert (house.state(batch), found(house, batch).still_here) == ("released_under_concession", 0)
    assert verify(house.database).ok


def test_a_release_under_concession_that_is_withdrawn_leaves_what_was_not_shipped(house: House) -> None:
    batch = conceded(house, "L-5", 10)
    house.use.withdraw_batch(house.hands["linh"], batch, "they want no more")
    dispose(house, batch, "scrap")
    with house.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT quantity FROM disposition").scalars().all() == [90]
    assert verify(house.database).ok


def test_of_goods_that_somebody_inspects_it_is_said_where_they_stand_and_not_who_does(house: House) -> None:
    batch = house.batch(quantity=100)
    house.start("linh", batch)
    assert refused(WrongState, lambda: split(house, batch)).state == "first_check"


def test_nothing_is_split_of_what_a_certificate_says_is_released(house: House) -> None:
    batch = house.released(quantity=100)
    number = house.use.issue_certificate(house.hands["som"], batch).certificate
    refused(WrongState, lambda: split(house, batch))
    house.use.withdraw_batch(house.hands["linh"], batch, "recall")
    with house.database.engine.connect() as connection:  # as if its end had never been written down
        for (name,) in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("DELETE FROM certificate_withdrawn")
        connection.commit()
    said = refused(CertificateStands, lambda: split(house, batch))
    assert (said.batch, said.number) == (batch, number)


def test_a_third_check_that_runs_is_not_cut_short(house: House) -> None:
    house.enrol("huy", "Đỗ Huy", "arbiter")
    batch = house.disagreed(quantity=100)
    house.start("huy", batch)
    assert refused(CheckRunning, lambda: split(house, batch)).place == "third"


def test_goods_that_nobody_began_to_inspect_are_split_and_each_part_is_inspected(house: House) -> None:
    batch = house.batch(number="L-7", quantity=100)
    house.use.stop_batch(house.sittings["som"], batch, "wrong_goods", "two kinds in one crate")
    split(house, batch, (Piece("", 70, "inspect"), Piece("", 30, "return")))
    part = found(house, "L-7/1")
    assert (part.state, part.held, part.rework_ordered, part.next_severity) == (
        "registered",
        True,
        False,
        "normal",
    )
    house.check("linh", "L-7/1")
    house.check("som", "L-7/1")
    refused(Held, lambda: house.use.release_batch(house.hands["som"], "L-7/1"))
    house.use.lift_hold(house.hands["linh"], house.hands["som"], "L-7/1", "right kind")
    house.use.release_batch(house.hands["som"], "L-7/1")
    assert verify(house.database).ok


def test_a_part_is_neither_changed_nor_cancelled(house: House) -> None:
    batch = house.batch(number="L-7", quantity=100)
    house.use.stop_batch(house.sittings["som"], batch, "other", "two kinds")
    split(house, batch, (Piece("", 70, "inspect"), Piece("", 30, "inspect")))
    house.use.lift_hold(house.hands["linh"], house.hands["som"], "L-7/1", "right kind")
    part = found(house, "L-7/1")
    refused(WrongState, lambda: house.use.cancel_batch(house.sittings["linh"], "L-7/1", "mistake"))
    refused(
        WrongState,
        lambda: house.use.register_batch(house.sittings["linh"], replace(part.saved, quantity=80)),
    )


def test_what_stays_is_conceded_up_to_what_it_is_and_never_inspected_anew(house: House) -> None:
    batch = rejected(house, number="L-5")
    refused(WrongState, lambda: split(house, house.accepted(quantity=100), (Piece("", 60, "sort"),), 40))
    house.use.request_concession(house.hands["linh"], batch, wish(house, 100))
    split(house, batch, (Piece("", 60, "sort"),), 40)
    assert (house.state(batch), found(house, batch).here) == ("rejected", 40)
    hands = house.hands
    refused(QuantitiesDiffer, lambda: house.use.approve_concession(hands["minh"], hands["nga"], batch))
    house.use.refuse_concession(hands["linh"], batch, "some are sorted")
    refused(QuantitiesDiffer, lambda: house.use.request_concession(hands["linh"], batch, wish(house, 41)))
    for kind in ("rework", "sort"):
        refused(
            WrongState,
            partial(house.use.dispose_batch, hands["linh"], hands["som"], batch, kind, "no"),
        )
    with house.use.look() as look:
        checks = look.round(look.batch(batch).round or "").checks
    refused(WrongState, lambda: house.use.retract_check(hands["linh"], checks[0].id, "wrong"))
    house.use.request_concession(hands["linh"], batch, wish(house, 40))
    house.use.approve_concession(hands["minh"], hands["nga"], batch)
    assert house.state(batch) == "released_under_concession"
    refused(MoreThanReleased, lambda: house.use.ship_batch(house.sittings["linh"], batch, 41, "ACME"))
    house.use.ship_batch(house.sittings["linh"], batch, 40, "ACME")
    assert verify(house.database).ok


def test_what_stays_goes_back_as_what_it_is(house: House) -> None:
    batch = rejected(house)
    split(house, batch, (Piece("", 60, "sort"),), 40)
    split(house, batch, (Piece("", 30, "scrap"),), 10)
    refused(
        MoreThanReleased,
        lambda: house.use.ship_unreleased(house.sittings["linh"], batch, 11, "ACME", "by mistake"),
    )
    fact = house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "return", "bad")
    assert fact.quantity == 10
    assert verify(house.database).ok


def test_whoever_asked_for_a_concession_releases_no_part(house: House) -> None:
    batch = rejected(house, number="L-5")
    house.use.request_concession(house.hands["som"], batch, wish(house, 40))
    split(house, batch)
    house.use.record_rework(house.sittings["linh"], "L-5/1", (house.maker("Lê Văn Tám"),))
    house.check("linh", "L-5/1")
    refused(AskedForConcession, lambda: house.start("som", "L-5/1"))
    house.check("minh", "L-5/1")
    refused(AskedForConcession, lambda: house.use.release_batch(house.hands["som"], "L-5/1"))
    house.use.release_batch(house.hands["minh"], "L-5/1")
    assert verify(house.database).ok


def test_who_made_a_batch_made_its_parts(house: House) -> None:
    batch = house.batch(number="L-5", quantity=100, makers=("som",))
    house.check("linh", batch, BAD)
    house.check("minh", batch, BAD)
    with pytest.raises(BadInput):
        split(house, batch, (Piece("", 100, "return"),))
    split(house, batch, (Piece("", 100, "sort"),))
    house.use.record_rework(house.sittings["linh"], "L-5/1", (house.maker("Lê Văn Tám"),))
    house.check("linh", "L-5/1")
    refused(MadeUnits, lambda: house.start("som", "L-5/1"))


def test_a_unit_with_a_claimed_critical_is_said_to_be_somewhere_and_inspected_again(house: House) -> None:
    batch = house.rejected(number="L-5", quantity=100)
    with house.use.look() as look:
        (unit,) = look.critical_units(look.batch(batch).id)
    said = refused(CriticalNowhere, lambda: split(house, batch))
    assert said.units == (unit,)
    split(house, batch, (replace(THREE[0], units=(unit,)), *THREE[1:]))
    house.use.record_rework(house.sittings["linh"], "L-5/1", (house.maker("Lê Văn Tám"),))
    house.check("linh", "L-5/1", BAD)
    with house.use.look() as look:
        (round_,) = look.rounds(look.batch("L-5/1").id)
    assert 1 in round_.opened.sample
    assert round_.opened.must_include == (1,)
    house.check("som", "L-5/1", BAD)
    assert house.state("L-5/1") == "rejected"
    refused(
        CriticalConceded,
        lambda: house.use.request_concession(house.hands["linh"], "L-5/1", wish(house, 1)),
    )
    assert verify(house.database).ok


def test_a_part_is_split_again_with_all_that_it_came_from(house: House) -> None:
    batch = rejected(house, number="L-5")
    split(house, batch)
    house.use.record_rework(house.sittings["linh"], "L-5/1", (house.maker("Lê Văn Tám"),))
    house.check("linh", "L-5/1", BAD)
    house.check("som", "L-5/1", BAD)
    split(house, "L-5/1", (Piece("", 20, "regrade", "B, for inner parts"), Piece("", 40, "scrap")))
    part = found(house, "L-5/1/1")
    assert part.origins == (found(house, batch).id, found(house, "L-5/1").id)
    assert len(part.reworkers) == 1
    house.use.record_rework(house.sittings["linh"], "L-5/1/1", (house.maker("Lê Văn Chín"),))
    house.check("linh", "L-5/1/1")
    house.check("som", "L-5/1/1")
    house.use.release_batch(house.hands["som"], "L-5/1/1")
    assert verify(house.database).ok


def test_what_was_received_is_counted_once_for_the_budget(house: House) -> None:
    house.use.set_concession_budget(
        house.hands["linh"], house.hands["som"], house.supplier.supplier, Decimal(20), 12, "no more"
    )
    batch = rejected(house)
    split(house, batch, (Piece("", 60, "sort"),), 40)
    said = refused(
        BudgetSpent, lambda: house.use.request_concession(house.hands["linh"], batch, wish(house, 21))
    )
    assert (said.received, said.asked) == (100, 21)


def test_what_stayed_is_not_inspected_anew_where_a_retraction_holds_it(house: House) -> None:
    """Its rounds were about units that are elsewhere now."""
    house.enrol("huy", "Lê Huy", "arbiter")
    batch = rejected(house)
    for time in range(2):
        with house.use.look() as uow:
            check = uow.round(uow.batch(batch).round or "").signed("second")
        assert check is not None
        house.use.retract_check(house.hands["som"], check.id, "wrong gauge")
        if not time:
            house.check("linh", batch, BAD)
            house.check("som", batch, BAD)
    split(house, batch, (Piece("", 40, "scrap"),), 60)
    said = refused(WrongState, lambda: house.use.order_round(house.hands["huy"], batch, "look again"))
    assert (said.state, said.act) == ("split", "order_round")
