# SPDX-License-Identifier: Apache-2.0
"""Rounds and checks: what each person found, signed, and what comparing them came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from qcdesk.domain import canonical
from qcdesk.domain.codec import LATER, to_data
from qcdesk.domain.comparison import Comparison
from qcdesk.domain.events.fact import Fact, Outcome, Place, Verdict
from qcdesk.domain.procedures import Mode, ProcedureContent
from qcdesk.domain.sampling import ClassVerdict, DefectClass, SamplingPlan
from qcdesk.domain.switching import Pinned, Switched


@dataclass(frozen=True)
class PinnedProcedure:
    """The version a round is inspected by, whole; limits cannot change after the fact."""

    code: str
    version: int
    hash: str
    content: ProcedureContent


@dataclass(frozen=True)
class BatchHeader:
    """The batch as it was when the round opened; ``supplier_country``: two letters, which older rounds lack."""

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
    supplier_country: str = field(default="", metadata=LATER)


@dataclass(frozen=True)
class RoundOpened(Fact):
    """One inspection of a batch begins: batch, plan and drawn sample are pinned here.

    ``sample`` is unit numbers of the batch in drawn order; position 1 is sample number 1. ``carries``: the round
    before, whose own values each person brings along, because a new version of the procedure judges them anew.
    Where something is split, ``fresh`` follows with sample numbers of its own: what only the second person looks at;
    ``overlap`` (sample numbers) is what both do. ``after``: the event from whose hash the seed follows (0: there was
    none); None: an earlier program drew the seed, and what joins the sample, in another way. ``severities``: of each
    class whose severity switches, where it stands and why.
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
    carries: str | None = None
    fresh: tuple[int, ...] = field(default=(), metadata=LATER)
    overlap: tuple[int, ...] = field(default=(), metadata=LATER)
    after: int | None = field(default=None, metadata=LATER)
    severities: tuple[Pinned, ...] = field(default=(), metadata=LATER)

    @property
    def units(self) -> tuple[int, ...]:
        """All unit numbers of the batch that somebody looks at; position 1 is sample number 1."""
        return (*self.sample, *self.fresh)

    @cached_property
    def second_of_split(self) -> frozenset[int]:
        """The sample numbers at which the second person looks for what is split: overlap, what joined, fresh units."""
        return frozenset((*self.overlap, *range(self.plan.n + 1, len(self.units) + 1)))

    @cached_property
    def replaced(self) -> tuple[int, ...]:
        """The sample numbers of which each fresh unit takes one in the second person's sample, in their order."""
        overlap = frozenset(self.overlap)
        return tuple(unit for unit in range(1, self.plan.n + 1) if unit not in overlap)

    @cached_property
    def spelled(self) -> bytes:
        """The canonical bytes of it all, which every record of the round repeats."""
        return canonical.encode(to_data(self))


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
    """A nonconformity found on a unit (None: tallied goods), ``count`` times.

    ``photo``: SHA-256 of the copy that is shown and printed; ``photo_original``: of the picture as it came.
    """

    id: str
    unit: int | None
    code: str
    defect_class: DefectClass
    count: int = 1
    place: str = ""
    note: str = ""
    photo: str | None = None
    photo_original: str | None = field(default=None, metadata=LATER)


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
class Reviewed:
    """A claim of the first person that the second has opened: ``claim`` is the id of the finding or of the reading.

    ``agrees``: whether it is so, as far as can still be seen; if not, ``note`` says why. A later one of the same claim
    replaces it.
    """

    claim: str
    unit: int
    code: str
    defect_class: DefectClass
    count: int = 1
    agrees: bool = True
    note: str = ""


@dataclass(frozen=True)
class Recorded(Fact):
    """One save in a running check; may hold all results of one pasted matrix.

    ``tallied`` is how many units have been looked at in all, where goods cannot be told apart. ``carried_from``: the
    round in which the same person recorded this; a new version of the procedure judges it anew. ``reviewed``: claims of
    the first check that the second person opened, of what is in review only.
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
    carried_from: str | None = None
    reviewed: tuple[Reviewed, ...] = field(default=(), metadata=LATER)


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
    mode: Mode
    seen: Seen
    maker: bool = False


@dataclass(frozen=True)
class RoundCompared(Fact):
    """Computed from both records inside the second signature's transaction.

    ``classes``: the verdict of each class; where something is split, of the worse of both samples, and ``samples`` has
    the first person's and the second's. ``switched``: what the first verdict on a batch makes of its severities.
    """

    TYPE = "round.compared"
    batch: str
    round: str
    first: str
    second: str
    comparison: Comparison
    classes: tuple[ClassVerdict, ...]
    outcome: Outcome
    reasons: tuple[str, ...]
    samples: tuple[tuple[ClassVerdict, ...], ...] = field(default=(), metadata=LATER)
    switched: Switched | None = field(default=None, metadata=LATER)


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
    switched: Switched | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class RejectedAfterAll(Fact):
    """One of the two who disagree rejects; rejecting takes one."""

    TYPE = "round.rejected_after_all"
    STRENGTH = "act"
    batch: str
    round: str
    reason: str
    switched: Switched | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class RoundAgain(Fact):
    """Both who disagree ask for a fresh sample, once per batch.

    ``stands``: what either had signed to have found is shown by the lot whatever the fresh sample shows; nobody has said
    that it was untrue. Earlier programs forgot it.
    """

    TYPE = "round.again"
    STRENGTH = "act"
    batch: str
    round: str
    reason: str
    stands: bool = field(default=False, metadata=LATER)


@dataclass(frozen=True)
class CheckRetracted(Fact):
    """A signer takes a signed check back before release; the batch goes to a new round, or is held.

    ``hold``: one that this brings; None where another retracted check of the round has brought one. ``tightened``: the
    round had rejected, so whatever round comes next is tightened.
    """

    TYPE = "check.retracted"
    STRENGTH = "act"
    check: str
    batch: str
    round: str
    reason: str
    then: Literal["new_round", "held"]
    used_again: bool
    hold: str | None = None
    tightened: bool = field(default=False, metadata=LATER)


@dataclass(frozen=True)
class RoundOrdered(Fact):
    """A third person orders a new round where a check was retracted and "do again" is used up; its hold ends.

    ``tightened``: the round had rejected.
    """

    TYPE = "round.ordered"
    STRENGTH = "act"
    batch: str
    round: str
    hold: str
    reason: str
    tightened: bool = field(default=False, metadata=LATER)


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
