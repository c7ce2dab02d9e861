# SPDX-License-Identifier: Apache-2.0
"""Mail that goes out as a file, what comes back as one, and due dates for calendars: what they say, and the port."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

ATTACHMENT_BYTES = 50_000_000
"""The longest file that is kept beside a record, in bytes."""


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a mail or came with one."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A mail to be sent by whatever program a shop sends mail with.

    ``sender`` and ``to`` are addresses, which may be empty (the mail program asks); ``at`` microseconds UTC; ``key``
    something of its own, by which the same mail has the same name each time it is written.
    """

    to_name: str
    to: str
    sender_name: str
    sender: str
    subject: str
    text: str
    at: int
    key: str
    language: str = "en"
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True)
class MailRead:
    """A mail or a text file as it was read. ``at`` as its header says (microseconds UTC; None: it does not)."""

    sender: str
    subject: str
    text: str
    at: int | None = None
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True)
class Due:
    """A day by which something is due; ``key`` names it for good, so that a calendar moves it and keeps one of it."""

    key: str
    on: date
    title: str
    text: str = ""


class Letters(Protocol):
    """Writes and reads mail and calendars as files."""

    def mail(self, mail: Mail) -> bytes:
        """Return a mail as an ``.eml`` file. Raises: BadInput ``mail_address``."""

    def read(self, name: str, content: bytes) -> MailRead:
        """Read an ``.eml`` or a text file, as its name says. Raises: BadInput ``no_mail``, ``no_text``."""

    def save(self, content: bytes, path: str) -> None:
        """Write a file whole or not at all. Raises: Trouble."""

    def calendar(self, title: str, dues: Sequence[Due], at: int) -> bytes:
        """Return due dates as an ``.ics`` file; ``at`` microseconds UTC, when it was written."""
