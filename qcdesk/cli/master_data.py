# SPDX-License-Identifier: Apache-2.0
"""``product``, ``catalogue``, ``instrument`` and ``shop``: what batches, keypads, readings and reports refer to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.another import Another
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, plain, table
from qcdesk.cli.terminal import read_file
from qcdesk.domain.events import DefectCodeSaved, InstrumentSaved, LocalName, ProductSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.i18n import mark
from qcdesk.wording import states

LONGEST_LOGO = 10_000_000
Note = Annotated[str, typer.Option(help=mark("A note."))]


# Products ---------------------------------------------------------------------------------------------------------


def products() -> typer.Typer:
    """Return the commands about products."""
    app = typer.Typer(help=mark("Products, each revision by itself."))
    app.command("list", help=mark("List products."))(list_products)
    app.command("add", help=mark("Add a product. Takes --as."))(add_product)
    return app


def list_products(ctx: typer.Context) -> int:
    """List products."""
    call = call_of(ctx)
    rows, words = call.use.read.products(), call.words
    headings = [
        words.say("Product"),
        words.say("Revision"),
        words.say("Name"),
        words.say("Family"),
        words.say("Unit", context="of measure"),
    ]
    lines = table(headings, [(p.code, p.revision, p.name, p.family, p.unit) for p in rows])
    return call.answer({"products": [plain(p) for p in rows]}, lines)


def add_product(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(help=mark("Code of the product."))],
    name: Annotated[str, typer.Option(help=mark("Name of the product."))],
    revision: Annotated[str, typer.Option(help=mark("Revision of its drawing."))] = "",
    family: Annotated[str, typer.Option(help=mark("Family of products, for roles."))] = "",
    unit: Annotated[str, typer.Option(help=mark("The word for one piece."))] = "pcs",
    note: Note = "",
    another: Another = False,
) -> int:
    """Add a product."""
    call = call_of(ctx)
    new = ProductSaved("", code, name, revision, family, unit, note=note)
    with call.sitting() as sitting:
        saved = call.use.save_product(sitting, new, another=another)
    return call.answer(
        {"product": plain(saved)}, [call.words.say("Product {code} is saved.", code=saved.code)]
    )


# The defect catalogue ---------------------------------------------------------------------------------------------


def catalogue() -> typer.Typer:
    """Return the commands about the defect catalogue."""
    app = typer.Typer(help=mark("The catalogue of defect codes."))
    app.command("list", help=mark("List defect codes."))(list_codes)
    app.command("add", help=mark("Add or change a defect code. Takes --as."))(add_code)
    return app


def list_codes(ctx: typer.Context) -> int:
    """List defect codes."""
    call = call_of(ctx)
    rows, words = call.use.read.defect_codes(), call.words
    headings = [words.say("Code"), words.say("Class"), words.say("Name")]
    lines = table(headings, [(d.code, states.defect_class(d.defect_class, words), d.name) for d in rows])
    return call.answer({"codes": [plain(d) for d in rows]}, lines)


def add_code(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(help=mark("The defect code."))],
    name: Annotated[str, typer.Option(help=mark("What it is called."))],
    defect_class: Annotated[str, typer.Option("--class", help=mark("critical, major or minor."))],
    local: Annotated[list[str] | None, typer.Option(help=mark("A name in a language: vi=Vết xước."))] = None,
    note: Note = "",
    retired: Annotated[bool, typer.Option("--retired", help=mark("Not used any more."))] = False,
    another: Another = False,
) -> int:
    """Add or change a defect code."""
    call = call_of(ctx)
    found = next((c for c in BY_SERIOUSNESS if c == defect_class), None)
    if found is None:
        raise BadInput("defect_class", facts={"value": defect_class}, where={"field": "class"})
    names = []
    for text in local or ():
        language, sign, local_name = text.partition("=")
        if not sign or not local_name.strip():
            raise BadInput("missing", where={"field": "language"})
        names.append(LocalName(language.strip(), local_name.strip()))
    with call.sitting() as sitting:
        saved = call.use.save_defect_code(
            sitting, DefectCodeSaved(code, name, found, tuple(names), note, retired), another=another
        )
    return call.answer(
        {"code": plain(saved)}, [call.words.say("Defect code {code} is saved.", code=saved.code)]
    )


# Instruments ------------------------------------------------------------------------------------------------------


def instruments() -> typer.Typer:
    """Return the commands about instruments."""
    app = typer.Typer(help=mark("Instruments and their calibration."))
    app.command("list", help=mark("List instruments."))(list_instruments)
    app.command("add", help=mark("Add an instrument. Takes --as."))(add_instrument)
    app.command("calibrate", help=mark("Put a new calibration on record. Takes --as and --with."))(calibrate)
    app.command("block", help=mark("Block an instrument. Takes --as."))(block)
    return app


def list_instruments(ctx: typer.Context) -> int:
    """List instruments."""
    call = call_of(ctx)
    rows, words, today = call.use.read.instruments(), call.words, call.use.clock.today()

    def state(one: InstrumentSaved) -> str:
        if one.blocked:
            return words.say("Blocked")
        if one.calibrated_until is None or one.calibrated_until < today:
            return words.say("Due for calibration")
        return words.say("Good")

    headings = [words.say("Instrument"), words.say("Kind"), words.say("Good until"), words.say("State"),
                words.say("Note")]  # fmt: skip
    lines = table(headings, [(i.number, i.kind, i.calibrated_until, state(i), i.note) for i in rows])
    return call.answer({"instruments": [plain(i) for i in rows]}, lines)


def add_instrument(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=mark("Number on the instrument."))],
    kind: Annotated[str, typer.Option(help=mark("What it is, such as caliper."))],
    until: Annotated[str | None, typer.Option(help=mark("Last day its calibration is good."))] = None,
    note: Note = "",
    another: Another = False,
) -> int:
    """Add an instrument."""
    call = call_of(ctx)
    last = given.day(until, "until")
    with call.sitting() as sitting:
        saved = call.use.save_instrument(
            sitting, InstrumentSaved("", number, kind, last, note=note), another=another
        )
    return _instrument(call, saved)


def calibrate(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=mark("Number on the instrument."))],
    until: Annotated[str, typer.Option(help=mark("Last day its calibration is good."))],
    unblock: Annotated[bool, typer.Option("--unblock", help=mark("It may measure again."))] = False,
    note: Annotated[str | None, typer.Option(help=mark("A note."))] = None,
) -> int:
    """Put a new calibration on record; that it is good for longer, or again, two people sign."""
    call = call_of(ctx)
    last = given.day(until, "until")
    before = _find(call, number)
    after = replace(before, calibrated_until=last, blocked=before.blocked and not unblock,
                    note=before.note if note is None else note)  # fmt: skip
    by, other = call.pair() if call.beside else (call.hand(), None)
    with call.sitting(by) as sitting:
        saved = call.use.save_instrument(sitting, after, other=other)
    return _instrument(call, saved)


def block(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help=mark("Number on the instrument."))],
    why: Annotated[str, typer.Option(help=mark("The reason, kept for ever."))],
) -> int:
    """Block an instrument: it measures nothing until it is calibrated and unblocked."""
    call = call_of(ctx)
    if not why.strip():
        raise BadInput("missing", where={"field": "reason"})
    before = _find(call, number)
    with call.sitting() as sitting:
        saved = call.use.save_instrument(sitting, replace(before, blocked=True, note=why))
    return _instrument(call, saved)


def _find(call: Call, number: str) -> InstrumentSaved:
    for one in call.use.read.instruments():
        if number in (one.number, one.instrument):
            return one
    raise BadInput("unknown_instrument", facts={"value": number}, where={"field": "instrument"})


def _instrument(call: Call, saved: InstrumentSaved) -> int:
    told = call.words.say("Instrument {number} is saved.", number=saved.number)
    return call.answer({"instrument": plain(saved)}, [told])


# The shop ---------------------------------------------------------------------------------------------------------


def shop() -> typer.Typer:
    """Return the commands about the shop itself."""
    app = typer.Typer(help=mark("How the shop calls itself on paper."))
    app.command("show", help=mark("Show name, address, paper."))(show_shop)
    app.command("set", help=mark("Change them. Takes --as, an administrator."))(set_shop)
    return app


def show_shop(ctx: typer.Context) -> int:
    """Show how the shop calls itself."""
    call = call_of(ctx)
    return _shop(call)


def set_shop(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Option(help=mark("Name of the shop."))] = None,
    address: Annotated[str | None, typer.Option(help=mark("Address."))] = None,
    logo: Annotated[str | None, typer.Option(help=mark("A PNG, JPEG or SVG file."))] = None,
    paper: Annotated[str | None, typer.Option(help=mark("A4 or Letter."))] = None,
    footer: Annotated[str | None, typer.Option(help=mark("A line at the foot of every paper."))] = None,
    accent: Annotated[
        str | None, typer.Option(help=mark("The colour of rules and charts on paper, such as #14403A."))
    ] = None,
    third_person_releases: Annotated[
        bool | None, typer.Option(help=mark("Whether a third person has to release."))
    ] = None,
) -> int:
    """Change how the shop calls itself; what is not named stays. No third releaser any more: two sign."""
    call = call_of(ctx)
    if paper not in (None, "A4", "Letter"):
        raise BadInput(
            "unknown_kind", facts={"value": paper, "known": ("A4", "Letter")}, where={"field": "paper"}
        )
    before = call.use.read.shop()
    two = before.third_person_releases and third_person_releases is False
    act, other = call.pair() if two else (call.hand(), None)
    picture = call.use.files.keep_logo(read_file(Path(logo), LONGEST_LOGO)) if logo else before.logo
    after = replace(
        before,
        name=before.name if name is None else name,
        address=before.address if address is None else address,
        logo=picture,
        footer=before.footer if footer is None else footer,
        accent=before.accent if accent is None else accent,
        paper="Letter" if paper == "Letter" else before.paper if paper is None else "A4",
        third_person_releases=(
            before.third_person_releases if third_person_releases is None else third_person_releases
        ),
    )
    call.use.change_shop(act, after, other)
    return _shop(call)


def _shop(call: Call) -> int:
    one, words = call.use.read.shop(), call.words
    data: Data = {"shop": plain(one)}
    lines = [one.name, *one.address.splitlines(), words.say("Paper: {paper}", paper=one.paper)]
    if one.footer:
        lines.append(words.say("At the foot: {footer}", footer=one.footer))
    if one.accent:
        lines.append(words.say("Colour: {accent}", accent=one.accent))
    if one.third_person_releases:
        lines.append(words.say("A third person releases."))
    return call.answer(data, lines)
