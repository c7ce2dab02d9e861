# SPDX-License-Identifier: Apache-2.0
"""``batch``: register, look, stop and let go, rework, release, ship, withdraw, cancel."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

import typer

from qcdesk.cli import conceded, given, severities, waits
from qcdesk.cli.another import Another
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, plain, table
from qcdesk.domain.batches import HOLD_KINDS, STATES, is_held
from qcdesk.domain.dispositions import DISPOSITIONS
from qcdesk.domain.events import BatchSaved, Maker
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_quantity
from qcdesk.domain.refusals import NotHeld, NothingSuspect, WrongState
from qcdesk.domain.splitting import WAYS, Piece
from qcdesk.domain.switching import Pinned
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.rows import AuditRow, BatchConcession, BatchPage, MayRow, TimelineRow
from qcdesk.services.supplier_status import blocked_names
from qcdesk.wording import concessions, events, marks, refusals, states
from qcdesk.wording.ages import gone_by
from qcdesk.wording.named_lots import named
from qcdesk.wording.parts import way_of
from qcdesk.wording.spelling import in_a_row, moment, rfc3339
from qcdesk.wording.suppliers import registered_blocked

Number = Annotated[str, typer.Argument(metavar="BATCH", help=mark("Number of the batch."))]
Why = Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))]
Knowing = Annotated[
    bool, typer.Option("--knowing", help=mark("Go on although nobody may be left for a later step."))
]
_DISPOSED = {
    "rework": mark("Sent to rework."),
    "repair": mark("Sent to repair."),
    "sort": mark("Sent to be sorted."),
    "regrade": mark("It is regraded."),
    "return": mark("It goes back to its supplier."),
    "scrap": mark("It is scrapped."),
}
_MAKER = re.compile("([^=]+)(?:=(.+))?")


def commands() -> typer.Typer:
    """Return the commands about batches."""
    app = typer.Typer(help=mark("Batches: register, look, stop, rework, release, ship."))
    app.command("register", help=mark("Register a batch. Takes --as."))(register)
    app.command("change", help=mark("Change a batch before its first check. Takes --as."))(change)
    app.command("list", help=mark("List batches, newest first."))(list_batches)
    app.command("show", help=mark("Show a batch, and what you may do with it. Takes --as."))(show)
    app.command("timeline", help=mark("Show what happened to a batch. Takes --as."))(timeline)
    app.command("waiting", help=mark("Say what waits for whom, and which will miss their day."))(
        waits.waiting
    )
    app.command("hold", help=mark("Stop a batch; one person is enough. Takes --as."))(hold)
    app.command("lift", help=mark("Lift a hold. Takes --as and --with, two releasers."))(lift)
    app.command(
        "dispose", help=mark("Rework, repair, sort, regrade, return or scrap a batch. Takes --as and --with.")
    )(dispose)
    app.command(
        "split", help=mark("Split a batch into parts that go different ways. Takes --as and --with.")
    )(split)
    app.command("place", help=mark("Say where the goods of a batch stand. Takes --as."))(place)
    app.command("reworked", help=mark("Record who reworked. Takes --as."))(reworked)
    app.command("release", help=mark("Release an accepted batch. Takes --as."))(release)
    app.command("ship", help=mark("Record goods that leave. Takes --as."))(ship)
    app.command("left", help=mark("Put down goods that left without a release. Takes --as."))(left)
    app.command("explain", help=mark("List withdrawn releases, and goods that left without one."))(explain)
    app.command("new-round", help=mark("Order a new round after a retraction. Takes --as, an arbiter."))(
        new_round
    )
    app.command(
        "reopen", help=mark("Send a batch with a signature in doubt to a new round. Takes --as and --with.")
    )(reopen)
    app.command("withdraw", help=mark("Take a release back. Takes --as."))(withdraw)
    app.command("cancel", help=mark("Cancel a batch on which no check was begun. Takes --as."))(cancel)
    return app


def register(
    ctx: typer.Context,
    number: Number,
    product: Annotated[str, typer.Option(help=mark("Code of the product, with revision if need be."))],
    quantity: Annotated[str, typer.Option(help=mark("Units in the batch."))],
    supplier: Annotated[str | None, typer.Option(help=mark("Code of the supplier."))] = None,
    line: Annotated[str, typer.Option(help=mark("The own line that made it, in place of a supplier."))] = "",
    order: Annotated[str, typer.Option(help=mark("Number of the order."))] = "",
    maker: Annotated[
        list[str] | None, typer.Option(help=mark("Who made it: LOGIN, or LOGIN=1-40 with units."))
    ] = None,
    made_on: Annotated[str | None, typer.Option(help=mark("Day it was made, such as 2026-03-01."))] = None,
    ship_by: Annotated[str | None, typer.Option(help=mark("Day by which it must leave."))] = None,
    note: Annotated[str, typer.Option(help=mark("A note."))] = "",
    another: Another = False,
) -> int:
    """Register a batch."""
    call = call_of(ctx)
    units = given.whole(quantity, "quantity", least=1)
    made, due = given.day(made_on, "made_on"), given.day(ship_by, "ship_by")
    with call.sitting() as sitting:
        saved = call.use.register_batch(
            sitting,
            BatchSaved(
                batch="",
                number=number,
                product=given.product(call.use, product).product,
                quantity=units,
                supplier=given.supplier(call.use, supplier).supplier if supplier else None,
                line=line,
                order=order,
                makers=tuple(_maker(call, text) for text in maker or ()),
                made_on=made,
                ship_by=due,
                note=note,
            ),
            another=another,
        )
        with call.use.look() as uow:
            blocked = blocked_names(uow, saved.supplier) if saved.supplier else ()
        remarks = [registered_blocked(name, call.words) for name in blocked]
        if due is not None and (odd := gone_by(due, call.use.clock.today(), call.words)):
            remarks.append(odd)
        told = "\n".join([call.words.say("Registered."), *remarks])
        return _page(call, saved.batch, sitting.person, told, remarks=remarks)


def change(
    ctx: typer.Context,
    number: Number,
    new_number: Annotated[str | None, typer.Option(help=mark("Another number."))] = None,
    product: Annotated[str | None, typer.Option(help=mark("Code of the product."))] = None,
    quantity: Annotated[str | None, typer.Option(help=mark("Units in the batch."))] = None,
    supplier: Annotated[
        str | None, typer.Option(help=mark("Code of the supplier, in place of a line."))
    ] = None,
    line: Annotated[str | None, typer.Option(help=mark("The own line, in place of a supplier."))] = None,
    order: Annotated[str | None, typer.Option(help=mark("Number of the order."))] = None,
    maker: Annotated[
        list[str] | None, typer.Option(help=mark("Who made it: LOGIN, or LOGIN=1-40 with units."))
    ] = None,
    made_on: Annotated[str | None, typer.Option(help=mark("Day it was made, such as 2026-03-01."))] = None,
    ship_by: Annotated[str | None, typer.Option(help=mark("Day by which it must leave."))] = None,
    note: Annotated[str | None, typer.Option(help=mark("A note."))] = None,
    another: Another = False,
) -> int:
    """Change what is said of a batch; what is not named stays."""
    call = call_of(ctx)
    made, due = given.day(made_on, "made_on"), given.day(ship_by, "ship_by")
    units = None if quantity is None else given.whole(quantity, "quantity", least=1)
    with call.sitting() as sitting:
        with call.use.look() as uow:
            before = uow.batch(call.use.read.batch_by_number(number)).saved
        source = before.supplier if line is None else None
        saved = replace(
            before,
            number=new_number or before.number,
            product=given.product(call.use, product).product if product else before.product,
            quantity=units or before.quantity,
            supplier=given.supplier(call.use, supplier).supplier if supplier else source,
            line=line if line is not None else "" if supplier else before.line,
            order=before.order if order is None else order,
            makers=before.makers if maker is None else tuple(_maker(call, text) for text in maker),
            made_on=made or before.made_on,
            ship_by=due or before.ship_by,
            note=before.note if note is None else note,
        )
        saved = call.use.register_batch(sitting, saved, another=another)
        return _page(call, saved.batch, sitting.person, call.words.say("Changed."))


def list_batches(
    ctx: typer.Context,
    state: Annotated[str | None, typer.Option(help=mark("Only those in this state."))] = None,
    find: Annotated[str | None, typer.Option(help=mark("Only those that match these words."))] = None,
    limit: Annotated[str, typer.Option(help=mark("How many at most."))] = "100",
    after: Annotated[str | None, typer.Option(help=mark("Go on after this batch."))] = None,
) -> int:
    """List batches."""
    call = call_of(ctx)
    words, most = call.words, given.whole(limit, "n", least=1)
    if state is not None and state not in STATES:
        raise BadInput("unknown_state", facts={"value": state, "known": STATES}, where={"field": "state"})
    if find:
        rows = tuple(r for r in call.use.read.search(find, most) if state in (None, r.state))
    else:
        start = None if after is None else call.use.read.batch_by_number(after)
        rows = call.use.read.batches(state, start, most)
    headings = [words.say("Batch"), words.say("Product"), words.say("Supplier or line"), words.say("Quantity"),
                words.say("State"), words.say("Ship by")]  # fmt: skip
    lines = table(
        headings,
        [
            (
                r.number,
                r.product,
                r.supplier,
                r.quantity,
                states.state(r.state, words, held=r.held),
                r.ship_by,
            )
            for r in rows
        ],
    )
    listed = [
        {"batch": r.number, "id": r.batch, "product": r.product, "supplier": r.supplier, "quantity": r.quantity,
         "state": r.state, "held": is_held(r.state, r.held), "lane": r.lane, "ship_by": plain(r.ship_by),
         "registered_at": rfc3339(r.registered_at), "round": r.round_no}
        for r in rows
    ]  # fmt: skip
    return call.answer({"batches": listed}, lines)


def show(ctx: typer.Context, number: Number) -> int:
    """Show a batch as this person may see it; without ``--as`` what anybody may know, and no acts."""
    call = call_of(ctx)
    if call.login is None:
        return _page(call, call.use.read.batch_by_number(number), None)
    with call.sitting() as sitting:
        return _page(call, call.use.read.batch_by_number(number), sitting.person)


def timeline(ctx: typer.Context, number: Number) -> int:
    """Show what happened to a batch."""
    call = call_of(ctx)
    words = call.words
    with call.sitting() as sitting:
        batch = call.use.read.batch_by_number(number)
        rows = call.use.read.timeline(batch, sitting.person)
        names = {row.person.id: row.person.name for row in call.use.read.people()}
    today = call.use.clock.today()
    told = [events.line(r.kind, r.facts, words, count=r.count, today=today) for r in rows]
    entries = [
        {"seq": r.seq, "at": rfc3339(r.at), "type": r.kind, "act": r.act, "person": names.get(r.person, r.person),
         "beside": list(events.beside(r.facts)), "text": text, "count": r.count, "facts": r.facts, **doubts_data(r)}
        for r, text in zip(rows, told, strict=True)
    ]  # fmt: skip
    lines = table(
        [words.say("When"), words.say("Who"), words.say("What"), words.say("Remarks")],
        [
            (
                moment(r.at),
                events.hands(names.get(r.person, r.person), r.facts, words),
                text,
                "; ".join(marks.of_line(r, words)),
            )
            for r, text in zip(rows, told, strict=True)
        ],
    )
    data: Data = {"batch": number, "entries": entries}
    if any(r.seq is None for r in rows):
        data["numbers"] = events.numbers_later(words)
    return call.answer(data, lines)


def hold(
    ctx: typer.Context,
    number: Number,
    why: Why,
    kind: Annotated[
        str, typer.Option(help=mark("safety, paperwork, wrong_goods, procedure or other."))
    ] = "other",
) -> int:
    """Stop a batch."""
    call = call_of(ctx)
    code = kind.replace("-", "_")
    if code not in HOLD_KINDS:
        raise BadInput("hold_kind", facts={"kinds": HOLD_KINDS}, where={"field": "kind"})
    with call.sitting() as sitting:
        fact = call.use.stop_batch(sitting, call.use.read.batch_by_number(number), code, why)
        return _page(call, fact.batch, sitting.person, call.words.say("The batch is stopped."))


def lift(ctx: typer.Context, number: Number, why: Why) -> int:
    """Lift a hold: two releasers."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    page = shown_to_two(call, batch)
    by, other = call.hands(2)
    call.use.lift_hold(by, other, batch, why, hold=page.lifts)
    return _page(call, batch, by.person, call.words.say("The hold is lifted."))


def dispose(
    ctx: typer.Context,
    number: Number,
    why: Why,
    disposition: Annotated[str, typer.Option(help=mark("rework, repair, sort, regrade, return or scrap."))],
    terms: Annotated[str, typer.Option(help=mark("Which grade it is regraded to, and what for."))] = "",
) -> int:
    """Say what becomes of a rejected batch: one asks, another confirms."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    if disposition not in DISPOSITIONS:
        facts: dict[str, object] = {"value": disposition, "known": DISPOSITIONS}
        raise BadInput("unknown_kind", facts=facts, where={"field": "kind"})
    page = shown_to_two(call, batch)
    by, other = call.hands(2)
    call.use.dispose_batch(by, other, batch, disposition, why, terms=terms, seen=page.shown)
    return _page(call, batch, by.person, call.words.say(_DISPOSED[disposition]))


def split(
    ctx: typer.Context,
    number: Number,
    why: Why,
    part: Annotated[
        list[str],
        typer.Option(
            help=mark(
                "A part: 60=sort, 30=return, 10=scrap; also rework, repair, regrade, inspect. After it, with semicolons:"
                " number=…, terms=…, units=3 17."
            )
        ),
    ],
    keep: Annotated[
        str, typer.Option(help=mark("Units of a rejected batch that stay, to be conceded."))
    ] = "",
) -> int:
    """Split a rejected or held batch into parts that go different ways: one asks, another confirms."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    pieces = tuple(_piece(one) for one in part)
    kept = parse_quantity(keep, least=0, where={"field": "kept"}) if keep else 0
    page = shown_to_two(call, batch)
    by, other = call.hands(2)
    fact = call.use.split_batch(by, other, batch, pieces, kept, why, seen=page.shown)
    told = call.words.count("Split into {n} part.", "Split into {n} parts.", len(fact.parts))
    return _page(call, batch, by.person, told)


def _piece(given_text: str) -> Piece:
    """Return a part as it was written: quantity and way, then what else is said of it."""
    first, *more = (one.strip() for one in given_text.split(";"))
    quantity, found, way = first.partition("=")
    said = {name.strip(): value.strip() for name, _, value in (one.partition("=") for one in more if one)}
    if not found or way not in WAYS or said.keys() - {"number", "terms", "units"}:
        raise BadInput("parts_form", facts={"value": given_text}, where={"field": "parts"})
    units = said.get("units", "").replace(",", " ").split()
    return Piece(
        said.get("number", ""),
        parse_quantity(quantity.strip(), least=0, where={"field": "quantity"}),
        way,
        said.get("terms", ""),
        tuple(parse_quantity(one, where={"field": "units"}) for one in units),
    )


def place(
    ctx: typer.Context,
    number: Number,
    stands: Annotated[str, typer.Argument(metavar="PLACE", help=mark("Where they stand, such as a shelf."))],
) -> int:
    """Say where the goods of a batch stand."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        batch = call.use.read.batch_by_number(number)
        call.use.place_batch(sitting, batch, stands)
        return _page(call, batch, sitting.person, call.words.say("The place is kept."))


def reworked(
    ctx: typer.Context,
    number: Number,
    by: Annotated[list[str], typer.Option(help=mark("Who reworked; once for each."))],
    note: Annotated[str, typer.Option(help=mark("What was done."))] = "",
    knowing: Knowing = False,
) -> int:
    """Record who reworked; the next round is tightened. That nobody is left for it takes a second, by --with."""
    call = call_of(ctx)
    hand, other = call.pair() if call.beside else (call.hand(), None)
    with call.sitting(hand) as sitting:
        batch = call.use.read.batch_by_number(number)
        people = tuple(given.person(call.use, one, "by").id for one in by)
        ordered = call.use.read.batch(batch, sitting.person, call.use.clock.now()).ordered
        call.use.record_rework(sitting, batch, people, note, knowing=knowing, other=other)
        say = call.words.say
        told = say("The repair is recorded.") if ordered == "repair" else say("Rework is recorded.")
        return _page(call, batch, sitting.person, told)


def release(ctx: typer.Context, number: Number) -> int:
    """Release an accepted batch, as it stands before the secret is given."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    call.check_tail()
    seen, prompt = _to_release(call, batch)
    act = call.hand(prompt=prompt)
    fact = call.use.release_batch(act, batch, seen=seen)
    return _page(
        call, batch, act.person, call.words.say("Released: {quantity} units.", quantity=fact.quantity)
    )


def ship(
    ctx: typer.Context,
    number: Number,
    quantity: Annotated[str, typer.Option(help=mark("Units that leave."))],
    to: Annotated[str, typer.Option(help=mark("To whom."))],
    on: Annotated[str | None, typer.Option(help=mark("Day they left; without it today."))] = None,
    document: Annotated[str, typer.Option(help=mark("Number of the delivery note."))] = "",
) -> int:
    """Record goods that leave."""
    call = call_of(ctx)
    units, left_on = given.whole(quantity, "quantity", least=1), given.day(on, "date")
    call.check_tail()
    with call.sitting() as sitting:
        batch = call.use.read.batch_by_number(number)
        fact = call.use.ship_batch(sitting, batch, units, to, left_on, document)
        told = call.words.say("{quantity} shipped to {to}.", quantity=fact.quantity, to=fact.to)
        return _page(call, batch, sitting.person, told)


def left(
    ctx: typer.Context,
    number: Number,
    why: Why,
    quantity: Annotated[str, typer.Option(help=mark("Units that left."))],
    to: Annotated[str, typer.Option(help=mark("To whom."))],
    on: Annotated[str | None, typer.Option(help=mark("Day they left; without it today."))] = None,
    document: Annotated[str, typer.Option(help=mark("Number of the delivery note."))] = "",
) -> int:
    """Put down goods that left without a release."""
    call = call_of(ctx)
    units, left_on = given.whole(quantity, "quantity", least=1), given.day(on, "date")
    with call.sitting() as sitting:
        batch = call.use.read.batch_by_number(number)
        fact = call.use.ship_unreleased(sitting, batch, units, to, why, left_on, document)
        told = call.words.say(
            "{quantity} left to {to} without a release.", quantity=fact.quantity, to=fact.to
        )
        return _page(call, batch, sitting.person, told)


def explain(ctx: typer.Context) -> int:
    """List what wants explaining: releases that were withdrawn, and goods that left without one."""
    call = call_of(ctx)
    words, rows = call.words, call.use.read.unexplained()
    listed = [
        {"kind": r.kind, "batch": r.number, "id": r.batch, "quantity": r.quantity, "to": r.to,
         "reason": r.reason, "by": r.by, "at": rfc3339(r.at), "shipped": r.shipped}
        for r in rows
    ]  # fmt: skip
    lines = table(
        [words.say("What"), words.say("Batch"), words.say("Quantity"), words.say("To"), words.say("Reason"),
         words.say("Who"), words.say("When")],
        [(words.say(states.UNEXPLAINED[r.kind]), r.number, r.quantity, r.to, r.reason, r.by, moment(r.at))
         for r in rows],
    )  # fmt: skip
    return call.answer({"entries": listed}, lines)


def new_round(ctx: typer.Context, number: Number, why: Why) -> int:
    """Order a new round of a batch that a retracted check holds."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    act = call.hand()
    call.use.order_round(act, batch, why)
    return _page(call, batch, act.person, call.words.say("A new round is ordered."))


def reopen(ctx: typer.Context, number: Number, why: Why) -> int:
    """Send a batch to a new round since the key of somebody who signed it is in doubt."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    page = shown_to_two(call, batch)
    by, other = call.hands(2)
    call.use.reopen_round(by, other, batch, why, seen=page.shown)
    return _page(call, batch, by.person, call.words.say("It goes to a new round."))


def withdraw(ctx: typer.Context, number: Number, why: Why) -> int:
    """Take a release back."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    act = call.hand()
    call.use.withdraw_batch(act, batch, why)
    return _page(call, batch, act.person, call.words.say("The release is withdrawn."))


def cancel(ctx: typer.Context, number: Number, why: Why) -> int:
    """Cancel a batch on which no check was begun."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        batch = call.use.read.batch_by_number(number)
        call.use.cancel_batch(sitting, batch, why)
        return _page(call, batch, sitting.person, call.words.say("Cancelled."))


def page_data(page: BatchPage, words: Catalogue) -> Data:
    """Return the page of a batch for programs."""
    return {
        "batch": page.header.number,
        "id": page.batch,
        "state": page.state,
        "held": is_held(page.state, page.held),
        "stands": page.stands or None,
        "here": page.here,
        "part_of": None if page.part_of is None else plain(page.part_of),
        "parts": plain(page.parts),
        "named": plain(page.named),
        "hold": plain(
            {"kind": page.hold_kind, "reason": page.hold_reason, "by": page.hold_by}
            if page.hold_at is not None
            else None
        ),
        "verdict": page.verdict,
        "blind": page.blind,
        "quantity": page.header.quantity,
        "product": page.header.product_code,
        "revision": page.header.revision,
        "supplier": page.header.supplier_code or None,
        "line": page.header.line or None,
        "order": page.header.order or None,
        "made_on": plain(page.header.made_on),
        "ship_by": plain(page.header.ship_by),
        "makers": list(page.maker_names),
        "reworkers": list(page.reworkers),
        "repaired": page.repaired,
        "regraded": page.regraded or None,
        "rounds": plain(page.rounds),
        "signatures": plain(page.signatures),
        "concession": None
        if page.concession is None
        else {**conceded.data(page.concession.row), "signatures": plain(page.concession.signatures)},
        "shipments": plain(page.shipments),
        "released": page.released,
        "shipped": page.shipped,
        "not_conceded": page.not_conceded,
        "next_severity": page.next_severity,
        "severities": severities.pinned_data(severities_of(page), words),
        "may": [may_data(one, words) for one in page.may],
    }


def severities_of(page: BatchPage) -> tuple[Pinned, ...]:
    """Return where the classes stand that are switched: of the round that stands, or of the one that opens next."""
    return (
        page.next_severities if page.state == "registered" or not page.rounds else page.rounds[-1].severities
    )


def may_data(one: MayRow, words: Catalogue) -> Data:
    """Return an act for programs; ``why_not`` is the rule's code, ``message`` its sentence."""
    return {
        "act": one.act,
        "allowed": one.allowed,
        "why_not": one.why_not.code if one.why_not else None,
        "message": str(refusals.tell(one.why_not, words)) if one.why_not else None,
        "who_can": list(one.who_can),
    }


def doubts_data(row: TimelineRow | AuditRow) -> Data:
    """Return what makes a line of what happened doubtful, for programs."""
    return {
        "suspect": row.suspect,
        "clock_suspect": row.clock_suspect,
        "clock_behind": row.clock_behind,
        "by_sheet": None if row.by_sheet is None else rfc3339(row.by_sheet),
    }


def shown_to_two(call: Call, batch: str) -> BatchPage:
    """Return the batch as it stands before two sign something of it; at a terminal both read it first."""
    page, words = call.use.read.batch(batch, call.anybody(), call.use.clock.now()), call.words
    if call.at_terminal:
        header = page.header
        lines = [
            words.say("Batch {number}: {state}", number=header.number,
                      state=states.state(page.state, words, held=page.held)),
            words.say("{quantity} {unit} of {code} {name}", quantity=header.quantity, unit=header.unit,
                      code=header.product_code, name=header.product_name),
        ]  # fmt: skip
        if page.hold_kind:
            kind = words.say(states.HOLD_KIND_WORDS.get(page.hold_kind, states.HOLD_KIND_WORDS["other"]))
            lines.append(words.say("Stopped by {name}: {kind}", name=page.hold_by, kind=kind))
        call.show_before_signing(lines)
    return page


def _to_release(call: Call, batch: str) -> tuple[tuple[str, int] | None, str]:
    """Return round and quantity that would be released now, shown at a terminal, and what to ask for there."""
    with call.use.look() as uow:
        found = uow.batch(batch)
        if found.round is None:
            return None, ""
        standing = uow.round(found.round)
        signed = [uow.person(check.person).name for check in standing.checks if check.state == "signed"]
    prompt = ""
    if call.at_terminal and call.login is not None:
        words, header = call.words, standing.opened.header
        call.show_before_signing(
            (
                words.say("Batch {number}: {state}", number=found.number,
                          state=states.state(found.state, words, held=found.held)),
                words.say("{quantity} {unit} of {code} {name}", quantity=found.saved.quantity, unit=header.unit,
                          code=header.product_code, name=header.product_name),
                words.say("Round {no}, signed by {names}", no=standing.no, names=in_a_row(signed, words)),
            )
        )  # fmt: skip
        prompt = words.say("Password of {login}, to release what stands above: ", login=call.login)
    return (found.round, found.saved.quantity), prompt


def _page(call: Call, batch: str, person: str | None, told: str = "", **more: object) -> int:
    words = call.words
    page = call.use.read.batch(batch, person or call.anybody(), call.use.clock.now())
    if person is None:  # who asks is not known: no acts, and no words that only some may read
        page = replace(page, may=(), hold_reason=None)
    header = page.header
    lines = [told] if told else []
    lines.append(
        words.say(
            "Batch {number}: {state}",
            number=header.number,
            state=states.state(page.state, words, held=page.held),
        )
    )
    lines.append(
        words.say("{quantity} {unit} of {code} {name}", quantity=header.quantity, unit=header.unit,
                  code=header.product_code, name=header.product_name)
    )  # fmt: skip
    source = header.supplier_name or header.line
    if source:
        lines.append(words.say("From {source}", source=source))
    if header.ship_by:
        lines.append(words.say("Ship by {day}", day=header.ship_by))
    if page.stands:
        lines.append(words.say("Stands at: {place}", place=page.stands))
    lines += _parts(page, words)
    if page.hold_reason:
        lines.append(words.say("Stopped: {reason}", reason=page.hold_reason))
    if page.concession is not None:
        lines += _conceded(page.concession, page, words)
    lines += severities.pinned_lines(severities_of(page), words)
    if page.rounds:
        lines.append("")
        lines += _rounds(page, words)
    signed = (*page.signatures, *(page.concession.signatures if page.concession else ()))
    if signed:
        lines.append("")
        lines += table(
            [
                words.say("Signature"),
                words.say("Name"),
                words.say("Staff no."),
                words.say("When"),
                words.say("Event"),
                words.say("Remarks"),
            ],
            [
                (_meaning(s.meaning, words), s.name, s.staff, moment(s.at), "" if s.event is None else s.event,
                 "; ".join(marks.of_signature(s, words)))
                for s in signed
            ],
        )  # fmt: skip
    open_acts = [
        states.act(m.act, words, page.ordered) for m in page.may if m.allowed and m.act in states.ACTS
    ]
    if open_acts:
        lines += ["", words.say("You can: {acts}", acts="; ".join(open_acts))]
    closed = [
        (states.act(m.act, words), refusals.tell(m.why_not, words))
        for m in page.may
        if m.why_not is not None
        and not isinstance(
            m.why_not, WrongState | NotHeld | NothingSuspect
        )  # these belong to another step of the way
        and m.act in states.ACTS
    ]
    if closed:
        lines.append(words.say("Not now:"))
        lines += [words.say("  {act}: {why}", act=act, why=str(why)) for act, why in closed]
    return call.answer({**page_data(page, words), **more}, lines)


def _conceded(found: BatchConcession, page: BatchPage, words: Catalogue) -> list[str]:
    """Return under what a batch was released, or what was asked for and how that stands."""
    head = words.say("Concession: {standing}", standing=concessions.standing(found.row, words))
    if page.state == "released_under_concession":
        head = words.say("RELEASED UNDER CONCESSION")
    lines = [head, *conceded.lines(found.row, words)]
    if page.not_conceded:
        told = words.say(
            "Not conceded and still here: {n} {unit}.", n=page.not_conceded, unit=page.header.unit
        )
        lines += [told, words.say(concessions.REST_WAITS)]
    return lines


def _parts(page: BatchPage, words: Catalogue) -> list[str]:
    """Return what it was split from, and into which parts."""
    unit = page.header.unit
    lines = [words.say("Named in a report: {line}", line=named(one, words)) for one in page.named]
    if (whole := page.part_of) is not None:
        lines.append(
            words.say("Part of {number}, {n} of its {all} {unit}: {way}", number=whole.number, n=whole.quantity,
                      all=whole.of, unit=unit, way=way_of(whole, words))
        )  # fmt: skip
    if page.repaired:
        lines.append(words.say(states.REPAIRED))
    if page.regraded:
        lines.append(words.say(states.REGRADED, terms=page.regraded.rstrip(" .")))
    for part in page.parts:
        lines.append(
            words.say("Split into {number}, {n} {unit}: {way} ({state})", number=part.number, n=part.quantity,
                      unit=unit, way=way_of(part, words), state=states.state(part.state, words, held=False))
        )  # fmt: skip
    if page.parts and page.here:
        lines.append(words.say("{n} {unit} stay", n=page.here, unit=unit))
    return lines


def _meaning(code: str, words: Catalogue) -> str:
    return words.say(states.MEANINGS[code]) if code in states.MEANINGS else code


def _rounds(page: BatchPage, words: Catalogue) -> list[str]:
    rows = []
    for one in page.rounds:
        for check in one.checks:
            rows.append(
                (one.no, f"{one.procedure} v{one.version}", one.n, states.place(check.place, words), check.person_name,
                 words.say(states.CHECK_STATES[check.state]), _had(check.had, words), check.check)
            )  # fmt: skip
    headings = [words.say("Round"), words.say("Procedure"), words.say("Sample"),
                words.say("Place", context="first, second or third"),
                words.say("Person"), words.say("State"), words.say("Result before"),
                words.say("Check", context="one inspection")]  # fmt: skip
    return table(headings, rows)


def _had(verdict: str | None, words: Catalogue) -> str:
    """Return what a check had come to that was taken back."""
    if verdict is None:
        return ""
    return words.say("Rejected") if verdict == "rejected" else words.say("Accepted")


def _maker(call: Call, text: str) -> Maker:
    match = _MAKER.fullmatch(text.strip())
    if match is None:
        raise BadInput("missing", where={"field": "makers"})
    units = given.units(match[2], {"field": "makers"}) if match[2] else ()
    return Maker(given.person(call.use, match[1].strip(), "makers").id, units)
