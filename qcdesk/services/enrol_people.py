# SPDX-License-Identifier: Apache-2.0
"""Opening a workspace with its first two people, enrolling more, granting and taking away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from unicodedata import normalize

from qcdesk.domain.events import (
    FirstPerson,
    PersonChanged,
    PersonEnrolled,
    PersonListed,
    PersonRenamed,
    PersonSuspended,
    QualificationGranted,
    QualificationTaken,
    RoleGranted,
    RoleTaken,
    SuspensionLifted,
    WorkspaceOpened,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_code, clean_login, clean_name, look_alike
from qcdesk.domain.people import (
    ROLES,
    Person,
    Role,
    RoleGrant,
    require_administrator_left,
    require_another_person,
    require_enrollable,
    require_two_for_grant,
    require_two_others,
)
from qcdesk.domain.refusals import AlreadyEnrolled, NotSuspended, QualificationNotHeld, RoleNotHeld
from qcdesk.services.ports import Hand, Ids, Keys, NewKey, UnitOfWork
from qcdesk.services.recover import beside, replace_sheet


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
    Raises: BadInput: the two are one person, chose one password, or a secret is too weak.
    """
    owner = replace(owner, login=clean_login(owner.login))
    second = replace(second, login=clean_login(second.login))
    if owner.login == second.login:
        raise BadInput("same_login", facts={"login": owner.login}, where={"field": "second"})
    if normalize("NFC", owner.secret) == normalize("NFC", second.secret):
        raise BadInput("same_secret", where={"field": "second_secret"})
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
                staff=clean_code(founder.staff, "staff") if founder.staff.strip() else f"{1000 + number}",
                key=new.key,
                public_key=new.public_key,
            )
        )
    if look_alike(people[0].staff, people[1].staff):
        raise BadInput("same_staff", facts={"staff": people[1].staff}, where={"field": "second"})
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
    listed: str = "",
) -> PersonEnrolled:
    """Enrol a person: two enrolled people and the new one sign the same act.

    Args: other: a person's hand, or the opened recovery sheet. another_person: both state that whoever has a like
        name is somebody else. listed: a listed person (a maker) who is this very one, and keeps what was made.
    Raises: TwoNeeded, CannotGrantAlone, SheetNotNeeded, AlreadyEnrolled, LookAlike, BadInput.
    """
    name, login = clean_name(name), clean_login(login)
    staff = clean_code(staff, "staff") if staff.strip() else ""
    for role in roles:
        if role not in ROLES:
            raise BadInput("unknown_role", facts={"role": role, "roles": ROLES}, where={"field": "role"})

    def may() -> tuple[Person | None, str, tuple[str, ...]]:
        """Return who was listed, the staff number, and whom the person is another one than."""
        known = _listed(uow, listed)
        everyone = _but(uow.people(), known)
        require_two_others("", uow.person(by.person), beside(uow, other), uow.people(), on, "enrol")
        number = staff or (known.staff if known else None) or _next_staff(everyone)
        require_enrollable(login, number, everyone)
        return known, number, require_another_person(name, everyone, another_person)

    with uow:  # whoever may not is told before a key is made, which takes a while
        vault = uow.vault
        known, _staff, _another = may()
    person = known.id if known else ids.new()
    new = keys.make(vault, person, login, secret)
    with uow:
        known, number, another = may()
        fact = PersonEnrolled(
            person=person,
            login=login,
            name=name,
            staff=number,
            key=new.key,
            public_key=new.public_key,
            roles=tuple(RoleGrant(r) for r in roles),
            languages=languages,
            another_than=another,
        )
        uow.append(fact, by, co=(other, new.hand))
        uow.seal(new.sealed)
        replace_sheet(uow, fact.TYPE, fact.person, by, other)
        uow.commit()
    return fact


def list_person(
    uow: UnitOfWork,
    ids: Ids,
    hand: Hand,
    name: str,
    on: date,
    staff: str = "",
    *,
    another_person: bool = False,
) -> PersonListed:
    """List a maker: someone without a key who signs nothing.

    Raises: LookAlike: somebody of a name that reads alike is there already, and nobody said that it is another.
    """
    staff = clean_code(staff, "staff") if staff.strip() else ""
    fact = PersonListed(ids.new(), clean_name(name), staff or None)
    with uow:
        uow.person(hand.person).require_any_role(on)
        require_another_person(fact.name, uow.people(), another_person)
        if staff:
            require_enrollable("", staff, uow.people())
        uow.append(fact, hand)
        uow.commit()
    return fact


def change_languages(uow: UnitOfWork, hand: Hand, person: str, languages: tuple[str, ...], on: date) -> None:
    """Put down other languages in which a person works: one administrator."""
    with uow:
        uow.person(hand.person).require_role("administrator", on)
        concerned = uow.person(person)
        uow.append(PersonChanged(concerned.id, concerned.name, languages), hand)
        uow.commit()


def rename_person(
    uow: UnitOfWork, by: Hand, other: Hand, person: str, name: str, on: date, *, another_person: bool = False
) -> PersonRenamed:
    """Write a person's name in another way: two sign, as at a grant, and a like name is refused as at enrolment."""
    name = clean_name(name)
    with uow:
        concerned = uow.person(person)
        everyone = uow.people()
        require_two_for_grant(concerned, uow.person(by.person), uow.person(other.person), on, everyone)
        others = tuple(p for p in everyone if p.id != concerned.id)
        fact = PersonRenamed(concerned.id, name, require_another_person(name, others, another_person))
        uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def grant_role(uow: UnitOfWork, by: Hand, other: Hand, person: str, grant: RoleGrant, on: date) -> None:
    """Grant a role: two sign, one an administrator other than the person concerned."""
    if grant.role not in ROLES:
        raise BadInput("unknown_role", facts={"role": grant.role, "roles": ROLES}, where={"field": "role"})
    with uow:
        concerned = uow.person(person)
        concerned.require_active()
        require_two_for_grant(concerned, uow.person(by.person), uow.person(other.person), on, uow.people())
        uow.append(RoleGranted(concerned.id, grant), by, co=(other,))
        uow.commit()


def take_role(uow: UnitOfWork, hand: Hand, person: str, role: Role, on: date) -> None:
    """Take a role away: one administrator; never the last administrator's.

    Raises: RoleNotHeld: the person does not have it, or no longer.
    """
    with uow:
        uow.person(hand.person).require_role("administrator", on)
        concerned = uow.person(person)
        if all(grant.role != role for grant in concerned.roles):
            raise RoleNotHeld(concerned.name, role)
        if role == "administrator":
            require_administrator_left(uow.people(), concerned, on)
        uow.append(RoleTaken(concerned.id, role), hand)
        uow.commit()


def grant_qualification(
    uow: UnitOfWork, by: Hand, other: Hand, person: str, procedure: str, until: date | None, on: date
) -> None:
    """Qualify a person for a procedure: two sign."""
    with uow:
        concerned = uow.person(person)
        concerned.require_active()
        require_two_for_grant(concerned, uow.person(by.person), uow.person(other.person), on, uow.people())
        uow.append(QualificationGranted(concerned.id, uow.procedure(procedure).code, until), by, co=(other,))
        uow.commit()


def take_qualification(uow: UnitOfWork, hand: Hand, person: str, procedure: str, on: date) -> None:
    """Take a qualification away: one administrator. Raises: QualificationNotHeld."""
    with uow:
        uow.person(hand.person).require_role("administrator", on)
        concerned = uow.person(person)
        if concerned.qualified_until(procedure) is None:
            raise QualificationNotHeld(concerned.name, procedure)
        uow.append(QualificationTaken(concerned.id, procedure), hand)
        uow.commit()


def suspend(uow: UnitOfWork, hand: Hand, person: str, reason: str, on: date) -> None:
    """Suspend a person: one administrator alone, at once."""
    if not reason.strip():
        raise BadInput("missing", where={"field": "reason"})
    with uow:
        uow.person(hand.person).require_role("administrator", on)
        concerned = uow.person(person)
        concerned.require_active()
        require_administrator_left(uow.people(), concerned, on)
        uow.append(PersonSuspended(concerned.id, reason.strip()), hand)
        uow.commit()


def lift_suspension(uow: UnitOfWork, by: Hand, other: Hand, person: str, on: date) -> None:
    """Lift a suspension: two others sign, one an administrator; the recovery sheet may stand in for one."""
    with uow:
        concerned = uow.person(person)
        if concerned.status != "suspended":
            raise NotSuspended(concerned.name)
        first, second = uow.person(by.person), beside(uow, other)
        require_two_others(concerned.id, first, second, uow.people(), on, "lift_suspension")
        uow.append(SuspensionLifted(concerned.id), by, co=(other,))
        replace_sheet(uow, SuspensionLifted.TYPE, concerned.id, by, other)
        uow.commit()


def _listed(uow: UnitOfWork, listed: str) -> Person | None:
    """Return the listed person who is to be enrolled; None where a new one is."""
    if not listed:
        return None
    found = uow.person(listed)
    if found.status != "listed":
        raise AlreadyEnrolled("login", found.login or "", found.name)
    return found


def _but(everyone: tuple[Person, ...], one: Person | None) -> tuple[Person, ...]:
    return tuple(p for p in everyone if one is None or p.id != one.id)


def _next_staff(everyone: tuple[Person, ...]) -> str:
    numbers = [int(p.staff) for p in everyone if p.staff and p.staff.isascii() and p.staff.isdigit()]
    return str(max(numbers, default=1000) + 1)
