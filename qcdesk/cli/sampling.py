# SPDX-License-Identifier: Apache-2.0
"""The sampling plan of a lot, or of a whole table of lots, as it is answered. No workspace is opened.

Nothing is imported that is not needed for it, Typer neither: a plan is there at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from qcdesk.cli.output import Data, figure, table
from qcdesk.cli.rows import LONGEST_TABLE, rows_of
from qcdesk.cli.terminal import Terminal
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_number, parse_quantity
from qcdesk.i18n import Catalogue
from qcdesk.statistics.sampling import NoPlan, Plan, Stage, plan_for
from qcdesk.wording import tables

DEFAULTS: dict[str, str | None] = {
    "lot_size": None,
    "level": "II",
    "aql": None,
    "severity": "normal",
    "type": "single",
    "standard": "iso2859-1:1999",
}
COLUMNS = tuple(DEFAULTS)
_FIELDS = {
    "lot_too_small": "lot_size",
    "unknown_level": "level",
    "unknown_aql": "aql",
    "unknown_severity": "severity",
    "unknown_type": "type",
    "unknown_standard": "standard",
}


def answer(terminal: Terminal, given: dict[str, str | None], table_file: str | None, said: set[str]) -> int:
    """Answer for one lot, or for each row of a table whose columns are named like the options.

    Args: given: the options by the names of ``COLUMNS``, for what a table leaves out. said: those that were given
        on the command line itself.
    Raises: BadInput: with where and the field.
    """
    if table_file is None:
        plan = plan_of(given, {})
        return terminal.answer(_plan_data(plan), _one(plan, terminal.words))
    name = Path(table_file).name
    rows = list(rows_of(terminal.read(table_file, LONGEST_TABLE), name, COLUMNS))
    twice = sorted(said & {field for _, row in rows for field in row})
    if twice:
        raise BadInput("option_and_column", where={"file": name, "field": twice[0]})
    plans = [plan_of({**given, **row}, {"file": name, "row": number}) for number, row in rows]
    data: Data = {"plans": [_plan_data(plan) for plan in plans]}
    return terminal.answer(data, _many(plans, terminal.words))


def plan_of(given: dict[str, str | None], where: dict[str, object]) -> Plan:
    """Return the plan for options or a row of a table.

    Raises: BadInput: with where and the field.
    """
    for field in ("lot_size", "aql"):
        if not given[field]:
            raise BadInput("missing", where={**where, "field": field})
    level, severity, plan_type, standard = (
        str(given[field]) for field in ("level", "severity", "type", "standard")
    )
    try:
        lot = parse_quantity(str(given["lot_size"]), least=0, where={"field": "lot_size"})
        aql = parse_number(str(given["aql"]), ".", where={"field": "aql"}).decimal
        return plan_for(lot, level, aql, severity, plan_type, standard)
    except NoPlan as none:
        raise BadInput(none.code, facts=none.facts, where={**where, "field": _FIELDS[none.code]}) from none
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={**where, **bad.where}) from bad


def _plan_data(plan: Plan) -> Data:
    return {
        "code_letter": plan.code_letter,
        "plan_letter": plan.plan_letter,
        "arrow": plan.arrow,
        "inspect_all": plan.inspect_all,
        "whole_lot_stage": plan.whole_lot_stage,
        "stages": _stages_data(plan.stages),
        "source": {
            "standard": plan.standard,
            "edition": plan.edition,
            "table": plan.table,
            "rests_on": plan.rests_on,
        },
        "lot_size": plan.lot_size,
        "level": plan.level,
        "aql": figure(plan.aql),
        "raw": {"aql": str(plan.aql)},
        "severity": plan.severity,
        "type": plan.plan_type,
        "used_type": plan.used_type,
        "basis": plan.basis,
    }


@lru_cache(maxsize=4096)
def _stages_data(stages: tuple[Stage, ...]) -> list[Data]:
    """Return the samples for programs; a table of lots has few different ones, and each is told once."""
    return [
        {"n": one.n, "ac": one.ac, "re": one.re, "cumulative_n": one.cumulative_n, "table_n": one.table_n}
        for one in stages
    ]


def _one(plan: Plan, words: Catalogue) -> list[str]:
    lines = []
    if plan.used_type != plan.plan_type:
        lines.append(tables.used_instead(plan.used_type, words))
    if len(plan.stages) == 1:
        lines += [_taken(plan, words), _limits(plan, plan.stages[0], words)]
    else:
        for number, one in enumerate(plan.stages, 1):
            taken = _taken_at(plan, number, one, words)
            lines.append(words.say("{taken} {limits}", taken=taken, limits=_limits(plan, one, words)))
        lines.append(words.say("Count what is found in all samples so far."))
    if plan.gap:
        lines.append(words.say("In between, accept this lot and inspect the next one at normal severity."))
    if plan.arrow:
        lines.append(words.say("Code letter {letter}; the arrow of the table leads to the plan of {plan}.",
                               letter=plan.code_letter, plan=plan.plan_letter))  # fmt: skip
    else:
        lines.append(words.say("Code letter {letter}.", letter=plan.code_letter))
    lines.append(words.say("Source: {standard}, table {table}.", standard=plan.edition, table=plan.table))
    if doubt := tables.rests_on(plan.rests_on, words):
        lines.append(doubt)
    return lines


def _taken(plan: Plan, words: Catalogue) -> str:
    n = plan.stages[0].n
    if plan.inspect_all:
        return words.count("Inspect the one unit.", "Inspect all {n} units.", n)
    return words.count("Take {n} unit out of {lot} at random.", "Take {n} units out of {lot} at random.", n,
                       lot=plan.lot_size)  # fmt: skip


def _taken_at(plan: Plan, number: int, one: Stage, words: Catalogue) -> str:
    if number == 1 and plan.inspect_all:
        return words.count("Sample 1: inspect the one unit.", "Sample 1: inspect all {n} units.", one.n)
    if number == 1:
        return words.count("Sample 1: take {n} unit out of {lot} at random.",
                           "Sample 1: take {n} units out of {lot} at random.", one.n, lot=plan.lot_size)  # fmt: skip
    if one.n == 0:
        return words.say("Sample {number}: no unit is left.", number=number)
    if one.cumulative_n == plan.lot_size:
        return words.count("Sample {number}: take the {n} unit that is left.",
                           "Sample {number}: take the {n} units that are left.", one.n, number=number)  # fmt: skip
    return words.count("Sample {number}: take {n} more unit, {total} in all.",
                       "Sample {number}: take {n} more units, {total} in all.", one.n, number=number,
                       total=one.cumulative_n)  # fmt: skip


def _limits(plan: Plan, one: Stage, words: Catalogue) -> str:
    if one.ac is None:
        return words.say("Reject with {re} or more; it is too early to accept.", re=one.re)
    if one.ac == 0 and one.re == 1:
        return words.say("Accept only when nothing bad is found; one is enough to reject.")
    if one.ac == 0:
        return words.say("Accept only when nothing bad is found; reject with {re} or more.", re=one.re)
    if plan.basis == "percent":
        return words.count("Accept with {n} bad unit or fewer, reject with {re} or more.",
                           "Accept with {n} bad units or fewer, reject with {re} or more.", one.ac,
                           re=one.re)  # fmt: skip
    return words.count("Accept with {n} defect or fewer, reject with {re} or more.",
                       "Accept with {n} defects or fewer, reject with {re} or more.", one.ac, re=one.re)  # fmt: skip


def _many(plans: list[Plan], words: Catalogue) -> list[str]:
    headings = [words.say("Lot"), words.say("Level"), words.say("AQL"), words.say("Severity"), words.say("Type"),
                words.say("Letter"), words.say("n"), words.say("Ac"), words.say("Re")]  # fmt: skip
    return table(
        headings,
        [
            (p.lot_size, p.level, p.aql, p.severity, p.used_type, p.plan_letter, _joined([s.n for s in p.stages]),
             _joined(["#" if s.ac is None else s.ac for s in p.stages]), _joined([s.re for s in p.stages]))
            for p in plans
        ],
    )  # fmt: skip


def _joined(figures: Sequence[object]) -> str:
    return " ".join(map(str, figures))
