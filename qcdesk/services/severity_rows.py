# SPDX-License-Identifier: Apache-2.0
"""Rows about severities: where each class of a supplier's product stands, and what brought it there."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.switching import Pinned


@dataclass(frozen=True, slots=True)
class SeverityRow:
    """Where a class stands. ``seq``: the event that said it last; ``at``: when what stands began (None: the start)."""

    supplier: str | None
    supplier_code: str
    supplier_name: str
    product: str
    procedure: str
    stands: Pinned
    seq: int
    at: int | None
    score: int
    in_a_row: int
    lots: int
    due: bool


@dataclass(frozen=True, slots=True)
class SeverityChangeRow:
    """A change: in which event, when, of what, to what and why; ``batch`` and its ``number`` where a lot brought it."""

    seq: int
    at: int
    supplier_name: str
    product: str
    procedure: str
    change: Pinned
    batch: str | None
    number: str


@dataclass(frozen=True, slots=True)
class SeverityPage:
    """Where the classes stand, and the newest changes first."""

    now: tuple[SeverityRow, ...]
    changes: tuple[SeverityChangeRow, ...]
