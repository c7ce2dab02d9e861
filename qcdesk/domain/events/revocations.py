# SPDX-License-Identifier: Apache-2.0
"""Keys after their birth: revoked, replaced, vouched for by the recovery sheet, and what follows for batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qcdesk.domain.events.fact import Fact

WhyRevoked = Literal["left", "lost", "suspect"]
WHY_REVOKED: tuple[WhyRevoked, ...] = ("left", "lost", "suspect")


@dataclass(frozen=True)
class KeyRevoked(Fact):
    """A key is given up by its person, or by two others (one may be stood in for by the recovery sheet).

    ``suspect_from``: every act of the key from this event number on is in doubt; only with ``suspect``, which
    may be said of a key that ended before. ``sessions``: sittings of the person that end with it.
    """

    TYPE = "key.revoked"
    STRENGTH = "act"
    person: str
    key: str
    why: WhyRevoked
    suspect_from: int | None = None
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeyEnrolled(Fact):
    """A person who is enrolled already gets a new key: two others (or one and the recovery sheet) and the new key sign.

    ``lost``: the key that ends here because its secret is lost; None where it ended before.
    """

    TYPE = "key.enrolled"
    STRENGTH = "act"
    person: str
    key: str
    public_key: bytes
    lost: str | None = None
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecoveryUsed(Fact):
    """The recovery sheet stood in for one signature in the event just before; from here on a new sheet is good.

    The person who used it signs, and the old sheet's key beside; ``public_key`` is what the new sheet opens.
    """

    TYPE = "recovery.used"
    STRENGTH = "act"
    act: str
    person: str
    public_key: bytes


@dataclass(frozen=True)
class PersonRenamed(Fact):
    """Another spelling of a name: two people sign, as at enrolment."""

    TYPE = "person.renamed"
    STRENGTH = "act"
    person: str
    name: str
    another_than: tuple[str, ...] = ()


@dataclass(frozen=True)
class BatchQuarantined(Fact):
    """A batch that a suspect key has touched is held; it comes with the revocation, and tells no finding."""

    TYPE = "batch.quarantined"
    STRENGTH = "act"
    batch: str
    hold: str
    person: str
    suspect_from: int


@dataclass(frozen=True)
class RoundReopened(Fact):
    """Two people send an unreleased batch to a new round: checks signed with a suspect key no longer count.

    ``checks``: those signed checks.
    """

    TYPE = "round.reopened"
    STRENGTH = "act"
    batch: str
    round: str
    checks: tuple[str, ...]
    reason: str
