# SPDX-License-Identifier: Apache-2.0
"""Complaints and how they went on, touches on a batch or order, and what the owner counts by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact

TouchKind = Literal["call", "message", "chase", "hand_off", "rework"]
SaidAs = Literal["spoken", "written"]


@dataclass(frozen=True)
class TouchLogged(Fact):
    """Somebody had to touch a batch or an order once more; no words, so that none can tell a finding.

    ``undoes``: number of the event of the touch that this one takes back; 0: this is a touch.
    """

    TYPE = "touch.logged"
    batch: str | None
    order: str
    kind: TouchKind
    undoes: int = 0


@dataclass(frozen=True)
class ComplaintTaken(Fact):
    """A customer complains, in the customer's own words; ``owner`` has it until it is handed over.

    ``call_back``: when a call back was promised, microseconds UTC; None: none was. ``bound``: from here on only owners,
    and whoever manages complaints, go on with them, and nothing is acknowledged or judged twice; before, anybody did.
    """

    TYPE = "complaint.taken"
    complaint: int
    customer: str
    contact: str
    language: str
    said_as: SaidAs
    words: str
    received: date
    owner: str
    call_back: int | None = None
    bound: bool = field(default=False, metadata=LATER)


@dataclass(frozen=True)
class ComplaintAcknowledged(Fact):
    """The complaint was read back, and the customer said that it is what was meant."""

    TYPE = "complaint.acknowledged"
    complaint: int
    by_whom: str
    how: str
    on: date


@dataclass(frozen=True)
class ComplaintHandedOver(Fact):
    """Another person has the complaint, with all that is on record of it."""

    TYPE = "complaint.handed_over"
    complaint: int
    owner: str
    reason: str


@dataclass(frozen=True)
class ComplaintCalledBack(Fact):
    """The customer was called back (``called``), or another time was promised (``call_back``), or both.

    ``reached``: whether somebody was reached; a call that reached nobody settles nothing. None: not so said by an
    earlier program, for which every call counted.
    """

    TYPE = "complaint.called_back"
    complaint: int
    called: bool
    note: str
    call_back: int | None = None
    reached: bool | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class ComplaintLinked(Fact):
    """The complaint is about this batch; ``undone``: it is not, after all."""

    TYPE = "complaint.linked"
    complaint: int
    batch: str
    undone: bool = False


@dataclass(frozen=True)
class ComplaintJudged(Fact):
    """Somebody says whether it is an escape: a nonconforming unit found after release.

    ``about``: the defect code, or what it is in words. ``proposed``: codes of procedures of which no step, defect or
    characteristic looks for it, so that it is proposed to their owners.
    """

    TYPE = "complaint.judged"
    complaint: int
    escape: bool
    about: str
    reason: str
    proposed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComplaintAnswered(Fact):
    """The customer was answered by mail: to whom, and what was written."""

    TYPE = "complaint.answered"
    complaint: int
    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class ComplaintClosed(Fact):
    """The complaint is closed, with what came of it."""

    TYPE = "complaint.closed"
    complaint: int
    outcome: str


@dataclass(frozen=True)
class OwnerFigures(Fact):
    """What the owner counts by hand of a month, such as ``2026-03``; what was said last of a month counts."""

    TYPE = "owner.figures"
    month: str
    repeat_orders: int
    referrals: int
