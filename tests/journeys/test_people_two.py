# SPDX-License-Identifier: Apache-2.0
"""A workspace of exactly two: a forgotten password, a person gone, a suspension, and every refusal with its way on."""

from __future__ import annotations

import pytest

from qcdesk.domain.people import FOUNDER_ROLES, RoleGrant
from qcdesk.domain.refusals import (
    CannotGrantAlone,
    LastAdministrator,
    NotActive,
    SheetNotHere,
    SheetNotNeeded,
    SittingOver,
    SuspectCheck,
    TwoNeeded,
    WrongSheet,
)
from qcdesk.services.ports import Sheet
from qcdesk.store.readers import SqlReaders
from qcdesk.store.verification import verify
from tests.workspace import House, secret


def verifies(house: House) -> None:
    found = verify(house.database)
    assert found.ok, found.problems


def sheet_of(house: House) -> Sheet:
    """Open the sheet that is good now, and remember the next one's code: it is good once this one has been used."""
    return house.use.open_sheet(house.recovery_code)


def used(house: House, sheet: Sheet) -> None:
    """Take the new sheet out of the printer."""
    house.recovery_code = sheet.next_code


def test_a_forgotten_password_of_one_is_the_others_and_the_recovery_sheets(house: House) -> None:
    batch = house.batch()
    house.check("som", batch)
    linh, old = house.hands["linh"], house.hands["som"]
    with pytest.raises(TwoNeeded):
        house.use.enrol_new_key(linh, linh, "som", "a new secret of som")
    sheet = sheet_of(house)
    house.use.enrol_new_key(linh, sheet, "som", "a new secret of som")
    used(house, sheet)
    new = house.use.open_hand("som", "a new secret of som")
    assert new.person == old.person and new.key != old.key
    with pytest.raises(SittingOver):
        house.use.change_languages(old, "som", ("th",))
    house.check("linh", batch)
    house.use.release_batch(house.hands["linh"], batch)
    assert house.state(batch) == "released"  # the signature under the old key is good
    verifies(house)


def test_a_person_gone_is_revoked_and_another_enrolled_by_the_other_and_the_sheet(house: House) -> None:
    linh = house.hands["linh"]
    house.use.take_role(
        house.hands["som"], "linh", "administrator"
    )  # the one who goes is the only one who grants
    sheet = sheet_of(house)
    with pytest.raises(SheetNotNeeded):  # two can still sign, so nobody is invented
        house.use.enrol(
            linh, sheet, login="huy", name="Trần Văn Huy", roles=("inspector",), secret=secret("huy")
        )
    house.use.revoke_key(linh, sheet, "som", "left")
    used(house, sheet)
    with pytest.raises(WrongSheet):
        house.use.enrol(
            linh, sheet, login="huy", name="Trần Văn Huy", roles=("inspector",), secret=secret("huy")
        )
    sheet = sheet_of(house)
    house.use.enrol(linh, sheet, login="huy", name="Trần Văn Huy", roles=FOUNDER_ROLES, secret=secret("huy"))
    used(house, sheet)
    huy = house.sit("huy")
    house.use.grant_role(huy, linh, "linh", RoleGrant("administrator"))  # by the new one, accepted by Linh
    batch = house.batch()
    house.check("linh", batch)
    house.check("huy", batch)
    house.use.release_batch(huy, batch)
    people = SqlReaders(house.database.reading, house.use.look).people()
    marked = {row.person.login: row.by_sheet for row in people}
    assert marked["huy"] is not None and marked["linh"] is None
    verifies(house)


def test_a_suspension_is_lifted_by_the_other_and_the_sheet(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    house.use.suspend(linh, "som", "looks wrong")
    with pytest.raises(NotActive):
        house.use.lift_suspension(linh, som, "som")
    sheet = sheet_of(house)
    house.use.lift_suspension(linh, sheet, "som")
    used(house, sheet)
    house.sit("som")
    house.use.take_role(linh, "som", "administrator")
    with pytest.raises(LastAdministrator):
        house.use.suspend(linh, "linh", "myself")
    verifies(house)


def test_the_sheet_signs_nothing_else(house: House) -> None:
    linh, sheet = house.hands["linh"], sheet_of(house)
    batch = house.accepted()
    house.use.stop_batch(house.sittings["linh"], batch, "other", "label")
    with pytest.raises(SheetNotHere):
        house.use.grant_role(linh, sheet, "linh", RoleGrant("auditor"))
    with pytest.raises(SheetNotHere):
        house.use.grant_qualification(linh, sheet, "linh", "IP-204", None)
    with pytest.raises(SheetNotHere):
        house.use.rename_person(linh, sheet, "som", "Somchai")
    with pytest.raises(SheetNotHere):
        house.use.reopen_round(linh, sheet, batch, "why not")
    with pytest.raises(SheetNotHere):
        house.use.lift_hold(linh, sheet, batch, "label is right")
    with pytest.raises(SheetNotHere):
        house.use.release_batch(sheet, batch)
    assert house.use.open_sheet(house.recovery_code).key == sheet.key  # nothing used it up
    verifies(house)


def test_a_key_in_doubt_holds_what_it_touched_and_the_two_check_afresh(house: House) -> None:
    released, open_, other = house.released(), house.batch(), house.batch()
    with house.use.look() as uow:
        since = uow.head_seq() + 1
    house.check("som", open_)
    house.check("linh", open_)
    linh, sheet = house.hands["linh"], sheet_of(house)
    done = house.use.revoke_key(linh, sheet, "som", "suspect", since)
    used(house, sheet)
    assert done.held == (open_,) and done.released == ()
    with house.use.look() as uow:
        assert uow.batch(open_).held and not uow.batch(other).held and not uow.batch(released).held
    sheet = sheet_of(house)
    house.use.enrol_new_key(linh, sheet, "som", secret("som"))
    used(house, sheet)
    som = house.sit("som")
    house.use.lift_hold(linh, som, open_, "looked at")
    with pytest.raises(SuspectCheck):
        house.use.release_batch(linh, open_)
    with pytest.raises(TwoNeeded):
        house.use.reopen_round(linh, linh, open_, "the key was stolen")
    house.use.reopen_round(linh, som, open_, "the key was stolen")
    assert house.state(open_) == "registered"
    house.check("linh", open_)
    house.check("som", open_)
    house.use.release_batch(som, open_)
    verifies(house)


def test_one_person_of_two_grants_nothing_alone(house: House) -> None:
    linh = house.hands["linh"]
    with pytest.raises(CannotGrantAlone) as refused:
        house.use.grant_role(linh, linh, "linh", RoleGrant("auditor"))
    assert refused.value.who_can == ("สมชาย ศรีสุข",)
