# SPDX-License-Identifier: Apache-2.0
"""The workspace as a whole: make it, look after it, verify it, back it up, say who did what; the demonstration."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from qcdesk import __version__, config
from qcdesk.checker import FILE as CHECKER
from qcdesk.checker.certificates import PREFIX
from qcdesk.cli import anchors, given, sealed
from qcdesk.cli.batches import doubts_data
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, table
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import NotYet
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.enrol_people import Founder
from qcdesk.services.ports import HeldAgainst, Verified
from qcdesk.wording import events, health, losses, marks, states
from qcdesk.wording.spelling import moment, rfc3339

_STAGES = {
    "people": mark("Enrolling the people of the demonstration …"),
    "master_data": mark("Adding suppliers, products and procedures …"),
    "batches": mark("Playing some hundred batches; this takes half a minute …"),
}


def demo(
    ctx: typer.Context,
    headless: Annotated[
        str | None,
        typer.Option(help=mark("Play one batch without a window and write report and pictures here.")),
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help=mark("Begin the demonstration anew."))] = False,
) -> int:
    """Open a demonstration with real measurements; without a display, play one batch through."""
    call = call_of(ctx)
    if call.doors.demo is None:
        raise NotYet("demo")
    words = call.words
    said: set[str] = set()

    def say(stage: str, _done: int, _all: int) -> None:
        if stage not in said and not call.json:
            said.add(stage)
            call.complain(words.say(_STAGES.get(stage, _STAGES["batches"])))

    done = call.doors.demo(headless, call.workspace, reset, say)
    data: Data = {
        "workspace": done.workspace,
        "batch": done.batch,
        "verdict": done.verdict,
        "report": done.report,
        "more_reports": list(done.more_reports),
        "screenshots": list(done.screenshots),
        "people": [{"login": p.login, "secret": p.secret, "roles": list(p.roles)} for p in done.people],
    }
    state = (
        words.say(states.BATCH_STATES[done.verdict]) if done.verdict in states.BATCH_STATES else done.verdict
    )
    lines = [words.say("Batch {number}: {state}", number=done.batch, state=state)]
    reports = [done.report, *done.more_reports] if done.report is not None else []
    lines += [words.say("Report: {file}", file=file) for file in reports]
    lines += [words.say("Picture: {file}", file=file) for file in done.screenshots]
    headings = [words.say("Login"), words.say("Password"), words.say("Roles")]
    rows = [(p.login, p.secret, ", ".join(states.role(r, words) for r in p.roles)) for p in done.people]
    status = call.answer(data, [*lines, "", *table(headings, rows)])
    return status if done.window is None else done.window()


def init(
    ctx: typer.Context,
    owner: Annotated[str, typer.Option(help=mark("Login of the first person."))],
    name: Annotated[str, typer.Option(help=mark("Name of the first person, as its owner writes it."))],
    second: Annotated[str, typer.Option(help=mark("Login of the second person."))],
    second_name: Annotated[str, typer.Option(help=mark("Name of the second person."))],
    shop: Annotated[
        str | None, typer.Option(help=mark("Name of the shop; else the first person's name."))
    ] = None,
    staff: Annotated[str, typer.Option(help=mark("Staff number of the first person."))] = "",
    second_staff: Annotated[str, typer.Option(help=mark("Staff number of the second person."))] = "",
) -> int:
    """Make a new workspace with its first two people; two secrets, the owner's first."""
    call = call_of(ctx)
    _require_none_there(call)
    people = (
        Founder(owner, name, call.new_secret_of(owner), staff),
        Founder(second, second_name, call.new_secret_of(second), second_staff),
    )
    use = call.create()
    code, _ = use.open_workspace(shop=shop or name, owner=people[0], second=people[1])
    schema, _ = use.keeping.schema()
    data: Data = {
        "workspace": use.keeping.location(),
        "schema": schema,
        "fingerprint": use.keeping.fingerprint(),
        "recovery": code,
    }
    words = call.words
    lines = [
        words.say("A new workspace is at {location}.", location=data["workspace"]),
        words.say("Fingerprint: {fingerprint}", fingerprint=data["fingerprint"]),
        words.say("Recovery code: {code}", code=code),
        words.say("Write the recovery code down and close it away with somebody outside the daily work. "
                  "It is shown only now."),
    ]  # fmt: skip
    return call.answer(data, lines)


def _require_none_there(call: Call) -> None:
    """Refuse a location where a workspace is already, before any secret is asked for."""
    try:
        use = call.use
        with use.look() as uow:
            found = bool(uow.vault)
    except BadInput as bad:
        if bad.code != "no_workspace":
            raise
        found = False
    if found:
        raise BadInput(
            "workspace_exists", facts={"location": call.shown_location}, where={"field": "workspace"}
        )


def doctor(ctx: typer.Context) -> int:
    """Check the installation, and the workspace where there is one; exit status 1 when something is not well."""
    call = call_of(ctx)
    words = call.words
    checks = [_looked_at("version", True, {"version": __version__}, words)]
    try:
        found = call.use.keeping.doctor()
    except BadInput as bad:
        if bad.code != "no_workspace":
            raise
        checks.append(_looked_at("workspace", True, {"location": call.shown_location}, words))
        found = ()
    checks += [_looked_at(one.name, one.ok, one.facts, words) for one in found]
    good = all(bool(one["ok"]) for one in checks)
    rows = [
        (
            words.say("good") if one["ok"] else words.say("NOT GOOD"),
            health.name(str(one["name"]), words),
            one["detail"],
        )
        for one in checks
    ]
    lines = table([words.say("State"), words.say("What"), words.say("Detail")], rows)
    return call.answer({"ok": good, "checks": checks}, lines, holds=good)


def _looked_at(name: str, ok: bool, facts: dict[str, str], words: Catalogue) -> Data:
    return {"name": name, "ok": ok, "detail": health.line(name, ok, facts, words), "facts": facts}


def verify(
    ctx: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[WORKSPACE|FILE|CODE]",
            help=mark(
                "Another workspace, a paper that carries its evidence, or a certificate's code: scanned, or a picture."
            ),
        ),
    ] = None,
    anchor: Annotated[
        list[str] | None,
        typer.Option(
            help=mark(
                "An anchor's file, a folder of them, a backup, a code off paper, or a scan of it; once for each. "
                "Of a paper also the site's people sheet."
            )
        ),
    ] = None,
    tail: Annotated[
        bool,
        typer.Option("--tail", help=mark("Only what came after the last head that held at this station.")),
    ] = False,
) -> int:
    """Verify every signature, link, record and table; exit status 1 when anything does not hold."""
    call = call_of(ctx)
    words = call.words
    if what is not None:
        if what.startswith(PREFIX):
            return sealed.verify_code(call, what, anchor or ())
        if what.lower().endswith(sealed.ENDINGS) and Path(what).is_file():
            return sealed.verify(call, what, anchor or ())
        call.workspace = what
    keeping = call.use.keeping
    held = anchors.brought(call, anchor) if anchor else HeldAgainst(0, ())
    found = keeping.verify_tail() if tail else keeping.verify()
    found = replace(found, problems=(*held.problems, *found.problems))
    numbers = _numbers(call, found)
    problems = [
        {
            "record": p.event,
            "batch": p.batch,
            "number": numbers.get(p.batch or ""),
            "code": p.code,
            "problem": health.problem(p.code, p.facts, words),
        }
        for p in found.problems
    ]
    data: Data = {
        "ok": found.ok,
        "checked": found.checked,
        "since": found.since,
        "head": {"event": found.head[0], "hash": found.head[1]},
        "anchors": held.anchors,
        "unsigned": len(held.unsigned),
        "problems": problems,
        "explained": [
            {
                "record": e.problem.event,
                "batch": e.problem.batch,
                "code": e.problem.code,
                "in": e.event,
                "by": e.people,
                "reason": e.reason,
            }
            for e in found.explained
        ],
        "remarks": [
            {
                "record": r.event,
                "batch": r.batch,
                "code": r.code,
                "remark": health.problem(r.code, r.facts, words),
            }
            for r in found.remarks
        ],
    }
    lines = [words.count("{n} event checked.", "{n} events checked.", found.checked)]
    if found.since:
        lines.append(words.say("Events up to {event} held at this station before, and were not read again.",
                               event=found.since))  # fmt: skip
    if found.ok and held.anchors:
        lines.append(words.count("Everything holds, and the anchor given fits.",
                                 "Everything holds, and all {n} anchors given fit.", held.anchors))  # fmt: skip
    elif found.ok:
        lines.append(words.say("Everything holds. No anchor was given, so a cut end would not show."))
    else:
        lines.append(words.count("{n} problem found:", "{n} problems found:", len(problems)))
        lines += table(
            [words.say("Event"), words.say("Batch"), words.say("Problem")],
            [(p["record"], p["number"] or p["batch"], p["problem"]) for p in problems],
        )
        if health.in_tables(found.problems):
            lines.append(
                words.say("Two people can have the tables written anew from the log: qcdesk db rebuild.")
            )
    if found.explained:
        lines += table(
            [words.say("Event"), words.say("Batch"), words.say("Explained")],
            [
                (
                    e.problem.event,
                    numbers.get(e.problem.batch or "") or e.problem.batch,
                    health.explained(e, words),
                )
                for e in found.explained
            ],
        )
    if found.remarks:
        lines += table(
            [words.say("Event"), words.say("Batch"), words.say("Worth knowing, and stops nothing")],
            [
                (r.event, numbers.get(r.batch or "") or r.batch, health.problem(r.code, r.facts, words))
                for r in found.remarks
            ],
        )
    if held.unsigned:
        lines.append(health.unsigned(len(held.unsigned), words))
    return call.answer(data, lines, holds=found.ok)


def _numbers(call: Call, found: Verified) -> dict[str, str]:
    """Return what people call the batches that a finding is about, by id; a forged one may have no number."""
    numbers = {}
    for batch in {
        p.batch for p in (*found.problems, *(e.problem for e in found.explained), *found.remarks) if p.batch
    }:
        try:
            with call.use.look() as uow:
                numbers[batch] = uow.batch(batch).number
        except BadInput:
            continue
    return numbers


def audit_trail(
    ctx: typer.Context,
    batch: Annotated[str | None, typer.Option(help=mark("Only this batch."))] = None,
    person: Annotated[str | None, typer.Option(help=mark("Only what this person did."))] = None,
    since: Annotated[str | None, typer.Option(help=mark("Only from this day or time on."))] = None,
) -> int:
    """Say who did what, within the blind rule."""
    call = call_of(ctx)
    words, start = call.words, given.since(since)
    with call.sitting() as sitting:
        only = None if batch is None else call.use.read.batch_by_number(batch)
        of = None if person is None else given.person(call.use, person).id
        rows = call.use.read.audit(sitting.person, batch=only, of=of, since=start)
        names = {row.person.id: row.person.name for row in call.use.read.people()}
    today = call.use.clock.today()
    told = [events.line(r.kind, r.facts, words, today=today) for r in rows]
    entries = [
        {
            "seq": r.seq,
            "at": rfc3339(r.at),
            "type": r.kind,
            "act": r.act,
            "person": names.get(r.person, r.person),
            "person_id": r.person,
            "beside": list(events.beside(r.facts)),
            "session": r.session,
            "station": r.station,
            "batch": r.batch,
            "text": text,
            "facts": r.facts,
            **doubts_data(r),
        }
        for r, text in zip(rows, told, strict=True)
    ]
    lines = table(
        [words.say("No."), words.say("When"), words.say("Who"), words.say("What"), words.say("Remarks")],
        [
            (
                "" if r.seq is None else r.seq,
                moment(r.at),
                events.hands(names.get(r.person, r.person), r.facts, words),
                text,
                "; ".join(marks.of_line(r, words)),
            )
            for r, text in zip(rows, told, strict=True)
        ],
    )
    data: Data = {"entries": entries}
    if any(r.seq is None for r in rows):
        data["numbers"] = events.numbers_later(words)
        lines += ["", events.numbers_later(words)]
    return call.answer(data, lines)


def backup(
    ctx: typer.Context,
    folder: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]", help=mark("The folder to make the backup in; else the scheduled one.")
        ),
    ] = None,
    if_due: Annotated[
        bool, typer.Option("--if-due", help=mark("Only when the day's backup is due; tried by restoring it."))
    ] = False,
    schedule: Annotated[
        bool,
        typer.Option("--schedule", help=mark("Keep folder, hour and number as this station's schedule.")),
    ] = False,
    hour: Annotated[str | None, typer.Option(help=mark("From which hour of the day on, 0 to 23."))] = None,
    keep: Annotated[str | None, typer.Option(help=mark("How many backups are kept."))] = None,
) -> int:
    """Back up the whole workspace, with photos, while it is in use."""
    call = call_of(ctx)
    words = call.words
    settings = config.load_settings()
    where = folder or settings.backup_folder
    if not where:
        raise BadInput("backup_folder_needed")
    at = settings.backup_hour if hour is None else _up_to(hour, 23)
    kept = settings.backup_keep if keep is None else max(1, _up_to(keep, 1000))
    if schedule:
        where = str(Path(where).expanduser().absolute())
        config.save_settings(replace(settings, backup_folder=where, backup_hour=at, backup_keep=kept))
        told = words.say(
            "Every day from {hour} o'clock on, a backup is due in {folder}.", hour=at, folder=where
        )
        return call.answer({"folder": where, "hour": at, "keep": kept}, [told])
    keeping = call.use.keeping
    done = keeping.backup_if_due(where, at, kept) if if_due else keeping.backup(where)
    if done is None:
        return call.answer({"due": False}, [words.say("No backup is due; the last one is of today.")])
    data: Data = {
        "folder": done.folder,
        "files": done.files,
        "bytes": done.bytes,
        "digest": done.digest,
        "rehearsed": if_due,
    }
    told = words.count(
        "{n} file, {bytes} bytes, in {folder}.",
        "{n} files, {bytes} bytes, in {folder}.",
        done.files,
        bytes=done.bytes,
        folder=done.folder,
    )
    made = (
        words.say("The backup is made, verified, and restored for trial.")
        if if_due
        else words.say("The backup is made and verified.")
    )
    return call.answer(data, [made, told])


def _up_to(text: str, most: int) -> int:
    value = given.whole(text, "number")
    if value > most:
        raise BadInput(
            "unknown_kind", facts={"value": text, "known": (f"0–{most}",)}, where={"field": "number"}
        )
    return value


def restore(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help=mark("The folder of the backup."))],
    anchor: Annotated[
        list[str] | None, typer.Option(help=mark("What was kept of the log elsewhere; once for each."))
    ] = None,
    replaces: Annotated[
        str | None,
        typer.Option(
            metavar="WORKSPACE",
            help=mark(
                "The workspace that this one replaces, put aside, damaged or not: what it held beyond is named."
            ),
        ),
    ] = None,
) -> int:
    """Restore a backup to the workspace's location, where nothing may be yet; verified, and what it lacks is named."""
    call = call_of(ctx)
    if call.doors.restore is None:
        raise NotYet("restore")
    location = call.location
    if not Path(folder).is_dir():
        raise BadInput("no_folder", facts={"file": folder}, where={"field": "workspace"})
    if replaces is not None and "://" not in replaces and not Path(replaces).exists():
        raise BadInput("no_folder", facts={"file": replaces}, where={"field": "workspace"})
    _require_none_there(call)
    call.close()
    call.doors.restore(folder, location)
    lost = call.use.keeping.lost()
    found = call.use.keeping.verify()
    if anchor:
        held = anchors.brought(call, anchor)
        found = replace(found, problems=(*held.problems, *found.problems))
    lacking = call.use.keeping.lacking(replaces) if replaces is not None else None
    acts = lacking.acts if lacking is not None else lost.acts if lost is not None else ()
    data: Data = {
        "workspace": call.shown_location,
        "missing_batches": list(losses.batches(acts)),
        "missing_acts": [
            {"event": a.seq, "type": a.kind, "batch": a.batch or None, "person": a.person or None}
            for a in acts
        ],
        "unread": lacking.unread if lacking is not None else 0,
        "missing": None
        if lost is None
        else {"first": lost.since + 1, "last": lost.seq, "seen_at": rfc3339(lost.at), "kept": found.head[0]},
        "ok": found.ok,
        "checked": found.checked,
        "problems": [
            {"record": p.event, "problem": health.problem(p.code, p.facts, call.words)}
            for p in found.problems
        ],
    }
    lines = [
        call.words.say("The backup is restored to {location}.", location=call.shown_location),
        call.words.say("Everything holds.")
        if found.ok
        else call.words.say("It does not verify; run qcdesk verify."),
    ]
    if lost is not None:
        lines.append(losses.missing(lost, call.words))
    if lacking is not None:
        lines.append(losses.beyond(lacking, call.words))
    lines += losses.told(acts, call.words)
    return call.answer(data, lines, holds=found.ok)


def database() -> typer.Typer:
    """Return the commands about the database's schema."""
    app = typer.Typer(help=mark("The database: its schema and where it lies."))
    app.command("status", help=mark("Say which schema is there and which this program brings."))(status)
    app.command("upgrade", help=mark("Bring the schema up to date, after a backup."))(upgrade)
    app.command(
        "rebuild", help=mark("Write the tables anew from the log, and verify. Takes --as and --with.")
    )(rebuild)
    app.command("dump", help=mark("Write the log as one file for the stand-alone checker. Takes --as."))(dump)
    return app


def status(ctx: typer.Context) -> int:
    """Say where the workspace lies and which schema it has."""
    call = call_of(ctx)
    words, keeping = call.words, call.use.keeping
    there, brought = keeping.schema()
    seq, digest = keeping.head()
    data: Data = {
        "location": keeping.location(),
        "schema": there,
        "program_schema": brought,
        "up_to_date": there == brought,
        "fingerprint": keeping.fingerprint(),
        "head": {"event": seq, "hash": digest},
    }
    lines = [
        words.say("Workspace: {location}", location=data["location"]),
        words.say("Schema {there}; this program brings {brought}.", there=there, brought=brought),
        words.say("Fingerprint: {fingerprint}", fingerprint=data["fingerprint"]),
        words.say("Last event: {event}", event=seq),
    ]
    return call.answer(data, lines)


def upgrade(ctx: typer.Context) -> int:
    """Bring the schema up to date."""
    call = call_of(ctx)
    revision = call.use.keeping.upgrade()
    told = call.words.say("The schema is {revision} now.", revision=revision)
    return call.answer({"schema": revision}, [told])


def rebuild(
    ctx: typer.Context,
    why: Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))],
) -> int:
    """Write the tables anew from the log, which is the truth: after a forged line, or a changed program.

    Two people sign it; what the tables say of them is not asked, the log is. What is not in the log (sealed keys,
    records, pictures) stays as it is. On a server it takes a login that is a member of qcdesk_owner and
    qcdesk_program.
    """
    call = call_of(ctx)
    words = call.words
    by, other = call.hands(2, by_log=True)
    done = call.use.rebuild_tables(by, other, why)
    found = call.use.keeping.verify()
    told = words.say("Every table is what the log says; nothing was written.")
    if done.fact is not None:
        told = words.count(
            "{n} row is written anew from the log, up to event {event}.",
            "{n} rows are written anew from the log, up to event {event}.",
            done.rows,
            event=done.fact.until,
        )
    holds = (
        words.say("Everything holds.") if found.ok else words.say("It does not verify; run qcdesk verify.")
    )
    data: Data = {
        "rows": done.rows,
        "until": done.fact.until if done.fact is not None else None,
        "ok": found.ok,
        "problems": len(found.problems),
    }
    return call.answer(data, [told, holds], holds=found.ok)


def dump(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=mark("The file to write; it is replaced whole."))
    ],
) -> int:
    """Write the log as one file for the stand-alone checker: the way to check a workspace on a server elsewhere.

    Every event, every signed record, and of every picture the hash that it has; the pictures themselves are not in it.
    First checks stand in it that wait for their second: whoever could still make one does not write it, and of whoever
    writes it the log says so. Whoever has the file can read them: keep it as you keep a backup.
    """
    call = call_of(ctx)
    words = call.words
    with call.sitting() as sitting:
        call.use.look_at_every_first(sitting, "dump")
        done = call.use.keeping.dump(file)
    data: Data = {
        "file": done.file,
        "events": done.events,
        "files": done.files,
        "bytes": done.bytes,
        "digest": done.digest,
        "head": {"event": done.seq, "hash": done.hash},
    }
    lines = [
        words.count(
            "{n} event is written to {file}.", "{n} events are written to {file}.", done.events, file=done.file
        ),
        words.say("Check it on any machine that has Python: python3 {checker} {file}",
                  checker=CHECKER, file=Path(done.file).name),
        words.say("Its SHA-256 is {digest}.", digest=done.digest),
    ]  # fmt: skip
    return call.answer(data, lines)
