# SPDX-License-Identifier: Apache-2.0
"""What the report of a round is filled in from: a workspace, or the lines that a printed paper carries."""

from __future__ import annotations

from typing import Protocol

from qcdesk.domain.events import ShopChanged
from qcdesk.domain.people import Person
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.rounds import Round, Work
from qcdesk.domain.severity_runs import SeverityStep
from qcdesk.services.part_rows import PartRow
from qcdesk.services.ports import GivenConcession, RejectedByOne, SignedOff


class ReportSource(Protocol):
    """As much of a unit of work as a report needs; its methods are described there."""

    @property
    def vault(self) -> str:
        """The 128-bit id of this database; BadInput ``no_workspace`` when it was never opened."""

    def shop(self) -> ShopChanged:
        """Return how the shop calls itself."""

    def people(self) -> tuple[Person, ...]:
        """Return everybody."""

    def procedure(self, code: str, version: int | None = None) -> ProcedureVersion:
        """Return a version (None: the newest); BadInput ``unknown_procedure``."""

    def rounds(self, batch: str) -> tuple[Round, ...]:
        """Return all rounds of a batch, oldest first."""

    def work(self, check: str) -> Work:
        """Return what a check has put on record. Reads that check and no other."""

    def sign_offs(self, round_id: str) -> tuple[SignedOff, ...]:
        """Return the signatures of a round in order."""

    def rejected_by_one(self, round_id: str) -> RejectedByOne | None:
        """Return the act by which one of two who disagree has rejected a round; None: nobody has."""

    def given_concession(self, round_id: str) -> GivenConcession | None:
        """Return the concession that released the goods of a round; None: none did."""

    def part_of(self, batch: str) -> PartRow | None:
        """Return the batch that one was split from, with what went into this part; None: it is no part."""

    def parts_of(self, batch: str) -> tuple[PartRow, ...]:
        """Return the parts that a batch was split into, the first first."""

    def severity_steps(
        self, round_id: str, supplier: str | None, product: str, procedure: str
    ) -> tuple[SeverityStep, ...]:
        """Return what was said of each class before a round was opened, oldest first; the newest of many."""
