# SPDX-License-Identifier: Apache-2.0
"""Goods that were not accepted: where they stand, and the parts that go different ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from qcdesk.domain.events.fact import Fact


@dataclass(frozen=True)
class BatchPlaced(Fact):
    """Where the goods stand now, for everybody to read; what was said last counts."""

    TYPE = "batch.placed"
    batch: str
    stands: str


@dataclass(frozen=True)
class SplitGoods:
    """What the parts of a batch take over from it, as it was when it was split.

    ``origins``: the batches that it was split from itself, the oldest first. ``hold_kind``: of the hold that stood,
    empty where none did.
    """

    product: str
    supplier: str | None
    line: str
    order: str
    makers: tuple[str, ...]
    reworkers: tuple[str, ...]
    made_on: date | None
    ship_by: date | None
    round_no: int
    again_used: bool
    origins: tuple[str, ...]
    hold_kind: str
    hold_reason: str


@dataclass(frozen=True)
class BatchPart:
    """A part that becomes a batch of its own, and which way it goes.

    ``units``: units of the batch on which a critical was claimed and that went into this part, where they are its first.
    ``hold``: the hold over it, where the batch was held.
    """

    batch: str
    number: str
    quantity: int
    way: Literal["inspect", "rework", "repair", "sort", "regrade", "return", "scrap"]
    terms: str = ""
    units: tuple[int, ...] = ()
    hold: str | None = None


@dataclass(frozen=True)
class BatchSplit(Fact):
    """Parts of a batch go different ways and become batches; ``kept`` units stay. One asks, another confirms."""

    TYPE = "batch.split"
    STRENGTH = "act"
    batch: str
    parts: tuple[BatchPart, ...]
    kept: int
    goods: SplitGoods
    reason: str
