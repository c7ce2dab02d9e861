# SPDX-License-Identifier: Apache-2.0
"""``supplier score`` and ``supplier compare``: what was recorded of suppliers, each figure with its interval."""

from __future__ import annotations

import math
from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.given import whole
from qcdesk.cli.output import Data, figure, table
from qcdesk.domain.events import SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import mark
from qcdesk.services.corrective_actions import by_names
from qcdesk.services.scorecards import (
    CODES,
    MONTHS,
    PER_MILLION,
    Found,
    Measure,
    Scorecard,
    Total,
    alike,
    causes,
    scorecard,
)
from qcdesk.services.scorecards import Code as ScoreCode
from qcdesk.services.supplier_comparisons import Comparison
from qcdesk.services.supplier_comparisons import compared as supplier_comparisons_of
from qcdesk.wording import scorecards, supplier_comparisons
from qcdesk.wording.corrective import needs_someone

Code = Annotated[str, typer.Argument(metavar="SUPPLIER", help=mark("Code of the supplier."))]
Weights = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="NAME=N", help=mark("Weight of a figure, such as on_time=3.")),
]
Months = Annotated[str, typer.Option(help=mark("Of the last so many months that had lots."))]


def add_commands(app: typer.Typer) -> None:
    """Add the commands to those about suppliers."""
    app.command("score", help=mark("Score a supplier: each figure with its interval and its past."))(score)
    app.command("compare", help=mark("Set suppliers side by side, and say who cannot be told apart."))(
        compare
    )


def score(ctx: typer.Context, code: Code, weight: Weights = None, months: Months = str(MONTHS)) -> int:
    """Score a supplier; nothing of a check that waits for its second is in it.

    Recurrence: of all codes that lots showed, how many an earlier lot showed in the same month or the twelve before.
    """
    call = call_of(ctx)
    card, found, names, one, urgent = card_of(call, code, weight, months)
    words = call.words
    head = scorecards.headline(card, words, urgent)
    told = (scorecards.period(card, words), head, scorecards.total(card, words))
    lines = [
        words.say("{code} {name}", code=one.code, name=one.name),
        *filter(None, told),
        *table(scorecards.headings(words), [scorecards.cells(each, words) for each in card.measures]),
    ]
    if found:
        headings = [words.say("Defect"), words.say("In checks"), words.say("Reported")]
        rows = [(f"{each.code} {names.get(each.code, '')}", each.count, each.reported) for each in found]
        lines += ["", *table(headings, rows)]
    data: Data = {
        "supplier": {"id": one.supplier, "code": one.code, "name": one.name},
        "months": list(card.months),
        "headline": head,
        "score": _total_data(card.total),
        "metrics": {each.code: _measure_data(each) for each in card.measures},
        "causes": [{**_plain(each), "name": names.get(each.code, each.code)} for each in found],
    }
    return call.answer(data, lines)


def compare(
    ctx: typer.Context,
    months: Months = str(MONTHS),
    weight: Weights = None,
    supplier: Annotated[
        list[str] | None, typer.Option(help=mark("Code of a supplier to compare; once for each."))
    ] = None,
) -> int:
    """Set suppliers beside each other, figure by figure; nobody is ranked whose interval overlaps another's."""
    call = call_of(ctx)
    words = call.words
    found = comparison_of(call, supplier, weight, months)
    lines: list[str] = []
    compared: dict[str, object] = {}
    for code in CODES:
        known = found.recorded(code)
        if not known:
            continue
        groups = alike({name: (one.low, one.high) for name, one in known.items()})
        headings = (words.say("Supplier"), *scorecards.headings(words)[1:4])
        lines += ["", scorecards.name(code, words)]
        lines += table(headings, [(name, *scorecards.cells(one, words)[1:4]) for name, one in known.items()])
        lines += scorecards.alike_lines(groups, words) if len(known) > 1 else []
        compared[code] = {
            "suppliers": {name: _measure_data(one) for name, one in known.items()},
            "alike": [list(group) for group in groups],
        }
    told = [*supplier_comparisons.apart_lines(found, words), supplier_comparisons.left_out(found, words)]
    lines += ["", *filter(None, told)] if lines else []
    data: Data = {
        "metrics": compared,
        "scores": {one.supplier.code: _total_data(one.card.total) for one in found.suppliers},
        "left_out": found.left_out,
    }
    return call.answer(data, lines[1:] or [words.say("Nothing was recorded yet.")])


def comparison_of(
    call: Call, suppliers: list[str] | None, weights: list[str] | None, months: str
) -> Comparison:
    """Return suppliers side by side; none named: those of whom most was recorded."""
    span = whole(months, "months", least=1)
    return supplier_comparisons_of(call.use, suppliers or (), _weights(weights or []), span)


def _total_data(total: Total | None) -> Data | None:
    if total is None:
        return None
    return {name: figure(100 * getattr(total, name)) for name in ("share", "low", "high")}


def card_of(
    call: Call, code: str, weights: list[str] | None, months: str
) -> tuple[Scorecard, tuple[Found, ...], dict[str, str], SupplierSaved, str]:
    """Return a supplier's card, what was found in its months, names of codes, the supplier, and what is urgent."""
    one = given.supplier(call.use, code)
    found = call.use.read.figures(one.supplier, today=call.use.clock.today())
    span, actions = whole(months, "months", least=1), call.use.corrective_actions(one.supplier)
    card = scorecard(found.rows, _weights(weights or []), span, actions)
    with call.use.look() as uow:
        named = by_names(uow, actions)
    urgent = needs_someone(named, one.name, call.use.clock.today(), call.words)
    return card, causes(found.rows, card.months), found.names, one, urgent


def _weights(texts: list[str]) -> dict[ScoreCode, int]:
    found: dict[ScoreCode, int] = {}
    for text in texts:
        name, _, number = text.partition("=")
        code = next((one for one in CODES if one == name), None)
        if code is None or not number.isascii() or not number.isdigit():
            facts: dict[str, object] = {"name": name, "value": number or text, "known": ", ".join(CODES)}
            raise BadInput("weight", facts=facts, where={"field": "weight"})
        found[code] = int(number[:4])
    return found


def _plain(found: Found) -> Data:
    return {"code": found.code, "found": found.count, "reported": found.reported}


def _measure_data(one: Measure) -> Data:
    known, bounded = one.of > 0, one.of > 0 and math.isfinite(one.high)
    return {
        "count": one.count,
        "of": one.of,
        "share": figure(one.share) if known and one.middle is None else None,
        "median": figure(one.share) if known and one.middle is not None else None,
        "low": figure(one.low) if bounded else None,
        "high": figure(one.high) if bounded else None,
        "waiting": one.waiting,
        "per_million": figure(1e6 * one.share) if known and one.code in PER_MILLION else None,
        "word": one.word,
        "weight": one.weight,
        "months": [{"month": each.month, "count": each.count, "of": each.of} for each in one.months],
    }
