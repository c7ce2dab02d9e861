# SPDX-License-Identifier: Apache-2.0
"""``batch waiting``: what waits for whom, which batches will miss their day, and how long one was in each state."""

from __future__ import annotations

from typing import Annotated

import typer

from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, plain, table
from qcdesk.i18n import mark
from qcdesk.services.waiting_times import CONFIDENCE, Forecast, Waiting, since_when
from qcdesk.services.waiting_times import waiting as foreseen
from qcdesk.wording import waits as wording
from qcdesk.wording.spelling import moment, rfc3339


def waiting(
    ctx: typer.Context,
    number: Annotated[
        str | None,
        typer.Argument(metavar="[BATCH]", help=mark("Number of a batch: how long it was in each state.")),
    ] = None,
) -> int:
    """Say what waits for whom, and which batches will miss their ship-by day."""
    call = call_of(ctx)
    if number is not None:
        return _stays(call, number)
    words, now, today = call.words, call.use.clock.now(), call.use.clock.today()
    care = call.use.read.care
    found = foreseen(care.queue(today), care.signed_at(since_when(now)), now, care.queue_length())
    headings = [words.say("Batch"), words.say("Since"), words.say("Waits for"), words.say("Who can"),
                words.say("Ship by"), words.say("May leave"), words.say("Outlook")]  # fmt: skip
    rows = [
        (
            one.row.number,
            moment(one.row.since),
            wording.wants(one.row, words),
            wording.people(one.row, words),
            one.row.ship_by,
            wording.leaves(one, words, today),
            wording.outlook(one, words),
        )
        for one in found.forecasts
    ]
    told = [wording.headline(found, words), wording.pace(found, words)]
    people = [(one.name, wording.waited_for(one, words), moment(one.since)) for one in found.people]
    if rows:
        told += ["", *table(headings, rows)]
    if people:
        told += [
            "",
            *table([words.say("Waited for"), words.say("Batches"), words.say("Longest since")], people),
        ]
    return call.answer(_data(found, now), told)


def _stays(call: Call, number: str) -> int:
    words, now = call.words, call.use.clock.now()
    rows = call.use.read.care.stays(call.use.read.batch_by_number(number))
    listed = [
        {"state": row.state, "since": rfc3339(row.since), "until": None if row.until is None else rfc3339(row.until),
         "seconds": row.lasts_us(now) // 1_000_000, "by": row.person}
        for row in rows
    ]  # fmt: skip
    lines = table(
        [words.say("State"), words.say("Since"), words.say("For"), words.say("Brought there by")],
        [(wording.state(r, words), moment(r.since), wording.lasted(r, now, words), r.person) for r in rows],
    )
    return call.answer({"batch": number, "states": listed}, lines)


def _data(found: Waiting, now: int) -> Data:
    pace = found.pace
    return {
        "pace": None
        if pace is None
        else {
            "signatures": pace.count,
            "days": pace.days,
            "clumped": round(pace.clumped, 6),
            "confidence_percent": round(100 * CONFIDENCE),
        },
        "waiting": found.total,
        "batches": [_batch(one, now) for one in found.forecasts],
        "people": [
            {"person": one.name, "batches": one.batches, "alone": one.alone, "since": rfc3339(one.since)}
            for one in found.people
        ],
    }


def _batch(one: Forecast, now: int) -> Data:
    row = one.row
    return {
        "batch": row.number,
        "state": row.state,
        "held": row.held,
        "since": rfc3339(row.since),
        "seconds": max(0, now - row.since) // 1_000_000,
        "left_by": row.person,
        "waits_for": row.wants or None,
        "people": list(row.people),
        "ship_by": plain(row.ship_by),
        "outlook": one.outlook,
        "signatures_ahead": one.ahead if one.outlook != "stopped" else None,
        "leaves": None
        if one.low is None
        else {"low": plain(one.low), "middle": plain(one.middle), "high": plain(one.high)},
        "late_percent": None if one.chance_late is None else round(100 * one.chance_late, 1),
    }
