# SPDX-License-Identifier: Apache-2.0
"""Papers that left and certificates, as a unit of work tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.events import CertificateIssued
from qcdesk.services.prints import PrintRow, PrintsOf


@dataclass(frozen=True)
class Certificate:
    """A certificate as its event says it. ``printed``: how often; ``withdrawn``: when, None while it stands.

    ``analyses``: which copy comes next of those with each result, which are counted by themselves.
    ``clock_suspect``, ``by_sheet``, ``suspect_from``: of whoever certified it, as of any signature (``SignedOff``).
    """

    number: int
    fact: CertificateIssued
    person: str
    key: str
    at: int
    event: int
    printed: int
    withdrawn: int | None = None
    analyses: int = 0
    clock_suspect: bool = False
    by_sheet: int | None = None
    suspect_from: int | None = None


class PaperQuestions(Protocol):
    """The questions of a unit of work about papers that left, and certificates."""

    def next_print(self, document: str, subject: str, state: str) -> int:
        """Return which copy of a paper (see ``PaperPrinted``) leaves next: 0 where none has."""

    def prints(self, of: PrintsOf | None = None) -> tuple[PrintRow, ...]:
        """Return the papers that left, the newest first and 500 at most: those asked for, or all."""

    def certificate(self, number: int) -> Certificate:
        """Return a certificate; BadInput ``unknown_certificate``."""

    def certificates(self, batch: str | None = None) -> tuple[Certificate, ...]:
        """Return the certificates of a batch (None: all), in the order of their numbers."""

    def last_certificate(self) -> int:
        """Return the highest number that was given; 0 before the first."""

    def certificate_left(self, document: str, number: int, copy: int) -> bool:
        """Tell whether this print of a certificate has left, in this form: ``certificate`` or ``analysis``."""
