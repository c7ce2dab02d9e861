# SPDX-License-Identifier: Apache-2.0
"""What a shop decides about its suppliers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qcdesk.domain.events.fact import Fact


@dataclass(frozen=True)
class SupplierStatusSet(Fact):
    """A supplier is approved, conditional or blocked from now on; letting more through takes two.

    ``over``: the event that said last how it stands, which they read (0: none).
    """

    TYPE = "supplier.status"
    STRENGTH = "act"
    supplier: str
    status: Literal["approved", "conditional", "blocked"]
    reason: str
    over: int
