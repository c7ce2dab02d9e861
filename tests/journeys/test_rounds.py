# SPDX-License-Identifier: Apache-2.0
"""Whole stories of a batch through the use cases, each verified from the log at its end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcdesk.domain import drawing
from qcdesk.domain.drawing import seed_after
from qcdesk.domain.events import Resolution, RoundOpened
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    AgainUsedUp,
    ChangedMeanwhile,
    CheckClosed,
    CriticalOpen,
    Held,
    Incomplete,
    MakersMissing,
    MissingRole,
    NobodyLeft,
    NotAccepted,
    NotActive,
    NotYourCheck,
    NotYourSession,
    PlaceTaken,
    SamePerson,
    SittingOver,
    ThirdNeeded,
    UnresolvedUnits,
    WrongState,
)
from qcdesk.services import start_check
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult, Withdraw
from qcdesk.services.settle_round import round_sides
from qcdesk.store.verification import verify
from tests.workspace import House, secret


def verifies(house: House) -> None:
    found = verify(house.database)
    assert found.ok, found.problems


def outcome_of_last_round(house: House, batch: str) -> str:
    with house.use.look() as uow:
        standing = uow.rounds(uow.batch(batch).id)[-1]
        return standing.decided.outcome if standing.decided else standing.compared.outcome  # type: ignore[union-attr]


def test_two_people_release_and_ship_a_batch(house: House) -> None:
    batch = house.released(quantity=50)
    house.use.ship_batch(house.sittings["linh"], batch, 20, "ACME")
    house.use.ship_batch(house.sittings["linh"], batch, 30, "ACME")
    assert house.state(batch) == "released"
    verifies(house)


def test_one_person_alone_never_releases(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    with pytest.raises(SamePerson):
        house.start("linh", batch)
    with pytest.raises(NotAccepted):
        house.use.release_batch(house.hands["linh"], batch)
    assert house.state(batch) == "awaiting_second"


def test_a_disagreement_is_settled_by_a_third_and_released(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    batch = house.disagreed()
    with pytest.raises(NotAccepted):
        house.use.release_batch(house.hands["som"], batch)
    with pytest.raises(SamePerson):
        house.start("linh", batch)
    third = house.start("huy", batch)
    assert third.place == "third"
    with pytest.raises(UnresolvedUnits):
        house.use.decide(house.hands["huy"], third.check)
    with pytest.raises(BadInput):
        house.use.resolve(house.sittings["huy"], third.check, (Resolution(2, "DEN", "major", 1, holds=True),))
    house.use.resolve(
        house.sittings["huy"], third.check, (Resolution(1, "CRK", "critical", 1, holds=False, note="hair"),)
    )
    assert house.use.preview_decision(third.check) == "accepted"
    decided = house.use.decide(house.hands["huy"], third.check, seen_outcome="accepted")
    assert decided.fact.outcome == "accepted"
    house.use.release_batch(house.hands["som"], batch)
    assert house.state(batch) == "released"
    verifies(house)


def test_the_third_may_find_that_it_is_there_and_the_batch_is_rejected(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    batch = house.disagreed()
    third = house.start("huy", batch)
    house.use.resolve(house.sittings["huy"], third.check, (Resolution(1, "CRK", "critical", 1, holds=True),))
    house.use.decide(house.hands["huy"], third.check)
    assert house.state(batch) == "rejected"
    verifies(house)


def test_an_arbiter_who_lost_the_role_meanwhile_does_not_decide(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    batch = house.disagreed()
    third = house.start("huy", batch)
    house.use.resolve(house.sittings["huy"], third.check, (Resolution(1, "CRK", "critical", 1, holds=False),))
    house.use.take_role(house.hands["linh"], "huy", "arbiter")
    with pytest.raises(MissingRole):
        house.use.decide(house.hands["huy"], third.check)
    assert house.state(batch) == "disagreed"


def test_rework_and_a_new_tightened_round_in_a_workspace_of_two(house: House) -> None:
    worker = house.maker("Lê Văn Tám")
    batch = house.rejected(quantity=60)
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld the cracks")
    with pytest.raises(WrongState):
        house.start("linh", batch)
    house.use.record_rework(house.sittings["linh"], batch, (worker,))
    assert house.state(batch) == "registered"
    first = house.start("som", batch)
    assert first.opened.no == 2
    assert first.opened.plan.severity == "tightened"
    with house.use.look() as uow:
        earlier = uow.rounds(uow.batch(batch).id)[0]
    cracked = earlier.opened.sample[0]
    assert cracked in first.opened.sample  # a unit on which a critical was claimed joins every later sample
    house.record("som", first)
    house.sign("som", first)
    house.check("linh", batch)
    house.use.release_batch(house.hands["linh"], batch)
    assert house.state(batch) == "released"
    verifies(house)


def test_whoever_reworked_cannot_check_and_in_a_workspace_of_two_that_is_said_beforehand(
    house: House,
) -> None:
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld the cracks")
    with pytest.raises(NobodyLeft):
        house.use.record_rework(house.sittings["linh"], batch, ("som",))
    assert house.state(batch) == "rejected"


def test_a_check_set_aside_half_way_is_done_again_and_its_findings_stay_in_the_union(house: House) -> None:
    batch = house.batch()
    begun = house.start("linh", batch)
    house.use.record(
        house.sittings["linh"],
        Entries(begun.check, results=(NewResult(1),), findings=(NewFinding(1, "CRK"),)),
    )
    house.use.set_aside(house.sittings["linh"], begun.check, "called away")
    with pytest.raises(CheckClosed):
        house.use.record(house.sittings["linh"], Entries(begun.check, results=(NewResult(2),)))
    assert house.state(batch) == "first_check"
    again = house.start("linh", batch)
    assert again.check != begun.check
    house.record("linh", again)
    house.sign("linh", again)
    signed = house.check("som", batch)
    assert signed.compared is not None
    assert signed.compared.outcome == "disagreed"  # the crack was claimed, and only once
    verifies(house)


def test_somebody_else_takes_the_place_of_a_check_that_a_releaser_set_aside(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy")
    batch = house.batch()
    begun = house.start("huy", batch)
    with pytest.raises(PlaceTaken):
        house.start("linh", batch)
    house.enrol("minh", "Phạm Minh")
    with pytest.raises(MissingRole):
        house.use.set_aside(house.sittings["minh"], begun.check, "she is ill")
    house.use.set_aside(house.sittings["som"], begun.check, "she is ill")
    house.check("linh", batch)
    house.check("som", batch)
    assert house.state(batch) == "accepted"
    verifies(house)


def test_the_second_check_can_be_set_aside_too(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    begun = house.start("som", batch)
    house.use.set_aside(house.sittings["som"], begun.check, "gauge broke")
    assert house.state(batch) == "awaiting_second"
    house.check("som", batch)
    assert house.state(batch) == "accepted"
    verifies(house)


def test_the_two_who_disagree_do_it_again_once(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, dict.fromkeys(range(1, 9), "DEN"))
    house.check("som", batch)
    assert house.state(batch) == "disagreed"
    house.use.do_again(house.hands["linh"], house.hands["som"], batch, "light was bad")
    house.check("som", batch, dict.fromkeys(range(1, 9), "DEN"))
    house.check("linh", batch)
    with pytest.raises(AgainUsedUp):
        house.use.do_again(house.hands["linh"], house.hands["som"], batch, "again")
    house.use.reject_after_all(house.hands["linh"], batch, "dents are real")
    assert house.state(batch) == "rejected"
    verifies(house)


def test_a_round_with_a_claimed_critical_is_not_done_again(house: House) -> None:
    batch = house.disagreed()
    with pytest.raises(CriticalOpen):
        house.use.do_again(house.hands["linh"], house.hands["som"], batch, "light was bad")


def test_only_one_of_the_two_rejects_after_all(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    batch = house.disagreed()
    with pytest.raises(NotYourCheck):
        house.use.reject_after_all(house.hands["huy"], batch, "I think so")
    house.use.reject_after_all(house.hands["som"], batch, "the crack is real")
    assert house.state(batch) == "rejected"


def test_a_retracted_check_stays_and_a_new_round_follows(house: House) -> None:
    batch = house.batch()
    signed = house.check("linh", batch)
    with pytest.raises(NotYourCheck):
        house.use.retract_check(house.hands["som"], signed.fact.check, "not mine")
    house.use.retract_check(house.hands["linh"], signed.fact.check, "wrong side up")
    assert house.state(batch) == "registered"
    house.check("som", batch)
    house.check("linh", batch)
    assert house.state(batch) == "accepted"
    verifies(house)


def test_the_seed_follows_from_what_somebody_else_signed_and_from_nothing_of_the_opener(house: House) -> None:
    opened = [house.start("linh", house.batch(quantity=200, by=by)).opened for by in ("som", "linh", "linh")]
    with house.use.look() as uow:
        vault, others = uow.vault, uow.last_of_others(house.id("linh"))
    assert others.rounds_since == len({one.seed for one in opened}) == 3
    for already, one in enumerate(opened):
        assert (one.after, one.seed) == (others.seq, seed_after(vault, others.hash, already))
    verifies(house)


@pytest.mark.parametrize("forged", ["seed", "old", "event"])
def test_a_seed_of_the_openers_own_choice_is_found(
    house: House, monkeypatch: pytest.MonkeyPatch, forged: str
) -> None:
    house.start("linh", house.batch(by="som"))
    if forged == "seed":
        monkeypatch.setattr(drawing, "seed_after", lambda *_: "ab" * 16)
    else:
        after = None if forged == "old" else 2
        monkeypatch.setattr(
            start_check, "RoundOpened", lambda **said: RoundOpened(**{**said, "after": after})
        )
    house.start("linh", house.batch(by="som"))
    found = {(p.batch is not None, p.code) for p in verify(house.database).problems}
    assert found == {(True, "rule_seed")}


def test_the_next_sample_does_not_tell_that_a_check_taken_back_had_claimed_a_critical(house: House) -> None:
    sizes = []
    for found in ({}, {1: "CRK"}):
        batch = house.batch(quantity=60)
        signed = house.check("linh", batch, found)
        house.use.retract_check(house.hands["linh"], signed.fact.check, "wrong side up")
        with house.use.look() as uow:
            first = uow.round(signed.fact.round).opened
        opened = house.start("som", batch).opened
        sizes.append(len(opened.sample))
        assert set(opened.sample[opened.plan.n :]) - set(first.sample) == set()
    assert sizes[0] == sizes[1]
    verifies(house)


def test_who_set_a_check_aside_does_not_decide_over_what_it_claimed(house: House) -> None:
    house.enrol("eva", "Eva Braun", "inspector", "arbiter", "releaser")
    house.enrol("huy", "Trần Văn Huy", "arbiter")
    batch = house.batch()
    started = house.start("eva", batch)
    house.record("eva", started, {1: "CRK"})
    house.use.set_aside(house.sittings["eva"], started.check, "called away")
    house.check("linh", batch)
    house.check("som", batch)
    assert house.state(batch) == "disagreed"
    with pytest.raises(SamePerson) as told:
        house.start("eva", batch)
    assert told.value.who_can == ("Trần Văn Huy",)
    waits = house.use.read.waiting(house.id("eva"), house.clock.today())
    assert "decide" not in {row.act for row in waits}
    house.start("huy", batch)
    verifies(house)


@pytest.mark.parametrize("one", ["linh", "som"])
def test_what_both_rejected_for_a_critical_is_not_inspected_anew_by_taking_a_check_back(
    house: House, one: str
) -> None:
    batch = house.batch()
    checks = {who: house.check(who, batch, {1: "CRK"}).fact.check for who in ("linh", "som")}
    assert house.state(batch) == "rejected"
    with pytest.raises(CriticalOpen) as told:
        house.use.retract_check(house.hands[one], checks[one], "a slip")
    assert (told.value.units, told.value.rejected) == ((1,), True)
    verifies(house)


def test_a_critical_that_a_third_found_untrue_stands_in_no_ones_way(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "arbiter")
    batch = house.batch()
    few = dict.fromkeys(range(2, 9), "DEN")
    first = house.check("linh", batch, {1: "CRK", **few})
    house.check("som", batch, few)
    third = house.start("huy", batch)
    untrue = (Resolution(1, "CRK", "critical", 1, holds=False),)
    house.use.resolve(house.sittings["huy"], third.check, untrue)
    house.use.decide(house.hands["huy"], third.check)
    assert house.state(batch) == "rejected"
    house.use.retract_check(house.hands["linh"], first.fact.check, "a slip")
    assert house.start("som", batch).opened.plan.severity == "tightened"
    verifies(house)


def test_a_check_taken_back_after_a_rejection_leads_to_a_tightened_round(house: House) -> None:
    batch = house.batch()
    for severity, held in (("tightened", False), ("tightened", True)):
        found = dict.fromkeys(range(1, 9), "DEN")
        house.check("linh", batch, found)
        signed = house.check("som", batch, found)
        assert house.state(batch) == "rejected"
        house.use.retract_check(house.hands["som"], signed.fact.check, "a slip")
        with house.use.look() as uow:
            assert (uow.batch(batch).next_severity, uow.batch(batch).held) == (severity, held)
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    house.use.order_round(house.hands["huy"], batch, "look again")
    assert house.start("som", batch).opened.plan.severity == "tightened"
    verifies(house)


def test_a_second_retraction_after_the_comparison_holds_the_batch(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    signed = house.check("som", batch)
    house.use.retract_check(house.hands["som"], signed.fact.check, "wrong gauge")
    house.check("linh", batch)
    signed = house.check("som", batch)
    house.use.retract_check(house.hands["som"], signed.fact.check, "wrong gauge again")
    with house.use.look() as uow:
        assert uow.batch(batch).held
    with pytest.raises(Held):
        house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_a_stopped_batch_is_checked_on_but_not_released_until_two_let_go(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    house.use.stop_batch(house.sittings["som"], batch, "paperwork", "wrong order number")
    house.check("som", batch)
    with pytest.raises(Held):
        house.use.release_batch(house.hands["som"], batch)
    house.use.lift_hold(house.hands["linh"], house.hands["som"], batch, "order corrected")
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_an_incomplete_check_is_not_signed(house: House) -> None:
    batch = house.batch()
    begun = house.start("linh", batch)
    house.use.record(house.sittings["linh"], Entries(begun.check, results=(NewResult(1),)))
    with pytest.raises(Incomplete):
        house.sign("linh", begun)
    assert house.state(batch) == "first_check"


def test_nothing_is_signed_that_was_not_seen(house: House) -> None:
    begun = house.start("linh", house.batch())
    house.record("linh", begun)
    seen = house.use.signing_page(house.sittings["linh"], begun.check).record
    house.use.record(house.sittings["linh"], Entries(begun.check, findings=(NewFinding(2, "SCR"),)))
    with pytest.raises(ChangedMeanwhile):
        house.use.sign_check(house.hands["linh"], house.sittings["linh"], begun.check, seen_record=seen)


def test_nobody_enters_or_signs_in_anothers_check(house: House) -> None:
    begun = house.start("linh", house.batch())
    with pytest.raises(NotYourCheck):
        house.use.record(house.sittings["som"], Entries(begun.check, results=(NewResult(1),)))
    with pytest.raises(NotYourCheck):
        house.use.sign_check(house.hands["som"], house.sittings["som"], begun.check)
    with pytest.raises(NotYourSession):
        house.use.sign_check(house.hands["linh"], house.sittings["som"], begun.check)


def test_a_signed_check_takes_no_more_entries(house: House) -> None:
    batch = house.batch()
    signed = house.check("linh", batch)
    with pytest.raises(CheckClosed):
        house.use.record(house.sittings["linh"], Entries(signed.fact.check, findings=(NewFinding(1, "DEN"),)))


def test_a_correction_at_once_is_a_slip_and_a_later_one_says_why(house: House) -> None:
    begun = house.start("linh", house.batch())

    def read(unit: int, typed: str, reason: str = "") -> None:
        reading = NewReading(unit, "DIA", typed, reason=reason)
        house.use.record(house.sittings["linh"], Entries(begun.check, readings=(reading,)))

    read(1, "12.30")
    read(1, "12.03")  # typed wrong, mended at once
    read(2, "12.01")
    with pytest.raises(BadInput) as refused:
        read(1, "12.00")
    assert refused.value.code == "correction_reason"
    read(1, "12.00", "gauge was dirty")
    with house.use.look() as uow:
        first = [m for m in uow.work(begun.check).measured if m.unit == 1]
    assert [(m.typed, m.reason) for m in first] == [
        ("12.30", ""),
        ("12.03", "slip"),
        ("12.00", "gauge was dirty"),
    ]


def test_a_withdrawn_finding_stays_in_the_record_and_counts_for_nothing(house: House) -> None:
    begun = house.start("linh", house.batch())
    house.record("linh", begun, {1: "CRK"})
    with house.use.look() as uow:
        finding = uow.work(begun.check).findings[0].id
    house.use.record(house.sittings["linh"], Entries(begun.check, withdraw=(Withdraw(finding, "slip"),)))
    signed = house.sign("linh", begun)
    assert signed.fact.verdict == "accepted"
    with house.use.look() as uow:
        assert b"CRK" in uow.record(signed.fact.record)
        assert b"slip" in uow.record(signed.fact.record)


def test_a_sitting_that_was_closed_enters_nothing_more(house: House) -> None:
    begun = house.start("linh", house.batch())
    house.use.close_sitting(house.sittings["linh"])
    with pytest.raises(SittingOver):
        house.use.record(house.sittings["linh"], Entries(begun.check, results=(NewResult(1),)))


def test_a_suspended_person_enters_and_signs_nothing(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy")
    begun = house.start("huy", house.batch())
    house.record("huy", begun)
    house.use.suspend(house.hands["linh"], "huy", "left the firm")
    with pytest.raises(NotActive) as refused:
        house.use.record(house.sittings["huy"], Entries(begun.check, results=(NewResult(1),)))
    assert (
        refused.value.person == "Trần Văn Huy"
    )  # by the rule itself: the database would refuse without a name
    with pytest.raises(NotActive):
        house.sign("huy", begun)
    with pytest.raises(NotActive):
        house.use.open_hand("huy", secret("huy"))


def test_an_own_line_names_its_makers_before_a_round_opens(house: House) -> None:
    batch = house.batch(supplier=None, line="Line 2")
    with pytest.raises(MakersMissing):
        house.start("linh", batch)


def test_the_release_names_the_records_it_stands_on(house: House) -> None:
    batch = house.accepted()
    released = house.use.release_batch(house.hands["som"], batch)
    with house.use.look() as uow:
        standing = uow.rounds(uow.batch(batch).id)[-1]
        hashes = {c.signed_hash for c in standing.checks} | {standing.compared_hash}
    assert set(released.over) == hashes


def test_a_case_of_two_where_one_made_the_goods(house: House) -> None:
    house.approve(maker_may_check_first=True)
    batch = house.batch(makers=("som",))
    with pytest.raises(NobodyLeft) as refused:
        house.use.start_check(house.sittings["linh"], batch)
    assert refused.value.who_first == ("สมชาย ศรีสุข",)
    signed = house.check("som", batch)
    assert signed.fact.maker
    house.check("linh", batch)
    house.use.release_batch(house.hands["linh"], batch)
    verifies(house)


def test_a_changed_shop_setting_asks_for_a_third_to_release(house: House) -> None:
    with house.use.look() as uow:
        shop = uow.shop()
    house.use.change_shop(house.hands["linh"], replace(shop, third_person_releases=True))
    batch = house.accepted()
    with pytest.raises(ThirdNeeded):
        house.use.release_batch(house.hands["som"], batch)
    house.enrol("huy", "Trần Văn Huy", "releaser")
    house.use.release_batch(house.hands["huy"], batch)
    assert outcome_of_last_round(house, batch) == "accepted"


def test_a_batch_whose_units_were_left_out_is_not_accepted(house: House) -> None:
    """Whether one person or both left them out; the replay judges the same."""
    house.approve(not_done_allowed=True)
    for lazy in (("linh",), ("som",), ("linh", "som")):
        batch = house.batch()
        for login in ("linh", "som"):
            started = house.start(login, batch)
            house.record(login, started)
            if login in lazy:
                out = Entries(started.check, results=(NewResult(1, "no time"), NewResult(2, "no time")))
                house.use.record(house.sittings[login], out)
            house.sign(login, started)
        assert outcome_of_last_round(house, batch) == ("rejected" if len(lazy) == 2 else "disagreed")
        with pytest.raises((NotAccepted, WrongState)):
            house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_what_is_released_is_the_round_that_was_shown(house: House) -> None:
    batch = house.accepted()
    with house.use.look() as uow:
        shown = uow.batch(batch).round or ""
        quantity = uow.batch(batch).saved.quantity
    for other in (("0" * 32, quantity), (shown, quantity + 1)):
        with pytest.raises(ChangedMeanwhile):
            house.use.release_batch(house.hands["som"], batch, seen=other)
    house.use.release_batch(house.hands["som"], batch, seen=(shown, quantity))
    verifies(house)


def test_what_is_decided_is_what_was_shown_as_settled(house: House) -> None:
    house.enrol("tu", "Trần Tú", "inspector", "arbiter")
    batch = house.disagreed()
    started = house.start("tu", batch)
    with house.use.look() as uow:
        claims = uow.round(uow.batch(batch).round or "")
        disputed = round_sides(uow, claims).disputed()
    said = tuple(Resolution(c.unit, c.code, c.defect_class, c.count, False) for c in disputed)
    house.use.resolve(house.sittings["tu"], started.check, said)
    settled = {(c.unit, c.code): False for c in disputed}
    outcome = house.use.preview_decision(started.check)
    for other in (dict.fromkeys(settled, True), {}):
        with pytest.raises(ChangedMeanwhile):
            house.use.decide(house.hands["tu"], started.check, seen_outcome=outcome, seen_settled=other)
    house.use.decide(house.hands["tu"], started.check, seen_outcome=outcome, seen_settled=settled)
    verifies(house)
