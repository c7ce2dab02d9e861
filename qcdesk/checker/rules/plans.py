# SPDX-License-Identifier: Apache-2.0
"""What the tables give: the plan of each class, looked up anew from its rule, the batch and the severity."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from typing import Any

from qcdesk.statistics import sampling_tables as tables


def of_class(rule: dict[str, Any], quantity: int, severity: str) -> dict[str, Any] | None:
    """Return what a rule (of one class) comes to for a batch, as a round pins it; None: the tables have no such plan."""
    critical = rule["defect_class"] == "critical"
    table = None
    n, ac, re, basis = min(rule.get("n") or quantity, quantity), 0, 1, "percent"
    if rule.get("aql") is not None:
        table = _tabled(rule, quantity, severity)
        if table is None:
            return None
        n, ac, re, basis = table["n"], table["ac"], table["re"], table["basis"]
    elif rule["kind"] == "aql":
        return None
    if rule["kind"] == "zero" or critical:
        ac, re = 0, 1
    return {"defect_class": rule["defect_class"], "n": n, "ac": ac, "re": re, "inspect_all": n >= quantity,
            "basis": basis, "rule": rule, "table": table}  # fmt: skip


def _tabled(rule: dict[str, Any], quantity: int, severity: str) -> dict[str, Any] | None:
    """Return the single plan of the standard's table, its arrow followed, as a round pins it."""
    standard, level, aql = (
        rule.get("standard", "iso2859-1:1999"),
        rule.get("level", "II"),
        Decimal(rule["aql"]),
    )
    which = next((key for key in tables.SINGLE_PLANS if key == (standard, severity)), None)
    if which is None or level not in tables.CODE_LETTERS:
        return None
    if aql not in tables.AQLS or quantity < 2:
        return None
    place = tables.AQLS.index(aql)
    letter = tables.CODE_LETTERS[level][bisect_left(tables.LOT_BAND_ENDS, quantity)]
    cell = tables.SINGLE_PLANS[which][letter].split()[place]
    ac, _, re = cell[1:].partition("/")
    size = tables.SAMPLE_SIZES[which[1]][cell[0]]
    return {
        "standard": standard,
        "table": tables.TABLE_NAMES[which],
        "level": level,
        "severity": severity,
        "aql": str(tables.AQLS[place]),
        "basis": "percent" if aql <= tables.LARGEST_PERCENT_AQL else "per_100",
        "lot_size": quantity,
        "code_letter": letter,
        "plan_letter": cell[0],
        "arrow": cell[0] != letter,
        "table_n": size,
        "n": min(size, quantity),
        "ac": int(ac),
        "re": int(re) if re else int(ac) + 1,
        "inspect_all": size >= quantity,
    }
