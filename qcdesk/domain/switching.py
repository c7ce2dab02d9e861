# SPDX-License-Identifier: Apache-2.0
"""Switching: how strictly the next lot of a supplier, product, procedure and class is inspected, and why.

The state changes at the first verdict on a batch as it came (nothing that was reworked before), in the order of the log,
and acts on the next round that opens. A lot that is not accepted always counts; one that is accepted counts only where it
was inspected at the severity that stands, for what a looser plan accepts says nothing of a stricter one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import SeverityNotSet, TwoNeeded
from qcdesk.domain.sampling import (
    BY_SERIOUSNESS,
    ClassPlan,
    ClassRule,
    ClassState,
    ClassVerdict,
    DefectClass,
    SamplingPlan,
    Verdict,
)
from qcdesk.statistics import switching as machine
from qcdesk.statistics.sampling import NoPlan
from qcdesk.statistics.sampling_tables import AQLS, Severity
from qcdesk.statistics.single_plans import single_plan

SwitchState = machine.State
Edition = machine.Edition
EDITIONS = machine.EDITIONS
Reduced = Literal["never", "by_two", "beforehand"]
REDUCED: tuple[Reduced, ...] = ("never", "by_two", "beforehand")
Because = Literal[
    "start",
    "two_of_five",
    "five_accepted",
    "five_not_accepted",
    "ten_on_tightened",
    "score",
    "ten_accepted",
    "not_accepted",
    "between",
    "not_allowed",
    "corrective_action",
    "approved",
    "irregular",
    "decided",
    "repeated",
]
SetBecause = Literal["corrective_action", "approved", "irregular", "decided"]
SET_BECAUSE: tuple[SetBecause, ...] = ("corrective_action", "approved", "irregular", "decided")
"""What people sign: corrective action was taken, reduced inspection is approved, production is irregular, or they have
another reason."""
Tightens = Literal["", "class", "rounds"]
"""What a defect that came again tightens beside the class that is switched for it."""
SetTo = Literal["normal", "tightened", "reduced"]
SET_TO: tuple[SetTo, ...] = ("normal", "tightened", "reduced")
_BECAUSE: tuple[Because, ...] = get_args(Because)


@dataclass(frozen=True)
class Switching:
    """What a procedure says of switching.

    ``edition``: whose rules; that of the table of a reduced plan follows from each class's own rule. ``reduced``: never;
    once the rule lets it, when two approve it each time; or at once, because production is steady and the approval is
    given beforehand, with the approval of the procedure.
    """

    edition: Edition = "iso2859-1:1999"
    reduced: Reduced = "by_two"

    def require_complete(self) -> None:
        """Refuse words that mean nothing here."""
        for name, value, known in (
            ("edition", self.edition, EDITIONS),
            ("reduced", self.reduced, REDUCED),
        ):
            if value not in known:
                raise BadInput(
                    f"unknown_{name}", facts={"value": value, "known": known}, where={"field": "switching"}
                )


@dataclass(frozen=True)
class Lot:
    """A lot that counted: its batch number and whether the class was accepted."""

    number: str
    accepted: bool


@dataclass(frozen=True)
class Reason:
    """Why a state stands: ``lots`` that brought it, ``of`` how many in a row, and what was ``said`` by who set it."""

    because: Because = "start"
    lots: tuple[str, ...] = ()
    of: int = 0
    said: str = ""


@dataclass(frozen=True)
class SeverityState:
    """Where one class stands.

    ``recent``: the last five lots that counted since the state began; ``in_a_row``: accepted in a row since then;
    ``failed``: on tightened inspection, the lots not accepted since it began; ``lots``: how many counted since then;
    ``score``: the switching score of ISO 2859-1, on normal inspection; ``due``: the rule lets reduced inspection be
    approved. ``changed``: whether the event that says so brought it.
    """

    defect_class: DefectClass
    severity: SwitchState = "normal"
    reason: Reason = field(default_factory=Reason)
    changed: bool = False
    recent: tuple[Lot, ...] = ()
    in_a_row: int = 0
    failed: tuple[str, ...] = ()
    lots: int = 0
    score: int = 0
    due: bool = False


@dataclass(frozen=True)
class Standing:
    """A state with the number of the event that brought it, and of the last one that said anything of it; 0: none."""

    state: SeverityState
    since: int = 0
    seq: int = 0
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pinned:
    """The severity of a class as a round pins it, and why; ``since`` the event that brought it (0: the start)."""

    defect_class: DefectClass
    severity: SwitchState
    reason: Reason
    since: int
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Switched:
    """What a first verdict makes of the severities of its supplier (None: own goods), product code and procedure."""

    supplier: str | None
    product: str
    procedure: str
    classes: tuple[SeverityState, ...]


@dataclass(frozen=True)
class LotResult:
    """What a verdict says of one class.

    ``verdict`` undecided: the check ended early, over another class. ``inspected``: the severity that the round pinned.
    ``tighter``: whether it would be accepted one AQL step tighter. ``between``: accepted with a count between Ac and Re.
    ``stage``: which sample decided, of ``stages``.
    """

    number: str
    verdict: ClassState
    inspected: Severity
    ac: int
    tighter: bool = False
    between: bool = False
    stage: int = 1
    stages: int = 1


def switched_classes(rules: Iterable[ClassRule]) -> tuple[ClassRule, ...]:
    """Return the rules that switching is about: those that go by an AQL."""
    return tuple(rule for rule in rules if rule.kind == "aql")


def standing_of(
    known: Mapping[DefectClass, Standing], defect_class: DefectClass, rules: Switching
) -> Standing:
    """Return where a class stands now: normal at the start, and where a reduced inspection is no longer allowed."""
    found = known.get(defect_class)
    if found is None:
        return Standing(SeverityState(defect_class))
    if found.state.severity == "reduced" and rules.reduced == "never":
        return replace(found, state=SeverityState(defect_class, reason=Reason("not_allowed")), by=())
    return found


_STRICTEST_FIRST: tuple[SwitchState, ...] = ("discontinued", "tightened", "normal", "reduced")


def is_stricter(one: Standing, other: Standing) -> bool:
    """Tell whether a class is inspected more strictly where the one stands than where the other does."""
    return _STRICTEST_FIRST.index(one.state.severity) < _STRICTEST_FIRST.index(other.state.severity)


def plan_severities(
    known: Mapping[DefectClass, Standing], rules: Iterable[ClassRule], switching: Switching | None
) -> dict[DefectClass, Severity]:
    """Return the severity of each class that is switched; empty where the procedure does not switch.

    A class that is discontinued has none: ``require_supplied`` lets no round open then.
    """
    found: dict[DefectClass, Severity] = {}
    for rule in switched_classes(rules) if switching is not None else ():
        assert switching is not None
        severity = standing_of(known, rule.defect_class, switching).state.severity
        if severity != "discontinued":
            found[rule.defect_class] = severity
    return found


def pinned(
    known: Mapping[DefectClass, Standing], rules: Iterable[ClassRule], switching: Switching | None
) -> tuple[Pinned, ...]:
    """Return what a round pins of each class that is switched, the most serious first."""
    if switching is None:
        return ()
    found = []
    for rule in in_order(switched_classes(rules)):
        standing = standing_of(known, rule.defect_class, switching)
        state = standing.state
        found.append(Pinned(rule.defect_class, state.severity, state.reason, standing.since, standing.by))
    return tuple(found)


def in_order(rules: Iterable[ClassRule]) -> list[ClassRule]:
    """Return rules with the most serious class first."""
    return sorted(rules, key=lambda rule: BY_SERIOUSNESS.index(rule.defect_class))


def result_of(
    plan: SamplingPlan, one: ClassPlan, said: ClassVerdict, lot: str, verdict: ClassState, unknown: int
) -> LotResult:
    """Return what a verdict says of a class.

    Args: lot: its batch number. unknown: units that were left out by either person; none can be taken to conform.
    """
    stages, against = len(one.stages) or 1, said.counted + unknown
    at_end = said.stage in (0, stages)
    return LotResult(
        number=lot,
        verdict=verdict,
        inspected=one.table.severity if one.table is not None else plan.severity,
        ac=one.ac,
        tighter=against <= _tighter_ac(one, plan.lot_size),
        between=verdict == "accepted" and at_end and one.re > one.ac + 1 and against > one.ac,
        stage=said.stage or 1,
        stages=stages,
    )


def _tighter_ac(one: ClassPlan, lot_size: int) -> int:
    """Return the acceptance number of the plan with an AQL one step tighter; -1: there is none, nothing would do."""
    table = one.table
    step = AQLS.index(table.aql) - 1 if table is not None else -1
    if table is None or step < 0:
        return -1
    try:
        return single_plan(lot_size, table.level, AQLS[step], "normal", table.standard).ac
    except NoPlan:
        return -1


def verdicts_of(classes: Iterable[ClassVerdict], outcome: Verdict) -> dict[DefectClass, ClassState]:
    """Return what a verdict on a batch says of each class; where none rejects what is rejected, all are not accepted."""
    found: dict[DefectClass, ClassState] = {one.defect_class: one.verdict for one in classes}
    if outcome == "rejected" and "rejected" not in found.values():
        return dict.fromkeys(found, "rejected")
    return found


def after_lot(state: SeverityState, switching: Switching, lot: LotResult) -> SeverityState:
    """Return where a class stands after a lot, by the machine of ``qcdesk.statistics.switching``."""
    still, accepted = replace(state, changed=False), lot.verdict == "accepted"
    if state.severity == "discontinued" or lot.verdict == "undecided":
        return still
    if accepted and lot.inspected != state.severity:
        return still
    # How reduced inspection ends on a count in between hangs on the table of the class, not on whose rules switch.
    edition = "z1.4" if lot.between else switching.edition
    rules = machine.rules_of(edition, {1: "single", 2: "double"}.get(lot.stages, "multiple"))
    approved = state.severity == "reduced" or switching.reduced == "beforehand"
    before = machine.Standing(
        state.severity,
        recent=tuple((one.number, one.accepted) for one in state.recent),
        in_a_row=state.in_a_row,
        failed=state.failed,
        lots=state.lots,
        score=state.score if rules.scores and state.severity == "normal" else None,
    )
    seen = machine.Lot(_samples(lot), lot.number)
    step = machine.observe(before, seen, rules, machine.Conditions(approved=approved))
    after = step.after
    if step.changed:
        return SeverityState(state.defect_class, after.state, _reason(after.reason, lot), changed=True)
    return SeverityState(
        state.defect_class,
        state.severity,
        state.reason,
        recent=tuple(Lot(*one) for one in after.recent),
        in_a_row=after.in_a_row,
        failed=after.failed,
        lots=after.lots,
        score=after.score or 0,
        due=bool(after.waits) and switching.reduced != "never",
    )


def _samples(lot: LotResult) -> tuple[machine.Taken, ...]:
    """Return figures that come to the verdict on the class, at the sample that brought it, and to its score.

    What counted is judged elsewhere: of both people together, with units left out against it.
    """
    accepted = lot.verdict == "accepted"
    if lot.stages == 1 and accepted:
        found = lot.ac + 1 if lot.between else 0 if lot.tighter else lot.ac
        return (machine.Taken(lot.ac, lot.ac + (2 if lot.between else 1), found),)
    if lot.between:
        return (machine.Taken(0, 2, 1),)
    before = tuple(machine.Taken(None, 1, 0) for _ in range(1, lot.stage))
    decided = machine.Taken(0 if accepted or lot.stages > 1 else lot.ac, 1 if lot.stages > 1 else lot.ac + 1,
                            0 if accepted else lot.ac + 1)  # fmt: skip
    return (*before, decided, *(machine.Taken(0, 1, None) for _ in range(lot.stage, lot.stages)))


def _reason(why: machine.Reason, lot: LotResult) -> Reason:
    """Return the machine's reason with the lots that brought it, the last one where it names none."""
    figures = dict(why.figures)
    many = ("five_accepted", "five_not_accepted")
    of = next((figures[name] for name in ("of", "score", "lots") if name in figures), 0)
    because: Because = next(one for one in _BECAUSE if one == why.because)
    return Reason(because, why.lots or (lot.number,), len(why.lots) if because in many else of)


def because_of(state: SwitchState, to: SetTo) -> SetBecause:
    """Return what two people sign with another severity: the step alone says it."""
    steps: dict[tuple[SwitchState, SetTo], SetBecause] = {
        ("discontinued", "tightened"): "corrective_action",
        ("normal", "reduced"): "approved",
        ("reduced", "normal"): "irregular",
    }
    return steps.get((state, to), "decided")


def require_set(
    state: SeverityState, switching: Switching, to: SetTo, procedure: str, hands: int
) -> SetBecause:
    """Return what is signed with another severity; refuse a step that the rules leave to nobody.

    Args: hands: how many sign; only going back to normal from reduced inspection takes one.
    Raises: SeverityNotSet: with ``problem``; TwoNeeded; BadInput: a word that means nothing here.
    """
    if to not in SET_TO:
        raise BadInput("unknown_severity", facts={"value": to, "known": SET_TO}, where={"field": "severity"})
    because, was = because_of(state.severity, to), state.severity
    problem = ""
    if was == to:
        problem = "same"
    elif was == "discontinued" and to != "tightened":
        problem = "discontinued"
    elif to == "reduced":
        if switching.reduced == "never":
            problem = "never_reduced"
        elif was != "normal" or not state.due:
            problem = "not_due"
    if problem:
        raise SeverityNotSet(problem, procedure, state.defect_class, was, to)
    if hands < 2 and because != "irregular":
        raise TwoNeeded("severity")
    return because


def as_set(defect_class: DefectClass, to: SetTo, because: SetBecause, said: str) -> SeverityState:
    """Return where a class stands once people have set it: what counted before counts no more."""
    return SeverityState(defect_class, to, Reason(because, said=said), changed=True)
