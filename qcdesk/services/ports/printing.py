# SPDX-License-Identifier: Apache-2.0
"""Papers as PDF, and what is told of each print."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from qcdesk.domain.anchors import Anchor
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.inspection_report import Paper
from qcdesk.services.labels import LabelWish
from qcdesk.services.nonconformity_rows import NonconformityPage, NonconformityRow
from qcdesk.services.prints import Print
from qcdesk.services.trouble import Trouble


@dataclass(frozen=True)
class Printed:
    """A finished PDF."""

    file: str
    pages: int
    digest: str


@dataclass(frozen=True)
class CodeCard:
    """A card with a secret code. ``remark`` stands beside it on the sheet."""

    heading: str
    name: str
    note: str
    code: str = field(repr=False)
    remark: str = ""


PaperKind = Literal[
    "inspection",
    "conformity",
    "analysis",
    "first_article",
    "nonconformity",
    "corrective",
    "audit",
    "instruction",
    "figures",
]


@dataclass(frozen=True)
class PaperFacts:
    """What a print says of what it is about: a batch, a nonconformity (its number as text), an action, an audit,
    a procedure (its code and version).

    ``certificate``: 0: it is none; ``copy``: 0 is the first print of one. ``seq``: the last event when it was filled in;
    0: now. ``record``: what a sheet of figures says, for a program to read.
    """

    document: PaperKind
    subject: str
    number: str
    round_no: int
    state: str
    quantity: int
    at: int
    certificate: int = 0
    copy: int = 0
    seq: int = 0
    record: str = ""


@dataclass(frozen=True)
class PrintJob:
    """One paper of many: labels; else a certificate, of analysis with ``results``; else (0) the inspection report of the
    batch, as ``person`` may see it. ``name``: the batch as people call it.
    """

    batch: str
    name: str
    person: str = ""
    certificate: int = 0
    copy: int = 0
    paper: Paper | None = None
    results: bool = False
    label: LabelWish | None = None

    @property
    def file(self) -> str:
        """A name without an ending that every file system takes, and that no two papers share."""
        name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in self.name)[:80]
        if self.label is not None:
            return f"labels-{name}-{self.batch[-6:]}"
        if self.certificate:
            kind = "analysis" if self.results else "certificate"
            return f"{kind}-{self.certificate:06d}-{self.copy}-{name}"
        return f"inspection-{name}-{self.batch[-6:]}"


class Printing(Protocol):
    """Reports as PDF, filled in from records."""

    def in_language(self, language: str, second: str = "") -> Printing:
        """Return what prints the same in another language than that of the window or the command.

        Args: second: a language that stands smaller beside or under the first; empty, none does.
        """

    def inspection(
        self, batch: str, person: str, paper: Paper | None = None, round_no: int | None = None
    ) -> Print:
        """Return the inspection report of a batch as this person may see it; Blind, Unverified."""

    def stickers(
        self, batch: str, person: str | None = None, paper: Paper | None = None, *, drawn: bool = False
    ) -> Print:
        """Return stickers for the units that the standing round asks for now; WrongState when none is open.

        Args: person: whose own open check may have asked for a further sample; else the first one. drawn: every unit
            that was drawn, also of samples that may never be asked for.
        """

    def certificate(
        self, number: int, copy: int, paper: Paper | None = None, *, results: bool = False
    ) -> Print:
        """Return a certificate, as a print that was put on record (0: the first; n: copy n).

        Of conformity on one page, or (``results``) of analysis: the same number and code, with each result.
        Raises: BadInput ``unknown_certificate``; CertificateVoid, Held, SeenEventLost, Unverified: nothing is printed.
        """

    def many(
        self, jobs: Iterable[PrintJob]
    ) -> Generator[tuple[PrintJob, Print | Refusal | BadInput | Trouble], None, None]:
        """Yield each paper, or why there is none, in the order of the jobs; they are drawn on several cores.

        Whoever stops early leaves nothing running. A job is taken shortly before it is filled in.
        """

    def label(self, batch: str, wish: LabelWish) -> Print:
        """Return labels for a batch as PDF, saying the state in which it is now.

        Raises: BadInput; Held, NotHeld, ConcessionExpired, SeenEventLost, Unverified, WrongState: it would not be true.
        """

    def label_zpl(self, batch: str, wish: LabelWish, density: int) -> Print:
        """Return labels of a roll for a printer that reads ZPL, in its dots an inch; refused as ``label`` is."""

    def first_article(
        self,
        batch: str,
        person: str,
        unit: int | None,
        known: Sequence[NonconformityRow],
        paper: Paper | None = None,
    ) -> Print:
        """Return the first-article report of a unit by its sample number (None: the first that was measured).

        Args: known: the nonconformities of the batch.
        Raises: Blind, Unverified, WrongState: the second check is not signed; BadInput: no such unit, or a tally.
        """

    def instruction(self, code: str, version: int | None = None, paper: Paper | None = None) -> Print:
        """Return a version of a procedure (None: the newest) as a work instruction; BadInput ``unknown_procedure``."""

    def slip(self, anchor: Anchor, person: str | None, paper: Paper | None = None) -> bytes:
        """Return the closing slip of an anchor that this person signed, or (None) this workstation."""

    def audit(self, audit: str, person: str, paper: Paper | None = None) -> Print:
        """Return the report of an audit that is closed; AuditState."""

    def nonconformity(self, read: Callable[[], NonconformityPage], paper: Paper | None = None) -> Print:
        """Return the report of a nonconformity, as its page tells whoever reads it; read anew while others write."""

    def eight_d(self, action: str, paper: Paper | None = None) -> Print:
        """Return the report of a corrective action as it stands, by its id or number."""

    def chart(self, sheet: ChartSheet, day: str, paper: Paper | None = None) -> Print:
        """Return a chart with its words and rows on a sheet; ``day``, on which it is printed, in words."""

    def card(self, card: CodeCard, paper: Paper | None = None) -> bytes:
        """Return a card with a code, by itself (paper None) or on a sheet; it touches no database."""

    def save(self, pdf: bytes, path: str) -> Printed:
        """Write a PDF aside, sync, rename."""

    def save_plain(self, content: bytes, path: str) -> None:
        """Write what is no PDF in the same way."""

    def send(self, content: bytes, printer: str, title: str) -> None:
        """Send what a label printer reads to its queue, past every driver. Raises: Trouble ``printer``, ``no_queues``."""

    def page_count(self, pdf: bytes) -> int:
        """Return how many pages a PDF has."""

    def sheet(self, pdf: bytes) -> tuple[float, float]:
        """Return width and height of the first page in mm."""

    def page(self, pdf: bytes, index: int, dpi: int) -> tuple[int, int, bytes]:
        """Return width, height and BGRA bytes of a page (0-based)."""
