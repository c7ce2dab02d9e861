# SPDX-License-Identifier: Apache-2.0
"""The company's own signature on PDFs that leave: what is known of its certificate, and the port.

It says which company sent a file and that nothing in it was changed since. It is beside the evidence of a paper, never
instead of it: who inspected is signed by people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Found = Literal["intact", "changed", "unread"]
"""``unread``: this installation has not what it takes to check it."""


@dataclass(frozen=True)
class CompanyCertificate:
    """Whose certificate, who gave it out, and from when until when it stands (microseconds UTC)."""

    subject: str
    issuer: str
    since: int
    until: int
    own_word: bool
    """Given out by whom it is about: nobody else stands for it."""


@dataclass(frozen=True)
class CompanySigned:
    """A company's signature that was found on a file. ``at``: when, as the file says; microseconds UTC."""

    found: Found
    at: int
    certificate: CompanyCertificate | None = None


@dataclass(frozen=True)
class CompanyChoice:
    """How this station signs for the company. ``file``: the certificate with its key; empty: it does not.

    ``always``: whatever leaves as a PDF is signed, without being asked.
    """

    file: str = ""
    always: bool = False


class CompanySigner(Protocol):
    """Signs PDFs with the company's certificate, and reads such signatures."""

    def choice(self) -> CompanyChoice:
        """Return how this station signs."""

    def enter(self, file: str, password: str) -> CompanyCertificate:
        """Try a certificate, then keep its password in the system's keyring. Raises: as ``look``; Trouble ``keyring``."""

    def forget(self, file: str) -> None:
        """Forget the password of a certificate, where there is one."""

    def look(self, file: str = "", password: str | None = None) -> CompanyCertificate:
        """Open a certificate with its key and say whose it is; without a file the one that is kept.

        Raises: BadInput: ``company_none``, ``company_file``, ``company_password``, ``company_password_needed``,
        ``company_no_key``, ``company_key_kind``, ``company_usage``, ``company_expired``, ``company_early``; Trouble.
        """

    def sign(self, pdf: bytes, password: str | None = None) -> bytes:
        """Return a PDF with the company's signature behind it; one that has it stays. Raises: as ``look``."""

    def asks(self) -> bool:
        """Tell whether a password has to be given: this station signs whatever leaves, and no keyring has it."""

    def leaving(self, pdf: bytes, password: str | None = None) -> bytes:
        """Return a PDF as it leaves: signed where this station signs whatever leaves. Raises: as ``look``."""

    def read(self, content: bytes) -> CompanySigned | None:
        """Return what a company's signature on a file says; None: there is none."""
