# SPDX-License-Identifier: Apache-2.0
"""What a shop decides about its suppliers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qcdesk.domain.codec import LATER
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


@dataclass(frozen=True)
class SupplierMerged(Fact):
    """A supplier is the same as another one: what is known of either is read together; two planners say so.

    Nothing of either is written anew, so that taking them apart again gives back what was there before. ``since``: the
    event that said so first, where they were taken apart meanwhile (0: this one): lots count as if they never had been.
    """

    TYPE = "supplier.merged"
    STRENGTH = "act"
    supplier: str
    same_as: str
    reason: str
    since: int = field(default=0, metadata=LATER)


@dataclass(frozen=True)
class SupplierUnmerged(Fact):
    """A supplier is one of its own again. ``over``: the event that had said it is the same as another one."""

    TYPE = "supplier.unmerged"
    STRENGTH = "act"
    supplier: str
    over: int
    reason: str
