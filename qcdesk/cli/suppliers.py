# SPDX-License-Identifier: Apache-2.0
"""``supplier``: the list, one supplier's record with its batches and defects, and changes to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from qcdesk.cli import corrective, given, scores, severities, supplier_audits
from qcdesk.cli.another import Another
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, plain, table
from qcdesk.cli.terminal import known_language
from qcdesk.domain.countries import country_name
from qcdesk.domain.events import Contact, SupplierPaper, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.suppliers import SupplierStanding
from qcdesk.i18n import mark
from qcdesk.services.business_numbers import remarks
from qcdesk.services.corrective_actions import stops_by_name
from qcdesk.services.lapsing_papers import SOON_DAYS
from qcdesk.services.letters import ATTACHMENT_BYTES
from qcdesk.services.rows import SupplierPage
from qcdesk.wording import states
from qcdesk.wording.corrective import stopped
from qcdesk.wording.named_lots import of_batch
from qcdesk.wording.spelling import moment, rfc3339
from qcdesk.wording.suppliers import facts, held_back, lapse, odd_lines, same_lines, standing_line

T = TypeVar("T")
Code = Annotated[str, typer.Argument(metavar="SUPPLIER", help=mark("Code of the supplier."))]


def commands() -> typer.Typer:
    """Return the commands about suppliers."""
    app = typer.Typer(help=mark("Suppliers: their batches and defects."))
    app.command("list", help=mark("List suppliers."))(list_suppliers)
    app.command("show", help=mark("Show a supplier with batches and defects."))(show)
    scores.add_commands(app)
    app.command("add", help=mark("Add a supplier. Takes --as."))(add)
    app.add_typer(supplier_audits.commands(), name="audit")
    app.add_typer(corrective.actions(), name="corrective-action")
    app.add_typer(corrective.promises(), name="promise")
    app.command("change", help=mark("Change a supplier. Takes --as."))(change)
    app.command("add-contact", help=mark("Add somebody to write to. Takes --as."))(add_contact)
    app.command("remove-contact", help=mark("Remove a contact. Takes --as."))(remove_contact)
    app.command("add-certificate", help=mark("Add a certificate that the supplier holds. Takes --as."))(
        add_paper
    )
    app.command("certificates", help=mark("List certificates that lapse soon, or have lapsed."))(papers)
    app.command("certificate", help=mark("Save the kept copy of a certificate."))(paper_copy)
    app.command("remove-certificate", help=mark("Remove a certificate. Takes --as."))(remove_paper)
    app.command(
        "status", help=mark("Block a supplier, or let it deliver again. Takes --as, and --with to let go.")
    )(set_status)
    app.command("merge", help=mark("Say that a supplier is the same as another one. Takes --as and --with."))(
        merge
    )
    app.command("unmerge", help=mark("Take suppliers apart again. Takes --as and --with."))(unmerge)
    return app


def list_suppliers(ctx: typer.Context) -> int:
    """List suppliers."""
    call = call_of(ctx)
    rows, words = call.use.read.suppliers(), call.words
    headings = [words.say("Supplier"), words.say("Name"), words.say("Country"), words.say("Batches"),
                words.say("Defects")]  # fmt: skip
    shown = [
        (r.supplier.code, r.supplier.name, country_name(r.supplier.country), r.batches, r.defects)
        for r in rows
    ]
    lines = table(headings, shown)
    listed = [{**supplier_data(r.supplier), "batches": r.batches, "defects": r.defects} for r in rows]
    return call.answer({"suppliers": listed}, lines)


def show(ctx: typer.Context, code: Code) -> int:
    """Show one supplier; only checks that are compared count."""
    call = call_of(ctx)
    page = call.use.read.supplier(given.supplier(call.use, code).supplier)
    history = call.use.read.severities(supplier=page.supplier.supplier)
    data: Data = {
        "supplier": supplier_data(page.supplier),
        "standing": standing_data(page.standing),
        "held_back_by": list(page.blocked),
        "same": same_data(page),
        "named": plain(page.named),
        "alike": [one.code for one in call.use.read.alike_suppliers(page.supplier.supplier)],
        "batches": plain(page.batches),
        "batch_total": page.batch_total,
        "defects": plain(page.defects),
        "defect_total": page.defect_total,
        "totals": plain(page.totals),
        **severities.page_data(history, call.words),
    }
    more = ["", *severities.page_lines(history, call)] if history.now else []
    return call.answer(data, [*_lines(page, call), *more])


def add(
    ctx: typer.Context,
    code: Code,
    name: Annotated[str, typer.Option(help=mark("Name as its owner writes it."))],
    name_latin: Annotated[str, typer.Option(help=mark("The name in Latin letters."))] = "",
    country: Annotated[str, typer.Option(help=mark("Country, two letters or its name."))] = "",
    address: Annotated[str, typer.Option(help=mark("Address."))] = "",
    contact: Annotated[str, typer.Option(help=mark("Whom to call."))] = "",
    note: Annotated[str, typer.Option(help=mark("A note."))] = "",
    tax_number: Annotated[str, typer.Option(help=mark("Tax number."))] = "",
    gln: Annotated[str, typer.Option(help=mark("GS1 location number, 13 digits."))] = "",
    product: Annotated[
        list[str] | None, typer.Option(help=mark("Code of a product supplied; once for each."))
    ] = None,
    another: Another = False,
) -> int:
    """Add a supplier."""
    call = call_of(ctx)
    new = SupplierSaved("", code, name, name_latin, country, address, contact, note, tax_number=tax_number, gln=gln,
                        products=tuple(product or ()))  # fmt: skip
    with call.sitting() as sitting:
        saved = call.use.save_supplier(sitting, new, another=another)
    return _saved(call, saved)


def change(
    ctx: typer.Context,
    code: Code,
    new_code: Annotated[str | None, typer.Option(help=mark("Another code."))] = None,
    name: Annotated[str | None, typer.Option(help=mark("Name as its owner writes it."))] = None,
    name_latin: Annotated[str | None, typer.Option(help=mark("The name in Latin letters."))] = None,
    country: Annotated[str | None, typer.Option(help=mark("Country, two letters or its name."))] = None,
    address: Annotated[str | None, typer.Option(help=mark("Address."))] = None,
    contact: Annotated[str | None, typer.Option(help=mark("Whom to call."))] = None,
    note: Annotated[str | None, typer.Option(help=mark("A note."))] = None,
    tax_number: Annotated[str | None, typer.Option(help=mark("Tax number."))] = None,
    gln: Annotated[str | None, typer.Option(help=mark("GS1 location number, 13 digits."))] = None,
    product: Annotated[
        list[str] | None, typer.Option(help=mark("Code of a product supplied; once for each."))
    ] = None,
    another: Another = False,
) -> int:
    """Change a supplier; what is not named stays."""
    call = call_of(ctx)
    before = given.supplier(call.use, code)
    changes: dict[str, Any] = {"code": new_code, "name": name, "name_latin": name_latin, "country": country,
                               "address": address, "contact": contact, "note": note, "tax_number": tax_number, "gln": gln,
                               "products": tuple(product) if product else None}  # fmt: skip
    by, other = call.pair() if call.beside else (call.hand(), None)
    with call.sitting(by) as sitting:
        saved = call.use.save_supplier(
            sitting,
            replace(before, **{k: v for k, v in changes.items() if v is not None}),
            another=another,
            other=other,
        )
    return _saved(call, saved)


def add_contact(
    ctx: typer.Context,
    code: Code,
    name: Annotated[str, typer.Option(help=mark("Name as its owner writes it."))],
    role: Annotated[str, typer.Option(help=mark("What they do there."))] = "",
    language: Annotated[str, typer.Option(help=mark("en, vi, zh_CN or th."))] = "",
    mail: Annotated[str, typer.Option(help=mark("Address for mail."))] = "",
    phone: Annotated[str, typer.Option(help=mark("Telephone."))] = "",
) -> int:
    """Add somebody to write to; the same name is written anew."""
    new = Contact(name, role, language and known_language(language), mail, phone)
    return _listed(
        ctx, code, lambda one: replace(one, contacts=(*(c for c in one.contacts if c.name != name), new))
    )


def remove_contact(
    ctx: typer.Context, code: Code, name: Annotated[str, typer.Option(help=mark("The contact's name."))]
) -> int:
    """Remove a contact; the log keeps it."""
    return _listed(
        ctx,
        code,
        lambda one: replace(one, contacts=_without(one.contacts, lambda c: c.name == name, name, "name")),
    )


def add_paper(
    ctx: typer.Context,
    code: Code,
    kind: Annotated[str, typer.Option(help=mark("What it is, such as ISO 9001."))],
    number: Annotated[str, typer.Option(help=mark("Its number."))] = "",
    issuer: Annotated[str, typer.Option(help=mark("Who issued it."))] = "",
    until: Annotated[str | None, typer.Option(help=mark("Good until this day, YYYY-MM-DD."))] = None,
    file: Annotated[str | None, typer.Option(help=mark("A copy of it, of any kind."))] = None,
) -> int:
    """Add a certificate that the supplier holds; the same kind and number is written anew."""
    call = call_of(ctx)
    kept = None if file is None else call.use.files.keep_file(call.read(file, ATTACHMENT_BYTES))
    new = SupplierPaper(kind, number, issuer, given.day(until, "until"), kept)
    others = (kind, number)
    return _listed(
        ctx,
        code,
        lambda one: replace(one, papers=(*(p for p in one.papers if (p.kind, p.number) != others), new)),
    )


def papers(
    ctx: typer.Context,
    days: Annotated[
        str | None, typer.Option(help=mark("Within so many days; 30 where none is given."))
    ] = None,
) -> int:
    """List what lapses soon, or has lapsed, what ends first first."""
    call = call_of(ctx)
    today = call.use.clock.today()
    within = SOON_DAYS if days is None else given.whole(days, "days", least=0)
    found = call.use.read.lapsing_papers(today, within)
    listed = [
        {
            "supplier": one.supplier.code,
            "name": one.supplier.name,
            "certificate": plain(one.paper),
            "lapsed": one.until < today,
        }
        for one in found
    ]
    lines = [lapse(one, today, call.words) for one in found]
    return call.answer({"certificates": listed}, lines or [call.words.say("None lapses.")])


def paper_copy(
    ctx: typer.Context,
    code: Code,
    kind: Annotated[str, typer.Option(help=mark("What it is, such as ISO 9001."))],
    output: Annotated[
        str, typer.Option("-o", "--output", help=mark("The file to write; none is overwritten."))
    ],
    number: Annotated[str, typer.Option(help=mark("Its number."))] = "",
) -> int:
    """Save the kept copy of a certificate: only what still has the hash that was signed."""
    call = call_of(ctx)
    one = given.supplier(call.use, code)
    found = next((p for p in one.papers if (p.kind, p.number) == (kind, number) and p.sha256), None)
    if found is None or found.sha256 is None:
        raise BadInput("not_listed", facts={"value": kind}, where={"field": "kind"})
    if Path(output).exists():
        raise BadInput("file_exists", facts={"file": output})
    call.use.letters.save(call.use.files.read(found.sha256), output)
    said = call.words.say("{file} is written.", file=output)
    return call.answer({"file": output, "sha256": found.sha256}, [said])


def remove_paper(
    ctx: typer.Context,
    code: Code,
    kind: Annotated[str, typer.Option(help=mark("What it is, such as ISO 9001."))],
    number: Annotated[str, typer.Option(help=mark("Its number."))] = "",
) -> int:
    """Remove a certificate; the log keeps it."""
    return _listed(
        ctx,
        code,
        lambda one: replace(
            one, papers=_without(one.papers, lambda p: (p.kind, p.number) == (kind, number), kind, "kind")
        ),
    )


def _without(there: tuple[T, ...], goes: Callable[[T], bool], value: str, field: str) -> tuple[T, ...]:
    left = tuple(one for one in there if not goes(one))
    if left == there:
        raise BadInput("not_listed", facts={"value": value}, where={"field": field})
    return left


def _listed(ctx: typer.Context, code: str, changed: Callable[[SupplierSaved], SupplierSaved]) -> int:
    call = call_of(ctx)
    before = given.supplier(call.use, code)
    with call.sitting() as sitting:
        saved = call.use.save_supplier(sitting, changed(before))
    return _saved(call, saved)


def set_status(
    ctx: typer.Context,
    code: Code,
    status: Annotated[str, typer.Argument(metavar="STATUS", help=mark("approved, conditional or blocked."))],
    why: Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))],
) -> int:
    """Set how a supplier stands: blocking takes one, letting it deliver again two releasers."""
    call = call_of(ctx)
    page = call.use.read.supplier(given.supplier(call.use, code).supplier)
    if call.at_terminal:
        call.show_before_signing([standing_line(page.standing, call.words)])
    by, other = call.pair() if call.beside else (call.hand(), None)
    call.use.set_supplier_status(by, other, page.supplier.supplier, status, why, seen=page.standing.seq)
    now = call.use.read.supplier(page.supplier.supplier)
    data: Data = {"supplier": supplier_data(now.supplier), "standing": standing_data(now.standing)}
    return call.answer(data, [standing_line(now.standing, call.words)])


def merge(
    ctx: typer.Context,
    code: Code,
    same_as: Annotated[
        str, typer.Argument(metavar="SAME-AS", help=mark("Code of the one that new batches come from."))
    ],
    why: Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))],
) -> int:
    """Say that a supplier is the same as another one: two planners; what is known of either is read together."""
    call = call_of(ctx)
    one, root = given.supplier(call.use, code), given.supplier(call.use, same_as)
    if call.at_terminal:
        both = call.words.say("{one} is the same as {other}.", one=one.name, other=root.name)
        call.show_before_signing([both])
    call.use.merge_suppliers(*call.pair(), one.supplier, root.supplier, why)
    return _told_of_same(call, one.supplier)


def unmerge(
    ctx: typer.Context,
    code: Code,
    why: Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))],
) -> int:
    """Take a supplier apart again: two planners; all is as if they had never been one."""
    call = call_of(ctx)
    page = call.use.read.supplier(given.supplier(call.use, code).supplier)
    if call.at_terminal:
        call.show_before_signing(same_lines(page.same, call.words))
    seen = next((one.merge.seq for one in page.same if one.merge.supplier == page.supplier.supplier), None)
    call.use.unmerge_suppliers(*call.pair(), page.supplier.supplier, why, seen=seen)
    return _told_of_same(call, page.supplier.supplier)


def _told_of_same(call: Call, supplier: str) -> int:
    now = call.use.read.supplier(supplier)
    lines = same_lines(now.same, call.words) or [call.words.say("It is one of its own.")]
    return call.answer({"supplier": supplier_data(now.supplier), "same": same_data(now)}, lines)


def same_data(page: SupplierPage) -> list[Data]:
    """Return who is the same as whom for programs."""
    return [
        {
            "supplier": one.code,
            "same_as": one.root_code,
            "reason": one.merge.reason,
            "by": list(one.merge.by),
            "at": rfc3339(one.merge.at),
        }
        for one in page.same
    ]


def standing_data(standing: SupplierStanding) -> Data:
    """Return how a supplier stands for programs."""
    return {"status": standing.status, "reason": standing.reason, "by": list(standing.by),
            "at": rfc3339(standing.at) if standing.at else None}  # fmt: skip


def supplier_data(one: SupplierSaved) -> Data:
    """Return a supplier for programs."""
    return {
        "id": one.supplier,
        "code": one.code,
        "name": one.name,
        "name_latin": one.name_latin,
        "country": one.country,
        "address": one.address,
        "contact": one.contact,
        "note": one.note,
        "source": one.source,
        "tax_number": one.tax_number,
        "gln": one.gln,
        "products": list(one.products),
        "contacts": plain(one.contacts),
        "certificates": plain(one.papers),
        "remarks": list(remarks(one.country, one.tax_number, one.gln)),
    }


def _saved(call: Call, saved: SupplierSaved) -> int:
    told = call.words.say("Supplier {code} {name} is saved.", code=saved.code, name=saved.name)
    alike = call.use.read.alike_suppliers(saved.supplier)
    data: Data = {"supplier": supplier_data(saved), "alike": [one.code for one in alike]}
    return call.answer(data, [told, *odd_lines(saved, alike, call.words)])


def _lines(page: SupplierPage, call: Call) -> list[str]:
    words, one = call.words, page.supplier
    lines = [words.say("{code} {name}", code=one.code, name=one.name)]
    lines += [
        text
        for text in (one.name_latin, country_name(one.country), one.address, one.contact, one.note)
        if text
    ]
    for name, value in facts(one, call.use.clock.today(), words):
        lines += [words.say("{name}: {value}", name=name, value=part) for part in value.splitlines()]
    if page.standing.seq:
        lines.append(standing_line(page.standing, words))
    lines += [*same_lines(page.same, words), *filter(None, [held_back(page.blocked, words)])]
    with call.use.look() as uow:
        stops = stops_by_name(uow, uow.standing_stops(one.supplier))
        lines += [stopped(stop, one.name, uow.action(stop.action).name, words) for stop in stops]
    lines += [words.say("Named in a report: {line}", line=of_batch(each, words)) for each in page.named]
    lines.append(words.count("{n} batch", "{n} batches", page.batch_total))
    if page.batches:
        headings = [words.say("Batch"), words.say("Product"), words.say("Quantity"), words.say("State"),
                    words.say("Ship by")]  # fmt: skip
        rows = [(b.number, b.product, b.quantity, states.state(b.state, words, held=b.held), b.ship_by)
                for b in page.batches]  # fmt: skip
        lines += table(headings, rows)
    lines.append(words.count("{n} defect", "{n} defects", page.defect_total))
    if page.defects:
        headings = [words.say("When"), words.say("Defect"), words.say("Class"), words.say("Count"), words.say("Batch"),
                    words.say("Source")]  # fmt: skip
        found = [(moment(d.at), f"{d.code} {d.name}", states.defect_class(d.defect_class, words), d.count, d.number,
                  d.source) for d in page.defects]  # fmt: skip
        lines += table(headings, found)
    return lines
