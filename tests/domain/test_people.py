# SPDX-License-Identifier: Apache-2.0
"""Roles and qualifications (trust.md §8.1): granted by two, with a scope and an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qcdesk.domain.people import (
    FOUNDER_ROLES,
    ROLE_SETS,
    ROLES,
    Person,
    RoleGrant,
    require_enrollable,
    require_two_for_grant,
)
from qcdesk.domain.refusals import AlreadyEnrolled, CannotGrantAlone, MissingRole, NotActive, ReadsOnly
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
