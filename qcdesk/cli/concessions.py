# SPDX-License-Identifier: Apache-2.0
"""``concession``: asking that a rejected batch be used as it is, approving or refusing that, the list, budgets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qcdesk.cli import conceded, given
from qcdesk.cli.batches import shown_to_two
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.kept_files import Output, saved
from qcdesk.cli.output import Data, table
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import mark
from qcdesk.services.concession_rows import STANDINGS, ConcededRow, ConcessionRow
from qcdesk.services.concessions import Wish
from qcdesk.services.letters import ATTACHMENT_BYTES
from qcdesk.wording import concessions as wording

Number = Annotated[str, typer.Argument(metavar="BATCH", help=mark("Number of the batch."))]


def commands() -> typer.Typer:
    """Return the commands about concessions."""
    app = typer.Typer(help=mark("Concessions: rejected goods that are used as they are."))
    app.command("request", help=mark("Ask for a concession. Takes --as."))(request)
    app.command(
        "approve", help=mark("Release under the concession. Takes --as and --with, who did not ask.")
    )(approve)
    app.command("refuse", help=mark("Refuse a concession. Takes --as."))(refuse)
    app.command("consent", help=mark("Save the file with the customer's own signed consent."))(save_consent)
    app.command("list", help=mark("List concessions, and what each supplier has used."))(list_concessions)
    app.command("budget", help=mark("Set a supplier's budget. Takes --as and --with, two planners."))(budget)
    return app


def request(
    ctx: typer.Context,
    number: Number,
    quantity: Annotated[str, typer.Option(help=mark("Units that may be used."))],
    until: Annotated[str, typer.Option(help=mark("Last day on which they leave, such as 2026-03-01."))],
    deviation: Annotated[str, typer.Option(help=mark("How they deviate, and why they can be used."))],
    reference: Annotated[str, typer.Option(help=mark("The customer's reference."))],
    code: Annotated[
        list[str] | None,
        typer.Option(help=mark("A defect code; once for each. Without it all that were found.")),
    ] = None,
    use: Annotated[str, typer.Option(help=mark("The customer, or what they are used for."))] = "",
    consent: Annotated[
        str | None, typer.Option(help=mark("File with the customer's own signed consent."))
    ] = None,
) -> int:
    """Ask that a rejected batch be used as it is."""
    call = call_of(ctx)
    units, last = given.whole(quantity, "quantity", least=1), given.day(until, "until")
    if last is None:
        raise BadInput("missing", where={"field": "until"})
    batch = call.use.read.batch_by_number(number)
    act = call.hand()
    kept = None if consent is None else call.use.files.keep_file(call.read(consent, ATTACHMENT_BYTES))
    name = "" if consent is None else Path(consent).name
    wish = Wish(units, last, deviation, reference, tuple(code or ()), use, kept, name)
    fact = call.use.request_concession(act, batch, wish)
    return _one(call, fact.concession, call.words.say("Asked for. Two others approve it."))


def approve(ctx: typer.Context, number: Number) -> int:
    """Release a rejected batch under the concession that was asked for."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    call.check_tail()
    page = shown_to_two(call, batch)
    if call.at_terminal:
        row = next((r for r in _rows(call) if r.batch == batch and r.standing == "asked"), None)
        call.show_before_signing([] if row is None else conceded.lines(row, call.words))
    by, other = call.hands(2)
    fact = call.use.approve_concession(by, other, batch, seen=page.shown)
    return _one(
        call, fact.concession, call.words.say("RELEASED UNDER CONCESSION: {n} units.", n=fact.quantity)
    )


def refuse(
    ctx: typer.Context,
    number: Number,
    why: Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))],
) -> int:
    """Refuse a concession; the batch stays rejected."""
    call = call_of(ctx)
    fact = call.use.refuse_concession(call.hand(), call.use.read.batch_by_number(number), why)
    return _one(call, fact.concession, call.words.say("Refused. The batch stays rejected."))


def save_consent(ctx: typer.Context, number: Number, output: Output) -> int:
    """Save the customer's own signed consent to the last concession of a batch that has one."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    row = next((r for r in _rows(call) if r.batch == batch and r.consent is not None), None)
    if row is None or row.consent is None:
        raise BadInput("no_consent", facts={"value": number}, where={"field": "consent"})
    return saved(call, row.consent_name, row.consent, output)


def list_concessions(
    ctx: typer.Context,
    supplier: Annotated[str | None, typer.Option(help=mark("Only of this supplier."))] = None,
    state: Annotated[
        str | None,
        typer.Option(help=mark("Only those: asked, approved, refused, ended, used_up or expired.")),
    ] = None,
) -> int:
    """List concessions, newest first, and what each supplier has used of its budget."""
    call = call_of(ctx)
    words = call.words
    if state is not None and state not in STANDINGS:
        raise BadInput("unknown_state", facts={"value": state, "known": STANDINGS}, where={"field": "state"})
    key = given.supplier(call.use, supplier).supplier if supplier else None
    rows = call.use.read.concessions(call.use.clock.today(), supplier=key, standing=state)
    totals = tuple(t for t in call.use.read.conceded(call.use.clock.today()) if key in (None, t.supplier))
    lines = table(
        [words.say("Batch"), words.say("Product"), words.say("Supplier"), words.say("Quantity"), words.say("Until"),
         words.say("State"), words.say("Asked for by"), words.say("Reference")],
        [(r.number, r.product, r.supplier, r.quantity, r.until, wording.standing(r, words), r.asked_by, r.reference)
         for r in rows],
    )  # fmt: skip
    if totals:
        lines += [
            "",
            *(words.say("{code}: {budget}", code=t.code, budget=wording.budget(t, words)) for t in totals),
        ]
    return call.answer(
        {"concessions": [conceded.data(r) for r in rows], "suppliers": [_total(t) for t in totals]}, lines
    )


def budget(
    ctx: typer.Context,
    supplier: Annotated[str, typer.Argument(metavar="SUPPLIER", help=mark("Code of the supplier."))],
    percent: Annotated[str, typer.Option(help=mark("Percent of the units received that may be conceded."))],
    why: Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))],
    months: Annotated[str, typer.Option(help=mark("Of how many months."))] = "12",
) -> int:
    """Say how much may be conceded of a supplier; two planners."""
    call = call_of(ctx)
    share, span = given.decimal(percent, "percent"), given.whole(months, "months", least=1)
    key = given.supplier(call.use, supplier).supplier
    by, other = call.hands(2)
    call.use.set_concession_budget(by, other, key, share, span, why)
    row = next(t for t in call.use.read.conceded(call.use.clock.today()) if t.supplier == key)
    told = call.words.say("{code}: {budget}", code=row.code, budget=wording.budget(row, call.words))
    return call.answer(_total(row), [told])


def _rows(call: Call) -> tuple[ConcessionRow, ...]:
    return call.use.read.concessions(call.use.clock.today())


def _one(call: Call, concession: str, told: str) -> int:
    row = next(r for r in _rows(call) if r.concession == concession)
    return call.answer(conceded.data(row), [told, *conceded.lines(row, call.words)])


def _total(row: ConcededRow) -> Data:
    return {
        "supplier": row.code,
        "concessions": row.concessions,
        "units": row.units,
        "percent": None if row.percent is None else f"{row.percent:f}",
        "months": row.months or None,
        "received": row.received,
        "conceded": row.conceded,
        "left": row.left,
    }
