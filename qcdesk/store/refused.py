# SPDX-License-Identifier: Apache-2.0
"""The rules that the database keeps by itself, and the refusal that each one is for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from qcdesk.domain import refusals as r
from qcdesk.domain.refusals import Refusal

_RULE = re.compile(r"rule:([a-z-]+)")
UNKNOWN = "—"


def rule_in(message: str) -> str | None:
    """Return the id of the rule that a database error names, or None."""
    found = _RULE.search(message)
    return found.group(1) if found else None


REFUSALS: dict[str, Callable[[], Refusal]] = {
    "same-person": lambda: r.SamePerson(UNKNOWN, "second", "first"),
    "maker": lambda: r.MadeUnits(UNKNOWN, (), "second"),
    "reworker": lambda: r.Reworked(UNKNOWN, "second"),
    "maker-first": lambda: r.MakerFirstNotAllowed(UNKNOWN),
    "seen-first": lambda: r.HasSeenFirst(UNKNOWN),
    "gave-up-place": lambda: r.GaveUpPlace(UNKNOWN),
    "place-taken": lambda: r.PlaceTaken("second", UNKNOWN, signed=False),
    "check-closed": lambda: r.CheckClosed("signed"),
    "not-your-check": lambda: r.NotYourCheck(UNKNOWN, UNKNOWN),
    "four-eyes": lambda: r.NotAccepted(UNKNOWN, "registered"),
    "held": lambda: r.Held(UNKNOWN, UNKNOWN),
    "role": lambda: r.MissingRole(UNKNOWN, "inspector"),
    "state": lambda: r.WrongState(UNKNOWN, "registered", "change"),
    "two-needed": lambda: r.TwoNeeded("lift"),
    "more-than-released": lambda: r.MoreThanReleased(UNKNOWN, 0, 0),
    "author-approves": lambda: r.AuthorCannotApprove(UNKNOWN, UNKNOWN, 0),
    "procedure-state": lambda: r.ProcedureState(UNKNOWN, 0, "approved"),
    "grant-alone": lambda: r.CannotGrantAlone(UNKNOWN),
    "unverified": lambda: r.Unverified(UNKNOWN),
    "own-concern": lambda: r.OwnConcern(UNKNOWN),
    "unlock-own": lambda: r.UnlockedByAnother(UNKNOWN),
    "clock": lambda: r.ClockBlocked(0),
    "procedure-stopped": lambda: r.ProcedureStopped(UNKNOWN, 0),
    "not-released": lambda: r.NotReleased(UNKNOWN, "accepted"),
    "certificate-withdrawn": lambda: r.CertificateVoid(0, UNKNOWN),
    "certificate-stands": lambda: r.CertificateStands(UNKNOWN, 0),
    "copy-taken": lambda: r.CopyTaken(UNKNOWN, 0),
    "not-active": lambda: r.NotActive(UNKNOWN, "suspended"),
    "recovery": lambda: r.SheetNotHere(),
    "last-administrator": lambda: r.LastAdministrator(UNKNOWN),
    "suspect": lambda: r.SuspectCheck(UNKNOWN, UNKNOWN),
    "not-reviewed": r.NotReviewed,
    "audit-incomplete": lambda: r.AuditIncomplete(UNKNOWN, (UNKNOWN,), ()),
    "ship-day": lambda: r.ShipDay(UNKNOWN),
    "number-taken": lambda: r.NumberHad(UNKNOWN, UNKNOWN),
    "changed-meanwhile": r.ChangedMeanwhile,
    "maker-stays": lambda: r.MakerStays(UNKNOWN),
    "code-stays": lambda: r.CodeStays(UNKNOWN),
    "family-stays": lambda: r.FamilyStays(UNKNOWN, UNKNOWN),
    "reworkers-missing": lambda: r.ReworkersMissing(UNKNOWN),
    "check-running": lambda: r.CheckRunning(UNKNOWN, "first", UNKNOWN),
    "quantities": lambda: r.QuantitiesDiffer(UNKNOWN, 0, 0),
    "nothing-suspect": lambda: r.NothingSuspect(UNKNOWN),
    "not-qualified": lambda: r.NotQualified(UNKNOWN, UNKNOWN, None),
    "last-second": lambda: r.LastSecond(UNKNOWN),
    "action-closed": lambda: r.ActionIsClosed(UNKNOWN),
    "release-stopped": lambda: r.ReleaseStopped(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    "discontinued": lambda: r.InspectionDiscontinued(UNKNOWN, UNKNOWN, UNKNOWN, "major", (), 0),
    "supplier-blocked": lambda: r.SupplierBlocked(UNKNOWN, UNKNOWN, ""),
    "supplier-merged": lambda: r.SupplierIsAnother(UNKNOWN, UNKNOWN, "batch"),
    "asked-concession": lambda: r.AskedForConcession(UNKNOWN, "approve"),
    "concession-outsider": lambda: r.OutsiderNeeded(UNKNOWN),
    "concession-critical": lambda: r.CriticalConceded(UNKNOWN, ()),
    "concession-open": lambda: r.ConcessionOpen(UNKNOWN),
    "no-concession": lambda: r.NoConcession(UNKNOWN),
    "concession-expired": lambda: r.ConcessionExpired(UNKNOWN),
    "concession-budget": lambda: r.BudgetSpent(UNKNOWN, Decimal(0), 0, 0, 0, 0),
    "nonconformity": lambda: r.NonconformityRefused(0, "closed"),
    "nonconformity-blind": lambda: r.NonconformityBlind(UNKNOWN),
    "nonconformity-own": lambda: r.NonconformityOwn(0, UNKNOWN),
    "nothing-nonconforming": lambda: r.NothingNonconforming(UNKNOWN),
    "complaint": lambda: r.ComplaintRefused(0, "closed"),
    "complaint-owner": lambda: r.ComplaintNotYours(0, UNKNOWN),
    "third-releases": lambda: r.ThirdNeeded(UNKNOWN),
}
"""Rules that have a refusal of their own; those in ``OWN`` have no case a person could make."""
OWN: tuple[str, ...] = ("append-only", "program-only", "certificate-number", "promise")
