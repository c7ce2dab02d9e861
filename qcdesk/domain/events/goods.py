# SPDX-License-Identifier: Apache-2.0
"""Goods that were not accepted: where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.events.fact import Fact


@dataclass(frozen=True)
class BatchPlaced(Fact):
    """Where the goods stand now, for everybody to read; what was said last counts."""

    TYPE = "batch.placed"
    batch: str
    stands: str
