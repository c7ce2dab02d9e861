# SPDX-License-Identifier: Apache-2.0
"""Mail that is handed to a server: which one, and the port."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_name
from qcdesk.domain.numbers import parse_quantity

Security = Literal["starttls", "tls"]
PORTS: Final[dict[Security, int]] = {"starttls": 587, "tls": 465}
LARGEST_PORT: Final = 65_535
Watch = Callable[[int, int], bool]
"""Told how many bytes of how many were handed over, from the thread that does it; False: stop."""


@dataclass(frozen=True)
class MailServer:
    """A server that takes mail. ``user``: empty: it asks for no login. ``sender``: the address that mail is from."""

    host: str
    port: int
    security: Security
    user: str
    sender: str


def server_named(host: str, port: str, security: str, user: str, sender: str) -> MailServer:
    """Return a server as it was typed; without a port, the usual one.

    Raises: BadInput: ``missing``, ``unknown_kind``, ``quantity``, ``quantity_too_small``, ``too_large``.
    """
    secure = next((one for one in PORTS if one == security), None)
    if secure is None:
        facts: dict[str, object] = {"value": security, "known": tuple(PORTS)}
        raise BadInput("unknown_kind", facts=facts, where={"field": "security"})
    where: dict[str, object] = {"field": "port"}
    number = parse_quantity(port, where=where) if port.strip() else PORTS[secure]
    if number > LARGEST_PORT:
        raise BadInput("too_large", facts={"value": number, "largest": LARGEST_PORT}, where=where)
    return MailServer(clean_name(host, field="server"), number, secure, user.strip(), sender.strip())


def unwatched(_done: int, _total: int) -> bool:
    """Let it go on, whatever it does."""
    return True


class Handing(Protocol):
    """A mail that a server has whole but for its end: as long as it is not told the end, it keeps nothing of it."""

    @property
    def to(self) -> str:
        """Return to whom it goes."""

    def end(self) -> None:
        """Tell the end; it went only where this returns. Raises: BadInput, Trouble, as ``Post.send``."""

    def drop(self) -> None:
        """Leave the server without the end: nothing was sent."""


class Post(Protocol):
    """Hands mail to the server of this station. Nothing goes there but under a certificate that was checked."""

    def server(self) -> MailServer | None:
        """Return the server that is kept; None: there is none."""

    def enter(self, server: MailServer, password: str | None, *, keep: bool = True) -> None:
        """Try a server and its login, then keep the password in the system's keyring; None: the one that is kept there.

        Args: keep: else nothing is kept, and the password is given each time.
        Raises: as ``send``; Trouble ``keyring``.
        """

    def asks(self) -> bool:
        """Tell whether a password has to be given: the login of the server has none in the keyring."""

    def attempt(self, password: str | None = None) -> MailServer:
        """Try the server that is kept; nothing is sent. Raises: as ``send``."""

    def forget(self, server: MailServer) -> None:
        """Forget the password of a server, where there is one."""

    def begin(
        self, mail: bytes, to: str = "", password: str | None = None, watch: Watch = unwatched
    ) -> Handing:
        """Hand over a mail but for its end: what has to be on record before it goes is told then. Raises: as ``send``."""

    def send(self, mail: bytes, to: str = "", password: str | None = None, watch: Watch = unwatched) -> str:
        """Hand over a mail, to its own recipient unless another is named; return to whom it went.

        What ``watch`` stops was not sent; once the whole text was handed over it is too late, and it is not asked.

        Raises: BadInput: ``mail_none``, ``mail_address``, ``no_mail``, ``mail_no_recipient``, ``mail_login``,
        ``mail_password_needed``, ``mail_recipient``, ``mail_sender``, ``mail_too_big``; Trouble: ``mail_unknown_host``,
        ``mail_unreachable``, ``mail_certificate``, ``mail_no_tls``, ``mail_refused``, ``mail_unsure``, ``mail_stopped``.
        """
