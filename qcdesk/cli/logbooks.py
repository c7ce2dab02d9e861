# SPDX-License-Identifier: Apache-2.0
"""``log``: what two people sign about the log itself: a void event, what was lost, the true time."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.call import call_of
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.times import from_datetime
from qcdesk.i18n import mark
from qcdesk.wording.spelling import moment, rfc3339

Why = Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))]


def commands() -> typer.Typer:
    """Return the commands about the log."""
    app = typer.Typer(help=mark("The log: declare an event void, sign a loss, correct the clock."))
    app.command("void", help=mark("Declare an event void that fails verification. Takes --as and --with."))(
        void
    )
    app.command("restored", help=mark("Sign what was lost. Takes --as and --with."))(restored)
    app.command("clock", help=mark("Name the true time. Takes --as and --with."))(clock)
    return app


def void(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="EVENT", help=mark("Number of the event."))],
    why: Why,
) -> int:
    """Declare an event void."""
    call = call_of(ctx)
    wanted = given.whole(number, "event", least=1)
    by, other = call.hands(2)
    fact = call.use.void_event(by, other, wanted, why)
    told = call.words.say("Event {number} is void.", number=fact.number)
    if fact.lost:
        told = call.words.say("That what event {number} names is gone or damaged is explained by two; the event stands.",
                              number=fact.number)  # fmt: skip
    if fact.batch is not None:
        told = call.words.say("Event {number} is void; its batch goes to a new round.", number=fact.number)
    return call.answer({"void": fact.number, "batch": fact.batch, "lost": list(fact.lost)}, [told])


def restored(
    ctx: typer.Context,
    why: Why,
    first: Annotated[str, typer.Option("--from", help=mark("The first event that was lost."))],
    last: Annotated[
        str | None, typer.Option("--to", help=mark("The last event that was lost, where it is known."))
    ] = None,
) -> int:
    """Sign what was lost."""
    call = call_of(ctx)
    lost_from = given.whole(first, "event", least=1)
    lost_to = None if last is None else given.whole(last, "event", least=1)
    by, other = call.hands(2)
    fact = call.use.sign_restore(by, other, lost_from, lost_to, why)
    return call.answer(
        {"lost_from": fact.lost_from, "lost_to": fact.lost_to},
        [call.words.say("It is on record what was lost.")],
    )


def clock(
    ctx: typer.Context,
    why: Why,
    true_time: Annotated[
        str, typer.Option("--true-time", help=mark("The true time, such as 2026-03-01T07:30:00+07:00."))
    ],
    knowing: Annotated[
        bool,
        typer.Option("--knowing", help=mark("It is true though it is far from what the clock here reads.")),
    ] = False,
) -> int:
    """Name the true time."""
    call = call_of(ctx)
    try:
        said = datetime.fromisoformat(true_time)
    except ValueError:
        said = None
    if said is None or said.tzinfo is None:
        raise BadInput("time_form", facts={"value": true_time}, where={"field": "time"})
    by, other = call.hands(2)
    fact = call.use.correct_clock(by, other, from_datetime(said), why, knowing=knowing)
    return call.answer(
        {"true_time": rfc3339(fact.true_time)},
        [call.words.say("The log goes on from {moment}.", moment=moment(fact.true_time))],
    )
