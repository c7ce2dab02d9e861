# SPDX-License-Identifier: Apache-2.0
"""What is registered makes sense by itself, and a number is there once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from qcdesk.domain.anchors import Lost
from qcdesk.domain.events import BatchSaved, DefectReported, Maker
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    AlreadyThere,
    CertificateStands,
    ChangedMeanwhile,
    CheckRunning,
    Held,
    HoldOfRetraction,
    NobodyLeft,
    NumberHad,
    ReadsLike,
    ReadsOnly,
    Reworked,
    SeenEventLost,
    SelfConfirm,
    TwoNeeded,
    Unverified,
    WrongState,
)
from qcdesk.store import figures
from qcdesk.store.proofs import Proofs
from qcdesk.store.verification import verify
from tests.workspace import House, refused


def new(house: House, **fields: object) -> BatchSaved:
    saved = BatchSaved("", "DA-9", house.product.product, 20, supplier=house.supplier.supplier)
    return replace(saved, **fields)  # type: ignore[arg-type]


def test_a_batch_that_contradicts_itself_is_neither_registered_nor_made_of_a_sound_one(house: House) -> None:
    sitting = house.sittings["linh"]
    sound = house.use.register_batch(sitting, new(house, number="DA-1"))
    for wrong in (new(house, quantity=1), replace(sound, line="Line 2"), replace(sound, supplier=None)):
        with pytest.raises(BadInput):
            house.use.register_batch(sitting, wrong)


def test_a_number_is_there_once(house: House) -> None:
    sitting = house.sittings["linh"]
    house.use.register_batch(sitting, new(house))
    other = house.use.register_batch(sitting, new(house, number="DA-8"))
    for again in (new(house), replace(other, number="DA-9")):
        said = refused(AlreadyThere, lambda again=again: house.use.register_batch(sitting, again))  # type: ignore[misc]
        assert (said.kind, said.value) == ("batch", "DA-9")


def test_what_does_not_verify_is_not_shipped_and_what_left_is_put_down(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.approve()
    batch, sitting = house.released(), house.sittings["linh"]
    with monkeypatch.context() as patch:
        patch.setattr(Proofs, "lost", lambda _: Lost("missing", 900, 1, last=80, since=80))
        assert (
            refused(SeenEventLost, lambda: house.use.ship_batch(sitting, batch, 5, "Brookfield")).event == 900
        )
    monkeypatch.setattr(Proofs, "batch_verifies", lambda *_: False)
    said = refused(Unverified, lambda: house.use.ship_batch(sitting, batch, 5, "Brookfield"))
    with house.use.look() as uow:
        assert (said.batch, said.whole) == (uow.batch(batch).number, False)
    assert house.use.ship_unreleased(sitting, batch, 5, "Brookfield", "gone already").quantity == 5


def test_a_number_that_a_batch_had_is_no_other_batch_s_also_once_it_has_another_or_is_cancelled(
    house: House,
) -> None:
    sitting = house.sittings["linh"]
    first = house.use.register_batch(sitting, new(house, number="DA-7"))
    other = house.use.register_batch(sitting, new(house, number="DA-8"))
    renamed = house.use.register_batch(sitting, replace(first, number="DA-7-x"))
    for again in (new(house, number="DA-7"), replace(other, number="DA-7")):
        said = refused(NumberHad, lambda again=again: house.use.register_batch(sitting, again))  # type: ignore[misc]
        assert (said.value, said.batch) == ("DA-7", "DA-7-x")
    refused(ReadsLike, lambda: house.use.register_batch(sitting, new(house, number="da-7")))
    back = house.use.register_batch(sitting, replace(renamed, number="DA-7"))
    house.use.register_batch(sitting, replace(back, number="DA-7-x"))
    house.use.cancel_batch(sitting, first.batch, "registered twice")
    refused(NumberHad, lambda: house.use.register_batch(sitting, new(house, number="DA-7")))


def test_a_maker_does_not_come_off_by_registering_the_number_anew(house: House) -> None:
    maker = Maker(house.maker("Phạm Văn Anh"))
    linh, som = house.sittings["linh"], house.sittings["som"]
    own = new(house, number="DA-7", supplier=None, line="Line 2", makers=(Maker(house.id("linh")),))
    made = house.use.register_batch(som, own)
    renamed = house.use.register_batch(linh, replace(made, number="DA-7-x"))
    house.use.cancel_batch(linh, renamed.batch, "registered twice")
    refused(
        NumberHad,
        lambda: house.use.register_batch(linh, replace(own, makers=(maker,))),
    )


def test_what_is_stopped_gets_no_other_number_and_is_not_cancelled(house: House) -> None:
    sitting = house.sittings["linh"]
    saved = house.use.register_batch(sitting, new(house))
    house.use.stop_batch(house.sittings["som"], saved.batch, "safety", "sharp edges")
    refused(Held, lambda: house.use.register_batch(sitting, replace(saved, number="DA-9-x")))
    refused(Held, lambda: house.use.cancel_batch(sitting, saved.batch, "registered twice"))
    noted = house.use.register_batch(sitting, replace(saved, note="call before delivery"))
    house.use.lift_hold(house.hands["linh"], house.hands["som"], saved.batch, "looked at")
    house.use.register_batch(sitting, replace(noted, number="DA-9-x"))
    house.use.cancel_batch(sitting, saved.batch, "registered twice")


def test_a_batch_is_changed_only_by_who_read_it_as_it_is(house: House) -> None:
    linh, som = house.sittings["linh"], house.sittings["som"]
    read = house.use.register_batch(linh, new(house, supplier=None, line="Line 2"))
    house.use.register_batch(som, replace(read, makers=(Maker(house.maker("Phạm Văn Anh")),)))
    said = refused(
        ChangedMeanwhile, lambda: house.use.register_batch(linh, replace(read, note="call before delivery"))
    )
    assert said.saving
    refused(ChangedMeanwhile, lambda: house.use.register_batch(linh, replace(read, seen=None)))
    with house.use.look() as uow:
        now = uow.batch(read.batch).saved
    assert len(now.makers) == 1 and now.note == ""
    assert house.use.register_batch(linh, replace(now, note="call before delivery")).makers == now.makers


def test_that_nobody_is_left_after_a_rework_takes_two_and_what_leaves_somebody_one(house: House) -> None:
    house.approve()
    linh, som = house.sittings["linh"], house.hands["som"]
    both = (house.id("linh"), house.id("som"))
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], som, batch, "rework", "weld")
    rework = partial(house.use.record_rework, linh, batch, both)
    refused(NobodyLeft, lambda: rework(other=som))
    said = refused(TwoNeeded, lambda: rework(knowing=True))
    assert said.act == "reworked" and said.who_can
    refused(TwoNeeded, lambda: rework(knowing=True, other=house.hands["linh"]))
    house.enrol("dan", "Đan", "auditor")
    refused(ReadsOnly, lambda: rework(knowing=True, other=house.hands["dan"]))
    rework(knowing=True, other=som)
    other = house.rejected()
    house.use.dispose_batch(house.hands["linh"], som, other, "rework", "weld")
    house.use.record_rework(linh, other, (house.maker("Phạm Văn Anh"),), knowing=True, other=som)
    with house.database.reading() as connection:
        beside = connection.exec_driver_sql(
            "SELECT count(*) FROM line_signer s JOIN line l ON l.seq = s.seq WHERE l.type = 'batch.reworked'"
        ).scalar_one()
    assert beside == 1  # where one is enough nobody signs beside


# What two sign is what they were shown ---------------------------------------------------------------------------


def test_two_lift_the_stop_that_they_were_shown_and_no_other(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    batch = house.batch("DA-7")
    shown = house.use.stop_batch(house.sittings["linh"], batch, "paperwork", "no order number").hold
    house.use.lift_hold(som, linh, batch, "it has come", hold=shown)
    house.use.stop_batch(house.sittings["som"], batch, "safety", "sharp edges")
    refused(ChangedMeanwhile, lambda: house.use.lift_hold(linh, som, batch, "it is there", hold=shown))
    with house.use.look() as uow:
        standing = uow.batch(batch)
    assert standing.held and standing.hold is not None
    house.use.lift_hold(linh, som, batch, "ground smooth", hold=standing.hold)


def test_two_send_to_rework_and_do_again_what_stands_where_they_were_shown(house: House) -> None:
    house.approve()
    linh, som = house.hands["linh"], house.hands["som"]
    batch, other = house.rejected(), house.batch()
    house.check("linh", other)
    house.check("som", other, {1: "DEN", 2: "DEN"})
    for number, act in (
        (batch, lambda seen: house.use.dispose_batch(linh, som, batch, "rework", "weld", seen=seen)),
        (other, lambda seen: house.use.do_again(linh, som, other, "not sure", seen=seen)),
    ):
        with house.use.look() as uow:
            seen = uow.batch(number).shown
        house.use.stop_batch(house.sittings["linh"], number, "safety", "sharp edges")
        for stale in (seen, replace(seen, round="f" * 32), replace(seen, state="accepted")):
            refused(ChangedMeanwhile, lambda act=act, stale=stale: act(stale))  # type: ignore[misc]
        with house.use.look() as uow:
            seen = uow.batch(number).shown
        act(seen)


# What is not lifted, nor disposed of -----------------------------------------------------------------------------


def test_what_a_retraction_holds_is_not_lifted(house: House) -> None:
    house.approve()
    batch, som = house.accepted(), house.hands["som"]
    for time in range(2):
        with house.use.look() as uow:
            check = uow.round(uow.batch(batch).round or "").signed("second")
        assert check is not None
        house.use.retract_check(som, check.id, "wrong gauge")
        if not time:
            house.check("linh", batch)
            house.check("som", batch)
    said = refused(HoldOfRetraction, lambda: house.use.lift_hold(house.hands["linh"], som, batch, "fine"))
    assert said.batch == batch


def test_a_certified_batch_is_not_disposed_of_nor_any_other_way_than_by_rework(house: House) -> None:
    house.approve()
    batch, linh, som = house.released(), house.hands["linh"], house.hands["som"]
    number = house.use.issue_certificate(som, batch).certificate
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "sharp edge")
    said = refused(CertificateStands, lambda: house.use.dispose_batch(linh, som, batch, "rework", "deburr"))
    assert (said.batch, said.number) == (batch, number)
    refused(
        WrongState, lambda: house.use.dispose_batch(linh, som, batch, "scrap", "released: withdrawn first")
    )
    with pytest.raises(BadInput):
        house.use.dispose_batch(linh, som, batch, "eat", "why")


def test_a_rework_is_not_recorded_while_a_certificate_stands(house: House) -> None:
    house.approve()
    batch, linh, som = house.released(), house.hands["linh"], house.hands["som"]
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "sharp edge")
    house.use.dispose_batch(linh, som, batch, "rework", "deburr")
    house.use.lift_hold(linh, som, batch, "it was no edge")
    number = house.use.issue_certificate(som, batch).certificate
    maker = house.maker("Lê Tám")
    said = refused(
        CertificateStands, lambda: house.use.record_rework(house.sittings["linh"], batch, (maker,))
    )
    assert (said.batch, said.number) == (batch, number)


# Goods that were not accepted -------------------------------------------------------------------------------------


def dispose(house: House, batch: str, kind: str, by: str = "linh", other: str = "som") -> None:
    house.use.dispose_batch(house.hands[by], house.hands[other], batch, kind, "bad weld")


def test_rejected_goods_go_back_or_to_scrap_and_never_return(house: House) -> None:
    house.approve()
    for kind, state in (("return", "returned"), ("scrap", "scrapped")):
        batch = house.rejected()
        refused(SelfConfirm, lambda one=batch, what=kind: dispose(house, one, what, other="linh"))  # type: ignore[misc]
        dispose(house, batch, kind)
        assert house.state(batch) == state
        for act in (
            lambda one=batch: dispose(house, one, "rework"),
            lambda one=batch: dispose(house, one, "scrap"),
            lambda one=batch: house.use.record_rework(house.sittings["linh"], one, (house.id("som"),)),
            lambda one=batch: house.use.place_batch(house.sittings["linh"], one, "Cage 2"),
            lambda one=batch: house.start("linh", one),
            lambda one=batch: house.use.stop_batch(house.sittings["linh"], one, "other", "label"),
        ):
            refused(WrongState, act)
    assert verify(house.database).ok


def test_who_sorted_is_put_down_and_a_tightened_round_follows(house: House) -> None:
    house.approve()
    batch = house.rejected()
    dispose(house, batch, "sort")
    refused(WrongState, lambda: dispose(house, batch, "sort"))
    refused(WrongState, lambda: house.start("linh", batch))
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Văn Tám"),))
    with house.use.look() as look:
        found = look.batch(batch)
    assert (found.state, found.next_severity, len(found.reworkers)) == ("registered", "tightened", 1)
    assert verify(house.database).ok


def test_what_was_to_be_reworked_goes_back_as_long_as_nobody_put_the_rework_down(house: House) -> None:
    house.approve()
    for way, kind, state in (
        ("rework", "return", "returned"),
        ("repair", "scrap", "scrapped"),
        ("sort", "return", "returned"),
    ):
        batch = house.rejected()
        dispose(house, batch, way)
        for again in ("sort", "rework"):
            refused(WrongState, lambda one=batch, what=again: dispose(house, one, what))  # type: ignore[misc]
        refused(SelfConfirm, lambda one=batch, what=kind: dispose(house, one, what, other="linh"))  # type: ignore[misc]
        dispose(house, batch, kind)
        assert house.state(batch) == state
        refused(
            WrongState,
            lambda one=batch: house.use.record_rework(house.sittings["linh"], one, (house.id("som"),)),  # type: ignore[misc]
        )
        with house.use.look() as look:
            assert not look.batch(batch).rework_ordered
    batch = house.rejected()
    dispose(house, batch, "rework")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Văn Tám"),))
    refused(WrongState, lambda: dispose(house, batch, "return"))
    assert verify(house.database).ok


def test_held_goods_go_back_but_not_while_somebody_inspects_them(house: House) -> None:
    house.approve()
    batch = house.batch()
    house.start("linh", batch)
    refused(WrongState, lambda: dispose(house, batch, "return"))
    house.use.stop_batch(house.sittings["som"], batch, "wrong_goods", "not what we ordered")
    said = refused(CheckRunning, lambda: dispose(house, batch, "return"))
    assert said.place == "first"
    with house.use.look() as look:
        (check,) = look.round(look.batch(batch).round or "").checks
    house.use.set_aside(house.sittings["linh"], check.id, "it goes back")
    dispose(house, batch, "return")
    assert house.state(batch) == "returned"
    assert verify(house.database).ok


def test_released_goods_have_no_such_end_and_of_those_shipped_in_part_the_rest_has(house: House) -> None:
    house.approve()
    batch = house.released()
    refused(WrongState, lambda: dispose(house, batch, "scrap"))
    house.use.stop_batch(house.sittings["som"], batch, "other", "label")
    refused(WrongState, lambda: dispose(house, batch, "scrap"))
    shipped = house.released()
    house.use.ship_batch(house.sittings["linh"], shipped, 1, "ACME")
    house.use.withdraw_batch(house.hands["linh"], shipped, "recall")
    for kind in ("rework", "sort"):
        assert refused(WrongState, lambda what=kind: dispose(house, shipped, what)).state == "shipped"  # type: ignore[misc]
    dispose(house, shipped, "return")
    gone = house.released()
    with house.use.look() as look:
        quantity = look.batch(gone).saved.quantity
    house.use.ship_batch(house.sittings["linh"], gone, quantity, "ACME")
    house.use.withdraw_batch(house.hands["linh"], gone, "recall")
    refused(WrongState, lambda: dispose(house, gone, "return"))
    assert verify(house.database).ok


def test_what_is_regraded_says_for_what_and_is_inspected_tightened(house: House) -> None:
    house.approve()
    batch = house.rejected()
    for wrong in (
        lambda: regrade(house, batch, " "),
        lambda: house.use.dispose_batch(
            house.hands["linh"], house.hands["som"], batch, "sort", "bad weld", terms="B"
        ),
    ):
        with pytest.raises(BadInput) as said:
            wrong()
        assert said.value.where == {"field": "terms"}
    refused(SelfConfirm, lambda: regrade(house, batch, "B, inner parts", other="linh"))
    regrade(house, batch, "B, inner parts")
    refused(WrongState, lambda: house.start("linh", batch))
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Văn Tám"),))
    house.check("linh", batch)
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    with house.use.look() as look:
        assert look.rounds(look.batch(batch).id)[-1].opened.plan.severity == "tightened"
        assert (look.batch(batch).repaired, look.batch(batch).regraded) == (False, "B, inner parts")
    assert verify(house.database).ok


def regrade(house: House, batch: str, terms: str, other: str = "som") -> None:
    house.use.dispose_batch(house.hands["linh"], house.hands[other], batch, "regrade", "dull", terms=terms)


def test_repaired_goods_are_inspected_tightened_by_others_and_it_is_told_that_they_were(house: House) -> None:
    house.approve()
    batch = house.rejected()
    refused(SelfConfirm, lambda: dispose(house, batch, "repair", other="linh"))
    dispose(house, batch, "repair")
    for kind in ("repair", "rework", "sort"):
        refused(WrongState, lambda what=kind: dispose(house, batch, what))  # type: ignore[misc]
    refused(WrongState, lambda: house.start("linh", batch))
    house.enrol("huy", "Đỗ Huy", "inspector", "releaser")
    house.use.record_rework(house.sittings["linh"], batch, (house.id("huy"),))
    house.check("linh", batch)
    refused(Reworked, lambda: house.start("huy", batch))
    house.check("som", batch)
    refused(Reworked, lambda: house.use.release_batch(house.hands["huy"], batch))
    house.use.release_batch(house.hands["som"], batch)
    with house.use.look() as look:
        found = look.batch(batch)
        assert look.rounds(found.id)[-1].opened.plan.severity == "tightened"
    assert found.repaired
    assert verify(house.database).ok


def test_what_is_held_before_its_first_round_goes_back_or_to_scrap_without_one(house: House) -> None:
    house.approve()
    for kind, state in (("return", "returned"), ("scrap", "scrapped")):
        batch = house.batch()
        refused(WrongState, lambda one=batch, what=kind: dispose(house, one, what))  # type: ignore[misc]
        house.use.stop_batch(house.sittings["som"], batch, "wrong_goods", "not what we ordered")
        for again in ("rework", "repair", "sort"):
            refused(WrongState, lambda one=batch, what=again: dispose(house, one, what))  # type: ignore[misc]
        refused(WrongState, lambda one=batch: regrade(house, one, "B"))  # type: ignore[misc]
        dispose(house, batch, kind)
        assert house.state(batch) == state
    with house.database.reading() as connection:
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM disposition WHERE round IS NULL").scalar() == 2
        )
        assert figures.differing(connection) == 0
    assert verify(house.database).ok


def test_what_waits_for_its_next_round_and_is_held_goes_back(house: House) -> None:
    house.approve()
    batch = house.rejected()
    dispose(house, batch, "rework")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Văn Tám"),))
    refused(WrongState, lambda: dispose(house, batch, "return"))
    house.use.stop_batch(house.sittings["som"], batch, "other", "still bent")
    dispose(house, batch, "return")
    assert house.state(batch) == "returned"
    assert verify(house.database).ok


def test_where_goods_stand_is_shown_with_what_was_said_last(house: House) -> None:
    house.approve()
    batch = house.rejected()
    with pytest.raises(BadInput):
        house.use.place_batch(house.sittings["linh"], batch, "  ")
    for place in ("Cage 2", "Shelf for held goods"):
        house.use.place_batch(house.sittings["linh"], batch, place)
    with house.database.reading() as connection:
        said = connection.exec_driver_sql("SELECT stands FROM batch_place ORDER BY seq").scalars().all()
    assert said == ["Cage 2", "Shelf for held goods"]
    assert verify(house.database).ok


def test_who_only_reads_neither_registers_a_batch_nor_reports_a_defect(house: House) -> None:
    house.enrol("nga", "Đỗ Nga", "auditor")
    nga, product = house.sittings["nga"], house.product.product
    new = BatchSaved("", "LOT-1", product, 20, supplier=house.supplier.supplier)
    refused(ReadsOnly, lambda: house.use.register_batch(nga, new))
    report = DefectReported("", "customer", "SCR", "", "minor", 1, supplier=house.supplier.supplier)
    refused(ReadsOnly, lambda: house.use.report_defect(nga, report))
    with pytest.raises(BadInput, match="unknown_batch"), house.use.look() as uow:
        uow.batch("LOT-1")
