# SPDX-License-Identifier: Apache-2.0
"""What the owner puts down about things that wanted explaining."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.events.fact import Fact


@dataclass(frozen=True)
class ConcernExplained(Fact):
    """What was asked about (``key`` of the concern) has an explanation; nothing else changes by it."""

    TYPE = "concern.explained"
    concern: str
    person: str
    note: str
