# SPDX-License-Identifier: Apache-2.0
"""What lists of concessions hold: one row for each that was asked for, and what each supplier has used of its budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

ConcessionStanding = Literal["asked", "approved", "refused", "ended", "used_up", "expired"]
STANDINGS: tuple[ConcessionStanding, ...] = ("asked", "approved", "refused", "ended", "used_up", "expired")
"""``ended``: the batch went on another way, or the release was taken back."""


@dataclass(frozen=True)
class ConcessionRow:
    """A concession: what was asked for, by whom, and what became of it; ``shipped``: units that left under it.

    ``called``: its codes as the catalogue calls them.
    """

    concession: str
    batch: str
    number: str
    product: str
    supplier: str
    supplier_name: str
    quantity: int
    until: date
    codes: tuple[str, ...]
    deviation: str
    reference: str
    use: str
    consent: str | None
    consent_name: str
    asked_by: str
    asked_at: int
    standing: ConcessionStanding
    answered_by: tuple[str, ...] = ()
    answered_at: int | None = None
    reason: str = ""
    shipped: int = 0
    product_name: str = ""
    called: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConcededRow:
    """What was conceded of a supplier: in all, and within the months of its budget, where two people have set one.

    ``percent``, ``months``: None, 0: no budget. ``received``, ``conceded``: units within these months (none: in all).
    ``left``: units that may still be conceded; None: as many as there are.
    """

    supplier: str
    code: str
    name: str
    concessions: int
    units: int
    percent: Decimal | None
    months: int
    received: int
    conceded: int
    left: int | None
