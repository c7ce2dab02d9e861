# SPDX-License-Identifier: Apache-2.0
"""Sampling: what a procedure asks for per class, what that becomes for a batch, and how findings are judged.

Units are named by sample number: the place in the drawn order, 1-based. The classes share the drawn units;
the largest n leads, and a class counts only its own first n of the drawn order, because more units would
make its acceptance number too strict. A critical beyond still counts. Units that join the sample for
another reason come after the drawn ones (``qcdesk.domain.drawing``), so they count for nothing but
criticals.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

from qcdesk.domain.inputs import BadInput
from qcdesk.statistics.sampling import Basis, NoPlan
from qcdesk.statistics.sampling_tables import Level, Severity, Standard
from qcdesk.statistics.single_plans import SinglePlan, single_plan

DefectClass = Literal["critical", "major", "minor"]
BY_SERIOUSNESS: tuple[DefectClass, ...] = ("critical", "major", "minor")
RuleKind = Literal["aql", "zero", "all"]
RULE_KINDS: tuple[RuleKind, ...] = ("aql", "zero", "all")
Verdict = Literal["accepted", "rejected"]


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
    accepted.
    """

    defect_class: DefectClass
    kind: RuleKind
    aql: Decimal | None = None
    level: Level = "II"
    n: int | None = None
    standard: Standard = "iso2859-1:1999"

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
        if self.aql is not None:
            _tabled(self, lot_size=2, severity="normal")


@dataclass(frozen=True)
class ClassPlan:
    """What a rule becomes for one batch.

    ``n`` units of the drawn order count for the class; accept at ``ac`` or fewer, reject at ``re`` or more.
    ``table`` holds letters, arrow, table and edition where the tables gave ``n`` (None for fixed n and 100
    %).
    """

    defect_class: DefectClass
    n: int
    ac: int
    re: int
    inspect_all: bool
    basis: Basis
    rule: ClassRule
    table: SinglePlan | None = None

    def counts_at(self, unit: int) -> bool:
        """Tell whether the class counts what is found on this unit; a critical counts on every unit."""
        return self.defect_class == "critical" or unit <= self.n


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
    and ``re``; ``beyond`` were found past the class's own ``n`` and do not count. While a check runs,
    ``accepted`` reads as "not rejected so far".
    """

    defect_class: DefectClass
    n: int
    ac: int
    re: int
    basis: Basis
    counted: int
    beyond: int
    verdict: Verdict

    @property
    def left(self) -> int:
        """How many more may be found before the class rejects; below 0 when it does."""
        return self.ac - self.counted


def plans_for(rules: Iterable[ClassRule], lot_size: int, severity: Severity) -> SamplingPlan:
    """Return the sampling plan of a batch.

    Args: rules: one per defect class at most. lot_size: units of the batch, 1 or more (2 where an AQL is
        used).
    Returns: the most serious class first; a critical has Ac 0 whatever its table says: its AQL sets n only.
    Raises: BadInput: no rule, two for one class, an incomplete rule, a lot too small for the tables.
    Source: ISO 2859-1:1999, ANSI/ASQ Z1.4 (see ``qcdesk.statistics.sampling``).
    """
    by_class: dict[DefectClass, ClassRule] = {}
    for rule in rules:
        if rule.defect_class in by_class:
            raise BadInput("twice", facts={"value": rule.defect_class}, where={"field": "rules"})
        rule.require_complete()
        by_class[rule.defect_class] = rule
    if not by_class:
        raise BadInput("missing", where={"field": "rules"})
    if lot_size < 1:
        raise BadInput("too_small", facts={"value": lot_size, "smallest": 1}, where={"field": "quantity"})
    classes = tuple(_class_plan(by_class[c], lot_size, severity) for c in BY_SERIOUSNESS if c in by_class)
    return SamplingPlan(lot_size, severity, classes, max(plan.n for plan in classes))


def union_of(*checks: Iterable[Claim]) -> tuple[Claimed, ...]:
    """Return what several checks claim together, each nonconformity once.

    Within a check the same code on the same unit adds up. Between checks it is the same nonconformity: the
    larger count stands, under the more serious class. Of tallied goods nobody can say which unit was meant,
    so there the larger count per code and class stands: the least that is certainly there.
    """
    together: dict[tuple[int | None, str, str], Claimed] = {}
    for check in checks:
        for key, one in _merged(check).items():
            other = together.get(key, one)
            together[key] = Claimed(
                one.unit, one.code, _graver(one.defect_class, other.defect_class), max(one.count, other.count)
            )
    return tuple(sorted(together.values(), key=_drawn_order))


def _as_numbered(unit: int) -> int:
    return unit


def judge(
    plan: SamplingPlan,
    findings: Iterable[Claim],
    rank: Callable[[int], int] = _as_numbered,
    left_out: Collection[int] = (),
) -> tuple[ClassVerdict, ...]:
    """Return one verdict per class of the plan, the most serious first; final, or live while a check runs.

    Percent nonconforming counts a unit once, in the most serious class that counts on that sample number;
    per 100 items counts every nonconformity. A tally counts as given: ``count`` nonconforming units, or
    nonconformities. A critical rejects even where the plan has no rule for the class. A plan that asks for n units
    accepts on n units: of one that was left out nobody knows that it conforms, so it weighs against every class of
    the plan like one that does not, and is counted as found in none.

    Args: findings: of one check, or ``union_of`` several; withdrawn ones left out. rank: where a unit stands in the
        order that the classes count by, its sample number unless another order is meant. left_out: sample numbers.
    Raises: BadInput: ``class_without_rule``, a major or minor claim that the plan has no rule for.
    """
    claims = list(_merged(findings).values())
    classes: dict[DefectClass, ClassPlan] = {one.defect_class: one for one in plan.classes}
    if "critical" not in classes and any(claim.defect_class == "critical" for claim in claims):
        implied = ClassRule("critical", "all")
        classes = {
            "critical": ClassPlan("critical", plan.n, 0, 1, plan.inspect_all, "percent", implied),
            **classes,
        }
    counted = dict.fromkeys(classes, 0)
    beyond = dict.fromkeys(classes, 0)
    on_unit: dict[int, dict[DefectClass, int]] = {}
    for claim in claims:
        if claim.defect_class not in classes:
            raise BadInput(
                "class_without_rule",
                facts={"code": claim.code, "defect_class": claim.defect_class},
                where={"field": "rules"},
            )
        if claim.unit is None:
            counted[claim.defect_class] += claim.count
        else:
            unit = on_unit.setdefault(claim.unit, {})
            unit[claim.defect_class] = unit.get(claim.defect_class, 0) + claim.count
    for number, found in on_unit.items():
        counting = [c for c in BY_SERIOUSNESS if c in found and classes[c].counts_at(rank(number))]
        for defect_class, count in found.items():
            per_100 = classes[defect_class].basis == "per_100"
            if defect_class not in counting:
                beyond[defect_class] += count if per_100 else 1
            elif per_100:
                counted[defect_class] += count
            elif defect_class == counting[0]:
                counted[defect_class] += 1
    unknown = {
        c: sum(one.counts_at(rank(number)) and c not in on_unit.get(number, {}) for number in left_out)
        for c, one in classes.items()
    }
    return tuple(
        ClassVerdict(
            defect_class=c,
            n=one.n,
            ac=one.ac,
            re=one.re,
            basis=one.basis,
            counted=counted[c],
            beyond=beyond[c],
            verdict="accepted" if counted[c] + unknown[c] <= one.ac else "rejected",
        )
        for c, one in classes.items()
    )


def overall(verdicts: Iterable[ClassVerdict]) -> Verdict:
    """Return the verdict of all classes together: one that rejects is enough.

    Raises: ValueError: no verdicts, which is not the same as nothing wrong.
    """
    each = [verdict.verdict for verdict in verdicts]
    if not each:
        raise ValueError("nothing was judged")
    return "rejected" if "rejected" in each else "accepted"


def _class_plan(rule: ClassRule, lot_size: int, severity: Severity) -> ClassPlan:
    table = None if rule.aql is None else _tabled(rule, lot_size, severity)
    if table is not None:
        n, ac, re, basis = table.n, table.ac, table.re, table.basis
    else:
        n, ac, re, basis = min(rule.n or lot_size, lot_size), 0, 1, "percent"
    if rule.kind == "zero" or rule.defect_class == "critical":
        ac, re = 0, 1
    return ClassPlan(rule.defect_class, n, ac, re, n >= lot_size, basis, rule, table)


def _tabled(rule: ClassRule, lot_size: int, severity: Severity) -> SinglePlan:
    assert rule.aql is not None
    try:
        return single_plan(lot_size, rule.level, rule.aql, severity, rule.standard)
    except NoPlan as problem:
        raise BadInput(problem.code, facts=problem.facts, where={"field": _FIELDS[problem.code]}) from problem


_FIELDS = {
    "lot_too_small": "quantity",
    "unknown_level": "level",
    "unknown_aql": "aql",
    "unknown_severity": "severity",
    "unknown_standard": "standard",
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
            found[key] = Claimed(claim.unit, claim.code, claim.defect_class, claim.count)
        else:
            graver = _graver(claim.defect_class, other.defect_class)
            found[key] = Claimed(claim.unit, claim.code, graver, claim.count + other.count)
    return found


def _graver(one: DefectClass, other: DefectClass) -> DefectClass:
    return min(one, other, key=BY_SERIOUSNESS.index)


def _drawn_order(claim: Claimed) -> tuple[int, str, int]:
    return claim.unit or 0, claim.code, BY_SERIOUSNESS.index(claim.defect_class)
