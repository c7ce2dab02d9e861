# SPDX-License-Identifier: Apache-2.0
"""The table of trust.md §8 line by line: what each act needs, and what is refused; each story verifies in the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from qcdesk.domain.events import BatchSaved, DefectReported, InstrumentSaved, Maker, Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import StoredEvent
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import (
    AlreadyThere,
    CertificateStands,
    EventHolds,
    HasSeenFirst,
    Held,
    HoldOfRetraction,
    Incomplete,
    InstrumentBlocked,
    InstrumentOfOtherKind,
    InstrumentOverdue,
    MissingRole,
    MoreThanReleased,
    NobodyLeft,
    NotAccepted,
    NotDoneNotAllowed,
    PhotosMissing,
    ProcedureOverdue,
    ProcedureStopped,
    ReadsOnly,
    Refusal,
    SamePerson,
    TwoNeeded,
    WrongState,
)
from qcdesk.services.record_entries import Entries, NewReading, NewResult
from qcdesk.services.settle_round import round_sides
from qcdesk.services.start_check import Started
from qcdesk.store.verification import verify
from tests.store.conftest import (
    clock,
    database,
    house,
    location,
    made_house,
    postgresql_house,
    postgresql_server,
    sqlite_house,
    sqlite_template,
)
from tests.workspace import PROCEDURE, House, content, take_all_rights

__all__ = [
    "clock",
    "database",
    "house",
    "location",
    "made_house",
    "postgresql_house",
    "postgresql_server",
    "sqlite_house",
    "sqlite_template",
]
"""Both engines, as the tests of the store have them."""


def verifies(house: House) -> None:
    found = verify(house.database)
    assert found.ok, found.problems


def saved(house: House, batch: str) -> BatchSaved:
    with house.use.look() as uow:
        return uow.batch(batch).saved


# Changing what is said of a batch -----------------------------------------------------------------------------------


def test_a_held_batch_that_is_changed_keeps_its_hold(house: House) -> None:
    batch = house.batch()
    house.use.stop_batch(house.sittings["som"], batch, "paperwork", "wrong order number")
    house.use.register_batch(house.sittings["linh"], replace(saved(house, batch), order="PO-7"))
    with house.use.look() as uow:
        found = uow.batch(batch)
    assert (found.held, found.saved.order) == (True, "PO-7")
    house.check("linh", batch)
    house.check("som", batch)
    with pytest.raises(Held):
        house.use.release_batch(house.hands["som"], batch)
    verifies(house)


# Shipped without a release ------------------------------------------------------------------------------------------


def test_goods_that_left_otherwise_are_told_and_stay_before_the_owner(house: House) -> None:
    batch = house.batch(quantity=20)
    with pytest.raises(WrongState):
        house.use.ship_batch(house.sittings["linh"], batch, 5, "ACME")
    house.use.ship_unreleased(house.sittings["linh"], batch, 5, "ACME", "loaded by mistake")
    assert house.state(batch) == "registered"
    with pytest.raises(BadInput):
        house.use.ship_unreleased(house.sittings["linh"], batch, 5, "ACME", " ")
    with pytest.raises(MoreThanReleased):
        house.use.ship_unreleased(house.sittings["linh"], batch, 16, "ACME", "the rest too")
    house.check("linh", batch)
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    with pytest.raises(MoreThanReleased):  # what has left cannot leave again
        house.use.ship_batch(house.sittings["linh"], batch, 16, "ACME")
    house.use.ship_batch(house.sittings["linh"], batch, 15, "ACME")
    verifies(house)


# Retracting ---------------------------------------------------------------------------------------------------------


def held_by_retraction(house: House, *, stopped: bool = False) -> str:
    """Return a batch whose one "do again" went with a retraction, and which a second one (or a stop, too) holds."""
    batch = house.accepted()
    for again in range(2):
        if again and stopped:
            house.use.stop_batch(house.sittings["linh"], batch, "paperwork", "the order says another colour")
        with house.use.look() as uow:
            check = uow.round(uow.batch(batch).round or "").signed("second")
        assert check is not None
        house.use.retract_check(house.hands["som"], check.id, "wrong gauge")
        if house.state(batch) == "registered":
            house.check("linh", batch)
            house.check("som", batch)
    return batch


def test_a_retraction_that_holds_is_not_lifted_but_ends_by_a_third_persons_order(house: House) -> None:
    batch = held_by_retraction(house)
    with pytest.raises(HoldOfRetraction):
        house.use.lift_hold(house.hands["linh"], house.hands["som"], batch, "it is fine")
    for login in ("linh", "som"):
        with pytest.raises(SamePerson):
            house.use.order_round(house.hands[login], batch, "again")
    house.enrol("minh", "Trần Minh")
    with pytest.raises(MissingRole):
        house.use.order_round(house.hands["minh"], batch, "again")
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    house.use.order_round(house.hands["huy"], batch, "the gauge is calibrated now")
    with house.use.look() as uow:
        found = uow.batch(batch)
    assert (found.state, found.held) == ("registered", False)
    house.check("linh", batch)
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_what_both_have_taken_back_is_held_once(house: House) -> None:
    batch = held_by_retraction(house)
    with house.use.look() as uow:
        check = uow.round(uow.batch(batch).round or "").signed("first")
    assert check is not None
    house.use.retract_check(house.hands["linh"], check.id, "mine, too")
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    house.use.order_round(house.hands["huy"], batch, "the gauge is calibrated now")
    house.check("linh", batch)
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


@pytest.mark.parametrize("way", ["order", "rework"])
def test_a_stop_outlasts_the_retraction_that_came_after_it(house: House, way: str) -> None:
    batch, linh, som = held_by_retraction(house, stopped=True), house.hands["linh"], house.hands["som"]
    with pytest.raises(HoldOfRetraction):
        house.use.lift_hold(linh, som, batch, "it is fine")
    if way == "order":
        house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
        house.use.order_round(house.hands["huy"], batch, "the gauge is calibrated now")
    else:
        house.use.dispose_batch(linh, som, batch, "rework", "deburr")
        house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Chín"),))
    house.check("linh", batch)
    house.check("som", batch)
    with pytest.raises(Held):
        house.use.release_batch(som, batch)
    house.use.lift_hold(linh, som, batch, "the colour is right")
    house.use.release_batch(som, batch)
    verifies(house)


def test_a_retraction_that_holds_ends_by_rework(house: House) -> None:
    batch = held_by_retraction(house)
    with pytest.raises(WrongState):
        house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Tám"),))
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "deburr")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Chín"),))
    with house.use.look() as uow:
        found = uow.batch(batch)
    assert (found.state, found.held, found.next_severity) == ("registered", False, "tightened")
    verifies(house)


def test_a_decision_taken_back_releases_nothing_and_waits_for_another_arbiter(house: House) -> None:
    for login, name in (("minh", "Trần Minh"), ("huy", "Trần Văn Huy")):
        house.enrol(login, name, "inspector", "arbiter")
    batch, dents = house.batch(), dict.fromkeys(range(1, 8), "DEN")
    for _ in range(2):
        if house.state(batch) == "disagreed":
            house.use.do_again(house.hands["linh"], house.hands["som"], batch, "the light was off")
        house.check("linh", batch)
        house.check("som", batch, dents)
    third = house.start("minh", batch)
    with house.use.look() as uow:
        disputed = round_sides(uow, uow.round(uow.batch(batch).round or "")).disputed()
    settled = tuple(Resolution(c.unit, c.code, c.defect_class, c.count, False) for c in disputed)
    house.use.resolve(house.sittings["minh"], third.check, settled)
    house.use.decide(house.hands["minh"], third.check)
    house.use.retract_check(house.hands["minh"], third.check, "I held the wrong unit")
    with pytest.raises(HoldOfRetraction):
        house.use.lift_hold(house.hands["linh"], house.hands["som"], batch, "it is fine")
    for login in ("linh", "som"):
        with pytest.raises(Refusal):
            house.use.release_batch(house.hands[login], batch)
    with pytest.raises(SamePerson):
        house.use.order_round(house.hands["minh"], batch, "again")
    house.use.order_round(house.hands["huy"], batch, "looked at afresh")
    assert house.state(batch) == "registered"
    verifies(house)


def test_only_a_retraction_lets_a_third_person_order_a_round(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    for batch in (house.batch(), house.accepted(), house.disagreed(), house.released()):
        with pytest.raises(WrongState):
            house.use.order_round(house.hands["huy"], batch, "again")
    batch = house.accepted()
    house.use.stop_batch(house.sittings["som"], batch, "other", "label")
    with pytest.raises(WrongState):
        house.use.order_round(house.hands["huy"], batch, "again")


def test_rework_leaves_every_other_hold_standing(house: House) -> None:
    batch = house.accepted()
    house.use.stop_batch(house.sittings["som"], batch, "safety", "sharp edge")
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "deburr")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Tám"),))
    with house.use.look() as uow:
        assert uow.batch(batch).held
    verifies(house)


def test_a_released_batch_that_is_held_goes_to_rework_while_all_of_it_is_here(house: House) -> None:
    gone = house.released()
    house.use.ship_batch(house.sittings["linh"], gone, 1, "ACME")
    here = house.released()
    for batch in (gone, here):
        with pytest.raises(WrongState):  # not held
            house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "deburr")
        house.use.stop_batch(house.sittings["som"], batch, "safety", "sharp edge")
    with pytest.raises(WrongState):
        house.use.dispose_batch(house.hands["linh"], house.hands["som"], gone, "rework", "deburr")
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], here, "rework", "deburr")
    house.use.record_rework(house.sittings["linh"], here, (house.maker("Lê Tám"),))
    assert house.state(here) == "registered"
    house.use.lift_hold(house.hands["linh"], house.hands["som"], here, "deburred")
    house.check("linh", here)
    house.check("som", here)
    house.use.release_batch(house.hands["som"], here)
    verifies(house)


def test_a_certified_batch_goes_to_rework_once_its_release_is_taken_back(house: House) -> None:
    batch = house.released()
    linh, som = house.hands["linh"], house.hands["som"]
    certificate = house.use.issue_certificate(som, batch).certificate
    house.use.stop_batch(house.sittings["som"], batch, "safety", "sharp edge")
    with pytest.raises(CertificateStands):
        house.use.dispose_batch(linh, som, batch, "rework", "deburr")
    house.use.withdraw_batch(som, batch, "sharp edge")
    house.use.dispose_batch(linh, som, batch, "rework", "deburr")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Tám"),))
    with house.use.look() as uow:
        assert uow.certificate(certificate).withdrawn is not None
    house.use.lift_hold(linh, som, batch, "deburred")
    house.check("linh", batch)
    house.check("som", batch)
    house.use.release_batch(som, batch)
    assert house.use.issue_certificate(som, batch).certificate == certificate + 1
    verifies(house)


def test_a_rework_ordered_before_the_certificate_is_not_recorded_while_it_stands(house: House) -> None:
    batch = house.released()
    linh, som = house.hands["linh"], house.hands["som"]
    house.use.stop_batch(house.sittings["som"], batch, "safety", "sharp edge")
    house.use.dispose_batch(linh, som, batch, "rework", "deburr")
    house.use.lift_hold(linh, som, batch, "it was no edge")
    house.use.issue_certificate(som, batch)
    with pytest.raises(CertificateStands):
        house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Tám"),))
    verifies(house)


# Who would be left --------------------------------------------------------------------------------------------------


def test_a_rework_that_leaves_nobody_names_who_did_it_and_who_could_have(house: House) -> None:
    house.enrol("minh", "Trần Minh", "planner")
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld")
    with pytest.raises(NobodyLeft) as refused:
        house.use.record_rework(house.sittings["linh"], batch, ("som",))
    said = refused.value
    assert (said.act, said.person, said.who_first) == ("rework", "สมชาย ศรีสุข", ("Trần Minh",))
    with pytest.raises(TwoNeeded):
        house.use.record_rework(house.sittings["linh"], batch, ("som",), knowing=True)
    with pytest.raises(TwoNeeded):
        house.use.record_rework(
            house.sittings["linh"], batch, ("som",), knowing=True, other=house.hands["linh"]
        )
    house.use.record_rework(house.sittings["linh"], batch, ("som",), knowing=True, other=house.hands["minh"])
    assert house.state(batch) == "registered"


def test_taking_the_second_place_that_leaves_no_releaser_is_said_beforehand(house: House) -> None:
    with house.use.look() as uow:
        shop = uow.shop()
    house.use.change_shop(house.hands["linh"], replace(shop, third_person_releases=True))
    house.enrol("minh", "Trần Minh", "inspector")
    house.enrol("huy", "Trần Văn Huy", "inspector", "releaser")
    batch = house.batch()
    house.check("linh", batch)
    house.use.suspend(house.hands["linh"], "som", "on leave")
    with pytest.raises(NobodyLeft) as refused:
        house.use.start_check(house.sittings["huy"], batch)
    assert (refused.value.place, refused.value.who_first) == ("release", ("Trần Minh",))
    house.use.start_check(house.sittings["minh"], batch)


# The procedure ------------------------------------------------------------------------------------------------------


def test_an_overdue_procedure_opens_no_round_unless_two_planners_granted_a_grace(house: House) -> None:
    house.approve(review_by=date(2026, 3, 1))
    batch = house.batch()
    with pytest.raises(ProcedureOverdue):
        house.start("linh", batch)
    today = house.clock.today()
    linh, som = house.hands["linh"], house.hands["som"]
    with pytest.raises(TwoNeeded):
        house.use.grant_grace(linh, linh, PROCEDURE, today, "the review is under way")
    house.enrol("minh", "Trần Minh")
    with pytest.raises(MissingRole):
        house.use.grant_grace(linh, house.hands["minh"], PROCEDURE, today, "the review is under way")
    for until in (date(2026, 3, 1), date(2026, 12, 1)):
        with pytest.raises(BadInput):
            house.use.grant_grace(linh, som, PROCEDURE, until, "the review is under way")
    house.use.grant_grace(linh, som, PROCEDURE, today, "the review is under way")
    house.start("linh", batch)
    house.clock.forward(days=1)
    with pytest.raises(ProcedureOverdue):
        house.start("linh", house.batch())
    verifies(house)


def test_nothing_is_released_by_a_version_taken_out_of_use(house: House) -> None:
    batch = house.accepted()
    house.use.retire_procedure(house.hands["som"], PROCEDURE, "a limit is wrong")
    with pytest.raises(ProcedureStopped):
        house.use.release_batch(house.hands["som"], batch)


def test_a_superseded_version_is_released_by_and_can_still_be_taken_out_of_use(house: House) -> None:
    one, other = house.accepted(), house.accepted()
    house.approve(title="Housing cover, new")
    house.use.release_batch(house.hands["som"], one)
    house.use.retire_procedure(house.hands["som"], PROCEDURE, "a limit is wrong", 1)
    with pytest.raises(ProcedureStopped):
        house.use.release_batch(house.hands["som"], other)
    verifies(house)


def reinspect(house: House, **changes: object) -> None:
    """Bring a new version for which open batches are inspected anew."""
    house.use.draft_procedure(house.sittings["linh"], PROCEDURE, content(house.id("linh"), **changes))
    house.use.approve_procedure(house.hands["som"], PROCEDURE, open_batches="re_inspect")


def look_at_the_rest(house: House, login: str, started: Started, carried: int) -> None:
    """Put the units on record that joined the sample; the values of the others were carried over."""
    units = range(carried + 1, len(started.opened.sample) + 1)
    codes = [c.code for c in started.opened.procedure.content.characteristics]
    house.use.record(
        house.sittings[login],
        Entries(
            started.check,
            results=tuple(NewResult(unit) for unit in units),
            readings=tuple(NewReading(unit, code, "12.03") for unit in units for code in codes),
        ),
    )


def test_open_batches_continue_by_the_version_they_began_with(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    house.approve(title="Housing cover, new")
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    with house.use.look() as uow:
        opened = uow.rounds(uow.batch(batch).id)[-1].opened
    assert (opened.no, opened.procedure.version) == (1, 1)


def test_with_re_inspect_no_signature_counts_and_own_values_are_judged_anew_and_signed_again(
    house: House,
) -> None:
    batch = house.accepted()
    bystander = house.released()
    bore = replace(content("x").characteristics[0], upper=content("x").characteristics[0].nominal)
    reinspect(house, characteristics=(bore,))  # 12.03 is out of limits now
    assert house.state(batch) == "registered"
    assert house.state(bystander) == "released"
    with pytest.raises(NotAccepted):
        house.use.release_batch(house.hands["som"], batch)
    first = house.start("linh", batch)
    with house.use.look() as uow:
        before, now = uow.rounds(uow.batch(batch).id)
        work = uow.work(first.check)
    assert (now.no, now.opened.procedure.version, now.opened.carries) == (2, 2, before.id)
    assert now.opened.sample[: before.n] == before.opened.sample
    assert now.n > before.n  # every later round looks at more units, so that none tells why
    assert {m.unit for m in work.measured} == set(range(1, before.n + 1))
    assert not any(m.inside for m in work.measured)
    with pytest.raises(Incomplete):
        house.sign("linh", first)
    look_at_the_rest(house, "linh", first, before.n)
    signed = house.sign("linh", first)
    assert signed.fact.verdict == "rejected"
    second = house.start("som", batch)
    look_at_the_rest(house, "som", second, before.n)
    house.sign("som", second)
    assert house.state(batch) == "rejected"
    verifies(house)


def test_values_carried_are_ones_own_and_whoever_saw_the_other_check_is_not_second(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy")
    batch = house.accepted()
    with house.use.look() as uow:
        (before,) = uow.rounds(uow.batch(batch).id)
    reinspect(house, title="Housing cover, new")
    first = house.start("linh", batch)
    look_at_the_rest(house, "linh", first, before.n)
    house.sign("linh", first)
    with pytest.raises(HasSeenFirst):
        house.start("huy", batch)
    begun = house.batch()
    started = house.start("huy", begun)
    house.record("huy", started)
    reinspect(house, title="Housing cover, newer")
    again = house.start("linh", begun)
    with house.use.look() as uow:
        assert uow.work(again.check).measured == ()


def test_a_rejected_batch_is_not_brought_back_by_a_new_version(house: House) -> None:
    batch = house.rejected()
    reinspect(house, title="Housing cover, new")
    assert house.state(batch) == "rejected"


# Void ---------------------------------------------------------------------------------------------------------------


def forge(house: House, batch: str) -> int:
    """Let an owner of the file put an event in the log that claims a release; its number."""
    rule = ""
    with house.database.engine.connect() as connection:
        if house.database.dialect == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            query = "SELECT sql FROM sqlite_master WHERE name = 'event_verified'"
            rule = str(connection.exec_driver_sql(query).scalar_one())
            connection.exec_driver_sql("DROP TRIGGER event_verified")
        else:
            take_all_rights(connection)
            connection.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER USER")
        last = connection.exec_driver_sql("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").one()
        copied = connection.exec_driver_sql(
            "SELECT e.body, e.sig FROM event e JOIN line l ON l.seq = e.seq WHERE l.type = 'check.signed' LIMIT 1"
        ).one()
        present = sa.text("SELECT round FROM batch WHERE id = :b")
        round_ = connection.execute(present, {"b": batch}).scalar_one()
        stored = StoredEvent(1, bytes(copied[0]), bytes(copied[1]), b"\0" * 32).event()
        fake = replace(
            stored,
            seq=last[0] + 1,
            prev=bytes(last[1]),
            type="batch.released",
            body={"batch": batch, "round": round_, "quantity": 20, "record": "", "over": []},
        )
        made = StoredEvent.of(fake, bytes(copied[1]))
        connection.execute(
            sa.text("INSERT INTO event (seq, body, sig, hash) VALUES (:s, :b, :g, :h)"),
            {"s": made.seq, "b": made.body, "g": made.sig, "h": made.hash},
        )
        if house.database.dialect == "sqlite":
            connection.exec_driver_sql(rule)
        else:
            names = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'event'::regclass AND NOT tgisinternal"
            for name in connection.exec_driver_sql(names).scalars().all():
                connection.exec_driver_sql(f"ALTER TABLE event ENABLE ALWAYS TRIGGER {name}")
        connection.commit()
    return made.seq


def test_two_people_void_an_event_that_fails_and_its_batch_goes_to_a_new_round(house: House) -> None:
    number = house.accepted()
    with house.use.look() as uow:
        batch = uow.batch(number).id
    forged = forge(house, batch)
    assert [p.event for p in verify(house.database).problems if p.event is not None] == [forged]
    linh, som = house.hands["linh"], house.hands["som"]
    with pytest.raises(TwoNeeded):
        house.use.void_event(linh, linh, forged, "nobody signed it")
    with pytest.raises(EventHolds):
        house.use.void_event(linh, som, forged - 1, "I do not like it")
    with pytest.raises(BadInput):
        house.use.void_event(linh, som, forged + 100, "not there")
    fact = house.use.void_event(linh, som, forged, "nobody signed it")
    assert fact.batch == batch
    assert house.state(number) == "registered"
    with pytest.raises(AlreadyThere):
        house.use.void_event(linh, som, forged, "again")
    house.check("linh", number)
    house.check("som", number)
    house.use.release_batch(house.hands["som"], number)
    verifies(house)


# What was lost ------------------------------------------------------------------------------------------------------


def test_a_loss_is_signed_by_two_of_whom_one_is_an_administrator(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    with pytest.raises(TwoNeeded):
        house.use.sign_restore(linh, linh, 900, 950, "the disk of last week")
    with pytest.raises(BadInput):
        house.use.sign_restore(linh, som, 900, 899, "the disk of last week")
    for login, name in (("huy", "Trần Văn Huy"), ("minh", "Phạm Minh")):
        house.enrol(login, name)
    with pytest.raises(MissingRole):
        house.use.sign_restore(house.hands["huy"], house.hands["minh"], 900, None, "the disk")
    fact = house.use.sign_restore(linh, som, 900, None, "the disk of last week")
    assert (fact.lost_from, fact.lost_to) == (900, None)
    verifies(house)


# Makers -------------------------------------------------------------------------------------------------------------


def test_makers_may_be_named_until_a_round_opens_and_never_after(house: House) -> None:
    batch = house.batch(makers=("som",))
    house.use.register_batch(
        house.sittings["linh"], replace(saved(house, batch), makers=(Maker(house.id("linh")),))
    )
    house.start("som", batch)
    with pytest.raises(WrongState):
        house.use.register_batch(house.sittings["linh"], replace(saved(house, batch), makers=()))


# Instruments and units left out ---------------------------------------------------------------------------------------


def test_a_gauge_past_its_calibration_or_blocked_measures_nothing(house: House) -> None:
    linh = house.sittings["linh"]
    good = house.use.save_instrument(linh, InstrumentSaved("", "C-1", "caliper", date(2027, 1, 1)))
    house.use.save_instrument(linh, InstrumentSaved("", "C-2", "caliper", date(2026, 3, 1)))
    house.use.save_instrument(linh, InstrumentSaved("", "C-3", "caliper", date(2027, 1, 1), blocked=True))
    started = house.start("linh", house.batch())
    for number, refusal in (("C-2", InstrumentOverdue), ("C-3", InstrumentBlocked)):
        with pytest.raises(refusal):
            house.use.record(
                linh, Entries(started.check, readings=(NewReading(1, "DIA", "12.03", instrument=number),))
            )
    house.use.record(
        linh, Entries(started.check, readings=(NewReading(1, "DIA", "12.03", instrument=good.number),))
    )


def test_a_reading_is_taken_only_with_an_instrument_of_the_kind_that_the_procedure_names(
    house: House,
) -> None:
    linh = house.sittings["linh"]
    for number, kind in (("C-1", "caliper"), ("T-1", "tape")):
        house.use.save_instrument(linh, InstrumentSaved("", number, kind, date(2027, 1, 1)))
    bore = replace(content("x").characteristics[0], instrument_type="Caliper")
    house.approve(characteristics=(bore,))
    started = house.start("linh", house.batch())
    for other in ("T-1", None):
        with pytest.raises(InstrumentOfOtherKind) as refused:
            house.use.record(linh, Entries(started.check, readings=(NewReading(1, "DIA", "12.03", other),)))
        assert refused.value.use_instead == (("C-1", date(2027, 1, 1)),)
    house.use.record(linh, Entries(started.check, readings=(NewReading(1, "DIA", "12.03", "C-1"),)))


def test_a_unit_is_left_out_only_where_the_procedure_allows_it(house: House) -> None:
    started = house.start("linh", house.batch())
    with pytest.raises(NotDoneNotAllowed):
        house.use.record(
            house.sittings["linh"], Entries(started.check, results=(NewResult(1, "fell off the tray"),))
        )


def test_a_check_is_not_signed_while_a_planned_photo_is_missing(house: House) -> None:
    house.approve(photo_classes=("major",))
    started = house.start("linh", house.batch())
    house.record("linh", started, {2: "DEN"})
    with pytest.raises(PhotosMissing) as refused:
        house.sign("linh", started)
    assert refused.value.findings == ((2, "DEN"),)


def test_a_grade_that_nobody_said_and_what_is_no_disposition_are_refused(house: House) -> None:
    batch = house.rejected()
    for disposition in ("regrade", "concession"):
        with pytest.raises(BadInput):
            house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, disposition, "why")
    assert house.state(batch) == "rejected"


def test_who_only_reads_puts_nothing_on_record(house: House) -> None:
    house.enrol("ai", "李娜", "auditor")
    batch, begun = house.batch(), house.batch()
    house.check("linh", begun)
    ai = house.sittings["ai"]
    for act in (
        lambda: house.batch(by="ai"),
        lambda: house.use.cancel_batch(ai, batch, "twice"),
        lambda: house.use.stop_batch(ai, batch, "other", "label"),
        lambda: house.use.ship_unreleased(ai, batch, 1, "ACME", "by mistake"),
        lambda: house.use.report_defect(ai, DefectReported("", "customer", "SCR", "Scratch", "minor")),
        lambda: house.use.sign_restore(house.hands["ai"], house.hands["linh"], 9, None, "the disk"),
        lambda: house.use.grant_role(house.hands["linh"], house.hands["ai"], "som", RoleGrant("planner")),
        lambda: house.use.rename_person(house.hands["ai"], house.hands["linh"], "som", "Som B."),
        lambda: house.use.issue_badge(house.hands["som"], house.hands["ai"], "804162"),
        lambda: house.use.give_up_place(ai, begun, "must know"),
    ):
        with pytest.raises(ReadsOnly):
            act()
