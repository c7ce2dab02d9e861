# SPDX-License-Identifier: Apache-2.0
"""What leaves the house, in words: the company's signature on a PDF, and what stands in the way of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.services.company_signatures import CompanyCertificate, CompanySigned
from qcdesk.wording.spelling import moment

# Code of a BadInput: line 1 the fact, line 2 the way on.
LEAVING_PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    "company_none": (
        mark("This station has no company's certificate to sign with."),
        mark("Name its file in the settings, or with qcdesk signature use."),
    ),
    "company_file": (
        mark("{file} is no certificate with its key, as PKCS#12 holds both."),
        mark("Take the file that ends in .p12 or .pfx."),
    ),
    "company_password": (
        mark("The password does not open {file}, or the file is damaged."),
        mark("Type it again; who made the certificate knows it."),
    ),
    "company_password_needed": (
        mark("The password of {file} is not in the keyring of this computer."),
        mark("Give it in the settings, or type it when you are asked."),
    ),
    "company_no_key": (
        mark("{file} holds no private key, so nothing can be signed with it."),
        mark("Export the certificate again, with its key."),
    ),
    "company_key_kind": (
        mark("The key in {file} is of a kind that readers of PDFs do not check."),
        mark("Use RSA of 2048 bits or more, or a key on a curve P-256, P-384 or P-521."),
    ),
    "company_usage": (
        mark("The certificate in {file} was not given out for signatures."),
        mark("Ask its issuer for one that may sign documents."),
    ),
    "company_expired": (
        mark("The company's certificate stood until {day} only."),
        mark("Ask its issuer for a new one."),
    ),
    "company_early": (
        mark("The company's certificate stands from {day} on only."),
        mark("Wait until then, or use another one."),
    ),
    "mail_none": (
        mark("This station sends mail by no server."),
        mark("Name one in the settings, or with qcdesk mail use; or save the mail as a file."),
    ),
    "mail_no_recipient": (mark("To whom the mail goes is not said."), mark("Give a mail address.")),
    "mail_login": (
        mark("{server} does not let us in with this login and password; nothing was sent."),
        mark("Look at both again; some servers want a password made for programs."),
    ),
    "mail_password_needed": (
        mark("The password for {server} is not in the keyring of this computer; nothing was sent."),
        mark("Type it when you are asked, or set up the keyring of the system."),
    ),
    "mail_recipient": (
        mark("{server} does not take mail for {value} ({reason}); nothing was sent."),
        mark("Look at the address again."),
    ),
    "mail_sender": (
        mark("{server} does not take mail from {value} ({reason}); nothing was sent."),
        mark("Use the address that belongs to this login."),
    ),
    "mail_too_big": (
        mark("The mail is too large for {server}; nothing was sent."),
        mark("Send less in one mail, or the file another way."),
    ),
    "company_pdf": (
        mark("This PDF is not of the form that the program draws, so it cannot be signed."),
        mark("Sign a paper as qcdesk wrote it."),
    ),
}


def certificate_lines(certificate: CompanyCertificate, words: Catalogue) -> list[str]:
    """Return whose a certificate is, who gave it out, and until when it stands."""
    until = _day(certificate.until)
    if certificate.own_word:
        return [
            words.say(
                "The certificate is of {subject}, who gave it out as well: nobody else stands for it. It stands until "
                "{day}.",
                subject=certificate.subject,
                day=until,
            )
        ]
    return [
        words.say(
            "The certificate is of {subject}. {issuer} gave it out, and it stands until {day}.",
            subject=certificate.subject,
            issuer=certificate.issuer,
            day=until,
        )
    ]


def signed_lines(signed: CompanySigned, words: Catalogue) -> list[str]:
    """Return what a company's signature on a file says, and what it cannot."""
    if signed.found == "unread":
        return [
            words.say(
                "A company signed this file as well. This installation cannot check such signatures: install qcdesk with "
                "its extra part “sign”."
            )
        ]
    lines = []
    if signed.found == "intact":
        lines.append(
            words.say(
                "The file was signed with a company's certificate, at {time} by the clock of who signed, and nothing in "
                "it was changed since.",
                time=moment(signed.at),
            )
        )
    if signed.certificate is None:
        return lines
    lines += certificate_lines(signed.certificate, words)
    if not signed.certificate.since <= signed.at <= signed.certificate.until:
        lines.append(words.say("At the time of the signature it did not stand."))
    lines.append(
        words.say(
            "Whether the certificate itself can be trusted no file can tell: ask the company for it another way, or "
            "look whether you know who gave it out. It does not say who inspected."
        )
    )
    return lines


def _day(at: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).date().isoformat()
