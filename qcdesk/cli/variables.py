# SPDX-License-Identifier: Apache-2.0
"""The command for acceptance by variables: its plan, its risk, and the verdict on a column of values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

import typer

from qcdesk.cli.call import Call, call_of
from qcdesk.cli.columns import Header, Separator, open_table
from qcdesk.cli.given import whole
from qcdesk.cli.output import Data, table
from qcdesk.cli.quantities import fractions, is_fraction, one_of, refused_as_input, rounded, split
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_number
from qcdesk.i18n import mark
from qcdesk.statistics.sampling import NoPlan
from qcdesk.statistics.variables import FORMS, Judged, VariablesPlan, judge, variables_letter, variables_plan
from qcdesk.statistics.variables_risk import acceptance_by_k
from qcdesk.statistics.variables_tables import METHODS
from qcdesk.wording import plans, plans_by_variables
from qcdesk.wording.spelling import fixed

_FIELDS = {
    "lot_too_small": "lot_size",
    "unknown_level": "level",
    "unknown_letter": "code_letter",
    "unknown_aql": "aql",
    "unknown_severity": "severity",
    "unknown_method": "method",
    "range_left_out": "method",
}


def variables(
    ctx: typer.Context,
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE", help=mark("A CSV table with the values of the sample; - for standard input.")
        ),
    ] = None,
    code_letter: Annotated[str | None, typer.Option(help=mark("Code letter, B to P."))] = None,
    lot_size: Annotated[str | None, typer.Option(help=mark("Units in the lot, instead of a letter."))] = None,
    level: Annotated[str, typer.Option(help=mark("Inspection level: S-3, S-4, I, II or III."))] = "II",
    aql: Annotated[str | None, typer.Option(help=mark("AQL as in the tables, 0.10 to 10."))] = None,
    severity: Annotated[str, typer.Option(help=mark("normal, tightened or reduced."))] = "normal",
    method: Annotated[str, typer.Option(help=mark("s, or sigma where it is known."))] = "s",
    lsl: Annotated[str | None, typer.Option(help=mark("Lower specification limit."))] = None,
    usl: Annotated[str | None, typer.Option(help=mark("Upper specification limit."))] = None,
    sigma: Annotated[str | None, typer.Option(help=mark("The known standard deviation."))] = None,
    form: Annotated[
        str | None, typer.Option(help=mark("k (each limit by itself) or M (both together)."))
    ] = None,
    n: Annotated[str | None, typer.Option(help=mark("Units of an own plan, with --k and --at."))] = None,
    k: Annotated[str | None, typer.Option(help=mark("Acceptability constant of an own plan."))] = None,
    at: Annotated[
        list[str] | None, typer.Option(help=mark("Qualities, as fractions: 0.01 is 1 percent."))
    ] = None,
    value: Annotated[
        str | None, typer.Option(help=mark("Column of the values, by heading or number."))
    ] = None,
    separator: Separator = None,
    header: Header = None,
) -> int:
    """Judge a lot by the measured values of its sample, or say what such a plan asks for and lets through."""
    call = call_of(ctx)
    file, qualities = _given(arguments or [], at)
    limits = [None if text is None else _number(text, field) for text, field in ((lsl, "lsl"), (usl, "usl"))]
    known_sigma = None if sigma is None else _number(sigma, "sigma")
    chosen_form = None if form is None else one_of(form, FORMS, "form")
    if n is not None or k is not None:
        return _own(
            call, n, k, method, qualities, file is not None or code_letter is not None or aql is not None
        )
    plan, lot = _plan(code_letter, lot_size, level, aql, severity, method)
    judged: Judged | None = None
    if lot is not None and plan.n > lot:
        found = None
        if file is not None:
            with open_table(call, file, separator=separator, header=header) as values:
                found = values.read([values.only(value)]).numbers[0]
        return _every_unit(call, plan, lot, found, limits)
    if file is not None:
        with open_table(call, file, separator=separator, header=header) as values:
            readings = values.read([values.only(value)]).numbers[0]
            judged = judge(plan, readings, limits[0], limits[1], sigma=known_sigma, form=chosen_form)
    points = refused_as_input(
        lambda: [(p, acceptance_by_k(plan.n, plan.k, p, plan.method)) for p in qualities]
    )
    warnings = plans_by_variables.warnings(plan, judged, call.words)
    data: Data = {
        **_plan_data(plan, lot),
        **({} if judged is None else _judged_data(judged)),
        "warnings": list(warnings),
        "points": _points_data(points),
    }
    lines = [plans_by_variables.asks(plan, call.words), plans_by_variables.source(plan, call.words)]
    if lot is not None and plan.n >= lot:
        lines.append(call.words.say("The batch has no more units than the sample: inspect all of them."))
    if judged is not None:
        lines += plans_by_variables.verdict(plan, judged, call.words)
    lines += [*warnings, *_points_lines(call, points)]
    return call.answer(data, lines, holds=judged is None or judged.accept)


def _every_unit(
    call: Call,
    plan: VariablesPlan,
    lot: int,
    values: Sequence[float] | None,
    limits: Sequence[float | None],
) -> int:
    """Answer for a batch of fewer units than the plan measures: all are measured, and each is held to its limits.

    What k and M say of the rest of a batch has nothing to say where there is no rest.
    """
    words, (lower, upper) = call.words, limits
    lines = [
        words.say(
            "The plan asks for {n} units, and the batch has {lot}: measure all of them.", n=plan.n, lot=lot
        ),
        words.say("Accept only when every value lies within its limits."),
        plans_by_variables.source(plan, words),
    ]
    data: Data = {**_plan_data(plan, lot), "n": lot, "table_n": plan.n, "k": None, "m_percent": None}
    if values is None:
        return call.answer(data, lines)
    if lower is None and upper is None:
        raise BadInput("readings_no_limit", where={"field": "lsl"})
    if len(values) != lot:
        raise BadInput("readings_wrong_count", facts={"n": len(values), "wants": lot})
    outside = sum(
        1 for one in values if (lower is not None and one < lower) or (upper is not None and one > upper)
    )
    lines.append(
        words.say("All {lot} values lie within the limits: accept.", lot=lot)
        if not outside
        else words.count(
            "{n} value of {lot} lies outside the limits: reject.",
            "{n} values of {lot} lie outside the limits: reject.",
            outside,
            lot=lot,
        )
    )
    return call.answer({**data, "outside": outside, "accept": not outside}, lines, holds=not outside)


def _given(arguments: list[str], at: list[str] | None) -> tuple[str | None, list[float]]:
    """Part the file from the qualities that follow the first one after --at."""
    files = [text for text in arguments if at is None or not all(map(is_fraction, split([text])))]
    if len(files) > 1:
        raise BadInput("one_file", facts={"value": files[1]})
    more = [text for text in arguments if text not in files]
    return (files[0] if files else None), fractions([*(at or []), *more], "at")


def _own(call: Call, n: str | None, k: str | None, method: str, qualities: list[float], beside: bool) -> int:
    """Answer for a plan of the person's own: its risk alone."""
    if n is None or k is None or beside:
        raise BadInput("letter_unclear")
    if not qualities:
        raise BadInput("file_or_at")
    size, constant = whole(n, "n"), _number(k, "k")
    if method == "R":
        raise BadInput("range_left_out", where={"field": "method"})
    how = one_of(method, METHODS, "method")
    points = refused_as_input(lambda: [(p, acceptance_by_k(size, constant, p, how)) for p in qualities])
    data: Data = {"n": size, "k": constant, "method": how, "points": _points_data(points)}
    return call.answer(data, _points_lines(call, points))


def _plan(
    code_letter: str | None, lot_size: str | None, level: str, aql: str | None, severity: str, method: str
) -> tuple[VariablesPlan, int | None]:
    if (code_letter is None) == (lot_size is None):
        raise BadInput("letter_unclear")
    if aql is None:
        raise BadInput("missing", where={"field": "aql"})
    quality: Decimal = parse_number(aql, ".", where={"field": "aql"}).decimal
    lot = None if lot_size is None else whole(lot_size, "lot_size")
    try:
        letter = code_letter if lot is None else variables_letter(lot, level)
        return variables_plan(str(letter).upper(), quality, severity, method), lot
    except NoPlan as none:
        raise BadInput(none.code, facts=none.facts, where={"field": _FIELDS[none.code]}) from none


def _plan_data(plan: VariablesPlan, lot: int | None) -> Data:
    return {
        "code_letter": plan.code_letter,
        "plan_letter": plan.plan_letter,
        "lot_size": lot,
        "inspect_all": lot is not None and plan.n >= lot,
        "aql": float(plan.aql),
        "raw": {"aql": str(plan.aql)},
        "severity": plan.severity,
        "method": plan.method,
        "source": {
            "standard": "z1.9",
            "edition": plan.edition,
            "table": plan.table,
            "rests_on": plan.rests_on,
        },
        "n": plan.n,
        "k": rounded(plan.k),
        "m_percent": plan.m_percent,
    }


def _judged_data(judged: Judged) -> Data:
    normal = judged.normality
    return {
        "mean": rounded(judged.mean),
        "sd": rounded(judged.sd),
        "spread": rounded(judged.spread),
        "quality_lower": None if judged.lower is None else rounded(judged.lower),
        "quality_upper": None if judged.upper is None else rounded(judged.upper),
        "percent_lower": None if judged.lower_percent is None else rounded(judged.lower_percent),
        "percent_upper": None if judged.upper_percent is None else rounded(judged.upper_percent),
        "percent": rounded(judged.percent),
        "form": judged.form,
        "accept": judged.accept,
        "margin": rounded(judged.margin),
        "close": judged.close,
        "normality": None
        if normal is None
        else {
            "a_squared": rounded(normal.statistic),
            "adjusted": rounded(normal.adjusted),
            "p": rounded(normal.p),
        },
    }


def _points_data(points: list[tuple[float, float]]) -> list[Data]:
    return [{"p": p, "pa": rounded(pa)} for p, pa in points]


def _points_lines(call: Call, points: list[tuple[float, float]]) -> list[str]:
    words = call.words
    if len(points) > 3:
        rows = [(plans.figures(p * 100, call.words), fixed(pa * 100, 2, words)) for p, pa in points]
        return table([words.say("Bad units %"), words.say("Passes %")], rows)
    return [plans.passes(p, pa, words) for p, pa in points]


def _number(text: str, field: str) -> float:
    return float(parse_number(text, ".", where={"field": field}).decimal)
