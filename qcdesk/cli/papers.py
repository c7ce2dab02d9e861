# SPDX-License-Identifier: Apache-2.0
"""``report``: what goes on paper, as PDF."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from hashlib import sha256
from typing import Annotated

import typer

from qcdesk.cli import scores
from qcdesk.cli.batches import Number
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.given import whole
from qcdesk.cli.handing_over import (
    OUTPUT,
    WRITTEN,
    Language,
    Pades,
    PaperSize,
    SecondLanguage,
    paper_of,
    printing_in,
    words_in,
    written,
)
from qcdesk.cli.many_papers import Numbers, ReleasedOn, asked_for, hand_over_zpl, write_many, write_zpl
from qcdesk.cli.output import Data
from qcdesk.cli.printed import list_printed, named, not_named
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.nonconformities import number_of
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.inspection_report import Paper
from qcdesk.services.labels import LABEL_KINDS, LabelWish
from qcdesk.services.ports import Hand, PrintJob
from qcdesk.services.scoreboards import days_of, read_scoreboard
from qcdesk.services.scorecards import MONTHS
from qcdesk.wording import scoreboards, scorecards, supplier_comparisons

FORMS = ("pdf", "zpl")


def commands() -> typer.Typer:
    """Return the commands that make reports."""
    app = typer.Typer(help=mark("Reports as PDF."))
    app.command("inspection", help=mark("Write the inspection report of a batch. Takes --as."))(inspection)
    app.command("certificate", help=mark("Certify a released batch, or print a copy. Takes --as."))(
        certificate
    )
    app.command("analysis", help=mark("Certify a released batch with each result. Takes --as."))(analysis)
    app.command("scorecard", help=mark("Write the scorecard of a supplier on one page."))(scorecard)
    app.command("suppliers", help=mark("Write suppliers side by side on one page."))(suppliers)
    app.command("8d", help=mark("Write the report of a corrective action."))(eight_d)
    app.command("nonconformity", help=mark("Write the report of a nonconformity."))(nonconformity)
    app.command("audit", help=mark("Write the report of a supplier's audit. Takes --as."))(audit)
    app.command("scoreboard", help=mark("Write the scoreboard of the house on one page."))(scoreboard)
    app.command("period", help=mark("Write the scoreboard as it was at the end of a month."))(period)
    app.command("first-article", help=mark("Write the first-article report of a unit."))(first_article)
    app.command("instruction", help=mark("Write a procedure as a work instruction."))(instruction)
    app.command("label", help=mark("Write labels for a batch, as PDF or for a label printer."))(label)
    app.command("stickers", help=mark("Write the stickers for the drawn units of a batch."))(stickers)
    app.command("list", help=mark("List the papers that were printed, saved or mailed."))(list_printed)
    return app


def first_article(
    ctx: typer.Context,
    number: Number,
    output: Annotated[str, typer.Option("-o", "--output", help=mark("The PDF file to write."))],
    unit: Annotated[
        str | None, typer.Option(help=mark("Sample number of the unit; without it the first one measured."))
    ] = None,
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
) -> int:
    """Write the data fields of AS9102 for a unit that both have inspected; what is not on record is a line."""
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    sample_no = None if unit is None else whole(unit, "unit", least=1)
    batch = call.use.read.batch_by_number(number)
    call.check_tail()
    known = call.use.read.nonconformities.listed(closed=True, batch=batch)
    printing = printing_in(call, words)
    pdf = printing.first_article(batch, call.anybody(), sample_no, known, chosen)
    return written(call, pdf, output, words)


def instruction(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="PROCEDURE", help=mark("Code of the procedure."))],
    output: Annotated[str, typer.Option("-o", "--output", help=mark("The PDF file to write."))],
    version: Annotated[
        str | None, typer.Option(help=mark("Which version; without it the newest one."))
    ] = None,
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
) -> int:
    """Write what to do, to look for and to measure, with pictures, limits, codes and how many units to look at."""
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    number = None if version is None else whole(version, "version", least=1)
    pdf = printing_in(call, words).instruction(code, number, chosen)
    return written(call, pdf, output, words)


def label(
    ctx: typer.Context,
    number: Numbers = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            help=mark("The file to write; of several batches as PDF the folder, as ZPL one file."),
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(help=mark("hold, release, quarantine or sample; without it what its state asks for.")),
    ] = None,
    stock: Annotated[
        str,
        typer.Option(
            help=mark(
                "roll-100x50, roll-60x40, a4-8, a4-14, a4-24 or letter-10. On those 99 mm wide and wider a release "
                "bears the code of its certificate, which proves it by itself."
            )
        ),
    ] = "roll-100x50",
    copies: Annotated[str, typer.Option(help=mark("How many labels."))] = "1",
    start: Annotated[str, typer.Option(help=mark("The place of the first one on its sheet."))] = "1",
    form: Annotated[
        str | None, typer.Option("--format", help=mark("pdf, or zpl for a label printer."))
    ] = None,
    density: Annotated[
        str, typer.Option(help=mark("Dots an inch of the label printer: 203, 300 or 600."))
    ] = "203",
    printer: Annotated[
        str | None,
        typer.Option(help=mark("Queue of a label printer, to which the labels are sent as ZPL.")),
    ] = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
    released_on: ReleasedOn = None,
) -> int:
    """Write labels that say the state of a batch as it is now; a held batch has no label of release."""
    call = call_of(ctx)
    words = words_in(call, language, second)
    form = form or ("zpl" if output is not None and output.lower().endswith(".zpl") else "pdf")
    chosen = next((one for one in LABEL_KINDS if one == kind), None)
    for field, given, known in (
        ("kind", kind if chosen is None else None, LABEL_KINDS),
        ("format", form, FORMS),
    ):
        if given is not None and given not in known:
            raise BadInput("unknown_kind", facts={"value": given, "known": known}, where={"field": field})
    if output is None and printer is None:
        raise BadInput("missing", where={"field": "file"})
    batches = asked_for(call, number, released_on)
    call.check_tail()
    as_pdf = form == "pdf" and printer is None
    wish = LabelWish(
        chosen,
        stock,
        whole(copies, "copies", least=1),
        whole(start, "start", least=1),
        whole(density, "density", least=1),
    )
    if len(batches) != 1 or released_on is not None:
        if not as_pdf or output is None:
            return write_zpl(call, batches, wish, words, output, printer)
        return write_many(call, batches, lambda name, batch: PrintJob(batch, name, label=wish), words, output)
    [name] = batches
    batch = call.use.read.batch_by_number(name)
    wish = replace(wish, kind=chosen or call.use.labels_of(batch)[0])
    printing = printing_in(call, words)
    if as_pdf and output is not None:
        return written(call, printing.label(batch, wish), output, proves=False, copies=wish.copies)
    content, title = (
        printing.label_zpl(batch, wish, wish.density),
        call.words.say("Labels for {number}", number=name),
    )
    with named(call) as teller:
        told = hand_over_zpl(call, [content], title, wish.copies, (output, printer), teller)
    told = [*not_named(call, teller), *told]
    data: Data = {"file": output, "printer": printer, "bytes": len(content), "digest": sha256(content).hexdigest(),
                  "copies": wish.copies}  # fmt: skip
    return call.answer(data, told)


def stickers(
    ctx: typer.Context,
    number: Number,
    output: Annotated[str, typer.Option("-o", "--output", help=WRITTEN)],
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
    drawn: Annotated[
        bool, typer.Option("--all", help=mark("Of every drawn unit, also of samples not asked for yet."))
    ] = False,
) -> int:
    """Write the stickers that carry the sample numbers of the round that is open.

    Of a double or multiple plan those of the first sample; with --as, of the one that one's own check asks for.
    """
    call = call_of(ctx)
    words = words_in(call, language, second)
    chosen, batch = paper_of(paper), call.use.read.batch_by_number(number)
    call.check_tail()
    if call.login is None or drawn:
        return written(
            call,
            printing_in(call, words).stickers(batch, None, chosen, drawn=drawn),
            output,
            proves=False,
        )
    with call.sitting() as sitting:
        pdf = printing_in(call, words).stickers(batch, sitting.person, chosen)
        return written(call, pdf, output, words, proves=False, sitting=sitting)


def scorecard(
    ctx: typer.Context,
    supplier: scores.Code,
    output: Annotated[str, typer.Option("-o", "--output", help=WRITTEN)],
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
    weight: scores.Weights = None,
    months: scores.Months = str(MONTHS),
) -> int:
    """Write a supplier's scorecard: what was recorded, with intervals and against its own past."""
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    card, found, names, one, urgent = scores.card_of(call, supplier, weight, months)
    sheet = scorecards.sheet_of(card, found, names, one.code, one.name, words, urgent, one.supplier)
    if sheet is None:
        raise BadInput("no_figures", facts={"name": one.name}, where={"field": "supplier"})
    return _figures(call, sheet, chosen, output, words)


def suppliers(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("-o", "--output", help=WRITTEN)],
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
    supplier: Annotated[
        list[str] | None, typer.Option(help=mark("Code of a supplier to compare; once for each."))
    ] = None,
    weight: scores.Weights = None,
    months: scores.Months = str(MONTHS),
) -> int:
    """Write suppliers side by side, each figure with its interval, and without a rank where these overlap."""
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    sheet = supplier_comparisons.sheet_of(scores.comparison_of(call, supplier, weight, months), words)
    if sheet is None:
        raise BadInput("no_figures_of_any", where={"field": "supplier"})
    return _figures(call, sheet, chosen, output, words)


def eight_d(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument(metavar="ACTION", help=mark("Its number, such as CA-1."))],
    output: Annotated[str, typer.Option("-o", "--output", help=WRITTEN)],
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
) -> int:
    """Write the eight steps of a corrective action, with its promises and what the lots made of them."""
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    return written(call, printing_in(call, words).eight_d(action, chosen), output, words)


def nonconformity(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NONCONFORMITY", help=mark("Its number, such as NC-1."))],
    output: Annotated[str, typer.Option("-o", "--output", help=WRITTEN)],
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
) -> int:
    """Write what is wrong, with photos, what was done, by whom, and what was decided."""
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    call.check_tail()
    one, printing = number_of(number), printing_in(call, words)
    pdf = printing.nonconformity(lambda: call.use.read.nonconformities.page(one, None), chosen)
    return written(call, pdf, output, words)


def audit(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="AUDIT", help=mark("Number of the audit, such as A-7."))],
    output: Annotated[str, typer.Option("-o", "--output", help=WRITTEN)],
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
) -> int:
    """Write the report of an audit that both have signed."""
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    call.check_tail()
    return written(
        call,
        printing_in(call, words).audit(number, call.anybody(), chosen),
        output,
        words,
    )


def scoreboard(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("-o", "--output", help=WRITTEN)],
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
) -> int:
    """Write the scoreboard of the house as it stands."""
    return _board(call_of(ctx), "", output, paper, language, second)


def period(
    ctx: typer.Context,
    month: Annotated[
        str, typer.Argument(metavar="MONTH", help=mark("A month that is over, such as 2026-03."))
    ],
    output: Annotated[str, typer.Option("-o", "--output", help=WRITTEN)],
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
) -> int:
    """Write the summary of a period: the scoreboard as it was at the end of a month."""
    return _board(call_of(ctx), month, output, paper, language, second)


def _board(
    call: Call, month: str, output: str, paper: str | None, language: str | None, second: str | None
) -> int:
    chosen, words = paper_of(paper), words_in(call, language, second)
    found = read_scoreboard(call.use, month)
    sheet = scoreboards.sheet_of(found, words, days_of(month) if month else None)
    return _figures(call, sheet, chosen, output, words)


def _figures(call: Call, sheet: ChartSheet, chosen: Paper | None, output: str, words: Catalogue) -> int:
    """Write a sheet of figures as of today."""
    pdf = printing_in(call, words).chart(sheet, call.use.clock.today().isoformat(), chosen)
    return written(call, pdf, output, words)


def certificate(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("-o", "--output", help=OUTPUT)],
    number: Numbers = None,
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
    every: Annotated[
        bool, typer.Option("--all", help=mark("A copy of every certificate that stands, into a folder."))
    ] = False,
    released_on: ReleasedOn = None,
) -> int:
    """Write the certificate of a released batch: the first time it is issued, after that it is a copy."""
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    batches = asked_for(call, number, released_on, every=every)
    call.check_tail()
    return _certificates(call, batches, chosen, words, output, several=every or released_on is not None)


def analysis(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("-o", "--output", help=OUTPUT)],
    number: Numbers = None,
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
    released_on: ReleasedOn = None,
) -> int:
    """Write the certificate of a released batch with each result: limits, method, what was measured and found.

    It is the certificate of the batch, under its number: the first print issues it where it has none, and each with
    results after that is a copy.
    """
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    batches = asked_for(call, number, released_on)
    call.check_tail()
    return _certificates(call, batches, chosen, words, output, several=released_on is not None, results=True)


def _certificates(
    call: Call,
    batches: list[str],
    paper: Paper | None,
    words: Catalogue,
    output: str,
    *,
    several: bool,
    results: bool = False,
) -> int:
    """Print certificates: one into a file, several into a folder."""
    hand = call.hand()
    if len(batches) == 1 and not several:
        return _certified(call, hand, batches[0], output, paper, words, results=results)
    with call.sitting(hand) as sitting:

        def job(name: str, batch: str) -> PrintJob:
            there = call.use.certificate_of(batch)
            issued = there.number if there else call.use.issue_certificate(hand, batch).certificate
            printed = call.use.print_certificate(sitting, issued, results=results)
            return PrintJob(batch, name, certificate=issued, copy=printed.copy, paper=paper, results=results)

        return write_many(call, batches, job, words, output, sitting)


def _certified(
    call: Call,
    hand: Hand,
    number: str,
    output: str,
    paper: Paper | None,
    words: Catalogue,
    *,
    results: bool = False,
) -> int:
    """Print the certificate of a batch, issued where it has none yet."""
    batch = call.use.read.batch_by_number(number)
    there = call.use.certificate_of(batch)
    issued = there.number if there else call.use.issue_certificate(hand, batch).certificate
    with call.sitting(hand) as sitting:
        printed = call.use.print_certificate(sitting, issued, results=results)
        printing = printing_in(call, words)
        pdf = printing.certificate(printed.number, printed.copy, paper, results=results)
        return written(
            call, pdf, output, words, sitting=sitting, certificate=printed.number, copy=printed.copy
        )


def inspection(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("-o", "--output", help=OUTPUT)],
    number: Numbers = None,
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    pades: Pades = False,
    round_no: Annotated[
        str | None, typer.Option("--round", help=mark("Number of the round; the last one."))
    ] = None,
    released_on: ReleasedOn = None,
) -> int:
    """Write the inspection report of a batch, as this person may see it; of several into a folder."""
    call = call_of(ctx)
    chosen, words = paper_of(paper), words_in(call, language, second)
    no = None if round_no is None else whole(round_no, "number", least=1)
    batches = asked_for(call, number, released_on)
    call.check_tail()
    person = call.anybody()
    if len(batches) != 1 or released_on is not None:
        with call.sitting() if call.login is not None else nullcontext() as sitting:

            def job(name: str, batch: str) -> PrintJob:
                if sitting is None:
                    call.use.read.comparison(batch, person, call.use.clock.now(), no)
                else:
                    call.use.look_at_first(sitting, batch, "report")
                return PrintJob(batch, name, person if sitting is None else sitting.person, paper=chosen)

            return write_many(call, batches, job, words, output, sitting)
    batch = call.use.read.batch_by_number(batches[0])
    if call.login is None:
        # Compared already, so everybody may see it; else this is refused, and the report needs to know who asks.
        call.use.read.comparison(batch, person, call.use.clock.now(), no)
        return written(
            call,
            printing_in(call, words).inspection(batch, person, chosen, no),
            output,
        )
    with call.sitting() as sitting:
        # Whoever sees a first check early leaves that on record, or is refused.
        call.use.look_at_first(sitting, batch, "report")
        pdf = printing_in(call, words).inspection(batch, sitting.person, chosen, no)
        return written(call, pdf, output, words, sitting=sitting)
