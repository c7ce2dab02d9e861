# SPDX-License-Identifier: Apache-2.0
"""``check``: start, record, sign, take back, set aside; and what follows when the two disagree."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from qcdesk.cli import reviews
from qcdesk.cli.batches import Knowing, Number, Why, shown_to_two
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.check_lines import LONGEST_FILE, Lines, read_lines
from qcdesk.cli.output import Data, plain, table
from qcdesk.cli.records import plan_data, verdict_data
from qcdesk.cli.terminal import read_file
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import units_for
from qcdesk.domain.refusals import Refusal, UnresolvedUnits
from qcdesk.domain.reviewing import Opened
from qcdesk.domain.rounds import CheckState
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.record_entries import Entries
from qcdesk.services.rows import OwnCheckPage
from qcdesk.services.sittings import Sitting
from qcdesk.services.start_check import Started
from qcdesk.wording import estimates, samples, states
from qcdesk.wording.spelling import numbers, rfc3339

LONGEST_PHOTO = 50_000_000
PER_LINE = 8  # units of the sample beside each other
_ID = re.compile("[0-9a-f]{32}")

Check = Annotated[
    str,
    typer.Argument(metavar="CHECK", help=mark("Id of the check; or the batch, for your own check of it.")),
]


def commands() -> typer.Typer:
    """Return the commands about checks."""
    app = typer.Typer(help=mark("Checks: start, record, sign; the second is blind."))
    app.command("start", help=mark("Start your check of a batch, or go on with it. Takes --as."))(start)
    app.command("show", help=mark("Show what you have put on record. Takes --as."))(show)
    app.command("review", help=mark("Open what the first check found in review. Takes --as."))(review)
    app.command("record", help=mark("Add findings and readings from JSON Lines. Takes --as."))(record)
    app.command("sign", help=mark("Sign your check; the third person decides. Takes --as."))(sign)
    app.command("retract", help=mark("Take your signed check back. Takes --as."))(retract)
    app.command("set-aside", help=mark("End an open check without a signature. Takes --as."))(set_aside)
    app.command("give-up", help=mark("Give up the second place of a batch. Takes --as."))(give_up)
    app.command("reject-after-all", help=mark("Reject as one of the two who disagree. Takes --as."))(
        reject_after_all
    )
    app.command("again", help=mark("Do it again on a fresh sample. Takes --as and --with."))(again)
    return app


def start(
    ctx: typer.Context,
    number: Number,
    plan: Annotated[bool, typer.Option("--plan", help=mark("Only say which sample would be drawn."))] = False,
    knowing: Knowing = False,
) -> int:
    """Start this person's check of the present round; gives the sample to draw."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    if plan:
        return _planned(call, batch, number)
    with call.sitting() as sitting:
        started = call.use.start_check(sitting, batch, knowing=knowing)
    return call.answer(started_data(started), _started(started, call.words))


def started_data(started: Started) -> Data:
    """Return a started check for programs.

    ``sample.units`` are the sample numbers that stand on the stickers and in ``check record``; ``positions`` the
    unit numbers of the batch, in the same (drawn) order.
    """
    opened = started.opened
    units = started.asked
    return {
        "check": started.check,
        "place": started.place,
        "blind": started.blind,
        "resumed": started.resumed,
        "batch": opened.header.number,
        "round": opened.no,
        "procedure": opened.procedure.code,
        "version": opened.procedure.version,
        "tally": opened.procedure.content.tally,
        "sample": {
            **plan_data(opened.plan),
            "units": list(units),
            "positions": [opened.units[unit - 1] for unit in units],
            "n": len(units),
            "of": len(units_for(opened, started.place)),
            "seed": opened.seed,
        },
    }


def show(ctx: typer.Context, check: Check) -> int:
    """Show one's own check; a running second check shows nothing of the first."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        page = call.use.own.own_check(_check_id(call, check, sitting.person, "open"), sitting.person)
        comes_to = _comes_to(call, page)
        claims = reviews.of_check(call, page)
    words = call.words
    data: Data = {
        "check": page.check,
        "batch": page.header.number,
        "place": page.place,
        "state": page.state,
        "done": sum(1 for u in page.units if u.done),
        "of": len(page.units),
        "missing": [u.unit for u in page.units if not u.done],
        "not_done": [{"unit": u.unit, "reason": u.not_done} for u in page.units if u.not_done],
        "findings": plain(page.findings),
        "readings": [
            {**_object(plain(m)), "raw": m.typed} for m in page.measured
        ],
        "classes": [verdict_data(one) for one in page.verdicts],
        "comes_to": comes_to,
        "reviews": [reviews.claim_data(one) for one in claims],
    }  # fmt: skip
    lines = [
        words.say(
            "{place} of batch {batch}", place=states.place(page.place, words), batch=page.header.number
        ),
        words.say("{done} of {of} units done.", done=data["done"], of=data["of"]),
        *estimates.verdicts(page.verdicts, words),
    ]
    if page.findings:
        headings = [words.say("Unit"), words.say("Defect"), words.say("Class"), words.say("Count"), words.say("Note"),
                    words.say("Withdrawn"), words.say("Finding")]  # fmt: skip
        rows = [
            (f.unit, f"{f.code} {f.name}", states.defect_class(f.defect_class, words), f.count, f.note, f.withdrawn,
             f.id)
            for f in page.findings
        ]  # fmt: skip
        lines += ["", *table(headings, rows)]
    if claims:
        lines += ["", *reviews.claim_lines(claims, words)]
    return call.answer(data, lines)


def review(
    ctx: typer.Context,
    check: Check,
    claim: Annotated[
        list[str] | None, typer.Option(help=mark("Id of a claim that you open; may be given again."))
    ] = None,
    not_so: Annotated[
        str | None, typer.Option(help=mark("These claims are not so, and why. Without it they are."))
    ] = None,
) -> int:
    """Open claims of the first check of what cannot be inspected twice; without --claim they are listed."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        identity = _check_id(call, check, sitting.person, "open")
        if claim:
            opened = tuple(Opened(one, not_so is None, not_so or "") for one in claim)
            call.use.open_reviewed(sitting, identity, opened)
        claims = call.use.review.claims(identity, sitting.person)
    left = [one.claim for one in claims if one.agrees is None]
    data: Data = {"check": identity, "opened": len(claim or ()), "left": plain(left),
                  "reviews": [reviews.claim_data(one) for one in claims]}  # fmt: skip
    words = call.words
    told = (
        reviews.claim_lines(claims, words)
        if claims
        else [words.say("There is nothing to review in this check.")]
    )
    if left:
        told.append(words.count("{n} claim is not opened yet.", "{n} claims are not opened yet.", len(left)))
    return call.answer(data, told)


def _comes_to(call: Call, page: OwnCheckPage) -> str | None:
    """Return what the third person's decision would come to now; None while anything is unsettled, or elsewhere."""
    if page.place != "third" or page.state != "open":
        return None
    try:
        return call.use.preview_decision(page.check)
    except UnresolvedUnits:
        return None


def record(
    ctx: typer.Context,
    check: Check,
    file: Annotated[str, typer.Argument(help=mark("JSON Lines, or - for standard input."))],
) -> int:
    """Add findings and readings; the whole file is one save."""
    call = call_of(ctx)
    name = "-" if file == "-" else Path(file).name
    with call.sitting() as sitting:
        identity = _check_id(call, check, sitting.person, "open")
        content = call.read(file, LONGEST_FILE)
        page = call.use.own.own_check(identity, sitting.person)
        lines = read_lines(content, name, page)
        try:
            if lines.resolutions:
                call.use.resolve(sitting, identity, tuple(lines.resolutions))
            else:
                _save(call, sitting, identity, lines, Path() if file == "-" else Path(file).parent)
        except Refusal as refusal:
            row = lines.row_of(refusal)
            if row is not None:
                refusal.add_note(f"{name}:{row}")
            raise
        except BadInput as bad:
            raise BadInput(bad.code, facts=bad.facts, where={"file": name, **bad.where}) from bad
        after = call.use.own.own_check(identity, sitting.person)
    return call.answer(_recorded(lines, after, call.words), _told(lines, after, call.words))


def sign(
    ctx: typer.Context,
    check: Check,
    meaning: Annotated[
        str | None,
        typer.Option(help=mark("What you mean to sign, such as: I inspected. Another meaning is refused.")),
    ] = None,
) -> int:
    """Sign: first and second check "I inspected" and "I inspected independently", the third "I decide"."""
    call = call_of(ctx)
    act = call.hand()
    reasons: tuple[str, ...] = ()
    with call.sitting(act) as sitting:
        identity = _check_id(call, check, sitting.person, "open")
        page = call.use.signing_page(sitting, identity)
        if meaning is not None and meaning != page.meaning:
            facts: dict[str, object] = {"meaning": meaning, "right": page.meaning}
            raise BadInput("meaning", facts=facts, where={"field": "meaning"})
        if page.place == "third":
            outcome = call.use.preview_decision(identity)
            with call.use.look() as uow:
                settled = {(r.unit, r.code): r.holds for r in uow.work(identity).resolutions}
            decided = call.use.decide(act, identity, seen_outcome=outcome, seen_settled=settled)
            at, seq, digest, state = decided.at, decided.seq, decided.fact.record, str(decided.fact.outcome)
            classes = decided.fact.classes
        else:
            signed = call.use.sign_check(act, sitting, identity, seen_record=page.record, meaning=meaning)
            at, seq, digest, state = signed.at, signed.seq, signed.fact.record, signed.state
            classes = signed.compared.classes if signed.compared else signed.fact.classes
            reasons = signed.compared.reasons if signed.compared else ()
    data: Data = {
        "sign_off": {
            "place": page.place,
            "meaning": page.meaning,
            "by": call.login,
            "at": rfc3339(at),
            "event": seq,
            "digest": digest,
        },
        "batch": page.number,
        "state": state,
        "classes": [verdict_data(one) for one in classes],
        "reasons": list(reasons),
    }
    words = call.words
    lines = [words.say("Signed: {meaning}.", meaning=states.meaning(page.meaning, words))]
    if state == "awaiting_second":
        lines += list(estimates.verdicts(classes, words))
        lines.append(
            words.say("Stickers off, every unit back as found: the second person must see nothing of yours.")
        )
    else:
        lines.append(
            words.say("Batch {number}: {state}", number=page.number, state=states.state(state, words))
        )
        lines += [states.outcome_reason(r, words) for r in reasons if r in states.OUTCOME_REASONS]
        lines += list(estimates.verdicts(classes, words))
    return call.answer(data, lines)


def retract(ctx: typer.Context, check: Check, why: Why) -> int:
    """Take one's own signed check back, by a new signed record that says why."""
    call = call_of(ctx)
    act = call.hand()
    fact = call.use.retract_check(act, _check_id(call, check, act.person, "signed"), why)
    words = call.words
    state = call.use.read.batch(fact.batch, act.person, call.use.clock.now()).state
    told = (
        words.say("Taken back; the batch is held until rework or a third person's decision.")
        if fact.then == "held"
        else words.say("Taken back; the batch is inspected again in a new round.")
    )
    return call.answer({"check": fact.check, "then": fact.then, "state": state}, [told])


def set_aside(ctx: typer.Context, check: Check, why: Why) -> int:
    """End an open check without a signature; what it found stays."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        fact = call.use.set_aside(sitting, _check_id(call, check, sitting.person, "open"), why)
        state = call.use.read.batch(fact.batch, sitting.person, call.use.clock.now()).state
    told = call.words.say("Set aside; the place is free again, and what was found stays on record.")
    return call.answer({"check": fact.check, "place": fact.place, "state": state}, [told])


def give_up(ctx: typer.Context, number: Number, why: Why) -> int:
    """Give up the second place of this round on purpose."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        call.use.give_up_place(sitting, call.use.read.batch_by_number(number), why)
    return call.answer({"batch": number}, [call.words.say("You gave up the second place of this round.")])


def reject_after_all(ctx: typer.Context, number: Number, why: Why) -> int:
    """Reject a disagreed batch as one of the two."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    call.use.reject_after_all(call.hand(), batch, why)
    return call.answer({"batch": number, "state": "rejected"}, [call.words.say("Rejected after all.")])


def again(ctx: typer.Context, number: Number, why: Why) -> int:
    """Do a disagreed round again on a fresh sample: both sign."""
    call = call_of(ctx)
    batch = call.use.read.batch_by_number(number)
    page = shown_to_two(call, batch)
    by, other = call.hands(2)
    call.use.do_again(by, other, batch, why, seen=page.shown)
    state = call.use.read.batch(batch, by.person, call.use.clock.now()).state
    told = call.words.say("A new round with a fresh sample can be started.")
    return call.answer({"batch": number, "state": state}, [told])


def _check_id(call: Call, text: str, person: str, state: CheckState) -> str:
    """Return the id of a check; a batch stands for this person's own check of it in that state."""
    if _ID.fullmatch(text):
        return text
    batch = call.use.read.batch_by_number(text)
    page = call.use.read.batch(batch, person, call.use.clock.now())
    mine = [c.check for r in page.rounds for c in r.checks if c.person == person and c.state == state]
    if not mine:
        raise BadInput("unknown_check", facts={"value": text}, where={"field": "check"})
    return mine[-1]


def _planned(call: Call, batch: str, number: str) -> int:
    plan = call.use.plan_batch(batch)
    words = call.words
    data: Data = {
        "check": None,
        "place": None,
        "blind": False,
        "batch": number,
        "sample": {**plan_data(plan), "units": [], "positions": []},
    }
    lines = [
        words.count("{n} unit would be drawn.", "{n} units would be drawn.", plan.n),
        states.severity(plan.severity, words),
        *(
            words.say("{class_word}: {samples}.", samples=samples.stages(one, words),
                      class_word=states.defect_class(one.defect_class, words))
            if one.stages
            else words.say("{class_word}: n {n}, accept up to {ac}, reject from {re}.", n=one.n, ac=one.ac, re=one.re,
                           class_word=states.defect_class(one.defect_class, words))
            for one in plan.classes
        ),
    ]  # fmt: skip
    return call.answer(data, lines)


def _started(started: Started, words: Catalogue) -> list[str]:
    opened = started.opened
    units = started.asked
    lines = [
        words.say(
            "{place} of batch {batch}", place=states.place(started.place, words), batch=opened.header.number
        ),
        words.say("Check {check}", check=started.check),
    ]
    if started.blind:
        lines.append(words.say("Blind: nothing of the first check is shown to you."))
    lines.append(words.count("{n} unit in the sample, by its number and its place in the batch:",
                             "{n} units in the sample, each by its number and its place in the batch:",
                             len(units)))  # fmt: skip
    pairs = [f"{unit}: {opened.units[unit - 1]}" for unit in units]
    more = len(units_for(opened, started.place)) - len(units)
    if more:
        at = len(lines) - 1
        lines.insert(
            at,
            words.count(
                "Begin with these; up to {n} unit more is asked for only where they decide nothing.",
                "Begin with these; up to {n} units more are asked for only where they decide nothing.",
                more,
            ),
        )
    lines += table([""] * PER_LINE, [(*pairs[i : i + PER_LINE], *[""] * (PER_LINE - len(pairs[i : i + PER_LINE])))
                                     for i in range(0, len(pairs), PER_LINE)])[1:]  # fmt: skip
    return lines


def _save(call: Call, sitting: Sitting, check: str, lines: Lines, folder: Path) -> None:
    findings = list(lines.findings)
    for i, path in lines.photos.items():
        kept = call.use.files.keep_photo(read_file(folder / path, LONGEST_PHOTO))
        findings[i] = replace(findings[i], photo=kept.copy, photo_original=kept.original)
    call.use.record(
        sitting,
        Entries(
            check=check,
            results=tuple(lines.results.values()),
            findings=tuple(findings),
            readings=tuple(lines.readings),
            withdraw=tuple(lines.withdraw),
            tallied=lines.tallied,
            reviewed=tuple(lines.reviewed),
        ),
    )


def _recorded(lines: Lines, page: OwnCheckPage, words: Catalogue) -> Data:
    return {
        "recorded": lines.count,
        "check": page.check,
        "units": len(lines.results),
        "findings": len(lines.findings),
        "readings": len(lines.readings),
        "withdrawn": len(lines.withdraw),
        "resolutions": len(lines.resolutions),
        "reviewed": len(lines.reviewed),
        "tallied": lines.tallied,
        "done": sum(1 for u in page.units if u.done),
        "of": len(page.units),
        "missing": [u.unit for u in page.units if not u.done],
        "finding_ids": [f.id for f in page.findings if f.withdrawn is None],
        "classes": [verdict_data(one) for one in page.verdicts],
        "asked": page.asked,
        "may_end": page.may_end,
        "next": _next(page, words),
    }


def _next(page: OwnCheckPage, words: Catalogue) -> list[str]:
    """Return why a further sample is asked for, where nothing of it is on record yet."""
    if page.plan is None or not page.further:
        return []
    return list(samples.needed(page.verdicts, page.plan, page.further, words))


def _told(lines: Lines, page: OwnCheckPage, words: Catalogue) -> list[str]:
    told = [words.count("{n} line is saved.", "{n} lines are saved.", lines.count)]
    missing = [u.unit for u in page.units if not u.done]
    if page.place != "third":
        told += estimates.verdicts(page.verdicts, words)
        told += _next(page, words)
        if page.may_end:
            told.append(words.say("It rejects for certain: the procedure lets you sign it here."))
        if missing and not page.tally:
            told.append(words.count("{n} unit has no result yet: {units}.", "{n} units have no result yet: {units}.",
                                    len(missing), units=numbers(missing, words)))  # fmt: skip
    return told


def _object(value: object) -> Data:
    assert isinstance(value, dict)
    return value
