# SPDX-License-Identifier: Apache-2.0
"""Parts of batches, as pages and papers read them."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.batches import State
from qcdesk.domain.splitting import Way


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a batch, or the batch that a part was split from: how many units went which way, and where it stands."""

    batch: str
    number: str
    quantity: int
    of: int
    way: Way
    terms: str
    state: State
    units: tuple[int, ...] = ()
