# SPDX-License-Identifier: Apache-2.0
"""Nonconformities and what is decided of their goods, as a unit of work tells them."""

from __future__ import annotations

from typing import Protocol

from qcdesk.domain.nonconformities import Nonconformity


class NonconformityQuestions(Protocol):
    """The questions of a unit of work about nonconformities."""

    def nonconformity(self, number: int) -> Nonconformity:
        """Return where a nonconformity stands; BadInput ``unknown_nonconformity``."""

    def nonconformities_of(self, batch: str) -> tuple[Nonconformity, ...]:
        """Return where every nonconformity of a batch stands, in the order of their numbers."""

    def last_nonconformity(self) -> int:
        """Return the number of the last nonconformity; 0: there is none."""

    def goods_decided(self, batch: str) -> int | None:
        """Return the last event by which it was decided what becomes of a batch's goods; None: there is none."""
