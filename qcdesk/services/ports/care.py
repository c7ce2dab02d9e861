# SPDX-License-Identifier: Apache-2.0
"""Complaints, touches and what the owner counts, as a unit of work tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.complaints import Complaint
from qcdesk.domain.events import OwnerFigures, TouchKind


@dataclass(frozen=True)
class TouchMade:
    """A touch as it stands; ``stands``: it is one, and was not taken back."""

    batch: str | None
    order: str
    kind: TouchKind
    person: str
    stands: bool


class CareQuestions(Protocol):
    """The questions of a unit of work about complaints, touches and figures of the owner."""

    def complaint(self, number: int) -> Complaint:
        """Return where a complaint stands; BadInput ``unknown_complaint``."""

    def last_complaint(self) -> int:
        """Return the number of the last complaint; 0: there is none."""

    def touch(self, touch: int) -> TouchMade:
        """Return a touch by the number of its event; BadInput ``unknown_touch``."""

    def owner_figures(self) -> tuple[OwnerFigures, ...]:
        """Return what the owner counted, of each month what was said last."""
