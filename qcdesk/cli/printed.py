# SPDX-License-Identifier: Apache-2.0
"""``report list``: which papers left, who had them printed, which way, and which copy each was."""

from __future__ import annotations

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
    return call.answer(data, table(headings, rows))


def tell_left(call: Call, paper: bytes, way: Leaving, sitting: Sitting | None) -> None:
    """Put on record that a paper is handed over now; of what is no paper of the log (a closing slip), nothing."""
    if not isinstance(paper, Print):
        return
    if sitting is None:
        call.use.prints.note(paper, way)
    else:
        call.use.prints.tell(sitting, paper, way)


def signed_print(call: Call, pdf: bytes) -> bytes:
    """Return a paper with the company's signature, to be told as what it is then."""
    made = signed(call, pdf)
    return Print(made, pdf.told) if isinstance(pdf, Print) else made
