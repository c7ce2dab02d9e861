# SPDX-License-Identifier: Apache-2.0
"""Batches from registration to the lorry: held, disposed of, released, shipped, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact


@dataclass(frozen=True)
class Maker:
    """Who made the batch, and which units where that is known."""

    person: str
    units: tuple[int, ...] = ()


@dataclass(frozen=True)
class BatchSaved(Fact):
    """A batch is registered, or changed before its first round opens; the whole record as it is now.

    ``seen``: number of the event whose record was read and is changed here; 0: it is registered; None: an older program
    wrote it.
    """

    TYPE = "batch.saved"
    batch: str
    number: str
    product: str
    quantity: int
    supplier: str | None = None
    line: str = ""
    order: str = ""
    makers: tuple[Maker, ...] = ()
    made_on: date | None = None
    ship_by: date | None = None
    note: str = ""
    source: str | None = None
    seen: int | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class BatchCancelled(Fact):
    """Registered by mistake; no check was begun."""

    TYPE = "batch.cancelled"
    batch: str
    reason: str


@dataclass(frozen=True)
class BatchHeld(Fact):
    """Anyone with a role stops a batch. ``kind`` tells no finding; the words are read like the first check."""

    TYPE = "batch.held"
    batch: str
    hold: str
    kind: str
    reason: str


@dataclass(frozen=True)
class HoldLifted(Fact):
    """Two releasers end the hold and nothing else."""

    TYPE = "batch.lifted"
    STRENGTH = "act"
    batch: str
    hold: str
    reason: str


@dataclass(frozen=True)
class BatchDisposed(Fact):
    """What becomes of all of a rejected or held batch that is here; one asks, another confirms.

    ``round``: the one that stands; None: none is open yet, or again. ``terms``: which grade or use it is regraded for.
    """

    TYPE = "batch.disposed"
    STRENGTH = "act"
    batch: str
    round: str | None
    disposition: Literal["rework", "repair", "sort", "regrade", "return", "scrap"]
    quantity: int
    reason: str
    terms: str = field(default="", metadata=LATER)


@dataclass(frozen=True)
class BatchReworked(Fact):
    """Who reworked; the batch waits for a new round, tightened.

    ``ends_hold``: the hold that a retracted check had brought, which a rework ends.
    """

    TYPE = "batch.reworked"
    batch: str
    by: tuple[str, ...]
    note: str = ""
    ends_hold: str | None = None


@dataclass(frozen=True)
class Shipped(Fact):
    """Part or all of a released batch left."""

    TYPE = "batch.shipped"
    batch: str
    shipment: str
    quantity: int
    to: str
    on: date
    document: str = ""


@dataclass(frozen=True)
class ShippedUnreleased(Fact):
    """Goods that left without a release: put down as what they are, and kept before the owner's eyes."""

    TYPE = "batch.shipped_unreleased"
    batch: str
    shipment: str
    quantity: int
    to: str
    on: date
    reason: str
    document: str = ""


@dataclass(frozen=True)
class Released(Fact):
    """The release signs over both checks and the comparison, and the decision where there was one."""

    TYPE = "batch.released"
    STRENGTH = "act"
    batch: str
    round: str
    quantity: int
    record: str
    over: tuple[str, ...]


@dataclass(frozen=True)
class Withdrawn(Fact):
    """A release is taken back by any signer or releaser alone."""

    TYPE = "batch.withdrawn"
    STRENGTH = "act"
    batch: str
    reason: str
