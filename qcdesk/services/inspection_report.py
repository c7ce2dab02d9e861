# SPDX-License-Identifier: Apache-2.0
"""The inspection report as filled-in data: everything the paper says, no queries and no layout.

Built from the stored record of a round, never from the tables (trust.md §4). Texts are as their owners wrote
them. Times are RFC 3339 with the offset of the place where the act happened; dates are ISO 8601. Measured
values are decimals, with the digits as typed beside them where these matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from qcdesk.domain.procedures import DefectClass
from qcdesk.domain.severity_runs import SeverityRun
from qcdesk.domain.switching import Pinned
from qcdesk.i18n import Catalogue

Paper = Literal["A4", "Letter"]
Unsealed = Literal["", "blind", "station"]
"""Why a print carries no evidence: a check runs that not everybody may see, or the log does not know the workstation."""
VerdictState = Literal[
    "accepted",
    "released",
    "rejected",
    "disagreed",
    "quarantined",
    "released_under_concession",
    "registered",
    "first_check",
    "awaiting_second",
    "second_check",
    "returned",
    "scrapped",
    "split",
    "withdrawn",
    "cancelled",
]
MEANINGS = (
    "inspected_by",
    "inspected_independently_by",
    "decided_by",
    "rejected_after_all_by",
    "released_by",
    "concession_asked_by",
    "concession_approved_by",
)
Meaning = Literal[
    "inspected_by",
    "inspected_independently_by",
    "decided_by",
    "rejected_after_all_by",
    "released_by",
    "concession_asked_by",
    "concession_approved_by",
]
FoundBy = Literal["both", "first", "second", "third"]
UnitState = Literal["both", "first", "second", "neither", "not_done"]
ClassResult = Literal["acceptable", "not_acceptable", "disputed", "open", "undecided"]
Basis = Literal["aql", "c0", "all", "fixed"]


@dataclass(frozen=True)
class Picture:
    """A photograph or logo: a PNG or JPEG that was decoded whole when it came in, or the outlines of a drawing."""

    data: bytes
    mime: Literal["image/png", "image/jpeg", "image/svg+xml"]


@dataclass(frozen=True)
class Shop:
    """Who inspects: the head of the paper."""

    name: str
    address: str = ""
    logo: Picture | None = None
    footer: str = ""
    accent: str = ""


@dataclass(frozen=True)
class BatchFacts:
    """What was inspected. ``unit_word`` is the owner's word for a unit, such as ``pcs``."""

    number: str
    product_code: str
    product_name: str
    quantity: int
    unit_word: str
    round_no: int = 1
    product_revision: str = ""
    supplier: str = ""
    supplier_place: str = ""
    order: str = ""
    makers: tuple[str, ...] = ()
    made_on: date | None = None
    ship_by: date | None = None
    held: bool = False
    hold_reason: str = ""


@dataclass(frozen=True)
class PartLine:
    """A batch that this one is a part of, or one of its own parts: how many units went which way.

    ``of``: units of the whole. ``way``: see ``domain.splitting``.
    """

    number: str
    quantity: int
    of: int
    way: str
    terms: str = ""


@dataclass(frozen=True)
class ProcedureFacts:
    """By what it was inspected.

    ``mode``: the strictest kind of second check that occurs; ``split`` and ``reviewed`` name what was looked at on an own
    sample, and what was not inspected again. ``by_sheet``: on which day whoever approved came by the
    recovery sheet.
    """

    code: str
    version: int
    title: str
    approved_by: str
    approved_on: date | None
    mode: Literal["blind", "split", "review"] = "blind"
    split: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
    by_sheet: date | None = None


@dataclass(frozen=True)
class PlanFacts:
    """The sampling plan as drawn.

    ``letter`` is read from the lot size, ``plan_letter`` after following arrows. ``fresh`` units only the second person
    looked at, numbered on after ``n``; ``overlap`` of the first person's units both looked at. Both 0: nothing is split.
    ``runs``: the severities of the lots before, of each class where they changed.
    ``plan_type``: how many samples a class may take. ``looked``: where a check goes as far as its own findings lead it,
    how many units each looked at; ``early``: those that ended before the last unit they asked for.
    """

    standard: str
    level: str
    letter: str
    plan_letter: str
    severity: Literal["normal", "tightened", "reduced"]
    n: int
    lot: int
    severity_reason: str = ""
    seed: str = ""
    fresh: int = 0
    overlap: int = 0
    severities: tuple[Pinned, ...] = ()
    runs: tuple[SeverityRun, ...] = ()
    plan_type: Literal["single", "double", "multiple"] = "single"
    looked: tuple[int, ...] = ()
    early: tuple[Literal["first", "second"], ...] = ()


@dataclass(frozen=True)
class StageLine:
    """One sample of a double or multiple plan: ``n`` units in all so far, what was found in them, what it came to.

    ``whole``: both looked at all these units.
    """

    n: int
    found: int
    ac: int | None
    re: int
    state: Literal["accepted", "rejected", "undecided"]
    whole: bool = True


@dataclass(frozen=True)
class ClassLine:
    """The union of both people's findings against Ac and Re, for one class.

    ``basis``: ``aql`` with ``aql`` given, ``c0``, ``all`` (100 %) or ``fixed``. ``n`` is the class's own
    sample size; ``found`` counts nonconforming units, or nonconformities where the plan says so (``counts``).
    ``samples``: what was found in the first person's sample and in the second's, where they are two; ``found`` is then
    the worse. ``ac`` is None where the class could not be accepted yet. ``stages``: of a double or multiple plan, how
    each sample that was needed ended; ``n``, ``found``, ``ac`` and ``re`` are then of the last of these.
    """

    defect_class: DefectClass
    basis: Basis
    n: int
    found: int
    ac: int | None
    re: int
    result: ClassResult
    aql: Decimal | None = None
    counts: Literal["units", "nonconformities"] = "units"
    samples: tuple[int, ...] = ()
    stages: tuple[StageLine, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One measured value of one unit in one check."""

    unit: int
    value: Decimal
    check: Literal["first", "second"]
    inside: bool
    typed: str = ""


@dataclass(frozen=True)
class Gauge:
    """An instrument by which readings were taken, and until when it was calibrated, as they recorded it.

    ``check``: in whose check; None: in both alike.
    """

    number: str
    calibrated_until: date | None
    check: Literal["first", "second"] | None


@dataclass(frozen=True)
class MeasuredLine:
    """A measured characteristic with its limits and every reading of both checks.

    ``mean`` and ``range`` are over both checks, ready to print (rounded by whoever knows the resolution). ``reviewed``:
    the second person reviewed it instead of measuring it again.
    """

    name: str
    unit: str
    nominal: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    count: int
    mean: Decimal | None
    range: Decimal | None
    readings: tuple[Reading, ...]
    outside: int
    instruments: tuple[Gauge, ...] = ()
    code: str = ""
    reviewed: bool = False


@dataclass(frozen=True)
class DefectLine:
    """One finding of the union.

    ``sample_no`` is the number on the goods; None in a tally. ``count`` of a tally.
    """

    defect_class: DefectClass
    code: str
    name: str
    found_by: FoundBy
    sample_no: int | None = None
    count: int = 1
    place: str = ""
    note: str = ""
    withdrawn: bool = False
    withdrawn_reason: str = ""
    settled: Literal["", "holds", "does_not_hold"] = ""
    photo: Picture | None = None
    reviewed: bool = False


@dataclass(frozen=True)
class ReviewedClaim:
    """A claim of the first check that the second person opened, and what was said of it; ``typed`` of a reading."""

    sample_no: int
    code: str
    name: str
    defect_class: DefectClass
    agrees: bool
    note: str = ""
    typed: str = ""


@dataclass(frozen=True)
class GridUnit:
    """One unit of the sample and who found it nonconforming."""

    sample_no: int
    state: UnitState


@dataclass(frozen=True)
class ComparisonFacts:
    """The two checks against each other.

    ``kappa``, with its interval, is None with ``kappa_why`` saying why; ``missed`` is the estimate of nonconforming
    units that both missed in the sample, with its interval and its lower bound; ``reliable`` False with the reason
    when it must not be leant on. ``batch_estimate`` is what that means for the whole batch, with its interval.
    ``percent`` is agreement on units. ``kappa_why`` and ``unreliable_why`` are codes of the comparison, or sentences.
    In a tally, ``units`` is empty and only the counts are given.
    """

    units: tuple[GridUnit, ...]
    both: int
    first: int
    second: int
    neither: int
    percent: Decimal | None = None
    kappa: Decimal | None = None
    kappa_low: Decimal | None = None
    kappa_high: Decimal | None = None
    kappa_why: str = ""
    missed: int | None = None
    missed_low: int = 0
    missed_high: int | None = None
    missed_at_least: int | None = None
    reliable: bool = True
    unreliable_why: str = ""
    batch_estimate: int | None = None
    batch_low: int | None = None
    batch_high: int | None = None
    first_total: int | None = None
    second_total: int | None = None

    @property
    def reason(self) -> str | None:
        """Why the estimate is not to be leaned on, for the wording."""
        return self.unreliable_why or None


@dataclass(frozen=True)
class DecidedClaim:
    """What the third person found to be true of one disputed claim."""

    sample_no: int | None
    code: str
    name: str
    defect_class: DefectClass
    claimed_by: Literal["first", "second"]
    holds: bool
    note: str = ""


@dataclass(frozen=True)
class Decision:
    """The third person's decision; ``outcome`` is the verdict as judged again."""

    outcome: Literal["accepted", "rejected"]
    claims: tuple[DecidedClaim, ...]
    by: str
    reason: str = ""


@dataclass(frozen=True)
class TakenBack:
    """A signed check of an earlier round that its signer took back, and what it had come to, class by class."""

    place: Literal["first", "second", "third"]
    person: str
    verdict: Literal["accepted", "rejected", "undecided"]
    counted: tuple[tuple[DefectClass, int], ...] = ()


@dataclass(frozen=True)
class EarlierRound:
    """How an earlier round of the batch ended; ``rejected_by``: who of two that disagreed rejected it for ``reason``."""

    no: int
    outcome: VerdictState
    on: date
    by: tuple[str, ...]
    reason: str = ""
    taken_back: tuple[TakenBack, ...] = ()
    rejected_by: str = ""


@dataclass(frozen=True)
class SetAsideCheck:
    """A check that was begun and does not count, with the reason."""

    place: Literal["first", "second", "third"]
    person: str
    at: str
    reason: str
    units_done: int = 0
    findings: int = 0
    kind: Literal["set_aside", "retracted"] = "set_aside"


@dataclass(frozen=True)
class Signature:
    """A signature: what it means, who, in which role, when (RFC 3339 with offset), in which event of the log.

    ``marks`` are short codes printed beside it, such as ``makers_own_check``; unknown codes are printed as
    they are. ``by_sheet``: the day on which the person, or this key, came by the recovery sheet;
    ``suspect_from``: the event from which on the key is in doubt, this one or an earlier. ``reason``: where asked.
    """

    meaning: Meaning
    name: str
    staff: str
    role: str
    at: str
    event: int
    marks: tuple[str, ...] = ()
    by_sheet: date | None = None
    suspect_from: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class ConcessionFacts:
    """Under what rejected goods were released: how many, until when, for which defects (code and name), for whom.

    ``consent``: SHA-256 of the file with the customer's own signed consent. ``signatures``: who asked, then who approved.
    """

    quantity: int
    until: date
    deviation: str
    codes: tuple[tuple[str, str], ...]
    reference: str
    signatures: tuple[Signature, ...]
    use: str = ""
    consent: str = ""


@dataclass(frozen=True)
class InspectionReport:
    """One round of one batch, ready to print.

    ``state`` is what stands large on the paper; ``reasons`` are codes or plain sentences under it.
    ``not_done`` are sample numbers that nobody could inspect. ``record`` (SHA-256 hex), ``head_seq``,
    ``head_hash``, ``site`` and ``qr`` are what later verification uses; without ``qr`` no code is drawn.
    ``language`` tags the document. ``copy``: 0 for the first print. ``unsealed``: why the print
    carries no evidence; empty: it does.
    """

    shop: Shop
    state: VerdictState
    batch: BatchFacts
    procedure: ProcedureFacts
    plan: PlanFacts
    classes: tuple[ClassLine, ...]
    signatures: tuple[Signature, ...]
    printed_at: str
    record: str = ""
    head_seq: int = 0
    head_hash: str = ""
    site: str = ""
    qr: str = ""
    unsealed: Unsealed = ""
    tally: bool = False
    measured: tuple[MeasuredLine, ...] = ()
    defects: tuple[DefectLine, ...] = ()
    comparison: ComparisonFacts | None = None
    decision: Decision | None = None
    earlier: tuple[EarlierRound, ...] = ()
    set_aside: tuple[SetAsideCheck, ...] = ()
    not_done: tuple[int, ...] = ()
    concession: ConcessionFacts | None = None
    part_of: tuple[PartLine, ...] = ()
    parts: tuple[PartLine, ...] = ()
    stays: int = 0
    repaired: bool = False
    regraded: str = ""
    reviews: tuple[ReviewedClaim, ...] = ()
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    paper: Paper = "A4"
    language: str = "en"
    copy: int = 0


class ReportPrinter(Protocol):
    """Makes the PDF of a report."""

    def render(self, report: InspectionReport, words: Catalogue, *, paper: Paper | None = None) -> bytes:
        """Return the PDF; the same report gives the same bytes."""
