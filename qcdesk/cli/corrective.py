# SPDX-License-Identifier: Apache-2.0
"""``supplier corrective-action`` and ``supplier promise``: what suppliers are asked to put right, and promised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.kept_files import Kept, Output, chosen, saved
from qcdesk.cli.output import Data, table
from qcdesk.cli.terminal import known_language
from qcdesk.domain.attachments import Attachment
from qcdesk.domain.corrective import CorrectiveAction, Promise, Stop, step_of
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.promises import TEST_KINDS, LotFound, PromiseTest, TestKind
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.i18n import mark
from qcdesk.services.corrective_actions import NewAction, by_names
from qcdesk.services.letters import ATTACHMENT_BYTES, Due, Enclosure
from qcdesk.services.promise_decisions import also_shown_by
from qcdesk.services.repeated_defects import inspection_of
from qcdesk.wording import corrective as wording
from qcdesk.wording.spelling import day, moment
from qcdesk.wording.supplier_mail import mail_about

Name = Annotated[
    str, typer.Argument(metavar="ACTION", help=mark("Number of the corrective action, as CA-1."))
]
Attach = Annotated[
    list[str] | None, typer.Option("--attach", help=mark("A file that goes with it; again for each."))
]


def actions() -> typer.Typer:
    """Return the commands about corrective actions."""
    app = typer.Typer(
        help=mark("Corrective actions: opened, answered, promised, closed once the lots prove it.")
    )
    app.command("open", help=mark("Open one. Takes --as."))(open_action)
    app.command("step", help=mark("Write one of the steps D0 to D8. Takes --as."))(step)
    app.command("send", help=mark("Write the mail to the supplier as .eml. Takes --as."))(send)
    app.command("reply", help=mark("Put down an answer, typed or from .eml or text. Takes --as."))(reply)
    app.command("promise", help=mark("Put down a promise with its test. Takes --as."))(promise)
    app.command("close", help=mark("Close one whose promises passed. Takes --as."))(close)
    app.command("decide-stop", help=mark("Let goods be released again. Takes --as and --with."))(decide_stop)
    app.command("file", help=mark("Save a file that stands beside one."))(save_file)
    app.command("list", help=mark("List corrective actions."))(list_actions)
    app.command("show", help=mark("Show one with its steps and promises."))(show)
    return app


def promises() -> typer.Typer:
    """Return the commands about promises."""
    app = typer.Typer(help=mark("Promises of suppliers, and whether they were kept."))
    app.command("list", help=mark("List promises; with -o their days as .ics."))(list_promises)
    return app


def open_action(
    ctx: typer.Context,
    supplier: Annotated[str, typer.Argument(metavar="SUPPLIER", help=mark("Code of the supplier."))],
    title: Annotated[str, typer.Option(help=mark("What it is about, in a few words."))],
    code: Annotated[list[str], typer.Option(help=mark("A defect code; again for each."))],
    product: Annotated[
        str, typer.Option(help=mark("Code of the product; without it all that is supplied."))
    ] = "",
    finding: Annotated[str, typer.Option(help=mark("What was found, and in which batch."))] = "",
    attach: Attach = None,
) -> int:
    """Open a corrective action."""
    call = call_of(ctx)
    key = given.supplier(call.use, supplier).supplier
    about = given.product(call.use, product).code if product else ""
    with call.sitting() as sitting:
        new = NewAction(key, title, tuple(code), about, finding, attached(call, attach))
        fact = call.use.open_action(sitting, new)
    return _now(call, fact.action)


def step(
    ctx: typer.Context,
    action: Name,
    which: Annotated[str, typer.Argument(metavar="STEP", help=mark("D0 to D8."))],
    text: Annotated[str | None, typer.Option(help=mark("What is said there now."))] = None,
    due: Annotated[str | None, typer.Option(help=mark("Due on this day."))] = None,
    person: Annotated[str | None, typer.Option(help=mark("Login of who sees to it."))] = None,
    done: Annotated[bool | None, typer.Option("--done/--not-done", help=mark("Whether it is done."))] = None,
    attach: Attach = None,
) -> int:
    """Write a step; what is not named stays."""
    call = call_of(ctx)
    who = given.person(call.use, person).id if person else None
    with call.sitting() as sitting:
        fact = call.use.say_step(
            sitting, action, step_of(which), text=text, due=given.day(due, "due"), person=who, done=done,
            attachments=attached(call, attach),
        )  # fmt: skip
    return _now(call, fact.action)


def send(
    ctx: typer.Context,
    action: Name,
    output: Annotated[str, typer.Option("-o", "--output", help=mark("The .eml file to write."))],
    to: Annotated[str, typer.Option(help=mark("Mail address; else that of the supplier's contact."))] = "",
    language: Annotated[
        str | None,
        typer.Option("--language", help=mark("Of the mail; else what the supplier's contact reads.")),
    ] = None,
    sender: Annotated[str, typer.Option("--from", help=mark("Own mail address."))] = "",
    reply_by: Annotated[str | None, typer.Option(help=mark("An answer is asked for by this day."))] = None,
    text: Annotated[str | None, typer.Option(help=mark("Another text than the usual one."))] = None,
    attach: Attach = None,
) -> int:
    """Write the request as a mail, which the shop's own mail program sends."""
    call = call_of(ctx)
    if Path(output).exists():
        raise BadInput("file_exists", facts={"file": output})
    hand = call.hand()
    files = attached(call, attach)
    enclosed = tuple(Enclosure(one.name, call.use.files.read(one.sha256)) for one in files)
    mail = mail_about(call.use, hand.person, action, to=to, language=language and known_language(language),
                      sender=sender, text=text, reply_by=given.day(reply_by, "due"), enclosures=enclosed)  # fmt: skip
    content = call.use.letters.mail(mail)
    with call.sitting(hand) as sitting:
        kept = Attachment(f"{Path(output).name}", call.use.files.keep_file(content), len(content))
        fact = call.use.record_sent(sitting, action, to=mail.to or mail.to_name, language=mail.language,
                                    subject=mail.subject, text=mail.text, attachments=(kept, *files))  # fmt: skip
    call.use.letters.save(content, output)
    return call.answer(
        {"action": fact.action, "file": output, "to": mail.to, "language": mail.language},
        [call.words.say("{file} is written.", file=output)],
    )


def reply(
    ctx: typer.Context,
    action: Name,
    file: Annotated[str | None, typer.Argument(metavar="FILE", help=mark("An .eml or text file."))] = None,
    text: Annotated[str, typer.Option(help=mark("The answer, typed in."))] = "",
    sender: Annotated[str, typer.Option("--from", help=mark("Who answered."))] = "",
    received: Annotated[str | None, typer.Option(help=mark("On which day it came; today."))] = None,
    document: Annotated[
        str | None, typer.Option(help=mark("Number of the promise whose document came."))
    ] = None,
    attach: Attach = None,
) -> int:
    """Put down an answer."""
    call = call_of(ctx)
    more: tuple[Attachment, ...] = ()
    no = None if document is None else given.whole(document, "promise", least=1)
    with call.sitting() as sitting:
        if file is not None:
            name, content = Path(file).name, call.read(file, ATTACHMENT_BYTES)
            read = call.use.letters.read(name, content)
            text, sender = text or read.text, sender or read.sender
            more = (_kept(call, name, content), *(_kept(call, e.name, e.content) for e in read.enclosures))
        fact = call.use.record_reply(
            sitting, action, sender=sender, text=text, received=given.day(received, "received"), promise=no,
            attachments=(*more, *attached(call, attach)),
        )  # fmt: skip
    return _now(call, fact.action)


def promise(
    ctx: typer.Context,
    action: Name,
    words: Annotated[str, typer.Argument(metavar="WORDS", help=mark("What was promised, in their words."))],
    due: Annotated[str, typer.Option(help=mark("By which day."))],
    test: Annotated[str, typer.Option(help=mark("What decides it: rate, certificate or accepted."))],
    code: Annotated[str, typer.Option(help=mark("Of a rate: the defect code."))] = "",
    defect_class: Annotated[str | None, typer.Option("--class", help=mark("Of a rate: the class."))] = None,
    percent: Annotated[str | None, typer.Option(help=mark("Of a rate: at most this many percent."))] = None,
    lots: Annotated[str | None, typer.Option(help=mark("Of a rate: over so many lots."))] = None,
    product: Annotated[str, typer.Option(help=mark("The next lot of this product is accepted."))] = "",
    document: Annotated[str, typer.Option(help=mark("Of a certificate: its name."))] = "",
    replaces: Annotated[
        str | None, typer.Option(help=mark("Number of the broken promise it replaces."))
    ] = None,
) -> int:
    """Put down a promise."""
    call = call_of(ctx)
    kind: TestKind | None = next((one for one in TEST_KINDS if one == test), None)
    if kind is None:
        raise BadInput("unknown_kind", facts={"value": test, "known": TEST_KINDS}, where={"field": "test"})
    which = next((one for one in BY_SERIOUSNESS if one == defect_class), None)
    if defect_class is not None and which is None:
        facts: dict[str, object] = {"value": defect_class, "known": BY_SERIOUSNESS}
        raise BadInput("unknown_class", facts=facts, where={"field": "class"})
    limit = None if percent is None else given.decimal(percent, "percent")
    number = 0 if lots is None else given.whole(lots, "lots")
    old = None if replaces is None else given.whole(replaces, "promise", least=1)
    by = given.the_day(due, "due")
    with call.sitting() as sitting:
        fact = call.use.make_promise(
            sitting,
            action,
            words,
            by,
            PromiseTest(kind, code, which, limit, number, product, document),
            replaces=old,
        )
    return _now(call, fact.action)


def close(
    ctx: typer.Context,
    action: Name,
    reason: Annotated[str, typer.Option(help=mark("Why, in words."))],
) -> int:
    """Close a corrective action."""
    call = call_of(ctx)
    if call.at_terminal:
        call.show_before_signing(_lines(call, call.use.corrective_action(action)))
    fact = call.use.close_action(call.hand(), action, reason)
    return _now(call, fact.action)


def decide_stop(
    ctx: typer.Context,
    action: Name,
    reason: Annotated[str, typer.Option(help=mark("Why, in words."))],
) -> int:
    """Let goods be released again that a defect which came again holds back."""
    call = call_of(ctx)
    if call.at_terminal:
        call.show_before_signing(_lines(call, call.use.corrective_action(action)))
    by, other = call.pair()
    call.use.decide_stop(by, other, action, reason)
    return _now(call, action)


def list_actions(
    ctx: typer.Context,
    supplier: Annotated[str | None, typer.Option(help=mark("Only of this supplier."))] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help=mark("Only where a step or a promise is overdue."))
    ] = False,
) -> int:
    """List corrective actions."""
    call = call_of(ctx)
    if overdue:
        key = given.supplier(call.use, supplier).supplier if supplier else None
        found = tuple(a for a in call.use.overdue_actions() if key in (None, a.supplier))
    else:
        found = call.use.corrective_actions(supplier)
    say = call.words.say
    headings = [say("Action"), say("Supplier"), say("About"), say("State"), say("Title"), say("Promises")]
    rows = [
        (a.name, _supplier(call, a), wording.about(a, call.words), say(wording.STATES[a.state]), a.title,
         ", ".join(wording.promise_state(p, call.words) for p in a.promises))
        for a in _named(call, found)
    ]  # fmt: skip
    lines = table(headings, rows) if rows else [say("There is no corrective action yet.")]
    stops = [_stop_data(call, s) for s in call.use.stops_standing()]
    return call.answer({"actions": [action_data(call, a) for a in found], "stops": stops}, lines)


def show(ctx: typer.Context, action: Name) -> int:
    """Show a corrective action."""
    call = call_of(ctx)
    return _now(call, action)


def save_file(ctx: typer.Context, action: Name, name: Kept, output: Output) -> int:
    """Save a file that stands beside a corrective action."""
    call = call_of(ctx)
    found = chosen(call.use.corrective_action(action).files(), name)
    return saved(call, found.name, found.sha256, output)


def list_promises(
    ctx: typer.Context,
    supplier: Annotated[str | None, typer.Option(help=mark("Only of this supplier."))] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", help=mark("Write the open days as .ics here."))
    ] = None,
) -> int:
    """List promises with where they stand, the broken and overdue ones first."""
    call = call_of(ctx)
    say, today = call.words.say, call.use.clock.today()
    actions = call.use.corrective_actions(supplier)
    by_codes = [(a, p) for a in actions for p in a.promises]
    by_codes.sort(key=_broken_first(today))
    found = [(a, p) for a in _named(call, actions) for p in a.promises]
    found.sort(key=_broken_first(today))
    if output is not None:
        waiting = [(a, p) for a, p in found if p.decision.state == "open" and not p.replaced]
        content = call.use.letters.calendar(
            say("Promises of suppliers"), [due_of(call, a, p) for a, p in waiting], call.use.clock.now()
        )
        call.use.letters.save(content, output)
    headings = [say("Action"), say("No."), say("Supplier"), say("Promise"), say("Due"), say("Test"), say("State"),
                say("Why")]  # fmt: skip
    rows = [
        (a.name, p.no, _supplier(call, a), p.words, day(p.due, call.words),
         wording.test_words(p.test, call.words, a.codes), wording.promise_state(p, call.words),
         wording.why(p, call.words))
        for a, p in found
    ]  # fmt: skip
    lines = table(headings, rows) if rows else [say("No supplier has promised anything yet.")]
    data: Data = {"promises": [{"action": a.name, **promise_data(call, a, p)} for a, p in by_codes]}
    return call.answer(data, lines)


def _broken_first(today: date) -> Callable[[tuple[CorrectiveAction, Promise]], tuple[bool, bool, date]]:
    return lambda one: (one[1].decision.state != "broken", not one[1].overdue(today), one[1].due)


def _named(call: Call, actions: Sequence[CorrectiveAction]) -> tuple[CorrectiveAction, ...]:
    """Return actions as people read them, with defects and goods by their names."""
    with call.use.look() as uow:
        return by_names(uow, actions)


def due_of(call: Call, action: CorrectiveAction, promise: Promise) -> Due:
    """Return the day of a promise for a calendar."""
    title = call.words.say("{action}: {words}", action=action.name, words=promise.words)
    return Due(
        f"{promise.id}", promise.due, title, wording.test_words(promise.test, call.words, action.codes)
    )


def action_data(call: Call, action: CorrectiveAction) -> Data:
    """Return a corrective action for programs."""
    return {
        "action": action.name,
        "supplier": _supplier(call, action),
        "product": action.product or None,
        "codes": list(action.codes),
        "title": action.title,
        "finding": action.finding,
        "state": action.state,
        "fixed": action.fixed,
        "stopped": [stop.code for stop in action.stops if stop.decided is None],
        "stops": [_stop_data(call, stop) for stop in action.stops if stop.decided is None],
        "inspection": list(_inspected(call, action)),
        "steps": [
            {"step": s.step, "text": s.text, "due": str(s.due) if s.due else None, "done": s.done,
             "attachments": [a.name for a in s.attachments]}
            for s in action.steps
        ],
        "told": [{"kind": t.kind, "who": t.who, "on": str(t.on), "text": t.text} for t in action.told],
        "promises": [promise_data(call, action, p) for p in action.promises],
    }  # fmt: skip


def promise_data(call: Call, action: CorrectiveAction, promise: Promise) -> Data:
    """Return a promise for programs."""
    found = promise.decision
    return {
        "no": promise.no,
        "words": promise.words,
        "due": str(promise.due),
        "test": wording.test_words(promise.test, call.words, action.codes),
        "state": found.state,
        "replaced": promise.replaced,
        "overdue": promise.overdue(call.use.clock.today()),
        "lots": list(found.lots),
        "waits_for": [one.number for one in found.counted if one.verdict is None],
        "passed_over": [one.number for one in found.passed_over],
        "bad": found.bad,
        "units": found.units,
        "message": wording.why(promise, call.words),
    }


def _inspected(call: Call, action: CorrectiveAction, named: CorrectiveAction | None = None) -> Iterable[str]:
    """Return, once each, how goods are inspected of which a defect came again; ``named``: as people read it."""
    with call.use.look() as uow:
        found = [
            (called, now)
            for stop, called in zip(action.stops, (named or action).stops, strict=True)
            if (now := inspection_of(uow, stop)).tells(stop, action)
        ]
    return dict.fromkeys(wording.inspected(stop, now, call.words) for stop, now in found)


def _stop_data(call: Call, stop: Stop) -> Data:
    with call.use.look() as uow:
        now = inspection_of(uow, stop)
    said = wording.inspected(stop, now, call.words)
    return {
        "code": stop.code,
        "product": stop.product,
        "batch": stop.number,
        "inspection": now.state,
        "message": said,
    }


def _lot_data(call: Call, action: CorrectiveAction, promise: Promise, lot: LotFound) -> Data:
    return {
        "batch": lot.number,
        "registered": str(lot.came) if lot.came else None,
        "verdict": lot.verdict,
        "passed_over": lot.over or None,
        "shows": list(lot.shows(action.codes)),
        "promise": promise.no,
        "message": _lot_message(call, action, lot),
    }


def _lot_message(
    call: Call, action: CorrectiveAction, lot: LotFound, called: tuple[str, ...] | None = None
) -> str:
    """Return what a lot that decides says; ``called``: the codes of the action as people call them."""
    words, today = call.words, call.use.clock.today()
    shows = wording.lot_shows(lot, action.codes, words, called)
    return " · ".join(
        filter(None, (wording.lot_stands(lot, words), wording.lot_why(lot, today, words), shows))
    )


def _now(call: Call, action: str) -> int:
    found = call.use.corrective_action(action)
    with call.use.look() as uow:
        older = also_shown_by(uow, found)
    lots = [_lot_data(call, found, p, lot) for p, lot in found.lots()]
    [named] = _named(call, [found])
    lines = _lines(call, named)
    lines += [
        call.words.say("  {lot}: {said}", lot=lot.number, said=_lot_message(call, found, lot, named.codes))
        for _, lot in found.lots()
    ]
    if older:
        lines.append(
            call.words.say("Since then also shown by {lots}.", lots=wording.also_shown(older, call.words))
        )
    return call.answer(action_data(call, found) | {"lots": lots, "also_shown_by": list(older)}, lines)


def _lines(call: Call, action: CorrectiveAction) -> list[str]:
    words, say = call.words, call.words.say
    lines = [
        say("{name} {title}", name=action.name, title=action.title),
        say("{supplier}: {about}", supplier=_supplier(call, action), about=wording.about(action, words)),
        say(wording.STATES[action.state]),
    ]
    if action.finding:
        lines.append(say("What was found: {finding}", finding=action.finding))
    for stop in action.stops:
        if stop.decided is None:
            shown = mark("{code} came again with {batch}: nothing of {product} is released until two decide.")
            reported = mark("{code} was reported again: nothing of {product} is released until two decide.")
            lines.append(say(shown if stop.number else reported,
                             code=stop.code, batch=stop.number, product=stop.product))  # fmt: skip
    lines.extend(_inspected(call, call.use.corrective_action(action.name), action))
    for one in action.steps:
        by = day(one.due, words) if one.due else ""
        done = say("done") if one.done else by
        lines.append(say("{step} {title}: {text} {done}", step=one.step, title=say(wording.STEPS[one.step]),
                         text=one.text, done=done))  # fmt: skip
    for told in action.told:
        kind = (
            say("Sent to {who}", who=told.who)
            if told.kind == "sent"
            else say("Answer of {who}", who=told.who)
            if told.who
            else say("Answer of the supplier")
        )
        lines.append(say("{at} {kind}: {text}", at=moment(told.at), kind=kind, text=told.text.split("\n")[0]))
    for p in action.promises:
        lines.append(say("Promise {no}, by {day}: {text}", no=p.no, day=day(p.due, words), text=p.words))
        lines.append(say("  {test}. {state}. {why}", test=wording.test_words(p.test, words, action.codes),
                         state=wording.promise_state(p, words), why=wording.why(p, words)))  # fmt: skip
    return lines


def _supplier(call: Call, action: CorrectiveAction) -> str:
    with call.use.look() as uow:
        return uow.supplier(action.supplier).code


def attached(call: Call, files: list[str] | None) -> tuple[Attachment, ...]:
    """Keep the files that go along, and name them."""
    return tuple(_kept(call, Path(file).name, call.read(file, ATTACHMENT_BYTES)) for file in files or ())


def _kept(call: Call, name: str, content: bytes) -> Attachment:
    return Attachment(name, call.use.files.keep_file(content), len(content))
