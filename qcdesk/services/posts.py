# SPDX-License-Identifier: Apache-2.0
"""Mail that is handed to a server: which one, and the port."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Protocol

Security = Literal["starttls", "tls"]
PORTS: Final[dict[Security, int]] = {"starttls": 587, "tls": 465}


@dataclass(frozen=True)
class MailServer:
    """A server that takes mail. ``user``: empty: it asks for no login. ``sender``: the address that mail is from."""

    host: str
    port: int
    security: Security
    user: str
    sender: str


class Post(Protocol):
    """Hands mail to the server of this station. Nothing goes there but under a certificate that was checked."""

    def server(self) -> MailServer | None:
        """Return the server that is kept; None: there is none."""

    def enter(self, server: MailServer, password: str) -> None:
        """Try a server and its login, then keep the password in the system's keyring. Raises: as ``send``."""

    def attempt(self, password: str | None = None) -> MailServer:
        """Try the server that is kept; nothing is sent. Raises: as ``send``."""

    def forget(self, server: MailServer) -> None:
        """Forget the password of a server, where there is one."""

    def send(self, mail: bytes, to: str = "", password: str | None = None) -> str:
        """Hand over a mail, to its own recipient unless another is named; return to whom it went.

        Raises: BadInput: ``mail_none``, ``mail_address``, ``no_mail``, ``mail_no_recipient``, ``mail_login``,
        ``mail_password_needed``, ``mail_recipient``, ``mail_sender``, ``mail_too_big``; Trouble: ``mail_unknown_host``,
        ``mail_unreachable``, ``mail_certificate``, ``mail_no_tls``, ``mail_refused``, ``mail_unsure``.
        """
