# SPDX-License-Identifier: Apache-2.0
"""What the tables give: the plan of each class, looked up anew from its rule, the batch and the severity."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from typing import Any

from qcdesk.statistics import sampling_stages
from qcdesk.statistics import sampling_tables as tables

SMALLEST = 2
"""Units of the smallest lot that the tables have; a part of one unit is inspected whole."""


def of_class(rule: dict[str, Any], quantity: int, severity: str) -> dict[str, Any] | None:
    """Return what a rule (of one class) comes to for a batch, as a round pins it; None: the tables have no such plan."""
    critical = rule["defect_class"] == "critical"
    type_ = rule.get("plan_type", "single")
    if type_ != "single" and (rule["kind"] != "aql" or critical):
        return None
    table = None
    stages: list[dict[str, Any]] = []
    n, ac, re, basis = min(rule.get("n") or quantity, quantity), 0, 1, "percent"
    if rule.get("aql") is not None and quantity >= SMALLEST:
        table = _tabled(rule, quantity, severity)
        if table is None:
            return None
        stages = _staged(table, type_, quantity)
        n, ac, re, basis = table["n"], table["ac"], table["re"], table["basis"]
    elif rule["kind"] == "aql" and rule.get("aql") is None:
        return None
    if rule["kind"] == "zero" or critical:
        ac, re = 0, 1
    said = {"defect_class": rule["defect_class"], "n": n, "ac": ac, "re": re,
            "inspect_all": (stages[0]["n"] if stages else n) >= quantity,
            "basis": basis, "rule": rule, "table": table}  # fmt: skip
    return {**said, "stages": stages} if stages else said


def _staged(table: dict[str, Any], type_: str, quantity: int) -> list[dict[str, Any]]:
    """Return the samples that stand beside a single plan, and let its entry speak of all of them; none: one decides."""
    single = f"{table['ac']}/{table['re']}" if table["re"] > table["ac"] + 1 else str(table["ac"])
    if type_ == "single" or single == "0":
        return []
    for kind in ("multiple", "double")[(type_ == "double") :]:
        sizes = next(
            (s for k, s in sampling_stages.STAGE_SIZES.items() if k == (kind, table["severity"])), {}
        )
        size = sizes.get(table["plan_letter"])
        if size is None:
            continue
        which = next(k for k in sampling_stages.STAGES if k == (table["standard"], kind, table["severity"]))
        pairs = [pair.split("/") for pair in sampling_stages.STAGES[which][single].split()]
        ends = [min(size * (i + 1), quantity) for i in range(len(pairs))]
        before = [0, *ends]
        found = [
            {"n": end - before[i], "cumulative_n": end, "ac": None if ac == "#" else int(ac), "re": int(re),
             "table_n": size}
            for i, (end, (ac, re)) in enumerate(zip(ends, pairs, strict=True))
        ]  # fmt: skip
        last = found[-1]
        table |= {"table": sampling_stages.STAGE_TABLE_NAMES[which], "table_n": size * len(found), "n": ends[-1],
                  "ac": last["ac"], "re": last["re"], "inspect_all": size >= quantity}  # fmt: skip
        return found
    return []


def one_step_tighter(table: dict[str, Any]) -> int:
    """Return the acceptance number of a table's plan with an AQL one step tighter, normal; -1: there is no such AQL."""
    place = tables.AQLS.index(Decimal(table["aql"])) - 1
    if place < 0:
        return -1
    rule = {"standard": table["standard"], "level": table["level"], "aql": str(tables.AQLS[place])}
    found = _tabled(rule, table["lot_size"], "normal")
    return -1 if found is None else int(found["ac"])


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
    if aql not in tables.AQLS or quantity < SMALLEST:
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
