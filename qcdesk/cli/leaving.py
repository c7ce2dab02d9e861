# SPDX-License-Identifier: Apache-2.0
"""``signature``: the company's certificate of this station, and PDFs that are signed with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from qcdesk import config
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.certificates import LONGEST_PAPER
from qcdesk.cli.output import Data
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import mark
from qcdesk.services.company_signatures import CompanyCertificate, CompanySigned
from qcdesk.wording import leaving as wording
from qcdesk.wording.spelling import rfc3339


def signatures() -> typer.Typer:
    """Return the commands about the company's signature."""
    app = typer.Typer(help=mark("The company's own signature on PDFs that leave."))
    app.command("use", help=mark("Try a certificate with its key, and sign with it from now on."))(use)
    app.command("show", help=mark("Show with which certificate this station signs."))(show)
    app.command("forget", help=mark("Sign with no certificate any more."))(forget)
    app.command("add", help=mark("Sign a PDF that was written before."))(add)
    return app


def use(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=mark("The certificate with its key: .p12 or .pfx."))
    ],
    always: Annotated[
        bool, typer.Option("--always", help=mark("Sign every PDF that leaves, without being asked."))
    ] = False,
) -> int:
    """Open the certificate, keep its password in the keyring of the system and its place in this station's settings."""
    call = call_of(ctx)
    path = str(Path(file).expanduser().absolute())
    seen = call.use.company.enter(path, _password(call))
    settings = config.load_settings()
    if settings.company_file != path:
        call.use.company.forget(settings.company_file)
    config.save_settings(replace(settings, company_file=path, company_signs=always))
    return _answer(call, path, always, seen)


def show(ctx: typer.Context) -> int:
    """Show whose certificate it is and until when it stands; the password comes from the keyring or is asked for."""
    call = call_of(ctx)
    choice = call.use.company.choice()
    if not choice.file:
        told = call.words.say("This station does not sign for the company.")
        return call.answer({"file": None, "always": False, "certificate": None}, [told])
    try:
        seen = call.use.company.look()
    except BadInput as bad:
        if bad.code != "company_password_needed":
            raise
        seen = call.use.company.look(password=_password(call))
    return _answer(call, choice.file, choice.always, seen)


def forget(ctx: typer.Context) -> int:
    """Forget the certificate and its password; the file of it stays where it is."""
    call = call_of(ctx)
    settings = config.load_settings()
    call.use.company.forget(settings.company_file)
    config.save_settings(replace(settings, company_file="", company_signs=False))
    told = call.words.say("This station does not sign for the company.")
    return call.answer({"file": None, "always": False, "certificate": None}, [told])


def add(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=mark("A PDF that qcdesk wrote."))],
    output: Annotated[str, typer.Option("-o", "--output", help=mark("The PDF file to write."))],
) -> int:
    """Sign a paper that was written before; its pages and its evidence stay as they are."""
    call = call_of(ctx)
    pdf = signed(call, call.read(file, LONGEST_PAPER))
    printed = call.use.printing.save(pdf, output)
    data: Data = {"file": printed.file, "pages": printed.pages, "digest": printed.digest}
    return call.answer(data, [call.words.say("{file} is signed for the company.", file=printed.file)])


def signed(call: Call, pdf: bytes) -> bytes:
    """Return a PDF with the company's signature; the password comes from the keyring, or is asked for once."""
    if call.company_password is None:
        try:
            return call.use.company.sign(pdf)
        except BadInput as bad:
            if bad.code != "company_password_needed" or not (call.secret_stdin or call.ask):
                raise
        call.company_password = _password(call)
    return call.use.company.sign(pdf, call.company_password)


def _password(call: Call) -> str:
    return call.secret_of("", prompt=call.words.say("Password of the certificate: "))


def _answer(call: Call, file: str, always: bool, seen: CompanyCertificate) -> int:
    words = call.words
    lines = wording.certificate_lines(seen, words)
    lines.append(
        words.say("Every PDF that leaves is signed with it.")
        if always
        else words.say("A PDF is signed with it where that is asked for.")
    )
    return call.answer({"file": file, "always": always, "certificate": data_of(seen)}, lines)


def data_of(one: CompanyCertificate) -> Data:
    """Return a certificate as programs read it."""
    return {
        "subject": one.subject,
        "issuer": one.issuer,
        "self_issued": one.own_word,
        "valid_from": rfc3339(one.since),
        "valid_until": rfc3339(one.until),
    }


def company_data(one: CompanySigned) -> Data:
    """Return a company's signature on a file as programs read it."""
    found = {"intact": True, "changed": False, "unread": None}[one.found]
    certificate = None if one.certificate is None else data_of(one.certificate)
    return {"intact": found, "signed_at": rfc3339(one.at), "certificate": certificate}
