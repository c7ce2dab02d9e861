# SPDX-License-Identifier: Apache-2.0
"""A workspace of exactly two people: one batch's whole life, and every line of what two must be able to do and not do.

Each refusal that the story meets has to say the way on: who can, or what to do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qcdesk.domain.events import Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import FOUNDER_ROLES, RoleGrant
from qcdesk.domain.refusals import (
    AgainUsedUp,
    AlreadyCertified,
    AuthorCannotApprove,
    BadgeUnknown,
    Blind,
    CannotGrantAlone,
    CertificateVoid,
    CheckClosed,
    ClockBlocked,
    CriticalOpen,
    EventHolds,
    Held,
    HoldOfRetraction,
    Incomplete,
    LastAdministrator,
    LastSecond,
    Locked,
    MadeUnits,
    MakerFirstNotAllowed,
    MoreThanReleased,
    NobodyLeft,
    NoProcedure,
    NotAccepted,
    NotActive,
    NotHeld,
    NotReleased,
    NotYourCheck,
    PlaceTaken,
    ProcedureNotApproved,
    ProcedureOverdue,
    ProcedureStopped,
    Refusal,
    Reworked,
    ReworkersMissing,
    SamePerson,
    SelfConfirm,
    SheetNotHere,
    SheetNotNeeded,
    SittingOver,
    ThirdNeeded,
    TwoNeeded,
    UnlockedByAnother,
    WrongSecret,
    WrongSheet,
    WrongState,
)
from qcdesk.gui.widgets.lists import ACCESSIBLE, Table
from qcdesk.gui.widgets.timeline import Timeline
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.wording.modes import NOT_TWICE
from tests.cli.shops import Shop
from tests.journeys.driving import Hands
from tests.journeys.lives import (
    HUY,
    LINH,
    PIN,
    PULL,
    SOM,
    all_but_the_last,
    check_of,
    held,
    mended,
    pdf_text,
    refused,
    report_of,
    reviewed_by,
    round_no,
    sheet_of,
    signed_with_all_it_needs,
    split_checked,
    the_last,
    used,
    verifies,
    voided_by_two,
    wrong_tries,
)
from tests.workspace import PROCEDURE, House, content, secret

SIGNED = ("check signed: ", "Released: ", "I inspected", "I release")
MARK = "Enrolled by way of the recovery sheet of "


# The whole life of one batch --------------------------------------------------------------------------------------


def test_a_batch_lives_from_set_up_to_the_shipment_with_everything_that_happens_to_two(empty: House) -> None:
    house = empty
    both_hold_every_role_but_auditor(house)
    batch = house.batch("LIFE-1", 60)
    nobody_starts_without_a_procedure(house, batch)
    one_writes_the_other_approves(house)
    linh_checks_and_goes_no_further(house, batch)
    a_line_that_som_never_signed_is_declared_void_by_both(house, batch)
    som_stops_it_before_the_second_check(house, batch)
    som_checks_blind_under_the_hold_and_they_disagree(house, batch)
    they_do_it_again_both_signing(house, batch)
    som_loses_a_badge_and_gets_another(house)
    they_reject_it_together(house, batch)
    they_send_it_to_rework(house, batch)
    linh_is_locked_and_som_lets_her_in(house)
    som_forgets_the_password_in_the_middle_of_a_check(house, batch)
    linh_goes_for_good_and_huy_comes_with_the_sheet(house, batch)
    huy_checks_second_and_the_hold_takes_two_to_lift(house, batch)
    huy_releases_and_it_is_printed(house, batch)
    it_is_shipped_and_what_is_left_is_withdrawn(house, batch)
    verifies(house)


def both_hold_every_role_but_auditor(house: House) -> None:
    with house.use.look() as uow:
        roles = {p.name: {g.role for g in p.roles} for p in uow.people()}
    assert roles == {LINH: set(FOUNDER_ROLES), SOM: set(FOUNDER_ROLES)}
    assert "auditor" not in FOUNDER_ROLES
    with refused(CannotGrantAlone, f"{SOM} can."):
        house.use.grant_role(house.hands["linh"], house.hands["linh"], "linh", RoleGrant("auditor"))


def nobody_starts_without_a_procedure(house: House, batch: str) -> None:
    with refused(NoProcedure, "A planner writes one, another approves it."):
        house.start("linh", batch)


def one_writes_the_other_approves(house: House) -> None:
    house.use.draft_procedure(house.sittings["linh"], PROCEDURE, content(house.id("linh")))
    with refused(AuthorCannotApprove, "can"):
        house.use.approve_procedure(house.hands["linh"], PROCEDURE)
    with refused(SheetNotHere, "Two people sign this."):
        house.use.approve_procedure(sheet_of(house), PROCEDURE)
    house.use.approve_procedure(house.hands["som"], PROCEDURE)


def linh_checks_and_goes_no_further(house: House, batch: str) -> None:
    first = house.start("linh", batch)
    all_but_the_last(house, "linh", first)
    mended(house, "linh", first, "som")
    with refused(Incomplete, f"Go to {len(first.opened.sample)}."):
        house.sign("linh", first)
    with refused(PlaceTaken, "set aside"):
        house.start("som", batch)
    with refused(NotYourCheck, "Only the person who makes a check"):
        house.use.record(house.sittings["som"], Entries(first.check, (NewResult(1),)))
    the_last(house, "linh", first)
    house.sign("linh", first)
    assert house.state(batch) == "awaiting_second"
    with refused(SamePerson, f"{SOM} can."):
        house.start("linh", batch)
    with refused(NotAccepted, "The page of the batch says who can make it."):
        house.use.release_batch(house.hands["linh"], batch)
    with refused(CheckClosed, "Its signer can take it back with a reason"):
        house.use.record(house.sittings["linh"], Entries(first.check, (NewResult(1),)))
    with refused(WrongState, "before its first check begins"):
        house.use.cancel_batch(house.sittings["linh"], batch, "a mistake")


def a_line_that_som_never_signed_is_declared_void_by_both(house: House, batch: str) -> None:
    """Whoever the line names may be one of the two: what fails verification is nobody's."""
    voided_by_two(house, batch, "som", "linh", "som")
    house.check("linh", batch)
    assert house.state(batch) == "awaiting_second"


def som_stops_it_before_the_second_check(house: House, batch: str) -> None:
    house.use.stop_batch(house.sittings["som"], batch, "paperwork", "the order number is another one")
    assert held(house, batch) and house.state(batch) == "awaiting_second"
    with refused(TwoNeeded, "Ask another person to sign with you."):
        house.use.lift_hold(house.hands["som"], house.hands["som"], batch, "it is right after all")
    with refused(Held):
        house.use.stop_batch(house.sittings["linh"], batch, "other", "the same again")
    with refused(Blind, "It opens when the second is signed."):
        house.use.look_at_first(house.sittings["som"], batch, "report")
    with refused(LastSecond, "enrol or qualify another"):
        house.use.give_up_place(house.sittings["som"], batch, "I want to see it")


def som_checks_blind_under_the_hold_and_they_disagree(house: House, batch: str) -> None:
    second = house.start("som", batch)
    assert second.blind and second.place == "second"
    house.record("som", second, dict.fromkeys(range(1, 6), "DEN"))
    with refused(Blind, "It opens when the second is signed."):
        house.use.look_at_first(house.sittings["som"], batch, "report")
    house.sign("som", second)
    assert house.state(batch) == "disagreed"
    house.use.look_at_first(house.sittings["som"], batch, "report")
    for login in ("linh", "som"):
        with refused(NotAccepted, "A third person decides, one of the two rejects, or both do it again."):
            house.use.release_batch(house.hands[login], batch)
        with refused(SamePerson, "enrol or qualify one"):  # nobody else is there who could decide
            house.start(login, batch)


def they_do_it_again_both_signing(house: House, batch: str) -> None:
    with refused(TwoNeeded):
        house.use.do_again(house.hands["linh"], house.hands["linh"], batch, "we saw different light")
    house.use.do_again(house.hands["linh"], house.hands["som"], batch, "we saw different light")
    assert house.state(batch) == "registered" and held(house, batch)
    house.check("som", batch)  # either may go first in the new round
    house.check("linh", batch, dict.fromkeys(range(1, 6), "DEN"))
    assert (house.state(batch), round_no(house, batch)) == ("disagreed", 3)
    with refused(AgainUsedUp, "A third person decides, or one of the two rejects."):
        house.use.do_again(house.hands["linh"], house.hands["som"], batch, "once more")


def som_loses_a_badge_and_gets_another(house: House) -> None:
    with refused(TwoNeeded, f"{LINH} can."):
        house.use.issue_badge(house.hands["som"], house.hands["som"], PIN)
    badge = house.use.issue_badge(house.hands["som"], house.hands["linh"], PIN)
    key = house.use.open_badge(badge.code, PIN).key
    house.use.stop_badge(house.hands["linh"], house.id("som"), "lost on the way home")
    with refused(BadgeUnknown, "Sign in with your password."):
        house.use.open_badge(badge.code, PIN)
    again = house.use.issue_badge(house.hands["som"], house.hands["linh"], PIN)
    assert house.use.open_badge(again.code, PIN).key == key


def they_reject_it_together(house: House, batch: str) -> None:
    house.use.reject_after_all(house.hands["linh"], batch, "the dents are there")
    assert house.state(batch) == "rejected"
    with refused(NotAccepted, "After rework it is inspected again."):
        house.use.release_batch(house.hands["som"], batch)
    with refused(WrongState, "Only a released batch is shipped."):
        house.use.ship_batch(house.sittings["linh"], batch, 1, "ACME")


def they_send_it_to_rework(house: House, batch: str) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    with pytest.raises(BadInput):  # for which grade was not said
        house.use.dispose_batch(linh, som, batch, "regrade", "bad")
    with refused(SelfConfirm, "Ask another person to sign with you."):
        house.use.dispose_batch(linh, linh, batch, "rework", "press the dents out")
    with refused(WrongState, "after two people have ordered it"):
        house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Văn Bảy"),))
    house.use.dispose_batch(linh, som, batch, "rework", "press the dents out")
    with refused(ReworkersMissing, "Record who reworked it"):
        house.use.record_rework(house.sittings["linh"], batch, ())
    with refused(NobodyLeft, "somebody rework who checks nothing"):
        house.use.record_rework(house.sittings["linh"], batch, ("som",))
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Văn Tám"),))
    assert house.state(batch) == "registered" and held(house, batch)


def linh_is_locked_and_som_lets_her_in(house: House) -> None:
    wrong_tries(house, "linh", 10)
    with refused(Locked, f"{SOM} can unlock at once."):
        house.use.open_hand("linh", secret("linh"))
    with refused(UnlockedByAnother, f"{SOM} can."):
        house.use.unlock(house.hands["linh"], house.id("linh"))
    house.use.unlock(house.hands["som"], house.id("linh"))
    house.sit("linh")


def som_forgets_the_password_in_the_middle_of_a_check(house: House, batch: str) -> None:
    som, started = house.hands["som"], house.start("som", batch)
    assert (started.opened.no, started.opened.plan.severity) == (4, "tightened")
    all_but_the_last(house, "som", started)
    with refused(WrongSecret, "Try again"):
        house.use.open_hand("som", "something else entirely")
    linh = house.hands["linh"]
    with refused(TwoNeeded, "the recovery sheet stands in"):
        house.use.enrol_new_key(linh, linh, "som", secret("som"))
    sheet = sheet_of(house)
    house.use.enrol_new_key(linh, sheet, "som", secret("som"))
    with refused(WrongSheet, "take the newest one"):
        house.use.open_sheet(house.recovery_code)
    used(house, sheet)
    with refused(SittingOver, "Sign in again", reader=SOM):
        house.use.change_languages(som, house.id("som"), ("th",))
    house.sit("som")
    assert house.start("som", batch).resumed  # what was entered is there
    the_last(house, "som", started)
    house.sign("som", started)
    assert house.state(batch) == "awaiting_second"


def linh_goes_for_good_and_huy_comes_with_the_sheet(house: House, batch: str) -> None:
    som, linh = house.hands["som"], house.hands["linh"]
    with refused(TwoNeeded, "the recovery sheet stands in"):
        house.use.revoke_key(som, som, "linh", "left")
    sheet = sheet_of(house)
    house.use.revoke_key(som, sheet, "linh", "left")
    used(house, sheet)
    with refused(SamePerson, "enrol or qualify one"):
        house.start("som", batch)
    with refused(NotActive, "the recovery sheet stands in", reader=LINH):
        house.use.open_hand("linh", secret("linh"))
    with refused(SheetNotHere, "the sheet enrols a second one first"):
        house.use.lift_hold(som, sheet_of(house), batch, "alone")
    with refused(NotActive, "the recovery sheet stands in", reader=LINH):
        house.use.change_languages(linh, house.id("linh"), ("vi",))
    sheet = sheet_of(house)
    house.use.enrol(som, sheet, login="huy", name=HUY, roles=FOUNDER_ROLES, secret=secret("huy"))
    used(house, sheet)
    house.sit("huy")
    with refused(SheetNotNeeded, reader=SOM):  # two can sign again
        house.use.enrol(
            som, sheet_of(house), login="x", name="Somebody", roles=("inspector",), secret=secret("x")
        )


def huy_checks_second_and_the_hold_takes_two_to_lift(house: House, batch: str) -> None:
    second = house.start("huy", batch)
    assert second.blind
    house.record("huy", second)
    house.sign("huy", second)
    assert house.state(batch) == "accepted"
    with refused(Held, "lift it"):
        house.use.release_batch(house.hands["huy"], batch)
    house.use.lift_hold(house.hands["huy"], house.hands["som"], batch, "the order number is right now")


def huy_releases_and_it_is_printed(house: House, batch: str) -> None:
    with refused(SamePerson, f"{HUY} can."):
        house.use.release_batch(house.hands["som"], batch)
    with refused(NotReleased, "release it first"):
        house.use.issue_certificate(house.hands["huy"], batch)
    house.use.release_batch(house.hands["huy"], batch)
    assert house.state(batch) == "released"
    with refused(NotAccepted, "nothing more to release"):
        house.use.release_batch(house.hands["huy"], batch)
    told = report_of(house, batch)
    for words in (SOM, HUY, "Inspected by", "Inspected independently by", "Released by"):
        assert words in told
    house.use.issue_certificate(house.hands["huy"], batch)
    with refused(AlreadyCertified, "Print a copy of it."):
        house.use.issue_certificate(house.hands["huy"], batch)


def it_is_shipped_and_what_is_left_is_withdrawn(house: House, batch: str) -> None:
    house.use.ship_batch(house.sittings["som"], batch, 40, "ACME")
    with refused(MoreThanReleased, "Ship 20 or fewer."):
        house.use.ship_batch(house.sittings["som"], batch, 21, "ACME")
    certificate = house.use.certificate_of(batch)
    assert certificate is not None
    house.use.withdraw_batch(house.hands["som"], batch, "ACME found a dent")
    assert house.state(batch) == "withdrawn"
    with refused(CertificateVoid, "Nothing is printed of it any more."):
        house.use.print_certificate(house.sittings["som"], certificate.number)
    with refused(WrongState, "Only a released batch is shipped."):
        house.use.ship_batch(house.sittings["som"], batch, 20, "ACME")


# Section 8.5, line by line ----------------------------------------------------------------------------------------


def test_a_inspects_and_b_inspects_independently_and_releases(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    with refused(NotAccepted, "The page of the batch says who can make it."):
        house.use.release_batch(house.hands["som"], batch)
    house.check("som", batch)
    with refused(SamePerson, f"{SOM} can."):
        house.use.release_batch(house.hands["linh"], batch)
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_one_writes_a_procedure_the_other_approves_it_and_either_ends_it(house: House) -> None:
    batch, other = house.accepted(), house.batch()
    house.use.draft_procedure(house.sittings["som"], PROCEDURE, content(house.id("som"), title="Cover, new"))
    with refused(AuthorCannotApprove):
        house.use.approve_procedure(house.hands["som"], PROCEDURE)
    house.use.approve_procedure(house.hands["linh"], PROCEDURE)
    house.use.retire_procedure(house.hands["som"], PROCEDURE, "a limit is wrong", 1)
    with refused(ProcedureStopped, "inspect the batch by the version that is approved now"):
        house.use.release_batch(house.hands["som"], batch)
    house.use.retract_check(house.hands["linh"], check_of(house, batch, "first"), "the procedure has ended")
    house.check("linh", batch)
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    house.use.retire_procedure(house.hands["linh"], PROCEDURE, "the product has ended", 2)
    with refused(NoProcedure, "A planner writes one, another approves it."):
        house.start("linh", other)
    verifies(house)


def test_the_two_grant_together_and_one_takes_away_but_never_the_last_administrator(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    house.use.take_role(linh, "som", "releaser")
    with refused(CannotGrantAlone, f"{LINH} can.", reader=SOM):
        house.use.grant_role(som, som, "som", RoleGrant("releaser"))
    house.use.grant_role(som, linh, "som", RoleGrant("releaser"))  # the one concerned accepts
    house.use.take_role(linh, "som", "administrator")
    with refused(CannotGrantAlone):  # the only administrator is the one concerned
        house.use.grant_role(linh, som, "linh", RoleGrant("auditor"))
    with refused(LastAdministrator, "Grant the role to somebody else first"):
        house.use.take_role(linh, "linh", "administrator")
    with refused(LastAdministrator, "Grant the role to somebody else first"):
        house.use.revoke_key(linh, None, "linh", "left")
    house.use.grant_role(linh, som, "som", RoleGrant("administrator"))
    verifies(house)


def test_one_disposes_and_the_other_confirms(house: House) -> None:
    batch = house.rejected()
    with refused(SelfConfirm, "Ask another person to sign with you."):
        house.use.dispose_batch(house.hands["som"], house.hands["som"], batch, "rework", "weld")
    house.use.dispose_batch(house.hands["som"], house.hands["linh"], batch, "rework", "weld")
    house.use.record_rework(house.sittings["som"], batch, (house.maker("Lê Văn Tám"),))
    house.check("som", batch)
    house.check("linh", batch)
    house.use.release_batch(house.hands["linh"], batch)
    verifies(house)


def test_when_two_disagree_either_rejects(house: House) -> None:
    for login in ("linh", "som"):
        batch = house.disagreed()
        with refused(CriticalOpen, "A third person looks at it, or one of the two rejects."):
            house.use.do_again(house.hands["linh"], house.hands["som"], batch, "once more")
        house.use.reject_after_all(house.hands[login], batch, "the crack is there")
        assert house.state(batch) == "rejected"
    verifies(house)


def test_when_two_disagree_they_do_it_again_once(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    house.check("som", batch, dict.fromkeys(range(1, 4), "DEN"))
    house.use.do_again(house.hands["som"], house.hands["linh"], batch, "the light was bad")
    house.check("linh", batch)
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_when_two_disagree_a_third_is_enrolled_and_decides(house: House) -> None:
    batch = house.disagreed()
    for login in ("linh", "som"):
        with refused(SamePerson, "two people together can enrol or qualify one"):
            house.start(login, batch)
    house.enrol("huy", HUY, "arbiter")
    with refused(SamePerson, f"{HUY} can."):
        house.start("linh", batch)
    third = house.start("huy", batch)
    house.use.resolve(
        house.sittings["huy"], third.check, (Resolution(1, "CRK", "critical", 1, holds=False, note="a hair"),)
    )
    house.use.decide(house.hands["huy"], third.check)
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_what_one_made_the_other_checks_second_and_releases_where_the_procedure_lets_the_maker_go_first(
    house: House,
) -> None:
    batch = house.batch(makers=("som",))
    with refused(MakerFirstNotAllowed, f"{LINH} can."):
        house.start("som", batch)
    with refused(NobodyLeft, "Enrol or qualify somebody before"):
        house.use.start_check(house.sittings["linh"], batch)
    house.approve(maker_may_check_first=True)
    with refused(NobodyLeft, f"Let {SOM} go first; then it works."):
        house.use.start_check(house.sittings["linh"], batch)
    assert house.check("som", batch).fact.maker
    house.check("linh", batch)
    with refused(SamePerson, f"{LINH} can."):
        house.use.release_batch(house.hands["som"], batch)
    house.use.release_batch(house.hands["linh"], batch)
    verifies(house)


def test_what_one_reworked_the_other_checks_second_and_releases(house: House) -> None:
    house.approve(maker_may_check_first=True)
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld")
    house.use.record_rework(house.sittings["som"], batch, ("som",))
    with refused(NobodyLeft, f"Let {SOM} go first; then it works."):
        house.use.start_check(house.sittings["linh"], batch)
    house.check("som", batch)
    house.check("linh", batch)
    house.use.release_batch(house.hands["linh"], batch)
    verifies(house)


def test_who_reworked_takes_no_second_place(house: House) -> None:
    house.approve(maker_may_check_first=True)
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld")
    house.use.record_rework(house.sittings["som"], batch, ("som",))
    house.check("linh", batch)  # knowing that nobody is left
    with refused(Reworked, "two people together can enrol or qualify one"):
        house.start("som", batch)


def test_what_both_made_needs_a_third(house: House) -> None:
    house.approve(maker_may_check_first=True)
    batch = house.batch(makers=("linh", "som"))
    with refused(NobodyLeft, "Enrol or qualify somebody before"):
        house.use.start_check(house.sittings["linh"], batch)
    house.check("linh", batch)
    with refused(MadeUnits, "two people together can enrol or qualify one"):
        house.start("som", batch)
    house.enrol("huy", HUY, "inspector", "releaser")
    house.check("huy", batch)
    with refused(MadeUnits, f"{HUY} can."):
        house.use.release_batch(house.hands["som"], batch)
    house.use.release_batch(house.hands["huy"], batch)
    verifies(house)


def test_one_person_alone_with_the_sheet_never_releases(house: House) -> None:
    batch, waiting, disagreed, rejected = house.batch(), house.batch(), house.disagreed(), house.rejected()
    house.check("linh", waiting)
    stopped = house.accepted()
    house.use.stop_batch(house.sittings["som"], stopped, "safety", "sharp edge")
    linh, sheet = house.hands["linh"], sheet_of(house)
    house.use.revoke_key(linh, sheet, "som", "left")
    used(house, sheet)
    sheet = sheet_of(house)
    house.check("linh", batch)
    for number in (batch, waiting, disagreed, rejected, stopped):
        with pytest.raises(Refusal):
            house.start("linh", number)
        for hand in (linh, sheet):
            with pytest.raises(Refusal):
                house.use.release_batch(hand, number)
        for pair in ((linh, sheet), (sheet, linh), (linh, linh), (linh, house.hands["som"])):
            with pytest.raises(Refusal):
                house.use.lift_hold(*pair, number, "alone")
            with pytest.raises(Refusal):
                house.use.do_again(*pair, number, "alone")
            with pytest.raises(Refusal):
                house.use.dispose_batch(*pair, number, "rework", "alone")
    with refused(SheetNotHere, "the sheet enrols a second one first"):
        house.use.grant_role(linh, sheet, "linh", RoleGrant("auditor"))
    with refused(SheetNotHere, "the sheet enrols a second one first"):
        house.use.grant_grace(linh, sheet, PROCEDURE, date(2027, 1, 2), "alone")
    assert {house.state(n) for n in (batch, waiting)} == {"awaiting_second"}
    assert house.state(stopped) == "accepted"
    verifies(house)


def test_whoever_is_enrolled_with_the_sheet_is_marked_beside_the_signature_on_screen_and_paper(
    house: House, tmp_path: Path, look: None
) -> None:
    linh, sheet = house.hands["linh"], sheet_of(house)
    house.use.revoke_key(linh, sheet, "som", "left")
    used(house, sheet)
    sheet = sheet_of(house)
    house.use.enrol(linh, sheet, login="huy", name=HUY, roles=FOUNDER_ROLES, secret=secret("huy"))
    used(house, sheet)
    house.sit("huy")
    batch = house.batch()
    house.check("linh", batch)
    house.check("huy", batch)
    house.use.release_batch(house.hands["huy"], batch)
    with house.use.look() as uow:
        found = uow.batch(batch).id
    page = house.use.read.batch(found, house.id("linh"), house.clock.at)
    marks = {(row.name, row.by_sheet is not None) for row in page.signatures}
    assert marks == {(LINH, False), (HUY, True)}
    paper = pdf_text(house.use.printing.inspection(found, house.id("linh")))
    assert MARK in paper
    marked_on_every_page_of_the_window(house, found, batch)
    marked_by_every_command(Shop(tmp_path, house.clock), batch)


def signs(line: str) -> bool:
    """Tell whether a line stands for a signature on the batch."""
    return any(words in line for words in SIGNED)


def marked_on_every_page_of_the_window(house: House, batch: str, number: str) -> None:
    hands = Hands.on(house)
    hands.sign_in("linh")
    hands.open_batch(number)
    (history,) = hands.all(Timeline)
    acts = [line for line in history.accessibleDescription().split("; ") if signs(line)]
    assert [(HUY in line, MARK in line) for line in acts] == [(True, True), (True, True), (False, False)]
    hands.program.running.open("comparison", batch)
    hands.settle()
    hands.see(MARK)
    assert hands.said().count(MARK) == 1
    hands.program.running.open("log")
    hands.settle()
    (table,) = hands.all(Table)
    rows = table.model()
    told = [
        " ".join(str(rows.index(line, column).data(ACCESSIBLE)) for column in range(rows.columnCount()))
        for line in range(rows.rowCount())
    ]
    assert all(
        (MARK in line) == (HUY in line) for line in told if "I inspected" in line or "I release" in line
    )
    assert sum(MARK in line for line in told if number in line) == 2
    hands.close()


def marked_by_every_command(shop: Shop, number: str) -> None:
    for command in (
        ("batch", "show", number),
        ("batch", "timeline", number),
        ("audit-trail", "--batch", number),
    ):
        said = shop(*command, who="linh", text=True).out.splitlines()
        signed = [line for line in said if signs(line)]
        assert len(signed) == 3, said
        assert all((MARK in line) == (HUY in line) for line in signed)
    page = shop.good("batch", "show", number)
    assert [row["by_sheet"] is not None for row in page["signatures"]] == [False, True, True]
    for command in (("batch", "timeline", number), ("audit-trail", "--batch", number)):
        entries = shop.good(*command, who="linh")["entries"]
        acts = [e for e in entries if e["type"] in ("check.signed", "batch.released")]
        assert [(e["person"] == HUY, e["by_sheet"] is not None) for e in acts] == [
            (False, False), (True, True), (True, True)
        ]  # fmt: skip


def test_the_mark_of_the_sheet_goes_on_to_whomever_the_marked_one_vouches_for(house: House) -> None:
    linh = house.hands["linh"]
    house.use.suspend(linh, "som", "away")
    house.use.enrol(linh, sheet_of(house), login="huy", name=HUY, roles=FOUNDER_ROLES, secret=secret("huy"))
    huy = house.sit("huy")
    house.clock.forward(days=1)
    house.sit("huy")
    house.use.enrol(huy, linh, login="maria", name="Maria", roles=FOUNDER_ROLES, secret=secret("maria"))
    house.use.enrol_new_key(linh, huy, "som", secret("som"))
    house.use.lift_suspension(linh, huy, "som")
    maria, som = house.sit("maria"), house.sit("som")
    house.use.enrol(maria, som, login="eva", name="Eva", roles=("inspector",), secret=secret("eva"))
    house.use.change_key("som", secret("som"))
    house.sit("som")
    marks = {row.person.login: row.by_sheet for row in house.use.read.people()}
    assert marks["linh"] is None
    assert marks["huy"] is not None
    assert {marks[login] for login in ("som", "maria", "eva")} == {marks["huy"]}, "the sheet was used once"
    batch = house.batch()
    house.check("linh", batch)
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    with house.use.look() as uow:
        found = uow.batch(batch).id
    paper = pdf_text(house.use.printing.inspection(found, house.id("linh")))
    assert "Enrolled by way of the recovery sheet" in paper
    verifies(house)


# The rest of the table --------------------------------------------------------------------------------------------


def test_an_open_check_is_set_aside_by_its_person_or_by_the_other_and_its_defects_stay(house: House) -> None:
    batch = house.batch()
    first = house.start("linh", batch)
    house.use.record(house.sittings["linh"], Entries(first.check, findings=(NewFinding(1, "DEN"),)))
    house.use.set_aside(house.sittings["linh"], first.check, "the wrong gauge")
    again = house.start("linh", batch)
    house.use.set_aside(house.sittings["som"], again.check, "Linh is ill")
    with refused(CheckClosed, "look at the batch to see what comes next", reader=LINH):
        house.use.record(house.sittings["linh"], Entries(again.check, (NewResult(1),)))
    house.check("som", batch)
    house.check("linh", batch)
    with house.use.look() as uow:
        standing = uow.round(uow.batch(batch).round or "")
    assert [c.state for c in standing.checks if c.place == "first"] == ["set_aside", "set_aside", "signed"]
    verifies(house)


def test_a_signed_check_is_taken_back_by_its_signer_once_and_then_holds(house: House) -> None:
    batch = house.accepted()
    with refused(NotYourCheck, "Only the person who makes a check"):
        house.use.retract_check(house.hands["linh"], check_of(house, batch, "second"), "I doubt it")
    house.use.retract_check(house.hands["som"], check_of(house, batch, "second"), "the wrong gauge")
    assert house.state(batch) == "registered"
    house.check("linh", batch)
    house.check("som", batch)
    house.use.retract_check(house.hands["som"], check_of(house, batch, "second"), "the wrong gauge again")
    assert held(house, batch)
    with refused(HoldOfRetraction, "It goes to rework, or a third person orders a new round"):
        house.use.lift_hold(house.hands["linh"], house.hands["som"], batch, "it is good")
    for login in ("linh", "som"):
        with refused(SamePerson, "two people together can enrol or qualify one"):
            house.use.order_round(house.hands[login], batch, "again")
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "measure all")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Văn Tám"),))
    house.check("linh", batch)
    house.check("som", batch)
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_a_stop_takes_one_in_every_state_before_shipping_and_letting_go_takes_both(house: House) -> None:
    begun = house.batch()
    house.start("linh", begun)
    for batch in (
        house.batch(),
        begun,
        house.accepted(),
        house.disagreed(),
        house.rejected(),
        house.released(),
    ):
        state = house.state(batch)
        house.use.stop_batch(house.sittings["linh"], batch, "safety", "sharp edge")
        assert (house.state(batch), held(house, batch)) == (state, True)
        if state == "released":
            with refused(Held, "lift it"):
                house.use.ship_batch(house.sittings["som"], batch, 1, "ACME")
        with refused(TwoNeeded, "Ask another person to sign with you."):
            house.use.lift_hold(house.hands["som"], house.hands["som"], batch, "it is fine")
        house.use.lift_hold(house.hands["som"], house.hands["linh"], batch, "it is fine")
        with refused(NotHeld, "There is nothing to lift."):
            house.use.lift_hold(house.hands["som"], house.hands["linh"], batch, "it is fine")
        assert (house.state(batch), held(house, batch)) == (state, False)
    verifies(house)


def test_a_check_is_signed_once_it_lacks_nothing_that_the_procedure_asks_for(house: House) -> None:
    signed_with_all_it_needs(house, "linh")
    verifies(house)


def test_a_batch_is_cancelled_only_before_its_first_check(house: House) -> None:
    batch, begun = house.batch(), house.batch()
    house.start("linh", begun)
    house.use.cancel_batch(house.sittings["som"], batch, "registered twice")
    with refused(WrongState, "before its first check begins"):
        house.use.cancel_batch(house.sittings["som"], begun, "registered twice")
    with refused(WrongState, "No check can be started now."):
        house.start("linh", batch)


def test_goods_that_left_unreleased_stay_on_the_owners_page(house: House) -> None:
    batch = house.batch()
    with refused(WrongState, "Only a released batch is shipped."):
        house.use.ship_batch(house.sittings["linh"], batch, 5, "ACME")
    house.use.ship_unreleased(house.sittings["linh"], batch, 5, "ACME", "loaded by mistake")
    assert [(row.kind, row.number, row.quantity) for row in house.use.read.unexplained()] == [
        ("left_unreleased", batch, 5)
    ]
    verifies(house)


def test_an_overdue_procedure_takes_a_grace_of_both_or_a_new_version(house: House) -> None:
    house.approve(review_by=date(2026, 3, 1))
    batch = house.batch()
    with refused(ProcedureOverdue, LINH):
        house.start("linh", batch)
    linh, som = house.hands["linh"], house.hands["som"]
    with refused(TwoNeeded, "Ask another person to sign with you."):
        house.use.grant_grace(linh, linh, PROCEDURE, house.clock.today(), "the review is under way")
    house.use.grant_grace(linh, som, PROCEDURE, house.clock.today(), "the review is under way")
    house.check("linh", batch)
    house.clock.forward(days=1)
    house.approve(title="Cover, reviewed")
    house.check("som", batch)  # what is open goes on by its own version
    house.use.release_batch(som, batch)
    verifies(house)


def test_a_new_version_that_asks_for_it_sends_open_batches_back_to_both(house: House) -> None:
    batch = house.accepted()
    with house.use.look() as uow:
        before = uow.round(uow.batch(batch).round or "").n
    house.use.draft_procedure(
        house.sittings["linh"], PROCEDURE, content(house.id("linh"), title="Cover, new")
    )
    house.use.approve_procedure(house.hands["som"], PROCEDURE, open_batches="re_inspect")
    with refused(NotAccepted, "Two different people make them."):
        house.use.release_batch(house.hands["som"], batch)
    for login in ("linh", "som"):  # own values came along, and are signed again
        started = house.start(login, batch)
        with house.use.look() as uow:
            came_along = {r.unit for r in uow.work(started.check).results}
        assert came_along == set(range(1, before + 1))
        new = range(before + 1, len(started.opened.sample) + 1)
        readings = tuple(NewReading(u, "DIA", "12.03") for u in new)
        house.use.record(
            house.sittings[login],
            Entries(started.check, tuple(NewResult(u) for u in new), readings=readings),
        )
        house.sign(login, started)
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_of_a_split_second_check_both_samples_are_judged_and_either_rejects(house: House) -> None:
    bore = replace(content("x").characteristics[0], mode="split")
    house.approve(defects_mode="split", characteristics=(bore,))
    good, bad = house.batch(quantity=200), house.batch(quantity=200)
    split_checked(house, good, "linh", "som", {})
    with refused(SamePerson, f"{SOM} can."):
        house.use.release_batch(house.hands["linh"], good)
    house.use.release_batch(house.hands["som"], good)
    split_checked(house, bad, "linh", "som", {-1: "CRK"})  # a unit that Linh never had: no disagreement
    with refused(NotAccepted, "After rework it is inspected again."):
        house.use.release_batch(house.hands["som"], bad)
    assert (house.state(good), house.state(bad)) == ("released", "rejected")
    verifies(house)


def test_what_nobody_can_look_at_twice_is_reviewed_and_the_heading_says_so(house: House) -> None:
    house.approve(defects=(), characteristics=(PULL,))
    batch = house.batch(quantity=200)
    reviewed_by(house, batch, "linh", "som", {})
    with refused(SamePerson, f"{SOM} can."):
        house.use.release_batch(house.hands["linh"], batch)
    house.use.release_batch(house.hands["som"], batch)
    told = report_of(house, batch)
    assert NOT_TWICE in told and "Reviewed, not re-inspected" in told
    verifies(house)


def test_a_clock_that_is_behind_blocks_both_until_both_name_the_true_time(house: House) -> None:
    batch = house.accepted()
    house.clock.forward(days=-2)
    linh, som = house.hands["linh"], house.hands["som"]
    with refused(ClockBlocked, "Set the clock right", "two people correct it"):
        house.use.release_batch(som, batch)
    with refused(TwoNeeded, "Ask another person to sign with you."):
        house.use.correct_clock(linh, linh, house.clock.at, "the clock of last week was wrong")
    house.use.correct_clock(linh, som, house.clock.at, "the clock of last week was wrong")
    house.use.release_batch(som, batch)
    verifies(house)


def test_a_suspension_by_one_is_lifted_by_that_one_and_the_sheet(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    house.use.suspend(linh, "som", "looks wrong")
    with refused(NotActive, "the recovery sheet stands in", reader=SOM):
        house.sit("som")
    with refused(TwoNeeded, "the recovery sheet stands in"):
        house.use.lift_suspension(linh, linh, "som")
    with refused(LastAdministrator, "Grant the role to somebody else first"):
        house.use.suspend(linh, "linh", "me too")
    sheet = sheet_of(house)
    house.use.lift_suspension(linh, sheet, "som")
    used(house, sheet)
    assert house.use.open_hand("som", secret("som")).key == som.key
    verifies(house)


def test_everything_that_two_sign_beside_the_table_is_signed_by_two(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    with refused(TwoNeeded, "Ask another person to sign with you."):
        house.use.sign_restore(linh, linh, 900, None, "the disk of last week")
    house.use.sign_restore(linh, som, 900, None, "the disk of last week")
    with refused(TwoNeeded, "Ask another person to sign with you."):
        house.use.void_event(linh, linh, 1, "nobody signed it")
    with refused(EventHolds, "Only an event that fails verification"):
        house.use.void_event(linh, som, 1, "nobody signed it")
    verifies(house)


def test_a_key_in_doubt_takes_the_sheet_and_its_checks_are_made_afresh(house: House) -> None:
    before, batch = house.released(), house.batch()
    house.check("linh", batch)
    with house.use.look() as uow:
        since = uow.head_seq() + 1
    house.check("som", batch)
    linh = house.hands["linh"]
    with refused(TwoNeeded, "the recovery sheet stands in"):
        house.use.revoke_key(linh, linh, "som", "suspect", since)
    sheet = sheet_of(house)
    done = house.use.revoke_key(linh, sheet, "som", "suspect", since)
    used(house, sheet)
    assert done.held == (batch,) and not held(house, before)
    sheet = sheet_of(house)
    house.use.enrol_new_key(linh, sheet, "som", secret("som"))
    used(house, sheet)
    som = house.sit("som")
    with refused(Held, "lift it"):
        house.use.release_batch(som, batch)
    with refused(TwoNeeded, f"{SOM} can."):
        house.use.reopen_round(linh, linh, batch, "the badge was copied")
    house.use.reopen_round(linh, som, batch, "the badge was copied")
    house.use.lift_hold(linh, som, batch, "it goes to a new round")
    house.check("linh", batch)
    house.check("som", batch)
    house.use.release_batch(som, batch)
    verifies(house)


def test_a_draft_opens_no_round(house: House) -> None:
    house.use.retire_procedure(house.hands["som"], PROCEDURE, "to be rewritten")
    batch = house.batch()
    house.use.draft_procedure(house.sittings["linh"], PROCEDURE, content(house.id("linh")))
    with refused((NoProcedure, ProcedureNotApproved), "another approves it"):
        house.start("linh", batch)


def test_a_third_persons_release_that_is_asked_for_waits_for_a_third(house: House) -> None:
    with house.use.look() as uow:
        shop = uow.shop()
    batch = house.accepted()
    house.use.change_shop(house.hands["linh"], replace(shop, third_person_releases=True))
    with refused(ThirdNeeded, "two people together can enrol or qualify one"):
        house.use.release_batch(house.hands["som"], batch)
    house.enrol("huy", HUY, "releaser")
    with refused(ThirdNeeded, f"{HUY} can."):
        house.use.release_batch(house.hands["som"], batch)
    house.use.release_batch(house.hands["huy"], batch)
    verifies(house)


def test_a_stranger_who_locks_both_at_the_keyboard_locks_them_for_twelve_hours_and_no_longer(
    house: House,
) -> None:
    wrong_tries(house, "som", 10)
    with refused(Locked, f"{LINH} can unlock at once."):
        house.use.open_hand("som", secret("som"))
    wrong_tries(house, "linh", 10)
    for login in ("linh", "som"):
        with refused(Locked, "the lock ends by itself"):
            house.use.open_hand(login, secret(login))
    house.clock.forward(seconds=12 * 3600)
    for login in ("linh", "som"):
        house.sit(login)
    verifies(house)
