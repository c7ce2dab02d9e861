# SPDX-License-Identifier: Apache-2.0
"""``procedure``: the versioned inspection plan, written by one planner and approved by another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from qcdesk.cli.call import Call, call_of
from qcdesk.cli.given import Digits, json_object, whole
from qcdesk.cli.given import day as given_day
from qcdesk.cli.output import Data, table
from qcdesk.cli.terminal import read_file
from qcdesk.domain.codec import BadData, from_data, to_data
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import ProcedureContent, ProcedureVersion
from qcdesk.i18n import Catalogue, mark
from qcdesk.wording import marks, modes, samples, severities, states
from qcdesk.wording.spelling import day, moment, rfc3339

LONGEST_FILE = 5_000_000
LONGEST_PICTURE = 50_000_000
_SHA256 = re.compile("[0-9a-f]{64}")
_DECIMALS = {"aql", "nominal", "lower", "upper"}

Code = Annotated[str, typer.Argument(help=mark("Code of the procedure."))]
Version = Annotated[str | None, typer.Option(help=mark("Version; without it the newest."))]


def commands() -> typer.Typer:
    """Return the commands about procedures."""
    app = typer.Typer(help=mark("Procedures: write, approve, retire."))
    app.command("list", help=mark("List all versions of all procedures."))(list_procedures)
    app.command("show", help=mark("Show one version."))(show)
    app.command("add", help=mark("Write a draft from a JSON file. Takes --as."))(add)
    app.command("approve", help=mark("Approve a draft that somebody else wrote. Takes --as."))(approve)
    app.command("retire", help=mark("Retire a version. Takes --as."))(retire)
    app.command("grace", help=mark("Grant a grace for an overdue review. Takes --as and --with."))(grace)
    return app


def list_procedures(ctx: typer.Context) -> int:
    """List all versions."""
    call = call_of(ctx)
    words, today = call.words, call.use.clock.today()
    rows = call.use.read.procedures(today)
    headings = [words.say("Procedure"), words.say("Version"), words.say("State"), words.say("Title"),
                words.say("Products"), words.say("Review by"), words.say("Written by")]  # fmt: skip
    lines = table(
        headings,
        [
            (
                row.version.code,
                row.version.version,
                words.say(states.OTHER_WORDS["overdue"])
                if row.overdue and row.version.state == "approved"
                else words.say(states.PROCEDURE_STATES[row.version.state]),
                row.version.content.title,
                ", ".join(row.version.content.products),
                row.version.content.review_by,
                row.author_name,
            )
            for row in rows
        ],
    )
    listed = [
        {**_head(row.version), "title": row.version.content.title, "author_name": row.author_name,
         "approved_by_name": row.approved_by_name, "overdue": row.overdue}
        for row in rows
    ]  # fmt: skip
    return call.answer({"procedures": listed}, lines)


def show(ctx: typer.Context, code: Code, version: Version = None) -> int:
    """Show one version whole."""
    call = call_of(ctx)
    found = _find(call, code, version)
    data = {**_head(found), "content": to_data(found.content)}
    names = {row.person.id: row.person.name for row in call.use.read.people()}
    return call.answer(data, _described(found, names, call.words))


def add(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(help=mark("The JSON file, or - for standard input."))],
) -> int:
    """Write a new version, or rewrite the draft there is."""
    call = call_of(ctx)
    hand = call.hand()  # before the file, which may follow the secret on standard input
    name = "-" if file == "-" else Path(file).name
    folder = Path() if file == "-" else Path(file).parent
    said = json_object(call.read(file, LONGEST_FILE), {"file": name})

    def kept(picture: str) -> str:
        return call.use.files.keep_picture(read_file(folder / picture, LONGEST_PICTURE))

    catalogue = {c.code: (c.name, c.defect_class) for c in call.use.read.defect_codes()}
    writes = next(row.person.name for row in call.use.read.people() if row.person.id == hand.person)
    code, content = content_of(said, {"file": name}, kept, owner=writes, catalogue=catalogue)
    with call.sitting(hand) as sitting:
        fact = call.use.draft_procedure(sitting, code, content)
    data: Data = {"procedure": fact.code, "version": fact.version, "state": "draft", "hash": fact.hash}
    told = call.words.say("{procedure} v{version} is a draft now; another planner approves it.",
                          procedure=fact.code, version=fact.version)  # fmt: skip
    return call.answer(data, [told])


def approve(
    ctx: typer.Context,
    code: Code,
    version: Version = None,
    seen: Annotated[
        str | None,
        typer.Option(
            "--hash",
            help=mark(
                "The hash of the text that was read, as procedure show gives it; another one is refused."
            ),
        ),
    ] = None,
    open_batches: Annotated[
        str,
        typer.Option(help=mark("Batches being inspected by an earlier version: continue or re-inspect.")),
    ] = "continue",
) -> int:
    """Approve a draft: the text of the hash that is given, or the one shown before the secret is typed."""
    call = call_of(ctx)
    number = None if version is None else whole(version, "version", least=1)
    if open_batches not in ("continue", "re-inspect"):
        raise BadInput("open_batches", facts={"value": open_batches}, where={"field": "open_batches"})
    prompt = ""
    if seen is None:
        if call.login is None:
            raise BadInput("as_needed")
        found = _find(call, code, version)
        if not call.at_terminal:
            facts: dict[str, object] = {"code": found.code, "version": found.version}
            raise BadInput("approved_unseen", facts=facts, where={"field": "hash"})
        call.show_before_signing(_described(found, {}, call.words))
        seen, number = found.hash, found.version
        prompt = call.words.say("Password of {login}, to approve what stands above: ", login=call.login)
    fact = call.use.approve_procedure(
        call.hand(prompt=prompt),
        code,
        number,
        seen,
        open_batches="re_inspect" if open_batches == "re-inspect" else "continue",
    )
    data: Data = {
        "procedure": fact.code,
        "version": fact.version,
        "state": "approved",
        "hash": fact.hash,
        "reinspected": [one.batch for one in fact.reinspected],
    }
    told = [call.words.say("{procedure} v{version} is approved.", procedure=fact.code, version=fact.version)]
    if fact.reinspected:
        told.append(
            call.words.count(
                "{n} batch goes to a new round; its signatures no longer count.",
                "{n} batches go to a new round; their signatures no longer count.",
                len(fact.reinspected),
            )
        )
    return call.answer(data, told)


def grace(
    ctx: typer.Context,
    code: Code,
    until: Annotated[str, typer.Option(help=mark("Last day, such as 2026-03-31."))],
    why: Annotated[str, typer.Option(help=mark("The reason, kept for ever."))],
    version: Version = None,
) -> int:
    """Let rounds open though the review is overdue: two planners."""
    call = call_of(ctx)
    number = None if version is None else whole(version, "version", least=1)
    last = given_day(until, "until")
    assert last is not None
    by, other = call.hands(2)
    fact = call.use.grant_grace(by, other, code, last, why, number)
    data: Data = {"procedure": fact.code, "version": fact.version, "until": fact.until.isoformat()}
    told = call.words.say(
        "{procedure} v{version} may be used until {day}.",
        procedure=fact.code,
        version=fact.version,
        day=fact.until,
    )
    return call.answer(data, [told])


def retire(
    ctx: typer.Context,
    code: Code,
    why: Annotated[str, typer.Option(help=mark("The reason, kept for ever."))],
    version: Version = None,
) -> int:
    """Retire a version."""
    call = call_of(ctx)
    number = None if version is None else whole(version, "version", least=1)
    fact = call.use.retire_procedure(call.hand(), code, why, number)
    data: Data = {"procedure": fact.code, "version": fact.version, "state": "retired"}
    told = call.words.say("{procedure} v{version} is retired.", procedure=fact.code, version=fact.version)
    return call.answer(data, [told])


def content_of(
    said: dict[str, Any],
    where: dict[str, object],
    keep_picture: Callable[[str], str],
    *,
    owner: str = "",
    catalogue: Mapping[str, tuple[str, str]] | None = None,
) -> tuple[str, ProcedureContent]:
    """Return code and content of a procedure file.

    The file is ``{"procedure": "IP-204", "content": {…}}``, as ``procedure show --json`` writes it, or the content
    with its ``code`` beside. ``class`` may stand for ``defect_class``; a step's ``picture`` is a file beside it.
    ``owner`` is whoever writes unless the file says another; a defect may be only a code, its name and class then come
    from the catalogue.
    Raises: BadInput: ``missing``, ``json_field`` with where and the field.
    """
    code = said.get("procedure", said.get("code"))
    if not isinstance(code, str):
        raise BadInput("missing", where={**where, "field": "code"})
    content = said.get("content", {k: v for k, v in said.items() if k not in ("procedure", "code")})
    ready = _ready(content)
    if isinstance(ready, dict):
        ready.setdefault("owner", owner)
        if isinstance(ready.get("defects"), list):
            ready["defects"] = [_named(one, catalogue or {}) for one in ready["defects"]]
    if isinstance(ready, dict) and isinstance(ready.get("steps"), list):
        for step in ready["steps"]:
            picture = step.get("picture") if isinstance(step, dict) else None
            if isinstance(picture, str) and not _SHA256.fullmatch(picture):
                step["picture"] = keep_picture(picture)
    try:
        return code, from_data(ProcedureContent, ready)
    except BadData as bad:
        facts: dict[str, object] = {"key": bad.where or "content", "wants": bad.expected}
        raise BadInput("json_field", facts=facts, where=where) from bad


def _named(defect: Any, catalogue: Mapping[str, tuple[str, str]]) -> Any:  # noqa: ANN401 - JSON as it comes
    """Return a defect of the file with what it leaves to the catalogue filled in."""
    if isinstance(defect, str):
        defect = {"code": defect}
    if not isinstance(defect, dict) or defect.get("code") not in catalogue:
        return defect
    name, defect_class = catalogue[defect["code"]]
    return {"name": name, "defect_class": defect_class, **defect}


def _ready(value: Any, key: str = "") -> Any:  # noqa: ANN401 - JSON as it comes
    """Return JSON with decimals as text and our own word for the class."""
    if isinstance(value, dict):
        return {("defect_class" if k == "class" else k): _ready(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_ready(one) for one in value]
    if isinstance(value, Digits) or (key in _DECIMALS and type(value) is int):
        return str(value)
    return value


def _find(call: Call, code: str, version: str | None) -> ProcedureVersion:
    number = None if version is None else whole(version, "version", least=1)
    found = [
        row.version for row in call.use.read.procedures(call.use.clock.today()) if row.version.code == code
    ]
    found = [one for one in found if number is None or one.version == number]
    if not found:
        raise BadInput("unknown_procedure", facts={"value": code if number is None else f"{code} v{number}"})
    return max(found, key=lambda one: one.version)


def _head(version: ProcedureVersion) -> Data:
    return {
        "procedure": version.code,
        "version": version.version,
        "state": version.state,
        "hash": version.hash,
        "author": version.author,
        "approved_by": version.approved_by,
        "approved_at": None if version.approved_at is None else rfc3339(version.approved_at),
        "by_sheet": None if version.by_sheet is None else rfc3339(version.by_sheet),
    }


def _described(version: ProcedureVersion, names: Mapping[str, str], words: Catalogue) -> list[str]:
    content = version.content
    lines = [
        words.say("{procedure} v{version}: {title}", procedure=version.code, version=version.version,
                  title=content.title),
        words.say("State: {state}", state=words.say(states.PROCEDURE_STATES[version.state])),
        words.say("For: {products}", products=", ".join(content.products)),
        words.say("Owner: {owner}. Review by {day}.", owner=content.owner, day=day(content.review_by, words)),
        words.say("Hash: {hash}", hash=version.hash),
    ]  # fmt: skip
    if version.approved_by is not None and version.approved_at is not None:
        name = names.get(version.approved_by, version.approved_by)
        said = words.say("Approved by {name}, {time}.", name=name, time=moment(version.approved_at))
        lines.insert(2, words.run_on((said, *(f"{one}." for one in marks.of_version(version, words)))))
    rules = [
        (
            states.defect_class(r.defect_class, words),
            r.kind,
            r.aql or "–",
            r.level if r.aql else "–",
            r.n or "–",
            words.say(samples.PLAN_TYPES[r.plan_type]) if r.kind == "aql" else "–",
        )
        for r in content.rules
    ]
    lines += ["", *table([words.say("Class"), words.say("Rule"), words.say("AQL"), words.say("Level"),
                          words.say("n"), words.say("Samples")], rules)]  # fmt: skip
    keypad = content.keypad()
    if keypad:
        keys = [(d.code, d.name, states.defect_class(d.defect_class, words)) for d in keypad]
        lines += ["", *table([words.say("Defect"), words.say("Name"), words.say("Class")], keys)]
    if content.variables():
        measured = [
            (c.code, c.name, states.defect_class(c.defect_class, words), c.nominal, c.lower, c.upper, c.unit,
             c.instrument_type)
            for c in content.variables()
        ]  # fmt: skip
        headings = [words.say("Measured", context="heading"), words.say("Name"), words.say("Class"), words.say("Nominal"),
                    words.say("Lower"), words.say("Upper"), words.say("Unit", context="of measure"),
                    words.say("Instrument")]  # fmt: skip
        lines += ["", *table(headings, measured)]
    if content.switching is not None:
        lines.append(severities.of_procedure(content.switching, words))
    lines += ["", modes.second_check(content, words), *_options(content, words)]
    if content.steps:
        lines.append("")
    for n, step in enumerate(content.steps, 1):
        lines.append(words.say("{n}. {title}", n=n, title=step.title))
        lines += [f"   {line}" for line in step.text.splitlines()]
        if step.picture is not None:
            lines.append("   " + words.say("Picture: {hash}", hash=step.picture))
    if content.note:
        lines += ["", *content.note.splitlines()]
    return lines


def _options(content: ProcedureContent, words: Catalogue) -> list[str]:
    """Return what else a version says, a sentence each."""
    said = [
        (content.qualification_required, words.say("Whoever inspects by it has to be qualified for it.")),
        (content.tally, words.say("Goods are only counted; units have no numbers.")),
        (content.maker_may_check_first, words.say("A maker may make the first check.")),
        (content.not_done_allowed, words.say("Units may be left out for a reason.")),
        (content.curtail, words.say("A check may end as soon as it must reject.")),
        (content.curtail, words.say(samples.NO_AVERAGE)),
    ]
    lines = [sentence for holds, sentence in said if holds]
    if content.agreement_floor_percent is not None:
        floor = content.agreement_floor_percent
        lines.append(words.say("The two have to agree to {floor} percent.", floor=floor))
    return lines
