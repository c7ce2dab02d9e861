# SPDX-License-Identifier: Apache-2.0
"""What is said about the log itself: an event that is nobody's, what was lost of it, and how its clock went."""

from __future__ import annotations

from dataclasses import dataclass, field

from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact


@dataclass(frozen=True)
class EventVoided(Fact):
    """Two people declare void an event that fails verification; ``hash`` is the voided line's, in hex.

    Where it stood in a batch, that batch goes to a new round. ``lost``: files and records that the event names by their
    hashes and that are gone or damaged; then the event itself stands, and only that they are not there is explained.
    """

    TYPE = "log.voided"
    STRENGTH = "act"
    number: int
    hash: str
    reason: str
    batch: str | None = None
    lost: tuple[str, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True)
class WorkspaceRestored(Fact):
    """Two people sign what was lost after an anchor did not fit: events from ``lost_from`` on.

    ``lost_to``: the last one known to be lost, as the anchor tells it; None where nobody knows.
    """

    TYPE = "workspace.restored"
    STRENGTH = "act"
    lost_from: int
    lost_to: int | None
    said: str


@dataclass(frozen=True)
class TablesRebuilt(Fact):
    """Two people had the tables written anew from the log, up to event ``until``; ``head`` is its hash, in hex."""

    TYPE = "tables.rebuilt"
    STRENGTH = "act"
    until: int
    head: str
    reason: str


@dataclass(frozen=True)
class ClockCorrected(Fact):
    """Two people name the true time in microseconds UTC; the log goes on from there, its order stays by number."""

    TYPE = "clock.corrected"
    STRENGTH = "act"
    true_time: int
    said: str
