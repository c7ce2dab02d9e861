# SPDX-License-Identifier: Apache-2.0
"""Commands that only compute: a sampling plan, and what two checks both missed. No workspace is opened."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from qcdesk.cli.call import call_of
from qcdesk.cli.given import whole
from qcdesk.cli.output import Data, figure, table
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_number
from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.agreement import agreement_on_units
from qcdesk.statistics.capture import BadCounts, MissedEstimate, estimate_escapes, estimate_missed
from qcdesk.statistics.sampling import NoPlan
from qcdesk.statistics.single_plans import SinglePlan, single_plan
from qcdesk.wording import estimates

LONGEST_TABLE = 10_000_000
COLUMNS = ("lot_size", "level", "aql", "severity", "type", "standard")
TYPES = ("single",)
_FIELDS = {
    "lot_too_small": "lot_size",
    "unknown_level": "level",
    "unknown_aql": "aql",
    "unknown_severity": "severity",
    "unknown_standard": "standard",
}


def sample(
    ctx: typer.Context,
    lot_size: Annotated[str | None, typer.Option(help=mark("Units in the lot."))] = None,
    level: Annotated[str, typer.Option(help=mark("Inspection level: S-1 to S-4, I, II or III."))] = "II",
    aql: Annotated[str | None, typer.Option(help=mark("AQL as in the tables, such as 1.0."))] = None,
    severity: Annotated[str, typer.Option(help=mark("normal or tightened."))] = "normal",
    plan_type: Annotated[str, typer.Option("--type", help=mark("single."))] = "single",
    standard: Annotated[str, typer.Option(help=mark("iso2859-1:1999 or z1.4."))] = "iso2859-1:1999",
    table_file: Annotated[
        str | None, typer.Option("--from", help=mark("A CSV file with columns named like the options."))
    ] = None,
) -> int:
    """Say which sample to take from a lot, and how many bad units accept or reject it."""
    call = call_of(ctx)
    given = {"lot_size": lot_size, "level": level, "aql": aql, "severity": severity, "type": plan_type,
             "standard": standard}  # fmt: skip
    if table_file is not None:
        name = Path(table_file).name
        rows = list(_rows(call.read(table_file, LONGEST_TABLE), name))
        twice = sorted(_said(ctx) & {field for _, row in rows for field in row})
        if twice:
            raise BadInput("option_and_column", where={"file": name, "field": twice[0]})
        plans = [plan_of({**given, **row}, {"file": name, "row": number}) for number, row in rows]
        data: Data = {"plans": [_plan_data(plan) for plan in plans]}
        return call.answer(data, _many(plans, call.words))
    plan = plan_of(given, {})
    return call.answer(_plan_data(plan), _one(plan, call.words))


def _said(ctx: typer.Context) -> set[str]:
    """Return the options that were given on the command line itself."""
    parameters = {"plan_type": "type", **{name: name for name in COLUMNS}}
    found = set()
    for parameter, field in parameters.items():
        source = ctx.get_parameter_source(parameter)
        if source is not None and source.name == "COMMANDLINE":
            found.add(field)
    return found


def plan_of(given: dict[str, str | None], where: dict[str, object]) -> SinglePlan:
    """Return the plan for options or a row of a table.

    Raises: BadInput: with where and the field.
    """
    for field in ("lot_size", "aql"):
        if not given[field]:
            raise BadInput("missing", where={**where, "field": field})
    if given["type"] not in TYPES:
        facts: dict[str, object] = {"value": given["type"], "known": TYPES}
        raise BadInput("unknown_type", facts=facts, where={**where, "field": "type"})
    try:
        lot = whole(str(given["lot_size"]), "lot_size")
        aql: Decimal = parse_number(str(given["aql"]), ".", where={"field": "aql"}).decimal
        return single_plan(lot, str(given["level"]), aql, str(given["severity"]), str(given["standard"]))
    except NoPlan as none:
        raise BadInput(none.code, facts=none.facts, where={**where, "field": _FIELDS[none.code]}) from none
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={**where, **bad.where}) from bad


def _rows(content: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and given fields of a CSV table; the separator is the one its heading uses."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as odd:
        raise BadInput("table_not_utf8", where={"file": name}) from odd
    heading = text.partition("\n")[0]
    separator = max(",;\t|", key=heading.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        headings = [cell.strip().lower().replace("-", "_").replace(" ", "_") for cell in next(reader, [])]
        for column in headings:
            if column not in COLUMNS or headings.count(column) > 1:
                code = "header_twice" if headings.count(column) > 1 else "unknown_kind"
                facts: dict[str, object] = {"value": column, "known": COLUMNS}
                raise BadInput(code, facts=facts, where={"file": name, "row": 1, "column": column})
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            where: dict[str, object] = {"file": name, "row": reader.line_num}
            if len(cells) != len(headings):
                raise BadInput("row_width", facts={"has": len(cells), "wants": len(headings)}, where=where)
            filled = zip(headings, (cell.strip() for cell in cells), strict=True)
            yield reader.line_num, {key: cell for key, cell in filled if cell}
    except csv.Error as odd:
        raise BadInput("quote", where={"file": name, "row": reader.line_num}) from odd


def _plan_data(plan: SinglePlan) -> Data:
    return {
        "code_letter": plan.code_letter,
        "plan_letter": plan.plan_letter,
        "inspect_all": plan.inspect_all,
        "stages": [{"n": plan.n, "ac": plan.ac, "re": plan.re, "cumulative_n": plan.n}],
        "source": {"standard": plan.standard, "table": plan.table},
        "lot_size": plan.lot_size,
        "level": plan.level,
        "aql": figure(plan.aql),
        "raw": {"aql": str(plan.aql)},
        "severity": plan.severity,
        "type": "single",
        "basis": plan.basis,
    }


def _one(plan: SinglePlan, words: Catalogue) -> list[str]:
    lines = [
        words.count("Take {n} unit out of {lot} at random.", "Take {n} units out of {lot} at random.", plan.n,
                    lot=plan.lot_size)
    ]  # fmt: skip
    if plan.inspect_all:
        lines = [words.count("Inspect the one unit.", "Inspect all {n} units.", plan.n)]
    if plan.ac == 0:
        lines.append(words.say("Accept only when nothing bad is found; one is enough to reject."))
    elif plan.basis == "percent":
        lines.append(words.count("Accept with {n} bad unit or fewer, reject with {re} or more.",
                                 "Accept with {n} bad units or fewer, reject with {re} or more.", plan.ac,
                                 re=plan.re))  # fmt: skip
    else:
        lines.append(words.count("Accept with {n} defect or fewer, reject with {re} or more.",
                                 "Accept with {n} defects or fewer, reject with {re} or more.", plan.ac,
                                 re=plan.re))  # fmt: skip
    if plan.arrow:
        lines.append(words.say("Code letter {letter}; the arrow of the table leads to the plan of {plan}.",
                               letter=plan.code_letter, plan=plan.plan_letter))  # fmt: skip
    else:
        lines.append(words.say("Code letter {letter}.", letter=plan.code_letter))
    lines.append(words.say("Source: {standard}, table {table}.", standard=plan.standard, table=plan.table))
    return lines


def _many(plans: list[SinglePlan], words: Catalogue) -> list[str]:
    headings = [words.say("Lot"), words.say("Level"), words.say("AQL"), words.say("Severity"), words.say("Letter"),
                words.say("n"), words.say("Ac"), words.say("Re")]  # fmt: skip
    return table(
        headings,
        [(p.lot_size, p.level, p.aql, p.severity, p.plan_letter, p.n, p.ac, p.re) for p in plans],
    )


def estimate(
    ctx: typer.Context,
    first: Annotated[str, typer.Option(help=mark("Bad units that the first person found."))],
    second: Annotated[str, typer.Option(help=mark("Bad units that the second person found."))],
    both: Annotated[str, typer.Option(help=mark("Bad units that both found."))],
    sample_size: Annotated[
        str | None, typer.Option("--sample", help=mark("Units that both looked at."))
    ] = None,
    lot_size: Annotated[str | None, typer.Option(help=mark("Units in the whole batch."))] = None,
) -> int:
    """Say how many bad units two independent checks probably both missed."""
    call = call_of(ctx)
    n1, n2, m = whole(first, "first"), whole(second, "second"), whole(both, "both")
    n = None if sample_size is None else whole(sample_size, "sample")
    lot = None if lot_size is None else whole(lot_size, "lot_size")
    if lot is not None and n is None:
        raise BadInput("missing", where={"field": "sample"})
    try:
        found = estimate_missed(n1, n2, m, n)
        escapes = None if n is None or lot is None else estimate_escapes(n1, n2, m, n, lot)
    except BadCounts as odd:
        raise BadInput(odd.code, facts={**odd.facts}) from odd
    agreed = None if n is None else agreement_on_units(m, n1 - m, n2 - m, n - found.found)
    data: Data = {
        "both": m,
        "first_only": n1 - m,
        "second_only": n2 - m,
        "kappa": None if agreed is None or agreed.kappa is None else figure(agreed.kappa),
        "missed_estimate": figure(found.missed),
        "missed_low": found.missed_low,
        "missed_high": found.missed_high,
        "batch_escape_estimate": None if escapes is None else figure(escapes.escapes),
        "batch_escape_low": None if escapes is None else escapes.low,
        "batch_escape_high": None if escapes is None else escapes.high,
        "detection_first": None if found.detection_first is None else figure(found.detection_first),
        "detection_second": None if found.detection_second is None else figure(found.detection_second),
        "reliable": found.reliable,
        "reason": found.reason,
        "verdict": None,
    }
    lines = _estimated(found, call.words)
    if escapes is not None and lot is not None:
        lines.insert(1, estimates.escapes(_text(escapes.escapes), escapes.high, lot, call.words))
    return call.answer(data, lines)


def _estimated(found: MissedEstimate, words: Catalogue) -> list[str]:
    lines = [estimates.missed(found, _text(found.missed), words)]
    if why := estimates.reliance(found, words):
        lines.append(why)
    return lines


def _text(value: object) -> str:
    return str(figure(value))  # type: ignore[arg-type]
