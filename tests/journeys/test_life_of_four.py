# SPDX-License-Identifier: Apache-2.0
"""A workspace of four people: one batch's whole life, where a third decides and the recovery sheet stays closed away.

Linh and Som hold every role; Huy inspects, decides and releases; Minh inspects only. Each refusal that the story meets
has to say the way on: who can, or what to do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qcdesk.domain.events import Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import FOUNDER_ROLES, RoleGrant
from qcdesk.domain.refusals import (
    AgainUsedUp,
    AuthorCannotApprove,
    BadgeUnknown,
    Blind,
    CannotGrantAlone,
    CheckClosed,
    ClockBlocked,
    CriticalOpen,
    GaveUpPlace,
    HasSeenFirst,
    Held,
    HoldOfRetraction,
    Incomplete,
    LookAlike,
    MadeUnits,
    MissingRole,
    MoreThanReleased,
    NoProcedure,
    NotAccepted,
    NotActive,
    NotQualified,
    NotYourCheck,
    PlaceTaken,
    ProcedureNotApproved,
    ProcedureOverdue,
    ReadsOnly,
    Reworked,
    ReworkersMissing,
    SamePerson,
    SelfConfirm,
    SheetNotNeeded,
    ThirdNeeded,
    TwoNeeded,
    UnlockedByAnother,
    UnresolvedUnits,
    WrongState,
)
from qcdesk.services.record_entries import Entries, NewResult
from qcdesk.wording.modes import NOT_TWICE
from tests.journeys.lives import (
    HUY,
    LINH,
    MINH,
    PIN,
    PULL,
    SOM,
    all_but_the_last,
    check_of,
    held,
    mended,
    refused,
    report_of,
    reviewed_by,
    round_no,
    sheet_of,
    signed_with_all_it_needs,
    split_checked,
    the_last,
    verifies,
    voided_by_two,
    wrong_tries,
)
from tests.workspace import PROCEDURE, House, content, secret


@pytest.fixture
def four(house: House) -> House:
    """The house with Huy and Minh, enrolled by Linh and Som."""
    huy_and_minh_are_enrolled_by_two(house)
    return house


def huy_and_minh_are_enrolled_by_two(house: House) -> None:
    linh = house.hands["linh"]
    for other, rule, ways in (
        (sheet_of(house), SheetNotNeeded, f"{LINH} and {SOM} can."),
        (linh, TwoNeeded, f"{SOM} can."),
    ):
        with refused(rule, ways):
            house.use.enrol(linh, other, login="huy", name=HUY, roles=("inspector",), secret=secret("huy"))
    house.enrol("huy", HUY, "inspector", "arbiter", "releaser")
    house.enrol("minh", MINH, "inspector")


# The whole life of one batch --------------------------------------------------------------------------------------


def test_a_batch_lives_from_set_up_to_the_withdrawal_with_everything_that_happens_to_four(
    empty: House,
) -> None:
    house = empty
    two_hold_every_role_and_enrol_two_more(house)
    batch = house.batch("LIFE-4", 60)
    a_procedure_is_written_by_one_and_approved_by_another(house, batch)
    minh_checks_first_and_can_do_nothing_more(house, batch)
    som_stops_it_before_the_second_check_and_two_let_go(house, batch)
    linh_gives_up_her_place_to_see_the_first_check(house, batch)
    huy_checks_second_and_claims_a_crack(house, batch)
    a_third_decides_what_is_true(house, batch)
    it_goes_to_rework_and_whoever_reworked_checks_no_more(house, batch)
    minh_loses_a_badge(house)
    minh_is_locked_and_anybody_lets_her_in(house)
    minh_forgets_the_password_and_the_sheet_stays_closed_away(house, batch)
    a_line_that_huy_never_signed_is_declared_void_by_two_others(house, batch)
    huy_leaves_of_his_own_in_the_middle_of_a_check(house, batch)
    som_checks_second_and_linh_releases(house, batch)
    it_is_printed_shipped_and_withdrawn(house, batch)
    verifies(house)


def two_hold_every_role_and_enrol_two_more(house: House) -> None:
    with house.use.look() as uow:
        roles = {p.name: {g.role for g in p.roles} for p in uow.people()}
    assert roles == {LINH: set(FOUNDER_ROLES), SOM: set(FOUNDER_ROLES)}
    huy_and_minh_are_enrolled_by_two(house)
    with refused(CannotGrantAlone, LINH, SOM):
        house.use.grant_role(house.hands["huy"], house.hands["minh"], "minh", RoleGrant("releaser"))


def a_procedure_is_written_by_one_and_approved_by_another(house: House, batch: str) -> None:
    with refused(NoProcedure, "A planner writes one, another approves it."):
        house.start("minh", batch)
    with refused(MissingRole, "two people together can grant it"):
        house.use.draft_procedure(house.sittings["minh"], PROCEDURE, content(house.id("minh")))
    house.use.draft_procedure(house.sittings["som"], PROCEDURE, content(house.id("som")))
    with refused((NoProcedure, ProcedureNotApproved), "another approves it"):
        house.start("minh", batch)
    with refused(MissingRole, "two people together can grant it"):
        house.use.approve_procedure(house.hands["huy"], PROCEDURE)
    with refused(AuthorCannotApprove, "Any other planner can."):
        house.use.approve_procedure(house.hands["som"], PROCEDURE)
    house.use.approve_procedure(house.hands["linh"], PROCEDURE)


def minh_checks_first_and_can_do_nothing_more(house: House, batch: str) -> None:
    first = house.start("minh", batch)
    with refused(PlaceTaken, "set aside"):
        house.start("huy", batch)
    all_but_the_last(house, "minh", first)
    mended(house, "minh", first, "huy")
    with refused(Incomplete, f"Go to {len(first.opened.sample)}."):
        house.sign("minh", first)
    the_last(house, "minh", first)
    with refused(NotYourCheck, "Only the person who makes a check"):
        house.use.sign_check(house.hands["huy"], house.sittings["huy"], first.check)
    house.sign("minh", first)
    with refused(SamePerson, LINH, SOM, HUY):
        house.start("minh", batch)
    with refused(NotAccepted, "says who can make it"):
        house.use.release_batch(house.hands["huy"], batch)
    with refused(WrongState, "before its first check begins"):
        house.use.cancel_batch(house.sittings["linh"], batch, "registered twice")
    with refused(WrongState, "Only a released batch is shipped."):
        house.use.ship_batch(house.sittings["linh"], batch, 1, "ACME")


def som_stops_it_before_the_second_check_and_two_let_go(house: House, batch: str) -> None:
    house.use.stop_batch(house.sittings["som"], batch, "wrong_goods", "the label is another one")
    with refused(TwoNeeded, "Ask another person to sign with you."):
        house.use.lift_hold(house.hands["huy"], house.hands["huy"], batch, "the label is right")
    with refused(MissingRole, "two people together can grant it", reader=HUY):
        house.use.lift_hold(house.hands["huy"], house.hands["minh"], batch, "the label is right")
    assert held(house, batch)
    house.use.lift_hold(house.hands["huy"], house.hands["linh"], batch, "the label is right")
    assert house.state(batch) == "awaiting_second" and not held(house, batch)


def linh_gives_up_her_place_to_see_the_first_check(house: House, batch: str) -> None:
    for login in ("linh", "som", "huy"):
        with refused(Blind, "It opens when the second is signed."):
            house.use.look_at_first(house.sittings[login], batch, "report")
    house.use.give_up_place(house.sittings["linh"], batch, "ACME asks")
    house.use.look_at_first(house.sittings["linh"], batch, "report")
    with refused(GaveUpPlace, SOM, HUY):
        house.start("linh", batch)


def huy_checks_second_and_claims_a_crack(house: House, batch: str) -> None:
    second = house.start("huy", batch)
    with refused(PlaceTaken, "set aside"):
        house.start("som", batch)
    house.record("huy", second, {3: "CRK"})
    house.sign("huy", second)
    assert house.state(batch) == "disagreed"
    with refused(CriticalOpen, "A third person looks at it"):
        house.use.do_again(house.hands["minh"], house.hands["huy"], batch, "once more")
    with refused(NotYourCheck):
        house.use.reject_after_all(house.hands["som"], batch, "none of mine")
    with refused(NotAccepted, "A third person decides"):
        house.use.release_batch(house.hands["linh"], batch)


def a_third_decides_what_is_true(house: House, batch: str) -> None:
    with refused(SamePerson, LINH, SOM):
        house.start("huy", batch)
    with refused(MissingRole, LINH, SOM):
        house.start("minh", batch)
    third = house.start("som", batch)
    with refused(UnresolvedUnits, "Look at each and say what is true of it."):
        house.use.decide(house.hands["som"], third.check)
    house.use.resolve(
        house.sittings["som"],
        third.check,
        (Resolution(3, "CRK", "critical", 1, holds=True, note="it is there"),),
    )
    decided = house.use.decide(house.hands["som"], third.check)
    assert decided.fact.outcome == house.state(batch) == "rejected"


def it_goes_to_rework_and_whoever_reworked_checks_no_more(house: House, batch: str) -> None:
    huy, minh = house.hands["huy"], house.hands["minh"]
    with pytest.raises(BadInput):  # for which grade was not said
        house.use.dispose_batch(huy, minh, batch, "regrade", "ACME agrees")
    with refused(SelfConfirm, "Ask another person to sign with you."):
        house.use.dispose_batch(huy, huy, batch, "rework", "weld")
    house.use.dispose_batch(huy, minh, batch, "rework", "weld")
    with refused(ReworkersMissing, "Record who reworked it"):
        house.use.record_rework(house.sittings["minh"], batch, ())
    house.use.record_rework(house.sittings["minh"], batch, ("linh",))
    house.check("minh", batch)
    assert (house.state(batch), round_no(house, batch)) == ("awaiting_second", 2)
    with refused(Reworked, SOM, HUY):
        house.start("linh", batch)
    check = check_of(house, batch, "first")
    house.use.retract_check(
        house.hands["minh"], check, "the gauge was not zeroed"
    )  # Linh's part is remembered
    assert house.state(batch) == "registered"


def minh_loses_a_badge(house: House) -> None:
    badge = house.use.issue_badge(house.hands["minh"], house.hands["huy"], PIN)
    assert house.use.person_of_badge(badge.code).name == MINH
    key = house.use.open_badge(badge.code, PIN).key
    house.use.stop_badge(house.hands["som"], house.id("minh"), "lost on the floor")
    with refused(BadgeUnknown, "Sign in with your password."):
        house.use.open_badge(badge.code, PIN)
    with refused(TwoNeeded, LINH, SOM, HUY):
        house.use.issue_badge(house.hands["minh"], house.hands["minh"], PIN)
    again = house.use.issue_badge(house.hands["minh"], house.hands["som"], PIN)
    assert house.use.open_badge(again.code, PIN).key == key


def minh_is_locked_and_anybody_lets_her_in(house: House) -> None:
    wrong_tries(house, "minh", 10)
    with refused(UnlockedByAnother, LINH, SOM, HUY):
        house.use.unlock(house.hands["minh"], house.id("minh"))
    house.use.unlock(house.hands["huy"], house.id("minh"))
    house.sit("minh")


def minh_forgets_the_password_and_the_sheet_stays_closed_away(house: House, batch: str) -> None:
    first = house.start("minh", batch)
    house.record("minh", first)
    with refused(SheetNotNeeded, LINH, SOM, HUY):
        house.use.enrol_new_key(house.hands["linh"], sheet_of(house), "minh", secret("minh"))
    with refused(TwoNeeded, "can."):
        house.use.enrol_new_key(house.hands["linh"], house.hands["linh"], "minh", secret("minh"))
    house.use.enrol_new_key(house.hands["huy"], house.hands["som"], "minh", secret("minh"))
    house.sit("minh")
    house.sign("minh", house.start("minh", batch))
    assert house.state(batch) == "awaiting_second"


def a_line_that_huy_never_signed_is_declared_void_by_two_others(house: House, batch: str) -> None:
    voided_by_two(house, batch, "huy", "minh", "som")
    house.check("minh", batch)
    assert house.state(batch) == "awaiting_second"


def huy_leaves_of_his_own_in_the_middle_of_a_check(house: House, batch: str) -> None:
    second = house.start("huy", batch)
    house.use.record(house.sittings["huy"], Entries(second.check, (NewResult(1),)))
    house.use.revoke_key(house.hands["huy"], None, "huy", "left")
    with refused(NotActive, "Two others give a new key", reader=HUY):
        house.sit("huy")
    with refused(PlaceTaken, "set aside"):
        house.start("som", batch)
    with refused(MissingRole, reader=MINH):
        house.use.set_aside(house.sittings["minh"], second.check, "Huy has left")
    house.use.set_aside(house.sittings["linh"], second.check, "Huy has left")
    assert house.state(batch) == "awaiting_second"


def som_checks_second_and_linh_releases(house: House, batch: str) -> None:
    """Som decided the first round and may check the next; Linh reworked, so the release is Som's alone."""
    house.check("som", batch)
    assert house.state(batch) == "accepted"
    with refused(Reworked, f"{SOM} can."):
        house.use.release_batch(house.hands["linh"], batch)
    with refused(MissingRole, f"{SOM} can."):
        house.use.release_batch(house.hands["minh"], batch)
    house.use.release_batch(house.hands["som"], batch)


def it_is_printed_shipped_and_withdrawn(house: House, batch: str) -> None:
    told = report_of(house, batch)
    for words in (MINH, SOM, HUY, "Inspected by", "Inspected independently by", "Released by"):
        assert words in told
    house.use.ship_batch(house.sittings["minh"], batch, 50, "ACME")
    with refused(MoreThanReleased, "Ship 10 or fewer."):
        house.use.ship_batch(house.sittings["minh"], batch, 11, "ACME")
    house.use.stop_batch(house.sittings["minh"], batch, "safety", "some may stand in the store")
    assert held(house, batch)
    with refused(Held, "lift it"):
        house.use.ship_batch(house.sittings["minh"], batch, 10, "ACME")
    with refused(NotActive, "Two others give a new key", reader=HUY):
        house.use.withdraw_batch(house.hands["huy"], batch, "ACME found a crack")
    house.use.withdraw_batch(house.hands["minh"], batch, "ACME found a crack")  # any signer alone
    assert house.state(batch) == "withdrawn"
    with refused(WrongState, "Only a released batch is shipped."):
        house.use.ship_batch(house.sittings["minh"], batch, 10, "ACME")
    assert [row.kind for row in house.use.read.unexplained()] == ["withdrawn"]


# The rest of the table --------------------------------------------------------------------------------------------


def test_a_batch_is_cancelled_before_its_first_check_and_what_left_unreleased_stays_on_the_owners_page(
    four: House,
) -> None:
    house = four
    twice, left, begun = house.batch(), house.batch(), house.batch()
    house.use.cancel_batch(house.sittings["minh"], twice, "registered twice")
    with refused(WrongState, "No check can be started now."):
        house.start("huy", twice)
    house.start("minh", begun)
    with refused(WrongState, "before its first check begins"):
        house.use.cancel_batch(house.sittings["huy"], begun, "registered twice")
    with refused(WrongState, "Only a released batch is shipped."):
        house.use.ship_batch(house.sittings["minh"], left, 5, "ACME")
    house.use.ship_unreleased(house.sittings["minh"], left, 5, "ACME", "loaded by mistake")
    assert [(row.kind, row.number, row.quantity) for row in house.use.read.unexplained()] == [
        ("left_unreleased", left, 5)
    ]
    verifies(house)


def test_a_check_is_signed_once_it_lacks_nothing_that_the_procedure_asks_for(four: House) -> None:
    signed_with_all_it_needs(four, "minh")
    verifies(four)


def test_two_who_disagree_do_it_again_once_and_then_either_rejects(four: House) -> None:
    house = four
    minh, huy, som = house.hands["minh"], house.hands["huy"], house.hands["som"]
    batch, dents = house.batch(quantity=60), dict.fromkeys(range(1, 6), "DEN")
    house.check("minh", batch)
    house.check("huy", batch, dents)
    with refused(TwoNeeded, "Ask another person to sign with you."):
        house.use.do_again(minh, minh, batch, "the light was bad")
    with refused(NotYourCheck, "Only the person who makes a check"):
        house.use.do_again(minh, som, batch, "the light was bad")
    house.use.do_again(minh, huy, batch, "the light was bad")
    assert house.state(batch) == "registered"
    house.check("minh", batch)
    house.check("huy", batch, dents)
    with refused(AgainUsedUp, "A third person decides, or one of the two rejects."):
        house.use.do_again(minh, huy, batch, "once more")
    with refused(NotYourCheck, "Only the person who makes a check"):
        house.use.reject_after_all(som, batch, "I believe Huy")
    house.use.reject_after_all(minh, batch, "the dents are there")
    assert house.state(batch) == "rejected"
    verifies(house)


def test_what_only_one_finds_on_a_unit_of_both_goes_to_a_third_also_where_the_check_is_split(
    four: House,
) -> None:
    house = four
    bore = replace(content("x").characteristics[0], mode="split")
    house.approve(defects_mode="split", characteristics=(bore,))
    common, own = house.batch(quantity=200), house.batch(quantity=200)
    split_checked(house, own, "minh", "huy", {-1: "CRK"})
    assert house.state(own) == "rejected"
    split_checked(house, common, "minh", "huy", {0: "CRK"})
    assert house.state(common) == "disagreed"
    decided_by_som(house, common, holds=False)
    with refused(MissingRole, LINH, SOM, HUY):
        house.use.release_batch(house.hands["minh"], common)
    house.use.release_batch(house.hands["som"], common)  # who decided looked at what is released
    verifies(house)


def test_what_the_second_contests_in_a_review_goes_to_a_third(four: House) -> None:
    house = four
    critical = replace(PULL, defect_class="critical")
    house.approve(defects=(), characteristics=(critical,))
    batch = house.batch(quantity=200)
    reviewed_by(house, batch, "minh", "huy", {3: "the clamp slipped"})
    assert house.state(batch) == "disagreed"
    with refused(NotAccepted, "A third person decides"):
        house.use.release_batch(house.hands["linh"], batch)
    decided_by_som(house, batch, holds=False)
    house.use.release_batch(house.hands["linh"], batch)
    told = report_of(house, batch)
    assert NOT_TWICE in told and "the clamp slipped" in told
    verifies(house)


def decided_by_som(house: House, batch: str, *, holds: bool) -> None:
    """Settle the one claim that is disputed, as the third person, and sign."""
    third = house.start("som", batch)
    (claim,) = house.use.read.comparison(batch, house.id("som"), house.clock.now()).disputes
    settled = Resolution(claim.unit, claim.code, "critical", 1, holds=holds, note="looked at twice")
    house.use.resolve(house.sittings["som"], third.check, (settled,))
    house.use.decide(house.hands["som"], third.check)


def test_a_new_version_lets_open_batches_go_on_or_sends_them_back(four: House) -> None:
    house = four
    going_on, sent_back = house.batch(), house.batch()
    house.check("minh", going_on)
    house.approve(title="Cover, new")
    house.check("huy", going_on)
    house.use.release_batch(house.hands["linh"], going_on)
    house.check("minh", sent_back)  # by the new version
    house.check("huy", sent_back)
    house.use.draft_procedure(
        house.sittings["linh"], PROCEDURE, content(house.id("linh"), title="Cover, newer")
    )
    with refused(MissingRole, "two people together can grant it"):
        house.use.approve_procedure(house.hands["huy"], PROCEDURE, open_batches="re_inspect")
    house.use.approve_procedure(house.hands["som"], PROCEDURE, open_batches="re_inspect")
    with refused(NotAccepted, "Two different people make them."):
        house.use.release_batch(house.hands["linh"], sent_back)
    assert house.state(going_on) == "released", "what was released stays so"
    for login in ("som", "huy"):
        house.check(login, sent_back)
    house.use.release_batch(house.hands["linh"], sent_back)
    assert round_no(house, sent_back) == 2
    assert "Cover, newer" in report_of(house, sent_back) and "Cover, new" not in report_of(house, going_on)
    verifies(house)


# What four can and two cannot -------------------------------------------------------------------------------------


def test_who_has_seen_the_first_check_is_not_its_second(four: House) -> None:
    house = four
    batch = house.batch()
    house.check("huy", batch)
    house.use.suspend(house.hands["som"], "linh", "on leave")
    house.use.lift_suspension(house.hands["som"], house.hands["huy"], "linh")
    house.sit("linh")
    house.use.give_up_place(house.sittings["som"], batch, "the customer waits")
    house.use.look_at_first(house.sittings["som"], batch, "report")
    with refused((GaveUpPlace, HasSeenFirst), LINH, MINH):
        house.start("som", batch)
    house.check("minh", batch)
    house.use.release_batch(house.hands["som"], batch)  # who saw it early may release
    verifies(house)


def test_a_third_releases_where_the_shop_asks_for_it(four: House) -> None:
    house = four
    with house.use.look() as uow:
        shop = uow.shop()
    house.use.change_shop(house.hands["linh"], replace(shop, third_person_releases=True))
    batch = house.batch()
    house.check("minh", batch)
    house.check("huy", batch)
    with refused(ThirdNeeded, LINH, SOM):
        house.use.release_batch(house.hands["huy"], batch)
    house.use.release_batch(house.hands["linh"], batch)
    verifies(house)


def test_a_retraction_that_holds_ends_by_a_third_persons_order(four: House) -> None:
    house = four
    batch = house.batch()
    for _ in range(2):
        house.check("minh", batch)
        house.check("som", batch)
        house.use.retract_check(house.hands["som"], check_of(house, batch, "second"), "the wrong gauge")
    with refused(HoldOfRetraction, LINH, HUY):
        house.use.lift_hold(house.hands["linh"], house.hands["huy"], batch, "it is fine")
    with refused(SamePerson):
        house.use.order_round(house.hands["som"], batch, "again")
    with refused(MissingRole):
        house.use.order_round(house.hands["minh"], batch, "again")
    house.use.order_round(house.hands["huy"], batch, "the gauge is calibrated now")
    house.check("minh", batch)
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_what_one_made_three_others_check_and_release(four: House) -> None:
    house = four
    batch = house.batch(makers=("huy",))
    house.check("minh", batch)
    with refused(MadeUnits, LINH, SOM):
        house.start("huy", batch)
    house.check("som", batch)
    with refused(MadeUnits, LINH, SOM):
        house.use.release_batch(house.hands["huy"], batch)
    house.use.release_batch(house.hands["linh"], batch)
    verifies(house)


def test_a_qualification_that_a_procedure_asks_for_is_given_by_two_and_ends(four: House) -> None:
    house = four
    house.approve(qualification_required=True)
    batch = house.batch()
    with refused(NotQualified, LINH, SOM):
        house.start("minh", batch)
    until = date(2026, 3, 31)
    with refused(CannotGrantAlone, LINH, SOM):
        house.use.grant_qualification(house.hands["huy"], house.hands["minh"], "minh", PROCEDURE, until)
    for login in ("minh", "huy"):
        house.use.grant_qualification(house.hands["linh"], house.hands[login], login, PROCEDURE, until)
    house.check("minh", batch)
    house.clock.forward(days=60)
    with refused(NotQualified, LINH, SOM):
        house.start("huy", batch)
    verifies(house)


def test_a_suspension_takes_one_administrator_and_two_others_lift_it(four: House) -> None:
    house = four
    with refused(MissingRole, "two people together can grant it"):
        house.use.suspend(house.hands["huy"], "minh", "quarrel")
    house.use.suspend(house.hands["linh"], "minh", "looks wrong")
    with refused(NotActive, "Two people together can lift it", reader=MINH):
        house.sit("minh")
    with refused(SheetNotNeeded, LINH, SOM, HUY):
        house.use.lift_suspension(house.hands["linh"], sheet_of(house), "minh")
    with refused(TwoNeeded, SOM, HUY):
        house.use.lift_suspension(house.hands["linh"], house.hands["linh"], "minh")
    house.use.lift_suspension(house.hands["linh"], house.hands["huy"], "minh")
    house.sit("minh")
    verifies(house)


def test_an_auditor_reads_and_changes_nothing(four: House) -> None:
    house = four
    house.enrol("lan", "Đỗ Lan", "auditor")
    batch = house.released()
    with refused(ReadsOnly, "Two people together can grant another role."):
        house.use.stop_batch(house.sittings["lan"], batch, "safety", "I do not like it")
    with refused(MissingRole, LINH, SOM, HUY):
        house.start("lan", house.batch())
    with refused(MissingRole):
        house.use.withdraw_batch(house.hands["lan"], batch, "I do not like it")
    with house.use.look() as uow:
        found = uow.batch(batch).id
    assert house.use.read.batch(found, house.id("lan"), house.clock.at).signatures
    verifies(house)


def test_one_human_gets_no_second_account_unseen(four: House) -> None:
    house = four
    for name in ("PHẠM  MINH", "Phạm \u041cinh"):  # the M of the other one is Cyrillic
        with refused(LookAlike, "the two"):
            house.enrol("minh2", name)
    house.use.enrol(
        house.hands["linh"],
        house.hands["som"],
        login="minh2",
        name="Phạm  Minh",
        roles=("inspector",),
        secret=secret("minh2"),
        another_person=True,
    )
    stated = {row.person.login: row.another_than for row in house.use.read.people()}
    assert stated["minh2"] == (MINH,)
    verifies(house)


def test_a_key_in_doubt_is_done_afresh_by_others(four: House) -> None:
    house = four
    before, batch = house.released(), house.batch()
    with house.use.look() as uow:
        since = uow.head_seq() + 1
    house.check("minh", batch)
    house.check("huy", batch)
    done = house.use.revoke_key(house.hands["linh"], house.hands["som"], "huy", "suspect", since)
    assert done.held == (batch,) and not held(house, before)
    with refused(Held, "lift it"):
        house.use.release_batch(house.hands["som"], batch)
    house.use.reopen_round(house.hands["linh"], house.hands["som"], batch, "the badge was copied")
    house.use.lift_hold(house.hands["linh"], house.hands["som"], batch, "it goes to a new round")
    house.check("minh", batch)
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_what_waits_for_two_planners_or_two_people_is_refused_to_others(four: House) -> None:
    house = four
    house.approve(review_by=date(2026, 3, 1))
    batch = house.batch()
    with refused(ProcedureOverdue, LINH, "two planners"):
        house.start("minh", batch)
    today = house.clock.today()
    with refused(MissingRole, "two people together can grant it", reader=LINH):
        house.use.grant_grace(
            house.hands["linh"], house.hands["huy"], PROCEDURE, today, "the review is under way"
        )
    house.use.grant_grace(
        house.hands["linh"], house.hands["som"], PROCEDURE, today, "the review is under way"
    )
    house.check("minh", batch)
    house.clock.forward(days=-1)
    started = house.start("huy", batch)
    house.record("huy", started)  # entries go on under a clock that is behind
    with refused(ClockBlocked, "two people correct it"):
        house.sign("huy", started)
    house.use.correct_clock(
        house.hands["minh"], house.hands["huy"], house.clock.at, "yesterday's clock was wrong"
    )
    house.sign("huy", started)
    with refused(CheckClosed, "Its signer can take it back"):
        house.record("huy", started)
    house.use.release_batch(house.hands["linh"], batch)
    verifies(house)
