# SPDX-License-Identifier: Apache-2.0
"""People: who they are, which roles and qualifications they hold, and what that lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from qcdesk.domain.names import look_alike, skeleton
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

Role = Literal[
    "inspector", "arbiter", "releaser", "concession", "planner", "administrator", "auditor"
]  # trust.md §8.1
ROLES: tuple[Role, ...] = (
    "inspector",
    "arbiter",
    "releaser",
    "concession",
    "planner",
    "administrator",
    "auditor",
)
PersonStatus = Literal["active", "suspended", "revoked", "listed"]
"""``revoked``: enrolled, and without a key since the last one ended."""

ROLE_SETS: dict[str, tuple[Role, ...]] = {
    "inspector": ("inspector",),
    "quality_manager": ("inspector", "arbiter", "releaser", "planner"),
    "owner": ("inspector", "arbiter", "releaser", "concession", "planner", "administrator"),
    "read_only_auditor": ("auditor",),
}
FOUNDER_ROLES: tuple[Role, ...] = ROLE_SETS[
    "owner"
]  # at set-up both first people hold every role but auditor


@dataclass(frozen=True)
class RoleGrant:
    """A role held, for some product families (none named: all) and until a day (inclusive) or for good."""

    role: Role
    families: tuple[str, ...] = ()
    until: date | None = None

    def holds(self, role: Role, on: date, family: str | None = None) -> bool:
        """Tell whether this grant gives ``role`` on that day for that product family."""
        in_time = self.until is None or on <= self.until
        in_scope = not self.families or family is None or family in self.families
        return self.role == role and in_time and in_scope


@dataclass(frozen=True)
class Qualification:
    """A qualification to inspect under a procedure (all its versions), until a day (inclusive) or for good."""

    procedure: str
    until: date | None = None


@dataclass(frozen=True)
class Person:
    """A human, never an account. A listed person (a maker, an import) has no key and signs nothing.

    ``revoked``: why the last key ended (``left``, ``lost``, ``suspect``) while there is no new one.
    """

    id: str
    name: str
    login: str | None = None
    staff: str | None = None
    status: PersonStatus = "active"
    roles: tuple[RoleGrant, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    languages: tuple[str, ...] = ()
    revoked: str | None = None

    def can_sign(self, on: date) -> bool:
        """Tell whether the person can sign for others: has a key, is not suspended, and does more than read.

        Somebody locked counts: else anybody at the keyboard could lock everybody and be left alone with the
        recovery sheet.
        """
        return self.status == "active" and any(
            g.role != "auditor" and g.holds(g.role, on) for g in self.roles
        )

    def has_role(self, role: Role, on: date, family: str | None = None) -> bool:
        """Tell whether the person is active and holds the role on that day."""
        return self.status == "active" and any(g.holds(role, on, family) for g in self.roles)

    def looks_after_checks(self, on: date) -> bool:
        """Tell whether somebody may see how others find: an administrator, an auditor, or a quality manager.

        A quality manager holds every role of that set for all products; anybody else is a colleague.
        """
        if self.has_role("administrator", on) or self.has_role("auditor", on):
            return True
        whole = {g.role for g in self.roles if not g.families and g.holds(g.role, on)}
        return self.status == "active" and whole.issuperset(ROLE_SETS["quality_manager"])

    def require_active(self) -> None:
        """Refuse whoever cannot act at all: suspended, or listed without a key."""
        if self.status != "active":
            raise NotActive(self.name, self.status)

    def require_enrolled(self) -> None:
        """Refuse somebody who is listed only: there is no key to end or to follow."""
        if self.status == "listed":
            raise NotActive(self.name, self.status)

    def require_role(self, role: Role, on: date, family: str | None = None) -> None:
        """Refuse whoever does not hold the role on that day for that family."""
        self.require_active()
        if not self.has_role(role, on, family):
            raise MissingRole(self.name, role, family=family if self.has_role(role, on) else None)

    def require_any_role(self, on: date) -> None:
        """Refuse whoever holds no role but auditor, who reads only."""
        self.require_active()
        if not self.can_sign(on):
            raise ReadsOnly(self.name)

    def qualified_until(self, procedure: str) -> Qualification | None:
        """Return the qualification for a procedure, the longest one, or None."""
        held = [q for q in self.qualifications if q.procedure == procedure]
        return max(held, key=lambda q: q.until or date.max, default=None)

    def require_qualified(
        self, procedure: str, required: bool, on: date, family: str | None = None, role: Role = "inspector"
    ) -> None:
        """Refuse whoever lacks the role, or the qualification where the procedure asks for one."""
        self.require_role(role, on, family)
        if not required:
            return
        held = self.qualified_until(procedure)
        if held is None or (held.until is not None and held.until < on):
            raise NotQualified(self.name, procedure, held.until if held else None)


def require_two_for_grant(
    concerned: Person, by: Person, other: Person, on: date, everyone: tuple[Person, ...] = ()
) -> None:
    """Refuse a grant that one person gives alone (trust.md §8.1).

    One of the two is an administrator other than the person concerned; the other may be that person, accepting.
    Whoever only reads vouches for nobody else.
    """
    for person in (by, other):
        if person.id == concerned.id:
            person.require_active()
        else:
            person.require_any_role(on)
    able = tuple(p.name for p in everyone if p.id != concerned.id and p.has_role("administrator", on))
    if by.id == other.id:
        raise CannotGrantAlone(by.name, tuple(name for name in able if name != by.name))
    if not any(p.id != concerned.id and p.has_role("administrator", on) for p in (by, other)):
        raise CannotGrantAlone(by.name, able)


def require_two_others(
    concerned: str, by: Person, other: Person | None, everyone: tuple[Person, ...], on: date, act: str
) -> None:
    """Refuse an act about a person's key that two other enrolled people have not signed.

    Args: other: None where the recovery sheet stands in. act: ``enrol``, ``new_key``, ``revoke``, ``unlock`` or
        ``lift_suspension``; the first and the last take an administrator (trust.md §8.1).
    Raises: TwoNeeded: one person, or the one concerned; CannotGrantAlone: no administrator; SheetNotNeeded: the
        recovery sheet, while two others could sign.
    """
    others = tuple(p for p in everyone if p.id != concerned and p.can_sign(on))
    administrators = tuple(p for p in others if p.has_role("administrator", on))
    by.require_any_role(on)
    if by.id == concerned:
        raise TwoNeeded(act, tuple(p.name for p in others))
    takes_administrator = act in ("enrol", "lift_suspension")
    if other is None:
        if len(others) >= 2 and (administrators or not takes_administrator):
            raise SheetNotNeeded(tuple(p.name for p in others))
        return
    other.require_any_role(on)
    if other.id in (concerned, by.id):
        raise TwoNeeded(act, tuple(p.name for p in others if p.id != by.id))
    if takes_administrator and not {by.id, other.id} & {p.id for p in administrators}:
        raise CannotGrantAlone(by.name, tuple(p.name for p in administrators))


def require_administrator_left(everyone: tuple[Person, ...], concerned: Person, on: date) -> None:
    """Refuse what would leave nobody who can grant anything."""
    left = [p for p in everyone if p.id != concerned.id and p.has_role("administrator", on)]
    if concerned.has_role("administrator", on) and not left:
        raise LastAdministrator(concerned.name)


def require_enrollable(login: str, staff: str, others: tuple[Person, ...]) -> None:
    """Refuse a login that somebody has already, and a staff number that is there or reads like one that is."""
    for other in others:
        if other.login == login:
            raise AlreadyEnrolled("login", login, other.name)
        if staff and other.staff and look_alike(other.staff, staff):
            raise AlreadyEnrolled("staff", staff, other.name)


def namesakes(name: str, others: tuple[Person, ...]) -> tuple[Person, ...]:
    """Return those whose name reads like this one; enrolled people first."""
    wanted = skeleton(name).replace(" ", "")
    alike = [p for p in others if skeleton(p.name).replace(" ", "") == wanted]
    return tuple(sorted(alike, key=lambda p: p.status == "listed"))


def require_another_person(name: str, others: tuple[Person, ...], stated: bool) -> tuple[str, ...]:
    """Refuse a name that reads like somebody's, unless the two who sign state that it is another person.

    Returns: the ids of those whom the person is stated to be another one than.
    """
    alike = namesakes(name, others)
    if alike and not stated:
        raise LookAlike(name, alike[0].name, alike[0].status == "listed")
    return tuple(p.id for p in alike)
