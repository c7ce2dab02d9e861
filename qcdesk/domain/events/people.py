# SPDX-License-Identifier: Apache-2.0
"""The workspace and its people: who they are, what they may do, when they sit down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact
from qcdesk.domain.people import Role, RoleGrant

Reading = Literal["en", "vi", "zh_CN", "th"]
"""A language in which somebody can read the window."""


@dataclass(frozen=True)
class FirstPerson:
    """One of the two people with whom a workspace starts."""

    person: str
    login: str
    name: str
    staff: str
    key: str
    public_key: bytes


@dataclass(frozen=True)
class WorkspaceOpened(Fact):
    """Event 1: the root of trust; both first people sign it and hold every role but auditor."""

    TYPE = "workspace.opened"
    STRENGTH = "act"
    vault: str
    shop: str
    people: tuple[FirstPerson, ...]
    recovery_public_key: bytes


@dataclass(frozen=True)
class ShopChanged(Fact):
    """How the shop calls itself on paper; the logo is a stored file's SHA-256.

    ``footer``: one line at the foot of its papers. ``accent``: the colour of their rules and charts, as ``#14403A``;
    empty: the program's. ``over``: the number of the event that wrote what was changed, as the person saw it; older
    events lack it.
    """

    TYPE = "shop.changed"
    STRENGTH = "act"
    name: str
    address: str
    logo: str | None
    paper: Literal["A4", "Letter"]
    third_person_releases: bool = False
    over: int | None = field(default=None, metadata=LATER)
    footer: str = field(default="", metadata=LATER)
    accent: str = field(default="", metadata=LATER)


@dataclass(frozen=True)
class SessionOpened(Fact):
    """A sitting begins; entries in it are signed by this public key."""

    TYPE = "session.opened"
    STRENGTH = "act"
    session: str
    key: str
    public_key: bytes


@dataclass(frozen=True)
class SessionClosed(Fact):
    """The sitting's key is dead."""

    TYPE = "session.closed"
    session: str


@dataclass(frozen=True)
class PersonEnrolled(Fact):
    """Two enrolled people and the new person sign: from here on this key is that person."""

    TYPE = "person.enrolled"
    STRENGTH = "act"
    person: str
    login: str
    name: str
    staff: str
    key: str
    public_key: bytes
    roles: tuple[RoleGrant, ...]
    languages: tuple[str, ...] = ()
    another_than: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonListed(Fact):
    """A maker, or somebody from an import: has no key and signs nothing."""

    TYPE = "person.listed"
    person: str
    name: str
    staff: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class PersonChanged(Fact):
    """A new spelling of the name, other languages."""

    TYPE = "person.changed"
    STRENGTH = "act"
    person: str
    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class LanguageChosen(Fact):
    """In which language whoever signs it wishes to read at every workstation; None: as the workstation is set."""

    TYPE = "language.chosen"
    language: Reading | None


@dataclass(frozen=True)
class PersonSuspended(Fact):
    """One administrator alone may suspend."""

    TYPE = "person.suspended"
    STRENGTH = "act"
    person: str
    reason: str


@dataclass(frozen=True)
class SuspensionLifted(Fact):
    """Two lift a suspension."""

    TYPE = "person.lifted"
    STRENGTH = "act"
    person: str


@dataclass(frozen=True)
class RoleGranted(Fact):
    """Two people sign."""

    TYPE = "role.granted"
    STRENGTH = "act"
    person: str
    grant: RoleGrant


@dataclass(frozen=True)
class RoleTaken(Fact):
    """One administrator signs."""

    TYPE = "role.taken"
    STRENGTH = "act"
    person: str
    role: Role


@dataclass(frozen=True)
class QualificationGranted(Fact):
    """Two people sign."""

    TYPE = "qualification.granted"
    STRENGTH = "act"
    person: str
    procedure: str
    until: date | None


@dataclass(frozen=True)
class QualificationTaken(Fact):
    """One administrator signs."""

    TYPE = "qualification.taken"
    STRENGTH = "act"
    person: str
    procedure: str
