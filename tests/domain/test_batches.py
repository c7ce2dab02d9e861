# SPDX-License-Identifier: Apache-2.0
"""The batch as a whole: who may stop, lift, rework, ship, withdraw, cancel, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qcdesk.domain.batches import require_sound
from qcdesk.domain.events import BatchSaved, Maker
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    ChangedMeanwhile,
    Held,
    MakerStays,
    MissingRole,
    MoreThanReleased,
    NotActive,
    NotHeld,
    ReadsOnly,
    ReworkersMissing,
    SelfConfirm,
    ShipDay,
    TwoNeeded,
    WrongState,
)
from tests.domain.cases import LINH, SOM, TODAY, batch, person

INSPECTOR = person("minh", "inspector")
AUDITOR = person("audit", "auditor")


def test_anyone_with_a_role_stops_a_batch_alone() -> None:
    held = batch().stop(INSPECTOR, "h" * 32, "safety", "smell of solvent", TODAY)
    assert (held.kind, held.reason) == ("safety", "smell of solvent")


def test_an_auditor_stops_nothing() -> None:
    with pytest.raises(ReadsOnly):
        batch().stop(AUDITOR, "h" * 32, "safety", "why", TODAY)


def test_a_stop_has_a_reason_of_a_known_kind() -> None:
    with pytest.raises(BadInput):
        batch().stop(INSPECTOR, "h" * 32, "found 3 dents", "why", TODAY)
    with pytest.raises(BadInput):
        batch().stop(INSPECTOR, "h" * 32, "safety", "  ", TODAY)


def test_a_batch_that_left_is_stopped_as_long_as_its_release_can_be_taken_back() -> None:
    for state in ("released", "released_under_concession"):
        gone = batch(state=state, released=500, shipped=500)
        assert gone.stop(INSPECTOR, "h" * 32, "safety", "cracks", TODAY).kind == "safety"
    for state in ("withdrawn", "cancelled", "returned", "scrapped"):
        with pytest.raises(WrongState):
            batch(state=state).stop(INSPECTOR, "h" * 32, "safety", "cracks", TODAY)


def test_letting_go_takes_two_different_releasers() -> None:
    held = batch(held=True, hold="h" * 32)
    assert held.lift(LINH, SOM, "cleared", TODAY).hold == "h" * 32
    with pytest.raises(TwoNeeded):
        held.lift(LINH, LINH, "cleared", TODAY)
    with pytest.raises(MissingRole):
        held.lift(LINH, INSPECTOR, "cleared", TODAY)


def test_a_batch_that_is_not_held_is_not_lifted() -> None:
    with pytest.raises(NotHeld):
        batch().lift(LINH, SOM, "cleared", TODAY)


def test_rework_is_asked_by_one_and_confirmed_by_another() -> None:
    rejected = batch(state="rejected", round="r" * 32)
    assert rejected.rework(LINH, INSPECTOR, "sort burrs", TODAY).disposition == "rework"
    with pytest.raises(SelfConfirm):
        rejected.rework(LINH, LINH, "sort burrs", TODAY)


@pytest.mark.parametrize("state", ["registered", "accepted", "released", "cancelled"])
def test_only_a_rejected_or_held_batch_is_reworked(state: str) -> None:
    with pytest.raises(WrongState):
        batch(state=state, round="r" * 32).rework(LINH, SOM, "why", TODAY)


def test_goods_of_which_none_is_here_are_not_disposed_of() -> None:
    gone = batch(state="rejected", round="r" * 32, left_unreleased=500)
    with pytest.raises(WrongState):
        gone.dispose("scrap", LINH, SOM, "why", TODAY)


def test_who_only_reads_does_not_say_where_goods_stand() -> None:
    assert batch().place(INSPECTOR, "shelf 4", TODAY).stands == "shelf 4"
    with pytest.raises(ReadsOnly):
        batch().place(AUDITOR, "shelf 4", TODAY)


def test_rework_is_recorded_with_who_did_it_and_only_when_ordered() -> None:
    ordered = batch(state="rejected", round="r" * 32, rework_ordered=True)
    assert ordered.reworked(LINH, ("som",), "", TODAY).by == ("som",)
    with pytest.raises(ReworkersMissing):
        ordered.reworked(LINH, (), "", TODAY)
    with pytest.raises(WrongState):
        replace(ordered, rework_ordered=False).reworked(LINH, ("som",), "", TODAY)


def test_what_was_begun_before_or_is_a_part_is_neither_changed_nor_cancelled_and_it_is_said_why() -> None:
    for one, says in ((batch(round_no=1), "begun_before"), (batch(origins=("b" * 32,)), "part")):
        with pytest.raises(WrongState) as changed:
            one.change(one.saved, LINH, TODAY)
        with pytest.raises(WrongState) as cancelled:
            one.cancel(LINH, "x", TODAY)
        assert (changed.value.state, cancelled.value.state) == (says, says)


def test_only_what_was_released_is_shipped() -> None:
    released = batch(state="released", released=500, shipped=400)
    assert released.ship(INSPECTOR, "s" * 32, 100, "ACME", TODAY, "", TODAY).quantity == 100
    with pytest.raises(MoreThanReleased) as refused:
        released.ship(INSPECTOR, "s" * 32, 101, "ACME", TODAY, "", TODAY)
    assert refused.value.left == 100
    for state in ("accepted", "rejected", "withdrawn", "registered"):
        with pytest.raises(WrongState):
            batch(state=state).ship(INSPECTOR, "s" * 32, 1, "ACME", TODAY, "", TODAY)


def test_what_two_have_read_of_a_batch_is_where_it_stands() -> None:
    stands = batch(state="disagreed", round="r" * 32)
    stands.require_as_shown(None)
    stands.require_as_shown(stands.shown)
    shown = stands.shown
    for other in (
        replace(shown, state="rejected"),
        replace(shown, round="s" * 32),
        replace(shown, hold="h" * 32),
    ):
        with pytest.raises(ChangedMeanwhile):
            stands.require_as_shown(other)


def test_no_more_leaves_without_a_release_than_is_there() -> None:
    part = batch(state="released", released=300, shipped=300, left_unreleased=100)
    assert part.ship_unreleased(INSPECTOR, "s" * 32, 100, "ACME", TODAY, "why", "", TODAY).quantity == 100
    with pytest.raises(MoreThanReleased) as refused:
        part.ship_unreleased(INSPECTOR, "s" * 32, 101, "ACME", TODAY, "why", "", TODAY)
    assert (refused.value.asked, refused.value.left) == (101, 100)


def test_goods_leave_from_the_day_of_their_release_or_registration_to_tomorrow() -> None:
    before = {n: TODAY - timedelta(days=n) for n in (9, 3)}
    released = batch(state="released", released=500, registered_on=before[9], released_on=before[3])

    def shipped(on: date) -> date:
        return released.ship(INSPECTOR, "s" * 32, 1, "ACME", on, "", TODAY).on

    def left(on: date) -> date:
        return released.ship_unreleased(INSPECTOR, "s" * 32, 1, "ACME", on, "why", "", TODAY).on

    for act, earliest in ((shipped, -3), (left, -9)):
        for days_on in (earliest, 0, 1):
            assert act(TODAY + timedelta(days=days_on)) == TODAY + timedelta(days=days_on)
        for on in (TODAY + timedelta(days=earliest - 1), TODAY + timedelta(days=2), date.min, date.max):
            with pytest.raises(ShipDay) as refused:
                act(on)
            assert refused.value.first == TODAY + timedelta(days=earliest)
            assert refused.value.last == TODAY + timedelta(days=1)
    future = replace(released, released_on=date(2036, 1, 1))
    assert future.ship(INSPECTOR, "s" * 32, 1, "ACME", TODAY, "", TODAY).on == TODAY


def test_nothing_is_shipped_while_held() -> None:
    with pytest.raises(Held):
        batch(state="released", released=500, held=True).ship(INSPECTOR, "s" * 32, 1, "A", TODAY, "", TODAY)


def test_a_release_is_withdrawn_by_a_signer_or_a_releaser_alone() -> None:
    released = batch(state="released", released=500)
    assert released.withdraw(INSPECTOR, ("minh",), "crack found", TODAY).reason == "crack found"
    assert released.withdraw(LINH, (), "crack found", TODAY).batch == "b" * 32
    with pytest.raises(MissingRole):
        released.withdraw(INSPECTOR, ("linh",), "crack found", TODAY)


def test_a_batch_is_cancelled_only_before_any_check() -> None:
    assert batch().cancel(INSPECTOR, "typed twice", TODAY).reason == "typed twice"
    for changed in (batch(state="first_check", round_no=1), batch(round_no=1)):
        with pytest.raises(WrongState):
            changed.cancel(INSPECTOR, "typed twice", TODAY)


def test_a_batch_record_is_changed_only_before_its_first_round() -> None:
    assert batch().change(batch().saved, INSPECTOR, TODAY) == batch().saved
    with pytest.raises(WrongState):
        batch(round_no=1).change(batch().saved, INSPECTOR, TODAY)


SOUND = BatchSaved("", "N-1", "p", 100, supplier="s")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (replace(SOUND, quantity=1), "quantity"),
        (replace(SOUND, supplier=None), "supplier"),
        (replace(SOUND, line="Line 2"), "line"),
        (replace(SOUND, made_on=date(2026, 11, 2), ship_by=date(2026, 11, 1)), "ship_by"),
        (replace(SOUND, made_on=TODAY + timedelta(days=1)), "made_on"),
        (replace(SOUND, makers=(Maker("linh", (101,)),)), "makers"),
    ],
)
def test_a_batch_record_that_contradicts_itself_is_refused(changed: BatchSaved, field: str) -> None:
    require_sound(SOUND, TODAY)
    require_sound(replace(SOUND, made_on=TODAY), TODAY)
    with pytest.raises(BadInput) as refused:
        require_sound(changed, TODAY)
    assert refused.value.where["field"] == field


def test_a_batch_is_changed_by_who_may_act_while_it_waits_and_soundly() -> None:
    waiting = batch()
    assert waiting.change(waiting.saved, LINH, TODAY) == waiting.saved
    with pytest.raises(ReadsOnly):
        waiting.change(waiting.saved, AUDITOR, TODAY)
    for other in (batch(state="cancelled"), batch(state="first_check"), batch(round_no=1)):
        with pytest.raises(WrongState):
            other.change(other.saved, LINH, TODAY)
    with pytest.raises(BadInput):
        waiting.change(replace(waiting.saved, quantity=1), LINH, TODAY)


def test_makers_take_their_own_names_off_no_batch_and_others_may() -> None:
    made = batch((Maker("linh"), Maker("som")))
    less = replace(made.saved, makers=(Maker("som"),))
    with pytest.raises(MakerStays) as refused:
        made.change(less, LINH, TODAY)
    assert refused.value.person == LINH.name
    assert made.change(less, SOM, TODAY) == less


def test_while_an_ordered_rework_is_not_recorded_nothing_goes_on() -> None:
    batch().require_rework_recorded()
    with pytest.raises(ReworkersMissing) as refused:
        batch(rework_ordered=True).require_rework_recorded()
    assert refused.value.batch == "DA-1"


def test_a_batch_that_is_held_keeps_its_number_and_is_not_cancelled() -> None:
    held = batch(held=True, hold="h" * 32)
    for act in (
        lambda: held.change(replace(held.saved, number="DA-2"), LINH, TODAY),
        lambda: held.cancel(LINH, "twice", TODAY),
    ):
        with pytest.raises(Held):
            act()
    assert held.change(replace(held.saved, note="kept"), LINH, TODAY).note == "kept"


def test_a_batch_is_changed_as_it_was_read() -> None:
    read = replace(batch().saved, seen=4)
    there = replace(batch(), saved=read)
    assert there.change(read, LINH, TODAY) == read
    for stale in (3, 0, None):
        with pytest.raises(ChangedMeanwhile):
            there.change(replace(read, seen=stale), LINH, TODAY)


def test_only_a_batch_without_a_round_is_cancelled_by_who_may_act() -> None:
    assert batch().cancel(LINH, "twice", TODAY).reason == "twice"
    with pytest.raises(ReadsOnly):
        batch().cancel(AUDITOR, "twice", TODAY)
    for other in (batch(state="cancelled"), batch(round_no=1)):
        with pytest.raises(WrongState):
            other.cancel(LINH, "twice", TODAY)


def test_nobody_who_only_reads_disposes_reworks_ships_or_withdraws() -> None:
    rejected = batch(state="rejected", round="r" * 32)
    for by, other in ((AUDITOR, LINH), (LINH, AUDITOR)):
        with pytest.raises(ReadsOnly):
            rejected.rework(by, other, "why", TODAY)
    with pytest.raises(WrongState):  # ordered already
        replace(rejected, rework_ordered=True).rework(LINH, SOM, "why", TODAY)
    with pytest.raises(ReadsOnly):
        replace(rejected, rework_ordered=True).reworked(AUDITOR, ("som",), "", TODAY)
    with pytest.raises(WrongState):  # released meanwhile, and a part of it has left
        batch(state="released", held=True, rework_ordered=True, released=500, shipped=1).reworked(
            LINH, ("som",), "", TODAY
        )
    released = batch(state="released", released=500)
    with pytest.raises(ReadsOnly):
        released.ship(AUDITOR, "s" * 32, 1, "ACME", TODAY, "", TODAY)
    with pytest.raises(ReadsOnly):
        batch().ship_unreleased(AUDITOR, "s" * 32, 1, "ACME", TODAY, "why", "", TODAY)
    with pytest.raises(WrongState):
        batch(state="withdrawn", released=500).withdraw(LINH, (), "crack", TODAY)
    with pytest.raises(NotActive):
        released.withdraw(replace(SOM, status="suspended"), ("som",), "crack", TODAY)


def test_a_stop_comes_before_the_goods_have_left_and_once() -> None:
    for state in ("withdrawn", "cancelled", "returned"):
        with pytest.raises(WrongState):
            batch(state=state).stop(LINH, "h" * 32, "safety", "why", TODAY)
    with pytest.raises(Held):
        batch(held=True, hold="h" * 32).stop(LINH, "i" * 32, "safety", "why", TODAY)
    with pytest.raises(MissingRole):
        batch(held=True, hold="h" * 32).lift(INSPECTOR, LINH, "cleared", TODAY)
