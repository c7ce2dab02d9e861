# SPDX-License-Identifier: Apache-2.0
"""Commands that only compute: a sampling plan, and what two checks both missed. No workspace is opened."""

from __future__ import annotations

from typing import Annotated

import typer

from qcdesk.cli import sampling
from qcdesk.cli.call import call_of
from qcdesk.cli.given import whole
from qcdesk.cli.output import Data, figure
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.agreement import agreement_on_units
from qcdesk.statistics.capture import (
    BadCounts,
    MissedEstimate,
    estimate_escapes,
    estimate_missed,
    estimate_with_rates,
)
from qcdesk.statistics.unseen import Learnt
from qcdesk.wording import estimates, spelling


def sample(
    ctx: typer.Context,
    lot_size: Annotated[str | None, typer.Option(help=mark("Units in the lot."))] = None,
    level: Annotated[str, typer.Option(help=mark("Inspection level: S-1 to S-4, I, II or III."))] = "II",
    aql: Annotated[str | None, typer.Option(help=mark("AQL as in the tables, such as 1.0."))] = None,
    severity: Annotated[str, typer.Option(help=mark("normal, tightened or reduced."))] = "normal",
    plan_type: Annotated[str, typer.Option("--type", help=mark("single, double or multiple."))] = "single",
    standard: Annotated[str, typer.Option(help=mark("iso2859-1:1999 or z1.4."))] = "iso2859-1:1999",
    table_file: Annotated[
        str | None, typer.Option("--from", help=mark("A CSV file with columns named like the options."))
    ] = None,
) -> int:
    """Say which samples to take from a lot, and how many bad units accept or reject it."""
    given = {"lot_size": lot_size, "level": level, "aql": aql, "severity": severity, "type": plan_type,
             "standard": standard}  # fmt: skip
    return sampling.answer(call_of(ctx), given, table_file, _said(ctx))


def _said(ctx: typer.Context) -> set[str]:
    """Return the options that were given on the command line itself."""
    parameters = {"plan_type": "type", **{name: name for name in sampling.COLUMNS}}
    found = set()
    for parameter, field in parameters.items():
        source = ctx.get_parameter_source(parameter)
        if source is not None and source.name == "COMMANDLINE":
            found.add(field)
    return found


def estimate(
    ctx: typer.Context,
    first: Annotated[str, typer.Option(help=mark("Bad units that the first person found."))],
    second: Annotated[str, typer.Option(help=mark("Bad units that the second person found."))],
    both: Annotated[str, typer.Option(help=mark("Bad units that both found."))],
    sample_size: Annotated[
        str | None, typer.Option("--sample", help=mark("Units that both looked at."))
    ] = None,
    lot_size: Annotated[str | None, typer.Option(help=mark("Units in the whole batch."))] = None,
    known_first: Annotated[
        str | None,
        typer.Option(
            help=mark("Known defects that the first person found, of how many: 36/40. Takes --sample.")
        ),
    ] = None,
    known_second: Annotated[
        str | None, typer.Option(help=mark("The same of the second person. Takes --sample."))
    ] = None,
) -> int:
    """Say how many bad units two independent checks probably both missed."""
    call = call_of(ctx)
    n1, n2, m = whole(first, "first"), whole(second, "second"), whole(both, "both")
    n = None if sample_size is None else whole(sample_size, "sample")
    lot = None if lot_size is None else whole(lot_size, "lot_size")
    known = _known(known_first, "known_first"), _known(known_second, "known_second")
    if n is None and (lot is not None or known != (None, None)):
        raise BadInput("missing", where={"field": "sample"})
    try:
        found = estimate_missed(n1, n2, m, n)
        rated = None if n is None or known == (None, None) else estimate_with_rates(n1, n2, m, n, *known)
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
        "missed_at_least": found.at_least,
        "missed_known": None if rated is None else rated.middle,
        "missed_known_low": None if rated is None else rated.low,
        "missed_known_high": None if rated is None else rated.high,
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
    if rated is not None:
        lines.append(estimates.with_rates(rated.middle, rated.low, rated.high, call.words))
    if escapes is not None and lot is not None:
        total = spelling.whole(lot, call.words)
        lines.insert(
            1, estimates.escapes(_text(escapes.escapes), escapes.low, escapes.high, total, call.words)
        )
    return call.answer(data, lines)


def _estimated(found: MissedEstimate, words: Catalogue) -> list[str]:
    said = (
        estimates.missed(found, _text(found.missed), words),
        estimates.at_least(found.at_least, words),
        words.say(estimates.ASSUMES),
        estimates.reliance(found, words),
    )
    return [line for line in said if line]


def _known(given: str | None, field: str) -> Learnt | None:
    if given is None:
        return None
    hits, slash, of = given.partition("/")
    if not slash:
        raise BadInput("learnt_unclear", facts={"value": given}, where={"field": field})
    return Learnt(whole(hits.strip(), field), whole(of.strip(), field))


def _text(value: object) -> str:
    return str(figure(value))  # type: ignore[arg-type]
