# SPDX-License-Identifier: Apache-2.0
"""Rounds, checks and their signatures, as a unit of work tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.events import CheckSigned, Reviewed
from qcdesk.domain.log import StoredEvent
from qcdesk.domain.rounds import Check, Round, Work
from qcdesk.domain.sampling import DefectClass
from qcdesk.domain.severity_runs import SeverityStep
from qcdesk.domain.switching import Standing


@dataclass(frozen=True)
class SignedOff:
    """A signature in a round: where it stands, whose, on which record; nothing of the verdict.

    ``by_sheet``: when the person (or this key) came by the recovery sheet. ``suspect_from``: the key is in
    doubt from this event on, which is this one or earlier.
    """

    event: int
    place: str
    person: str
    check: str | None
    meaning: str
    record: str
    at: int
    maker: bool
    standing: bool
    clock_suspect: bool = False
    by_sheet: int | None = None
    suspect_from: int | None = None
    clock_behind: bool = False
    """Whether some of what it stands on was entered while the workstation's clock stood behind the log."""

    @property
    def role(self) -> str:
        """The role in which it was given."""
        return {"third": "arbiter", "release": "releaser"}.get(self.place, "inspector")


@dataclass(frozen=True)
class RejectedByOne:
    """One of two who disagree has rejected: the event, who, when and why; the rest as in ``SignedOff``."""

    event: int
    person: str
    at: int
    reason: str
    clock_suspect: bool = False
    by_sheet: int | None = None
    suspect_from: int | None = None


class InspectionQuestions(Protocol):
    """The questions of a unit of work about rounds and checks."""

    def round(self, round_id: str) -> Round:
        """Return a round."""

    def rounds(self, batch: str) -> tuple[Round, ...]:
        """Return all rounds of a batch, oldest first."""

    def opened_behind(self, round_id: str) -> bool:
        """Tell whether a round was opened while the workstation's clock stood behind the log."""

    def reinspected(self, round_id: str) -> bool:
        """Tell whether the signatures of a round no longer count because a new version judges it anew."""

    def rejected_by_one(self, round_id: str) -> RejectedByOne | None:
        """Return the act by which one of two who disagree has rejected a round; None: nobody has."""

    def sign_offs(self, round_id: str) -> tuple[SignedOff, ...]:
        """Return the signatures of a round in order."""

    def suspect_checks(self, round_id: str) -> tuple[SignedOff, ...]:
        """Return the standing signatures of a round that were given with a key in doubt then, without their records."""

    def open_under(self, procedure: str) -> tuple[tuple[str, str], ...]:
        """Return batch and round of everything being inspected by a version of a procedure, not yet released."""

    def severities(self, supplier: str | None, product: str, procedure: str) -> dict[DefectClass, Standing]:
        """Return where each class of a supplier (None: own goods), product and procedure (both by code) stands.

        A class of which no lot has counted and that nobody has set is not among them.
        """

    def severity_steps(
        self, round_id: str, supplier: str | None, product: str, procedure: str
    ) -> tuple[SeverityStep, ...]:
        """Return what was said of each class before a round was opened, oldest first; the newest of many."""

    def check(self, check: str) -> Check:
        """Return a check; BadInput ``unknown_check``."""

    def signed(self, check: str) -> CheckSigned:
        """Return what a signed check's signature says. The verdict is in it: never before the second signature."""

    def work(self, check: str) -> Work:
        """Return what a check has put on record. Reads that check and no other."""

    def entries(self, check: str) -> tuple[StoredEvent, ...]:
        """Return the entry events of a check in order, as stored."""

    def standing_readings(self, check: str) -> dict[tuple[int, str], str]:
        """Return the reading that stands for each unit and characteristic of a check: its id."""

    def went_on(self, check: str, unit: int, reading: str) -> bool:
        """Tell whether a check has entries of another unit since a reading of this one."""

    def standing_findings(self, check: str) -> frozenset[str]:
        """Return the ids of a check's findings that were not withdrawn."""

    def to_review(self, check: str, codes: frozenset[str]) -> tuple[Reviewed, ...]:
        """Return what an open second check is to open of the first's: claims of these codes that stand, nothing else."""

    def measured_behind(self, check: str) -> dict[str, tuple[int, ...]]:
        """Return what stands of a check that was read while the workstation's clock stood behind: units by instrument."""

    def keeps_file(self, sha256: str) -> bool:
        """Tell whether a photo or file is kept under this hash."""
