# SPDX-License-Identifier: Apache-2.0
"""From what stands in the fields to what is imagined, and from the own figures to what stands in the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median_low
from typing import Final, cast

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_amount, parse_quantity, parse_reading
from qcdesk.domain.sampling import BY_SERIOUSNESS, ClassRule, DefectClass, RuleKind, SamplingPlan, plans_for
from qcdesk.domain.simulating import MOST_LOTS, MOST_UNITS, Imagined
from qcdesk.services.detection_rows import SettledMark, SettledRow
from qcdesk.services.lot_rows import LotRow
from qcdesk.statistics.risk import Stages
from qcdesk.statistics.risk_models import BadPlan, model_for
from qcdesk.statistics.risk_points import consumers_point
from qcdesk.statistics.sampling_stages import PlanType
from qcdesk.statistics.sampling_tables import Level, Severity, Standard

Fields = Mapping[str, str]
START: Final[Fields] = {
    "bad": "4",
    "lot_size": "1000",
    "procedure": "",
    "class": "major",
    "kind": "aql",
    "aql": "1.0",
    "level": "II",
    "severity": "normal",
    "plan_type": "single",
    "standard": "iso2859-1:1999",
    "n": "",
    "first": "80",
    "second": "80",
    "primed": "0",
    "alarm": "0",
    "seconds": "30",
    "wage": "",
    "lots": "20000",
}
"""What stands in the fields where the workspace has no figures of its own."""
FIELDS_OF: Final[Mapping[RuleKind, tuple[str, ...]]] = {
    "aql": ("aql", "level", "severity", "plan_type", "standard"),
    "zero": ("n", "aql", "level", "standard"),
    "all": (),
}
OF_RULE: Final = ("kind", "aql", "level", "n", "standard", "plan_type")
_FIELD: Final = {
    "bad_rate": "bad",
    "detect_first": "first",
    "detect_second": "second",
    "primed_detect": "primed",
    "false_alarm": "alarm",
    "quantity": "lot_size",
    "seconds_per_unit": "seconds",
    "rules": "aql",
}
_POINTS: Final = 7
_ENOUGH, _ENOUGH_GOOD = 20, 200
"""Finds and looks at good units from which on a share says something."""
_POINT_LOTS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be played. ``imagined``: its ``mode`` is replaced by each way. ``wage``: for an hour, None: not told."""

    imagined: Imagined
    plan: SamplingPlan
    wage: Decimal | None


def wish_of(fields: Fields) -> Wish:
    """Return what the fields ask for. Raises: BadInput with the field where it stands."""
    defect_class: DefectClass = next(
        (each for each in BY_SERIOUSNESS if each == fields.get("class")), "major"
    )
    rule = _rule(fields, defect_class)
    imagined = Imagined(
        lots=parse_quantity(fields.get("lots", ""), where={"field": "lots"}),
        bad_rate=_share(fields, "bad"),
        detect_first=_share(fields, "first"),
        detect_second=_share(fields, "second"),
        mode="single",
        rule=rule,
        lot_size=parse_quantity(fields.get("lot_size", ""), where={"field": "lot_size"}),
        severity=cast("Severity", fields.get("severity") or "normal"),
        primed_detect=_share(fields, "primed"),
        false_alarm=_share(fields, "alarm"),
        seconds_per_unit=float(_amount(fields, "seconds")),
    )
    if imagined.lots > MOST_LOTS:
        raise BadInput(
            "too_large", facts={"value": imagined.lots, "largest": MOST_LOTS}, where={"field": "lots"}
        )
    if imagined.lot_size > MOST_UNITS:
        raise BadInput(
            "too_large",
            facts={"value": imagined.lot_size, "largest": MOST_UNITS},
            where={"field": "lot_size"},
        )
    wage = _amount(fields, "wage") if fields.get("wage", "").strip() else None
    try:
        imagined.require_sensible()
        imagined.require_playable()
        return Wish(imagined, plans_for((rule,), imagined.lot_size, imagined.severity), wage)
    except BadInput as bad:
        field = str(bad.where.get("field", ""))
        raise BadInput(bad.code, facts=bad.facts, where={"field": _FIELD.get(field, field)}) from bad


def _rule(fields: Fields, defect_class: DefectClass) -> ClassRule:
    kind: RuleKind = next((each for each in FIELDS_OF if each == fields.get("kind")), "aql")
    if kind == "all":
        return ClassRule(defect_class, "all")
    if kind == "zero" and fields.get("n", "").strip():
        return ClassRule(defect_class, "zero", n=parse_quantity(fields["n"], where={"field": "n"}))
    return ClassRule(
        defect_class,
        kind,
        parse_reading(fields.get("aql", ""), where={"field": "aql"}).decimal,
        cast("Level", fields.get("level") or "II"),
        standard=cast("Standard", fields.get("standard") or "iso2859-1:1999"),
        plan_type=cast("PlanType", fields.get("plan_type") or "single")
        if kind == "aql" and defect_class != "critical"
        else "single",
    )


def rule_fields(rule: ClassRule) -> dict[str, str]:
    """Return a class rule of a procedure as the fields of this page."""
    none = rule.kind == "zero" and rule.n is None and rule.aql is None
    found = {"kind": "all" if none else rule.kind, "n": "" if rule.n is None else str(rule.n)}
    if rule.aql is not None:
        found["aql"] = str(rule.aql)
    return {**found, "level": rule.level, "standard": rule.standard, "plan_type": rule.plan_type}


def own_fields(lots: Sequence[LotRow], settled: Sequence[SettledRow], defect_class: str) -> dict[str, str]:
    """Return what the workspace says.

    Of the last lots their size, the share of bad units that both together found, and the seconds for a unit; of settled
    rounds how much people find, and how often they call a good unit bad.
    """
    found: dict[str, str] = {}
    if lots:
        found["lot_size"] = str(median_low(lot.lot_size for lot in lots))
    of_class = [
        one
        for lot in lots
        for one in lot.classes
        if one.defect_class == defect_class and one.basis == "percent"
    ]
    bad, looked = sum(one.counted for one in of_class), sum(one.n for one in of_class)
    if bad:
        found["bad"] = _typed(100 * min(bad, looked) / looked, 2)
    timed = [lot for lot in lots if lot.seconds > 0 and lot.units]
    if timed:
        found["seconds"] = _typed(sum(lot.seconds for lot in timed) / sum(lot.units for lot in timed), 3)
    return {**found, **_finding(settled, defect_class)}


def _finding(settled: Sequence[SettledRow], defect_class: str) -> dict[str, str]:
    """Return how much people find, and their false alarms: one share for both places, for people change them.

    Of what both missed nobody knows. So each person is measured by the units that the other found: of these the own
    share is that of all, where one unit is as easy to see as the next.
    Source: Chapman's and Lincoln's reasoning of two lists, as ``qcdesk.statistics.capture``.
    """
    both = by_one = alarms = good = 0
    for row in settled:
        units: dict[int, list[SettledMark]] = {}
        for mark in row.marks:
            if mark.defect_class == defect_class:
                units.setdefault(mark.unit, []).append(mark)
        looked = dict(row.of_class).get(cast("DefectClass", defect_class), 0)
        for marks in units.values():
            true = any(mark.holds for mark in marks)
            first = any(mark.first for mark in marks if mark.holds == true)
            second = any(mark.second for mark in marks if mark.holds == true)
            both += true and first and second
            by_one += true and first != second
            alarms += 0 if true else first + second
            looked -= true
        good += 2 * max(0, looked)
    found: dict[str, str] = {}
    if 2 * both + by_one >= _ENOUGH and both:
        found["first"] = found["second"] = f"{100 * 2 * both / (2 * both + by_one):.0f}"
    if good >= _ENOUGH_GOOD:
        found["alarm"] = _typed(100 * alarms / good, 2)
    return found


def shares_of(wish: Wish) -> tuple[float, ...]:
    """Return at which shares of bad units else to play: up to twice the wished one, and to where few batches ship."""
    one = wish.imagined
    most = 2 * one.bad_rate or 0.08
    samples = wish.plan.classes[0].samples()
    stages = Stages(tuple(s.n for s in samples), tuple(s.ac for s in samples), tuple(s.re for s in samples))
    try:
        reached = consumers_point(stages, model_for(one.lot_size)).p / max(one.detect_first, 0.25)
    except BadPlan:
        reached = 0.0
    most = min(1.0, max(most, 1.1 * reached, _POINTS / one.lot_size))
    bad = sorted({max(1, round(most * place / _POINTS * one.lot_size)) for place in range(1, _POINTS + 1)})
    return tuple(each / one.lot_size for each in bad if each <= one.lot_size)


def at_share(wish: Wish, share: float) -> Imagined:
    """Return the same with another share of bad units, with fewer batches: there are several such points."""
    return replace(wish.imagined, bad_rate=share, lots=min(wish.imagined.lots, _POINT_LOTS))


def _typed(value: float, digits: int) -> str:
    """Return a figure with so many digits that count, as people type it: a field takes no exponent."""
    return format(Decimal(f"{value:.{digits}g}"), "f")


def _share(fields: Fields, code: str) -> float:
    """Return a percentage as a share. Raises: BadInput ``percent_between`` outside 0 … 100."""
    where: dict[str, object] = {"field": code}
    value = parse_reading(fields.get(code, ""), where=where).decimal
    if not 0 <= value <= 100:
        raise BadInput("percent_between", facts={"value": fields.get(code, "")}, where=where)
    return float(value) / 100


def _amount(fields: Fields, code: str) -> Decimal:
    where: dict[str, object] = {"field": code}
    value = parse_amount(fields.get(code, ""), where=where).decimal
    if value < 0:
        raise BadInput("too_small", facts={"value": fields.get(code, ""), "smallest": 0}, where=where)
    return value
