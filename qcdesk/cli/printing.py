# SPDX-License-Identifier: Apache-2.0
"""``print``: a report straight to a printer of the system, as the window prints it: the very bytes, and on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, Final

import typer

from qcdesk import config
from qcdesk.cli import papers, scores
from qcdesk.cli.call import ToPrinter, call_of
from qcdesk.cli.given import whole
from qcdesk.cli.handing_over import Language, PaperSize, SecondLanguage
from qcdesk.cli.output import Data
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import mark
from qcdesk.services.labels import MOST_COPIES
from qcdesk.services.printers import chosen_printer

_Take = Callable[..., int]
_REPORTS: Final[dict[str, tuple[_Take, str, tuple[str, ...]]]] = {
    "inspection": (papers.inspection, "number", ("paper", "round_no")),
    "certificate": (papers.certificate, "number", ("paper",)),
    "analysis": (papers.analysis, "number", ("paper",)),
    "nonconformity": (papers.nonconformity, "number", ("paper",)),
    "8d": (papers.eight_d, "action", ("paper",)),
    "scorecard": (papers.scorecard, "supplier", ("paper", "weight", "months")),
    "audit": (papers.audit, "number", ("paper",)),
    "period": (papers.period, "month", ("paper",)),
    "first-article": (papers.first_article, "number", ("paper", "unit")),
    "instruction": (papers.instruction, "code", ("paper", "version")),
    "label": (papers.label, "number", ("kind", "stock", "start", "copies")),
    "stickers": (papers.stickers, "number", ("paper", "drawn")),
    "scoreboard": (papers.scoreboard, "", ("paper",)),
    "suppliers": (papers.suppliers, "", ("paper", "supplier", "weight", "months")),
}
"""Report -> what makes it, how that calls its subject (empty: it has none), and its options besides languages."""
_MANY: Final = ("inspection", "certificate", "analysis", "label")
"""Reports whose commands take several subjects."""
_FIELDS: Final = {"round_no": "round", "drawn": "sample"}
_KEPT_AS: Final = {
    "analysis": "certificate",
    "label": "labels",
    "first-article": "first_article",
    "scorecard": "chart",
    "period": "chart",
    "scoreboard": "chart",
    "suppliers": "chart",
}
"""Report -> under which name the station remembers its printer, where that is another; as the window's pages do."""


def print_paper(
    ctx: typer.Context,
    report: Annotated[
        str,
        typer.Option(
            metavar="KIND",
            help=mark(
                "inspection, certificate, analysis, nonconformity, 8d, scorecard, audit, period, first-article, "
                "instruction, label or stickers; without ID scoreboard or suppliers."
            ),
        ),
    ],
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help=mark("What the report is about, as qcdesk report takes it: a batch, a supplier, a month …"),
        ),
    ] = None,
    printer: Annotated[
        str | None,
        typer.Option(
            help=mark("Its name; without it the last one of such reports here, else the usual one.")
        ),
    ] = None,
    copies: Annotated[
        str, typer.Option(help=mark("How many; each of a signed report says which copy it is."))
    ] = "1",
    paper: PaperSize = None,
    language: Language = None,
    second: SecondLanguage = None,
    round_no: Annotated[
        str | None, typer.Option("--round", help=mark("Number of the round; the last one."))
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help=mark("Sample number of the unit; without it the first one measured."))
    ] = None,
    version: Annotated[
        str | None, typer.Option(help=mark("Which version; without it the newest one."))
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(help=mark("hold, release, quarantine or sample; without it what its state asks for.")),
    ] = None,
    stock: Annotated[
        str | None, typer.Option(help=mark("roll-100x50, roll-60x40, a4-8, a4-14, a4-24 or letter-10."))
    ] = None,
    start: Annotated[str | None, typer.Option(help=mark("The place of the first one on its sheet."))] = None,
    drawn: Annotated[
        bool, typer.Option("--all", help=mark("Of every drawn unit, also of samples not asked for yet."))
    ] = False,
    supplier: Annotated[
        list[str] | None, typer.Option(help=mark("Code of a supplier to compare; once for each."))
    ] = None,
    weight: scores.Weights = None,
    months: Annotated[
        str | None, typer.Option(help=mark("Of the last so many months that had lots."))
    ] = None,
) -> int:
    """Print a report: the bytes that qcdesk report would write. It is put on record once the printer took it."""
    call = call_of(ctx)
    if report not in _REPORTS:
        facts: dict[str, object] = {"value": report, "known": tuple(_REPORTS)}
        raise BadInput("unknown_kind", facts=facts, where={"field": "report"})
    make, about, takes = _REPORTS[report]
    options: dict[str, Any] = {
        "paper": paper, "round_no": round_no, "unit": unit, "version": version, "kind": kind, "stock": stock,
        "start": start, "drawn": drawn or None, "supplier": supplier or None,
        "weight": weight, "months": months,
    }  # fmt: skip
    given = {name: value for name, value in options.items() if value is not None}
    left_over = [_FIELDS.get(name, name) for name in given if name not in takes]
    left_over += ["id"] if subject is not None and not about else []
    if left_over:
        raise BadInput("not_of_report", where={"field": left_over[0]})
    if subject is None and about:
        raise BadInput("missing", where={"field": "id"})
    count = whole(copies, "copies", least=1)
    if count > MOST_COPIES:
        raise BadInput("too_large", facts={"value": count, "largest": MOST_COPIES}, where={"field": "copies"})
    if "copies" in takes:
        given["copies"], count = copies, 1
    settings, kept = config.load_settings(), _KEPT_AS.get(report, report)
    habit = settings.paper_habits.get(kept, {})
    to = ToPrinter(chosen_printer(call.use.printers, printer, habit.get("printer", "")))
    call.printer = to
    named = {about: [subject] if report in _MANY else subject} if about else {}
    for _ in range(count):
        make(ctx, output="", language=language, second=second, **named, **given)
    if habit.get("printer") != to.name:
        habits = {**settings.paper_habits, kept: {**habit, "printer": to.name}}
        config.save_settings(replace(settings, paper_habits=habits))
    data: Data = {"job": to.jobs[0]["job"], "printer": to.name, "report": report, "jobs": to.jobs}
    return call.answer(data, to.lines)
