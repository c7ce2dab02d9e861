# SPDX-License-Identifier: Apache-2.0
"""``mail`` and ``send``: the server of this station, and papers and mails that are handed to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from qcdesk import config
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.certificates import LONGEST_PAPER
from qcdesk.cli.handing_over import words_in
from qcdesk.cli.leaving import signed
from qcdesk.cli.output import Data
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import mark
from qcdesk.services.posts import MailServer, server_named
from qcdesk.services.prints import PrintRow, PrintsOf
from qcdesk.wording.paper_mail import MAIL, mail_with
from qcdesk.wording.prints import paper

Found = TypeVar("Found")


def commands() -> typer.Typer:
    """Return the commands about the server that takes mail."""
    app = typer.Typer(help=mark("The server that this station sends mail by."))
    app.command("use", help=mark("Try a server and its login, and send mail by it from now on."))(use)
    app.command("show", help=mark("Show by which server this station sends mail."))(show)
    app.command("try", help=mark("Try the server and its login; nothing is sent."))(attempt)
    app.command("forget", help=mark("Send mail by no server any more."))(forget)
    return app


def use(
    ctx: typer.Context,
    server: Annotated[str, typer.Option(help=mark("Name of the server, such as mail.example.com."))],
    sender: Annotated[str, typer.Option(help=mark("Mail address that mail is from."))],
    user: Annotated[str, typer.Option(help=mark("Name of the login; without it none is made."))] = "",
    security: Annotated[
        str, typer.Option(help=mark("starttls, or tls from the first byte on; never unencrypted."))
    ] = "starttls",
    port: Annotated[str | None, typer.Option(help=mark("Port; without it 587, or 465 with tls."))] = None,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep/--no-keep",
            help=mark("Keep the password in the keyring of the system, or have it asked for each time."),
        ),
    ] = True,
) -> int:
    """Reach the server, check its certificate and log in; the password goes into the keyring of the system."""
    call = call_of(ctx)
    chosen = server_named(server, port or "", security, user, sender)
    call.use.post.enter(chosen, _password(call) if chosen.user else "", keep=keep)
    before = call.use.post.server()
    if before is not None and (before.host, before.user) != (chosen.host, chosen.user):
        call.use.post.forget(before)
    config.save_settings(
        replace(
            config.load_settings(),
            mail_server=chosen.host,
            mail_port=chosen.port,
            mail_security=chosen.security,
            mail_user=chosen.user,
            mail_sender=chosen.sender,
        )
    )
    return _answer(call, chosen)


def show(ctx: typer.Context) -> int:
    """Show the server; whether it answers, qcdesk mail try says."""
    call = call_of(ctx)
    return _answer(call, call.use.post.server())


def attempt(ctx: typer.Context) -> int:
    """Reach the server, check its certificate and log in; nothing is sent."""
    call = call_of(ctx)
    server = _with_password(call, call.use.post.attempt)
    return call.answer(
        _data(server), [call.words.say("{server} answers, and lets us in.", server=server.host)]
    )


def forget(ctx: typer.Context) -> int:
    """Forget the server and its password."""
    call = call_of(ctx)
    before = call.use.post.server()
    if before is not None:
        call.use.post.forget(before)
    config.save_settings(replace(config.load_settings(), mail_server="", mail_user="", mail_sender=""))
    return _answer(call, None)


def send(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=mark("A paper as PDF, or a mail that was written as .eml."))
    ],
    to: Annotated[str, typer.Option(help=mark("Mail address; without it the one that the mail names."))] = "",
    language: Annotated[
        str | None, typer.Option(help=mark("Language of the mail that encloses a paper."))
    ] = None,
) -> int:
    """Hand a paper or a mail to the server of this station; it went only where this says so.

    The print log counts copies: a paper was put there when its file was written, and whoever gets that file has that
    copy. So sending adds nothing to it, and says where the paper stands.
    """
    call = call_of(ctx)
    read = call.read(file, LONGEST_PAPER)
    if not file.lower().endswith(MAIL):
        if not read.startswith(b"%PDF"):
            raise BadInput("pdf", where={"file": Path(file).name})
        if not to:
            raise BadInput("mail_no_recipient", where={"field": "to"})
        pdf, shop, words = (
            signed(call, read) if call.use.company.choice().always else read,
            call.use.read.shop().name,
            words_in(call, language),
        )
        content = call.use.letters.mail(mail_with(pdf, Path(file).stem, shop, call.use.clock.now(), words))
        papers = [read]
    else:
        enclosed = call.use.letters.read(Path(file).name, read).enclosures
        content, papers = read, [one.content for one in enclosed if one.content.startswith(b"%PDF")]
    went = _with_password(call, lambda password: call.use.post.send(content, to, password))
    told = [call.words.say("{file} was handed to the server, for {to}.", file=Path(file).name, to=went)]
    known = _on_record(call, papers)
    told += [
        call.words.say(
            "{paper} is in the print log, as event {event}.", paper=paper(row, call.words), event=row.seq
        )
        for row in known
    ]
    if len(known) < len(papers):
        told.append(call.words.say("The print log knows no paper by what stands in this file."))
    return call.answer({"file": file, "to": went, "prints": [row.seq for row in known]}, told)


def _on_record(call: Call, papers: Sequence[bytes]) -> list[PrintRow]:
    """Return what the print log holds of these very files, the newest of each."""
    with call.use.look() as uow:
        found = [uow.prints(PrintsOf(digest=sha256(one).hexdigest())) for one in papers]
    return [rows[0] for rows in found if rows]


def _with_password(call: Call, act: Callable[[str | None], Found]) -> Found:
    """Do something with the password that the keyring holds, or with one that is asked for."""
    try:
        return act(None)
    except BadInput as bad:
        if bad.code != "mail_password_needed" or not (call.secret_stdin or call.ask):
            raise
    return act(_password(call))


def _password(call: Call) -> str:
    return call.secret_of("", prompt=call.words.say("Password of the mail server: "))


def _answer(call: Call, server: MailServer | None) -> int:
    words = call.words
    if server is None:
        return call.answer({"server": None}, [words.say("This station sends mail by no server.")])
    told = words.say(
        "This station sends mail from {sender} by {server}, port {port}.",
        sender=server.sender,
        server=server.host,
        port=server.port,
    )
    return call.answer(_data(server), [told])


def _data(server: MailServer) -> Data:
    return {
        "server": server.host,
        "port": server.port,
        "security": server.security,
        "user": server.user or None,
        "sender": server.sender,
    }
