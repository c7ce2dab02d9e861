# SPDX-License-Identifier: Apache-2.0
"""A paper that was made, with what is put on record of it once it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qcdesk.domain.events import Document

CERTIFICATES: Final = ("certificate", "analysis")
"""Two forms of one paper: each print is counted before it is made, by its form."""


@dataclass(frozen=True)
class ToTell:
    """Which paper it is (see ``PaperPrinted``), and in which languages.

    ``marked``: ``copy`` stands on it, so that it leaves as this copy or not at all; else it is the next one, whichever.
    ``secret``: even the digest of its bytes would tell what a first check found.
    """

    document: Document
    subject: str
    name: str
    batch: str | None = None
    state: str = ""
    copy: int = 0
    languages: tuple[str, ...] = ()
    marked: bool = False
    secret: bool = False


class Print(bytes):
    """The bytes of a paper, and what is told of it when it is handed over."""

    told: ToTell

    def __new__(cls, content: bytes, told: ToTell) -> Print:
        """Keep both together."""
        made = super().__new__(cls, content)
        made.told = told
        return made

    def signed(self, content: bytes) -> Print:
        """Return the same paper with the company's signature behind it, to be told as what it is then."""
        return Print(content, self.told)


@dataclass(frozen=True)
class PrintsOf:
    """Which papers are asked for: those of a batch, of a supplier (scorecards, audits, 8D), or of one document.

    ``subject``: what the ``document`` is about, see ``PaperPrinted``; or the very file, by its ``digest``.
    """

    batch: str = ""
    supplier: str = ""
    document: Document | None = None
    subject: str = ""
    digest: str = ""


@dataclass(frozen=True)
class PrintRow:
    """A paper that left. ``batch``: its number; empty: it is of none.

    ``person``: the name; empty where nobody had signed in, and the workstation noted it.
    """

    seq: int
    document: Document
    name: str
    batch: str
    state: str
    copy: int
    way: str
    languages: tuple[str, ...]
    digest: str
    person: str
    station: str
    at: int
