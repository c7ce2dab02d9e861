# SPDX-License-Identifier: Apache-2.0
"""Keys, badges, failed tries and locks: what a person does with a secret, and what a workstation notes by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact

Way = Literal["password", "badge", "pin"]
"""How a key is opened: by password, by badge and PIN, or by the PIN of this sitting alone."""


@dataclass(frozen=True)
class StationIntroduced(Fact):
    """A workstation's own key, introduced by the first person who signs in there. An id has one key and keeps it.

    ``station`` is the workstation in the event's own envelope. The key signs station events and anchors, nothing else.
    ``instead``: the id that it gives up, because the log knows that one, or its key there, as another's.
    """

    TYPE = "station.introduced"
    STRENGTH = "act"
    station: str
    key: str
    public_key: bytes
    name: str = ""
    instead: str = field(default="", metadata=LATER)


@dataclass(frozen=True)
class AuthFailed(Fact):
    """A try that opened nothing: whose key, in which way, the how-many-th in a row, seconds until the next one.

    ``start`` and ``steady`` (microseconds) are the workstation's clock that nobody sets, and which start of the machine
    it counts from. ``tried``: what the workstation's own clock read then, where it could be put on record only later.
    """

    TYPE = "auth.failed"
    STRENGTH = "station"
    person: str
    way: Way
    in_a_row: int
    wait: int
    start: str
    steady: int
    tried: int | None = None


@dataclass(frozen=True)
class AuthLocked(Fact):
    """So many failed tries in a row: nobody opens this person's key for so many seconds."""

    TYPE = "auth.locked"
    STRENGTH = "station"
    person: str
    in_a_row: int
    seconds: int


@dataclass(frozen=True)
class ClockJumped(Fact):
    """The workstation's clock went ahead of (negative: behind) the clock that nobody sets, by microseconds."""

    TYPE = "clock.jumped"
    STRENGTH = "station"
    ahead: int


@dataclass(frozen=True)
class PersonUnlocked(Fact):
    """Another enrolled person ends a lock. ``lock``: number of the event that locked."""

    TYPE = "person.unlocked"
    STRENGTH = "act"
    person: str
    lock: int


@dataclass(frozen=True)
class SecretChanged(Fact):
    """A person chose another password; the key is the same. ``seal``: SHA-256 of the new seal's text."""

    TYPE = "secret.changed"
    STRENGTH = "act"
    person: str
    key: str
    seal: str


@dataclass(frozen=True)
class KeyChanged(Fact):
    """The old key signs the new one in, and the new one signs beside it; the old one ends, and its badges with it."""

    TYPE = "key.changed"
    STRENGTH = "act"
    person: str
    old_key: str
    key: str
    public_key: bytes
    seal: str
    stops: tuple[str, ...] = ()


@dataclass(frozen=True)
class BadgeIssued(Fact):
    """A badge for a person's key: the person and one other sign. ``badge``: what finds it (see `signing.badges`).

    ``seal``: SHA-256 of the seal's text. ``stops``: earlier badges of the same person, which end with it.
    """

    TYPE = "badge.issued"
    STRENGTH = "act"
    person: str
    badge: str
    key: str
    seal: str
    stops: tuple[str, ...] = ()


@dataclass(frozen=True)
class BadgeStopped(Fact):
    """A badge is lost or no longer wanted: any one person's act; its seal is deleted."""

    TYPE = "badge.stopped"
    STRENGTH = "act"
    person: str
    badge: str
    reason: str
