# SPDX-License-Identifier: Apache-2.0
"""The port ``Post`` over SMTP: always encrypted, the server's certificate always checked, one mail or none.

What the server refuses before the whole text was handed over was not sent. Where it went silent afterwards nobody knows,
and that is what is said.

Source: RFC 5321, RFC 3207 (STARTTLS), RFC 8314 (TLS from the first byte), RFC 4954 (login), RFC 1870 (SIZE).
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses
from typing import Final

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.mail_files import ADDRESS
from qcdesk.services.keyrings import Keyring
from qcdesk.services.ports import Clock
from qcdesk.services.posts import MailServer, Watch, unwatched
from qcdesk.services.trouble import Trouble

SECONDS: Final = 30.0
_TOO_BIG: Final = 552
_LET_IN: Final = 235
_GO_AHEAD: Final = 354
_PIECE: Final = 65_536
_ACCEPTED: Final = (250, 251)
_TOLD: Final = 200
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class SmtpPost:
    """See the port. ``server``: reads which one this station's settings name."""

    def __init__(self, clock: Clock, keyring: Keyring, server: Callable[[], MailServer | None]) -> None:
        """Take the clock, the keyring, and what reads the settings."""
        self._clock, self._keyring, self._server = clock, keyring, server

    def server(self) -> MailServer | None:
        """See the port."""
        return self._server()

    def enter(self, server: MailServer, password: str | None, *, keep: bool = True) -> None:
        """See the port."""
        if not ADDRESS.fullmatch(server.sender):
            raise BadInput("mail_address", facts={"value": server.sender}, where={"field": "sender"})
        with _reached(server, self._password(server, password)):
            pass
        if server.user and not keep:
            self._keyring.drop(_secret_of(server))
        elif server.user and password is not None:
            self._keyring.put(_secret_of(server), password)

    def asks(self) -> bool:
        """See the port."""
        server = self._server()
        return server is not None and bool(server.user) and self._keyring.get(_secret_of(server)) is None

    def attempt(self, password: str | None = None) -> MailServer:
        """See the port."""
        server = self._kept()
        with _reached(server, self._password(server, password)):
            return server

    def forget(self, server: MailServer) -> None:
        """See the port."""
        self._keyring.drop(_secret_of(server))

    def begin(
        self, mail: bytes, to: str = "", password: str | None = None, watch: Watch = unwatched
    ) -> SmtpHanding:
        """See the port."""
        server = self._kept()
        message = _read(mail)
        recipients = _recipients(message, to)
        content = _as_sent(message, server.sender, to, self._clock.now())
        with ExitStack() as reached:
            line = reached.enter_context(_reached(server, self._password(server, password)))
            _hand_over(line, server, recipients, content, watch)
            return SmtpHanding(", ".join(recipients), line, server, len(content), reached.pop_all())

    def send(self, mail: bytes, to: str = "", password: str | None = None, watch: Watch = unwatched) -> str:
        """See the port."""
        handing = self.begin(mail, to, password, watch)
        handing.end()
        return handing.to

    def _kept(self) -> MailServer:
        server = self._server()
        if server is None:
            raise BadInput("mail_none")
        return server

    def _password(self, server: MailServer, given: str | None) -> str:
        if not server.user:
            return ""
        found = self._keyring.get(_secret_of(server)) if given is None else given
        if found is None:
            raise BadInput(
                "mail_password_needed", facts={"server": server.host}, where={"field": "mail_password"}
            )
        return found


class SmtpHanding:
    """See the port ``Handing``. One that nobody ends or drops is dropped with the line it holds."""

    def __init__(
        self, to: str, line: smtplib.SMTP, server: MailServer, size: int, reached: ExitStack
    ) -> None:
        """Take the line with what leaves it behind; ``size``: of the mail, in bytes."""
        self._to, self._line, self._server, self._size, self._reached = to, line, server, size, reached

    @property
    def to(self) -> str:
        """See the port."""
        return self._to

    def end(self) -> None:
        """See the port."""
        with self._reached:
            _end(self._line, self._server, self._size)

    def drop(self) -> None:
        """See the port."""
        self._line.close()
        self._reached.close()


def _secret_of(server: MailServer) -> str:
    """Return the name of a login's password in the keyring."""
    return f"mail {server.user}@{server.host}"


def _read(mail: bytes) -> EmailMessage:
    try:
        message = message_from_bytes(mail, _class=EmailMessage, policy=policy.SMTP)
        if message["Subject"] is None:
            raise BadInput("no_mail")
    except (MessageError, LookupError, ValueError, AttributeError, TypeError) as odd:
        raise BadInput("no_mail") from odd
    return message


def _recipients(message: EmailMessage, to: str) -> list[str]:
    """Return to whom a mail goes. Raises: BadInput ``mail_no_recipient``, ``mail_address``."""
    named = (
        [to.strip()] if to.strip() else [one for _, one in getaddresses([str(message["To"] or "")]) if one]
    )
    if not named:
        raise BadInput("mail_no_recipient", where={"field": "to"})
    for one in named:
        if not ADDRESS.fullmatch(one):
            raise BadInput("mail_address", facts={"value": one}, where={"field": "to"})
    return named


def _as_sent(message: EmailMessage, sender: str, to: str, at: int) -> bytes:
    """Return a draft as it goes out: from the sender's address, of this moment, no draft any more."""
    del message["X-Unsent"]
    if message["From"] is None:
        message["From"] = sender
    if to.strip():
        del message["To"]
        message["To"] = to.strip()
    del message["Date"]
    message["Date"] = format_datetime(_EPOCH + timedelta(microseconds=at))
    return message.as_bytes()


@contextmanager
def _reached(server: MailServer, password: str) -> Iterator[smtplib.SMTP]:
    """Reach a server, encrypted and logged in; leave it politely. Raises: Trouble, BadInput: what it says no to."""
    facts: dict[str, object] = {"server": server.host}
    context = ssl.create_default_context()
    line: smtplib.SMTP | None = None
    try:
        if server.security == "tls":
            line = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
            line.ehlo()
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
            line.ehlo()
            if not line.has_extn("starttls"):
                raise Trouble("mail_no_tls", **facts)
            line.starttls(context=context)
            line.ehlo()
        if server.user:
            _log_in(line, server.user, password)
        yield line
        _leave(line)
    except (BadInput, Trouble):
        if line is not None:
            _leave(line)
        raise
    except smtplib.SMTPAuthenticationError as refused:
        raise BadInput("mail_login", facts=facts, where={"field": "mail_password"}) from refused
    except smtplib.SMTPNotSupportedError as refused:
        raise BadInput("mail_login", facts=facts, where={"field": "mail_user"}) from refused
    except ssl.SSLCertVerificationError as wrong:
        raise Trouble("mail_certificate", reason=wrong.verify_message, **facts) from wrong
    except ssl.SSLError as wrong:
        raise Trouble("mail_no_tls", **facts) from wrong
    except socket.gaierror as wrong:
        raise Trouble("mail_unknown_host", **facts) from wrong
    except smtplib.SMTPResponseException as wrong:
        raise Trouble("mail_refused", reason=_told(wrong.smtp_error), **facts) from wrong
    except (smtplib.SMTPException, OSError) as wrong:
        raise Trouble("mail_unreachable", **facts) from wrong
    finally:
        if line is not None:
            line.close()


def _leave(line: smtplib.SMTP) -> None:
    """Leave a server politely; not while it waits for the end of a text, which it would take a good-bye for."""
    with suppress(smtplib.SMTPException, OSError):
        line.quit()


def _log_in(line: smtplib.SMTP, user: str, password: str) -> None:
    """Log in. What is not ASCII goes as UTF-8 (RFC 4616), which the library does not do. Raises: as ``SMTP.login``."""
    if (user + password).isascii():
        line.login(user, password)
        return
    if "PLAIN" not in line.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError
    code, answer = line.docmd("AUTH", "PLAIN " + b64encode(f"\0{user}\0{password}".encode()).decode())
    if code != _LET_IN:
        raise smtplib.SMTPAuthenticationError(code, answer)


def _hand_over(
    line: smtplib.SMTP, server: MailServer, recipients: list[str], content: bytes, watch: Watch
) -> None:
    """Hand over a mail but for its end, to all of its recipients or to none. Raises: BadInput, Trouble."""
    facts: dict[str, object] = {"server": server.host}
    most = line.esmtp_features.get("size", "")
    if most.isdecimal() and 0 < int(most) < len(content):
        raise BadInput("mail_too_big", facts={**facts, "bytes": len(content), "longest": int(most)})
    code, answer = line.mail(server.sender)
    if code not in _ACCEPTED:
        raise BadInput("mail_sender", facts={"value": server.sender, "reason": _told(answer), **facts})
    for one in recipients:
        code, answer = line.rcpt(one)
        if code not in _ACCEPTED:
            line.rset()
            raise BadInput("mail_recipient", facts={"value": one, "reason": _told(answer), **facts})
    _give(line, content, watch)


def _end(line: smtplib.SMTP, server: MailServer, size: int) -> None:
    """Tell the end of a text of so many bytes. Raises: BadInput, Trouble: what the server then says."""
    facts: dict[str, object] = {"server": server.host}
    try:
        line.send(b"\r\n.\r\n")
        code, answer = line.getreply()
    except (smtplib.SMTPException, OSError) as lost:
        raise Trouble("mail_unsure", **facts) from lost
    if code == _TOO_BIG:
        raise BadInput("mail_too_big", facts={**facts, "bytes": size, "longest": size - 1})
    if code not in _ACCEPTED:
        raise Trouble("mail_refused", reason=_told(answer), **facts)


def _give(line: smtplib.SMTP, content: bytes, watch: Watch) -> None:
    """Hand over a text but for its end: a server that gets no end keeps nothing of it (RFC 5321, 4.1.1.4).

    Raises: Trouble ``mail_stopped``; SMTPDataError.
    """
    text = re.sub(rb"(?m)^\.", b"..", content.removesuffix(b"\r\n"))
    if watch(0, len(text)):
        code, answer = line.docmd("DATA")
        if code != _GO_AHEAD:
            raise smtplib.SMTPDataError(code, answer)
        for start in range(0, len(text), _PIECE):
            line.send(text[start : start + _PIECE])
            if not watch(min(start + _PIECE, len(text)), len(text)):
                break
        else:
            return
    line.close()
    raise Trouble("mail_stopped")


def _told(answer: bytes | str) -> str:
    """Return what a server said, in one line that can be shown."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return re.sub(r"[.。]+$", "", shown)[:_TOLD] or "–"
