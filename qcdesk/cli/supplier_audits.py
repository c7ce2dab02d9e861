# SPDX-License-Identifier: Apache-2.0
"""``supplier audit``: templates, answers here or at the supplier's, the two signatures, and what it came to."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Annotated, Final

import typer

from qcdesk import durable
from qcdesk.cli import given
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.checks import LONGEST_PHOTO
from qcdesk.cli.kept_files import Kept, Output, chosen, saved
from qcdesk.cli.output import Data, table
from qcdesk.cli.terminal import read_file
from qcdesk.domain.attachments import Attachment
from qcdesk.domain.audit_templates import Question, said
from qcdesk.domain.audits import Answer, Value
from qcdesk.domain.corrective import name_of
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import mark
from qcdesk.services import taken_audits
from qcdesk.services.audit_rows import AuditPage, TakenAudit
from qcdesk.services.trouble import Trouble
from qcdesk.wording import audits as wording
from qcdesk.wording.spelling import moment, rfc3339

Audit = Annotated[str, typer.Argument(metavar="AUDIT", help=mark("Number of the audit, such as A-7."))]
Code = Annotated[str, typer.Argument(metavar="TEMPLATE", help=mark("Code of the audit template."))]
_WORDS: Final[dict[str, Value]] = {"yes": "yes", "partly": "partly", "no": "no", "na": "not_applicable",
                                   "not_applicable": "not_applicable"}  # fmt: skip
_POINTS = re.compile("[0-9]{1,3}")


def commands() -> typer.Typer:
    """Return the commands about audits."""
    app = typer.Typer(help=mark("Audits of suppliers, signed by two."))
    app.command("list", help=mark("List audits."))(list_audits)
    app.command("show", help=mark("Show an audit. Takes --as."))(show)
    app.command("file", help=mark("Save a piece of evidence. Takes --as."))(save_file)
    app.command("open", help=mark("Begin an audit. Takes --as."))(open_audit)
    app.command("answer", help=mark("Answer a question, here or in a file taken along. Takes --as."))(answer)
    app.command("sign", help=mark("Sign “I audited”. Takes --as."))(sign)
    app.command("review", help=mark("Sign “I reviewed the evidence”. Takes --as."))(review)
    app.command("settle", help=mark("Settle what both answered otherwise. Takes --as and --with."))(settle)
    app.command("ask", help=mark("Open a corrective action about what was found. Takes --as."))(ask)
    app.command("take", help=mark("Take an audit along as a file. Takes --as."))(take)
    app.command("bring", help=mark("Bring in what was answered elsewhere. Takes --as."))(bring)
    templates = typer.Typer(help=mark("What suppliers are audited by; one writes, another approves."))
    templates.command("list", help=mark("List templates."))(list_templates)
    templates.command("import", help=mark("Write a version from a file. Takes --as."))(import_template)
    templates.command("general", help=mark("Write the general template as a version. Takes --as."))(general)
    templates.command("export", help=mark("Write a template as XLSX or JSON."))(export_template)
    templates.command("approve", help=mark("Approve a version. Takes --as."))(approve_template)
    app.add_typer(templates, name="template")
    return app


# Templates ------------------------------------------------------------------------------------------------------


def list_templates(ctx: typer.Context) -> int:
    """List the newest version of each template."""
    call = call_of(ctx)
    rows, words = call.use.read.audit_templates(), call.words
    headings = [words.say("Template"), words.say("Version"), words.say("State"), words.say("Title"),
                words.say("Questions"), words.say("Written by")]  # fmt: skip
    shown = [
        (r.code, r.version, words.say(wording.TEMPLATE_STATES[r.state]), r.title, r.questions, r.author_name)
        for r in rows
    ]
    listed = [
        {"code": r.code, "version": r.version, "state": r.state, "title": r.title, "questions": r.questions,
         "in_use": r.in_use}
        for r in rows
    ]  # fmt: skip
    return call.answer({"templates": listed}, table(headings, shown))


def import_template(
    ctx: typer.Context,
    code: Code,
    file: Annotated[str, typer.Argument(help=mark("The file: XLSX, ODS, CSV or JSON."))],
) -> int:
    """Write a new version of a template from a file, or rewrite the draft."""
    return _save(call_of(ctx), code, file)


def general(ctx: typer.Context, code: Code = "GENERAL") -> int:
    """Write the general template for small factories as a version, to be approved by another."""
    return _save(call_of(ctx), code, "")


def _save(call: Call, code: str, file: str) -> int:
    content = call.use.files.read_audit_template(file)
    with call.sitting() as sitting:
        saved = call.use.audits.save_template(sitting, code, content)
    told = call.words.count(
        "{code} v{version} is written, with {n} question; another planner approves it.",
        "{code} v{version} is written, with {n} questions; another planner approves it.",
        len(saved.content.questions), code=saved.code, version=saved.version,
    )  # fmt: skip
    data: Data = {"template": saved.code, "version": saved.version, "hash": saved.hash,
                  "questions": len(saved.content.questions)}  # fmt: skip
    return call.answer(data, [told])


def export_template(
    ctx: typer.Context,
    code: Code,
    file: Annotated[str, typer.Argument(help=mark("The file to write; JSON where it ends so, else XLSX."))],
    version: Annotated[str | None, typer.Option(help=mark("Which version; the newest."))] = None,
) -> int:
    """Write a template as a file that can be imported again without loss."""
    call = call_of(ctx)
    no = None if version is None else given.whole(version, "version", least=1)
    held = call.use.audits.template(code, no)
    call.use.files.write_audit_template(file, held.content)
    data: Data = {
        "template": held.code,
        "version": held.version,
        "state": held.state,
        "hash": held.hash,
        "file": file,
    }
    return call.answer(data, [call.words.say("{file} is written.", file=file)])


def approve_template(
    ctx: typer.Context,
    code: Code,
    hash_: Annotated[str | None, typer.Option("--hash", help=mark("The hash that was read."))] = None,
) -> int:
    """Approve the newest version of a template, which somebody else wrote."""
    call = call_of(ctx)
    held = call.use.audits.template(code)
    if call.at_terminal:
        call.show_before_signing(_questions(call, held.content.questions))
    done = call.use.audits.approve_template(call.hand(), held.code, held.version, hash_ or held.hash)
    told = call.words.say("{code} v{version} is approved.", code=done.code, version=done.version)
    return call.answer({"template": done.code, "version": done.version, "hash": done.hash}, [told])


def _questions(call: Call, questions: tuple[Question, ...]) -> list[str]:
    critical = call.words.say("critical")
    return [
        "  ".join(filter(None, (q.code, said(q.text, call.words.language), critical if q.critical else "")))
        for q in questions
    ]


# The audit ------------------------------------------------------------------------------------------------------


def list_audits(
    ctx: typer.Context,
    supplier: Annotated[str | None, typer.Option(help=mark("Only of this supplier."))] = None,
) -> int:
    """List audits, newest first; results once both have signed."""
    call = call_of(ctx)
    words = call.words
    key = given.supplier(call.use, supplier).supplier if supplier else None
    rows = call.use.read.audits(key)
    headings = [words.say("Audit"), words.say("Supplier"), words.say("Template"), words.say("State"),
                words.say("Result"), words.say("Score"), words.say("Auditor"), words.say("Reviewer")]  # fmt: skip
    shown = [
        (r.name, f"{r.supplier_code} {r.supplier_name}", f"{r.template} v{r.version}", wording.state(r.state, words),
         wording.result(r.result, words) if r.result else "",
         wording.score(r.score, words), r.auditor_name, r.reviewer_name)
        for r in rows
    ]  # fmt: skip
    listed = [
        {"audit": r.name, "id": r.id, "supplier": r.supplier_code, "template": r.template, "version": r.version,
         "state": r.state, "result": r.result, "score": _score(r.score), "auditor": r.auditor_name,
         "reviewer": r.reviewer_name or None, "opened_at": rfc3339(r.opened_at)}
        for r in rows
    ]  # fmt: skip
    return call.answer({"audits": listed}, table(headings, shown))


def _score(per_mille: int | None) -> str | None:
    return None if per_mille is None else f"{per_mille // 10}.{per_mille % 10}"


def open_audit(
    ctx: typer.Context,
    supplier: Annotated[str, typer.Argument(metavar="SUPPLIER", help=mark("Code of the supplier."))],
    template: Code,
) -> int:
    """Begin an audit by the approved version of a template; who begins it is its auditor."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        begun = call.use.audits.open(sitting, supplier, template)
    name = f"A-{begun.no}"
    data: Data = {"audit": name, "id": begun.audit, "template": begun.template, "version": begun.version}
    return call.answer(data, [call.words.say("{audit} is open.", audit=name)])


def answer(
    ctx: typer.Context,
    audit: Annotated[
        str, typer.Argument(metavar="AUDIT", help=mark("Number of the audit, or a file taken along."))
    ],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help=mark("Code of the question."))],
    value: Annotated[str, typer.Argument(metavar="ANSWER", help=mark("yes, partly, no, na, or points."))],
    note: Annotated[str, typer.Option(help=mark("What was seen."))] = "",
    photo: Annotated[list[str] | None, typer.Option(help=mark("A photo as evidence; once for each."))] = None,
) -> int:
    """Answer one question; in a file taken along no workspace is needed."""
    call = call_of(ctx)
    said_ = _answer(question, value, note)
    photos = {path: read_file(Path(path), LONGEST_PHOTO) for path in photo or ()}
    if Path(audit).is_file():
        return _answer_in_file(call, Path(audit), said_, photos)
    with call.sitting() as sitting:
        whole = said_
        for path, content in photos.items():
            whole = whole.with_file(call.use.files.keep_photo(content).copy, Path(path).name)
        done = call.use.audits.answer(sitting, audit, [whole])
        since = call.use.audits.away_since(audit)
    lines = [call.words.say("{question} is answered.", question=question)]
    if since is not None:
        lines.append(wording.away(audit, since, call.words))
    data: Data = {"audit": audit, "question": question, "place": done.place}
    return call.answer(data | {"away_since": str(since) if since else None}, lines)


def _answer(question: str, value: str, note: str = "") -> Answer:
    if _POINTS.fullmatch(value):
        return Answer(question, "points", int(value), note)
    word = _WORDS.get(value.casefold())
    if word is None:
        known = ("yes", "partly", "no", "na")
        raise BadInput("wrong_answer", facts={"code": question, "known": known}, where={"field": "answer"})
    return Answer(question, word, None, note)


def _answer_in_file(call: Call, file: Path, one: Answer, photos: dict[str, bytes]) -> int:
    taken, there = _read(file)
    names, new = dict[str, bytes](), one
    for path, content in photos.items():
        sha256 = hashlib.sha256(content).hexdigest()
        names[sha256], new = content, new.with_file(sha256, Path(path).name)
    changed = taken_audits.answered(
        taken, new, call.doors.now() if call.doors.now is not None else call.use.clock.now()
    )
    _write(file, changed, {**there, **names})
    left = len(changed.content.questions) - len(changed.answers)
    told = call.words.count("{n} question is left.", "{n} questions are left.", left)
    return call.answer({"audit": taken.name, "question": one.question, "left": left}, [told])


def sign(ctx: typer.Context, audit: Audit) -> int:
    """Sign the own audit; nothing is answered afterwards."""
    call = call_of(ctx)
    hand = call.hand()
    page = call.use.audits.page(audit, hand.person)
    call.use.audits.sign(hand, audit, seen_record=page.record or None)
    told = call.words.say("{audit} is signed; somebody else reviews its evidence.", audit=page.name)
    return call.answer({"audit": page.name, "state": "signed"}, [told])


def review(ctx: typer.Context, audit: Audit) -> int:
    """Sign the own answers from the evidence; where both say the same, the audit is closed."""
    call = call_of(ctx)
    hand = call.hand()
    done = call.use.audits.review(hand, audit)
    if done.closed is None:
        told = call.words.say(
            "Reviewed. Both settle together what they answered otherwise: {codes}.",
            codes=", ".join(done.reviewed.differences),
        )
        data: Data = {"state": "reviewed", "differences": list(done.reviewed.differences)}
        return call.answer(data, [told])
    return _closed(call, audit, hand.person)


def settle(
    ctx: typer.Context,
    audit: Audit,
    settled: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION=ANSWER", help=mark("Each difference with what is true of it.")),
    ],
) -> int:
    """Settle every difference and close the audit: auditor and reviewer sign."""
    call = call_of(ctx)
    pairs = [one.partition("=") for one in settled]
    answers = [_answer(code, value) for code, _, value in pairs]
    by, other = call.pair()
    call.use.audits.settle(by, other, audit, answers)
    return _closed(call, audit, by.person)


def _closed(call: Call, audit: str, person: str) -> int:
    page = call.use.audits.page(audit, person)
    return call.answer(_data(call, page), [_result(call, page)])


def _result(call: Call, page: AuditPage) -> str:
    assert page.outcome is not None, "a closed audit came to something"
    content = page.content
    return wording.sentence(page.outcome, content.pass_percent, content.conditional_percent, call.words)


def show(ctx: typer.Context, audit: Audit) -> int:
    """Show an audit as this person may see it: before the review only the auditor sees the own answers."""
    call = call_of(ctx)
    person = call.hand().person if call.login else None
    page = call.use.audits.page(audit, person)
    words = call.words
    lines = [
        words.say("{audit} · {code} {name} · {state}", audit=page.name, code=page.supplier.code,
                  name=page.supplier.name, state=wording.state(page.state, words)),
        words.say("{template} v{version}, audited by {auditor}, begun {at}", template=page.template,
                  version=page.version, auditor=page.auditor_name, at=moment(page.opened_at)),
    ]  # fmt: skip
    if page.outcome is not None:
        lines.append(_result(call, page))
        lines += [
            words.say("{code}: {percent}, weight {weight}", code=one.code, percent=wording.percent(one.part, words),
                      weight=one.weight)
            for one in page.outcome.sections
        ]  # fmt: skip
    shown = page.counting or page.second
    rows = [
        (q.code, said(q.text, words.language), wording.answer(shown[q.code], q, words) if q.code in shown else "",
         page.evidence[q.code][0] if q.code in page.evidence else shown[q.code].note if q.code in shown else "")
        for q in page.asked()
    ]  # fmt: skip
    lines += table([words.say("Question"), words.say("Text"), words.say("Answer"), words.say("Seen")], rows)
    return call.answer(_data(call, page), lines)


def _data(call: Call, page: AuditPage) -> Data:
    outcome = page.outcome
    data: Data = {
        "audit": page.name,
        "id": page.id,
        "state": page.state,
        "supplier": page.supplier.code,
        "template": page.template,
        "version": page.version,
        "auditor": page.auditor_name,
        "reviewer": page.reviewer_name or None,
        "answered": page.answered,
        "questions": len(page.content.questions),
        "sample": list(page.sample),
        "differences": list(page.differences),
        "answers": [
            _answer_data(page, code) for code in dict.fromkeys((*page.first, *page.second, *page.evidence))
        ],
        "result": outcome.result if outcome else None,
        "score": _score(outcome.per_mille) if outcome else None,
    }
    if outcome is not None:
        data["message"] = _result(call, page)
        data["critical"], data["findings"] = list(outcome.critical), list(outcome.findings)
        data["sections"] = [
            {"code": one.code, "weight": one.weight, "applies": one.applies, "of": one.of,
             "percent": wording.percent(one.part, call.words)}
            for one in outcome.sections
        ]  # fmt: skip
    return data


def _answer_data(page: AuditPage, code: str) -> Data:
    first, second, settled = page.first.get(code), page.second.get(code), page.settled.get(code)
    note, files = page.evidence.get(code, (first.note if first else "", first.files if first else ()))
    data: Data = {"question": code, "note": note, "photos": list(files),
                  "names": [page.names.get(file, "") for file in files]}  # fmt: skip
    for name, one in (("auditor", first), ("reviewer", second), ("settled", settled)):
        if one is not None:
            data[name] = one.points if one.value == "points" else one.value
    return data


def save_file(
    ctx: typer.Context,
    audit: Audit,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help=mark("Code of the question."))],
    name: Kept,
    output: Output,
) -> int:
    """Save a piece of evidence, of an audit as this person may see it."""
    call = call_of(ctx)
    page = call.use.audits.page(audit, call.hand().person if call.login else None)
    shown = page.evidence[question][1] if question in page.evidence else ()
    files = shown or (page.first[question].files if question in page.first else ())
    found = chosen([Attachment(page.names.get(file, ""), file, 0) for file in files], name)
    return saved(call, found.name, found.sha256, output)


def ask(ctx: typer.Context, audit: Audit) -> int:
    """Open a corrective action about everything that an audit found."""
    call = call_of(ctx)
    hand = call.hand()
    page = call.use.audits.page(audit, hand.person)
    with call.sitting(hand) as sitting:
        fact = call.use.open_action(sitting, wording.action_about(page, call.words))
    name = name_of(fact.number)
    told = call.words.say("{action} asks for what {audit} found.", action=name, audit=page.name)
    return call.answer({"action": name, "audit": page.name, "codes": list(fact.codes)}, [told])


# Without a network ----------------------------------------------------------------------------------------------


def take(
    ctx: typer.Context,
    audit: Audit,
    file: Annotated[str, typer.Argument(help=mark("The file to write."))],
) -> int:
    """Write an open audit as a file, in which it is answered without a workspace."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        taken = call.use.audits.take(sitting, audit)
    _write(Path(file), taken, {})
    told = call.words.say("{audit} is in {file}.", audit=taken.name, file=file)
    return call.answer({"audit": taken.name, "file": file, "questions": len(taken.content.questions)}, [told])


def bring(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(help=mark("The file that was taken along."))],
) -> int:
    """Bring in what was answered in a file; what was answered here otherwise since stays, and is named."""
    call = call_of(ctx)
    taken, photos = _read(Path(file))
    with call.sitting() as sitting:
        kept = taken_audits.with_kept(taken, photos, call.use.files.keep_picture)
        done = call.use.audits.bring(sitting, kept)
    collisions: list[Data] = [
        {"question": one.question.code, "here": _in_json(one.here), "file": _in_json(one.there)}
        for one in done.collisions
    ]
    data: Data = {"audit": taken.name, "answers": len(done.new), "collisions": collisions}
    return call.answer(data, [wording.came_in(done, call.words), *wording.collisions(done, call.words)])


def _in_json(one: Answer | None) -> Data | None:
    if one is None:
        return None
    return {"answer": one.points if one.value == "points" else one.value, "note": one.note}


def _read(file: Path) -> tuple[TakenAudit, dict[str, bytes]]:
    return taken_audits.from_file(read_file(file, taken_audits.LONGEST))


def _write(file: Path, taken: TakenAudit, photos: dict[str, bytes]) -> None:
    try:
        with durable.written_whole(file) as out:
            out.write(taken_audits.to_file(taken, photos))
    except OSError as failed:
        raise Trouble("file_unwritable", file=str(file), reason=failed.strerror or "") from failed
