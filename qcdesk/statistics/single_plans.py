# SPDX-License-Identifier: Apache-2.0
"""Single sampling plans in the flat form that rounds keep."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qcdesk.statistics.sampling import Basis, Plan, plan_for
from qcdesk.statistics.sampling_tables import Level, Severity, Standard


@dataclass(frozen=True)
class SinglePlan:
    """A single sampling plan and where it stands.

    ``code_letter`` belongs to lot size and level, ``plan_letter`` to the plan that the arrow (``arrow``)
    leads to; they are equal without an arrow. ``n`` is in units and never above ``lot_size``; ``table_n``
    is the table's figure; ``inspect_all`` says that the table asks for the whole lot or more, so that ``n``
    is the lot. ``ac`` and ``re`` count nonconforming units (``basis`` percent) or nonconformities
    (per_100). ``aql`` is in percent nonconforming or nonconformities per 100 items. ``table`` is the
    standard's own name of the table.
    """

    standard: Standard
    table: str
    level: Level
    severity: Severity
    aql: Decimal
    basis: Basis
    lot_size: int
    code_letter: str
    plan_letter: str
    arrow: bool
    table_n: int
    n: int
    ac: int
    re: int
    inspect_all: bool


def single_plan(
    lot_size: int,
    level: str,
    aql: Decimal,
    severity: str = "normal",
    standard: str = "iso2859-1:1999",
) -> SinglePlan:
    """Return the single sampling plan, arrows followed.

    An arrow changes letter, n, Ac and Re together. Where the table's n reaches the lot, all units are
    inspected and Ac stays the table's.

    Args: lot_size: units, 2 or more. level: S-1 … S-4, I, II, III. aql: one of ``AQLS``. severity: normal,
        tightened or reduced. standard: iso2859-1:1999 or z1.4.
    Returns: the plan; reject at ``re`` or more, accept at ``ac`` or fewer.
    Raises: NoPlan: lot below 2, or level, AQL, severity or standard not in the tables.
    Source: ISO 2859-1:1999 tables 1, 2-A to 2-C; ANSI/ASQ Z1.4 (= MIL-STD-105E) tables I, II-A to II-C; what is
        disputed stands in ``sampling_tables``. Lot 1000, level II, AQL 1.0, normal: J, n = 80, Ac 2, Re 3.
    """
    return flat(plan_for(lot_size, level, aql, severity, "single", standard))


def flat(plan: Plan) -> SinglePlan:
    """Return a plan in the flat form: of several samples, all together, as the last of them judges."""
    last = plan.stages[-1]
    assert last.ac is not None
    return SinglePlan(
        standard=plan.standard,
        table=plan.table,
        level=plan.level,
        severity=plan.severity,
        aql=plan.aql,
        basis=plan.basis,
        lot_size=plan.lot_size,
        code_letter=plan.code_letter,
        plan_letter=plan.plan_letter,
        arrow=plan.arrow,
        table_n=sum(stage.table_n for stage in plan.stages),
        n=last.cumulative_n,
        ac=last.ac,
        re=last.re,
        inspect_all=plan.inspect_all,
    )
