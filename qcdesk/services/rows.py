# SPDX-License-Identifier: Apache-2.0
"""Flat rows that readers return and screens, command line and reports show; times are microseconds UTC.

Nothing here is a rule. What a person must not see is a different row type from a different port, not an empty field.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, Protocol

from qcdesk.domain.batches import Shown
from qcdesk.domain.batches import State as BatchState
from qcdesk.domain.comparison import Comparison
from qcdesk.domain.concerns import Concern
from qcdesk.domain.events import (
    BatchHeader,
    DefectCodeSaved,
    FirstSeen,
    InstrumentSaved,
    Maker,
    Place,
    ProductSaved,
    ShopChanged,
    SupplierSaved,
    Way,
)
from qcdesk.domain.guessing import Moment
from qcdesk.domain.people import Person
from qcdesk.domain.procedures import Mode, ProcedureContent, ProcedureVersion
from qcdesk.domain.refusals import Refusal
from qcdesk.domain.sampling import ClassVerdict, DefectClass, SamplingPlan
from qcdesk.domain.severity_runs import SeverityRun
from qcdesk.domain.staging import further
from qcdesk.domain.suppliers import UNSAID, Merge, SupplierStanding, SupplierStatus
from qcdesk.domain.switching import Pinned
from qcdesk.services.analysis_rows import AnalysisChoices, AnalysisWish, LotCounts, ReadingColumns
from qcdesk.services.audit_rows import AuditListRow, TemplateRow
from qcdesk.services.care_rows import CareReader
from qcdesk.services.concession_rows import ConcededRow, ConcessionRow
from qcdesk.services.detection_rows import DetectionPage, LearntRow
from qcdesk.services.figure_rows import (
    BehindRow,
    DefectFigures,
    DefectPhotoRow,
    FigureRow,
    LotRunRow,
    SupplierFigures,
)
from qcdesk.services.lapsing_papers import SOON_DAYS, LapsingPaper
from qcdesk.services.lot_rows import LotRow, LotSupplierRow
from qcdesk.services.named_lots import NamedLot
from qcdesk.services.nonconformity_rows import NonconformityReader
from qcdesk.services.part_rows import PartRow
from qcdesk.services.severity_rows import SeverityPage, SeverityRow

Lane = Literal[
    "to_inspect", "waiting_second", "disagreement", "quarantined", "to_release", "ready_to_ship", "done"
]
LANES: tuple[Lane, ...] = (
    "to_inspect",
    "waiting_second",
    "disagreement",
    "quarantined",
    "to_release",
    "ready_to_ship",
)


# Board ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BoardCardRow:
    """A batch in a lane, with nothing that depends on an unsigned or blind result.

    ``since`` is when it entered the lane. ``note`` is a code for why it waits: ``maker`` (you made units),
    ``yours`` (your own first check), ``needs_third``, ``stopped``, ``rejected``, ``rework``, ``released``, ``rest`` (what
    was conceded of it has left, the others wait).
    """

    batch: str
    number: str
    product: str
    supplier: str
    state: BatchState
    held: bool
    lane: Lane
    since: int
    ship_by: date | None
    quantity: int
    unit: str
    note: str = ""
    note_person: str = ""
    stands: str = ""
    supplier_id: str = ""
    product_code: str = ""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One thing that waits for the person signed in, oldest or earliest ship-by first.

    ``act``: ``start_first``, ``continue_check``, ``start_second``, ``decide``, ``release``, ``approve_procedure``,
    ``confirm_rework``. ``done``/``of`` units of the person's own unfinished check.
    """

    act: str
    subject: str
    title: str
    product: str
    supplier: str
    since: int
    ship_by: date | None
    done: int | None = None
    of: int | None = None
    check: str | None = None


MOST_COUNTED: Final = 1_000
"""So many batches of a lane are counted; that there are more is said, not how many, so that asking stays quick."""


@dataclass(frozen=True, slots=True)
class LanePage:
    """One page of a lane: rows, the whole count, and the key from which the next page goes on (None: the end).

    ``total`` above ``MOST_COUNTED``: there are more than that.
    """

    rows: tuple[BoardCardRow, ...]
    total: int
    after: str | None


# People ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WallRow:
    """A name on the sign-in wall."""

    person: str
    login: str
    name: str
    staff: str
    last_signed_in: int | None
    status: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the people list.

    ``by_sheet``: when the person, or the key that is good now, came by the recovery sheet. ``another_than``:
    names of those whom two people stated this person not to be. ``suspect_from``: the first event from which on a key of
    theirs is in doubt.
    """

    person: Person
    enrolled_by: tuple[str, ...]
    since: int
    by_sheet: int | None = None
    another_than: tuple[str, ...] = ()
    suspect_from: int | None = None


@dataclass(frozen=True, slots=True)
class RecoveryUseRow:
    """A use of the recovery sheet, to be shown at every login for 90 days. ``act``: type of the event it signed."""

    seq: int
    at: int
    act: str
    by: str
    person: str


@dataclass(frozen=True, slots=True)
class SuspectReleaseRow:
    """A released batch that a key in doubt has touched: for the owner, until it is withdrawn.

    ``places``: the signatures of that key that stand on it (``first``, ``second``, ``third``, ``release``).
    """

    batch: str
    number: str
    person: str
    suspect_from: int
    places: tuple[str, ...]
    released: int
    shipped: int


# Batch ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MayRow:
    """An act on this batch for this person: allowed, or refused with the reason and who can do it."""

    act: str
    allowed: bool
    why_not: Refusal | None = None
    who_can: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckHeadRow:
    """That a check exists and who makes it; nothing of what it found."""

    check: str
    place: Place
    person: str
    person_name: str
    state: Literal["open", "signed", "set_aside", "retracted"]
    started_at: int
    signed_at: int | None
    reason: str = ""
    had: Literal["accepted", "rejected"] | None = None
    """What it had come to, where its signer took it back and a comparison stands since: hidden until then."""


@dataclass(frozen=True, slots=True)
class RoundHeadRow:
    """A round of a batch: state and checks, nothing of what they found."""

    round: str
    no: int
    opened_at: int
    procedure: str
    version: int
    severity: str
    n: int
    outcome: str | None
    checks: tuple[CheckHeadRow, ...]
    severity_reason: str = "start"
    severities: tuple[Pinned, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature beside a name: what it means, who, when, in which event.

    ``by_sheet``: when the person (or this key) came by the recovery sheet. ``suspect_from``: the key is in
    doubt from this event on, which is this one or earlier. ``clock_behind``: some of what it stands on was entered while
    the clock stood behind. ``event``: as ``seq`` in ``AuditRow``.
    """

    meaning: str
    person: str
    name: str
    staff: str
    role: str
    at: int
    event: int | None
    maker: bool = False
    clock_suspect: bool = False
    by_sheet: int | None = None
    suspect_from: int | None = None
    clock_behind: bool = False


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of a batch's history. ``act``: signed with the secret (filled); else an entry (quiet).

    ``kind`` is the event's type in the log; ``facts`` what a sentence about it needs. ``count`` > 1 folds a run of
    entries of one person into one line.
    ``suspect``: the person's key was in doubt then; ``clock_suspect``: the station's clock was known to
    be ahead; ``clock_behind``: it came while the clock stood behind the log, or signs what came then; ``by_sheet``: of an
    act, when whoever signed it came by the recovery sheet. ``seq``: as in ``AuditRow``.
    """

    seq: int | None
    at: int
    kind: str
    act: bool
    person: str
    facts: dict[str, str]
    count: int = 1
    suspect: bool = False
    clock_suspect: bool = False
    clock_behind: bool = False
    by_sheet: int | None = None


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """Goods that left."""

    shipment: str
    quantity: int
    to: str
    on: date
    document: str
    by: str


@dataclass(frozen=True, slots=True)
class UnexplainedRow:
    """A release that was withdrawn, or goods that left without one: it stays on the owner's page.

    ``shipped``: units that had left under the release; ``to``: whom they went to.
    """

    kind: Literal["withdrawn", "left_unreleased"]
    batch: str
    number: str
    quantity: int
    shipped: int
    to: str
    reason: str
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class BatchConcession:
    """The concession of a batch's present round: what was asked for, how it stands, who asked, then who approved."""

    row: ConcessionRow
    signatures: tuple[SignatureRow, ...]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """Everything the batch screen shows to one person. ``lifts``: the hold that lifting ends, which goes first.

    ``here``: units that neither left nor are a batch of their own. ``critical``: where it may be split, units with a
    claimed critical.
    """

    batch: str
    header: BatchHeader
    supplier: str | None
    product: str
    note: str
    state: BatchState
    held: bool
    hold_kind: str
    hold_reason: str | None
    hold_by: str
    hold_at: int | None
    shown: Shown
    lifts: str | None
    registered_at: int
    registered_by: str
    makers: tuple[Maker, ...]
    maker_names: tuple[str, ...]
    reworkers: tuple[str, ...]
    rounds: tuple[RoundHeadRow, ...]
    signatures: tuple[SignatureRow, ...]
    shipments: tuple[ShipmentRow, ...]
    released: int
    shipped: int
    next_severity: str
    may: tuple[MayRow, ...]
    blind: bool
    verdict: str | None
    next_severities: tuple[Pinned, ...] = ()
    stands: str = ""
    concession: BatchConcession | None = None
    here: int = 0
    repaired: bool = False
    ordered: str = ""
    """Which way two people sent it last."""
    waits_for_rework: bool = False
    regraded: str = ""
    part_of: PartRow | None = None
    parts: tuple[PartRow, ...] = ()
    critical: tuple[int, ...] = ()
    named: tuple[NamedLot, ...] = ()
    """Reports from outside that name a lot of its supplier by this batch's number."""

    @property
    def not_conceded(self) -> int:
        """Return how many units are here that were not conceded with the others: rejected, until two people decide."""
        left = self.released - self.shipped
        return self.here - left if self.state == "released_under_concession" else 0


@dataclass(frozen=True, slots=True)
class BatchListRow:
    """A batch in a list or a search result."""

    batch: str
    number: str
    product: str
    supplier: str
    quantity: int
    state: BatchState
    held: bool
    lane: Lane
    ship_by: date | None
    registered_at: int
    round_no: int


# Runner ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding of one check."""

    id: str
    unit: int | None
    code: str
    name: str
    defect_class: DefectClass
    count: int
    place: str
    note: str
    photo: str | None
    at: int
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A reading of one check; ``replaced`` when a later one corrects it."""

    id: str
    unit: int
    characteristic: str
    typed: str
    value: str
    measure: str
    inside: bool
    instrument: str | None
    at: int
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the sample in one's own check: its sample number, its number in the batch, and whether it is done.

    ``measures``: what is to be measured on it; None: all that the procedure measures. ``looks``: the codes of the keypad
    that this person is to look for on it; None: all.
    """

    unit: int
    number: int
    done: bool
    not_done: str | None
    measures: tuple[str, ...] | None = None
    looks: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OwnCheckPage:
    """One's own check as the runner shows it. It has no field of anybody else's check.

    ``again``: units that nothing is asked of, on which what is in review may be found or measured again. ``asked``: how
    many units it asks for by what is on record so far; more only once a class needs its next sample. ``may_end``: it
    rejects for certain, and the procedure lets it end there.
    """

    check: str
    batch: str
    round: str
    place: Place
    person: str
    person_name: str
    header: BatchHeader
    procedure: ProcedureVersion
    severity: str
    severity_reason: str
    tally: bool
    state: Literal["open", "signed", "set_aside", "retracted"]
    held: bool
    units: tuple[UnitRow, ...]
    findings: tuple[FindingRow, ...]
    measured: tuple[MeasuredRow, ...]
    verdicts: tuple[ClassVerdict, ...]
    started_at: int
    saved_at: int | None
    instruments: tuple[InstrumentSaved, ...]
    again: tuple[UnitRow, ...] = ()
    plan: SamplingPlan | None = None
    asked: int = 0
    may_end: bool = False
    severities: tuple[Pinned, ...] = ()

    @property
    def begun(self) -> frozenset[int]:
        """The sample numbers on which anything is on record."""
        found = {f.unit for f in self.findings if f.unit is not None} | {m.unit for m in self.measured}
        return frozenset(found | {u.unit for u in self.units if u.done})

    @property
    def further(self) -> int:
        """How many units a further sample asks for, while nothing of it is on record; 0: nothing new is asked for."""
        if self.plan is None:
            return 0
        open_units = [u.unit for u in self.units if not u.done]
        return len(further(self.plan, self.verdicts, open_units, self.begun))


@dataclass(frozen=True, slots=True)
class SigningPage:
    """What is being signed, in facts; ``record`` is the hash that the signature will stand on.

    ``reviewed`` of ``to_review`` claims of the first check were opened, in a second check that reviews anything.
    """

    check: str
    batch: str
    number: str
    place: Place
    meaning: str
    record: str
    verdict: str
    classes: tuple[ClassVerdict, ...]
    units: int
    of: int
    not_done: tuple[int, ...]
    findings: int
    withdrawn: int
    readings: int
    outside: int
    missing: Refusal | None
    to_review: int = 0
    reviewed: int = 0


# Review ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReviewClaimRow:
    """A claim of the first check of something in review, for its second person: a finding, or a reading out of limits.

    ``claim``: its id, by which it is opened. ``number``: of the unit in the batch. ``typed``, ``value``, ``measure``,
    ``lower``, ``upper``, ``instrument``: of a reading only. ``agrees``: what the second person said of it, with ``said``
    for why not; None: not opened yet. ``own``: what the second person measured again on this unit; it speaks for itself.
    """

    claim: str
    kind: Literal["finding", "reading"]
    unit: int
    number: int
    code: str
    name: str
    defect_class: DefectClass
    count: int
    at: int
    place: str = ""
    note: str = ""
    photo: str | None = None
    typed: str = ""
    value: str = ""
    measure: str = ""
    lower: Decimal | None = None
    upper: Decimal | None = None
    instrument: str | None = None
    agrees: bool | None = None
    said: str = ""
    own: MeasuredRow | None = None


# Comparison -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A claim of one that the other did not make, to be settled by the third person.

    ``said``: why the second person says that an opened claim is not so. ``count`` of tallied goods: by how many
    ``by`` counted more.
    """

    unit: int | None
    code: str
    name: str
    defect_class: DefectClass
    by: Place
    count: int
    note: str
    photo: str | None
    said: str = ""


@dataclass(frozen=True, slots=True)
class UnsharedRow:
    """A claim of one where the other did not look: on units of one's own sample, or of what was only reviewed.

    ``agrees``: what the second person said of it in review; None: nothing, as of whatever is not in review.
    """

    unit: int
    code: str
    name: str
    defect_class: DefectClass
    by: Place
    count: int
    mode: Mode
    note: str
    photo: str | None
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """The two checks side by side, once both are signed.

    ``n``: units that anybody looked at. ``first_alone`` and ``second_alone``: sample numbers of those of them that only
    one of the two had; ``unshared``: what was claimed where only one looked. ``samples``: where something is split, the
    verdicts of the first person's sample and of the second's, as compared. ``gone_through``: the sample numbers of the
    ``n``, where a check goes as far as its own findings lead it; empty: 1 to ``n``. ``severities``: of each class that
    switches, how strictly the round inspected it and why.
    """

    batch: str
    round: str
    round_no: int
    header: BatchHeader
    state: BatchState
    held: bool
    n: int
    tally: bool
    comparison: Comparison
    classes: tuple[ClassVerdict, ...]
    outcome: str
    reasons: tuple[str, ...]
    first: CheckHeadRow
    second: CheckHeadRow
    first_findings: tuple[FindingRow, ...]
    second_findings: tuple[FindingRow, ...]
    first_measured: tuple[MeasuredRow, ...]
    second_measured: tuple[MeasuredRow, ...]
    set_aside_findings: tuple[FindingRow, ...]
    first_seconds: int
    second_seconds: int
    disputes: tuple[DisputeRow, ...]
    decided_by: str | None
    signatures: tuple[SignatureRow, ...]
    may: tuple[MayRow, ...]
    note: str
    content: ProcedureContent
    first_alone: tuple[int, ...] = ()
    second_alone: tuple[int, ...] = ()
    unshared: tuple[UnsharedRow, ...] = ()
    samples: tuple[tuple[ClassVerdict, ...], ...] = ()
    gone_through: tuple[int, ...] = ()
    severities: tuple[Pinned, ...] = ()

    @property
    def units(self) -> tuple[int, ...]:
        """The sample numbers that anybody looked at."""
        return self.gone_through or tuple(range(1, self.n + 1))


# Master data ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SupplierListRow:
    """A supplier in the list."""

    supplier: SupplierSaved
    batches: int
    defects: int
    last_batch_at: int | None
    same_as: str = ""
    """Name of the one that it is the same as, if any."""
    status: SupplierStatus = "approved"


@dataclass(frozen=True, slots=True)
class SupplierDefectRow:
    """A defect of a supplier, newest first: of a lot by its original inspection as it was settled, or from outside."""

    code: str
    name: str
    defect_class: DefectClass
    count: int
    batch: str | None
    number: str
    at: int
    source: str
    found_on: date | None = None
    """The day that a report from outside gives; else it counts from when it was put down."""


@dataclass(frozen=True, slots=True)
class CodeTotalRow:
    """How often a code was found."""

    code: str
    name: str
    defect_class: DefectClass
    count: int


@dataclass(frozen=True, slots=True)
class SameRow:
    """A supplier that is the same as another one, with what both are called."""

    merge: Merge
    code: str
    name: str
    root_code: str
    root_name: str


@dataclass(frozen=True, slots=True)
class SupplierPage:
    """The supplier screen."""

    supplier: SupplierSaved
    batches: tuple[BatchListRow, ...]
    batch_total: int
    defects: tuple[SupplierDefectRow, ...]
    defect_total: int
    totals: tuple[CodeTotalRow, ...]
    severities: tuple[SeverityRow, ...] = ()
    standing: SupplierStanding = UNSAID
    same: tuple[SameRow, ...] = ()
    """Who is the same as whom; the batches, defects, totals and severities are of all of them."""
    named: tuple[NamedLot, ...] = ()
    """Batches that reports from outside name."""
    blocked: tuple[str, ...] = ()
    """Names of others that are the same and are blocked: nothing of this one is released either."""


@dataclass(frozen=True, slots=True)
class ProcedureListRow:
    """A version of a procedure in the list."""

    version: ProcedureVersion
    author_name: str
    approved_by_name: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line of the audit trail; ``name`` of the person and ``number`` of the batch as people call them.

    ``suspect``, ``clock_suspect``, ``clock_behind``, ``by_sheet``: as in ``TimelineRow``. ``seq``: number of the event;
    None where it would count, to a person who may still be the second, how often a first check was saved (told after
    the comparison).
    """

    seq: int | None
    at: int
    kind: str
    act: bool
    person: str
    session: str | None
    station: str
    batch: str | None
    facts: dict[str, str]
    name: str = ""
    number: str = ""
    suspect: bool = False
    clock_suspect: bool = False
    clock_behind: bool = False
    by_sheet: int | None = None
    station_name: str = ""
    """What people call the workstation; empty: it was introduced without a name, or not at all."""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the trail, newest first.

    ``before``: where to ask on, None at the end; for the next question only, and never shown.
    """

    rows: tuple[AuditRow, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Who explained something, when, and how."""

    by: str
    at: int
    note: str


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """Something that wants explaining, with the names in it."""

    concern: Concern
    name: str
    other_name: str
    number: str
    explained: Explanation | None


@dataclass(frozen=True, slots=True)
class FailedTryRow:
    """A try that opened nothing: when (microseconds UTC), at which workstation, in which way."""

    at: int
    station: str
    way: Way


@dataclass(frozen=True, slots=True)
class SignedRow:
    """An act that a person signed: its kind in the log, and the batch's number where it is about one."""

    at: int
    kind: str
    station: str
    number: str


@dataclass(frozen=True, slots=True)
class SignInNotice:
    """What somebody is shown who has just signed in.

    ``before_at``: the sign-in before this one, None for the first. ``failed``: tries that this person has not said to
    have seen, ``failed_to`` the event of the newest (0: none). ``signed``: what was signed last in this person's name,
    before this sign-in.
    """

    before_at: int | None
    before_station: str
    failed: tuple[FailedTryRow, ...]
    signed: SignedRow | None
    failed_to: int = 0


@dataclass(frozen=True, slots=True)
class TriedRow:
    """Tries in a row that failed for one person, with none between that succeeded; ``seq``, ``at``: of the newest.

    ``in_a_row``: how many it were when the newest failed, before which some may be left out. ``station``: what people
    call the workstation; empty: it has no name, or there were several.
    """

    person: str
    name: str
    tries: int
    in_a_row: int
    station: str
    at: int
    seq: int


@dataclass(frozen=True, slots=True)
class LockRow:
    """A lock after too many failed tries. ``until``: microseconds UTC; ``stands``: it is not over and nobody ended it."""

    person: str
    name: str
    login: str
    station: str
    at: int
    until: int
    unlocked_at: int | None
    unlocked_by: str
    stands: bool


@dataclass(frozen=True, slots=True)
class PersonKeysRow:
    """A person's key and badge, since when (microseconds UTC), failed tries in a row, seconds that a lock still has."""

    person: str
    name: str
    login: str
    status: str
    key: str
    key_since: int
    badge: str | None
    badge_since: int | None
    failed: int
    locked_seconds: int


# Ports ----------------------------------------------------------------------------------------------------------


class Readers(Protocol):
    """Lists and pages for people. Whatever would break the blind for ``person`` is refused (``Blind``) or left out."""

    @property
    def care(self) -> CareReader:
        """Return what reads complaints and touches."""

    @property
    def nonconformities(self) -> NonconformityReader:
        """Return what reads nonconformities."""

    def wall(self) -> tuple[WallRow, ...]:
        """Return everyone who can sign in."""

    def reading_language(self, person: str) -> str:
        """Return in which language somebody chose to read; empty: in that of the workstation."""

    def people(self) -> tuple[PersonRow, ...]:
        """Return all people, listed ones too."""

    def recovery_uses(self, now: int) -> tuple[RecoveryUseRow, ...]:
        """Return the uses of the recovery sheet that are shown at every login (90 days), newest first."""

    def suspect_releases(self) -> tuple[SuspectReleaseRow, ...]:
        """Return the released batches that a key in doubt has touched."""

    def waiting(self, person: str, today: date) -> tuple[WaitingRow, ...]:
        """Return what waits for this person, oldest or earliest ship-by first."""

    def lane(self, lane: Lane, person: str, after: str | None = None, limit: int = 50) -> LanePage:
        """Return one page of a lane by ship-by, then age."""

    def search(self, text: str, limit: int = 20) -> tuple[BatchListRow, ...]:
        """Return batches whose number, product, supplier or order matches, folded."""

    def batches(self, state: str | None, after: str | None, limit: int) -> tuple[BatchListRow, ...]:
        """Return batches, newest first."""

    def released(self, since: int, until: int, limit: int = 500) -> tuple[BatchListRow, ...]:
        """Return the batches whose release stands and was signed from one time on up to another, newest first.

        Args: since, until: microseconds UTC; the last is not among them.
        """

    def batch_by_number(self, number: str) -> str:
        """Return the id of a batch by number or id, or by the code of its certificate; BadInput ``unknown_batch``."""

    def batch(self, batch: str, person: str, now: int) -> BatchPage:
        """Return the batch screen for one person."""

    def unexplained(self) -> tuple[UnexplainedRow, ...]:
        """Return withdrawn releases and goods that left without one, newest first."""

    def timeline(self, batch: str, person: str) -> tuple[TimelineRow, ...]:
        """Return the history, without what would break the blind for this person."""

    def comparison(self, batch: str, person: str, now: int, round_no: int | None = None) -> ComparisonPage:
        """Return the two checks side by side; refused before the second is signed."""

    def suppliers(self) -> tuple[SupplierListRow, ...]:
        """Return all suppliers."""

    def supplier(self, supplier: str) -> SupplierPage:
        """Return the supplier screen; takes id or code."""

    def lapsing_papers(self, today: date, days: int = SOON_DAYS) -> tuple[LapsingPaper, ...]:
        """Return certificates of suppliers that lapse within so many days or have lapsed, what ends first first."""

    def alike_suppliers(self, supplier: str) -> tuple[SupplierSaved, ...]:
        """Return suppliers that could be the same as this one (its id), the likeliest first; never those that are."""

    def audits(self, supplier: str | None = None) -> tuple[AuditListRow, ...]:
        """Return audits of a supplier (None: of all), newest first; their results once both have signed."""

    def audit_templates(self) -> tuple[TemplateRow, ...]:
        """Return the newest version of each audit template."""

    def concessions(
        self, today: date, *, supplier: str | None = None, standing: str | None = None
    ) -> tuple[ConcessionRow, ...]:
        """Return the concessions that were ever asked for, newest first: of a supplier (by id), or that stand so."""

    def conceded(self, today: date) -> tuple[ConcededRow, ...]:
        """Return what was conceded of each supplier that has a concession or a budget."""

    def severities(self, *, supplier: str | None = None, product: str | None = None) -> SeverityPage:
        """Return how strictly the next lots are inspected: of a supplier (id; "": own goods), a product, or all."""

    def severity_run(
        self, supplier: str | None, product: str, procedure: str, defect_class: DefectClass
    ) -> SeverityRun:
        """Return what severities stood for the newest lots of a class, in order; last, without a name, the next one's."""

    def lots(self, supplier: str = "", products: Sequence[str] = (), last: int = 20) -> tuple[LotRow, ...]:
        """Return the newest lots with a final verdict: of a supplier (by id), of products (by code), or of all."""

    def detection(
        self, person: str, since: int, until: int, of: str = "", most: int = 5_000
    ) -> DetectionPage:
        """Return who found which defect in the newest settled rounds compared in ``since`` … ``until``, microseconds UTC.

        Whoever looks after the checks (owner, quality manager, auditor) sees everybody, or one person ``of`` whom is
        asked; anybody else the own checks, and is refused (OthersChecks) when asking for another's.
        """

    def learnt(self, round_id: str, person: str) -> tuple[LearntRow, ...]:
        """Return how well the two people of a compared round find, in all and per class, from rounds settled before it.

        Nothing for whoever does not look after the checks.
        """

    def lot_suppliers(self) -> tuple[LotSupplierRow, ...]:
        """Return the suppliers that delivered something, by name."""

    def analysis_choices(self) -> AnalysisChoices:
        """Return what there is to chart: of lots with a final verdict alone, and only what has readings or lots."""

    def readings(self, wish: AnalysisWish) -> ReadingColumns:
        """Return the readings of one characteristic of one product, of lots with a final verdict alone."""

    def figures(self, supplier: str = "*", product: str = "*", today: date | None = None) -> SupplierFigures:
        """Return the figures of a supplier by id (empty: own goods; ``*``: of all), of a product by code or of all.

        They are sums that are kept, so that asking costs the same however much was inspected; only what is settled is
        in them.
        Args: today: lots whose ship-by day is past by then, and that nobody has released or sent away, are due and late.
        """

    def figures_of_each(self, since: str = "", today: date | None = None) -> dict[str, tuple[FigureRow, ...]]:
        """Return the figures of every supplier that has any, by its id, from a month (``2026-03``) on."""

    def defect_figures(self, supplier: str) -> DefectFigures:
        """Return all defects of a supplier by product, month, class and code, from the sums that are kept."""

    def behind(
        self,
        supplier: str,
        pairs: Collection[tuple[str, str]],
        product: str | None = None,
        month: str | None = None,
    ) -> tuple[BehindRow, ...]:
        """Return the lots and reports behind figures, the newest months first, at most 200 of them.

        Args: pairs: name and defect code of each figure (``found.major``, ``SCR``). product, month: only of these.
        """

    def lot_run(self, supplier: str) -> tuple[LotRunRow, ...]:
        """Return the newest lots of a supplier that have a final verdict (of its last 60), oldest first."""

    def defect_photos(self, batches: Sequence[str], code: str) -> tuple[DefectPhotoRow, ...]:
        """Return up to four photos of a defect in these lots, of different lots first; of settled rounds alone."""

    def lot_counts(self, wish: AnalysisWish) -> LotCounts:
        """Return what was found lot by lot, of lots with a final verdict alone; whose readings is not asked."""

    def products(self) -> tuple[ProductSaved, ...]:
        """Return all products."""

    def procedures(self, today: date) -> tuple[ProcedureListRow, ...]:
        """Return all versions of all procedures, newest first."""

    def defect_codes(self) -> tuple[DefectCodeSaved, ...]:
        """Return the catalogue."""

    def instruments(self) -> tuple[InstrumentSaved, ...]:
        """Return all instruments."""

    def shop(self) -> ShopChanged:
        """Return how the shop calls itself."""

    def audit(
        self, person: str, *, batch: str | None = None, of: str | None = None, since: int | None = None
    ) -> tuple[AuditRow, ...]:
        """Return who did what, within the blind rule, oldest first."""

    def audit_page(
        self,
        person: str,
        *,
        batch: str | None = None,
        of: str | None = None,
        since: int | None = None,
        until: int | None = None,
        before: int | None = None,
        limit: int = 200,
    ) -> AuditPage:
        """Return one page of who did what, newest first; ``since`` and ``until`` in microseconds UTC."""

    def closed_from(self, person: str) -> int | None:
        """Return the first event whose number this person is not told, since it would count; None where all are."""

    def concerns(self, person: str, since: int) -> tuple[ConcernRow, ...]:
        """Return what wants explaining since a time, open ones first; MissingRole to all but the owner's kind."""

    def sign_in_notice(self, person: str, after: int = 0, since: int = 0) -> SignInNotice:
        """Return what to show somebody who has just signed in: failed tries, and what was signed last.

        Args: after: tries behind this event only. since: tries from this moment on only, microseconds UTC.
        """

    def tried(self, after: int = 0, since: int = 0) -> tuple[TriedRow, ...]:
        """Return runs of failed tries, newest first, for whoever looks after the shop; arguments as above."""

    def locks(self, now: Moment, since: int = 0) -> tuple[LockRow, ...]:
        """Return locks that began since then, newest first, for whoever looks after the shop."""

    def person_keys(self, now: Moment) -> tuple[PersonKeysRow, ...]:
        """Return everybody who has a key: since when, with which badge, locked or not."""

    def first_seen(self, round_id: str) -> Sequence[FirstSeen]:
        """Return who has seen the first check of a round too early."""


class BlindReader(Protocol):
    """What the runner may load: one's own check only. Its rows have no field of any other check."""

    def own_check(self, check: str, person: str) -> OwnCheckPage:
        """Return one's own check; refused (``NotYourCheck``) to anybody else."""


class ReviewReader(Protocol):
    """What the second person may load of the first check: claims of what is in review, nothing else of it."""

    def claims(self, check: str, person: str) -> tuple[ReviewClaimRow, ...]:
        """Return the first's standing findings and readings out of limits of what is in review, by unit.

        Only for one's own open second check. Raises: BadInput ``unknown_check``; NotYourCheck; CheckClosed; Blind: it is
        no second check, or nothing of it is in review.
        """
