# SPDX-License-Identifier: Apache-2.0
"""Where everything stands at a line of the log: people, master data, batches, their present rounds and checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ALL_ROLES = ("inspector", "arbiter", "releaser", "concession", "planner", "administrator")

Mark = tuple[int | None, str]
"""A unit (by sample number; None: tallied goods) and the code of a defect or a characteristic."""
Marks = dict[Mark, tuple[str, int]]
"""Claims, added up: mark -> class and count."""


@dataclass
class Person:
    """A human. ``roles``: role -> families (none: all) and last day (None: for good).

    ``enrolled``: has had a key; ``keyless``: has none now; ``barred``: what let the person in broke a rule.
    """

    id: str
    name: str
    staff: str | None = None
    login: str | None = None
    enrolled: bool = False
    active: bool = False
    keyless: bool = False
    barred: bool = False
    roles: dict[str, tuple[list[str], str | None]] = field(default_factory=dict)
    qualifications: dict[str, str | None] = field(default_factory=dict)


@dataclass
class Version:
    """A version of a procedure, as far as the rules ask."""

    author: str
    hash: str
    state: str
    products: list[str]
    review_by: str
    grace_until: str = ""
    stopped: bool = False
    switching: dict[str, Any] = field(default_factory=dict)
    """How the classes that go by an AQL are switched from lot to lot; ``switched`` names them. Empty: they are not."""
    switched: list[str] = field(default_factory=list)
    looks_for: dict[str, str] = field(default_factory=dict)
    """Every code that it looks for -> its class."""


@dataclass
class Check:
    """One person's pass over the sample. ``units``: unit -> reason for leaving it out, or None."""

    id: str
    place: str
    person: str
    state: str = "open"
    units: dict[int, str | None] = field(default_factory=dict)
    findings: dict[str, tuple[int | None, str, str, int]] = field(default_factory=dict)
    readings: dict[str, tuple[int, str, str, bool]] = field(default_factory=dict)
    current: dict[tuple[int, str], str] = field(default_factory=dict)
    bare: list[str] = field(default_factory=list)
    """Findings that came without a photo, though the procedure plans one of their class."""
    opened: dict[str, tuple[int | None, str, str, int, bool]] = field(default_factory=dict)
    """Claims of the first check that a second one opened: id -> unit, code, class, count, and whether it agrees."""
    behind: dict[str, str] = field(default_factory=dict)
    """Reading that was put down while the clock stood behind the log -> its instrument."""
    taken: dict[str, list[Any]] = field(default_factory=dict)
    """Reading -> what stays of it when it is carried into another round."""
    tallied: int | None = None
    begun_at: int = 0
    last_at: int = 0
    resolved: dict[Mark, bool] = field(default_factory=dict)
    hash: str = ""
    verdict: str = ""
    signed: tuple[int, str] = (0, "")
    """Number of the line that signed it, and the key."""
    signed_at: int = 0
    said: dict[str, Any] | None = None
    """What its signature says; None: it is not signed, or decides."""
    entries: list[dict[str, Any]] = field(default_factory=list)
    """Its entries as its record repeats them, until it is over; then ``record`` is the record's digest."""
    record: str = ""


@dataclass
class Plan:
    """What one class of defects asks of a sample. ``steps``: of a double or multiple plan, units in all, Ac and Re."""

    defect_class: str
    n: int
    ac: int
    re: int
    basis: str
    steps: list[tuple[int, int | None, int]] = field(default_factory=list)


@dataclass
class Round:
    """The present round of a batch, with what its pinned procedure says."""

    id: str
    no: int
    hash: str
    code: str
    version: int
    procedure_hash: str
    sample: list[int]
    plans: list[Plan]
    drawn: int
    opened: dict[str, Any]
    """All that its first line says; empty once nothing asks for it."""
    header: dict[str, Any]
    limits: dict[str, tuple[str, str, str | None, str | None, str]]
    """Characteristic -> class, unit, lower and upper limit; of variables only."""
    tally: bool
    qualification_required: bool
    maker_may_check_first: bool
    not_done_allowed: bool
    floor: int | None
    fresh: list[int] = field(default_factory=list)
    overlap: list[int] = field(default_factory=list)
    modes: dict[str, str] = field(default_factory=dict)
    """Characteristic -> blind, split or review; whatever is no characteristic has the mode of the list of defects."""
    defects_mode: str = "blind"
    defects: bool = True
    classes: dict[str, str] = field(default_factory=dict)
    """Every code that is looked for -> its class."""
    photo_classes: list[str] = field(default_factory=list)
    curtail: bool = False
    checks: dict[str, Check] = field(default_factory=dict)
    compared: str = ""
    comparison: dict[str, Any] = field(default_factory=dict)
    """What the comparison's line says."""
    outcome: str = ""
    disputed: dict[Mark, tuple[str, int]] = field(default_factory=dict)
    critical: bool = False
    decided: str = ""
    decision: dict[str, Any] = field(default_factory=dict)
    """What the decision's line says."""
    seen: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    reviewers: dict[str, list[str]] = field(default_factory=dict)
    """Who began a second check, here or in a round whose values are carried along -> what was in review there."""
    only_second: str = ""
    """Who alone can be second, because such a round was compared; empty: it is open."""
    carries: str | None = None
    """The round whose own values each person brings along; ``brought``: person -> those readings."""
    brought: dict[str, list[list[Any]]] = field(default_factory=dict)
    behind: bool = False
    """Whether it was opened while the clock stood behind the log."""
    signed: dict[str, str] = field(default_factory=dict)
    """Place -> person of the signatures that stand."""

    def standing(self, place: str) -> Check | None:
        """Return the signed check of a place that stands."""
        return next((c for c in self.checks.values() if c.place == place and c.state == "signed"), None)

    def open(self, place: str) -> Check | None:
        """Return the running check of a place."""
        return next((c for c in self.checks.values() if c.place == place and c.state == "open"), None)


@dataclass
class Batch:
    """A batch. ``carried``: the round that a new version judges anew. ``holds``: those not lifted;
    ``kept``: the one among them that a retracted check has brought.
    ``unreleased``: units that left without a release. ``critical``: units on which anyone ever claimed a critical.
    """

    id: str
    number: str
    product: str
    quantity: int
    supplier: str | None = None
    read: int = 0
    """Number of the line that said what is said of it now."""
    saved: dict[str, Any] = field(default_factory=dict)
    """What was said of it last: line, order, dates."""
    makers: list[str] = field(default_factory=list)
    reworkers: list[str] = field(default_factory=list)
    state: str = "registered"
    holds: list[str] = field(default_factory=list)
    kept: str | None = None
    round: Round | None = None
    round_no: int = 0
    begun: bool = False
    first: dict[str, Any] | None = None
    """Its first verdict as it stands: by which round, what it came to, and what was found."""
    later: list[dict[str, Any]] = field(default_factory=list)
    """Its verdicts after the first one."""
    lost: dict[str, Any] | None = None
    """The one that was taken back last."""
    undecided: list[dict[str, Any]] = field(default_factory=list)
    """What was found in rounds that are over and came to nothing, by checks whose signatures stand."""
    parts: list[str] = field(default_factory=list)
    """The batches that were split from it."""
    told: dict[str, list[str]] = field(default_factory=dict)
    """Of a lot: what tells of a defect in it outside any inspection (a report, a complaint with its batch) -> code, and
    class (empty: the worst that is listed)."""
    showed: list[str] = field(default_factory=list)
    """Codes that it was known to show otherwise than by its first verdict."""
    shown: list[str] = field(default_factory=list)
    """Of a lot: the rounds by which its verdict stood when that was asked last."""
    registered: int = 0
    """The line by which it was registered."""
    judged: bool = False
    """Whether it ever came to accepted or rejected."""
    again_used: bool = False
    rework_ordered: bool = False
    carried: Round | None = None
    earlier: list[dict[str, Any]] = field(default_factory=list)
    """What each round before came to, as the record of a round repeats it."""
    unreleased: int = 0
    split_off: int = 0
    """Units that became batches of their own."""
    origins: list[str] = field(default_factory=list)
    """The batches that it was split from, the oldest first."""
    verdicts: dict[str, str] = field(default_factory=dict)
    """Of a lot as it was received: rounds with a verdict that stands -> the batch, itself or one of its parts."""
    tightened: bool = False
    released: int = 0
    shipped: int = 0
    registered_at: int = 0
    released_at: int = 0
    critical: list[int] = field(default_factory=list)
    looked: list[int] = field(default_factory=list)
    """Units in the samples of its rounds but the present one."""
    signers: list[str] = field(default_factory=list)
    critical_claimed: bool = False
    """Whether anyone ever claimed a critical, on a unit or on goods that are tallied."""
    asked: dict[str, Any] = field(default_factory=dict)
    """The concession that is asked for and not answered; empty: none."""
    conceders: list[str] = field(default_factory=list)
    """Who ever asked for a concession of it, or approved one."""
    until: str = ""
    """Last day of the concession under which it was released."""
    found: list[str] = field(default_factory=list)
    """Codes of what two compared checks found, in whichever round."""
    decided: list[int] = field(default_factory=list)
    """Lines by which it was decided what becomes of the goods: dispositions, splits, and approved concessions."""
    release: tuple[int, str, str] = (0, "", "")
    """Number and hash of the line that released it, and the record it stands on."""

    @property
    def here(self) -> int:
        """Units that neither left without a release nor are a batch of their own."""
        return self.quantity - self.unreleased - self.split_off

    @property
    def made_by(self) -> set[str]:
        """Everybody who made or reworked units of it."""
        return {*self.makers, *self.reworkers}

    def clear(self) -> None:
        """Let go of what nothing asks for after a release: what was found, and the pinned plan."""
        if self.round is not None:
            for check in self.round.checks.values():
                check.units, check.findings, check.readings, check.current, check.opened = {}, {}, {}, {}, {}
                check.taken, check.said = {}, None
            self.round.plans, self.round.limits, self.round.opened = [], {}, {}
            self.round.comparison = _outcome(self.round.comparison)
            self.round.decision = _outcome(self.round.decision)


def _outcome(said: dict[str, Any]) -> dict[str, Any]:
    return {"outcome": said["outcome"]} if said else {}


@dataclass
class Certificate:
    """A certificate: of which batch, how often printed, and whether it is void.

    ``analyses``: which copy comes next of those with each result; ``apart``: they are counted by themselves since.
    """

    batch: str
    printed: int = 0
    void: bool = False
    analyses: int = 0
    apart: bool = False


@dataclass
class Wrong:
    """A line that breaks a rule: its hash, and the batch that begins anew once two have explained it ("": none).

    ``concerned``: who is none of the two. ``lets_in``: who can sign by it ("": nobody), and so cannot.
    """

    hash: str
    batch: str
    concerned: list[str]
    lets_in: str


@dataclass
class Owed:
    """What a line asks for at once: which, of what kind, for which certificate (0: none); ``number`` of its batch."""

    seq: int
    kind: str
    certificate: int
    number: str | None
    wrong: Wrong
    """What is kept of the line where it does not follow."""


Answers = dict[str, dict[str, Any]]
"""Question of an audit -> how it was answered."""


@dataclass
class AuditTemplate:
    """A version of the questions that an audit asks."""

    author: str
    hash: str
    content: dict[str, Any]
    approved: bool = False


@dataclass
class Audit:
    """An audit of a supplier: what the auditor answered, and what others answered from the evidence."""

    no: int
    auditor: str
    template: AuditTemplate
    hash: str
    first: Answers = field(default_factory=dict)
    others: dict[str, Answers] = field(default_factory=dict)
    signed: int = 0
    sample: list[str] = field(default_factory=list)
    reviewer: str = ""
    differences: list[str] = field(default_factory=list)
    closed: bool = False
    supplier: str = ""
    asks: str = ""

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Every question of every section, in order."""
        return [q for section in self.template.content["sections"] for q in section["questions"]]
