# SPDX-License-Identifier: Apache-2.0
"""``report list``: which papers left, who had them printed, which way, and which copy each was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from qcdesk.cli.call import Call, call_of
from qcdesk.cli.leaving import signed
from qcdesk.cli.output import Data, table
from qcdesk.domain.events import Leaving
from qcdesk.i18n import mark
from qcdesk.services.prints import Print
from qcdesk.services.sittings import Sitting
from qcdesk.wording.prints import DOCUMENTS, WAYS
from qcdesk.wording.spelling import moment, rfc3339


def list_printed(
    ctx: typer.Context,
    batch: Annotated[str | None, typer.Option(help=mark("Number of a batch; without it all papers."))] = None,
) -> int:
    """List the papers that were printed, saved or enclosed in a mail, the newest first."""
    call = call_of(ctx)
    words, of = call.words, None if batch is None else call.use.read.batch_by_number(batch)
    with call.use.look() as uow:
        found = uow.prints(of)
    data: Data = {
        "papers": [
            {
                "event": one.seq,
                "document": one.document,
                "name": one.name,
                "batch": one.batch or None,
                "state": one.state,
                "copy": one.copy,
                "way": one.way,
                "languages": list(one.languages),
                "digest": one.digest or None,
                "by": one.person or None,
                "station": one.station,
                "at": rfc3339(one.at),
            }
            for one in found
        ]
    }
    headings = [words.say("Paper"), words.say("Number"), words.say("Copy"), words.say("Way"), words.say("Printed by"),
                words.say("When"), words.say("Event")]  # fmt: skip
    rows = [
        (
            words.say(DOCUMENTS[one.document]),
            one.name,
            one.copy or "",
            words.say(WAYS[one.way]),
            one.person or words.say("nobody signed in"),
            moment(one.at),
            one.seq,
        )
        for one in found
    ]
    return call.answer(data, table(headings, rows) if rows else [words.say("No paper was printed so far.")])


@contextmanager
def named(call: Call, sitting: Sitting | None = None) -> Iterator[Sitting | None]:
    """Open a sitting of whoever ``--as`` names, for the print log; None: nobody is named, or no secret can be had.

    The log names nobody without a secret: the workstation notes the paper then.
    """
    if sitting is not None or call.login is None or not (call.secret_stdin or call.ask):
        yield sitting
        return
    with call.sitting() as own:
        yield own


def not_named(call: Call, sitting: Sitting | None) -> tuple[str, ...]:
    """Return what is said where somebody was named, and the print log does not."""
    if sitting is not None or call.login is None:
        return ()
    words = call.words
    return (
        words.say(
            "The print log names this workstation and not {login}: no password was given.", login=call.login
        ),
    )


def tell_left(call: Call, paper: bytes, way: Leaving, sitting: Sitting | None) -> bytes:
    """Put on record that a paper is handed over now, and return it as it leaves; a file, as the company signs it.

    Of what is no paper of the log (a closing slip) nothing is told. ``sitting``: None: the workstation notes it.
    """
    if way == "label_printer":
        leaves = paper
    else:
        signs = signed(call, paper) if call.pades else call.use.company.leaving(paper)
        leaves = paper.signed(signs) if isinstance(paper, Print) else signs
    if isinstance(leaves, Print):
        if sitting is None:
            call.use.prints.note(leaves, way)
        else:
            call.use.prints.tell(sitting, leaves, way)
    return leaves
