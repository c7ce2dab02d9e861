# SPDX-License-Identifier: Apache-2.0
"""From what stands in the fields to the plan that is looked at, and to the rule that a procedure would have of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_quantity, parse_reading
from qcdesk.domain.sampling import DefectClass
from qcdesk.statistics.risk import Stages
from qcdesk.statistics.risk_designs import Design, design, limiting_quality_plan, share_of_lot
from qcdesk.statistics.risk_models import BadPlan, Lot, Model, model_for
from qcdesk.statistics.sampling import Basis, NoPlan, Plan, plan_for
from qcdesk.statistics.sampling_tables import LEVELS

Way = Literal["aql", "zero", "given", "share", "all", "limit", "points"]
WAYS: Final[tuple[Way, ...]] = ("aql", "zero", "given", "share", "all", "limit", "points")
Fields = Mapping[str, str]
FIELDS_OF: Final[Mapping[Way, tuple[str, ...]]] = {
    "aql": ("lot_size", "aql", "level", "severity", "plan_type", "standard"),
    "zero": ("lot_size", "n", "aql", "level", "standard"),
    "given": ("lot_size", "n", "ac", "re", "counts"),
    "share": ("lot_size", "share", "ac"),
    "all": ("lot_size",),
    "limit": ("lot_size", "limit", "limit_risk", "ac"),
    "points": ("lot_size", "good", "good_risk", "bad", "bad_risk", "samples"),
}
"""The fields of each way, in the order in which they stand."""
_FIELD_OF_NO_PLAN: Final = {
    "lot_too_small": "lot_size",
    "unknown_level": "level",
    "unknown_aql": "aql",
    "unknown_severity": "severity",
    "unknown_type": "plan_type",
    "unknown_standard": "standard",
}
_FIELD_OF_BAD_PLAN: Final[Mapping[str, str]] = {
    "lot_too_small": "lot_size",
    "lot_too_large": "lot_size",
    "sample_above_lot": "n",
    "sample_too_small": "n",
    "sample_too_large": "n",
    "stages_differ": "ac",
    "ac_below_zero": "ac",
    "ac_falls": "ac",
    "ac_missing": "ac",
    "ac_not_below_re": "re",
    "re_falls": "re",
    "count_too_large": "re",
    "too_many_stages": "n",
    "percent_outside": "share",
    "ac_reaches_limit": "ac",
    "points_crossed": "bad",
    "risks_crossed": "bad_risk",
    "risk_outside": "bad_risk",
    "share_outside": "bad",
    "no_plan": "lot_size",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """The plan that is looked at.

    ``lot``: units, None for any large lot. ``basis``: what it counts. ``table``: where it stands in the tables, None
    where it was computed or given. ``design``: what the designer says of it. ``rule``: the fields of a procedure's class
    rule that asks for it, None where a procedure takes no such plan.
    """

    way: Way
    fields: Fields
    lot: int | None
    stages: Stages
    basis: Basis
    table: Plan | None = None
    design: Design | None = None
    rule: Mapping[str, str] | None = None

    @property
    def model(self) -> Model:
        """How bad ones come into its sample."""
        return model_for(self.lot, per_item=self.basis == "per_100")

    @property
    def all_units(self) -> bool:
        """Whether the first sample is the whole lot."""
        return self.lot is not None and self.stages.n[0] >= self.lot

    @property
    def name(self) -> str:
        """What people call it: ``125 / 5``, ``80 + 80 / 2, 6``."""
        n, ac = self.stages.n, self.stages.ac
        if len(n) > 2 and len(set(n)) == 1:
            return f"{len(n)} × {n[0]} / {ac[-1]}"
        allowed = ", ".join("–" if each is None else str(each) for each in ac)
        units = " + ".join(map(str, n))
        return f"{units} / {allowed}"


def looked_at(fields: Fields, defect_class: DefectClass) -> Looked:
    """Return the plan that the fields describe, for a class of defects.

    A critical is accepted in no sample: its AQL sets n only, as in every procedure.

    Raises: BadInput with the field where it stands.
    """
    way: Way = next((each for each in WAYS if each == fields.get("way")), "aql")
    lot = _lot(fields, needed=way not in ("given", "points"))
    try:
        found = _MADE[way](way, fields, lot, defect_class)
        if found.lot is not None and found.stages.total > found.lot:
            raise BadPlan("sample_above_lot", sample=found.stages.total, lot=found.lot)
    except NoPlan as none:
        raise BadInput(none.code, facts=none.facts, where={"field": _FIELD_OF_NO_PLAN[none.code]}) from none
    except BadPlan as bad:
        raise BadInput(bad.code, facts=bad.facts, where={"field": _field(bad, way)}) from bad
    return found


def _field(bad: BadPlan, way: Way) -> str:
    field = _FIELD_OF_BAD_PLAN.get(bad.code, "lot_size")
    if field not in FIELDS_OF[way]:
        field = {"limit": "limit", "share": "share", "points": "bad"}.get(way, "lot_size")
    return field


def _lot(fields: Fields, *, needed: bool) -> int | None:
    if not needed and not fields.get("lot_size", "").strip():
        return None
    return parse_quantity(fields.get("lot_size", ""), least=2, where={"field": "lot_size"})


def _tabled(fields: Fields, lot: int, severity: str, plan_type: str) -> Plan:
    return plan_for(
        lot,
        fields.get("level", "II"),
        Decimal(fields["aql"]),
        severity,
        plan_type,
        fields.get("standard") or "iso2859-1:1999",
    )


def _stages_of(plan: Plan) -> Stages:
    """Return the samples of a tabled plan; those that the lot leaves nothing for are not taken."""
    taken = [one for one in plan.stages if one.n]
    last = plan.stages[-1]
    if len(taken) < len(plan.stages):
        taken[-1] = replace(taken[-1], ac=last.ac, re=last.re)
    return Stages(
        tuple(one.n for one in taken), tuple(one.ac for one in taken), tuple(one.re for one in taken)
    )


def _by_aql(way: Way, fields: Fields, lot: int | None, defect_class: DefectClass) -> Looked:
    assert lot is not None
    kept = {key: fields.get(key, "") for key in ("aql", "level", "standard", "plan_type")}
    if not fields.get("aql"):
        raise BadInput("missing", where={"field": "aql"})
    plan_type = "single" if defect_class == "critical" else fields.get("plan_type") or "single"
    plan = _tabled(fields, lot, fields.get("severity") or "normal", plan_type)
    stages = _stages_of(plan)
    if defect_class == "critical":
        stages = Stages.single(stages.n[0], 0)
    rule = {"kind": "aql", "n": "", **kept, "plan_type": plan_type}
    return Looked(way, fields, lot, stages, plan.basis, plan, rule=rule)


def _by_zero(way: Way, fields: Fields, lot: int | None, defect_class: DefectClass) -> Looked:
    assert lot is not None
    rule = {"kind": "zero", "aql": "", "level": fields.get("level") or "II", "n": fields.get("n", "").strip()}
    if rule["n"]:
        n = parse_quantity(rule["n"], where={"field": "n"})
        return Looked(way, fields, lot, Stages.single(min(n, lot), 0), "percent", rule=rule)
    if not fields.get("aql"):
        raise BadInput("missing", where={"field": "n"})
    plan = _tabled(fields, lot, "normal", "single")
    rule |= {"aql": fields["aql"], "standard": fields.get("standard", "")}
    return Looked(way, fields, lot, Stages.single(plan.stages[0].n, 0), "percent", plan, rule=rule)


def _given(way: Way, fields: Fields, lot: int | None, defect_class: DefectClass) -> Looked:
    n = _numbers(fields, "n", least=1)
    ac = _numbers(fields, "ac", least=0)
    re = _numbers(fields, "re", least=1) if fields.get("re", "").strip() else ()
    if not re and len(ac) == len(n):
        re = tuple(each + 1 for each in ac) if len(n) == 1 else (*([ac[-1] + 1] * len(n)),)
    basis: Basis = "per_100" if fields.get("counts") == "per_100" else "percent"
    stages = Stages(n, ac, re)
    rule = _zero_rule(stages) if basis == "percent" else None
    return Looked(way, fields, lot, stages, basis, rule=rule)


def _share(way: Way, fields: Fields, lot: int | None, defect_class: DefectClass) -> Looked:
    assert lot is not None
    percent = _percent(fields, "share")
    stages = share_of_lot(lot, percent * 100, _count(fields, "ac"))
    return Looked(way, fields, lot, stages, "percent")


def _all(way: Way, fields: Fields, lot: int | None, defect_class: DefectClass) -> Looked:
    assert lot is not None
    rule = {"kind": "all", "aql": "", "level": "II", "n": ""}
    return Looked(way, fields, lot, Stages.single(lot, 0), "percent", rule=rule)


def _limit(way: Way, fields: Fields, lot: int | None, defect_class: DefectClass) -> Looked:
    assert lot is not None
    stages = limiting_quality_plan(
        _percent(fields, "limit"), _percent(fields, "limit_risk"), _count(fields, "ac"), Lot(lot).size
    )
    return Looked(way, fields, lot, stages, "percent", rule=_zero_rule(stages))


_designed = lru_cache(maxsize=32)(design)
"""One search answers for all three kinds, which are shown side by side."""


def _points(way: Way, fields: Fields, lot: int | None, defect_class: DefectClass) -> Looked:
    good, good_risk, bad, bad_risk = (
        _percent(fields, code) for code in ("good", "good_risk", "bad", "bad_risk")
    )
    try:
        found = _designed(good, good_risk, bad, bad_risk, lot)
    except BadPlan as crossed:
        if crossed.code == "points_crossed":
            raise BadInput("good_not_better", where={"field": "bad"}) from crossed
        raise
    kind = fields.get("samples") or "single"
    chosen = found.zero if kind == "zero" else found.double if kind == "double" else found.single
    if chosen is None:
        raise BadInput("no_double", where={"field": "samples"})
    return Looked(way, fields, lot, chosen.plan, "percent", design=chosen, rule=_zero_rule(chosen.plan))


def _zero_rule(stages: Stages) -> Mapping[str, str] | None:
    """Return the rule of a procedure that asks for this plan: only one that accepts no bad unit has a fixed n."""
    if len(stages.n) == 1 and stages.accepts_to(0) == 0:
        return {"kind": "zero", "aql": "", "level": "II", "n": str(stages.n[0])}
    return None


_MADE = {
    "aql": _by_aql,
    "zero": _by_zero,
    "given": _given,
    "share": _share,
    "all": _all,
    "limit": _limit,
    "points": _points,
}


def _count(fields: Fields, code: str) -> int:
    text = fields.get(code, "").strip()
    return parse_quantity(text, least=0, where={"field": code}) if text else 0


def _numbers(fields: Fields, code: str, *, least: int) -> tuple[int, ...]:
    """Return the numbers of a field: one a sample, apart by spaces."""
    texts = fields.get(code, "").split() or [""]
    return tuple(parse_quantity(text, least=least, where={"field": code}) for text in texts)


def _percent(fields: Fields, code: str) -> float:
    """Return a percentage as a share. Raises: BadInput ``percent_between`` outside 0 … 100, both excluded."""
    where: dict[str, object] = {"field": code}
    value = parse_reading(fields.get(code, ""), where=where).decimal
    if not 0 < value < 100:
        raise BadInput("percent_between", facts={"value": fields.get(code, "")}, where=where)
    return float(value) / 100


def beside(looked: Looked) -> tuple[Fields, ...]:
    """Return the fields of plans that are naturally compared with this one: one step less work, and one more."""
    fields = looked.fields
    if looked.way == "aql" or (looked.way == "zero" and not fields.get("n", "").strip()):
        place = next(
            (i for i, level in enumerate(LEVELS) if level == fields.get("level")), LEVELS.index("II")
        )
        near = [LEVELS[i] for i in (place - 1, place + 1) if 0 <= i < len(LEVELS)]
        return tuple({**fields, "level": level} for level in near)
    if looked.way == "points":
        kinds = ("single", "double", "zero")
        return tuple(
            {**fields, "samples": kind} for kind in kinds if kind != (fields.get("samples") or "single")
        )
    if looked.way == "limit":
        ac = looked.stages.ac[0] or 0
        return tuple({**fields, "ac": str(each)} for each in (ac - 1, ac + 1) if each >= 0)
    return ()
