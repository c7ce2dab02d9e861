# SPDX-License-Identifier: Apache-2.0
"""Nonconformities: opened on a batch, contained, noted, handed over, linked, closed with what was decided, reopened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact


@dataclass(frozen=True)
class NonconformityOpened(Fact):
    """A nonconformity of a batch, with the next number.

    ``codes``: of what was found in rounds that are compared. ``what``: what is wrong, in words, where no code says it.
    ``containment``: what was done at once. ``owner``: who sees to it, by ``due``. ``together``: those that are open name
    together no more units for a code than there are; an earlier program did not ask.
    """

    TYPE = "nonconformity.opened"
    nonconformity: int
    batch: str
    quantity: int
    codes: tuple[str, ...]
    what: str
    containment: str
    owner: str
    due: date
    attachments: tuple[Attachment, ...] = ()
    together: bool = field(default=False, metadata=LATER)


@dataclass(frozen=True)
class NonconformityContained(Fact):
    """What is done to contain it, from now on; what was said before stays on record."""

    TYPE = "nonconformity.contained"
    nonconformity: int
    batch: str
    containment: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class NonconformityNoted(Fact):
    """Something that belongs to it."""

    TYPE = "nonconformity.noted"
    nonconformity: int
    batch: str
    note: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class NonconformityHandedOver(Fact):
    """Another person sees to it, with all that is on record of it."""

    TYPE = "nonconformity.handed_over"
    nonconformity: int
    batch: str
    owner: str
    reason: str


@dataclass(frozen=True)
class NonconformityDue(Fact):
    """It is due on another day."""

    TYPE = "nonconformity.due"
    nonconformity: int
    batch: str
    due: date
    reason: str


@dataclass(frozen=True)
class NonconformityLinked(Fact):
    """This corrective action puts it right; ``undone``: it does not, after all."""

    TYPE = "nonconformity.linked"
    nonconformity: int
    batch: str
    action: str
    undone: bool = False


@dataclass(frozen=True)
class NonconformityClosed(Fact):
    """Somebody other than who opened it last closes it.

    ``over``: the event by which it was decided what becomes of the goods, a disposition or a concession; where there is
    none, ``reason`` says why it is closed all the same.
    """

    TYPE = "nonconformity.closed"
    STRENGTH = "act"
    nonconformity: int
    batch: str
    over: int | None
    reason: str


@dataclass(frozen=True)
class NonconformityReopened(Fact):
    """It was closed too early, and is due by another day. ``together``: as where one is opened."""

    TYPE = "nonconformity.reopened"
    nonconformity: int
    batch: str
    due: date
    reason: str
    together: bool = field(default=False, metadata=LATER)
