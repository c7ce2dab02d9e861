# SPDX-License-Identifier: Apache-2.0
"""What the commands of papers share: their options and languages, and how a paper is handed over."""

from __future__ import annotations

from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from qcdesk.checker.sealing import has_seal
from qcdesk.cli.call import Call, ToPrinter, call_of
from qcdesk.cli.output import Data
from qcdesk.cli.printed import named, not_named, tell_left
from qcdesk.cli.terminal import DONE, known_language, words_of
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue, mark, side_by_side
from qcdesk.services.inspection_report import Paper
from qcdesk.services.ports import Printed, Printing
from qcdesk.services.prints import Print
from qcdesk.services.sittings import Sitting
from qcdesk.wording.paper_mail import MAIL, mail_with
from qcdesk.wording.prints import called

PAPERS: tuple[Paper, ...] = ("A4", "Letter")
Language = Annotated[
    str | None,
    typer.Option(
        "--lang",
        "--language",
        help=mark("Language of the paper: en, vi, zh_CN or th; without it that of the command."),
    ),
]

WRITTEN = mark("The PDF file to write; ending in .eml, a mail that encloses it.")
OUTPUT = mark("The PDF file to write, or .eml for a mail; of several batches the folder.")
PaperSize = Annotated[str | None, typer.Option(help=mark("A4 or Letter; without it the shop's own."))]
SecondLanguage = Annotated[
    str | None,
    typer.Option(
        "--second-lang",
        help=mark("A second language, smaller beside the first or under it; data stands once."),
    ),
]


def _noted(ctx: typer.Context, wanted: bool) -> bool:
    call_of(ctx).pades = wanted
    return wanted


Pades = Annotated[
    bool,
    typer.Option(
        "--pades",
        callback=_noted,
        help=mark("Sign the PDF with the company's certificate as well; see qcdesk signature."),
    ),
]
"""The option is noted on the call, where whatever writes the PDF finds it."""


def paper_of(paper: str | None) -> Paper | None:
    """Return the paper that was asked for. Raises: BadInput ``unknown_kind``."""
    chosen = next((one for one in PAPERS if one == paper), None)
    if paper is not None and chosen is None:
        raise BadInput("unknown_kind", facts={"value": paper, "known": PAPERS}, where={"field": "paper"})
    return chosen


def words_in(call: Call, language: str | None, second: str | None = None) -> Catalogue:
    """Return the sentences of a paper's languages; without a first those of the command.

    Raises: BadInput ``unknown_kind``.
    """
    first = call.words if language is None else words_of(known_language(language))
    return first if second is None else side_by_side(first, words_of(known_language(second)))


def printing_in(call: Call, words: Catalogue) -> Printing:
    """Return what makes papers in these languages."""
    return call.use.printing.in_language(*words.languages)


def written(
    call: Call,
    pdf: bytes,
    output: str,
    words: Catalogue | None = None,
    *,
    proves: bool = True,
    sitting: Sitting | None = None,
    **more: object,
) -> int:
    """Save a finished PDF, or a mail that encloses it where the file is to be one, and say so.

    ``proves``: it is of a kind that carries evidence; said where it does not. ``sitting``: of who has it written; None:
    of whoever ``--as`` names; where nobody is named, or no secret can be had, the workstation notes it.
    Where the call has a printer, that gets it instead; ``print`` says so once it has all.
    """
    if call.printer is not None:
        assert isinstance(pdf, Print), "what is printed by command is told"
        return _to_printer(call, call.printer, pdf, sitting)
    sealed, mails = has_seal(pdf), output.lower().endswith(MAIL)
    told_of = isinstance(pdf, Print)
    with named(call, sitting) if told_of else nullcontext() as teller:
        pdf = tell_left(call, pdf, "mailed" if mails else "saved", teller)
    if mails:
        mail = mail_with(
            pdf, Path(output).stem, call.use.read.shop().name, call.use.clock.now(), words or call.words
        )
        call.use.letters.save(call.use.letters.mail(mail), output)
        printed = Printed(output, call.use.printing.page_count(pdf), sha256(pdf).hexdigest())
    else:
        printed = call.use.printing.save(pdf, output)
    data: Data = {
        "file": printed.file,
        "pages": printed.pages,
        "digest": printed.digest,
        "sealed": sealed,
        **more,
    }
    told = [call.words.count("{file}: {n} page.", "{file}: {n} pages.", printed.pages, file=printed.file)]
    if proves and not sealed:
        told.append(call.words.say("It carries no evidence, and says why."))
    if told_of:
        told += not_named(call, teller)
    return call.answer(data, told)


def _to_printer(call: Call, to: ToPrinter, pdf: Print, sitting: Sitting | None) -> int:
    """Send a paper to a printer, as the very bytes that are told."""
    printing, printers, paper = call.use.printing, call.use.printers, called(pdf.told, call.words)
    with named(call, sitting) as teller:
        job = call.use.prints.send(
            teller, [pdf], "printed", lambda: printers.print(pdf, to.name, paper, printing.sheet(pdf))
        )
    to.lines += not_named(call, teller) if not to.jobs else ()
    pages = printing.page_count(pdf)
    to.jobs.append(
        {
            "job": job or None,
            "copy": pdf.told.copy if pdf.told.marked else None,
            "pages": pages,
            "digest": sha256(pdf).hexdigest(),
        }
    )
    to.lines.append(
        call.words.count(
            "{paper}: {n} page is sent to {printer}.",
            "{paper}: {n} pages are sent to {printer}.",
            pages,
            paper=paper,
            printer=to.name,
        )
    )
    return DONE
