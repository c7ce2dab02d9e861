# SPDX-License-Identifier: Apache-2.0
"""Opening a workspace with its first two people, enrolling more, granting and taking away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from qcdesk.domain.events import (
    FirstPerson,
    PersonChanged,
    PersonEnrolled,
    PersonListed,
    PersonSuspended,
    QualificationGranted,
    QualificationTaken,
    RoleGranted,
    RoleTaken,
    SuspensionLifted,
    WorkspaceOpened,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_login, clean_name, look_alike
from qcdesk.domain.people import (
    ROLES,
    Person,
    Role,
    RoleGrant,
    require_enrollable,
    require_two_for_grant,
)
from qcdesk.domain.refusals import LastAdministrator, LookAlike, TwoNeeded
from qcdesk.services.ports import Hand, Ids, Keys, NewKey, UnitOfWork


@dataclass(frozen=True)
class Founder:
    """What is asked of each of the first two people."""

    login: str
    name: str
    secret: str
    staff: str = ""


def open_workspace(
    uow: UnitOfWork, keys: Keys, ids: Ids, *, vault: str, shop: str, owner: Founder, second: Founder
) -> tuple[str, tuple[Hand, Hand]]:
    """Open an empty workspace: event 1, signed by both.

    Returns: the recovery sheet's code, given once, and the hands of the two.
    Raises: BadInput: the two are one person, or a secret is too weak.
    """
    owner = replace(owner, login=clean_login(owner.login))
    second = replace(second, login=clean_login(second.login))
    if owner.login == second.login:
        raise BadInput("same_login", facts={"login": owner.login}, where={"field": "second"})
    people: list[FirstPerson] = []
    made: list[NewKey] = []
    for number, founder in enumerate((owner, second), start=1):
        person = ids.new()
        new = keys.make(vault, person, founder.login, founder.secret)
        made.append(new)
        people.append(
            FirstPerson(
                person=person,
                login=founder.login,
                name=clean_name(founder.name),
                staff=founder.staff or f"{1000 + number}",
                key=new.key,
                public_key=new.public_key,
            )
        )
    if look_alike(people[0].name, people[1].name):
        raise BadInput("same_name", facts={"name": people[1].name}, where={"field": "second_name"})
    code, recovery = keys.recovery()
    with uow:
        uow.append(
            WorkspaceOpened(vault=vault, shop=shop, people=tuple(people), recovery_public_key=recovery),
            made[0].hand,
            co=(made[1].hand,),
        )
        for new in made:
            uow.seal(new.sealed)
        uow.commit()
    return code, (made[0].hand, made[1].hand)


def enrol(
    uow: UnitOfWork,
    keys: Keys,
    ids: Ids,
    by: Hand,
    other: Hand,
    *,
    login: str,
    name: str,
    roles: tuple[Role, ...],
    secret: str,
    on: date,
    staff: str = "",
    languages: tuple[str, ...] = (),
    another_person: bool = False,
) -> PersonEnrolled:
    """Enrol a person: two enrolled people and the new one sign the same act.

    Raises: CannotGrantAlone, AlreadyEnrolled, LookAlike (unless both state that it is another person), BadInput.
    """
    name, login = clean_name(name), clean_login(login)
    for role in roles:
        if role not in ROLES:
            raise BadInput("unknown_role", facts={"role": role, "roles": ROLES}, where={"field": "role"})
    with uow:
        vault = uow.vault
        everyone = uow.people()
    staff = staff or _next_staff(everyone)
    require_enrollable(login, staff, everyone)
    twins = tuple(p for p in everyone if p.status != "listed" and look_alike(p.name, name))
    if twins and not another_person:
        raise LookAlike(name, twins[0].name)
    new = keys.make(vault, person := ids.new(), login, secret)
    fact = PersonEnrolled(
        person=person,
        login=login,
        name=name,
        staff=staff,
        key=new.key,
        public_key=new.public_key,
        roles=tuple(RoleGrant(r) for r in roles),
        languages=languages,
        another_than=tuple(p.id for p in twins),
    )
    with uow:
        everyone = uow.people()
        require_enrollable(login, staff, everyone)
        concerned = Person(id=person, name=name, login=login, staff=staff)
        require_two_for_grant(concerned, uow.person(by.person), uow.person(other.person), on)
        uow.append(fact, by, co=(other, new.hand))
        uow.seal(new.sealed)
        uow.commit()
    return fact


def list_person(uow: UnitOfWork, ids: Ids, hand: Hand, name: str, on: date, staff: str = "") -> PersonListed:
    """List a maker: someone without a key who signs nothing."""
    fact = PersonListed(ids.new(), clean_name(name), staff or None)
    with uow:
        uow.person(hand.person).require_any_role(on)
        if staff:
            require_enrollable("", staff, uow.people())
        uow.append(fact, hand)
        uow.commit()
    return fact


def change_person(
    uow: UnitOfWork, hand: Hand, person: str, name: str, languages: tuple[str, ...], on: date
) -> None:
    """Give a person another spelling or other languages."""
    with uow:
        uow.person(hand.person).require_role("administrator", on)
        uow.append(PersonChanged(uow.person(person).id, clean_name(name), languages), hand)
        uow.commit()


def grant_role(uow: UnitOfWork, by: Hand, other: Hand, person: str, grant: RoleGrant, on: date) -> None:
    """Grant a role: two sign, one an administrator other than the person concerned."""
    if grant.role not in ROLES:
        raise BadInput("unknown_role", facts={"role": grant.role, "roles": ROLES}, where={"field": "role"})
    with uow:
        concerned = uow.person(person)
        concerned.require_active()
        require_two_for_grant(concerned, uow.person(by.person), uow.person(other.person), on)
        uow.append(RoleGranted(concerned.id, grant), by, co=(other,))
        uow.commit()


def take_role(uow: UnitOfWork, hand: Hand, person: str, role: Role, on: date) -> None:
    """Take a role away: one administrator; never the last administrator's."""
    with uow:
        uow.person(hand.person).require_role("administrator", on)
        concerned = uow.person(person)
        if role == "administrator":
            _keep_two_administrators(uow.people(), concerned, on)
        uow.append(RoleTaken(concerned.id, role), hand)
        uow.commit()


def grant_qualification(
    uow: UnitOfWork, by: Hand, other: Hand, person: str, procedure: str, until: date | None, on: date
) -> None:
    """Qualify a person for a procedure: two sign."""
    with uow:
        concerned = uow.person(person)
        concerned.require_active()
        require_two_for_grant(concerned, uow.person(by.person), uow.person(other.person), on)
        uow.append(QualificationGranted(concerned.id, uow.procedure(procedure).code, until), by, co=(other,))
        uow.commit()


def take_qualification(uow: UnitOfWork, hand: Hand, person: str, procedure: str, on: date) -> None:
    """Take a qualification away: one administrator."""
    with uow:
        uow.person(hand.person).require_role("administrator", on)
        uow.append(QualificationTaken(uow.person(person).id, procedure), hand)
        uow.commit()


def suspend(uow: UnitOfWork, hand: Hand, person: str, reason: str, on: date) -> None:
    """Suspend a person: one administrator alone, at once."""
    if not reason.strip():
        raise BadInput("missing", where={"field": "reason"})
    with uow:
        uow.person(hand.person).require_role("administrator", on)
        concerned = uow.person(person)
        concerned.require_active()
        _keep_two_administrators(uow.people(), concerned, on)
        uow.append(PersonSuspended(concerned.id, reason.strip()), hand)
        uow.commit()


def lift_suspension(uow: UnitOfWork, by: Hand, other: Hand, person: str, on: date) -> None:
    """Lift a suspension: two sign, one an administrator."""
    with uow:
        concerned = uow.person(person)
        if concerned.id in (by.person, other.person):
            raise TwoNeeded("lift_suspension")
        require_two_for_grant(concerned, uow.person(by.person), uow.person(other.person), on)
        uow.append(SuspensionLifted(concerned.id), by, co=(other,))
        uow.commit()


def _keep_two_administrators(everyone: tuple[Person, ...], concerned: Person, on: date) -> None:
    left = [p for p in everyone if p.id != concerned.id and p.has_role("administrator", on)]
    if concerned.has_role("administrator", on) and not left:
        raise LastAdministrator(concerned.name)


def _next_staff(everyone: tuple[Person, ...]) -> str:
    numbers = [int(p.staff) for p in everyone if p.staff and p.staff.isascii() and p.staff.isdigit()]
    return str(max(numbers, default=1000) + 1)
