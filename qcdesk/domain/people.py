# SPDX-License-Identifier: Apache-2.0
"""People: who they are, which roles and qualifications they hold, and what that lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from qcdesk.domain.refusals import (
    AlreadyEnrolled,
    CannotGrantAlone,
    MissingRole,
    NotActive,
    NotQualified,
    ReadsOnly,
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
PersonStatus = Literal["active", "suspended", "listed"]

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
    """A human, never an account. A listed person (a maker, an import) has no key and signs nothing."""

    id: str
    name: str
    login: str | None = None
    staff: str | None = None
    status: PersonStatus = "active"
    roles: tuple[RoleGrant, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    languages: tuple[str, ...] = ()

    def has_role(self, role: Role, on: date, family: str | None = None) -> bool:
        """Tell whether the person is active and holds the role on that day."""
        return self.status == "active" and any(g.holds(role, on, family) for g in self.roles)

    def require_active(self) -> None:
        """Refuse whoever cannot act at all: suspended, or listed without a key."""
        if self.status != "active":
            raise NotActive(self.name, self.status)

    def require_role(self, role: Role, on: date, family: str | None = None) -> None:
        """Refuse whoever does not hold the role on that day for that family."""
        self.require_active()
        if not self.has_role(role, on, family):
            raise MissingRole(self.name, role)

    def require_any_role(self, on: date) -> None:
        """Refuse whoever holds no role but auditor, who reads only."""
        self.require_active()
        if not any(g.role != "auditor" and g.holds(g.role, on) for g in self.roles):
            raise ReadsOnly(self.name)

    def qualified_until(self, procedure: str) -> Qualification | None:
        """Return the qualification for a procedure, the longest one, or None."""
        held = [q for q in self.qualifications if q.procedure == procedure]
        return max(held, key=lambda q: q.until or date.max, default=None)

    def require_qualified(self, procedure: str, required: bool, on: date, family: str | None = None) -> None:
        """Refuse whoever lacks the qualification that the procedure asks for; where it asks none, the role."""
        self.require_role("inspector", on, family)
        if not required:
            return
        held = self.qualified_until(procedure)
        if held is None or (held.until is not None and held.until < on):
            raise NotQualified(self.name, procedure, held.until if held else None)


def require_two_for_grant(concerned: Person, by: Person, other: Person, on: date) -> None:
    """Refuse a grant that one person gives alone (trust.md §8.1).

    One of the two is an administrator other than the person concerned; the other may be that person, accepting.
    """
    by.require_active()
    other.require_active()
    if by.id == other.id:
        raise CannotGrantAlone(by.name)
    if not any(p.id != concerned.id and p.has_role("administrator", on) for p in (by, other)):
        raise CannotGrantAlone(by.name)


def require_enrollable(login: str, staff: str, others: tuple[Person, ...]) -> None:
    """Refuse a login or staff number that somebody has already."""
    for other in others:
        if other.login == login:
            raise AlreadyEnrolled("login", login, other.name)
        if other.staff == staff:
            raise AlreadyEnrolled("staff", staff, other.name)
