# SPDX-License-Identifier: Apache-2.0
"""``import`` and ``export``: files in, all rows or none, and everything out again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qcdesk.cli.call import call_of
from qcdesk.cli.output import Data, table
from qcdesk.cli.terminal import BAD_INPUT
from qcdesk.domain.imports import IMPORT_KINDS
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.ports import RowProblem
from qcdesk.wording import inputs

SHOWN_ERRORS = 50
FORMS = ("csv", "xlsx", "jsonl")


def import_file(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(help=mark("suppliers, products, people, batches, defects, catalogue or figures."))
    ],
    file: Annotated[str, typer.Argument(help=mark("The file: CSV, XLSX, ODS or JSON."))],
    mapping: Annotated[
        str | None, typer.Option("--map", help=mark("The map: which column feeds which field."))
    ] = None,
    encoding: Annotated[str | None, typer.Option(help=mark("Encoding, where it is not UTF-8."))] = None,
    sheet: Annotated[
        str | None, typer.Option(help=mark("Which sheet, where a spreadsheet has several."))
    ] = None,
    another: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VALUE",
            help=mark("This number, code or name reads like one that is there, and is another."),
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=mark("Only say what would happen."))] = False,
) -> int:
    """Import a file: all its rows or none."""
    call = call_of(ctx)
    words = call.words
    if kind not in IMPORT_KINDS:
        facts: dict[str, object] = {"value": kind, "known": IMPORT_KINDS}
        raise BadInput("unknown_kind", facts=facts, where={"field": "kind"})
    with call.sitting() as sitting:
        result = call.use.importing(
            sitting.hand,
            kind,
            file,
            mapping=mapping,
            encoding=encoding,
            dry_run=dry_run,
            sheet=sheet,
            another=another or (),
            progress=call.telling(lambda n: call.words.say("{percent} % written", percent=n)),
        )
    errors = [_problem(e, words) for e in result.errors]
    data: Data = {
        "kind": kind,
        "file": Path(file).name,
        "dry_run": dry_run,
        "read": result.read,
        "created": result.created,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "repeated": result.repeated,
        "errors": errors,
        "questions": [_problem(e, words) for e in result.questions],
        "notes": [_problem(e, words) for e in result.notes],
    }
    notes = [_told(note, words) for note in result.notes]
    if errors:
        count = len(errors) + result.more
        told = inputs.tell(
            BadInput("import_refused", facts={"n": count}, where={"file": Path(file).name}), words
        )
        data["error"] = {"kind": "input", "code": "import_refused", "message": str(told),
                         "where": {"file": Path(file).name}}  # fmt: skip
        rows = [(e["row"], e["column"], e["value"], e["message"]) for e in errors[:SHOWN_ERRORS]]
        lines = table([words.say("Row"), words.say("Column"), words.say("Value"), words.say("Problem")], rows)
        call.answer(data, [*lines, *notes])
        call.complain(str(told))
        return BAD_INPUT
    lines = [
        words.count("{n} row read.", "{n} rows read.", result.read),
        words.say("{created} new, {updated} changed, {unchanged} as before.", created=result.created,
                  updated=result.updated, unchanged=result.unchanged),
    ]  # fmt: skip
    if result.repeated:
        lines.append(
            words.count(
                "{n} of these repeats an earlier row of the file and was counted once.",
                "{n} of these repeat earlier rows of the file and were counted once.",
                result.repeated,
            )
        )
    if result.questions:
        lines.append(words.say("Taken, but a person should look:"))
        asked = [(q.row, q.column, q.value, _told(q, words)) for q in result.questions[:SHOWN_ERRORS]]
        lines += table(
            [words.say("Row"), words.say("Column"), words.say("Value"), words.say("Question")], asked
        )
    lines += notes
    if dry_run:
        lines.append(words.say("This was a trial; nothing was changed."))
    return call.answer(data, lines)


def export(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help=mark("What to export, or all."))],
    to: Annotated[str, typer.Option("--to", help=mark("The folder to write into."))],
    form: Annotated[str, typer.Option("--format", help=mark("csv, xlsx or jsonl."))] = "csv",
) -> int:
    """Write everything out again; with --as also what that person may see already."""
    call = call_of(ctx)
    words = call.words
    if form not in FORMS:
        raise BadInput("unknown_kind", facts={"value": form, "known": FORMS}, where={"field": "kind"})
    person = None if call.login is None else call.hand().person
    exported = call.use.keeping.export(kind, to, person, form)
    written, verified = exported.files, exported.verified
    data: Data = {
        "files": [{"file": file, "rows": rows} for file, rows in written],
        "rows": sum(rows for _, rows in written),
        "verified": None if verified is None else verified.ok,
    }
    lines = table([words.say("File"), words.say("Rows")], written)
    if verified is not None:
        lines.append(
            words.say("Everything was verified before, and holds.")
            if verified.ok
            else words.count(
                "Everything was verified before, and {n} thing does not hold; run qcdesk verify.",
                "Everything was verified before, and {n} things do not hold; run qcdesk verify.",
                len(verified.problems),
            )
        )
    lines.append(
        words.say("A first check that waits for its second is left out for whoever could still make it.")
    )
    return call.answer(data, lines, holds=verified is None or verified.ok)


def _problem(one: RowProblem, words: Catalogue) -> Data:
    return {
        "row": one.row,
        "column": one.column,
        "value": one.value,
        "problem": one.problem,
        "message": _told(one, words),
    }


def _told(one: RowProblem, words: Catalogue) -> str:
    return str(inputs.problem(one.problem, {"value": one.value, **one.facts}, words))
