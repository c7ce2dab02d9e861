# SPDX-License-Identifier: Apache-2.0
"""Papers of many batches in one command: which they are, and each written into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from qcdesk.cli.call import Call
from qcdesk.cli.given import the_day
from qcdesk.cli.output import Data
from qcdesk.cli.printed import named, not_named, tell_left
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.labels import LabelWish
from qcdesk.services.ports import PrintJob
from qcdesk.services.prints import Print
from qcdesk.services.sittings import Sitting
from qcdesk.services.trouble import Trouble
from qcdesk.wording import problems
from qcdesk.wording.ages import begins

Wrong: TypeAlias = Refusal | BadInput | Trouble
MOST: Final = 100_000
"""Batches that are released on one day at the most."""
Numbers = Annotated[
    list[str] | None, typer.Argument(metavar="BATCH...", help=mark("Number of the batch, or of several."))
]
ReleasedOn = Annotated[
    str | None,
    typer.Option(help=mark("Instead of naming batches: each that was released on this day, into a folder.")),
]


def asked_for(
    call: Call, numbers: list[str] | None, released_on: str | None = None, *, every: bool = False
) -> list[str]:
    """Return the numbers of the batches that were asked for, each once."""
    if every:
        with call.use.look() as uow:
            standing = [one for one in uow.certificates() if one.withdrawn is None]
            return list(dict.fromkeys(uow.batch(one.fact.batch).number for one in standing))
    if released_on is not None:
        since = the_day(released_on, "day")
        rows = call.use.read.released(begins(since), begins(since + timedelta(days=1)), MOST)
        return [row.number for row in reversed(rows)]
    if not numbers:
        raise BadInput("missing", where={"field": "batch"})
    return list(dict.fromkeys(numbers))


def write_many(
    call: Call,
    numbers: list[str],
    job: Callable[[str, str], PrintJob],
    words: Catalogue,
    output: str,
    sitting: Sitting | None = None,
) -> int:
    """Write a PDF for each batch into a folder, and say of which there is none, and why.

    Args: sitting: of who has them written; None: of whoever ``--as`` names, where that can be told.
    """
    with named(call, sitting) as teller:
        return _write_many(call, numbers, job, words, output, teller)


def _write_many(
    call: Call,
    numbers: list[str],
    job: Callable[[str, str], PrintJob],
    words: Catalogue,
    output: str,
    sitting: Sitting | None,
) -> int:
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    tell = call.telling(lambda percent: call.words.say("Writing the papers: {percent} %", percent=percent))
    failed: dict[str, Wrong] = {}

    def jobs() -> Iterator[PrintJob]:
        for name in numbers:
            try:
                yield job(name, call.use.read.batch_by_number(name))
            except (Refusal, BadInput, Trouble) as wrong:
                failed[name] = wrong

    made: list[Data] = []
    with closing(call.use.printing.in_language(*words.languages).many(jobs())) as papers:
        for one, pdf in papers:
            if not isinstance(pdf, bytes):
                failed[one.name] = pdf
                continue
            try:
                leaves = tell_left(call, pdf, "saved", sitting)
                printed = call.use.printing.save(leaves, str(folder / f"{one.file}.pdf"))
            except (BadInput, Refusal, Trouble) as wrong:
                failed[one.name] = wrong
                continue
            made.append(
                {"batch": one.name, "file": printed.file, "pages": printed.pages, "digest": printed.digest}
            )
            if tell is not None:
                tell(len(made) + len(failed), len(numbers))
    lines = [
        call.words.count("{n} paper is in {folder}.", "{n} papers are in {folder}.", len(made), folder=output)
    ]
    return _answer(call, {"papers": made}, lines, failed, sitting)


def write_zpl(
    call: Call, numbers: list[str], wish: LabelWish, words: Catalogue, output: str | None, printer: str | None
) -> int:
    """Write the labels of batches one after the other, as a label printer reads them, and say of which there are none.

    Args: output, printer: the file and the queue, of which one may be None.
    """
    printing = call.use.printing.in_language(*words.languages)
    failed: dict[str, Wrong] = {}
    made: list[tuple[str, Print]] = []
    for name in numbers:
        try:
            batch = call.use.read.batch_by_number(name)
        except BadInput as wrong:
            failed[name] = wrong
            continue
        try:
            made.append((name, printing.label_zpl(batch, wish, wish.density)))
        except (Refusal, Trouble) as wrong:
            failed[name] = wrong
    content, count, told = b"".join(one for _, one in made), len(made) * wish.copies, list[str]()
    teller: Sitting | None = None
    if made:
        with named(call) as teller:
            labels = [one for _, one in made]
            told = hand_over_zpl(call, labels, call.words.say("Labels"), count, (output, printer), teller)
    data: Data = {
        "file": output if made else None,
        "printer": printer if made else None,
        "bytes": len(content),
        "digest": sha256(content).hexdigest(),
        "copies": wish.copies,
        "batches": [name for name, _ in made],
    }
    return _answer(call, data, told, failed, teller)


def hand_over_zpl(
    call: Call,
    papers: Sequence[Print],
    title: str,
    count: int,
    to: tuple[str | None, str | None],
    teller: Sitting | None,
) -> list[str]:
    """Write labels into a file or send them to a queue, or both; return what is said of it.

    What goes into a file is told before, and what goes to a printer alone once that took it. Args: to: file and queue.
    """
    printing, (output, printer), content, told = call.use.printing, to, b"".join(papers), list[str]()
    if output is not None:
        for one in papers:
            tell_left(call, one, "label_printer", teller)
        printing.save_plain(content, output)
        told.append(call.words.count("{file}: {n} label.", "{file}: {n} labels.", count, file=output))
    if printer is not None:
        untold = papers if output is None else ()
        call.use.prints.send(teller, untold, "label_printer", lambda: printing.send(content, printer, title))
        told.append(call.words.say("Sent to {printer}.", printer=printer))
    return told


def _answer(
    call: Call, data: Data, lines: list[str], failed: Mapping[str, Wrong], teller: Sitting | None
) -> int:
    """Give the answer, with what is wrong with some of the batches behind it, and who is not named."""
    lines += [
        call.words.say("{batch}: {why}", batch=name, why=str(problems.tell(wrong, call.words)))
        for name, wrong in failed.items()
    ]
    if data.get("papers") or data.get("batches"):
        lines += not_named(call, teller)
    lost: list[Data] = [{"batch": name, "problem": wrong.code} for name, wrong in failed.items()]
    return call.answer({**data, "failed": lost}, lines, holds=not failed)
