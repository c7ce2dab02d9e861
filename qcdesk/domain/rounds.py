# SPDX-License-Identifier: Apache-2.0
"""Rounds and checks as the log says they are now: who has which place, and what is signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from qcdesk.domain.events import (
    Finding,
    Measured,
    Place,
    Recorded,
    Resolution,
    Resolved,
    Reviewed,
    RoundCompared,
    RoundDecided,
    RoundOpened,
    UnitResult,
)
from qcdesk.domain.modes import looked_for_alone
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.refusals import CheckClosed, NotYourCheck

CheckState = Literal["open", "signed", "set_aside", "retracted"]


@dataclass(frozen=True)
class Check:
    """That a check exists, whose it is and whether it is signed; nothing of what it found."""

    id: str
    round: str
    batch: str
    place: Place
    person: str
    state: CheckState
    started_at: int
    reason: str = ""
    signed_hash: str | None = None
    signed_at: int | None = None

    def require_own(self, person: str, person_name: str, owner_name: str) -> None:
        """Refuse anybody but the check's own person."""
        if self.person != person:
            raise NotYourCheck(person_name, owner_name)

    def require_open(self) -> None:
        """Refuse entries once the check is signed, set aside or retracted."""
        if self.state != "open":
            raise CheckClosed(self.state)


@dataclass(frozen=True)
class Round:
    """One inspection of a batch. ``opened_hash`` is the event that pinned batch, plan and sample.

    ``given_up`` and ``seen_first`` count those of the rounds whose values it carries along. ``only_second``: who alone
    can be second, because such a round was compared and everybody else may have seen its first check.
    ``reviewers``: who began a second check here or in such a round, with the codes that were in review there: what the
    first found of those was open to them.
    """

    id: str
    batch: str
    no: int
    opened: RoundOpened
    opened_hash: str
    checks: tuple[Check, ...] = ()
    given_up: tuple[str, ...] = ()
    seen_first: tuple[str, ...] = ()
    compared: RoundCompared | None = None
    compared_hash: str | None = None
    decided: RoundDecided | None = None
    decided_hash: str | None = None
    decided_by: str | None = None
    only_second: str | None = None
    reviewers: tuple[tuple[str, frozenset[str]], ...] = ()

    def standing(self, place: Place) -> Check | None:
        """Return the open or signed check in a place, or None when the place is free."""
        for check in self.checks:
            if check.place == place and check.state in ("open", "signed"):
                return check
        return None

    def signed(self, place: Place) -> Check | None:
        """Return the signed check in a place."""
        check = self.standing(place)
        return check if check is not None and check.state == "signed" else None

    def knowing(self, content: ProcedureContent) -> frozenset[str]:
        """Return who knows of this round's first check what a second person finds alone by another version."""
        alone = looked_for_alone(content)
        return frozenset(person for person, codes in self.reviewers if codes & alone)

    def brings_along(self, content: ProcedureContent) -> bool:
        """Tell whether a round by another version may begin with the values of this one.

        It may not where nobody would be left for its second check: after the comparison everybody may know the first
        one but for who made the second, who here knows what that version hides. Then all is drawn and done anew.
        """
        second = next((c for c in self.checks if c.place == "second" and c.signed_hash), None)
        only = second.person if self.compared is not None and second is not None else self.only_second
        return only not in self.knowing(content)

    @property
    def undone(self) -> bool:
        """Whether it was compared, and one of the signatures that settled it no longer stands."""
        places: tuple[Place, ...] = ("first", "second", "third") if self.decided else ("first", "second")
        return self.compared is not None and any(self.signed(place) is None for place in places)

    @property
    def n(self) -> int:
        """How many units are in the sample."""
        return len(self.opened.sample)


@dataclass(frozen=True)
class Withdrawal:
    """A finding taken back, with its reason."""

    finding: str
    reason: str


@dataclass(frozen=True)
class Work:
    """What one person put on record in a check: built by folding its entries in order."""

    results: tuple[UnitResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    measured: tuple[Measured, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    tallied: int = 0
    resolutions: tuple[Resolution, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()

    def with_(self, saved: Recorded | Resolved) -> Work:
        """Return the work after one more save; a later result, resolution or opened claim replaces the earlier one."""
        if isinstance(saved, Resolved):
            settled = {(r.unit, r.code): r for r in (*self.resolutions, *saved.resolutions)}
            return replace(self, resolutions=tuple(settled.values()))
        newer = {r.unit: r for r in saved.results}
        kept = tuple(r for r in self.results if r.unit not in newer)
        return replace(
            self,
            results=(*kept, *newer.values()),
            findings=(*self.findings, *saved.findings),
            measured=(*self.measured, *saved.measured),
            withdrawn=(*self.withdrawn, *(Withdrawal(w.finding, w.reason) for w in saved.withdrawn)),
            reviewed=tuple({r.claim: r for r in (*self.reviewed, *saved.reviewed)}.values()),
            tallied=self.tallied if saved.tallied is None else saved.tallied,
        )

    def standing_findings(self) -> tuple[Finding, ...]:
        """Return the findings that were not withdrawn."""
        gone = {w.finding for w in self.withdrawn}
        return tuple(f for f in self.findings if f.id not in gone)

    def standing_readings(self) -> tuple[Measured, ...]:
        """Return the readings that no later one corrects."""
        gone = {m.replaces for m in self.measured if m.replaces}
        return tuple(m for m in self.measured if m.id not in gone)

    def done_units(self) -> set[int]:
        """Return the sample numbers with a result."""
        return {r.unit for r in self.results}
