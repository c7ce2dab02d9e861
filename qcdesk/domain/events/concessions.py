# SPDX-License-Identifier: Apache-2.0
"""Concessions: asked for by one, approved by two others or refused, within a supplier's budget (trust.md §8.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact


@dataclass(frozen=True)
class ConcessionRequested(Fact):
    """Somebody asks that a rejected batch be used as it is.

    ``until``: last day on which goods leave under it. ``reference``: the customer's. ``consent``: SHA-256 of the file
    with the customer's own signed consent, where it stands in for an approver; ``consent_name``: what it was called.
    """

    TYPE = "concession.requested"
    STRENGTH = "act"
    concession: str
    batch: str
    round: str
    quantity: int
    until: date
    codes: tuple[str, ...]
    deviation: str
    reference: str
    use: str = ""
    consent: str | None = None
    consent_name: str = field(default="", metadata=LATER)


@dataclass(frozen=True)
class ConcessionApproved(Fact):
    """Two who did not ask release the batch under the concession, over both checks as a release does.

    ``arrived``: the budget counted only goods that somebody began to inspect or that went another way; before,
    whatever was registered was counted. ``judged``: it counted only lots with a verdict of two that stands.
    """

    TYPE = "concession.approved"
    STRENGTH = "act"
    concession: str
    batch: str
    round: str
    quantity: int
    record: str
    over: tuple[str, ...]
    arrived: bool = field(default=False, metadata=LATER)
    judged: bool = field(default=False, metadata=LATER)


@dataclass(frozen=True)
class ConcessionRefused(Fact):
    """One who may approve refuses; the batch stays rejected."""

    TYPE = "concession.refused"
    STRENGTH = "act"
    concession: str
    batch: str
    round: str
    reason: str


@dataclass(frozen=True)
class ConcessionBudget(Fact):
    """How much may be conceded of one supplier: percent of the units received in the last months. The last one counts."""

    TYPE = "concession.budget"
    STRENGTH = "act"
    supplier: str
    percent: Decimal
    months: int
    reason: str
