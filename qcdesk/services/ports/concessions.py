# SPDX-License-Identifier: Apache-2.0
"""Concessions under which goods are released, as a unit of work tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from qcdesk.domain.concessions import AskedConcession, Budget
from qcdesk.domain.events import ConcessionRequested


@dataclass(frozen=True)
class ActSigned:
    """Somebody's signature under an act that is no sign-off; the rest as in ``SignedOff``."""

    event: int
    person: str
    at: int
    clock_suspect: bool = False
    by_sheet: int | None = None
    suspect_from: int | None = None


@dataclass(frozen=True)
class GivenConcession:
    """The concession under which a round's goods were released: asked for by one, approved by two, on a record."""

    asked: ConcessionRequested
    requested: ActSigned
    approved: tuple[ActSigned, ...]
    record: str

    @property
    def event(self) -> int:
        """The event that released the goods."""
        return self.approved[0].event


class ConcessionQuestions(Protocol):
    """The questions of a unit of work about concessions."""

    def concession(self, batch: str) -> AskedConcession | None:
        """Return the concession that is asked for in the present round of a batch and not answered."""

    def given_concession(self, round_id: str) -> GivenConcession | None:
        """Return the concession that released the goods of a round; None: none did."""

    def askers(self, batch: str) -> tuple[str, ...]:
        """Return who ever asked for a concession for the units of a batch."""

    def conceders(self, batch: str) -> tuple[str, ...]:
        """Return who ever asked for a concession of a batch, or approved one."""

    def concession_budget(self, supplier: str) -> Budget | None:
        """Return how much of a supplier's goods may be conceded; None: nobody has said."""

    def received_and_conceded(self, supplier: str, begins: date, ends: date) -> tuple[int, int]:
        """Return units received of a supplier and conceded, from a day to before another.

        Received are lots on which two came to a verdict that stands, on them or on a part of them.
        """
