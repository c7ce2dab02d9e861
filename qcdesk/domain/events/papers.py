# SPDX-License-Identifier: Apache-2.0
"""Papers that left: printed, saved as a file, enclosed in a mail, or written for a label printer.

The closing slip is not among them: it is about the end of the log, and telling it would move that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qcdesk.domain.events.fact import Fact

Document = Literal[
    "inspection",
    "certificate",
    "analysis",
    "first_article",
    "nonconformity",
    "corrective",
    "audit",
    "instruction",
    "label",
    "stickers",
    "figures",
]
Leaving = Literal["printed", "saved", "mailed", "label_printer"]


@dataclass(frozen=True)
class PaperLeft:
    """What is told of a paper that is about to be handed over.

    ``subject_id``: what it is about, by its id; with ``document`` and ``state`` it says which paper this is. ``name``:
    what people call it. ``of_batch``: the batch, where it is about one. ``state``: how that stood when the paper was
    made. ``copy``: 0 the first time, after that copy 1, 2 and so on. ``digest``: SHA-256 of the bytes that leave, in
    hex, with the company's signature where they carry one, of a mail those of the paper in it; empty where even that
    would tell what a first check found.
    """

    document: Document
    subject_id: str
    name: str
    of_batch: str | None
    state: str
    copy: int
    way: Leaving
    languages: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class PaperPrinted(PaperLeft, Fact):
    """It is handed over to whoever sits at the workstation."""

    TYPE = "paper.printed"


@dataclass(frozen=True)
class PaperNoted(PaperLeft, Fact):
    """It is noted by the workstation itself: a command wrote the paper, and nobody had signed in."""

    TYPE = "paper.noted"
    STRENGTH = "station"
