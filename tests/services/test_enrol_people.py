# SPDX-License-Identifier: Apache-2.0
"""Who enrols, names, grants and takes away, and who may not; refused acts change nothing (trust.md §5.1, §8.1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import (
    AlreadyEnrolled,
    CannotGrantAlone,
    LastAdministrator,
    LookAlike,
    MissingRole,
    NotActive,
    NotSuspended,
    QualificationNotHeld,
    ReadsOnly,
    RoleNotHeld,
    TwoNeeded,
)
from tests.workspace import PROCEDURE, House, refused, secret, standing

LINH, SOM, MINH, HUY = "Nguyễn Thị Linh", "สมชาย ศรีสุข", "Trần Minh", "Phạm Huy"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Linh and Som, Minh and Eva who inspect, Ai who reads, and Huy, who is suspended; nothing here changes it."""
    made = standing(Path(tmp_path_factory.mktemp("shop")), procedure=False)
    made.approve()
    for login, name in (("minh", MINH), ("eva", "Eva Ek"), ("huy", HUY)):
        made.enrol(login, name)
    made.enrol("ai", "李娜", "auditor")
    made.use.suspend(made.hands["linh"], "huy", "on leave")
    yield made
    made.database.dispose()


def enrol(house: House, by: str, other: str, login: str = "new", name: str = "New", **more: str) -> None:
    house.use.enrol(
        house.hands[by],
        house.hands[other],
        login=login,
        name=name,
        roles=("inspector",),
        secret=secret("new"),
        **more,  # type: ignore[arg-type]
    )


def test_two_enrol_and_one_is_an_administrator(shop: House) -> None:
    assert refused(TwoNeeded, lambda: enrol(shop, "linh", "linh")).act == "enrol"
    assert refused(CannotGrantAlone, lambda: enrol(shop, "minh", "eva")).who_can == (LINH, SOM)
    assert refused(NotActive, lambda: enrol(shop, "linh", "huy")).person == HUY


def test_login_and_staff_number_are_one_persons(shop: House) -> None:
    said = refused(AlreadyEnrolled, lambda: enrol(shop, "linh", "som", "minh"))
    assert (said.field, said.value, said.person) == ("login", "minh", MINH)
    said = refused(AlreadyEnrolled, lambda: enrol(shop, "linh", "som", staff="1OO1"))
    assert (said.field, said.value, said.person) == ("staff", "1OO1", LINH)


def test_login_taken_while_the_key_was_made_is_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, make = type(house.use.keys), house.use.keys.make

    def slowly(_: object, *args: str) -> object:
        monkeypatch.undo()
        enrol(house, "linh", "som", name="Faster")
        return make(*args)

    monkeypatch.setattr(keys, "make", slowly)
    assert refused(AlreadyEnrolled, lambda: enrol(house, "linh", "som")).person == "Faster"


def test_only_a_listed_person_is_enrolled_as_the_same(shop: House) -> None:
    said = refused(AlreadyEnrolled, lambda: enrol(shop, "linh", "som", listed=shop.id("eva")))
    assert (said.value, said.person) == ("eva", "Eva Ek")


def test_a_name_that_reads_like_somebodys_is_refused_at_every_door(shop: House) -> None:
    linh, som = shop.hands["linh"], shop.hands["som"]
    for act in (
        lambda: enrol(shop, "linh", "som", name="Trần  MINH"),
        lambda: shop.use.list_person(shop.sittings["eva"], "trần minh"),
        lambda: shop.use.rename_person(linh, som, "eva", "Trần Minh"),
    ):
        assert refused(LookAlike, act).other == MINH


def test_who_only_reads_lists_nobody_and_a_staff_number_is_listed_once(shop: House) -> None:
    assert refused(ReadsOnly, lambda: shop.use.list_person(shop.sittings["ai"], "Lê Tám")).person == "李娜"
    said = refused(AlreadyEnrolled, lambda: shop.use.list_person(shop.sittings["eva"], "Lê Tám", "1001"))
    assert said.person == LINH


def test_two_sign_another_name_a_role_and_a_qualification(shop: House) -> None:
    minh, eva = shop.hands["minh"], shop.hands["eva"]
    for act in (
        lambda: shop.use.rename_person(minh, eva, "eva", "Eva Eck"),
        lambda: shop.use.grant_role(minh, eva, "minh", RoleGrant("planner")),
        lambda: shop.use.grant_qualification(minh, eva, "minh", PROCEDURE, None),
    ):
        assert refused(CannotGrantAlone, act).who_can == (LINH, SOM)


def test_nothing_is_granted_to_somebody_suspended(shop: House) -> None:
    linh, som = shop.hands["linh"], shop.hands["som"]
    for act in (
        lambda: shop.use.grant_role(linh, som, "huy", RoleGrant("planner")),
        lambda: shop.use.grant_qualification(linh, som, "huy", PROCEDURE, None),
        lambda: shop.use.suspend(linh, "huy", "again"),
    ):
        assert refused(NotActive, act).person == HUY


def test_an_administrator_takes_away_suspends_and_names_languages(shop: House) -> None:
    minh = shop.hands["minh"]
    for act in (
        lambda: shop.use.change_languages(minh, "minh", ("vi",)),
        lambda: shop.use.take_role(minh, "eva", "inspector"),
        lambda: shop.use.take_qualification(minh, "eva", PROCEDURE),
        lambda: shop.use.suspend(minh, "eva", "looks wrong"),
    ):
        said = refused(MissingRole, act)
        assert (said.person, said.role) == (MINH, "administrator")


def test_what_is_not_held_is_not_taken(shop: House) -> None:
    linh = shop.hands["linh"]
    role = refused(RoleNotHeld, lambda: shop.use.take_role(linh, "eva", "planner"))
    assert (role.person, role.role) == ("Eva Ek", "planner")
    held = refused(QualificationNotHeld, lambda: shop.use.take_qualification(linh, "eva", PROCEDURE))
    assert (held.person, held.procedure) == ("Eva Ek", PROCEDURE)


def test_the_last_administrator_stays(house: House) -> None:
    linh = house.hands["linh"]
    house.use.take_role(linh, "som", "administrator")
    for act in (
        lambda: house.use.take_role(linh, "linh", "administrator"),
        lambda: house.use.suspend(linh, "linh", "myself"),
    ):
        assert refused(LastAdministrator, act).person == LINH


def test_two_others_lift_a_suspension_and_one_is_an_administrator(shop: House) -> None:
    linh, minh, eva = shop.hands["linh"], shop.hands["minh"], shop.hands["eva"]
    assert refused(NotSuspended, lambda: shop.use.lift_suspension(linh, minh, "eva")).person == "Eva Ek"
    assert refused(CannotGrantAlone, lambda: shop.use.lift_suspension(minh, eva, "huy")).person == MINH
    assert refused(TwoNeeded, lambda: shop.use.lift_suspension(linh, linh, "huy")).act == "lift_suspension"
