# SPDX-License-Identifier: Apache-2.0
"""``certificate`` and ``people-sheet``: what was certified, what is void, and the offline check of one on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from qcdesk.checker import certificates as offline
from qcdesk.checker import findings
from qcdesk.checker.certificates import Certificate, Sheet, Unreadable
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, table
from qcdesk.cli.terminal import read_file
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import NotYet
from qcdesk.i18n import Catalogue, mark
from qcdesk.wording import marks, states
from qcdesk.wording.checked_papers import BY_CODE_ALONE, UNLISTED, ask_for_list, signed_by
from qcdesk.wording.spelling import moment, rfc3339

LONGEST_PAPER = 50_000_000
CONCEDED = mark("RELEASED UNDER CONCESSION")
"""The verdict as the paper says it, in capitals so that nobody takes it for an ordinary release."""
File = Annotated[str, typer.Option("--to", help=mark("The file to write."))]


def commands() -> typer.Typer:
    """Return the commands about certificates."""
    app = typer.Typer(help=mark("Certificates of conformity."))
    app.command("list", help=mark("List the certificates that were issued."))(list_all)
    app.command(
        "withdrawn-list", help=mark("Write which certificates there are, and which are void. Takes --as.")
    )(withdrawn_list)
    app.command("check", help=mark("Check a certificate on paper, without a workspace."))(check)
    return app


def list_all(ctx: typer.Context) -> int:
    """List the certificates, in the order of their numbers."""
    call = call_of(ctx)
    words = call.words
    with call.use.look() as uow:
        found = [(c, uow.batch(c.fact.batch).number, uow.person(c.person).name) for c in uow.certificates()]
    data: Data = {
        "certificates": [
            {
                "number": c.number,
                "batch": batch,
                "quantity": c.fact.quantity,
                "verdict": c.fact.verdict,
                "on": c.fact.on.isoformat(),
                "by": name,
                "printed": c.printed,
                "analyses": c.analyses,
                "void_since": None if c.withdrawn is None else rfc3339(c.withdrawn),
                "clock_suspect": c.clock_suspect,
                "by_sheet": None if c.by_sheet is None else rfc3339(c.by_sheet),
                "suspect_from": c.suspect_from,
            }
            for c, batch, name in found
        ]
    }
    headings = [words.say("No."), words.say("Batch"), words.say("Quantity"), words.say("Day"), words.say("Issued by"),
                words.say("Printed"), words.say("With results"), words.say("Void since"),
                words.say("Remarks")]  # fmt: skip
    rows = [
        (
            f"{c.number:06d}",
            batch,
            c.fact.quantity,
            c.fact.on,
            name,
            c.printed,
            c.analyses,
            "" if c.withdrawn is None else moment(c.withdrawn),
            "; ".join(marks.of_certificate(c, words)),
        )
        for c, batch, name in found
    ]
    return call.answer(data, table(headings, rows))


def withdrawn_list(ctx: typer.Context, to: File) -> int:
    """Write the list of certificates and of the void ones, signed, for whoever checks them elsewhere."""
    call = call_of(ctx)
    count = call.use.keeping.withdrawn_list(call.hand(), str(Path(to).expanduser().absolute()))
    told = call.words.count("{n} certificate is void.", "{n} certificates are void.", count)
    alone = call.words.say("Your own certificates hold with a list that somebody else signed.")
    return call.answer({"file": to, "void": count}, [told, alone])


def people_sheet(ctx: typer.Context, to: File) -> int:
    """Write who signs here, for whoever checks certificates elsewhere."""
    call = call_of(ctx)
    size = call.use.keeping.people_sheet(call.hand(), str(Path(to).expanduser().absolute()))
    site = call.use.keeping.fingerprint()
    told = call.words.say(
        "Whoever receives it compares the fingerprint with a paper of yours: {site}", site=site
    )
    return call.answer({"file": to, "bytes": size, "fingerprint": site}, [told])


def check(
    ctx: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="CODE|FILE", help=mark("The scanned code, a PDF, or a picture."))
    ],
    people: Annotated[str, typer.Option("--people", help=mark("The people sheet of the site."))],
    withdrawn: Annotated[
        str | None, typer.Option(help=mark("The site's list of its certificates and the void ones."))
    ] = None,
) -> int:
    """Say what a certificate's code says and whether it is signed; exit status 1 when it does not hold."""
    call = call_of(ctx)
    words = call.words
    try:
        sheet = offline.read_sheet(read_file(Path(people), offline.LONGEST))
        void = offline.read_withdrawn(read_file(Path(withdrawn), offline.LONGEST)) if withdrawn else None
        code, text = _code(call, what)
        certificate = offline.read(code)
    except Unreadable as bad:
        file = {"sheet": people, "withdrawn": withdrawn or "", "code": what}[bad.what]
        raise BadInput(f"certificate_{bad.what}", facts={"file": file}, where={"file": file}) from bad
    judged = offline.check(certificate, sheet, void)
    found = [words.say(findings.SENTENCES[f.code], **_facts(f)) for f in judged]
    unlisted = [f.code for f in judged] == [UNLISTED]
    unsaid = _unsaid(certificate, text, words)
    said = _said(certificate, sheet, words)
    data: Data = {
        "ok": not found and not unsaid,
        "fingerprint": sheet.fingerprint,
        "number": certificate.number,
        "batch": certificate.batch,
        "product": certificate.product,
        "revision": certificate.revision,
        "quantity": certificate.quantity,
        "verdict": certificate.verdict,
        "on": certificate.on.isoformat(),
        "record": certificate.record,
        "event": certificate.event,
        "signed_by": sheet.people[certificate.key].name if certificate.key in sheet.people else None,
        "sheet_of": rfc3339(sheet.at),
        "withdrawn_of": None if void is None else rfc3339(void.at),
        "left_out": list(sheet.left_out),
        "problems": [*found, *unsaid],
    }
    lines = [*table(["", ""], said)[1:], ""]
    wrong = unsaid if unlisted else [*found, *unsaid]
    lines += [words.say("THIS DOES NOT HOLD: {problem}", problem=problem) for problem in wrong]
    if not wrong:
        by = signed_by(sheet.people[certificate.key].name, words, listed=not unlisted)
        lines += [words.say(BY_CODE_ALONE), by, *found] if unlisted else [by]
    lines.append(words.say("Compare the above with the paper and the goods, and {site} with another paper of the site.",
                           site=sheet.fingerprint))  # fmt: skip
    if certificate.verdict == "released_under_concession":
        lines.append(words.say("These goods did not meet the plan: the paper says how they deviate, how many may leave "
                               "and until when."))  # fmt: skip
    if void is None:
        lines.append(ask_for_list(words))
    if sheet.left_out:
        lines.append(words.count("{n} line of the people sheet is signed by nobody who was there, and is left out.",
                                 "{n} lines of the people sheet are signed by nobody who was there, and are left out.",
                                 len(sheet.left_out)))  # fmt: skip
    return call.answer(data, lines, holds=not found and not unsaid)


def _code(call: Call, what: str) -> tuple[str, str]:
    """Return the code and, where the paper came as a PDF, what its pages say."""
    if what.startswith(offline.PREFIX):
        return what, ""
    content = read_file(Path(what), LONGEST_PAPER)
    if call.doors.read_paper is None:
        raise NotYet("read-paper")
    codes, text = call.doors.read_paper(content)
    for code in codes:
        if code.startswith(offline.PREFIX):
            return code, text
    raise Unreadable("code", "there is none on it")


def _facts(found: findings.Finding) -> dict[str, str]:
    return {
        name: fact for name, fact in found.facts.items() if "{" + name + "}" in findings.SENTENCES[found.code]
    }


def _said(c: Certificate, sheet: Sheet, words: Catalogue) -> list[tuple[str, object]]:
    signer = sheet.people.get(c.key)
    return [
        (words.say("Certificate"), f"{c.number:06d}"),
        (words.say("Batch"), c.batch),
        (words.say("Product"), " ".join(filter(None, (c.product, c.revision)))),
        (words.say("Quantity"), c.quantity),
        (
            words.say("Verdict"),
            words.say(
                CONCEDED if c.verdict == "released_under_concession" else states.BATCH_STATES[c.verdict]
            ),
        ),
        (words.say("Day"), c.on),
        (words.say("Released by"), words.say("not on the people sheet") if signer is None else signer.name),
        (words.say("Record"), c.record),
    ]


def _unsaid(c: Certificate, text: str, words: Catalogue) -> list[str]:
    """Return what the code says and the paper beside it does not: a genuine code beside another batch's text."""
    if not text:
        return []
    flat = "".join(text.split())
    batch = "".join(c.batch.split())
    wanted: tuple[tuple[str, str, str], ...] = (
        (words.say("the certificate's number"), f"{c.number:06d}", rf"{c.number:06d}(?!\d)"),
        (words.say("the batch"), c.batch, re.escape(batch)),
        # The quantity stands right below the batch; a number like it may stand anywhere.
        (words.say("the quantity"), str(c.quantity), rf"{re.escape(batch)}{c.quantity}(?!\d)"),
        (words.say("the product"), c.product, re.escape("".join(c.product.split()))),
        (words.say("the day"), c.on.isoformat(), re.escape(c.on.isoformat())),
        (words.say("the record"), c.record[:16].upper(), c.record[:16].upper()),
    )
    if c.verdict == "released_under_concession":
        said = CONCEDED if CONCEDED in " ".join(text.split()) else words.say(CONCEDED)
        wanted = (*wanted, (words.say("the verdict"), said, re.escape("".join(said.split()))))
    return [
        words.say("The code says {value} for {what}, and the paper does not.", value=value, what=what)
        for what, value, pattern in wanted
        if not re.search(pattern, flat)
    ]
