# SPDX-License-Identifier: Apache-2.0
"""``nonconformity``: open, contain, note, hand over, put off, link, close and reopen; list and show."""

from __future__ import annotations

from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.corrective import Attach, attached
from qcdesk.cli.kept_files import Kept, Output, chosen, saved
from qcdesk.cli.output import Data, table
from qcdesk.domain.nonconformities import number_of
from qcdesk.i18n import mark
from qcdesk.services.nonconformities import NewNonconformity
from qcdesk.services.nonconformity_rows import NonconformityPage, NonconformityRow
from qcdesk.wording import nonconformities as wording
from qcdesk.wording.spelling import moment, rfc3339

Number = Annotated[
    str,
    typer.Argument(metavar="NONCONFORMITY", help=mark("Number of the nonconformity, such as NC-3.")),
]
Why = Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))]
Due = Annotated[str, typer.Option(help=mark("By which day, such as 2026-03-01."))]


def commands() -> typer.Typer:
    """Return the commands about nonconformities."""
    app = typer.Typer(
        help=mark("Nonconformities: one owner always, until somebody else closes them with what was decided.")
    )
    app.command("open", help=mark("Open one on a batch. Takes --as."))(open_one)
    app.command("list", help=mark("List nonconformities, the earliest due first."))(list_them)
    app.command("show", help=mark("Show one with all that is on record."))(show)
    app.command("file", help=mark("Save a file that stands beside one."))(save_file)
    app.command("contain", help=mark("Say what is done to contain it. Takes --as."))(contain)
    app.command("note", help=mark("Put down what belongs to it. Takes --as."))(note)
    app.command("hand-over", help=mark("Give it to another person. Takes --as."))(hand_over)
    app.command("due", help=mark("Say that it is due on another day. Takes --as."))(put_off)
    app.command("link", help=mark("Say which corrective action puts it right. Takes --as."))(link)
    app.command("close", help=mark("Close one that somebody else opened. Takes --as."))(close)
    app.command("reopen", help=mark("Open a closed one again. Takes --as."))(reopen)
    return app


def open_one(
    ctx: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="BATCH", help=mark("Number of the batch."))],
    quantity: Annotated[str, typer.Option(help=mark("How many units are affected."))],
    containment: Annotated[str, typer.Option(help=mark("What was done at once."))],
    due: Due,
    code: Annotated[
        list[str] | None, typer.Option("--code", help=mark("A code that was found; again for each."))
    ] = None,
    what: Annotated[str, typer.Option(help=mark("What is wrong, where no code says it."))] = "",
    owner: Annotated[
        str | None, typer.Option(help=mark("Login of who sees to it; else whoever opens it."))
    ] = None,
    attach: Attach = None,
) -> int:
    """Open a nonconformity with the next number."""
    call = call_of(ctx)
    person = given.person(call.use, owner, "owner").id if owner else ""
    day = given.the_day(due, "due")
    affected = given.whole(quantity, "quantity")
    found = call.use.read.batch_by_number(batch)
    with call.sitting() as sitting:
        files = attached(call, attach)
        codes = tuple(code or ())
        new = NewNonconformity(found, affected, containment, day, codes, what, person, files)
        fact = call.use.nonconformities.open(sitting, new)
        return _page(call, fact.nonconformity, sitting.person)


def list_them(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help=mark("Closed ones too."))] = False,
    owner: Annotated[str | None, typer.Option(help=mark("Only those of this person (login)."))] = None,
    batch: Annotated[str | None, typer.Option(help=mark("Only of this batch."))] = None,
    supplier: Annotated[str | None, typer.Option(help=mark("Only of this supplier (code)."))] = None,
) -> int:
    """List nonconformities."""
    call = call_of(ctx)
    use, words, today = call.use, call.words, call.use.clock.today()
    rows = use.read.nonconformities.listed(
        closed=every,
        owner=given.person(use, owner, "owner").id if owner else None,
        batch=use.read.batch_by_number(batch) if batch else None,
        supplier=given.supplier(use, supplier).supplier if supplier else None,
    )
    if not rows:
        return call.answer({"nonconformities": []}, [words.say("No nonconformity is open.")])
    headings = [words.say("Nonconformity"), words.say("Batch"), words.say("About"), words.say("Owner"),
                words.say("State")]  # fmt: skip
    lines = table(
        headings,
        [
            (wording.number(r), r.batch_number, wording.about(r, words), r.owner_name,
             wording.stands(r, today, words))
            for r in rows
        ],
    )  # fmt: skip
    return call.answer({"nonconformities": [_data(r, call) for r in rows]}, lines)


def show(ctx: typer.Context, number: Number) -> int:
    """Show a nonconformity."""
    call = call_of(ctx)
    found = number_of(number)
    if call.login is None:
        return _page(call, found, None)
    with call.sitting() as sitting:
        return _page(call, found, sitting.person)


def save_file(ctx: typer.Context, number: Number, name: Kept, output: Output) -> int:
    """Save a file that stands beside a nonconformity."""
    call = call_of(ctx)
    page = call.use.read.nonconformities.page(number_of(number), None)
    found = chosen(page.row.nonconformity.files(), name)
    return saved(call, found.name, found.sha256, output)


def contain(
    ctx: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=mark("What is done from now on."))],
    attach: Attach = None,
) -> int:
    """Say what is done to contain it."""
    call = call_of(ctx)
    found = number_of(number)
    with call.sitting() as sitting:
        call.use.nonconformities.contain(sitting, found, text, attached(call, attach))
        return _page(call, found, sitting.person)


def note(
    ctx: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=mark("What belongs to it."))],
    attach: Attach = None,
) -> int:
    """Put down what belongs to it."""
    call = call_of(ctx)
    found = number_of(number)
    with call.sitting() as sitting:
        call.use.nonconformities.note(sitting, found, text, attached(call, attach))
        return _page(call, found, sitting.person)


def hand_over(
    ctx: typer.Context,
    number: Number,
    to: Annotated[str, typer.Option(help=mark("Login of who sees to it from now on."))],
    why: Why,
) -> int:
    """Hand it over with all that is on record."""
    call = call_of(ctx)
    found, owner = number_of(number), given.person(call.use, to, "owner").id
    with call.sitting() as sitting:
        call.use.nonconformities.hand_over(sitting, found, owner, why)
        return _page(call, found, sitting.person)


def put_off(
    ctx: typer.Context,
    number: Number,
    due: Annotated[str, typer.Argument(metavar="DAY", help=mark("By which day, such as 2026-03-01."))],
    why: Why,
) -> int:
    """Say that it is due on another day."""
    call = call_of(ctx)
    found, day = number_of(number), given.the_day(due, "due")
    with call.sitting() as sitting:
        call.use.nonconformities.put_off(sitting, found, day, why)
        return _page(call, found, sitting.person)


def link(
    ctx: typer.Context,
    number: Number,
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help=mark("Number of the corrective action, as CA-1."))
    ],
    undo: Annotated[bool, typer.Option("--undo", help=mark("It does not put it right, after all."))] = False,
) -> int:
    """Say which corrective action puts it right."""
    call = call_of(ctx)
    found = number_of(number)
    with call.sitting() as sitting:
        call.use.nonconformities.link(sitting, found, action, undone=undo)
        return _page(call, found, sitting.person)


def close(
    ctx: typer.Context,
    number: Number,
    why: Annotated[
        str, typer.Option("--why", help=mark("The reason; needed where nothing was decided of the goods."))
    ] = "",
) -> int:
    """Close it over what was decided of the goods, or with a reason."""
    call = call_of(ctx)
    found = number_of(number)
    hand = call.hand()
    call.use.nonconformities.close(hand, found, why)
    return _page(call, found, hand.person)


def reopen(ctx: typer.Context, number: Number, why: Why, due: Due) -> int:
    """Open a closed one again."""
    call = call_of(ctx)
    found, day = number_of(number), given.the_day(due, "due")
    with call.sitting() as sitting:
        call.use.nonconformities.reopen(sitting, found, day, why)
        return _page(call, found, sitting.person)


# What is shown ----------------------------------------------------------------------------------------------------


def _page(call: Call, number: int, person: str | None) -> int:
    page = call.use.read.nonconformities.page(number, person)
    return call.answer(_data(page.row, call) | _record(page, call), _lines(page, call))


def _data(row: NonconformityRow, call: Call) -> Data:
    one = row.nonconformity
    return {
        "nonconformity": wording.number(row),
        "batch": row.batch_number,
        "product": row.product,
        "supplier": row.supplier_name or None,
        "quantity": one.opened.quantity,
        "codes": list(one.opened.codes),
        "what": one.opened.what,
        "containment": one.containment,
        "owner": row.owner_name,
        "due": one.due.isoformat(),
        "overdue": one.overdue(call.use.clock.today()),
        "hand_overs": one.hand_overs,
        "opened_at": rfc3339(row.opened_at),
        "opened_by": row.opened_by,
        "closed": one.closed is not None,
        "closed_at": None if row.closed_at is None else rfc3339(row.closed_at),
        "closed_by": row.closed_by or None,
        "reason": None if one.closed is None else one.closed.reason,
        "stands": wording.stands(row, call.use.clock.today(), call.words),
    }


def _record(page: NonconformityPage, call: Call) -> Data:
    return {
        "event": page.opened_event,
        "of": page.quantity,
        "batch_state": page.batch_state,
        "held": page.held,
        "place": page.stands or None,
        "defects": [
            {"code": d.code, "name": d.name, "class": d.defect_class, "units": d.units, "photos": list(d.photos)}
            for d in page.defects
        ],
        "attachments": [{"name": a.name, "sha256": a.sha256} for a in page.row.nonconformity.files()],
        "decided": [
            {"event": d.event, "at": rfc3339(d.at), "kind": d.kind, "quantity": d.quantity,
             "people": list(d.people), "reason": d.reason, "closed_over": d.counts}
            for d in page.decided
        ],
        "actions": [{"action": number, "title": title} for number, title in page.actions],
        "steps": [
            {"event": s.event, "at": rfc3339(s.at), "person": s.person, "type": s.step.TYPE,
             "message": wording.step(s, call.words)}
            for s in page.steps
        ],
    }  # fmt: skip


def _lines(page: NonconformityPage, call: Call) -> list[str]:
    row, words, today = page.row, call.words, call.use.clock.today()
    one = row.nonconformity
    lines = [
        words.say("{number}: {about}", number=wording.number(row), about=wording.about(row, words)),
        wording.of_batch(row, words),
        wording.affected(row, words, page.quantity),
        wording.where(page, words),
        wording.stands(row, today, words),
        words.say("Owner: {name}", name=row.owner_name),
        words.say("Containment: {text}", text=one.containment),
        wording.opened(row, words, page.opened_event),
        *(wording.defect(d, words) for d in page.defects),
        *filter(None, [wording.counted(page, words)]),
        *(wording.decided(d, words) for d in page.decided),
        *(words.say("{action}: {title}", action=number, title=title) for number, title in page.actions),
    ]
    if page.steps:
        steps = [(moment(s.at), s.person, wording.step(s, words)) for s in page.steps]
        lines += ["", *table([words.say("When"), words.say("Who"), words.say("What")], steps)]
    return lines
