# SPDX-License-Identifier: Apache-2.0
"""``concern``: what wants explaining, and putting down the explanation."""

from __future__ import annotations

from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.call import call_of
from qcdesk.cli.output import Data, table
from qcdesk.i18n import mark
from qcdesk.services.rows import ConcernRow
from qcdesk.wording import concerns as wording
from qcdesk.wording.spelling import moment, rfc3339


def commands() -> typer.Typer:
    """Return the commands about what wants explaining."""
    app = typer.Typer(help=mark("What wants explaining: pace, agreement, streaks, hasty changes of person."))
    app.command("list", help=mark("List it, open questions first. Takes --as."))(list_concerns)
    app.command("explain", help=mark("Put down an explanation. Takes --as."))(explain)
    return app


def list_concerns(
    ctx: typer.Context,
    since: Annotated[str | None, typer.Option(help=mark("Only from this day or time on."))] = None,
) -> int:
    """List what wants explaining."""
    call = call_of(ctx)
    words, today = call.words, call.use.clock.today()
    with call.sitting() as sitting:
        rows = call.use.read.concerns(sitting.person, given.since(since) or 0)
    told = [(row, wording.question(row, words, today)) for row in rows]
    lines = table(
        [words.say("Key"), words.say("When"), words.say("What"), words.say("Explained")],
        [
            (row.concern.key, moment(row.concern.at), text, row.explained.note if row.explained else "")
            for row, text in told
        ],
    ) or [words.say("Nothing wants explaining.")]
    return call.answer({"concerns": [_data(row, text) for row, text in told]}, lines)


def explain(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help=mark("The key that the list gives."))],
    note: Annotated[str, typer.Option(help=mark("The explanation."))],
) -> int:
    """Put down an explanation; by an administrator whom it is not about."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        saved = call.use.explain_concern(sitting, key, note)
    return call.answer(
        {"concern": {"key": saved.concern, "note": saved.note}}, [call.words.say("It is put down.")]
    )


def _data(row: ConcernRow, text: str) -> Data:
    one, explained = row.concern, row.explained
    return {
        "key": one.key,
        "kind": one.kind,
        "event": one.seq,
        "at": rfc3339(one.at),
        "person": row.name,
        "other": row.other_name,
        "batch": row.number or None,
        "text": text,
        "facts": one.facts,
        "explained": {"by": explained.by, "at": rfc3339(explained.at), "note": explained.note}
        if explained
        else None,
    }
