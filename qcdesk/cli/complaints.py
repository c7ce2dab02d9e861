# SPDX-License-Identifier: Apache-2.0
"""``complaint``: take, read back, hand over, call back, link, judge, answer, close; and ``touch``: log and chart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, get_args

import typer

from qcdesk.cli import given
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, table
from qcdesk.cli.terminal import known_language
from qcdesk.domain.events import ComplaintTaken, OwnerFigures, TouchKind
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.times import parse_rfc3339
from qcdesk.durable import written_whole
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.care_rows import ComplaintPage, ComplaintRow
from qcdesk.services.letters import Mail
from qcdesk.services.touch_charts import touch_chart
from qcdesk.wording import complaints as wording
from qcdesk.wording import states
from qcdesk.wording.readers import words_for
from qcdesk.wording.spelling import moment, rfc3339, taken_as

Number = Annotated[
    str, typer.Argument(metavar="COMPLAINT", help=mark("Number of the complaint, such as C-3."))
]
Time = Annotated[
    str | None,
    typer.Option("--call-back", help=mark("Promised call back, such as 2026-03-01T14:00:00+07:00.")),
]
Batches = Annotated[list[str] | None, typer.Option("--batch", help=mark("Number of a batch it is about."))]
_NUMBER = re.compile("(?:[Cc]-)?([1-9][0-9]{0,8})")
KINDS: tuple[TouchKind, ...] = get_args(TouchKind)


def complaints() -> typer.Typer:
    """Return the commands about complaints."""
    app = typer.Typer(help=mark("Complaints: one owner always, until the customer has an answer."))
    app.command("add", help=mark("Take a complaint. Takes --as."))(add)
    app.command("list", help=mark("List complaints, the most pressing first."))(list_complaints)
    app.command("show", help=mark("Show a complaint with all that is on record. Takes --as."))(show)
    app.command("acknowledge", help=mark("Put down that it was read back. Takes --as."))(acknowledge)
    app.command("hand-over", help=mark("Give it to another person. Takes --as."))(hand_over)
    app.command("call-back", help=mark("Put down a call, or promise one. Takes --as."))(call_back)
    app.command("link", help=mark("Say which batch it is about. Takes --as."))(link)
    app.command("judge", help=mark("Say whether it is an escape. Takes --as."))(judge)
    app.command("answer", help=mark("Write the answer as a mail file. Takes --as."))(answer)
    app.command("close", help=mark("Close it with what came of it. Takes --as."))(close)
    app.command("proposals", help=mark("List steps that complaints propose to owners of procedures."))(
        proposals
    )
    app.command("figures", help=mark("Put down repeat orders and referrals of a month. Takes --as."))(figures)
    return app


def touches() -> typer.Typer:
    """Return the commands about touches."""
    app = typer.Typer(help=mark("Touches: how often a batch or order had to be touched once more."))
    app.command("add", help=mark("Log a touch. Takes --as."))(touch_add)
    app.command("undo", help=mark("Take your own touch back. Takes --as."))(touch_undo)
    app.command("list", help=mark("List touches, newest first."))(touch_list)
    app.command("chart", help=mark("Say which batches are touched too often."))(touch_chart_command)
    return app


def add(
    ctx: typer.Context,
    customer: Annotated[str, typer.Option(help=mark("From whom it comes."))],
    words: Annotated[str, typer.Option(help=mark("What the customer said, in the customer's words."))],
    written: Annotated[
        bool, typer.Option("--written", help=mark("It came in writing; else it was spoken."))
    ] = False,
    contact: Annotated[str, typer.Option(help=mark("Mail or telephone of the customer."))] = "",
    language: Annotated[
        str, typer.Option(help=mark("Language of the customer: en, vi, zh_CN or th."))
    ] = "en",
    received: Annotated[str | None, typer.Option(help=mark("Day it came in; else today."))] = None,
    owner: Annotated[
        str | None, typer.Option(help=mark("Login of who has it; else whoever takes it."))
    ] = None,
    call_back_at: Time = None,
    batch: Batches = None,
) -> int:
    """Take a complaint."""
    call = call_of(ctx)
    day = given.day(received, "received") or call.use.clock.today()
    promised, language = _time(call_back_at), known_language(language)
    person = given.person(call.use, owner, "owner").id if owner else ""
    batches = tuple(call.use.read.batch_by_number(number) for number in batch or ())
    with call.sitting() as sitting:
        said = "written" if written else "spoken"
        taken = call.use.care.take_complaint(
            sitting,
            ComplaintTaken(0, customer, contact, language, said, words, day, person, promised),  # type: ignore[arg-type]
            batches,
        )
        return _page(
            call, taken.complaint, sitting.person, call.words.say("Taken. Read it back to the customer.")
        )


def list_complaints(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help=mark("Closed ones too."))] = False,
    owner: Annotated[str | None, typer.Option(help=mark("Only those of this person (login)."))] = None,
) -> int:
    """List complaints."""
    call = call_of(ctx)
    words, now = call.words, call.use.clock.now()
    of = given.person(call.use, owner, "owner").id if owner else None
    rows = call.use.read.care.complaints(closed=every, owner=of)
    if not rows:
        return call.answer({"complaints": []}, [words.say("No complaint is open.")])
    headings = [words.say("Complaint"), words.say("From"), words.say("Owner"), words.say("Age and waiting"),
                words.say("State"), words.say("Hand-overs"), words.say("Batches")]  # fmt: skip
    lines = table(
        headings,
        [
            (wording.number(r.number), wording.said(r, words), r.owner_name, wording.ages(r, now, words),
             wording.stands(r, now, words), wording.hand_overs(r, words), ", ".join(r.numbers))
            for r in rows
        ],
    )  # fmt: skip
    return call.answer({"complaints": [_data(r, now, words) for r in rows]}, lines)


def show(ctx: typer.Context, number: Number) -> int:
    """Show a complaint."""
    call = call_of(ctx)
    if call.login is None:
        return _page(call, _number(number), None)
    with call.sitting() as sitting:
        return _page(call, _number(number), sitting.person)


def acknowledge(
    ctx: typer.Context,
    number: Number,
    by: Annotated[str, typer.Option(help=mark("Who of the customer acknowledged it."))],
    how: Annotated[str, typer.Option(help=mark("How, such as by phone."))],
    on: Annotated[str | None, typer.Option(help=mark("Day; else today."))] = None,
) -> int:
    """Put down that it was read back and acknowledged."""
    call = call_of(ctx)
    day = given.day(on, "on")
    with call.sitting() as sitting:
        call.use.care.acknowledge(sitting, _number(number), by, how, day)
        return _page(call, _number(number), sitting.person)


def hand_over(
    ctx: typer.Context,
    number: Number,
    to: Annotated[str, typer.Option(help=mark("Login of who has it from now on."))],
    why: Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))],
) -> int:
    """Hand a complaint over with all that is on record."""
    call = call_of(ctx)
    owner = given.person(call.use, to, "owner").id
    with call.sitting() as sitting:
        call.use.care.hand_over(sitting, _number(number), owner, why)
        return _page(call, _number(number), sitting.person)


def call_back(
    ctx: typer.Context,
    number: Number,
    called: Annotated[str | None, typer.Option(help=mark("The customer was called: what was said."))] = None,
    reached: Annotated[
        bool | None,
        typer.Option(
            "--reached/--not-reached",
            help=mark("Whether the call reached somebody; only then it counts as made."),
        ),
    ] = None,
    at: Annotated[str | None, typer.Option("--at", help=mark("When the next call is promised."))] = None,
    why: Annotated[str, typer.Option("--why", help=mark("Why it is put off, where one was promised."))] = "",
) -> int:
    """Put down a call, or promise one."""
    call = call_of(ctx)
    promised = _time(at)
    if (called is None) != (reached is None):
        raise BadInput("missing", where={"field": "reached" if reached is None else "said_or_why"})
    with call.sitting() as sitting:
        call.use.care.call_back(
            sitting,
            _number(number),
            called=called is not None,
            reached=bool(reached),
            note=why if called is None else called,
            next_at=promised,
        )
        return _page(call, _number(number), sitting.person)


def link(
    ctx: typer.Context,
    number: Number,
    batch: Annotated[str, typer.Argument(metavar="BATCH", help=mark("Number of the batch."))],
    undo: Annotated[
        bool, typer.Option("--undo", help=mark("It is not about this batch, after all."))
    ] = False,
) -> int:
    """Say which batch it is about."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        call.use.care.link(sitting, _number(number), call.use.read.batch_by_number(batch), undone=undo)
        return _page(call, _number(number), sitting.person)


def judge(
    ctx: typer.Context,
    number: Number,
    about: Annotated[str, typer.Option(help=mark("Defect code, or what it is about in words."))],
    why: Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))],
    escape: Annotated[
        bool | None, typer.Option("--escape/--no-escape", help=mark("Whether it was there when it left."))
    ] = None,
) -> int:
    """Say whether it is an escape."""
    call = call_of(ctx)
    if escape is None:
        raise BadInput("missing", where={"field": "escape"})
    with call.sitting() as sitting:
        said = call.use.care.judge(sitting, _number(number), escape=escape, about=about, reason=why)
        other = said.about != about.strip()
        told = taken_as(about, said.about, call.words) if other else ""
        return _page(call, _number(number), sitting.person, told)


def answer(
    ctx: typer.Context,
    number: Number,
    out: Annotated[str, typer.Option("-o", help=mark("The mail file to write, such as answer.eml."))],
    to: Annotated[str | None, typer.Option(help=mark("Mail address; else the customer's contact."))] = None,
    text: Annotated[str | None, typer.Option(help=mark("The whole text; else the template's."))] = None,
) -> int:
    """Write the answer to the customer as a mail file, and put it down."""
    call = call_of(ctx)
    words = call.words
    with call.sitting() as sitting:
        row = call.use.read.care.complaint(_number(number), sitting.person, call.use.clock.now()).row
        taken = row.complaint.taken
        subject, drafted = wording.letter(row, words_for(taken.language))
        mail = Mail(taken.customer, to or taken.contact, "", "", subject, text or drafted, call.use.clock.now(),
                    f"complaint-{row.number}-{row.complaint.answers + 1}", taken.language or "en")  # fmt: skip
        content = call.use.letters.mail(mail)
        call.use.care.require_mine(sitting, row.number)
        with written_whole(Path(out)) as file:
            file.write(content)
        call.use.care.answer(sitting, row.number, to=mail.to, subject=subject, text=mail.text)
        return _page(call, row.number, sitting.person, words.say("Written to {file}.", file=out), file=out)


def close(
    ctx: typer.Context,
    number: Number,
    outcome: Annotated[str, typer.Option(help=mark("What came of it."))],
) -> int:
    """Close a complaint."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        call.use.care.close(sitting, _number(number), outcome)
        return _page(call, _number(number), sitting.person)


def proposals(ctx: typer.Context) -> int:
    """List what is proposed to owners of procedures."""
    call = call_of(ctx)
    rows = call.use.read.care.proposals()
    found = [
        {
            "procedure": r.procedure,
            "owner": r.owner,
            "about": r.about,
            "complaint": wording.number(r.complaint),
        }
        for r in rows
    ]
    told = [wording.proposal(r, call.words) for r in rows]
    return call.answer({"proposals": found}, told or [call.words.say("Nothing is proposed.")])


def figures(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(metavar="MONTH", help=mark("The month, such as 2026-03."))],
    repeat_orders: Annotated[str, typer.Option(help=mark("Repeat orders in that month."))],
    referrals: Annotated[str, typer.Option(help=mark("Customers who came by referral in that month."))],
) -> int:
    """Put down what is counted by hand of a month."""
    call = call_of(ctx)
    said = OwnerFigures(
        month, given.whole(repeat_orders, "repeat_orders"), given.whole(referrals, "referrals")
    )
    with call.sitting() as sitting:
        call.use.care.say_figures(sitting, (said,))
    rows = call.use.read.care.figures()
    data: Data = {
        "months": [
            {"month": r.month, "repeat_orders": r.repeat_orders, "referrals": r.referrals} for r in rows
        ]
    }
    words = call.words
    lines = table(
        [words.say("Month"), words.say("Repeat orders"), words.say("Referrals")],
        [(r.month, r.repeat_orders, r.referrals) for r in rows],
    )
    return call.answer(data, lines)


# Touches ----------------------------------------------------------------------------------------------------------


def touch_add(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=mark("call, message, chase, hand-off or rework."))
    ],
    batch: Annotated[str | None, typer.Option(help=mark("Number of the batch."))] = None,
    order: Annotated[str, typer.Option(help=mark("Number of the order."))] = "",
) -> int:
    """Log a touch."""
    call = call_of(ctx)
    which = next((one for one in KINDS if one == kind.replace("-", "_")), None)
    if which is None:
        known = tuple(one.replace("_", "-") for one in KINDS)
        raise BadInput("unknown_kind", facts={"value": kind, "known": known}, where={"field": "kind"})
    found = call.use.read.batch_by_number(batch) if batch else None
    with call.sitting() as sitting:
        seq, fact = call.use.care.touch(sitting, which, found, order)
    told = call.words.say("Logged: {kind}. Undo it with: qcdesk touch undo {touch}",
                          kind=call.words.say(states.TOUCH_WORDS[which]), touch=seq)  # fmt: skip
    return call.answer({"touch": seq, "kind": which, "batch": batch, "order": fact.order}, [told])


def touch_undo(
    ctx: typer.Context,
    touch: Annotated[str, typer.Argument(metavar="TOUCH", help=mark("Number that touch add gave."))],
) -> int:
    """Take a touch back."""
    call = call_of(ctx)
    seq = given.whole(touch, "touch", least=1)
    with call.sitting() as sitting:
        call.use.care.undo_touch(sitting, seq)
    return call.answer({"undone": seq}, [call.words.say("Taken back.")])


def touch_list(
    ctx: typer.Context,
    batch: Annotated[str | None, typer.Option(help=mark("Only on this batch."))] = None,
    limit: Annotated[str, typer.Option(help=mark("How many at most."))] = "100",
) -> int:
    """List touches."""
    call = call_of(ctx)
    words = call.words
    found = call.use.read.batch_by_number(batch) if batch else None
    rows = call.use.read.care.touches(found, given.whole(limit, "n", least=1))
    data: Data = {
        "touches": [
            {"touch": r.seq, "at": rfc3339(r.at), "person": r.person, "kind": r.kind, "batch": r.number or None,
             "order": r.order}
            for r in rows
        ]
    }  # fmt: skip
    lines = table(
        [words.say("When"), words.say("Who"), words.say("Touch"), words.say("Batch"), words.say("Order")],
        [(moment(r.at), r.person, words.say(states.TOUCH_WORDS[r.kind]), r.number, r.order) for r in rows],
    )
    return call.answer(data, lines if rows else [words.say("No touch was logged.")])


def touch_chart_command(
    ctx: typer.Context,
    last: Annotated[str, typer.Option(help=mark("How many of the newest batches."))] = "50",
) -> int:
    """Say how often batches are touched, and which too often."""
    call = call_of(ctx)
    words = call.words
    found = touch_chart(call.use.read.care.touched(given.whole(last, "n", least=1)))
    over = {row.batch for row in found.over}
    data: Data = {
        "average": round(found.average, 6),
        "ucl": None if found.limit is None else round(found.limit, 6),
        "batches": [
            {"batch": r.number, "touches": r.touches, "too_often": r.batch in over} for r in found.rows
        ],
    }
    lines = [wording.touched(found.average, len(found.rows), found.limit, words)]
    if over:
        lines.append(wording.too_often(found.over, words))
    lines += [
        "",
        *table([words.say("Batch"), words.say("Touches")], [(r.number, r.touches) for r in found.rows]),
    ]
    return call.answer({"chart": data}, lines)


# What is shown ----------------------------------------------------------------------------------------------------


def _number(text: str) -> int:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise BadInput("complaint_number", facts={"value": text}, where={"field": "complaint"})
    return int(found[1])


def _time(text: str | None) -> int | None:
    return None if text is None else parse_rfc3339(text, where={"field": "call_back"})


def _page(call: Call, number: int, person: str | None, told: str = "", file: str | None = None) -> int:
    now, words = call.use.clock.now(), call.words
    page = call.use.read.care.complaint(number, person, now)
    data = _data(page.row, now, words) | _record(page, words)
    if file is not None:
        data["file"] = file
    return call.answer(data, ([told] if told else []) + _lines(page, now, words))


def _data(row: ComplaintRow, now: int, words: Catalogue) -> Data:
    found = row.complaint
    taken = found.taken
    return {
        "complaint": wording.number(row.number),
        "customer": taken.customer,
        "contact": taken.contact,
        "language": taken.language,
        "said_as": taken.said_as,
        "words": taken.words,
        "received": taken.received.isoformat(),
        "owner": row.owner_name,
        "taken_at": rfc3339(row.taken_at),
        "age_days": wording.age_days(row, now),
        "waiting_seconds": wording.waiting_us(row, now) // 1_000_000,
        "acknowledged": found.acknowledged is not None,
        "hand_overs": found.hand_overs,
        "too_many_hand_overs": found.too_often,
        "call_back": None if found.call_back is None else rfc3339(found.call_back),
        "overdue": found.overdue(now),
        "missed_call_backs": found.missed,
        "batches": list(row.numbers),
        "escape": None if found.judged is None else found.judged.escape,
        "proposed_to": [] if found.judged is None else list(found.judged.proposed),
        "answers": found.answers,
        "closed": found.closed is not None,
        "outcome": None if found.closed is None else found.closed.outcome,
        "stands": wording.stands(row, now, words),
    }


def _record(page: ComplaintPage, words: Catalogue) -> Data:
    return {
        "steps": [
            {"event": s.seq, "at": rfc3339(s.at), "person": s.person, "type": s.step.TYPE,
             "message": wording.step(s, words)}
            for s in page.steps
        ],
        "linked": [
            {"batch": one.number, "product": one.product, "procedure": one.procedure or None,
             "version": one.version or None, "closed": one.closed,
             "saw": [
                 {"place": s.place, "person": s.person,
                  "found": [{"code": code, "name": name, "count": n} for code, name, n in s.found]}
                 for s in one.saw
             ]}
            for one in page.linked
        ],
    }  # fmt: skip


def _lines(page: ComplaintPage, now: int, words: Catalogue) -> list[str]:
    row = page.row
    lines = [
        words.say("{number}: {said}", number=wording.number(row.number), said=wording.said(row, words)),
        words.say("“{words}”", words=row.complaint.taken.words),
        words.say("Owner: {name}", name=row.owner_name),
        *wording.standing(row, now, words),
        wording.ages(row, now, words),
        *filter(None, (wording.hand_overs(row, words), wording.missed(row, words))),
    ]
    for one in page.linked:
        lines.append(wording.linked(one, words))
        if one.closed:
            lines.append(wording.closed_checks(words))
        lines += [wording.saw(s, words) for s in one.saw]
    if page.steps:
        steps = [(moment(s.at), s.person, wording.step(s, words)) for s in page.steps]
        lines += ["", *table([words.say("When"), words.say("Who"), words.say("What")], steps)]
    return lines
