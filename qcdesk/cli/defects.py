# SPDX-License-Identifier: Apache-2.0
"""``defect report``: a defect that somebody outside reported; never part of a check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.call import call_of
from qcdesk.cli.output import plain
from qcdesk.domain.events import DefectReported
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import CodeNames
from qcdesk.domain.sampling import BY_SERIOUSNESS, DefectClass
from qcdesk.i18n import mark
from qcdesk.services.ports import UnitOfWork
from qcdesk.wording.spelling import taken_as


def commands() -> typer.Typer:
    """Return the commands about defects reported from outside."""
    app = typer.Typer(help=mark("Defects that somebody outside reported."))
    app.callback()(_group)
    app.command("report", help=mark("Put down a defect reported from outside. Takes --as."))(report)
    return app


def _group() -> None:
    """Keep the group, which has one command only so far."""


def report(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(help=mark("The defect code."))],
    source: Annotated[str, typer.Option(help=mark("Who reported it."))],
    supplier: Annotated[str | None, typer.Option(help=mark("Code of the supplier."))] = None,
    batch: Annotated[str | None, typer.Option(help=mark("Number of the batch."))] = None,
    product: Annotated[str | None, typer.Option(help=mark("Code of the product."))] = None,
    name: Annotated[
        str | None, typer.Option(help=mark("What it is called, where the catalogue does not know."))
    ] = None,
    defect_class: Annotated[
        str | None, typer.Option("--class", help=mark("critical, major or minor; else the catalogue's."))
    ] = None,
    count: Annotated[str, typer.Option(help=mark("How many."))] = "1",
    found_on: Annotated[str | None, typer.Option(help=mark("Day it was found."))] = None,
    reference: Annotated[str, typer.Option(help=mark("Number of the report."))] = "",
    note: Annotated[str, typer.Option(help=mark("A note."))] = "",
) -> int:
    """Put down a defect reported from outside."""
    call = call_of(ctx)
    many, on = given.whole(count, "count", least=1), given.day(found_on, "found_on")
    with call.sitting() as sitting:
        with call.use.look() as uow:
            typed, code = code, CodeNames(uow.code_names()).find(code) or code
            listed = _listed(uow, batch, product)
        known = next((one for one in call.use.read.defect_codes() if one.code == code), None)
        known_name, known_class = (
            (known.name, known.defect_class) if known else listed.get(code, (code, None))
        )
        said = defect_class or known_class
        found = next((one for one in BY_SERIOUSNESS if one == said), None)
        if said is None or (code not in listed and known is None and not (name or "").strip()):
            raise BadInput("unknown_defect", facts={"value": code}, where={"field": "defect"})
        if found is None:
            raise BadInput("defect_class", facts={"value": said}, where={"field": "class"})
        saved = call.use.report_defect(
            sitting,
            DefectReported(
                report="",
                source=source,
                code=code,
                name=name or known_name,
                defect_class=found,
                count=many,
                batch=call.use.read.batch_by_number(batch) if batch else None,
                supplier=given.supplier(call.use, supplier).supplier if supplier else None,
                product=given.product(call.use, product).product if product else None,
                found_on=on,
                reference=reference,
                note=note,
            ),
        )
    lines = [call.words.say("The report is on record.")]
    if typed != saved.code:
        lines.append(taken_as(typed, saved.code, call.words))
    return call.answer({"defect": plain(saved)}, lines)


def _listed(
    uow: UnitOfWork, batch: str | None, product: str | None
) -> Mapping[str, tuple[str, DefectClass | None]]:
    """Return name and class of the codes of the procedure by which a batch, or a product, is inspected."""
    content = version = None
    if batch:
        held = uow.batch(batch)
        rounds = uow.rounds(held.id)
        if rounds:
            content = rounds[-1].opened.procedure.content
        else:
            version = uow.approved_for(uow.product(held.saved.product).code)
    elif product:
        version = uow.approved_for(uow.product(product).code)
    if version is not None:
        content = version.content
    if content is None:
        return {}
    names = content.names_by_code()
    return {code: (names[code], found) for code, found in content.classes_by_code().items()}
