# SPDX-License-Identifier: Apache-2.0
"""Every way in which a rule says no: a class for each rule, with the facts of the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal


class Refusal(Exception):
    """A rule refused an act; nothing was changed. Subclasses are frozen facts, never sentences.

    ``code`` is the rule's id, shared with the database's triggers (``rule:<code>``) and the wording.
    """

    code: ClassVar[str] = ""

    def facts(self) -> dict[str, object]:
        """Return the facts of the case by name, for a sentence about it."""
        return dict(vars(self))


# Independence (trust.md §8.2) ---------------------------------------------------------------------------------


@dataclass(eq=False)
class SamePerson(Refusal):
    """The place must be taken by someone other than an earlier signer of the round."""

    code = "same-person"
    person: str
    place: str
    earlier_place: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class MadeUnits(Refusal):
    """Whoever made units of the batch cannot check it independently, arbitrate or release it."""

    code = "maker"
    person: str
    units: tuple[int, ...]
    act: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class Reworked(Refusal):
    """Whoever reworked the batch cannot check it independently, arbitrate or release it."""

    code = "reworker"
    person: str
    act: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class MakerFirstNotAllowed(Refusal):
    """A maker's own first check is allowed only where the procedure says so (trust.md §8.5)."""

    code = "maker-first"
    person: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class HasSeenFirst(Refusal):
    """Whoever has seen the first check cannot make the second."""

    code = "seen-first"
    person: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class GaveUpPlace(Refusal):
    """Whoever gave up the second place of this round cannot take it again."""

    code = "gave-up-place"
    person: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class Blind(Refusal):
    """Whoever may still be the second person must not see the first check before the second is signed.

    ``batches``: their numbers, where what was asked for holds the first checks of all.
    """

    code = "blind"
    person: str
    batches: tuple[str, ...] = ()


@dataclass(eq=False)
class LastSecond(Refusal):
    """The last person who could make the second check may not give the place up."""

    code = "last-second"
    person: str


@dataclass(eq=False)
class NobodyLeft(Refusal):
    """Taking this step would leave nobody for a later place; an order that works is named.

    ``act``: ``take`` a place, or ``rework``; then ``person`` names those who are said to have reworked, and
    ``who_first`` who could have done it instead.
    """

    code = "nobody-left"
    person: str
    place: str
    who_first: tuple[str, ...] = ()
    act: str = "take"


# People -------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotActive(Refusal):
    """A suspended or only listed person signs nothing."""

    code = "not-active"
    person: str
    status: str


@dataclass(eq=False)
class MissingRole(Refusal):
    """The act asks for a role that the person does not hold today, or holds for other product families only.

    ``family``: which family it would have to be for, where that is the reason; empty is that of products without one.
    """

    code = "role"
    person: str
    role: str
    who_can: tuple[str, ...] = ()
    family: str | None = None


@dataclass(eq=False)
class ReadsOnly(Refusal):
    """The person holds no role that may change anything."""

    code = "reads-only"
    person: str


@dataclass(eq=False)
class NotQualified(Refusal):
    """The procedure asks for a qualification that the person never had (``ended`` None) or no longer has."""

    code = "not-qualified"
    person: str
    procedure: str
    ended: date | None
    who_can: tuple[str, ...] = ()
    who_renews: tuple[str, ...] = ()


@dataclass(eq=False)
class CannotGrantAlone(Refusal):
    """A role, a qualification or a person is granted by two people, one an administrator."""

    code = "grant-alone"
    person: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class AlreadyEnrolled(Refusal):
    """A login or staff number is taken."""

    code = "already-enrolled"
    field: str
    value: str
    person: str


@dataclass(eq=False)
class LookAlike(Refusal):
    """A name reads like one that is there; two people must state that it is another person.

    ``listed``: the other has no key, and may be the very person who is to be enrolled.
    """

    code = "look-alike"
    name: str
    other: str
    listed: bool = False


@dataclass(eq=False)
class TwoNeeded(Refusal):
    """The act takes two different people."""

    code = "two-needed"
    act: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class OwnConcern(Refusal):
    """What wants explaining is explained by somebody whom it is not about."""

    code = "own-concern"
    person: str


@dataclass(eq=False)
class OthersChecks(Refusal):
    """How somebody finds is evidence for who looks after the checks, never for colleagues."""

    code = "others-checks"
    person: str


@dataclass(eq=False)
class WrongSecret(Refusal):
    """The secret does not open this person's key.

    ``way``: ``password``, ``badge`` or ``pin``. ``wait``: seconds until the next try; ``left``: failures until another
    person must unlock; both None where nobody counts. ``pin_left``: failures until the sitting's PIN is gone.
    """

    code = "wrong-secret"
    login: str
    way: str = "password"
    wait: int | None = None
    left: int | None = None
    pin_left: int | None = None


@dataclass(eq=False)
class TryLater(Refusal):
    """The wait after a failed try is not over; the secret was not looked at."""

    code = "try-later"
    person: str
    seconds: int


@dataclass(eq=False)
class Locked(Refusal):
    """Too many failed tries in a row: time passes, or another person unlocks. The secret was not looked at."""

    code = "locked"
    person: str
    seconds: int
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class NotLocked(Refusal):
    """Only somebody who is locked can be unlocked."""

    code = "not-locked"
    person: str


@dataclass(eq=False)
class UnlockedByAnother(Refusal):
    """Nobody unlocks their own key."""

    code = "unlock-own"
    person: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class PinOver(Refusal):
    """The PIN of this sitting is gone: tried wrongly too often, idle too long, or the person changed."""

    code = "pin-over"
    person: str


@dataclass(eq=False)
class PasswordNeeded(Refusal):
    """This takes the password itself; a badge or a PIN does not do."""

    code = "password-needed"
    person: str


@dataclass(eq=False)
class BadgeUnknown(Refusal):
    """No badge with this code opens anything: it was stopped, or never issued here."""

    code = "badge-unknown"


@dataclass(eq=False)
class BadgeOfAnother(Refusal):
    """The badge that was scanned is not the one of who is to sign; its PIN was not asked for."""

    code = "badge-of-another"
    person: str
    owner: str


@dataclass(eq=False)
class NoBadge(Refusal):
    """This person has no badge that could be stopped."""

    code = "no-badge"
    person: str


@dataclass(eq=False)
class NotYourSession(Refusal):
    """The act is signed by the person whose session it is."""

    code = "other-session"
    person: str


@dataclass(eq=False)
class SittingOver(Refusal):
    """The sitting was closed, nobody worked in it for ``idle_minutes``, or the key was given up (0).

    Whoever works here signs in again.
    """

    code = "sitting-over"
    person: str
    idle_minutes: int = 0


@dataclass(eq=False)
class LastAdministrator(Refusal):
    """Taking this away would leave nobody who can grant anything."""

    code = "last-administrator"
    person: str


@dataclass(eq=False)
class SheetNotNeeded(Refusal):
    """The recovery sheet stands in only while fewer than two other people can sign."""

    code = "sheet-not-needed"
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class SheetNotHere(Refusal):
    """The recovery sheet stands in on enrolling, revoking, unlocking and lifting a suspension, and on nothing else."""

    code = "recovery"


@dataclass(eq=False)
class WrongSheet(Refusal):
    """The code is well written, and opens no sheet that is good now: a used one, or another workspace's."""

    code = "wrong-sheet"


@dataclass(eq=False)
class QualificationNotHeld(Refusal):
    """There is no such qualification to take away."""

    code = "qualification-not-held"
    person: str
    procedure: str


@dataclass(eq=False)
class RoleNotHeld(Refusal):
    """There is no such role to take away."""

    code = "role-not-held"
    person: str
    role: str


@dataclass(eq=False)
class NotSuspended(Refusal):
    """There is no suspension to lift."""

    code = "not-suspended"
    person: str


@dataclass(eq=False)
class KeyEnded(Refusal):
    """The person has no key that could be ended; it ended before."""

    code = "key-ended"
    person: str
    why: str


@dataclass(eq=False)
class SuspectCheck(Refusal):
    """A signature of the round was given with a key that is in doubt; it does not count until it is made afresh."""

    code = "suspect"
    batch: str
    person: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class NothingSuspect(Refusal):
    """No signature of the batch is in doubt, so its round stays as it is."""

    code = "nothing-suspect"
    batch: str


# Procedures, instruments --------------------------------------------------------------------------------------


@dataclass(eq=False)
class AuthorCannotApprove(Refusal):
    """The author of a version does not approve it."""

    code = "author-approves"
    person: str
    procedure: str
    version: int
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class ProcedureState(Refusal):
    """The version is in another state than the act needs."""

    code = "procedure-state"
    procedure: str
    version: int
    state: str


@dataclass(eq=False)
class ProcedureChanged(Refusal):
    """The draft was changed after the person read it."""

    code = "procedure-changed"
    procedure: str
    version: int


@dataclass(eq=False)
class ProcedureNotApproved(Refusal):
    """Nobody inspects under a version that is not approved."""

    code = "procedure-not-approved"
    procedure: str
    version: int
    state: str


@dataclass(eq=False)
class NoProcedure(Refusal):
    """No approved procedure covers the product."""

    code = "no-procedure"
    product: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class ProcedureOverdue(Refusal):
    """Nobody starts under a version whose review is overdue."""

    code = "procedure-overdue"
    procedure: str
    version: int
    due: date
    owner: str


@dataclass(eq=False)
class InspectionDiscontinued(Refusal):
    """No round opens where too many lots were not accepted on tightened inspection, until corrective action was taken."""

    code = "discontinued"
    supplier: str
    product: str
    procedure: str
    defect_class: str
    lots: tuple[str, ...]
    since: int
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class SeverityNotSet(Refusal):
    """The switching rules do not let people set this severity from where the class stands.

    ``problem``: same, discontinued, never_reduced, not_due or not_switched.
    """

    code = "severity-not-set"
    problem: str
    procedure: str
    defect_class: str
    severity: str
    to: str


# Audits of suppliers --------------------------------------------------------------------------------------------


@dataclass(eq=False)
class AuditTemplateState(Refusal):
    """A draft is approved, and an audit opened by what is approved; nothing else."""

    code = "audit-template-state"
    template: str
    version: int
    was: str


@dataclass(eq=False)
class AuthorApprovesTemplate(Refusal):
    """Whoever wrote a version of an audit template does not approve it."""

    code = "audit-template-author"
    person: str
    template: str
    version: int


@dataclass(eq=False)
class TemplateChanged(Refusal):
    """The template was written anew since it was read."""

    code = "audit-template-changed"
    template: str
    version: int


@dataclass(eq=False)
class AuditState(Refusal):
    """The audit does not stand where this can be done: nothing is answered after signing."""

    code = "audit-state"
    audit: str
    stands: str


@dataclass(eq=False)
class AuditNotYours(Refusal):
    """Before the first signature only the auditor answers and signs."""

    code = "audit-not-yours"
    person: str
    audit: str


@dataclass(eq=False)
class AuditorReviews(Refusal):
    """The auditor does not review the own audit."""

    code = "audit-reviewer"
    person: str
    audit: str


@dataclass(eq=False)
class AuditIncomplete(Refusal):
    """An audit is signed only with every question answered; ``critical``: those of them that are critical."""

    code = "audit-incomplete"
    audit: str
    questions: tuple[str, ...]
    critical: tuple[str, ...]


@dataclass(eq=False)
class NotSettled(Refusal):
    """What both answered otherwise is settled by both, all of it and nothing else."""

    code = "audit-not-settled"
    audit: str
    questions: tuple[str, ...]


@dataclass(eq=False)
class AuditBlind(Refusal):
    """Nobody but the auditor sees the answers before a second person has signed the review."""

    code = "audit-blind"
    audit: str


@dataclass(eq=False)
class AuditMovedOn(Refusal):
    """What was taken along cannot be brought in: the audit was signed here meanwhile."""

    code = "audit-moved-on"
    audit: str


@dataclass(eq=False)
class ActionIsClosed(Refusal):
    """Nothing more is said in a corrective action that is closed."""

    code = "action-closed"
    action: str


@dataclass(eq=False)
class NotFixed(Refusal):
    """A corrective action is not closed, nor called fixed, before the tests of its promises passed."""

    code = "not-fixed"
    action: str
    promises: tuple[str, ...]
    none_made: bool = False
    stopped: bool = False
    beside: tuple[str, ...] = ()
    rejected: str = ""
    narrow: bool = False


@dataclass(eq=False)
class OwnPaper(Refusal):
    """Whoever put down that a promised document came does not close its corrective action: somebody else looks at it."""

    code = "own-paper"
    action: str
    document: str


@dataclass(eq=False)
class ReleaseStopped(Refusal):
    """A defect came again after its corrective action: nothing of its supplier and product goes out until two decide."""

    code = "release-stopped"
    batch: str
    supplier: str
    product: str
    defect: str
    action: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class InstrumentOverdue(Refusal):
    """The reading of an instrument past its calibration is refused."""

    code = "instrument-overdue"
    instrument: str
    due: date | None
    use_instead: tuple[tuple[str, date], ...] = ()


@dataclass(eq=False)
class MeasuredBehind(Refusal):
    """What was measured while the clock stood behind is not signed when the instrument is past its calibration today."""

    code = "measured-behind"
    instrument: str
    due: date | None
    units: tuple[int, ...]


@dataclass(eq=False)
class InstrumentBlocked(Refusal):
    """A blocked instrument measures nothing."""

    code = "instrument-blocked"
    instrument: str
    use_instead: tuple[tuple[str, date], ...] = ()


@dataclass(eq=False)
class InstrumentOfOtherKind(Refusal):
    """Where the procedure names a kind of instrument, one of another kind, or none, gives no reading."""

    code = "instrument-kind"
    unit: int
    characteristic: str
    name: str
    kind: str
    instrument: str | None = None
    instrument_kind: str = ""
    use_instead: tuple[tuple[str, date], ...] = ()


# The sign-off machine (trust.md §8) ---------------------------------------------------------------------------


@dataclass(eq=False)
class WrongState(Refusal):
    """The batch is not where this act can happen."""

    code = "state"
    batch: str
    state: str
    act: str


@dataclass(eq=False)
class Held(Refusal):
    """The batch is quarantined: nothing is released or shipped."""

    code = "held"
    batch: str
    by: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class NotHeld(Refusal):
    """There is no hold to lift."""

    code = "not-held"
    batch: str


@dataclass(eq=False)
class PlaceTaken(Refusal):
    """Somebody has this place already."""

    code = "place-taken"
    place: str
    by: str
    signed: bool


@dataclass(eq=False)
class NotYourCheck(Refusal):
    """Only its person enters, corrects or signs a check."""

    code = "not-your-check"
    person: str
    owner: str


@dataclass(eq=False)
class CheckClosed(Refusal):
    """The check is signed, set aside or retracted; nothing more goes into it."""

    code = "check-closed"
    state: str


@dataclass(eq=False)
class Incomplete(Refusal):
    """Missing is not good: units without a result, or readings not taken, block the signature."""

    code = "incomplete"
    units: tuple[int, ...]
    readings: tuple[tuple[int, str], ...] = ()


@dataclass(eq=False)
class PhotosMissing(Refusal):
    """The procedure plans a photo of each defect of a class (§8.3); ``findings``: unit and code of those without."""

    code = "photos-missing"
    findings: tuple[tuple[int | None, str], ...]


@dataclass(eq=False)
class NotReviewed(Refusal):
    """Of what is in review the second person opens every defect and every value out of limits (§8.3).

    ``claims``: unit and code of those that are not opened yet.
    """

    code = "not-reviewed"
    claims: tuple[tuple[int, str], ...] = ()


@dataclass(eq=False)
class NotDoneNotAllowed(Refusal):
    """The procedure does not allow a unit to be left out."""

    code = "not-done"
    units: tuple[int, ...]


@dataclass(eq=False)
class ChangedMeanwhile(Refusal):
    """What would be signed, or saved over, is not what the person saw."""

    code = "changed-meanwhile"
    by: str | None = None
    saving: bool = False


@dataclass(eq=False)
class MakersMissing(Refusal):
    """For an own line the makers are named before a round opens."""

    code = "makers-missing"
    batch: str


@dataclass(eq=False)
class NotAccepted(Refusal):
    """Release needs two accepting sign-offs and a comparison that accepts."""

    code = "four-eyes"
    batch: str
    state: str


@dataclass(eq=False)
class ThirdNeeded(Refusal):
    """A setting asks for a third person at the release."""

    code = "third-releases"
    person: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class AgainUsedUp(Refusal):
    """A batch is done again once only."""

    code = "again-once"
    batch: str


@dataclass(eq=False)
class CriticalOpen(Refusal):
    """Not while a critical is claimed. ``rejected``: the round has rejected, so the goods are disposed of."""

    code = "critical-open"
    batch: str
    units: tuple[int, ...]
    rejected: bool = False


@dataclass(eq=False)
class UnresolvedUnits(Refusal):
    """The third person looks at every disputed unit."""

    code = "unresolved"
    units: tuple[int, ...]


@dataclass(eq=False)
class MoreThanReleased(Refusal):
    """Never more is shipped than was released."""

    code = "more-than-released"
    batch: str
    asked: int
    left: int


@dataclass(eq=False)
class HoldOfRetraction(Refusal):
    """A hold that a retracted check brought ends by rework or by a third person's order, not by lifting."""

    code = "retraction-holds"
    batch: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class ProcedureStopped(Refusal):
    """Nothing is released that was inspected by a version taken out of use since."""

    code = "procedure-stopped"
    procedure: str
    version: int


@dataclass(eq=False)
class SupplierBlocked(Refusal):
    """Nothing of a blocked supplier is released."""

    code = "supplier-blocked"
    batch: str
    supplier: str
    reason: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class StatusStands(Refusal):
    """A supplier is what it would be set to already."""

    code = "status-stands"
    status: str


@dataclass(eq=False)
class SupplierIsAnother(Refusal):
    """A supplier is the same as another one, ``other``, and cannot be taken for one of its own.

    ``act``: ``batch`` (a new batch of it), ``merge`` (into yet another one), ``into`` (another one into it), ``has``
    (it is the one that ``other`` is the same as, and cannot be merged itself).
    """

    code = "supplier-merged"
    supplier: str
    other: str
    act: str


@dataclass(eq=False)
class EventHolds(Refusal):
    """Only an event that fails verification is declared void."""

    code = "event-holds"
    number: int


@dataclass(eq=False)
class LogNotWhole(Refusal):
    """The tables are not written anew from a log that itself lacks something: they may hold what it lost."""

    code = "log-not-whole"
    number: int


@dataclass(eq=False)
class CertificateStands(Refusal):
    """What is certified begins no new round: its certificate would go on saying that it is released."""

    code = "certificate-stands"
    batch: str
    number: int


@dataclass(eq=False)
class OwnEvent(Refusal):
    """An event that breaks a rule is explained by two who neither signed it nor have anything of it."""

    code = "own-event"
    person: str
    number: int


@dataclass(eq=False)
class StillReleased(Refusal):
    """What a release rests on is declared void only once the release is taken back."""

    code = "still-released"
    batch: str


@dataclass(eq=False)
class TimeFar(Refusal):
    """The true time named is far from what the clock reads (microseconds UTC); two people must say that they mean it."""

    code = "time-far"
    named: int
    reads: int


@dataclass(eq=False)
class ClockBlocked(Refusal):
    """The station's clock is behind the log by more than two minutes: no acts, but to correct it."""

    code = "clock"
    seconds: int


@dataclass(eq=False)
class CriticalConceded(Refusal):
    """A critical is never conceded: sorted out, returned or scrapped instead."""

    code = "concession-critical"
    batch: str
    units: tuple[int, ...]


@dataclass(eq=False)
class AskedForConcession(Refusal):
    """Who asked for (or approved) a concession neither approves it nor checks these units.

    ``part``: which of the two it was; empty: the one who says so does not know.
    """

    code = "asked-concession"
    person: str
    act: str
    who_can: tuple[str, ...] = ()
    part: Literal["", "asked", "approved"] = ""


@dataclass(eq=False)
class OutsiderNeeded(Refusal):
    """One of the two who approve a concession is neither of the two who checked nor a maker, or the customer consents."""

    code = "concession-outsider"
    batch: str
    who_can: tuple[str, ...] = ()


@dataclass(eq=False)
class QuantitiesDiffer(Refusal):
    """What becomes of the goods adds up to the goods there are; ``concession``: no more are conceded than there are."""

    code = "quantities"
    batch: str
    given: int
    there: int
    concession: bool = False


@dataclass(eq=False)
class PartTooSmall(Refusal):
    """A part of a batch is a batch of its own, which has at least one unit."""

    code = "part-small"
    batch: str
    part: str
    quantity: int


@dataclass(eq=False)
class CriticalNowhere(Refusal):
    """Where a batch is split, it is said into which part each unit went on which anyone claimed a critical."""

    code = "critical-nowhere"
    batch: str
    units: tuple[int, ...]


@dataclass(eq=False)
class CheckRunning(Refusal):
    """What becomes of goods is not settled while somebody inspects them."""

    code = "check-running"
    batch: str
    place: str
    person: str


@dataclass(eq=False)
class SeededUnits(Refusal):
    """Nothing is released while a seeded unit is still in the batch."""

    code = "seeded-units"
    batch: str
    units: tuple[int, ...]


@dataclass(eq=False)
class NotYet(Refusal):
    """The act belongs to a part that is not built; it is refused until then."""

    code = "not-available"
    act: str


@dataclass(eq=False)
class SelfConfirm(Refusal):
    """A disposition is confirmed by somebody other than who asked."""

    code = "self-confirm"
    person: str


@dataclass(eq=False)
class MakerStays(Refusal):
    """Who is named as a maker does not take that back alone: it would open the independent places."""

    code = "maker-stays"
    person: str


@dataclass(eq=False)
class CodeStays(Refusal):
    """Code and revision of a product stay once a batch of it is registered: procedures go by them."""

    code = "code-stays"
    product: str


@dataclass(eq=False)
class FamilyStays(Refusal):
    """The family of a product, and of all revisions of its code, stays once a batch of it is registered."""

    code = "family-stays"
    product: str
    family: str


@dataclass(eq=False)
class ReworkersMissing(Refusal):
    """Who reworked is recorded before a new round."""

    code = "reworkers-missing"
    batch: str


@dataclass(eq=False)
class Unverified(Refusal):
    """Nothing is released or printed while the record does not verify."""

    code = "unverified"
    batch: str
    whole: bool = False
    """Whether it is the last verification of the whole log that failed, at this station."""


@dataclass(eq=False)
class NotReleased(Refusal):
    """Only a released batch is certified."""

    code = "not-released"
    batch: str
    state: str


@dataclass(eq=False)
class AlreadyCertified(Refusal):
    """A release has one certificate; what is wanted is a copy of it."""

    code = "already-certified"
    batch: str
    number: int


@dataclass(eq=False)
class CopyTaken(Refusal):
    """A print says which copy it is, and that copy has left already; the next one is made anew."""

    code = "copy-taken"
    name: str
    copy: int


@dataclass(eq=False)
class CertificateVoid(Refusal):
    """A certificate whose release was taken back is not printed any more."""

    code = "certificate-withdrawn"
    number: int
    batch: str


@dataclass(eq=False)
class SeenEventLost(Refusal):
    """Nothing is released or certified while the log lacks what was seen, until two people sign what was lost.

    ``kind``: ``missing``, ``differs`` or ``vault``. ``event``, ``at``: the last event that was seen, and when
    (microseconds UTC). ``last``: where the log ends now. ``since``: the last event that was seen and is still there.
    """

    code = "event-lost"
    kind: str
    event: int
    at: int
    last: int
    since: int


@dataclass(eq=False)
class AlreadyThere(Refusal):
    """A number or code is taken."""

    code = "already-there"
    kind: str
    value: str


@dataclass(eq=False)
class ShipDay(Refusal):
    """Goods leave on a day from their release (without one: their registration) to tomorrow; None: not known here."""

    code = "ship-day"
    batch: str
    on: date | None = None
    first: date | None = None
    last: date | None = None


@dataclass(eq=False)
class NumberHad(Refusal):
    """A batch had this number before; it stays that batch's for good."""

    code = "number-had"
    value: str
    batch: str


@dataclass(eq=False)
class ReadsLike(Refusal):
    """A number, a code or a name reads like one that is there; a person must say that it is another one."""

    code = "reads-like"
    kind: str
    value: str
    other: str


@dataclass(eq=False)
class DatabaseRefused(Refusal):
    """The database itself refused by a rule that names no facts; the program should have said so before."""

    code = "database"
    rule: str


@dataclass(eq=False)
class ConcessionOpen(Refusal):
    """One concession at a time is asked for."""

    code = "concession-open"
    batch: str


@dataclass(eq=False)
class NoConcession(Refusal):
    """Nothing is asked for that could be approved or refused."""

    code = "no-concession"
    batch: str


@dataclass(eq=False)
class ConcessionExpired(Refusal):
    """A concession holds up to its last day; nothing is approved or leaves under it later."""

    code = "concession-expired"
    batch: str
    until: date | None = None


@dataclass(eq=False)
class BudgetSpent(Refusal):
    """No more is conceded of a supplier's goods than the budget allows: percent of what was received in the months."""

    code = "concession-budget"
    supplier: str
    percent: Decimal
    months: int
    received: int
    conceded: int
    asked: int


# Nonconformities --------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NonconformityRefused(Refusal):
    """A nonconformity does not go on in this way.

    ``problem``: closed, open, same_owner, linked or not_linked; ``name``: whose, or which corrective action.
    """

    code = "nonconformity"
    nonconformity: int
    problem: str
    name: str = ""


@dataclass(eq=False)
class NonconformityBlind(Refusal):
    """No nonconformity or complaint puts anything down of a batch while a first check may wait for its second."""

    code = "nonconformity-blind"
    batch: str


@dataclass(eq=False)
class NonconformityOwn(Refusal):
    """Who opened a nonconformity last does not close it."""

    code = "nonconformity-own"
    nonconformity: int
    person: str


@dataclass(eq=False)
class NothingNonconforming(Refusal):
    """A nonconformity is of a batch that is stopped or was rejected, or names what a compared round found."""

    code = "nothing-nonconforming"
    batch: str


# Complaints -------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class ComplaintRefused(Refusal):
    """A complaint does not go on in this way.

    ``problem``: closed, same_owner, linked, not_linked, no_batch, never_out, acknowledged, not_acknowledged, judged,
    same_reason, not_judged or call_back_open; ``name``: whose, which batch, who acknowledged it or what it is about.
    """

    code = "complaint"
    complaint: int
    problem: str
    name: str = ""


@dataclass(eq=False)
class ComplaintNotYours(Refusal):
    """Only the owner of a complaint goes on with it, and whoever manages complaints. ``owner``: the name."""

    code = "complaint-owner"
    complaint: int
    owner: str


@dataclass(eq=False)
class TouchNotUndone(Refusal):
    """Only one's own touch is taken back, and once."""

    code = "touch-not-undone"
    touch: int
