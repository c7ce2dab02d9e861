# SPDX-License-Identifier: Apache-2.0
"""What the switching rules make of a history of lots. No workspace is opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from qcdesk.cli.call import call_of
from qcdesk.cli.output import Data, table
from qcdesk.cli.rows import LONGEST_TABLE, rows_of
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_quantity
from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.switching import (
    DISCONTINUE,
    BadLot,
    Conditions,
    Lot,
    Rules,
    Standing,
    Step,
    Taken,
    observe,
    resume,
    review,
    rules_of,
    start,
)
from qcdesk.wording import histories

REQUIRED = ("ac", "re", "nonconforming")
COLUMNS = ("lot", "n", *REQUIRED, "resubmitted", "steady", "approved", "resumed", "limit")
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_APART = re.compile(r"[\s/]+")
_NONE = {"#", "-", "–", "*"}  # how tables mark a sample without an acceptance number
_OPTIONS = {"unknown_edition": "standard", "unknown_type": "type", "unknown_discontinue": "discontinue"}
_FIELDS = {"ac_not_tabled": "ac", "ac_above_re": "re", "limit_missing": "limit"}


@dataclass(frozen=True)
class _Judged:
    """A lot and what it came to; ``begun``: the state that began before it, by what was said since the last one."""

    lot: Lot
    step: Step
    begun: Standing | None


def switching(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(help=mark("A CSV file with columns n, ac, re, nonconforming; or -."))
    ],
    standard: Annotated[
        str, typer.Option(help=mark("iso2859-1:1999, z1.4 or mil-std-105e."))
    ] = "iso2859-1:1999",
    plan_type: Annotated[str, typer.Option("--type", help=mark("single, double or multiple."))] = "single",
    discontinue: Annotated[
        str | None, typer.Option(help=mark("five-not-accepted or ten-lots; else as the standard has it."))
    ] = None,
    steady: Annotated[bool, typer.Option("--steady/--not-steady", help=mark("Production is steady."))] = True,
    approved: Annotated[
        bool, typer.Option("--approved/--not-approved", help=mark("Reduced inspection is approved."))
    ] = True,
) -> int:
    """Say what the switching rules make of lots in their order: the severity of each, and why it changes.

    A row is a lot. For double and multiple plans a cell holds a figure for each sample, apart by a space, with # where
    there is no acceptance number; nonconforming is what each sample held.
    """
    call = call_of(ctx)
    name = Path(file).name
    rows = list(rows_of(call.read(file, LONGEST_TABLE), name, COLUMNS))
    limited = any("limit" in row for _, row in rows)
    code = None if discontinue is None else discontinue.strip().lower().replace("-", "_")
    try:
        rules = rules_of(standard.strip().lower(), plan_type.strip().lower(), code, limit_numbers=limited)
    except BadLot as bad:
        raise _bad_option(bad) from None
    standing = start(rules)
    lots: list[_Judged] = []
    for position, (line, row) in enumerate(rows, 1):
        where: dict[str, object] = {"file": name, "row": line}
        conditions = Conditions(_flag(row, "steady", where, steady), _flag(row, "approved", where, approved))
        before, standing = standing, _between_lots(standing, row, rules, conditions, where)
        lot = _lot(row, position, where)
        try:
            step = observe(standing, lot, rules, conditions)
        except BadLot as bad:
            field = {"field": _FIELDS[bad.code]} if bad.code in _FIELDS else {}
            raise BadInput(f"lot_{bad.code}", facts=bad.facts, where={**where, **field}) from None
        lots.append(_Judged(lot, step, standing if standing.state != before.state else None))
        standing = step.after
    data: Data = {
        "standard": rules.edition,
        "type": rules.plan_type,
        "discontinue": rules.discontinue,
        "lots": [_data(one) for one in lots],
        "state": standing.state,
        "reason": _reason(standing),
        "waits": list(standing.waits),
    }
    return call.answer(data, _lines(lots, standing, call.words))


def _bad_option(bad: BadLot) -> BadInput:
    code = {"unknown_edition": "unknown_standard", "unknown_type": "unknown_type"}.get(
        bad.code, "unknown_kind"
    )
    facts = bad.facts
    if bad.code == "unknown_discontinue":
        facts = {**facts, "known": tuple(one.replace("_", "-") for one in DISCONTINUE)}
    return BadInput(code, facts=facts, where={"field": _OPTIONS[bad.code]})


def _between_lots(
    standing: Standing, row: dict[str, str], rules: Rules, conditions: Conditions, where: dict[str, object]
) -> Standing:
    """Return where inspection stands before a lot: what was said since the last one may have changed it."""
    if _flag(row, "resumed", where, False):
        if standing.state != "discontinued":
            raise BadInput("lot_not_discontinued", where={**where, "field": "resumed"})
        return resume(standing, rules)
    return review(standing, rules, conditions)


def _lot(row: dict[str, str], position: int, where: dict[str, object]) -> Lot:
    for field in REQUIRED:
        if field not in row:
            raise BadInput("missing", where={**where, "field": field})
    for n in _APART.split(row["n"]) if "n" in row else ():
        parse_quantity(n, least=1, where={**where, "field": "n"})
    allowed = [None if one in _NONE else _count(one, "ac", where) for one in _APART.split(row["ac"])]
    rejecting = [_count(one, "re", where) for one in _APART.split(row["re"])]
    found: list[int | None] = [
        _count(one, "nonconforming", where) for one in _APART.split(row["nonconforming"])
    ]
    if len(rejecting) != len(allowed) or len(found) > len(allowed):
        facts: dict[str, object] = {"ac": len(allowed), "re": len(rejecting), "found": len(found)}
        raise BadInput("lot_samples_differ", facts=facts, where=where)
    found += [None] * (len(allowed) - len(found))
    samples = tuple(Taken(*one) for one in zip(allowed, rejecting, found, strict=True))
    limit = _count(row["limit"], "limit", where) if "limit" in row else None
    again = _flag(row, "resubmitted", where, False)
    return Lot(samples, row.get("lot", str(position)), resubmitted=again, limit=limit)


def _count(text: str, field: str, where: dict[str, object]) -> int:
    return parse_quantity(text, least=0, where={**where, "field": field})


def _flag(row: dict[str, str], field: str, where: dict[str, object], otherwise: bool) -> bool:
    if field not in row:
        return otherwise
    known = _YES_NO.get(row[field].lower())
    if known is None:
        facts: dict[str, object] = {"value": row[field], "known": ("yes", "no")}
        raise BadInput("unknown_kind", facts=facts, where={**where, "field": field})
    return known


def _data(one: _Judged) -> Data:
    lot, step = one.lot, one.step
    return {
        "lot": lot.name,
        "state_before": step.before,
        "changed_before": None if one.begun is None else _reason(one.begun),
        "nonconforming": lot.found,
        "outcome": step.outcome,
        "verdict": "rejected" if step.outcome == "R" else "accepted",
        "decided_at": step.decided_at,
        "counted": step.counted,
        "score": step.score,
        "state_after": step.after.state,
        "changed": step.changed,
        "reason": _reason(step.after) if step.changed else None,
    }


def _reason(standing: Standing) -> Data:
    return {
        "code": standing.reason.because,
        "lots": list(standing.reason.lots),
        "figures": dict(standing.reason.figures),
    }


def _lines(lots: Sequence[_Judged], standing: Standing, words: Catalogue) -> list[str]:
    outcomes = {
        "A": words.say("accepted"),
        "R": words.say("not accepted"),
        "A*": words.say("accepted, between Ac and Re"),
    }
    states = {
        "normal": words.say("normal"),
        "tightened": words.say("tightened"),
        "reduced": words.say("reduced"),
        "discontinued": words.say("discontinued"),
    }
    headings = [words.say("Lot"), words.say("Inspection"), words.say("Found"), words.say("Outcome"),
                words.say("Score"), words.say("Next lot")]  # fmt: skip
    rows = [
        (
            one.lot.name,
            states[one.step.before],
            one.lot.found,
            outcomes[one.step.outcome] if one.step.counted else words.say("does not count"),
            one.step.score,
            states[one.step.after.state],
        )
        for one in lots
    ]
    lines = table(headings, rows)
    for one in lots:
        if one.begun is not None:
            told = histories.change(one.begun.state, one.begun.reason, words)
            lines.append(words.say("Before lot {lot}: {told}", lot=one.lot.name, told=told))
        if one.step.changed:
            told = histories.change(one.step.after.state, one.step.after.reason, words)
            lines.append(words.say("After lot {lot}: {told}", lot=one.lot.name, told=told))
    lines += [histories.waiting(wanted, words) for wanted in standing.waits]
    return lines
