# SPDX-License-Identifier: Apache-2.0
"""``report list``: which papers left, who had them printed, which way, and which copy each was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.leaving import signed
from qcdesk.cli.output import Data, table
from qcdesk.domain.events import Leaving
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import mark
from qcdesk.services.prints import Print, PrintsOf
from qcdesk.services.sittings import Sitting
from qcdesk.wording.prints import DOCUMENTS, WAYS
from qcdesk.wording.spelling import moment, rfc3339


def list_printed(
    ctx: typer.Context,
    batch: Annotated[str | None, typer.Option(help=mark("Number of a batch; without it all papers."))] = None,
    supplier: Annotated[
        str | None, typer.Option(help=mark("Code of a supplier: its scorecards, audits and 8D reports."))
    ] = None,
    audit: Annotated[str | None, typer.Option(help=mark("Number of an audit, such as A-7."))] = None,
) -> int:
    """List the papers that were printed, saved or enclosed in a mail, the newest first."""
    call = call_of(ctx)
    words, of = call.words, _asked(call, batch, supplier, audit)
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


def _asked(call: Call, batch: str | None, supplier: str | None, audit: str | None) -> PrintsOf | None:
    """Return what the papers are asked of; None: of anything. Raises: BadInput ``prints_of_one``."""
    if sum(one is not None for one in (batch, supplier, audit)) > 1:
        raise BadInput("prints_of_one", where={"field": "batch"})
    if batch is not None:
        return PrintsOf(batch=call.use.read.batch_by_number(batch))
    if supplier is not None:
        return PrintsOf(supplier=given.supplier(call.use, supplier).supplier)
    if audit is not None:
        with call.use.look() as uow:
            return PrintsOf(document="audit", subject=uow.audit(audit).id)
    return None


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
        signs = signed(call, paper) if call.pades or call.use.company.choice().always else paper
        leaves = paper.signed(signs) if isinstance(paper, Print) else signs
    if isinstance(leaves, Print):
        if sitting is None:
            call.use.prints.note(leaves, way)
        else:
            call.use.prints.tell(sitting, leaves, way)
    return leaves
