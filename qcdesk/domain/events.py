# SPDX-License-Identifier: Apache-2.0
"""What can happen: the body of every event in the log, one frozen dataclass each.

``TYPE`` is the name in the log and never changes; ``STRENGTH`` says which key signs (trust.md §4): an *act* is signed
by the person's own key and asks for the secret, an *entry* by the key of the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from qcdesk.domain.comparison import Comparison
from qcdesk.domain.people import Role, RoleGrant
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.sampling import ClassVerdict, DefectClass, SamplingPlan

Strength = Literal["act", "entry"]
Place = Literal["first", "second", "third"]
Outcome = Literal["accepted", "rejected", "disagreed"]
Verdict = Literal["accepted", "rejected"]


class Fact:
    """Base of everything that can stand in the log."""

    TYPE: ClassVar[str] = ""
    STRENGTH: ClassVar[Strength] = "entry"


# The workspace and its people ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class FirstPerson:
    """One of the two people with whom a workspace starts."""

    person: str
    login: str
    name: str
    staff: str
    key: str
    public_key: bytes


@dataclass(frozen=True)
class WorkspaceOpened(Fact):
    """Event 1: the root of trust; both first people sign it and hold every role but auditor."""

    TYPE = "workspace.opened"
    STRENGTH = "act"
    vault: str
    shop: str
    people: tuple[FirstPerson, ...]
    recovery_public_key: bytes


@dataclass(frozen=True)
class ShopChanged(Fact):
    """How the shop calls itself on paper; the logo is a stored file's SHA-256."""

    TYPE = "shop.changed"
    STRENGTH = "act"
    name: str
    address: str
    logo: str | None
    paper: Literal["A4", "Letter"]
    third_person_releases: bool = False


@dataclass(frozen=True)
class SessionOpened(Fact):
    """A sitting begins; entries in it are signed by this public key."""

    TYPE = "session.opened"
    STRENGTH = "act"
    session: str
    key: str
    public_key: bytes


@dataclass(frozen=True)
class SessionClosed(Fact):
    """The sitting's key is dead."""

    TYPE = "session.closed"
    session: str


@dataclass(frozen=True)
class PersonEnrolled(Fact):
    """Two enrolled people and the new person sign: from here on this key is that person."""

    TYPE = "person.enrolled"
    STRENGTH = "act"
    person: str
    login: str
    name: str
    staff: str
    key: str
    public_key: bytes
    roles: tuple[RoleGrant, ...]
    languages: tuple[str, ...] = ()
    another_than: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonListed(Fact):
    """A maker, or somebody from an import: has no key and signs nothing."""

    TYPE = "person.listed"
    person: str
    name: str
    staff: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class PersonChanged(Fact):
    """A new spelling of the name, other languages."""

    TYPE = "person.changed"
    STRENGTH = "act"
    person: str
    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class PersonSuspended(Fact):
    """One administrator alone may suspend."""

    TYPE = "person.suspended"
    STRENGTH = "act"
    person: str
    reason: str


@dataclass(frozen=True)
class SuspensionLifted(Fact):
    """Two lift a suspension."""

    TYPE = "person.lifted"
    STRENGTH = "act"
    person: str


@dataclass(frozen=True)
class RoleGranted(Fact):
    """Two people sign."""

    TYPE = "role.granted"
    STRENGTH = "act"
    person: str
    grant: RoleGrant


@dataclass(frozen=True)
class RoleTaken(Fact):
    """One administrator signs."""

    TYPE = "role.taken"
    STRENGTH = "act"
    person: str
    role: Role


@dataclass(frozen=True)
class QualificationGranted(Fact):
    """Two people sign."""

    TYPE = "qualification.granted"
    STRENGTH = "act"
    person: str
    procedure: str
    until: date | None


@dataclass(frozen=True)
class QualificationTaken(Fact):
    """One administrator signs."""

    TYPE = "qualification.taken"
    STRENGTH = "act"
    person: str
    procedure: str


# Master data --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SupplierSaved(Fact):
    """A supplier is added or changed; the whole record as it is now."""

    TYPE = "supplier.saved"
    supplier: str
    code: str
    name: str
    name_latin: str = ""
    country: str = ""
    address: str = ""
    contact: str = ""
    note: str = ""
    source: str | None = None


@dataclass(frozen=True)
class ProductSaved(Fact):
    """A product (one revision) is added or changed; ``unit`` is the word for one piece."""

    TYPE = "product.saved"
    product: str
    code: str
    name: str
    revision: str = ""
    family: str = ""
    unit: str = "pcs"
    picture: str | None = None
    note: str = ""
    source: str | None = None


@dataclass(frozen=True)
class LocalName:
    """A name in one language."""

    language: str
    name: str


@dataclass(frozen=True)
class DefectCodeSaved(Fact):
    """A code of the defect catalogue is added or changed."""

    TYPE = "defect_code.saved"
    code: str
    name: str
    defect_class: DefectClass
    names: tuple[LocalName, ...] = ()
    note: str = ""
    retired: bool = False
    source: str | None = None


@dataclass(frozen=True)
class InstrumentSaved(Fact):
    """An instrument with the day until which its calibration is good (inclusive)."""

    TYPE = "instrument.saved"
    instrument: str
    number: str
    kind: str
    calibrated_until: date | None
    blocked: bool = False
    note: str = ""


@dataclass(frozen=True)
class ProcedureDrafted(Fact):
    """A draft is written or rewritten; ``hash`` is the SHA-256 of the content's canonical form."""

    TYPE = "procedure.drafted"
    code: str
    version: int
    content: ProcedureContent
    hash: str


@dataclass(frozen=True)
class ProcedureApproved(Fact):
    """Signed by someone other than the author; earlier versions retire."""

    TYPE = "procedure.approved"
    STRENGTH = "act"
    code: str
    version: int
    hash: str
    open_batches: Literal["continue"] = "continue"


@dataclass(frozen=True)
class ProcedureRetired(Fact):
    """No round is opened under it any more."""

    TYPE = "procedure.retired"
    STRENGTH = "act"
    code: str
    version: int
    reason: str


@dataclass(frozen=True)
class Imported(Fact):
    """A file came in whole; its rows follow as events of the same transaction."""

    TYPE = "import.done"
    kind: str
    file: str
    sha256: str
    rows: int
    mapping_sha256: str | None = None


@dataclass(frozen=True)
class DefectReported(Fact):
    """A defect reported from outside; never part of a check."""

    TYPE = "defect.reported"
    report: str
    source: str
    code: str
    name: str
    defect_class: DefectClass
    count: int = 1
    batch: str | None = None
    supplier: str | None = None
    product: str | None = None
    found_on: date | None = None
    reference: str = ""
    note: str = ""


# Batches ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Maker:
    """Who made the batch, and which units where that is known."""

    person: str
    units: tuple[int, ...] = ()


@dataclass(frozen=True)
class BatchSaved(Fact):
    """A batch is registered, or changed before its first round opens; the whole record as it is now."""

    TYPE = "batch.saved"
    batch: str
    number: str
    product: str
    quantity: int
    supplier: str | None = None
    line: str = ""
    order: str = ""
    makers: tuple[Maker, ...] = ()
    made_on: date | None = None
    ship_by: date | None = None
    note: str = ""
    source: str | None = None


@dataclass(frozen=True)
class BatchCancelled(Fact):
    """Registered by mistake; no check was begun."""

    TYPE = "batch.cancelled"
    batch: str
    reason: str


@dataclass(frozen=True)
class BatchHeld(Fact):
    """Anyone with a role stops a batch. ``kind`` tells no finding; the words are read like the first check."""

    TYPE = "batch.held"
    batch: str
    hold: str
    kind: str
    reason: str


@dataclass(frozen=True)
class HoldLifted(Fact):
    """Two releasers end the hold and nothing else."""

    TYPE = "batch.lifted"
    STRENGTH = "act"
    batch: str
    hold: str
    reason: str


@dataclass(frozen=True)
class BatchDisposed(Fact):
    """What becomes of a rejected batch; one asks, another confirms."""

    TYPE = "batch.disposed"
    STRENGTH = "act"
    batch: str
    round: str
    disposition: Literal["rework"]
    quantity: int
    reason: str


@dataclass(frozen=True)
class BatchReworked(Fact):
    """Who reworked; the batch waits for a new round, tightened."""

    TYPE = "batch.reworked"
    batch: str
    by: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Shipped(Fact):
    """Part or all of a released batch left."""

    TYPE = "batch.shipped"
    batch: str
    shipment: str
    quantity: int
    to: str
    on: date
    document: str = ""


@dataclass(frozen=True)
class Released(Fact):
    """The release signs over both checks and the comparison, and the decision where there was one."""

    TYPE = "batch.released"
    STRENGTH = "act"
    batch: str
    round: str
    quantity: int
    record: str
    over: tuple[str, ...]


@dataclass(frozen=True)
class Withdrawn(Fact):
    """A release is taken back by any signer or releaser alone."""

    TYPE = "batch.withdrawn"
    STRENGTH = "act"
    batch: str
    reason: str


# Rounds and checks --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PinnedProcedure:
    """The version a round is inspected by, whole; limits cannot change after the fact."""

    code: str
    version: int
    hash: str
    content: ProcedureContent


@dataclass(frozen=True)
class BatchHeader:
    """The batch as it was when the round opened."""

    number: str
    product_code: str
    product_name: str
    revision: str
    unit: str
    quantity: int
    supplier_code: str
    supplier_name: str
    line: str
    order: str
    makers: tuple[str, ...]
    made_on: date | None
    ship_by: date | None


@dataclass(frozen=True)
class RoundOpened(Fact):
    """One inspection of a batch begins: batch, plan and drawn sample are pinned here.

    ``sample`` is unit numbers of the batch in drawn order; position 1 is sample number 1.
    """

    TYPE = "round.opened"
    round: str
    batch: str
    no: int
    header: BatchHeader
    procedure: PinnedProcedure
    plan: SamplingPlan
    severity_reason: str
    seed: str
    sample: tuple[int, ...]
    must_include: tuple[int, ...] = ()


@dataclass(frozen=True)
class CheckStarted(Fact):
    """One person's pass over the sample begins."""

    TYPE = "check.started"
    check: str
    round: str
    batch: str
    place: Place


@dataclass(frozen=True)
class UnitResult:
    """A unit (by sample number, 1-based) is done, or left out for a reason."""

    unit: int
    not_done: str | None = None


@dataclass(frozen=True)
class Finding:
    """A nonconformity found on a unit (None: tallied goods), ``count`` times."""

    id: str
    unit: int | None
    code: str
    defect_class: DefectClass
    count: int = 1
    place: str = ""
    note: str = ""
    photo: str | None = None


@dataclass(frozen=True)
class Measured:
    """A reading: the digits as typed, the value, the unit, and the instrument with its calibration."""

    id: str
    unit: int
    characteristic: str
    typed: str
    value: str
    measure: str
    inside: bool
    defect_class: DefectClass
    instrument: str | None = None
    calibrated_until: date | None = None
    replaces: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class FindingWithdrawn:
    """Nothing is deleted: a finding is withdrawn with a reason and stays in the record."""

    finding: str
    reason: str


@dataclass(frozen=True)
class Recorded(Fact):
    """One save in a running check; may hold all results of one pasted matrix.

    ``tallied`` is how many units have been looked at in all, where goods cannot be told apart.
    """

    TYPE = "check.recorded"
    check: str
    batch: str
    round: str
    results: tuple[UnitResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    measured: tuple[Measured, ...] = ()
    withdrawn: tuple[FindingWithdrawn, ...] = ()
    tallied: int | None = None


@dataclass(frozen=True)
class Resolution:
    """What the third person found to be true of one disputed claim."""

    unit: int | None
    code: str
    defect_class: DefectClass
    count: int
    holds: bool
    note: str = ""


@dataclass(frozen=True)
class Resolved(Fact):
    """One save of the third person: what is true of disputed claims; a later one of the same claim replaces."""

    TYPE = "check.resolved"
    check: str
    batch: str
    round: str
    resolutions: tuple[Resolution, ...]


@dataclass(frozen=True)
class CheckSetAside(Fact):
    """An open check ends without signature; its place is free again, what it found stays in the union."""

    TYPE = "check.set_aside"
    check: str
    round: str
    batch: str
    place: Place
    reason: str


@dataclass(frozen=True)
class Seen:
    """How much was looked at: units done and not, seconds between first and last entry, readings taken."""

    units: int
    of: int
    not_done: int
    readings: int
    seconds: int


@dataclass(frozen=True)
class CheckSigned(Fact):
    """A person's signature on what that person found: "I inspected", "I inspected independently"."""

    TYPE = "check.signed"
    STRENGTH = "act"
    check: str
    batch: str
    round: str
    place: Literal["first", "second"]
    meaning: str
    verdict: Verdict
    classes: tuple[ClassVerdict, ...]
    record: str
    procedure: str
    version: int
    procedure_hash: str
    over: tuple[str, ...]
    mode: Literal["blind"]
    seen: Seen
    maker: bool = False


@dataclass(frozen=True)
class RoundCompared(Fact):
    """Computed from both records inside the second signature's transaction."""

    TYPE = "round.compared"
    batch: str
    round: str
    first: str
    second: str
    comparison: Comparison
    classes: tuple[ClassVerdict, ...]
    outcome: Outcome
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class RoundDecided(Fact):
    """The third person settles every disputed unit; the union as settled is judged again."""

    TYPE = "round.decided"
    STRENGTH = "act"
    check: str
    batch: str
    round: str
    meaning: str
    resolutions: tuple[Resolution, ...]
    classes: tuple[ClassVerdict, ...]
    outcome: Verdict
    record: str
    over: tuple[str, ...]


@dataclass(frozen=True)
class RejectedAfterAll(Fact):
    """One of the two who disagree rejects; rejecting takes one."""

    TYPE = "round.rejected_after_all"
    STRENGTH = "act"
    batch: str
    round: str
    reason: str


@dataclass(frozen=True)
class RoundAgain(Fact):
    """Both who disagree ask for a fresh sample, once per batch."""

    TYPE = "round.again"
    STRENGTH = "act"
    batch: str
    round: str
    reason: str


@dataclass(frozen=True)
class CheckRetracted(Fact):
    """A signer takes a signed check back before release; the batch goes to a new round, or is held."""

    TYPE = "check.retracted"
    STRENGTH = "act"
    check: str
    batch: str
    round: str
    reason: str
    then: Literal["new_round", "held"]
    used_again: bool
    hold: str | None = None


@dataclass(frozen=True)
class PlaceGivenUp(Fact):
    """Someone who must know sooner gives up the second place of a round on purpose."""

    TYPE = "place.given_up"
    round: str
    batch: str
    reason: str


@dataclass(frozen=True)
class FirstSeen(Fact):
    """Someone who could not be the second person saw the first check before the second was signed."""

    TYPE = "first.seen"
    round: str
    batch: str
    what: str


def all_facts() -> dict[str, type[Fact]]:
    """Return every event class by its name in the log."""
    return {cls.TYPE: cls for cls in Fact.__subclasses__()}
