# SPDX-License-Identifier: Apache-2.0
"""``anchor``: the log's head kept outside the database, as a file, on paper, or as a code to read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from qcdesk.cli.call import Call, call_of
from qcdesk.cli.certificates import LONGEST_PAPER
from qcdesk.cli.handing_over import (
    Language,
    PaperSize,
    SecondLanguage,
    paper_of,
    printing_in,
    words_in,
    written,
)
from qcdesk.cli.output import Data
from qcdesk.cli.terminal import read_file
from qcdesk.domain.anchors import Anchor, printed
from qcdesk.i18n import mark
from qcdesk.services.brought_anchors import codes_off_paper
from qcdesk.services.ports import Hand, HeldAgainst
from qcdesk.wording.spelling import moment, rfc3339


def commands() -> typer.Typer:
    """Return the commands about anchors."""
    app = typer.Typer(
        help=mark("Keep the log's head outside the database, signed with --as or by the workstation.")
    )
    app.callback(invoke_without_command=True)(anchor)
    app.command("slip", help=mark("Write the closing slip as PDF, signed with --as or by the workstation."))(
        slip
    )
    return app


def anchor(
    ctx: typer.Context,
    to: Annotated[
        str | None, typer.Option(help=mark("A folder away from this computer: a stick, a share, a mail box."))
    ] = None,
) -> int:
    """Sign the log's head; with ``--to`` a file of it is kept there. Without ``--as`` the workstation signs."""
    if ctx.invoked_subcommand is not None:
        return 0
    call = call_of(ctx)
    made = call.use.keeping.anchor(_hand(call))
    file = call.use.keeping.keep_anchor(made, to) if to is not None else None
    data, lines = _told(call, made)
    if file is not None:
        data["file"] = file
        lines.append(call.words.say("Kept in {file}.", file=file))
    return call.answer(data, lines)


def slip(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("-o", "--output", help=mark("The PDF file to write."))],
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
) -> int:
    """Sign the log's head and write the closing slip of the day. Without ``--as`` the workstation signs."""
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    hand = _hand(call)
    made = call.use.keeping.anchor(hand)
    return written(
        call,
        printing_in(call, words).slip(made, hand.person if hand else None, chosen),
        output,
        proves=False,
    )


def brought(call: Call, anchors: Sequence[str]) -> HeldAgainst:
    """Hold anchors against the log: as ``Keeping.against``, and PDFs and pictures of paper that bears a square code.

    Raises: BadInput ``not_an_anchor``.
    """
    found = codes_off_paper(anchors, lambda one: read_file(Path(one), LONGEST_PAPER), call.doors.read_paper)
    return call.use.keeping.against(found)


def _hand(call: Call) -> Hand | None:
    """Open the key of who acts; None: nobody was named, as in a task that runs every night."""
    return call.hand() if call.login is not None else None


def _told(call: Call, made: Anchor) -> tuple[Data, list[str]]:
    head = made.head
    code = printed(head.seq, head.hash, call.use.keeping.fingerprint())
    data: Data = {
        "vault": head.vault,
        "event": head.seq,
        "hash": head.hash,
        "at": rfc3339(head.at),
        "code": code,
        "key": made.key,
    }
    words = call.words
    return data, [
        words.say("Event {event} was the last one at {time}.", event=head.seq, time=moment(head.at)),
        code,
    ]
