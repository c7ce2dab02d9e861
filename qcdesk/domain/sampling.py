# SPDX-License-Identifier: Apache-2.0
"""Sampling: what a procedure asks for per class, what that becomes for a batch, and how findings are judged.

Units are named by sample number: the place in the drawn order, 1-based. The classes share the drawn units;
the largest n leads, and a class counts only its own first n of the drawn order, because more units would
make its acceptance number too strict. A critical beyond still counts. Units that join the sample for
another reason come after the drawn ones (``qcdesk.domain.drawing``), so they count for nothing but
criticals.

A double or multiple plan is judged sample by sample: at the end of each a class accepts, rejects, or stays
undecided and asks for its next sample. What counts is what was found up to the sample that it was decided at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol

from qcdesk.domain.codec import LATER
from qcdesk.domain.inputs import BadInput
from qcdesk.statistics.sampling import SMALLEST_LOT, Basis, NoPlan, Plan, Stage, plan_for
from qcdesk.statistics.sampling_stages import PLAN_TYPES, PlanType
from qcdesk.statistics.sampling_tables import Level, Severity, Standard
from qcdesk.statistics.single_plans import SinglePlan, flat

DefectClass = Literal["critical", "major", "minor"]
BY_SERIOUSNESS: tuple[DefectClass, ...] = ("critical", "major", "minor")
RuleKind = Literal["aql", "zero", "all"]
RULE_KINDS: tuple[RuleKind, ...] = ("aql", "zero", "all")
Verdict = Literal["accepted", "rejected"]
ClassState = Literal["accepted", "rejected", "undecided"]
_STRICTNESS: tuple[Severity, ...] = ("reduced", "normal", "tightened")


class Claim(Protocol):
    """A nonconformity that somebody claims: what judging and comparing need to know of a finding.

    ``unit`` is the sample number (None: tallied goods), ``count`` how often the code was found on it (1 or
    more). A reading out of limits is a claim too, with the code of its characteristic.
    """

    @property
    def unit(self) -> int | None:
        """Sample number, 1-based; None for tallied goods."""

    @property
    def code(self) -> str:
        """Defect or characteristic code."""

    @property
    def defect_class(self) -> DefectClass:
        """Class that it counts for."""

    @property
    def count(self) -> int:
        """How often, 1 or more."""


@dataclass(frozen=True)
class Claimed:
    """A claim as plain figures; see ``Claim``."""

    unit: int | None
    code: str
    defect_class: DefectClass
    count: int = 1


@dataclass(frozen=True)
class ClassRule:
    """What a procedure says about one defect class.

    ``kind`` aql: AQL and level through the tables. zero: no nonconforming unit is accepted in ``n`` units;
    without ``n`` in as many as the AQL's table asks for; without either in all. all: every unit, none
    accepted. ``plan_type``: how many samples the tables may ask for, one after the other.
    """

    defect_class: DefectClass
    kind: RuleKind
    aql: Decimal | None = None
    level: Level = "II"
    n: int | None = None
    standard: Standard = "iso2859-1:1999"
    plan_type: PlanType = field(default="single", metadata=LATER)

    def require_complete(self) -> None:
        """Refuse a rule that gives no plan: AQL missing or not tabled, n below 1, or fields that clash."""
        if self.defect_class not in BY_SERIOUSNESS:
            raise BadInput(
                "unknown_class",
                facts={"value": self.defect_class, "known": BY_SERIOUSNESS},
                where={"field": "class"},
            )
        if self.kind not in RULE_KINDS:
            raise BadInput(
                "unknown_rule_kind", facts={"value": self.kind, "known": RULE_KINDS}, where={"field": "kind"}
            )
        if self.kind == "aql" and self.aql is None:
            raise BadInput("missing", where={"field": "aql"})
        if self.n is not None and self.n < 1:
            raise BadInput("too_small", facts={"value": self.n, "smallest": 1}, where={"field": "n"})
        if self.n is not None and self.kind != "zero":
            raise BadInput("n_needs_zero_rule", facts={"kind": self.kind}, where={"field": "n"})
        if self.aql is not None and (self.kind == "all" or self.n is not None):
            raise BadInput("aql_not_used", facts={"kind": self.kind}, where={"field": "aql"})
        self._require_type()
        if self.aql is not None:
            _plan_of_tables(self, lot_size=2, severity="normal")

    def _require_type(self) -> None:
        """Refuse several samples where a first one always decides: none is accepted."""
        where: dict[str, object] = {"field": "plan_type"}
        if self.plan_type not in PLAN_TYPES:
            raise BadInput("unknown_type", facts={"value": self.plan_type, "known": PLAN_TYPES}, where=where)
        if self.plan_type != "single" and (self.kind != "aql" or self.defect_class == "critical"):
            raise BadInput("samples_need_aql", facts={"defect_class": self.defect_class}, where=where)


@dataclass(frozen=True)
class ClassPlan:
    """What a rule becomes for one batch.

    ``n`` units of the drawn order count for the class; accept at ``ac`` or fewer, reject at ``re`` or more.
    ``table`` holds letters, arrow, table and edition where the tables gave ``n`` (None for fixed n and 100
    %). ``stages``: the samples of a double or multiple plan; then ``n``, ``ac``, ``re`` and
    ``table`` are of all of them together.
    """

    defect_class: DefectClass
    n: int
    ac: int
    re: int
    inspect_all: bool
    basis: Basis
    rule: ClassRule
    table: SinglePlan | None = None
    stages: tuple[Stage, ...] = field(default=(), metadata=LATER)

    def samples(self) -> tuple[Stage, ...]:
        """Return the samples of the class in turn; a single plan has one."""
        return self.stages or (Stage(self.n, self.n, self.ac, self.re, self.n),)


@dataclass(frozen=True)
class SamplingPlan:
    """The plan of a round: one per class, the most serious first; ``n``, the largest, is drawn."""

    lot_size: int
    severity: Severity
    classes: tuple[ClassPlan, ...]
    n: int

    @property
    def inspect_all(self) -> bool:
        """Whether every unit of the batch is in the sample."""
        return self.n >= self.lot_size

    def of(self, defect_class: DefectClass) -> ClassPlan | None:
        """Return the plan of a class, None where the procedure has no rule for it."""
        return next((plan for plan in self.classes if plan.defect_class == defect_class), None)


@dataclass(frozen=True)
class ClassVerdict:
    """What the findings make of one class.

    ``counted`` nonconforming units (``basis`` percent) or nonconformities (per_100) stand against ``ac``
    and ``re``; ``beyond`` were found past the class's own ``n`` and do not count. While a check of single
    plans runs, ``accepted`` reads as "not rejected so far".

    Where there are several samples, ``stage`` (1 is the first; 0: a single plan) is the one that the class was decided
    at, or that it needs next; ``n``, ``ac`` (None: it cannot accept there) and ``re`` are of that one, ``found`` is what
    counted at the end of each up to it. ``undecided``: units are missing to tell.
    """

    defect_class: DefectClass
    n: int
    ac: int | None
    re: int
    basis: Basis
    counted: int
    beyond: int
    verdict: ClassState
    stage: int = field(default=0, metadata=LATER)
    found: tuple[int, ...] = field(default=(), metadata=LATER)

    @property
    def left(self) -> int:
        """How many more may be found before the class rejects; below 0 when it does."""
        return self.re - 1 - self.counted


def plans_for(
    rules: Iterable[ClassRule],
    lot_size: int,
    severity: Severity,
    by_class: Mapping[DefectClass, Severity] | None = None,
    *,
    of_one: bool = False,
) -> SamplingPlan:
    """Return the sampling plan of a batch; its severity is the strictest of its classes.

    Args: rules: one per defect class at most. lot_size: units of the batch, 1 or more (2 where an AQL is
        used). severity: of every class. by_class: of those whose severity switches (``qcdesk.domain.switching``);
        tightened as a whole, all are. of_one: a batch of one unit, where the tables have none, is inspected whole.
    Returns: the most serious class first; a critical has Ac 0 whatever its table says: its AQL sets n only.
    Raises: BadInput: no rule, two for one class, an incomplete rule, a lot too small for the tables.
    Source: ISO 2859-1:1999, ANSI/ASQ Z1.4 (see ``qcdesk.statistics.sampling``).
    """
    asked: dict[DefectClass, ClassRule] = {}
    for rule in rules:
        if rule.defect_class in asked:
            raise BadInput("twice", facts={"value": rule.defect_class}, where={"field": "rules"})
        rule.require_complete()
        asked[rule.defect_class] = rule
    if not asked:
        raise BadInput("missing", where={"field": "rules"})
    if lot_size < 1:
        raise BadInput("too_small", facts={"value": lot_size, "smallest": 1}, where={"field": "quantity"})
    own = {} if by_class is None or severity == "tightened" else by_class
    classes = tuple(
        _class_plan(asked[c], lot_size, own.get(c, severity), of_one) for c in BY_SERIOUSNESS if c in asked
    )
    if own:
        severity = strictest(own.get(plan.defect_class, severity) for plan in classes if plan.rule.aql)
    return SamplingPlan(lot_size, severity, classes, max(plan.n for plan in classes))


def strictest(severities: Iterable[Severity]) -> Severity:
    """Return the strictest of some severities; normal where there are none."""
    return max(severities, key=_STRICTNESS.index, default="normal")


def union_of(*checks: Iterable[Claim]) -> tuple[Claimed, ...]:
    """Return what several checks claim together, each nonconformity once.

    Within a check the same code on the same unit adds up. Between checks it is the same nonconformity: the
    larger count stands, under the more serious class. Of tallied goods nobody can say which unit was meant,
    so there the larger count per code and class stands: the least that is certainly there.
    """
    together: dict[tuple[int | None, str, str], Claimed] = {}
    for check in checks:
        for key, one in _merged(check).items():
            other = together.get(key)
            if other is None:
                together[key] = one
                continue
            if other.defect_class == one.defect_class and other.count >= one.count:
                continue
            graver = _graver(one.defect_class, other.defect_class)
            together[key] = Claimed(one.unit, one.code, graver, max(one.count, other.count))
    return tuple(sorted(together.values(), key=_drawn_order))


def _as_numbered(unit: int) -> int:
    return unit


def judge(
    plan: SamplingPlan,
    findings: Iterable[Claim],
    rank: Callable[[int], int] = _as_numbered,
    left_out: Collection[int] = (),
    looked: Collection[int] | None = None,
) -> tuple[ClassVerdict, ...]:
    """Return one verdict per class of the plan, the most serious first; final, or live while a check runs.

    Percent nonconforming counts a unit once, in the most serious class that counts on that sample number;
    per 100 items counts every nonconformity. A tally counts as given: ``count`` nonconforming units, or
    nonconformities. A critical rejects even where the plan has no rule for the class. A plan that asks for n units
    accepts on n units: of one that was left out nobody knows that it conforms, so it weighs against every class of
    the plan like one that does not, and is counted as found in none.

    Each sample of a class is judged by itself, in order: rejected at its ``re``; else, once all its units were looked
    at, accepted at its ``ac``; else the next one decides. After the last, whatever does not reject accepts.

    Args: findings: of one check, or ``union_of`` several; withdrawn ones left out. rank: where a unit stands in the
        order that the classes count by, its sample number unless another order is meant. left_out: sample numbers.
        looked: those looked at or left out so far; None: all that the plan may ask for.
    Raises: BadInput: ``class_without_rule``, a major or minor claim that the plan has no rule for.
    Source: ISO 2859-1:1999 clause 11.1.2 and 11.1.3, MIL-STD-105E 4.10.1.2 and 4.10.1.3, for the order of the samples.
    """
    claims = list(_merged(findings).values())
    classes: dict[DefectClass, ClassPlan] = {one.defect_class: one for one in plan.classes}
    if "critical" not in classes and any(claim.defect_class == "critical" for claim in claims):
        implied = ClassRule("critical", "all")
        classes = {
            "critical": ClassPlan("critical", plan.n, 0, 1, plan.inspect_all, "percent", implied),
            **classes,
        }
    tallied = dict.fromkeys(classes, 0)
    on_unit: dict[int, dict[DefectClass, int]] = {}
    for claim in claims:
        if claim.defect_class not in classes:
            raise BadInput(
                "class_without_rule",
                facts={"code": claim.code, "defect_class": claim.defect_class},
                where={"field": "rules"},
            )
        if claim.unit is None:
            tallied[claim.defect_class] += claim.count
        else:
            unit = on_unit.setdefault(claim.unit, {})
            unit[claim.defect_class] = unit.get(claim.defect_class, 0) + claim.count
    seen = None if looked is None else frozenset(looked)
    mixed = any(len(found) > 1 for found in on_unit.values())
    free = dict(on_unit)  # units that no graver class counts
    verdicts = []
    for defect_class, one in classes.items():
        per_100 = one.basis == "per_100"
        everywhere = defect_class == "critical"
        mine = [(rank(u), f[defect_class] if per_100 else 1) for u, f in on_unit.items() if defect_class in f]
        own = mine
        if mixed and not per_100:
            own = [(rank(u), 1) for u, f in free.items() if defect_class in f]
        unknown = [rank(u) for u in left_out if defect_class not in on_unit.get(u, {})]
        so_far: list[int] = []
        verdict: ClassState = "accepted"
        far: int | None = None
        for stage in one.samples():
            far = None if everywhere else stage.cumulative_n
            counted = tallied[defect_class] + _up_to(own, far)
            against = counted
            if unknown:
                against += sum(1 for place in unknown if far is None or place <= far)
            so_far.append(counted)
            if against >= stage.re:
                verdict = "rejected"
                break
            if seen is not None and not seen.issuperset(range(1, stage.cumulative_n + 1)):
                verdict = "undecided"
                break
            if stage.ac is not None and against <= stage.ac:
                break
        verdicts.append(
            ClassVerdict(
                defect_class=defect_class,
                n=stage.cumulative_n,
                ac=stage.ac,
                re=stage.re,
                basis=one.basis,
                counted=so_far[-1],
                beyond=_up_to(mine, None) - _up_to(mine, far),
                verdict=verdict,
                stage=len(so_far) if one.stages else 0,
                found=tuple(so_far) if one.stages else (),
            )
        )
        if mixed:
            free = {
                u: f for u, f in free.items() if not (defect_class in f and (far is None or rank(u) <= far))
            }
    return tuple(verdicts)


def _up_to(found: Iterable[tuple[int, int]], far: int | None) -> int:
    return sum(count for place, count in found if far is None or place <= far)


def overall(verdicts: Iterable[ClassVerdict]) -> ClassState:
    """Return the verdict of all classes together: one that rejects is enough, one that is undecided accepts nothing.

    Raises: ValueError: no verdicts, which is not the same as nothing wrong.
    """
    each = {verdict.verdict for verdict in verdicts}
    if not each:
        raise ValueError("nothing was judged")
    states: tuple[ClassState, ...] = ("rejected", "undecided", "accepted")
    return next(state for state in states if state in each)


def _class_plan(rule: ClassRule, lot_size: int, severity: Severity, of_one: bool) -> ClassPlan:
    tabled = rule.aql is not None and not (of_one and lot_size < SMALLEST_LOT)
    plan = _plan_of_tables(rule, lot_size, severity) if tabled else None
    table = None if plan is None else flat(plan)
    stages = plan.stages if plan is not None and len(plan.stages) > 1 else ()
    if table is not None:
        n, ac, re, basis = table.n, table.ac, table.re, table.basis
    else:
        n, ac, re, basis = min(rule.n or lot_size, lot_size), 0, 1, "percent"
    if rule.kind == "zero" or rule.defect_class == "critical":
        ac, re = 0, 1
    first = stages[0].n if stages else n
    return ClassPlan(rule.defect_class, n, ac, re, first >= lot_size, basis, rule, table, stages)


def _plan_of_tables(rule: ClassRule, lot_size: int, severity: Severity) -> Plan:
    assert rule.aql is not None
    try:
        return plan_for(lot_size, rule.level, rule.aql, severity, rule.plan_type, rule.standard)
    except NoPlan as problem:
        raise BadInput(problem.code, facts=problem.facts, where={"field": _FIELDS[problem.code]}) from problem


_FIELDS = {
    "lot_too_small": "quantity",
    "unknown_level": "level",
    "unknown_aql": "aql",
    "unknown_severity": "severity",
    "unknown_standard": "standard",
    "unknown_type": "plan_type",
}


def _merged(check: Iterable[Claim]) -> dict[tuple[int | None, str, str], Claimed]:
    found: dict[tuple[int | None, str, str], Claimed] = {}
    for claim in check:
        if claim.count < 1:
            raise ValueError(f"count {claim.count} of {claim.code}")
        # A tally cannot say that it is the same unit, so there the class keeps claims apart.
        key = claim.unit, claim.code, claim.defect_class if claim.unit is None else ""
        other = found.get(key)
        if other is None:
            found[key] = (
                claim
                if type(claim) is Claimed
                else Claimed(claim.unit, claim.code, claim.defect_class, claim.count)
            )
        else:
            graver = _graver(claim.defect_class, other.defect_class)
            found[key] = Claimed(claim.unit, claim.code, graver, claim.count + other.count)
    return found


def _graver(one: DefectClass, other: DefectClass) -> DefectClass:
    return min(one, other, key=BY_SERIOUSNESS.index)


def _drawn_order(claim: Claimed) -> tuple[int, str, int]:
    return claim.unit or 0, claim.code, BY_SERIOUSNESS.index(claim.defect_class)
