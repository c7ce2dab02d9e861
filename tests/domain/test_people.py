# SPDX-License-Identifier: Apache-2.0
"""Roles and qualifications (trust.md §8.1): granted by two, with a scope and an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qcdesk.domain.people import (
    FOUNDER_ROLES,
    ROLE_SETS,
    ROLES,
    Person,
    Qualification,
    Role,
    RoleGrant,
    require_administrator_left,
    require_another_person,
    require_enrollable,
    require_two_for_grant,
    require_two_others,
)
from qcdesk.domain.refusals import (
    AlreadyEnrolled,
    CannotGrantAlone,
    LastAdministrator,
    LookAlike,
    MissingRole,
    NotActive,
    NotQualified,
    ReadsOnly,
    SheetNotNeeded,
    TwoNeeded,
)
from tests.domain.cases import HUY, LINH, SOM, TODAY, person

INSPECTOR, OTHER = person("minh", "inspector"), person("lan", "inspector")
NEW = Person("new", "New")


def test_nobody_grants_alone() -> None:
    with pytest.raises(CannotGrantAlone):
        require_two_for_grant(NEW, LINH, LINH, TODAY)


def test_one_of_the_two_is_an_administrator() -> None:
    require_two_for_grant(NEW, LINH, INSPECTOR, TODAY)
    with pytest.raises(CannotGrantAlone):
        require_two_for_grant(NEW, INSPECTOR, OTHER, TODAY)


def test_the_administrator_is_not_the_person_concerned_but_the_other_may_be() -> None:
    require_two_for_grant(INSPECTOR, LINH, INSPECTOR, TODAY)  # accepting
    with pytest.raises(CannotGrantAlone):
        require_two_for_grant(LINH, LINH, INSPECTOR, TODAY)


@pytest.mark.parametrize("status", ["suspended", "listed"])
def test_a_suspended_or_listed_person_grants_nothing(status: str) -> None:
    gone = replace(SOM, status=status)  # type: ignore[arg-type]
    with pytest.raises(NotActive):
        require_two_for_grant(NEW, LINH, gone, TODAY)


def test_whoever_is_only_listed_is_not_enrolled() -> None:
    replace(SOM, status="revoked").require_enrolled()  # has a key that ended
    with pytest.raises(NotActive) as refused:
        replace(SOM, status="listed").require_enrolled()
    assert (refused.value.person, refused.value.status) == (SOM.name, "listed")


def test_a_qualification_without_the_role_is_not_enough() -> None:
    arbiter = replace(person("minh", "arbiter"), qualifications=(Qualification("IP-204"),))
    arbiter.require_qualified("IP-204", required=True, on=TODAY, role="arbiter")
    with pytest.raises(MissingRole):
        arbiter.require_qualified("IP-204", required=True, on=TODAY)


def test_the_role_without_the_qualification_is_not_enough_where_one_is_asked() -> None:
    minh = person("minh", "inspector")
    minh.require_qualified("IP-204", required=False, on=TODAY)
    for held, ended in (
        ((), None),
        ((Qualification("IP-9"),), None),
        ((Qualification("IP-204", TODAY - timedelta(days=1)),), TODAY - timedelta(days=1)),
    ):
        with pytest.raises(NotQualified) as refused:
            replace(minh, qualifications=held).require_qualified("IP-204", required=True, on=TODAY)
        assert refused.value.ended == ended
    until_today = replace(minh, qualifications=(Qualification("IP-204", TODAY),))
    until_today.require_qualified("IP-204", required=True, on=TODAY)


def test_a_role_ends_after_its_last_day() -> None:
    until = person("minh", "inspector", until=TODAY)
    until.require_role("inspector", TODAY)
    with pytest.raises(MissingRole):
        until.require_role("inspector", date(2026, 11, 19))


def test_a_role_for_one_product_family_says_nothing_of_another() -> None:
    pumps = Person("p", "P", roles=(RoleGrant("inspector", ("pumps",)),))
    pumps.require_role("inspector", TODAY, "pumps")
    with pytest.raises(MissingRole):
        pumps.require_role("inspector", TODAY, "toys")


def test_an_auditor_only_reads() -> None:
    with pytest.raises(ReadsOnly):
        person("audit", "auditor").require_any_role(TODAY)


def test_both_first_people_hold_every_role_but_auditor() -> None:
    assert set(FOUNDER_ROLES) == set(ROLES) - {"auditor"}
    assert {role for roles in ROLE_SETS.values() for role in roles} == set(ROLES)


def test_login_and_staff_number_are_taken_once() -> None:
    require_enrollable("new", "9", (LINH, HUY))
    with pytest.raises(AlreadyEnrolled):
        require_enrollable("linh", "9", (LINH, HUY))
    with pytest.raises(AlreadyEnrolled):
        require_enrollable("new", "huy", (LINH, HUY))


EVERYBODY = (LINH, SOM, INSPECTOR)


def test_two_others_sign_what_is_about_a_key() -> None:
    require_two_others(INSPECTOR.id, LINH, SOM, EVERYBODY, TODAY, "revoke")
    for one, two in ((LINH, LINH), (LINH, INSPECTOR), (INSPECTOR, LINH)):
        with pytest.raises(TwoNeeded):
            require_two_others(INSPECTOR.id, one, two, EVERYBODY, TODAY, "revoke")


def test_who_only_reads_signs_nothing_about_a_key() -> None:
    auditor = person("audit", "auditor")
    for one, two in ((LINH, auditor), (auditor, LINH), (auditor, None)):
        with pytest.raises(ReadsOnly) as refused:
            require_two_others(INSPECTOR.id, one, two, (LINH, auditor), TODAY, "revoke")
        assert refused.value.person == auditor.name


def test_enrolling_takes_an_administrator_and_a_new_key_does_not() -> None:
    require_two_others("", INSPECTOR, OTHER, EVERYBODY, TODAY, "new_key")
    with pytest.raises(CannotGrantAlone):
        require_two_others("", INSPECTOR, OTHER, (*EVERYBODY, OTHER), TODAY, "enrol")


def test_the_sheet_stands_in_only_while_fewer_than_two_others_can_sign() -> None:
    require_two_others(SOM.id, LINH, None, (LINH, SOM), TODAY, "new_key")
    with pytest.raises(SheetNotNeeded):
        require_two_others(SOM.id, LINH, None, EVERYBODY, TODAY, "new_key")
    with pytest.raises(SheetNotNeeded):
        require_two_others("", LINH, None, (LINH, SOM), TODAY, "enrol")
    away = replace(INSPECTOR, status="suspended")
    require_two_others(SOM.id, LINH, None, (LINH, SOM, away), TODAY, "new_key")


def test_where_nobody_left_is_an_administrator_the_sheet_stands_in_for_one() -> None:
    require_two_others("", INSPECTOR, None, (INSPECTOR, OTHER), TODAY, "enrol")
    with pytest.raises(SheetNotNeeded):
        require_two_others("", INSPECTOR, None, (INSPECTOR, OTHER), TODAY, "revoke")


def test_a_role_for_some_families_is_none_for_a_product_without_a_family() -> None:
    limited = replace(person("minh"), roles=(RoleGrant("inspector", ("Cables",)),))
    limited.require_role("inspector", TODAY, "Cables")
    for family in ("Housings", ""):
        with pytest.raises(MissingRole):
            limited.require_role("inspector", TODAY, family)


def test_staff_numbers_that_read_alike_are_one() -> None:
    taken = replace(LINH, staff="1001")
    for typed in ("1001", "1OO1", "l001"):
        with pytest.raises(AlreadyEnrolled):
            require_enrollable("new", typed, (taken,))


def test_a_name_that_reads_like_anybodys_is_stated_to_be_another_person() -> None:
    maker = Person("m", "Lê Hoà", status="listed")
    with pytest.raises(LookAlike) as refused:
        require_another_person("Lê Hòa", (LINH, maker), stated=False)
    assert refused.value.listed
    assert require_another_person("Lê Hòa", (LINH, maker), stated=True) == ("m",)


def test_somebody_who_can_grant_is_always_left() -> None:
    require_administrator_left((LINH, SOM), LINH, TODAY)
    require_administrator_left((LINH, INSPECTOR), INSPECTOR, TODAY)
    for others in ((), (INSPECTOR,), (replace(SOM, status="suspended"),)):
        with pytest.raises(LastAdministrator) as refused:
            require_administrator_left((LINH, *others), LINH, TODAY)
        assert refused.value.person == LINH.name


def test_somebody_suspended_accepts_no_grant() -> None:
    gone = replace(SOM, status="suspended")
    with pytest.raises(NotActive) as refused:
        require_two_for_grant(gone, LINH, gone, TODAY)
    assert refused.value.person == SOM.name


@pytest.mark.parametrize(
    ("roles", "sees"),
    [
        (("administrator",), True),
        (("auditor",), True),
        (ROLE_SETS["quality_manager"], True),
        (("inspector", "arbiter", "releaser"), False),
        (("inspector",), False),
        (("planner",), False),
        ((), False),
    ],
)
def test_how_others_find_is_for_owner_quality_manager_and_auditor(
    roles: tuple[Role, ...], sees: bool
) -> None:
    someone = Person("p", "An", roles=tuple(RoleGrant(role) for role in roles))
    assert someone.looks_after_checks(TODAY) is sees
    assert not replace(someone, status="suspended").looks_after_checks(TODAY)


def test_quality_manager_of_some_products_does_not_see_how_all_find() -> None:
    grants = tuple(RoleGrant(role, families=("castings",)) for role in ROLE_SETS["quality_manager"])
    assert not Person("p", "An", roles=grants).looks_after_checks(TODAY)
